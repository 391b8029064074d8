//! The simulator as an HTTP server: Meta's paths.

use std::io;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;

use axum::Router;
use axum::body::Body as AnswerBody;
use axum::extract::connect_info::IntoMakeServiceWithConnectInfo;
use axum::extract::{ConnectInfo, DefaultBodyLimit, FromRequest, Multipart, Query, Request, State};
use axum::http::{HeaderMap, Method as HttpMethod, StatusCode, header};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use futures_util::{FutureExt as _, StreamExt as _, stream};

use crate::endpoint::Method;
use crate::simulator::listener::Scissors;
use crate::simulator::running::Shared;
use crate::simulator::world::{Asked, AskedBody, Outcome, Refusal, Reply, Upload};
use crate::simulator::{Fault, control, meta_json};

/// Meta's limit for documents, and room for the form around one.
const MOST_BODY: usize = 101 * 1024 * 1024;

pub(super) fn router(shared: Arc<Shared>) -> IntoMakeServiceWithConnectInfo<Router, Scissors> {
    control::router()
        .fallback(graph)
        .layer(DefaultBodyLimit::max(MOST_BODY))
        .with_state(shared)
        .into_make_service_with_connect_info::<Scissors>()
}

/// Any call to Meta's API.
async fn graph(
    State(shared): State<Arc<Shared>>,
    ConnectInfo(connection): ConnectInfo<Scissors>,
    Query(query): Query<Vec<(String, String)>>,
    headers: HeaderMap,
    request: Request,
) -> Response {
    let method = match *request.method() {
        HttpMethod::GET => Method::Get,
        HttpMethod::POST => Method::Post,
        HttpMethod::DELETE => Method::Delete,
        _ => return reply(Refusal::new(100, "Unsupported method").into_outcome().reply),
    };
    let header = |name: &str| {
        let value = headers.get(name).and_then(|value| value.to_str().ok());
        value.map(str::to_owned)
    };
    let path = Asked::segments(request.uri().path());
    let is_file = path.first().is_some_and(|id| id.starts_with("upload:"));
    let body = match body(request, is_file).await {
        Ok(body) => body,
        Err(refusal) => return reply(refusal.into_outcome().reply),
    };
    let authorization = header(header::AUTHORIZATION.as_str());
    let file_offset = header("file_offset");
    let asked = Asked { method, path, query, authorization, file_offset, body }.with_its_token();
    let act = || act_or_fail(&shared, &asked);
    let fault = shared.faults().meet(asked.method, &asked.path);
    match fault {
        None => reply(act().await),
        Some(Fault::Status(status)) => page(status),
        Some(Fault::StatusAfterEffect(status)) => {
            act().await;
            page(status)
        }
        Some(Fault::Graph(code)) => {
            reply(Refusal::new(code, "As asked of the simulator").into_outcome().reply)
        }
        Some(Fault::Throttled(wait)) => {
            let seconds = wait.as_secs().to_string();
            (StatusCode::TOO_MANY_REQUESTS, [(header::RETRY_AFTER, seconds)]).into_response()
        }
        Some(Fault::DropBeforeEffect) => {
            connection.cut();
            StatusCode::OK.into_response()
        }
        Some(Fault::DropAnswerAfterEffect) => {
            connection.cut();
            reply(act().await)
        }
        Some(Fault::CutAnswer) => cut(act().await).await,
        Some(Fault::Slow(wait)) => {
            let answer = act().await;
            tokio::time::sleep(wait).await;
            reply(answer)
        }
    }
}

/// Does what is asked. Where that panics, by a fault of the simulator's or of the clock it was
/// given, nobody knows what was done, and so it is answered.
async fn act_or_fail(shared: &Shared, asked: &Asked) -> Reply {
    let acted = AssertUnwindSafe(act(shared, asked)).catch_unwind().await;
    acted.unwrap_or_else(|_| {
        // What was planned before it broke off.
        shared.planned.notify_one();
        Refusal::new(131_000, "The simulator broke off: see what it wrote").into_outcome().reply
    })
}

