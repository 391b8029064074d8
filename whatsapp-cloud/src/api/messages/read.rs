//! Telling the customer that the message was read, and that an answer is being written.

use std::fmt;

use serde::Serialize;

use crate::api::{Success, Violations};
use crate::endpoint::{Endpoint, Request};
use crate::error::{Error, ErrorKind, Result};
use crate::id::{MessageId, PhoneNumberId};

/// Shows the customer that a message was read, and every earlier one with it.
///
/// Only a message received within the last 30 days can be marked; one of our own, or of a
/// group, is refused by Meta (code 100).
///
/// Source: <https://developers.facebook.com/docs/whatsapp/cloud-api/guides/mark-message-as-read>
#[derive(Clone, PartialEq, Eq)]
pub struct MarkAsRead {
    /// The number that received it.
    pub from: PhoneNumberId,
    /// The customer's message.
    pub message_id: MessageId,
}

/// Shows the customer that an answer is being written, for 25 seconds or until it comes.
///
/// Meta marks the message as read with it. Not idempotent: repeated late, it would show
/// "typing" below the answer.
///
/// Source: <https://developers.facebook.com/docs/whatsapp/cloud-api/typing-indicators>
#[derive(Clone, PartialEq, Eq)]
pub struct ShowTyping {
    /// The number that received the message.
    pub from: PhoneNumberId,
    /// The customer's message that is being answered.
    pub message_id: MessageId,
}

#[derive(Serialize)]
struct Receipt<'a> {
    messaging_product: &'static str,
    status: &'static str,
    message_id: &'a MessageId,
    #[serde(skip_serializing_if = "Option::is_none")]
    typing_indicator: Option<TypingIndicator>,
}

#[derive(Serialize)]
struct TypingIndicator {
    #[serde(rename = "type")]
    kind: &'static str,
}

fn receipt(
    operation: &'static str,
    from: &PhoneNumberId,
    message_id: &MessageId,
    typing_indicator: Option<TypingIndicator>,
) -> Result<Request> {
    let mut violations = Violations::default();
    violations.numeric_id("from", from.as_str());
    if message_id.as_str().is_empty() {
        violations.add("message_id", "the id of a message, found none");
    }
    violations.into_result(operation)?;
    let receipt =
        Receipt { messaging_product: "whatsapp", status: "read", message_id, typing_indicator };
    Request::post([from.as_str(), "messages"])
        .with_json(&receipt)
        .map_err(|error| Error::new(operation, ErrorKind::InvalidInput).with_source(error))
}

impl Endpoint for MarkAsRead {
    type Response = Success;
    const OPERATION: &'static str = "mark message as read";
    const IDEMPOTENT: bool = true;

    fn request(&self) -> Result<Request> {
        receipt(Self::OPERATION, &self.from, &self.message_id, None)
    }
}

impl Endpoint for ShowTyping {
    type Response = Success;
    const OPERATION: &'static str = "show typing";
    const IDEMPOTENT: bool = false;

    fn request(&self) -> Result<Request> {
        let typing = TypingIndicator { kind: "text" };
        receipt(Self::OPERATION, &self.from, &self.message_id, Some(typing))
    }
}

impl fmt::Debug for MarkAsRead {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MarkAsRead").field("from", &self.from).finish_non_exhaustive()
    }
}

impl fmt::Debug for ShowTyping {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ShowTyping").field("from", &self.from).finish_non_exhaustive()
    }
}
