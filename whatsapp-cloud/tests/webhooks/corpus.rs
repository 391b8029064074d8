//! Every payload that is publicly known, against an index that others made of it.

use std::collections::BTreeMap;
use std::fs;

use serde_json::{Map, Value};
use whatsapp_cloud::webhook::{Content, Event, EventKind, Media, Message, Status, Verified};
use whatsapp_cloud::wire::{GraphError, Text};

use crate::corpus_items::other_item;
use crate::{events, is_unread, shared};

pub(crate) struct File {
    pub(crate) name: String,
    body: Vec<u8>,
    fields: Vec<Option<String>>,
    pub(crate) items: Vec<Map<String, Value>>,
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

/// Files that hold what nobody knows, and what that is. All others are known in full.
const UNKNOWN: &[(&str, &str)] = &[
    ("none--event-partner-app-installed--constructed-01.json", "`field` stands beside the changes"),
    ("none--event-partner-app-uninstalled--metadocs-01.json", "`field` stands in the value"),
    ("multi--account-review-update-brand-new-field-messages--constructed-01.json", "the field"),
    ("business_username_updates--status-rejected--constructed-01.json", "the status"),
    ("calls--call-call-transferred--constructed-01.json", "the event, and the member `foo`"),
    ("consumer_profile--event-x0--constructed-01.json", "the field has no public shape"),
    ("unknown_field--event-x4--constructed-01.json", "the field"),
    ("message_template_components_update--none--pywa-01.json", "the member `all` of the body"),
    ("messages--message-holographic-note--constructed-01.json", "the type"),
    ("messages--message-payment-request-v9--constructed-01.json", "the type"),
    ("smb_app_state_sync--state-sync-contact-edit--constructed-01.json", "the action"),
    ("tracking_events--event-x5--constructed-01.json", "the field has no public shape"),
    ("unknown_field--value-list--constructed-01.json", "the field"),
    ("unknown_field--value-int--constructed-01.json", "the field"),
    ("unknown_field--none--piusalfred-01.json", "the field"),
    ("empty--no-changes--piusalfred-01.json", "the member `padding` of the body"),
];

#[test]
fn everything_is_understood_but_what_nobody_knows() {
    let mut unknown = Vec::new();
    for file in files() {
        let events = events(&file.body);
        assert!(!events.iter().any(is_unread), "{}: {events:?}", file.name);
        assert!(events.len() >= file.fields.len(), "{}", file.name);
        if !events.iter().all(Event::is_known) {
            unknown.push(file.name);
        }
    }
    let expected: Vec<_> = UNKNOWN.iter().map(|(file, _)| (*file).to_owned()).collect();
    if !unknown.is_empty() {
        assert_eq!(unknown, expected);
    }
}

#[test]
fn every_body_is_written_again_as_it_came() {
    for file in files() {
        let body: Value = serde_json::from_slice(&file.body).unwrap();
        let payload = Verified::restored(&file.body).payload().unwrap();

        assert_eq!(serde_json::to_value(&payload).unwrap(), body, "{}", file.name);
    }
}

#[test]
fn every_event_tells_what_the_index_says() {
    let mut compared = 0;
    let mut wrong = Vec::new();
    for file in files() {
        let events = events(&file.body);
        let mut found = BTreeMap::<_, Vec<_>>::new();
        for (role, item) in events.iter().filter_map(|event| item_of(event, &file)) {
            found.entry(role).or_default().push(item);
        }
        let mut expected = BTreeMap::<_, Vec<_>>::new();
        for (role, item) in file.items() {
            expected.entry(role).or_default().push(item);
            compared += 1;
        }
        if found != expected {
            wrong.push(format!("{}\n  tells    {found:?}\n  expected {expected:?}", file.name));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(compared == 0 || compared > 400, "{compared}");
}

impl File {
    /// The items and their roles, with every value as text.
    fn items(&self) -> impl Iterator<Item = (String, BTreeMap<String, String>)> {
        self.items.iter().map(|item| {
            let mut item: BTreeMap<_, _> =
                item.iter().map(|(name, value)| (name.clone(), plain(value))).collect();
            let role = item.remove("role").unwrap();
            // An empty sender or recipient is none.
            item.retain(|name, value| !matches!(&**name, "from" | "to") || !value.is_empty());
            (role, item)
        })
    }

    /// Whether the index has that value somewhere.
    pub(crate) fn mentions(&self, value: &str) -> bool {
        self.items
            .iter()
            .flat_map(Map::values)
            .any(|own| plain(own) == value || is_number(own, value))
    }
}

/// Whether it is that number: ids are too long for `plain`.
fn is_number(own: &Value, number: &str) -> bool {
    own.as_i64().is_some_and(|own| own.to_string() == number)
}

/// A value as text: the index copies numbers and strings as each payload has them.
pub(crate) fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.as_f64().unwrap().to_string(),
        Value::Array(values) => values.iter().map(plain).collect::<Vec<_>>().join(","),
        other => other.to_string(),
    }
}

/// Puts what an event tells under the names of the index.
#[derive(Default)]
pub(crate) struct Item(BTreeMap<String, String>);

impl Item {
    pub(crate) fn put(&mut self, name: &str, value: &(impl ToString + ?Sized)) {
        self.0.insert(name.to_owned(), value.to_string());
    }

