//! What a customer, or the business elsewhere, takes back: before or after it came.

use std::collections::BTreeSet;

use crate::domain::{Content, Direction, Lane, RemoteRef, Sealed};
use crate::engine::desk::Parts;
use crate::error::Result;
use crate::id::{AccountId, ContactId, MessageId, TenantId};
use crate::store::{ContactRecord, StoredMessage};
use crate::time::Timestamp;

impl Parts {
    /// What remains of the messages that are gone with the one that the channel calls so: it, its
    /// copies and its other versions. Only what the same side wrote, to or of the same person,
    /// and not from here: what agents sent stays on record.
    pub(super) async fn revoked_by(
        &self,
        contact: &ContactRecord,
        lane: &Lane,
        direction: Direction,
        remote_id: &str,
        at: Timestamp,
    ) -> Result<Vec<(MessageId, Sealed)>> {
        let remote = self.vault.remote(&contact.tenant, &lane.account, remote_id);
        let versions = self.store.versions(&contact.tenant, &remote).await?;
        if versions.is_empty() {
            return Ok(Vec::new());
        }
        let person = self.store.person(contact.id).await?;
        let members = person.map(|person| person.members).unwrap_or_default();
        let mut gone = Vec::new();
        for StoredMessage { lane, record, .. } in versions {
            let is_theirs = members.contains(&lane.contact);
            if !is_theirs || record.direction != direction || record.delivery.is_some() {
                continue;
            }
            let Some(writer) = self.store.contact(lane.contact).await? else {
                continue;
            };
            let key = self.vault.unwrap(&writer.tenant, writer.id, &writer.key)?;
            let content = Content::Revoked { at: at.max(record.written) };
            gone.push((record.id, self.seal_content(&writer, &key, record.id, &content)?));
        }
        Ok(gone)
    }

    /// By whom a message of the customer may have been revoked: by who they are, or were when
    /// that came.
    pub(super) async fn revokers(&self, contact: ContactId) -> Result<BTreeSet<ContactId>> {
        let merges = self.store.merges(contact).await?;
        let mut all = BTreeSet::from([contact]);
        if !merges.is_empty() {
            let person = self.store.person(contact).await?;
            all.extend(person.into_iter().flat_map(|person| person.members));
            all.extend(merges.iter().flat_map(|it| [it.merge.into, it.merge.from]));
        }
        Ok(all)
    }

    pub(super) async fn is_revoked(
        &self,
        revokers: &BTreeSet<ContactId>,
        tenant: &TenantId,
        account: &AccountId,
        direction: Direction,
        remote_id: &str,
    ) -> Result<bool> {
        for by in revokers {
            let mark = self.revocation_mark(tenant, *by, account, direction, remote_id);
            if self.store.is_revoked(tenant, &mark).await? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// By what it is known that one side has revoked a message: nobody revokes another's.
    pub(super) fn revocation_mark(
        &self,
        tenant: &TenantId,
        contact: ContactId,
        account: &AccountId,
        direction: Direction,
        remote_id: &str,
    ) -> RemoteRef {
        let by = match direction {
            Direction::Inbound => "customer",
            Direction::Outbound | Direction::Internal => "business",
        };
        let mark = format!("{remote_id} of {contact} revoked by the {by}");
        self.vault.remote(tenant, account, &mark)
    }
}
