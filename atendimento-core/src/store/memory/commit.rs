//! The one transaction that changes a conversation: everything is checked, then applied.

use std::collections::HashSet;

use async_trait::async_trait;

use crate::domain::{Conversation, Protocol, Version};
use crate::error::{Error, ErrorKind, Result};
use crate::store::memory::MemoryStore;
use crate::store::memory::state::{JobState, State};
use crate::store::{
    Commit, Commits, DeliveryChange, Done, Explained, Journaled, MessageRecord, Orphan, Revocation,
    StoredMessage,
};

const OPERATION: &str = "commit";

#[async_trait]
impl Commits for MemoryStore {
    async fn commit(&self, commit: Commit) -> Result<Option<Protocol>> {
        let mut state = self.state();
        state.check(&commit)?;
        let Some(day) = commit.number_on else {
            state.apply(commit);
            return Ok(None);
        };
        let last = state.protocols.entry((commit.conversation.tenant.clone(), day)).or_default();
        *last += 1;
        let protocol = Protocol::new(day, *last);
        state.apply(commit.numbered(protocol));
        Ok(Some(protocol))
    }
}

impl State {
    fn check(&self, commit: &Commit) -> Result<()> {
        match &commit.done {
            Done::Nothing => {}
            Done::Entry(claim) => {
                self.check_lane(claim, OPERATION)?;
                let of = [claim.lane.contact, commit.conversation.lane.contact];
                if self.survivor(of[0]) != self.survivor(of[1]) {
                    return Err(Error::new(OPERATION, ErrorKind::Conflict));
                }
            }
            Done::Job(claim) => self.check_job(claim, OPERATION)?,
        }
        let stored = self.conversations.get(&commit.conversation.id);
        let version = stored.map_or(Version::NEW, |conversation| conversation.version);
        if version != commit.expected {
            return Err(Error::new(OPERATION, ErrorKind::Conflict));
        }
        if stored.is_none() && self.lane_is_open(&commit.conversation) {
            return Err(Error::new(OPERATION, ErrorKind::Conflict));
        }
        let opens_again = stored.is_some_and(|stored| !stored.is_open());
        let latest = self.latest_of(&commit.conversation.lane).map(|latest| latest.id);
        if opens_again && commit.conversation.is_open() && latest != Some(commit.conversation.id) {
            return Err(Error::new(OPERATION, ErrorKind::Conflict));
        }
        if !self.contacts.contains_key(&commit.conversation.lane.contact) {
            return Err(Error::new(OPERATION, ErrorKind::InvalidInput));
        }
        let mut messages = HashSet::new();
        let is_new = |id| !self.message_at.contains_key(&id) && messages.insert(id);
        if !commit.messages.iter().map(|new| new.id).all(is_new) {
            return Err(Error::new(OPERATION, ErrorKind::Duplicate));
        }
        if !self.has_room(commit) {
            return Err(Error::new(OPERATION, ErrorKind::AgentUnavailable));
        }
        let mut jobs: HashSet<_> = self.jobs.values().map(|held| held.job.key).collect();
        if let Done::Job(claim) = &commit.done {
            jobs.remove(&claim.job.key);
        }
        if !commit.jobs.iter().all(|new| jobs.insert(new.key)) {
            return Err(Error::new(OPERATION, ErrorKind::Duplicate));
        }
        Ok(())
    }

    fn lane_is_open(&self, conversation: &Conversation) -> bool {
        self.latest_of(&conversation.lane).is_some_and(Conversation::is_open)
    }

    fn apply(&mut self, commit: Commit) {
        self.move_load(&commit);
        let Commit { conversation, at, .. } = commit;
        if let Some(answer) = &commit.answer {
            self.count_answer(&conversation.tenant, answer, at);
        }
        if let Some(explanation) = commit.explanation {
            let explained = Explained { version: conversation.version, at, explanation };
            self.explanations.push((conversation.id, explained));
        }
        for (index, event) in (0..).zip(commit.events) {
            self.journal.push(Journaled {
                tenant: conversation.tenant.clone(),
                conversation: conversation.id,
                version: conversation.version,
                index,
                at,
                event,
            });
        }
        for record in commit.messages {
            self.add_message(&conversation, record);
        }
        for change in commit.deliveries {
            self.advance(&conversation, change);
        }
        if let Some(Revocation { mark, contents }) = commit.revocation {
            self.revoked.insert((conversation.tenant.clone(), mark));
            for (message, content) in contents {
                if let Some(&at) = self.message_at.get(&message) {
                    self.messages[at].record.content = content;
                }
            }
        }
        self.statuses.extend(commit.statuses);
        // The finished job goes before the new ones come, which may take its key.
        match commit.done {
            Done::Nothing => {}
            Done::Entry(claim) => {
                self.pop_entry(&claim.lane);
            }
            Done::Job(claim) => self.jobs.retain(|_, held| held.job.key != claim.job.key),
        }
        for job in commit.jobs {
            let free_at = job.due;
            let held = JobState { job, fence: 0, free_at, attempts: 0, started: None };
            self.jobs.insert(self.next_job, held);
            self.next_job += 1;
        }
        if let Some(link) = commit.link {
            self.links.insert((link.connection, link.contact), link.remote);
        }
        if let Some(profile) = commit.profile
            && let Some(contact) = self.contacts.get_mut(&conversation.lane.contact)
        {
            contact.profile = profile;
        }
        if !self.conversations.contains_key(&conversation.id) {
            self.opened.push(conversation.id);
            let latest = (self.opened.len(), conversation.id);
            self.latest.insert(conversation.lane.clone(), latest);
        }
        self.conversations.insert(conversation.id, conversation);
    }

    fn add_message(&mut self, conversation: &Conversation, record: MessageRecord) {
        self.message_at.insert(record.id, self.messages.len());
        self.messages.push(StoredMessage {
            conversation: conversation.id,
            lane: conversation.lane.clone(),
            record,
            remote_id: None,
        });
    }

    fn advance(&mut self, conversation: &Conversation, change: DeliveryChange) {
        let Some(&at) = self.message_at.get(&change.message) else {
            return;
        };
        let stored = &mut self.messages[at];
        if let Some(next) = stored.record.delivery.and_then(|now| now.advance(change.delivery)) {
            stored.record.delivery = Some(next);
        }
        let Some((remote, sealed)) = change.remote else {
            return;
        };
        if stored.record.remote.is_some() {
            return;
        }
        stored.record.remote = Some(remote.clone());
        stored.remote_id = Some(sealed);
        let (woken, kept) = std::mem::take(&mut self.orphans)
            .into_iter()
            .partition(|orphan| orphan.tenant == conversation.tenant && orphan.remote == remote);
        self.orphans = kept;
        let woken: Vec<Orphan> = woken;
        for orphan in woken {
            self.push_entry(orphan.into_entry(conversation.lane.clone(), change.message));
        }
    }
}
