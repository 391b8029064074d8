//! What is answered, over HTTP and by the handler.

use std::borrow::Cow;
use std::fmt;
use std::time::Duration;

use crate::webhook::handshake::HandshakeError;
use crate::webhook::signature::SignatureError;

/// What a failure to store asks Meta to wait.
const TRY_LATER: Duration = Duration::from_secs(5);

/// What a lack of room asks Meta to wait, in seconds: bodies come and go quickly.
const ROOM_LATER: u64 = 1;

/// What becomes of a delivery.
///
/// ```
/// use whatsapp_cloud::webhook::receive::Answer;
///
/// /// Lets Meta send again what could not be stored.
/// fn answer(stored: Result<(), std::io::Error>) -> Answer {
///     stored.into()
/// }
///
/// assert_eq!(answer(Ok(())), Answer::Accepted);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// It is stored for good. Meta will not send it again.
    Accepted,
    /// It is not stored. Meta sends it again, and is asked to wait.
    TryLater {
        /// For how long; told in whole seconds, and one at least.
        after: Duration,
    },
}

/// Stored is accepted; whatever went wrong, Meta is asked to come again in 5 seconds.
///
/// ```
/// use whatsapp_cloud::webhook::receive::Answer;
///
/// assert_eq!(Answer::from(Ok::<(), std::fmt::Error>(())), Answer::Accepted);
/// assert!(matches!(Answer::from(Err(std::fmt::Error)), Answer::TryLater { .. }));
/// ```
impl<E> From<Result<(), E>> for Answer {
    fn from(stored: Result<(), E>) -> Self {
        match stored {
            Ok(()) => Self::Accepted,
            Err(_) => Self::TryLater { after: TRY_LATER },
        }
    }
}

/// What to answer over HTTP.
///
/// ```
/// use whatsapp_cloud::webhook::receive::Reply;
///
/// /// Passes the answer on to whatever server there is.
/// fn head(reply: &Reply) -> String {
///     let mut head = format!("HTTP/1.1 {}\r\n", reply.status());
///     for (name, value) in reply.headers() {
///         head += &format!("{name}: {value}\r\n");
///     }
///     head
/// }
/// ```
#[derive(Clone, PartialEq, Eq)]
#[must_use = "a reply is to be sent"]
pub struct Reply {
    status: u16,
    /// In seconds.
    retry_after: Option<u64>,
    /// Empty in all replies but that to a handshake.
    challenge: String,
    refusal: Option<Refusal>,
}

impl Reply {
    fn of(status: u16) -> Self {
        Self { status, retry_after: None, challenge: String::new(), refusal: None }
    }

    pub(super) fn accepted() -> Self {
        Self::of(200)
    }

    /// In whole seconds, and one at least.
    pub(super) fn try_later(after: Duration) -> Self {
        let seconds = after.as_secs().saturating_add(u64::from(after.subsec_nanos() > 0));
        Self { retry_after: Some(seconds.max(1)), ..Self::of(503) }
    }

    pub(super) fn challenge(challenge: String) -> Self {
        Self { challenge, ..Self::of(200) }
    }

    pub(super) fn to(refusal: Refusal) -> Self {
        let is_full = refusal == Refusal::OverCapacity;
        let retry_after = is_full.then_some(ROOM_LATER);
        Self { retry_after, refusal: Some(refusal), ..Self::of(refusal.status()) }
    }

    /// The HTTP status.
    pub fn status(&self) -> u16 {
        self.status
    }

    /// The headers, with names in lower case.
    pub fn headers(&self) -> impl Iterator<Item = (&'static str, Cow<'static, str>)> {
        let fixed: &[(&str, &str)] = match self.refusal {
            Some(Refusal::Method) => &[("allow", "GET, HEAD, POST")],
            Some(Refusal::TimedOut) => &[("connection", "close")],
            None if !self.challenge.is_empty() => &[
                ("content-type", "text/plain; charset=utf-8"),
                // The challenge comes from whoever asks: no browser may take it for a page.
                ("x-content-type-options", "nosniff"),
            ],
            _ => &[],
        };
        let wait = self.retry_after.map(|seconds| ("retry-after", seconds.to_string().into()));
        fixed.iter().map(|(name, value)| (*name, Cow::Borrowed(*value))).chain(wait)
    }

