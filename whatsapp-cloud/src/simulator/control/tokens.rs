//! Tokens, and how the app must vouch for them.

use std::sync::Arc;
use std::time::Duration;

use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::id::AccountId;
use crate::simulator::control::said::{Bad, Said, seconds};
use crate::simulator::running::{Shared, millis};
use crate::simulator::{Access, Permission};

/// What a token opens: everything and for ever, unless said otherwise.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Granted {
    /// One is made otherwise.
    token: Option<String>,
    permissions: Option<Vec<String>>,
    accounts: Option<Vec<AccountId>>,
    /// Seconds since 1970.
    expires_at: Option<f64>,
    /// Seconds from now, by the simulator's clock.
    expires_in: Option<f64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Revoked {
    token: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct App {
    require_proof: bool,
}

pub(super) async fn grant(
    State(shared): State<Arc<Shared>>,
    Said(granted): Said<Granted>,
) -> Result<Json<Value>, Bad> {
    let mut access = match granted.permissions {
        None => Access::default(),
        Some(words) => Access::to(permissions(&words)?),
    };
    if let Some(accounts) = granted.accounts {
        access = access.of_accounts(accounts);
    }
    let until = match (granted.expires_at, granted.expires_in) {
        (None, None) => None,
        (Some(at), None) => Some(seconds("expires_at", at)?),
        (None, Some(wait)) => {
            let now = Duration::from_millis(u64::try_from(shared.now()).unwrap_or(0));
            Some(now.saturating_add(seconds("expires_in", wait)?))
        }
        (Some(_), Some(_)) => return Err(Bad::new("expires_at, expires_in: one of the two")),
    };
    if let Some(until) = until {
        access = access.until(until);
    }
    let is_header = |token: &String| {
        !token.is_empty() && token.len() <= 512 && token.bytes().all(|byte| byte.is_ascii_graphic())
    };
    let mut world = shared.world();
    let token = match granted.token {
        Some(token) if is_header(&token) => token,
        Some(_) => return Err(Bad::new("token: 1 to 512 characters of ASCII, no blanks")),
        None => format!("EAA{}", world.challenge()),
    };
    world.grant(&token, access);
    let until = until.map(|until| millis(until) / 1_000);
    Ok(Json(json!({"token": token, "expires_at": until})))
}

fn permissions(words: &[String]) -> Result<Vec<Permission>, Bad> {
    let unknown = |word: &String| Bad::new(format!("permissions: {word:?} is none of Meta's here"));
    words.iter().map(|word| Permission::of(word).ok_or_else(|| unknown(word))).collect()
}

pub(super) async fn revoke(
    State(shared): State<Arc<Shared>>,
    Said(revoked): Said<Revoked>,
) -> Result<Json<Value>, Bad> {
    match shared.world().revoke(&revoked.token) {
        true => Ok(Json(json!({"success": true}))),
        false => Err(Bad::new("token: there is no such token")),
    }
}

pub(super) async fn set_app(
    State(shared): State<Arc<Shared>>,
    Said(app): Said<App>,
) -> Json<Value> {
    shared.world().setup.require_proof = app.require_proof;
    Json(json!({"success": true}))
}
