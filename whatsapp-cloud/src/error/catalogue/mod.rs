//! Meta's error codes as data: what each means, whose fault it is, and what to do.
//!
//! The same for an error that Meta answers with and for the one of a failed status or of any
//! other webhook: both are a [`GraphError`], and [`GraphError::advice`] says what it means.
//! Decided by code and subcode alone. A throttle is one at any HTTP status, since Meta
//! answers most of them with 400.
//!
//! ```
//! use std::time::Duration;
//! use whatsapp_cloud::ErrorKind;
//! use whatsapp_cloud::catalogue::{self, Fault, Retry};
//!
//! let entry = catalogue::find(130_429, None).ok_or("not known")?;
//! assert_eq!(entry.advice.kind, ErrorKind::RateLimited);
//! assert_eq!(entry.advice.fault, Fault::Pace);
//! assert_eq!(entry.advice.retry, Retry::AfterWait { least: Duration::from_secs(1) });
//!
//! assert!(catalogue::find(999_999, None).is_none());
//! # Ok::<(), &str>(())
//! ```
//!
//! Source: <https://developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes>

use std::fmt;
use std::time::Duration;

use crate::error::ErrorKind;
use crate::wire::GraphError;

mod access;
mod platform;
mod sending;
mod templates;

/// What an error means, and what to do about it.
///
/// ```
/// use whatsapp_cloud::ErrorKind;
/// use whatsapp_cloud::catalogue::{Advice, Fault, Retry, find};
///
/// let Advice { kind, fault, retry, .. } = find(131056, None).unwrap().advice;
/// assert_eq!(kind, ErrorKind::RateLimited);
/// assert_eq!((fault, retry), (Fault::Pace, Retry::PowersOfFour));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Advice {
    /// The kind, to decide by.
    pub kind: ErrorKind,
    /// Who can do something about it.
    pub fault: Fault,
    /// Whether and when the same request may succeed.
    pub retry: Retry,
    /// Whether the request had its effect all the same.
    pub effect: Effect,
    /// What happened.
    pub meaning: &'static str,
    /// What to do, in a sentence.
    pub action: &'static str,
    /// Where Meta writes about it; empty for what does not come from Meta.
    pub page: &'static str,
}

/// Who can do something about an error.
///
/// ```
/// use whatsapp_cloud::catalogue::{Fault, find};
///
/// // Nobody did anything wrong: the customer cannot be reached.
/// assert_eq!(find(131026, None).unwrap().advice.fault, Fault::Customer);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Fault {
    /// Who wrote the request.
    Caller,
    /// Who set up account, number, token and payment.
    Account,
    /// The customer, who cannot get it or does not want to.
    Customer,
    /// The business, whose messages Meta holds for bad or against its rules.
    Quality,
    /// Nobody: it went too fast.
    Pace,
    /// Meta.
    Meta,
    /// What lies between here and Meta: the network, a proxy, a gateway.
    Between,
    /// This version does not know.
    Unknown,
}

/// Whether and when the same request may succeed.
///
/// ```
/// use std::time::Duration;
///
/// use whatsapp_cloud::catalogue::{Retry, find};
///
/// let wait = |retry| match retry {
///     Retry::AfterWait { least } => Some(least),
///     Retry::Growing { first } => Some(first),
///     Retry::PowersOfFour => Some(Duration::from_secs(1)),
///     _ => None,
/// };
/// assert!(wait(find(130429, None).unwrap().advice.retry).is_some());
/// assert_eq!(wait(Retry::Never), None);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Retry {
    /// It will be refused again.
    Never,
    /// After something was changed: the request, a setting, a permission.
    AfterChange,
    /// After at least this wait, or after a longer one that Meta tells.
    AfterWait {
        /// The shortest wait that makes sense.
        least: Duration,
    },
    /// Later, with waits that grow from this one.
    Growing {
        /// The first wait.
        first: Duration,
    },
    /// After 4⁰, 4¹, 4² … seconds.
    PowersOfFour,
}

/// Whether a refused request had its effect all the same.
///
/// Source: <https://developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes>
///
/// ```
/// use whatsapp_cloud::catalogue::{Effect, find};
///
/// // What went too fast was not done; what broke at Meta may have been.
/// assert_eq!(find(130429, None).unwrap().advice.effect, Effect::None);
/// assert_eq!(find(131000, None).unwrap().advice.effect, Effect::Maybe);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Effect {
    /// It had none: repeating it does nothing twice.
    None,
    /// Nobody knows; a message may be on its way.
    Maybe,
    /// For some of what was asked, and the answer says for which.
    Partly,
}

