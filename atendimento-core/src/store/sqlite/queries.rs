//! What can be read.

use std::collections::BTreeMap;

use async_trait::async_trait;
use rusqlite::{Connection, params};

use crate::domain::access::{Grant, Reach, Subject};
use crate::domain::routing::Waiting;
use crate::domain::{Conversation, DedupeKey, Lane, Protocol, RemoteRef, Sealed, Status, Version};
use crate::error::Result;
use crate::id::{AgentId, ContactId, ConversationId, EnvelopeId, MessageId, QueueId, TenantId};
use crate::store::sqlite::SqliteStore;
use crate::store::sqlite::columns::{Columns, json, limit as rows, number};
use crate::store::sqlite::failure::Failure;
use crate::store::sqlite::statement::{all, first};
use crate::store::{
    Cursor, DeadLetter, Explained, Journaled, Listing, MessageRecord, Notice, Orphan, Quarantined,
    Queries, StatusRecord, StoredMessage,
};
use crate::time::Timestamp;

pub(super) const CONVERSATION: &str = "SELECT state FROM conversations WHERE id = ?1";

pub(super) const LATEST_CONVERSATION: &str = "SELECT state FROM conversations \
     WHERE person = (SELECT person FROM contacts WHERE id = ?1) AND account = ?2 \
     ORDER BY is_open DESC, seq DESC LIMIT 1";

pub(super) const OPEN: &str = "SELECT state FROM conversations \
     WHERE tenant = ?1 AND is_open = 1 ORDER BY seq LIMIT ?2";

pub(super) const WAITING: &str = "SELECT state FROM conversations \
     WHERE tenant = ?1 AND queue = ?2 ORDER BY key, id LIMIT ?3";

/// What may be seen (?2 agents and ?3 queues as JSON, NULL: all; ?4 whether who is asked counts)
/// and is named (?5 status, ?6 queue, ?7 tag, ?8 and ?9 the ids from which and up to which).
macro_rules! listed {
    ($what:literal, $of:literal, $rest:literal) => {
        concat!(
            "SELECT ",
            $what,
            " FROM conversations WHERE ",
            $of,
            " AND tenant = ?1 \
             AND (?2 IS NULL OR holder IN (SELECT value FROM json_each(?2)) \
             OR (?4 AND asked IN (SELECT value FROM json_each(?2))) \
             OR place IN (SELECT value FROM json_each(?3))) \
             AND (?5 IS NULL OR status = ?5) AND (?6 IS NULL OR place = ?6) \
             AND (?7 IS NULL OR ?7 IN (SELECT value FROM json_each(state, '$.tags'))) \
             AND (?8 IS NULL OR id >= ?8) AND (?9 IS NULL OR id < ?9) ",
            $rest
        )
    };
}

pub(super) const LISTED: &str = listed!(
    "state",
    "?10 IS NULL",
    "AND seq < coalesce((SELECT seq FROM conversations WHERE id = ?11), \
     CASE WHEN ?11 IS NULL THEN 9223372036854775807 ELSE 0 END) ORDER BY seq DESC LIMIT ?12"
);

pub(super) const COUNTED: &str = listed!("status, count(*)", "?10 IS NULL", "GROUP BY status");

/// The same, with the person that the customer ?10 is.
pub(super) const LISTED_OF_PERSON: &str = listed!(
    "state",
    "person = (SELECT person FROM contacts WHERE id = ?10)",
    "AND seq < coalesce((SELECT seq FROM conversations WHERE id = ?11), \
     CASE WHEN ?11 IS NULL THEN 9223372036854775807 ELSE 0 END) ORDER BY seq DESC LIMIT ?12"
);

/// A row for each, since a person has few.
pub(super) const COUNTED_OF_PERSON: &str =
    listed!("status, 1", "person = (SELECT person FROM contacts WHERE id = ?10)", "");

pub(super) const BY_PROTOCOL: &str =
    "SELECT state FROM conversations WHERE tenant = ?1 AND protocol = ?2";

