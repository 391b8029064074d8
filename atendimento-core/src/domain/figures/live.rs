//! How things stand now.

use std::collections::BTreeMap;
use std::time::Duration;

use crate::domain::Presence;
use crate::id::{AgentId, QueueId};
use crate::time::Timestamp;

/// How queues and agents stand, as far as it may be seen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Live {
    /// When.
    pub as_of: Timestamp,
    /// The queues that somebody serves, or in which something is.
    pub queues: BTreeMap<QueueId, QueueLive>,
    /// The agents who are not offline, or have something all the same.
    pub agents: BTreeMap<AgentId, AgentLive>,
}

/// How a queue stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct QueueLive {
    /// In line, and nobody is asked: also what an agent has and wants to pass on to here.
    pub waiting: u64,
    /// In line, and an agent is asked.
    pub offered: u64,
    /// How long the one that is in line here the longest has been, asked or not.
    pub longest_wait: Option<Duration>,
    /// With persons to whom it came by this queue, and not being written up.
    pub assigned: u64,
    /// Being written up by them.
    pub wrapping_up: u64,
    /// Agents who serve the queue and take new conversations.
    pub available: u64,
}

/// How an agent stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AgentLive {
    /// Whether they take new conversations.
    pub presence: Presence,
    /// Since when that is so; `None` when they have never been there.
    pub since: Option<Timestamp>,
    /// Conversations that they have, and do not write up.
    pub assigned: u64,
    /// Conversations that they write up.
    pub wrapping_up: u64,
    /// Conversations that they are asked to take.
    pub offered: u64,
}