/// What the catalogue says about a code, or about some in a row.
///
/// ```
/// use whatsapp_cloud::ErrorKind;
/// use whatsapp_cloud::catalogue::{Entry, find};
///
/// let entry: &Entry = find(131047, None).unwrap();
/// assert!((entry.first..=entry.last).contains(&131_047));
/// assert_eq!(entry.advice.kind, ErrorKind::WindowClosed);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Entry {
    /// The first code that is meant.
    pub first: i64,
    /// The last one; mostly the same.
    pub last: i64,
    /// The only subcode that is meant; all others when missing.
    pub subcode: Option<i64>,
    /// What it means and what to do.
    pub advice: Advice,
}

impl Entry {
    fn holds(&self, code: i64) -> bool {
        (self.first..=self.last).contains(&code)
    }
}

/// "131056", "100 / 33" with a subcode, "200 to 299" for some in a row.
impl fmt::Display for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.first)?;
        if self.last != self.first {
            write!(f, " to {}", self.last)?;
        }
        match self.subcode {
            Some(subcode) => write!(f, " / {subcode}"),
            None => Ok(()),
        }
    }
}

/// Every entry, by what it is about.
///
/// ```
/// use whatsapp_cloud::catalogue::{Fault, all};
///
/// let of_pace = all().filter(|entry| entry.advice.fault == Fault::Pace);
/// assert!(of_pace.count() > 5);
/// ```
pub fn all() -> impl Iterator<Item = &'static Entry> {
    let tables = [access::ENTRIES, sending::ENTRIES, templates::ENTRIES, platform::ENTRIES];
    tables.into_iter().flatten().copied().flatten()
}

/// What is known about a code and its subcode.
///
/// A subcode that is not known is left out of account. One of code 100 may be a code of its
/// own: that is how Meta writes the refusals of templates, and older lists have them as codes.
///
/// ```
/// use whatsapp_cloud::ErrorKind;
/// use whatsapp_cloud::catalogue::find;
///
/// assert_eq!(find(131047, None).unwrap().advice.kind, ErrorKind::WindowClosed);
/// assert_eq!(find(-1, None), None);
/// ```
pub fn find(code: i64, subcode: Option<i64>) -> Option<&'static Entry> {
    let whole = |code: i64| all().find(|entry| entry.subcode.is_none() && entry.holds(code));
    subcode
        .and_then(|subcode| {
            let exact = all().find(|entry| entry.holds(code) && entry.subcode == Some(subcode));
            // Below a million, numbers are codes and subcodes of different meanings.
            exact.or_else(|| whole(subcode).filter(|_| code == 100 && subcode >= 1_000_000))
        })
        .or_else(|| whole(code))
}

impl GraphError {
    /// What it means, whose fault it is, and what to do about it.
    ///
    /// An error that the catalogue lacks is not to be repeated, unless Meta calls it passing.
    ///
    /// ```
    /// use whatsapp_cloud::catalogue::{Effect, Retry};
    /// use whatsapp_cloud::wire::GraphError;
    ///
    /// let failed = GraphError::with_code(131_056).advice();
    /// assert_eq!(failed.retry, Retry::PowersOfFour);
    /// assert_eq!(failed.effect, Effect::None);
    /// ```
    pub fn advice(&self) -> Advice {
        match find(self.code, self.subcode) {
            Some(entry) => entry.advice,
            None if self.is_transient == Some(true) => TRANSIENT,
            None => unknown(self.code),
        }
    }
}

/// For a code that is not listed: its family says the kind, and no more.
pub(super) fn unknown(code: i64) -> Advice {
    let kind = match code {
        132_000..=132_999 => ErrorKind::Template,
        133_000..=133_999 => ErrorKind::Account,
        _ => ErrorKind::Unknown,
    };
    Advice { kind, ..UNKNOWN }
}

const UNKNOWN: Advice = Advice {
    kind: ErrorKind::Unknown,
    fault: Fault::Unknown,
    retry: Retry::Never,
    effect: Effect::None,
    meaning: "an error that is not in the catalogue",
    action: "Read what Meta wrote with it, and look the code up on Meta's page.",
    page: PAGE,
};

