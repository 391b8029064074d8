//! Customers: who they are, who may be one, and what is decided about it.

use tracing::info;

use crate::domain::access::{Action, Actor, Grant, Reach};
use crate::domain::phone::Strength;
use crate::domain::{Clue, Heard, Identity, Profile};
use crate::engine::Desk;
use crate::engine::act::ActError;
use crate::engine::desk::Parts;
use crate::error::{Error, ErrorKind, Result};
use crate::id::{ContactId, TenantId};
use crate::store::{Candidate, ContactRecord, Listing, Merge, Merged};
use crate::time::Timestamp;
use crate::vault::DataKey;

/// A person as somebody may see one, opened. Personal; never logged.
#[derive(Clone, Debug, PartialEq)]
pub struct PersonView {
    /// The customer by whom they are found.
    pub id: ContactId,
    /// All customers who are this person; more than one after a merge.
    pub members: Vec<ContactId>,
    /// What is known of the customer that was asked for, with the addresses that are still theirs.
    pub profile: Profile,
    /// The merges that the customer that was asked for had part in, the oldest first.
    pub merges: Vec<Merged>,
}

impl Desk {
    /// A customer, and who else they are.
    ///
    /// # Errors
    ///
    /// [`Denied`](crate::domain::access::Denied) without the permission;
    /// [`ActError::NotFound`] when there is no such customer, or none of whom the actor may see a
    /// conversation.
    pub async fn person(&self, actor: &Actor, contact: ContactId) -> Result<PersonView, ActError> {
        let grant = actor.may(Action::ReadContact)?;
        let record = self.seen(&grant, contact).await?;
        let open = self.parts.open_person(&record).await?;
        let profile = Profile { identities: open.identities, ..open.profile };
        let merges = self.parts.store.merges(contact).await?;
        Ok(PersonView { id: open.id, members: open.members, profile, merges })
    }

    /// Up to `limit` pairs of customers who may be one person, the oldest first, both of whom
    /// the actor may merge. Each is decided by [`Desk::merge`] or [`Desk::keep_apart`].
    ///
    /// # Errors
    ///
    /// [`Denied`](crate::domain::access::Denied) without the permission.
    pub async fn candidates(
        &self,
        actor: &Actor,
        limit: usize,
    ) -> Result<Vec<Candidate>, ActError> {
        let grant = actor.may(Action::MergeContacts)?;
        // The oldest may all be somebody else's to decide.
        let mut asked = limit.max(1);
        loop {
            let candidates = self.parts.store.candidates(grant.tenant(), asked).await?;
            let is_all = candidates.len() < asked;
            let mut seen = Vec::new();
            for candidate in candidates {
                let (one, other) = candidate.pair;
                if self.covers(&grant, one).await? && self.covers(&grant, other).await? {
                    seen.push(candidate);
                }
            }
            if is_all || seen.len() >= limit {
                seen.truncate(limit);
                return Ok(seen);
            }
            asked = asked.saturating_mul(4);
        }
    }

    /// Makes one person of two customers: from now on `from` is found as `into`, and what either
    /// said is one history. It can be [undone](Desk::undo_merge).
    ///
    /// # Errors
    ///
    /// [`Denied`](crate::domain::access::Denied) without the permission;
    /// [`ActError::NotFound`] when the actor sees no conversation of one of them;
    /// [`ActError::OneAlready`], [`ActError::BothOpen`]. Nothing has changed.
    pub async fn merge(
        &self,
        actor: &Actor,
        into: ContactId,
        from: ContactId,
    ) -> Result<(), ActError> {
        let grant = actor.may(Action::MergeContacts)?;
        for contact in [into, from] {
            self.seen(&grant, contact).await?;
        }
        let merge = Merge {
            tenant: grant.tenant().clone(),
            into,
            from,
            by: Some(actor.id.clone()),
            at: self.parts.now(),
        };
        self.parts.store.merge(merge).await.map_err(not_merged)?;
        info!(contact.id = %into, other.id = %from, by = %actor.id, "merged customers");
        Ok(())
    }

    /// Separates a customer again from whom they were merged into: `from` as the
    /// [log of merges](PersonView::merges) names it. What was said meanwhile stays in the
    /// conversation that it was said in.
    ///
    /// # Errors
    ///
    /// [`Denied`](crate::domain::access::Denied) without the permission;
    /// [`ActError::NotFound`] when the actor sees no conversation of the customer, or they are
    /// not merged. Nothing has changed.
    pub async fn undo_merge(&self, actor: &Actor, from: ContactId) -> Result<(), ActError> {
        let grant = actor.may(Action::UndoMerge)?;
        self.seen(&grant, from).await?;
        let now = self.parts.now();
        let undone = self.parts.store.undo_merge(grant.tenant(), from, &actor.id, now).await;
        undone.map_err(not_merged)?;
        info!(contact.id = %from, by = %actor.id, "undid a merge of customers");
        Ok(())
    }

