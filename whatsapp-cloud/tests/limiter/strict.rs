//! A strict model of Meta, and how the limiter does against it: many messages, a way whose
//! length differs, and a shell that comes late.

use std::collections::{BTreeMap, VecDeque};
use std::time::Duration;

use proptest::prelude::*;
use whatsapp_cloud::client::limiter::{Moment, Next, Outcome, Priority, Slot};

use super::{SECOND, limiter_of, refused, wait};

/// Random numbers that are the same each time.
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    pub(crate) fn below(&mut self, most: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % most.max(1)
    }
}

/// Meta, as strict as its pages can be read.
struct Meta {
    limit: usize,
    /// When messages arrived within the last second.
    second: VecDeque<Moment>,
    /// When each recipient's burst began, and how many it has.
    pairs: BTreeMap<u64, (Moment, u32)>,
}

impl Meta {
    fn new(limit: u32) -> Self {
        Self { limit: limit as usize, second: VecDeque::new(), pairs: BTreeMap::new() }
    }

    /// Takes a message, or says with which code it is refused.
    fn take(&mut self, now: Moment, recipient: u64) -> Result<(), i64> {
        while self.second.front().is_some_and(|first| *first + SECOND <= now) {
            self.second.pop_front();
        }
        if self.second.len() >= self.limit {
            return Err(130_429);
        }
        let six = Duration::from_secs(6);
        match self.pairs.get_mut(&recipient) {
            Some((opened, sent)) if now < *opened + six * *sent => {
                if now >= *opened + six || *sent >= 45 {
                    return Err(131_056);
                }
                *sent += 1;
            }
            _ => drop(self.pairs.insert(recipient, (now, 1))),
        }
        self.second.push_back(now);
        Ok(())
    }
}

/// What is tried against the strict model.
struct Trial {
    /// What Meta allows, and what the limiter believes it allows.
    limit: u32,
    believed: u32,
    seconds: u64,
    /// By how much the way to Meta differs from message to message.
    jitter: u64,
    /// How late the shell comes back after the moment it was told.
    lateness: u64,
    /// How many recipients there are, and the part of them in a hundred whom agents write to.
    recipients: u64,
    agents: u64,
    seed: u64,
}

#[derive(Debug, Default)]
struct Report {
    taken: u64,
    refused: BTreeMap<i64, u64>,
    /// Of the last ten seconds.
    refused_late: u64,
    taken_late: u64,
}

impl Trial {
    fn of(limit: u32) -> Self {
        Self {
            limit,
            believed: limit,
            seconds: 20,
            jitter: 28,
            lateness: 4,
            recipients: u64::MAX,
            agents: 10,
            seed: 4,
        }
    }

