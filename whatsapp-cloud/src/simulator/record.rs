//! What the simulator remembers, for tests and people to look at.

use std::fmt;

use bytes::Bytes;
use serde_json::Value;

use crate::endpoint::Method;
use crate::id::{MessageId, PhoneNumberId};

/// A message that the simulator took. `Debug` shows its kind only.
///
/// ```
/// use whatsapp_cloud::api::messages::Message;
/// use whatsapp_cloud::simulator::{ReceivedMessage, Simulator};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> whatsapp_cloud::Result<()> {
/// let simulator = Simulator::builder().start().await?;
/// let ana = simulator.customer("5511999990001");
/// let question = ana.says("Olá").await;
/// let client = simulator.client()?;
/// let number = client.phone_number(simulator.phone_number_id().clone());
/// number.send(Message::text(ana.phone(), "Oi!")).await?;
///
/// let received: ReceivedMessage = ana.inbox().remove(0);
/// assert_eq!((received.kind(), received.text()), ("text", Some("Oi!")));
/// assert_eq!(received.category(), "service");
/// # Ok(()) }
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct ReceivedMessage {
    pub(super) id: MessageId,
    pub(super) number: PhoneNumberId,
    pub(super) to: String,
    pub(super) kind: String,
    pub(super) text: Option<String>,
    pub(super) category: String,
    pub(super) opaque_data: Option<String>,
    pub(super) raw: Value,
}

impl ReceivedMessage {
    /// Its id.
    pub fn id(&self) -> &MessageId {
        &self.id
    }

    /// The business number it was sent from.
    pub fn from(&self) -> &PhoneNumberId {
        &self.number
    }

    /// Whom it reached: digits. Empty when it reached no one, as when Meta drops a message.
    pub fn to(&self) -> &str {
        &self.to
    }

    /// Meta's word for its kind: `text`, `template`, ….
    pub fn kind(&self) -> &str {
        &self.kind
    }

    /// What a person would read: a text's body, a caption, an emoji.
    pub fn text(&self) -> Option<&str> {
        self.text.as_deref()
    }

    /// What it costs as: `service`, or the category of its template in lower case.
    pub fn category(&self) -> &str {
        &self.category
    }

    /// The data that comes back with each status.
    pub fn opaque_data(&self) -> Option<&str> {
        self.opaque_data.as_deref()
    }

    /// The call's body.
    ///
    /// ```
    /// use whatsapp_cloud::api::messages::Message;
    /// use whatsapp_cloud::simulator::Simulator;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> whatsapp_cloud::Result<()> {
    /// let simulator = Simulator::builder().start().await?;
    /// simulator.customer("5511999990001").says("Olá").await;
    /// let client = simulator.client()?;
    /// let number = client.phone_number(simulator.phone_number_id().clone());
    /// let message = Message::text("5511999990001", "Oi!").with_opaque_data("order 17");
    /// let answer = number.send(message).await?;
    ///
    /// let sent = &simulator.sent()[0];
    /// assert_eq!((sent.id(), sent.from()), (answer.id(), simulator.phone_number_id()));
    /// assert_eq!((sent.to(), sent.opaque_data()), ("5511999990001", Some("order 17")));
    /// assert_eq!(sent.raw()["to"], "+5511999990001");
    /// # Ok(()) }
    /// ```
    pub fn raw(&self) -> &Value {
        &self.raw
    }
}

impl fmt::Debug for ReceivedMessage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ReceivedMessage").field("kind", &self.kind).finish_non_exhaustive()
    }
}

/// The business has read a message of a customer's, or is answering it.
///
/// ```
/// use whatsapp_cloud::simulator::{Receipt, Simulator};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> whatsapp_cloud::Result<()> {
/// let simulator = Simulator::builder().start().await?;
/// let ana = simulator.customer("5511999990001");
/// let question = ana.says("Olá").await;
/// let client = simulator.client()?;
/// let number = client.phone_number(simulator.phone_number_id().clone());
/// number.show_typing(&question).await?;
///
/// let receipt: &Receipt = &simulator.receipts()[0];
/// assert_eq!((receipt.message_id(), receipt.is_typing()), (&question, true));
/// # Ok(()) }
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt {
    pub(super) message_id: MessageId,
    pub(super) typing: bool,
}

