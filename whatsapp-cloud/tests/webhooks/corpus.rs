//! Every payload that is publicly known, against an index that others made of it.

use std::collections::BTreeMap;
use std::fs;

use serde_json::{Map, Value, json};
use whatsapp_cloud::webhook::{Content, Event, EventKind, Media, Message, Status};
use whatsapp_cloud::wire::{GraphError, Text};

use crate::{events, is_unread, json_of, shared};

struct File {
    name: String,
    body: Vec<u8>,
    fields: Vec<Option<String>>,
    items: Vec<Map<String, Value>>,
}

/// All files of the corpus; none where it is not there.
fn files() -> Vec<File> {
    let Some(folder) = shared("cloud-api/corpus/webhooks") else {
        return Vec::new();
    };
    let index = fs::read_to_string(folder.join("index.jsonl")).unwrap();
    let files: Vec<File> = index
        .lines()
        .map(|line| {
            let line: Value = serde_json::from_str(line).unwrap();
            let name = line["file"].as_str().unwrap().to_owned();
            File {
                body: fs::read(folder.join(&name)).unwrap(),
                fields: serde_json::from_value(line["fields"].clone()).unwrap(),
                items: serde_json::from_value(line["items"].clone()).unwrap(),
                name,
            }
        })
        .collect();
    assert!(files.len() > 400, "the corpus has shrunk to {} files", files.len());
    files
}

fn of_messages() -> impl Iterator<Item = File> {
    files().into_iter().filter(|file| file.fields.iter().flatten().any(|field| field == "messages"))
}

#[test]
fn everything_known_of_the_field_messages_is_read() {
    for file in of_messages() {
        for event in events(&file.body) {
            assert!(!is_unread(&event), "{}: {:?}", file.name, event.kind);
        }
    }
}

#[test]
fn nothing_known_is_unparsed_and_every_change_tells_something() {
    for file in files() {
        let events = events(&file.body);

        assert!(events.len() >= file.fields.len(), "{}", file.name);
        assert!(!events.iter().any(is_unread), "{}: {events:?}", file.name);
    }
}

#[test]
fn all_json_of_every_body_is_in_its_events() {
    for file in files() {
        let body: Value = serde_json::from_slice(&file.body).unwrap();
        let mut expected = pieces(&body);
        let mut found: Vec<Value> = events(&file.body).iter().map(json_of).collect();

        expected.sort_by_key(Value::to_string);
        found.sort_by_key(Value::to_string);
        assert_eq!(found, expected, "{}", file.name);
    }
}

/// What events a body must have, found the simple way.
fn pieces(body: &Value) -> Vec<Value> {
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let others = |object: &Value, known: &[&str]| -> Vec<Value> {
        let members = object.as_object().into_iter().flatten();
        members
            .filter(|(name, _)| !known.contains(&name.as_str()))
            .map(|(_, v)| v.clone())
            .collect()
    };
    let entries = list(&body["entry"]);
    let mut pieces = others(body, &["object", "entry"]);
    for entry in &entries {
        pieces.extend(others(entry, &["id", "time", "changes"]));
    }
    for change in entries.iter().flat_map(|entry| list(&entry["changes"])) {
        let value = &change["value"];
        match change["field"].as_str() {
            None => pieces.push(change),
            Some("messages") => {
                let before = pieces.len();
                for (name, member) in value.as_object().unwrap() {
                    match name.as_str() {
                        "messaging_product" | "metadata" | "contacts" => {}
                        "messages" | "statuses" | "errors" => pieces.extend(list(member)),
                        _ => pieces.push(member.clone()),
                    }
                }
                if pieces.len() == before {
                    pieces.push(value.clone());
                }
            }
            Some(_) => pieces.push(value.clone()),
        }
    }
    pieces
}

#[test]
fn every_message_tells_what_the_index_says() {
    for file in of_messages() {
        let events = events(&file.body);
        let found: Vec<_> = events
            .iter()
            .filter_map(|event| match &event.kind {
                EventKind::Message(message) => Some(message_item(event, message)),
                _ => None,
            })
            .collect();
        assert_eq!(found, file.items("message"), "{}", file.name);
    }
}

