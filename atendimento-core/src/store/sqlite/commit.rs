//! The one transaction that changes a conversation.
//!
//! Every check is the condition of a statement that must change a row, or is made in the same
//! transaction, in which nobody else writes.

use async_trait::async_trait;
use rusqlite::{Connection, params};

use crate::domain::{
    Conversation, DedupeKey, Delivery, Hold, Lane, Line, OwnerKind, Protocol, RemoteRef, Version,
};
use crate::error::{ErrorKind, Result};
use crate::id::{AgentId, CapacityClass, ConversationId, MessageId, QueueId};
use crate::store::sqlite::SqliteStore;
use crate::store::sqlite::columns::{Columns, direction, json, number};
use crate::store::sqlite::failure::Failure;
use crate::store::sqlite::lanes::{finish_entry, push_entry};
use crate::store::sqlite::outbox::{add_job, finish_job};
use crate::store::sqlite::roster::{count_answer, move_load};
use crate::store::sqlite::statement::{all, execute, execute_guarded, first};
use crate::store::{
    Commit, Commits, CrmLink, DeliveryChange, Done, Entry, EntryKind, MessageRecord, Revocation,
    StatusRecord,
};
use crate::time::Timestamp;

pub(super) const KNOWN: &str = "SELECT seq, version, is_open, owner, owner_class, \
     owner_weight, asked, asked_class, asked_weight FROM conversations WHERE id = ?1";

/// Of the person that the customer is.
pub(super) const OPEN_OF_PERSON: &str = "SELECT 1 FROM conversations \
     WHERE person = (SELECT person FROM contacts WHERE id = ?1) AND account = ?2 AND is_open = 1";

pub(super) const ONE_PERSON: &str = "SELECT 1 FROM contacts AS a \
     CROSS JOIN contacts AS b ON b.person = a.person WHERE a.id = ?1 AND b.id = ?2";

pub(super) const LATEST_OF_PERSON: &str = "SELECT seq FROM conversations \
     WHERE person = (SELECT person FROM contacts WHERE id = ?1) AND account = ?2 \
     ORDER BY is_open DESC, seq DESC LIMIT 1";

pub(super) const BEGIN: &str = "INSERT INTO conversations \
     (id, tenant, contact, person, account, version, is_open, queue, key, owner, owner_class, \
     owner_weight, asked, asked_class, asked_weight, due, status, holder, place, state, protocol) \
     VALUES (?1, ?2, ?3, (SELECT person FROM contacts WHERE id = ?3), ?4, ?5, ?6, ?7, ?8, ?9, \
     ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20) \
     RETURNING seq";

pub(super) const CHANGE: &str = "UPDATE conversations SET version = ?3, is_open = ?4, \
     queue = ?5, key = ?6, owner = ?7, owner_class = ?8, owner_weight = ?9, asked = ?10, \
     asked_class = ?11, asked_weight = ?12, due = ?13, status = ?14, holder = ?15, \
     place = ?16, state = ?17 \
     WHERE seq = ?1 AND version = ?2";

pub(super) const NEXT_PROTOCOL: &str = "INSERT INTO protocols (tenant, day, last) \
     VALUES (?1, ?2, 1) ON CONFLICT (tenant, day) DO UPDATE SET last = last + 1 RETURNING last";

pub(super) const ADD_MESSAGE: &str = "INSERT INTO messages \
     (id, conversation, direction, written, content, remote, remote_id, delivery, rank, edits) \
     VALUES (?1, ?2, ?3, ?4, ?5, ?6, NULL, ?7, ?8, ?9) ON CONFLICT (id) DO NOTHING";

pub(super) const RECORD: &str = "INSERT INTO journal (tenant, conversation, version, idx, at, event) \
     VALUES (?1, ?2, ?3, ?4, ?5, ?6)";

pub(super) const EXPLAIN: &str = "INSERT INTO explanations (conversation, version, at, explanation) \
     VALUES (?1, ?2, ?3, ?4)";

pub(super) const ADVANCE: &str =
    "UPDATE messages SET delivery = ?2, rank = ?3 WHERE id = ?1 AND rank < ?3";

pub(super) const NAME: &str =
    "UPDATE messages SET remote = ?2, remote_id = ?3 WHERE id = ?1 AND remote IS NULL";

pub(super) const WAKE: &str = "SELECT id, dedupe, fingerprint, occurred, payload \
     FROM orphans WHERE tenant = ?1 AND remote = ?2 ORDER BY seq";

