//! The simulator as an HTTP server: Meta's paths, and a way to play the customer.

use std::sync::Arc;

use axum::body::Body as AnswerBody;
use axum::extract::connect_info::IntoMakeServiceWithConnectInfo;
use axum::extract::{
    ConnectInfo, DefaultBodyLimit, FromRequest, Multipart, Path, Query, Request, State,
};
use axum::http::{HeaderMap, HeaderValue, Method as HttpMethod, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use axum::{Json, Router};
use bytes::Bytes;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::endpoint::Method;
use crate::simulator::listener::Scissors;
use crate::simulator::running::Shared;
use crate::simulator::world::{Asked, AskedBody, Outcome, Refusal, Reply, Upload};
use crate::simulator::{Customer, Fault, meta_json};

/// Meta's limit for documents, and room for the form around one.
const MAX_BODY: usize = 101 * 1024 * 1024;

pub(super) fn router(shared: Arc<Shared>) -> IntoMakeServiceWithConnectInfo<Router, Scissors> {
    Router::new()
        .route("/simulator/customers/{phone}/messages", post(customer_writes).get(customer_got))
        .fallback(graph)
        .layer(DefaultBodyLimit::max(MAX_BODY))
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
    let path = segments(request.uri().path());
    let Some(body) = body(request).await else {
        return reply(Refusal::new(100, "The body cannot be read").into_outcome().reply);
    };
    let authorization = header(header::AUTHORIZATION.as_str());
    let file_offset = header("file_offset");
    let asked = Asked { method, path, query, authorization, file_offset, body };
    let act = || {
        shared.change(|world, now| {
            let Outcome { reply, news } = world.handle(&asked, now);
            (reply, news)
        })
    };
    let fault = shared.faults().pop_front();
    match fault {
        None => reply(act()),
        Some(Fault::Status(status)) => page(status),
        Some(Fault::StatusAfterEffect(status)) => {
            act();
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
            reply(act())
        }
        Some(Fault::CutAnswer) => cut(act()),
        Some(Fault::Slow(wait)) => {
            let answer = act();
            tokio::time::sleep(wait).await;
            reply(answer)
        }
    }
}

/// What a gateway answers that has nothing of Meta's to say.
fn page(status: u16) -> Response {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_GATEWAY);
    (status, [(header::CONTENT_TYPE, "text/html")], "<html></html>").into_response()
}

/// An answer that promises more than comes, after which the connection ends.
fn cut(answer: Reply) -> Response {
    let mut response = reply(answer);
    response.headers_mut().insert(header::CONTENT_LENGTH, HeaderValue::from_static("10000"));
    response
}

/// The path's segments, without the version if there is one.
fn segments(path: &str) -> Vec<String> {
    let mut segments = path.trim_matches('/').split('/').peekable();
    let version = |segment: &&str| {
        segment.strip_prefix('v').is_some_and(|rest| {
            rest.contains('.') && rest.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
        })
    };
    segments.next_if(version);
    segments.map(str::to_owned).collect()
}

async fn body(request: Request) -> Option<AskedBody> {
    let is_form = request
        .headers()
        .get(header::CONTENT_TYPE)
        .is_some_and(|value| value.as_bytes().starts_with(b"multipart/form-data"));
    if !is_form {
        let bytes = Bytes::from_request(request, &()).await.ok()?;
        return Some(AskedBody::Bytes(bytes.to_vec()));
    }
    let mut form = Multipart::from_request(request, &()).await.ok()?;
    let mut parts = Vec::new();
    while let Some(field) = form.next_field().await.ok()? {
        parts.push(Upload {
            name: field.name()?.to_owned(),
            file_name: field.file_name().map(str::to_owned),
            mime_type: field.content_type().map(str::to_owned),
            bytes: field.bytes().await.ok()?.to_vec(),
        });
    }
    Some(AskedBody::Form(parts))
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

/// What a person types who plays the customer.
#[derive(Deserialize)]
struct Written {
    text: String,
    name: Option<String>,
}

async fn customer_writes(
    State(shared): State<Arc<Shared>>,
    Path(phone): Path<String>,
    Json(written): Json<Written>,
) -> Response {
    let mut customer = Customer::new(shared, &phone);
    if customer.phone().is_empty() {
        return (StatusCode::BAD_REQUEST, "a phone number has digits").into_response();
    }
    if let Some(name) = written.name {
        customer = customer.named(name);
    }
    let id = customer.says(written.text).await;
    Json(json!({"id": id.as_str()})).into_response()
}

async fn customer_got(State(shared): State<Arc<Shared>>, Path(phone): Path<String>) -> Json<Value> {
    let inbox = Customer::new(shared, &phone).inbox();
    let messages = inbox.iter().map(|message| {
        json!({
            "id": message.id().as_str(),
            "type": message.kind(),
            "text": message.text(),
            "raw": message.raw(),
        })
    });
    Json(json!({"data": messages.collect::<Vec<_>>()}))
}
