//! Accounts, on the wire.

mod corpus;
mod details;
mod migration;
mod payments;
mod schedules;
mod users;

use std::error::Error as _;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use whatsapp_cloud::api::Violations;
use whatsapp_cloud::endpoint::{Body, Endpoint, Method};

/// Asserts what is sent: how, where, and which JSON, `Null` being none.
#[track_caller]
#[allow(clippy::needless_pass_by_value, reason = "what is given is written where it is given")]
pub fn assert_sent(call: &impl Endpoint, method: Method, target: &str, json: Value) {
    let request = call.request().unwrap();
    assert_eq!((request.method(), request.target().unwrap().as_str()), (method, target));
    let sent = match request.body() {
        Body::Empty => Value::Null,
        Body::Json(bytes) => serde_json::from_slice(bytes).unwrap(),
        other => panic!("{other:?}"),
    };
    assert_eq!(sent, json);
}

/// What is found wrong with a call.
pub fn found(call: &impl Endpoint) -> Vec<String> {
    let Err(error) = call.request() else { return Vec::new() };
    let found = error.source().unwrap().downcast_ref::<Violations>().unwrap();
    found.as_slice().iter().map(ToString::to_string).collect()
}

/// Whether doing it twice is the same as doing it once.
pub fn is_idempotent<C: Endpoint>() -> bool {
    C::IDEMPOTENT
}

/// Reads an answer, and asserts that it is written again as it came.
#[track_caller]
#[allow(clippy::needless_pass_by_value, reason = "what is given is written where it is given")]
pub fn read<T: DeserializeOwned + Serialize>(json: Value) -> T {
    let value: T = serde_json::from_value(json.clone()).unwrap();
    assert_eq!(serde_json::to_value(&value).unwrap(), json);
    value
}

/// Asserts that objects were read with all they hold.
macro_rules! assert_whole {
    ($($object:expr),+ $(,)?) => {
        $(assert_eq!($object.other.keys().collect::<Vec<_>>(), [""; 0], stringify!($object));)+
    };
}

pub(crate) use assert_whole;
