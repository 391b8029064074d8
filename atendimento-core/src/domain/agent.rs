//! Who answers customers, and how much each can take.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::domain::routing::{Level, PassedOver, Requirement};
use crate::id::{AgentId, CapacityClass, QueueId, SkillId, TeamId, TenantId};
use crate::time::Timestamp;

/// Whether an agent takes new conversations.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Presence {
    /// Takes new conversations.
    Available,
    /// Present, and takes no new conversations.
    Away,
    /// Has a break.
    Break,
    /// Let several offers in a row pass; takes none until they come back by themselves.
    Unresponsive,
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

/// What an agent can do, and how much of it at once. Set by who manages agents.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AgentProfile {
    /// The team.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub team: Option<TeamId>,
    /// The queues the agent serves, the one to serve first in front.
    pub queues: Vec<QueueId>,
    /// How well the agent does what.
    #[serde(default)]
    pub skills: BTreeMap<SkillId, Level>,
    /// How much weight the agent can have at once, by kind of work; none of what is not named.
    pub capacity: BTreeMap<CapacityClass, u32>,
}

impl AgentProfile {
    /// How much of `class` the agent can have at once.
    pub fn capacity_for(&self, class: &CapacityClass) -> u32 {
        self.capacity.get(class).copied().unwrap_or(0)
    }
}

/// An agent as routing sees one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Agent {
    /// Who.
    pub id: AgentId,
    /// Of which company.
    pub tenant: TenantId,
    /// What the agent can do.
    pub profile: AgentProfile,
    /// Whether the agent takes new conversations.
    pub presence: Presence,
    /// Rises whenever profile or presence change: what was decided under an earlier epoch is
    /// refused.
    pub epoch: u64,
    /// The weight the agent has, by kind of work. Kept by the store: it follows ownership, in
    /// the same transaction.
    pub used: BTreeMap<CapacityClass, u32>,
    /// When the agent last got a conversation.
    pub last_assigned: Option<Timestamp>,
}

impl Agent {
    /// The weight the agent has of `class`.
    pub fn used_of(&self, class: &CapacityClass) -> u32 {
        self.used.get(class).copied().unwrap_or(0)
    }

    /// Whether the agent can be given what `requirement` asks for, now.
    ///
    /// # Errors
    ///
    /// The first reason why not, in the order of [`PassedOver`].
    pub fn can_take(&self, requirement: &Requirement) -> Result<(), PassedOver> {
        requirement.is_met_by(&self.id, &self.profile)?;
        if self.presence != Presence::Available {
            return Err(PassedOver::Absent { presence: self.presence });
        }
        let class = &requirement.class;
        let (used, capacity) = (self.used_of(class), self.profile.capacity_for(class));
        if used.checked_add(requirement.weight).is_none_or(|after| after > capacity) {
            return Err(PassedOver::Full { used, capacity });
        }
        Ok(())
    }
}
