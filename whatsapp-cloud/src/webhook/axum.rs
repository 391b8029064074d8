//! A ready route: it verifies what comes, hands it over, and answers Meta.
//!
//! A delivery that is refused costs neither memory nor the handler's time: what a header
//! can tell is answered before the body is read.
//!
//! | what comes | answer |
//! |---|---|
//! | `GET` with the right verify token | 200 and the challenge |
//! | `GET` otherwise | 400 or 403 |
//! | no signature, several, or a malformed one | 401, body not read |
//! | `Content-Encoding` other than `identity` | 415, body not read |
//! | `Content-Length` above [`MAX_BODY`] | 413, body not read |
//! | a body that grows beyond [`MAX_BODY`] | 413, the rest not read |
//! | a body that breaks off | 400 |
//! | a signature that does not fit | 401 |
//! | the handler says [`Answer::Accepted`] | 200 |
//! | the handler says [`Answer::TryLater`] | 503 and `Retry-After` |

use std::fmt;
use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use bytes::Bytes;
use futures_util::StreamExt as _;

use crate::webhook::handshake::Handshake;
use crate::webhook::signature::{SignatureError, Verified, Verifier};

/// The largest body that is read: 4 MiB.
///
/// Meta posts up to 3 MB: <https://developers.facebook.com/docs/whatsapp/cloud-api/guides/set-up-webhooks>
pub const MAX_BODY: usize = 4 * 1024 * 1024;

const SIGNATURE: &str = "x-hub-signature-256";

/// A route for a webhook at `/`; nest it where Meta is told to post.
///
/// `handler` gets each delivery whose signature fits, and no other. Meta is answered when
/// the handler has answered, so let it store the delivery and no more: what is not answered
/// within seconds comes again, for up to 7 days, and what is answered with 200 Meta forgets.
///
/// ```
/// use axum::Router;
/// use secrecy::SecretString;
/// use whatsapp_cloud::webhook::axum::{Answer, VerifiedBytes, route};
/// use whatsapp_cloud::webhook::{Handshake, Verifier};
///
/// async fn store(delivery: VerifiedBytes) -> Answer {
///     for event in delivery.verified().events() {
///         // Commit the event under `event.dedupe_key()` here.
///     }
///     Answer::Accepted
/// }
///
/// let verifier = Verifier::new([SecretString::from("the app secret")])?;
/// let handshake = Handshake::new(SecretString::from("the verify token"))?;
/// let app: Router = Router::new().nest("/webhook", route(verifier, handshake, store));
/// # Ok::<(), whatsapp_cloud::Error>(())
/// ```
pub fn route<H, F>(verifier: Verifier, handshake: Handshake, handler: H) -> Router
where
    H: Fn(VerifiedBytes) -> F + Send + Sync + 'static,
    F: Future<Output = Answer> + Send,
{
    let door = Arc::new((verifier, handler));
    Router::new().route(
        "/",
        get(async move |uri: Uri| greet(&handshake, uri.query().unwrap_or_default())).post(
            move |request: Request| {
                let door = Arc::clone(&door);
                async move { deliver(&door.0, &door.1, request).await }
            },
        ),
    )
}

/// What becomes of a delivery.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// It is stored for good. Meta will not send it again.
    Accepted,
    /// It is not stored. Meta sends it again, and is asked to wait.
    TryLater {
        /// For how long; told in whole seconds, and one at least.
        after: Duration,
    },
}

/// What a failure to store asks Meta to wait.
const TRY_LATER: Duration = Duration::from_secs(5);

/// Stored is accepted; whatever went wrong, Meta is asked to come again in 5 seconds.
///
/// ```
/// use whatsapp_cloud::webhook::axum::Answer;
///
/// assert_eq!(Answer::from(Ok::<(), std::fmt::Error>(())), Answer::Accepted);
/// assert!(matches!(Answer::from(Err(std::fmt::Error)), Answer::TryLater { .. }));
/// ```
impl<E> From<Result<(), E>> for Answer {
    fn from(stored: Result<(), E>) -> Self {
        match stored {
            Ok(()) => Self::Accepted,
            Err(_) => Self::TryLater { after: TRY_LATER },
        }
    }
}

/// A delivery whose signature fits, with its bytes.
///
/// `Debug` shows the length only.
#[derive(Clone)]
pub struct VerifiedBytes(Bytes);

impl VerifiedBytes {
    /// The delivery, to be read.
    pub fn verified(&self) -> Verified<'_> {
        Verified::restored(&self.0)
    }

    /// The bytes as they came, to be stored.
    pub fn into_bytes(self) -> Bytes {
        self.0
    }
}

