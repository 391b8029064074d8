//! `POST /{phone-number-id}/messages`: what Meta takes, refuses, and drops without a word.

use serde_json::{Value, json};

use crate::id::MessageId;
use crate::simulator::record::{Receipt, ReceivedMessage};
use crate::simulator::world::wamid::{Direction, wamid};
use crate::simulator::world::{Asked, AskedBody, Outcome, Refusal, World};

/// How long after a customer's message free-form messages may be sent, in seconds.
const WINDOW: i64 = 24 * 60 * 60;
const BODY: usize = 4096;
const CAPTION: usize = 1024;
const OPAQUE_DATA: usize = 512;

/// Whom a message is for.
enum Addressee {
    Phone(String),
    /// A user id in the member for phones: Meta answers 200 and drops the message.
    Nobody,
}

impl World {
    pub(super) fn message(&mut self, asked: &Asked, now: i64) -> Result<Outcome, Refusal> {
        let AskedBody::Bytes(bytes) = &asked.body else {
            return Err(Refusal::missing("messaging_product"));
        };
        let body: Value = serde_json::from_slice(bytes)
            .map_err(|_| Refusal::new(100, "The body is not a valid JSON object"))?;
        match text(&body, "messaging_product") {
            Some("whatsapp") => {}
            Some(_) => return Err(Refusal::invalid("messaging_product")),
            None => return Err(Refusal::missing("messaging_product")),
        }
        if body.get("status").is_some() { self.receipt(&body) } else { self.send(body, now) }
    }

    fn receipt(&mut self, body: &Value) -> Result<Outcome, Refusal> {
        if text(body, "status") != Some("read") {
            return Err(Refusal::invalid("status"));
        }
        let id = text(body, "message_id").ok_or(Refusal::missing("message_id"))?;
        if !self.inbound.contains_key(id) {
            // Also for a message of the business's own.
            return Err(Refusal::new(100, "The message id is not one of a received message"));
        }
        let typing = match body.get("typing_indicator") {
            None => false,
            Some(typing) if text(typing, "type") == Some("text") => true,
            Some(_) => return Err(Refusal::invalid("typing_indicator.type")),
        };
        self.receipts.push(Receipt { message_id: MessageId::new(id), typing });
        Ok(Outcome::success())
    }

    fn send(&mut self, body: Value, now: i64) -> Result<Outcome, Refusal> {
        let (addressee, contact) = self.addressee(&body)?;
        let kind = match body.get("type") {
            None => "text",
            Some(Value::String(kind)) => kind.as_str(),
            Some(_) => return Err(Refusal::invalid("type")),
        };
        let shown = self.content(kind, &body)?;
        if text(&body, "biz_opaque_callback_data").is_some_and(|data| long(data, OPAQUE_DATA)) {
            return Err(Refusal::too_long("biz_opaque_callback_data", OPAQUE_DATA));
        }
        let to = match addressee {
            Addressee::Phone(phone) => phone,
            Addressee::Nobody => String::new(),
        };
        let open = self
            .customers
            .get(&to)
            .and_then(|person| person.last_wrote)
            .is_some_and(|wrote| now - wrote < WINDOW);
        if !open && !to.is_empty() && kind != "template" {
            return Err(Refusal::new(
                131_047,
                "Message failed to send because more than 24 hours have passed since the \
                 customer last replied to this number.",
            ));
        }
        let kind = kind.to_owned();
        let unique = self.next_id();
        let message = ReceivedMessage {
            id: wamid(&to, Direction::FromBusiness, &unique),
            to,
            kind,
            text: shown,
            opaque_data: text(&body, "biz_opaque_callback_data").map(str::to_owned),
            raw: body,
        };
        let mut sent = json!({"id": message.id.as_str()});
        if message.kind == "template" {
            sent["message_status"] = "accepted".into();
        }
        let mut outcome = Outcome::json(json!({
            "messaging_product": "whatsapp",
            "contacts": [contact],
            "messages": [sent],
        }));
        self.accepted.push(message.clone());
        if !message.to.is_empty() {
            outcome.webhooks = self.deliver(message, now);
        }
        Ok(outcome)
    }

    /// What the customer's phone does, and what Meta tells of it.
    fn deliver(&mut self, message: ReceivedMessage, now: i64) -> Vec<Value> {
        if let Some(refusal) = self.late_refusal(&message) {
            return vec![self.failed_webhook(&message, &refusal, now)];
        }
        let auto_read = {
            let person = self.person(&message.to);
            person.inbox.push(message.clone());
            person.auto_read
        };
        let statuses: &[&str] = match (message.kind.as_str(), auto_read) {
            // Of a reaction Meta tells no more.
            ("reaction", _) => &["sent"],
            (_, true) => &["sent", "delivered", "read"],
            (_, false) => &["sent", "delivered"],
        };
        let webhooks =
            statuses.iter().map(|status| self.status_webhook(&message, status, now)).collect();
        if !auto_read && message.kind != "reaction" {
            let to = message.to.clone();
            self.person(&to).unread.push(message);
        }
        webhooks
    }

    /// What Meta takes with 200, and fails by webhook.
    fn late_refusal(&self, message: &ReceivedMessage) -> Option<Refusal> {
        if message.kind != "reaction" {
            return None;
        }
        let target = text(&message.raw["reaction"], "message_id").unwrap_or_default();
        let at_reaction = self.inbound.get(target).is_some_and(|message| message.is_reaction);
        let is_reply = message.raw.get("context").is_some();
        (at_reaction || is_reply).then(|| Refusal::invalid("reaction"))
    }

