//! What events other than messages and statuses tell, in the words of the corpus' index.

use serde_json::Value;
use whatsapp_cloud::webhook::{Event, EventKind};

use crate::corpus::{File, Item, plain};
use crate::json_of;

/// Puts what the event tells into `item`, and names its role.
pub(crate) fn other_item(
    item: &mut Item,
    kind: &EventKind<'_>,
    event: &Event<'_>,
    file: &File,
) -> Option<&'static str> {
    Some(match kind {
        EventKind::UserAction(action) => {
            item.word("action_type", action.action_type.as_ref());
            "user_action"
        }
        EventKind::ContactSync(sync) => {
            item.word("type", sync.kind.as_ref());
            item.word("action", sync.action.as_ref());
            let contact = sync.contact.as_ref().unwrap();
            item.word("phone_number", contact.phone_number.as_ref());
            item.word("user_id", contact.user_id.as_ref());
            item.word("full_name", contact.full_name.as_ref());
            "state_sync"
        }
        EventKind::History(history) => {
            if let Some(metadata) = &history.metadata {
                item.put("phase", &metadata.phase.unwrap());
                item.put("progress", &metadata.progress.unwrap());
            }
            item.put("n_threads", &history.threads.len());
            let messages = history.threads.iter().map(|thread| thread.messages.len());
            item.put("n_messages", &messages.sum::<usize>());
            item.errors(&history.errors);
            "history"
        }
        EventKind::StandbyEcho(echo) => {
            item.word("id", echo.id.as_ref());
            let message: Value = serde_json::from_str(echo.message.as_ref()?.get()).unwrap();
            item.put("to", &plain(&message["to"]));
            item.put("type", &plain(&message["type"]));
            "standby_echo"
        }
        EventKind::Call(call) => {
            item.word("id", call.id.as_ref());
            item.word("event", call.event.as_ref());
            item.word("direction", call.direction.as_ref());
            item.word("status", call.status.as_ref());
            item.word("from", call.from.as_ref());
            item.word("from_user_id", call.from_user_id.as_ref());
            item.word("to", call.to.as_ref());
            item.word("to_user_id", call.to_user_id.as_ref());
            item.number("timestamp", call.timestamp);
            item.number("duration", call.duration);
            "call"
        }
        EventKind::Group(group) => {
            item.word("type", group.kind.as_ref());
            item.word("group_id", group.group_id.as_ref());
            item.word("request_id", group.request_id.as_ref());
            item.word("subject", group.subject.as_ref());
            "group"
        }
        EventKind::UserPreference(preference) => {
            item.word("wa_id", preference.wa_id.as_ref());
            item.word("user_id", preference.user_id.as_ref());
            item.word("category", preference.category.as_ref());
            item.word("value", preference.value.as_ref());
            item.number("timestamp", preference.timestamp);
            "preference"
        }
        EventKind::AutomaticEvent(event) => {
            item.word("id", event.id.as_ref());
            item.word("event_name", event.event_name.as_ref());
            item.word("ctwa_clid", event.ctwa_clid.as_ref());
            if let Some(value) = event.custom_data.as_ref().and_then(|data| data.value) {
                item.put("value", &value);
            }
            "automatic_event"
        }
        // The index says only where it was.
        EventKind::UserIdUpdate(_) => "notice",
        EventKind::Error(error) => {
            item.put("error_codes", &error.code);
            "notice"
        }
        _ => return notice(item, event, file),
    })
}

/// Whatever is told as a whole: each value that the index names is looked up in it.
fn notice(item: &mut Item, event: &Event<'_>, file: &File) -> Option<&'static str> {
    let json = json_of(event);
    if event.kind == EventKind::Unknown && event.field.is_none() && event.member.is_some() {
        // What stands beside the changes; the index does not look there.
        return None;
    }
    if !json.is_object() {
        item.put("value_type", if json.is_array() { "list" } else { "int" });
        return Some("raw");
    }
    // A change without a field stands one level above its value.
    let value = if event.field.is_none() { &json["value"] } else { &json };
    // Which of the file's items it is: the one whose values are its own.
    let names = file.items.iter().filter(|item| item["role"] == "notice").find(|item| {
        item.iter().all(|(name, expected)| {
            name == "role"
                || name == "phone_number_id"
                || at(value, name) == Some(plain(expected))
                || (name == "error_codes" && expected == &Value::Array(Vec::new()))
        })
    })?;
    for (name, expected) in
        names.iter().filter(|(name, _)| *name != "role" && *name != "phone_number_id")
    {
        item.put(name, &at(value, name).unwrap_or_else(|| plain(expected)));
    }
    assert!(event.type_word().is_none_or(|word| file.mentions(word)), "{}", file.name);
    // The index leaves out the status of alerts, and whose settings have changed.
    let mut is_told = event.status().is_none_or(|word| file.mentions(word));
    is_told |= matches!(event.kind, EventKind::AccountAlert(_) | EventKind::AccountSettings(_));
    assert!(is_told, "{}", file.name);
    let mut is_told = event.id().is_none_or(|id| file.mentions(&id));
    is_told |= matches!(event.kind, EventKind::AccountSettings(_));
    assert!(is_told, "{}", file.name);
    Some("notice")
}

/// What stands there: `a.b` is the member `b` of the member `a`.
fn at(value: &Value, name: &str) -> Option<String> {
    let value = match name {
        "restriction_types" => {
            let list = value["restriction_info"].as_array()?;
            let words: Vec<_> = list.iter().map(|one| plain(&one["restriction_type"])).collect();
            return Some(words.join(","));
        }
        "alert_type" => value.pointer("/alert_info/alert_type").or(value.get(name))?,
        name => value.pointer(&format!("/{}", name.replace('.', "/")))?,
    };
    Some(plain(value))
}

impl Item {
    fn number(&mut self, name: &str, number: Option<i64>) {
        if let Some(number) = number {
            self.put(name, &number);
        }
    }
}
