//! `POST /{phone-number-id}/messages`: what Meta takes, refuses, and drops without a word.

use serde_json::{Map, Value, json};

use crate::id::{MessageId, PhoneNumberId};
use crate::simulator::record::{Receipt, ReceivedMessage};
use crate::simulator::world::content::{Told, text};
use crate::simulator::world::state::DAY;
use crate::simulator::world::wamid::{Direction, wamid};
use crate::simulator::world::{Asked, Millis, News, Outcome, Refusal, World};

/// How long after a customer's message free-form messages may be sent.
const WINDOW: Millis = DAY;

/// Whom a message is for.
enum Addressee {
    Phone(String),
    /// A user id in the member for phones: Meta answers 200 and drops the message.
    Nobody,
}

impl World {
    pub(super) fn message(
        &mut self,
        number: &PhoneNumberId,
        asked: &Asked,
        now: Millis,
    ) -> Result<Outcome, Refusal> {
        let body = asked.parameters()?;
        match body.get("messaging_product").map(Value::as_str) {
            Some(Some("whatsapp")) => {}
            Some(_) => return Err(Refusal::invalid("messaging_product")),
            None => return Err(Refusal::missing("messaging_product")),
        }
        if body.contains_key("status") {
            self.receipt(number, &body)
        } else {
            self.send(number, body, now)
        }
    }

    fn receipt(
        &mut self,
        number: &PhoneNumberId,
        body: &Map<String, Value>,
    ) -> Result<Outcome, Refusal> {
        if text(body, "status") != Some("read") {
            return Err(Refusal::invalid("status"));
        }
        let id = text(body, "message_id").ok_or(Refusal::missing("message_id"))?;
        if self.inbound.get(id).is_none_or(|message| message.number != *number) {
            // Also for a message of the business's own.
            return Err(Refusal::new(100, "The message id is not one of a received message"));
        }
        let typing = match body.get("typing_indicator") {
            None => false,
            Some(typing) if typing["type"] == "text" => true,
            Some(_) => return Err(Refusal::invalid("typing_indicator.type")),
        };
        self.receipts.push(Receipt { message_id: MessageId::new(id), typing });
        Ok(Outcome::success())
    }

    fn send(
        &mut self,
        number: &PhoneNumberId,
        body: Map<String, Value>,
        now: Millis,
    ) -> Result<Outcome, Refusal> {
        self.is_registered(number)?;
        if body.get("recipient_type").is_some_and(|kind| kind == "group") {
            return self.send_to_group(number, body, now);
        }
        let (addressee, contact) = self.addressee(number, &body)?;
        let told = self.content(number, &body)?;
        let to = match addressee {
            Addressee::Phone(phone) => phone,
            Addressee::Nobody => String::new(),
        };
        let wrote = self.customers.get(&to).and_then(|person| person.wrote.get(number));
        let open = wrote.is_some_and(|wrote| now - wrote < WINDOW);
        if !open && !to.is_empty() && told.kind != "template" {
            return Err(Refusal::new(
                131_047,
                "Message failed to send because more than 24 hours have passed since the \
                 customer last replied to this number.",
            ));
        }
        if let Some(found) = self.numbers.get_mut(number) {
            found.pace.take(&to, now)?;
        }
        let unique = self.next_id();
        let Told { kind, text: shown, category } = told;
        let message = ReceivedMessage {
            id: wamid(&to, Direction::FromBusiness, &unique),
            number: number.clone(),
            to,
            kind,
            text: shown,
            category,
            opaque_data: text(&body, "biz_opaque_callback_data").map(str::to_owned),
            raw: Value::Object(body),
        };
        let mut sent = json!({"id": message.id.as_str()});
        if message.kind == "template" {
            sent["message_status"] = "accepted".into();
        }
        let outcome = Outcome::json(json!({
            "messaging_product": "whatsapp",
            "contacts": [contact],
            "messages": [sent],
        }));
        self.accepted.push(message.clone());
        if message.to.is_empty() {
            return Ok(outcome);
        }
        Ok(outcome.telling(self.deliver(&message, now)))
    }

    /// What the customer's phone does, and what Meta tells of it.
    fn deliver(&mut self, message: &ReceivedMessage, now: Millis) -> Vec<News> {
        if let Err(refusal) = self.look_again(message, now) {
            return self.failed(message, &refusal, now).into_iter().collect();
        }
        let arrival = self.arrives(&message.to, message);
        let words = ["sent"].iter().chain(arrival.statuses(message));
        words.filter_map(|word| self.status(message, word, now)).collect()
    }

    /// What Meta takes with 200, and fails by webhook.
    fn look_again(&self, message: &ReceivedMessage, now: Millis) -> Result<(), Refusal> {
        if self.has_blocked(&message.number, &message.to) {
            return Err(Refusal::new(131_026, "Message Undeliverable."));
        }
        if let Some(person) = self.customers.get(&message.to) {
            if !person.reachable {
                return Err(Refusal::new(131_026, "Message Undeliverable."));
            }
            if message.category == "marketing" && !person.wants_marketing {
                return Err(Refusal::new(131_050, "The user does not want marketing messages"));
            }
        }
        match message.kind.as_str() {
            "reaction" => {
                let target = message.raw["reaction"]["message_id"].as_str().unwrap_or_default();
                let at_reaction =
                    self.inbound.get(target).is_some_and(|message| message.is_reaction);
                let is_reply = message.raw.get("context").is_some();
                if at_reaction || is_reply { Err(Refusal::invalid("reaction")) } else { Ok(()) }
            }
            kind @ ("audio" | "document" | "image" | "sticker" | "video") => {
                match message.raw[kind]["id"].as_str() {
                    Some(id) => self.fits(kind, id, now),
                    None => Ok(()),
                }
            }
            _ => Ok(()),
        }
    }

    fn addressee(
        &self,
        number: &PhoneNumberId,
        body: &Map<String, Value>,
    ) -> Result<(Addressee, Value), Refusal> {
        match body.get("recipient_type") {
            None => {}
            Some(kind) if kind == "individual" => {}
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
        if self.numbers.get(number).is_some_and(|number| number.digits == digits) {
            return Err(Refusal::new(131_021, "The recipient is the sender"));
        }
        let contact = json!({"input": to, "wa_id": digits});
        Ok((Addressee::Phone(digits), contact))
    }
}
