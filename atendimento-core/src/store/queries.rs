//! What can be read. Reading decides nothing: a commit checks again.

use std::collections::BTreeMap;

use async_trait::async_trait;

use crate::domain::access::Grant;
use crate::domain::routing::{Explanation, Waiting};
use crate::domain::{Conversation, Lane, Protocol, RemoteRef, Sealed, Status, Version};
use crate::error::Result;
use crate::id::{AgentId, ContactId, ConversationId, EnvelopeId, MessageId, QueueId, TenantId};
use crate::store::{Journaled, MessageRecord, Notice, Orphan, StatusRecord};
use crate::time::Timestamp;

/// A message and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredMessage {
    /// The conversation.
    pub conversation: ConversationId,
    /// The lane of the conversation.
    pub lane: Lane,
    /// The message; its delivery is the present one.
    pub record: MessageRecord,
    /// The channel's id of an outbound message, sealed under the customer's key.
    pub remote_id: Option<Sealed>,
}

/// Which conversations to list, of those that may be seen. What is not named does not matter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listing {
    /// Those that stand so.
    pub status: Option<Status>,
    /// Those that wait, or waited last, in this queue.
    pub queue: Option<QueueId>,
    /// Those that have this tag.
    pub tag: Option<String>,
    /// Those with the [person](crate::store::Directory::person) that this customer is.
    pub contact: Option<ContactId>,
    /// Those that began at this moment or later.
    pub from: Option<Timestamp>,
    /// Those that began before this moment.
    pub until: Option<Timestamp>,
    /// Those that began before this one: the last of the page before.
    pub before: Option<ConversationId>,
}

/// Why routing decided as it did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explained {
    /// The version of the conversation that the decision made.
    pub version: Version,
    /// When.
    pub at: Timestamp,
    /// Why.
    pub explanation: Explanation,
}

/// A place in the journal, to read on from. Compare for equality only.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cursor(pub u64);

/// A body that could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quarantined {
    /// Its id.
    pub id: EnvelopeId,
    /// When it came.
    pub received: Timestamp,
    /// Why it could not be read; holds nothing of its contents.
    pub reason: String,
    /// The bytes, sealed under the company's key.
    pub body: Sealed,
}

/// An event that was given up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeadLetter {
    /// Its id.
    pub id: MessageId,
    /// The customer whose lane it was in; the payload is sealed under their key.
    pub contact: ContactId,
    /// When it was given up.
    pub at: Timestamp,
    /// Why; holds nothing of its contents.
    pub reason: String,
    /// What it says, sealed.
    pub payload: Sealed,
}

/// Reads.
///
/// - The queue lists the lowest key first.
/// - Conversations of an agent are those they have or are offered.
/// - What may not be seen is neither listed nor counted.
/// - A listing goes on where the page before it ended.
/// - A conversation is found by its protocol number by who may see it.
/// - Conversations are listed by when they began and by whom they are with.
/// - The conversation of a lane is the open one of the person, else the latest.
/// - All who are in line are found.
/// - The end of the journal is after what was committed.
/// - Conversations are due when their time has come, the longest due first.
/// - Open conversations are listed the oldest first.
/// - Messages are listed in the order in which they were stored.
/// - A message is found by its remote id.
/// - The versions of a message are found by its remote id.
/// - The reports of a message are listed in the order in which they were stored.
/// - A status without its message is listed until the message is known.
/// - The journal is read in commit order, without gaps.
/// - A fact in the journal names the company of its conversation.
/// - Conversations of one company are not listed for another.
#[async_trait]
pub trait Queries {
    /// The conversation, if there is one.
    ///
    /// # Errors
    ///
    /// [`Unavailable`](crate::ErrorKind::Unavailable), as for all below.
    async fn conversation(&self, id: ConversationId) -> Result<Option<Conversation>>;

    /// The conversation that a lane goes on with: of the
    /// [person](crate::store::Directory::person) that its customer is, on this number of the
    /// business, the open one, else the latest.
    async fn conversation_in(&self, lane: &Lane) -> Result<Option<Conversation>>;

