//! A message with something to press: what stands around it, and how it is written.

use std::fmt;

use serde::ser::SerializeMap as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::{Map, Value};

use crate::api::Violations;
use crate::api::messages::interactive::Action;
use crate::api::messages::interactive::action::{Beside, KINDS, ReadAction};
use crate::api::messages::{Media, MediaSource};
use crate::wire::member::{self, Member};
use crate::wire::{object, open_enum};

const BODY: usize = 1024;
const LIST_BODY: usize = 4096;
const HEADER: usize = 60;
const FOOTER: usize = 60;

/// A message with something to press.
///
/// ```
/// use whatsapp_cloud::api::messages::{Buttons, Interactive, Message};
///
/// let buttons = Buttons::replies([("yes", "Sim"), ("no", "Não")]);
/// let interactive = Interactive::new("Confirma?", buttons).with_footer("Loja");
/// let message = Message::interactive("5511999990001", interactive);
/// assert!(message.check().as_slice().is_empty());
/// ```
///
/// Source: <https://developers.facebook.com/docs/whatsapp/cloud-api/reference/messages#interactive-object>
#[derive(Clone, Default, PartialEq)]
#[non_exhaustive]
pub struct Interactive {
    /// What stands above.
    pub header: Option<Header>,
    /// What it says: 1 to 1024 characters, with a list 4096. Needed, but with a product or when
    /// asking for permission to call.
    pub body: Option<Words>,
    /// What stands below: at most 60 characters.
    pub footer: Option<Words>,
    /// What the members above do not tell. Written again as it came.
    pub other: Map<String, Value>,
    /// Much larger than all the rest.
    action: Box<Action>,
    /// What came in the action, and its members do not tell.
    beside: Beside,
    /// The kind as it came, when it is written in another way: `BUTTON`.
    kind: Option<String>,
}

object! {
    /// A text above, in or below a message.
    ///
    /// ```
    /// use whatsapp_cloud::api::messages::{Buttons, Interactive, Words};
    ///
    /// let mut message = Interactive::new("Pick one", Buttons::replies([("a", "A")]));
    /// message.footer = Some(Words::new("Lucky Shrub"));
    /// assert_eq!(serde_json::to_value(&message)?["footer"]["text"], "Lucky Shrub");
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct Words {
        /// What it says.
        pub text: String = "text",
    }
}

open_enum! {
    /// What stands above a message.
    ///
    /// ```
    /// use whatsapp_cloud::api::messages::{Header, HeaderKind};
    ///
    /// assert_eq!(Header::text("Our new sale").kind, HeaderKind::Text);
    /// ```
    in any case HeaderKind {
        /// A text.
        Text = "text",
        /// A picture.
        Image = "image",
        /// A film.
        Video = "video",
        /// A file.
        Document = "document",
    }
}

object! {
    /// What stands above a message: its kind, and the member that is called like it.
    ///
    /// ```
    /// use whatsapp_cloud::api::messages::{Header, MediaSource};
    ///
    /// let picture = Header::image(MediaSource::id("1037543291543636"));
    /// assert_eq!(
    ///     serde_json::to_string(&picture)?,
    ///     r#"{"type":"image","image":{"id":"1037543291543636"}}"#,
    /// );
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct Header {
        /// What it is.
        pub kind: HeaderKind = "type",
        /// A text of 1 to 60 characters.
        pub text: Option<String> = "text",
        /// A picture.
        pub image: Option<Media> = "image",
        /// A film.
        pub video: Option<Media> = "video",
        /// A file.
        pub document: Option<Media> = "document",
        /// What stands below the text. Undescribed by Meta's present pages.
        pub sub_text: Option<String> = "sub_text",
    }
    check |header, found| {
        let is_there = match header.kind {
            HeaderKind::Text => header.text.is_some(),
            HeaderKind::Image => header.image.is_some(),
            HeaderKind::Video => header.video.is_some(),
            HeaderKind::Document => header.document.is_some(),
            // Known to the caller only: Meta decides.
            HeaderKind::Unknown(ref word) => !word.is_empty(),
        };
        if !is_there {
            found.say("a kind, and the member that is called like it");
        }
        if let Some(text) = &header.text {
            found.length("text", text, 1, HEADER);
        }
    }
}

impl Header {
    /// A text.
    pub fn text(text: impl Into<String>) -> Self {
        Self { kind: HeaderKind::Text, text: Some(text.into()), ..Self::default() }
    }

    /// A picture.
    pub fn image(source: MediaSource) -> Self {
        Self { kind: HeaderKind::Image, image: Some(Media::new(source)), ..Self::default() }
    }

    /// A film.
    pub fn video(source: MediaSource) -> Self {
        Self { kind: HeaderKind::Video, video: Some(Media::new(source)), ..Self::default() }
    }

    /// A file.
    ///
    /// ```
    /// use whatsapp_cloud::api::messages::{Header, MediaSource};
    ///
    /// let invoice = Header::document(MediaSource::id("1013859600285441"), "nota.pdf");
    /// assert_eq!(invoice.document.unwrap().filename.as_deref(), Some("nota.pdf"));
    /// ```
    pub fn document(source: MediaSource, filename: impl Into<String>) -> Self {
        let document = Media { filename: Some(filename.into()), ..Media::new(source) };
        Self { kind: HeaderKind::Document, document: Some(document), ..Self::default() }
    }
}

impl Words {
    /// These words.
    pub fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }
}

impl Interactive {
    fn of(body: Option<Words>, action: Action) -> Self {
        Self {
            header: None,
            body,
            footer: None,
            other: Map::new(),
            action: Box::new(action),
            beside: Beside::default(),
            kind: None,
        }
    }

