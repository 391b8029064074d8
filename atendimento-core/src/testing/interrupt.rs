//! Stops a run between any two steps that matter.

use std::collections::BTreeMap;
use std::sync::Arc;

use async_trait::async_trait;

use crate::channel::{Authentic, Channel, Inbound, Outbound, SendOutcome};
use crate::crm::{Capabilities, ContactUpdate, CrmAdapter, Outcome, TimelineUpdate};
use crate::domain::access::Grant;
use crate::domain::routing::Waiting;
use crate::domain::{
    Agent, AgentProfile, Alias, Conversation, Lane, Presence, PresenceChange, Protocol, RemoteRef,
    Status,
};
use crate::error::Result;
use crate::id::{AgentId, ContactId, ConversationId, MessageId, QueueId, TenantId};
use crate::store::{
    Candidate, Commit, Commits, ConfigurationRecord, Configurations, ContactRecord, Cursor,
    DeadLetter, Directory, Done, Envelope, EnvelopeClaim, Explained, Inbox, JobClaim, JobKind,
    Journaled, LaneClaim, LaneStep, Lanes, Lease, Listing, Merge, Merged, Notice, Orphan, Outbox,
    Person, PresenceCursor, Quarantined, Queries, Resolution, Resolve, Roster, RosterCursor,
    Settlement, Split, SplitReport, StatusRecord, Store, StoredMessage,
};
use crate::time::Timestamp;

/// A side of a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Side {
    /// Nothing of it has happened.
    Before,
    /// All of it has happened, and nobody has been told.
    After,
}

/// Is told of each step that changes something, on both sides, and may never return.
#[async_trait]
pub trait Interrupt: Send + Sync {
    /// `step` is about to happen, or has just happened.
    async fn at(&self, step: &'static str, side: Side);
}

/// A store, channel or CRM whose steps can be interrupted.
///
/// Claims that find nothing are no steps; nor are queries.
#[derive(Clone)]
pub struct Interrupted<T> {
    inner: T,
    interrupt: Arc<dyn Interrupt>,
}

impl<T> Interrupted<T> {
    /// `inner`, with `interrupt` at each of its steps.
    pub fn new(inner: T, interrupt: Arc<dyn Interrupt>) -> Self {
        Self { inner, interrupt }
    }

    async fn step<O>(&self, name: &'static str, work: impl Future<Output = O> + Send) -> O {
        self.interrupt.at(name, Side::Before).await;
        let outcome = work.await;
        self.interrupt.at(name, Side::After).await;
        outcome
    }

    async fn claim<O>(
        &self,
        name: &'static str,
        work: impl Future<Output = Result<Option<O>>> + Send,
    ) -> Result<Option<O>> {
        let outcome = work.await;
        if matches!(outcome, Ok(Some(_))) {
            self.interrupt.at(name, Side::After).await;
        }
        outcome
    }
}

#[async_trait]
impl<S: Store> Inbox for Interrupted<S> {
    async fn append(&self, envelopes: Vec<Envelope>) -> Result<()> {
        self.step("append", self.inner.append(envelopes)).await
    }

    async fn claim_envelopes(&self, lease: Lease, limit: usize) -> Result<Option<EnvelopeClaim>> {
        self.claim("claim envelopes", self.inner.claim_envelopes(lease, limit)).await
    }

    async fn split(&self, claim: &EnvelopeClaim, split: Split) -> Result<SplitReport> {
        self.step("split", self.inner.split(claim, split)).await
    }
}

#[async_trait]
impl<S: Store> Lanes for Interrupted<S> {
    async fn claim_lane(&self, lease: Lease) -> Result<Option<LaneStep>> {
        self.claim("claim lane", self.inner.claim_lane(lease)).await
    }

    async fn defer(&self, claim: &LaneClaim, until: Timestamp) -> Result<()> {
        self.step("defer", self.inner.defer(claim, until)).await
    }

    async fn bury(&self, claim: &LaneClaim, reason: &str, now: Timestamp) -> Result<()> {
        self.step("bury", self.inner.bury(claim, reason, now)).await
    }
}

#[async_trait]
impl<S: Store> Commits for Interrupted<S> {
    async fn commit(&self, commit: Commit) -> Result<Option<Protocol>> {
        let name = match &commit.done {
            Done::Nothing => "commit action",
            Done::Entry(_) => "commit event",
            Done::Job(claim) => match JobKind::from(claim.job.effect) {
                JobKind::Send => "commit send",
                JobKind::Crm => "commit crm",
            },
        };
        self.step(name, self.inner.commit(commit)).await
    }
}

#[async_trait]
impl<S: Store> Outbox for Interrupted<S> {
    async fn claim_job(&self, kind: JobKind, lease: Lease) -> Result<Option<JobClaim>> {
        let name = match kind {
            JobKind::Send => "claim send",
            JobKind::Crm => "claim crm",
        };
        self.claim(name, self.inner.claim_job(kind, lease)).await
    }

