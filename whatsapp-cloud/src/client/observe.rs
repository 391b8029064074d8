//! What is told of each call: a span, a line in the log, and whoever counts.

use std::time::Duration;

use tracing::field::Empty;
use tracing::{Span, debug, debug_span};

use crate::client::answer::Call;
use crate::client::call::Inner;
use crate::error::{Error, ErrorKind};

/// Hears of every call when it is over, for counters and histograms.
///
/// - Told once of each call, also of one whose future was dropped.
/// - Told on the task that made the call: what takes long holds up that call.
///
/// ```
/// use std::collections::BTreeMap;
/// use std::sync::{Arc, Mutex};
///
/// use secrecy::SecretString;
/// use whatsapp_cloud::Client;
/// use whatsapp_cloud::api::messages::Message;
/// use whatsapp_cloud::client::{CallObserver, Called};
///
/// /// Calls by operation and outcome.
/// #[derive(Default)]
/// struct Counters(Mutex<BTreeMap<(&'static str, &'static str), u64>>);
///
/// impl CallObserver for Counters {
///     fn called(&self, called: &Called) {
///         let mut counters = self.0.lock().expect("nobody panics while holding it");
///         *counters.entry((called.operation, called.outcome.as_str())).or_default() += 1;
///     }
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> whatsapp_cloud::Result<()> {
/// let counters = Arc::new(Counters::default());
/// let client = Client::builder(SecretString::from("EAAG-example"))
///     .observe(counters.clone())
///     .build()?;
/// let empty = Message::text("5511999990001", "");
/// let refused = client.phone_number("106540352242922").send(empty).await;
///
/// assert!(refused.is_err());
/// let counters = counters.0.lock().expect("nobody panics while holding it");
/// assert_eq!(counters[&("send message", "invalid_input")], 1);
/// # Ok(()) }
/// ```
pub trait CallObserver: Send + Sync {
    /// A call is over.
    fn called(&self, called: &Called);
}

/// A call that is over. Holds nothing that leads to a person, an account or a token.
///
/// ```
/// use std::time::Duration;
///
/// use whatsapp_cloud::client::{CallObserver, Called};
///
/// /// Says which calls were slow, and how much of it was waiting for their turn.
/// struct Slow;
///
/// impl CallObserver for Slow {
///     fn called(&self, Called { operation, latency, waited, .. }: &Called) {
///         if *latency > Duration::from_secs(2) {
///             println!("{operation}: {latency:?}, {waited:?} of it in the line");
///         }
///     }
/// }
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Called {
    /// What was done: "send message".
    pub operation: &'static str,
    /// What became of it.
    pub outcome: CallOutcome,
    /// Meta's code, where Meta refused.
    pub code: Option<i64>,
    /// The HTTP status of the last answer, where the call failed.
    pub status: Option<u16>,
    /// How often it was made; 0 when it was refused here, or never had its turn.
    pub attempts: u32,
    /// From its beginning to its end.
    pub latency: Duration,
    /// How much of that was spent waiting, for a turn and between attempts.
    pub waited: Duration,
}

/// What became of a call.
///
/// ```
/// use whatsapp_cloud::ErrorKind;
/// use whatsapp_cloud::client::CallOutcome;
///
/// assert_eq!(CallOutcome::Done.as_str(), "done");
/// assert_eq!(CallOutcome::Failed(ErrorKind::InvalidInput).as_str(), "invalid_input");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum CallOutcome {
    /// Meta did it.
    Done,
    /// It failed so.
    Failed(ErrorKind),
    /// Its future was dropped: nobody knows.
    Dropped,
}