pub(super) const WOKEN: &str = "DELETE FROM orphans WHERE tenant = ?1 AND remote = ?2";

pub(super) const REVOKE: &str =
    "INSERT INTO revoked (tenant, mark) VALUES (?1, ?2) ON CONFLICT DO NOTHING";

pub(super) const REPLACE: &str = "UPDATE messages SET content = ?2 WHERE id = ?1";

pub(super) const ADD_STATUS: &str =
    "INSERT INTO statuses (id, message, occurred, payload) VALUES (?1, ?2, ?3, ?4)";

pub(super) const LINK: &str = "INSERT INTO crm_links (connection, contact, tenant, remote) \
     VALUES (?1, ?2, ?3, ?4) \
     ON CONFLICT (connection, contact) DO UPDATE SET remote = excluded.remote";

pub(super) const SET_PROFILE: &str = "UPDATE contacts SET profile = ?2 WHERE id = ?1";

const CONFLICT: Failure = Failure::Refused(ErrorKind::Conflict);
const DUPLICATE: Failure = Failure::Refused(ErrorKind::Duplicate);

#[async_trait]
impl Commits for SqliteStore {
    async fn commit(&self, commit: Commit) -> Result<Option<Protocol>> {
        self.write("commit", move |connection| {
            let Some(day) = commit.number_on else {
                return apply(connection, &commit).map(|()| None);
            };
            let tenant = commit.conversation.tenant.as_str();
            let number = first(connection, NEXT_PROTOCOL, params![tenant, day.written()], |row| {
                Ok(row.get(0)?)
            })?;
            let protocol = Protocol::new(day, number.ok_or(Failure::Unreadable)?);
            apply(connection, &commit.clone().numbered(protocol))?;
            Ok(Some(protocol))
        })
        .await
    }
}

fn apply(connection: &Connection, commit: &Commit) -> Result<(), Failure> {
    let conversation = &commit.conversation;
    match &commit.done {
        Done::Nothing => {}
        Done::Entry(claim) => {
            finish_entry(connection, claim)?;
            check_person(connection, &claim.lane, &conversation.lane)?;
        }
        Done::Job(claim) => finish_job(connection, claim)?,
    }
    let (row, before) = change_conversation(connection, commit)?;
    for message in &commit.messages {
        add_message(connection, row, message)?;
    }
    move_load(connection, &before, commit)?;
    if let Some(answer) = &commit.answer {
        count_answer(connection, &conversation.tenant, answer, commit.at)?;
    }
    record(connection, commit)?;
    if let Some(explanation) = &commit.explanation {
        let version = number(conversation.version.0);
        let params =
            params![conversation.id.to_bytes(), version, commit.at.millis(), json(explanation)?];
        execute(connection, EXPLAIN, params)?;
    }
    for change in &commit.deliveries {
        advance(connection, conversation, change)?;
    }
    if let Some(revocation) = &commit.revocation {
        revoke(connection, conversation, revocation)?;
    }
    for status in &commit.statuses {
        add_status(connection, status)?;
    }
    for job in &commit.jobs {
        add_job(connection, job)?;
    }
    if let Some(known) = &commit.link {
        link(connection, known)?;
    }
    if let Some(profile) = &commit.profile {
        let contact = conversation.lane.contact.to_bytes();
        execute(connection, SET_PROFILE, params![contact, profile.as_bytes()])?;
    }
    Ok(())
}

/// What was said belongs to the conversation of whoever said it: two who were one person when the
/// event was claimed may be two by now.
fn check_person(connection: &Connection, said: &Lane, kept: &Lane) -> Result<(), Failure> {
    if said.contact == kept.contact {
        return Ok(());
    }
    let pair = params![said.contact.to_bytes(), kept.contact.to_bytes()];
    first(connection, ONE_PERSON, pair, |_| Ok(()))?.ok_or(CONFLICT)
}

struct Known {
    row: i64,
    version: Version,
    is_open: bool,
    holds: Vec<(AgentId, Hold)>,
}

