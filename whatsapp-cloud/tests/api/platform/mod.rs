//! What is not the account's, the number's or the messages': groups, Flows, files, tokens,
//! subscriptions, conversions, signups.

use std::error::Error as _;

use serde::de::DeserializeOwned;
use serde_json::Value;
use whatsapp_cloud::Result;
use whatsapp_cloud::api::Violations;
use whatsapp_cloud::endpoint::{Body, Endpoint, Part, Request};

mod conversions;
mod corpus;
mod flows;
mod groups;
mod marketing;
mod media;
mod signups;
mod subscriptions;
mod tokens;
mod uploads;
mod welcome_sequences;

/// A request in a line: `POST 1/groups`.
fn line(request: &Request) -> String {
    format!("{} {}", request.method().as_str(), request.target().unwrap())
}

/// Each request goes where its line says.
fn go_to<const N: usize>(cases: [(Result<Request>, &str); N]) {
    for (request, expected) in cases {
        assert_eq!(line(&request.unwrap()), expected);
    }
}

/// The JSON that is sent along.
fn json(request: &Request) -> Value {
    let Body::Json(body) = request.body() else { panic!("JSON") };
    serde_json::from_slice(body).unwrap()
}

/// The form that is sent along.
fn form(request: &Request) -> &[Part] {
    let Body::Form(parts) = request.body() else { panic!("a form") };
    parts
}

/// A part of a form that is a text.
fn text(part: &Part) -> (&str, &str) {
    assert_eq!(part.file_name(), None);
    (part.name(), std::str::from_utf8(part.data().as_bytes().unwrap()).unwrap())
}

/// What is wrong with a call; nothing for one that is taken.
fn found<E: Endpoint>(call: &E) -> Vec<String> {
    let Err(error) = call.request() else { return Vec::new() };
    let found = error.source().unwrap().downcast_ref::<Violations>().unwrap();
    found.as_slice().iter().map(ToString::to_string).collect()
}

/// Reads an answer.
fn answer<E: Endpoint>(json: Value) -> E::Response
where
    E::Response: DeserializeOwned,
{
    serde_json::from_value(json).unwrap()
}
