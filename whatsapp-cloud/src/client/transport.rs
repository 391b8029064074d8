//! How bytes travel. The only file that names `reqwest`.

use std::fmt;
use std::pin::Pin;
use std::time::Duration;

use async_trait::async_trait;
use bytes::{Bytes, BytesMut};
use futures_util::stream::{self, Stream};
use secrecy::{ExposeSecret, SecretString};

use crate::endpoint::{Body, Method, Part};

/// Who asks.
const USER_AGENT: &str = concat!("whatsapp-cloud/", env!("CARGO_PKG_VERSION"));

type Source = Box<dyn std::error::Error + Send + Sync>;

/// Carries one request and its answer.
///
/// - One call is one request: nothing is repeated, and no redirect is followed.
/// - [`TransportError::NotSent`] is a promise that the server cannot have seen the request.
/// - An answer is a success, whatever its status.
/// - Neither token nor URL nor body shows in an error.
///
/// ```
/// use std::sync::Arc;
///
/// use async_trait::async_trait;
/// use secrecy::SecretString;
/// use whatsapp_cloud::Client;
/// use whatsapp_cloud::client::{HttpRequest, HttpResponse, Transport, TransportError};
///
/// /// Meta, as far as this test goes.
/// struct Nobody;
///
/// #[async_trait]
/// impl Transport for Nobody {
///     async fn send(&self, _: HttpRequest) -> Result<HttpResponse, TransportError> {
///         Ok(HttpResponse::new(200, r#"{"success":true}"#))
///     }
/// }
///
/// let client = Client::builder(SecretString::from("EAAG-example")).transport(Arc::new(Nobody));
/// client.build()?;
/// # Ok::<(), whatsapp_cloud::Error>(())
/// ```
#[async_trait]
pub trait Transport: Send + Sync {
    /// Sends `request` and reads the whole answer, up to [`HttpRequest::max_answer`].
    ///
    /// # Errors
    ///
    /// When there is no whole answer; the error says whether the request may have arrived.
    async fn send(&self, request: HttpRequest) -> Result<HttpResponse, TransportError>;

    /// Sends `request`, and gives the answer's body piece by piece, as it comes.
    ///
    /// For files: [`HttpRequest::max_answer`] is the caller's to mind, piece by piece. Without
    /// a way of its own a transport reads the whole.
    ///
    /// # Errors
    ///
    /// As [`Transport::send`]; the body may break off later.
    async fn open(&self, request: HttpRequest) -> Result<HttpOpened, TransportError> {
        let HttpResponse { status, headers, body } = self.send(request).await?;
        Ok(HttpOpened { status, headers, body: Box::pin(stream::iter([Ok(body)])) })
    }
}

/// An answer whose body is still coming. `Debug` shows its status.
///
/// ```
/// use futures_util::stream;
/// use whatsapp_cloud::client::HttpOpened;
///
/// let file = HttpOpened::new(200, stream::iter([Ok("a pic".into()), Ok("ture".into())]));
/// assert_eq!(file.status, 200);
/// ```
#[non_exhaustive]
pub struct HttpOpened {
    /// The status.
    pub status: u16,
    /// Headers whose values are text.
    pub headers: HttpHeaders,
    /// The body, piece by piece.
    pub body: Pin<Box<dyn Stream<Item = Result<Bytes, TransportError>> + Send>>,
}

impl HttpOpened {
    /// An answer without headers.
    pub fn new(
        status: u16,
        body: impl Stream<Item = Result<Bytes, TransportError>> + Send + 'static,
    ) -> Self {
        Self { status, headers: HttpHeaders::default(), body: Box::pin(body) }
    }
}

impl fmt::Debug for HttpOpened {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HttpOpened").field("status", &self.status).finish_non_exhaustive()
    }
}

