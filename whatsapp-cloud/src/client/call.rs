//! The client, and the one door through which every call goes.

use std::fmt;
use std::future::poll_fn;
use std::pin::pin;
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;

use futures_util::future::{Either, select};
use secrecy::{ExposeSecret, SecretString};
use serde::de::DeserializeOwned;
use tracing::{Instrument as _, warn};

use crate::client::answer::Call;
use crate::client::attempts::{Attempts, Round};
use crate::client::limiter::Priority;
use crate::client::origin::Origin;
use crate::client::pace::{NoTurn, Turn};
use crate::client::token::{Caller, Fixed, Held, Tokens, check_token};
use crate::client::transport::Bearer;
use crate::client::{
    ApiVersion, CallObserver, ClientBuilder, Clock, HttpRequest, HttpResponse, Media, Pacer,
    PhoneNumber, RetryPolicy, Safety, SystemClock, TokenProvider, Transport, TransportError, Usage,
};
use crate::endpoint::{Body, Endpoint, Host, InvalidPath, Method, Paced, Request, Token};
use crate::error::{Error, ErrorKind, Result};
use crate::id::{MediaId, PhoneNumberId};

/// Meta's hosts.
pub(super) const GRAPH: &str = "https://graph.facebook.com";
const API: &str = "https://api.facebook.com";

/// The longest JSON answer that is read: to what does something, and to what reads, or many
/// calls together.
const MAX_ANSWER: u64 = 1024 * 1024;
const MAX_ANSWER_TO_READ: u64 = 16 * 1024 * 1024;

/// Calls Meta with one token.
///
/// Cheap to clone; all clones share their connections. The token is sent to the base URL
/// and, for downloads, to Meta's media host; it shows in no URL, error, log or `Debug`.
///
/// One call is one request, made at once: [`Error::is_retryable`] says whether repeating is
/// safe. [`ClientBuilder::retry`] repeats calls that failed, and [`ClientBuilder::pace`] lets
/// them wait for their turn. [`ClientBuilder::observe`] tells of each.
///
/// ```no_run
/// use secrecy::SecretString;
/// use whatsapp_cloud::Client;
/// use whatsapp_cloud::api::profile::GetProfile;
///
/// # async fn example(token: SecretString) -> whatsapp_cloud::Result<()> {
/// let client = Client::new(token)?;
/// // Every call of `api` is a value, and this is its way out.
/// let profile = client.execute(&GetProfile::new("106540352242922")).await?;
/// println!("{}", profile.profile.about.unwrap_or_default());
/// # Ok(()) }
/// ```
#[derive(Clone)]
pub struct Client {
    inner: Arc<Inner>,
    caller: Caller,
    safety: Safety,
    priority: Priority,
}

pub(super) struct Inner {
    pub(super) transport: Arc<dyn Transport>,
    pub(super) base_url: String,
    pub(super) origin: Origin,
    version: ApiVersion,
    timeout: Duration,
    pub(super) transfer_timeout: Duration,
    pub(super) max_media: u64,
    max_answer: Option<u64>,
    pub(super) retry: Option<RetryPolicy>,
    pub(super) pacer: Option<Pacer>,
    pub(super) observer: Option<Arc<dyn CallObserver>>,
    pub(super) clock: Arc<dyn Clock>,
}