pub(super) const IN_LINE: &str = "SELECT state FROM conversations \
     WHERE tenant = ?1 AND (queue IS NOT NULL OR asked IS NOT NULL)";

pub(super) const EXPLANATIONS: &str = "SELECT version, at, explanation FROM explanations \
     WHERE conversation = ?1 ORDER BY seq";

pub(super) const JOURNAL_END: &str = "SELECT coalesce(max(seq), 0) FROM journal";

pub(super) const OWNED: &str =
    "SELECT seq, state FROM conversations WHERE tenant = ?1 AND owner = ?2 ORDER BY seq";

pub(super) const OFFERED: &str =
    "SELECT seq, state FROM conversations WHERE tenant = ?1 AND asked = ?2 ORDER BY seq";

pub(super) const DUE: &str =
    "SELECT state FROM conversations WHERE due <= ?1 ORDER BY due, id LIMIT ?2";

macro_rules! message {
    ($($rest:literal),+) => {
        concat!(
            "SELECT c.id, c.contact, c.account, m.id, m.direction, m.written, m.content, \
             m.remote, m.edits, m.delivery, m.remote_id, m.seq \
             FROM messages AS m JOIN conversations AS c ON c.seq = m.conversation ",
            $($rest),+
        )
    };
}

pub(super) const MESSAGES: &str =
    message!("WHERE m.conversation = (SELECT seq FROM conversations WHERE id = ?1) ORDER BY m.seq");

pub(super) const MESSAGE: &str = message!("WHERE m.id = ?1");

pub(super) const MESSAGE_BY_REMOTE: &str =
    message!("WHERE m.remote = ?2 AND c.tenant = ?1 ORDER BY m.seq LIMIT 1");

pub(super) const CALLED: &str = message!("WHERE m.remote = ?2 AND c.tenant = ?1");

pub(super) const EDITS: &str = message!("WHERE m.edits = ?2 AND c.tenant = ?1");

pub(super) const LANE_BY_REMOTE: &str = "SELECT c.contact, c.account, m.id \
     FROM messages AS m JOIN conversations AS c ON c.seq = m.conversation \
     WHERE m.remote = ?2 AND c.tenant = ?1 AND m.delivery IS NOT NULL ORDER BY m.seq LIMIT 1";

pub(super) const CRM_LINK: &str = "SELECT remote FROM crm_links \
     WHERE connection = ?1 AND contact = (SELECT person FROM contacts WHERE id = ?2)";

/// Of somebody who is merged into the person that has none.
pub(super) const CRM_LINK_OF_MERGED: &str = "SELECT l.remote FROM contacts AS c \
     CROSS JOIN crm_links AS l ON l.connection = ?1 AND l.contact = c.id \
     WHERE c.person = (SELECT person FROM contacts WHERE id = ?2) ORDER BY c.id LIMIT 1";

pub(super) const JOURNAL: &str = "SELECT seq, tenant, conversation, version, idx, at, event \
     FROM journal WHERE seq > ?1 ORDER BY seq LIMIT ?2";

pub(super) const NOTICES: &str = "SELECT id, tenant, kind, dedupe, fingerprint, received, contact, payload \
     FROM notices WHERE tenant = ?1 ORDER BY seq DESC LIMIT ?2";

pub(super) const ORPHANS: &str = "SELECT id, tenant, remote, dedupe, fingerprint, occurred, \
     payload FROM orphans WHERE tenant = ?1 ORDER BY seq DESC LIMIT ?2";

pub(super) const IS_REVOKED: &str = "SELECT 1 FROM revoked WHERE tenant = ?1 AND mark = ?2";

pub(super) const STATUSES: &str =
    "SELECT id, message, occurred, payload FROM statuses WHERE message = ?1 ORDER BY seq";

pub(super) const QUARANTINED: &str = "SELECT id, received, reason, body FROM quarantined \
     WHERE tenant = ?1 ORDER BY seq DESC LIMIT ?2";

pub(super) const DEAD_LETTERS: &str = "SELECT id, contact, at, reason, payload FROM dead_letters \
     WHERE tenant = ?1 ORDER BY seq DESC LIMIT ?2";

