//! The examples in Meta's own OpenAPI file, under `/whatsapp/webhooks`.

use std::fs;

use serde_json::json;
use whatsapp_cloud::webhook::EventKind;

use crate::meta_yaml::examples;
use crate::{events, is_unread, json_of, shared};

#[test]
fn metas_own_examples_are_read() {
    let Some(file) = shared("cloud-api/meta-openapi-v23.yaml") else {
        return;
    };
    let examples = examples(&fs::read_to_string(file).unwrap());
    assert_eq!(
        examples.len(),
        16,
        "{:?}",
        examples.iter().map(|(name, _)| name).collect::<Vec<_>>()
    );

    for (name, body) in examples {
        let text = body.to_string();
        let events = events(text.as_bytes());
        let value = &body["entry"][0]["changes"][0]["value"];

        assert!(!events.iter().any(is_unread), "{name}: {events:?}");
        assert_eq!(events.len(), 1, "{name}");
        match &events[0].kind {
            EventKind::Message(message) => {
                let own = &value["messages"][0];
                assert_eq!(json_of(&events[0]), *own, "{name}");
                assert_eq!(message.id.as_ref().unwrap().as_str(), own["id"], "{name}");
                assert_eq!(message.from.as_ref().unwrap().as_str(), own["from"], "{name}");
                assert_eq!(message.content.kind(), own["type"], "{name}");
                assert!(message.timestamp.is_some(), "{name}");
                let contact = events[0].contact.as_ref().map(|contact| contact.name().unwrap());
                assert_eq!(
                    contact.map(|name| json!(name)),
                    value.pointer("/contacts/0/profile/name").cloned(),
                    "{name}"
                );
            }
            EventKind::Group(group) => {
                let own = &value["groups"][0];
                assert_eq!(json_of(&events[0]), *own, "{name}");
                assert_eq!(serde_json::to_value(group).unwrap(), *own, "{name}");
                assert_eq!(group.group_id.as_ref().unwrap().as_str(), own["group_id"], "{name}");
                assert!(group.timestamp.is_some(), "{name}");
            }
            other => panic!("{name}: {other:?}"),
        }
    }
}
