//! More numbers and accounts, and businesses that sign up.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::id::{AccountId, PhoneNumberId};
use crate::simulator::control::said::{Bad, Said, digits, id, number};
use crate::simulator::running::Shared;

/// A number, and the account it belongs to.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Added {
    account_id: String,
    phone_number_id: String,
    phone_number: String,
}

impl Added {
    fn read(self, shared: &Shared) -> Result<(AccountId, PhoneNumberId, String), Bad> {
        id("account_id", &self.account_id)?;
        id("phone_number_id", &self.phone_number_id)?;
        let digits = digits("phone_number", &self.phone_number)?;
        let number = PhoneNumberId::new(self.phone_number_id);
        if shared.world().account_of_number(&number).is_some() {
            return Err(Bad::new("phone_number_id: there is a number of this id"));
        }
        Ok((AccountId::new(self.account_id), number, digits))
    }
}

pub(super) async fn add_number(
    State(shared): State<Arc<Shared>>,
    Said(added): Said<Added>,
) -> Result<Json<Value>, Bad> {
    let (account, number, digits) = added.read(&shared)?;
    shared.world().add_number(&account, &number, &digits);
    Ok(Json(json!({"success": true})))
}

/// The code that a number got by SMS or voice, until it was used.
pub(super) async fn code(
    State(shared): State<Arc<Shared>>,
    Path(id): Path<String>,
) -> Result<Json<Value>, Bad> {
    let id = number(&shared, "id", &id)?;
    let code = shared.world().verification_code(&id);
    Ok(Json(json!({"code": code})))
}

pub(super) async fn signup(
    State(shared): State<Arc<Shared>>,
    Said(added): Said<Added>,
) -> Result<Json<Value>, Bad> {
    let (account, number, digits) = added.read(&shared)?;
    let code =
        shared.change(|world, now| (world.signup(&account, &number, &digits, now), Vec::new()));
    Ok(Json(json!({"code": code})))
}
