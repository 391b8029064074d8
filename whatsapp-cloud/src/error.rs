//! The one error of this crate.

use std::fmt;
use std::time::Duration;

use crate::wire::GraphError;

/// What this crate's calls return.
pub type Result<T, E = Error> = std::result::Result<T, E>;

type Source = Box<dyn std::error::Error + Send + Sync>;

/// What went wrong while doing something.
///
/// Reads as "operation: what went wrong", with Meta's code where there is one. It never
/// holds a token, and neither `Display` nor `Debug` repeats texts of Meta's, since they
/// may quote a phone number: [`Error::graph`] gives them to who asks.
pub struct Error(Box<Inner>);

struct Inner {
    operation: &'static str,
    kind: ErrorKind,
    idempotent: bool,
    status: Option<u16>,
    graph: Option<GraphError>,
    retry_after: Option<Duration>,
    source: Option<Source>,
}

/// What kind of thing went wrong, to decide by.
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
    /// Too fast; see [`Error::retry_after`].
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
    /// The kind of a code of Meta's.
    ///
    /// Decided by the code alone: the HTTP status says little (most throttles are 400).
    ///
    /// Source: <https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes/>
    pub fn of_code(code: i64) -> Self {
        match code {
            0 | 190 => Self::Authentication,
            3 | 10 | 200..=299 | 131_005 => Self::Permission,
            1 | 2 | 131_000 | 131_016 | 133_004 | 2_494_100 => Self::Unavailable,
            4 | 17 | 32 | 613 | 80_007 | 130_429 | 131_056 | 131_057 | 131_208 | 133_008
            | 133_009 | 133_016 | 138_002 | 138_005 => Self::RateLimited,
            100 | 131_008 | 131_009 | 131_021 | 131_051 | 131_055 | 131_062 | 135_000 => {
                Self::InvalidRequest
            }
            33 => Self::NotFound,
            131_047 => Self::WindowClosed,
            131_026 | 131_030 | 131_050 | 130_472 | 131_060 | 137_000 => Self::Recipient,
            132_000..=132_999 => Self::Template,
            131_052 | 131_053 => Self::Media,
            368 | 130_497 | 131_031 | 131_048 | 131_049 | 131_064 => Self::Policy,
            131_037 | 131_042 | 131_044 | 131_045 | 133_000..=133_999 | 134_011 => Self::Account,
            _ => Self::Unknown,
        }
    }
}

impl Error {
    /// An error of `kind` that happened during `operation`.
    pub fn new(operation: &'static str, kind: ErrorKind) -> Self {
        Self(Box::new(Inner {
            operation,
            kind,
            idempotent: false,
            status: None,
            graph: None,
            retry_after: None,
            source: None,
        }))
    }

    /// An error that Meta answered `operation` with.
    pub fn from_graph(operation: &'static str, graph: GraphError) -> Self {
        let mut kind = ErrorKind::of_code(graph.code);
        if graph.code == 100 && graph.subcode == Some(33) {
            kind = ErrorKind::NotFound;
        }
        if kind == ErrorKind::Unknown && graph.is_transient == Some(true) {
            kind = ErrorKind::Unavailable;
        }
        let mut error = Self::new(operation, kind);
        error.0.graph = Some(graph);
        error
    }

    /// Adds what caused it.
    #[must_use]
    pub fn with_source(mut self, source: impl Into<Source>) -> Self {
        self.0.source = Some(source.into());
        self
    }

    /// Adds the HTTP status of the answer.
    ///
    /// Behind a status of 500 and above, a code that is not known is Meta's own failure.
    #[must_use]
    pub fn with_status(mut self, status: u16) -> Self {
        self.0.status = Some(status);
        if status >= 500 && self.0.kind == ErrorKind::Unknown {
            self.0.kind = ErrorKind::Unavailable;
        }
        self
    }

    /// Adds how long Meta asks to wait.
    #[must_use]
    pub fn with_retry_after(mut self, wait: Option<Duration>) -> Self {
        self.0.retry_after = wait;
        self
    }

    /// Says that doing the operation twice is the same as doing it once.
    #[must_use]
    pub fn of_idempotent_call(mut self, idempotent: bool) -> Self {
        self.0.idempotent = idempotent;
        self
    }