/// A grant and a listing, as a statement takes them.
struct Wanted {
    tenant: String,
    agents: Option<String>,
    queues: Option<String>,
    offers: bool,
    status: Option<&'static str>,
    queue: Option<String>,
    tag: Option<String>,
    from: Option<[u8; 16]>,
    until: Option<[u8; 16]>,
    contact: Option<[u8; 16]>,
    before: Option<[u8; 16]>,
}

impl Wanted {
    fn new(grant: &Grant, listing: &Listing) -> Result<Self, Failure> {
        let (agents, queues) = match grant.reach() {
            Reach::Everything => (None, None),
            Reach::Part { agents, queues } => (Some(json(agents)?), Some(json(queues)?)),
        };
        Ok(Self {
            tenant: grant.tenant().as_str().to_owned(),
            agents,
            queues,
            offers: grant.includes_offers(),
            status: listing.status.map(Status::word),
            queue: listing.queue.as_ref().map(|queue| queue.as_str().to_owned()),
            tag: listing.tag.clone(),
            from: listing.from.map(|at| ConversationId::first_at(at).to_bytes()),
            until: listing.until.map(|at| ConversationId::first_at(at).to_bytes()),
            contact: listing.contact.map(ContactId::to_bytes),
            before: listing.before.map(ConversationId::to_bytes),
        })
    }
}

#[async_trait]
impl Queries for SqliteStore {
    async fn conversation(&self, id: ConversationId) -> Result<Option<Conversation>> {
        self.read("read conversation", move |connection| {
            first(connection, CONVERSATION, [id.to_bytes()], |row| Columns::of(row).json())
        })
        .await
    }

    async fn conversation_in(&self, lane: &Lane) -> Result<Option<Conversation>> {
        let lane = lane.clone();
        self.read("read conversation of lane", move |connection| {
            latest_conversation(connection, &lane)
        })
        .await
    }

    async fn open_conversations(
        &self,
        tenant: &TenantId,
        limit: usize,
    ) -> Result<Vec<Conversation>> {
        let tenant = tenant.clone();
        self.read("list conversations", move |connection| {
            all(connection, OPEN, params![tenant.as_str(), rows(limit)], |row| {
                Columns::of(row).json()
            })
        })
        .await
    }

    async fn waiting(
        &self,
        tenant: &TenantId,
        queue: &QueueId,
        limit: usize,
    ) -> Result<Vec<Waiting>> {
        let (tenant, queue) = (tenant.clone(), queue.clone());
        self.read("list queue", move |connection| {
            let params = params![tenant.as_str(), queue.as_str(), rows(limit)];
            let waiting: Vec<Conversation> =
                all(connection, WAITING, params, |row| Columns::of(row).json())?;
            let waiting = waiting.into_iter().map(|conversation| {
                let ticket = conversation.waiting().cloned().ok_or(Failure::Unreadable)?;
                Ok(Waiting { conversation: conversation.id, version: conversation.version, ticket })
            });
            waiting.collect()
        })
        .await
    }

    async fn conversations(
        &self,
        grant: &Grant,
        listing: &Listing,
        limit: usize,
    ) -> Result<Vec<Conversation>> {
        let wanted = Wanted::new(grant, listing);
        self.read("list conversations", move |connection| {
            let it = wanted?;
            let sql = if it.contact.is_some() { LISTED_OF_PERSON } else { LISTED };
            let params = params![
                it.tenant,
                it.agents,
                it.queues,
                it.offers,
                it.status,
                it.queue,
                it.tag,
                it.from,
                it.until,
                it.contact,
                it.before,
                rows(limit)
            ];
            all(connection, sql, params, |row| Columns::of(row).json())
        })
        .await
    }

