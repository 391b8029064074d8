//! Setting up a client: what cannot work is said here, not at the first call.

use std::fmt;
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use secrecy::SecretString;
use tracing::warn;

use crate::client::call::GRAPH;
use crate::client::origin::Origin;
use crate::client::token::check_token;
use crate::client::transport::{Bearer, HttpTransport, TransportOptions, is_url};
use crate::client::{ApiVersion, CallObserver, Client, Clock, Pacer, RetryPolicy, Transport};
use crate::error::{Error, ErrorKind, Result};

const OPERATION: &str = "set up the client";

/// Sets up a [`Client`]. `Debug` does not show the token.
///
/// ```
/// use std::time::Duration;
///
/// use secrecy::SecretString;
/// use whatsapp_cloud::Client;
/// use whatsapp_cloud::client::ClientBuilder;
///
/// let builder: ClientBuilder = Client::builder(SecretString::from("EAAG-example"));
/// let client = builder.timeout(Duration::from_secs(5)).max_media_size(5 * 1024 * 1024).build()?;
/// # Ok::<(), whatsapp_cloud::Error>(())
/// ```
#[must_use]
pub struct ClientBuilder {
    pub(super) token: SecretString,
    pub(super) app_secret: Option<SecretString>,
    pub(super) base_url: String,
    pub(super) version: ApiVersion,
    pub(super) timeout: Duration,
    pub(super) transfer_timeout: Duration,
    pub(super) connect_timeout: Duration,
    pub(super) max_media: u64,
    pub(super) max_answer: Option<u64>,
    pub(super) transport: Option<Arc<dyn Transport>>,
    pub(super) retry: Option<RetryPolicy>,
    pub(super) pacer: Option<Pacer>,
    pub(super) observer: Option<Arc<dyn CallObserver>>,
    pub(super) clock: Option<Arc<dyn Clock>>,
}

impl ClientBuilder {
    pub(super) fn new(token: SecretString) -> Self {
        Self {
            token,
            app_secret: None,
            base_url: GRAPH.to_owned(),
            version: ApiVersion::default(),
            timeout: Duration::from_secs(15),
            transfer_timeout: Duration::from_secs(120),
            connect_timeout: Duration::from_secs(3),
            max_media: 100 * 1024 * 1024,
            max_answer: None,
            transport: None,
            retry: None,
            pacer: None,
            observer: None,
            clock: None,
        }
    }

    /// Where the API is, instead of `https://graph.facebook.com`: a simulator, or a proxy of
    /// your own. May have a path. Plain `http` is taken for this machine only, since the
    /// token would be readable on the way.
    ///
    /// ```
    /// use secrecy::SecretString;
    /// use whatsapp_cloud::Client;
    ///
    /// // A simulator on this machine.
    /// let token = || SecretString::from("EAAG-example");
    /// Client::builder(token()).base_url("http://127.0.0.1:8085").build()?;
    /// // Anybody could read the token on its way.
    /// assert!(Client::builder(token()).base_url("http://example.com").build().is_err());
    /// # Ok::<(), whatsapp_cloud::Error>(())
    /// ```
    pub fn base_url(mut self, base_url: impl Into<String>) -> Self {
        self.base_url = base_url.into();
        self
    }

    /// Which version is spoken; [`ApiVersion::V25_0`] otherwise.
    ///
    /// ```
    /// use secrecy::SecretString;
    /// use whatsapp_cloud::Client;
    /// use whatsapp_cloud::client::ApiVersion;
    ///
    /// let token = SecretString::from("EAAG-example");
    /// let client = Client::builder(token).api_version(ApiVersion::V26_0).build()?;
    /// # let _ = client;
    /// # Ok::<(), whatsapp_cloud::Error>(())
    /// ```
    pub fn api_version(mut self, version: ApiVersion) -> Self {
        self.version = version;
        self
    }

