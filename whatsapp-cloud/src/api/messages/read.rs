//! Telling the customer that the message was read, and that an answer is being written.

use std::fmt;

use crate::api::{Operation, Success, Violations};
use crate::endpoint::{Endpoint, Method, Request};
use crate::error::{Error, ErrorKind, Result};
use crate::id::{MessageId, PhoneNumberId};
use crate::wire::member::Member as _;
use crate::wire::{WhatsApp, object, open_enum};

/// Shows the customer that a message was read, and every earlier one with it.
///
/// Only a message received within the last 30 days can be marked; one of our own, or of a
/// group, is refused by Meta (code 100).
///
/// ```
/// use whatsapp_cloud::api::messages::MarkAsRead;
/// use whatsapp_cloud::endpoint::Endpoint;
///
/// let call = MarkAsRead { from: "106540352242922".into(), message_id: "wamid.HBgL".into() };
/// assert_eq!(call.request()?.target()?, "106540352242922/messages");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
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
/// ```
/// use whatsapp_cloud::api::messages::ShowTyping;
/// use whatsapp_cloud::endpoint::Endpoint;
///
/// let call = ShowTyping { from: "106540352242922".into(), message_id: "wamid.HBgL".into() };
/// assert_eq!(call.request()?.target()?, "106540352242922/messages");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// Source: <https://developers.facebook.com/docs/whatsapp/cloud-api/typing-indicators>
#[derive(Clone, PartialEq, Eq)]
pub struct ShowTyping {
    /// The number that received the message.
    pub from: PhoneNumberId,
    /// The customer's message that is being answered.
    pub message_id: MessageId,
}

object! {
    /// What is told of a message that was received.
    ///
    /// ```
    /// use whatsapp_cloud::api::messages::Receipt;
    ///
    /// let receipt: Receipt = serde_json::from_str(
    ///     r#"{"messaging_product":"whatsapp","status":"read","message_id":"wamid.HBgL",
    ///         "typing_indicator":{"type":"text"}}"#,
    /// )?;
    /// assert!(receipt.typing_indicator.is_some(), "read, and an answer is being written");
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct Receipt {
        /// `whatsapp`.
        pub messaging_product: WhatsApp = "messaging_product",
        /// That it was read.
        pub status: ReceiptStatus = "status",
        /// The customer's message.
        pub message_id: MessageId = "message_id",
        /// That an answer is being written.
        pub typing_indicator: Option<TypingIndicator> = "typing_indicator",
    }
    check |receipt, found| {
        if receipt.messaging_product.is_absent() {
            found.add("messaging_product", "whatsapp, found none or another");
        }
        if receipt.status != ReceiptStatus::Read {
            found.add("status", "read");
        }
        if receipt.message_id.as_str().is_empty() {
            found.add("message_id", "the id of a message, found none");
        }
    }
}

open_enum! {
    /// What is told of a message.
    ///
    /// ```
    /// use whatsapp_cloud::api::messages::{Receipt, ReceiptStatus};
    ///
    /// let receipt: Receipt = serde_json::from_str(
    ///     r#"{"status":"read","message_id":"wamid.HBgL"}"#,
    /// )?;
    /// assert_eq!(receipt.status, ReceiptStatus::Read);
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    ReceiptStatus {
        /// That it was read.
        Read = "read",
    }
}

object! {
    /// That an answer is being written.
    ///
    /// ```
    /// use whatsapp_cloud::api::messages::TypingIndicator;
    ///
    /// let indicator: TypingIndicator = serde_json::from_str(r#"{"type":"text"}"#)?;
    /// assert_eq!(indicator.kind, "text");
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct TypingIndicator {
        /// `text`, the only possible one.
        pub kind: String = "type",
    }
    check |indicator, found| {
        if indicator.kind != "text" {
            found.add("type", "text");
        }
    }
}

fn receipt(
    operation: &'static str,
    from: &PhoneNumberId,
    message_id: &MessageId,
    typing_indicator: Option<TypingIndicator>,
) -> Result<Request> {
    let status = ReceiptStatus::Read;
    let message_id = message_id.clone();
    let receipt = Receipt { status, message_id, typing_indicator, ..Receipt::default() };
    let mut violations = Violations::default();
    violations.numeric_id("from", from.as_str());
    receipt.check(&mut violations);
    violations.into_result(operation)?;
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

impl Operation for MarkAsRead {
    const METHOD: Method = Method::Post;
    const PATH: &'static str = "/{Phone-Number-ID}/messages";
    type Body = Receipt;
}

impl Endpoint for ShowTyping {
    type Response = Success;
    const OPERATION: &'static str = "show typing";
    const IDEMPOTENT: bool = false;

    fn request(&self) -> Result<Request> {
        let typing = TypingIndicator { kind: "text".to_owned(), ..TypingIndicator::default() };
        receipt(Self::OPERATION, &self.from, &self.message_id, Some(typing))
    }
}

impl Operation for ShowTyping {
    const METHOD: Method = Method::Post;
    const PATH: &'static str = "/{Phone-Number-ID}/messages";
    type Body = Receipt;
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