    async fn count_conversations(
        &self,
        grant: &Grant,
        listing: &Listing,
    ) -> Result<BTreeMap<Status, u64>> {
        let wanted = Wanted::new(grant, listing);
        self.read("count conversations", move |connection| {
            let it = wanted?;
            let sql = if it.contact.is_some() { COUNTED_OF_PERSON } else { COUNTED };
            let params = params![
                it.tenant, it.agents, it.queues, it.offers, it.status, it.queue, it.tag, it.from,
                it.until, it.contact,
            ];
            let counts = all(connection, sql, params, |row| {
                let mut columns = Columns::of(row);
                let word: String = columns.get()?;
                let status = Status::ALL.into_iter().find(|status| status.word() == word);
                Ok((status.ok_or(Failure::Unreadable)?, columns.number()?))
            })?;
            let mut sums = BTreeMap::new();
            for (status, count) in counts {
                *sums.entry(status).or_default() += count;
            }
            Ok(sums)
        })
        .await
    }

    async fn conversation_by_protocol(
        &self,
        grant: &Grant,
        protocol: Protocol,
    ) -> Result<Option<Conversation>> {
        let grant = grant.clone();
        self.read("find conversation", move |connection| {
            let params = params![grant.tenant().as_str(), protocol.to_string()];
            let found: Option<Conversation> =
                first(connection, BY_PROTOCOL, params, |row| Columns::of(row).json())?;
            Ok(found.filter(|conversation| grant.covers(&Subject::from(conversation))))
        })
        .await
    }

    async fn in_line(&self, tenant: &TenantId) -> Result<Vec<Conversation>> {
        let tenant = tenant.clone();
        self.read("list lines", move |connection| {
            all(connection, IN_LINE, [tenant.as_str()], |row| Columns::of(row).json())
        })
        .await
    }

    async fn conversations_of(
        &self,
        tenant: &TenantId,
        agent: &AgentId,
    ) -> Result<Vec<Conversation>> {
        let (tenant, agent) = (tenant.clone(), agent.clone());
        self.read("list conversations of agent", move |connection| {
            let mut found = Vec::new();
            for sql in [OWNED, OFFERED] {
                let params = params![tenant.as_str(), agent.as_str()];
                found.extend(all(connection, sql, params, |row| {
                    let mut columns = Columns::of(row);
                    Ok((columns.get::<i64>()?, columns.json()?))
                })?);
            }
            found.sort_by_key(|(place, _)| *place);
            Ok(found.into_iter().map(|(_, conversation)| conversation).collect())
        })
        .await
    }

    async fn due(&self, now: Timestamp, limit: usize) -> Result<Vec<Conversation>> {
        self.read("list due conversations", move |connection| {
            all(connection, DUE, params![now.millis(), rows(limit)], |row| Columns::of(row).json())
        })
        .await
    }

    async fn explanations(&self, conversation: ConversationId) -> Result<Vec<Explained>> {
        self.read("list explanations", move |connection| {
            all(connection, EXPLANATIONS, [conversation.to_bytes()], |row| {
                let mut columns = Columns::of(row);
                Ok(Explained {
                    version: columns.number().map(Version)?,
                    at: columns.moment()?,
                    explanation: columns.json()?,
                })
            })
        })
        .await
    }

    async fn messages(&self, conversation: ConversationId) -> Result<Vec<StoredMessage>> {
        self.read("list messages", move |connection| {
            all(connection, MESSAGES, [conversation.to_bytes()], |row| {
                read_message(&mut Columns::of(row))
            })
        })
        .await
    }

    async fn message(&self, id: MessageId) -> Result<Option<StoredMessage>> {
        self.read("read message", move |connection| {
            first(connection, MESSAGE, [id.to_bytes()], |row| read_message(&mut Columns::of(row)))
        })
        .await
    }

    async fn message_by_remote(
        &self,
        tenant: &TenantId,
        remote: &RemoteRef,
    ) -> Result<Option<StoredMessage>> {
        let (tenant, remote) = (tenant.clone(), remote.clone());
        self.read("find message", move |connection| {
            let params = params![tenant.as_str(), remote.as_bytes()];
            first(connection, MESSAGE_BY_REMOTE, params, |row| read_message(&mut Columns::of(row)))
        })
        .await
    }

