//! Work outside the store.

use std::collections::HashSet;

use async_trait::async_trait;

use crate::error::{Error, ErrorKind, Result};
use crate::store::memory::MemoryStore;
use crate::store::memory::state::{JobState, State};
use crate::store::{JobClaim, JobKind, Lease, Outbox, Settlement};
use crate::time::Timestamp;

#[async_trait]
impl Outbox for MemoryStore {
    async fn claim_job(&self, kind: JobKind, lease: Lease) -> Result<Option<JobClaim>> {
        let mut state = self.state();
        let mut passed = HashSet::new();
        let next = state
            .jobs
            .values_mut()
            .filter(|held| JobKind::from(held.job.effect) == kind)
            .filter(|held| passed.insert(held.job.lane.clone()))
            .filter(|first_of_lane| first_of_lane.free_at <= lease.now)
            .min_by_key(|held| held.free_at);
        Ok(next.map(|held| {
            held.fence += 1;
            held.attempts += 1;
            held.free_at = lease.until;
            JobClaim {
                job: held.job.clone(),
                fence: held.fence,
                attempts: held.attempts,
                started: held.started,
            }
        }))
    }

    async fn start_attempt(&self, claim: &JobClaim, now: Timestamp) -> Result<()> {
        let mut state = self.state();
        state.held_job(claim, "start attempt")?.started = Some(now);
        Ok(())
    }

    async fn settle(&self, claim: &JobClaim, settlement: Settlement) -> Result<()> {
        let mut state = self.state();
        let held = state.held_job(claim, "settle job")?;
        held.fence += 1;
        match settlement {
            Settlement::Retry { at } => {
                held.free_at = at;
                held.started = None;
            }
            Settlement::Await { until } => held.free_at = until,
        }
        Ok(())
    }
}

impl State {
    /// Whether `claim` still holds its job.
    pub(super) fn check_job(&self, claim: &JobClaim, operation: &'static str) -> Result<()> {
        let holds = self
            .jobs
            .values()
            .any(|held| held.job.key == claim.job.key && held.fence == claim.fence);
        if holds { Ok(()) } else { Err(Error::new(operation, ErrorKind::Fenced)) }
    }

    fn held_job(&mut self, claim: &JobClaim, operation: &'static str) -> Result<&mut JobState> {
        self.jobs
            .values_mut()
            .find(|held| held.job.key == claim.job.key && held.fence == claim.fence)
            .ok_or_else(|| Error::new(operation, ErrorKind::Fenced))
    }
}
