//! Customers: found by their aliases, created once.

use async_trait::async_trait;
use rusqlite::{Connection, params};

use crate::domain::{Alias, WrappedKey};
use crate::error::Result;
use crate::id::{ContactId, TenantId};
use crate::store::sqlite::SqliteStore;
use crate::store::sqlite::columns::{Columns, alias_kind};
use crate::store::sqlite::failure::Failure;
use crate::store::sqlite::statement::{execute, first};
use crate::store::{ContactRecord, Directory, Resolution, Resolve};

pub(super) const CONTACT: &str = "SELECT id, tenant, key, profile FROM contacts WHERE id = ?1";

pub(super) const ADD_CONTACT: &str =
    "INSERT INTO contacts (id, tenant, key, profile) VALUES (?1, ?2, ?3, ?4)";

pub(super) const HOLDER: &str =
    "SELECT contact FROM aliases WHERE tenant = ?1 AND kind = ?2 AND idx = ?3";

pub(super) const BIND: &str = "INSERT INTO aliases (tenant, kind, idx, contact) \
     VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING";

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

fn resolve(connection: &Connection, request: Resolve) -> Result<Resolution, Failure> {
    let Resolve { mut aliases, proposed } = request;
    aliases.sort();
    let mut known = None;
    for alias in &aliases {
        known = known.or(holder(connection, &proposed.tenant, alias)?);
    }
    let created = known.is_none();
    let contact = match known {
        Some(id) => find_contact(connection, id)?.ok_or(Failure::Unreadable)?,
        None => {
            add_contact(connection, &proposed)?;
            proposed
        }
    };
    let mut conflicting = Vec::new();
    for alias in &aliases {
        let holder = bind(connection, &contact, alias)?;
        if holder != contact.id && !conflicting.contains(&holder) {
            conflicting.push(holder);
        }
    }
    Ok(Resolution { contact, created, conflicting })
}

fn holder(
    connection: &Connection,
    tenant: &TenantId,
    alias: &Alias,
) -> Result<Option<ContactId>, Failure> {
    let params = params![tenant.as_str(), alias_kind(alias.kind), alias.index.as_bytes(),];
    first(connection, HOLDER, params, |row| Columns::of(row).contact())
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

/// Binds the alias to the contact unless somebody holds it, and says who holds it now.
fn bind(
    connection: &Connection,
    contact: &ContactRecord,
    alias: &Alias,
) -> Result<ContactId, Failure> {
    let params = params![
        contact.tenant.as_str(),
        alias_kind(alias.kind),
        alias.index.as_bytes(),
        contact.id.to_bytes(),
    ];
    if execute(connection, BIND, params)? == 1 {
        return Ok(contact.id);
    }
    holder(connection, &contact.tenant, alias)?.ok_or(Failure::Unreadable)
}