/// A request, ready to travel. `Debug` shows neither URL nor contents.
///
/// ```
/// use secrecy::SecretString;
/// use whatsapp_cloud::client::HttpRequest;
/// use whatsapp_cloud::endpoint::Method;
///
/// let mut request = HttpRequest::new(Method::Get, "https://graph.facebook.com/v23.0/me");
/// request.bearer = Some(SecretString::from("EAAG-example"));
/// assert!(!format!("{request:?}").contains("EAAG"));
/// ```
#[derive(Clone)]
#[non_exhaustive]
pub struct HttpRequest {
    /// How it is made.
    pub method: Method,
    /// Where to, whole.
    pub url: String,
    /// What goes into `Authorization`, after `Bearer`; nowhere else.
    pub bearer: Option<SecretString>,
    /// The same, as the built-in transport sends it; no other one gets it.
    pub(super) ready: Option<Bearer>,
    /// Further headers.
    pub headers: Vec<(&'static str, String)>,
    /// What is sent along.
    pub body: Body,
    /// The longest the whole exchange may take.
    pub timeout: Duration,
    /// The longest answer that is read, in bytes.
    pub max_answer: u64,
}

impl HttpRequest {
    /// A request without body and token, answered by at most 1 MiB within 15 seconds.
    pub fn new(method: Method, url: impl Into<String>) -> Self {
        Self {
            method,
            url: url.into(),
            bearer: None,
            ready: None,
            headers: Vec::new(),
            body: Body::Empty,
            timeout: Duration::from_secs(15),
            max_answer: 1024 * 1024,
        }
    }
}

impl fmt::Debug for HttpRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HttpRequest")
            .field("method", &self.method)
            .field("body", &self.body)
            .field("timeout", &self.timeout)
            .field("max_answer", &self.max_answer)
            .finish_non_exhaustive()
    }
}

/// An answer. `Debug` shows its status and size.
///
/// ```
/// use whatsapp_cloud::client::HttpResponse;
///
/// let mut answer = HttpResponse::new(429, "{}");
/// answer.headers.push(("Retry-After".to_owned(), "30".to_owned()));
/// assert_eq!(answer.header("retry-after"), Some("30"));
/// ```
#[derive(Clone)]
#[non_exhaustive]
pub struct HttpResponse {
    /// The status.
    pub status: u16,
    /// Headers whose values are text.
    pub headers: HttpHeaders,
    /// The whole body.
    pub body: Bytes,
}

impl HttpResponse {
    /// An answer without headers.
    pub fn new(status: u16, body: impl Into<Bytes>) -> Self {
        Self { status, headers: HttpHeaders::default(), body: body.into() }
    }

    /// The first header of this name, in any case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)
    }
}

impl fmt::Debug for HttpResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HttpResponse")
            .field("status", &self.status)
            .field("bytes", &self.body.len())
            .finish_non_exhaustive()
    }
}

/// The headers of an answer. `Debug` shows how many there are.
///
/// ```
/// use whatsapp_cloud::client::HttpHeaders;
///
/// let mut headers = HttpHeaders::default();
/// headers.push(("Retry-After".to_owned(), "7".to_owned()));
/// assert_eq!(headers.get("retry-after"), Some("7"));
/// ```
#[derive(Clone, Default)]
pub struct HttpHeaders {
    /// As the built-in transport got them: few of them are ever looked at, so none is copied.
    came: reqwest::header::HeaderMap,
    pushed: Vec<(String, String)>,
}

impl HttpHeaders {
    /// Adds a header, given as name and value.
    pub fn push(&mut self, header: (String, String)) {
        self.pushed.push(header);
    }

    /// The first header of this name, in any case.
    pub fn get(&self, name: &str) -> Option<&str> {
        let came = self.came.get_all(name).iter().find_map(|value| value.to_str().ok());
        came.or_else(|| {
            let found = self.pushed.iter().find(|(found, _)| found.eq_ignore_ascii_case(name));
            found.map(|(_, value)| value.as_str())
        })
    }

    /// Whether Meta warns of the version that was asked for.
    pub(super) fn warn_of_the_version(&self) -> bool {
        const NAME: &str = "x-ad-api-version-warning";
        // A name that is ready need not be read in each answer.
        static READY: reqwest::header::HeaderName = reqwest::header::HeaderName::from_static(NAME);
        self.came.contains_key(&READY)
            || self.pushed.iter().any(|(found, _)| found.eq_ignore_ascii_case(NAME))
    }

