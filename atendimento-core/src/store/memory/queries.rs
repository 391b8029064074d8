//! What can be read.

use std::collections::BTreeMap;

use async_trait::async_trait;

use crate::domain::access::{Grant, Subject};
use crate::domain::routing::Waiting;
use crate::domain::{Conversation, Lane, Protocol, RemoteRef, Status};
use crate::error::Result;
use crate::id::{AgentId, ContactId, ConversationId, MessageId, QueueId, TenantId};
use crate::store::memory::MemoryStore;
use crate::store::memory::state::State;
use crate::store::{
    Cursor, DeadLetter, Explained, Journaled, Listing, Notice, Orphan, Quarantined, Queries,
    StatusRecord, StoredMessage,
};
use crate::time::Timestamp;

#[async_trait]
impl Queries for MemoryStore {
    async fn conversation(&self, id: ConversationId) -> Result<Option<Conversation>> {
        Ok(self.state().conversations.get(&id).cloned())
    }

    async fn conversation_in(&self, lane: &Lane) -> Result<Option<Conversation>> {
        Ok(self.state().latest_of(lane).cloned())
    }

    async fn open_conversations(
        &self,
        tenant: &TenantId,
        limit: usize,
    ) -> Result<Vec<Conversation>> {
        let state = self.state();
        Ok(state
            .opened
            .iter()
            .filter_map(|id| state.conversations.get(id))
            .filter(|conversation| conversation.tenant == *tenant && conversation.is_open())
            .take(limit)
            .cloned()
            .collect())
    }

    async fn waiting(
        &self,
        tenant: &TenantId,
        queue: &QueueId,
        limit: usize,
    ) -> Result<Vec<Waiting>> {
        let state = self.state();
        let mut waiting: Vec<_> = state
            .conversations
            .values()
            .filter(|conversation| conversation.tenant == *tenant)
            .filter_map(|conversation| {
                let ticket = conversation.waiting().filter(|ticket| ticket.queue == *queue)?;
                Some(Waiting {
                    conversation: conversation.id,
                    version: conversation.version,
                    ticket: ticket.clone(),
                })
            })
            .collect();
        waiting.sort_by_key(|waiting| (waiting.ticket.key, waiting.conversation));
        waiting.truncate(limit);
        Ok(waiting)
    }

    async fn conversations(
        &self,
        grant: &Grant,
        listing: &Listing,
        limit: usize,
    ) -> Result<Vec<Conversation>> {
        let state = self.state();
        Ok(state.listed(grant, listing).take(limit).cloned().collect())
    }

    async fn count_conversations(
        &self,
        grant: &Grant,
        listing: &Listing,
    ) -> Result<BTreeMap<Status, u64>> {
        let state = self.state();
        let mut counts = BTreeMap::new();
        let all_pages = Listing { before: None, ..listing.clone() };
        for conversation in state.listed(grant, &all_pages) {
            *counts.entry(conversation.status()).or_default() += 1;
        }
        Ok(counts)
    }

    async fn conversation_by_protocol(
        &self,
        grant: &Grant,
        protocol: Protocol,
    ) -> Result<Option<Conversation>> {
        let state = self.state();
        let found = state.conversations.values().find(|conversation| {
            conversation.protocol == Some(protocol) && conversation.tenant == *grant.tenant()
        });
        Ok(found.filter(|found| grant.covers(&Subject::from(*found))).cloned())
    }

    async fn in_line(&self, tenant: &TenantId) -> Result<Vec<Conversation>> {
        let state = self.state();
        let in_line = state
            .conversations
            .values()
            .filter(|conversation| conversation.tenant == *tenant && conversation.line.is_some());
        Ok(in_line.cloned().collect())
    }

    async fn conversations_of(
        &self,
        tenant: &TenantId,
        agent: &AgentId,
    ) -> Result<Vec<Conversation>> {
        let state = self.state();
        Ok(state
            .opened
            .iter()
            .filter_map(|id| state.conversations.get(id))
            .filter(|conversation| {
                let asked = conversation.offered_to().map(|(asked, _)| asked);
                conversation.tenant == *tenant
                    && (conversation.assignee() == Some(agent) || asked == Some(agent))
            })
            .cloned()
            .collect())
    }

    async fn due(&self, now: Timestamp, limit: usize) -> Result<Vec<Conversation>> {
        let state = self.state();
        let mut due: Vec<_> = state
            .conversations
            .values()
            .filter_map(|conversation| Some((conversation.next_due()?, conversation)))
            .filter(|(due, _)| *due <= now)
            .collect();
        due.sort_by_key(|(due, conversation)| (*due, conversation.id));
        Ok(due.into_iter().take(limit).map(|(_, conversation)| conversation.clone()).collect())
    }

    async fn explanations(&self, conversation: ConversationId) -> Result<Vec<Explained>> {
        let state = self.state();
        let of_conversation = state.explanations.iter().filter(|(id, _)| *id == conversation);
        Ok(of_conversation.map(|(_, explained)| explained.clone()).collect())
    }

