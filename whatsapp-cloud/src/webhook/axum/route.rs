//! The route itself: requests in, deliveries to the handler, answers out.

use std::fmt;
use std::future::Future;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Instant;

use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::any;
use bytes::Bytes;
use futures_util::FutureExt as _;
use tracing::{Instrument as _, Span, field};

use crate::webhook::axum::body::{Stopped, collect};
use crate::webhook::handshake::Handshake;
use crate::webhook::receive::{Answer, Intake, Receiver, Refusal, Reply};
use crate::webhook::signature::{Verified, Verifier};

/// A route for a webhook at `/`; nest it where Meta is told to post.
///
/// `handler` gets each delivery whose signature fits, and no other. Meta is answered when
/// the handler has answered, so let it store the delivery and no more: what is not answered
/// within seconds comes again, for up to 7 days, and what is answered with 200 Meta forgets.
/// It may answer with a `Result` too: `Ok` is accepted, `Err` is to come again.
///
/// Nothing bounds the handler's time, and while it works, its delivery takes room
/// ([`MAX_IN_FLIGHT`](crate::webhook::receive::MAX_IN_FLIGHT)). It is dropped where it waits
/// when the sender goes away or the server stops, and the delivery comes again. A panic is
/// answered with 500, and harms no other request.
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
///
/// The runtime needs its clock (`enable_time`, `enable_all` or `#[tokio::main]`).
pub fn route<H, F>(verifier: Verifier, handshake: Handshake, handler: H) -> Router
where
    H: Fn(VerifiedBytes) -> F + Send + Sync + 'static,
    F: Future<Output: Into<Answer>> + Send,
{
    route_with(Receiver::new(verifier, handshake), handler)
}

/// The same [`route`], with limits and counters of your own.
///
/// ```
/// use std::time::Duration;
///
/// use axum::Router;
/// use secrecy::SecretString;
/// use whatsapp_cloud::webhook::axum::{Receiver, VerifiedBytes, route_with};
/// use whatsapp_cloud::webhook::{Handshake, Verifier};
///
/// async fn store(delivery: VerifiedBytes) -> std::io::Result<()> {
///     std::fs::write("delivery.json", delivery.into_bytes()) // what fails is to come again
/// }
///
/// let verifier = Verifier::new([SecretString::from("the app secret")])?;
/// let handshake = Handshake::new(SecretString::from("the verify token"))?;
/// let receiver = Receiver::builder(verifier, handshake)
///     .max_in_flight(16 * 1024 * 1024)
///     .body_timeout(Duration::from_secs(5))
///     .build();
/// let app: Router = Router::new().nest("/webhook", route_with(receiver.clone(), store));
/// assert_eq!(receiver.counters().accepted, 0);
/// # Ok::<(), whatsapp_cloud::Error>(())
/// ```
pub fn route_with<H, F>(receiver: Receiver, handler: H) -> Router
where
    H: Fn(VerifiedBytes) -> F + Send + Sync + 'static,
    F: Future<Output: Into<Answer>> + Send,
{
    let door = Arc::new((receiver, handler));
    Router::new().route(
        "/",
        any(move |request: Request| {
            let door = Arc::clone(&door);
            async move { attend(&door.0, &door.1, request).await }
        }),
    )
}

/// A delivery whose signature fits, with its bytes.
///
/// `Debug` shows the length only.
///
/// ```
/// use whatsapp_cloud::webhook::axum::VerifiedBytes;
/// use whatsapp_cloud::webhook::receive::Answer;
///
/// async fn store(delivery: VerifiedBytes) -> Answer {
///     let events = delivery.verified().events().count();
///     println!("{events} events in {} bytes", delivery.into_bytes().len());
///     Answer::Accepted
/// }
/// ```
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

async fn attend<H, F>(receiver: &Receiver, handler: &H, request: Request) -> Reply
where
    H: Fn(VerifiedBytes) -> F,
    F: Future<Output: Into<Answer>>,
{
    let headers = request.headers().iter().map(|(name, value)| (name.as_str(), value.as_bytes()));
    let query = request.uri().query().unwrap_or_default();
    match receiver.begin(request.method().as_str(), query, headers) {
        Ok(intake) => {
            let span = tracing::info_span!(
                "delivery",
                bytes = field::Empty,
                status = field::Empty,
                micros = field::Empty,
            );
            let delivering = deliver(receiver, handler, intake, request.into_body(), &span);
            delivering.instrument(span.clone()).await
        }
        Err(reply) => {
            log(&reply);
            reply
        }
    }
}

/// Reads a delivery, lets the handler decide, and tells its span how it went.
async fn deliver<H, F>(
    receiver: &Receiver,
    handler: &H,
    intake: Intake,
    body: Body,
    span: &Span,
) -> Reply
where
    H: Fn(VerifiedBytes) -> F,
    F: Future<Output: Into<Answer>>,
{
    let begun = (!span.is_disabled()).then(Instant::now);
    let reply = decide(receiver, handler, intake, body, span).await;
    log(&reply);
    if let Some(begun) = begun {
        span.record("status", reply.status());
        span.record("micros", u64::try_from(begun.elapsed().as_micros()).unwrap_or(u64::MAX));
    }
    reply
}

async fn decide<H, F>(
    receiver: &Receiver,
    handler: &H,
    mut intake: Intake,
    body: Body,
    span: &Span,
) -> Reply
where
    H: Fn(VerifiedBytes) -> F,
    F: Future<Output: Into<Answer>>,
{
    let reading = collect(&mut intake, body);
    let body = match tokio::time::timeout(receiver.body_timeout(), reading).await {
        Ok(Ok(body)) => body,
        Ok(Err(Stopped::Refused(reply))) => return reply,
        Ok(Err(Stopped::BrokenOff)) => return intake.broke_off(),
        Err(_) => return intake.timed_out(),
    };
    span.record("bytes", body.len());
    let pending = match intake.verify(&body) {
        Ok((_, pending)) => pending,
        Err(reply) => return reply,
    };
    // What a panic leaves half done is the handler's own; nothing of it is used here.
    let handling = AssertUnwindSafe(async { handler(VerifiedBytes(body)).await.into() });
    match handling.catch_unwind().await {
        Ok(answer) => pending.answer(answer),
        Err(_) => pending.panicked(),
    }
}

/// Says what became of a request, and nothing of what was in it.
fn log(reply: &Reply) {
    let status = reply.status();
    match (reply.refusal(), reply.retry_after()) {
        (None, Some(wait)) => tracing::warn!(status, "put off a delivery for {} s", wait.as_secs()),
        (None, None) if !reply.body().is_empty() => {
            tracing::info!(status, "answered the handshake of a webhook");
        }
        (None, None) => tracing::debug!(status, "accepted a delivery"),
        (Some(Refusal::Handshake(error)), _) => {
            tracing::warn!(status, "refused a handshake: {error}");
        }
        (Some(Refusal::Panicked), _) => {
            tracing::error!(status, "the handler of a delivery panicked");
        }
        (Some(refusal), _) => tracing::warn!(status, "refused a delivery: {refusal}"),
    }
}

/// With feature `axum`.
impl IntoResponse for Reply {
    fn into_response(self) -> Response {
        let mut response = Response::default();
        *response.status_mut() =
            StatusCode::from_u16(self.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        for (name, value) in self.headers() {
            if let Ok(value) = HeaderValue::from_str(&value) {
                response.headers_mut().insert(name, value);
            }
        }
        if !self.body().is_empty() {
            *response.body_mut() = Body::from(self.into_body());
        }
        response
    }
}
