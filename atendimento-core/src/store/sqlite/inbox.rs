//! What a channel posted.

use async_trait::async_trait;
use rusqlite::{Connection, params};

use crate::domain::{DedupeKey, Fingerprint};
use crate::error::{ErrorKind, Result};
use crate::id::{ContactId, EnvelopeId, TenantId};
use crate::store::sqlite::SqliteStore;
use crate::store::sqlite::columns::{Columns, limit as rows, number};
use crate::store::sqlite::directory::find_contact;
use crate::store::sqlite::failure::Failure;
use crate::store::sqlite::lanes::push_entry;
use crate::store::sqlite::queries::lane_by_remote;
use crate::store::sqlite::statement::{all, execute, execute_guarded, first};
use crate::store::{
    Envelope, EnvelopeClaim, Inbox, Lease, Notice, Orphan, Split, SplitReport, Unreadable,
};
use crate::time::Timestamp;

pub(super) const APPEND: &str =
    "INSERT INTO envelopes (id, tenant, received, body) VALUES (?1, ?2, ?3, ?4)";

pub(super) const CLAIM_STATE: &str =
    "SELECT fence, free_at, tried_to, claimed_to, attempts FROM inbox WHERE one = 1";

pub(super) const OLDEST: &str = "SELECT seq, id, tenant, received, body FROM envelopes \
     WHERE seq > 0 ORDER BY seq LIMIT ?1";

pub(super) const OLDEST_PLACE: &str = "SELECT min(seq) FROM envelopes WHERE seq > 0";

pub(super) const CLAIM: &str = "UPDATE inbox SET fence = ?1, free_at = ?2, \
     tried_to = max(tried_to, ?3), claimed_to = ?3, attempts = ?4 WHERE one = 1";

pub(super) const GIVE_BACK: &str =
    "UPDATE inbox SET fence = fence + 1, free_at = NULL WHERE one = 1 AND fence = ?1";

pub(super) const REMOVE_SPLIT: &str =
    "DELETE FROM envelopes WHERE seq <= (SELECT claimed_to FROM inbox WHERE one = 1)";

// Without envelopes SQLite numbers the next one 1 again, and it was not tried.
pub(super) const FORGET_TRIED: &str = "UPDATE inbox SET tried_to = 0, claimed_to = 0 \
     WHERE one = 1 AND NOT EXISTS (SELECT 1 FROM envelopes WHERE seq > 0)";

pub(super) const QUARANTINE: &str = "INSERT INTO quarantined (tenant, id, received, reason, body) \
     VALUES (?1, ?2, ?3, ?4, ?5)";

pub(super) const TAKE_IN: &str = "INSERT INTO ledger (tenant, dedupe, fingerprint) \
     VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING";

pub(super) const TAKEN_BEFORE: &str =
    "SELECT fingerprint FROM ledger WHERE tenant = ?1 AND dedupe = ?2";

pub(super) const KEEP_ORPHAN: &str = "INSERT INTO orphans \
     (id, tenant, remote, dedupe, fingerprint, occurred, payload) \
     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";

pub(super) const KEEP_NOTICE: &str = "INSERT INTO notices \
     (id, tenant, kind, dedupe, fingerprint, received, contact, payload) \
     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";

#[async_trait]
impl Inbox for SqliteStore {
    async fn append(&self, mut envelopes: Vec<Envelope>) -> Result<()> {
        const OPERATION: &str = "append to inbox";
        if envelopes.len() > 1 {
            let append = move |connection: &Connection| {
                envelopes.iter().try_for_each(|one| append(connection, one))
            };
            return self.write(OPERATION, append).await;
        }
        let Some(envelope) = envelopes.pop() else {
            return Ok(());
        };
        let append = move |connection: &Connection| append(connection, &envelope);
        self.write_row(OPERATION, append).await
    }

    async fn claim_envelopes(&self, lease: Lease, limit: usize) -> Result<Option<EnvelopeClaim>> {
        let claim = move |connection: &Connection| claim(connection, lease, limit);
        self.write("claim envelopes", claim).await
    }

