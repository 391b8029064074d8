//! Agents: who is there, and how much each can take.

use async_trait::async_trait;

use crate::domain::{AgentSlot, Presence};
use crate::error::Result;
use crate::id::{AgentId, QueueId, TenantId};

/// Keeps agents.
///
/// - Enrolling again changes queues and capacity, and neither load nor presence.
/// - A new agent is offline and has no load.
/// - Only an enrolled agent has a presence.
/// - The roster of a queue lists who serves it.
#[async_trait]
pub trait Roster {
    /// Adds an agent, or changes the queues and capacity of one that is there.
    ///
    /// # Errors
    ///
    /// [`Unavailable`](crate::ErrorKind::Unavailable).
    async fn enroll(
        &self,
        tenant: &TenantId,
        agent: &AgentId,
        queues: &[QueueId],
        capacity: u32,
    ) -> Result<()>;

    /// Says whether the agent takes new conversations.
    ///
    /// # Errors
    ///
    /// [`NotFound`](crate::ErrorKind::NotFound) when there is no such agent.
    async fn set_presence(
        &self,
        tenant: &TenantId,
        agent: &AgentId,
        presence: Presence,
    ) -> Result<()>;

    /// The agents of a company who serve `queue`, by id.
    ///
    /// # Errors
    ///
    /// [`Unavailable`](crate::ErrorKind::Unavailable).
    async fn roster(&self, tenant: &TenantId, queue: &QueueId) -> Result<Vec<AgentSlot>>;
}
