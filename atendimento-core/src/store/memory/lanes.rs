//! Events of one customer on one number, in order.

use async_trait::async_trait;

use crate::error::{Error, ErrorKind, Result};
use crate::store::memory::MemoryStore;
use crate::store::memory::state::State;
use crate::store::{DeadLetter, LaneClaim, LaneStep, Lanes, Lease};
use crate::time::Timestamp;

#[async_trait]
impl Lanes for MemoryStore {
    async fn claim_lane(&self, lease: Lease) -> Result<Option<LaneStep>> {
        let mut guard = self.state();
        let state = &mut *guard;
        let next = state
            .lanes
            .iter_mut()
            .filter(|(_, lane)| !lane.entries.is_empty())
            .filter(|(_, lane)| lane.free_at.is_none_or(|free_at| free_at <= lease.now))
            .min_by_key(|(_, lane)| (lane.free_at.is_none(), lane.free_at, lane.turn));
        let Some((key, lane)) = next else {
            return Ok(None);
        };
        lane.fence += 1;
        lane.free_at = Some(lease.until);
        let held = lane.entries.front_mut().expect("a lane without entries is not claimed");
        held.attempts += 1;
        let claim = LaneClaim { lane: key.clone(), fence: lane.fence, sequence: held.sequence };
        let (entry, attempts) = (held.entry.clone(), held.attempts);
        let contact = state.contacts[&claim.lane.contact].clone();
        let conversation = state.latest_of(&claim.lane).cloned();
        Ok(Some(LaneStep { claim, entry, attempts, contact, conversation }))
    }

    async fn defer(&self, claim: &LaneClaim, until: Timestamp) -> Result<()> {
        let mut state = self.state();
        state.check_lane(claim, "defer event")?;
        state.turns += 1;
        let turn = state.turns;
        if let Some(lane) = state.lanes.get_mut(&claim.lane) {
            lane.fence += 1;
            lane.free_at = Some(until);
            lane.turn = turn;
        }
        Ok(())
    }

    async fn bury(&self, claim: &LaneClaim, reason: &str, now: Timestamp) -> Result<()> {
        let mut state = self.state();
        state.check_lane(claim, "bury event")?;
        if let Some(held) = state.pop_entry(&claim.lane) {
            let letter = DeadLetter {
                id: held.entry.id,
                contact: claim.lane.contact,
                at: now,
                reason: reason.to_owned(),
                payload: held.entry.payload,
            };
            state.dead_letters.push((held.entry.tenant, letter));
        }
        Ok(())
    }
}

impl State {
    /// Whether `claim` still holds its lane.
    pub(super) fn check_lane(&self, claim: &LaneClaim, operation: &'static str) -> Result<()> {
        let holds = self.lanes.get(&claim.lane).is_some_and(|lane| {
            lane.fence == claim.fence
                && lane.entries.front().is_some_and(|held| held.sequence == claim.sequence)
        });
        if holds { Ok(()) } else { Err(Error::new(operation, ErrorKind::Fenced)) }
    }
}
