//! A message: to whom, what, and in answer to what.

use std::fmt;

use serde_json::{Map, Value};

use crate::api::messages::wire_form::Came;
use crate::api::messages::{
    Buttons, Category, ContactCard, Content, DirectSend, DirectSendConfig, FlowCall, Header,
    Interactive, Link, List, Location, Media, MediaSource, OrderDetails, OrderStatus, Pin, Product,
    ProductList, Reaction, Template, Text,
};
use crate::api::{Recipient, Violations};
use crate::id::{GroupId, MessageId};
use crate::wire::{WhatsApp, object};

/// A message to a customer.
///
/// Built here, checked when it is sent: what does not fit is reported all at once, with the
/// place and the rule. `Debug` shows the kinds only.
///
/// It reads from JSON, whatever stands there, and is written again as it came: also members
/// that this version does not know, and a number written without `+`. What is *sent* by
/// [`SendMessage`](crate::api::messages::SendMessage) is written from what it means: with `+`.
///
/// ```
/// use whatsapp_cloud::MessageId;
/// use whatsapp_cloud::api::messages::Message;
///
/// let message = Message::text("5511999990001", "Olá!")
///     .reply_to(MessageId::new("wamid.HBgNNTUxMTk5OTk5MDAwMRUCABIA"))
///     .with_opaque_data("order 17");
/// assert_eq!(
///     serde_json::to_value(&message)?,
///     serde_json::json!({
///         "messaging_product": "whatsapp",
///         "recipient_type": "individual",
///         "to": "+5511999990001",
///         "type": "text",
///         "text": {"body": "Olá!"},
///         "context": {"message_id": "wamid.HBgNNTUxMTk5OTk5MDAwMRUCABIA"},
///         "biz_opaque_callback_data": "order 17",
///     })
/// );
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone)]
pub struct Message {
    pub(super) product: WhatsApp,
    pub(super) to: Recipient,
    pub(super) content: Content,
    pub(super) context: Option<Context>,
    pub(super) opaque_data: Option<String>,
    pub(super) identity_key_hash: Option<String>,
    pub(super) category: Option<Category>,
    pub(super) direct_send_config: Option<DirectSendConfig>,
    pub(super) ttl: Option<u32>,
    pub(super) ttl_seconds: Option<u32>,
    /// What the members above do not tell.
    pub(super) other: Map<String, Value>,
    /// How to whom and what it is came written, where it was read.
    pub(super) came: Option<Box<Came>>,
    /// What was set on a kind that has no place for it: reported rather than forgotten.
    pub(super) misplaced: Vec<&'static str>,
}

object! {
    /// What a message answers.
    ///
    /// ```
    /// use whatsapp_cloud::api::messages::{Context, Message};
    ///
    /// let answer = Message::text("+16505551234", "Yes, we do!").reply_to("wamid.HBgL");
    /// let context: Context =
    ///     serde_json::from_value(serde_json::to_value(&answer)?["context"].clone())?;
    /// assert_eq!(Some(&context.message_id), answer.replies_to());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub struct Context {
        /// The message.
        pub message_id: MessageId = "message_id",
    }
    check |context, found| {
        if context.message_id.as_str().is_empty() {
            found.add("message_id", "the id of a message, found none");
        }
    }
}

impl Message {
    /// A message with this content.
    pub fn new(to: impl Into<Recipient>, content: Content) -> Self {
        Self {
            product: WhatsApp::default(),
            to: to.into(),
            content,
            context: None,
            opaque_data: None,
            identity_key_hash: None,
            category: None,
            direct_send_config: None,
            ttl: None,
            ttl_seconds: None,
            other: Map::new(),
            came: None,
            misplaced: Vec::new(),
        }
    }

    /// A text of 1 to 4096 characters.
    pub fn text(to: impl Into<Recipient>, body: impl Into<String>) -> Self {
        Self::new(to, Content::Text(Text::new(body)))
    }

    /// A picture.
    pub fn image(to: impl Into<Recipient>, source: MediaSource) -> Self {
        Self::new(to, Content::Image(Media::new(source)))
    }

    /// A film.
    ///
    /// ```
    /// use whatsapp_cloud::api::messages::{MediaSource, Message};
    ///
    /// let film = Message::video("5511999990001", MediaSource::id("1037543291543636"));
    /// assert!(film.with_caption("Como plantar").check().as_slice().is_empty());
    /// ```
    pub fn video(to: impl Into<Recipient>, source: MediaSource) -> Self {
        Self::new(to, Content::Video(Media::new(source)))
    }

