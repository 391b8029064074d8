//! Bodies written by us, one for each kind, and by hand what they must be read as.
//!
//! `expected.jsonl` has a line for each file. `at` points to the event's own JSON in it;
//! what it tells beside that is as in `shown.rs`.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use serde_json::Value;
use whatsapp_cloud::webhook::Event;

use crate::shown::shown;
use crate::{events, json_of};

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/webhooks");

/// Each fixture's name, body and expected events.
pub(crate) fn fixtures() -> Vec<(String, Vec<u8>, Vec<Value>)> {
    let folder = Path::new(FOLDER);
    let expected = fs::read_to_string(folder.join("expected.jsonl")).unwrap();
    expected
        .lines()
        .map(|line| {
            let line: Value = serde_json::from_str(line).unwrap();
            let file = line["file"].as_str().unwrap().to_owned();
            let body =
                fs::read(folder.join(&file)).unwrap_or_else(|error| panic!("{file}: {error}"));
            (file, body, line["events"].as_array().unwrap().clone())
        })
        .collect()
}

#[test]
fn every_fixture_has_an_expectation_and_every_expectation_a_fixture() {
    let files: BTreeSet<String> = fs::read_dir(FOLDER)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| !matches!(name.as_str(), "expected.jsonl" | "rows.txt"))
        .collect();
    let listed: Vec<String> = fixtures().into_iter().map(|(file, ..)| file).collect();

    assert_eq!(listed.iter().collect::<BTreeSet<_>>().len(), listed.len(), "one is listed twice");
    assert_eq!(listed.into_iter().collect::<BTreeSet<_>>(), files);
}

#[test]
fn every_fixture_is_read_as_expected() {
    let mut wrong = Vec::new();
    for (file, body, expected) in fixtures() {
        let events = events(&body);
        if events.len() != expected.len() {
            wrong.push(format!("{file}: {} events", events.len()));
        }
        for (event, mut expected) in events.iter().zip(expected) {
            let object = expected.as_object_mut().unwrap();
            let at = object.remove("at");
            // Where a name is written twice no pointer leads there, so the JSON stands there.
            let raw = object.remove("raw");
            let is_flat = expected.get("update").is_some();
            let told = shown(event, is_flat);
            if told != expected {
                wrong.push(format!("{file}, {at:?}\n  tells    {told}\n  expected {expected}"));
            }
            if let Some(at) = at {
                let body: Value = serde_json::from_slice(&body).unwrap();
                let own = body.pointer(at.as_str().unwrap());
                if Some(&json_of(event)) != own {
                    wrong.push(format!("{file}: its JSON is not at {at}"));
                }
            } else {
                assert_eq!(event.raw.as_ref().unwrap().get(), raw.unwrap(), "{file}");
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_body_tells_the_same_when_it_is_not_as_usual() {
    for (file, body, _) in fixtures() {
        let body = String::from_utf8(body).unwrap();
        if !body.starts_with('{') || !body.contains(r#""entry""#) {
            continue;
        }
        let unusual = body.replacen('{', r#"{"added":0,"#, 1);
        let mut told = events(unusual.as_bytes());
        let is_added = |event: &Event<'_>| event.member.as_ref().is_some_and(|m| *m == "added");
        let added = told.iter().position(is_added).unwrap_or_else(|| panic!("{file}"));
        told.remove(added);

        assert_eq!(told, events(body.as_bytes()), "{file}");
    }
}

#[test]
fn an_owned_event_tells_the_same_and_outlives_its_body() {
    for (file, body, _) in fixtures() {
        let owned: Vec<_> = {
            let copy = body.clone();
            events(&copy).into_iter().map(Event::into_owned).collect()
        };

        assert_eq!(owned, events(&body), "{file}");
    }
}

#[test]
fn no_debug_shows_what_a_person_wrote_or_who_he_is() {
    let private = [
        "Oi",
        "Ana",
        "Souza",
        "Lena",
        "Vogel",
        "5511999990001",
        "4915550000011",
        "wamid",
        "DE.111",
        "Praia",
        "22.97",
        "52.52",
        "13.40",
        "Bia",
        "cacto",
        "pedido",
        "0042",
        "amanhã",
        "Parar",
        "BR.",
        "Y2Fw",
        "lookaside",
        "Aff-n8ZT",
        "Av. ",
        "lenav",
        "Quero",
        "Message undeliverable",
    ];
    for (file, body, _) in fixtures() {
        let shown = format!("{:?}", events(&body));
        for word in private {
            assert!(!shown.contains(word), "{file} shows {word}: {shown}");
        }
    }
}
