//! Who gets the next conversation.
//!
//! A waiting conversation has a [`Ticket`]: its place in line, and what it asks of an agent.

mod requirement;
mod ticket;

pub use requirement::{Level, PassedOver, Requirement};
pub use ticket::{Asked, Key, Overflow, Stage, Ticket};

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
