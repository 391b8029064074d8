//! What a channel posted: raw bodies first, then the events they hold.
//!
//! A body is appended as it came, without an index to look it up by, because that is what can
//! be made durable fastest; the caller answers the channel and only then is the body split
//! into events, each once.

use async_trait::async_trait;

use crate::domain::{DedupeKey, Fingerprint, Lane, RemoteRef, Sealed};
use crate::error::Result;
use crate::id::{ContactId, EnvelopeId, MessageId, TenantId};
use crate::store::Lease;
use crate::time::Timestamp;

/// A body as a channel posted it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Envelope {
    /// Its id.
    pub id: EnvelopeId,
    /// The company it is for.
    pub tenant: TenantId,
    /// When it came.
    pub received: Timestamp,
    /// The bytes, sealed under the company's key.
    pub body: Sealed,
}

/// Bodies that one worker may split, in the order in which they came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EnvelopeClaim {
    /// Rises with each claim; the split must still hold it.
    pub fence: u64,
    /// The bodies, the oldest first; never empty.
    pub envelopes: Vec<Envelope>,
    /// How often the oldest has been claimed, this time included.
    pub attempts: u32,
}

/// What a body held.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Split {
    /// Events of known customers, in order.
    pub entries: Vec<Entry>,
    /// Statuses of messages that are not known yet.
    pub orphans: Vec<Orphan>,
    /// Events that belong to no customer.
    pub notices: Vec<Notice>,
    /// Bodies that could not be read. They are kept.
    pub quarantine: Vec<Unreadable>,
}

/// A body that could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreadable {
    /// Which.
    pub envelope: EnvelopeId,
    /// Why; holds nothing of its contents.
    pub reason: String,
    /// What makes it itself, where that is known: one that came before is not kept again.
    pub seen: Option<(DedupeKey, Fingerprint)>,
}

/// An event in a customer's lane.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its id; a message keeps it.
    pub id: MessageId,
    /// The company.
    pub tenant: TenantId,
    /// The lane.
    pub lane: Lane,
    /// What kind of event.
    pub kind: EntryKind,
    /// What makes it itself.
    pub dedupe: DedupeKey,
    /// What it says, hashed.
    pub fingerprint: Fingerprint,
    /// When it happened, by the channel's clock.
    pub occurred: Timestamp,
    /// What it says, sealed under the customer's key.
    pub payload: Sealed,
}

/// What kind of event an entry is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum EntryKind {
    /// The customer wrote.
    Message,
    /// A message of ours has come further.
    Status {
        /// The message.
        message: MessageId,
    },
}

/// A status of a message that is not known yet: it may have come before the answer to the send.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Orphan {
    /// Its id.
    pub id: MessageId,
    /// The company.
    pub tenant: TenantId,
    /// The channel's id of the message, hashed.
    pub remote: RemoteRef,
    /// What makes it itself.
    pub dedupe: DedupeKey,
    /// What it says, hashed.
    pub fingerprint: Fingerprint,
    /// When it happened, by the channel's clock.
    pub occurred: Timestamp,
    /// What it says, sealed under the company's key.
    pub payload: Sealed,
}

/// An event that belongs to no customer, kept as it came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// Its id.
    pub id: MessageId,
    /// The company.
    pub tenant: TenantId,
    /// The channel's word for it, for example the field of the webhook; `conflict` when an
    /// event came again with other contents.
    pub kind: String,
    /// What makes it itself.
    pub dedupe: DedupeKey,
    /// What it says, hashed.
    pub fingerprint: Fingerprint,
    /// When it came.
    pub received: Timestamp,
    /// The customer under whose key `payload` is sealed; without one, under the company's.
    pub contact: Option<ContactId>,
    /// What it says, sealed.
    pub payload: Sealed,
}

/// The kind of the notice that keeps an event which came again with other contents.
const CONFLICT: &str = "conflict";

impl Entry {
    /// The notice that keeps it when it came before with other contents.
    pub(crate) fn into_conflict(self) -> Notice {
        Notice {
            id: self.id,
            tenant: self.tenant,
            kind: CONFLICT.to_owned(),
            dedupe: self.dedupe,
            fingerprint: self.fingerprint,
            received: self.occurred,
            contact: Some(self.lane.contact),
            payload: self.payload,
        }
    }
}

impl Orphan {
    /// The event in `lane` that it is, once the message is known.
    pub(crate) fn into_entry(self, lane: Lane, message: MessageId) -> Entry {
        Entry {
            id: self.id,
            tenant: self.tenant,
            lane,
            kind: EntryKind::Status { message },
            dedupe: self.dedupe,
            fingerprint: self.fingerprint,
            occurred: self.occurred,
            payload: self.payload,
        }
    }

    /// The notice that keeps it when it came before with other contents.
    pub(crate) fn into_conflict(self) -> Notice {
        Notice {
            id: self.id,
            tenant: self.tenant,
            kind: CONFLICT.to_owned(),
            dedupe: self.dedupe,
            fingerprint: self.fingerprint,
            received: self.occurred,
            contact: None,
            payload: self.payload,
        }
    }
}

impl Notice {
    /// The notice that keeps it when it came before with other contents.
    pub(crate) fn into_conflict(self) -> Self {
        Self { kind: CONFLICT.to_owned(), ..self }
    }
}

/// What became of the events of a split.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SplitReport {
    /// How many were new.
    pub new: usize,
    /// How many had come before, and changed nothing.
    pub duplicates: usize,
    /// How many had come before with other contents; kept as notices.
    pub conflicts: usize,
}

/// Takes what channels post.
///
/// - What is appended survives a restart.
/// - Envelopes are claimed in the order in which they came.
/// - Nobody else claims envelopes while a claim is held.
/// - A claim that ran out passes on with a higher fence.
/// - An envelope that was claimed before is claimed alone.
/// - A stale envelope claim cannot split.
/// - A split with an event of an unknown customer changes nothing.
/// - An event that came before changes nothing.
/// - An event that came before with other contents is kept as a notice.
/// - A status of a message that is known goes to its lane.
/// - A status of a message that was received is kept as an orphan.
/// - A quarantined body is kept and visible.
/// - A quarantined body that came before is not kept again.
#[async_trait]
pub trait Inbox {
    /// Appends `envelopes`. What is reported is durable: a crash after the return loses nothing.
    ///
    /// # Errors
    ///
    /// [`Unavailable`](crate::ErrorKind::Unavailable): none was stored, the channel must be told
    /// to come again.
    async fn append(&self, envelopes: Vec<Envelope>) -> Result<()>;

    /// Claims up to `limit` of the oldest envelopes, or none while another claim is held.
    ///
    /// The attempt is counted before anything is done with them. An envelope that was claimed
    /// before is claimed alone, so that one that kills its worker does not take others with it.
    ///
    /// # Errors
    ///
    /// [`Unavailable`](crate::ErrorKind::Unavailable).
    async fn claim_envelopes(&self, lease: Lease, limit: usize) -> Result<Option<EnvelopeClaim>>;

    /// Replaces the claimed envelopes by what they held, each event once.
    ///
    /// # Errors
    ///
    /// Nothing was changed, and:
    /// - [`Fenced`](crate::ErrorKind::Fenced): the claim has passed on;
    /// - [`InvalidInput`](crate::ErrorKind::InvalidInput): an event is of a customer that is
    ///   not [known](crate::store::Directory::resolve).
    async fn split(&self, claim: &EnvelopeClaim, split: Split) -> Result<SplitReport>;
}
