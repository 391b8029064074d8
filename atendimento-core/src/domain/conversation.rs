//! A conversation: one customer on one number, from opening to closing.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::domain::routing::{Asked, Ticket};
use crate::domain::{Decision, Hold, Line, Owner, Protocol, Sealed, Service, Window};
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

/// The number of an offer or an assignment within its conversation. It rises with each one, so
/// that a reply written under an earlier assignment is recognised.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Fence(pub u64);

impl Fence {
    /// The fence of the next offer or assignment.
    #[must_use]
    pub fn next(self) -> Self {
        Self(self.0 + 1)
    }
}

/// How far a conversation has come in its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Phase {
    /// Nothing has happened yet.
    New,
    /// Somebody has it, or it waits for somebody.
    Open,
    /// Answered; its owner writes up what is left to write.
    WrappingUp {
        /// When it closes by itself.
        until: Timestamp,
    },
    /// Put aside.
    Snoozed {
        /// When it waits for somebody again, unless the customer writes before.
        until: Timestamp,
    },
    /// Done.
    Closed {
        /// Since when.
        at: Timestamp,
    },
}

/// Where a conversation stands, in one word: what lists and screens show.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Status {
    /// Nothing has happened yet.
    New,
    /// Nobody has it and it waits for nobody: it was taken back and has not been queued yet.
    Open,
    /// It waits for an agent.
    Waiting,
    /// An agent is asked to take it.
    Offered,
    /// An agent or a bot has it; somebody else may be asked to take it over.
    Assigned,
    /// Its owner writes up what is left to write.
    WrappingUp,
    /// Put aside.
    Snoozed,
    /// Done.
    Closed,
}

impl Status {
    /// All there are.
    pub const ALL: [Self; 8] = [
        Self::New,
        Self::Open,
        Self::Waiting,
        Self::Offered,
        Self::Assigned,
        Self::WrappingUp,
        Self::Snoozed,
        Self::Closed,
    ];

    /// The word for it, as in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Open => "open",
            Self::Waiting => "waiting",
            Self::Offered => "offered",
            Self::Assigned => "assigned",
            Self::WrappingUp => "wrapping_up",
            Self::Snoozed => "snoozed",
            Self::Closed => "closed",
        }
    }
}

/// Who may write to the customer, as the channel sees it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ThreadOwner {
    /// We may.
    #[default]
    Ours,
    /// Another app of the business has the customer now; what we sent would be refused.
    Others,
}

/// A conversation's state. Holds personal data only sealed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conversation {
    /// Its id.
    pub id: ConversationId,
    /// The company it belongs to.
    pub tenant: TenantId,
    /// The customer and the number of the business.
    pub lane: Lane,
    /// The number by which the customer and the business call it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub protocol: Option<Protocol>,
    /// How often it has changed.
    pub version: Version,
    /// How far it has come.
    pub phase: Phase,
    /// Who has it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<Owner>,
    /// Its place in line, while it waits for an agent, or for another one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<Line>,
    /// The queue it waits in, or waited in last; before that, the one that is responsible for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub queue: Option<QueueId>,
    /// What was asked of an agent when it came to wait last, without who had it before.
    #[serde(default, skip_serializing_if = "Asked::is_nothing")]
    pub asked: Asked,
    /// Who had it last: who is asked first when it waits again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_agent: Option<AgentId>,
    /// When the lane's conversation ended that `last_agent` had; `None` when that is this one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_served: Option<Timestamp>,
    /// The number of the latest offer or assignment; never falls.
    pub fence: Fence,
    /// When free-form messages may be sent.
    pub window: Window,
    /// Who may write, as the channel sees it.
    #[serde(default)]
    pub thread_owner: ThreadOwner,
    /// What was promised to the customer, and whether it was kept.
    #[serde(default)]
    pub service: Service,
    /// What it was marked with.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub tags: BTreeSet<String>,
    /// The host's own fields, sealed under the customer's key.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub fields: BTreeMap<String, Sealed>,
}

