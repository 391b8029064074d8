//! What has happened: what was sent, called and posted.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde_json::{Value, json};

use crate::simulator::ReceivedMessage;
use crate::simulator::running::Shared;

pub(super) async fn messages(State(shared): State<Arc<Shared>>) -> Json<Value> {
    list(shared.world().accepted())
}

pub(super) fn list(messages: &[ReceivedMessage]) -> Json<Value> {
    data(messages.iter().map(|message| {
        json!({
            "id": message.id().as_str(),
            "from": message.from().as_str(),
            "to": message.to(),
            "type": message.kind(),
            "text": message.text(),
            "category": message.category(),
            "raw": message.raw(),
        })
    }))
}

/// What the business marked as read, and where it was seen typing.
pub(super) async fn receipts(State(shared): State<Arc<Shared>>) -> Json<Value> {
    data(shared.world().receipts().iter().map(|receipt| {
        json!({"message_id": receipt.message_id().as_str(), "typing": receipt.is_typing()})
    }))
}

pub(super) async fn calls(State(shared): State<Arc<Shared>>) -> Json<Value> {
    data(shared.world().handled.iter().map(|call| {
        json!({"method": call.method().as_str(), "path": call.path(), "status": call.status()})
    }))
}

pub(super) async fn deliveries(State(shared): State<Arc<Shared>>) -> Json<Value> {
    data(shared.post.deliveries().into_iter().map(|delivery| {
        json!({
            "attempt": delivery.attempt(),
            "status": delivery.status(),
            "body": serde_json::from_slice::<Value>(delivery.body()).unwrap_or_default(),
        })
    }))
}

fn data(rows: impl Iterator<Item = Value>) -> Json<Value> {
    Json(json!({"data": rows.collect::<Vec<_>>()}))
}
