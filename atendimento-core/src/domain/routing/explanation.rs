//! Why somebody got a conversation, and why others did not. Ids and numbers only.

use serde::{Deserialize, Serialize};

use crate::domain::routing::{Key, PassedOver, Rank, Requirement};
use crate::id::{AgentId, ConversationId};

/// Somebody who was looked at, and why they did not get it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Considered {
    /// Who.
    pub agent: AgentId,
    /// Why not.
    pub passed_over: PassedOver,
}

/// How many did not get it, by reason: everybody but the one who did.
///
/// Who has several reasons is counted under the first of them, in the order of the fields.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PassedOverCounts {
    /// [`PassedOver::NotTheOne`].
    pub not_the_one: usize,
    /// [`PassedOver::OtherQueue`].
    pub other_queue: usize,
    /// [`PassedOver::Skill`].
    pub skill: usize,
    /// [`PassedOver::Absent`].
    pub absent: usize,
    /// [`PassedOver::Full`].
    pub full: usize,
    /// [`PassedOver::Excluded`].
    pub excluded: usize,
    /// [`PassedOver::Behind`].
    pub behind: usize,
}

/// Why a conversation went to an agent and to nobody else: what a decision keeps of itself.
///
/// Every agent of the company is accounted for: [`counts`](Self::counts) has everybody else under
/// a reason. Considered is who serves one of the queues asked for. Where at most
/// [`NAMED`](Self::NAMED) agents do, each is named with the reason: first who had refused it, then
/// who was full, then who was absent, then who lacks a skill, and last who could have had it and
/// came after the one who did. Where more do, only who had refused it is named (at most as many),
/// so that a decision does not grow with the number of agents. While it is kept for one agent,
/// nobody else is considered. [`Board::explain`](crate::domain::routing::Board::explain) names
/// everybody, for one who still waits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Explanation {
    /// Who got it.
    pub agent: AgentId,
    /// By which strategy.
    pub strategy: String,
    /// The agent's rank by it.
    pub rank: Rank,
    /// The conversation's place in line.
    pub key: Key,
    /// What was asked for.
    pub requirement: Requirement,
    /// Which of its ticket's stages that was.
    pub stage: usize,
    /// The version of the configuration that the ticket was made by.
    pub configuration: u64,
    /// Who was considered and did not get it, and why.
    pub passed_over: Vec<Considered>,
    /// How many did not get it, named or not.
    pub counts: PassedOverCounts,
    /// The agent was chosen for this conversation, and took another first, whose queue comes
    /// earlier in their profile. Who is [`PassedOver::Behind`] could then have come before them
    /// by the strategy.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub called_for: Option<ConversationId>,
}

impl Explanation {
    /// How many agents a queue can have for each to be named.
    pub const NAMED: usize = 64;
}

/// Why a conversation still waits: every agent, in the order of their ids.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StillWaits {
    /// Its place in line.
    pub key: Key,
    /// What is asked for.
    pub requirement: Requirement,
    /// Who cannot have it, and why.
    pub passed_over: Vec<Considered>,
    /// Who could have it now. Nobody, when all that could be given has been given.
    pub could: Vec<AgentId>,
}
