//! One thing that Meta tells.

use std::fmt;

use crate::webhook::message::Message;
use crate::webhook::raw::Raw;
use crate::webhook::record::Own;
use crate::webhook::status::Status;
use crate::wire::{GraphError, Text};

/// One thing that Meta tells, where it was told, and its own JSON.
///
/// Borrows from the body; [`Event::into_owned`] lets it outlive it.
///
/// The same event may be told more than once, in another delivery and between other
/// neighbours: [`Event::dedupe_key`] is the same each time.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Event<'a> {
    /// The WhatsApp Business Account (`entry[].id`); for a few account events, the business.
    pub account_id: Option<Text<'a>>,
    /// When Meta says it happened (`entry[].time`), in seconds since 1970. Messages have a
    /// time of their own instead.
    pub time: Option<i64>,
    /// What the change is about (`changes[].field`): `messages`, `calls`, …
    pub field: Option<Text<'a>>,
    /// Which list or member it was found in: `messages`, `statuses`, `errors`, or one that
    /// this version does not know. None when it is the change as a whole.
    pub member: Option<Text<'a>>,
    /// Your phone number, as an id.
    pub phone_number_id: Option<Text<'a>>,
    /// Your phone number, for people to read. Not always digits only.
    pub display_phone_number: Option<Text<'a>>,
    /// What is told.
    pub kind: EventKind<'a>,
    /// The event's own JSON: the message, the status, the error, or whatever is unknown or
    /// malformed. None only when the body is no JSON.
    pub raw: Option<Raw<'a>>,
}

impl Event<'_> {
    /// A copy that borrows nothing.
    pub fn into_owned(self) -> Event<'static> {
        Event {
            account_id: self.account_id.own(),
            time: self.time,
            field: self.field.own(),
            member: self.member.own(),
            phone_number_id: self.phone_number_id.own(),
            display_phone_number: self.display_phone_number.own(),
            kind: self.kind.into_owned(),
            raw: self.raw.own(),
        }
    }
}

/// What is told.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum EventKind<'a> {
    /// A customer wrote.
    Message(Box<Message<'a>>),
    /// Something became of a message.
    Status(Box<Status<'a>>),
    /// Meta reports an error of yours or of its own (`value.errors[]`).
    Error(Box<GraphError>),
    /// Something this version does not know, or a change with nothing in it.
    Unknown,
    /// A place that is known, and holds what cannot be read.
    Malformed(Malformed),
    /// The body as a whole cannot be read.
    Unparsed(Unparsed),
}

impl EventKind<'_> {
    fn into_owned(self) -> EventKind<'static> {
        match self {
            Self::Message(message) => EventKind::Message(message.own()),
            Self::Status(status) => EventKind::Status(status.own()),
            Self::Error(error) => EventKind::Error(error),
            Self::Unknown => EventKind::Unknown,
            Self::Malformed(malformed) => EventKind::Malformed(malformed),
            Self::Unparsed(unparsed) => EventKind::Unparsed(unparsed),
        }
    }
}

/// What cannot be read, without its contents.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Malformed {
    /// Where it stands, such as `entry[0].changes[1].value.messages[2]`.
    pub path: String,
    /// What is wrong.
    pub reason: MalformedReason,
}

impl fmt::Display for Malformed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path, self.reason)
    }
}

/// Why something cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum MalformedReason {
    /// An object should stand there.
    #[error("it is no object")]
    NotAnObject,
    /// A list should stand there.
    #[error("it is no list")]
    NotAList,
    /// An error without a code that can be read.
    #[error("it has no readable code")]
    NoCode,
}

/// Why the body as a whole cannot be read. Repeating the delivery cannot help.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Unparsed {
    /// What is wrong.
    pub reason: UnparsedReason,
    /// The SHA-256 of the body, which tells it from other ones.
    pub sha256: [u8; 32],
}

impl fmt::Display for Unparsed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.reason.fmt(f)
    }
}

impl fmt::Debug for Unparsed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Unparsed").field("reason", &self.reason).finish_non_exhaustive()
    }
}

/// What is wrong with a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum UnparsedReason {
    /// Its bytes are no UTF-8.
    #[error("the body is no UTF-8")]
    NotUtf8,
    /// It is no JSON, or was cut off.
    #[error("the body is no JSON at line {line}, column {column}")]
    NotJson {
        /// The line, from 1.
        line: usize,
        /// The column, in bytes.
        column: usize,
    },
    /// It is JSON, but no object.
    #[error("the body is no object")]
    NotAnObject,
    /// It is an object without a list `entry`.
    #[error("the body has no list of entries")]
    NoEntries,
}
