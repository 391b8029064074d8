//! Steering a simulator from another program: who the customers are, what goes wrong, what
//! time it is. Beside Meta's paths, below `/simulator`.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use bytes::Bytes;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::simulator::running::{Shared, millis};
use crate::simulator::world::LAST;
use crate::simulator::{Customer, Fault, ReceivedMessage, WebhookFault};

pub(super) fn router() -> Router<Arc<Shared>> {
    Router::new()
        .route("/simulator/customers/{phone}", post(set_customer))
        .route("/simulator/customers/{phone}/messages", post(customer_writes).get(customer_got))
        .route("/simulator/customers/{phone}/files", post(customer_sends_file))
        .route("/simulator/customers/{phone}/reads", post(customer_reads))
        .route("/simulator/messages", get(sent))
        .route("/simulator/deliveries", get(deliveries))
        .route("/simulator/callback", post(set_callback))
        .route("/simulator/clock", get(clock).post(advance))
        .route("/simulator/faults", post(add_fault))
}

/// What a customer is like.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Traits {
    name: Option<String>,
    auto_read: Option<bool>,
    reachable: Option<bool>,
    wants_marketing: Option<bool>,
}

/// What a customer writes: a text, or any object of `messages[]`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    text: Option<String>,
    message: Option<Value>,
    name: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Callback {
    url: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Advance {
    seconds: f64,
}

/// What goes wrong: `{"call": "cut_answer"}`, `{"call": {"status": 503}}`,
/// `{"webhook": {"reverse": 2}}`. Durations in seconds.
#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Planned {
    Call(CallFault),
    Webhook(NewsFault),
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum CallFault {
    DropAnswerAfterEffect,
    DropBeforeEffect,
    CutAnswer,
    Slow(f64),
    Status(u16),
    StatusAfterEffect(u16),
    Graph(i64),
    Throttled(f64),
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum NewsFault {
    Duplicate,
    Reverse(usize),
    Delay(f64),
    Lose,
}

/// What is wrong with what was asked, in a sentence.
struct Bad(&'static str);

impl IntoResponse for Bad {
    fn into_response(self) -> Response {
        (StatusCode::BAD_REQUEST, self.0).into_response()
    }
}

fn seconds(seconds: f64) -> Result<Duration, Bad> {
    Duration::try_from_secs_f64(seconds).map_err(|_| Bad("a number of seconds, zero or more"))
}

fn customer(shared: Arc<Shared>, phone: &str) -> Result<Customer, Bad> {
    let customer = Customer::new(shared, phone);
    if customer.phone().is_empty() { Err(Bad("a phone number has digits")) } else { Ok(customer) }
}

async fn set_customer(
    State(shared): State<Arc<Shared>>,
    Path(phone): Path<String>,
    Json(traits): Json<Traits>,
) -> Result<Response, Bad> {
    let mut customer = customer(shared, &phone)?;
    if let Some(name) = traits.name {
        customer = customer.named(name);
    }
    if let Some(auto_read) = traits.auto_read {
        customer = customer.auto_read(auto_read);
    }
    if let Some(reachable) = traits.reachable {
        customer = customer.reachable(reachable);
    }
    if let Some(wants) = traits.wants_marketing {
        customer = customer.wants_marketing(wants);
    }
    Ok(Json(json!({"user_id": customer.user_id().as_str()})).into_response())
}

async fn customer_writes(
    State(shared): State<Arc<Shared>>,
    Path(phone): Path<String>,
    Json(written): Json<Written>,
) -> Result<Response, Bad> {
    let mut customer = customer(shared, &phone)?;
    if let Some(name) = written.name {
        customer = customer.named(name);
    }
    let id = match (written.text, written.message) {
        (Some(text), None) => customer.says(text).await,
        (None, Some(message)) if message.is_object() => customer.sends(message).await,
        _ => return Err(Bad("either a text or a message, which is an object with a type")),
    };
    Ok(Json(json!({"id": id.as_str()})).into_response())
}

/// The file is the body, its type the header's; the kind of message stands in the query.
async fn customer_sends_file(
    State(shared): State<Arc<Shared>>,
    Path(phone): Path<String>,
    Query(query): Query<Vec<(String, String)>>,
    headers: HeaderMap,
    bytes: Bytes,
) -> Result<Response, Bad> {
    let customer = customer(shared, &phone)?;
    let kind = query.iter().find(|(name, _)| name == "kind").map(|(_, kind)| kind.as_str());
    let mime_type = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let (Some(kind), Some(mime_type)) = (kind, mime_type) else {
        return Err(Bad("the query's `kind` (image, audio, …) and a Content-Type"));
    };
    let id = customer.sends_file(kind, bytes, mime_type).await;
    Ok(Json(json!({"id": id.as_str()})).into_response())
}

async fn customer_reads(
    State(shared): State<Arc<Shared>>,
    Path(phone): Path<String>,
) -> Result<Response, Bad> {
    let read = customer(shared, &phone)?.reads_all().await;
    Ok(Json(json!({"read": read})).into_response())
}

async fn customer_got(State(shared): State<Arc<Shared>>, Path(phone): Path<String>) -> Json<Value> {
    list(&Customer::new(shared, &phone).inbox())
}

async fn sent(State(shared): State<Arc<Shared>>) -> Json<Value> {
    list(shared.world().accepted())
}

fn list(messages: &[ReceivedMessage]) -> Json<Value> {
    let rows = messages.iter().map(|message| {
        json!({
            "id": message.id().as_str(),
            "from": message.from().as_str(),
            "to": message.to(),
            "type": message.kind(),
            "text": message.text(),
            "raw": message.raw(),
        })
    });
    Json(json!({"data": rows.collect::<Vec<_>>()}))
}

async fn deliveries(State(shared): State<Arc<Shared>>) -> Json<Value> {
    let rows = shared.post.deliveries().into_iter().map(|delivery| {
        json!({
            "attempt": delivery.attempt(),
            "status": delivery.status(),
            "body": serde_json::from_slice::<Value>(delivery.body()).unwrap_or_default(),
        })
    });
    Json(json!({"data": rows.collect::<Vec<_>>()}))
}

async fn set_callback(
    State(shared): State<Arc<Shared>>,
    Json(callback): Json<Callback>,
) -> Response {
    let challenge = shared.world().challenge();
    match shared.post.set_callback(&callback.url, &challenge).await {
        Ok(()) => Json(json!({"success": true})).into_response(),
        Err(error) => (StatusCode::BAD_GATEWAY, error.to_string()).into_response(),
    }
}

async fn clock(State(shared): State<Arc<Shared>>) -> Json<Value> {
    Json(json!({"milliseconds": shared.now()}))
}

async fn advance(
    State(shared): State<Arc<Shared>>,
    Json(advance): Json<Advance>,
) -> Result<Response, Bad> {
    let by = millis(seconds(advance.seconds)?);
    if by > LAST - shared.now() {
        return Err(Bad("a number of seconds that ends before the year 10000"));
    }
    shared.advance(by);
    Ok(clock(State(shared)).await.into_response())
}

async fn add_fault(
    State(shared): State<Arc<Shared>>,
    Json(planned): Json<Planned>,
) -> Result<Response, Bad> {
    match planned {
        Planned::Call(fault) => shared.faults().push_back(match fault {
            CallFault::DropAnswerAfterEffect => Fault::DropAnswerAfterEffect,
            CallFault::DropBeforeEffect => Fault::DropBeforeEffect,
            CallFault::CutAnswer => Fault::CutAnswer,
            CallFault::Slow(wait) => Fault::Slow(seconds(wait)?),
            CallFault::Status(status) => Fault::Status(status),
            CallFault::StatusAfterEffect(status) => Fault::StatusAfterEffect(status),
            CallFault::Graph(code) => Fault::Graph(code),
            CallFault::Throttled(wait) => Fault::Throttled(seconds(wait)?),
        }),
        Planned::Webhook(fault) => shared.disturbances().plan(match fault {
            NewsFault::Duplicate => WebhookFault::Duplicate,
            NewsFault::Reverse(count) => WebhookFault::Reverse(count),
            NewsFault::Delay(wait) => WebhookFault::Delay(seconds(wait)?),
            NewsFault::Lose => WebhookFault::Lose,
        }),
    }
    Ok(Json(json!({"success": true})).into_response())
}