    async fn split(&self, claim: &EnvelopeClaim, mut split: Split) -> Result<SplitReport> {
        let fence = claim.fence;
        let quarantined: Vec<(Envelope, Unreadable)> = std::mem::take(&mut split.quarantine)
            .into_iter()
            .filter_map(|body| find(claim, body.envelope).map(|envelope| (envelope, body)))
            .collect();
        self.write("split envelopes", move |connection| {
            replace(connection, fence, &quarantined, split)
        })
        .await
    }
}

fn find(claim: &EnvelopeClaim, id: EnvelopeId) -> Option<Envelope> {
    let mut envelopes = claim.envelopes.iter();
    envelopes.find(|envelope| envelope.id == id).cloned()
}

fn append(connection: &Connection, envelope: &Envelope) -> Result<(), Failure> {
    let params = params![
        envelope.id.to_bytes(),
        envelope.tenant.as_str(),
        envelope.received.millis(),
        envelope.body.as_bytes(),
    ];
    execute(connection, APPEND, params)?;
    Ok(())
}

struct ClaimState {
    fence: u64,
    free_at: Option<Timestamp>,
    tried_to: i64,
    claimed_to: i64,
    attempts: u32,
}

fn claim(
    connection: &Connection,
    lease: Lease,
    limit: usize,
) -> Result<Option<EnvelopeClaim>, Failure> {
    let state = first(connection, CLAIM_STATE, [], |row| {
        let mut columns = Columns::of(row);
        Ok(ClaimState {
            fence: columns.number()?,
            free_at: columns.optional_moment()?,
            tried_to: columns.get()?,
            claimed_to: columns.get()?,
            attempts: columns.get()?,
        })
    })?
    .ok_or(Failure::Unreadable)?;
    if state.free_at.is_some_and(|free_at| free_at > lease.now) {
        return Ok(None);
    }
    let oldest: Option<i64> =
        first(connection, OLDEST_PLACE, [], |row| Ok(row.get(0)?))?.ok_or(Failure::Unreadable)?;
    let Some(oldest) = oldest else {
        return Ok(None);
    };
    let (count, attempts) = if oldest > state.tried_to {
        (limit.max(1), 1)
    } else if oldest == state.claimed_to {
        (1, state.attempts.saturating_add(1))
    } else {
        // Claimed once, together with others before it.
        (1, 2)
    };
    let mut claimed_to = oldest;
    let claimed = all(connection, OLDEST, [rows(count)], |row| {
        let mut columns = Columns::of(row);
        let place: i64 = columns.get()?;
        let envelope = Envelope {
            id: columns.id(EnvelopeId::from_bytes)?,
            tenant: columns.tenant()?,
            received: columns.moment()?,
            body: columns.sealed()?,
        };
        Ok((place, envelope))
    })?;
    let envelopes = claimed
        .into_iter()
        .map(|(place, envelope)| {
            claimed_to = place;
            envelope
        })
        .collect();
    let fence = state.fence + 1;
    let params = params![number(fence), lease.until.millis(), claimed_to, attempts];
    execute(connection, CLAIM, params)?;
    Ok(Some(EnvelopeClaim { fence, envelopes, attempts }))
}

