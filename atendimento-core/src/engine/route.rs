//! Who waits gets an agent: domain proposes, the store's commit is the judge.

use tracing::{info, warn};

use crate::domain::{Input, decide, routing};
use crate::engine::desk::Parts;
use crate::error::{ErrorKind, Result};
use crate::id::{QueueId, TenantId};

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
        let roster = self.store.roster(tenant, queue).await?;
        let mut any = false;
        for found in routing::matches(&waiting, &roster, self.now()) {
            let Some(conversation) = self.store.conversation(found.conversation).await? else {
                continue;
            };
            let now = self.now();
            let Ok(decision) =
                decide(&conversation, &Input::Assign { agent: found.agent.clone() }, now)
            else {
                continue; // somebody took it meanwhile
            };
            match self.commit(self.commit_of(&conversation, decision, now)).await {
                Ok(()) => {
                    any = true;
                    info!(
                        conversation.id = %conversation.id,
                        agent.id = %found.agent,
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
