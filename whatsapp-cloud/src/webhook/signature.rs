//! Whether a body is Meta's: the header `X-Hub-Signature-256`.
//!
//! Source: <https://developers.facebook.com/docs/graph-api/webhooks/getting-started/#event-notifications>

use std::fmt::{self, Write as _};

use hmac::{Hmac, KeyInit, Mac};
use secrecy::{ExposeSecret, SecretString};
use sha2::Sha256;

use crate::error::{Error, ErrorKind, Result};
use crate::webhook::event::Unparsed;
use crate::webhook::events::Events;
use crate::webhook::hex;
use crate::webhook::payload::{self, Payload};

const PREFIX: &[u8] = b"sha256=";
const MOST_SECRETS: usize = 3;

/// Checks that a body was signed with the app secret.
///
/// Takes up to three secrets, so that one can be exchanged without losing a delivery. All
/// are tried, in constant time, whichever fits.
///
/// ```
/// use secrecy::SecretString;
/// use whatsapp_cloud::webhook::{SignatureError, Verifier};
///
/// let verifier = Verifier::new([SecretString::from("new"), SecretString::from("old")])?;
/// let signature = verifier.sign(b"{}");
///
/// assert!(verifier.verify(&signature, b"{}").is_ok());
/// assert_eq!(verifier.verify(&signature, b"[]").err(), Some(SignatureError::Mismatch));
/// # Ok::<(), whatsapp_cloud::Error>(())
/// ```
#[derive(Clone)]
pub struct Verifier {
    /// Never empty: [`Verifier::new`] sees to it.
    keyed: Vec<Hmac<Sha256>>,
}

impl Verifier {
    /// A verifier that accepts each of one to three app secrets. The first one signs.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Configuration`] when there is no secret, an empty one (with which
    /// anybody could sign), or more than three.
    pub fn new<I>(secrets: I) -> Result<Self>
    where
        I: IntoIterator<Item = SecretString>,
    {
        let mut keyed = Vec::with_capacity(MOST_SECRETS);
        for secret in secrets {
            let secret = secret.expose_secret().as_bytes();
            if secret.is_empty() {
                return Err(refused("an app secret is empty: anybody could sign with it"));
            }
            if keyed.len() == MOST_SECRETS {
                return Err(refused("there are more than three app secrets"));
            }
            keyed.push(key(secret));
        }
        if keyed.is_empty() {
            return Err(refused("there is no app secret"));
        }
        Ok(Self { keyed })
    }

    /// Checks `signature`, the value of the header, against the bytes of the body.
    ///
    /// The body must be as it came: neither decoded nor written anew.
    ///
    /// # Errors
    ///
    /// [`SignatureError::Missing`] when `signature` is empty, [`SignatureError::Malformed`]
    /// when it is no signature, both before the body is looked at, and
    /// [`SignatureError::Mismatch`] when no secret fits.
    pub fn verify<'b>(
        &self,
        signature: impl AsRef<[u8]>,
        body: &'b [u8],
    ) -> Result<Verified<'b>, SignatureError> {
        self.verify_signature(&Self::check_form(signature.as_ref())?, body)
    }

    /// The same for a signature whose form was checked before the body was read.
    ///
    /// # Errors
    ///
    /// [`SignatureError::Mismatch`] when no secret fits.
    pub fn verify_signature<'b>(
        &self,
        Signature(claimed): &Signature,
        body: &'b [u8],
    ) -> Result<Verified<'b>, SignatureError> {
        let mut fits = false;
        for keyed in &self.keyed {
            // Not `||`: the time must not tell which secret fits, or whether one does.
            fits |= keyed.clone().chain_update(body).verify_slice(claimed).is_ok();
        }
        if fits { Ok(Verified { body }) } else { Err(SignatureError::Mismatch) }
    }

    /// Reads the value of the header, so that a server can refuse before it reads a body.
    ///
    /// The form is `sha256=` and 64 hexadecimal digits; spaces around it are ignored.
    ///
    /// # Errors
    ///
    /// [`SignatureError::Missing`] or [`SignatureError::Malformed`].
    pub fn check_form(signature: &[u8]) -> Result<Signature, SignatureError> {
        let signature = signature.trim_ascii();
        if signature.is_empty() {
            return Err(SignatureError::Missing);
        }
        let digits = signature.strip_prefix(PREFIX).ok_or(SignatureError::Malformed)?;
        if digits.len() != 64 {
            return Err(SignatureError::Malformed);
        }
        let mut bytes = [0; 32];
        let mut all = 0;
        for (byte, [high, low]) in bytes.iter_mut().zip(digits.as_chunks::<2>().0) {
            let (high, low) = (hex::digit(*high), hex::digit(*low));
            all |= high | low;
            *byte = high << 4 | low;
        }
        if all & hex::NONE == 0 { Ok(Signature(bytes)) } else { Err(SignatureError::Malformed) }
    }

    /// Signs `body` as Meta would with the first secret. For tests and simulators.
    pub fn sign(&self, body: &[u8]) -> String {
        let mut header = String::with_capacity(PREFIX.len() + 64);
        header.push_str("sha256=");
        if let Some(keyed) = self.keyed.first() {
            for byte in keyed.clone().chain_update(body).finalize().into_bytes() {
                let _ = write!(header, "{byte:02x}");
            }
        }
        header
    }
}

