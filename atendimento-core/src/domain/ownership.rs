//! Who has a conversation, and who is asked to take it.

use serde::{Deserialize, Serialize};

use crate::domain::Fence;
use crate::domain::routing::Ticket;
use crate::id::{AgentId, CapacityClass, QueueId};
use crate::time::Timestamp;

/// What a conversation takes of an agent's capacity.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hold {
    /// Of which kind of work.
    pub class: CapacityClass,
    /// How much.
    pub weight: u32,
}

impl Hold {
    /// What a conversation takes when nothing else is said.
    pub fn chat() -> Self {
        Self { class: CapacityClass::from(CapacityClass::CHAT), weight: 1 }
    }
}

impl From<&Ticket> for Hold {
    fn from(ticket: &Ticket) -> Self {
        let requirement = ticket.requirement();
        Self { class: requirement.class.clone(), weight: requirement.weight }
    }
}

/// Who has a conversation: one at a time, a person or a bot.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Owner {
    /// Who.
    pub agent: AgentId,
    /// Under which assignment.
    pub fence: Fence,
    /// Since when.
    pub since: Timestamp,
    /// As what.
    #[serde(flatten)]
    pub kind: OwnerKind,
    /// When it is taken from them, because they are absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub leaves: Option<Timestamp>,
}

/// As what somebody has a conversation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum OwnerKind {
    /// A person, whose capacity is limited.
    Person {
        /// What it takes of it.
        hold: Hold,
    },
    /// A bot, whose capacity is not.
    Bot,
}

impl Owner {
    /// Whether it is a person.
    pub fn is_person(&self) -> bool {
        matches!(self.kind, OwnerKind::Person { .. })
    }

    /// What it takes of whose capacity.
    pub(super) fn hold(&self) -> Option<(&AgentId, &Hold)> {
        match &self.kind {
            OwnerKind::Person { hold } => Some((&self.agent, hold)),
            OwnerKind::Bot => None,
        }
    }
}

/// A conversation's place in line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Line {
    /// It waits for somebody to be free.
    Waiting(Box<Ticket>),
    /// An agent is asked; their capacity is reserved meanwhile.
    Offered {
        /// Who.
        agent: AgentId,
        /// Under which number they accept.
        fence: Fence,
        /// When they have let it pass.
        until: Timestamp,
        /// What is reserved.
        hold: Hold,
        /// The place in line, which it goes back to.
        ticket: Box<Ticket>,
    },
}

impl Line {
    /// The place in line.
    pub fn ticket(&self) -> &Ticket {
        match self {
            Self::Waiting(ticket) | Self::Offered { ticket, .. } => ticket,
        }
    }

    /// The ticket, back in line.
    pub(super) fn into_ticket(self) -> Box<Ticket> {
        match self {
            Self::Waiting(ticket) | Self::Offered { ticket, .. } => ticket,
        }
    }

    pub(super) fn hold(&self) -> Option<(&AgentId, &Hold)> {
        match self {
            Self::Waiting(_) => None,
            Self::Offered { agent, hold, .. } => Some((agent, hold)),
        }
    }

    pub(super) fn next_due(&self) -> Option<Timestamp> {
        match self {
            Self::Waiting(ticket) => ticket.next_due(),
            Self::Offered { until, .. } => Some(*until),
        }
    }

    /// Where it overflows to, once the time for that has come and nobody is being asked.
    pub(super) fn overflow(&self, now: Timestamp) -> Option<&QueueId> {
        match self {
            Self::Waiting(ticket) => {
                ticket.overflow.as_ref().filter(|over| over.at <= now).map(|over| &over.to)
            }
            Self::Offered { .. } => None,
        }
    }
}
