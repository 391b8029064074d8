//! What the core asks of a CRM adapter.

use std::fmt;
use std::time::Duration;

use async_trait::async_trait;
use serde::{Deserialize, Serialize};

use crate::domain::{Direction, Profile};
use crate::id::{ContactId, ConversationId, MessageId};
use crate::time::Timestamp;

/// What a CRM can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Capabilities {
    /// Whether a record can be written by a key of ours, so that writing twice is writing once.
    pub upsert_by_our_key: bool,
    /// Whether messages can be added to a record's history.
    pub timeline: bool,
}

/// A customer to be known to the CRM. Personal; never logged.
pub struct ContactUpdate<'a> {
    /// The intent, the same for each attempt: what carries out one twice must see it once.
    pub operation: &'a str,
    /// Our id of the customer, to be kept in the record as its external id; of the survivor, when
    /// they were merged.
    pub contact: ContactId,
    /// The CRM's id of the record, when it is known.
    pub link: Option<&'a str>,
    /// What is known of the customer.
    pub profile: &'a Profile,
}

/// A message to be added to a record's history. Personal; never logged.
pub struct TimelineUpdate<'a> {
    /// The intent, the same for each attempt.
    pub operation: &'a str,
    /// The CRM's id of the record.
    pub link: &'a str,
    /// The message.
    pub entry: &'a TimelineEntry,
}

/// A message as a CRM's history shows it. Personal; never logged.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TimelineEntry {
    /// The message.
    pub message: MessageId,
    /// The conversation it belongs to.
    pub conversation: ConversationId,
    /// Who wrote it.
    pub direction: Direction,
    /// When.
    pub written: Timestamp,
    /// The channel's word for its type.
    pub kind: String,
    /// What a person reads in it.
    pub text: Option<String>,
}

/// What a CRM did.
///
/// The ids in it are stored in clear: an adapter gives the CRM's own ids, never a phone number
/// or an e-mail address.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Outcome {
    /// There is a new record.
    Created {
        /// The CRM's id of it.
        id: String,
    },
    /// A record was changed.
    Updated {
        /// The CRM's id of it.
        id: String,
    },
    /// A record was there and is as wanted.
    Unchanged {
        /// The CRM's id of it.
        id: String,
    },
    /// Several records could be meant; none was touched, a person must choose.
    Ambiguous {
        /// The CRM's ids of them.
        candidates: Vec<String>,
    },
    /// Too fast.
    RateLimited {
        /// How long the CRM asks to wait.
        after: Option<Duration>,
    },
    /// The CRM cannot be reached or failed, and nothing was done.
    Retryable,
    /// It was sent and the answer was lost. The core asks again with the same operation, and
    /// the adapter then looks before it writes.
    Unknown,
    /// The CRM refused it, for good.
    Permanent {
        /// Why, without contents.
        reason: String,
    },
}

macro_rules! debug_hides_contents {
    ($($name:ident $(<$life:lifetime>)?),+) => {$(
        impl fmt::Debug for $name $(<$life>)? {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!(stringify!($name), "(…)"))
            }
        }
    )+};
}

debug_hides_contents!(ContactUpdate<'_>, TimelineUpdate<'_>, TimelineEntry);

/// One connection to one CRM.
///
/// - The same operation carried out twice leaves one record, or one entry.
/// - An operation is never refused because it was carried out before.
/// - Nothing is picked silently among several records.
#[async_trait]
pub trait CrmAdapter: Send + Sync {
    /// The name of the connection. It never changes: what the core knows of the CRM's records
    /// is kept under it.
    fn connection(&self) -> &str;

    /// What the CRM can do.
    fn capabilities(&self) -> Capabilities;

    /// Makes the CRM know the customer.
    async fn upsert_contact(&self, update: ContactUpdate<'_>) -> Outcome;

    /// Adds a message to the history of the record.
    async fn append_timeline(&self, update: TimelineUpdate<'_>) -> Outcome;
}