    /// Names and values, as far as the values are text.
    ///
    /// ```
    /// use whatsapp_cloud::client::HttpHeaders;
    ///
    /// let mut headers = HttpHeaders::default();
    /// headers.push(("retry-after".to_owned(), "7".to_owned()));
    /// assert_eq!(headers.iter().collect::<Vec<_>>(), [("retry-after", "7")]);
    /// ```
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        let came = self
            .came
            .iter()
            .filter_map(|(name, value)| Some((name.as_str(), value.to_str().ok()?)));
        came.chain(self.pushed.iter().map(|(name, value)| (name.as_str(), value.as_str())))
    }
}

impl Extend<(String, String)> for HttpHeaders {
    fn extend<I: IntoIterator<Item = (String, String)>>(&mut self, headers: I) {
        self.pushed.extend(headers);
    }
}

impl fmt::Debug for HttpHeaders {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "HttpHeaders({})", self.iter().count())
    }
}

/// Why there is no whole answer.
///
/// ```
/// use whatsapp_cloud::client::TransportError;
///
/// // The promise that makes a repetition safe.
/// let refused = TransportError::NotSent("no route to host".into());
/// assert!(matches!(refused, TransportError::NotSent(_)));
/// ```
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum TransportError {
    /// The server cannot have seen the request: no address, no connection, no TLS.
    #[error("not sent")]
    NotSent(#[source] Source),
    /// The server may have seen the request: anything after the connection stood.
    #[error("may have been sent")]
    MaybeSent(#[source] Source),
    /// The server answered more than was asked for.
    #[error("the answer is longer than allowed")]
    AnswerTooLong,
}

/// What the built-in transport is made for.
pub(crate) struct TransportOptions {
    /// The longest a connection may take, TLS included.
    pub(crate) connect_timeout: Duration,
    /// Whether only plain HTTP to this machine is meant: then neither certificates nor
    /// proxies are needed.
    pub(crate) loopback: bool,
}

/// The built-in transport.
pub(crate) struct HttpTransport {
    http: reqwest::Client,
    base: Option<Base>,
}

impl HttpTransport {
    /// A transport with its own pool of connections.
    ///
    /// # Errors
    ///
    /// When TLS is needed and the system has no certificates to trust.
    pub(crate) fn new(options: &TransportOptions) -> Result<Self, Source> {
        let mut builder = reqwest::Client::builder()
            .user_agent(reqwest::header::HeaderValue::from_static(USER_AGENT))
            .connect_timeout(options.connect_timeout)
            // A redirect could carry the token, or the message, to another host.
            .redirect(reqwest::redirect::Policy::none())
            .referer(false)
            // A send is repeated by the caller, who knows whether that is safe, or not at all.
            .retry(reqwest::retry::never().max_retries_per_request(0));
        if options.loopback {
            builder = builder.no_proxy();
        }
        let http = with_tls(builder, !options.loopback)?.build().map_err(without_url)?;
        Ok(Self { http, base: None })
    }

    /// The same, quicker for requests to URLs that begin as this one does.
    pub(crate) fn with_base(self, base_url: &str) -> Self {
        Self { base: Base::of(base_url), ..self }
    }
}

/// Scheme, host and port that most URLs begin with, read once: reading a host takes longer than
/// all the rest of a URL.
struct Base {
    text: String,
    url: reqwest::Url,
}

impl Base {
    fn of(base_url: &str) -> Option<Self> {
        let host = base_url.find("://")? + 3;
        let end = base_url[host..].find(['/', '?', '#']).map_or(base_url.len(), |end| host + end);
        let text = base_url[..end].to_owned();
        let url = reqwest::Url::parse(&text).ok()?;
        Some(Self { text, url })
    }

    /// The URL, when it begins so and goes on with a path.
    fn url(&self, url: &str) -> Option<reqwest::Url> {
        let path = url.strip_prefix(&self.text)?;
        // A second slash would begin another host.
        let is_path = path.starts_with('/') && !path[1..].starts_with(['/', '\\']);
        if is_path { self.url.join(path).ok() } else { None }
    }
}

/// Whether `url` can be requested at all.
pub(super) fn is_url(url: &str) -> bool {
    reqwest::Url::parse(url).is_ok()
}

#[async_trait]
impl Transport for HttpTransport {
    // What an `async fn` takes stays in its future, which would be of twice the size.
    fn send<'t, 'f>(
        &'t self,
        request: HttpRequest,
    ) -> Pin<Box<dyn Future<Output = Result<HttpResponse, TransportError>> + Send + 'f>>
    where
        't: 'f,
    {
        let (max_answer, most) = (request.max_answer, request.timeout);
        let exchange = self.exchange(request, None);
        Box::pin(async move {
            let answer = async move { read(exchange.await?, max_answer).await };
            // Time that ran out while connecting is told as such. Time that ran out for the
            // whole exchange is not, even if the connection never stood: it cannot be told.
            let answer = tokio::time::timeout(most, answer).await;
            answer.unwrap_or_else(|elapsed| Err(TransportError::MaybeSent(elapsed.into())))
        })
    }

    async fn open(&self, request: HttpRequest) -> Result<HttpOpened, TransportError> {
        let most = request.timeout;
        let mut response = self.exchange(request, Some(most)).await?;
        let (status, headers) = (response.status().as_u16(), headers(&mut response));
        let pieces = stream::try_unfold(response, |mut response| async move {
            let piece = response.chunk().await;
            let piece = piece.map_err(|error| TransportError::MaybeSent(without_url(error)))?;
            Ok(piece.map(|piece| (piece, response)))
        });
        Ok(HttpOpened { status, headers, body: Box::pin(pieces) })
    }
}

impl HttpTransport {
    /// Sends when it is polled, and reads the head of the answer. Within `most`, which then
    /// holds for the body, too: to be timed by reqwest costs more than to be timed from outside.
    fn exchange(
        &self,
        request: HttpRequest,
        most: Option<Duration>,
    ) -> impl Future<Output = Result<reqwest::Response, TransportError>> + Send + use<> {
        let answer = self.prepare(request).map(|mut request| {
            if most.is_some() {
                *request.timeout_mut() = most;
            }
            self.http.execute(request)
        });
        async move {
            let answer = answer.map_err(TransportError::NotSent)?.await;
            answer.map_err(|error| {
                if error.is_connect() {
                    TransportError::NotSent(without_url(error))
                } else {
                    TransportError::MaybeSent(without_url(error))
                }
            })
        }
    }

    fn prepare(&self, request: HttpRequest) -> Result<reqwest::Request, Source> {
        let method = match request.method {
            Method::Get => reqwest::Method::GET,
            Method::Post => reqwest::Method::POST,
            Method::Delete => reqwest::Method::DELETE,
        };
        let url = match self.base.as_ref().and_then(|base| base.url(&request.url)) {
            Some(url) => url,
            None => reqwest::Url::parse(&request.url)?,
        };
        let mut sent = reqwest::Request::new(method, url);
        let headers = sent.headers_mut();
        let bearer = match (request.ready, &request.bearer) {
            (Some(ready), _) => Some(ready),
            (None, Some(token)) => Some(Bearer::of(token)?),
            (None, None) => None,
        };
        if let Some(Bearer(bearer)) = bearer {
            headers.insert(reqwest::header::AUTHORIZATION, bearer);
        }
        for (name, value) in request.headers {
            let name = reqwest::header::HeaderName::from_bytes(name.as_bytes())?;
            headers.append(name, reqwest::header::HeaderValue::try_from(value)?);
        }
        match request.body {
            Body::Empty => {}
            Body::Bytes(bytes) => {
                headers.insert(reqwest::header::CONTENT_LENGTH, bytes.length().into());
                *sent.body_mut() = Some(reqwest::Body::wrap_stream(bytes.pieces()));
            }
            Body::Json(json) => {
                let json_type = reqwest::header::HeaderValue::from_static("application/json");
                headers.insert(reqwest::header::CONTENT_TYPE, json_type);
                *sent.body_mut() = Some(json.into());
            }
            Body::Form(parts) => {
                let builder = reqwest::RequestBuilder::from_parts(self.http.clone(), sent);
                return builder.multipart(form(parts)?).build().map_err(without_url);
            }
        }
        Ok(sent)
    }
}

/// What stands in `Authorization`. All clones are one value, which is wiped with the last.
#[derive(Clone)]
pub(super) struct Bearer(reqwest::header::HeaderValue);

impl Bearer {
    pub(super) fn of(token: &SecretString) -> Result<Self, Source> {
        /// Bytes that are wiped when nobody needs them any more.
        struct Wiped(SecretString);

        impl AsRef<[u8]> for Wiped {
            fn as_ref(&self) -> &[u8] {
                self.0.expose_secret().as_bytes()
            }
        }

        // Of exactly its length: a text that grew, or shrinks, leaves copies behind.
        let value = Wiped(["Bearer ", token.expose_secret()].concat().into());
        let value = Bytes::from_owner(value);
        let mut value = reqwest::header::HeaderValue::from_maybe_shared(value)?;
        // Keeps it out of logs, and out of the table that HTTP/2 shares between requests.
        value.set_sensitive(true);
        Ok(Self(value))
    }
}

fn form(parts: Vec<Part>) -> Result<reqwest::multipart::Form, Source> {
    let mut form = reqwest::multipart::Form::new().percent_encode_noop();
    for part in parts {
        let length = part.data().length();
        let pieces = reqwest::Body::wrap_stream(part.data().pieces());
        let mut sent = reqwest::multipart::Part::stream_with_length(pieces, length);
        if let Some(name) = part.file_name() {
            sent = sent.file_name(name.to_owned());
        }
        if let Some(mime_type) = part.mime_type() {
            sent = sent.mime_str(mime_type).map_err(without_url)?;
        }
        form = form.part(part.name(), sent);
    }
    Ok(form)
}

fn headers(response: &mut reqwest::Response) -> HttpHeaders {
    HttpHeaders { came: std::mem::take(response.headers_mut()), pushed: Vec::new() }
}

fn read(
    mut response: reqwest::Response,
    max_answer: u64,
) -> impl Future<Output = Result<HttpResponse, TransportError>> + Send {
    let is_too_long = response.content_length().is_some_and(|length| length > max_answer);
    let headers = headers(&mut response);
    let status = response.status().as_u16();
    async move {
        if is_too_long {
            return Err(TransportError::AnswerTooLong);
        }
        let mut body = Bytes::new();
        let mut more = BytesMut::new();
        loop {
            let chunk = response
                .chunk()
                .await
                .map_err(|error| TransportError::MaybeSent(without_url(error)))?;
            let Some(chunk) = chunk else { break };
            if (body.len() + more.len() + chunk.len()) as u64 > max_answer {
                return Err(TransportError::AnswerTooLong);
            }
            // Most answers come in one piece, which need not be copied.
            if body.is_empty() {
                body = chunk;
            } else {
                more.extend_from_slice(&chunk);
            }
        }
        if !more.is_empty() {
            body = Bytes::from([&body[..], &more[..]].concat());
        }
        Ok(HttpResponse { status, headers, body })
    }
}

/// A URL holds ids, and a media URL a key.
fn without_url(error: reqwest::Error) -> Source {
    Box::new(error.without_url())
}

#[cfg(feature = "rustls")]
fn with_tls(
    builder: reqwest::ClientBuilder,
    required: bool,
) -> Result<reqwest::ClientBuilder, Source> {
    use rustls_platform_verifier::BuilderVerifierExt;

    let provider = std::sync::Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?;
    let mut config = match config.clone().with_platform_verifier() {
        Ok(config) => config.with_no_client_auth(),
        Err(error) if required => return Err(error.into()),
        // Trusting no one: a loopback server is reached all the same, anything else fails.
        Err(_) => {
            config.with_root_certificates(rustls::RootCertStore::empty()).with_no_client_auth()
        }
    };
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(builder.tls_backend_preconfigured(config))
}

#[cfg(all(not(feature = "rustls"), feature = "native-tls"))]
fn with_tls(
    builder: reqwest::ClientBuilder,
    _required: bool,
) -> Result<reqwest::ClientBuilder, Source> {
    Ok(builder.tls_backend_native())
}

#[cfg(not(any(feature = "rustls", feature = "native-tls")))]
fn with_tls(
    builder: reqwest::ClientBuilder,
    required: bool,
) -> Result<reqwest::ClientBuilder, Source> {
    if required {
        return Err("https needs the feature rustls or native-tls".into());
    }
    Ok(builder)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_url_that_begins_with_the_base_is_read_as_any_other() {
        for base_url in ["https://graph.facebook.com", "http://127.0.0.1:8080/proxy/x"] {
            let base = Base::of(base_url).unwrap();
            for rest in [
                "/v25.0/1/messages",
                "/v25.0/upload:MTphd=?file_offset=0&a=%C3%A1",
                "/a/../b/./c?x=/../y#z",
                "/a%2F..%2Fb//c\\d e",
                "/",
            ] {
                let url = format!("{base_url}{rest}");
                assert_eq!(base.url(&url), reqwest::Url::parse(&url).ok(), "{url}");
            }
        }
    }

    #[test]
    fn a_url_that_leads_elsewhere_is_not_taken_for_one_below_the_base() {
        let base = Base::of("https://graph.facebook.com/x").unwrap();
        for url in [
            "https://graph.facebook.com",
            "https://graph.facebook.com.example/x",
            "https://graph.facebook.com:8443/x",
            "https://graph.facebook.com@example/x",
            "https://graph.facebook.com//example/x",
            "https://graph.facebook.com/\\example/x",
            "https://lookaside.fbsbx.com/x",
        ] {
            assert_eq!(base.url(url), None, "{url}");
        }
    }

    #[test]
    fn a_warning_of_the_version_is_found_wherever_it_came_from() {
        let mut came = HttpHeaders::default();
        came.came.append("x-ad-api-version", reqwest::header::HeaderValue::from_static("v25.0"));
        let mut pushed = came.clone();
        assert!(!came.warn_of_the_version());

        let warning = reqwest::header::HeaderValue::from_static("use another one");
        came.came.append("x-ad-api-version-warning", warning);
        pushed.push(("X-Ad-Api-Version-Warning".to_owned(), "use another one".to_owned()));
        assert!(came.warn_of_the_version() && pushed.warn_of_the_version());
    }

    #[test]
    fn what_is_sent_of_a_token_is_there_once_and_not_shown() {
        let bearer = Bearer::of(&SecretString::from("EAAG-canary")).unwrap();
        let Bearer(again) = bearer.clone();

        assert_eq!(again.as_bytes(), b"Bearer EAAG-canary");
        assert_eq!(again.as_bytes().as_ptr(), bearer.0.as_bytes().as_ptr());
        assert!(!format!("{again:?}").contains("canary"));
    }

    #[test]
    fn a_header_is_found_in_any_case_wherever_it_came_from() {
        let mut headers = HttpHeaders::default();
        headers.came.append("x-a", reqwest::header::HeaderValue::from_bytes(b"\xff").unwrap());
        headers.came.append("x-a", reqwest::header::HeaderValue::from_static("1"));
        headers.push(("X-B".to_owned(), "2".to_owned()));

        assert_eq!([headers.get("X-A"), headers.get("x-b")], [Some("1"), Some("2")]);
        assert_eq!(headers.iter().collect::<Vec<_>>(), [("x-a", "1"), ("X-B", "2")]);
        assert_eq!(format!("{headers:?}"), "HttpHeaders(2)");
    }
}