    /// What was being done.
    pub fn operation(&self) -> &'static str {
        self.0.operation
    }

    /// What kind of thing went wrong.
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// Meta's error, whole, when Meta answered with one.
    pub fn graph(&self) -> Option<&GraphError> {
        self.0.graph.as_ref()
    }

    /// Meta's code.
    pub fn code(&self) -> Option<i64> {
        self.graph().map(|graph| graph.code)
    }

    /// Meta's subcode.
    pub fn subcode(&self) -> Option<i64> {
        self.graph().and_then(|graph| graph.subcode)
    }

    /// What Meta wrote; it may quote a phone number, so keep it out of logs.
    pub fn message(&self) -> Option<&str> {
        self.graph().and_then(|graph| graph.message.as_deref())
    }

    /// What Meta's support asks for.
    pub fn trace_id(&self) -> Option<&str> {
        self.graph().and_then(|graph| graph.fbtrace_id.as_deref())
    }

    /// The HTTP status of the answer.
    pub fn status(&self) -> Option<u16> {
        self.0.status
    }

    /// How long Meta asks to wait.
    pub fn retry_after(&self) -> Option<Duration> {
        self.0.retry_after
    }

    /// Whether the same call may be repeated later without the risk of doing it twice.
    pub fn is_retryable(&self) -> bool {
        match self.0.kind {
            ErrorKind::NotSent | ErrorKind::RateLimited => true,
            ErrorKind::MaybeSent | ErrorKind::Unavailable => self.0.idempotent,
            ErrorKind::InvalidInput
            | ErrorKind::Configuration
            | ErrorKind::Authentication
            | ErrorKind::Permission
            | ErrorKind::InvalidRequest
            | ErrorKind::NotFound
            | ErrorKind::WindowClosed
            | ErrorKind::Recipient
            | ErrorKind::Template
            | ErrorKind::Media
            | ErrorKind::Policy
            | ErrorKind::Account
            | ErrorKind::Unknown => false,
        }
    }

    /// Whether the call may have had its effect at Meta all the same.
    pub fn may_have_been_sent(&self) -> bool {
        matches!(self.0.kind, ErrorKind::MaybeSent | ErrorKind::Unavailable)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.0.operation, self.0.kind)?;
        if let Some(code) = self.code() {
            write!(f, " (code {code})")?;
        }
        Ok(())
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Error")
            .field("operation", &self.0.operation)
            .field("kind", &self.0.kind)
            .field("status", &self.0.status)
            .field("graph", &self.0.graph)
            .field("retry_after", &self.0.retry_after)
            .field("source", &self.0.source)
            .finish_non_exhaustive()
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.0.source.as_deref().map(|source| source as _)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_throttle_is_known_by_its_code_and_may_be_retried() {
        let error = Error::from_graph("send message", GraphError::with_code(131_056));

        assert_eq!(error.kind(), ErrorKind::RateLimited);
        assert!(error.is_retryable());
        assert_eq!(error.to_string(), "send message: rate limited (code 131056)");
    }

    #[test]
    fn a_lost_answer_is_retryable_only_for_an_idempotent_call() {
        let send = Error::new("send message", ErrorKind::MaybeSent);
        let read = Error::new("get media", ErrorKind::MaybeSent).of_idempotent_call(true);

        assert!(!send.is_retryable());
        assert!(read.is_retryable());
    }

    #[test]
    fn an_unknown_code_of_a_failing_server_may_have_been_sent() {
        let error = |status| {
            Error::from_graph("send message", GraphError::with_code(999_999)).with_status(status)
        };

        assert!(error(500).may_have_been_sent() && !error(500).is_retryable());
        assert_eq!(error(400).kind(), ErrorKind::Unknown);
    }

    #[test]
    fn neither_display_nor_debug_repeats_metas_text() {
        let mut graph = GraphError::with_code(131_026);
        graph.message = Some("to +5511999887766".to_owned());
        let error = Error::from_graph("send message", graph);

        assert!(!format!("{error} {error:?}").contains("5511999887766"));
        assert_eq!(error.message(), Some("to +5511999887766"));
    }
}
