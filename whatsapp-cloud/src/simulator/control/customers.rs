//! What customers are like, and what they do.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, header};
use bytes::Bytes;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use crate::id::MessageId;
use crate::simulator::control::records::list;
use crate::simulator::control::said::{Bad, Said, customer, number};
use crate::simulator::running::Shared;

/// What a file can be sent as.
const FILES: [&str; 5] = ["audio", "document", "image", "sticker", "video"];

/// What a message is given here, and nobody else may say.
const GIVEN: [&str; 4] = ["from", "from_user_id", "id", "timestamp"];

/// What a customer is like.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Traits {
    name: Option<String>,
    auto_read: Option<bool>,
    reachable: Option<bool>,
    online: Option<bool>,
    wants_marketing: Option<bool>,
}

/// What a customer writes: a text, or any object of `messages[]`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Written {
    text: Option<String>,
    message: Option<Map<String, Value>>,
    name: Option<String>,
    /// The business number's id.
    to: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Receipt {
    message_id: MessageId,
    status: ReceiptWord,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum ReceiptWord {
    Delivered,
    Read,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Joins {
    link: String,
}

pub(super) async fn set(
    State(shared): State<Arc<Shared>>,
    Path(phone): Path<String>,
    Said(traits): Said<Traits>,
) -> Result<Json<Value>, Bad> {
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
    // The last: what waits for the phone arrives at the customer as told above.
    if let Some(online) = traits.online {
        customer = customer.online(online);
    }
    Ok(Json(json!({"user_id": customer.user_id().as_str()})))
}

pub(super) async fn writes(
    State(shared): State<Arc<Shared>>,
    Path(phone): Path<String>,
    Said(written): Said<Written>,
) -> Result<Json<Value>, Bad> {
    let mut customer = customer(shared.clone(), &phone)?;
    if let Some(to) = written.to {
        customer = customer.writing_to(number(&shared, "to", &to)?);
    }
    let content = match (written.text, written.message) {
        (Some(text), None) if !text.is_empty() => json!({"type": "text", "text": {"body": text}}),
        (None, Some(message)) => content(message)?,
        _ => return Err(Bad::new("text, message: one of the two, and not empty")),
    };
    if let Some(name) = written.name {
        customer = customer.named(name);
    }
    let id = customer.sends(content).await;
    Ok(Json(json!({"id": id.as_str()})))
}

/// An object of `messages[]`, as far as the customer says it.
fn content(message: Map<String, Value>) -> Result<Value, Bad> {
    if message.get("type").and_then(Value::as_str).is_none_or(str::is_empty) {
        return Err(Bad::new("message.type: a word of Meta's, text for example"));
    }
    match GIVEN.iter().find(|name| message.contains_key(**name)) {
        Some(name) => Err(Bad::new(format!("message.{name}: the simulator says that itself"))),
        None => Ok(message.into()),
    }
}

/// The file is the body, its type the header's; the kind of message stands in the query.
pub(super) async fn sends_file(
    State(shared): State<Arc<Shared>>,
    Path(phone): Path<String>,
    Query(query): Query<Vec<(String, String)>>,
    headers: HeaderMap,
    bytes: Bytes,
) -> Result<Json<Value>, Bad> {
    let mut customer = customer(shared.clone(), &phone)?;
    let asked = |name: &str| query.iter().find(|(found, _)| found == name);
    let kind = asked("kind").map(|(_, kind)| kind.as_str()).filter(|kind| FILES.contains(kind));
    let kind = kind.ok_or_else(|| Bad::new(format!("kind: one of {}", FILES.join(", "))))?;
    let mime_type = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let mime_type = mime_type.filter(|kind| kind.contains('/'));
    let mime_type = mime_type.ok_or_else(|| Bad::new("Content-Type: the type of the file"))?;
    if let Some((_, to)) = asked("to") {
        customer = customer.writing_to(number(&shared, "to", to)?);
    }
    let id = customer.sends_file(kind, bytes, mime_type).await;
    Ok(Json(json!({"id": id.as_str()})))
}

pub(super) async fn reads(
    State(shared): State<Arc<Shared>>,
    Path(phone): Path<String>,
) -> Result<Json<Value>, Bad> {
    let read = customer(shared, &phone)?.reads_all().await;
    Ok(Json(json!({"read": read})))
}

pub(super) async fn receipt(
    State(shared): State<Arc<Shared>>,
    Path(phone): Path<String>,
    Said(receipt): Said<Receipt>,
) -> Result<Json<Value>, Bad> {
    let customer = customer(shared, &phone)?;
    let is_new = match receipt.status {
        ReceiptWord::Delivered => customer.receives(&receipt.message_id).await,
        ReceiptWord::Read => customer.reads(&receipt.message_id).await,
    };
    match is_new {
        true => Ok(Json(json!({"success": true}))),
        false => Err(Bad::new("message_id: no message that is still to be delivered or read")),
    }
}

pub(super) async fn joins(
    State(shared): State<Arc<Shared>>,
    Path(phone): Path<String>,
    Said(joins): Said<Joins>,
) -> Result<Json<Value>, Bad> {
    let joined = customer(shared, &phone)?.joins(joins.link).await;
    Ok(Json(json!({"joined": joined})))
}

pub(super) async fn leaves(
    State(shared): State<Arc<Shared>>,
    Path((phone, group)): Path<(String, String)>,
) -> Result<Json<Value>, Bad> {
    let left = customer(shared, &phone)?.leaves(group).await;
    Ok(Json(json!({"left": left})))
}

pub(super) async fn got(
    State(shared): State<Arc<Shared>>,
    Path(phone): Path<String>,
) -> Result<Json<Value>, Bad> {
    Ok(list(&customer(shared, &phone)?.inbox()))
}
