//! Small true-to-life values, told apart by a number.

use std::sync::Arc;

use crate::domain::routing::Ticket;
use crate::domain::{
    Agent, AgentProfile, Alias, AliasKind, BlindIndex, Conversation, Decision, DedupeKey, Delivery,
    Direction, Effect, Event, Fingerprint, Heard, Hold, Lane, OwnerKind, Presence, RemoteRef,
    Sealed, Service, Version, Way, Window, WrappedKey,
};
use crate::error::{ErrorKind, Result};
use crate::id::{
    AgentId, CapacityClass, ContactId, ConversationId, EnvelopeId, MessageId, QueueId, TenantId,
    WorkerId,
};
use crate::store::{
    Commit, ContactRecord, DeliveryChange, Done, Entry, EntryKind, Envelope, EnvelopeClaim, Job,
    JobClaim, JobKey, JobKind, LaneStep, Lease, Merge, MessageRecord, Notice, Orphan, Resolve,
    Split, SplitReport, Store,
};
use crate::time::Timestamp;

pub(super) fn tenant() -> TenantId {
    TenantId::from("acme")
}

pub(super) fn other_tenant() -> TenantId {
    TenantId::from("other")
}

pub(super) fn queue() -> QueueId {
    QueueId::from("sales")
}

pub(super) fn agent(name: &str) -> AgentId {
    AgentId::from(name)
}

pub(super) fn at(second: i64) -> Timestamp {
    Timestamp::from_seconds(1_700_000_000 + second)
}

/// A lease from `now` of ten seconds.
pub(super) fn lease(now: i64) -> Lease {
    Lease { worker: WorkerId::from_bytes([7; 16]), now: at(now), until: at(now + 10) }
}

fn bytes(number: u32) -> [u8; 16] {
    u128::from(number).to_be_bytes()
}

pub(super) fn sealed(number: u32) -> Sealed {
    Sealed::new(format!("sealed {number}").into_bytes())
}

pub(super) fn message_id(number: u32) -> MessageId {
    MessageId::from_bytes(bytes(number))
}

pub(super) fn contact_id(number: u32) -> ContactId {
    ContactId::from_bytes(bytes(number))
}

pub(super) fn conversation_id(number: u32) -> ConversationId {
    ConversationId::from_bytes(bytes(number))
}

pub(super) fn remote(number: u32) -> RemoteRef {
    RemoteRef::new(bytes(number))
}

pub(super) fn envelope(number: u32) -> Envelope {
    Envelope {
        id: EnvelopeId::from_bytes(bytes(number)),
        tenant: tenant(),
        received: at(i64::from(number)),
        body: sealed(number),
    }
}

pub(super) fn alias(kind: AliasKind, number: u32) -> Alias {
    Alias { kind, index: BlindIndex::new(bytes(number)) }
}

pub(super) fn contact(number: u32) -> ContactRecord {
    ContactRecord {
        id: contact_id(number),
        tenant: tenant(),
        key: WrappedKey::new(format!("key {number}").into_bytes()),
        profile: sealed(number),
    }
}

pub(super) fn resolve(aliases: Vec<Alias>, proposed: u32) -> Resolve {
    Resolve { heard: Heard::new(aliases, at(0)), proposed: contact(proposed) }
}

/// Heard at `second`.
pub(super) fn resolve_at(second: i64, aliases: Vec<Alias>, proposed: u32) -> Resolve {
    Resolve { heard: Heard::new(aliases, at(second)), proposed: contact(proposed) }
}

/// What a person decides: `from` is `into`.
pub(super) fn merge(into: u32, from: u32) -> Merge {
    Merge {
        tenant: tenant(),
        into: contact_id(into),
        from: contact_id(from),
        by: Some(agent("sofia")),
        at: at(50),
    }
}

pub(super) fn lane(contact: u32) -> Lane {
    Lane { contact: contact_id(contact), account: "106540352242922".into() }
}

pub(super) fn entry(number: u32, contact: u32) -> Entry {
    Entry {
        id: message_id(number),
        tenant: tenant(),
        lane: lane(contact),
        kind: EntryKind::Message,
        dedupe: DedupeKey::new(bytes(number)),
        fingerprint: fingerprint(number),
        occurred: at(i64::from(number)),
        payload: sealed(number),
    }
}

/// A status of the message that the channel calls `about`.
pub(super) fn orphan(number: u32, about: u32) -> Orphan {
    Orphan {
        id: message_id(number),
        tenant: tenant(),
        remote: remote(about),
        dedupe: DedupeKey::new(bytes(number)),
        fingerprint: fingerprint(number),
        occurred: at(i64::from(number)),
        payload: sealed(number),
    }
}

