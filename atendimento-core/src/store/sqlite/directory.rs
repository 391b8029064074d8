//! Customers: found by their aliases, created once, merged and separated again.

use std::collections::{BTreeMap, BTreeSet};

use async_trait::async_trait;
use rusqlite::{Connection, params};

use crate::domain::{Alias, Heard, Holder, Resemblance, WrappedKey, identify};
use crate::error::{ErrorKind, Result};
use crate::id::{AgentId, ContactId, TenantId};
use crate::store::sqlite::SqliteStore;
use crate::store::sqlite::columns::{Columns, alias_kind, json, limit as rows};
use crate::store::sqlite::failure::Failure;
use crate::store::sqlite::statement::{all, execute, first};
use crate::store::{
    BoundAlias, Candidate, ContactRecord, Directory, Merge, Merged, Person, Resolution, Resolve,
};
use crate::time::Timestamp;

pub(super) const CONTACT: &str = "SELECT id, tenant, key, profile FROM contacts WHERE id = ?1";

pub(super) const ADD_CONTACT: &str = "INSERT INTO contacts \
     (id, tenant, person, merged_into, key, profile) VALUES (?1, ?2, ?1, NULL, ?3, ?4)";

pub(super) const HOLDER: &str = "SELECT a.contact, c.person, a.since \
     FROM aliases AS a JOIN contacts AS c ON c.id = a.contact \
     WHERE a.tenant = ?1 AND a.kind = ?2 AND a.idx = ?3";

/// At a moment, or first thereafter, and no more.
pub(super) const HELD_THEN: &str = "SELECT a.contact, c.person, a.since, a.until \
     FROM former_aliases AS a CROSS JOIN contacts AS c ON c.id = a.contact \
     WHERE a.kind = ?2 AND a.idx = ?3 AND a.until > ?4 AND c.tenant = ?1 \
     ORDER BY a.until LIMIT 1";

pub(super) const HELD_BY: &str =
    "SELECT contact FROM aliases WHERE tenant = ?1 AND kind = ?2 AND idx = ?3";

/// The channel's own ids of a person.
pub(super) const IDS: &str = "SELECT a.kind, a.idx \
     FROM contacts AS c CROSS JOIN aliases AS a ON a.contact = c.id \
     WHERE c.person = ?1 AND a.kind IN ('parent', 'user')";

pub(super) const BIND: &str = "INSERT INTO aliases (tenant, kind, idx, contact, since) \
     VALUES (?1, ?2, ?3, ?4, ?5)";

pub(super) const RELEASE: &str = "DELETE FROM aliases \
     WHERE tenant = ?1 AND kind = ?2 AND idx = ?3";

pub(super) const KEEP_FORMER: &str = "INSERT INTO former_aliases \
     (kind, idx, contact, since, until) VALUES (?1, ?2, ?3, ?4, ?5)";

pub(super) const PERSON: &str = "SELECT person FROM contacts WHERE id = ?1 AND \
     (?2 IS NULL OR tenant = ?2)";

pub(super) const MEMBERS: &str = "SELECT id FROM contacts WHERE person = ?1 ORDER BY id";

pub(super) const HELD: &str = "SELECT a.contact, a.kind, a.idx, a.since, NULL \
     FROM contacts AS c CROSS JOIN aliases AS a ON a.contact = c.id WHERE c.person = ?1";

pub(super) const FORMERLY_HELD: &str = "SELECT a.contact, a.kind, a.idx, a.since, a.until \
     FROM contacts AS c CROSS JOIN former_aliases AS a ON a.contact = c.id WHERE c.person = ?1";

pub(super) const BOTH_OPEN: &str = "SELECT 1 FROM conversations AS a \
     JOIN conversations AS b ON b.account = a.account \
     WHERE a.person = ?1 AND a.is_open = 1 AND b.person = ?2 AND b.is_open = 1 LIMIT 1";

pub(super) const MERGE_INTO: &str = "UPDATE contacts SET merged_into = ?2 WHERE id = ?1";

pub(super) const JOIN: &str = "UPDATE contacts SET person = ?2 WHERE person = ?1";

