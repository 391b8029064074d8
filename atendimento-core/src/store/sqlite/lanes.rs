//! Events of one customer on one number, in order.

use async_trait::async_trait;
use rusqlite::{Connection, params};

use crate::domain::{DedupeKey, Lane};
use crate::error::{ErrorKind, Result};
use crate::id::MessageId;
use crate::store::sqlite::SqliteStore;
use crate::store::sqlite::columns::{Columns, number};
use crate::store::sqlite::directory::find_contact;
use crate::store::sqlite::failure::Failure;
use crate::store::sqlite::queries::latest_conversation;
use crate::store::sqlite::statement::{execute, execute_guarded, first};
use crate::store::{Entry, EntryKind, LaneClaim, LaneStep, Lanes, Lease};
use crate::time::Timestamp;

/// The lane whose lease or deferral ended the longest ago.
pub(super) const NEXT_DUE: &str = "SELECT contact, account FROM lanes \
     WHERE turn IS NOT NULL AND free_at <= ?1 ORDER BY free_at, turn LIMIT 1";

/// The lane that has waited in line the longest.
pub(super) const NEXT_IN_LINE: &str = "SELECT contact, account FROM lanes \
     WHERE turn IS NOT NULL AND free_at IS NULL ORDER BY turn LIMIT 1";

pub(super) const CLAIM: &str = "UPDATE lanes \
     SET fence = fence + 1, free_at = ?3, attempts = attempts + 1 \
     WHERE contact = ?1 AND account = ?2 RETURNING fence, attempts";

pub(super) const OLDEST_ENTRY: &str = "SELECT sequence, id, tenant, message, dedupe, fingerprint, \
     occurred, payload FROM entries WHERE contact = ?1 AND account = ?2 ORDER BY sequence LIMIT 1";

pub(super) const GIVE_BACK: &str = "UPDATE lanes SET fence = fence + 1, free_at = ?4, turn = ?5 \
     WHERE contact = ?1 AND account = ?2 AND fence = ?3";

pub(super) const TAKE_ENTRY: &str =
    "DELETE FROM entries WHERE contact = ?1 AND account = ?2 AND sequence = ?3";

pub(super) const LEAVE_ENTRY: &str = "UPDATE lanes SET fence = fence + 1, free_at = NULL, \
     attempts = 0, turn = CASE WHEN EXISTS \
         (SELECT 1 FROM entries WHERE contact = ?1 AND account = ?2) THEN ?4 END \
     WHERE contact = ?1 AND account = ?2 AND fence = ?3";

pub(super) const NEXT_TURN: &str = "UPDATE turns SET last = last + 1 WHERE one = 1 RETURNING last";

pub(super) const JOIN_LINE: &str = "INSERT INTO lanes \
     (contact, account, fence, free_at, turn, last_sequence, attempts) \
     VALUES (?1, ?2, 0, NULL, ?3, 1, 0) \
     ON CONFLICT (contact, account) DO UPDATE \
     SET last_sequence = last_sequence + 1, turn = coalesce(turn, excluded.turn) \
     RETURNING last_sequence";

pub(super) const ADD_ENTRY: &str = "INSERT INTO entries \
     (id, tenant, contact, account, sequence, message, dedupe, fingerprint, occurred, payload) \
     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)";

pub(super) const BURY: &str = "INSERT INTO dead_letters (tenant, id, contact, at, reason, payload) \
     SELECT tenant, id, contact, ?4, ?5, payload FROM entries \
     WHERE contact = ?1 AND account = ?2 AND sequence = ?3";

const FENCED: Failure = Failure::Refused(ErrorKind::Fenced);

#[async_trait]
impl Lanes for SqliteStore {
    async fn claim_lane(&self, lease: Lease) -> Result<Option<LaneStep>> {
        let claim = move |connection: &Connection| claim(connection, lease);
        self.write("claim lane", claim).await
    }

    async fn defer(&self, claim: &LaneClaim, until: Timestamp) -> Result<()> {
        let claim = claim.clone();
        self.write("defer event", move |connection| {
            let params = params![
                claim.lane.contact.to_bytes(),
                claim.lane.account.as_str(),
                number(claim.fence),
                until.millis(),
                next_turn(connection)?,
            ];
            execute_guarded(connection, GIVE_BACK, params, FENCED)
        })
        .await
    }