    async fn start_attempt(&self, claim: &JobClaim, now: Timestamp) -> Result<()> {
        let name = match JobKind::from(claim.job.effect) {
            JobKind::Send => "start send",
            JobKind::Crm => "start crm",
        };
        self.step(name, self.inner.start_attempt(claim, now)).await
    }

    async fn settle(&self, claim: &JobClaim, settlement: Settlement) -> Result<()> {
        self.step("settle", self.inner.settle(claim, settlement)).await
    }
}

#[async_trait]
impl<S: Store> Directory for Interrupted<S> {
    async fn resolve(&self, requests: Vec<Resolve>) -> Result<Vec<Resolution>> {
        self.step("resolve", self.inner.resolve(requests)).await
    }

    async fn contact(&self, id: ContactId) -> Result<Option<ContactRecord>> {
        self.inner.contact(id).await
    }

    async fn held_by(&self, tenant: &TenantId, aliases: &[Alias]) -> Result<Vec<ContactId>> {
        self.inner.held_by(tenant, aliases).await
    }

    async fn person(&self, contact: ContactId) -> Result<Option<Person>> {
        self.inner.person(contact).await
    }

    async fn merge(&self, merge: Merge) -> Result<()> {
        self.step("merge", self.inner.merge(merge)).await
    }

    async fn undo_merge(
        &self,
        tenant: &TenantId,
        from: ContactId,
        by: &AgentId,
        at: Timestamp,
    ) -> Result<()> {
        self.step("undo merge", self.inner.undo_merge(tenant, from, by, at)).await
    }

    async fn merges(&self, contact: ContactId) -> Result<Vec<Merged>> {
        self.inner.merges(contact).await
    }

    async fn candidates(&self, tenant: &TenantId, limit: usize) -> Result<Vec<Candidate>> {
        self.inner.candidates(tenant, limit).await
    }

    async fn keep_apart(
        &self,
        tenant: &TenantId,
        pair: (ContactId, ContactId),
        by: &AgentId,
        at: Timestamp,
    ) -> Result<()> {
        self.step("keep apart", self.inner.keep_apart(tenant, pair, by, at)).await
    }
}

#[async_trait]
impl<S: Store> Roster for Interrupted<S> {
    async fn enroll(
        &self,
        tenant: &TenantId,
        agent: &AgentId,
        profile: &AgentProfile,
    ) -> Result<()> {
        self.step("enroll", self.inner.enroll(tenant, agent, profile)).await
    }

    async fn set_presence(
        &self,
        tenant: &TenantId,
        agent: &AgentId,
        presence: Presence,
        at: Timestamp,
    ) -> Result<()> {
        self.step("set presence", self.inner.set_presence(tenant, agent, presence, at)).await
    }

    async fn presences(
        &self,
        tenant: &TenantId,
        cursor: PresenceCursor,
        limit: usize,
    ) -> Result<(Vec<PresenceChange>, PresenceCursor)> {
        self.inner.presences(tenant, cursor, limit).await
    }

    async fn agent(&self, tenant: &TenantId, agent: &AgentId) -> Result<Option<Agent>> {
        self.inner.agent(tenant, agent).await
    }

    async fn agents(
        &self,
        tenant: &TenantId,
        cursor: RosterCursor,
        limit: usize,
    ) -> Result<(Vec<Agent>, RosterCursor)> {
        self.inner.agents(tenant, cursor, limit).await
    }
}

#[async_trait]
impl<S: Store> Configurations for Interrupted<S> {
    async fn publish(&self, record: ConfigurationRecord) -> Result<()> {
        self.step("publish configuration", self.inner.publish(record)).await
    }

    async fn configurations(
        &self,
        tenant: &TenantId,
        before: Option<u64>,
        limit: usize,
    ) -> Result<Vec<ConfigurationRecord>> {
        self.inner.configurations(tenant, before, limit).await
    }
}

#[async_trait]
impl<S: Store> Queries for Interrupted<S> {
    async fn conversation(&self, id: ConversationId) -> Result<Option<Conversation>> {
        self.inner.conversation(id).await
    }

    async fn conversation_in(&self, lane: &Lane) -> Result<Option<Conversation>> {
        self.inner.conversation_in(lane).await
    }