pub(super) const JOIN_CONVERSATIONS: &str =
    "UPDATE conversations SET person = ?2 WHERE person = ?1";

pub(super) const LOG_MERGE: &str = "INSERT INTO merges \
     (tenant, survivor, absorbed, by, at) VALUES (?1, ?2, ?3, ?4, ?5)";

pub(super) const SEPARATE: &str = "UPDATE contacts SET merged_into = NULL \
     WHERE id = ?1 AND tenant = ?2 AND merged_into IS NOT NULL";

macro_rules! split_off {
    ($table:literal, $column:literal) => {
        concat!(
            "WITH RECURSIVE members (id) AS (SELECT ?1 UNION \
             SELECT c.id FROM members JOIN contacts AS c ON c.merged_into = members.id) \
             UPDATE ",
            $table,
            " SET person = ?1 WHERE ",
            $column,
            " IN (SELECT id FROM members)"
        )
    };
}

pub(super) const SPLIT_OFF: &str = split_off!("contacts", "id");

pub(super) const SPLIT_OFF_CONVERSATIONS: &str = split_off!("conversations", "contact");

pub(super) const LOG_UNDONE: &str = "UPDATE merges SET undone_by = ?2, undone_at = ?3 \
     WHERE seq = (SELECT max(seq) FROM merges WHERE absorbed = ?1)";

pub(super) const MERGES: &str = "SELECT tenant, survivor, absorbed, by, at, undone_by, undone_at, seq \
     FROM merges WHERE survivor = ?1 OR absorbed = ?1";

/// Unless they were noted before.
pub(super) const NOTE: &str = "INSERT INTO candidates \
     (tenant, one, other, why, at, settled_by, settled_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) \
     ON CONFLICT DO NOTHING";

pub(super) const CANDIDATES: &str = "SELECT o.person, t.person, c.why, c.at \
     FROM candidates AS c \
     CROSS JOIN contacts AS o ON o.id = c.one CROSS JOIN contacts AS t ON t.id = c.other \
     WHERE c.tenant = ?1 AND c.settled_by IS NULL AND o.person != t.person \
     ORDER BY c.seq LIMIT ?2";

pub(super) const SETTLE: &str = "UPDATE candidates SET settled_by = ?4, settled_at = ?5 \
     WHERE tenant = ?1 AND settled_by IS NULL AND seq IN ( \
         SELECT c.seq FROM contacts AS o CROSS JOIN candidates AS c ON c.one = o.id \
         CROSS JOIN contacts AS t ON t.id = c.other WHERE o.person = ?2 AND t.person = ?3)";

/// Of whom somebody has decided that they are two.
pub(super) const KEPT_APART: &str = "SELECT 1 FROM contacts AS o \
     CROSS JOIN candidates AS c ON c.one = o.id CROSS JOIN contacts AS t ON t.id = c.other \
     WHERE o.person = ?1 AND t.person = ?2 AND c.settled_by IS NOT NULL";

pub(super) const SEPARATED: &str = "SELECT 1 FROM contacts AS o \
     CROSS JOIN merges AS m ON m.survivor = o.id CROSS JOIN contacts AS t ON t.id = m.absorbed \
     WHERE o.person = ?1 AND t.person = ?2 AND m.undone_by IS NOT NULL";

const MISSING: Failure = Failure::Refused(ErrorKind::NotFound);
const ONE_ALREADY: Failure = Failure::Refused(ErrorKind::Duplicate);

#[async_trait]
impl Directory for SqliteStore {
    async fn resolve(&self, requests: Vec<Resolve>) -> Result<Vec<Resolution>> {
        self.write("resolve customers", move |connection| {
            requests.into_iter().map(|request| resolve(connection, request)).collect()
        })
        .await
    }

    async fn contact(&self, id: ContactId) -> Result<Option<ContactRecord>> {
        self.read("read customer", move |connection| find_contact(connection, id)).await
    }

