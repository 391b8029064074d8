//! A customer and their phone.

use std::fmt;
use std::sync::Arc;

use serde_json::{Map, Value, json};

use crate::id::{MessageId, PhoneNumberId, UserId};
use crate::simulator::ReceivedMessage;
use crate::simulator::running::Shared;

/// A customer of the simulated business. Their phone delivers and reads by itself, unless
/// told otherwise. `Debug` does not show who it is.
///
/// ```
/// use whatsapp_cloud::simulator::{Customer, Simulator};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> whatsapp_cloud::Result<()> {
/// let simulator = Simulator::builder().start().await?;
/// let ana: Customer = simulator.customer("+55 11 99999-0001").named("Ana");
/// ana.says("Olá").await;
/// assert_eq!(ana.phone(), "5511999990001");
/// assert!(ana.inbox().is_empty(), "nobody has answered yet");
/// # Ok(()) }
/// ```
#[derive(Clone)]
pub struct Customer {
    shared: Arc<Shared>,
    phone: String,
    number: PhoneNumberId,
}

impl Customer {
    pub(super) fn new(shared: Arc<Shared>, phone: &str) -> Self {
        let phone = phone.chars().filter(char::is_ascii_digit).collect();
        let number = shared.phone_number_id.clone();
        Self { shared, phone, number }
    }

    /// The same customer, who writes to another business number from now on.
    #[must_use]
    pub fn writing_to(mut self, number: impl Into<PhoneNumberId>) -> Self {
        self.number = number.into();
        self
    }

    /// Gives the customer a profile name.
    #[must_use]
    pub fn named(self, name: impl AsRef<str>) -> Self {
        self.shared.world().name(&self.phone, name.as_ref());
        self
    }

    /// Whether the phone reads by itself.
    #[must_use]
    pub fn auto_read(self, auto_read: bool) -> Self {
        self.shared.world().person(&self.phone).auto_read = auto_read;
        self
    }

    /// Whether WhatsApp reaches the phone; it does otherwise. Messages to one that it does not
    /// are taken, and fail with 131026.
    #[must_use]
    pub fn reachable(self, reachable: bool) -> Self {
        self.shared.world().person(&self.phone).reachable = reachable;
        self
    }

    /// Whether the customer wants marketing; they do otherwise. Marketing templates to one who
    /// does not are taken, and fail with 131050.
    #[must_use]
    pub fn wants_marketing(self, wants: bool) -> Self {
        self.shared.world().person(&self.phone).wants_marketing = wants;
        self
    }

    /// The phone number, in digits.
    pub fn phone(&self) -> &str {
        &self.phone
    }

    /// The id that Meta made of this customer for this business.
    pub fn user_id(&self) -> UserId {
        self.shared.world().user_id(&self.phone)
    }

    /// Writes a text to the business, which opens the 24-hour window. The webhook is queued.
    pub async fn says(&self, text: impl Into<String>) -> MessageId {
        self.sends(json!({"type": "text", "text": {"body": text.into()}})).await
    }

    /// Sends any kind of message: the object that stands in `messages[]`, without sender, id
    /// and time.
    ///
    /// ```
    /// # use serde_json::json;
    /// # async fn example(ana: whatsapp_cloud::simulator::Customer) {
    /// ana.sends(json!({
    ///     "type": "location",
    ///     "location": {"latitude": -23.5613, "longitude": -46.6565},
    /// })).await;
    /// # }
    /// ```
    pub async fn sends(&self, content: Value) -> MessageId {
        let content = match content {
            Value::Object(content) => content,
            // A bare word is taken for the kind, as `unsupported` needs no more.
            other => Map::from_iter([("type".to_owned(), other)]),
        };
        self.shared
            .change(|world, now| world.customer_writes(&self.phone, &self.number, content, now))
    }

    /// Sends a file: `kind` is Meta's word, `image` for example. The business can download
    /// it.
    pub async fn sends_file(
        &self,
        kind: &str,
        bytes: impl Into<Vec<u8>>,
        mime_type: &str,
    ) -> MessageId {
        self.shared.change(|world, now| {
            let file = world.file_of_customer(&self.number, bytes.into(), mime_type, now);
            let content =
                Map::from_iter([("type".to_owned(), kind.into()), (kind.to_owned(), file)]);
            world.customer_writes(&self.phone, &self.number, content, now)
        })
    }

    /// Reads what arrived and was not read yet, and says how much that was.
    pub async fn reads_all(&self) -> usize {
        self.shared.change(|world, now| {
            let webhooks = world.customer_reads_all(&self.phone, now);
            (webhooks.len(), webhooks)
        })
    }

    /// What arrived, in order.
    pub fn inbox(&self) -> Vec<ReceivedMessage> {
        self.shared.world().inbox(&self.phone).to_vec()
    }
}

impl fmt::Debug for Customer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Customer").finish_non_exhaustive()
    }
}