    async fn versions(&self, tenant: &TenantId, remote: &RemoteRef) -> Result<Vec<StoredMessage>> {
        let (tenant, remote) = (tenant.clone(), remote.clone());
        self.read("find versions", move |connection| {
            let mut found = Vec::new();
            for sql in [CALLED, EDITS] {
                let params = params![tenant.as_str(), remote.as_bytes()];
                found.extend(all(connection, sql, params, |row| {
                    let mut columns = Columns::of(row);
                    let message = read_message(&mut columns)?;
                    Ok((columns.get::<i64>()?, message))
                })?);
            }
            found.sort_by_key(|(place, _)| *place);
            found.dedup_by_key(|(place, _)| *place);
            Ok(found.into_iter().map(|(_, message)| message).collect())
        })
        .await
    }

    async fn is_revoked(&self, tenant: &TenantId, remote: &RemoteRef) -> Result<bool> {
        let (tenant, remote) = (tenant.clone(), remote.clone());
        self.read("find revocation", move |connection| {
            let params = params![tenant.as_str(), remote.as_bytes()];
            Ok(first(connection, IS_REVOKED, params, |_| Ok(()))?.is_some())
        })
        .await
    }

    async fn statuses(&self, message: MessageId) -> Result<Vec<StatusRecord>> {
        self.read("list statuses", move |connection| {
            all(connection, STATUSES, [message.to_bytes()], |row| {
                let mut columns = Columns::of(row);
                Ok(StatusRecord {
                    id: columns.id(MessageId::from_bytes)?,
                    message: columns.id(MessageId::from_bytes)?,
                    occurred: columns.moment()?,
                    payload: columns.sealed()?,
                })
            })
        })
        .await
    }

    async fn crm_link(&self, connection: &str, contact: ContactId) -> Result<Option<String>> {
        let name = connection.to_owned();
        self.read("read crm link", move |connection| {
            let params = params![name, contact.to_bytes()];
            match first(connection, CRM_LINK, params, |row| Ok(row.get(0)?))? {
                Some(link) => Ok(Some(link)),
                None => first(connection, CRM_LINK_OF_MERGED, params, |row| Ok(row.get(0)?)),
            }
        })
        .await
    }

    async fn journal(&self, cursor: Cursor, limit: usize) -> Result<(Vec<Journaled>, Cursor)> {
        // SQLite has one writer at a time, so that a number is never given before a lower one
        // is committed: nothing can appear behind the cursor.
        self.read("read journal", move |connection| {
            let params = params![number(cursor.0), rows(limit)];
            let page = all(connection, JOURNAL, params, |row| {
                let mut columns = Columns::of(row);
                let place = columns.number().map(Cursor)?;
                let fact = Journaled {
                    tenant: columns.tenant()?,
                    conversation: columns.id(ConversationId::from_bytes)?,
                    version: columns.number().map(Version)?,
                    index: columns.get()?,
                    at: columns.moment()?,
                    event: columns.json()?,
                };
                Ok((place, fact))
            })?;
            let next = page.last().map_or(cursor, |(place, _)| *place);
            Ok((page.into_iter().map(|(_, fact)| fact).collect(), next))
        })
        .await
    }

    async fn journal_end(&self) -> Result<Cursor> {
        self.read("find end of journal", |connection| {
            let end = first(connection, JOURNAL_END, [], |row| Columns::of(row).number())?;
            Ok(Cursor(end.unwrap_or(0)))
        })
        .await
    }

    async fn notices(&self, tenant: &TenantId, limit: usize) -> Result<Vec<Notice>> {
        let tenant = tenant.clone();
        self.read("list notices", move |connection| {
            all(connection, NOTICES, params![tenant.as_str(), rows(limit)], |row| {
                let mut columns = Columns::of(row);
                Ok(Notice {
                    id: columns.id(MessageId::from_bytes)?,
                    tenant: columns.tenant()?,
                    kind: columns.get()?,
                    dedupe: columns.id(DedupeKey::new)?,
                    fingerprint: columns.fingerprint()?,
                    received: columns.moment()?,
                    contact: columns.get::<Option<[u8; 16]>>()?.map(ContactId::from_bytes),
                    payload: columns.sealed()?,
                })
            })
        })
        .await
    }