    async fn held_by(&self, tenant: &TenantId, aliases: &[Alias]) -> Result<Vec<ContactId>> {
        let (tenant, aliases) = (tenant.clone(), aliases.to_vec());
        self.read("find customers", move |connection| {
            let mut holders = BTreeSet::new();
            for alias in &aliases {
                let params =
                    params![tenant.as_str(), alias_kind(alias.kind), alias.index.as_bytes()];
                let holder = first(connection, HELD_BY, params, |row| Columns::of(row).contact())?;
                holders.extend(holder);
            }
            Ok(holders.into_iter().collect())
        })
        .await
    }

    async fn person(&self, contact: ContactId) -> Result<Option<Person>> {
        self.read("read person", move |connection| {
            let Some(id) = survivor(connection, contact, None)? else {
                return Ok(None);
            };
            let person = [id.to_bytes()];
            let members = all(connection, MEMBERS, person, |row| Columns::of(row).contact())?;
            let mut aliases = all(connection, HELD, person, |row| bound(&mut Columns::of(row)))?;
            let former = all(connection, FORMERLY_HELD, person, |row| bound(&mut Columns::of(row)));
            aliases.extend(former?);
            Ok(Some(Person { id, members, aliases }))
        })
        .await
    }

    async fn merge(&self, merge: Merge) -> Result<()> {
        self.write("merge customers", move |connection| {
            for contact in [merge.into, merge.from] {
                survivor(connection, contact, Some(&merge.tenant))?.ok_or(MISSING)?;
            }
            make_one(connection, &merge)
        })
        .await
    }

    async fn undo_merge(
        &self,
        tenant: &TenantId,
        from: ContactId,
        by: &AgentId,
        at: Timestamp,
    ) -> Result<()> {
        let (tenant, by) = (tenant.clone(), by.clone());
        self.write("undo merge", move |connection| {
            let from = from.to_bytes();
            if execute(connection, SEPARATE, params![from, tenant.as_str()])? == 0 {
                return Err(MISSING);
            }
            execute(connection, SPLIT_OFF, [from])?;
            execute(connection, SPLIT_OFF_CONVERSATIONS, [from])?;
            execute(connection, LOG_UNDONE, params![from, by.as_str(), at.millis()])?;
            Ok(())
        })
        .await
    }

    async fn merges(&self, contact: ContactId) -> Result<Vec<Merged>> {
        self.read("list merges", move |connection| {
            let mut merges = all(connection, MERGES, [contact.to_bytes()], |row| {
                let mut columns = Columns::of(row);
                let merge = Merge {
                    tenant: columns.tenant()?,
                    into: columns.contact()?,
                    from: columns.contact()?,
                    by: columns.optional_agent()?,
                    at: columns.moment()?,
                };
                let undone = columns.optional_agent()?.zip(columns.optional_moment()?);
                Ok((columns.get::<i64>()?, Merged { merge, undone }))
            })?;
            merges.sort_by_key(|(place, _)| *place);
            Ok(merges.into_iter().map(|(_, merged)| merged).collect())
        })
        .await
    }

    async fn candidates(&self, tenant: &TenantId, limit: usize) -> Result<Vec<Candidate>> {
        let tenant = tenant.clone();
        self.read("list candidates", move |connection| {
            all(connection, CANDIDATES, params![tenant.as_str(), rows(limit)], |row| {
                let mut columns = Columns::of(row);
                let (one, other) = (columns.contact()?, columns.contact()?);
                let pair = (one.min(other), one.max(other));
                Ok(Candidate { pair, why: columns.json()?, at: columns.moment()? })
            })
        })
        .await
    }

    async fn keep_apart(
        &self,
        tenant: &TenantId,
        pair: (ContactId, ContactId),
        by: &AgentId,
        at: Timestamp,
    ) -> Result<()> {
        let (tenant, by) = (tenant.clone(), by.clone());
        self.write("keep customers apart", move |connection| {
            let one = survivor(connection, pair.0, Some(&tenant))?.ok_or(MISSING)?;
            let other = survivor(connection, pair.1, Some(&tenant))?.ok_or(MISSING)?;
            if one == other {
                return Err(ONE_ALREADY);
            }
            for (one, other) in [(one, other), (other, one)] {
                let params = params![
                    tenant.as_str(),
                    one.to_bytes(),
                    other.to_bytes(),
                    by.as_str(),
                    at.millis()
                ];
                execute(connection, SETTLE, params)?;
            }
            note(connection, &tenant, (one, other), Resemblance::SharedAddress, at, Some(&by))
        })
        .await
    }
}

