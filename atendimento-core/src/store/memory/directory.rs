//! Customers: found by their aliases, created once, merged and separated again.

use std::collections::BTreeSet;

use async_trait::async_trait;

use crate::domain::{Alias, Conversation, Heard, Holder, Resemblance, identify};
use crate::error::{Error, ErrorKind, Result};
use crate::id::{AccountId, AgentId, ContactId, TenantId};
use crate::store::memory::MemoryStore;
use crate::store::memory::state::{HeldCandidate, State};
use crate::store::{
    BoundAlias, Candidate, ContactRecord, Directory, Merge, Merged, Person, Resolution, Resolve,
};
use crate::time::Timestamp;

#[async_trait]
impl Directory for MemoryStore {
    async fn resolve(&self, requests: Vec<Resolve>) -> Result<Vec<Resolution>> {
        let mut state = self.state();
        Ok(requests.into_iter().map(|request| state.resolve(request)).collect())
    }

    async fn contact(&self, id: ContactId) -> Result<Option<ContactRecord>> {
        Ok(self.state().contacts.get(&id).cloned())
    }

    async fn held_by(&self, tenant: &TenantId, aliases: &[Alias]) -> Result<Vec<ContactId>> {
        let state = self.state();
        let key = |alias: &Alias| (tenant.clone(), alias.clone());
        let holders = aliases.iter().filter_map(|alias| state.aliases.get(&key(alias)));
        let holders: BTreeSet<_> = holders.map(|(contact, _)| *contact).collect();
        Ok(holders.into_iter().collect())
    }

    async fn person(&self, contact: ContactId) -> Result<Option<Person>> {
        let state = self.state();
        if !state.contacts.contains_key(&contact) {
            return Ok(None);
        }
        let id = state.survivor(contact);
        let members = state.members(id);
        let bound = state.aliases.iter().map(|((_, alias), (contact, since))| BoundAlias {
            contact: *contact,
            alias: alias.clone(),
            since: *since,
            until: None,
        });
        let aliases = bound.chain(state.former.iter().cloned());
        let aliases = aliases.filter(|bound| members.contains(&bound.contact)).collect();
        Ok(Some(Person { id, members: members.into_iter().collect(), aliases }))
    }

    async fn merge(&self, merge: Merge) -> Result<()> {
        let mut state = self.state();
        state.known("merge customers", &merge.tenant, [merge.into, merge.from])?;
        state.merge(merge).map_err(|kind| Error::new("merge customers", kind))
    }

    async fn undo_merge(
        &self,
        tenant: &TenantId,
        from: ContactId,
        by: &AgentId,
        at: Timestamp,
    ) -> Result<()> {
        const OPERATION: &str = "undo merge";
        let mut state = self.state();
        state.known(OPERATION, tenant, [from])?;
        if state.merged_into.remove(&from).is_none() {
            return Err(Error::new(OPERATION, ErrorKind::NotFound));
        }
        let of_contact = |merged: &&mut Merged| merged.merge.from == from;
        if let Some(merged) = state.merges.iter_mut().rev().find(of_contact) {
            merged.undone = Some((by.clone(), at));
        }
        Ok(())
    }

    async fn merges(&self, contact: ContactId) -> Result<Vec<Merged>> {
        let state = self.state();
        let has_part = |merged: &&Merged| [merged.merge.into, merged.merge.from].contains(&contact);
        Ok(state.merges.iter().filter(has_part).cloned().collect())
    }

    async fn candidates(&self, tenant: &TenantId, limit: usize) -> Result<Vec<Candidate>> {
        let state = self.state();
        let open =
            state.candidates.iter().filter(|held| held.tenant == *tenant && !held.is_settled);
        let now = open.filter_map(|held| {
            let pair = state.pair(held.candidate.pair)?;
            Some(Candidate { pair, ..held.candidate.clone() })
        });
        Ok(now.take(limit).collect())
    }

    async fn keep_apart(
        &self,
        tenant: &TenantId,
        pair: (ContactId, ContactId),
        _by: &AgentId,
        at: Timestamp,
    ) -> Result<()> {
        let mut state = self.state();
        state.known("keep customers apart", tenant, [pair.0, pair.1])?;
        let Some(persons) = state.pair(pair) else {
            return Err(Error::new("keep customers apart", ErrorKind::Duplicate));
        };
        let settled: Vec<_> = (0..state.candidates.len())
            .filter(|&held| state.pair(state.candidates[held].candidate.pair) == Some(persons))
            .collect();
        for held in settled {
            state.candidates[held].is_settled = true;
        }
        let why = Resemblance::SharedAddress;
        state.note(tenant, Candidate { pair: persons, why, at }, true);
        Ok(())
    }
}

impl State {
    fn resolve(&mut self, request: Resolve) -> Resolution {
        let Resolve { heard, proposed } = request;
        let tenant = proposed.tenant.clone();
        let holders = heard
            .all()
            .filter_map(|alias| Some((alias.clone(), self.holder(&tenant, alias, heard.at)?)))
            .collect();
        let identified = identify(&heard, &holders);
        let created = identified.who.is_none();
        let contact = identified.who.as_ref().map_or(proposed.id, |holder| holder.contact);
        if created {
            self.contacts.insert(proposed.id, proposed);
        }
        let mut taken_from = Vec::new();
        for alias in &identified.take {
            taken_from.extend(self.end(&tenant, alias, &heard));
        }
        for alias in &identified.end {
            self.end(&tenant, alias, &heard);
        }
        for alias in identified.bind.into_iter().chain(identified.take) {
            if alias.kind.is_id() {
                self.ids.entry(contact).or_default().insert(alias.clone());
            }
            self.aliases.insert((tenant.clone(), alias), (contact, heard.at));
        }
        let mut candidates = identified.candidates;
        let mut merged = Vec::new();
        for from in identified.merge {
            let merge =
                Merge { tenant: tenant.clone(), into: contact, from, by: None, at: heard.at };
            match self.merge(merge) {
                Ok(()) => merged.push(from),
                Err(_) => candidates.push((from, Resemblance::NumberChanged)),
            }
        }
        let survivor = self.survivor(contact);
        for (other, why) in &candidates {
            if let Some(pair) = self.pair((survivor, *other)) {
                self.note(&tenant, Candidate { pair, why: *why, at: heard.at }, false);
            }
        }
        taken_from.sort();
        taken_from.dedup();
        Resolution {
            contact: self.contacts[&survivor].clone(),
            created,
            taken_from,
            merged,
            candidates: candidates.into_iter().map(|(other, _)| other).collect(),
        }
    }