    /// A recording.
    pub fn audio(to: impl Into<Recipient>, source: MediaSource) -> Self {
        Self::new(to, Content::Audio(Media::new(source)))
    }

    /// A file of any kind.
    pub fn document(to: impl Into<Recipient>, source: MediaSource) -> Self {
        Self::new(to, Content::Document(Media::new(source)))
    }

    /// A sticker.
    ///
    /// ```
    /// use whatsapp_cloud::api::messages::{MediaSource, Message};
    ///
    /// let sticker = Message::sticker("5511999990001", MediaSource::id("1037543291543636"));
    /// // Nothing can be said with it.
    /// assert!(!sticker.with_caption("Oi!").check().as_slice().is_empty());
    /// ```
    pub fn sticker(to: impl Into<Recipient>, source: MediaSource) -> Self {
        Self::new(to, Content::Sticker(Media::new(source)))
    }

    /// A place.
    ///
    /// ```
    /// use whatsapp_cloud::api::messages::{Location, Message};
    ///
    /// let shop = Location::new(-23.5613, -46.6565).named("Loja", "Avenida Paulista, 1578");
    /// assert_eq!(Message::location("5511999990001", shop).content().kind(), "location");
    /// ```
    pub fn location(to: impl Into<Recipient>, place: Location) -> Self {
        Self::new(to, Content::Location(place))
    }

    /// Contact cards: 1 to 257.
    pub fn contacts(
        to: impl Into<Recipient>,
        cards: impl IntoIterator<Item = ContactCard>,
    ) -> Self {
        Self::new(to, Content::Contacts(cards.into_iter().collect()))
    }

    /// A template, filled in.
    pub fn template(to: impl Into<Recipient>, template: Template) -> Self {
        Self::new(to, Content::Template(template))
    }

    /// Something to press.
    pub fn interactive(to: impl Into<Recipient>, interactive: Interactive) -> Self {
        Self::new(to, Content::Interactive(Box::new(interactive)))
    }

    /// A text with one to three buttons, given as id and title.
    ///
    /// ```
    /// use whatsapp_cloud::api::messages::Message;
    ///
    /// let message =
    ///     Message::buttons("5511999990001", "Confirma?", [("yes", "Sim"), ("no", "Não")]);
    /// assert!(message.check().as_slice().is_empty());
    /// ```
    pub fn buttons<I, T>(
        to: impl Into<Recipient>,
        body: impl Into<String>,
        replies: impl IntoIterator<Item = (I, T)>,
    ) -> Self
    where
        I: Into<String>,
        T: Into<String>,
    {
        Self::interactive(to, Interactive::new(body, Buttons::replies(replies)))
    }

    /// A text with a list to choose from.
    ///
    /// ```
    /// use whatsapp_cloud::api::messages::{List, ListRow, Message};
    ///
    /// let rows = [ListRow::new("am", "Manhã").described("8h a 12h"), ListRow::new("pm", "Tarde")];
    /// let message = Message::list("5511999990001", "Quando?", List::new("Ver").section("", rows));
    /// assert!(message.check().as_slice().is_empty());
    /// ```
    pub fn list(to: impl Into<Recipient>, body: impl Into<String>, list: List) -> Self {
        Self::interactive(to, Interactive::new(body, list))
    }

    /// A text with a button that opens a link.
    ///
    /// ```
    /// use whatsapp_cloud::api::messages::Message;
    ///
    /// let url = "https://www.luckyshrub.com/workshops";
    /// let message = Message::link("5511999990001", "Nossas oficinas", "Ver datas", url);
    /// assert!(message.check().as_slice().is_empty());
    /// ```
    pub fn link(
        to: impl Into<Recipient>,
        body: impl Into<String>,
        title: impl Into<String>,
        url: impl Into<String>,
    ) -> Self {
        Self::interactive(to, Interactive::new(body, Link::new(title, url)))
    }

    /// A text with a button that starts a Flow.
    pub fn flow(to: impl Into<Recipient>, body: impl Into<String>, flow: FlowCall) -> Self {
        Self::interactive(to, Interactive::new(body, flow))
    }

    /// A product of a catalog.
    pub fn product(to: impl Into<Recipient>, product: Product) -> Self {
        Self::interactive(to, Interactive::without_body(product))
    }

