//! Sending a message, and what Meta answers.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use serde_json::{Map, Value};

use crate::api::messages::Message;
use crate::api::messages::wire_form::Meant;
use crate::api::{Operation, Recipient};
use crate::endpoint::{Endpoint, Method, Paced, Request};
use crate::error::{Error, ErrorKind, Result};
use crate::id::{GroupId, MessageId, PhoneNumberId, UserId};
use crate::wire::member::Member as _;
use crate::wire::members::{Keep, Name};
use crate::wire::{WhatsApp, open_enum, read_members};

/// Sends a message.
///
/// Not idempotent: Meta has no key for it, so a repeated send is a second message. Let
/// [`Message::with_opaque_data`] carry a key of yours, which comes back with each status.
///
/// ```
/// use whatsapp_cloud::api::messages::{Message, SendMessage};
/// use whatsapp_cloud::endpoint::Endpoint;
///
/// let message = Message::text("5511999990001", "Olá!");
/// let call = SendMessage { from: "106540352242922".into(), message };
/// assert_eq!(call.request()?.target()?, "106540352242922/messages");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// Source: <https://developers.facebook.com/docs/whatsapp/cloud-api/guides/send-messages>
#[derive(Clone, Debug, PartialEq)]
pub struct SendMessage {
    /// The number it is sent from.
    pub from: PhoneNumberId,
    /// What is sent, and to whom.
    pub message: Message,
}

impl Endpoint for SendMessage {
    type Response = SentMessage;
    const OPERATION: &'static str = "send message";
    const IDEMPOTENT: bool = false;

    fn request(&self) -> Result<Request> {
        Sending { from: &self.from, message: &self.message }.request()
    }

    fn paced(&self) -> Option<Paced<'_>> {
        Some(paced(&self.from, &self.message))
    }
}

/// [`SendMessage`] of a number and a message that stay where they are.
pub(crate) struct Sending<'m> {
    pub(crate) from: &'m PhoneNumberId,
    pub(crate) message: &'m Message,
}

impl Endpoint for Sending<'_> {
    type Response = SentMessage;
    const OPERATION: &'static str = SendMessage::OPERATION;
    const IDEMPOTENT: bool = SendMessage::IDEMPOTENT;

    fn request(&self) -> Result<Request> {
        let mut violations = self.message.check();
        violations.numeric_id("from", self.from.as_str());
        violations.into_result(Self::OPERATION)?;
        let request = Request::post([self.from.as_str(), "messages"]);
        request.with_json(&Meant(self.message)).map_err(|error| {
            Error::new(Self::OPERATION, ErrorKind::InvalidInput).with_source(error)
        })
    }

    fn paced(&self) -> Option<Paced<'_>> {
        Some(paced(self.from, self.message))
    }
}

/// What a message counts against.
pub(super) fn paced<'c>(from: &'c PhoneNumberId, message: &'c Message) -> Paced<'c> {
    let to = match &message.to {
        Recipient::Phone(phone) => phone.as_str(),
        Recipient::User(user) => user.as_str(),
        Recipient::Group(group) => group.as_str(),
    };
    Paced::Message { from, to }
}

impl Operation for SendMessage {
    const METHOD: Method = Method::Post;
    const PATH: &'static str = "/{Phone-Number-ID}/messages";
    type Body = Message;
}

/// What Meta answers to a send: it took the message. Whether it arrives, statuses tell.
///
/// `Debug` shows counts only: the answer repeats the customer's number.
///
/// ```
/// use whatsapp_cloud::api::messages::SentMessage;
///
/// let sent: SentMessage = serde_json::from_str(
///     r#"{"messaging_product":"whatsapp","contacts":[{"input":"+16505551234",
///         "wa_id":"16505551234"}],"messages":[{"id":"wamid.HBgL"}]}"#,
/// )?;
/// // What the statuses of this message will name.
/// assert_eq!(sent.id().as_str(), "wamid.HBgL");
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct SentMessage {
    /// To whom, in Meta's eyes.
    pub contacts: Vec<SentContact>,
    /// What Meta does with it; present for templates only.
    pub message_status: Option<MessageStatus>,
    /// The group it went to.
    pub group_id: Option<GroupId>,
    /// What else was answered. Written again as it came.
    pub other: Map<String, Value>,
    /// Whether the product was named.
    product: WhatsApp,
    /// As many as were sent: never none, and the first has an id.
    taken: Vec<Taken>,
}

/// A message that Meta took.
#[derive(Clone, Default, PartialEq, Serialize)]
struct Taken {
    id: MessageId,
    #[serde(skip_serializing_if = "Option::is_none")]
    message_status: Option<MessageStatus>,
    #[serde(skip_serializing_if = "Option::is_none")]
    group_id: Option<GroupId>,
    #[serde(flatten)]
    other: Map<String, Value>,
}

read_members!(Taken { id = "id", message_status = "message_status", group_id = "group_id" });

impl SentMessage {
    /// The message's id, which each status repeats.
    pub fn id(&self) -> &MessageId {
        &self.taken[0].id
    }
}

impl fmt::Debug for SentMessage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SentMessage")
            .field("contacts", &self.contacts.len())
            .field("message_status", &self.message_status)
            .finish_non_exhaustive()
    }
}