pub(super) fn find_contact(
    connection: &Connection,
    id: ContactId,
) -> Result<Option<ContactRecord>, Failure> {
    first(connection, CONTACT, [id.to_bytes()], |row| {
        let mut columns = Columns::of(row);
        Ok(ContactRecord {
            id: columns.contact()?,
            tenant: columns.tenant()?,
            key: columns.get().map(WrappedKey::new)?,
            profile: columns.sealed()?,
        })
    })
}

/// The person that a customer is; of that company, where one is named.
fn survivor(
    connection: &Connection,
    contact: ContactId,
    tenant: Option<&TenantId>,
) -> Result<Option<ContactId>, Failure> {
    let params = params![contact.to_bytes(), tenant.map(TenantId::as_str)];
    first(connection, PERSON, params, |row| Columns::of(row).contact())
}

fn resolve(connection: &Connection, request: Resolve) -> Result<Resolution, Failure> {
    let Resolve { heard, proposed } = request;
    let tenant = proposed.tenant.clone();
    let mut holders = BTreeMap::new();
    for alias in heard.all() {
        if let Some(holder) = holder(connection, &tenant, alias, heard.at)? {
            holders.insert(alias.clone(), holder);
        }
    }
    let identified = identify(&heard, &holders);
    let created = identified.who.is_none();
    let contact = identified.who.as_ref().map_or(proposed.id, |holder| holder.contact);
    if created {
        add_contact(connection, &proposed)?;
    }
    let mut taken_from = BTreeSet::new();
    for alias in identified.take.iter().chain(&identified.end) {
        end(connection, &tenant, alias, &holders[alias], &heard)?;
    }
    taken_from.extend(identified.take.iter().map(|alias| holders[alias].contact));
    for alias in identified.bind.iter().chain(&identified.take) {
        let params = params![
            tenant.as_str(),
            alias_kind(alias.kind),
            alias.index.as_bytes(),
            contact.to_bytes(),
            heard.at.millis(),
        ];
        execute(connection, BIND, params)?;
    }
    let mut candidates = identified.candidates;
    let mut merged = Vec::new();
    for from in identified.merge {
        let merge = Merge { tenant: tenant.clone(), into: contact, from, by: None, at: heard.at };
        match make_one(connection, &merge) {
            Ok(()) => merged.push(from),
            Err(Failure::Refused(_)) => candidates.push((from, Resemblance::NumberChanged)),
            Err(failure) => return Err(failure),
        }
    }
    let person = survivor(connection, contact, None)?.ok_or(Failure::Unreadable)?;
    for (other, why) in &candidates {
        note(connection, &tenant, (person, *other), *why, heard.at, None)?;
    }
    Ok(Resolution {
        contact: find_contact(connection, person)?.ok_or(Failure::Unreadable)?,
        created,
        taken_from: taken_from.into_iter().collect(),
        merged,
        candidates: candidates.into_iter().map(|(other, _)| other).collect(),
    })
}

/// Who held the alias at that moment, or first thereafter.
fn holder(
    connection: &Connection,
    tenant: &TenantId,
    alias: &Alias,
    at: Timestamp,
) -> Result<Option<Holder>, Failure> {
    let (kind, index) = (alias_kind(alias.kind), alias.index.as_bytes());
    let now = first(connection, HOLDER, params![tenant.as_str(), kind, index], |row| {
        let mut columns = Columns::of(row);
        Ok((columns.contact()?, columns.contact()?, columns.moment()?, None))
    })?;
    let holder = match now {
        Some((_, _, since, _)) if since <= at => now,
        Some(_) | None => {
            let params = params![tenant.as_str(), kind, index, at.millis()];
            let then = first(connection, HELD_THEN, params, |row| {
                let mut columns = Columns::of(row);
                let (contact, person) = (columns.contact()?, columns.contact()?);
                Ok((contact, person, columns.moment()?, columns.optional_moment()?))
            })?;
            then.or(now)
        }
    };
    let Some((contact, person, since, until)) = holder else {
        return Ok(None);
    };
    let ids = all(connection, IDS, [person.to_bytes()], |row| Columns::of(row).alias())?;
    Ok(Some(Holder { contact, person, since, until, ids: ids.into_iter().collect() }))
}

