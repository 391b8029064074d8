//! What time it is, and what goes wrong next.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::simulator::control::said::{Bad, Said, seconds};
use crate::simulator::fault_json::Planned;
use crate::simulator::running::{Shared, millis};
use crate::simulator::world::LAST;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Advance {
    seconds: f64,
}

pub(super) async fn clock(State(shared): State<Arc<Shared>>) -> Json<Value> {
    Json(json!({"milliseconds": shared.now()}))
}

pub(super) async fn advance(
    State(shared): State<Arc<Shared>>,
    Said(advance): Said<Advance>,
) -> Result<Json<Value>, Bad> {
    let by = millis(seconds("seconds", advance.seconds)?);
    if by > LAST - shared.now() {
        return Err(Bad::new("seconds: a number that ends before the year 10000"));
    }
    shared.advance(by);
    Ok(clock(State(shared)).await)
}

pub(super) async fn add_fault(
    State(shared): State<Arc<Shared>>,
    Said(planned): Said<Planned>,
) -> Result<Json<Value>, Bad> {
    planned.plan(&shared).map_err(Bad::new)?;
    Ok(Json(json!({"success": true})))
}