/// Stores the state after the decision; answers its row, and what it took of agents' capacity
/// before.
fn change_conversation(
    connection: &Connection,
    commit: &Commit,
) -> Result<(i64, Vec<(AgentId, Hold)>), Failure> {
    let known = find(connection, commit.conversation.id)?;
    let version = known.as_ref().map_or(Version::NEW, |known| known.version);
    if version != commit.expected {
        return Err(CONFLICT);
    }
    match known {
        None => Ok((begin(connection, &commit.conversation)?, Vec::new())),
        Some(known) => {
            if !known.is_open && commit.conversation.is_open() {
                let lane = &commit.conversation.lane;
                let params = params![lane.contact.to_bytes(), lane.account.as_str()];
                let latest: Option<i64> =
                    first(connection, LATEST_OF_PERSON, params, |row| Ok(row.get(0)?))?;
                if latest != Some(known.row) {
                    return Err(CONFLICT);
                }
            }
            change(connection, known.row, commit)?;
            Ok((known.row, known.holds))
        }
    }
}

fn find(connection: &Connection, id: ConversationId) -> Result<Option<Known>, Failure> {
    first(connection, KNOWN, [id.to_bytes()], |row| {
        let mut columns = Columns::of(row);
        Ok(Known {
            row: columns.get()?,
            version: columns.number().map(Version)?,
            is_open: columns.get()?,
            holds: [hold(&mut columns)?, hold(&mut columns)?].into_iter().flatten().collect(),
        })
    })
}

fn hold(columns: &mut Columns<'_>) -> Result<Option<(AgentId, Hold)>, Failure> {
    let agent: Option<String> = columns.get()?;
    let class: Option<String> = columns.get()?;
    let weight: Option<u32> = columns.get()?;
    Ok(match (agent, class, weight) {
        (Some(agent), Some(class), Some(weight)) => {
            Some((AgentId::new(agent), Hold { class: CapacityClass::new(class), weight }))
        }
        // Nobody, or a bot, which has no capacity to take from.
        _ => None,
    })
}

fn begin(connection: &Connection, conversation: &Conversation) -> Result<i64, Failure> {
    let contact = conversation.lane.contact.to_bytes();
    let account = conversation.lane.account.as_str();
    let open = first(connection, OPEN_OF_PERSON, params![contact, account], |_| Ok(()))?;
    if open.is_some() {
        return Err(CONFLICT);
    }
    let standing = Standing::of(conversation);
    let Standing { is_open, queue, key, owner, asked, due, status, holder, place } = &standing;
    let params = params![
        conversation.id.to_bytes(),
        conversation.tenant.as_str(),
        contact,
        account,
        number(conversation.version.0),
        is_open,
        queue,
        key,
        owner.agent,
        owner.class,
        owner.weight,
        asked.agent,
        asked.class,
        asked.weight,
        due,
        status,
        holder,
        place,
        json(conversation)?,
        conversation.protocol.map(|protocol| protocol.to_string()),
    ];
    let row = first(connection, BEGIN, params, |row| Ok(row.get(0)?))?;
    row.ok_or(Failure::Unreadable)
}

fn change(connection: &Connection, row: i64, commit: &Commit) -> Result<(), Failure> {
    let conversation = &commit.conversation;
    let Standing { is_open, queue, key, owner, asked, due, status, holder, place } =
        Standing::of(conversation);
    let params = params![
        row,
        number(commit.expected.0),
        number(conversation.version.0),
        is_open,
        queue,
        key,
        owner.agent,
        owner.class,
        owner.weight,
        asked.agent,
        asked.class,
        asked.weight,
        due,
        status,
        holder,
        place,
        json(conversation)?,
    ];
    execute_guarded(connection, CHANGE, params, CONFLICT)
}

/// What of a conversation's state is searched for or given back.
struct Standing<'a> {
    is_open: bool,
    queue: Option<&'a str>,
    key: Option<i64>,
    owner: Holder<'a>,
    asked: Holder<'a>,
    due: Option<i64>,
    status: &'static str,
    holder: Option<&'a str>,
    place: Option<&'a str>,
}

#[derive(Default)]
struct Holder<'a> {
    agent: Option<&'a str>,
    class: Option<&'a str>,
    weight: Option<u32>,
}

impl<'a> Holder<'a> {
    fn new(agent: &'a AgentId, hold: Option<&'a Hold>) -> Self {
        Self {
            agent: Some(agent.as_str()),
            class: hold.map(|hold| hold.class.as_str()),
            weight: hold.map(|hold| hold.weight),
        }
    }
}

