//! Time as an argument: a point of time, and what becomes of a clock that steps back.

use std::fmt;
use std::time::Duration;

/// A point of time: how long after a point that the caller has chosen once, for example the
/// start of the process.
///
/// ```
/// use std::time::{Duration, Instant};
/// use whatsapp_cloud::client::limiter::Moment;
///
/// let start = Instant::now();
/// let now = Moment::after_start(start.elapsed());
/// assert_eq!((now + Duration::from_secs(1)).since(now), Duration::from_secs(1));
/// ```
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment(u64);

impl Moment {
    /// The chosen point itself.
    ///
    /// ```
    /// use std::time::Duration;
    /// use whatsapp_cloud::client::limiter::Moment;
    ///
    /// assert_eq!(Moment::START, Moment::after_start(Duration::ZERO));
    /// ```
    pub const START: Self = Self(0);

    /// The moment so long after the start. What lies more than 584 years after it is taken
    /// as that far.
    pub fn after_start(time: Duration) -> Self {
        Self(u64::try_from(time.as_nanos()).unwrap_or(u64::MAX))
    }

    /// How long after the start.
    ///
    /// ```
    /// use std::time::Duration;
    /// use whatsapp_cloud::client::limiter::Moment;
    ///
    /// let later = Moment::START + Duration::from_secs(6);
    /// assert_eq!(later.since_start(), Duration::from_secs(6));
    /// ```
    pub fn since_start(self) -> Duration {
        Duration::from_nanos(self.0)
    }

    /// How long after `earlier`; nothing when it is not earlier.
    pub fn since(self, earlier: Self) -> Duration {
        Duration::from_nanos(self.0.saturating_sub(earlier.0))
    }

    pub(super) fn minus(self, time: Duration) -> Self {
        Self(self.0.saturating_sub(Self::after_start(time).0))
    }
}

impl std::ops::Add<Duration> for Moment {
    type Output = Self;

    /// The moment so much later. Does not go beyond the last moment there is.
    fn add(self, time: Duration) -> Self {
        Self(self.0.saturating_add(Self::after_start(time).0))
    }
}

impl fmt::Debug for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.since_start())
    }
}

/// By how much a clock may step back before it counts as another clock: callers on several
/// threads may hand in their times in another order than they took them.
const DISORDER: Duration = Duration::from_secs(1);

/// By how much a clock may step back without anything made of it.
const WOBBLE: Duration = Duration::from_millis(20);

/// Time that never goes back, made of a clock that may.
///
/// A small step back is waited out. After a large one the own time goes on from where it
/// stood, so that nothing waits for hours until a clock that was set back comes around.
#[derive(Debug, Default)]
pub(super) struct Timeline {
    seen: Moment,
    ahead: Duration,
    stood: Option<Moment>,
}

impl Timeline {
    /// The own time at the caller's `now`.
    pub(super) fn own(&mut self, now: Moment) -> Moment {
        if now + WOBBLE < self.seen {
            self.stood = Some(self.seen + self.ahead);
        }
        if now + DISORDER < self.seen {
            self.ahead += self.seen.since(now);
            self.seen = now;
        }
        self.seen = self.seen.max(now);
        self.seen + self.ahead
    }

    /// When the own time last stood still while nobody knows how much time has passed: from
    /// before to after it, more may have passed than the own time says.
    pub(super) fn stood(&self) -> Option<Moment> {
        self.stood
    }

    /// When the own time is `own`, by the caller's clock.
    pub(super) fn told(&self, own: Moment) -> Moment {
        own.minus(self.ahead)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(millis: u64) -> Moment {
        Moment::after_start(Duration::from_millis(millis))
    }

    #[test]
    fn a_small_step_back_is_waited_out() {
        let mut time = Timeline::default();
        assert_eq!(time.own(at(5_000)), at(5_000));
        assert_eq!((time.own(at(4_990)), time.stood()), (at(5_000), None));
        assert_eq!((time.own(at(4_500)), time.stood()), (at(5_000), Some(at(5_000))));
        assert_eq!(time.own(at(5_100)), at(5_100));
        assert_eq!(time.told(at(5_200)), at(5_200));
    }

    #[test]
    fn after_a_large_step_back_time_goes_on() {
        let mut time = Timeline::default();
        assert_eq!(time.own(at(90_000)), at(90_000));
        assert_eq!(time.own(at(10_000)), at(90_000));
        assert_eq!(time.own(at(10_250)), at(90_250));
        assert_eq!(time.told(at(90_500)), at(10_500));
        assert_eq!(time.own(at(0)), at(90_250));
        assert_eq!(time.own(at(1)), at(90_251));
    }

    #[test]
    fn time_does_not_overflow() {
        let last = Moment::after_start(Duration::MAX);
        assert_eq!(last + Duration::MAX, last);
        assert_eq!(Moment::START.since(last), Duration::ZERO);
    }
}
