//! Who waits gets an agent: domain proposes, the store's commit is the judge.

use tracing::{info, warn};

use crate::domain::routing::Waiting;
use crate::domain::{Agent, Hold, Input, OwnerKind, Way, decide};
use crate::engine::desk::Parts;
use crate::error::{ErrorKind, Result};
use crate::id::{QueueId, TenantId};
use crate::store::{Capacity, RosterCursor};

/// How many who wait are looked at in one round.
const ROUND: usize = 256;

impl Parts {
    /// Gives agents to those who wait; whether anybody got one.
    pub(super) async fn route_next(&self) -> Result<bool> {
        let mut any = false;
        for (tenant, queue) in self.settings.queues() {
            any |= self.route_queue(tenant, queue).await?;
        }
        Ok(any)
    }

    async fn route_queue(&self, tenant: &TenantId, queue: &QueueId) -> Result<bool> {
        let waiting = self.store.waiting(tenant, queue, ROUND).await?;
        if waiting.is_empty() {
            return Ok(false);
        }
        let (mut agents, _) =
            self.store.agents(tenant, RosterCursor::default(), usize::MAX).await?;
        let mut any = false;
        for Waiting { conversation, ticket, .. } in waiting {
            let requirement = ticket.requirement();
            let free = |agent: &&mut Agent| agent.can_take(requirement).is_ok();
            let class = &requirement.class;
            let load = |agent: &Agent| (agent.used_of(class), agent.profile.capacity_for(class));
            let chosen = agents.iter_mut().filter(free).min_by(|a, b| {
                let ((used, of), (other, total)) = (load(a), load(b));
                let share = |used, of| u64::from(used) * u64::from(of);
                let by_share: std::cmp::Ordering = share(used, total).cmp(&share(other, of));
                by_share
                    .then_with(|| a.last_assigned.cmp(&b.last_assigned))
                    .then_with(|| a.id.cmp(&b.id))
            });
            let Some(chosen) = chosen else {
                continue;
            };
            let Some(conversation) = self.store.conversation(conversation).await? else {
                continue;
            };
            let now = self.now();
            let kind = OwnerKind::Person { hold: Hold::from(&ticket) };
            let input =
                Input::Assign { agent: chosen.id.clone(), kind, way: Way::Routed, by: None };
            let Ok(decision) = decide(&conversation, &input, now) else {
                continue; // somebody took it meanwhile
            };
            let mut commit = self.commit_of(&conversation, decision, now);
            commit.capacity = Capacity::Reserved { epoch: Some(chosen.epoch) };
            *chosen.used.entry(requirement.class.clone()).or_default() += requirement.weight;
            chosen.last_assigned = Some(now);
            let agent = chosen.id.clone();
            match self.commit(commit).await {
                Ok(()) => {
                    any = true;
                    info!(
                        conversation.id = %conversation.id,
                        agent.id = %agent,
                        "assigned conversation"
                    );
                }
                // Lost a race: the next round sees what is true now.
                Err(error)
                    if matches!(
                        error.kind(),
                        ErrorKind::Conflict | ErrorKind::AgentUnavailable
                    ) =>
                {
                    warn!(conversation.id = %conversation.id, %error, "assignment lost a race");
                }
                Err(error) => return Err(error),
            }
        }
        Ok(any)
    }
}
