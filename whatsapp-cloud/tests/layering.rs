//! Who may import whom, and what the pure part may not touch.
//!
//! The first tests run the checker over this crate, the others over sources that it must
//! refuse.
#![allow(clippy::unwrap_used, reason = "functions beside the tests are tests too")]

use std::fs;
use std::path::Path;

use checker::{Rules, tokens};

#[path = "layering/checker.rs"]
mod checker;

/// The rules of this crate. `error` and `wire` are its ground: an error holds Meta's error,
/// which is a wire shape.
const RULES: Rules = Rules {
    layers: &[
        ("id", &[]),
        ("error", &["id", "wire"]),
        ("violation", &["error"]),
        ("wire", &["id", "error", "violation"]),
        ("endpoint", &["id", "error", "wire"]),
        ("api", &["id", "error", "violation", "wire", "endpoint"]),
        ("client", &["id", "error", "wire", "endpoint", "api"]),
        ("webhook", &["id", "error", "wire"]),
        ("flow_endpoint", &["error", "webhook", "wire"]),
        ("simulator", &["id", "error", "wire", "endpoint", "api", "client", "webhook"]),
    ],
    passed_on: &[
        ("Error", "error"),
        ("ErrorKind", "error"),
        ("Result", "error"),
        ("AccountId", "id"),
        ("AppId", "id"),
        ("BusinessId", "id"),
        ("FlowId", "id"),
        ("GroupId", "id"),
        ("MediaId", "id"),
        ("MessageId", "id"),
        ("NodeId", "id"),
        ("PhoneNumberId", "id"),
        ("TemplateId", "id"),
        ("UploadId", "id"),
        ("UserId", "id"),
        ("Client", "client"),
    ],
    pure: &[
        "api/",
        "webhook/",
        "wire/",
        "simulator/world/",
        "endpoint.rs",
        "endpoint/",
        "violation.rs",
        "flow_endpoint/",
        "error/",
        "client/limiter/",
        "client/retry.rs",
        "client/usage.rs",
    ],
    impure_all_the_same: &[
        "webhook/axum/body.rs",
        "webhook/axum/route.rs",
        "webhook/axum/serve.rs",
    ],
    only_in: &[("reqwest", "client/transport.rs")],
};

/// What the simulator's rules have no business with, besides what no pure file may name: files
/// and the network, threads and locks, and what has no order.
const NOT_IN_WORLD: &[&str] = &[
    "fs",
    "net",
    "io",
    "process",
    "thread",
    "Mutex",
    "RwLock",
    "Arc",
    "Cell",
    "RefCell",
    "HashMap",
    "HashSet",
    "Transport",
];

fn violations(path: &str, source: &str) -> Vec<String> {
    let mut found = checker::violations(&RULES, path, source);
    for token in checker::tokens(source) {
        if path.starts_with("simulator/world/") && NOT_IN_WORLD.contains(&token.text) {
            found.push(format!("{path}:{}: `{}` in the world", token.line, token.text));
        }
    }
    found
}

/// Every source file below `folder`, as its path below `src` and its text.
fn sources(folder: &Path, below: &str, into: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let name = entry.file_name().into_string().unwrap();
        if entry.path().is_dir() {
            sources(&entry.path(), &format!("{below}{name}/"), into);
        } else if name.ends_with(".rs") {
            into.push((format!("{below}{name}"), fs::read_to_string(entry.path()).unwrap()));
        }
    }
}

