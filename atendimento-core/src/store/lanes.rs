//! Events of one customer on one number, one worker at a time, in order.

use async_trait::async_trait;

use crate::domain::{Conversation, Lane};
use crate::error::Result;
use crate::store::{ContactRecord, Entry, Lease};
use crate::time::Timestamp;

/// The right to process the oldest event of a lane.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LaneStep {
    /// The claim, to be handed back with the commit.
    pub claim: LaneClaim,
    /// The event.
    pub entry: Entry,
    /// How often it has been claimed, this time included.
    pub attempts: u32,
    /// The customer; the payload is sealed under their key.
    pub contact: ContactRecord,
    /// The conversation that the lane goes on with: of the
    /// [person](crate::store::Directory::person) that its customer is, on this number of the
    /// business, the open one, else the latest. It may have begun in the lane of another customer
    /// who is merged with this one; its messages are sealed under that one's key.
    pub conversation: Option<Conversation>,
}

/// A worker's hold on a lane.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LaneClaim {
    /// The lane.
    pub lane: Lane,
    /// Rises with each claim; the commit must still hold it.
    pub fence: u64,
    /// The place of the event in the lane.
    pub sequence: u64,
}

/// Hands out lanes.
///
/// - Events of a lane are claimed in the order in which they were appended.
/// - A lane is claimed by one worker at a time.
/// - A lane that was served goes behind those that wait.
/// - A lane claim brings the customer and the latest conversation.
/// - A lane claim that ran out passes on with a higher fence.
/// - The attempt is counted when the event is claimed.
/// - A deferred event is not claimed before its time, and holds back only its lane.
/// - A buried event leaves the lane and stays visible.
/// - A stale lane claim can neither defer nor bury.
#[async_trait]
pub trait Lanes {
    /// Claims the lane whose turn it is, with its oldest event and what is needed to decide.
    ///
    /// A lane whose lease or deferral has ended comes first, since it has waited before; the
    /// others take turns, one event each.
    ///
    /// # Errors
    ///
    /// [`Unavailable`](crate::ErrorKind::Unavailable).
    async fn claim_lane(&self, lease: Lease) -> Result<Option<LaneStep>>;

    /// Gives the lane back; its oldest event is due again at `until`.
    ///
    /// # Errors
    ///
    /// [`Fenced`](crate::ErrorKind::Fenced) when the claim has passed on; nothing was changed.
    async fn defer(&self, claim: &LaneClaim, until: Timestamp) -> Result<()>;

    /// Moves the event to the dead letters for `reason`, and gives the lane back.
    ///
    /// # Errors
    ///
    /// [`Fenced`](crate::ErrorKind::Fenced) when the claim has passed on; nothing was changed.
    async fn bury(&self, claim: &LaneClaim, reason: &str, now: Timestamp) -> Result<()>;
}