const TRANSIENT: Advice = Advice {
    kind: ErrorKind::Unavailable,
    fault: Fault::Meta,
    retry: Retry::Growing { first: Duration::from_secs(1) },
    effect: Effect::Maybe,
    meaning: "a failure of Meta's that passes",
    action: "Repeat it later, unless it must not happen twice.",
    page: PAGE,
};

/// For an error without a code that says more; `answered` is whether Meta wrote one.
pub(super) fn of_kind(kind: ErrorKind, answered: bool) -> Advice {
    let (fault, retry, effect, meaning, action) = match kind {
        ErrorKind::Unavailable if answered => return TRANSIENT,
        ErrorKind::InvalidInput => (
            Fault::Caller,
            Retry::AfterChange,
            Effect::None,
            "refused here, nothing was sent",
            "Change what the error's source names.",
        ),
        ErrorKind::Configuration => (
            Fault::Account,
            Retry::AfterChange,
            Effect::None,
            "the client was set up with what cannot work",
            "Change what the error's source names.",
        ),
        ErrorKind::NotSent => (
            Fault::Between,
            Retry::Growing { first: Duration::from_millis(500) },
            Effect::None,
            "no connection to Meta",
            "Repeat it; if that goes on, look at network, proxy and certificates.",
        ),
        ErrorKind::MaybeSent | ErrorKind::Unavailable => (
            Fault::Between,
            Retry::Growing { first: Duration::from_secs(1) },
            Effect::Maybe,
            "the answer was lost or unreadable",
            "Wait for a status of the message before repeating what must not happen twice.",
        ),
        ErrorKind::RateLimited => (
            Fault::Pace,
            Retry::Growing { first: Duration::from_secs(1) },
            Effect::None,
            "too fast, and no code says for what",
            "Slow down, and repeat it later.",
        ),
        ErrorKind::Media => (
            Fault::Between,
            Retry::AfterChange,
            Effect::None,
            "the file is not the one that Meta told of, or too large",
            "Ask for the file's address anew, or allow larger files.",
        ),
        ErrorKind::Unknown => (
            Fault::Unknown,
            Retry::Never,
            Effect::None,
            "an answer that is neither a success nor an error",
            "Look at the status and at what lies between here and Meta.",
        ),
        ErrorKind::Authentication
        | ErrorKind::Permission
        | ErrorKind::InvalidRequest
        | ErrorKind::NotFound
        | ErrorKind::WindowClosed
        | ErrorKind::Recipient
        | ErrorKind::Template
        | ErrorKind::Policy
        | ErrorKind::Account => (
            Fault::Between,
            Retry::AfterChange,
            Effect::None,
            "refused with a status and no error of Meta's",
            "Check the base URL, and what lies between here and Meta.",
        ),
    };
    Advice { kind, fault, retry, effect, meaning, action, page: "" }
}

const PAGE: &str =
    "https://developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes";

const NEVER: Retry = Retry::Never;
const CHANGE: Retry = Retry::AfterChange;
const FOURS: Retry = Retry::PowersOfFour;
const GROWING: Retry = Retry::Growing { first: Duration::from_secs(1) };

const fn wait(seconds: u64) -> Retry {
    Retry::AfterWait { least: Duration::from_secs(seconds) }
}

const MINUTE: u64 = 60;
const HOUR: u64 = 60 * MINUTE;
const DAY: u64 = 24 * HOUR;

/// Entries of one page, a line of facts and a line of words each:
/// `code [..= last] [/ subcode]: kind, fault, retry, effect`, the meaning, the action.
macro_rules! entries {
    ($page:expr; $(
        $first:literal $(..= $last:literal)? $(/ $subcode:literal)?:
        $kind:ident, $fault:ident, $retry:expr, $effect:ident;
        $meaning:literal, $action:literal;
    )*) => {
        &[$(crate::error::catalogue::Entry {
            first: $first,
            last: crate::error::catalogue::entries!(@or $first $(, $last)?),
            subcode: crate::error::catalogue::entries!(@some $($subcode)?),
            advice: crate::error::catalogue::Advice {
                kind: crate::error::ErrorKind::$kind,
                fault: crate::error::catalogue::Fault::$fault,
                retry: $retry,
                effect: crate::error::catalogue::Effect::$effect,
                meaning: $meaning,
                action: $action,
                page: $page,
            },
        }),*]
    };
    (@or $first:literal) => { $first };
    (@or $first:literal, $last:literal) => { $last };
    (@some) => { None };
    (@some $subcode:literal) => { Some($subcode) };
}
use entries;