impl Conversation {
    /// A conversation in which nothing has happened yet. `window` and `thread_owner` are the lane's,
    /// since they belong to the customer and the number rather than to one conversation.
    pub fn new(id: ConversationId, tenant: TenantId, lane: Lane, window: Window) -> Self {
        Self {
            id,
            tenant,
            lane,
            protocol: None,
            version: Version::NEW,
            phase: Phase::New,
            owner: None,
            line: None,
            queue: None,
            asked: Asked::default(),
            last_agent: None,
            last_served: None,
            fence: Fence::default(),
            window,
            thread_owner: ThreadOwner::Ours,
            service: Service::default(),
            tags: BTreeSet::new(),
            fields: BTreeMap::new(),
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

    /// Where it stands, in one word.
    pub fn status(&self) -> Status {
        match self.phase {
            Phase::New => Status::New,
            Phase::WrappingUp { .. } => Status::WrappingUp,
            Phase::Snoozed { .. } => Status::Snoozed,
            Phase::Closed { .. } => Status::Closed,
            Phase::Open => match (&self.owner, &self.line) {
                (Some(_), _) => Status::Assigned,
                (None, Some(Line::Waiting(_))) => Status::Waiting,
                (None, Some(Line::Offered { .. })) => Status::Offered,
                (None, None) => Status::Open,
            },
        }
    }

    /// Who has it now.
    pub fn assignee(&self) -> Option<&AgentId> {
        self.owner.as_ref().map(|owner| &owner.agent)
    }

    /// Whether `agent` has it as a bot.
    pub fn is_with_bot(&self, agent: &AgentId) -> bool {
        self.owner.as_ref().is_some_and(|owner| !owner.is_person() && owner.agent == *agent)
    }

    /// Whose it is: who has it; while it is put aside, and once it is closed, who had it last.
    /// They may look at it and take it up again.
    pub fn holder(&self) -> Option<&AgentId> {
        let last = match self.phase {
            Phase::Snoozed { .. } | Phase::Closed { .. } => self.last_agent.as_ref(),
            Phase::New | Phase::Open | Phase::WrappingUp { .. } => None,
        };
        self.assignee().or(last)
    }

    /// Under which assignment who has it has it: what their replies carry.
    pub fn assignment(&self) -> Option<Fence> {
        self.owner.as_ref().map(|owner| owner.fence)
    }

    /// Who is asked to take it now, and until when.
    pub fn offered_to(&self) -> Option<(&AgentId, Timestamp)> {
        match &self.line {
            Some(Line::Offered { agent, until, .. }) => Some((agent, *until)),
            Some(Line::Waiting(_)) | None => None,
        }
    }

    /// The place in line, while it waits and nobody is asked.
    pub fn waiting(&self) -> Option<&Ticket> {
        match &self.line {
            Some(Line::Waiting(ticket)) => Some(ticket),
            Some(Line::Offered { .. }) | None => None,
        }
    }

    /// What it takes of agents' capacity: of its owner's, and of whom it is offered to.
    pub fn holds(&self) -> impl Iterator<Item = (&AgentId, &Hold)> {
        let owner = self.owner.as_ref().and_then(Owner::hold);
        owner.into_iter().chain(self.line.as_ref().and_then(Line::hold))
    }

    /// When something about it changes by itself; nothing does before.
    pub fn next_due(&self) -> Option<Timestamp> {
        let phase = match self.phase {
            Phase::WrappingUp { until } | Phase::Snoozed { until } => Some(until),
            Phase::New | Phase::Closed { .. } => return None,
            Phase::Open => None,
        };
        let line = self.line.as_ref().and_then(Line::next_due);
        // Who is absent may write up what is left.
        let owner = self.owner.as_ref().filter(|_| self.phase == Phase::Open);
        let owner = owner.and_then(|owner| owner.leaves);
        [phase, line, owner, self.service.next_due()].into_iter().flatten().min()
    }

    /// The queue for which a new ticket is needed when `now` comes, because it is woken, taken
    /// from who is absent, or overflows.
    pub fn needs_ticket(&self, now: Timestamp) -> Option<&QueueId> {
        if let Some(to) = self.line.as_ref().and_then(|line| line.overflow(now)) {
            return Some(to);
        }
        let woken = matches!(self.phase, Phase::Snoozed { until } if until <= now);
        let left =
            self.owner.as_ref().and_then(|owner| owner.leaves).is_some_and(|leaves| leaves <= now);
        if woken || left { self.queue.as_ref() } else { None }
    }

    /// When it was closed, if it is.
    pub(crate) fn closed(&self) -> Option<Timestamp> {
        match self.phase {
            Phase::Closed { at } => Some(at),
            Phase::New | Phase::Open | Phase::WrappingUp { .. } | Phase::Snoozed { .. } => None,
        }
    }

    /// Whether more may happen in it.
    pub fn is_open(&self) -> bool {
        !matches!(self.phase, Phase::Closed { .. })
    }
}
