//! What stands in a message, by its type.

use serde_json::value::RawValue;

use crate::webhook::attachment::{ContactCard, Location, Media, Order};
use crate::webhook::notice::{Edit, Reaction, Revoke, System, Unsupported};
use crate::webhook::read::{Member, Read, drop_empty, elements, last, members};
use crate::webhook::record::Own;
use crate::webhook::replies::{
    Button, ButtonReply, CallPermissionReply, FlowReply, ListReply, PaymentMethod,
};
use crate::wire::Text;

/// What stands in a message.
///
/// Source: <https://developers.facebook.com/docs/whatsapp/cloud-api/webhooks/components#messages-object>
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Content<'a> {
    /// A text.
    Text {
        /// The text.
        body: Text<'a>,
    },
    /// A picture.
    Image(Media<'a>),
    /// A film.
    Video(Media<'a>),
    /// Sound; a voice note when [`Media::voice`] says so.
    Audio(Media<'a>),
    /// A sticker.
    Sticker(Media<'a>),
    /// A file.
    Document(Media<'a>),
    /// A place.
    Location(Location<'a>),
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
    PaymentMethod(PaymentMethod<'a>),
    /// An interactive reply of a kind that this version does not know.
    UnknownReply {
        /// Meta's word for the kind of reply.
        kind: Option<Text<'a>>,
    },
    /// A cart.
    Order(Order<'a>),
    /// Meta's word about the customer: a new number, a new user id, new keys.
    System(System<'a>),
    /// A message was changed.
    Edit(Edit<'a>),
    /// A message was deleted for everyone.
    Revoke(Revoke<'a>),
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
            Self::Unsupported(_) => "unsupported",
            Self::Unreadable { kind, .. } => kind.as_str(),
            Self::Unknown { kind } => kind.as_ref().map_or("", Text::as_str),
        }
    }

    /// What a person would read: the text, the caption, what stands on the button.
    ///
    /// For an edited message, what it says now.
    pub fn text(&self) -> Option<&str> {
        let text = match self {
            Self::Text { body } => return Some(body.as_str()),
            Self::Edit(edit) => return edit.content.as_deref()?.text(),
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

impl<'a> Content<'a> {
    /// The content of a message of type `kind`, whose own object is one of `members`.
    pub(super) fn of(kind: Option<&Text<'a>>, members: &[Member<'a>]) -> Self {
        match kind.map(|kind| (kind.as_str(), kind)) {
            Some(("edit", kind)) => or_unreadable(kind, read(last(members, "edit"), Self::Edit)),
            Some((_, kind)) => Self::of_unedited(kind, members),
            None => Self::default(),
        }
    }

    /// The same for the message inside an edit.
    pub(super) fn of_unedited(kind: &Text<'a>, members: &[Member<'a>]) -> Self {
        let own = last(members, kind.as_str());
        let content = match kind.as_str() {
            "text" => read_text(own),
            "image" => read(own, Self::Image),
            "video" => read(own, Self::Video),
            // `voice` is the word of the old on-premises API.
            "audio" | "voice" => read(own, Self::Audio),
            "sticker" => read(own, Self::Sticker),
            "document" => read(own, Self::Document),
            "location" => {
                own.ok_or(UnreadableReason::NoObject).and_then(Location::read).map(Self::Location)
            }
            "contacts" => own
                .and_then(elements)
                .map(|cards| Self::Contacts(cards.into_iter().filter_map(Read::read).collect()))
                .ok_or(UnreadableReason::NoList),
            "reaction" => read(own, |mut reaction: Reaction<'a>| {
                // Meta writes a removal both ways.
                drop_empty(&mut reaction.emoji);
                Self::Reaction(reaction)
            }),
            "button" => read(own, Self::Button),
            "interactive" => read_reply(own),
            "order" => read(own, Self::Order),
            "system" => read(own, Self::System),
            "revoke" => read(own, Self::Revoke),
            // Older messages have no object of that name.
            "unsupported" | "unknown" => {
                Ok(Self::Unsupported(own.and_then(Read::read).unwrap_or_default()))
            }
            _ => Ok(Self::Unknown { kind: Some(kind.clone()) }),
        };
        or_unreadable(kind, content)
    }
}

/// What was read, or why it could not be.
type Outcome<'a> = Result<Content<'a>, UnreadableReason>;

fn or_unreadable<'a>(kind: &Text<'a>, content: Outcome<'a>) -> Content<'a> {
    content.unwrap_or_else(|reason| Content::Unreadable { kind: kind.clone(), reason })
}

fn read<'a, T: Read<'a>>(
    own: Option<&'a RawValue>,
    content: impl FnOnce(T) -> Content<'a>,
) -> Outcome<'a> {
    own.and_then(T::read).map(content).ok_or(UnreadableReason::NoObject)
}

fn read_text<'a>(own: Option<&'a RawValue>) -> Outcome<'a> {
    let members = own.and_then(members).ok_or(UnreadableReason::NoObject)?;
    let body = last(&members, "body").and_then(Text::read);
    Ok(Content::Text { body: body.ok_or(UnreadableReason::Member("body"))? })
}

fn read_reply<'a>(own: Option<&'a RawValue>) -> Outcome<'a> {
    let members = own.and_then(members).ok_or(UnreadableReason::NoObject)?;
    let Some(kind) = last(&members, "type").and_then(Text::read) else {
        return Ok(Content::UnknownReply { kind: None });
    };
    let own = last(&members, kind.as_str());
    match kind.as_str() {
        "button_reply" => read(own, Content::ButtonReply),
        "list_reply" => read(own, Content::ListReply),
        "nfm_reply" => read(own, Content::FlowReply),
        "call_permission_reply" => read(own, Content::CallPermissionReply),
        "payment_method" => read(own, Content::PaymentMethod),
        _ => Ok(Content::UnknownReply { kind: Some(kind) }),
    }
}

impl Content<'_> {
    /// A copy that borrows nothing.
    pub fn into_owned(self) -> Content<'static> {
        match self {
            Self::Text { body } => Content::Text { body: body.into_owned() },
            Self::Image(media) => Content::Image(media.into_owned()),
            Self::Video(media) => Content::Video(media.into_owned()),
            Self::Audio(media) => Content::Audio(media.into_owned()),
            Self::Sticker(media) => Content::Sticker(media.into_owned()),
            Self::Document(media) => Content::Document(media.into_owned()),
            Self::Location(place) => Content::Location(place.into_owned()),
            Self::Contacts(cards) => Content::Contacts(cards.own()),
            Self::Reaction(reaction) => Content::Reaction(reaction.into_owned()),
            Self::Button(button) => Content::Button(button.into_owned()),
            Self::ButtonReply(reply) => Content::ButtonReply(reply.into_owned()),
            Self::ListReply(reply) => Content::ListReply(reply.into_owned()),
            Self::FlowReply(reply) => Content::FlowReply(reply.into_owned()),
            Self::CallPermissionReply(reply) => Content::CallPermissionReply(reply.into_owned()),
            Self::PaymentMethod(method) => Content::PaymentMethod(method.into_owned()),
            Self::UnknownReply { kind } => Content::UnknownReply { kind: kind.own() },
            Self::Order(order) => Content::Order(order.into_owned()),
            Self::System(system) => Content::System(system.into_owned()),
            Self::Edit(edit) => Content::Edit(edit.into_owned()),
            Self::Revoke(revoke) => Content::Revoke(revoke.into_owned()),
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
