//! The client, and the one door through which every call goes.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use secrecy::SecretString;
use serde::de::DeserializeOwned;
use tracing::{debug, warn};

use crate::client::answer::Call;
use crate::client::origin::Origin;
use crate::client::token::Caller;
use crate::client::{
    ApiVersion, ClientBuilder, HttpRequest, Media, PhoneNumber, TokenProvider, Transport,
    TransportError,
};
use crate::endpoint::{Body, Endpoint, Host, Request, Token};
use crate::error::{Error, ErrorKind, Result};
use crate::id::{MediaId, PhoneNumberId};

/// Meta's hosts.
pub(super) const GRAPH: &str = "https://graph.facebook.com";
const API: &str = "https://api.facebook.com";

/// The longest JSON answer that is read.
pub(super) const MAX_ANSWER: u64 = 1024 * 1024;

/// Calls Meta with one token.
///
/// Cheap to clone; all clones share their connections. The token is sent to the base URL
/// and, for downloads, to Meta's media host; it shows in no URL, error, log or `Debug`.
///
/// Nothing is repeated: [`Error::is_retryable`] says whether repeating is safe.
#[derive(Clone)]
pub struct Client {
    inner: Arc<Inner>,
    caller: Caller,
}

pub(super) struct Inner {
    pub(super) transport: Arc<dyn Transport>,
    pub(super) base_url: String,
    pub(super) origin: Origin,
    version: ApiVersion,
    timeout: Duration,
    pub(super) transfer_timeout: Duration,
    pub(super) max_media: u64,
}

impl Client {
    /// A client for Meta with the defaults of [`Client::builder`].
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Configuration`] when the token is empty or no token, or when the system
    /// trusts no certificates.
    pub fn new(token: SecretString) -> Result<Self> {
        Self::builder(token).build()
    }

    /// Sets up a client.
    ///
    /// ```
    /// use secrecy::SecretString;
    /// use whatsapp_cloud::{Client, ErrorKind};
    ///
    /// let token = SecretString::from("EAAG-example");
    /// let client = Client::builder(token.clone()).base_url("http://127.0.0.1:8080").build()?;
    /// assert!(!format!("{client:?}").contains("EAAG"));
    ///
    /// let refused = Client::builder(token).base_url("http://graph.facebook.com").build();
    /// assert_eq!(refused.unwrap_err().kind(), ErrorKind::Configuration);
    /// # Ok::<(), whatsapp_cloud::Error>(())
    /// ```
    pub fn builder(token: SecretString) -> ClientBuilder {
        ClientBuilder::new(token)
    }

    pub(super) fn from_parts(
        builder: ClientBuilder,
        origin: Origin,
        transport: Arc<dyn Transport>,
    ) -> Self {
        let inner = Inner {
            transport,
            base_url: builder.base_url,
            origin,
            version: builder.version,
            timeout: builder.timeout,
            transfer_timeout: builder.transfer_timeout,
            max_media: builder.max_media,
        };
        let caller = Caller { tokens: Arc::new(builder.token), app_secret: builder.app_secret };
        Self { inner: Arc::new(inner), caller }
    }

    /// The same client with other tokens: those of another tenant, or such that change.
    ///
    /// Both share their connections and their settings.
    #[must_use]
    pub fn with_tokens(&self, tokens: Arc<dyn TokenProvider>) -> Self {
        let caller = Caller { tokens, app_secret: self.caller.app_secret.clone() };
        Self { inner: Arc::clone(&self.inner), caller }
    }

    pub(super) fn inner(&self) -> &Inner {
        &self.inner
    }

