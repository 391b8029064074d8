//! How fast a number may send: as strict as Meta's pages can be read.

use std::collections::{BTreeMap, VecDeque};

use crate::simulator::world::state::SECOND;
use crate::simulator::world::{Millis, Refusal};

/// A message to one recipient each, unless a burst is paid for afterwards.
const PAIR: Millis = 6 * SECOND;
/// The most in a burst.
const BURST: i64 = 45;

/// What a number has sent and got.
pub(super) struct Pace {
    /// How many messages a second it may exchange.
    pub(super) throughput: u32,
    /// When messages came and went within the last second.
    second: VecDeque<Millis>,
    /// When each recipient's burst began, and how many it has.
    pairs: BTreeMap<String, (Millis, i64)>,
}

impl Pace {
    pub(super) fn new(throughput: u32) -> Self {
        Self { throughput, second: VecDeque::new(), pairs: BTreeMap::new() }
    }

    /// A customer's message counts too, but is never refused.
    pub(super) fn count(&mut self, now: Millis) {
        self.forget(now);
        self.second.push_back(now);
    }

    /// Takes a message for `to`, or says why not; a refused one does not count.
    pub(super) fn take(&mut self, to: &str, now: Millis) -> Result<(), Refusal> {
        self.forget(now);
        if self.second.len() >= self.throughput as usize {
            let details = "Message failed to send because there were too many messages sent from \
                           this phone number in a short period of time";
            return Err(Refusal::new(130_429, details));
        }
        match self.pairs.get_mut(to) {
            Some((opened, sent)) if now < *opened + PAIR * *sent => {
                // What was sent within the first six seconds is owed for afterwards.
                if now >= *opened + PAIR || *sent >= BURST {
                    let details = "Message failed to send because there were too many messages \
                                   sent from this phone number to the same phone number in a \
                                   short period of time";
                    return Err(Refusal::new(131_056, details));
                }
                *sent += 1;
            }
            _ => drop(self.pairs.insert(to.to_owned(), (now, 1))),
        }
        self.second.push_back(now);
        Ok(())
    }

    fn forget(&mut self, now: Millis) {
        while self.second.front().is_some_and(|first| first + SECOND <= now) {
            self.second.pop_front();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(taken: Result<(), Refusal>) -> Option<i64> {
        taken.err().map(|refusal| refusal.code().0)
    }

    #[test]
    fn no_second_has_more_than_the_throughput_with_incoming_messages_among_them() {
        let mut pace = Pace::new(3);
        pace.count(0);
        assert_eq!(code(pace.take("a", 0)), None);
        assert_eq!(code(pace.take("b", 999)), None);
        assert_eq!(code(pace.take("c", 999)), Some(130_429));
        assert_eq!(code(pace.take("c", 1_000)), None);
        assert_eq!(code(pace.take("d", 1_000)), None);
        assert_eq!(code(pace.take("e", 1_998)), Some(130_429));
        assert_eq!(code(pace.take("e", 1_999)), None);
    }

    #[test]
    fn a_recipient_gets_one_in_six_seconds_or_a_burst_that_is_owed_for() {
        let mut pace = Pace::new(1_000);
        for at in 0..45 {
            assert_eq!(code(pace.take("a", at)), None, "{at}");
        }
        assert_eq!(code(pace.take("a", 45)), Some(131_056));
        assert_eq!(code(pace.take("b", 45)), None);
        assert_eq!(code(pace.take("a", 45 * PAIR - 1)), Some(131_056));
        assert_eq!(code(pace.take("a", 45 * PAIR)), None);
        assert_eq!(code(pace.take("a", 46 * PAIR)), None);
    }
}
