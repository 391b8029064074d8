//! What another program says, and what it is told when that means nothing.

use std::sync::Arc;
use std::time::Duration;

use axum::Json;
use axum::extract::{FromRequest, Request};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::id::PhoneNumberId;
use crate::simulator::Customer;
use crate::simulator::running::Shared;

/// The longest number that there can be.
const MOST_DIGITS: usize = 15;

/// What is wrong with what was said, in a sentence that says where.
#[derive(Debug)]
pub(super) struct Bad(String);

impl Bad {
    pub(super) fn new(why: impl Into<String>) -> Self {
        Self(why.into())
    }
}

impl IntoResponse for Bad {
    fn into_response(self) -> Response {
        (StatusCode::BAD_REQUEST, Json(refusal(self.0))).into_response()
    }
}

/// How it is said what is wrong.
pub(super) fn refusal(why: impl Into<String>) -> Value {
    json!({"error": why.into()})
}

/// A JSON object, whatever type it is said to be: curl says that it is a form. No body is an
/// empty object.
pub(super) struct Said<T>(pub(super) T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Said<T> {
    type Rejection = Bad;

    async fn from_request(request: Request, state: &S) -> Result<Self, Bad> {
        let bytes = Bytes::from_request(request, state).await;
        let bytes = bytes.map_err(|_| Bad::new("the body is too large or breaks off"))?;
        match bytes.trim_ascii() {
            [] => read(b"{}"),
            // Serde takes a list for an object whose members stand in order.
            object @ [b'{', ..] => read(object),
            _ => Err(Bad::new("the body is no JSON object")),
        }
    }
}

fn read<T: DeserializeOwned>(object: &[u8]) -> Result<Said<T>, Bad> {
    serde_json::from_slice(object).map(Said).map_err(|error| Bad::new(format!("body: {error}")))
}

/// The customer of a path.
pub(super) fn customer(shared: Arc<Shared>, phone: &str) -> Result<Customer, Bad> {
    digits("phone", phone)?;
    Ok(Customer::new(shared, phone))
}

/// The digits of a phone number in international form.
pub(super) fn digits(place: &str, phone: &str) -> Result<String, Bad> {
    let is_written = |char: char| char.is_ascii_digit() || "+ -()".contains(char);
    let digits: String = phone.chars().filter(char::is_ascii_digit).collect();
    if !(1..=MOST_DIGITS).contains(&digits.len()) || !phone.chars().all(is_written) {
        return Err(Bad::new(format!("{place}: a phone number has 1 to {MOST_DIGITS} digits")));
    }
    Ok(digits)
}

/// One of the business's numbers.
pub(super) fn number(shared: &Shared, place: &str, id: &str) -> Result<PhoneNumberId, Bad> {
    let id = PhoneNumberId::new(id);
    match shared.world().account_of_number(&id) {
        Some(_) => Ok(id),
        None => Err(Bad::new(format!("{place}: the business has no number of this id"))),
    }
}

/// An id of an object: it stands in paths.
pub(super) fn id(place: &str, id: &str) -> Result<(), Bad> {
    match (1..=64).contains(&id.len()) && id.bytes().all(|byte| byte.is_ascii_digit()) {
        true => Ok(()),
        false => Err(Bad::new(format!("{place}: an id has 1 to 64 digits"))),
    }
}

pub(super) fn seconds(place: &str, seconds: f64) -> Result<Duration, Bad> {
    let taken = Duration::try_from_secs_f64(seconds);
    taken.map_err(|_| Bad::new(format!("{place}: a number of seconds, zero or more")))
}