fn bound(columns: &mut Columns<'_>) -> Result<BoundAlias, Failure> {
    Ok(BoundAlias {
        contact: columns.contact()?,
        alias: columns.alias()?,
        since: columns.moment()?,
        until: columns.optional_moment()?,
    })
}

fn add_contact(connection: &Connection, contact: &ContactRecord) -> Result<(), Failure> {
    let params = params![
        contact.id.to_bytes(),
        contact.tenant.as_str(),
        contact.key.as_bytes(),
        contact.profile.as_bytes(),
    ];
    execute(connection, ADD_CONTACT, params)?;
    Ok(())
}

/// Ends that the holder has the alias.
fn end(
    connection: &Connection,
    tenant: &TenantId,
    alias: &Alias,
    holder: &Holder,
    heard: &Heard,
) -> Result<(), Failure> {
    let (kind, index) = (alias_kind(alias.kind), alias.index.as_bytes());
    execute(connection, RELEASE, params![tenant.as_str(), kind, index])?;
    let (since, until) = (holder.since.millis(), heard.at.millis());
    let params = params![kind, index, holder.contact.to_bytes(), since, until];
    execute(connection, KEEP_FORMER, params)?;
    Ok(())
}

/// Makes one of two persons, whose company is known to be that one.
fn make_one(connection: &Connection, merge: &Merge) -> Result<(), Failure> {
    let into = survivor(connection, merge.into, None)?.ok_or(MISSING)?;
    let from = survivor(connection, merge.from, None)?.ok_or(MISSING)?;
    if into == from {
        return Err(ONE_ALREADY);
    }
    let pair = params![from.to_bytes(), into.to_bytes()];
    if first(connection, BOTH_OPEN, pair, |_| Ok(()))?.is_some() {
        return Err(Failure::Refused(ErrorKind::Conflict));
    }
    // What somebody has decided, only somebody decides otherwise.
    if merge.by.is_none() && are_two(connection, into, from)? {
        return Err(Failure::Refused(ErrorKind::Conflict));
    }
    for sql in [MERGE_INTO, JOIN, JOIN_CONVERSATIONS] {
        execute(connection, sql, pair)?;
    }
    let params = params![
        merge.tenant.as_str(),
        into.to_bytes(),
        from.to_bytes(),
        merge.by.as_ref().map(AgentId::as_str),
        merge.at.millis(),
    ];
    execute(connection, LOG_MERGE, params)?;
    Ok(())
}

/// Whether somebody has decided that these two persons are two.
fn are_two(connection: &Connection, one: ContactId, other: ContactId) -> Result<bool, Failure> {
    for (one, other) in [(one, other), (other, one)] {
        for sql in [KEPT_APART, SEPARATED] {
            let pair = params![one.to_bytes(), other.to_bytes()];
            if first(connection, sql, pair, |_| Ok(()))?.is_some() {
                return Ok(true);
            }
        }
    }
    Ok(false)
}

/// Notes two who may be one, or of whom it was decided that they are not.
fn note(
    connection: &Connection,
    tenant: &TenantId,
    (one, other): (ContactId, ContactId),
    why: Resemblance,
    at: Timestamp,
    settled_by: Option<&AgentId>,
) -> Result<(), Failure> {
    if one == other {
        return Ok(());
    }
    let params = params![
        tenant.as_str(),
        one.min(other).to_bytes(),
        one.max(other).to_bytes(),
        json(&why)?,
        at.millis(),
        settled_by.map(AgentId::as_str),
        settled_by.map(|_| at.millis()),
    ];
    execute(connection, NOTE, params)?;
    Ok(())
}