    pub(crate) fn word(&mut self, name: &str, word: Option<impl AsRef<str>>) {
        if let Some(word) = word {
            self.put(name, word.as_ref());
        }
    }

    pub(crate) fn errors(&mut self, errors: &[GraphError]) {
        if !errors.is_empty() {
            let codes: Vec<String> = errors.iter().map(|error| error.code.to_string()).collect();
            self.put("error_codes", &codes.join(","));
        }
    }

    fn media(&mut self, media: &Media<'_>) {
        self.word("media_id", media.id.as_ref());
        self.word("mime_type", media.mime_type.as_ref());
        self.word("filename", media.filename.as_ref());
        self.word("caption", media.caption.as_ref());
        if let Some(voice) = media.voice {
            self.put("voice", &voice);
        }
    }
}

/// What an event tells, and its role, in the words of the index.
fn item_of(event: &Event<'_>, file: &File) -> Option<(String, BTreeMap<String, String>)> {
    let mut item = Item::default();
    item.word("phone_number_id", event.phone_number_id.as_ref());
    let role = match &event.kind {
        EventKind::Message(message) | EventKind::HistoryMessage(message) => {
            message_item(&mut item, message);
            let echo = event.member.as_ref().is_some_and(|member| *member == "message_echoes");
            if echo { "echo" } else { "message" }
        }
        EventKind::Echo(message) => {
            message_item(&mut item, message);
            "echo"
        }
        EventKind::StandbyMessage(message) => {
            message_item(&mut item, message);
            "standby_message"
        }
        EventKind::Status(status) => {
            status_item(&mut item, status);
            "status"
        }
        EventKind::StandbyStatus(status) => {
            status_item(&mut item, status);
            "standby_status"
        }
        kind => other_item(&mut item, kind, event, file)?,
    };
    Some((role.to_owned(), item.0))
}

fn message_item(item: &mut Item, message: &Message<'_>) {
    item.word("id", message.id.as_ref());
    item.word("from", message.from.as_ref());
    item.word("from_user_id", message.from_user_id.as_ref());
    item.word("type", message.kind.as_ref());
    item.word("group_id", message.group_id.as_ref());
    if let Some(timestamp) = message.timestamp {
        item.put("timestamp", &timestamp);
    }
    item.errors(&message.errors);
    if let Some(context) = &message.context {
        item.word("context_id", context.id.as_ref());
        if context.forwarded || context.frequently_forwarded {
            item.put("forwarded", &true);
        }
    }
    if let Some(referral) = &message.referral {
        item.word("ctwa_clid", referral.ctwa_clid.as_ref());
        item.word("referral_source_id", referral.source_id.as_ref());
    }
    item.word("to", message.to.as_ref());
    // The index looks for the content only where the type says which it is.
    if message.kind.is_some() {
        content_item(item, &message.content);
    }
    // The type is always told, also by the content, but for these of old APIs.
    let kind = message.kind.as_ref().map_or("", Text::as_str);
    if !matches!(kind, "" | "voice" | "unknown" | "ephemeral") {
        assert_eq!(message.content.kind(), kind);
    }
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
            item.word("reacts_to", reaction.message_id.as_ref());
            // The index shows a removal as an empty emoji.
            item.put("emoji", &reaction.emoji.as_ref().map_or("", Text::as_str));
        }
        Content::Button(button) => {
            item.word("button_payload", button.payload.as_ref());
            item.word("button_text", button.text.as_ref());
        }
        Content::ButtonReply(reply) => {
            item.put("interactive_type", &"button_reply");
            item.word("reply_id", reply.id.as_ref());
            item.word("reply_title", reply.title.as_ref());
        }
        Content::ListReply(reply) => {
            item.put("interactive_type", &"list_reply");
            item.word("reply_id", reply.id.as_ref());
            item.word("reply_title", reply.title.as_ref());
        }
        Content::FlowReply(_) => item.put("interactive_type", &"nfm_reply"),
        Content::CallPermissionReply(reply) => {
            item.put("interactive_type", &"call_permission_reply");
            item.word("response", reply.response.as_ref());
        }
        Content::PaymentMethod(_) => item.put("interactive_type", &"payment_method"),
        Content::Order(order) => {
            item.word("catalog_id", order.catalog_id.as_ref());
            item.put("n_items", &order.items.len());
        }
        Content::System(system) => {
            if let Some(kind) = &system.kind {
                item.put("system_type", &kind.as_str());
            }
            item.word("new_wa_id", system.wa_id.as_ref());
            item.word("new_user_id", system.user_id.as_ref());
        }
        Content::Edit(edit) => {
            item.word("original_message_id", edit.original_message_id.as_ref());
            assert!(edit.message.as_ref().is_some_and(|message| message.content.text().is_some()));
        }
        Content::Revoke(revoke) => {
            item.word("original_message_id", revoke.original_message_id.as_ref());
        }
        Content::Template(_)
        | Content::RequestWelcome
        | Content::MediaPlaceholder
        | Content::Errors
        | Content::Unsupported(_)
        | Content::Unknown { .. }
        | Content::Unreadable { .. } => {}
        other => panic!("the index does not know {other:?}"),
    }
}