    async fn bury(&self, claim: &LaneClaim, reason: &str, now: Timestamp) -> Result<()> {
        let (claim, reason) = (claim.clone(), reason.to_owned());
        self.write("bury event", move |connection| {
            let params = params![
                claim.lane.contact.to_bytes(),
                claim.lane.account.as_str(),
                number(claim.sequence),
                now.millis(),
                reason,
            ];
            execute_guarded(connection, BURY, params, FENCED)?;
            finish_entry(connection, &claim)
        })
        .await
    }
}

fn claim(connection: &Connection, lease: Lease) -> Result<Option<LaneStep>, Failure> {
    let Some(lane) = next_lane(connection, lease.now)? else {
        return Ok(None);
    };
    let (contact, account) = (lane.contact.to_bytes(), lane.account.as_str());
    let claimed =
        first(connection, CLAIM, params![contact, account, lease.until.millis()], |row| {
            let mut columns = Columns::of(row);
            Ok((columns.number()?, columns.get()?))
        })?;
    let (fence, attempts) = claimed.ok_or(Failure::Unreadable)?;
    let (sequence, entry) = first(connection, OLDEST_ENTRY, params![contact, account], |row| {
        read_entry(&mut Columns::of(row), &lane)
    })?
    .ok_or(Failure::Unreadable)?;
    let contact = find_contact(connection, lane.contact)?.ok_or(Failure::Unreadable)?;
    let conversation = latest_conversation(connection, &lane)?;
    let claim = LaneClaim { lane, fence, sequence };
    Ok(Some(LaneStep { claim, entry, attempts, contact, conversation }))
}

fn next_lane(connection: &Connection, now: Timestamp) -> Result<Option<Lane>, Failure> {
    let read = |row: &rusqlite::Row<'_>| {
        let mut columns = Columns::of(row);
        Ok(Lane { contact: columns.contact()?, account: columns.account()? })
    };
    match first(connection, NEXT_DUE, [now.millis()], read)? {
        Some(lane) => Ok(Some(lane)),
        None => first(connection, NEXT_IN_LINE, [], read),
    }
}

fn read_entry(columns: &mut Columns<'_>, lane: &Lane) -> Result<(u64, Entry), Failure> {
    let sequence = columns.number()?;
    let entry = Entry {
        id: columns.id(MessageId::from_bytes)?,
        tenant: columns.tenant()?,
        lane: lane.clone(),
        kind: match columns.get::<Option<[u8; 16]>>()? {
            None => EntryKind::Message,
            Some(message) => EntryKind::Status { message: MessageId::from_bytes(message) },
        },
        dedupe: columns.id(DedupeKey::new)?,
        fingerprint: columns.fingerprint()?,
        occurred: columns.moment()?,
        payload: columns.sealed()?,
    };
    Ok((sequence, entry))
}

/// Puts an event at the end of its lane; an idle lane goes to the end of the line.
pub(super) fn push_entry(connection: &Connection, entry: &Entry) -> Result<(), Failure> {
    let (contact, account) = (entry.lane.contact.to_bytes(), entry.lane.account.as_str());
    let turn = next_turn(connection)?;
    let joined = first(connection, JOIN_LINE, params![contact, account, turn], |row| {
        Ok(row.get::<_, i64>(0)?)
    })?;
    let sequence = joined.ok_or(Failure::Unreadable)?;
    let message = match entry.kind {
        EntryKind::Message => None,
        EntryKind::Status { message } => Some(message.to_bytes()),
    };
    let params = params![
        entry.id.to_bytes(),
        entry.tenant.as_str(),
        contact,
        account,
        sequence,
        message,
        entry.dedupe.as_bytes(),
        entry.fingerprint.as_bytes(),
        entry.occurred.millis(),
        entry.payload.as_bytes(),
    ];
    execute(connection, ADD_ENTRY, params)?;
    Ok(())
}

/// Takes the claimed event off its lane and gives the lane back.
pub(super) fn finish_entry(connection: &Connection, claim: &LaneClaim) -> Result<(), Failure> {
    let (contact, account) = (claim.lane.contact.to_bytes(), claim.lane.account.as_str());
    let sequence = number(claim.sequence);
    execute_guarded(connection, TAKE_ENTRY, params![contact, account, sequence], FENCED)?;
    let params = params![contact, account, number(claim.fence), next_turn(connection)?];
    execute_guarded(connection, LEAVE_ENTRY, params, FENCED)
}

fn next_turn(connection: &Connection) -> Result<i64, Failure> {
    first(connection, NEXT_TURN, [], |row| Ok(row.get(0)?))?.ok_or(Failure::Unreadable)
}
