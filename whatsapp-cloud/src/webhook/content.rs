//! What stands in a message, by its type.

use serde::ser::SerializeMap;

use crate::webhook::attachment::{ContactCard, Location, Media, Order};
use crate::webhook::json::{Form, Json, Step};
use crate::webhook::members::Members;
use crate::webhook::notice::{Edit, Reaction, Revoke, System, Unsupported};
use crate::webhook::read::{Read, plain};
use crate::webhook::record::Own;
use crate::webhook::replies::{
    Button, ButtonReply, CallPermissionReply, FlowReply, ListReply, PaymentMethod, SentTemplate,
};
use crate::wire::Text;

/// What stands in a message.
///
/// Source: <https://developers.facebook.com/docs/whatsapp/cloud-api/webhooks/components#messages-object>
///
/// ```
/// use whatsapp_cloud::webhook::{Content, EventKind, Verified};
///
/// let body = br#"{"entry":[{"changes":[{"field":"messages","value":{
///     "messages":[{"from":"16505551234","id":"wamid.A","type":"text",
///     "text":{"body":"Does it come in another color?"}}]}}]}]}"#;
/// let event = Verified::restored(body).events().next().ok_or("there is one")?;
/// let EventKind::Message(message) = event.kind else { return Err("it is another") };
/// let answer = match &message.content {
///     Content::Text { body } => format!("You asked: {}", body.as_str()),
///     Content::Image(_) => "A fine picture!".to_owned(),
///     _ => "A person will read this.".to_owned(),
/// };
/// assert_eq!(answer, "You asked: Does it come in another color?");
/// # Ok::<(), &str>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Content<'a> {
    /// A text.
    Text {
        /// The text.
        body: Text<'a>,
    },
    /// A picture.
    Image(Box<Media<'a>>),
    /// A film.
    Video(Box<Media<'a>>),
    /// Sound; a voice note when [`Media::voice`] says so.
    Audio(Box<Media<'a>>),
    /// A sticker.
    Sticker(Box<Media<'a>>),
    /// A file.
    Document(Box<Media<'a>>),
    /// A place.
    Location(Box<Location<'a>>),
    /// Contact cards.
    Contacts(Vec<ContactCard<'a>>),
    /// An emoji on a message, or its removal.
    Reaction(Reaction<'a>),
    /// A quick-reply button of a template was pressed.
    Button(Button<'a>),
    /// A reply button was pressed.
    ButtonReply(ButtonReply<'a>),
    /// A row of a list was chosen.
    ListReply(ListReply<'a>),
    /// A Flow was finished, or a form such as the address form.
    FlowReply(FlowReply<'a>),
    /// The customer allowed calls, or did not.
    CallPermissionReply(CallPermissionReply<'a>),
    /// The customer chose how to pay.
    PaymentMethod(Box<PaymentMethod<'a>>),
    /// An interactive reply of a kind that this version does not know.
    UnknownReply {
        /// Meta's word for the kind of reply.
        kind: Option<Text<'a>>,
    },
    /// A cart.
    Order(Order<'a>),
    /// Meta's word about the customer: a new number, a new user id, new keys.
    System(Box<System<'a>>),
    /// A message was changed.
    Edit(Edit<'a>),
    /// A message was deleted for everyone.
    Revoke(Revoke<'a>),
    /// A template that the business sent by other means; in echoes only.
    Template(Box<SentTemplate<'a>>),
    /// The customer opened the chat for the first time. Until March 2026.
    RequestWelcome,
    /// A file of the past, in synchronised history: the file itself may follow under the
    /// same id.
    MediaPlaceholder,
    /// There is nothing but errors, in synchronised history. The message has them.
    Errors,
    /// Meta does not pass this on. The errors of the message say why.
    Unsupported(Unsupported<'a>),
    /// The type is known, and what it holds cannot be read. The event keeps the JSON.
    Unreadable {
        /// Meta's word for the type.
        kind: Text<'a>,
        /// What is wrong.
        reason: UnreadableReason,
    },
    /// A type that this version does not know, or none. The event keeps the JSON.
    Unknown {
        /// Meta's word for the type.
        kind: Option<Text<'a>>,
    },
}

impl Content<'_> {
    /// Meta's word for the type; empty when there is none.
    pub fn kind(&self) -> &str {
        match self {
            Self::Text { .. } => "text",
            Self::Image(_) => "image",
            Self::Video(_) => "video",
            Self::Audio(_) => "audio",
            Self::Sticker(_) => "sticker",
            Self::Document(_) => "document",
            Self::Location(_) => "location",
            Self::Contacts(_) => "contacts",
            Self::Reaction(_) => "reaction",
            Self::Button(_) => "button",
            Self::ButtonReply(_)
            | Self::ListReply(_)
            | Self::FlowReply(_)
            | Self::CallPermissionReply(_)
            | Self::PaymentMethod(_)
            | Self::UnknownReply { .. } => "interactive",
            Self::Order(_) => "order",
            Self::System(_) => "system",
            Self::Edit(_) => "edit",
            Self::Revoke(_) => "revoke",
            Self::Template(_) => "template",
            Self::RequestWelcome => "request_welcome",
            Self::MediaPlaceholder => "media_placeholder",
            Self::Errors => "errors",
            Self::Unsupported(_) => "unsupported",
            Self::Unreadable { kind, .. } => kind.as_str(),
            Self::Unknown { kind } => kind.as_ref().map_or("", Text::as_str),
        }
    }

    /// What a person would read: the text, the caption, what stands on the button.
    ///
    /// For an edited message, what it says now.
    ///
    /// ```
    /// use whatsapp_cloud::webhook::{Content, EventKind, Verified};
    ///
    /// let body = br#"{"entry":[{"changes":[{"field":"messages","value":{"messages":[{
    ///     "id":"wamid.A","type":"image","image":{"id":"1","caption":"Is it this one?"}}]}}]}]}"#;
    /// let event = Verified::restored(body).events().next().ok_or("there is one")?;
    /// let EventKind::Message(message) = event.kind else { return Err("it is another") };
    /// let kept: Content<'static> = message.content.into_owned();
    /// assert_eq!((kept.kind(), kept.text()), ("image", Some("Is it this one?")));
    /// # Ok::<(), &str>(())
    /// ```
    pub fn text(&self) -> Option<&str> {
        let text = match self {
            Self::Text { body } => return Some(body.as_str()),
            Self::Edit(edit) => return edit.message.as_ref()?.content.text(),
            Self::Image(media)
            | Self::Video(media)
            | Self::Audio(media)
            | Self::Sticker(media)
            | Self::Document(media) => &media.caption,
            Self::Location(place) => &place.name,
            Self::Reaction(reaction) => &reaction.emoji,
            Self::Button(button) => &button.text,
            Self::ButtonReply(reply) => &reply.title,
            Self::ListReply(reply) => &reply.title,
            Self::FlowReply(reply) => &reply.body,
            Self::Order(order) => &order.text,
            Self::System(system) => &system.body,
            Self::Contacts(_)
            | Self::CallPermissionReply(_)
            | Self::PaymentMethod(_)
            | Self::UnknownReply { .. }
            | Self::Revoke(_)
            | Self::Template(_)
            | Self::RequestWelcome
            | Self::MediaPlaceholder
            | Self::Errors
            | Self::Unsupported(_)
            | Self::Unreadable { .. }
            | Self::Unknown { .. } => &None,
        };
        text.as_ref().map(Text::as_str)
    }
}

impl Default for Content<'_> {
    fn default() -> Self {
        Self::Unknown { kind: None }
    }
}

/// What was read, or why it could not be.
type Outcome<'a> = Result<Content<'a>, UnreadableReason>;

impl<'a> Content<'a> {
    /// Reads the object of a message of type `name`.
    ///
    /// `None` when this version does not know the type; then nothing was read.
    #[inline]
    pub(super) fn read(name: &str, json: &mut Json<'a>) -> Step<Option<Self>> {
        let content = match name {
            "text" => read_text(json)?,
            "image" => read(json, Self::Image)?,
            "video" => read(json, Self::Video)?,
            "audio" => read(json, Self::Audio)?,
            "voice" => {
                // The word of the old on-premises API.
                json.note(Form::Odd);
                read(json, Self::Audio)?
            }
            "sticker" => read(json, Self::Sticker)?,
            "document" => read(json, Self::Document)?,
            "location" => Location::read(json)?.map(Box::new).map(Self::Location),
            "contacts" => match Read::read(json)? {
                Some(cards) => Ok(Self::Contacts(cards)),
                None => Err(UnreadableReason::NoList),
            },
            "reaction" => read(json, Self::Reaction)?,
            "button" => read(json, Self::Button)?,
            "interactive" => read_reply(json)?,
            "order" => read(json, Self::Order)?,
            "system" => read(json, Self::System)?,
            "edit" => read(json, Self::Edit)?,
            "revoke" => read(json, Self::Revoke)?,
            "template" => read(json, Self::Template)?,
            "unsupported" => read(json, Self::Unsupported)?,
            "unknown" => {
                // The older word for unsupported.
                json.note(Form::Odd);
                read(json, Self::Unsupported)?
            }
            _ => return Ok(None),
        };
        Ok(Some(content.unwrap_or_else(|reason| {
            json.note(Form::Unknown);
            Self::Unreadable { kind: Text::from(name.to_owned()), reason }
        })))
    }

    /// The content of a message of type `kind` that has no object of that name.
    pub(super) fn without_object(kind: &Text<'a>) -> Self {
        let reason = match kind.as_str() {
            // Older messages have no object of that name.
            "unsupported" | "unknown" => return Self::Unsupported(Unsupported::default()),
            "request_welcome" => return Self::RequestWelcome,
            "media_placeholder" => return Self::MediaPlaceholder,
            "errors" => return Self::Errors,
            "contacts" => UnreadableReason::NoList,
            "text" | "image" | "video" | "audio" | "voice" | "sticker" | "document"
            | "location" | "reaction" | "button" | "interactive" | "order" | "system" | "edit"
            | "revoke" | "template" | "ephemeral" => UnreadableReason::NoObject,
            _ => return Self::Unknown { kind: Some(kind.clone()) },
        };
        Self::Unreadable { kind: kind.clone(), reason }
    }

    /// Writes the object named like the type, unless it is kept as it came.
    pub(super) fn write_into<M: SerializeMap>(
        &self,
        other: &Members<'_>,
        map: &mut M,
    ) -> Result<(), M::Error> {
        let name = self.kind();
        if other.has(&[name])
            || (matches!(self, Self::Audio(_)) && other.has(&["voice"]))
            || (matches!(self, Self::Unsupported(_)) && other.has(&["unknown"]))
        {
            return Ok(());
        }
        match self {
            Self::Text { body } => map.serialize_entry(name, &Body { body }),
            Self::Image(media)
            | Self::Video(media)
            | Self::Audio(media)
            | Self::Sticker(media)
            | Self::Document(media) => map.serialize_entry(name, media),
            Self::Location(place) => map.serialize_entry(name, place),
            Self::Contacts(cards) => map.serialize_entry(name, cards),
            Self::Reaction(reaction) => map.serialize_entry(name, reaction),
            Self::Button(button) => map.serialize_entry(name, button),
            Self::ButtonReply(reply) => map.serialize_entry(name, &Reply("button_reply", reply)),
            Self::ListReply(reply) => map.serialize_entry(name, &Reply("list_reply", reply)),
            Self::FlowReply(reply) => map.serialize_entry(name, &Reply("nfm_reply", reply)),
            Self::CallPermissionReply(reply) => {
                map.serialize_entry(name, &Reply("call_permission_reply", reply))
            }
            Self::PaymentMethod(method) => {
                map.serialize_entry(name, &Reply("payment_method", method))
            }
            Self::Order(order) => map.serialize_entry(name, order),
            Self::System(system) => map.serialize_entry(name, system),
            Self::Edit(edit) => map.serialize_entry(name, edit),
            Self::Revoke(revoke) => map.serialize_entry(name, revoke),
            Self::Template(template) => map.serialize_entry(name, template),
            // Since November 2025 there is an object; before, there was none.
            Self::Unsupported(unsupported) if unsupported.kind.is_some() => {
                map.serialize_entry(name, unsupported)
            }
            Self::Unsupported(_)
            | Self::RequestWelcome
            | Self::MediaPlaceholder
            | Self::Errors
            | Self::UnknownReply { .. }
            | Self::Unreadable { .. }
            | Self::Unknown { .. } => Ok(()),
        }
    }
}

#[derive(serde::Serialize)]
struct Body<'b> {
    body: &'b Text<'b>,
}

/// A reply as it stands in `interactive`: beside its type.
struct Reply<'r, T>(&'static str, &'r T);

impl<T: serde::Serialize> serde::Serialize for Reply<'_, T> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(2))?;
        map.serialize_entry("type", self.0)?;
        map.serialize_entry(self.0, self.1)?;
        map.end()
    }
}

fn read<'a, T: Read<'a>>(
    json: &mut Json<'a>,
    content: impl FnOnce(T) -> Content<'a>,
) -> Step<Outcome<'a>> {
    Ok(T::read(json)?.map(content).ok_or(UnreadableReason::NoObject))
}

#[inline]
fn read_text<'a>(json: &mut Json<'a>) -> Step<Outcome<'a>> {
    let Some(mut sign) = json.object() else {
        json.skip()?;
        return Ok(Err(UnreadableReason::NoObject));
    };
    let mut body = None;
    while let Some(name) = json.member(&mut sign) {
        if json.plain(name) == "body" {
            plain::fill(&mut body, json)?;
        } else {
            json.skip()?;
            json.note(Form::Unknown);
        }
    }
    Ok(body.map(|body| Content::Text { body }).ok_or(UnreadableReason::Member("body")))
}

/// Reads `interactive`: the reply stands in the member that is named like its type.
fn read_reply<'a>(json: &mut Json<'a>) -> Step<Outcome<'a>> {
    let Some(mut sign) = json.object() else {
        json.skip()?;
        return Ok(Err(UnreadableReason::NoObject));
    };
    let mut kind: Option<Text<'a>> = None;
    let mut reply = None;
    while let Some(name) = json.member(&mut sign) {
        let read = match &*json.plain(name) {
            "type" => {
                plain::fill(&mut kind, json)?;
                continue;
            }
            "button_reply" => read(json, Content::ButtonReply)?,
            "list_reply" => read(json, Content::ListReply)?,
            "nfm_reply" => read(json, Content::FlowReply)?,
            "call_permission_reply" => read(json, Content::CallPermissionReply)?,
            "payment_method" => read(json, Content::PaymentMethod)?,
            _ => {
                json.skip()?;
                json.note(Form::Unknown);
                continue;
            }
        };
        let named = kind.as_ref().is_some_and(|kind| *kind == *name);
        if named || reply.is_none() {
            reply = Some((name, read));
        } else {
            // One that is not meant.
            json.note(Form::Unknown);
        }
    }
    match (kind, reply) {
        (Some(kind), Some((name, read))) if kind == *name => Ok(read),
        (kind, _) => {
            json.note(Form::Unknown);
            Ok(match kind.as_ref().map(Text::as_str) {
                Some(
                    "button_reply"
                    | "list_reply"
                    | "nfm_reply"
                    | "call_permission_reply"
                    | "payment_method",
                ) => Err(UnreadableReason::NoObject),
                _ => Ok(Content::UnknownReply { kind }),
            })
        }
    }
}

impl Content<'_> {
    /// A copy that borrows nothing.
    pub fn into_owned(self) -> Content<'static> {
        match self {
            Self::Text { body } => Content::Text { body: body.into_owned() },
            Self::Image(media) => Content::Image(media.own()),
            Self::Video(media) => Content::Video(media.own()),
            Self::Audio(media) => Content::Audio(media.own()),
            Self::Sticker(media) => Content::Sticker(media.own()),
            Self::Document(media) => Content::Document(media.own()),
            Self::Location(place) => Content::Location(Box::new(place.into_owned())),
            Self::Contacts(cards) => Content::Contacts(cards.own()),
            Self::Reaction(reaction) => Content::Reaction(reaction.into_owned()),
            Self::Button(button) => Content::Button(button.into_owned()),
            Self::ButtonReply(reply) => Content::ButtonReply(reply.into_owned()),
            Self::ListReply(reply) => Content::ListReply(reply.into_owned()),
            Self::FlowReply(reply) => Content::FlowReply(reply.into_owned()),
            Self::CallPermissionReply(reply) => Content::CallPermissionReply(reply.into_owned()),
            Self::PaymentMethod(method) => Content::PaymentMethod(method.own()),
            Self::UnknownReply { kind } => Content::UnknownReply { kind: kind.own() },
            Self::Order(order) => Content::Order(order.into_owned()),
            Self::System(system) => Content::System(system.own()),
            Self::Edit(edit) => Content::Edit(edit.into_owned()),
            Self::Revoke(revoke) => Content::Revoke(revoke.into_owned()),
            Self::Template(template) => Content::Template(template.own()),
            Self::RequestWelcome => Content::RequestWelcome,
            Self::MediaPlaceholder => Content::MediaPlaceholder,
            Self::Errors => Content::Errors,
            Self::Unsupported(unsupported) => Content::Unsupported(unsupported.into_owned()),
            Self::Unreadable { kind, reason } => {
                Content::Unreadable { kind: kind.into_owned(), reason }
            }
            Self::Unknown { kind } => Content::Unknown { kind: kind.own() },
        }
    }
}

impl Own for Content<'_> {
    type Owned = Content<'static>;

    fn own(self) -> Content<'static> {
        self.into_owned()
    }
}

/// Why the content of a message cannot be read.
///
/// ```
/// use whatsapp_cloud::webhook::{Content, EventKind, UnreadableReason, Verified};
///
/// let body = br#"{"entry":[{"changes":[{"field":"messages","value":{
///     "messages":[{"from":"16505551234","id":"wamid.A","type":"image",
///     "image":[]}]}}]}]}"#;
/// let event = Verified::restored(body).events().next().ok_or("there is one")?;
/// let EventKind::Message(message) = event.kind else { return Err("it is another") };
/// let Content::Unreadable { reason, .. } = message.content else { return Err("it is none") };
/// assert_eq!(reason, UnreadableReason::NoObject);
/// # Ok::<(), &str>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum UnreadableReason {
    /// The object named like the type is missing, or is no object.
    #[error("the object of that type is missing or no object")]
    NoObject,
    /// The list named like the type is missing, or is no list.
    #[error("the list of that type is missing or no list")]
    NoList,
    /// A member without which the rest means nothing is missing or of a wrong type.
    #[error("the member {0} is missing or unreadable")]
    Member(&'static str),
}
