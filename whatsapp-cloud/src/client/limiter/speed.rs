//! How much of a limit is used: less after Meta refused, then more again, step by step.

use std::time::Duration;

use crate::client::limiter::moment::Moment;

const WHOLE: u32 = 1024;
const STEP: u32 = WHOLE / 16;
/// How long a step up takes after it went too fast: a full speed again after 16 s.
pub(super) const QUICK: Duration = Duration::from_secs(2);
/// The same after too many customers complained: after two hours.
pub(super) const SLOW: Duration = Duration::from_secs(10 * 60);

/// A part of a limit.
#[derive(Debug)]
pub(super) struct Speed {
    share: u32,
    /// When the share was last changed.
    since: Moment,
    every: Duration,
    /// When it was last slowed down.
    cut: Option<Moment>,
}

impl Speed {
    pub(super) fn full() -> Self {
        Self { share: WHOLE, since: Moment::START, every: QUICK, cut: None }
    }

    /// How many of `limit` are allowed now; always one.
    pub(super) fn of(&mut self, limit: u32, now: Moment) -> u32 {
        self.recover(now);
        (limit * self.share / WHOLE).max(1)
    }

    pub(super) fn is_full(&mut self, now: Moment) -> bool {
        self.recover(now);
        self.share == WHOLE
    }

    /// Meta refused what started then: uses one part in `parts` of what it used.
    ///
    /// What started before the last cut says nothing about the speed after it.
    pub(super) fn cut(&mut self, started: Moment, now: Moment, parts: u32, every: Duration) {
        self.recover(now);
        if self.cut.is_some_and(|cut| started <= cut) {
            return;
        }
        self.share = (self.share / parts).max(1);
        self.since = now;
        self.every = self.every.max(every);
        self.cut = Some(now);
    }

    fn recover(&mut self, now: Moment) {
        let passed = now.since(self.since).as_nanos() / self.every.as_nanos();
        let steps = u32::try_from(passed).unwrap_or(u32::MAX);
        if steps == 0 {
            return;
        }
        self.share = self.share.saturating_add(steps.saturating_mul(STEP)).min(WHOLE);
        self.since = self.since + self.every.saturating_mul(steps);
        if self.share == WHOLE {
            self.every = QUICK;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: u64) -> Moment {
        Moment::after_start(Duration::from_secs(seconds))
    }

    #[test]
    fn a_refusal_halves_and_time_brings_it_back_step_by_step() {
        let mut speed = Speed::full();
        speed.cut(at(9), at(10), 2, QUICK);

        assert_eq!(speed.of(1_000, at(10)), 500);
        assert_eq!(speed.of(1_000, at(12)), 562);
        assert_eq!(speed.of(1_000, at(25)), 937);
        assert_eq!(speed.of(1_000, at(26)), 1_000);
        assert!(speed.is_full(at(26)));
    }

    #[test]
    fn many_refusals_of_one_moment_count_once() {
        let mut speed = Speed::full();
        for _ in 0..50 {
            speed.cut(at(9), at(10), 2, QUICK);
        }
        assert_eq!(speed.of(80, at(10)), 40);
        speed.cut(at(11), at(11), 2, QUICK);
        assert_eq!(speed.of(80, at(11)), 20);
    }

    #[test]
    fn something_is_always_allowed() {
        let mut speed = Speed::full();
        for second in 0..50 {
            speed.cut(at(second), at(second), 4, SLOW);
        }
        assert_eq!(speed.of(20, at(50)), 1);
    }

    #[test]
    fn complaints_slow_down_for_longer() {
        let mut speed = Speed::full();
        speed.cut(at(0), at(0), 4, SLOW);
        speed.cut(at(1), at(1), 2, QUICK);
        assert_eq!(speed.of(1_024, at(600)), 128, "the slower way up stays");
        assert_eq!(speed.of(1_024, at(601)), 192);
    }
}
