//! Who gets the next conversation.
//!
//! A waiting conversation has a [`Ticket`]: its place in line, and what it asks of an agent. A
//! [`Board`] knows who waits and who is there, and proposes pairs by [`Strategies`], each with
//! its [`Explanation`].

mod board;
mod explanation;
mod history;
mod requirement;
mod strategy;
mod ticket;
mod what_if;

pub use board::{Board, Item, Match};
pub use explanation::{Considered, Explanation, PassedOverCounts, StillWaits};
pub use history::Recorder;
pub use requirement::{Level, PassedOver, Requirement};
pub use strategy::{
    LeastLoaded, LongestIdle, LooksAt, Rank, RoutingStrategy, SkillFirst, Strategies,
};
pub use ticket::{Asked, Key, Overflow, Stage, Ticket};
pub use what_if::{
    AgentSeen, Arrived, Difference, Given, History, Otherwise, Replay, Waits, replay, what_if,
};

use crate::domain::Version;
use crate::id::ConversationId;

/// A conversation that waits for an agent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// Which.
    pub conversation: ConversationId,
    /// Its version: what is decided of it holds while it has this one.
    pub version: Version,
    /// Its place in line.
    pub ticket: Ticket,
}
