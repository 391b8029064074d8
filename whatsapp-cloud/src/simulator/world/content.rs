//! What a message holds: by the rules of our own types, and what only Meta can know.

use serde_json::{Map, Value};

use crate::api::Violation;
use crate::api::messages::Message;
use crate::id::PhoneNumberId;
use crate::simulator::world::{Refusal, World};

/// What a message says.
pub(super) struct Told {
    /// Meta's word for its kind.
    pub(super) kind: String,
    /// What a person would read of it.
    pub(super) text: Option<String>,
    /// What it costs as: `service`, or the category of its template.
    pub(super) category: String,
}

const KINDS: [&str; 12] = [
    "audio",
    "contacts",
    "document",
    "image",
    "interactive",
    "location",
    "pin",
    "reaction",
    "sticker",
    "template",
    "text",
    "video",
];

impl World {
    /// Checks what a message of a number's holds.
    pub(super) fn content(
        &self,
        number: &PhoneNumberId,
        body: &Map<String, Value>,
    ) -> Result<Told, Refusal> {
        let kind = match body.get("type") {
            None => "text",
            Some(Value::String(kind)) => kind.as_str(),
            Some(_) => return Err(Refusal::invalid("type")),
        };
        if !KINDS.contains(&kind) {
            return Err(Refusal::new(131_051, "The message type is not supported"));
        }
        let content = body.get(kind).ok_or_else(|| Refusal::missing(kind))?;
        let fits = if kind == "contacts" { content.is_array() } else { content.is_object() };
        if !fits {
            return Err(Refusal::invalid(kind));
        }
        unexpected(kind, body)?;
        let whole = Value::Object(body.clone());
        let message: Message =
            serde_json::from_value(whole.clone()).map_err(|_| Refusal::invalid(kind))?;
        // Whom it is for was looked at already, and more leniently: as Meta does.
        let broken = message.check();
        let broken = broken.as_slice().iter().find(|broken| !is_about_recipient(broken.path()));
        if let Some(broken) = broken {
            return Err(refused(broken, &whole));
        }
        self.known_media(number, kind, content)?;
        let category = match kind {
            "template" => self.template_message(number, content)?,
            _ => "service".to_owned(),
        };
        Ok(Told { kind: kind.to_owned(), text: shown(kind, content), category })
    }

    /// A file by id must be one of the account's.
    fn known_media(
        &self,
        number: &PhoneNumberId,
        kind: &str,
        content: &Value,
    ) -> Result<(), Refusal> {
        let is_media = matches!(kind, "audio" | "document" | "image" | "sticker" | "video");
        let Some(id) = content["id"].as_str().filter(|_| is_media) else { return Ok(()) };
        let account = self.numbers.get(number).map(|number| &number.account);
        match account {
            Some(account) if self.has_file(id, account) => Ok(()),
            _ => Err(Refusal::invalid(&format!("{kind}['id']"))),
        }
    }

    /// Looks up the template, and says its category.
    fn template_message(
        &self,
        _number: &PhoneNumberId,
        _content: &Value,
    ) -> Result<String, Refusal> {
        Ok("utility".to_owned())
    }
}

fn is_about_recipient(path: &str) -> bool {
    matches!(path, "to" | "recipient" | "recipient_type")
}

/// What Meta does not expect beside what it knows.
fn unexpected(kind: &str, body: &Map<String, Value>) -> Result<(), Refusal> {
    let allowed: &[&str] = match kind {
        "audio" => &["id", "link", "voice"],
        "sticker" => &["id", "link"],
        "document" => &["id", "link", "caption", "filename"],
        "image" | "video" => &["id", "link", "caption"],
        "text" => &["body", "preview_url"],
        "reaction" => &["message_id", "emoji"],
        "location" => &["latitude", "longitude", "name", "address"],
        _ => return Ok(()),
    };
    let members = body.get(kind).and_then(Value::as_object);
    let mut names = members.into_iter().flat_map(Map::keys);
    match names.find(|name| !allowed.contains(&name.as_str())) {
        Some(unknown) => Err(Refusal::unexpected(unknown, kind)),
        None => Ok(()),
    }
}

/// What of ours was broken, in Meta's words.
fn refused(broken: &Violation, body: &Value) -> Refusal {
    let path = broken.path();
    let details = format!("Param {path}: {}", broken.rule());
    let Some(found) = find(body, path) else {
        return Refusal::new(131_008, details);
    };
    let most = most_characters(broken);
    match (found.as_str(), most) {
        (Some(""), _) => Refusal::new(131_008, details),
        _ if broken.rule().ends_with("found none") => Refusal::new(131_008, details),
        (Some(_), Some(most)) => Refusal::too_long(&subscripts(path), most),
        _ => Refusal::new(131_009, details),
    }
}

/// Of "1 to 20 characters, found 21" the 20.
fn most_characters(broken: &Violation) -> Option<usize> {
    let (range, _) = broken.rule().split_once(" characters")?;
    range.rsplit(' ').next()?.parse().ok()
}

/// `text.body` as Meta writes it: `text['body']`.
fn subscripts(path: &str) -> String {
    let mut parts = path.split('.');
    let mut written = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        written.push_str(&format!("['{part}']"));
    }
    written
}

/// What stands at a path such as `interactive.action.buttons[1].reply.title`.
fn find<'v>(value: &'v Value, path: &str) -> Option<&'v Value> {
    path.split(['.', '[']).filter(|part| !part.is_empty()).try_fold(value, |value, part| match part
        .strip_suffix(']')
    {
        Some(index) => value.get(index.parse::<usize>().ok()?),
        None => value.get(part),
    })
}

/// What a person would read of a message.
fn shown(kind: &str, content: &Value) -> Option<String> {
    let text = match kind {
        "text" => content["body"].as_str(),
        "audio" | "document" | "image" | "sticker" | "video" => content["caption"].as_str(),
        "reaction" => content["emoji"].as_str(),
        "interactive" => content["body"]["text"].as_str(),
        "location" => content["name"].as_str(),
        _ => None,
    };
    text.map(str::to_owned)
}

pub(super) fn text<'a>(members: &'a Map<String, Value>, name: &str) -> Option<&'a str> {
    members.get(name)?.as_str()
}