impl<'a> Standing<'a> {
    fn of(conversation: &'a Conversation) -> Self {
        let owner = conversation.owner.as_ref().map(|owner| match &owner.kind {
            OwnerKind::Person { hold } => Holder::new(&owner.agent, Some(hold)),
            OwnerKind::Bot => Holder::new(&owner.agent, None),
        });
        let asked = match &conversation.line {
            Some(Line::Offered { agent, hold, .. }) => Some(Holder::new(agent, Some(hold))),
            Some(Line::Waiting(_)) | None => None,
        };
        let ticket = conversation.waiting();
        Self {
            is_open: conversation.is_open(),
            queue: ticket.map(|ticket| ticket.queue.as_str()),
            key: ticket.map(|ticket| ticket.key.moment().millis()),
            owner: owner.unwrap_or_default(),
            asked: asked.unwrap_or_default(),
            due: conversation.next_due().map(Timestamp::millis),
            status: conversation.status().word(),
            holder: conversation.holder().map(AgentId::as_str),
            place: conversation.queue.as_ref().map(QueueId::as_str),
        }
    }
}

fn add_message(
    connection: &Connection,
    conversation: i64,
    message: &MessageRecord,
) -> Result<(), Failure> {
    let delivery = message.delivery.as_ref().map(json).transpose()?;
    let params = params![
        message.id.to_bytes(),
        conversation,
        direction(message.direction),
        message.written.millis(),
        message.content.as_bytes(),
        message.remote.as_ref().map(RemoteRef::as_bytes),
        delivery,
        message.delivery.map(Delivery::rank),
        message.edits.as_ref().map(RemoteRef::as_bytes),
    ];
    execute_guarded(connection, ADD_MESSAGE, params, DUPLICATE)
}

fn record(connection: &Connection, commit: &Commit) -> Result<(), Failure> {
    for (index, event) in (0_u32..).zip(&commit.events) {
        let params = params![
            commit.conversation.tenant.as_str(),
            commit.conversation.id.to_bytes(),
            number(commit.conversation.version.0),
            index,
            commit.at.millis(),
            json(event)?,
        ];
        execute(connection, RECORD, params)?;
    }
    Ok(())
}

fn advance(
    connection: &Connection,
    conversation: &Conversation,
    change: &DeliveryChange,
) -> Result<(), Failure> {
    let message = change.message.to_bytes();
    let params = params![message, json(&change.delivery)?, change.delivery.rank()];
    execute(connection, ADVANCE, params)?;
    let Some((remote, remote_id)) = &change.remote else {
        return Ok(());
    };
    let params = params![message, remote.as_bytes(), remote_id.as_bytes()];
    if execute(connection, NAME, params)? == 0 {
        return Ok(());
    }
    let orphans = params![conversation.tenant.as_str(), remote.as_bytes()];
    let woken = all(connection, WAKE, orphans, |row| {
        let mut columns = Columns::of(row);
        Ok(Entry {
            id: columns.id(MessageId::from_bytes)?,
            tenant: conversation.tenant.clone(),
            lane: conversation.lane.clone(),
            kind: EntryKind::Status { message: change.message },
            dedupe: columns.id(DedupeKey::new)?,
            fingerprint: columns.fingerprint()?,
            occurred: columns.moment()?,
            payload: columns.sealed()?,
        })
    })?;
    for entry in &woken {
        push_entry(connection, entry)?;
    }
    if !woken.is_empty() {
        execute(connection, WOKEN, orphans)?;
    }
    Ok(())
}

fn revoke(
    connection: &Connection,
    conversation: &Conversation,
    revocation: &Revocation,
) -> Result<(), Failure> {
    let params = params![conversation.tenant.as_str(), revocation.mark.as_bytes()];
    execute(connection, REVOKE, params)?;
    for (message, content) in &revocation.contents {
        execute(connection, REPLACE, params![message.to_bytes(), content.as_bytes()])?;
    }
    Ok(())
}

fn add_status(connection: &Connection, status: &StatusRecord) -> Result<(), Failure> {
    let params = params![
        status.id.to_bytes(),
        status.message.to_bytes(),
        status.occurred.millis(),
        status.payload.as_bytes(),
    ];
    execute(connection, ADD_STATUS, params)?;
    Ok(())
}

fn link(connection: &Connection, link: &CrmLink) -> Result<(), Failure> {
    let params =
        params![link.connection, link.contact.to_bytes(), link.tenant.as_str(), link.remote,];
    execute(connection, LINK, params)?;
    Ok(())
}