impl Inner {
    /// The longest answer that is read.
    pub(super) fn max_answer(&self, method: Method, body: &Body) -> u64 {
        let otherwise = match (method, body) {
            // A form holds a batch, or a file whose answer is short.
            (Method::Get, _) | (_, Body::Form(_)) => MAX_ANSWER_TO_READ,
            (Method::Post | Method::Delete, _) => MAX_ANSWER,
        };
        self.max_answer.unwrap_or(otherwise)
    }
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
        ready: Option<Bearer>,
    ) -> Self {
        let inner = Inner {
            transport,
            base_url: builder.base_url,
            origin,
            version: builder.version,
            timeout: builder.timeout,
            transfer_timeout: builder.transfer_timeout,
            max_media: builder.max_media,
            max_answer: builder.max_answer,
            retry: builder.retry,
            pacer: builder.pacer,
            observer: builder.observer,
            clock: builder.clock.unwrap_or_else(|| Arc::new(SystemClock::default())),
        };
        let tokens = Tokens::Fixed(Arc::new(Fixed { token: builder.token, ready }));
        let caller = Caller { tokens, app_secret: builder.app_secret };
        let (safety, priority) = (Safety::AtMostOnce, Priority::Bot);
        Self { inner: Arc::new(inner), caller, safety, priority }
    }

    /// The same client with other tokens: those of another tenant, or such that change.
    ///
    /// Both share their connections and their settings.
    #[must_use]
    pub fn with_tokens(&self, tokens: Arc<dyn TokenProvider>) -> Self {
        let tokens = Tokens::Asked(tokens);
        let caller = Caller { tokens, app_secret: self.caller.app_secret.clone() };
        Self { caller, ..self.clone() }
    }

    /// The same client, which repeats calls that are not idempotent in another way than
    /// [`Safety::AtMostOnce`]. Of no effect without [`ClientBuilder::retry`].
    ///
    /// ```
    /// use secrecy::SecretString;
    /// use whatsapp_cloud::Client;
    /// use whatsapp_cloud::client::{RetryPolicy, Safety};
    ///
    /// let client = Client::builder(SecretString::from("EAAG-example"))
    ///     .retry(RetryPolicy::default())
    ///     .build()?;
    /// // A one-time password that comes twice is better than none.
    /// let passwords = client.with_safety(Safety::AtLeastOnce);
    /// # let _ = passwords.phone_number("106540352242922");
    /// # Ok::<(), whatsapp_cloud::Error>(())
    /// ```
    #[must_use]
    pub fn with_safety(&self, safety: Safety) -> Self {
        Self { safety, ..self.clone() }
    }

    /// The same client, whose messages wait among those of another priority than
    /// [`Priority::Bot`]. Of no effect without [`ClientBuilder::pace`].
    #[must_use]
    pub fn with_priority(&self, priority: Priority) -> Self {
        Self { priority, ..self.clone() }
    }

    pub(super) fn inner(&self) -> &Inner {
        &self.inner
    }

    pub(super) fn safety(&self) -> Safety {
        self.safety
    }

    /// A business phone number, to send from.
    pub fn phone_number(&self, id: impl Into<PhoneNumberId>) -> PhoneNumber<'_> {
        PhoneNumber::new(self, id.into())
    }

    /// A file at Meta.
    ///
    /// ```
    /// use secrecy::SecretString;
    /// use whatsapp_cloud::Client;
    ///
    /// let client = Client::new(SecretString::from("EAAG-example"))?;
    /// let photo = client.media("1037543291543636");
    /// assert_eq!(photo.id().as_str(), "1037543291543636");
    /// # Ok::<(), whatsapp_cloud::Error>(())
    /// ```
    pub fn media(&self, id: impl Into<MediaId>) -> Media<'_> {
        Media::new(self, id.into())
    }

    /// Makes any call.
    ///
    /// Dropping the future leaves open whether Meta saw it.
    ///
    /// # Errors
    ///
    /// - [`ErrorKind::InvalidInput`]: refused here, nothing was sent.
    /// - [`ErrorKind::NotSent`]: certainly not sent; repeating is safe. Also when too many
    ///   calls wait for their turn already, or its own would come too late
    ///   ([`Error::retry_after`] says when), and when no token came in time.
    /// - [`ErrorKind::Configuration`]: the [`TokenProvider`] gave something that is no token.
    /// - [`ErrorKind::MaybeSent`]: the answer was lost or unreadable.
    /// - any other kind: Meta answered with an error.
    pub async fn execute<E: Endpoint + Sync>(&self, endpoint: &E) -> Result<E::Response> {
        let call = Call::of::<E>();
        let mut attempts = Attempts::new(self, call, endpoint.paced());
        let span = attempts.watch.span();
        let outcome = {
            let attempt = pin!(self.attempt(call, endpoint, &mut attempts));
            // Nobody watches, as a rule: to enter and leave a span is then for nothing.
            if span.is_disabled() { attempt.await } else { attempt.instrument(span).await }
        };
        attempts.watch.end(outcome.as_ref().err());
        outcome
    }

    async fn attempt<E: Endpoint + Sync>(
        &self,
        call: Call,
        endpoint: &E,
        attempts: &mut Attempts<'_>,
    ) -> Result<E::Response> {
        let mut request = endpoint.request()?;
        attempts.begin().await?;
        loop {
            let outcome = self.exchange(call, request, &mut attempts.round).await;
            attempts.round.tell(outcome.as_ref().err());
            match outcome {
                Ok(answer) => return Ok(answer),
                Err(error) => attempts.after(error).await?,
            }
            request = endpoint.request()?;
        }
    }

    /// Sends a request, and reads what comes back.
    pub(super) async fn exchange<T: DeserializeOwned>(
        &self,
        call: Call,
        request: Request,
        round: &mut Round,
    ) -> Result<T> {
        let token = match request.token() {
            Token::Own => Some(self.token(call, round).await?),
            Token::Other(token) => Some(Held::Given(token.clone())),
            Token::Nothing => None,
        };
        let is_own = matches!(request.token(), Token::Own);
        let proof = token.as_ref().filter(|_| is_own);
        let proof = proof.and_then(|token| self.caller.proof(token.secret()));
        let request = match proof {
            Some(proof) => request.with_query("appsecret_proof", proof),
            None => request,
        };
        let url = self
            .url(&request)
            .map_err(|error| call.error(ErrorKind::InvalidInput).with_source(error))?;
        let mut sent = HttpRequest::new(request.method(), url);
        if let Some(token) = token {
            token.authorize(&mut sent);
        }
        sent.headers = request.headers().to_vec();
        sent.body = request.into_body();
        // A file takes longer than a sentence.
        sent.timeout = match sent.body {
            Body::Form(_) | Body::Bytes(_) => self.inner.transfer_timeout,
            Body::Empty | Body::Json(_) => self.inner.timeout,
        };
        sent.max_answer = self.inner.max_answer(sent.method, &sent.body);
        round.leave();
        let response = self.inner.transport.send(sent).await.map_err(|error| lost(call, error))?;
        if response.headers.warn_of_the_version() {
            warn!(
                operation = call.operation,
                asked = %self.inner.version,
                "Meta warns of the version of the API, and may have used another one"
            );
        }
        self.learn(&response, round);
        let read = call.read(&response);
        if let Err(error) = &read
            && is_own
        {
            self.refused(error, round);
        }
        read
    }

    /// Where a request goes.
    fn url(&self, request: &Request) -> Result<String, InvalidPath> {
        let Inner { base_url, version, .. } = self.inner();
        let (base_url, version) = match request.host() {
            Host::Graph => (base_url.as_str(), Some(version.as_str())),
            Host::Api if base_url == GRAPH => (API, None),
            Host::Api => (base_url.as_str(), None),
        };
        // As long as most of them.
        let mut url = String::with_capacity(base_url.len() + 64);
        for part in [Some(base_url), version].into_iter().flatten() {
            url.push_str(part);
            url.push('/');
        }
        request.write_target(&mut url)?;
        Ok(url)
    }

    /// The client's own token, for one request.
    pub(super) async fn token(&self, call: Call, round: &mut Round) -> Result<Held<'_>> {
        let token = match (round.fresh.take(), &self.caller.tokens) {
            (Some(fresh), _) => Held::Given(fresh),
            (None, Tokens::Fixed(fixed)) => Held::Fixed(fixed),
            (None, Tokens::Asked(_)) => Held::Given(self.given_token(call).await?),
        };
        if round.keeps_token || self.inner.retry.is_some() {
            round.used = Some(token.secret().clone());
        }
        Ok(token)
    }

    /// A token from who gives them, in time, and one that can be sent.
    pub(super) async fn given_token(&self, call: Call) -> Result<SecretString> {
        let mut token = match &self.caller.tokens {
            Tokens::Fixed(fixed) => return Ok(fixed.token.clone()),
            Tokens::Asked(tokens) => tokens.token(),
        };
        // It is at hand, as a rule: a clock would be for nothing.
        let at_hand = poll_fn(|context| Poll::Ready(token.as_mut().poll(context))).await;
        let token = match at_hand {
            Poll::Ready(token) => token?,
            Poll::Pending => {
                match select(token, self.inner.clock.sleep(self.inner.timeout)).await {
                    Either::Left((token, _)) => token?,
                    Either::Right(_) => {
                        let error = call.error(ErrorKind::NotSent);
                        return Err(error.with_source("no access token was given in time"));
                    }
                }
            }
        };
        let checked = check_token(&token);
        checked.map_err(|why| call.error(ErrorKind::Configuration).with_source(why))?;
        Ok(token)
    }

    /// Tells who gave the client's own token when Meta refused it: once for each token of a
    /// round.
    pub(super) fn refused(&self, error: &Error, round: &mut Round) {
        if !is_token_refused(error) {
            return;
        }
        let used = round.used.as_ref().map(ExposeSecret::expose_secret);
        let told = round.refused.as_ref().map(ExposeSecret::expose_secret);
        if used.is_none() || used != told {
            match &self.caller.tokens {
                // It has nobody who could give another one.
                Tokens::Fixed(_) => {}
                Tokens::Asked(tokens) => tokens.refused(),
            }
            round.refused.clone_from(&round.used);
        }
    }

    /// Learns from an answer's headers how much of Meta's limits is used.
    pub(super) fn learn(&self, response: &HttpResponse, round: &mut Round) {
        if self.inner.pacer.is_none() && self.inner.retry.is_none() {
            return;
        }
        let usage = Usage::of(response);
        // Of the requests of one round, the longest.
        round.told = round.told.max(usage.wait());
        if let Some(pacer) = &self.inner.pacer {
            pacer.observe_usage(&usage);
        }
    }

    /// Waits for a call's turn.
    pub(super) async fn turn(&self, call: Call, paced: Paced<'_>) -> Result<Option<Turn>> {
        let Some(pacer) = &self.inner.pacer else { return Ok(None) };
        let most = self.inner.retry.map_or(Duration::MAX, RetryPolicy::most_time);
        let turn = pacer.turn(paced, self.priority, most).await;
        turn.map(Some).map_err(|why| {
            let (kind, due) = match why {
                NoTurn::Full(_) => (ErrorKind::NotSent, None),
                NoTurn::TooLate { due } | NoTurn::NoRoom { due, .. } => {
                    (ErrorKind::NotSent, Some(due))
                }
                NoTurn::NoRuntime => (ErrorKind::Configuration, None),
            };
            call.error(kind).with_retry_after(due).with_source(why)
        })
    }

    /// A call's turn, when it has one at once; it has one when nobody paces.
    pub(super) fn turn_now(&self, paced: Paced<'_>) -> Option<Option<Turn>> {
        match &self.inner.pacer {
            Some(pacer) => pacer.turn_now(paced, self.priority).map(Some),
            None => Some(None),
        }
    }
}

/// What it means that there is no whole answer.
pub(super) fn lost(call: Call, error: TransportError) -> Error {
    match &error {
        TransportError::NotSent(_) => call.error(ErrorKind::NotSent).with_source(error),
        TransportError::MaybeSent(_) => call.error(ErrorKind::MaybeSent).with_source(error),
        // The answer to the same question would be as long.
        TransportError::AnswerTooLong => {
            call.error(ErrorKind::MaybeSent).that_comes_again().with_source(error)
        }
    }
}

/// Whether Meta refused the access token. Anything on the way may answer with a status of 401,
/// and only Meta knows of the token.
///
/// Source: <https://developers.facebook.com/docs/graph-api/guides/error-handling>
pub(super) fn is_token_refused(error: &Error) -> bool {
    matches!(error.code(), Some(0 | 190))
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("base_url", &self.inner.base_url)
            .field("version", &self.inner.version)
            .finish_non_exhaustive()
    }
}