    /// The open conversations of a company, the oldest first.
    async fn open_conversations(
        &self,
        tenant: &TenantId,
        limit: usize,
    ) -> Result<Vec<Conversation>>;

    /// The conversations that wait in `queue` and are offered to nobody, the lowest key first.
    async fn waiting(
        &self,
        tenant: &TenantId,
        queue: &QueueId,
        limit: usize,
    ) -> Result<Vec<Waiting>>;

    /// The conversations that `grant` covers and `listing` names, the newest first.
    async fn conversations(
        &self,
        grant: &Grant,
        listing: &Listing,
        limit: usize,
    ) -> Result<Vec<Conversation>>;

    /// How many conversations `grant` covers and `listing` names, by how they stand, on all
    /// pages; a word without any is left out.
    async fn count_conversations(
        &self,
        grant: &Grant,
        listing: &Listing,
    ) -> Result<BTreeMap<Status, u64>>;

    /// The conversation that is called so, if `grant` covers it.
    async fn conversation_by_protocol(
        &self,
        grant: &Grant,
        protocol: Protocol,
    ) -> Result<Option<Conversation>>;

    /// The conversations of a company that are in line, waiting or offered, in no order.
    async fn in_line(&self, tenant: &TenantId) -> Result<Vec<Conversation>>;

    /// The conversations that an agent has or is offered, the oldest first.
    async fn conversations_of(
        &self,
        tenant: &TenantId,
        agent: &AgentId,
    ) -> Result<Vec<Conversation>>;

    /// The conversations of all companies about which something
    /// [is due](Conversation::next_due) at `now`, the longest due first.
    async fn due(&self, now: Timestamp, limit: usize) -> Result<Vec<Conversation>>;

    /// Why routing offered a conversation, or gave it, each time: the oldest first.
    async fn explanations(&self, conversation: ConversationId) -> Result<Vec<Explained>>;

    /// The messages of a conversation, in the order in which they were stored.
    async fn messages(&self, conversation: ConversationId) -> Result<Vec<StoredMessage>>;

    /// The message, if there is one.
    async fn message(&self, id: MessageId) -> Result<Option<StoredMessage>>;

    /// The message that the channel calls so, if it is known.
    async fn message_by_remote(
        &self,
        tenant: &TenantId,
        remote: &RemoteRef,
    ) -> Result<Option<StoredMessage>>;

    /// The messages that the channel calls so, and those that are other versions of it, in the
    /// order in which they were stored.
    async fn versions(&self, tenant: &TenantId, remote: &RemoteRef) -> Result<Vec<StoredMessage>>;

    /// Whether a message with that [mark](crate::store::Revocation) was revoked.
    async fn is_revoked(&self, tenant: &TenantId, mark: &RemoteRef) -> Result<bool>;

    /// What the channel reported of a message, in the order in which it was stored.
    async fn statuses(&self, message: MessageId) -> Result<Vec<StatusRecord>>;

    /// What the CRM calls the [person](crate::store::Directory::person) that the customer is, if
    /// it is known: the survivor's link, else that of the first who was merged into them.
    async fn crm_link(&self, connection: &str, contact: ContactId) -> Result<Option<String>>;

    /// Up to `limit` facts after `cursor` in commit order, and where to read on.
    async fn journal(&self, cursor: Cursor, limit: usize) -> Result<(Vec<Journaled>, Cursor)>;

    /// The place after the latest fact, to read on what comes later.
    async fn journal_end(&self) -> Result<Cursor>;

    /// The latest notices of a company, the newest first.
    async fn notices(&self, tenant: &TenantId, limit: usize) -> Result<Vec<Notice>>;

    /// The latest statuses of a company whose message is not known, the newest first.
    async fn orphans(&self, tenant: &TenantId, limit: usize) -> Result<Vec<Orphan>>;

    /// The latest bodies of a company that could not be read, the newest first.
    async fn quarantined(&self, tenant: &TenantId, limit: usize) -> Result<Vec<Quarantined>>;

    /// The latest events of a company that were given up, the newest first.
    async fn dead_letters(&self, tenant: &TenantId, limit: usize) -> Result<Vec<DeadLetter>>;
}
