//! What was kept because it could not be dealt with: opened for who may see it.

use crate::domain::Sealed;
use crate::domain::access::{Action, Actor};
use crate::engine::desk::Parts;
use crate::engine::payload::{self, Payload};
use crate::engine::{ActError, Desk};
use crate::error::Result;
use crate::id::{ContactId, TenantId};
use crate::time::Timestamp;
use crate::vault::Place;

/// Something that was kept because it could not be dealt with. Personal; never logged.
#[derive(Clone, PartialEq, Eq)]
pub struct Kept {
    /// Its id: of an event, or of a body.
    pub id: [u8; 16],
    /// Why it is here.
    pub why: Why,
    /// When it came, or was given up.
    pub at: Timestamp,
    /// What it says, as the channel wrote it: the JSON of an event, the bytes of a body. `None`
    /// when its seal does not open any more.
    pub content: Option<Vec<u8>>,
}

/// Why something was kept.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Why {
    /// It belongs to no customer; this is the channel's word for it.
    Notice(String),
    /// It is a status of a message that is not known.
    Orphan,
    /// It is a body that could not be read, for this reason.
    Unreadable(String),
    /// It is an event that was given up, for this reason.
    GivenUp(String),
}

impl std::fmt::Debug for Kept {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Kept").field("why", &self.why).field("at", &self.at).finish_non_exhaustive()
    }
}

impl Desk {
    /// The latest things of each kind, up to `limit`, that were kept because they could not be
    /// dealt with: unknown kinds, statuses without a message, bodies that cannot be read, events
    /// that were given up.
    ///
    /// # Errors
    ///
    /// [`Denied`](crate::domain::access::Denied) without the permission.
    pub async fn inspect(&self, actor: &Actor, limit: usize) -> Result<Vec<Kept>, ActError> {
        let grant = actor.may(Action::Inspect)?;
        let parts = &self.parts;
        let tenant = grant.tenant();
        let mut kept = Vec::new();
        for notice in parts.store.notices(tenant, limit).await? {
            let row = notice.id.to_bytes();
            let content = match notice.contact {
                None => {
                    let place = Place { tenant, what: "event", row };
                    let plain = parts.vault.open_for_company(&place, &notice.payload).ok();
                    // A status that came twice with other contents was sealed as an event.
                    plain.map(|plain| raw_of(&plain).unwrap_or(plain))
                }
                Some(contact) => parts.open_event(tenant, contact, row, &notice.payload).await?,
            };
            let why = Why::Notice(notice.kind);
            kept.push(Kept { id: row, why, at: notice.received, content });
        }
        for orphan in parts.store.orphans(tenant, limit).await? {
            let row = orphan.id.to_bytes();
            let place = Place { tenant, what: "event", row };
            let plain = parts.vault.open_for_company(&place, &orphan.payload).ok();
            let content = plain.and_then(|plain| raw_of(&plain));
            kept.push(Kept { id: row, why: Why::Orphan, at: orphan.occurred, content });
        }
        for body in parts.store.quarantined(tenant, limit).await? {
            let row = body.id.to_bytes();
            let place = Place { tenant, what: "envelope", row };
            let content = parts.vault.open_for_company(&place, &body.body).ok();
            let why = Why::Unreadable(body.reason);
            kept.push(Kept { id: row, why, at: body.received, content });
        }
        for letter in parts.store.dead_letters(tenant, limit).await? {
            let row = letter.id.to_bytes();
            let content = parts.open_event(tenant, letter.contact, row, &letter.payload).await?;
            kept.push(Kept { id: row, why: Why::GivenUp(letter.reason), at: letter.at, content });
        }
        Ok(kept)
    }
}

impl Parts {
    /// The channel's JSON of an event that is sealed under a customer's key.
    async fn open_event(
        &self,
        tenant: &TenantId,
        contact: ContactId,
        row: [u8; 16],
        sealed: &Sealed,
    ) -> Result<Option<Vec<u8>>> {
        let Some(contact) = self.store.contact(contact).await? else {
            return Ok(None);
        };
        let place = Place { tenant, what: "event", row };
        let plain = self
            .vault
            .unwrap(&contact.tenant, contact.id, &contact.key)
            .and_then(|key| self.vault.open(&key, &place, sealed));
        Ok(plain.ok().and_then(|plain| raw_of(&plain)))
    }
}

fn raw_of(plain: &[u8]) -> Option<Vec<u8>> {
    let raw = match payload::read(plain).ok()? {
        Payload::Message(told) => told.message.raw,
        Payload::Status { raw, .. } => raw,
    };
    Some(raw.into_bytes())
}
