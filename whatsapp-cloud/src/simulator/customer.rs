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
    ///
    /// ```
    /// use whatsapp_cloud::api::messages::Message;
    /// use whatsapp_cloud::simulator::Simulator;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> whatsapp_cloud::Result<()> {
    /// let simulator = Simulator::builder().start().await?;
    /// let account = simulator.account_id().clone();
    /// simulator.add_number(account, "106540352242923", "5511955550100");
    /// simulator.customer("5511999990001").writing_to("106540352242923").says("Olá").await;
    ///
    /// // The window is open for that number, and no other.
    /// let client = simulator.client()?;
    /// let answer = || Message::text("5511999990001", "Oi");
    /// client.phone_number("106540352242923").send(answer()).await?;
    /// let another = client.phone_number(simulator.phone_number_id().clone());
    /// assert!(another.send(answer()).await.is_err());
    /// # Ok(()) }
    /// ```
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
    ///
    /// ```
    /// use whatsapp_cloud::api::messages::Message;
    /// use whatsapp_cloud::simulator::Simulator;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> whatsapp_cloud::Result<()> {
    /// let simulator = Simulator::builder().start().await?;
    /// let ana = simulator.customer("5511999990001").auto_read(false);
    /// ana.says("Olá").await;
    /// let client = simulator.client()?;
    /// let number = client.phone_number(simulator.phone_number_id().clone());
    /// number.send(Message::text(ana.phone(), "Oi!")).await?;
    ///
    /// // Only now the business is told that it was read.
    /// assert_eq!(ana.reads_all().await, 1);
    /// assert_eq!(ana.reads_all().await, 0);
    /// # Ok(()) }
    /// ```
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

    /// Whether the phone is on; it is otherwise. What is for one that is off is told as sent,
    /// and arrives once it is on again.
    ///
    /// ```
    /// use whatsapp_cloud::api::messages::Message;
    /// use whatsapp_cloud::simulator::Simulator;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> whatsapp_cloud::Result<()> {
    /// let simulator = Simulator::builder().start().await?;
    /// let ana = simulator.customer("5511999990001");
    /// ana.says("Olá").await;
    /// let ana = ana.online(false);
    ///
    /// let client = simulator.client()?;
    /// let number = client.phone_number(simulator.phone_number_id().clone());
    /// number.send(Message::text("5511999990001", "Oi, Ana!")).await?;
    /// assert!(ana.inbox().is_empty());
    /// assert_eq!(ana.online(true).inbox().len(), 1);
    /// # Ok(()) }
    /// ```
    #[must_use]
    pub fn online(self, online: bool) -> Self {
        self.shared.change(|world, now| ((), world.switch(&self.phone, online, now)));
        self
    }

    /// Whether the customer wants marketing; they do otherwise. Marketing templates to one who
    /// does not are taken, and fail with 131050.
    ///
    /// ```
    /// use whatsapp_cloud::simulator::Simulator;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> whatsapp_cloud::Result<()> {
    /// let simulator = Simulator::builder().start().await?;
    /// // A campaign must bear both.
    /// let gone = simulator.customer("5511999990001").reachable(false);
    /// let bored = simulator.customer("5511999990002").wants_marketing(false);
    /// # let _ = (gone, bored);
    /// # Ok(()) }
    /// ```
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
    ///
    /// ```
    /// use whatsapp_cloud::api::messages::Message;
    /// use whatsapp_cloud::simulator::Simulator;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> whatsapp_cloud::Result<()> {
    /// let simulator = Simulator::builder().start().await?;
    /// let ana = simulator.customer("5511999990001");
    /// ana.says("Olá").await;
    /// let client = simulator.client()?;
    /// let number = client.phone_number(simulator.phone_number_id().clone());
    /// number.send(Message::text(ana.user_id(), "Oi!")).await?;
    /// assert_eq!(ana.inbox().len(), 1);
    /// # Ok(()) }
    /// ```
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
    ///
    /// ```
    /// use whatsapp_cloud::simulator::Simulator;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> whatsapp_cloud::Result<()> {
    /// let simulator = Simulator::builder().start().await?;
    /// let ana = simulator.customer("5511999990001");
    /// // The webhook tells the id by which the business downloads it.
    /// let photo = ana.sends_file("image", b"a picture".as_slice(), "image/jpeg").await;
    /// assert!(photo.as_str().starts_with("wamid."));
    /// # Ok(()) }
    /// ```
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

    /// Reads one message, which arrives first where it still waits for the phone. Says whether
    /// there was one of that id that was not read yet.
    ///
    /// ```
    /// use whatsapp_cloud::api::messages::Message;
    /// use whatsapp_cloud::simulator::Simulator;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> whatsapp_cloud::Result<()> {
    /// let simulator = Simulator::builder().auto_read(false).start().await?;
    /// let ana = simulator.customer("5511999990001");
    /// ana.says("Olá").await;
    ///
    /// let client = simulator.client()?;
    /// let number = client.phone_number(simulator.phone_number_id().clone());
    /// number.send(Message::text("5511999990001", "Oi, Ana!")).await?;
    /// let id = ana.inbox()[0].id().clone();
    /// assert!(ana.reads(&id).await, "and the business is told");
    /// assert!(!ana.reads(&id).await, "which happens once");
    /// # Ok(()) }
    /// ```
    pub async fn reads(&self, id: &MessageId) -> bool {
        self.shared.change(|world, now| {
            let news = world.customer_reads(&self.phone, id, now);
            (news.is_some(), news.unwrap_or_default())
        })
    }

    /// Lets one message arrive that waits for a phone that is off. Says whether there was one
    /// of that id.
    ///
    /// ```
    /// use whatsapp_cloud::api::messages::Message;
    /// use whatsapp_cloud::simulator::Simulator;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> whatsapp_cloud::Result<()> {
    /// let simulator = Simulator::builder().start().await?;
    /// let ana = simulator.customer("5511999990001");
    /// ana.says("Olá").await;
    /// let ana = ana.online(false);
    ///
    /// let client = simulator.client()?;
    /// let number = client.phone_number(simulator.phone_number_id().clone());
    /// number.send(Message::text("5511999990001", "Oi, Ana!")).await?;
    /// let id = simulator.sent()[0].id().clone();
    /// assert!(ana.receives(&id).await);
    /// assert_eq!(ana.inbox().len(), 1);
    /// # Ok(()) }
    /// ```
    pub async fn receives(&self, id: &MessageId) -> bool {
        self.shared.change(|world, now| {
            let news = world.customer_receives(&self.phone, id, now);
            (news.is_some(), news.unwrap_or_default())
        })
    }

    /// Follows an invite link into a group: see
    /// [`Simulator::join_group`](crate::simulator::Simulator::join_group).
    ///
    /// ```
    /// use whatsapp_cloud::simulator::Simulator;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> whatsapp_cloud::Result<()> {
    /// let simulator = Simulator::builder().start().await?;
    /// let ana = simulator.customer("5511999990001");
    /// assert!(!ana.joins("https://chat.whatsapp.com/none").await);
    /// # Ok(()) }
    /// ```
    pub async fn joins(&self, link: impl AsRef<str>) -> bool {
        self.shared.change(|world, now| {
            let (joined, news) = world.joins_group(&self.phone, link.as_ref(), now);
            (joined, news.into_iter().collect())
        })
    }

    /// Leaves a group, and says whether they were in it. The link leads back into it.
    ///
    /// ```
    /// use whatsapp_cloud::simulator::Simulator;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> whatsapp_cloud::Result<()> {
    /// let simulator = Simulator::builder().start().await?;
    /// assert!(!simulator.customer("5511999990001").leaves("no group").await);
    /// # Ok(()) }
    /// ```
    pub async fn leaves(&self, group: impl AsRef<str>) -> bool {
        self.shared.change(|world, now| {
            let (left, news) = world.leaves_group(&self.phone, group.as_ref(), now);
            (left, news.into_iter().collect())
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