    /// Notes that two customers are two persons: they are no candidates any more.
    ///
    /// # Errors
    ///
    /// As [`Desk::merge`], and never [`ActError::BothOpen`].
    pub async fn keep_apart(
        &self,
        actor: &Actor,
        pair: (ContactId, ContactId),
    ) -> Result<(), ActError> {
        let grant = actor.may(Action::MergeContacts)?;
        for contact in [pair.0, pair.1] {
            self.seen(&grant, contact).await?;
        }
        let now = self.parts.now();
        let kept = self.parts.store.keep_apart(grant.tenant(), pair, &actor.id, now).await;
        kept.map_err(not_merged)
    }

    /// The customer, if the grant covers a conversation of theirs. One without conversations is
    /// seen by who sees all.
    async fn seen(&self, grant: &Grant, contact: ContactId) -> Result<ContactRecord, ActError> {
        let record = self.parts.store.contact(contact).await?;
        let record = record.filter(|record| record.tenant == *grant.tenant());
        let record = record.ok_or(ActError::NotFound)?;
        if self.covers(grant, contact).await? { Ok(record) } else { Err(ActError::NotFound) }
    }

    async fn covers(&self, grant: &Grant, contact: ContactId) -> Result<bool> {
        match grant.reach() {
            Reach::Everything => Ok(true),
            Reach::Part { .. } => {
                let listing = Listing { contact: Some(contact), ..Listing::default() };
                Ok(!self.parts.store.conversations(grant, &listing, 1).await?.is_empty())
            }
        }
    }
}

fn not_merged(error: Error) -> ActError {
    match error.kind() {
        ErrorKind::NotFound => ActError::NotFound,
        ErrorKind::Duplicate => ActError::OneAlready,
        ErrorKind::Conflict => ActError::BothOpen,
        _ => ActError::Failed(error),
    }
}

/// A customer, opened.
pub(super) struct OpenPerson {
    /// By whom they are found.
    pub(super) id: ContactId,
    /// All customers who are the same person.
    pub(super) members: Vec<ContactId>,
    /// The customer's key.
    pub(super) key: DataKey,
    /// What is known of the customer.
    pub(super) profile: Profile,
    /// The addresses of the profile that are still the person's.
    pub(super) identities: Vec<Identity>,
}

impl Parts {
    /// Opens a customer, and looks which of their addresses are still theirs.
    pub(super) async fn open_person(&self, contact: &ContactRecord) -> Result<OpenPerson> {
        let tenant = &contact.tenant;
        let key = self.vault.unwrap(tenant, contact.id, &contact.key)?;
        let profile = self.open_profile(contact, &key)?;
        let person = self.store.person(contact.id).await?;
        let person = person.ok_or_else(|| Error::new("read person", ErrorKind::NotFound))?;
        let held: Vec<_> = person.aliases.iter().filter(|bound| bound.until.is_none()).collect();
        let is_theirs = |identity: &Identity| {
            let clues = identity.clues();
            let is_certain = |clue: &&Clue| clue.strength == Strength::Strong;
            // The canonical form, where there is one: with it a number passes on.
            let clue = clues.iter().filter(is_certain).max_by_key(|clue| clue.kind);
            clue.is_some_and(|clue| {
                let alias = self.vault.blind(tenant, clue);
                held.iter().any(|bound| bound.alias == alias)
            })
        };
        let all = profile.identities.iter().chain(profile.observed.values());
        let mut identities: Vec<_> = all.filter(|it| is_theirs(it)).cloned().collect();
        identities.sort();
        identities.dedup();
        Ok(OpenPerson { id: person.id, members: person.members, key, profile, identities })
    }

    /// What is heard of a customer, as a store keeps it.
    pub(super) fn heard(&self, tenant: &TenantId, from: &Profile, at: Timestamp) -> Heard {
        let mut heard = Heard::new(Vec::new(), at);
        for clue in from.identities.iter().flat_map(Identity::clues) {
            let alias = self.vault.blind(tenant, &clue);
            match clue.strength {
                Strength::Strong => heard.aliases.push(alias),
                Strength::Weak => heard.hints.push(alias),
            }
        }
        for clue in from.former.iter().flat_map(Identity::clues) {
            if clue.strength == Strength::Strong {
                heard.former.push(self.vault.blind(tenant, &clue));
            }
        }
        heard
    }
}