impl Serialize for SentMessage {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Answer<'a> {
            #[serde(skip_serializing_if = "WhatsApp::is_absent")]
            messaging_product: WhatsApp,
            #[serde(skip_serializing_if = "<[SentContact]>::is_empty")]
            contacts: &'a [SentContact],
            messages: &'a [Taken],
            #[serde(flatten)]
            other: &'a Map<String, Value>,
        }

        let Self { contacts, other, product, taken, .. } = self;
        let messaging_product = *product;
        Answer { messaging_product, contacts, messages: taken, other }.serialize(serializer)
    }
}

/// An answer as it is written.
#[derive(Default)]
struct Answer {
    contacts: Vec<SentContact>,
    messages: Vec<Taken>,
    other: Beside,
}

read_members!(Answer { contacts = "contacts", messages = "messages" });

/// What an answer says beside contacts and messages: as a rule the product, and nothing else.
struct Beside {
    product: WhatsApp,
    other: Map<String, Value>,
}

impl Default for Beside {
    fn default() -> Self {
        Self { product: WhatsApp::missing(), other: Map::new() }
    }
}

impl Keep for Beside {
    fn keep(&mut self, name: Name<'_>, value: Value) {
        if name.0 == "messaging_product" && value == "whatsapp" {
            self.product = WhatsApp::default();
        } else {
            self.other.keep(name, value);
        }
    }
}

impl<'de> Deserialize<'de> for SentMessage {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let Answer { contacts, messages: taken, other: Beside { product, other } } =
            Answer::deserialize(deserializer)?;
        let first = taken
            .first()
            .filter(|message| !message.id.as_str().is_empty())
            // Without an id it cannot be said that the message was taken.
            .ok_or_else(|| de::Error::custom("the answer names no message"))?;
        Ok(Self {
            contacts,
            message_status: first.message_status.clone(),
            group_id: first.group_id.clone(),
            other,
            product,
            taken,
        })
    }
}

/// To whom a message went, in Meta's eyes.
///
/// ```
/// use whatsapp_cloud::api::messages::{SentContact, SentMessage};
///
/// let sent: SentMessage = serde_json::from_str(
///     r#"{"messaging_product":"whatsapp","contacts":[{"input":"+16505551234",
///         "wa_id":"16505551234"}],"messages":[{"id":"wamid.HBgL"}]}"#,
/// )?;
/// let SentContact { wa_id, .. } = &sent.contacts[0];
/// assert_eq!(wa_id.as_deref(), Some("16505551234"));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct SentContact {
    /// The recipient as it was written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub input: Option<String>,
    /// The number WhatsApp knows: not always the one that was dialled (Brazil, Mexico and
    /// Argentina have two ways of writing some numbers). Keep both.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub wa_id: Option<String>,
    /// The business-scoped id, when that was the recipient.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user_id: Option<UserId>,
    /// What else was said of it. Written again as it came.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

read_members!(SentContact { input = "input", wa_id = "wa_id", user_id = "user_id" });

impl fmt::Debug for SentContact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SentContact").finish_non_exhaustive()
    }
}

open_enum! {
    /// What Meta does with a template message it took.
    ///
    /// ```
    /// use whatsapp_cloud::api::messages::{MessageStatus, SentMessage};
    ///
    /// let sent: SentMessage = serde_json::from_str(
    ///     r#"{"messages":[{"id":"wamid.HBgL","message_status":"held_for_quality_assessment"}]}"#,
    /// )?;
    /// assert_eq!(sent.message_status, Some(MessageStatus::Held));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    MessageStatus {
        /// It is on its way.
        Accepted = "accepted",
        /// It waits until the template's quality is known.
        Held = "held_for_quality_assessment",
        /// It waits because the template is paused.
        Paused = "paused",
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn an_answer_is_written_again_as_it_came() {
        for answer in [
            json!({"messages": [{"id": "wamid.1"}]}),
            json!({
                "messaging_product": "whatsapp",
                "contacts": [
                    {"input": "+5511999990001", "wa_id": "5511999990001", "new": 1},
                    {"input": "BR.1", "user_id": "BR.1"},
                ],
                "messages": [
                    {"id": "wamid.1", "message_status": "accepted", "new": {"x": []}},
                    {"id": "wamid.2", "group_id": "Y2FwaV9ncm91cD"},
                ],
                "new": [null],
            }),
            json!({"messaging_product": "another", "messages": [{"id": "wamid.1"}]}),
            json!({"messaging_product": {"x": 1}, "messages": [{"id": "wamid.1"}]}),
        ] {
            let sent: SentMessage = serde_json::from_value(answer.clone()).unwrap();

            assert_eq!(sent.id().as_str(), "wamid.1");
            assert_eq!(serde_json::to_value(&sent).unwrap(), answer);
        }
    }

    #[test]
    fn a_name_is_read_however_it_is_written() {
        let answer = r#"{"m\u0065ssages": [{"i\u0064": "wamid.1", "n\u0065w": 1}]}"#;
        let sent: SentMessage = serde_json::from_str(answer).unwrap();

        let again = json!({"messages": [{"id": "wamid.1", "new": 1}]});
        assert_eq!(serde_json::to_value(&sent).unwrap(), again);
    }

    #[test]
    fn an_answer_without_an_id_is_none() {
        for answer in [json!({"messages": []}), json!({"messages": [{"id": ""}]}), json!({})] {
            assert!(serde_json::from_value::<SentMessage>(answer).is_err());
        }
    }
}