fn replace(
    connection: &Connection,
    fence: u64,
    quarantined: &[(Envelope, Unreadable)],
    split: Split,
) -> Result<SplitReport, Failure> {
    let fenced = Failure::Refused(ErrorKind::Fenced);
    execute_guarded(connection, GIVE_BACK, [number(fence)], fenced)?;
    execute(connection, REMOVE_SPLIT, [])?;
    execute(connection, FORGET_TRIED, [])?;
    let mut report = SplitReport::default();
    for (envelope, body) in quarantined {
        if let Some((dedupe, fingerprint)) = &body.seen {
            let judged = judge(connection, &envelope.tenant, dedupe, fingerprint, &mut report)?;
            if matches!(judged, Judgement::Duplicate) {
                continue;
            }
        }
        let params = params![
            envelope.tenant.as_str(),
            envelope.id.to_bytes(),
            envelope.received.millis(),
            body.reason,
            envelope.body.as_bytes(),
        ];
        execute(connection, QUARANTINE, params)?;
    }
    let unknown = Failure::Refused(ErrorKind::InvalidInput);
    for entry in &split.entries {
        let contact = find_contact(connection, entry.lane.contact)?;
        contact.ok_or(unknown)?;
    }
    for entry in split.entries {
        let (tenant, dedupe, fingerprint) = (&entry.tenant, &entry.dedupe, &entry.fingerprint);
        match judge(connection, tenant, dedupe, fingerprint, &mut report)? {
            Judgement::New => push_entry(connection, &entry)?,
            Judgement::Duplicate => {}
            Judgement::Conflict => keep_notice(connection, &entry.into_conflict())?,
        }
    }
    for orphan in split.orphans {
        let (tenant, dedupe, fingerprint) = (&orphan.tenant, &orphan.dedupe, &orphan.fingerprint);
        match judge(connection, tenant, dedupe, fingerprint, &mut report)? {
            Judgement::New => keep_orphan(connection, orphan)?,
            Judgement::Duplicate => {}
            Judgement::Conflict => keep_notice(connection, &orphan.into_conflict())?,
        }
    }
    for notice in split.notices {
        let (tenant, dedupe, fingerprint) = (&notice.tenant, &notice.dedupe, &notice.fingerprint);
        match judge(connection, tenant, dedupe, fingerprint, &mut report)? {
            Judgement::New => keep_notice(connection, &notice)?,
            Judgement::Duplicate => {}
            Judgement::Conflict => keep_notice(connection, &notice.into_conflict())?,
        }
    }
    Ok(report)
}

enum Judgement {
    New,
    Duplicate,
    Conflict,
}

fn judge(
    connection: &Connection,
    tenant: &TenantId,
    dedupe: &DedupeKey,
    fingerprint: &Fingerprint,
    report: &mut SplitReport,
) -> Result<Judgement, Failure> {
    let (tenant, dedupe) = (tenant.as_str(), dedupe.as_bytes());
    let params = params![tenant, dedupe, fingerprint.as_bytes()];
    if execute(connection, TAKE_IN, params)? == 1 {
        report.new += 1;
        return Ok(Judgement::New);
    }
    let known = first(connection, TAKEN_BEFORE, params![tenant, dedupe], |row| {
        Columns::of(row).fingerprint()
    })?;
    if known.as_ref() == Some(fingerprint) {
        report.duplicates += 1;
        Ok(Judgement::Duplicate)
    } else {
        report.conflicts += 1;
        Ok(Judgement::Conflict)
    }
}

fn keep_orphan(connection: &Connection, orphan: Orphan) -> Result<(), Failure> {
    if let Some((lane, message)) = lane_by_remote(connection, &orphan.tenant, &orphan.remote)? {
        return push_entry(connection, &orphan.into_entry(lane, message));
    }
    let params = params![
        orphan.id.to_bytes(),
        orphan.tenant.as_str(),
        orphan.remote.as_bytes(),
        orphan.dedupe.as_bytes(),
        orphan.fingerprint.as_bytes(),
        orphan.occurred.millis(),
        orphan.payload.as_bytes(),
    ];
    execute(connection, KEEP_ORPHAN, params)?;
    Ok(())
}

fn keep_notice(connection: &Connection, notice: &Notice) -> Result<(), Failure> {
    let params = params![
        notice.id.to_bytes(),
        notice.tenant.as_str(),
        notice.kind,
        notice.dedupe.as_bytes(),
        notice.fingerprint.as_bytes(),
        notice.received.millis(),
        notice.contact.map(ContactId::to_bytes),
        notice.payload.as_bytes(),
    ];
    execute(connection, KEEP_NOTICE, params)?;
    Ok(())
}
