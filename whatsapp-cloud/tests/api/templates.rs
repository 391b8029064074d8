//! Templates and figures, on the wire.
#![allow(clippy::needless_pass_by_value, reason = "JSON is made where it is handed over")]

use serde::de::DeserializeOwned;
use serde_json::Value;
use whatsapp_cloud::api::{Operation, Violations};
use whatsapp_cloud::endpoint::{Body, Endpoint};

mod analytics;
mod calls;
mod corpus;
mod lifecycle;
mod linted;
mod rules;

/// A call as it goes out: method, target and JSON.
fn sent<C: Endpoint + Operation>(call: &C) -> (&'static str, String, Value) {
    let request = call.request().unwrap();
    assert_eq!(request.method(), C::METHOD);
    let json = match request.body() {
        Body::Json(json) => serde_json::from_slice(json).unwrap(),
        Body::Empty => Value::Null,
        other => panic!("{other:?}"),
    };
    // Decoded: the tests shall read like Meta's pages.
    let mut target = request.path().unwrap().to_owned();
    for (index, (name, value)) in request.query().iter().enumerate() {
        target.push(if index == 0 { '?' } else { '&' });
        target.push_str(&format!("{name}={value}"));
    }
    (request.method().as_str(), target, json)
}

/// What is said about a call that is refused.
fn refused(call: &impl Endpoint) -> Vec<String> {
    use std::error::Error as _;

    let error = call.request().unwrap_err();
    let found = error.source().unwrap().downcast_ref::<Violations>().unwrap();
    found.as_slice().iter().map(ToString::to_string).collect()
}

/// An answer, which is written again as it came.
fn read<T: DeserializeOwned + serde::Serialize>(json: Value) -> T {
    let answer: T = serde_json::from_value(json.clone()).unwrap();
    assert_eq!(serde_json::to_value(&answer).unwrap(), json);
    answer
}
