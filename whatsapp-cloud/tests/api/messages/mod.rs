//! Messages: how each kind is written, what is refused, and the corpus.

mod answers;
mod built;
mod corpus;
mod limits;
mod limits_of_orders;
mod limits_of_presses;
mod linted;
mod other_calls;
mod written;

use std::error::Error as _;
use std::path::Path;

use serde_json::{Map, Value};
use whatsapp_cloud::api::Violations;
use whatsapp_cloud::api::messages::{Action, Interactive, Message, SendMessage};
use whatsapp_cloud::endpoint::{Body, Endpoint, Method, Request};
use whatsapp_cloud::{ErrorKind, PhoneNumberId};

const PHONE: &str = "+16505551234";
const WAMID: &str = "wamid.HBgLMTY1MDU1NTEyMzQVAgASGBRDRTg1QkU0MzAwMDA4OUY2MUY2OAA=";

fn json_of(request: &Request) -> Value {
    match request.body() {
        Body::Json(bytes) => serde_json::from_slice(bytes).unwrap(),
        other => panic!("expected JSON, found {other:?}"),
    }
}

/// What is posted for `message`.
fn body(message: Message) -> Value {
    let call = SendMessage { from: PhoneNumberId::new("106540352242922"), message };
    let request = call.request().unwrap_or_else(|error| panic!("{:?}", error.source()));
    assert_eq!(request.method(), Method::Post);
    assert_eq!(request.target().unwrap(), "106540352242922/messages");
    json_of(&request)
}

/// What is wrong with `message`, as "path: rule".
fn violations(message: Message) -> Vec<String> {
    let call = SendMessage { from: PhoneNumberId::new("106540352242922"), message };
    let error = call.request().expect_err("should be refused");
    assert_eq!(error.kind(), ErrorKind::InvalidInput);
    let violations = error.source().unwrap().downcast_ref::<Violations>().unwrap();
    assert_eq!(*violations, call.message.check());
    lines(violations)
}

fn lines(violations: &Violations) -> Vec<String> {
    violations.as_slice().iter().map(ToString::to_string).collect()
}

fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(object) => object,
        other => panic!("expected an object, found {other}"),
    }
}

fn corpus_folder() -> Option<&'static Path> {
    let folder =
        Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/cloud-api/corpus/requests"));
    if folder.is_dir() {
        return Some(folder);
    }
    println!("skipped: the corpus of calls is not here");
    None
}

/// The calls of the corpus whose file's name begins so: the rest of the name, and the call.
fn corpus_calls(folder: &Path, prefix: &str) -> Vec<(String, Value)> {
    let mut calls: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap())
        .filter_map(|entry| {
            let name = entry.file_name().into_string().unwrap();
            let name = name.strip_prefix(prefix)?.strip_suffix(".json")?.to_owned();
            let call = serde_json::from_slice(&std::fs::read(entry.path()).unwrap()).unwrap();
            Some((name, call))
        })
        .collect();
    calls.sort_by(|one, other| one.0.cmp(&other.0));
    calls
}

/// One thing is wrong, there, and nothing with what is just allowed.
fn borders(cases: Vec<(&str, Message, Message)>) {
    for (path, allowed, refused) in cases {
        body(allowed);
        let found = violations(refused);
        assert_eq!(found.len(), 1, "{path}: {found:?}");
        assert!(found[0].starts_with(&format!("{path}: ")), "{path}: {found:?}");
    }
}

fn press(action: impl Into<Action>) -> Message {
    Message::interactive(PHONE, Interactive::new("b", action))
}
