//! A conversation: one customer on one number, from opening to closing.

use serde::{Deserialize, Serialize};

use crate::domain::{Decision, Event, Window};
use crate::id::{AccountId, AgentId, ContactId, ConversationId, QueueId, TenantId};
use crate::time::Timestamp;

/// Everything one customer does on one number of the business happens in one lane, in order.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Lane {
    /// The customer.
    pub contact: ContactId,
    /// The number of the business.
    pub account: AccountId,
}

/// How often a conversation has changed; 0 before it exists.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Version(pub u64);

impl Version {
    /// Before the first change.
    pub const NEW: Self = Self(0);

    /// The version after one more change.
    #[must_use]
    pub fn next(self) -> Self {
        Self(self.0 + 1)
    }
}

/// The number of an assignment within its conversation. It rises with each one, so that a
/// reply written under an earlier assignment is recognised.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Fence(pub u64);

/// Where a conversation stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Status {
    /// Nothing has happened yet.
    New,
    /// Waiting for an agent.
    Waiting {
        /// In which queue.
        queue: QueueId,
        /// Since when; the longest wait is served first.
        since: Timestamp,
    },
    /// An agent has it.
    Assigned {
        /// Who.
        agent: AgentId,
        /// Under which assignment.
        fence: Fence,
    },
    /// Done; a new message of the customer's opens another conversation.
    Closed,
}

/// A conversation's state. Holds no personal data: only ids, times and states.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conversation {
    /// Its id.
    pub id: ConversationId,
    /// The company it belongs to.
    pub tenant: TenantId,
    /// The customer and the number of the business.
    pub lane: Lane,
    /// How often it has changed.
    pub version: Version,
    /// Where it stands.
    pub status: Status,
    /// The number of the latest assignment; never falls.
    pub fence: Fence,
    /// When free-form messages may be sent.
    pub window: Window,
}

impl Conversation {
    /// A conversation in which nothing has happened yet. `window` is the lane's, since it
    /// belongs to the customer and the number rather than to one conversation.
    pub fn new(id: ConversationId, tenant: TenantId, lane: Lane, window: Window) -> Self {
        Self {
            id,
            tenant,
            lane,
            version: Version::NEW,
            status: Status::New,
            fence: Fence::default(),
            window,
        }
    }

    /// The state after `decision`, one version later; unchanged when it decides nothing.
    ///
    /// Work that must be done makes a version too, since jobs are told apart by it.
    #[must_use]
    pub fn after(&self, decision: &Decision) -> Self {
        if *decision == Decision::default() {
            return self.clone();
        }
        let mut next = decision.events.iter().fold(self.clone(), Self::apply);
        next.version = self.version.next();
        next
    }

    /// The state after `event`. Total: whatever is in the journal can be applied.
    #[must_use]
    pub fn apply(mut self, event: &Event) -> Self {
        match event {
            Event::Queued { queue, since } => {
                self.status = Status::Waiting { queue: queue.clone(), since: *since };
            }
            Event::MessageReceived { window, .. } => self.window = *window,
            Event::Assigned { agent, fence } => {
                self.fence = *fence;
                self.status = Status::Assigned { agent: agent.clone(), fence: *fence };
            }
            Event::WindowClosed => self.window = Window::CLOSED,
            Event::Closed { .. } => self.status = Status::Closed,
            Event::Opened
            | Event::ReplyQueued { .. }
            | Event::DeliveryAdvanced { .. }
            | Event::RecordedInCrm { .. }
            | Event::CrmGaveUp { .. } => {}
        }
        self
    }

    /// Who has it now.
    pub fn assignee(&self) -> Option<&AgentId> {
        match &self.status {
            Status::Assigned { agent, .. } => Some(agent),
            Status::New | Status::Waiting { .. } | Status::Closed => None,
        }
    }

    /// Whether more may happen in it.
    pub fn is_open(&self) -> bool {
        self.status != Status::Closed
    }
}
