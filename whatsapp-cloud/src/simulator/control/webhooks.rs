//! Where webhooks go, and posting them past the queue.

use std::error::Error as _;
use std::sync::Arc;
use std::time::Duration;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::error::{Error, Result};
use crate::simulator::control::said::{Bad, Said, refusal};
use crate::simulator::running::Shared;

/// How long it is waited for webhooks that are under way.
const PATIENCE: Duration = Duration::from_secs(60);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Callback {
    url: String,
}

pub(super) async fn set_callback(
    State(shared): State<Arc<Shared>>,
    Said(callback): Said<Callback>,
) -> std::result::Result<Response, Bad> {
    if !["http://", "https://"].iter().any(|scheme| callback.url.starts_with(scheme)) {
        return Err(Bad::new("url: begins with http:// or https://"));
    }
    let challenge = shared.world().challenge();
    let subscribed = shared.post.set_callback(&callback.url, &challenge).await;
    Ok(match subscribed {
        Ok(()) => Json(json!({"success": true})).into_response(),
        Err(error) => failed(&error),
    })
}

/// Posts the body as it is, signed.
pub(super) async fn post_raw(State(shared): State<Arc<Shared>>, body: Bytes) -> Response {
    posted(shared.post.post_once(body).await)
}

pub(super) async fn redeliver(
    State(shared): State<Arc<Shared>>,
) -> std::result::Result<Response, Bad> {
    let last = shared.post.deliveries().pop();
    let last = last.ok_or_else(|| Bad::new("nothing was posted yet"))?;
    Ok(posted(shared.post.post_once(last.body).await))
}

/// Waits until every webhook is delivered, and says whether that came about.
pub(super) async fn idle(State(shared): State<Arc<Shared>>) -> Json<Value> {
    let idle = tokio::time::timeout(PATIENCE, shared.post.idle()).await.is_ok();
    Json(json!({"idle": idle}))
}

fn posted(answer: Result<u16>) -> Response {
    match answer {
        Ok(status) => Json(json!({"status": status})).into_response(),
        Err(error) => failed(&error),
    }
}

/// What the business's side did, with all causes.
fn failed(error: &Error) -> Response {
    let mut why = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        why.push_str(&format!(": {error}"));
        cause = error.source();
    }
    let mut said = refusal(why);
    if let Some(status) = error.status() {
        said["status"] = status.into();
    }
    (StatusCode::BAD_GATEWAY, Json(said)).into_response()
}