impl Receipt {
    /// The customer's message.
    pub fn message_id(&self) -> &MessageId {
        &self.message_id
    }

    /// Whether the typing indicator was shown.
    pub fn is_typing(&self) -> bool {
        self.typing
    }
}

/// One attempt to deliver a webhook. `Debug` shows no contents.
///
/// ```
/// use whatsapp_cloud::simulator::{Delivery, Simulator};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> whatsapp_cloud::Result<()> {
/// let simulator = Simulator::builder().start().await?;
/// simulator.customer("5511999990001").says("Olá").await;
///
/// // Nobody subscribed a callback, so nothing was posted.
/// let deliveries: Vec<Delivery> = simulator.deliveries();
/// assert!(deliveries.iter().all(|delivery| delivery.status() == Some(200)));
/// assert!(deliveries.is_empty());
/// # Ok(()) }
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Delivery {
    pub(super) attempt: u32,
    pub(super) status: Option<u16>,
    pub(super) body: Bytes,
}

impl Delivery {
    /// Which attempt for this body, from 1.
    ///
    /// ```
    /// use whatsapp_cloud::simulator::Delivery;
    ///
    /// /// What was posted in vain, for a test that fails.
    /// fn in_vain(deliveries: &[Delivery]) -> Vec<String> {
    ///     let failed = deliveries.iter().filter(|delivery| delivery.status() != Some(200));
    ///     let told = failed.map(|delivery| {
    ///         format!("attempt {}, {} bytes", delivery.attempt(), delivery.body().len())
    ///     });
    ///     told.collect()
    /// }
    /// ```
    pub fn attempt(&self) -> u32 {
        self.attempt
    }

    /// What the callback answered, if it did.
    pub fn status(&self) -> Option<u16> {
        self.status
    }

    /// The bytes that were posted.
    pub fn body(&self) -> &[u8] {
        &self.body
    }
}

impl fmt::Debug for Delivery {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Delivery")
            .field("attempt", &self.attempt)
            .field("status", &self.status)
            .field("bytes", &self.body.len())
            .finish()
    }
}

/// A call that reached the simulated Graph, and what came of it there, whatever became of the
/// answer on its way. `Debug` shows no ids.
///
/// ```
/// use whatsapp_cloud::simulator::{HandledCall, Simulator};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> whatsapp_cloud::Result<()> {
/// let simulator = Simulator::builder().start().await?;
/// let ana = simulator.customer("5511999990001");
/// let question = ana.says("Olá").await;
/// let client = simulator.client()?;
/// let number = client.phone_number(simulator.phone_number_id().clone());
/// number.mark_as_read(&question).await?;
///
/// let call: &HandledCall = &simulator.calls()[0];
/// assert!(call.took_effect());
/// assert_eq!(call.path(), "106540352242922/messages");
/// # Ok(()) }
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct HandledCall {
    pub(super) method: Method,
    pub(super) path: String,
    pub(super) status: u16,
}

impl HandledCall {
    /// How it was made.
    ///
    /// ```
    /// use whatsapp_cloud::endpoint::Method;
    /// use whatsapp_cloud::simulator::HandledCall;
    ///
    /// /// How often a program asked instead of remembering.
    /// fn questions(calls: &[HandledCall]) -> usize {
    ///     calls.iter().filter(|call| call.method() == Method::Get).count()
    /// }
    /// ```
    pub fn method(&self) -> Method {
        self.method
    }

    /// Its path without the version and without a slash before it.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The status that the simulator answered with.
    pub fn status(&self) -> u16 {
        self.status
    }

    /// Whether it changed something: it was no question, and not refused.
    pub fn took_effect(&self) -> bool {
        self.method != Method::Get && self.status < 300
    }
}

impl fmt::Debug for HandledCall {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HandledCall")
            .field("method", &self.method)
            .field("status", &self.status)
            .finish_non_exhaustive()
    }
}
