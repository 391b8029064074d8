//! Whether and when a call that failed is made again. Pure: time and chance are arguments.
//!
//! ```
//! use std::time::Duration;
//! use whatsapp_cloud::client::{Attempt, Decision, GiveUp, RetryPolicy, Safety};
//! use whatsapp_cloud::{Error, ErrorKind};
//!
//! let policy = RetryPolicy::default();
//! let first = Attempt::first(Duration::from_millis(200)).with_chance(0.5);
//! let refused = Error::new("send message", ErrorKind::NotSent);
//! let lost = Error::new("send message", ErrorKind::MaybeSent);
//!
//! assert!(matches!(policy.decide(first, &refused, Safety::AtMostOnce), Decision::Retry { .. }));
//! // A second message is worse than none:
//! assert_eq!(
//!     policy.decide(first, &lost, Safety::AtMostOnce),
//!     Decision::GiveUp(GiveUp::MaybeDone)
//! );
//! ```

use std::time::Duration;

use crate::error::Error;
use crate::error::catalogue::{Advice, Effect, Retry};

/// What it means to make a call twice.
///
/// ```
/// use whatsapp_cloud::api::messages::SendMessage;
/// use whatsapp_cloud::api::profile::GetProfile;
/// use whatsapp_cloud::client::Safety;
/// use whatsapp_cloud::endpoint::Endpoint;
///
/// assert_eq!(Safety::of_call(GetProfile::IDEMPOTENT), Safety::Idempotent);
/// assert_eq!(Safety::of_call(SendMessage::IDEMPOTENT), Safety::AtMostOnce);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Safety {
    /// The same as once: reading, deleting, marking as read.
    Idempotent,
    /// Worse than not at all: a text of an agent's, marketing, a payment. Repeated only when
    /// the call certainly had no effect.
    AtMostOnce,
    /// Better than not at all: a one-time password. Repeated also when nobody knows, after
    /// [`RetryPolicy::settle`].
    AtLeastOnce,
}

/// How often and for how long a call is tried.
///
/// ```
/// use std::time::Duration;
///
/// use secrecy::SecretString;
/// use whatsapp_cloud::Client;
/// use whatsapp_cloud::client::RetryPolicy;
///
/// let patient = RetryPolicy::default().attempts(8).total(Duration::from_secs(600));
/// let client = Client::builder(SecretString::from("EAAG-example")).retry(patient).build()?;
/// # Ok::<(), whatsapp_cloud::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
pub struct RetryPolicy {
    attempts: u32,
    total: Duration,
    first: Duration,
    cap: Duration,
    settle: Duration,
}

impl Default for RetryPolicy {
    /// Five attempts within two minutes, 500 ms growing to 30 s, 30 s for what may have been
    /// sent.
    fn default() -> Self {
        Self {
            attempts: 5,
            total: Duration::from_secs(120),
            first: Duration::from_millis(500),
            cap: Duration::from_secs(30),
            settle: Duration::from_secs(30),
        }
    }
}

impl RetryPolicy {
    /// How often the call is made at most, the first time included.
    pub fn attempts(mut self, attempts: u32) -> Self {
        self.attempts = attempts;
        self
    }

    /// When the last attempt begins at the latest, from the beginning of the first. No attempt
    /// waits for longer for its turn, the first included.
    pub fn total(mut self, total: Duration) -> Self {
        self.total = total;
        self
    }