#[test]
fn every_status_tells_what_the_index_says() {
    for file in of_messages() {
        let events = events(&file.body);
        let found: Vec<_> = events
            .iter()
            .filter_map(|event| match &event.kind {
                EventKind::Status(status) => Some(status_item(event, status)),
                _ => None,
            })
            .collect();
        assert_eq!(found, file.items("status"), "{}", file.name);
    }
}

#[test]
fn every_error_tells_what_the_index_says() {
    for file in of_messages() {
        let events = events(&file.body);
        let found: Vec<String> = events
            .iter()
            .filter_map(|event| match &event.kind {
                EventKind::Error(error) => Some(error.code.to_string()),
                _ => None,
            })
            .collect();
        let expected: Vec<String> = file
            .items("notice")
            .into_iter()
            .filter(|item| item.contains_key("phone_number_id"))
            .flat_map(|item| item["error_codes"].split(',').map(str::to_owned).collect::<Vec<_>>())
            .filter(|code| !code.is_empty())
            .collect();
        assert_eq!(found, expected, "{}", file.name);
    }
}

impl File {
    /// The items of that role, with every value as text.
    fn items(&self, role: &str) -> Vec<BTreeMap<String, String>> {
        let items = self.items.iter().filter(|item| item["role"] == role);
        items
            .map(|item| {
                let mut item: BTreeMap<_, _> =
                    item.iter().map(|(name, value)| (name.clone(), plain(value))).collect();
                item.remove("role");
                // An empty sender is none.
                item.retain(|name, value| name != "from" || !value.is_empty());
                // The index reads a text in `ephemeral`, a type of the on-premises API that
                // we leave unknown.
                if item.get("type").is_some_and(|kind| kind == "ephemeral") {
                    item.remove("text");
                }
                item
            })
            .collect()
    }
}

/// A value as text: the index copies numbers and strings as each payload has them.
fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.as_f64().unwrap().to_string(),
        Value::Array(values) => values.iter().map(plain).collect::<Vec<_>>().join(","),
        other => other.to_string(),
    }
}

/// Puts what an event tells under the names of the index.
#[derive(Default)]
struct Item(BTreeMap<String, String>);

impl Item {
    fn put(&mut self, name: &str, value: &(impl ToString + ?Sized)) {
        self.0.insert(name.to_owned(), value.to_string());
    }

    fn text(&mut self, name: &str, text: Option<&Text<'_>>) {
        if let Some(text) = text {
            self.put(name, text.as_str());
        }
    }

    fn errors(&mut self, errors: &[GraphError]) {
        if !errors.is_empty() {
            let codes: Vec<String> = errors.iter().map(|error| error.code.to_string()).collect();
            self.put("error_codes", &codes.join(","));
        }
    }

    fn media(&mut self, media: &Media<'_>) {
        self.text("media_id", media.id.as_ref());
        self.text("mime_type", media.mime_type.as_ref());
        self.text("filename", media.filename.as_ref());
        self.text("caption", media.caption.as_ref());
        if let Some(voice) = media.voice {
            self.put("voice", &voice);
        }
    }
}

fn message_item(event: &Event<'_>, message: &Message<'_>) -> BTreeMap<String, String> {
    let mut item = Item::default();
    item.text("phone_number_id", event.phone_number_id.as_ref());
    item.text("id", message.id.as_ref());
    item.text("from", message.from.as_ref());
    item.text("from_user_id", message.from_user_id.as_ref());
    item.text("type", message.kind.as_ref());
    item.text("group_id", message.group_id.as_ref());
    if let Some(timestamp) = message.timestamp {
        item.put("timestamp", &timestamp);
    }
    item.errors(&message.errors);
    if let Some(context) = &message.context {
        item.text("context_id", context.id.as_ref());
        if context.forwarded || context.frequently_forwarded {
            item.put("forwarded", &true);
        }
    }
    if let Some(referral) = &message.referral {
        item.text("ctwa_clid", referral.ctwa_clid.as_ref());
        item.text("referral_source_id", referral.source_id.as_ref());
    }
    content_item(&mut item, &message.content);
    // The type is always told, also by the content.
    if !matches!(message.content, Content::Audio(_) | Content::Unsupported(_)) {
        let kind = message.kind.as_ref().map_or("", Text::as_str);
        assert_eq!(message.content.kind(), kind);
    }
    item.0
}

