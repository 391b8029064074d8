//! What a business phone number is asked and told, on the wire.

use std::error::Error as _;

use serde_json::Value;
use whatsapp_cloud::api::Violations;
use whatsapp_cloud::endpoint::{Body, Endpoint, Method};

mod calls;
mod chat;
mod leftovers;
mod number;
mod profile;
mod registration;
mod settings;

const NUMBER: &str = "106540352242922";

/// Method, target and JSON of a call.
fn sent(call: &impl Endpoint) -> (Method, String, Value) {
    let request = call.request().unwrap();
    let body = match request.body() {
        Body::Empty => Value::Null,
        Body::Json(json) => serde_json::from_slice(json).unwrap(),
        other => panic!("{other:?}"),
    };
    (request.method(), request.target().unwrap(), body)
}

/// Asserts method, target and JSON of a call; what stands behind the number's id is given.
fn assert_sent(call: &impl Endpoint, method: Method, behind: &str, body: Value) {
    assert_eq!(sent(call), (method, format!("{NUMBER}{behind}"), body));
}

/// Why a call is refused, each reason with its place; nothing when it is not.
fn refusals(call: &impl Endpoint) -> Vec<String> {
    match call.request() {
        Ok(_) => Vec::new(),
        Err(error) => {
            let found = error.source().unwrap().downcast_ref::<Violations>().unwrap();
            found.as_slice().iter().map(ToString::to_string).collect()
        }
    }
}

/// An answer of a call.
fn answer<C: Endpoint>(json: Value) -> C::Response {
    serde_json::from_value(json).unwrap()
}
