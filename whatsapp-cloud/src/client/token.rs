//! Which token a call is authorised with.

use std::fmt;
use std::sync::Arc;

use async_trait::async_trait;
use hmac::{Hmac, KeyInit as _, Mac as _};
use secrecy::{ExposeSecret as _, SecretString};
use sha2::Sha256;

use crate::client::HttpRequest;
use crate::client::digest::Hash;
use crate::client::transport::Bearer;
use crate::error::Result;

/// Gives the token of each call, so that tokens change while the client runs.
///
/// Asked before every call: keep the token at hand, and fetch a new one beforehand rather
/// than here. A [`SecretString`] always gives itself.
///
/// ```
/// use std::sync::{Arc, RwLock};
///
/// use async_trait::async_trait;
/// use secrecy::SecretString;
/// use whatsapp_cloud::Client;
/// use whatsapp_cloud::client::TokenProvider;
///
/// struct Rotating(RwLock<SecretString>);
///
/// #[async_trait]
/// impl TokenProvider for Rotating {
///     async fn token(&self) -> whatsapp_cloud::Result<SecretString> {
///         Ok(self.0.read().expect("nobody panics while holding it").clone())
///     }
/// }
///
/// let client = Client::new(SecretString::from("EAAG-first"))?;
/// let tenant = client.with_tokens(Arc::new(Rotating(RwLock::new("EAAG-tenant".into()))));
/// # let _ = tenant;
/// # Ok::<(), whatsapp_cloud::Error>(())
/// ```
#[async_trait]
pub trait TokenProvider: Send + Sync {
    /// The token to use now.
    ///
    /// # Errors
    ///
    /// When there is none: the call was not sent, and fails with this error.
    async fn token(&self) -> Result<SecretString>;

    /// Meta refused the token that was given last (code 190, or 0): it ended or was withdrawn.
    /// A status of 401 without Meta's error says nothing of the token.
    fn refused(&self) {}
}

#[async_trait]
impl TokenProvider for SecretString {
    async fn token(&self) -> Result<SecretString> {
        Ok(self.clone())
    }
}

/// Whether it can be a token at all.
pub(super) fn check_token(token: &SecretString) -> Result<(), &'static str> {
    let token = token.expose_secret();
    if token.is_empty() {
        return Err("the access token is empty");
    }
    // Every byte is looked at: that is quicker than to stop at the first.
    if !token.bytes().fold(true, |all, byte| all & byte.is_ascii_graphic()) {
        return Err("the access token holds a character no token has");
    }
    Ok(())
}

/// Where tokens come from.
#[derive(Clone)]
pub(super) enum Tokens {
    /// One that never changes, which was checked when the client was set up.
    Fixed(Arc<Fixed>),
    /// Asked for before every call.
    Asked(Arc<dyn TokenProvider>),
}

/// A token that never changes.
pub(super) struct Fixed {
    pub(super) token: SecretString,
    /// What is sent of it, where the built-in transport sends: made once rather than for each
    /// request.
    pub(super) ready: Option<Bearer>,
}

/// The token of one request.
pub(super) enum Held<'c> {
    Fixed(&'c Fixed),
    Given(SecretString),
}

impl Held<'_> {
    pub(super) fn secret(&self) -> &SecretString {
        match self {
            Self::Fixed(fixed) => &fixed.token,
            Self::Given(token) => token,
        }
    }

    /// Lets the request be sent with it.
    pub(super) fn authorize(self, request: &mut HttpRequest) {
        match self {
            Self::Fixed(Fixed { ready: Some(ready), .. }) => request.ready = Some(ready.clone()),
            Self::Fixed(Fixed { token, ready: None }) => request.bearer = Some(token.clone()),
            Self::Given(token) => request.bearer = Some(token),
        }
    }
}

/// Who calls: the tokens, and the app that vouches for them.
#[derive(Clone)]
pub(super) struct Caller {
    pub(super) tokens: Tokens,
    pub(super) app_secret: Option<SecretString>,
}

impl Caller {
    /// What proves that the app itself uses `token`, in hexadecimal digits.
    ///
    /// Source: <https://developers.facebook.com/docs/graph-api/guides/secure-requests>
    pub(super) fn proof(&self, token: &SecretString) -> Option<String> {
        let secret = self.app_secret.as_ref()?.expose_secret().as_bytes();
        let keyed: Hmac<Sha256> =
            Hmac::new_from_slice(secret).expect("HMAC takes a key of any length");
        let proof = keyed.chain_update(token.expose_secret()).finalize().into_bytes();
        Some(Hash::from(<[u8; 32]>::from(proof)).hex())
    }
}

impl fmt::Debug for Caller {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Caller").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_proof_is_the_mac_of_the_token_under_the_app_secret() {
        let token = SecretString::from("what do ya want for nothing?");
        let tokens = Tokens::Asked(Arc::new(token.clone()));
        let mut caller = Caller { tokens, app_secret: None };
        assert_eq!(caller.proof(&token), None);

        // The second vector of RFC 4231.
        caller.app_secret = Some(SecretString::from("Jefe"));
        assert_eq!(
            caller.proof(&token).unwrap(),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
        );
    }
}
