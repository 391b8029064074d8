//! What goes into the limiter and comes out of it.

use std::fmt;
use std::time::Duration;

use crate::api::Recipient;
use crate::client::limiter::limits::Priority;
use crate::client::limiter::moment::Moment;
use crate::client::limiter::pair::PairKey;
use crate::error::{Error, ErrorKind};
use crate::id::{AccountId, PhoneNumberId};

/// A message that wants to be sent. `Debug` shows no recipient.
#[derive(Clone, Copy)]
pub struct Request<'a> {
    /// The number it is sent from.
    pub number: &'a PhoneNumberId,
    /// Who gets it.
    pub to: &'a Recipient,
    /// Who goes first.
    pub priority: Priority,
}

impl fmt::Debug for Request<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Request")
            .field("number", &self.number)
            .field("priority", &self.priority)
            .finish_non_exhaustive()
    }
}

/// The same with what names the recipient.
#[derive(Clone, Copy)]
pub(in crate::client) struct Asked<'a> {
    pub(in crate::client) number: &'a PhoneNumberId,
    pub(in crate::client) to: &'a str,
    pub(in crate::client) priority: Priority,
}

impl<'a> From<Request<'a>> for Asked<'a> {
    fn from(request: Request<'a>) -> Self {
        let Request { number, to, priority } = request;
        Self { number, to: name_of(to), priority }
    }
}

/// What names a recipient.
pub(super) fn name_of(to: &Recipient) -> &str {
    match to {
        Recipient::Phone(phone) => phone.as_str(),
        Recipient::User(user) => user.as_str(),
        Recipient::Group(group) => group.as_str(),
    }
}

/// Someone who waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ticket(pub(super) u64);

/// The right to send one message or make one call, now.
///
/// Goes back with what became of it: [`Limiter::observe`](super::Limiter::observe), or
/// [`Limiter::give_back`](super::Limiter::give_back) when nothing was sent. One that is
/// dropped counts as used.
#[derive(Debug)]
#[must_use = "a slot that is not used should be given back"]
pub struct Slot {
    pub(super) at: Moment,
    pub(super) of: SlotOf,
}

#[derive(Debug)]
pub(super) enum SlotOf {
    Message { number: PhoneNumberId, pair: PairKey, opened: Moment },
    Call { account: AccountId },
}

/// What [`Limiter::reserve`](super::Limiter::reserve) answers.
#[derive(Debug)]
#[must_use]
pub enum Reserved {
    /// It may be sent at once.
    Granted(Slot),
    /// Not yet; nothing is kept for it.
    Wait {
        /// Before then it is of no use to ask again.
        until: Moment,
    },
}

/// What [`Limiter::next`](super::Limiter::next) answers.
#[derive(Debug)]
#[must_use]
pub enum Next {
    /// This one may send at once.
    Go {
        /// Who.
        ticket: Ticket,
        /// With which slot.
        slot: Slot,
    },
    /// Nobody may send before then, if nobody else comes.
    At(Moment),
    /// Nobody waits.
    Idle,
}

/// So many wait already that no further one of this priority is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("too many messages wait")]
pub struct Full;

/// What became of a message or call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Outcome {
    /// Meta took it.
    Accepted,
    /// Nobody knows, so it counts.
    Lost,
    /// Meta refused it, for whatever reason.
    Refused {
        /// With this code; none when the answer had a status of 429 and no code.
        code: Option<i64>,
        /// How long Meta asks to wait.
        wait: Option<Duration>,
    },
    /// It never left this machine.
    NotSent,
}

impl Outcome {
    /// What an error means for the limits.
    pub fn of_error(error: &Error) -> Self {
        match (error.kind(), error.code()) {
            (ErrorKind::NotSent | ErrorKind::InvalidInput | ErrorKind::Configuration, _) => {
                Self::NotSent
            }
            (_, Some(code)) => Self::Refused { code: Some(code), wait: error.retry_after() },
            (ErrorKind::RateLimited, None) => {
                Self::Refused { code: None, wait: error.retry_after() }
            }
            (_, None) => Self::Lost,
        }
    }
}
