//! What a message holds: by the rules of our own types, and what only Meta can know.

use serde_json::{Map, Value};

use crate::api::messages::template::ONE_LINE;
use crate::api::messages::{Message, Template};
use crate::api::{Lint as _, Violation};
use crate::id::PhoneNumberId;
use crate::simulator::world::template::Filled;
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
        // A word that nobody knows is refused by Meta, whatever a client leaves to it.
        let broken = message.lint();
        let broken = broken.as_slice().iter().find(|broken| !is_about_recipient(broken.path()));
        if let Some(broken) = broken {
            // What does not fit the template has codes of its own.
            if broken.path().starts_with("template.components") {
                self.template_message(number, body)?;
            }
            return Err(refused(broken, &whole));
        }
        self.known_media(number, kind, content)?;
        if kind == "template" {
            let Filled { category, text } = self.template_message(number, body)?;
            return Ok(Told { kind: kind.to_owned(), text: Some(text), category });
        }
        let (text, category) = (shown(kind, content), "service".to_owned());
        Ok(Told { kind: kind.to_owned(), text, category })
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

    /// Looks up the template, and fills it in.
    fn template_message(
        &self,
        number: &PhoneNumberId,
        body: &Map<String, Value>,
    ) -> Result<Filled, Refusal> {
        let account = self.numbers.get(number).map(|number| number.account.clone());
        let account = account.ok_or_else(Refusal::unknown_object)?;
        let template = body.get("template").cloned().unwrap_or_default();
        let template: Template =
            serde_json::from_value(template).map_err(|_| Refusal::invalid("template"))?;
        // Files may stand in a header, also in that of a card.
        let cards = template.components.iter().flat_map(|part| &part.cards);
        let parts = template.components.iter().chain(cards.flat_map(|card| &card.components));
        for value in parts.flat_map(|part| &part.parameters) {
            let files = [&value.image, &value.video, &value.gif, &value.document];
            let ids = files.into_iter().flatten().filter_map(|file| file.id.as_ref());
            for id in ids {
                if !self.has_file(id.as_str(), &account) {
                    let kind = value.kind.as_str();
                    return Err(Refusal::invalid(&format!("{kind}['id']")));
                }
            }
        }
        self.fill_template(&account, &template, body.contains_key("to"))
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
        "interactive" => &["type", "header", "body", "footer", "action"],
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
    if broken.rule() == ONE_LINE {
        return Refusal::new(132_018, details);
    }
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
pub(super) fn find<'v>(value: &'v Value, path: &str) -> Option<&'v Value> {
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