impl fmt::Debug for VerifiedBytes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "VerifiedBytes({} bytes)", self.0.len())
    }
}

fn greet(handshake: &Handshake, query: &str) -> Response {
    match handshake.answer(query) {
        Ok(challenge) => {
            tracing::info!(status = 200, "answered the handshake of a webhook");
            let headers = [
                (header::CONTENT_TYPE, "text/plain; charset=utf-8"),
                // The challenge comes from whoever asks: no browser may take it for a page.
                (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
            ];
            (headers, String::from(challenge)).into_response()
        }
        Err(error) => {
            let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::FORBIDDEN);
            tracing::warn!(status = status.as_u16(), "refused a handshake: {error}");
            status.into_response()
        }
    }
}

async fn deliver<H, F>(verifier: &Verifier, handler: &H, request: Request) -> Response
where
    H: Fn(VerifiedBytes) -> F,
    F: Future<Output = Answer>,
{
    let body = match admit(verifier, request).await {
        Ok(body) => body,
        Err(refusal) => {
            let status = refusal.status();
            tracing::warn!(status = status.as_u16(), "refused a delivery: {refusal}");
            return status.into_response();
        }
    };
    let bytes = body.len();
    match handler(VerifiedBytes(body)).await {
        Answer::Accepted => {
            tracing::debug!(status = 200, bytes, "accepted a delivery");
            StatusCode::OK.into_response()
        }
        Answer::TryLater { after } => {
            let seconds =
                after.as_secs().saturating_add(u64::from(after.subsec_nanos() > 0)).max(1);
            let wait = HeaderValue::from(seconds);
            tracing::warn!(status = 503, bytes, "put off a delivery for {seconds} s");
            (StatusCode::SERVICE_UNAVAILABLE, [(header::RETRY_AFTER, wait)]).into_response()
        }
    }
}

/// The body of a delivery that is Meta's.
async fn admit(verifier: &Verifier, request: Request) -> Result<Bytes, Refusal> {
    let (head, body) = request.into_parts();
    let signature = only_signature(&head.headers)?;
    Verifier::check_form(signature)?;
    if head.headers.get_all(header::CONTENT_ENCODING).iter().any(is_encoded) {
        return Err(Refusal::Encoded);
    }
    if declared_length(&head.headers).is_some_and(|length| length > MAX_BODY as u64) {
        return Err(Refusal::TooLarge);
    }
    let body = collect(body).await?;
    verifier.verify(signature, &body)?;
    Ok(body)
}

/// With two signatures, what verifies one and what reads the other might disagree.
fn only_signature(headers: &HeaderMap) -> Result<&[u8], Refusal> {
    let mut signatures = headers.get_all(SIGNATURE).iter();
    match (signatures.next(), signatures.next()) {
        (Some(signature), None) => Ok(signature.as_bytes()),
        (None, _) => Err(Refusal::Signature(SignatureError::Missing)),
        (Some(_), Some(_)) => Err(Refusal::Signature(SignatureError::Malformed)),
    }
}

fn is_encoded(encoding: &HeaderValue) -> bool {
    !encoding.as_bytes().trim_ascii().eq_ignore_ascii_case(b"identity")
}

fn declared_length(headers: &HeaderMap) -> Option<u64> {
    headers.get(header::CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

/// Reads a body up to [`MAX_BODY`]. Memory follows what came, not what was announced.
async fn collect(body: Body) -> Result<Bytes, Refusal> {
    let mut chunks = body.into_data_stream();
    let mut collected = Vec::new();
    while let Some(chunk) = chunks.next().await {
        let chunk = chunk.map_err(|_| Refusal::BrokenOff)?;
        if chunk.len() > MAX_BODY - collected.len() {
            return Err(Refusal::TooLarge);
        }
        collected.extend_from_slice(&chunk);
    }
    Ok(Bytes::from(collected))
}

#[derive(Debug, thiserror::Error)]
enum Refusal {
    #[error(transparent)]
    Signature(#[from] SignatureError),
    #[error("the body is encoded")]
    Encoded,
    #[error("the body is too large")]
    TooLarge,
    #[error("the body broke off")]
    BrokenOff,
}

impl Refusal {
    fn status(&self) -> StatusCode {
        match self {
            Self::Signature(_) => StatusCode::UNAUTHORIZED,
            Self::Encoded => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::BrokenOff => StatusCode::BAD_REQUEST,
        }
    }
}
