//! The question that Meta asks before it posts to a URL.
//!
//! Source: <https://developers.facebook.com/docs/graph-api/webhooks/getting-started/#verification-requests>

use std::borrow::Cow;
use std::fmt;

use hmac::Mac;
use secrecy::{ExposeSecret, SecretString};

use crate::error::{Error, ErrorKind, Result};
use crate::webhook::signature::key;
use crate::wire::form;

/// Answers Meta's `GET` with the challenge in it, if it knows the verify token.
///
/// ```
/// use secrecy::SecretString;
/// use whatsapp_cloud::webhook::{Handshake, HandshakeError};
///
/// let handshake = Handshake::new(SecretString::from("tok"))?;
///
/// let query = "hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=tok";
/// assert_eq!(handshake.answer(query).map(String::from), Ok("1158201444".to_owned()));
///
/// let query = "hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=nope";
/// assert_eq!(handshake.answer(query).err(), Some(HandshakeError::WrongToken));
/// # Ok::<(), whatsapp_cloud::Error>(())
/// ```
#[derive(Clone)]
pub struct Handshake {
    verify_token: SecretString,
}

impl Handshake {
    /// A handshake with the verify token that was given to Meta.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Configuration`] when the token is empty: anybody would know it.
    pub fn new(verify_token: SecretString) -> Result<Self> {
        if verify_token.expose_secret().is_empty() {
            return Err(Error::new("set up webhook handshake", ErrorKind::Configuration)
                .with_source("the verify token is empty: anybody would know it"));
        }
        Ok(Self { verify_token })
    }

    /// What to answer a request whose raw query string is `query`, with 200 and as
    /// `text/plain`.
    ///
    /// Names and values are decoded as a form is. Where a name comes twice, the first counts.
    ///
    /// # Errors
    ///
    /// What is wrong with the request; [`HandshakeError::status`] is what to answer.
    pub fn answer<'q>(&self, query: &'q str) -> Result<Challenge<'q>, HandshakeError> {
        let mode = parameter(query, "hub.mode").ok_or(HandshakeError::NoHandshake)?;
        if *mode != *b"subscribe" {
            return Err(HandshakeError::WrongMode);
        }
        let token = parameter(query, "hub.verify_token").unwrap_or_default();
        if !self.knows(&token) {
            return Err(HandshakeError::WrongToken);
        }
        let challenge = match parameter(query, "hub.challenge") {
            Some(Cow::Borrowed(bytes)) => std::str::from_utf8(bytes).ok().map(Cow::Borrowed),
            Some(Cow::Owned(bytes)) => String::from_utf8(bytes).ok().map(Cow::Owned),
            None => None,
        };
        challenge.filter(|text| !text.is_empty()).map(Challenge).ok_or(HandshakeError::NoChallenge)
    }

    /// Compares in constant time, and without telling the length of the token.
    fn knows(&self, offered: &[u8]) -> bool {
        let keyed = key(self.verify_token.expose_secret().as_bytes());
        let right = keyed.clone().chain_update(self.verify_token.expose_secret()).finalize();
        keyed.chain_update(offered).verify(&right.into_bytes()).is_ok()
    }
}

impl fmt::Debug for Handshake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Handshake(…)")
    }
}

/// What Meta wants to read in the answer. Not a number, whatever it looks like.
///
/// ```
/// use secrecy::SecretString;
/// use whatsapp_cloud::webhook::{Challenge, Handshake};
///
/// let handshake = Handshake::new(SecretString::from("a word of ours")).unwrap();
/// let query = "hub.mode=subscribe&hub.challenge=0115&hub.verify_token=a+word+of+ours";
/// let challenge: Challenge<'_> = handshake.answer(query).unwrap();
/// assert_eq!(challenge.as_str(), "0115", "to be answered as it is");
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Challenge<'q>(Cow<'q, str>);

impl Challenge<'_> {
    /// The text to answer with.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<Challenge<'_>> for String {
    fn from(challenge: Challenge<'_>) -> Self {
        challenge.0.into_owned()
    }
}

impl fmt::Debug for Challenge<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Challenge({} bytes)", self.0.len())
    }
}

/// Why a handshake is refused.
///
/// ```
/// use secrecy::SecretString;
/// use whatsapp_cloud::webhook::{Handshake, HandshakeError};
///
/// let handshake = Handshake::new(SecretString::from("a word of ours")).unwrap();
/// let refused = handshake.answer("hub.mode=subscribe&hub.challenge=1&hub.verify_token=guessed");
/// assert_eq!(refused.err(), Some(HandshakeError::WrongToken));
/// assert_eq!(HandshakeError::WrongToken.status(), 403);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
pub enum HandshakeError {
    /// There is no `hub.mode`: somebody else asked.
    #[error("the request is no handshake")]
    NoHandshake,
    /// `hub.mode` is not `subscribe`.
    #[error("the mode is not subscribe")]
    WrongMode,
    /// The verify token is missing or not ours.
    #[error("the verify token is wrong")]
    WrongToken,
    /// The token is right, but there is nothing to answer with.
    #[error("the challenge is missing")]
    NoChallenge,
}

impl HandshakeError {
    /// The HTTP status to answer with: 400 or 403.
    pub fn status(self) -> u16 {
        match self {
            Self::NoHandshake | Self::NoChallenge => 400,
            Self::WrongMode | Self::WrongToken => 403,
        }
    }
}

/// The first value of `name`, decoded.
fn parameter<'q>(query: &'q str, name: &str) -> Option<Cow<'q, [u8]>> {
    form::pairs(query)
        .find(|(key, _)| *form::decode(key) == *name.as_bytes())
        .map(|(_, value)| form::decode(value))
}
