//! What the tests of the typed records share: how to get one, and that it is written again
//! as it was read.

use std::fs;

use serde::Serialize;
use serde_json::{Value, json};
use whatsapp_cloud::webhook::{Event, EventKind};
use whatsapp_cloud::wire::Text;

use crate::{events, json_of, shared};

/// What a fixture tells.
pub(crate) fn told(file: &str) -> Vec<Event<'static>> {
    let path = format!("{}/tests/fixtures/webhooks/{file}", env!("CARGO_MANIFEST_DIR"));
    let body = fs::read(&path).unwrap_or_else(|error| panic!("{file}: {error}"));
    events(&body).into_iter().map(Event::into_owned).collect()
}

/// What a change with this value tells.
pub(crate) fn told_of(field: &str, value: &Value) -> Vec<Event<'static>> {
    let body = json!({"entry": [{"id": "1", "changes": [{"field": field, "value": value}]}]});
    events(body.to_string().as_bytes()).into_iter().map(Event::into_owned).collect()
}

/// A text that is there.
pub(crate) fn text(text: &str) -> Option<Text<'static>> {
    Some(Text::from(text.to_owned()))
}

/// The records that a pattern picks, in order; anything else is left out.
macro_rules! picked {
    ($events:expr, $kind:ident) => {
        $events
            .into_iter()
            .filter_map(|event| match event.kind {
                whatsapp_cloud::webhook::EventKind::$kind(record) => Some(*record),
                _ => None,
            })
            .collect::<Vec<_>>()
    };
}

pub(crate) use picked;

fn written(record: &impl Serialize) -> Option<Value> {
    Some(serde_json::to_value(record).unwrap())
}

/// The record's JSON, for the kinds that have one of their own.
fn written_again(event: &Event<'_>) -> Option<Value> {
    match &event.kind {
        EventKind::Message(record)
        | EventKind::Echo(record)
        | EventKind::HistoryMessage(record)
        | EventKind::StandbyMessage(record) => written(record),
        EventKind::Status(record) | EventKind::StandbyStatus(record) => written(record),
        EventKind::Call(record) => written(record),
        EventKind::Group(record) => written(record),
        EventKind::History(record) => written(record),
        EventKind::ContactSync(record) => written(record),
        EventKind::Handover(record) => written(record),
        EventKind::StandbyEcho(record) => written(record),
        EventKind::UserPreference(record) => written(record),
        EventKind::UserIdUpdate(record) => written(record),
        EventKind::UserAction(record) => written(record),
        EventKind::AutomaticEvent(record) => written(record),
        EventKind::ConversationContext(record) => written(record),
        _ => None,
    }
}

/// How many records the bodies hold, after a look at each.
fn look_at_each(bodies: &[(String, Vec<u8>)]) -> usize {
    let mut records = 0;
    for (file, body) in bodies {
        for event in events(body) {
            if let Some(mut written) = written_again(&event) {
                let own = json_of(&event);
                if event.member.is_none() {
                    // What stands beside the members of any value is read by the code around.
                    for name in ["messaging_product", "metadata", "contacts"] {
                        if let Some(value) = own.get(name) {
                            written[name] = value.clone();
                        }
                    }
                }
                assert_eq!(written, own, "{file}");
                records += 1;
            }
        }
    }
    records
}

#[test]
fn every_record_of_a_fixture_is_written_as_it_was_read() {
    let bodies: Vec<_> =
        crate::fixtures::fixtures().into_iter().map(|(file, body, _)| (file, body)).collect();

    assert!(look_at_each(&bodies) > 100);
}

#[test]
fn every_record_of_the_corpus_is_written_as_it_was_read() {
    let Some(folder) = shared("cloud-api/corpus/webhooks") else { return };
    let bodies: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "json"))
        .map(|path| (path.display().to_string(), fs::read(&path).unwrap()))
        .collect();

    assert!(look_at_each(&bodies) > 300);
}