    /// A text with something to press.
    pub fn new(body: impl Into<String>, action: impl Into<Action>) -> Self {
        Self::of(Some(Words::new(body)), action.into())
    }

    /// Something to press, without a text: a product.
    ///
    /// ```
    /// use whatsapp_cloud::api::messages::{Interactive, Product};
    ///
    /// let product = Interactive::without_body(Product::new("194836987003835", "di9ozbzfi4"));
    /// assert_eq!((product.body, product.footer), (None, None));
    /// ```
    pub fn without_body(action: impl Into<Action>) -> Self {
        Self::of(None, action.into())
    }

    /// What stands above.
    ///
    /// ```
    /// use whatsapp_cloud::api::messages::{Header, Interactive, Link, MediaSource};
    ///
    /// let shop = Link::new("Shop", "https://www.luckyshrub.com/");
    /// let film = Header::video(MediaSource::id("1037543291543636"));
    /// let message = Interactive::new("Our new plants", shop).with_header(film);
    /// assert_eq!(message.header.unwrap().kind.as_str(), "video");
    /// ```
    #[must_use]
    pub fn with_header(mut self, header: Header) -> Self {
        self.header = Some(header);
        self
    }

    /// What stands below: at most 60 characters.
    #[must_use]
    pub fn with_footer(mut self, footer: impl Into<String>) -> Self {
        self.footer = Some(Words::new(footer));
        self
    }

    /// What can be pressed.
    ///
    /// ```
    /// use whatsapp_cloud::api::messages::{Action, Interactive, Product};
    ///
    /// let product = Interactive::without_body(Product::new("194836987003835", "di9ozbzfi4"));
    /// assert!(matches!(product.action(), Action::Product(_)));
    /// ```
    pub fn action(&self) -> &Action {
        &self.action
    }

    fn from_members(mut members: Map<String, Value>) -> Self {
        let word = match members.remove("type") {
            Some(Value::String(word)) => Some(word),
            Some(other) => {
                members.insert("type".to_owned(), other);
                None
            }
            None => None,
        };
        let word = word.unwrap_or_default();
        let ReadAction { action, beside } = Action::read(&word, members.remove("action"));
        Self {
            header: member::take(&mut members, "header"),
            body: member::take(&mut members, "body"),
            footer: member::take(&mut members, "footer"),
            kind: (action.kind() != word).then_some(word),
            action: Box::new(action),
            beside,
            other: members,
        }
    }

    fn check_around(&self, found: &mut Violations) {
        let action = &*self.action;
        match &self.body {
            None if action.needs_body() => found.add("body", "a text, found none"),
            None => {}
            Some(body) => {
                let most = if matches!(action, Action::List(_)) { LIST_BODY } else { BODY };
                found.within("body", |found| check_words(&body.text, most, found));
            }
        }
        if let Some(footer) = &self.footer {
            found.within("footer", |found| check_words(&footer.text, FOOTER, found));
        }
        if matches!(action, Action::Carousel(_)) && self.footer.is_some() {
            found.add("footer", "not with a carousel");
        }
        let header = self.header.as_ref().map(|header| &header.kind);
        match (action, header) {
            // A kind that is not known is found elsewhere.
            (_, Some(HeaderKind::Unknown(_))) => {}
            (Action::List(_) | Action::VoiceCall(_), Some(kind)) if *kind != HeaderKind::Text => {
                found.add("header", "a text only");
            }
            (Action::ProductList(_), kind) if kind != Some(&HeaderKind::Text) => {
                found.add("header", "a text");
            }
            (Action::Product(_) | Action::Carousel(_), Some(_)) => {
                found.add("header", "not with a product or a carousel");
            }
            _ => {}
        }
    }
}

pub(in crate::api::messages) fn check_words(text: &str, most: usize, found: &mut Violations) {
    found.length("text", text, 1, most);
}

const NAMES: [&str; 5] = ["type", "header", "body", "footer", "action"];

impl Serialize for Interactive {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        let kind = self.kind.as_deref().unwrap_or(self.action.kind());
        if !kind.is_empty() {
            map.serialize_entry("type", kind)?;
        } else if let Some(kind) = self.other.get("type") {
            map.serialize_entry("type", kind)?;
        }
        member::write(&self.header, "header", &self.other, &mut map)?;
        member::write(&self.body, "body", &self.other, &mut map)?;
        member::write(&self.footer, "footer", &self.other, &mut map)?;
        if self.action.is_written() {
            map.serialize_entry("action", &self.action.with(&self.beside))?;
        }
        for (name, value) in &self.other {
            if !NAMES.contains(&name.as_str()) {
                map.serialize_entry(name, value)?;
            }
        }
        map.end()
    }
}

impl<'de> Deserialize<'de> for Interactive {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        member::members(deserializer).map(Self::from_members)
    }
}

impl Member for Interactive {
    fn read(value: Value) -> Result<member::Read<Self>, Value> {
        match value {
            Value::Object(members) => member::Read::usual(Self::from_members(members)),
            other => Err(other),
        }
    }

    fn is_absent(&self) -> bool {
        false
    }

    fn check(&self, found: &mut Violations) {
        member::check(&self.header, "header", &self.other, found);
        member::check(&self.body, "body", &self.other, found);
        member::check(&self.footer, "footer", &self.other, found);
        self.check_around(found);
        if self.other.contains_key("type") {
            found.add("type", "a value of another type");
        } else if self.action.kind().is_empty() {
            found.add("type", "a type, found none");
        }
        found.within("type", |found| found.word(self.action.kind(), KINDS));
        found.within("action", |found| self.action.check(&self.beside, found));
    }
}

/// Shows the kind only.
impl fmt::Debug for Interactive {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Interactive").field("kind", &self.action.kind()).finish_non_exhaustive()
    }
}
