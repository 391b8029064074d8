//! Who answers customers, and how much each can take.

use serde::{Deserialize, Serialize};

use crate::id::{AgentId, QueueId, TenantId};
use crate::time::Timestamp;

/// Whether an agent takes new conversations.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Presence {
    /// Takes new conversations.
    Available,
    /// Present, and takes no new conversations.
    Away,
    /// Not there.
    Offline,
}

/// An agent as routing sees one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgentSlot {
    /// Who.
    pub agent: AgentId,
    /// Of which company.
    pub tenant: TenantId,
    /// The queues the agent serves.
    pub queues: Vec<QueueId>,
    /// Whether the agent takes new conversations.
    pub presence: Presence,
    /// How many conversations the agent can have at once.
    pub capacity: u32,
    /// How many the agent has. Kept by the store: it follows ownership, in the same transaction.
    pub used: u32,
    /// When the agent last got one.
    pub last_assigned: Option<Timestamp>,
}

impl AgentSlot {
    /// Whether the agent can be given one more conversation now.
    pub fn is_free(&self) -> bool {
        self.presence == Presence::Available && self.used < self.capacity
    }
}