    /// A business phone number, to send from.
    pub fn phone_number(&self, id: impl Into<PhoneNumberId>) -> PhoneNumber<'_> {
        PhoneNumber::new(self, id.into())
    }

    /// A file at Meta.
    pub fn media(&self, id: impl Into<MediaId>) -> Media<'_> {
        Media::new(self, id.into())
    }

    /// Makes any call.
    ///
    /// One call is one request. Dropping the future leaves open whether Meta saw it.
    ///
    /// # Errors
    ///
    /// - [`ErrorKind::InvalidInput`]: refused here, nothing was sent.
    /// - [`ErrorKind::NotSent`]: certainly not sent; repeating is safe.
    /// - [`ErrorKind::MaybeSent`]: the answer was lost or unreadable.
    /// - any other kind: Meta answered with an error.
    pub async fn execute<E: Endpoint + Sync>(&self, endpoint: &E) -> Result<E::Response> {
        let call = Call { operation: E::OPERATION, idempotent: E::IDEMPOTENT };
        let outcome = self.call(call, endpoint).await;
        log(call, outcome.as_ref().err());
        outcome
    }

    async fn call<E: Endpoint + Sync>(&self, call: Call, endpoint: &E) -> Result<E::Response> {
        self.exchange(call, endpoint.request()?).await
    }

    /// Sends a request, and reads what comes back.
    pub(super) async fn exchange<T: DeserializeOwned>(
        &self,
        call: Call,
        request: Request,
    ) -> Result<T> {
        let token = match request.token() {
            Token::Own => Some(self.token().await?),
            Token::Other(token) => Some(token.clone()),
            Token::Nothing => None,
        };
        let is_own = matches!(request.token(), Token::Own);
        let proof = token.as_ref().filter(|_| is_own).and_then(|token| self.caller.proof(token));
        let request = match proof {
            Some(proof) => request.with_query("appsecret_proof", proof),
            None => request,
        };
        let target = request
            .target()
            .map_err(|error| call.error(ErrorKind::InvalidInput).with_source(error))?;
        let Inner { base_url, version, .. } = self.inner();
        let url = match request.host() {
            Host::Graph => format!("{base_url}/{version}/{target}"),
            Host::Api if base_url == GRAPH => format!("{API}/{target}"),
            Host::Api => format!("{base_url}/{target}"),
        };
        let mut sent = HttpRequest::new(request.method(), url);
        sent.bearer = token;
        sent.headers = request.headers().to_vec();
        sent.body = request.into_body();
        // A file takes longer than a sentence.
        sent.timeout = match sent.body {
            Body::Form(_) | Body::Bytes(_) => self.inner.transfer_timeout,
            Body::Empty | Body::Json(_) => self.inner.timeout,
        };
        sent.max_answer = MAX_ANSWER;
        let response = self.inner.transport.send(sent).await.map_err(|error| lost(call, error))?;
        if response.header("x-ad-api-version-warning").is_some() {
            warn!(
                operation = call.operation,
                asked = %self.inner.version,
                "Meta warns of the version of the API, and may have used another one"
            );
        }
        let read = call.read(&response);
        if let Err(error) = &read
            && error.kind() == ErrorKind::Authentication
            && is_own
        {
            self.caller.tokens.refused();
        }
        read
    }

    /// The token to use now.
    pub(super) async fn token(&self) -> Result<SecretString> {
        self.caller.tokens.token().await
    }
}

/// What it means that there is no whole answer.
pub(super) fn lost(call: Call, error: TransportError) -> Error {
    let kind = match &error {
        TransportError::NotSent(_) => ErrorKind::NotSent,
        TransportError::MaybeSent(_) | TransportError::AnswerTooLong => ErrorKind::MaybeSent,
    };
    call.error(kind).with_source(error)
}

pub(super) fn log(call: Call, error: Option<&Error>) {
    match error {
        None => debug!(operation = call.operation, "{}: done", call.operation),
        Some(error) => debug!(
            operation = call.operation,
            status = error.status(),
            code = error.code(),
            trace_id = error.trace_id(),
            "{error}"
        ),
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("base_url", &self.inner.base_url)
            .field("version", &self.inner.version)
            .finish_non_exhaustive()
    }
}