    /// Keeps many waiting, sends what may go, and lets Meta judge it as it arrives.
    fn run(&self) -> Report {
        let mut dice = Dice(self.seed.wrapping_mul(2_654_435_761) | 1);
        let mut limiter = limiter_of(self.believed);
        let mut meta = Meta::new(self.limit);
        let mut report = Report::default();
        let mut recipients = BTreeMap::new();
        let mut next_recipient = 0;
        // In microseconds: what arrives at Meta, and what comes back.
        let mut travelling: BTreeMap<(u64, u64), (Slot, u64)> = BTreeMap::new();
        let mut returning: BTreeMap<(u64, u64), (Slot, Outcome)> = BTreeMap::new();
        let micros = |micros| Moment::after_start(Duration::from_micros(micros));
        let (mut now, mut count, mut look) = (0, 0, 0);
        let end = self.seconds * 1_000_000;
        while now < end {
            while travelling.first_key_value().is_some_and(|(key, _)| key.0 <= now) {
                let ((arrives, id), (slot, recipient)) = travelling.pop_first().unwrap();
                let is_late = arrives + 10_000_000 > end;
                let outcome = match meta.take(micros(arrives), recipient) {
                    Ok(()) => {
                        report.taken += 1;
                        report.taken_late += u64::from(is_late);
                        Outcome::Accepted
                    }
                    Err(code) => {
                        *report.refused.entry(code).or_default() += 1;
                        report.refused_late += u64::from(is_late);
                        refused(code)
                    }
                };
                returning.insert((arrives + 60_000, id), (slot, outcome));
            }
            while returning.first_key_value().is_some_and(|(key, _)| key.0 <= now) {
                let (_, (slot, outcome)) = returning.pop_first().unwrap();
                limiter.observe(micros(now), slot, outcome);
            }
            while limiter.waiting() < 3_000 {
                let recipient = if self.recipients == u64::MAX {
                    next_recipient
                } else {
                    dice.below(self.recipients)
                };
                next_recipient += 1;
                let is_agent = dice.below(100) < self.agents;
                let priority = if is_agent { Priority::Agent } else { Priority::Campaign };
                let ticket = wait(&mut limiter, micros(now), recipient, priority).unwrap();
                recipients.insert(ticket, recipient);
            }
            if now >= look {
                let told = loop {
                    match limiter.next(micros(now)) {
                        Next::Go { ticket, slot } => {
                            let way = 40_000 + dice.below(self.jitter * 1_000);
                            count += 1;
                            let recipient = recipients.remove(&ticket).unwrap();
                            travelling.insert((now + way, count), (slot, recipient));
                        }
                        Next::At(at) => break u64::try_from(at.since_start().as_micros()).unwrap(),
                        Next::Idle => panic!("3,000 wait"),
                    }
                };
                look = told.max(now + 1) + dice.below(self.lateness * 1_000);
            }
            let arrives = travelling.first_key_value().map_or(u64::MAX, |(key, _)| key.0);
            let returns = returning.first_key_value().map_or(u64::MAX, |(key, _)| key.0);
            now = look.min(arrives).min(returns).max(now);
        }
        report
    }

    fn is_kept_and_used(&self) {
        let report = self.run();
        let most = u64::from(self.limit) * self.seconds;
        assert_eq!(report.refused, BTreeMap::new(), "{} a second", self.limit);
        let used = report.taken * 1_000 / most;
        assert!(used >= 950, "{} a second: {used} of 1000 used", self.limit);
    }
}

#[test]
fn a_campaign_uses_the_limit_and_is_never_refused() {
    for limit in [20, 80, 1_000] {
        Trial::of(limit).is_kept_and_used();
    }
}

#[test]
fn a_shell_that_comes_a_little_late_uses_the_limit_all_the_same() {
    for limit in [20, 80, 1_000] {
        Trial { lateness: 25, ..Trial::of(limit) }.is_kept_and_used();
    }
}

#[test]
fn a_way_that_differs_more_than_allowed_for_costs_little() {
    let report = Trial { jitter: 150, seconds: 60, ..Trial::of(80) }.run();
    let refused: u64 = report.refused.values().sum();
    assert!(refused * 50 < report.taken, "{report:?}");
    assert!(report.taken > 80 * 60 / 2, "{report:?}");
}

#[test]
fn few_recipients_are_never_written_to_too_often() {
    let report = Trial { recipients: 120, agents: 50, seconds: 120, ..Trial::of(80) }.run();
    assert_eq!(report.refused, BTreeMap::new());
    // Each takes one in 6.25 s, and a burst at the end that is not paid for yet.
    assert!(report.taken >= 120 * 120 / 7, "{report:?}");
}

#[test]
fn a_limit_that_is_lower_than_believed_is_found() {
    let report = Trial { believed: 1_000, seconds: 60, ..Trial::of(80) }.run();
    assert!(report.taken > 80 * 20, "{report:?}");
    assert!(report.refused_late < report.taken_late, "{report:?}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn any_limit_is_kept_with_any_traffic(
        limit in 2..300_u32,
        recipients in prop_oneof![Just(u64::MAX), 1..500_u64],
        agents in 0..=100_u64,
        lateness in 1..50_u64,
        jitter in 1..30_u64,
        seed in any::<u64>(),
    ) {
        let trial = Trial {
            recipients, agents, lateness, jitter, seed, seconds: 12, ..Trial::of(limit)
        };
        let report = trial.run();
        prop_assert_eq!(&report.refused, &BTreeMap::new());
        if recipients == u64::MAX {
            let most = u64::from(limit) * trial.seconds;
            prop_assert!(report.taken * 100 >= most * 93, "{} of {}", report.taken, most);
        }
    }
}
