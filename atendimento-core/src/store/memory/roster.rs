//! Agents: who is there, and how much each can take.

use async_trait::async_trait;

use crate::domain::{AgentSlot, Presence};
use crate::error::{Error, ErrorKind, Result};
use crate::id::{AgentId, QueueId, TenantId};
use crate::store::Roster;
use crate::store::memory::MemoryStore;

#[async_trait]
impl Roster for MemoryStore {
    async fn enroll(
        &self,
        tenant: &TenantId,
        agent: &AgentId,
        queues: &[QueueId],
        capacity: u32,
    ) -> Result<()> {
        let mut state = self.state();
        let slot =
            state.agents.entry((tenant.clone(), agent.clone())).or_insert_with(|| AgentSlot {
                agent: agent.clone(),
                tenant: tenant.clone(),
                queues: Vec::new(),
                presence: Presence::Offline,
                capacity,
                used: 0,
                last_assigned: None,
            });
        slot.queues = queues.to_vec();
        slot.capacity = capacity;
        Ok(())
    }

    async fn set_presence(
        &self,
        tenant: &TenantId,
        agent: &AgentId,
        presence: Presence,
    ) -> Result<()> {
        let mut state = self.state();
        let slot = state
            .agents
            .get_mut(&(tenant.clone(), agent.clone()))
            .ok_or_else(|| Error::new("set presence", ErrorKind::NotFound))?;
        slot.presence = presence;
        Ok(())
    }

    async fn roster(&self, tenant: &TenantId, queue: &QueueId) -> Result<Vec<AgentSlot>> {
        let state = self.state();
        Ok(state
            .agents
            .values()
            .filter(|slot| slot.tenant == *tenant && slot.queues.contains(queue))
            .cloned()
            .collect())
    }
}
