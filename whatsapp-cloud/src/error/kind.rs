//! What kind of thing went wrong, to decide by.

use crate::error::catalogue;

/// What kind of thing went wrong, to decide by.
///
/// ```
/// use whatsapp_cloud::ErrorKind;
///
/// assert_eq!(ErrorKind::of_code(131047), ErrorKind::WindowClosed);
/// assert_eq!(ErrorKind::of_code(190), ErrorKind::Authentication);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The call was refused here, before anything was sent.
    #[error("invalid input")]
    InvalidInput,
    /// The client was set up with values that cannot work.
    #[error("invalid configuration")]
    Configuration,
    /// The call never left this machine, so repeating it is safe.
    #[error("not sent")]
    NotSent,
    /// The call may have reached Meta, and the answer was lost or unreadable.
    #[error("may have been sent")]
    MaybeSent,
    /// The token is missing, expired or revoked.
    #[error("not authenticated")]
    Authentication,
    /// The token lacks a permission, or the account a capability.
    #[error("not permitted")]
    Permission,
    /// A parameter is wrong, in Meta's eyes.
    #[error("invalid request")]
    InvalidRequest,
    /// The object does not exist, or is hidden from the token.
    #[error("not found")]
    NotFound,
    /// Too fast; see [`Error::retry_after`](crate::Error::retry_after).
    #[error("rate limited")]
    RateLimited,
    /// The customer has not written within 24 hours: only a template may be sent.
    #[error("customer-service window closed")]
    WindowClosed,
    /// The recipient cannot get this message.
    #[error("recipient unreachable")]
    Recipient,
    /// The template is missing, paused, disabled, or its parameters do not fit.
    #[error("template refused")]
    Template,
    /// The media could not be taken or fetched.
    #[error("media refused")]
    Media,
    /// Meta stopped it for policy, quality or spam.
    #[error("blocked by policy")]
    Policy,
    /// The account or number must be set up first (payment, registration, terms).
    #[error("account not set up")]
    Account,
    /// Meta failed on its side. A send that got this answer may have gone out.
    #[error("service unavailable")]
    Unavailable,
    /// An error this version does not know.
    #[error("unknown error")]
    Unknown,
}

impl ErrorKind {
    /// Every kind that this version knows, in the order of their declaration.
    ///
    /// ```
    /// use whatsapp_cloud::ErrorKind;
    ///
    /// // One counter for each, from the beginning.
    /// let counters: Vec<(ErrorKind, u64)> = ErrorKind::ALL.map(|kind| (kind, 0)).to_vec();
    /// assert!(counters.contains(&(ErrorKind::RateLimited, 0)));
    /// ```
    pub const ALL: [Self; 17] = [
        Self::InvalidInput,
        Self::Configuration,
        Self::NotSent,
        Self::MaybeSent,
        Self::Authentication,
        Self::Permission,
        Self::InvalidRequest,
        Self::NotFound,
        Self::RateLimited,
        Self::WindowClosed,
        Self::Recipient,
        Self::Template,
        Self::Media,
        Self::Policy,
        Self::Account,
        Self::Unavailable,
        Self::Unknown,
    ];

    /// The kind of a code of Meta's, as the [catalogue](crate::catalogue) has it.
    ///
    /// Decided by the code alone: the HTTP status says little (most throttles are 400).
    ///
    /// Source: <https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes/>
    pub fn of_code(code: i64) -> Self {
        match catalogue::find(code, None) {
            Some(entry) => entry.advice.kind,
            None => catalogue::unknown(code).kind,
        }
    }

    /// Where the kind stands in [`ErrorKind::ALL`]. A new kind does not compile without one.
    const fn place(self) -> usize {
        match self {
            Self::InvalidInput => 0,
            Self::Configuration => 1,
            Self::NotSent => 2,
            Self::MaybeSent => 3,
            Self::Authentication => 4,
            Self::Permission => 5,
            Self::InvalidRequest => 6,
            Self::NotFound => 7,
            Self::RateLimited => 8,
            Self::WindowClosed => 9,
            Self::Recipient => 10,
            Self::Template => 11,
            Self::Media => 12,
            Self::Policy => 13,
            Self::Account => 14,
            Self::Unavailable => 15,
            Self::Unknown => 16,
        }
    }
}

// `ALL` holds each kind at its place, and the last kind is the last of it.
const _: () = {
    let mut index = 0;
    while index < ErrorKind::ALL.len() {
        assert!(ErrorKind::ALL[index].place() == index);
        index += 1;
    }
    assert!(ErrorKind::Unknown.place() + 1 == ErrorKind::ALL.len());
};
