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

/// A change of presence, as it is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PresenceChange {
    /// Whose.
    pub agent: AgentId,
    /// What it is from then on.
    pub presence: Presence,
    /// Since when.
    pub at: Timestamp,
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
    /// Somebody without special skills, who serves these queues and has so many
    /// [chats](CapacityClass::CHAT) at once.
    ///
    /// ```
    /// use atendimento_core::domain::AgentProfile;
    ///
    /// let profile = AgentProfile::chats(["sales", "support"], 3);
    /// assert_eq!(profile.capacity_for(&"chat".into()), 3);
    /// ```
    pub fn chats<Q: Into<QueueId>>(queues: impl IntoIterator<Item = Q>, at_once: u32) -> Self {
        Self {
            team: None,
            queues: queues.into_iter().map(Into::into).collect(),
            skills: BTreeMap::new(),
            capacity: BTreeMap::from([(CapacityClass::from(CapacityClass::CHAT), at_once)]),
        }
    }

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
    /// How many offers in a row they let pass.
    pub missed: u32,
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