    /// The longest first wait of ours. It doubles up to `cap`, of which a random part is
    /// waited, so that many callers do not come back at once. What Meta asks for comes on
    /// top, and knows no cap.
    ///
    /// ```
    /// use std::time::Duration;
    ///
    /// use whatsapp_cloud::client::{Attempt, Decision, RetryPolicy, Safety};
    /// use whatsapp_cloud::{Error, ErrorKind};
    ///
    /// let policy = RetryPolicy::default().waits(Duration::from_secs(2), Duration::from_secs(5));
    /// let away = Error::new("send message", ErrorKind::NotSent);
    /// let mut attempt = Attempt::first(Duration::ZERO).with_chance(1.0); // the longest waits
    /// for seconds in [2, 4, 5] {
    ///     let after = Duration::from_secs(seconds);
    ///     let decision = policy.decide(attempt, &away, Safety::AtMostOnce);
    ///     assert_eq!(decision, Decision::Retry { after });
    ///     attempt = attempt.next(Duration::ZERO);
    /// }
    /// ```
    pub fn waits(mut self, first: Duration, cap: Duration) -> Self {
        self.first = first;
        self.cap = cap;
        self
    }

    /// How long to wait for a status that says that a message of
    /// [`Safety::AtLeastOnce`] went out, before it is sent again.
    ///
    /// ```
    /// use std::time::Duration;
    ///
    /// use whatsapp_cloud::client::{Attempt, Decision, RetryPolicy, Safety};
    /// use whatsapp_cloud::{Error, ErrorKind};
    ///
    /// let policy = RetryPolicy::default().settle(Duration::from_secs(10));
    /// let lost = Error::new("send message", ErrorKind::MaybeSent);
    /// let attempt = Attempt::first(Duration::ZERO).with_chance(0.0);
    /// let after = Duration::from_secs(10);
    /// assert_eq!(policy.decide(attempt, &lost, Safety::AtLeastOnce), Decision::Retry { after });
    /// ```
    pub fn settle(mut self, settle: Duration) -> Self {
        self.settle = settle;
        self
    }

    /// What to do after `error`.
    ///
    /// - Of [`Safety::AtMostOnce`], nothing is repeated that may have had its effect.
    /// - What is refused for good is not repeated, whatever the safety; nor is what was answered
    ///   at a greater length than is read.
    /// - No wait is shorter than what Meta asks for, in a header or by the kind of its error.
    /// - A wait that would end after the total is not begun.
    pub fn decide(&self, attempt: Attempt, error: &Error, safety: Safety) -> Decision {
        let advice = error.advice();
        let unsure = match advice.effect {
            Effect::None => false,
            Effect::Maybe => true,
            Effect::Partly => return Decision::GiveUp(GiveUp::PartlyDone),
        };
        if unsure && safety == Safety::AtMostOnce {
            return Decision::GiveUp(GiveUp::MaybeDone);
        }
        let Some(advised) = least_wait(&advice, attempt) else {
            return Decision::GiveUp(match advice.retry {
                Retry::AfterChange => GiveUp::NeedsChange,
                Retry::Never
                | Retry::AfterWait { .. }
                | Retry::Growing { .. }
                | Retry::PowersOfFour => GiveUp::Refused,
            });
        };
        let settle =
            if unsure && safety == Safety::AtLeastOnce { self.settle } else { Duration::ZERO };
        let told = error.retry_after().max(attempt.told).unwrap_or_default();
        let after = advised.max(told).max(settle).saturating_add(self.spread(attempt, error));
        if attempt.number >= self.attempts {
            return Decision::GiveUp(GiveUp::OutOfAttempts { wait: after });
        }
        if attempt.elapsed.saturating_add(after) > self.total {
            return Decision::GiveUp(GiveUp::OutOfTime { wait: after });
        }
        Decision::Retry { after }
    }

    /// Whether the budget allows another attempt, now.
    pub(super) fn has_room_for_another(&self, attempt: Attempt) -> bool {
        attempt.number < self.attempts && attempt.elapsed <= self.total
    }

    pub(super) fn most_time(self) -> Duration {
        self.total
    }

