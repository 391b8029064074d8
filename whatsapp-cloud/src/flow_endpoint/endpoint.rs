//! From a signed body to an encrypted answer.

use std::fmt;
use std::sync::Arc;

use crate::error::{Error, ErrorKind, Result};
use crate::flow_endpoint::answer::FlowAnswer;
use crate::flow_endpoint::envelope::{self, Sealer};
use crate::flow_endpoint::key::PrivateKey;
use crate::flow_endpoint::reply::{FlowRefusal, Reply, Unopened};
use crate::flow_endpoint::request::FlowRequest;
use crate::webhook::Verified;

const MOST_KEYS: usize = 3;

/// Decrypts what Flows ask, and encrypts the answers.
///
/// Clones share the keys.
///
/// ```
/// use secrecy::SecretString;
/// use whatsapp_cloud::flow_endpoint::{FlowAnswer, FlowEndpoint, PrivateKey};
/// use whatsapp_cloud::webhook::Verified;
///
/// # let pem = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/flow_endpoint/keys/pkcs8.pem"));
/// # let pem = SecretString::from(pem);
/// let endpoint = FlowEndpoint::new([PrivateKey::from_pem(&pem, None)?])?;
/// // Without the request's key there is no way to read it.
/// let reply = endpoint.handle(Verified::restored(b"{}"), |_| FlowAnswer::acknowledged());
/// assert_eq!(reply.status(), 421);
/// # Ok::<(), whatsapp_cloud::Error>(())
/// ```
#[derive(Clone)]
pub struct FlowEndpoint {
    /// Never empty: [`FlowEndpoint::new`] sees to it.
    keys: Arc<[PrivateKey]>,
}

impl FlowEndpoint {
    /// An endpoint with one to three private keys, which are tried in this order.
    ///
    /// To exchange a key, put the new one in front and keep the old one behind it, upload the
    /// public half of the new one, and take the old one away when requests no longer need
    /// it: WhatsApp keeps a public key until it is answered 421, and then fetches it anew.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Configuration`] when there is no key, or more than three.
    pub fn new(keys: impl IntoIterator<Item = PrivateKey>) -> Result<Self> {
        let keys: Vec<_> = keys.into_iter().take(MOST_KEYS + 1).collect();
        let why = match keys.len() {
            0 => "there is no private key",
            1..=MOST_KEYS => return Ok(Self { keys: keys.into() }),
            _ => "there are more than three private keys",
        };
        Err(Error::new("set up flow endpoint", ErrorKind::Configuration).with_source(why))
    }

    /// Deals with a request: whatever `answer` need not see is answered without it.
    ///
    /// Health checks and [error notices](Reply::error_notice) are answered as Meta expects,
    /// and what cannot be decrypted is refused.
    pub fn handle(
        &self,
        verified: Verified<'_>,
        answer: impl FnOnce(&FlowRequest) -> FlowAnswer,
    ) -> Reply {
        match self.receive(verified) {
            Ok(opened) => {
                let answer = answer(opened.request());
                opened.answer(answer)
            }
            Err(reply) => reply,
        }
    }

    /// The same in two steps, for an answer that has to be waited for.
    ///
    /// ```
    /// use whatsapp_cloud::flow_endpoint::{FlowAnswer, FlowEndpoint, FlowRequest, Reply};
    /// use whatsapp_cloud::webhook::Verified;
    ///
    /// # async fn next_screen(_: &FlowRequest) -> FlowAnswer { FlowAnswer::health() }
    /// /// Looks into a database before it answers.
    /// async fn answered(endpoint: &FlowEndpoint, verified: Verified<'_>) -> Reply {
    ///     match endpoint.receive(verified) {
    ///         Ok(opened) => {
    ///             let answer = next_screen(opened.request()).await;
    ///             opened.answer(answer)
    ///         }
    ///         Err(reply) => reply,
    ///     }
    /// }
    /// ```
    ///
    /// # Errors
    ///
    /// The [`Reply`] that is due already: to a health check, to an error notice, or to what
    /// cannot be decrypted.
    pub fn receive(&self, verified: Verified<'_>) -> Result<Opened, Reply> {
        let opened = self.open(verified)?;
        if opened.request.is_health_check() {
            return Err(opened.answer(FlowAnswer::health()));
        }
        match opened.request.error_notice() {
            Some(notice) => Err(opened.answer(FlowAnswer::acknowledged()).with_notice(notice)),
            None => Ok(opened),
        }
    }

    /// Decrypts a request, of whatever kind it is.
    ///
    /// ```
    /// use whatsapp_cloud::flow_endpoint::{FlowEndpoint, FlowRefusal, PrivateKey, Unopened};
    /// use whatsapp_cloud::webhook::Verified;
    ///
    /// # let root = env!("CARGO_MANIFEST_DIR");
    /// # let pem = format!("{root}/tests/fixtures/flow_endpoint/keys/pkcs8.pem");
    /// # let pem = secrecy::SecretString::from(std::fs::read_to_string(pem)?);
    /// let endpoint = FlowEndpoint::new([PrivateKey::from_pem(&pem, None)?])?;
    /// let refused = endpoint.open(Verified::restored(b"{}")).err();
    /// assert_eq!(refused, Some(FlowRefusal::Unopened(Unopened::Envelope)));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`FlowRefusal::Unopened`] when it cannot be decrypted.
    pub fn open(&self, verified: Verified<'_>) -> Result<Opened, FlowRefusal> {
        let (text, sealer) = envelope::open(&self.keys, verified.body())?;
        let request = FlowRequest::read(&text).ok_or(Unopened::Request)?;
        Ok(Opened { request, sealer })
    }
}

/// Shows how many keys there are, and nothing of them.
impl fmt::Debug for FlowEndpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FlowEndpoint").field("keys", &self.keys.len()).finish()
    }
}

/// A request that was decrypted, and waits for its answer.
///
/// It can be answered once: two answers under its key would give both away.
///
/// ```
/// use whatsapp_cloud::flow_endpoint::{Opened, Reply};
///
/// # use whatsapp_cloud::flow_endpoint::{FlowAnswer, FlowRequest};
/// # async fn next_screen(_: &FlowRequest) -> FlowAnswer { FlowAnswer::health() }
/// /// Answers when the answer is there.
/// async fn answered(opened: Opened) -> Reply {
///     let answer = next_screen(opened.request()).await;
///     opened.answer(answer)
/// }
/// ```
#[must_use = "the customer waits for the answer"]
pub struct Opened {
    request: FlowRequest,
    sealer: Sealer,
}

impl Opened {
    /// What is asked.
    pub fn request(&self) -> &FlowRequest {
        &self.request
    }

    /// Encrypts the answer.
    pub fn answer(self, answer: FlowAnswer) -> Reply {
        let status = answer.status();
        Reply::sealed(status, self.sealer.seal(answer.into_json(self.request.version)))
    }
}

/// Shows what is asked, as [`FlowRequest`] does.
impl fmt::Debug for Opened {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Opened").field(&self.request).finish()
    }
}
