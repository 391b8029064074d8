//! When two events are the same one.

use serde_json::{Value, json};

use crate::events;

fn key(change: &Value) -> Vec<u8> {
    key_of(&json!({ "entry": [{ "id": "1", "changes": [change] }] }))
}

fn key_of(body: &Value) -> Vec<u8> {
    let body = body.to_string();
    let events = events(body.as_bytes());
    assert_eq!(events.len(), 1, "{body}");
    events[0].dedupe_key()
}

fn change(number: &str, list: &str, element: &Value) -> Value {
    let metadata = json!({ "phone_number_id": number });
    json!({ "field": "messages", "value": { "metadata": metadata, list: [element] } })
}

fn message(number: &str, message: &Value) -> Vec<u8> {
    key(&change(number, "messages", message))
}

fn status(status: &Value) -> Vec<u8> {
    key(&change("1", "statuses", status))
}

#[test]
fn a_message_is_known_by_its_number_and_its_id() {
    let first = message("1", &json!({ "id": "wamid.A", "type": "text", "text": { "body": "a" } }));

    assert_eq!(first, message("1", &json!({ "id": "wamid.A", "type": "text" })));
    assert_ne!(first, message("1", &json!({ "id": "wamid.B" })));
    // An id is not unique across two numbers.
    assert_ne!(first, message("2", &json!({ "id": "wamid.A" })));
}

#[test]
fn a_message_without_an_id_is_known_by_its_json() {
    let first = message("1", &json!({ "from": "16505551234", "timestamp": "1" }));

    assert_eq!(first, message("1", &json!({ "from": "16505551234", "timestamp": "1" })));
    assert_ne!(first, message("1", &json!({ "from": "16505551234", "timestamp": "2" })));
    assert_ne!(first, message("2", &json!({ "from": "16505551234", "timestamp": "1" })));
}

#[test]
fn a_status_is_known_by_all_that_makes_it_another_one() {
    let base = json!({ "id": "wamid.A", "status": "failed", "timestamp": "5" });
    let with = |name: &str, value: Value| {
        let mut status = base.clone();
        status[name] = value;
        status
    };
    let first = status(&base);

    assert_eq!(first, status(&with("pricing", json!({ "billable": true }))));
    assert_eq!(first, status(&with("timestamp", json!(5))));
    let others = [
        with("id", json!("wamid.B")),
        with("status", json!("sent")),
        with("timestamp", json!("6")),
        with("type", json!("payment")),
        with("recipient_participant_id", json!("16505551234")),
        with("recipient_participant_user_id", json!("US.1")),
        with("recipient_participant_parent_user_id", json!("US.ENT.1")),
        with("recipient_participant_parent_user_id", json!("US.ENT.2")),
        with("errors", json!([{ "code": 131026 }])),
    ];
    let mut keys: Vec<_> = others.iter().map(status).chain([first]).collect();
    let all = keys.len();
    keys.sort();
    keys.dedup();
    assert_eq!(keys.len(), all);
}

#[test]
fn a_status_of_a_message_is_not_the_message() {
    assert_ne!(message("1", &json!({ "id": "wamid.A" })), status(&json!({ "id": "wamid.A" })));
}

#[test]
fn anything_else_is_known_by_account_field_time_number_and_json() {
    let body = |id: &str, time: u64, field: &str, value: Value| {
        let change = json!({ "field": field, "value": value });
        key_of(&json!({ "entry": [{ "id": id, "time": time, "changes": [change] }] }))
    };
    let first = body("1", 5, "account_update", json!({ "event": "X" }));

    assert_eq!(first, body("1", 5, "account_update", json!({ "event": "X" })));
    assert_ne!(first, body("2", 5, "account_update", json!({ "event": "X" })));
    // A template may be paused twice, with the same value both times.
    assert_ne!(first, body("1", 6, "account_update", json!({ "event": "X" })));
    assert_ne!(first, body("1", 5, "account_alerts", json!({ "event": "X" })));
    assert_ne!(first, body("1", 5, "account_update", json!({ "event": "Y" })));
    let error = json!({ "code": 130429 });
    assert_ne!(key(&change("1", "errors", &error)), key(&change("2", "errors", &error)));
}

#[test]
fn a_body_that_cannot_be_read_is_known_by_its_bytes() {
    let key = |body: &'static [u8]| events(body)[0].dedupe_key();

    assert_eq!(key(b"{"), key(b"{"));
    assert_ne!(key(b"{"), key(b"[["));
    assert_ne!(key(b"\xff"), key(b"\xfe"));
}

#[test]
fn a_key_is_these_bytes_for_good() {
    let key = message("1", &json!({ "id": "wamid.A" }));

    assert_eq!(key, b"m\0\0\0\0\0\0\0\x021\0\0\0\0\0\0\0\x08wamid.A");
}

#[test]
fn a_copy_for_the_app_that_does_not_own_the_conversation_is_not_the_message() {
    let element = json!({ "id": "wamid.A", "status": "sent" });
    let metadata = json!({ "phone_number_id": "1" });
    let copy = |list: &str| {
        let standby = json!({ list: [element] });
        key(&json!({ "field": "standby", "value": { "metadata": metadata, "standby": standby } }))
    };
    let echo = json!({ "metadata": metadata, "message_echoes": [element] });
    let keys = [
        message("1", &element),
        status(&element),
        key(&json!({ "field": "smb_message_echoes", "value": echo })),
        copy("messages"),
        copy("statuses"),
        copy("message_echoes"),
    ];
    for (index, key) in keys.iter().enumerate() {
        assert!(!keys[..index].contains(key), "{index}");
    }
}

#[test]
fn equal_elements_of_two_lists_are_two_events() {
    let element = json!([{ "id": 1 }]);
    let change = json!({ "field": "messages", "value": { "one": element, "other": element } });
    let body = json!({ "entry": [{ "changes": [change] }] }).to_string();
    let events = events(body.as_bytes());

    assert_eq!(events.len(), 2);
    assert_ne!(events[0].dedupe_key(), events[1].dedupe_key());
}
