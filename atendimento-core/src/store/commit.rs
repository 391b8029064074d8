//! The one transaction that changes a conversation: all of it or nothing.

use std::collections::BTreeMap;

use async_trait::async_trait;
use serde::{Deserialize, Serialize};

use crate::domain::routing::Explanation;
use crate::domain::{
    Conversation, Day, Decision, Delivery, Direction, Event, Hold, Protocol, RemoteRef, Sealed,
    Version,
};
use crate::error::Result;
use crate::id::{AgentId, CapacityClass, ContactId, ConversationId, MessageId, TenantId};
use crate::store::{Job, JobClaim, LaneClaim};
use crate::time::Timestamp;

/// What one decision changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Commit {
    /// The version that was decided upon; [`Version::NEW`] for a conversation that is new.
    pub expected: Version,
    /// The state after the decision.
    pub conversation: Conversation,
    /// What became true, for the journal.
    pub events: Vec<Event>,
    /// When.
    pub at: Timestamp,
    /// Messages that are new.
    pub messages: Vec<MessageRecord>,
    /// Messages that have come further.
    pub deliveries: Vec<DeliveryChange>,
    /// What is gone because who wrote it has revoked it.
    pub revocation: Option<Revocation>,
    /// Status reports, kept whole whether they were news or not.
    pub statuses: Vec<StatusRecord>,
    /// Work outside that must be done.
    pub jobs: Vec<Job>,
    /// What the CRM calls the customer.
    pub link: Option<CrmLink>,
    /// The customer's profile, where it changed, sealed under the customer's key.
    pub profile: Option<Sealed>,
    /// The work that is finished by this.
    pub done: Done,
    /// How it is judged whether agents have room for what they get.
    pub capacity: Capacity,
    /// What an agent made of an offer.
    pub answer: Option<OfferAnswer>,
    /// Why routing decided so.
    pub explanation: Option<Explanation>,
    /// The day of which the conversation gets the company's next protocol number, as it begins.
    pub number_on: Option<Day>,
}

impl Commit {
    /// Makes `decision` true of `before`, and nothing else yet.
    pub fn new(before: &Conversation, decision: Decision, at: Timestamp) -> Self {
        Self {
            expected: before.version,
            conversation: before.after(&decision),
            events: decision.events,
            at,
            messages: Vec::new(),
            deliveries: Vec::new(),
            revocation: None,
            statuses: Vec::new(),
            jobs: Vec::new(),
            link: None,
            profile: None,
            done: Done::Nothing,
            capacity: Capacity::Reserved { epoch: None },
            answer: None,
            explanation: None,
            number_on: None,
        }
    }

    /// The commit, with the protocol number that the store drew for it: one more fact.
    #[must_use]
    pub fn numbered(mut self, protocol: Protocol) -> Self {
        let event = Event::Numbered { protocol };
        self.conversation = self.conversation.apply(&event);
        self.events.push(event);
        self.number_on = None;
        self
    }
}

/// How it is judged whether an agent has room for what they get.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Capacity {
    /// They must be available, with room for it, and of this epoch, where one is named.
    Reserved {
        /// The agent's epoch that was decided upon.
        epoch: Option<u64>,
    },
    /// They get it whatever they have to do. It is counted like the rest, so they may have
    /// more than their capacity until they have ended some.
    Forced,
}

/// What an agent made of an offer, for the count of those missed in a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OfferAnswer {
    /// They answered.
    Given {
        /// Who.
        agent: AgentId,
    },
    /// They let it pass. After so many in a row they are
    /// [unresponsive](crate::domain::Presence::Unresponsive).
    Missed {
        /// Who.
        agent: AgentId,
        /// How many in a row; 0: never.
        most: u32,
    },
}

/// The work that a commit finishes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Done {
    /// None: somebody acted.
    Nothing,
    /// An event of a lane; the lane is given back.
    Entry(LaneClaim),
    /// A job of the outbox.
    Job(JobClaim),
}

/// How much more of an agent's capacity is taken, or less.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct LoadChange {
    pub(crate) agent: AgentId,
    pub(crate) class: CapacityClass,
    pub(crate) weight: i64,
}

/// What changes of agents' load when a conversation that took `before` takes `after`: first
/// what is given back.
pub(crate) fn load_changes<'a>(
    before: impl Iterator<Item = (&'a AgentId, &'a Hold)>,
    after: impl Iterator<Item = (&'a AgentId, &'a Hold)>,
) -> Vec<LoadChange> {
    let mut changes = BTreeMap::<_, i64>::new();
    for (agent, hold) in before {
        *changes.entry((agent, &hold.class)).or_default() -= i64::from(hold.weight);
    }
    for (agent, hold) in after {
        *changes.entry((agent, &hold.class)).or_default() += i64::from(hold.weight);
    }
    let mut changes: Vec<_> = changes
        .into_iter()
        .filter(|(_, weight)| *weight != 0)
        .map(|((agent, class), weight)| LoadChange {
            agent: agent.clone(),
            class: class.clone(),
            weight,
        })
        .collect();
    changes.sort_by_key(|change| change.weight > 0);
    changes
}

