//! Marketing templates by the Marketing Messages API, which optimises their delivery.
//!
//! Source: <https://developers.facebook.com/docs/whatsapp/marketing-messages-lite-api>

use std::fmt;

use serde::ser::SerializeMap as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::api::messages::wire_form::Came;
use crate::api::messages::{Content, Message, SentMessage, Template, send};
use crate::api::{Lint, Operation, Recipient, Violations};
use crate::endpoint::{Endpoint, Method, Paced, Request};
use crate::error::{Error, ErrorKind, Result};
use crate::id::PhoneNumberId;
use crate::wire::{member, open_enum};

/// Sends a marketing template by the Marketing Messages API.
///
/// Its terms must be signed. Not idempotent: a repeated send is a second message.
///
/// ```
/// use whatsapp_cloud::api::messages::{MarketingMessage, SendMarketingMessage, Template};
/// use whatsapp_cloud::endpoint::Endpoint;
///
/// let message = MarketingMessage::new("5511999990001", Template::new("promo", "pt_BR"));
/// let call = SendMarketingMessage { from: "106540352242922".into(), message };
/// assert_eq!(call.request()?.target()?, "106540352242922/marketing_messages");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// Source: <https://developers.facebook.com/docs/whatsapp/marketing-messages-lite-api/sending-messages>
#[derive(Clone, Debug, PartialEq)]
pub struct SendMarketingMessage {
    /// The number it is sent from.
    pub from: PhoneNumberId,
    /// What is sent, and to whom.
    pub message: MarketingMessage,
}

/// A marketing template, and how it is delivered.
///
/// ```
/// use whatsapp_cloud::api::messages::{MarketingMessage, ProductPolicy, Template};
///
/// let promo = MarketingMessage::new("+5511999990001", Template::new("promo", "pt_BR"));
/// let promo = promo.with_policy(ProductPolicy::Strict).with_activity_sharing(false);
/// assert_eq!(promo.message_activity_sharing, Some(false));
/// ```
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct MarketingMessage {
    /// The message: a template to one person.
    pub message: Message,
    /// What happens when the Marketing Messages API cannot deliver it.
    pub product_policy: Option<ProductPolicy>,
    /// Whether what the customer does with it is shared with Meta; none is as the account says.
    pub message_activity_sharing: Option<bool>,
}

open_enum! {
    /// What happens when the Marketing Messages API cannot deliver a message.
    ///
    /// ```
    /// use whatsapp_cloud::api::messages::{MarketingMessage, ProductPolicy, Template};
    ///
    /// let promo = MarketingMessage::new("+5511999990001", Template::new("promo", "pt_BR"));
    /// let promo = promo.with_policy(ProductPolicy::CloudApiFallback);
    /// assert_eq!(serde_json::to_value(&promo)?["product_policy"], "CLOUD_API_FALLBACK");
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    ProductPolicy {
        /// It goes by Cloud API.
        CloudApiFallback = "CLOUD_API_FALLBACK",
        /// It fails.
        Strict = "STRICT",
    }
}

const NAMES: [&str; 2] = ["product_policy", "message_activity_sharing"];

impl MarketingMessage {
    /// A template, delivered as the account says.
    pub fn new(to: impl Into<Recipient>, template: Template) -> Self {
        let message = Message::template(to, template);
        Self { message, product_policy: None, message_activity_sharing: None }
    }

    /// What happens when it cannot be delivered.
    #[must_use]
    pub fn with_policy(mut self, policy: ProductPolicy) -> Self {
        self.product_policy = Some(policy);
        self
    }

    /// Whether what the customer does with it is shared with Meta.
    #[must_use]
    pub fn with_activity_sharing(mut self, is_shared: bool) -> Self {
        self.message_activity_sharing = Some(is_shared);
        self
    }

    /// All that Meta would refuse in it, as far as can be known here.
    ///
    /// ```
    /// use whatsapp_cloud::api::messages::{MarketingMessage, Template};
    ///
    /// let promo = MarketingMessage::new("+5511999990001", Template::new("promo", "pt_BR"));
    /// assert!(promo.check().as_slice().is_empty());
    /// let promo = MarketingMessage::new("+5511999990001", Template::new("promo", ""));
    /// assert_eq!(promo.check().as_slice().len(), 1, "a template has a language");
    /// ```
    pub fn check(&self) -> Violations {
        let mut found = Violations::default();
        self.find(&mut found);
        found
    }

    fn find(&self, found: &mut Violations) {
        self.message.find(found);
        if !matches!(self.message.content, Content::Template(_) | Content::Unknown { .. }) {
            found.add("type", "a template");
        }
        if matches!(self.message.to, Recipient::Group(_)) {
            found.add("recipient_type", "individual");
        }
        let other = &self.message.other;
        member::check(&self.product_policy, NAMES[0], other, found);
        member::check(&self.message_activity_sharing, NAMES[1], other, found);
    }

    fn write<S: Serializer>(&self, came: Option<&Came>, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        self.message.write(came, &NAMES, &mut map)?;
        let other = &self.message.other;
        member::write(&self.product_policy, NAMES[0], other, &mut map)?;
        member::write(&self.message_activity_sharing, NAMES[1], other, &mut map)?;
        map.end()
    }
}

impl Lint for MarketingMessage {
    fn lint(&self) -> Violations {
        let mut found = Violations::strict();
        self.find(&mut found);
        found
    }
}

struct Meant<'a>(&'a MarketingMessage);

impl Serialize for Meant<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.write(None, serializer)
    }
}

impl Serialize for MarketingMessage {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.write(self.message.came.as_deref(), serializer)
    }
}

impl<'de> Deserialize<'de> for MarketingMessage {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut members = member::members(deserializer)?;
        let product_policy = member::take(&mut members, NAMES[0]);
        let message_activity_sharing = member::take(&mut members, NAMES[1]);
        let message = Message::from_members(members);
        Ok(Self { message, product_policy, message_activity_sharing })
    }
}

impl fmt::Debug for MarketingMessage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MarketingMessage")
            .field("message", &self.message)
            .field("product_policy", &self.product_policy)
            .finish_non_exhaustive()
    }
}

impl Endpoint for SendMarketingMessage {
    type Response = SentMessage;
    const OPERATION: &'static str = "send marketing message";
    const IDEMPOTENT: bool = false;

    fn request(&self) -> Result<Request> {
        let mut found = self.message.check();
        found.numeric_id("from", self.from.as_str());
        found.into_result(Self::OPERATION)?;
        let request = Request::post([self.from.as_str(), "marketing_messages"]);
        request.with_json(&Meant(&self.message)).map_err(|error| {
            Error::new(Self::OPERATION, ErrorKind::InvalidInput).with_source(error)
        })
    }

    fn paced(&self) -> Option<Paced<'_>> {
        Some(send::paced(&self.from, &self.message.message))
    }
}

impl Operation for SendMarketingMessage {
    const METHOD: Method = Method::Post;
    const PATH: &'static str = "/{Phone-Number-ID}/marketing_messages";
    type Body = MarketingMessage;
}