    /// A random part of a wait that doubles: exponential back-off with full jitter.
    fn spread(&self, attempt: Attempt, error: &Error) -> Duration {
        let doublings = attempt.number.saturating_sub(1).min(31);
        let first = match error.advice().retry {
            Retry::Growing { first } => first.max(self.first),
            Retry::Never | Retry::AfterChange | Retry::AfterWait { .. } | Retry::PowersOfFour => {
                self.first
            }
        };
        let longest = first.saturating_mul(1 << doublings).min(self.cap);
        Duration::try_from_secs_f64(longest.as_secs_f64() * attempt.chance).unwrap_or(longest)
    }
}

/// The shortest wait that the error's advice allows; `None` when it allows none.
fn least_wait(advice: &Advice, attempt: Attempt) -> Option<Duration> {
    match advice.retry {
        Retry::Never | Retry::AfterChange => None,
        Retry::AfterWait { least } => Some(least),
        Retry::Growing { .. } => Some(Duration::ZERO),
        Retry::PowersOfFour => Some(power_of_four(attempt.number.saturating_sub(1))),
    }
}

/// 1, 4, 16 … seconds, as Meta asks for when one customer gets too much; about four hours at
/// most.
///
/// Source: <https://developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes>
pub(super) fn power_of_four(exponent: u32) -> Duration {
    Duration::from_secs(4_u64.pow(exponent.min(7)))
}

/// Which attempt failed, and what is known besides the error.
///
/// ```
/// use std::time::Duration;
///
/// use whatsapp_cloud::client::Attempt;
///
/// let first = Attempt::first(Duration::from_millis(200)).with_chance(0.5);
/// assert_eq!(first.next(Duration::from_secs(1)).number(), first.number() + 1);
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
#[must_use]
pub struct Attempt {
    number: u32,
    elapsed: Duration,
    chance: f64,
    told: Option<Duration>,
}

impl Attempt {
    /// The first attempt, which took so long. The longest part of each wait is waited, until
    /// [`Attempt::with_chance`] says otherwise.
    pub fn first(elapsed: Duration) -> Self {
        Self { number: 1, elapsed, chance: 1.0, told: None }
    }

    /// The next attempt, at whose end so much time has passed since the beginning of the
    /// first.
    pub fn next(self, elapsed: Duration) -> Self {
        Self { number: self.number.saturating_add(1), elapsed, told: None, ..self }
    }

    /// A random number from 0 to 1, which says how much of a wait is waited.
    pub fn with_chance(mut self, chance: f64) -> Self {
        // What is no number waits longest.
        self.chance = if chance.is_nan() { 1.0 } else { chance.clamp(0.0, 1.0) };
        self
    }

    /// How long Meta's usage headers say to wait:
    /// [`Usage::wait`](crate::client::Usage::wait).
    ///
    /// ```
    /// use std::time::Duration;
    ///
    /// use whatsapp_cloud::client::{Attempt, Decision, RetryPolicy, Safety};
    /// use whatsapp_cloud::{Error, ErrorKind};
    ///
    /// let busy = Error::new("list templates", ErrorKind::RateLimited);
    /// let after = Duration::from_secs(60);
    /// let attempt = Attempt::first(Duration::ZERO).with_chance(0.0).with_told_wait(Some(after));
    /// let decision = RetryPolicy::default().decide(attempt, &busy, Safety::Idempotent);
    /// assert_eq!(decision, Decision::Retry { after });
    /// ```
    pub fn with_told_wait(mut self, wait: Option<Duration>) -> Self {
        self.told = wait;
        self
    }

    /// Which attempt it was, from 1.
    pub fn number(&self) -> u32 {
        self.number
    }
}

/// What to do after a call failed.
///
/// ```
/// use std::time::Duration;
///
/// use whatsapp_cloud::{Error, ErrorKind};
/// use whatsapp_cloud::client::{Attempt, Decision, RetryPolicy, Safety};
///
/// let away = Error::new("get profile", ErrorKind::NotSent);
/// let attempt = Attempt::first(Duration::ZERO).with_chance(1.0);
/// match RetryPolicy::default().decide(attempt, &away, Safety::Idempotent) {
///     Decision::Retry { after } => assert!(after > Duration::ZERO),
///     Decision::GiveUp(why) => panic!("{why:?}"),
/// }
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
pub enum Decision {
    /// Make it again.
    Retry {
        /// After this wait.
        after: Duration,
    },
    /// Do not make it again.
    GiveUp(GiveUp),
}

