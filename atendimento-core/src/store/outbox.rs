//! Work outside the store, queued with the facts that ask for it.

use async_trait::async_trait;
use serde::{Deserialize, Serialize};

use crate::domain::{Effect, Lane, Version};
use crate::error::Result;
use crate::id::{ConversationId, TenantId};
use crate::store::Lease;
use crate::time::Timestamp;

/// What makes a job itself. Derived from the commit, so that a repeated commit cannot queue
/// the work twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct JobKey {
    /// The conversation.
    pub conversation: ConversationId,
    /// The version whose decision asks for it.
    pub version: Version,
    /// Its place among the effects of that decision.
    pub index: u32,
}

/// Which worker does it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum JobKind {
    /// Sends to customers.
    Send,
    /// Tells the CRM.
    Crm,
}

impl From<Effect> for JobKind {
    fn from(effect: Effect) -> Self {
        match effect {
            Effect::Send { .. } => Self::Send,
            Effect::SyncCrm { .. } => Self::Crm,
        }
    }
}

/// Work outside the store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Job {
    /// What makes it itself.
    pub key: JobKey,
    /// The company.
    pub tenant: TenantId,
    /// Jobs of one kind and lane are done one after the other.
    pub lane: Lane,
    /// What is to be done.
    pub effect: Effect,
    /// When it is due.
    pub due: Timestamp,
}

/// The right to do a job.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JobClaim {
    /// The job.
    pub job: Job,
    /// Rises with each claim; whatever is said of the job must still hold it.
    pub fence: u64,
    /// How often it has been claimed, this time included.
    pub attempts: u32,
    /// When an attempt whose end is not known began; the call may have had its effect.
    pub started: Option<Timestamp>,
}

/// What becomes of a job that is not finished.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Settlement {
    /// It had no effect, for certain; due again then.
    Retry {
        /// When.
        at: Timestamp,
    },
    /// It may have had its effect; to be looked at again then, with `started` kept.
    Await {
        /// When.
        until: Timestamp,
    },
}

/// Hands out jobs.
///
/// - Jobs of one kind and lane are claimed one after the other.
/// - Jobs of other lanes and kinds are not held back.
/// - The job that has been due the longest is claimed first.
/// - A job claim that ran out passes on with a higher fence.
/// - A started attempt is remembered by who takes over.
/// - A retried job is not claimed before its time, and has not started.
/// - An awaited job is not claimed before its time, and has started.
/// - A stale job claim can neither start nor settle.
#[async_trait]
pub trait Outbox {
    /// Claims the job of `kind` that has been due the longest.
    ///
    /// # Errors
    ///
    /// [`Unavailable`](crate::ErrorKind::Unavailable).
    async fn claim_job(&self, kind: JobKind, lease: Lease) -> Result<Option<JobClaim>>;

    /// Records that an attempt begins at `now`. Durable when it returns: a crash between here
    /// and the end of the attempt is seen by who takes over.
    ///
    /// # Errors
    ///
    /// [`Fenced`](crate::ErrorKind::Fenced) when the claim has passed on; the call must not be made.
    async fn start_attempt(&self, claim: &JobClaim, now: Timestamp) -> Result<()>;

    /// Gives back a job that is not finished. One that is finished goes with its
    /// [commit](crate::store::Commits::commit).
    ///
    /// # Errors
    ///
    /// [`Fenced`](crate::ErrorKind::Fenced) when the claim has passed on; nothing was changed.
    async fn settle(&self, claim: &JobClaim, settlement: Settlement) -> Result<()>;
}