    fn addressee(&self, body: &Value) -> Result<(Addressee, Value), Refusal> {
        match body.get("recipient_type") {
            None => {}
            Some(kind) if kind == "individual" => {}
            Some(kind) if kind == "group" => {
                return Err(Refusal::new(131_041, "The group is not known"));
            }
            Some(_) => return Err(Refusal::invalid("recipient_type")),
        }
        let to = match body.get("to") {
            // `to` wins when both are present.
            Some(Value::String(to)) => to.clone(),
            Some(Value::Number(to)) => to.to_string(),
            Some(_) => return Err(Refusal::invalid("to")),
            None => {
                let user = text(body, "recipient").ok_or(Refusal::missing("to"))?;
                let known = self
                    .customers
                    .iter()
                    .find(|(_, person)| person.user_id.as_str() == user)
                    .map(|(phone, _)| phone.clone())
                    .ok_or(Refusal::new(131_026, "The user id is not known to this business"))?;
                let contact = json!({"input": user, "user_id": user});
                return Ok((Addressee::Phone(known), contact));
            }
        };
        if to.contains('.') {
            return Ok((Addressee::Nobody, json!({"input": to})));
        }
        let digits: String = to.chars().filter(char::is_ascii_digit).collect();
        let written = |char: char| char.is_ascii_digit() || "+ -()".contains(char);
        if digits.is_empty() || digits.len() > 15 || !to.chars().all(written) {
            return Err(Refusal::invalid("to"));
        }
        if digits == self.setup.phone_number {
            return Err(Refusal::new(131_021, "The recipient is the sender"));
        }
        let contact = json!({"input": to, "wa_id": digits});
        Ok((Addressee::Phone(digits), contact))
    }

    /// Checks the object of the kind, and says what a person would read of it.
    fn content(&self, kind: &str, body: &Value) -> Result<Option<String>, Refusal> {
        let known = matches!(
            kind,
            "text"
                | "image"
                | "video"
                | "audio"
                | "document"
                | "sticker"
                | "template"
                | "reaction"
                | "location"
                | "contacts"
                | "interactive"
        );
        if !known {
            return Err(Refusal::new(131_051, "The message type is not supported"));
        }
        let content = body.get(kind).ok_or_else(|| Refusal::missing(kind))?;
        if !content.is_object() && kind != "contacts" {
            return Err(Refusal::invalid(kind));
        }
        match kind {
            "text" => {
                let body = required(content, "text", "body")?;
                if long(body, BODY) {
                    return Err(Refusal::too_long("text['body']", BODY));
                }
                Ok(Some(body.to_owned()))
            }
            "image" | "video" | "audio" | "document" | "sticker" => self.media(kind, content),
            "template" => {
                required(content, "template", "name")?;
                let language =
                    content.get("language").ok_or_else(|| Refusal::missing("template.language"))?;
                required(language, "template.language", "code")?;
                Ok(None)
            }
            "reaction" => {
                required(content, "reaction", "message_id")?;
                let emoji = content.get("emoji").ok_or(Refusal::missing("reaction.emoji"))?;
                Ok(emoji.as_str().map(str::to_owned))
            }
            _ => Ok(None),
        }
    }

    fn media(&self, kind: &str, content: &Value) -> Result<Option<String>, Refusal> {
        match (text(content, "id"), text(content, "link")) {
            (None, None) => return Err(Refusal::missing(&format!("{kind}.id or {kind}.link"))),
            (Some(_), Some(_)) => return Err(Refusal::invalid(kind)),
            (Some(id), None) if !self.files.contains_key(id) => {
                return Err(Refusal::invalid(&format!("{kind}.id")));
            }
            (None, Some(link)) if !link.starts_with("http://") && !link.starts_with("https://") => {
                return Err(Refusal::invalid(&format!("{kind}.link")));
            }
            (Some(_), None) | (None, Some(_)) => {}
        }
        let allowed: &[&str] = match kind {
            "audio" => &["id", "link", "voice"],
            "sticker" => &["id", "link"],
            "document" => &["id", "link", "caption", "filename"],
            _ => &["id", "link", "caption"],
        };
        let members = content.as_object().into_iter().flat_map(|members| members.keys());
        if let Some(unknown) = members.into_iter().find(|name| !allowed.contains(&name.as_str())) {
            return Err(Refusal::new(100, format!("Unexpected key {unknown} on param {kind}.")));
        }
        let caption = text(content, "caption");
        if caption.is_some_and(|caption| long(caption, CAPTION)) {
            return Err(Refusal::too_long(&format!("{kind}['caption']"), CAPTION));
        }
        Ok(caption.map(str::to_owned))
    }
}

fn text<'a>(value: &'a Value, member: &str) -> Option<&'a str> {
    value.get(member)?.as_str()
}

fn required<'a>(value: &'a Value, path: &str, member: &str) -> Result<&'a str, Refusal> {
    text(value, member)
        .filter(|text| !text.is_empty())
        .ok_or_else(|| Refusal::missing(&format!("{path}.{member}")))
}

fn long(text: &str, most: usize) -> bool {
    text.chars().count() > most
}