fn status_item(item: &mut Item, status: &Status<'_>) {
    item.word("id", status.id.as_ref());
    item.word("type", status.kind.as_ref());
    item.word("recipient_id", status.recipient_id.as_ref());
    item.word("recipient_user_id", status.recipient_user_id.as_ref());
    item.word("recipient_type", status.recipient_type.as_ref());
    item.word("participant", status.recipient_participant_id.as_ref());
    item.word("biz_opaque_callback_data", status.biz_opaque_callback_data.as_ref());
    if let Some(word) = &status.status {
        item.put("status", &word.as_str());
    }
    if let Some(timestamp) = status.timestamp {
        item.put("timestamp", &timestamp);
    }
    item.errors(&status.errors);
    // The index does not look into one that is given as a word.
    if let Some(pricing) = &status.pricing
        && status.other.is_empty()
    {
        item.word("pricing_model", pricing.pricing_model.as_ref());
        item.word("pricing_category", pricing.category.as_ref());
        item.word("pricing_type", pricing.kind.as_ref());
        if let Some(billable) = pricing.billable {
            item.put("billable", &billable);
        }
    }
    if let Some(conversation) = &status.conversation {
        item.word("conversation_id", conversation.id.as_ref());
        let origin = conversation.origin.as_ref().and_then(|origin| origin.kind.as_ref());
        item.word("conversation_origin", origin);
    }
}