    /// The body: the challenge of a handshake, or nothing.
    ///
    /// ```
    /// use secrecy::SecretString;
    /// use whatsapp_cloud::webhook::receive::Receiver;
    /// use whatsapp_cloud::webhook::{Handshake, Verifier};
    ///
    /// let verifier = Verifier::new([SecretString::from("the app secret")])?;
    /// let handshake = Handshake::new(SecretString::from("the verify token"))?;
    /// let receiver = Receiver::new(verifier, handshake);
    ///
    /// let query = "hub.mode=subscribe&hub.challenge=17&hub.verify_token=the%20verify%20token";
    /// let reply = receiver.begin("GET", query, []).unwrap_err();
    /// assert_eq!((reply.body(), reply.refusal()), ("17", None));
    /// assert_eq!(reply.into_body(), "17");
    /// # Ok::<(), whatsapp_cloud::Error>(())
    /// ```
    pub fn body(&self) -> &str {
        &self.challenge
    }

    /// The body, to be sent without a copy.
    pub fn into_body(self) -> String {
        self.challenge
    }

    /// How long Meta is asked to wait before it comes again.
    ///
    /// ```
    /// use std::time::Duration;
    /// use whatsapp_cloud::webhook::receive::{Answer, Pending, Reply};
    ///
    /// /// Asks Meta for patience while the database is away.
    /// fn later(pending: Pending) -> Reply {
    ///     let reply = pending.answer(Answer::TryLater { after: Duration::from_secs(60) });
    ///     assert_eq!(reply.retry_after(), Some(Duration::from_secs(60)));
    ///     reply
    /// }
    /// ```
    pub fn retry_after(&self) -> Option<Duration> {
        self.retry_after.map(Duration::from_secs)
    }

    /// Why the request was refused, if it was. For logs: there is nothing personal in it.
    pub fn refusal(&self) -> Option<Refusal> {
        self.refusal
    }
}

impl fmt::Debug for Reply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reply")
            .field("status", &self.status)
            .field("retry_after", &self.retry_after())
            .field("body", &format_args!("{} bytes", self.challenge.len()))
            .field("refusal", &self.refusal)
            .finish()
    }
}

/// Why a request is refused.
///
/// ```
/// use whatsapp_cloud::webhook::receive::Refusal;
///
/// assert_eq!(Refusal::TooLarge.status(), 413);
/// assert_eq!(Refusal::OverCapacity.status(), 503);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum Refusal {
    /// It is neither a `GET` nor a `POST`.
    #[error("the method is not for a webhook")]
    Method,
    /// It is no handshake, or not ours.
    #[error(transparent)]
    Handshake(HandshakeError),
    /// It is not Meta's.
    #[error(transparent)]
    Signature(SignatureError),
    /// The body is compressed; Meta does not do so.
    #[error("the body is encoded")]
    Encoded,
    /// The body is larger than the largest that is read.
    #[error("the body is too large")]
    TooLarge,
    /// Other bodies have taken all the room there is.
    #[error("there is no room for the body")]
    OverCapacity,
    /// The body took too long.
    #[error("the body took too long")]
    TimedOut,
    /// The body ended too early.
    #[error("the body broke off")]
    BrokenOff,
    /// The handler panicked; whether the delivery is stored is not known.
    #[error("the handler panicked")]
    Panicked,
}

impl Refusal {
    /// The HTTP status to answer with.
    pub fn status(self) -> u16 {
        match self {
            Self::Method => 405,
            Self::Handshake(error) => error.status(),
            Self::Signature(_) => 401,
            Self::Encoded => 415,
            Self::TooLarge => 413,
            Self::OverCapacity => 503,
            Self::TimedOut => 408,
            Self::BrokenOff => 400,
            Self::Panicked => 500,
        }
    }
}
