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

/// Why a conversation went to an agent: what a decision keeps of itself.
///
/// It does not grow with the number of agents. Who stood before the chosen one in the
/// strategy's order, was there and had room for something, was looked at: the first
/// [`NAMED`](Self::NAMED) of them are named with their reasons, the rest counted. Who could have
/// had it and stood after the chosen one is counted. Nobody else was looked at. Where an order
/// cannot be kept (see [`LooksAt`](crate::domain::routing::LooksAt)) or nobody else could have
/// had it, nobody is named. [`Board::explain`](crate::domain::routing::Board::explain) tells the
/// reason of each, for one who still waits.
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
    /// Who was looked at before the agent was found, in the strategy's order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub passed_over: Vec<Considered>,
    /// How many more were looked at and passed over.
    #[serde(default)]
    pub unnamed: usize,
    /// How many could have had it besides, and came after the agent.
    pub behind: usize,
    /// How many agents there are.
    pub agents: usize,
    /// The agent was chosen for this conversation, and took another first, whose queue comes
    /// earlier in their profile. Those who are [`behind`](Self::behind) could then have come
    /// before them by the strategy.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub called_for: Option<ConversationId>,
}

impl Explanation {
    /// How many are named at most.
    pub const NAMED: usize = 8;
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