pub(super) fn notice(number: u32) -> Notice {
    Notice {
        id: message_id(number),
        tenant: tenant(),
        kind: "account_update".to_owned(),
        dedupe: DedupeKey::new(bytes(number)),
        fingerprint: fingerprint(number),
        received: at(i64::from(number)),
        contact: None,
        payload: sealed(number),
    }
}

pub(super) fn fingerprint(number: u32) -> Fingerprint {
    Fingerprint::new(u64::from(number).to_be_bytes())
}

pub(super) fn inbound(number: u32) -> MessageRecord {
    MessageRecord {
        id: message_id(number),
        direction: Direction::Inbound,
        written: at(i64::from(number)),
        content: sealed(number),
        remote: Some(remote(number)),
        edits: None,
        delivery: None,
    }
}

pub(super) fn outbound(number: u32) -> MessageRecord {
    MessageRecord {
        direction: Direction::Outbound,
        remote: None,
        delivery: Some(Delivery::Queued),
        ..inbound(number)
    }
}

/// The message comes to `delivery`, and the channel calls it `name`.
pub(super) fn named(message: u32, delivery: Delivery, name: u32) -> DeliveryChange {
    DeliveryChange {
        message: message_id(message),
        delivery,
        remote: Some((remote(name), sealed(name))),
    }
}

/// The conversation of the customer with the same number begins, and waits.
pub(super) fn opening(number: u32) -> Commit {
    opening_in(number, number)
}

/// A conversation of `contact` begins, and waits since the moment of its own number.
pub(super) fn opening_in(number: u32, contact: u32) -> Commit {
    let since = at(i64::from(number));
    let new = Conversation::new(
        conversation_id(number),
        tenant(),
        lane(contact),
        Window::CLOSED.renewed(since),
    );
    let opened = Event::Opened { service: Service::default(), queue: None };
    Commit { at: since, ..change(&new, vec![opened, queued(number)]) }
}

/// It waits, since the moment of that number.
pub(super) fn queued(number: u32) -> Event {
    Event::Queued { ticket: Box::new(ticket(number)) }
}

pub(super) fn ticket(number: u32) -> Ticket {
    Ticket::plain(queue(), at(i64::from(number)))
}

/// The conversation changes by `events`.
pub(super) fn change(before: &Conversation, events: Vec<Event>) -> Commit {
    Commit::new(before, Decision::from(events), at(100))
}

/// Something happens that changes nothing else.
pub(super) fn touch(before: &Conversation) -> Commit {
    change(before, vec![Event::WindowClosed])
}

pub(super) fn assignment(before: &Conversation, to: &str) -> Commit {
    weighing(before, to, 1)
}

/// The conversation is assigned to `to` and takes `weight` of their capacity.
pub(super) fn weighing(before: &Conversation, to: &str, weight: u32) -> Commit {
    let assigned = Event::Assigned {
        agent: agent(to),
        fence: before.fence.next(),
        since: at(100),
        kind: OwnerKind::Person { hold: Hold { class: CapacityClass::CHAT.into(), weight } },
        way: Way::Routed,
        by: None,
    };
    change(before, vec![assigned])
}

/// The conversation, which waits, is offered to `to`.
pub(super) fn offer(before: &Conversation, to: &str) -> Commit {
    let until = at(120);
    let offered = Event::Offered { agent: agent(to), fence: before.fence.next(), until };
    change(before, vec![offered])
}

pub(super) fn closing(before: &Conversation) -> Commit {
    change(before, vec![Event::Closed { by: Some(agent("ana")), at: at(100) }])
}

/// The commit, with these jobs besides.
pub(super) fn with_jobs(commit: Commit, effects: &[Effect]) -> Commit {
    let jobs = (0..)
        .zip(effects)
        .map(|(index, effect)| Job {
            key: JobKey {
                conversation: commit.conversation.id,
                version: commit.conversation.version,
                index,
            },
            tenant: commit.conversation.tenant.clone(),
            lane: commit.conversation.lane.clone(),
            effect: *effect,
            due: commit.at,
        })
        .collect();
    Commit { jobs, ..commit }
}

pub(super) fn send(message: u32) -> Effect {
    Effect::Send { message: message_id(message) }
}

pub(super) fn sync_crm(message: u32) -> Effect {
    Effect::SyncCrm { message: message_id(message) }
}

