//! Work outside the store.

use async_trait::async_trait;
use rusqlite::{Connection, params};

use crate::domain::{Lane, Version};
use crate::error::{ErrorKind, Result};
use crate::id::ConversationId;
use crate::store::sqlite::SqliteStore;
use crate::store::sqlite::columns::{Columns, job_kind, json, number};
use crate::store::sqlite::failure::Failure;
use crate::store::sqlite::statement::{execute, execute_guarded, first};
use crate::store::{Job, JobClaim, JobKey, JobKind, Lease, Outbox, Settlement};
use crate::time::Timestamp;

pub(super) const CLAIM: &str = "UPDATE jobs \
     SET fence = fence + 1, attempts = attempts + 1, free_at = ?3 \
     WHERE seq = (SELECT seq FROM jobs WHERE kind = ?1 AND head = 1 AND free_at <= ?2 \
                  ORDER BY free_at, seq LIMIT 1) \
     RETURNING conversation, version, idx, tenant, contact, account, effect, due, fence, \
               attempts, started";

pub(super) const START: &str = "UPDATE jobs SET started = ?5 \
     WHERE conversation = ?1 AND version = ?2 AND idx = ?3 AND fence = ?4";

pub(super) const RETRY: &str = "UPDATE jobs SET fence = fence + 1, free_at = ?5, started = NULL \
     WHERE conversation = ?1 AND version = ?2 AND idx = ?3 AND fence = ?4";

pub(super) const AWAIT: &str = "UPDATE jobs SET fence = fence + 1, free_at = ?5 \
     WHERE conversation = ?1 AND version = ?2 AND idx = ?3 AND fence = ?4";

pub(super) const FINISH: &str = "DELETE FROM jobs \
     WHERE conversation = ?1 AND version = ?2 AND idx = ?3 AND fence = ?4";

pub(super) const PROMOTE: &str = "UPDATE jobs SET head = 1 WHERE seq = \
     (SELECT min(seq) FROM jobs WHERE kind = ?1 AND contact = ?2 AND account = ?3)";

pub(super) const ADD: &str = "INSERT INTO jobs \
     (conversation, version, idx, tenant, kind, contact, account, effect, due, head, fence, \
      free_at, attempts, started) \
     SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, NOT EXISTS \
         (SELECT 1 FROM jobs WHERE kind = ?5 AND contact = ?6 AND account = ?7), 0, ?9, 0, NULL \
     WHERE true ON CONFLICT DO NOTHING";

const FENCED: Failure = Failure::Refused(ErrorKind::Fenced);

#[async_trait]
impl Outbox for SqliteStore {
    async fn claim_job(&self, kind: JobKind, lease: Lease) -> Result<Option<JobClaim>> {
        self.write("claim job", move |connection| {
            let params = params![job_kind(kind), lease.now.millis(), lease.until.millis()];
            first(connection, CLAIM, params, |row| read_claim(&mut Columns::of(row)))
        })
        .await
    }

    async fn start_attempt(&self, claim: &JobClaim, now: Timestamp) -> Result<()> {
        let held = Held::by(claim);
        self.write("start attempt", move |connection| held.guard(connection, START, now)).await
    }

    async fn settle(&self, claim: &JobClaim, settlement: Settlement) -> Result<()> {
        let held = Held::by(claim);
        self.write("settle job", move |connection| match settlement {
            Settlement::Retry { at } => held.guard(connection, RETRY, at),
            Settlement::Await { until } => held.guard(connection, AWAIT, until),
        })
        .await
    }
}

/// A job and the fence it is held by.
struct Held {
    key: JobKey,
    fence: u64,
}

impl Held {
    fn by(claim: &JobClaim) -> Self {
        Self { key: claim.job.key, fence: claim.fence }
    }

    fn guard(
        &self,
        connection: &Connection,
        sql: &'static str,
        moment: Timestamp,
    ) -> Result<(), Failure> {
        let params = params![
            self.key.conversation.to_bytes(),
            number(self.key.version.0),
            self.key.index,
            number(self.fence),
            moment.millis(),
        ];
        execute_guarded(connection, sql, params, FENCED)
    }
}

fn read_claim(columns: &mut Columns<'_>) -> Result<JobClaim, Failure> {
    let job = Job {
        key: JobKey {
            conversation: columns.id(ConversationId::from_bytes)?,
            version: columns.number().map(Version)?,
            index: columns.get()?,
        },
        tenant: columns.tenant()?,
        lane: Lane { contact: columns.contact()?, account: columns.account()? },
        effect: columns.json()?,
        due: columns.moment()?,
    };
    Ok(JobClaim {
        job,
        fence: columns.number()?,
        attempts: columns.get()?,
        started: columns.optional_moment()?,
    })
}

/// Queues a job; refused when one with its key is queued.
pub(super) fn add_job(connection: &Connection, job: &Job) -> Result<(), Failure> {
    let params = params![
        job.key.conversation.to_bytes(),
        number(job.key.version.0),
        job.key.index,
        job.tenant.as_str(),
        job_kind(JobKind::from(job.effect)),
        job.lane.contact.to_bytes(),
        job.lane.account.as_str(),
        json(&job.effect)?,
        job.due.millis(),
    ];
    let duplicate = Failure::Refused(ErrorKind::Duplicate);
    execute_guarded(connection, ADD, params, duplicate)
}

/// Takes a claimed job off the queue; the next of its lane may be claimed.
pub(super) fn finish_job(connection: &Connection, claim: &JobClaim) -> Result<(), Failure> {
    let JobClaim { job, fence, .. } = claim;
    let params = params![
        job.key.conversation.to_bytes(),
        number(job.key.version.0),
        job.key.index,
        number(*fence),
    ];
    execute_guarded(connection, FINISH, params, FENCED)?;
    let params = params![
        job_kind(JobKind::from(job.effect)),
        job.lane.contact.to_bytes(),
        job.lane.account.as_str(),
    ];
    execute(connection, PROMOTE, params)?;
    Ok(())
}