fn content_item(item: &mut Item, content: &Content<'_>) {
    match content {
        Content::Text { body } => item.put("text", &body.as_str()),
        Content::Image(media)
        | Content::Video(media)
        | Content::Audio(media)
        | Content::Sticker(media)
        | Content::Document(media) => item.media(media),
        Content::Location(place) => {
            item.put("latitude", &place.latitude);
            item.put("longitude", &place.longitude);
        }
        Content::Contacts(cards) => item.put("n_contact_cards", &cards.len()),
        Content::Reaction(reaction) => {
            item.text("reacts_to", reaction.message_id.as_ref());
            // The index shows a removal as an empty emoji.
            item.put("emoji", &reaction.emoji.as_ref().map_or("", Text::as_str));
        }
        Content::Button(button) => {
            item.text("button_payload", button.payload.as_ref());
            item.text("button_text", button.text.as_ref());
        }
        Content::ButtonReply(reply) => {
            item.put("interactive_type", &"button_reply");
            item.text("reply_id", reply.id.as_ref());
            item.text("reply_title", reply.title.as_ref());
        }
        Content::ListReply(reply) => {
            item.put("interactive_type", &"list_reply");
            item.text("reply_id", reply.id.as_ref());
            item.text("reply_title", reply.title.as_ref());
        }
        Content::FlowReply(_) => item.put("interactive_type", &"nfm_reply"),
        Content::CallPermissionReply(reply) => {
            item.put("interactive_type", &"call_permission_reply");
            item.text("response", reply.response.as_ref());
        }
        Content::PaymentMethod(_) => item.put("interactive_type", &"payment_method"),
        Content::Order(order) => {
            item.text("catalog_id", order.catalog_id.as_ref());
            item.put("n_items", &order.items.len());
        }
        Content::System(system) => {
            if let Some(kind) = &system.kind {
                item.put("system_type", &kind.as_str());
            }
            item.text("new_wa_id", system.wa_id.as_ref());
            item.text("new_user_id", system.user_id.as_ref());
        }
        Content::Edit(edit) => {
            item.text("original_message_id", edit.original_message_id.as_ref());
            assert!(edit.content.as_ref().is_some_and(|content| content.text().is_some()));
        }
        Content::Revoke(revoke) => {
            item.text("original_message_id", revoke.original_message_id.as_ref());
        }
        Content::Unsupported(_) | Content::Unknown { .. } | Content::Unreadable { .. } => {}
        other => panic!("the index does not know {other:?}"),
    }
}

fn status_item(event: &Event<'_>, status: &Status<'_>) -> BTreeMap<String, String> {
    let mut item = Item::default();
    item.text("phone_number_id", event.phone_number_id.as_ref());
    item.text("id", status.id.as_ref());
    item.text("type", status.kind.as_ref());
    item.text("recipient_id", status.recipient_id.as_ref());
    item.text("recipient_user_id", status.recipient_user_id.as_ref());
    item.text("recipient_type", status.recipient_type.as_ref());
    item.text("participant", status.recipient_participant_id.as_ref());
    item.text("biz_opaque_callback_data", status.biz_opaque_callback_data.as_ref());
    if let Some(word) = &status.status {
        item.put("status", &word.as_str());
    }
    if let Some(timestamp) = status.timestamp {
        item.put("timestamp", &timestamp);
    }
    item.errors(&status.errors);
    let inner = |raw: Option<&whatsapp_cloud::webhook::Raw<'_>>| {
        raw.map_or(json!({}), |raw| serde_json::from_str(raw.get()).unwrap())
    };
    let (pricing, conversation) =
        (inner(status.pricing.as_ref()), inner(status.conversation.as_ref()));
    let members = [
        ("pricing_model", &pricing["pricing_model"]),
        ("pricing_category", &pricing["category"]),
        ("pricing_type", &pricing["type"]),
        ("billable", &pricing["billable"]),
        ("conversation_id", &conversation["id"]),
        ("conversation_origin", &conversation["origin"]["type"]),
    ];
    for (name, value) in members {
        if !value.is_null() {
            item.put(name, &plain(value));
        }
    }
    item.0
}
