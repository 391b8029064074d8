//! Who gets the next conversation: the longest wait goes to the least loaded free agent.

mod requirement;
mod ticket;

use std::cmp::Ordering;

use crate::domain::AgentSlot;
use crate::id::{AgentId, ConversationId, QueueId};
use crate::time::Timestamp;

pub use requirement::{Level, PassedOver, Requirement};
pub use ticket::{Asked, Key, Overflow, Stage, Ticket};

/// A conversation that waits for an agent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// Which.
    pub conversation: ConversationId,
    /// In which queue.
    pub queue: QueueId,
    /// Since when.
    pub since: Timestamp,
}

/// A match that routing proposes; the store's commit is the judge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Match {
    /// The conversation.
    pub conversation: ConversationId,
    /// The agent.
    pub agent: AgentId,
}

/// The agent who should get `waiting`, or `None` while nobody who serves its queue is free.
///
/// Order: share of capacity in use, then who has waited longest for work, then the id, so
/// that the same roster always gives the same answer.
pub fn choose<'a>(waiting: &Waiting, roster: &'a [AgentSlot]) -> Option<&'a AgentSlot> {
    roster
        .iter()
        .filter(|slot| slot.is_free() && slot.queues.contains(&waiting.queue))
        .min_by(|a, b| by_load(a, b))
}

/// The matches for `waiting` (longest wait first) among `roster`, until nobody is free.
pub fn matches(waiting: &[Waiting], roster: &[AgentSlot], now: Timestamp) -> Vec<Match> {
    let mut roster = roster.to_vec();
    let mut matches = Vec::new();
    for item in waiting {
        let Some(agent) = choose(item, &roster).map(|slot| slot.agent.clone()) else {
            continue;
        };
        for slot in roster.iter_mut().filter(|slot| slot.agent == agent) {
            slot.used += 1;
            slot.last_assigned = Some(now);
        }
        matches.push(Match { conversation: item.conversation, agent });
    }
    matches
}

fn by_load(a: &AgentSlot, b: &AgentSlot) -> Ordering {
    // a.used / a.capacity against b.used / b.capacity, without a division.
    let load = (u64::from(a.used) * u64::from(b.capacity))
        .cmp(&(u64::from(b.used) * u64::from(a.capacity)));
    load.then_with(|| a.last_assigned.cmp(&b.last_assigned)).then_with(|| a.agent.cmp(&b.agent))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Presence;

    fn slot(agent: &str, used: u32, capacity: u32) -> AgentSlot {
        AgentSlot {
            agent: agent.into(),
            tenant: "t".into(),
            queues: vec!["sales".into()],
            presence: Presence::Available,
            capacity,
            used,
            last_assigned: None,
        }
    }

    fn waiting(id: u8, queue: &str) -> Waiting {
        Waiting {
            conversation: ConversationId::from_bytes([id; 16]),
            queue: queue.into(),
            since: Timestamp::from_seconds(i64::from(id)),
        }
    }

    #[test]
    fn the_least_loaded_by_share_of_capacity_is_chosen() {
        let roster = [slot("ana", 2, 3), slot("bia", 3, 6)];

        assert_eq!(choose(&waiting(1, "sales"), &roster).unwrap().agent, "bia".into());
    }

    #[test]
    fn among_equals_the_one_idle_longest_is_chosen() {
        let mut roster = [slot("ana", 0, 2), slot("bia", 0, 2)];
        roster[0].last_assigned = Some(Timestamp::from_seconds(9));
        roster[1].last_assigned = Some(Timestamp::from_seconds(3));

        assert_eq!(choose(&waiting(1, "sales"), &roster).unwrap().agent, "bia".into());
    }

    #[test]
    fn nobody_away_full_or_of_another_queue_is_chosen() {
        let away = AgentSlot { presence: Presence::Away, ..slot("ana", 0, 2) };
        let full = slot("bia", 2, 2);

        assert_eq!(choose(&waiting(1, "sales"), &[away, full]), None);
        assert_eq!(choose(&waiting(1, "support"), &[slot("caio", 0, 2)]), None);
    }

    #[test]
    fn the_longest_wait_is_served_first_and_nobody_gets_more_than_fits() {
        let items = [waiting(1, "sales"), waiting(2, "sales"), waiting(3, "sales")];
        let found = matches(&items, &[slot("ana", 0, 2)], Timestamp::EPOCH);

        let served: Vec<_> = found.iter().map(|found| found.conversation).collect();
        assert_eq!(served, [items[0].conversation, items[1].conversation]);
    }

    #[test]
    fn a_queue_that_nobody_serves_does_not_hold_back_another() {
        let items = [waiting(1, "support"), waiting(2, "sales")];
        let found = matches(&items, &[slot("ana", 0, 1)], Timestamp::EPOCH);

        assert_eq!(found.len(), 1);
        assert_eq!(found[0].conversation, items[1].conversation);
    }
}