    async fn messages(&self, conversation: ConversationId) -> Result<Vec<StoredMessage>> {
        let state = self.state();
        Ok(state
            .messages
            .iter()
            .filter(|stored| stored.conversation == conversation)
            .cloned()
            .collect())
    }

    async fn message(&self, id: MessageId) -> Result<Option<StoredMessage>> {
        let state = self.state();
        Ok(state.message_at.get(&id).map(|&at| state.messages[at].clone()))
    }

    async fn message_by_remote(
        &self,
        tenant: &TenantId,
        remote: &RemoteRef,
    ) -> Result<Option<StoredMessage>> {
        Ok(self.state().called(tenant, remote).next().cloned())
    }

    async fn versions(&self, tenant: &TenantId, remote: &RemoteRef) -> Result<Vec<StoredMessage>> {
        let state = self.state();
        let versions = state.messages.iter().filter(|stored| {
            let record = &stored.record;
            let conversation = state.conversations.get(&stored.conversation);
            [&record.remote, &record.edits].contains(&&Some(remote.clone()))
                && conversation.is_some_and(|it| it.tenant == *tenant)
        });
        Ok(versions.cloned().collect())
    }

    async fn is_revoked(&self, tenant: &TenantId, remote: &RemoteRef) -> Result<bool> {
        Ok(self.state().revoked.contains(&(tenant.clone(), remote.clone())))
    }

    async fn statuses(&self, message: MessageId) -> Result<Vec<StatusRecord>> {
        let state = self.state();
        let of_message = state.statuses.iter().filter(|status| status.message == message);
        Ok(of_message.cloned().collect())
    }

    async fn crm_link(&self, connection: &str, contact: ContactId) -> Result<Option<String>> {
        let state = self.state();
        let survivor = state.survivor(contact);
        let mut persons = [survivor].into_iter().chain(state.members(survivor));
        Ok(persons.find_map(|id| state.links.get(&(connection.to_owned(), id)).cloned()))
    }

    async fn journal(&self, cursor: Cursor, limit: usize) -> Result<(Vec<Journaled>, Cursor)> {
        let state = self.state();
        let start = usize::try_from(cursor.0).unwrap_or(usize::MAX).min(state.journal.len());
        let page: Vec<_> = state.journal[start..].iter().take(limit).cloned().collect();
        let next = Cursor(cursor.0 + page.len() as u64);
        Ok((page, next))
    }

    async fn journal_end(&self) -> Result<Cursor> {
        Ok(Cursor(self.state().journal.len() as u64))
    }

    async fn notices(&self, tenant: &TenantId, limit: usize) -> Result<Vec<Notice>> {
        let state = self.state();
        let of_tenant = state.notices.iter().rev().filter(|notice| notice.tenant == *tenant);
        Ok(of_tenant.take(limit).cloned().collect())
    }

    async fn orphans(&self, tenant: &TenantId, limit: usize) -> Result<Vec<Orphan>> {
        let state = self.state();
        let of_tenant = state.orphans.iter().rev().filter(|orphan| orphan.tenant == *tenant);
        Ok(of_tenant.take(limit).cloned().collect())
    }

    async fn quarantined(&self, tenant: &TenantId, limit: usize) -> Result<Vec<Quarantined>> {
        Ok(newest(&self.state().quarantined, tenant, limit))
    }

    async fn dead_letters(&self, tenant: &TenantId, limit: usize) -> Result<Vec<DeadLetter>> {
        Ok(newest(&self.state().dead_letters, tenant, limit))
    }
}

impl State {
    /// What may be seen and is named, the newest first.
    fn listed<'a>(
        &'a self,
        grant: &'a Grant,
        listing: &'a Listing,
    ) -> impl Iterator<Item = &'a Conversation> {
        let Listing { status, queue, tag, contact, from, until, before } = listing;
        let person = contact.map(|contact| self.survivor(contact));
        let place = before.map(|id| self.opened.iter().position(|opened| *opened == id));
        let end = place.map_or(self.opened.len(), |place| place.unwrap_or(0));
        self.opened[..end]
            .iter()
            .rev()
            .filter_map(|id| self.conversations.get(id))
            .filter(|conversation| grant.covers(&Subject::from(*conversation)))
            .filter(move |conversation| {
                status.is_none_or(|status| conversation.status() == status)
                    && (queue.is_none() || conversation.queue == *queue)
                    && tag.as_ref().is_none_or(|tag| conversation.tags.contains(tag))
                    && from.is_none_or(|at| conversation.id >= ConversationId::first_at(at))
                    && until.is_none_or(|at| conversation.id < ConversationId::first_at(at))
                    && person.is_none_or(|it| self.survivor(conversation.lane.contact) == it)
            })
    }
}

fn newest<T: Clone>(rows: &[(TenantId, T)], tenant: &TenantId, limit: usize) -> Vec<T> {
    let of_tenant = rows.iter().rev().filter(|(of, _)| of == tenant);
    of_tenant.take(limit).map(|(_, row)| row.clone()).collect()
}
