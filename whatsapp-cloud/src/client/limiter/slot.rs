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
///
/// ```
/// use whatsapp_cloud::PhoneNumberId;
/// use whatsapp_cloud::api::Recipient;
/// use whatsapp_cloud::client::limiter::{Priority, Request};
///
/// let (number, to) = (PhoneNumberId::new("106540352242922"), Recipient::from("+5511999990001"));
/// let request = Request { number: &number, to: &to, priority: Priority::Agent };
/// assert!(!format!("{request:?}").contains("5511"), "nobody is named in a log");
/// ```
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
///
/// ```
/// use std::time::Duration;
///
/// use whatsapp_cloud::PhoneNumberId;
/// use whatsapp_cloud::api::Recipient;
/// use whatsapp_cloud::client::limiter::{
///     Limiter, LimiterOptions, Moment, Priority, Request, Ticket,
/// };
///
/// # let (number, to) = (PhoneNumberId::new("106540352242922"), Recipient::from("+5511999990001"));
/// # let request = Request { number: &number, to: &to, priority: Priority::Agent };
/// let mut limiter = Limiter::new(LimiterOptions::default(), [7; 32]); // random in earnest
/// let now = Moment::after_start(Duration::from_secs(10));
/// let ticket: Ticket = limiter.wait(now, request).unwrap();
/// // Whoever does not want it any more leaves the line.
/// limiter.withdraw(ticket);
/// assert_eq!(limiter.waiting(), 0);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ticket(pub(super) u64);

/// The right to send one message or make one call, now.
///
/// Goes back with what became of it: [`Limiter::observe`](super::Limiter::observe), or
/// [`Limiter::give_back`](super::Limiter::give_back) when nothing was sent. One that is
/// dropped counts as used.
///
/// ```
/// use std::time::Duration;
///
/// use whatsapp_cloud::PhoneNumberId;
/// use whatsapp_cloud::api::Recipient;
/// use whatsapp_cloud::client::limiter::{
///     Limiter, LimiterOptions, Moment, Priority, Request, Reserved, Slot,
/// };
///
/// # let (number, to) = (PhoneNumberId::new("106540352242922"), Recipient::from("+5511999990001"));
/// # let request = Request { number: &number, to: &to, priority: Priority::Agent };
/// # let mut limiter = Limiter::new(LimiterOptions::default(), [7; 32]);
/// let now = Moment::after_start(Duration::from_secs(10));
/// let Reserved::Granted(slot) = limiter.reserve(now, request) else { panic!("too fast") };
/// let unused: Slot = slot;
/// // Nothing was sent after all, so that somebody else may.
/// limiter.give_back(now, unused);
/// assert!(matches!(limiter.reserve(now, request), Reserved::Granted(_)));
/// ```
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
///
/// ```
/// use std::time::Duration;
///
/// use whatsapp_cloud::PhoneNumberId;
/// use whatsapp_cloud::api::Recipient;
/// use whatsapp_cloud::client::limiter::{
///     Limiter, LimiterOptions, Moment, Outcome, Priority, Request, Reserved,
/// };
///
/// # let (number, to) = (PhoneNumberId::new("106540352242922"), Recipient::from("+5511999990001"));
/// # let request = Request { number: &number, to: &to, priority: Priority::Agent };
/// # let mut limiter = Limiter::new(LimiterOptions::default(), [7; 32]);
/// let now = Moment::after_start(Duration::from_secs(10));
/// let wait = match limiter.reserve(now, request) {
///     Reserved::Granted(slot) => {
///         limiter.observe(now, slot, Outcome::Accepted);
///         Duration::ZERO
///     }
///     Reserved::Wait { until } => until.since(now),
/// };
/// assert_eq!(wait, Duration::ZERO);
/// ```
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
///
/// ```
/// use std::time::Duration;
///
/// use whatsapp_cloud::PhoneNumberId;
/// use whatsapp_cloud::api::Recipient;
/// use whatsapp_cloud::client::limiter::{
///     Limiter, LimiterOptions, Moment, Next, Outcome, Priority, Request,
/// };
///
/// # let (number, to) = (PhoneNumberId::new("106540352242922"), Recipient::from("+5511999990001"));
/// # let request = Request { number: &number, to: &to, priority: Priority::Agent };
/// # let mut limiter = Limiter::new(LimiterOptions::default(), [7; 32]);
/// let now = Moment::after_start(Duration::from_secs(10));
/// let mine = limiter.wait(now, request).unwrap();
/// let Next::Go { ticket, slot } = limiter.next(now) else { panic!("somebody may go") };
/// assert_eq!(ticket, mine);
/// limiter.observe(now, slot, Outcome::Accepted);
/// assert!(matches!(limiter.next(now), Next::Idle));
/// ```
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

/// There is no room for it in a limiter.
///
/// ```
/// use std::time::Duration;
///
/// use whatsapp_cloud::PhoneNumberId;
/// use whatsapp_cloud::api::Recipient;
/// use whatsapp_cloud::client::limiter::{
///     Full, Limiter, LimiterOptions, Moment, Priority, Request,
/// };
///
/// # let (number, to) = (PhoneNumberId::new("106540352242922"), Recipient::from("+5511999990001"));
/// # let request = Request { number: &number, to: &to, priority: Priority::Campaign };
/// let mut limiter = Limiter::new(LimiterOptions::default().waiting(4), [7; 32]);
/// let now = Moment::after_start(Duration::from_secs(10));
/// while limiter.wait(now, request).is_ok() {}
/// assert_eq!(limiter.wait(now, request), Err(Full::Waiting));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Full {
    /// So many wait already that no further one of this priority is taken.
    #[error("too many messages wait")]
    Waiting,
    /// As many other numbers are in use as are allowed; there is room when one of them has
    /// been idle for a second.
    #[error("as many other numbers are in use as the limiter has room for")]
    Numbers,
    /// As many other accounts are in use as are allowed; there is room when one of them has
    /// been idle for an hour.
    #[error("as many other accounts are in use as the limiter has room for")]
    Accounts,
}

/// What became of a message or call.
///
/// ```
/// use whatsapp_cloud::{Error, ErrorKind};
/// use whatsapp_cloud::client::limiter::Outcome;
///
/// let lost = Error::new("send message", ErrorKind::MaybeSent);
/// let never_left = Error::new("send message", ErrorKind::NotSent);
/// assert_eq!(Outcome::of_error(&lost), Outcome::Lost);
/// assert_eq!(Outcome::of_error(&never_left), Outcome::NotSent);
/// ```
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