    async fn open_conversations(
        &self,
        tenant: &TenantId,
        limit: usize,
    ) -> Result<Vec<Conversation>> {
        self.inner.open_conversations(tenant, limit).await
    }

    async fn waiting(
        &self,
        tenant: &TenantId,
        queue: &QueueId,
        limit: usize,
    ) -> Result<Vec<Waiting>> {
        self.inner.waiting(tenant, queue, limit).await
    }

    async fn conversations(
        &self,
        grant: &Grant,
        listing: &Listing,
        limit: usize,
    ) -> Result<Vec<Conversation>> {
        self.inner.conversations(grant, listing, limit).await
    }

    async fn count_conversations(
        &self,
        grant: &Grant,
        listing: &Listing,
    ) -> Result<BTreeMap<Status, u64>> {
        self.inner.count_conversations(grant, listing).await
    }

    async fn conversation_by_protocol(
        &self,
        grant: &Grant,
        protocol: Protocol,
    ) -> Result<Option<Conversation>> {
        self.inner.conversation_by_protocol(grant, protocol).await
    }

    async fn in_line(&self, tenant: &TenantId) -> Result<Vec<Conversation>> {
        self.inner.in_line(tenant).await
    }

    async fn conversations_of(
        &self,
        tenant: &TenantId,
        agent: &AgentId,
    ) -> Result<Vec<Conversation>> {
        self.inner.conversations_of(tenant, agent).await
    }

    async fn due(&self, now: Timestamp, limit: usize) -> Result<Vec<Conversation>> {
        self.inner.due(now, limit).await
    }

    async fn explanations(&self, conversation: ConversationId) -> Result<Vec<Explained>> {
        self.inner.explanations(conversation).await
    }

    async fn messages(&self, conversation: ConversationId) -> Result<Vec<StoredMessage>> {
        self.inner.messages(conversation).await
    }

    async fn message(&self, id: MessageId) -> Result<Option<StoredMessage>> {
        self.inner.message(id).await
    }

    async fn message_by_remote(
        &self,
        tenant: &TenantId,
        remote: &RemoteRef,
    ) -> Result<Option<StoredMessage>> {
        self.inner.message_by_remote(tenant, remote).await
    }

    async fn versions(&self, tenant: &TenantId, remote: &RemoteRef) -> Result<Vec<StoredMessage>> {
        self.inner.versions(tenant, remote).await
    }

    async fn is_revoked(&self, tenant: &TenantId, mark: &RemoteRef) -> Result<bool> {
        self.inner.is_revoked(tenant, mark).await
    }

    async fn statuses(&self, message: MessageId) -> Result<Vec<StatusRecord>> {
        self.inner.statuses(message).await
    }

    async fn crm_link(&self, connection: &str, contact: ContactId) -> Result<Option<String>> {
        self.inner.crm_link(connection, contact).await
    }

    async fn journal(&self, cursor: Cursor, limit: usize) -> Result<(Vec<Journaled>, Cursor)> {
        self.inner.journal(cursor, limit).await
    }

    async fn journal_end(&self) -> Result<Cursor> {
        self.inner.journal_end().await
    }

    async fn notices(&self, tenant: &TenantId, limit: usize) -> Result<Vec<Notice>> {
        self.inner.notices(tenant, limit).await
    }

    async fn orphans(&self, tenant: &TenantId, limit: usize) -> Result<Vec<Orphan>> {
        self.inner.orphans(tenant, limit).await
    }

    async fn quarantined(&self, tenant: &TenantId, limit: usize) -> Result<Vec<Quarantined>> {
        self.inner.quarantined(tenant, limit).await
    }

    async fn dead_letters(&self, tenant: &TenantId, limit: usize) -> Result<Vec<DeadLetter>> {
        self.inner.dead_letters(tenant, limit).await
    }
}

#[async_trait]
impl<C: Channel> Channel for Interrupted<C> {
    fn read(&self, body: &Authentic) -> Vec<Inbound> {
        self.inner.read(body)
    }

    async fn send(&self, outbound: Outbound) -> SendOutcome {
        self.step("send", self.inner.send(outbound)).await
    }
}

#[async_trait]
impl<C: CrmAdapter> CrmAdapter for Interrupted<C> {
    fn connection(&self) -> &str {
        self.inner.connection()
    }

    fn capabilities(&self) -> Capabilities {
        self.inner.capabilities()
    }

    async fn upsert_contact(&self, update: ContactUpdate<'_>) -> Outcome {
        self.step("upsert contact", self.inner.upsert_contact(update)).await
    }

    async fn append_timeline(&self, update: TimelineUpdate<'_>) -> Outcome {
        self.step("append timeline", self.inner.append_timeline(update)).await
    }
}
