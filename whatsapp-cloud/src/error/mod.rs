//! The one error of this crate.

use std::fmt;
use std::time::Duration;

use crate::wire::GraphError;

pub mod catalogue;
mod kind;

pub use kind::ErrorKind;

use catalogue::{Advice, Effect, Fault, Retry};

/// What this crate's calls return.
pub type Result<T, E = Error> = std::result::Result<T, E>;

type Source = Box<dyn std::error::Error + Send + Sync>;

/// What went wrong while doing something.
///
/// Reads as "operation: what went wrong", with Meta's code where there is one. It never
/// holds a token, and neither `Display` nor `Debug` repeats texts of Meta's, since they
/// may quote a phone number: [`Error::graph`] gives them to who asks.
///
/// ```
/// use whatsapp_cloud::{Error, ErrorKind};
/// use whatsapp_cloud::wire::GraphError;
///
/// let graph: GraphError =
///     serde_json::from_str(r#"{"code":131056,"message":"(#131056) …"}"#).unwrap();
/// let error = Error::from_graph("send message", graph);
/// assert_eq!((error.kind(), error.code()), (ErrorKind::RateLimited, Some(131_056)));
/// assert!(error.is_retryable());
/// ```
pub struct Error(Box<Inner>);

struct Inner {
    operation: &'static str,
    kind: ErrorKind,
    idempotent: bool,
    status: Option<u16>,
    graph: Option<GraphError>,
    retry_after: Option<Duration>,
    outlook: Outlook,
    source: Option<Source>,
}