    /// Who held the alias at that moment, or first thereafter.
    fn holder(&self, tenant: &TenantId, alias: &Alias, at: Timestamp) -> Option<Holder> {
        let now = self.aliases.get(&(tenant.clone(), alias.clone()));
        let now = now.map(|(contact, since)| (*contact, *since, None));
        let then = || {
            let is_of_tenant = |it: &&BoundAlias| self.contacts[&it.contact].tenant == *tenant;
            let of_alias = self.former.iter().filter(|it| it.alias == *alias).filter(is_of_tenant);
            let later = of_alias.filter(|it| it.until > Some(at));
            later.min_by_key(|it| it.until).map(|it| (it.contact, it.since, it.until))
        };
        let (contact, since, until) = match now {
            Some((_, since, _)) if since <= at => now,
            Some(_) | None => then().or(now),
        }?;
        let person = self.survivor(contact);
        let members = self.members(person);
        let ids = members.iter().filter_map(|member| self.ids.get(member)).flatten();
        let ids = ids.cloned().collect();
        Some(Holder { contact, person, since, until, ids })
    }

    /// Ends who held the alias, and says who.
    fn end(&mut self, tenant: &TenantId, alias: &Alias, heard: &Heard) -> Option<ContactId> {
        let (contact, since) = self.aliases.remove(&(tenant.clone(), alias.clone()))?;
        if let Some(ids) = self.ids.get_mut(&contact) {
            ids.remove(alias);
        }
        let until = Some(heard.at);
        self.former.push(BoundAlias { contact, alias: alias.clone(), since, until });
        Some(contact)
    }

    fn merge(&mut self, merge: Merge) -> Result<(), ErrorKind> {
        let (into, from) = (self.survivor(merge.into), self.survivor(merge.from));
        if into == from {
            return Err(ErrorKind::Duplicate);
        }
        if !self.open_on(into).is_disjoint(&self.open_on(from)) {
            return Err(ErrorKind::Conflict);
        }
        // What somebody has decided, only somebody decides otherwise.
        if merge.by.is_none() && self.are_two(into, from) {
            return Err(ErrorKind::Conflict);
        }
        self.merged_into.insert(from, into);
        self.merges.push(Merged { merge: Merge { into, from, ..merge }, undone: None });
        Ok(())
    }

    /// Whether somebody has decided that these two persons are two.
    fn are_two(&self, one: ContactId, other: ContactId) -> bool {
        let persons = self.pair((one, other));
        let settled = self.candidates.iter().filter(|held| held.is_settled);
        let apart = settled.map(|held| held.candidate.pair);
        let undone = self.merges.iter().filter(|merged| merged.undone.is_some());
        let separated = undone.map(|merged| (merged.merge.into, merged.merge.from));
        apart.chain(separated).any(|pair| self.pair(pair) == persons)
    }

    /// The numbers of the business on which a person has an open conversation.
    fn open_on(&self, person: ContactId) -> BTreeSet<AccountId> {
        let members = self.members(person);
        let open = self.conversations.values().filter(|it| Conversation::is_open(it));
        let theirs = open.filter(|it| members.contains(&it.lane.contact));
        theirs.map(|it| it.lane.account.clone()).collect()
    }

    /// Who the customer is: themselves, or the last of those they were merged into.
    pub(super) fn survivor(&self, mut contact: ContactId) -> ContactId {
        while let Some(into) = self.merged_into.get(&contact) {
            contact = *into;
        }
        contact
    }

    /// All who are this person.
    pub(super) fn members(&self, person: ContactId) -> BTreeSet<ContactId> {
        let absorbed = self.merged_into.keys().filter(|from| self.survivor(**from) == person);
        absorbed.copied().chain([person]).collect()
    }

    fn known<const N: usize>(
        &self,
        operation: &'static str,
        tenant: &TenantId,
        contacts: [ContactId; N],
    ) -> Result<()> {
        let is_known = |id| self.contacts.get(&id).is_some_and(|contact| contact.tenant == *tenant);
        if contacts.into_iter().all(is_known) {
            return Ok(());
        }
        Err(Error::new(operation, ErrorKind::NotFound))
    }

    /// The persons that the two are, the lower id first; `None` when they are one.
    fn pair(&self, (one, other): (ContactId, ContactId)) -> Option<(ContactId, ContactId)> {
        let (one, other) = (self.survivor(one), self.survivor(other));
        (one != other).then_some((one.min(other), one.max(other)))
    }

    /// Notes two who may be one, unless they were noted before.
    fn note(&mut self, tenant: &TenantId, candidate: Candidate, is_settled: bool) {
        if self.candidates.iter().all(|held| held.candidate.pair != candidate.pair) {
            self.candidates.push(HeldCandidate { tenant: tenant.clone(), candidate, is_settled });
        }
    }
}
