//! Random histories: whatever is done to a limiter, each grant is within the limits.

use std::collections::BTreeMap;
use std::time::Duration;

use proptest::prelude::*;
use whatsapp_cloud::client::limiter::{
    Limiter, LimiterOptions, Next, Outcome, Priority, Reserved, Slot, Throughput, Ticket,
};

use super::{SECRET, ask, at, number, to, wait};

/// What may happen to a limiter.
#[derive(Clone, Debug)]
enum Step {
    Pass(u64),
    Ask {
        recipient: u64,
        priority: Priority,
    },
    Wait {
        recipient: u64,
        priority: Priority,
    },
    Next,
    Withdraw(usize),
    GiveBack(usize),
    Observe(usize, Outcome),
    Incoming,
    Failed(u64, i64),
    /// The clock is set back by so much while no time passes, and the limiter is asked
    /// something just before and after or not.
    ClockBack(u64, bool),
}

fn any_step() -> impl Strategy<Value = Step> {
    let priority = prop::sample::select(vec![Priority::Agent, Priority::Bot, Priority::Campaign]);
    let codes =
        prop::sample::select(vec![130_429, 131_048, 131_056, 131_057, 131_026, 80_007, 131_000]);
    let outcome = prop_oneof![
        4 => Just(Outcome::Accepted),
        1 => Just(Outcome::Lost),
        1 => Just(Outcome::NotSent),
        1 => (codes.clone(), prop::option::of(0..5_u64)).prop_map(|(code, wait)| {
            Outcome::Refused { code: Some(code), wait: wait.map(Duration::from_secs) }
        }),
        1 => Just(Outcome::Refused { code: None, wait: None }),
    ];
    prop_oneof![
        9 => (0..1_500_u64).prop_map(Step::Pass),
        2 => (0..30_000_u64).prop_map(Step::Pass),
        6 => (0..4_u64, priority.clone())
            .prop_map(|(recipient, priority)| Step::Ask { recipient, priority }),
        6 => (0..4_u64, priority)
            .prop_map(|(recipient, priority)| Step::Wait { recipient, priority }),
        12 => Just(Step::Next),
        1 => any::<usize>().prop_map(Step::Withdraw),
        6 => any::<usize>().prop_map(Step::GiveBack),
        4 => (any::<usize>(), outcome).prop_map(|(slot, outcome)| Step::Observe(slot, outcome)),
        1 => Just(Step::Incoming),
        1 => (0..4_u64, codes).prop_map(|(recipient, code)| Step::Failed(recipient, code)),
        1 => (prop_oneof![0..3_000_u64, 0..100_000_u64], prop::bool::weighted(0.8))
            .prop_map(|(by, is_seen)| Step::ClockBack(by, is_seen)),
    ]
}

/// A slot that is out, and what it was for.
struct Out {
    slot: Slot,
    time: u64,
    recipient: u64,
}

/// Goes through a history, and checks each grant against what was granted before.
fn check_history(limit: u32, steps: &[Step], pairs: usize) {
    let options = LimiterOptions::default().pairs(pairs).waiting(50).numbers(2, 2);
    let mut limiter = Limiter::new(options, SECRET);
    limiter.set_throughput(at(0), &number(), Throughput::per_second(limit)).unwrap();
    let (mut time, mut clock) = (0, 200_000_000_u64);
    let mut out: Vec<Out> = Vec::new();
    let mut waiting: BTreeMap<Ticket, u64> = BTreeMap::new();
    // By true time; what was given back is taken out.
    let mut granted: Vec<(u64, u64)> = Vec::new();
    let mut exchanged: Vec<u64> = Vec::new();
    let mut is_clock_sure = true;
    for step in steps {
        let now = at(clock);
        let mut grant = None;
        match step.clone() {
            Step::Pass(passed) => {
                time += passed;
                clock += passed;
            }
            Step::ClockBack(by, is_seen) => {
                clock -= by;
                if is_seen {
                    limiter.allowed(now, &number());
                    limiter.allowed(at(clock), &number());
                } else {
                    // Looks like time that passed slowly, so that a burst may last too long.
                    is_clock_sure = false;
                }
            }
            Step::Ask { recipient, priority } => {
                match ask(&mut limiter, now, recipient, priority) {
                    Reserved::Granted(slot) => grant = Some((slot, recipient)),
                    Reserved::Wait { until } => {
                        // Nobody is sent away for ever: four hours at most, and an hour for calls.
                        assert!(until.since(now) < Duration::from_secs(5 * 3_600));
                    }
                }
            }
            Step::Wait { recipient, priority } => {
                if let Ok(ticket) = wait(&mut limiter, now, recipient, priority) {
                    assert!(waiting.insert(ticket, recipient).is_none());
                }
            }
            Step::Next => match limiter.next(now) {
                Next::Go { ticket, slot } => {
                    grant = Some((slot, waiting.remove(&ticket).expect("who goes has waited")));
                }
                Next::At(_) => assert!(!waiting.is_empty()),
                Next::Idle => assert!(waiting.is_empty()),
            },
            Step::Withdraw(which) => {
                if let Some(ticket) = waiting.keys().nth(which % waiting.len().max(1)).copied() {
                    limiter.withdraw(ticket);
                    waiting.remove(&ticket);
                }
            }
            Step::GiveBack(which) | Step::Observe(which, Outcome::NotSent) => {
                if !out.is_empty() {
                    let back = out.swap_remove(which % out.len());
                    limiter.give_back(now, back.slot);
                    let place = granted.iter().position(|g| *g == (back.time, back.recipient));
                    granted.remove(place.unwrap());
                    let place = exchanged.iter().position(|time| *time == back.time);
                    exchanged.remove(place.unwrap());
                }
            }
            Step::Observe(which, outcome) => {
                if !out.is_empty() {
                    let seen = out.swap_remove(which % out.len());
                    limiter.observe(now, seen.slot, outcome);
                }
            }
            Step::Incoming => {
                limiter.count_incoming(now, &number());
                exchanged.push(time);
            }
            Step::Failed(recipient, code) => {
                limiter.observe_failed(now, &number(), Some(&to(recipient)), code);
            }
        }
        assert_eq!(limiter.waiting(), waiting.len());
        assert!(waiting.len() <= 50);
        let Some((slot, recipient)) = grant else { continue };
        exchanged.push(time);
        let second = exchanged.iter().filter(|then| **then + 1_000 > time).count();
        assert!(second <= limit as usize, "{second} in a second, {limit} allowed");
        granted.push((time, recipient));
        if is_clock_sure {
            check_pair(&granted, recipient);
        }
        out.push(Out { slot, time, recipient });
    }
}

/// All that went to one recipient is in bursts that were paid for.
fn check_pair(granted: &[(u64, u64)], recipient: u64) {
    let mut burst: Option<(u64, u64)> = None;
    for (time, _) in granted.iter().filter(|(_, to)| *to == recipient) {
        burst = match burst {
            Some((opened, sent)) if *time < opened + 6_000 * sent => {
                assert!(*time < opened + 6_000, "{time}: the burst of {opened} is over");
                assert!(sent < 45);
                Some((opened, sent + 1))
            }
            _ => Some((*time, 1)),
        };
    }
}

proptest! {
    #[test]
    fn no_history_breaks_a_limit(
        limit in 1..30_u32,
        steps in prop::collection::vec(any_step(), 1..600),
        pairs in prop_oneof![Just(4_usize), Just(1_000)],
    ) {
        check_history(limit, &steps, pairs);
    }
}
