//! A template, filled in.
//!
//! Source: <https://developers.facebook.com/docs/whatsapp/cloud-api/guides/send-message-templates>

use std::collections::HashSet;

use crate::api::Violations;
use crate::api::messages::template::{Button, Component, ComponentKind, Parameter};
use crate::wire::object;

const NAME: usize = 512;
const BODY_TEXT: usize = 1_024;
const LONE_BODY_TEXT: usize = 32_768;
/// Up to so many parts are compared with each other.
const FEW: usize = 16;

object! {
    /// A template by name and language, and what its placeholders are filled with.
    ///
    /// Placeholders are numbered or named, as the template was made.
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
    pub struct Template {
        /// Its name.
        pub name: String = "name",
        /// Its language; a template exists in each language by itself. Required.
        pub language: Option<TemplateLanguage> = "language",
        /// What fills its placeholders, part by part.
        pub components: Vec<Component> = "components",
    }
    check |template, found| {
        check_name("name", &template.name, found);
        if template.language.is_none() {
            found.add("language", "a language, found none");
        }
        check_parts(&template.components, found);
    }
}

object! {
    /// The language of a template.
    ///
    /// ```
    /// use whatsapp_cloud::api::messages::{Template, TemplateLanguage};
    ///
    /// let template = Template::new("order_confirmation", "pt_BR");
    /// let TemplateLanguage { code, .. } = template.language.unwrap();
    /// assert_eq!(code, "pt_BR");
    /// ```
    pub struct TemplateLanguage {
        /// As Meta writes it: `pt_BR`.
        pub code: String = "code",
        /// `deterministic`, the only possible one: no longer needed.
        pub policy: Option<String> = "policy",
    }
    check |language, found| {
        let is_letter = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
        if language.code.is_empty() || !language.code.bytes().all(is_letter) {
            found.add("code", "a language such as pt_BR");
        }
        if let Some(policy) = &language.policy {
            found.within("policy", |found| found.word(policy, &["deterministic"]));
        }
    }
}

impl Template {
    /// A template without values.
    pub fn new(name: impl Into<String>, language: impl Into<String>) -> Self {
        let language = TemplateLanguage { code: language.into(), ..TemplateLanguage::default() };
        Self { name: name.into(), language: Some(language), ..Self::default() }
    }

    /// Fills the header, which has one placeholder at most.
    #[must_use]
    pub fn header(self, parameter: impl Into<Parameter>) -> Self {
        self.component(Component::header([parameter.into()]))
    }

    /// Fills the body's numbered placeholders, in order.
    #[must_use]
    pub fn body<I: IntoIterator<Item: Into<Parameter>>>(self, parameters: I) -> Self {
        self.component(Component::body(parameters))
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
        self.component(button.into())
    }

    /// Fills any part.
    ///
    /// ```
    /// use whatsapp_cloud::api::messages::{Component, Template};
    ///
    /// let cards = ["Aloe", "Cactus"].map(|plant| [Component::body([plant])]);
    /// let template = Template::new("novidades", "pt_BR").component(Component::carousel(cards));
    /// assert_eq!(template.components[0].cards.len(), 2);
    /// ```
    #[must_use]
    pub fn component(mut self, component: Component) -> Self {
        self.components.push(component);
        self
    }
}

/// A template has one part of each kind, but buttons; a text of the body may be long where it
/// is alone.
///
/// Source: <https://developers.facebook.com/docs/whatsapp/cloud-api/reference/messages#parameter-object>
fn check_parts(parts: &[Component], found: &mut Violations) {
    let most = if parts.len() > 1 { BODY_TEXT } else { LONE_BODY_TEXT };
    found.within("components", |found| {
        let mut seen = HashSet::new();
        for (index, part) in parts.iter().enumerate() {
            found.within_element(index, |found| {
                // Few are sooner looked at than hashed.
                let is_twice = place(part).is_some_and(|own| match parts.get(FEW) {
                    None => parts[..index].iter().any(|earlier| place(earlier) == Some(own)),
                    Some(_) => !seen.insert(own),
                });
                if is_twice {
                    found.say("each part once, found one twice");
                }
                if part.kind == ComponentKind::Body {
                    check_body(part, most, found);
                }
            });
        }
    });
}

/// What only one part can be; nothing where there may be more of its kind.
fn place(part: &Component) -> Option<(&str, Option<u8>)> {
    match (&part.kind, part.index) {
        (ComponentKind::Button, None) => None,
        (ComponentKind::Button, Some(index)) => Some((part.kind.as_str(), Some(index.0))),
        (kind, _) => kind.is_known().then(|| (kind.as_str(), None)),
    }
}

fn check_body(body: &Component, most: usize, found: &mut Violations) {
    found.within("parameters", |found| {
        for (index, parameter) in body.parameters.iter().enumerate() {
            let text = parameter.text.as_deref().unwrap_or_default();
            found.within_element(index, |found| found.length("text", text, 0, most));
        }
    });
}

/// What a template may be called.
pub(in crate::api::messages) fn check_name(path: &str, name: &str, found: &mut Violations) {
    found.length(path, name, 1, NAME);
    // An example of Meta's is called `template-name`: dashes are left to Meta.
    let is_word = |byte: u8| {
        byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'_' | b'-')
    };
    if !name.bytes().all(is_word) {
        found.add(path, "lower-case letters, digits and underscores");
    }
}
