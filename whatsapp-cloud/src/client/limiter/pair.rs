//! How often one number may write to one recipient, for as many pairs as fit.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::time::Duration;

use sha2::{Digest, Sha256};

use crate::client::limiter::limits::{PAIR_BURST, PAIR_EVERY};
use crate::client::limiter::moment::Moment;
use crate::client::retry::power_of_four;
use crate::id::PhoneNumberId;

/// Stands for a number and a recipient: the first half of a SHA-256 over a secret key and
/// both. Without the key, nobody can try out phone numbers against it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct PairKey([u8; 16]);

impl PairKey {
    /// `to` is what names the recipient. That of a phone number is never one of a user, which
    /// holds a dot.
    pub(super) fn new(secret: &[u8; 32], number: &PhoneNumberId, to: &str) -> Self {
        let number = number.as_str().as_bytes();
        let hash = Sha256::new()
            .chain_update(secret)
            .chain_update((number.len() as u64).to_be_bytes())
            .chain_update(number)
            .chain_update(to)
            .finalize();
        let mut key = [0; 16];
        key.copy_from_slice(&hash[..16]);
        Self(key)
    }
}

impl fmt::Debug for PairKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PairKey")
    }
}

/// What was sent to one recipient.
///
/// Meta lets a number send up to 45 messages within six seconds, and then nothing until the
/// time has passed in which they could have been sent one by one, six seconds each. So the
/// first message opens a burst, and each of it moves the end of the debt.
#[derive(Clone, Copy, Debug)]
struct Pair {
    opened: Moment,
    sent: u32,
    /// When the debt is paid.
    paid: Moment,
    /// How often Meta refused since it last accepted.
    refusals: u32,
    /// When it last refused.
    refused: Moment,
}

impl Pair {
    /// Until when it is remembered: while it owes, and how often it was refused for as long
    /// again as the last wait.
    fn needed_until(&self) -> Moment {
        match self.refusals {
            0 => self.paid,
            refusals => self.paid + power_of_four(refusals - 1),
        }
    }

    /// Whether its burst may still go on; the rest is told by when it is paid.
    fn is_open(&self, now: Moment, slack: Duration) -> bool {
        self.refusals == 0 && now < self.opened + (PAIR_EVERY - slack)
    }
}

/// Whether a recipient may get one more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Room {
    Now,
    /// From then on.
    At(Moment),
    /// As many other pairs are limited as can be remembered; the first of them until then.
    NoneUntil(Moment),
}

/// The pairs that still owe something, up to a number of them.
#[derive(Debug)]
pub(super) struct Pairs {
    pairs: BTreeMap<PairKey, Pair>,
    /// The same by when they are needed no more.
    ends: BTreeSet<(Moment, PairKey)>,
    most: usize,
    slack: Duration,
    /// A burst that was opened before then may be over earlier than it seems.
    stood: Option<Moment>,
}

impl Pairs {
    pub(super) fn new(most: usize, slack: Duration) -> Self {
        Self { pairs: BTreeMap::new(), ends: BTreeSet::new(), most, slack, stood: None }
    }

    pub(super) fn len(&self) -> usize {
        self.pairs.len()
    }

    /// When the clock last stood still, if it did.
    pub(super) fn set_stood(&mut self, stood: Option<Moment>) {
        self.stood = stood;
    }

    /// Whether one more may be sent.
    pub(super) fn room(&self, key: PairKey, now: Moment, burst: u32) -> Room {
        let end = self.ends.first().map(|(end, _)| *end);
        match (self.pairs.get(&key), end) {
            (Some(pair), _) => {
                let is_sure = self.stood.is_none_or(|stood| pair.opened > stood);
                let is_open = is_sure && pair.is_open(now, self.slack);
                if now >= pair.paid || (is_open && pair.sent < burst.min(PAIR_BURST)) {
                    Room::Now
                } else {
                    Room::At(pair.paid)
                }
            }
            (None, Some(end)) if self.pairs.len() >= self.most && end > now => Room::NoneUntil(end),
            (None, _) => Room::Now,
        }
    }

    /// One more is sent. Answers when its burst was opened, which [`Pairs::undo`] wants.
    pub(super) fn start(&mut self, key: PairKey, now: Moment) -> Moment {
        let before = self.pairs.get(&key).copied();
        if before.is_none() {
            self.make_room(now);
        }
        let pair = match before {
            Some(pair) if now < pair.paid => {
                let sent = pair.sent.saturating_add(1);
                let debt = PAIR_EVERY.saturating_mul(sent) + self.slack;
                Pair { sent, paid: pair.opened + debt, ..pair }
            }
            Some(pair) => {
                Pair { opened: now, sent: 1, paid: now + PAIR_EVERY + self.slack, ..pair }
            }
            None => Pair {
                opened: now,
                sent: 1,
                paid: now + PAIR_EVERY + self.slack,
                refusals: 0,
                refused: Moment::START,
            },
        };
        self.put(key, pair);
        pair.opened
    }

    /// One that was started then, in the burst opened then, was not sent.
    pub(super) fn undo(&mut self, key: PairKey, opened: Moment, started: Moment) {
        let Some(mut pair) = self.pairs.get(&key).copied() else { return };
        if pair.opened != opened || pair.sent == 0 || pair.refusals > 0 {
            return;
        }
        // Without its first message, Meta holds the burst to have begun with a later one.
        // When that was is not known, so the first is paid for all the same.
        if started == opened && pair.sent > 1 {
            return;
        }
        pair.sent -= 1;
        pair.paid = match pair.sent {
            0 => pair.opened,
            sent => pair.opened + PAIR_EVERY.saturating_mul(sent) + self.slack,
        };
        self.put(key, pair);
    }

    /// Meta took what started then.
    pub(super) fn accepted(&mut self, key: PairKey, started: Moment) {
        let Some(mut pair) = self.pairs.get(&key).copied() else { return };
        if pair.refusals > 0 && started > pair.refused {
            pair.refusals = 0;
            self.put(key, pair);
        }
    }

    /// Meta refused what started then, since it was too much for this recipient.
    pub(super) fn refused(&mut self, key: PairKey, started: Moment, now: Moment, told: Duration) {
        let before = self.pairs.get(&key).copied();
        if before.is_none() {
            self.make_room(now);
            if self.pairs.len() >= self.most {
                // Another pair is as limited as this one. Meta will say it again.
                return;
            }
        }
        let mut pair = before.unwrap_or(Pair {
            opened: now,
            sent: 1,
            paid: now,
            refusals: 0,
            refused: Moment::START,
        });
        if pair.refusals > 0 && started <= pair.refused {
            return;
        }
        let wait = power_of_four(pair.refusals).max(told) + self.slack;
        pair.refusals = pair.refusals.saturating_add(1);
        pair.refused = now;
        pair.paid = pair.paid.max(now + wait);
        self.put(key, pair);
    }

    fn put(&mut self, key: PairKey, pair: Pair) {
        if let Some(before) = self.pairs.insert(key, pair) {
            self.ends.remove(&(before.needed_until(), key));
        }
        self.ends.insert((pair.needed_until(), key));
    }

    /// Forgets pairs that owe nothing any more, two for each that comes, all when it is full.
    fn make_room(&mut self, now: Moment) {
        let mut forgotten = 0;
        while let Some((end, key)) = self.ends.first().copied() {
            if end > now || (forgotten >= 2 && self.pairs.len() < self.most) {
                break;
            }
            self.ends.remove(&(end, key));
            self.pairs.remove(&key);
            forgotten += 1;
        }
    }
}
