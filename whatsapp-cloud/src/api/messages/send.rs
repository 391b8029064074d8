//! Sending a message, and what Meta answers.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use serde_json::{Map, Value};

use crate::api::Operation;
use crate::api::messages::Message;
use crate::api::messages::wire_form::Meant;
use crate::endpoint::{Endpoint, Method, Request};
use crate::error::{Error, ErrorKind, Result};
use crate::id::{GroupId, MessageId, PhoneNumberId, UserId};
use crate::wire::open_enum;

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
        let mut violations = self.message.check();
        violations.numeric_id("from", self.from.as_str());
        violations.into_result(Self::OPERATION)?;
        let request = Request::post([self.from.as_str(), "messages"]);
        request.with_json(&Meant(&self.message)).map_err(|error| {
            Error::new(Self::OPERATION, ErrorKind::InvalidInput).with_source(error)
        })
    }
}

impl Operation for SendMessage {
    const METHOD: Method = Method::Post;
    const PATH: &'static str = "/{Phone-Number-ID}/messages";
    type Body = Message;
}

/// What Meta answers to a send: it took the message. Whether it arrives, statuses tell.
///
/// `Debug` shows counts only: the answer repeats the customer's number.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct SentMessage {
    /// To whom, in Meta's eyes.
    pub contacts: Vec<SentContact>,
    /// What Meta does with it; present for templates only.
    pub message_status: Option<MessageStatus>,
    /// The group it went to.
    pub group_id: Option<GroupId>,
    /// The answer as it came, with what this version does not know.
    pub raw: Map<String, Value>,
    id: MessageId,
}

impl SentMessage {
    /// The message's id, which each status repeats.
    pub fn id(&self) -> &MessageId {
        &self.id
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
        self.raw.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for SentMessage {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        struct Answer {
            #[serde(default)]
            contacts: Vec<SentContact>,
            messages: Vec<Taken>,
        }

        #[derive(Deserialize)]
        struct Taken {
            id: MessageId,
            message_status: Option<MessageStatus>,
            group_id: Option<GroupId>,
        }

        let raw = Map::deserialize(deserializer)?;
        let answer = Answer::deserialize(&raw).map_err(de::Error::custom)?;
        let taken = answer
            .messages
            .into_iter()
            .next()
            .filter(|message| !message.id.as_str().is_empty())
            // Without an id it cannot be said that the message was taken.
            .ok_or_else(|| de::Error::custom("the answer names no message"))?;
        Ok(Self {
            contacts: answer.contacts,
            message_status: taken.message_status,
            group_id: taken.group_id,
            raw,
            id: taken.id,
        })
    }
}

/// To whom a message went, in Meta's eyes.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[non_exhaustive]
pub struct SentContact {
    /// The recipient as it was written.
    pub input: Option<String>,
    /// The number WhatsApp knows: not always the one that was dialled (Brazil, Mexico and
    /// Argentina have two ways of writing some numbers). Keep both.
    pub wa_id: Option<String>,
    /// The business-scoped id, when that was the recipient.
    pub user_id: Option<UserId>,
}

impl fmt::Debug for SentContact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SentContact").finish_non_exhaustive()
    }
}

open_enum! {
    /// What Meta does with a template message it took.
    MessageStatus {
        /// It is on its way.
        Accepted = "accepted",
        /// It waits until the template's quality is known.
        Held = "held_for_quality_assessment",
        /// It waits because the template is paused.
        Paused = "paused",
    }
}