    /// The app's secret, to prove with each call that the app itself uses the token
    /// (`appsecret_proof`). Meta wants it where the app's setting "Require App Secret" is on.
    ///
    /// ```
    /// use secrecy::SecretString;
    /// use whatsapp_cloud::Client;
    ///
    /// let client = Client::builder(SecretString::from("EAAG-example"))
    ///     .app_secret(SecretString::from("the app's secret"))
    ///     .build()?;
    /// # let _ = client;
    /// # Ok::<(), whatsapp_cloud::Error>(())
    /// ```
    pub fn app_secret(mut self, secret: SecretString) -> Self {
        self.app_secret = Some(secret);
        self
    }

    /// The longest a call may take, from first to last byte; 15 seconds otherwise.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// The longest an upload or download may take; 2 minutes otherwise.
    pub fn transfer_timeout(mut self, timeout: Duration) -> Self {
        self.transfer_timeout = timeout;
        self
    }

    /// The longest a connection may take, TLS included; 3 seconds otherwise. A call that
    /// fails by it was certainly not sent.
    ///
    /// ```
    /// use std::time::Duration;
    ///
    /// use secrecy::SecretString;
    /// use whatsapp_cloud::Client;
    ///
    /// // Far from Meta, with large files.
    /// let client = Client::builder(SecretString::from("EAAG-example"))
    ///     .connect_timeout(Duration::from_secs(10))
    ///     .transfer_timeout(Duration::from_secs(600))
    ///     .build()?;
    /// # let _ = client;
    /// # Ok::<(), whatsapp_cloud::Error>(())
    /// ```
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = timeout;
        self
    }

    /// The largest file that is downloaded, in bytes; 100 MiB otherwise, which is Meta's
    /// limit for documents.
    pub fn max_media_size(mut self, bytes: u64) -> Self {
        self.max_media = bytes;
        self
    }

    /// The longest JSON answer that is read, in bytes, whatever the call; otherwise 16 MiB for
    /// what reads and for many calls together, and 1 MiB for what does something.
    ///
    /// A longer one is an error that says so, and is not asked for again: ask for fewer rows at
    /// once.
    ///
    /// ```
    /// use secrecy::SecretString;
    /// use whatsapp_cloud::Client;
    ///
    /// let builder = Client::builder(SecretString::from("EAAG-example"));
    /// let client = builder.max_answer_size(64 * 1024 * 1024).build()?;
    /// # let _ = client;
    /// # Ok::<(), whatsapp_cloud::Error>(())
    /// ```
    pub fn max_answer_size(mut self, bytes: u64) -> Self {
        self.max_answer = Some(bytes);
        self
    }

    /// A transport of your own, instead of the built-in one.
    pub fn transport(mut self, transport: Arc<dyn Transport>) -> Self {
        self.transport = Some(transport);
        self
    }

    /// Repeats calls that failed, as the policy says. Otherwise one call is one request.
    ///
    /// - A call that is idempotent is repeated when it may succeed. A delete whose answer was
    ///   lost may then find nothing any more.
    /// - Any other is repeated only when it certainly had no effect, unless
    ///   [`Client::with_safety`] says that twice is better than not at all.
    /// - When Meta refuses the token, the [`TokenProvider`](crate::client::TokenProvider) is
    ///   told, and the call is repeated once if it gives another one. So are those of
    ///   [`Client::execute_all`] whose token was refused.
    /// - A call does not wait for its turn for longer than the policy's total.
    /// - The error is that of the last attempt; but where an earlier one may have had its
    ///   effect and the last had none, it is the earlier one's.
    ///
    /// ```
    /// use std::time::Duration;
    ///
    /// use secrecy::SecretString;
    /// use whatsapp_cloud::Client;
    /// use whatsapp_cloud::client::RetryPolicy;
    ///
    /// let policy = RetryPolicy::default().attempts(3).total(Duration::from_secs(60));
    /// let client = Client::builder(SecretString::from("EAAG-example")).retry(policy).build()?;
    /// # let _ = client;
    /// # Ok::<(), whatsapp_cloud::Error>(())
    /// ```
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = Some(policy);
        self
    }

    /// Lets calls wait for their turn, so that they stay below Meta's limits. Otherwise they
    /// wait for nothing.
    pub fn pace(mut self, pacer: Pacer) -> Self {
        self.pacer = Some(pacer);
        self
    }

    /// Tells of each call when it is over.
    pub fn observe(mut self, observer: Arc<dyn CallObserver>) -> Self {
        self.observer = Some(observer);
        self
    }

    /// Another clock than tokio's, for the waits between attempts and for what is told of
    /// calls. A [`Pacer`] has its own: [`Pacer::with_clock`].
    ///
    /// ```
    /// use std::sync::Arc;
    ///
    /// use secrecy::SecretString;
    /// use whatsapp_cloud::Client;
    /// use whatsapp_cloud::client::{CallObserver, Clock};
    ///
    /// /// What waits and what is told goes by the same clock.
    /// fn watched(
    ///     token: SecretString,
    ///     observer: Arc<dyn CallObserver>,
    ///     clock: Arc<dyn Clock>,
    /// ) -> whatsapp_cloud::Result<Client> {
    ///     Client::builder(token).observe(observer).clock(clock).build()
    /// }
    /// ```
    pub fn clock(mut self, clock: Arc<dyn Clock>) -> Self {
        self.clock = Some(clock);
        self
    }

    /// The client.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Configuration`] when token, base URL or version cannot work, or when TLS
    /// is needed and the system trusts no certificates. The source says which, in a sentence.
    pub fn build(mut self) -> Result<Client> {
        check_token(&self.token).map_err(misconfigured)?;
        if !self.version.is_valid() {
            return Err(misconfigured("the API version is not of the form v25.0"));
        }
        let origin = base_origin(&self.base_url)?;
        warn_of_end(&self.version);
        let (transport, ready) = match self.transport.take() {
            Some(transport) => (transport, None),
            None => {
                let (transport, ready) = self.built_in(&origin).map_err(|error| {
                    Error::new(OPERATION, ErrorKind::Configuration).with_source(error)
                })?;
                (Arc::new(transport) as Arc<dyn Transport>, Some(ready))
            }
        };
        self.base_url.truncate(self.base_url.trim_end_matches('/').len());
        Ok(Client::from_parts(self, origin, transport, ready))
    }

    /// The built-in transport, and what it sends of the token.
    fn built_in(
        &self,
        origin: &Origin,
    ) -> Result<(HttpTransport, Bearer), Box<dyn std::error::Error + Send + Sync>> {
        let options = TransportOptions {
            connect_timeout: self.connect_timeout,
            loopback: !origin.is_https(),
        };
        let transport = HttpTransport::new(&options)?.with_base(&self.base_url);
        Ok((transport, Bearer::of(&self.token)?))
    }
}