/// Why a call is not made again.
///
/// ```
/// use std::time::Duration;
///
/// use whatsapp_cloud::{Error, ErrorKind};
/// use whatsapp_cloud::client::{Attempt, Decision, GiveUp, RetryPolicy, Safety};
///
/// let away = Error::new("get profile", ErrorKind::NotSent);
/// let attempt = Attempt::first(Duration::ZERO).with_chance(1.0);
/// let decision = RetryPolicy::default().attempts(1).decide(attempt, &away, Safety::Idempotent);
/// assert!(matches!(decision, Decision::GiveUp(GiveUp::OutOfAttempts { .. })));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum GiveUp {
    /// It would be refused again.
    Refused,
    /// It would be refused until something is changed: see
    /// [`Error::advice`].
    NeedsChange,
    /// It may have had its effect, and must not have it twice. A status will tell.
    MaybeDone,
    /// A part of it is done.
    PartlyDone,
    /// It was made as often as allowed. It may be made again after this wait.
    OutOfAttempts {
        /// The wait that was due.
        wait: Duration,
    },
    /// The wait would last too long. A queue may come back after it.
    OutOfTime {
        /// The wait that was due.
        wait: Duration,
    },
}

impl Safety {
    /// The safety of a call of an [`Endpoint`](crate::endpoint::Endpoint): what is not
    /// idempotent is made once at most.
    pub fn of_call(idempotent: bool) -> Self {
        if idempotent { Self::Idempotent } else { Self::AtMostOnce }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::error::{ErrorKind, catalogue};
    use crate::wire::GraphError;

    const ALL: [Safety; 3] = [Safety::Idempotent, Safety::AtMostOnce, Safety::AtLeastOnce];

    /// No limits but the attempts, and no chance.
    fn policy() -> RetryPolicy {
        RetryPolicy::default().total(Duration::MAX)
    }

    fn decide(error: &Error, safety: Safety) -> Decision {
        policy().decide(Attempt::first(Duration::ZERO).with_chance(0.0), error, safety)
    }

    fn of_code(code: i64) -> Error {
        Error::from_graph("send message", GraphError::with_code(code))
    }

    fn retry(seconds: u64) -> Decision {
        Decision::Retry { after: Duration::from_secs(seconds) }
    }

    #[test]
    fn every_kind_has_its_decision_for_every_safety() {
        let now = retry(0);
        let settled = retry(30);
        let change = Decision::GiveUp(GiveUp::NeedsChange);
        let refused = Decision::GiveUp(GiveUp::Refused);
        let maybe = Decision::GiveUp(GiveUp::MaybeDone);
        for (kind, expected) in [
            (ErrorKind::InvalidInput, [change; 3]),
            (ErrorKind::Configuration, [change; 3]),
            (ErrorKind::NotSent, [now; 3]),
            (ErrorKind::MaybeSent, [now, maybe, settled]),
            (ErrorKind::Authentication, [change; 3]),
            (ErrorKind::Permission, [change; 3]),
            (ErrorKind::InvalidRequest, [change; 3]),
            (ErrorKind::NotFound, [change; 3]),
            (ErrorKind::RateLimited, [now; 3]),
            (ErrorKind::WindowClosed, [change; 3]),
            (ErrorKind::Recipient, [change; 3]),
            (ErrorKind::Template, [change; 3]),
            (ErrorKind::Media, [change; 3]),
            (ErrorKind::Policy, [change; 3]),
            (ErrorKind::Account, [change; 3]),
            (ErrorKind::Unavailable, [now, maybe, settled]),
            (ErrorKind::Unknown, [refused; 3]),
        ] {
            let error = Error::new("send message", kind);
            assert_eq!(ALL.map(|safety| decide(&error, safety)), expected, "{kind:?}");
        }
    }

    #[test]
    fn every_code_is_decided_by_its_advice() {
        for entry in catalogue::all() {
            let mut graph = GraphError::with_code(entry.first);
            graph.subcode = entry.subcode;
            let error = Error::from_graph("send message", graph);
            for safety in ALL {
                let is_repeated = matches!(decide(&error, safety), Decision::Retry { .. });
                let is_worth_it = !matches!(entry.advice.retry, Retry::Never | Retry::AfterChange);
                let is_safe = match entry.advice.effect {
                    Effect::None => true,
                    Effect::Maybe => safety != Safety::AtMostOnce,
                    Effect::Partly => false,
                };
                assert_eq!(is_repeated, is_worth_it && is_safe, "{entry} {safety:?}");
            }
        }
    }

    #[test]
    fn codes_have_their_own_waits() {
        for (code, wait) in [(130_429, 1), (131_057, 60), (80_007, 60), (131_049, 86_400)] {
            assert_eq!(decide(&of_code(code), Safety::AtMostOnce), retry(wait), "{code}");
        }
        assert_eq!(
            decide(&of_code(131_201), Safety::Idempotent),
            Decision::GiveUp(GiveUp::PartlyDone)
        );
    }

    #[test]
    fn a_recipient_who_got_too_much_is_waited_for_in_powers_of_four() {
        let mut attempt = Attempt::first(Duration::ZERO).with_chance(0.0);
        for wait in [1, 4, 16, 64] {
            let decision = policy().decide(attempt, &of_code(131_056), Safety::AtMostOnce);
            assert_eq!(decision, retry(wait));
            attempt = attempt.next(Duration::ZERO);
        }
        assert_eq!(power_of_four(u32::MAX), Duration::from_secs(16_384));
    }

    #[test]
    fn the_longest_wait_that_is_asked_for_is_waited() {
        let error = of_code(130_429).with_retry_after(Some(Duration::from_secs(7)));
        let attempt = Attempt::first(Duration::ZERO).with_chance(0.0);
        let told = attempt.with_told_wait(Some(Duration::from_secs(19 * 60)));

        assert_eq!(policy().decide(attempt, &error, Safety::AtMostOnce), retry(7));
        assert_eq!(policy().decide(told, &error, Safety::AtMostOnce), retry(19 * 60));
        assert_eq!(
            RetryPolicy::default().decide(told, &error, Safety::AtMostOnce),
            Decision::GiveUp(GiveUp::OutOfTime { wait: Duration::from_secs(19 * 60) })
        );
    }

    #[test]
    fn the_budget_ends_in_attempts_and_in_time() {
        let error = Error::new("send message", ErrorKind::NotSent);
        let mut attempt = Attempt::first(Duration::ZERO);
        let mut waits = Vec::new();
        let end = loop {
            match policy().decide(attempt, &error, Safety::AtMostOnce) {
                Decision::Retry { after } => waits.push(after.as_millis()),
                Decision::GiveUp(why) => break why,
            }
            attempt = attempt.next(Duration::ZERO);
        };
        assert_eq!(waits, [500, 1_000, 2_000, 4_000]);
        assert_eq!(end, GiveUp::OutOfAttempts { wait: Duration::from_secs(8) });

        let late = |millis| {
            let attempt = Attempt::first(Duration::from_millis(millis));
            RetryPolicy::default().decide(attempt, &error, Safety::AtMostOnce)
        };
        let wait = Duration::from_millis(500);
        assert_eq!(late(119_500), Decision::Retry { after: wait });
        assert_eq!(late(119_501), Decision::GiveUp(GiveUp::OutOfTime { wait }));
    }

    #[test]
    fn extremes_do_not_overflow() {
        let error = of_code(130_429).with_retry_after(Some(Duration::MAX));
        let mut attempt = Attempt::first(Duration::MAX).with_chance(f64::NAN);
        attempt.number = u32::MAX;
        let policy = policy().attempts(u32::MAX).waits(Duration::MAX, Duration::MAX);

        let wait = Duration::MAX;
        assert_eq!(
            policy.decide(attempt, &error, Safety::AtMostOnce),
            Decision::GiveUp(GiveUp::OutOfAttempts { wait })
        );
    }

    fn any_error() -> impl Strategy<Value = Error> {
        let codes: Vec<_> = catalogue::all().map(|entry| (entry.first, entry.subcode)).collect();
        let of_code = prop::sample::select(codes).prop_map(|(code, subcode)| {
            let mut graph = GraphError::with_code(code);
            graph.subcode = subcode;
            Error::from_graph("send message", graph)
        });
        let of_kind = prop::sample::select(ErrorKind::ALL.to_vec())
            .prop_map(|kind| Error::new("send message", kind));
        let unknown = (any::<i64>(), any::<Option<bool>>()).prop_map(|(code, is_transient)| {
            let mut graph = GraphError::with_code(code);
            graph.is_transient = is_transient;
            Error::from_graph("send message", graph)
        });
        let status = prop::option::of(200..600_u16);
        let wait = prop::option::of(0..100_000_u64);
        (prop_oneof![of_code, of_kind, unknown], status, wait).prop_map(|(error, status, wait)| {
            let error = error.with_retry_after(wait.map(Duration::from_secs));
            match status {
                Some(status) => error.with_status(status),
                None => error,
            }
        })
    }

    proptest! {
        #[test]
        fn what_is_retryable_is_what_is_repeated_when_there_is_time(
            error in any_error(), idempotent in any::<bool>(),
        ) {
            let error = error.of_idempotent_call(idempotent).with_retry_after(None);
            let attempt = Attempt::first(Duration::ZERO);
            let decision = policy().decide(attempt, &error, Safety::of_call(idempotent));
            let is_repeated = matches!(decision, Decision::Retry { .. });
            prop_assert_eq!(error.is_retryable(), is_repeated);
        }

        #[test]
        fn what_may_have_been_sent_is_never_sent_again_at_most_once(
            error in any_error(), number in 1..9_u32, chance in 0.0..=1.0_f64,
        ) {
            let mut attempt = Attempt::first(Duration::ZERO).with_chance(chance);
            attempt.number = number;
            let decision = policy().decide(attempt, &error, Safety::AtMostOnce);
            if matches!(decision, Decision::Retry { .. }) {
                prop_assert!(!error.may_have_been_sent());
                prop_assert_ne!(error.kind(), ErrorKind::MaybeSent);
            }
        }

        #[test]
        fn waits_grow_and_are_never_shorter_than_told(
            error in any_error(),
            chance in 0.0..=1.0_f64,
            told in prop::option::of(0..10_000_u64),
            safety in prop::sample::select(ALL.to_vec()),
        ) {
            let policy = policy().attempts(40);
            let told = told.map(Duration::from_secs);
            let mut attempt = Attempt::first(Duration::ZERO).with_chance(chance);
            let mut before = Duration::ZERO;
            while let Decision::Retry { after } =
                policy.decide(attempt.with_told_wait(told), &error, safety)
            {
                prop_assert!(after >= before);
                prop_assert!(after >= told.unwrap_or_default());
                prop_assert!(after >= error.retry_after().unwrap_or_default());
                // What is ours of it stays below the cap.
                let floor = told.max(error.retry_after()).unwrap_or_default();
                let advised = least_wait(&error.advice(), attempt).unwrap_or_default();
                let own = after - floor.max(advised);
                prop_assert!(own <= policy.cap + policy.settle);
                before = after;
                attempt = attempt.next(Duration::ZERO);
            }
            prop_assert!(attempt.number() == 1 || attempt.number() == 40);
        }
    }
}