/// Shows how many secrets there are, and nothing of them.
impl fmt::Debug for Verifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Verifier").field("secrets", &self.keyed.len()).finish()
    }
}

/// The key schedule of `secret`, done once.
pub(super) fn key(secret: &[u8]) -> Hmac<Sha256> {
    Hmac::new_from_slice(secret).expect("HMAC takes a key of any length")
}

fn refused(why: &'static str) -> Error {
    Error::new("set up webhook verifier", ErrorKind::Configuration).with_source(why)
}

/// A signature of the right form, which says nothing yet about the body.
///
/// ```
/// use secrecy::SecretString;
/// use whatsapp_cloud::webhook::{Signature, Verifier};
///
/// let verifier = Verifier::new([SecretString::from("the app secret")]).unwrap();
/// // From the headers, before the body was read.
/// let signature: Signature = Verifier::check_form(verifier.sign(b"{}").as_bytes()).unwrap();
/// assert!(verifier.verify_signature(&signature, b"{}").is_ok());
/// ```
#[derive(Clone, Copy)]
pub struct Signature([u8; 32]);

/// Shows nothing: whoever reads the log could replay the body.
impl fmt::Debug for Signature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Signature(…)")
    }
}

/// Why a body is not taken for Meta's. Answer 401.
///
/// ```
/// use secrecy::SecretString;
/// use whatsapp_cloud::webhook::{SignatureError, Verifier};
///
/// let verifier = Verifier::new([SecretString::from("the app secret")]).unwrap();
/// assert_eq!(verifier.verify("", b"{}").err(), Some(SignatureError::Missing));
/// assert_eq!(verifier.verify("sha256=00", b"{}").err(), Some(SignatureError::Malformed));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
pub enum SignatureError {
    /// There is no signature.
    #[error("the signature is missing")]
    Missing,
    /// It is not `sha256=` and 64 hexadecimal digits.
    #[error("the signature is malformed")]
    Malformed,
    /// The body was changed on its way, or signed with a secret that is not ours.
    #[error("the signature fits no secret")]
    Mismatch,
}

/// A body that is Meta's: the only door to its events.
///
/// ```
/// use whatsapp_cloud::webhook::Verified;
///
/// // A body that was verified before, and kept since.
/// let verified: Verified<'_> = Verified::restored(br#"{"entry":[]}"#);
/// assert_eq!(verified.body(), br#"{"entry":[]}"#);
/// assert_eq!(verified.events().count(), 0);
/// ```
#[derive(Clone, Copy)]
pub struct Verified<'b> {
    body: &'b [u8],
}

impl<'b> Verified<'b> {
    /// Takes bytes that were verified before they were stored.
    ///
    /// For a durable queue, whose reader has no signature any more. Everything else must go
    /// through [`Verifier::verify`].
    pub fn restored(body: &'b [u8]) -> Self {
        Self { body }
    }

    /// The bytes as they came.
    pub fn body(&self) -> &'b [u8] {
        self.body
    }

    /// What the body tells, one by one, in the order of the document.
    ///
    /// Never fails and never panics: what cannot be read is told as
    /// [`EventKind::Malformed`](crate::webhook::EventKind::Malformed) or
    /// [`EventKind::Unparsed`](crate::webhook::EventKind::Unparsed). Only a body with
    /// nothing in it (no entry, or entries without a change) tells nothing.
    pub fn events(&self) -> Events<'b> {
        match payload::read(self.body) {
            Ok(payload) => payload.into_events(),
            Err((reason, raw)) => Events::of_unparsed(payload::unparsed(self.body, reason), raw),
        }
    }

    /// The body as a tree that can be written again as it came.
    ///
    /// # Errors
    ///
    /// When nothing can be read from the body: it is no UTF-8, no JSON, no object, has no
    /// list of entries, or holds too much in too few bytes.
    pub fn payload(&self) -> Result<Payload<'b>, Unparsed> {
        payload::read(self.body).map_err(|(reason, _)| payload::unparsed(self.body, reason))
    }
}

/// Shows the length of the body only.
impl fmt::Debug for Verified<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Verified({} bytes)", self.body.len())
    }
}