/// Makes the customers known.
pub(super) async fn know(store: &Arc<dyn Store>, contacts: impl IntoIterator<Item = u32>) {
    let requests =
        contacts.into_iter().map(|number| resolve(vec![alias(AliasKind::User, number)], number));
    let resolved = store.resolve(requests.collect()).await;
    resolved.expect("customers are resolved");
}

/// Commits what must succeed, and answers the state after it.
pub(super) async fn commit(store: &Arc<dyn Store>, commit: Commit) -> Conversation {
    let after = commit.conversation.clone();
    store.commit(commit).await.expect("the commit is accepted");
    after
}

/// A conversation that waits, of the customer with the same number.
pub(super) async fn waiting(store: &Arc<dyn Store>, number: u32) -> Conversation {
    know(store, [number]).await;
    commit(store, opening(number)).await
}

/// An agent who takes conversations.
pub(super) async fn available(store: &Arc<dyn Store>, name: &str, capacity: u32) {
    let name = agent(name);
    let profile = AgentProfile::chats([queue()], capacity);
    let enrolled = store.enroll(&tenant(), &name, &profile).await;
    enrolled.expect("the agent is enrolled");
    let present = store.set_presence(&tenant(), &name, Presence::Available, at(0)).await;
    present.expect("the agent is there");
}

/// How much the agent has.
pub(super) async fn load(store: &Arc<dyn Store>, name: &str) -> u32 {
    enrolled(store, name).await.used_of(&CapacityClass::CHAT.into())
}

/// An agent who must be there.
pub(super) async fn enrolled(store: &Arc<dyn Store>, name: &str) -> Agent {
    let found = store.agent(&tenant(), &agent(name)).await;
    found.expect("agents are read").expect("the agent is enrolled")
}

/// Appends a body and claims what is there.
pub(super) async fn claimed(store: &Arc<dyn Store>) -> EnvelopeClaim {
    store.append(vec![envelope(1)]).await.expect("the body is appended");
    let claim = store.claim_envelopes(lease(0), 100).await;
    claim.expect("envelopes are claimed").expect("there is an envelope")
}

/// Takes in what a body held.
pub(super) async fn take_in(store: &Arc<dyn Store>, split: Split) -> SplitReport {
    let claim = claimed(store).await;
    let report = store.split(&claim, split).await;
    report.expect("the split is accepted")
}

/// Takes in events, each of the named customer, who are made known.
pub(super) async fn receive(store: &Arc<dyn Store>, events: &[(u32, u32)]) {
    know(store, events.iter().map(|(_, contact)| *contact)).await;
    let entries = events.iter().map(|(number, contact)| entry(*number, *contact)).collect();
    let split = Split { entries, ..Split::default() };
    take_in(store, split).await;
}

pub(super) async fn claim_lane(store: &Arc<dyn Store>, now: i64) -> Option<LaneStep> {
    let claim = store.claim_lane(lease(now)).await;
    claim.expect("lanes can be claimed")
}

/// A lane that must be there to be claimed.
pub(super) async fn lane_step(store: &Arc<dyn Store>, now: i64) -> LaneStep {
    let step = claim_lane(store, now).await;
    step.expect("a lane waits")
}

pub(super) async fn claim_job(store: &Arc<dyn Store>, kind: JobKind, now: i64) -> Option<JobClaim> {
    let claim = store.claim_job(kind, lease(now)).await;
    claim.expect("jobs can be claimed")
}

/// A job that must be there to be claimed.
pub(super) async fn job(store: &Arc<dyn Store>, kind: JobKind, now: i64) -> JobClaim {
    let claim = claim_job(store, kind, now).await;
    claim.expect("a job is due")
}

/// Finishes the job with a commit that changes nothing else.
pub(super) async fn finish(store: &Arc<dyn Store>, claim: JobClaim) {
    let before = store.conversation(claim.job.key.conversation).await;
    let before = before.expect("conversations are read");
    let before = before.expect("a job is of a conversation");
    let done = Done::Job(claim);
    let finished = Commit { done, ..touch(&before) };
    commit(store, finished).await;
}

/// What kind of refusal it is, for one that must be refused.
pub(super) fn refusal<T>(outcome: Result<T>) -> ErrorKind {
    match outcome {
        Ok(_) => panic!("it is accepted and must be refused"),
        Err(error) => error.kind(),
    }
}

/// The version of a conversation; new when there is none.
pub(super) async fn version(store: &Arc<dyn Store>, number: u32) -> Version {
    let found = store.conversation(conversation_id(number)).await;
    let found = found.expect("conversations are read");
    found.map_or(Version::NEW, |conversation| conversation.version)
}