/// Does what is asked. A callback to be subscribed must take part in the handshake first.
async fn act(shared: &Shared, asked: &Asked) -> Reply {
    let callback = {
        let mut world = shared.world();
        world.callback_of(asked).map(|callback| (callback, world.challenge()))
    };
    if let Some(((url, token), challenge)) = callback
        && shared.post.subscribe(&url, &token, &challenge).await.is_err()
    {
        return Refusal::new(2_200, "The callback did not answer the challenge")
            .into_outcome()
            .reply;
    }
    shared.change(|world, now| {
        let Outcome { reply, news } = world.handle(asked, now);
        (reply, news)
    })
}

/// What a gateway answers that has nothing of Meta's to say.
fn page(status: u16) -> Response {
    let status = StatusCode::from_u16(status).ok().filter(|status| !status.is_informational());
    let status = status.unwrap_or(StatusCode::BAD_GATEWAY);
    (status, [(header::CONTENT_TYPE, "text/html")], "<html></html>").into_response()
}

/// The head of an answer and half of its body, after which the connection ends.
async fn cut(answer: Reply) -> Response {
    let (mut head, body) = reply(answer).into_parts();
    let bytes = axum::body::to_bytes(body, usize::MAX).await.unwrap_or_default();
    head.headers.insert(header::CONTENT_LENGTH, bytes.len().into());
    let half = stream::iter([Ok(bytes.slice(..bytes.len() / 2))]);
    let end = stream::once(async {
        // What was written leaves while the rest is waited for.
        tokio::task::yield_now().await;
        Err(io::Error::from(io::ErrorKind::ConnectionReset))
    });
    Response::from_parts(head, AnswerBody::from_stream(half.chain(end)))
}

/// What was sent along. A file is taken as it is, whatever its type is said to be: curl says
/// that it is a form.
async fn body(request: Request, is_file: bool) -> Result<AskedBody, Refusal> {
    let head = request.headers();
    let length = head.get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok());
    let length = length.and_then(|length| length.parse::<usize>().ok());
    if length.is_some_and(|length| length > MOST_BODY) {
        // Who is still writing does not hear an answer.
        let mut rest = request.into_body().into_data_stream();
        while let Some(Ok(_)) = rest.next().await {}
        return Err(Refusal::too_large());
    }
    let kind = head.get(header::CONTENT_TYPE).cloned();
    let is =
        |name: &str| kind.as_ref().is_some_and(|kind| kind.as_bytes().starts_with(name.as_bytes()));
    let is_of_texts = is("application/x-www-form-urlencoded");
    if is_file || !is("multipart/form-data") {
        let bytes = Bytes::from_request(request, &()).await;
        let bytes = bytes.map_err(|rejection| unreadable(rejection.status()))?;
        if is_file || !is_of_texts {
            return Ok(AskedBody::Bytes(bytes.to_vec()));
        }
        let text = std::str::from_utf8(&bytes).map_err(|_| unreadable(StatusCode::BAD_REQUEST))?;
        return Ok(AskedBody::form(text));
    }
    let form = Multipart::from_request(request, &()).await;
    let mut form = form.map_err(|rejection| unreadable(rejection.status()))?;
    let mut parts = Vec::new();
    while let Some(field) = form.next_field().await.map_err(|error| unreadable(error.status()))? {
        let name = field.name().ok_or_else(|| unreadable(StatusCode::BAD_REQUEST))?;
        parts.push(Upload {
            name: name.to_owned(),
            file_name: field.file_name().map(str::to_owned),
            mime_type: field.content_type().map(str::to_owned),
            bytes: field.bytes().await.map_err(|error| unreadable(error.status()))?.to_vec(),
        });
    }
    Ok(AskedBody::Form(parts))
}

/// Why a body could not be read.
fn unreadable(status: StatusCode) -> Refusal {
    match status {
        StatusCode::PAYLOAD_TOO_LARGE => Refusal::too_large(),
        _ => Refusal::new(100, "The body cannot be read"),
    }
}

fn reply(reply: Reply) -> Response {
    match reply {
        Reply::Json { status, value } => {
            let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
            let kind = [(header::CONTENT_TYPE, "application/json; charset=UTF-8")];
            (status, kind, meta_json::write(&value)).into_response()
        }
        Reply::File { bytes, mime_type } => {
            ([(header::CONTENT_TYPE, mime_type)], AnswerBody::from(bytes)).into_response()
        }
        Reply::Empty { status } => StatusCode::from_u16(status)
            .unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
            .into_response(),
    }
}