fn all_sources() -> Vec<(String, String)> {
    let mut found = Vec::new();
    sources(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src")), "", &mut found);
    found
}

#[test]
fn this_crate_keeps_its_layers() {
    let found: Vec<String> =
        all_sources().iter().flat_map(|(path, source)| violations(path, source)).collect();
    assert!(found.is_empty(), "\n{}", found.join("\n"));
}

#[test]
fn every_layer_and_every_pure_place_is_there() {
    let sources = all_sources();
    for (layer, _) in RULES.layers {
        let is_there = sources.iter().any(|(path, _)| {
            *path == format!("{layer}.rs") || path.starts_with(&format!("{layer}/"))
        });
        assert!(is_there, "{layer}");
    }
    for place in RULES.pure.iter().chain(RULES.only_in.iter().map(|(_, home)| home)) {
        assert!(sources.iter().any(|(path, _)| path.starts_with(place)), "{place}");
    }
}

#[test]
fn the_names_that_are_passed_on_are_known() {
    let lib = all_sources().into_iter().find(|(path, _)| path == "lib.rs").unwrap().1;
    let tokens = tokens(&lib);
    for (index, token) in tokens.iter().enumerate() {
        let is_use = token.text == "use" && index > 0 && tokens[index - 1].text == "pub";
        if !is_use {
            continue;
        }
        let home = tokens[index + 1].text;
        let names = tokens[index + 2..].iter().take_while(|token| token.text != ";");
        for name in names.filter(|token| token.text.starts_with(|char: char| char.is_uppercase())) {
            assert!(RULES.passed_on.contains(&(name.text, home)), "{home}::{}", name.text);
        }
    }
}

/// What is said about `source`, without the place.
fn said(path: &str, source: &str) -> Vec<String> {
    let prefix = format!("{path}:");
    violations(path, source)
        .into_iter()
        .map(|found| {
            let rest = found.strip_prefix(&prefix).unwrap();
            rest.split_once(": ").unwrap().1.to_owned()
        })
        .collect()
}

#[test]
fn an_import_against_the_layers_is_refused() {
    for (path, source, who, whom) in [
        ("id.rs", "use crate::error::Error;", "id", "error"),
        ("wire/text.rs", "use crate::endpoint::Request;", "wire", "endpoint"),
        ("error.rs", "use crate::api::Success;", "error", "api"),
        ("endpoint.rs", "use crate::api::{Success, Recipient};", "endpoint", "api"),
        ("api/media.rs", "use crate::client::Client;", "api", "client"),
        ("api/messages/text.rs", "fn f() { crate::client::answer() }", "api", "client"),
        ("api/messages/text.rs", "use super::super::super::client::Client;", "api", "client"),
        ("api/mod.rs", "use super::client::Client;", "api", "client"),
        ("api/media.rs", "use crate::Client;", "api", "client"),
        ("api/media.rs", "fn f() -> crate :: Client {}", "api", "client"),
        ("webhook/event.rs", "use crate::endpoint::Request;", "webhook", "endpoint"),
        ("webhook/axum/route.rs", "use crate::client::Client;", "webhook", "client"),
        ("client/call.rs", "use crate::webhook::Verifier;", "client", "webhook"),
        ("client/call.rs", "use crate::simulator::Simulator;", "client", "simulator"),
        ("client/call.rs", "#[cfg(test)] use crate::simulator::Simulator;", "client", "simulator"),
        (
            "api/media.rs",
            "use crate::{client::Client, id::MediaId};",
            "api",
            "(several modules at once)",
        ),
        ("api/media.rs", "use crate::*;", "api", "*"),
        ("api/media.rs", "use crate as whole;", "api", "(the crate under another name)"),
        ("api/media.rs", "macro_rules! m { () => { $crate::client::f() } }", "api", "client"),
    ] {
        let expected = format!("`{who}` may not import `{whom}`");
        assert_eq!(said(path, source), [expected], "{path}: {source}");
    }
    assert_eq!(said("new/thing.rs", "use crate::id::MediaId;"), ["`new` has no layer"]);
    assert_eq!(
        said("api/media.rs", "extern crate whatsapp_cloud;"),
        ["`extern crate` hides where names are from"]
    );
}

#[test]
fn the_http_library_is_named_in_one_file() {
    for source in ["use reqwest::Client;", "pub fn f(_: &reqwest::Response) {}"] {
        let expected = "reqwest is named in client/transport.rs only";
        assert_eq!(said("client/call.rs", source), [expected]);
        assert!(said("client/transport.rs", source).is_empty());
    }
}

#[test]
fn a_pure_file_neither_waits_nor_asks_nor_tells() {
    for (source, word) in [
        ("async fn f() {}", "async"),
        ("fn f() { g().await }", "await"),
        ("use std::time::SystemTime;", "SystemTime"),
        ("use std::time::{Duration, Instant};", "Instant"),
        ("use rand::Rng;", "rand"),
        ("fn f() { getrandom::fill(&mut b) }", "getrandom"),
        ("use std::env;", "env"),
        ("fn f() { std::env::var(\"X\") }", "env"),
        ("use std::{env, fmt};", "env"),
        ("fn f() { tracing::info!(\"x\") }", "tracing"),
        ("fn f() { log::info!(\"x\") }", "log"),
        ("use tokio::sync::Mutex;", "tokio"),
        ("fn f() { std::thread::sleep(d) }", "sleep"),
    ] {
        let expected = format!("`{word}` in a pure file");
        for path in ["api/media.rs", "webhook/event.rs", "wire/text.rs", "endpoint.rs"] {
            assert_eq!(said(path, source), std::slice::from_ref(&expected), "{path}: {source}");
        }
        assert!(said("client/call.rs", source).is_empty(), "{source}");
        assert!(said("webhook/axum/route.rs", source).is_empty(), "{source}");
    }
}

#[test]
fn the_world_touches_neither_the_machine_nor_what_has_no_order() {
    for (source, word) in [
        ("fn f() { let _ = std::fs::write(\"x\", \"y\"); }", "fs"),
        ("use std::{fmt, fs};", "fs"),
        ("fn f() { std::net::TcpStream::connect(a); }", "net"),
        ("use std::io::Read;", "io"),
        ("fn f() { std::process::exit(1) }", "process"),
        ("use std::thread;", "thread"),
        ("struct A(std::sync::Mutex<u8>);", "Mutex"),
        ("use std::sync::Arc;", "Arc"),
        ("use std::collections::HashMap;", "HashMap"),
        ("use std::collections::{BTreeMap, HashSet};", "HashSet"),
        ("fn f(_: &dyn Transport) {}", "Transport"),
    ] {
        let path = "simulator/world/send.rs";
        let expected = format!("{path}:1: `{word}` in the world");
        assert_eq!(violations(path, source), [expected], "{source}");
        assert!(said("simulator/deliver.rs", source).is_empty(), "{source}");
    }
    assert!(violations("simulator/world/send.rs", "const A: &'static str = \"fs\";").is_empty());
}

#[test]
fn a_module_is_imported_once_in_a_file() {
    let twice = "use crate::id::MediaId;\nuse crate::id::{UserId, GroupId};\n";
    assert_eq!(violations("api/a.rs", twice), ["api/a.rs:2: `crate::id` is imported twice"]);
    let apart = "use crate::api::Success;\nuse crate::api::media::{A, B};\nuse crate::id::C;\n";
    assert!(violations("api/a.rs", apart).is_empty());
}

#[test]
fn what_is_allowed_is_not_refused() {
    for (path, source) in [
        ("api/media.rs", "use crate::endpoint::Request;\nuse crate::error::Result;"),
        ("api/media.rs", "pub(crate) fn f(_: crate::Result<()>, _: crate::ErrorKind) {}"),
        ("api/messages/text.rs", "use super::super::Success;"),
        ("endpoint.rs", "mod tests { use super::*; }"),
        ("simulator/deliver.rs", "use crate::webhook::Verifier;\nuse crate::client::Client;"),
        ("lib.rs", "pub use client::Client;\npub mod simulator;"),
        // Comments, strings and characters say nothing.
        ("api/media.rs", "/// [`crate::client::Client`] is async, see reqwest\nfn f() {}"),
        ("api/media.rs", "/* use crate::client::Client; /* nested */ async */ fn f() {}"),
        ("api/media.rs", "const A: &str = \"crate::client \\\" async\";"),
        ("api/media.rs", "const A: &str = r#\"crate::client \" async\"#; const B: u8 = b'\"';"),
        ("api/media.rs", "fn f<'a>(_: &'a str) -> char { '\"' }\n// crate::client"),
        ("api/media.rs", "const V: &str = env!(\"CARGO_PKG_VERSION\");"),
    ] {
        assert!(violations(path, source).is_empty(), "{path}: {:?}", violations(path, source));
    }
}

#[test]
fn the_line_is_named() {
    let source =
        "//! About.\n/* two\nlines */\nconst A: &str = \"\n\";\nuse crate::client::Client;\n";
    assert_eq!(violations("api/a.rs", source), ["api/a.rs:6: `api` may not import `client`"]);
}