fn base_origin(base: &str) -> Result<Origin> {
    if !base.starts_with("https://") && !base.starts_with("http://") {
        return Err(misconfigured("the base URL does not begin with https:// or http://"));
    }
    if base.contains(['?', '#']) {
        return Err(misconfigured("the base URL has a query or a fragment"));
    }
    let Some((origin, _)) = Origin::of(base).filter(|_| is_url(base)) else {
        return Err(misconfigured("the base URL is not a scheme, a plain host and a path"));
    };
    if !origin.is_https() && !origin.is_loopback() {
        return Err(misconfigured("the base URL would send the token unencrypted: use https"));
    }
    Ok(origin)
}

/// Says in the log that the version is about to end, or has ended.
fn warn_of_end(version: &ApiVersion) {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    if let Some(left) = version.ends_soon(now.as_secs()) {
        let days = left.as_secs() / (24 * 60 * 60);
        warn!(%version, days, "Meta ends this version of the API soon, or has ended it");
    }
}

fn misconfigured(sentence: &'static str) -> Error {
    Error::new(OPERATION, ErrorKind::Configuration).with_source(sentence)
}

impl fmt::Debug for ClientBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The base URL may turn out to hold a password; what was built shows its host.
        f.debug_struct("ClientBuilder")
            .field("version", &self.version)
            .field("timeout", &self.timeout)
            .field("transfer_timeout", &self.transfer_timeout)
            .field("connect_timeout", &self.connect_timeout)
            .field("max_media_size", &self.max_media)
            .field("max_answer_size", &self.max_answer)
            .field("retry", &self.retry)
            .field("pacer", &self.pacer)
            .finish_non_exhaustive()
    }
}