/// A message to be stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MessageRecord {
    /// Its id.
    pub id: MessageId,
    /// Who wrote it.
    pub direction: Direction,
    /// When it was written.
    pub written: Timestamp,
    /// What it says, sealed under the customer's key.
    pub content: Sealed,
    /// The channel's id of the message, hashed; `None` for one that is not sent yet.
    pub remote: Option<RemoteRef>,
    /// The channel's id of the message that it is another version of, hashed.
    pub edits: Option<RemoteRef>,
    /// How far it has come; `None` for what was not sent from here.
    pub delivery: Option<Delivery>,
}

/// A message that was revoked by who wrote it, whether it is there or comes later.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revocation {
    /// The channel's id of it and who revoked it, hashed: kept, so that it is known when it comes.
    pub mark: RemoteRef,
    /// The messages whose contents are replaced by these: it, and those that repeat what it
    /// said.
    pub contents: Vec<(MessageId, Sealed)>,
}

/// An outbound message that has come further.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeliveryChange {
    /// The message.
    pub message: MessageId,
    /// How far; applied only when it is further than what is stored.
    pub delivery: Delivery,
    /// The channel's id of the message, where it is known now: hashed, and sealed under the
    /// customer's key.
    pub remote: Option<(RemoteRef, Sealed)>,
}

/// A status as the channel reported it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatusRecord {
    /// Its id.
    pub id: MessageId,
    /// The message it is about.
    pub message: MessageId,
    /// When it happened, by the channel's clock.
    pub occurred: Timestamp,
    /// The channel's JSON, sealed under the customer's key.
    pub payload: Sealed,
}

/// What a CRM calls a customer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CrmLink {
    /// The company.
    pub tenant: TenantId,
    /// Which CRM connection.
    pub connection: String,
    /// The customer.
    pub contact: ContactId,
    /// The CRM's id of the customer.
    pub remote: String,
}

/// A fact in the journal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Journaled {
    /// The company.
    pub tenant: TenantId,
    /// The conversation.
    pub conversation: ConversationId,
    /// The version it became true with.
    pub version: Version,
    /// Its place among the facts of that version.
    pub index: u32,
    /// When.
    pub at: Timestamp,
    /// The fact.
    pub event: Event,
}

/// Changes conversations.
///
/// - A commit is all or nothing.
/// - A commit on another version is refused.
/// - A new conversation is refused while the lane has an open one.
/// - Only the latest conversation of a lane is opened again.
/// - A stale lane claim cannot commit.
/// - A stale job claim cannot commit.
/// - A commit for an unknown customer is refused.
/// - A message id is taken once.
/// - A job key is queued once.
/// - A delivery never moves backwards.
/// - What is revoked is replaced, and known when it comes later.
/// - A commit that names a remote id wakes the statuses that came before it.
/// - An agent's load follows offers and ownership.
/// - An agent is never given more than fits.
/// - An agent who is not available is given nothing.
/// - An agent of another epoch is given nothing.
/// - A forced assignment goes beyond capacity and is counted.
/// - Offers missed in a row make an agent unresponsive.
/// - A decision keeps its explanation.
/// - Conversations are numbered from 1 on each day, each once and without gaps.
/// - What is committed survives a restart.
#[async_trait]
pub trait Commits {
    /// Applies `commit`, all or nothing. When it returns, it is durable, and only now may
    /// anything leave the process. Answers the protocol number, where one was
    /// [asked for](Commit::number_on).
    ///
    /// # Errors
    ///
    /// Nothing was changed, and:
    /// - [`Conflict`](crate::ErrorKind::Conflict): the conversation has another version, the lane
    ///   already has an open one, or a later one than what would be opened again, or the event in
    ///   `done` is of another person;
    /// - [`Fenced`](crate::ErrorKind::Fenced): the claim in `done` has passed on;
    /// - [`Duplicate`](crate::ErrorKind::Duplicate): a message with such an id is stored, or a
    ///   job with such a key is queued;
    /// - [`AgentUnavailable`](crate::ErrorKind::AgentUnavailable): who is to get it, or to be
    ///   asked, is not available, is full, or has changed since it was decided;
    /// - [`InvalidInput`](crate::ErrorKind::InvalidInput): the customer is not
    ///   [known](crate::store::Directory::resolve).
    async fn commit(&self, commit: Commit) -> Result<Option<Protocol>>;
}