    /// Several products below a title of 1 to 60 characters and a text.
    ///
    /// ```
    /// use whatsapp_cloud::api::messages::{Message, ProductList};
    ///
    /// let list = ProductList::new("194836987003835").section("Cactos", ["di9ozbzfi4"]);
    /// let message = Message::products("5511999990001", "Novidades", "Chegaram hoje.", list);
    /// assert!(message.check().as_slice().is_empty());
    /// ```
    pub fn products(
        to: impl Into<Recipient>,
        title: impl Into<String>,
        body: impl Into<String>,
        products: ProductList,
    ) -> Self {
        let title = Header::text(title);
        Self::interactive(to, Interactive::new(body, products).with_header(title))
    }

    /// An order to be paid.
    pub fn order(to: impl Into<Recipient>, body: impl Into<String>, order: OrderDetails) -> Self {
        Self::interactive(to, Interactive::new(body, order))
    }

    /// What has become of an order.
    pub fn order_status(
        to: impl Into<Recipient>,
        body: impl Into<String>,
        status: OrderStatus,
    ) -> Self {
        Self::interactive(to, Interactive::new(body, status))
    }

    /// An emoji on a message of the customer's.
    ///
    /// ```
    /// use whatsapp_cloud::api::messages::Message;
    ///
    /// let thanks = Message::reaction("5511999990001", "wamid.HBgL", "👍");
    /// let no_longer = Message::remove_reaction("5511999990001", "wamid.HBgL");
    /// assert_ne!(thanks, no_longer);
    /// assert_eq!(serde_json::to_value(&no_longer)?["reaction"]["emoji"], "");
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub fn reaction(
        to: impl Into<Recipient>,
        message_id: impl Into<MessageId>,
        emoji: impl Into<String>,
    ) -> Self {
        Self::new(to, Content::Reaction(Reaction::new(message_id, emoji)))
    }

    /// Takes a reaction back.
    pub fn remove_reaction(to: impl Into<Recipient>, message_id: impl Into<MessageId>) -> Self {
        Self::new(to, Content::Reaction(Reaction::removed(message_id)))
    }

    /// Pins or unpins a message of a group.
    pub fn pin(group: impl Into<GroupId>, pin: Pin) -> Self {
        Self::new(group.into(), Content::Pin(pin))
    }

    /// Whether the first link of a text gets a preview.
    ///
    /// ```
    /// use whatsapp_cloud::api::messages::Message;
    ///
    /// let message = Message::text("5511999990001", "https://www.luckyshrub.com/");
    /// let json = serde_json::to_value(message.with_preview_url(true))?;
    /// assert_eq!(json["text"]["preview_url"], true);
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    #[must_use]
    pub fn with_preview_url(mut self, preview: bool) -> Self {
        if let Content::Text(text) = &mut self.content {
            text.preview_url = Some(preview);
        } else {
            self.misplaced.push("preview_url");
        }
        self
    }

    /// What stands below a picture, film or document: at most 1024 characters.
    #[must_use]
    pub fn with_caption(mut self, caption: impl Into<String>) -> Self {
        match self.content.media_mut() {
            Some(media) => media.caption = Some(caption.into()),
            None => self.misplaced.push("caption"),
        }
        self
    }

    /// What a document is called.
    #[must_use]
    pub fn with_filename(mut self, filename: impl Into<String>) -> Self {
        match self.content.media_mut() {
            Some(media) => media.filename = Some(filename.into()),
            None => self.misplaced.push("filename"),
        }
        self
    }

    /// Shows audio as a voice note: OGG with Opus, mono. It may then be reported as played.
    ///
    /// ```
    /// use whatsapp_cloud::api::messages::{MediaSource, Message};
    ///
    /// let recording = Message::audio("5511999990001", MediaSource::id("1037543291543636"));
    /// assert_eq!(serde_json::to_value(recording.as_voice_note())?["audio"]["voice"], true);
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    #[must_use]
    pub fn as_voice_note(mut self) -> Self {
        match self.content.media_mut() {
            Some(media) => media.voice = true,
            None => self.misplaced.push("voice"),
        }
        self
    }

    /// Quotes the message that this one answers. A reaction quotes by itself.
    #[must_use]
    pub fn reply_to(mut self, message_id: impl Into<MessageId>) -> Self {
        self.context = Some(Context { message_id: message_id.into(), ..Context::default() });
        self
    }

    /// Sends along up to 512 characters, which come back with each status of this message.
    ///
    /// With it a message whose answer was lost can be found again.
    #[must_use]
    pub fn with_opaque_data(mut self, data: impl Into<String>) -> Self {
        self.opaque_data = Some(data.into());
        self
    }

