//! A template, filled in: the only message that may open a conversation.
//!
//! Source: <https://developers.facebook.com/docs/whatsapp/cloud-api/guides/send-message-templates>

use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::api::messages::Parameter;
use crate::wire::open_enum;

/// A template by name and language, and what its placeholders are filled with.
///
/// Placeholders are numbered or named, as the template was made; `Debug` shows no values.
///
/// ```
/// use whatsapp_cloud::api::messages::{Button, MediaSource, Message, Parameter, Template};
///
/// let template = Template::new("order_shipped", "pt_BR")
///     .header(Parameter::image(MediaSource::id("2871834006348767")))
///     .body(["Ana", "17"])
///     .button(Button::url(0, "n3mtql"));
/// let named = Template::new("order_shipped", "pt_BR").body_named([("name", "Ana")]);
/// # Message::template("5511999990001", template);
/// # Message::template("5511999990001", named);
/// ```
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Template {
    /// Its name.
    pub name: String,
    /// Its language; a template exists in each language by itself.
    pub language: TemplateLanguage,
    /// What fills its placeholders, part by part.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub components: Vec<Component>,
}

/// The language of a template.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct TemplateLanguage {
    /// As Meta writes it: `pt_BR`.
    pub code: String,
}

impl Template {
    /// A template without values.
    pub fn new(name: impl Into<String>, language: impl Into<String>) -> Self {
        let language = TemplateLanguage { code: language.into() };
        Self { name: name.into(), language, components: Vec::new() }
    }

    /// Fills the header, which has one placeholder at most.
    #[must_use]
    pub fn header(self, parameter: impl Into<Parameter>) -> Self {
        self.component(Component::Header { parameters: vec![parameter.into()] })
    }

    /// Fills the body's numbered placeholders, in order.
    #[must_use]
    pub fn body<I: IntoIterator<Item: Into<Parameter>>>(self, parameters: I) -> Self {
        let parameters = parameters.into_iter().map(Into::into).collect();
        self.component(Component::Body { parameters })
    }

    /// Fills the body's named placeholders, given as name and text.
    #[must_use]
    pub fn body_named<N, T, I>(self, parameters: I) -> Self
    where
        N: Into<String>,
        T: Into<String>,
        I: IntoIterator<Item = (N, T)>,
    {
        self.body(parameters.into_iter().map(|(name, text)| Parameter::named(name, text)))
    }

    /// Fills a button.
    #[must_use]
    pub fn button(self, button: Button) -> Self {
        self.component(Component::Button(button))
    }

    /// Fills any part.
    #[must_use]
    pub fn component(mut self, component: Component) -> Self {
        self.components.push(component);
        self
    }
}

impl fmt::Debug for Template {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Template")
            .field("name", &self.name)
            .field("language", &self.language.code)
            .field("components", &self.components.len())
            .finish()
    }
}

/// What fills one part of a template.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Component {
    /// The header.
    Header {
        /// One value.
        parameters: Vec<Parameter>,
    },
    /// The body.
    Body {
        /// A value for each placeholder: all by order, or all by name.
        parameters: Vec<Parameter>,
    },
    /// A button.
    Button(Button),
    /// A part this version has no type for (carousel, limited-time offer, …), as JSON.
    #[serde(untagged)]
    Other(Map<String, Value>),
}

impl fmt::Debug for Component {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Header { .. } => "Header",
            Self::Body { .. } => "Body",
            Self::Button(_) => "Button",
            Self::Other(_) => "Other",
        })
    }
}

/// What fills a button.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Button {
    /// What the button does.
    #[serde(rename = "sub_type")]
    pub kind: ButtonKind,
    /// Which button, from 0; Meta's examples write it as a string.
    #[serde(with = "index")]
    pub index: u8,
    /// Its values.
    pub parameters: Vec<Parameter>,
}

impl Button {
    /// A button of any kind.
    pub fn new(kind: ButtonKind, index: u8, parameter: impl Into<Parameter>) -> Self {
        Self { kind, index, parameters: vec![parameter.into()] }
    }

    /// A quick reply; `payload` comes back when it is pressed.
    pub fn quick_reply(index: u8, payload: impl Into<String>) -> Self {
        Self::new(ButtonKind::QuickReply, index, Parameter::Payload { payload: payload.into() })
    }

    /// A link; `suffix` takes the place of its placeholder. Also carries one-time codes.
    pub fn url(index: u8, suffix: impl Into<String>) -> Self {
        Self::new(ButtonKind::Url, index, Parameter::text(suffix))
    }

    /// A coupon code to copy.
    pub fn copy_code(index: u8, code: impl Into<String>) -> Self {
        let code = Parameter::CouponCode { coupon_code: code.into() };
        Self::new(ButtonKind::CopyCode, index, code)
    }
}

impl fmt::Debug for Button {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Button")
            .field("kind", &self.kind)
            .field("index", &self.index)
            .finish_non_exhaustive()
    }
}

open_enum! {
    /// What a template's button does. Meta writes `CATALOG` in capitals, the rest not.
    ButtonKind {
        /// Sends a prepared answer.
        QuickReply = "quick_reply",
        /// Opens a link.
        Url = "url",
        /// Copies a code.
        CopyCode = "copy_code",
        /// Opens the catalog.
        Catalog = "CATALOG",
        /// Opens a list of products.
        ProductList = "mpm",
        /// Starts a Flow.
        Flow = "flow",
        /// Calls the business.
        VoiceCall = "voice_call",
    }
}

/// An index as Meta writes it, in a string, and as Meta also takes it, as a number.
mod index {
    use serde::{Deserialize, Deserializer, Serializer, de};

    use crate::wire::Text;

    // serde hands the field over by reference.
    #[allow(clippy::trivially_copy_pass_by_ref)]
    pub(super) fn serialize<S: Serializer>(index: &u8, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(index)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u8, D::Error> {
        let index = Text::deserialize(deserializer)?;
        index.as_str().parse().map_err(|_| de::Error::custom("a button's index is a small number"))
    }
}