    async fn orphans(&self, tenant: &TenantId, limit: usize) -> Result<Vec<Orphan>> {
        let tenant = tenant.clone();
        self.read("list orphans", move |connection| {
            all(connection, ORPHANS, params![tenant.as_str(), rows(limit)], |row| {
                let mut columns = Columns::of(row);
                Ok(Orphan {
                    id: columns.id(MessageId::from_bytes)?,
                    tenant: columns.tenant()?,
                    remote: columns.id(RemoteRef::new)?,
                    dedupe: columns.id(DedupeKey::new)?,
                    fingerprint: columns.fingerprint()?,
                    occurred: columns.moment()?,
                    payload: columns.sealed()?,
                })
            })
        })
        .await
    }

    async fn quarantined(&self, tenant: &TenantId, limit: usize) -> Result<Vec<Quarantined>> {
        let tenant = tenant.clone();
        self.read("list quarantine", move |connection| {
            all(connection, QUARANTINED, params![tenant.as_str(), rows(limit)], |row| {
                let mut columns = Columns::of(row);
                Ok(Quarantined {
                    id: columns.id(EnvelopeId::from_bytes)?,
                    received: columns.moment()?,
                    reason: columns.get()?,
                    body: columns.sealed()?,
                })
            })
        })
        .await
    }

    async fn dead_letters(&self, tenant: &TenantId, limit: usize) -> Result<Vec<DeadLetter>> {
        let tenant = tenant.clone();
        self.read("list dead letters", move |connection| {
            all(connection, DEAD_LETTERS, params![tenant.as_str(), rows(limit)], |row| {
                let mut columns = Columns::of(row);
                Ok(DeadLetter {
                    id: columns.id(MessageId::from_bytes)?,
                    contact: columns.contact()?,
                    at: columns.moment()?,
                    reason: columns.get()?,
                    payload: columns.sealed()?,
                })
            })
        })
        .await
    }
}

/// The latest conversation of the lane, open or closed.
pub(super) fn latest_conversation(
    connection: &Connection,
    lane: &Lane,
) -> Result<Option<Conversation>, Failure> {
    let params = params![lane.contact.to_bytes(), lane.account.as_str()];
    first(connection, LATEST_CONVERSATION, params, |row| Columns::of(row).json())
}

/// The message of ours that the channel calls so, and its lane.
pub(super) fn lane_by_remote(
    connection: &Connection,
    tenant: &TenantId,
    remote: &RemoteRef,
) -> Result<Option<(Lane, MessageId)>, Failure> {
    let params = params![tenant.as_str(), remote.as_bytes()];
    first(connection, LANE_BY_REMOTE, params, |row| {
        let mut columns = Columns::of(row);
        let lane = Lane { contact: columns.contact()?, account: columns.account()? };
        Ok((lane, columns.id(MessageId::from_bytes)?))
    })
}

fn read_message(columns: &mut Columns<'_>) -> Result<StoredMessage, Failure> {
    let conversation = columns.id(ConversationId::from_bytes)?;
    let lane = Lane { contact: columns.contact()?, account: columns.account()? };
    let record = MessageRecord {
        id: columns.id(MessageId::from_bytes)?,
        direction: columns.direction()?,
        written: columns.moment()?,
        content: columns.sealed()?,
        remote: columns.get::<Option<[u8; 16]>>()?.map(RemoteRef::new),
        edits: columns.get::<Option<[u8; 16]>>()?.map(RemoteRef::new),
        delivery: match columns.get::<Option<String>>()? {
            None => None,
            Some(text) => Some(serde_json::from_str(&text)?),
        },
    };
    let remote_id = columns.get::<Option<Vec<u8>>>()?.map(Sealed::new);
    Ok(StoredMessage { conversation, lane, record, remote_id })
}