    /// Is delivered only while the customer's identity is the one of this hash; 137000 otherwise.
    ///
    /// ```
    /// use whatsapp_cloud::api::messages::Message;
    ///
    /// // As a webhook told it: nobody has taken the number over since.
    /// let secret = Message::text("5511999990001", "Seu extrato: …").to_identity("DF2lS5v2W6x=");
    /// let json = serde_json::to_value(&secret)?;
    /// assert_eq!(json["recipient_identity_key_hash"], "DF2lS5v2W6x=");
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    #[must_use]
    pub fn to_identity(mut self, hash: impl Into<String>) -> Self {
        self.identity_key_hash = Some(hash.into());
        self
    }

    /// Sends it without a template where one would be needed. A beta of Meta's.
    #[must_use]
    pub fn sent_directly(mut self, how: DirectSend) -> Self {
        self.category = Some(how.category);
        self.ttl_seconds = how.seconds;
        self.direct_send_config = how.template_name.map(|name| DirectSendConfig {
            template_name: Some(name),
            ..DirectSendConfig::default()
        });
        self
    }

    /// All that Meta would refuse in it, or drop without a word, as far as can be known here.
    ///
    /// ```
    /// use whatsapp_cloud::api::messages::Message;
    ///
    /// assert_eq!(Message::text("5511999990001", "Olá!").check().as_slice().len(), 0);
    /// assert_eq!(Message::text("Ana", "").check().as_slice().len(), 2);
    /// ```
    pub fn check(&self) -> Violations {
        Violations::of(|found| self.find(found))
    }

    /// Who gets it.
    ///
    /// ```
    /// use whatsapp_cloud::api::Recipient;
    /// use whatsapp_cloud::api::messages::{Content, Message};
    ///
    /// let message = Message::text("+55 11 99999-0001", "Olá!").with_opaque_data("order 17");
    /// assert_eq!(*message.recipient(), Recipient::from("5511999990001"));
    /// assert!(matches!(message.content(), Content::Text(text) if text.body == "Olá!"));
    /// assert_eq!(message.opaque_data(), Some("order 17"));
    /// ```
    pub fn recipient(&self) -> &Recipient {
        &self.to
    }

    /// What it holds.
    pub fn content(&self) -> &Content {
        &self.content
    }

    /// The message it answers.
    pub fn replies_to(&self) -> Option<&MessageId> {
        self.context.as_ref().map(|context| &context.message_id)
    }

    /// What comes back with each status.
    pub fn opaque_data(&self) -> Option<&str> {
        self.opaque_data.as_deref()
    }

    /// As what it is sent, where it is sent directly.
    ///
    /// ```
    /// use whatsapp_cloud::api::messages::{Category, DirectSend, Message};
    ///
    /// let message = Message::text("5511999990001", "Seu pedido saiu para entrega.");
    /// assert_eq!(message.category(), None);
    /// let directly = message.sent_directly(DirectSend::utility());
    /// assert_eq!(directly.category(), Some(&Category::Utility));
    /// ```
    pub fn category(&self) -> Option<&Category> {
        self.category.as_ref()
    }

    /// What was read, and this version does not know. Written again as it came.
    ///
    /// ```
    /// use whatsapp_cloud::api::messages::Message;
    ///
    /// let message: Message = serde_json::from_str(
    ///     r#"{"messaging_product":"whatsapp","to":"+5511999990001","type":"text",
    ///         "text":{"body":"Olá!"},"brand_new":17}"#,
    /// )?;
    /// assert_eq!(message.other()["brand_new"], 17);
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub fn other(&self) -> &Map<String, Value> {
        &self.other
    }
}

/// Whether they mean the same, however who gets it was written in what was read.
impl PartialEq for Message {
    fn eq(&self, another: &Self) -> bool {
        let Self {
            product,
            to,
            content,
            context,
            opaque_data,
            identity_key_hash,
            category,
            direct_send_config,
            ttl,
            ttl_seconds,
            other,
            came: _,
            misplaced,
        } = self;
        *product == another.product
            && *to == another.to
            && *content == another.content
            && *context == another.context
            && *opaque_data == another.opaque_data
            && *identity_key_hash == another.identity_key_hash
            && *category == another.category
            && *direct_send_config == another.direct_send_config
            && *ttl == another.ttl
            && *ttl_seconds == another.ttl_seconds
            && *other == another.other
            && *misplaced == another.misplaced
    }
}

impl fmt::Debug for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Message")
            .field("to", &self.to)
            .field("kind", &self.content.kind())
            .field("is_reply", &self.context.is_some())
            .finish_non_exhaustive()
    }
}