/// What is known beyond kind and code.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Outlook {
    /// Nothing.
    Usual,
    /// A status told that it failed, so it had no effect, whatever the code says.
    Failed,
    /// Doing it again comes to the same.
    #[cfg(feature = "client")]
    SameAgain,
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
            outlook: Outlook::Usual,
            source: None,
        }))
    }

    /// An error that Meta answered `operation` with.
    pub fn from_graph(operation: &'static str, graph: GraphError) -> Self {
        let mut error = Self::new(operation, graph.advice().kind);
        error.0.graph = Some(graph);
        error
    }

    /// An error that a status told of: what `operation` did in the first place has failed.
    ///
    /// The same as [`Error::from_graph`], but for what may have happened: a message whose
    /// status is `failed` did not reach anybody, also where the code alone would leave it open.
    ///
    /// ```
    /// use whatsapp_cloud::Error;
    /// use whatsapp_cloud::wire::GraphError;
    ///
    /// let told = || GraphError::with_code(131_000);
    /// assert!(Error::from_graph("send message", told()).may_have_been_sent());
    /// let failed = Error::of_failed_status("send message", told());
    /// assert!(!failed.may_have_been_sent() && failed.is_retryable());
    /// ```
    pub fn of_failed_status(operation: &'static str, graph: GraphError) -> Self {
        let mut error = Self::from_graph(operation, graph);
        error.0.outlook = Outlook::Failed;
        error
    }

    /// Says that doing it again comes to the same.
    #[cfg(feature = "client")]
    #[must_use]
    pub(crate) fn that_comes_again(mut self) -> Self {
        self.0.outlook = Outlook::SameAgain;
        self
    }

    /// Adds what caused it.
    ///
    /// ```
    /// use std::error::Error as _;
    /// use whatsapp_cloud::{Error, ErrorKind};
    ///
    /// let error = Error::new("get media", ErrorKind::NotSent).with_source("the line is down");
    /// assert_eq!(error.operation(), "get media");
    /// assert_eq!(error.to_string(), "get media: not sent");
    /// assert_eq!(error.source().map(ToString::to_string).as_deref(), Some("the line is down"));
    /// ```
    #[must_use]
    pub fn with_source(mut self, source: impl Into<Source>) -> Self {
        self.0.source = Some(source.into());
        self
    }

    /// Adds the HTTP status of the answer.
    ///
    /// Behind a status of 500 and above, a code that is not known is Meta's own failure.
    ///
    /// ```
    /// use whatsapp_cloud::wire::GraphError;
    /// use whatsapp_cloud::{Error, ErrorKind};
    ///
    /// let unheard_of = GraphError::with_code(999_999);
    /// let error = Error::from_graph("send message", unheard_of).with_status(500);
    /// assert_eq!((error.kind(), error.status()), (ErrorKind::Unavailable, Some(500)));
    /// ```
    #[must_use]
    pub fn with_status(mut self, status: u16) -> Self {
        self.0.status = Some(status);
        let is_unlisted = |graph: &GraphError| catalogue::find(graph.code, graph.subcode).is_none();
        let says_nothing =
            self.0.kind == ErrorKind::Unknown || self.0.graph.as_ref().is_some_and(is_unlisted);
        if status >= 500 && says_nothing {
            self.0.kind = ErrorKind::Unavailable;
        }
        self
    }

    /// Adds how long Meta asks to wait.
    ///
    /// ```
    /// use std::time::Duration;
    /// use whatsapp_cloud::{Error, ErrorKind};
    ///
    /// let error = Error::new("send message", ErrorKind::RateLimited)
    ///     .with_retry_after(Some(Duration::from_secs(7)));
    /// assert_eq!(error.retry_after(), Some(Duration::from_secs(7)));
    /// ```
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
    ///
    /// ```
    /// use whatsapp_cloud::Error;
    /// use whatsapp_cloud::wire::GraphError;
    ///
    /// let graph: GraphError = serde_json::from_str(
    ///     r#"{"code":100,"error_subcode":2388024,"message":"Invalid parameter",
    ///         "error_data":"A template of this name is there","fbtrace_id":"AbCdEf"}"#,
    /// )?;
    /// let error = Error::from_graph("create template", graph);
    /// assert_eq!((error.code(), error.subcode()), (Some(100), Some(2_388_024)));
    /// assert_eq!(error.message(), Some("Invalid parameter"));
    /// assert_eq!(error.trace_id(), Some("AbCdEf"));
    /// let details = error.graph().and_then(GraphError::details);
    /// assert_eq!(details, Some("A template of this name is there"));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
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

    /// What it means, whose fault it is, and what to do about it.
    ///
    /// By Meta's code where there is one, and by the kind otherwise.
    ///
    /// ```
    /// use whatsapp_cloud::catalogue::{Effect, Fault};
    /// use whatsapp_cloud::{Error, ErrorKind};
    ///
    /// let lost = Error::new("send message", ErrorKind::MaybeSent).advice();
    /// assert_eq!((lost.fault, lost.effect), (Fault::Between, Effect::Maybe));
    /// ```
    pub fn advice(&self) -> Advice {
        let advice = match &self.0.graph {
            Some(graph) if graph.advice().kind == self.0.kind => graph.advice(),
            // The status made the kind out of a code that says nothing.
            Some(_) | None => catalogue::of_kind(self.0.kind, self.0.graph.is_some()),
        };
        match (self.0.outlook, advice.effect) {
            (Outlook::Failed, Effect::Maybe) => Advice { effect: Effect::None, ..advice },
            #[cfg(feature = "client")]
            (Outlook::SameAgain, _) => Advice { retry: Retry::Never, ..advice },
            (Outlook::Usual | Outlook::Failed, _) => advice,
        }
    }

    /// Who can do something about it.
    ///
    /// ```
    /// use whatsapp_cloud::catalogue::Fault;
    /// use whatsapp_cloud::{Error, ErrorKind};
    ///
    /// assert_eq!(Error::new("send message", ErrorKind::MaybeSent).fault(), Fault::Between);
    /// ```
    pub fn fault(&self) -> Fault {
        self.advice().fault
    }

    /// Whether the same call may be repeated later without the risk of doing it twice.
    ///
    /// What [`Error::advice`] says and nothing else: repeating it makes sense, and it had no
    /// effect, or may have its effect twice since it is idempotent. When, the advice says too,
    /// and the client's `RetryPolicy` weighs it all.
    ///
    /// ```
    /// use whatsapp_cloud::{Error, ErrorKind};
    ///
    /// let lost = || Error::new("get media", ErrorKind::MaybeSent);
    /// assert!(!lost().is_retryable());
    /// assert!(lost().of_idempotent_call(true).is_retryable());
    /// ```
    pub fn is_retryable(&self) -> bool {
        let advice = self.advice();
        let makes_sense = match advice.retry {
            Retry::Never | Retry::AfterChange => false,
            Retry::AfterWait { .. } | Retry::Growing { .. } | Retry::PowersOfFour => true,
        };
        let is_safe = match advice.effect {
            Effect::None => true,
            Effect::Maybe => self.0.idempotent,
            Effect::Partly => false,
        };
        makes_sense && is_safe
    }

    /// Whether the call may have had its effect at Meta all the same: nobody knows.
    pub fn may_have_been_sent(&self) -> bool {
        self.advice().effect == Effect::Maybe
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
        let error = |code, status| {
            Error::from_graph("send message", GraphError::with_code(code)).with_status(status)
        };

        // Of a family or of none: a family says the kind, and nothing of what was done.
        for code in [999_999, 132_999, 133_999] {
            let failing = error(code, 500);
            assert!(failing.may_have_been_sent() && !failing.is_retryable(), "{code}");
            assert_eq!(failing.kind(), ErrorKind::Unavailable, "{code}");
            assert!(!error(code, 400).may_have_been_sent(), "{code}");
        }
        assert_eq!(error(999_999, 400).kind(), ErrorKind::Unknown);
        assert_eq!(error(132_000, 500).kind(), ErrorKind::Template, "one that is listed");
    }

    #[test]
    fn what_a_status_says_has_failed_had_no_effect() {
        for code in [1, 2, 131_000, 131_016, 138_004] {
            let told = || GraphError::with_code(code);
            assert!(Error::from_graph("send message", told()).may_have_been_sent(), "{code}");
            let failed = Error::of_failed_status("send message", told());
            assert!(!failed.may_have_been_sent() && failed.is_retryable(), "{code}");
        }
        let refused = Error::of_failed_status("send message", GraphError::with_code(131_026));
        assert!(!refused.is_retryable());
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
