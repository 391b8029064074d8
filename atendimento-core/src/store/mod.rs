//! Durable state, as a contract.
//!
//! Each method is one transaction of the domain: atomic, durable when it returns, and safe to
//! repeat. There is no get-and-save, no transaction handle and no query builder, because they
//! would force every backend to check first and act later. Stores decide nothing, ask no
//! clock, make no ids, and see personal data only sealed.
//!
//! Each bullet in a trait's docs is a rule of the same name in `store_conformance!`
//! (feature `testing`), which every backend runs whole. [`memory`] is the reference: plain,
//! and obviously right.

mod commit;
mod configuration;
mod directory;
mod inbox;
mod lanes;
pub mod memory;
mod outbox;
mod queries;
mod roster;
#[cfg(feature = "sqlite")]
pub mod sqlite;

pub use commit::{
    Capacity, Commit, Commits, CrmLink, DeliveryChange, Done, Journaled, MessageRecord,
    OfferAnswer, Revocation, StatusRecord,
};
pub(crate) use commit::{LoadChange, load_changes};
pub use configuration::{ConfigurationRecord, Configurations};
pub use directory::{
    BoundAlias, Candidate, ContactRecord, Directory, Merge, Merged, Person, Resolution, Resolve,
};
pub use inbox::{
    Entry, EntryKind, Envelope, EnvelopeClaim, Inbox, Notice, Orphan, Split, SplitReport,
    Unreadable,
};
pub use lanes::{LaneClaim, LaneStep, Lanes};
pub use outbox::{Job, JobClaim, JobKey, JobKind, Outbox, Settlement};
pub use queries::{Cursor, DeadLetter, Explained, Listing, Quarantined, Queries, StoredMessage};
pub use roster::{PresenceCursor, Roster, RosterCursor};

use crate::id::WorkerId;
use crate::time::Timestamp;

/// Everything a backend must be able to do.
///
/// Implemented by whatever implements the parts.
pub trait Store:
    Inbox + Lanes + Commits + Outbox + Directory + Roster + Configurations + Queries + Send + Sync
{
}

impl<S> Store for S where
    S: Inbox
        + Lanes
        + Commits
        + Outbox
        + Directory
        + Roster
        + Configurations
        + Queries
        + Send
        + Sync
{
}

/// Who takes work, and until when it is theirs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lease {
    /// The process that takes it.
    pub worker: WorkerId,
    /// When it takes it.
    pub now: Timestamp,
    /// When others may take it over.
    pub until: Timestamp,
}