impl CallOutcome {
    /// A word of the outcome's own, fit for a label.
    ///
    /// ```
    /// use whatsapp_cloud::ErrorKind;
    /// use whatsapp_cloud::client::CallOutcome;
    ///
    /// assert_eq!(CallOutcome::Failed(ErrorKind::RateLimited).as_str(), "rate_limited");
    /// ```
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Dropped => "dropped",
            Self::Failed(kind) => match kind {
                ErrorKind::InvalidInput => "invalid_input",
                ErrorKind::Configuration => "configuration",
                ErrorKind::NotSent => "not_sent",
                ErrorKind::MaybeSent => "maybe_sent",
                ErrorKind::Authentication => "authentication",
                ErrorKind::Permission => "permission",
                ErrorKind::InvalidRequest => "invalid_request",
                ErrorKind::NotFound => "not_found",
                ErrorKind::RateLimited => "rate_limited",
                ErrorKind::WindowClosed => "window_closed",
                ErrorKind::Recipient => "recipient",
                ErrorKind::Template => "template",
                ErrorKind::Media => "media",
                ErrorKind::Policy => "policy",
                ErrorKind::Account => "account",
                ErrorKind::Unavailable => "unavailable",
                ErrorKind::Unknown => "unknown",
            },
        }
    }

    fn of(error: Option<&Error>) -> Self {
        error.map_or(Self::Done, |error| Self::Failed(error.kind()))
    }
}

/// Watches one call, or some of one kind in a batch.
pub(super) struct Watch<'c> {
    inner: &'c Inner,
    operation: &'static str,
    span: Span,
    /// Nothing when nobody wants to know.
    begun: Option<Duration>,
    pub(super) attempts: u32,
    pub(super) waited: Duration,
    is_over: bool,
}

impl<'c> Watch<'c> {
    pub(super) fn new(inner: &'c Inner, call: Call) -> Self {
        let operation = call.operation;
        let span = debug_span!(
            "call",
            operation,
            outcome = Empty,
            attempts = Empty,
            latency_ms = Empty,
            status = Empty,
            code = Empty,
        );
        let is_wanted = inner.observer.is_some() || !span.is_disabled();
        let begun = is_wanted.then(|| inner.clock.now());
        Self { inner, operation, span, begun, attempts: 0, waited: Duration::ZERO, is_over: false }
    }

    /// In which the call is made.
    pub(super) fn span(&self) -> Span {
        self.span.clone()
    }

    /// The call is over.
    pub(super) fn end(mut self, error: Option<&Error>) {
        self.is_over = true;
        self.span.in_scope(|| log(self.operation, error));
        self.tell(self.attempts, CallOutcome::of(error), error);
    }

    /// The call is over, and who goes on with what it gave logs how that ends.
    pub(super) fn end_quietly(mut self) {
        self.is_over = true;
        self.tell(self.attempts, CallOutcome::Done, None);
    }

    /// One call of a batch is over, and was made so often.
    pub(super) fn end_of_one(&self, attempts: u32, error: Option<&Error>) {
        self.span.in_scope(|| log(self.operation, error));
        self.tell(attempts, CallOutcome::of(error), error);
    }

    /// All calls of a batch are over.
    pub(super) fn end_of_all(mut self) {
        self.is_over = true;
    }

    fn tell(&self, attempts: u32, outcome: CallOutcome, error: Option<&Error>) {
        let Some(begun) = self.begun else { return };
        let called = Called {
            operation: self.operation,
            outcome,
            code: error.and_then(Error::code),
            status: error.and_then(Error::status),
            attempts,
            latency: self.inner.clock.now().saturating_sub(begun),
            waited: self.waited,
        };
        self.span.record("outcome", called.outcome.as_str());
        self.span.record("attempts", called.attempts);
        self.span.record("latency_ms", u64::try_from(called.latency.as_millis()).ok());
        self.span.record("status", called.status);
        self.span.record("code", called.code);
        if let Some(observer) = &self.inner.observer {
            observer.called(&called);
        }
    }
}

impl Drop for Watch<'_> {
    fn drop(&mut self) {
        if !self.is_over {
            self.tell(self.attempts, CallOutcome::Dropped, None);
        }
    }
}

pub(super) fn log(operation: &'static str, error: Option<&Error>) {
    match error {
        None => debug!(operation, "{operation}: done"),
        Some(error) => debug!(
            operation,
            status = error.status(),
            code = error.code(),
            trace_id = error.trace_id(),
            "{error}"
        ),
    }
}
