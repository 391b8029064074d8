//! The SQLite store gives the same answers as the reference model to the same calls, whatever
//! they are and in whatever order.

use std::fmt::Debug;
use std::sync::Arc;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;

use crate::domain::routing::{Key, Ticket};
use crate::domain::{
    AgentProfile, AliasKind, Conversation, Day, Delivery, Event, OfferEnd, Presence, Version,
    Window,
};
use crate::error::Result;
use crate::id::ContactId;
use crate::store::memory::MemoryStore;
use crate::store::sqlite::SqliteStore;
use crate::store::{
    Capacity, Commit, Cursor, Done, EnvelopeClaim, JobClaim, JobKind, LaneClaim, Merge,
    MessageRecord, OfferAnswer, PresenceCursor, Revocation, RosterCursor, Settlement, Split, Store,
    Unreadable,
};
use crate::testing::conformance::run;
use crate::testing::conformance::samples::{
    agent, alias, assignment, at, change, closing, conversation_id, entry, envelope, fingerprint,
    inbound, lane, lease, merge, message_id, named, notice, offer, orphan, other_tenant, outbound,
    queue, remote, resolve_at, sealed, send, sync_crm, tenant, ticket, touch, weighing, with_jobs,
};

#[derive(Clone, Debug)]
enum Call {
    Wait(i64),
    Append(u32),
    ClaimEnvelopes(usize),
    Split {
        claim: Index,
        events: Vec<(u32, usize)>,
        orphans: Vec<(u32, u32)>,
        notices: Vec<(u32, u32)>,
        quarantine: bool,
    },
    ClaimLane,
    Defer(Index, i64),
    Bury(Index),
    ClaimJob(JobKind),
    Start(Index),
    Settle(Index, bool, i64),
    Resolve {
        aliases: Vec<(AliasKind, u32)>,
        hints: Vec<(AliasKind, u32)>,
        former: Vec<(AliasKind, u32)>,
        second: i64,
    },
    Merge(usize, usize),
    UndoMerge(usize),
    KeepApart(usize, usize),
    Enroll(&'static str, u32),
    SetPresence(&'static str, Presence),
    Commit {
        conversation: u32,
        act: Act,
        done: Finish,
        stale: bool,
        messages: Vec<u32>,
        named: Option<(u32, u32, Delivery)>,
        jobs: usize,
        profile: bool,
    },
}

#[derive(Clone, Copy, Debug)]
enum Act {
    Nothing,
    Touch,
    Assign(&'static str),
    Queue,
    Offer(&'static str),
    Miss(u32),
    Force(&'static str, u32),
    Snooze(i64),
    Close,
    Reopen,
}

#[derive(Clone, Debug)]
enum Finish {
    Nothing,
    Entry(Index),
    Job(Index),
}

fn calls() -> impl Strategy<Value = Call> {
    let agents = || prop_oneof![Just("ana"), Just("bia")];
    let number = || 0_u32..6;
    let act = prop_oneof![
        Just(Act::Nothing),
        Just(Act::Touch),
        agents().prop_map(Act::Assign),
        Just(Act::Queue),
        agents().prop_map(Act::Offer),
        (0_u32..3).prop_map(Act::Miss),
        (agents(), 0_u32..3).prop_map(|(agent, weight)| Act::Force(agent, weight)),
        (0_i64..60).prop_map(Act::Snooze),
        Just(Act::Close),
        Just(Act::Reopen),
    ];
    let finish = prop_oneof![
        2 => Just(Finish::Nothing),
        2 => any::<Index>().prop_map(Finish::Entry),
        1 => any::<Index>().prop_map(Finish::Job),
    ];
    let delivery = prop_oneof![
        Just(Delivery::Accepted),
        Just(Delivery::Failed { code: Some(1) }),
        Just(Delivery::Read),
    ];
    let named = proptest::option::of((number(), number(), delivery));
    let commit = (
        0_u32..5,
        act,
        finish,
        prop::bool::weighted(0.1),
        vec(number(), 0..3),
        named,
        0_usize..3,
        any::<bool>(),
    );
    let commit =
        commit.prop_map(|(conversation, act, done, stale, messages, named, jobs, profile)| {
            Call::Commit { conversation, act, done, stale, messages, named, jobs, profile }
        });
    let split = (
        any::<Index>(),
        vec((number(), 0_usize..4), 0..5),
        vec((6_u32..9, number()), 0..3),
        vec((9_u32..12, number()), 0..2),
        any::<bool>(),
    );
    let split = split.prop_map(|(claim, events, orphans, notices, quarantine)| Call::Split {
        claim,
        events,
        orphans,
        notices,
        quarantine,
    });
    let kinds = || prop_oneof![Just(JobKind::Send), Just(JobKind::Crm)];
    let alias_kinds = || {
        prop_oneof![
            1 => Just(AliasKind::Parent),
            3 => Just(AliasKind::User),
            1 => Just(AliasKind::Observed),
            3 => Just(AliasKind::Phone),
        ]
    };
    let resolve = (
        vec((alias_kinds(), 0_u32..4), 1..4),
        vec((Just(AliasKind::Phone), 0_u32..4), 0..2),
        vec((alias_kinds(), 0_u32..4), 0..2),
        0_i64..9,
    );
    let resolve = resolve.prop_map(|(aliases, hints, former, second)| Call::Resolve {
        aliases,
        hints,
        former,
        second,
    });
    let some = || 0_usize..6;
    let presences = prop_oneof![
        3 => Just(Presence::Available),
        1 => Just(Presence::Away),
    ];
    prop_oneof![
        1 => (0_i64..12).prop_map(Call::Wait),
        2 => (0_u32..4).prop_map(Call::Append),
        3 => (0_usize..3).prop_map(Call::ClaimEnvelopes),
        4 => split,
        4 => Just(Call::ClaimLane),
        1 => (any::<Index>(), 0_i64..20).prop_map(|(claim, later)| Call::Defer(claim, later)),
        1 => any::<Index>().prop_map(Call::Bury),
        3 => kinds().prop_map(Call::ClaimJob),
        1 => any::<Index>().prop_map(Call::Start),
        1 => (any::<Index>(), any::<bool>(), 0_i64..20)
            .prop_map(|(claim, retry, later)| Call::Settle(claim, retry, later)),
        4 => resolve,
        2 => (some(), some()).prop_map(|(into, from)| Call::Merge(into, from)),
        1 => some().prop_map(Call::UndoMerge),
        1 => (some(), some()).prop_map(|(one, other)| Call::KeepApart(one, other)),
        1 => (agents(), 0_u32..3).prop_map(|(agent, capacity)| Call::Enroll(agent, capacity)),
        1 => (agents(), presences).prop_map(|(agent, at)| Call::SetPresence(agent, at)),
        8 => commit,
    ]
}

/// Both stores, and what was heard from them.
struct Pair {
    stores: [Arc<dyn Store>; 2],
    now: i64,
    contacts: Vec<ContactId>,
    envelopes: Vec<EnvelopeClaim>,
    lanes: Vec<LaneClaim>,
    jobs: Vec<JobClaim>,
}

impl Pair {
    /// What both answer.
    async fn both<T: PartialEq + Debug, F: Future<Output = Result<T>>>(
        &self,
        ask: impl Fn(Arc<dyn Store>) -> F,
    ) -> Option<T> {
        let [model, store] = &self.stores;
        let expected = ask(Arc::clone(model)).await.map_err(|error| error.kind());
        let answered = ask(Arc::clone(store)).await.map_err(|error| error.kind());
        assert_eq!(answered, expected);
        expected.ok()
    }

    async fn call(&mut self, call: Call) {
        let now = self.now;
        match call {
            Call::Wait(seconds) => self.now += seconds,
            Call::Append(count) => {
                let envelopes: Vec<_> = (0..count).map(envelope).collect();
                self.both(async |store| store.append(envelopes.clone()).await).await;
            }
            Call::ClaimEnvelopes(limit) => {
                let ask = async |store: Arc<dyn Store>| {
                    let lease = lease(now);
                    store.claim_envelopes(lease, limit).await
                };
                self.envelopes.extend(self.both(ask).await.flatten());
            }
            Call::Split { claim, events, orphans, notices, quarantine } => {
                if self.envelopes.is_empty() {
                    return;
                }
                let claim = claim.get(&self.envelopes).clone();
                let split = self.split(&claim, &events, &orphans, &notices, quarantine);
                self.both(async |store| store.split(&claim, split.clone()).await).await;
            }
            Call::ClaimLane => {
                let ask = async |store: Arc<dyn Store>| store.claim_lane(lease(now)).await;
                let step = self.both(ask).await.flatten();
                self.lanes.extend(step.map(|step| step.claim));
            }
            Call::Defer(claim, later) if !self.lanes.is_empty() => {
                let claim = claim.get(&self.lanes);
                self.both(async |store| store.defer(claim, at(now + later)).await).await;
            }
            Call::Bury(claim) if !self.lanes.is_empty() => {
                let claim = claim.get(&self.lanes);
                self.both(async |store| store.bury(claim, "test", at(now)).await).await;
            }
            Call::ClaimJob(kind) => {
                let ask = async |store: Arc<dyn Store>| store.claim_job(kind, lease(now)).await;
                self.jobs.extend(self.both(ask).await.flatten());
            }
            Call::Start(claim) if !self.jobs.is_empty() => {
                let claim = claim.get(&self.jobs);
                self.both(async |store| store.start_attempt(claim, at(now)).await).await;
            }
            Call::Settle(claim, retry, later) if !self.jobs.is_empty() => {
                let claim = claim.get(&self.jobs);
                let later = at(now + later);
                let settlement = if retry {
                    Settlement::Retry { at: later }
                } else {
                    Settlement::Await { until: later }
                };
                self.both(async |store| store.settle(claim, settlement.clone()).await).await;
            }
            Call::Defer(..) | Call::Bury(_) | Call::Start(_) | Call::Settle(..) => {}
            Call::Resolve { aliases: aliases_heard, hints, former, second } => {
                let aliases = |these: Vec<(AliasKind, u32)>| {
                    these.into_iter().map(|(kind, number)| alias(kind, number)).collect()
                };
                let proposed = 100 + self.new_number();
                let mut request = resolve_at(second, aliases(aliases_heard), proposed);
                request.heard.hints = aliases(hints);
                request.heard.former = aliases(former);
                let ask = async |store: Arc<dyn Store>| store.resolve(vec![request.clone()]).await;
                for resolution in self.both(ask).await.into_iter().flatten() {
                    self.contacts.push(resolution.contact.id);
                }
            }
            Call::Merge(into, from) => {
                let merge =
                    Merge { into: self.contact(into), from: self.contact(from), ..merge(1, 2) };
                self.both(async |store| store.merge(merge.clone()).await).await;
            }
            Call::UndoMerge(from) => {
                let (from, sofia) = (self.contact(from), agent("sofia"));
                let ask = async |store: Arc<dyn Store>| {
                    store.undo_merge(&tenant(), from, &sofia, at(now)).await
                };
                self.both(ask).await;
            }
            Call::KeepApart(one, other) => {
                let (pair, sofia) = ((self.contact(one), self.contact(other)), agent("sofia"));
                let ask = async |store: Arc<dyn Store>| {
                    store.keep_apart(&tenant(), pair, &sofia, at(now)).await
                };
                self.both(ask).await;
            }
            Call::Enroll(name, capacity) => {
                let name = agent(name);
                let profile = AgentProfile::chats([queue(), queue()], capacity);
                self.both(async |store| store.enroll(&tenant(), &name, &profile).await).await;
            }
            Call::SetPresence(name, presence) => {
                let name = agent(name);
                let ask = async |store: Arc<dyn Store>| {
                    store.set_presence(&tenant(), &name, presence, at(now)).await
                };
                self.both(ask).await;
            }
            Call::Commit {
                conversation,
                act,
                done,
                stale,
                messages,
                named: name,
                jobs,
                profile,
            } => {
                let before = self.before(conversation).await;
                let mut commit = self.decide(&before, act);
                if before.version == Version::NEW && messages.len() > 1 {
                    commit.number_on = Some(Day::new(20_231_114));
                }
                if stale {
                    commit.expected = commit.expected.next();
                }
                let messages = messages.into_iter();
                commit.messages = messages
                    .map(|number| match number % 2 {
                        0 => outbound(number),
                        _ => MessageRecord { edits: Some(remote(number / 2)), ..inbound(number) },
                    })
                    .collect();
                let changes = name.map(|(message, name, delivery)| named(message, delivery, name));
                commit.deliveries.extend(changes);
                commit.revocation = (jobs == 2).then(|| Revocation {
                    mark: remote(conversation),
                    contents: vec![(message_id(conversation), sealed(conversation + 50))],
                });
                commit.profile = profile.then(|| sealed(conversation));
                commit.done = match done {
                    Finish::Entry(claim) if !self.lanes.is_empty() => {
                        Done::Entry(claim.get(&self.lanes).clone())
                    }
                    Finish::Job(claim) if !self.jobs.is_empty() => {
                        Done::Job(claim.get(&self.jobs).clone())
                    }
                    Finish::Nothing | Finish::Entry(_) | Finish::Job(_) => Done::Nothing,
                };
                let commit = with_jobs(commit, &[send(1), sync_crm(2)][..jobs]);
                self.both(async |store| store.commit(commit.clone()).await).await;
            }
        }
    }

    fn new_number(&self) -> u32 {
        u32::try_from(self.contacts.len()).expect("there are few calls")
    }

    /// The customer of a number; unknown while there are not so many.
    fn contact(&self, number: usize) -> ContactId {
        let unknown = lane(999).contact;
        self.contacts.get(number).copied().unwrap_or(unknown)
    }

    fn split(
        &self,
        claim: &EnvelopeClaim,
        events: &[(u32, usize)],
        orphans: &[(u32, u32)],
        notices: &[(u32, u32)],
        quarantine: bool,
    ) -> Split {
        let entries = events.iter().map(|(number, contact)| {
            let mut event = entry(*number, 0);
            event.lane.contact = self.contact(*contact);
            event.fingerprint = fingerprint(number + u32::from(*contact == 3));
            event
        });
        let notices = notices.iter().map(|(number, contents)| {
            let mut event = notice(*number);
            event.fingerprint = fingerprint(*contents);
            event
        });
        let reason = |claim: &EnvelopeClaim| Unreadable {
            envelope: claim.envelopes[0].id,
            reason: "test".to_owned(),
            seen: None,
        };
        Split {
            entries: entries.collect(),
            orphans: orphans.iter().map(|(number, about)| orphan(*number, *about)).collect(),
            notices: notices.collect(),
            quarantine: quarantine.then(|| reason(claim)).into_iter().collect(),
        }
    }

    async fn before(&self, number: u32) -> Conversation {
        let ask = async |store: Arc<dyn Store>| store.conversation(conversation_id(number)).await;
        let found = self.both(ask).await.flatten();
        found.unwrap_or_else(|| {
            let mut lane = lane(0);
            lane.contact = self.contact(number as usize % 3);
            Conversation::new(conversation_id(number), tenant(), lane, Window::CLOSED)
        })
    }

    fn decide(&self, before: &Conversation, act: Act) -> Commit {
        let ticket = Ticket { key: Key::due(at(self.now)), ..ticket(1) };
        let queued = Event::Queued { ticket: Box::new(ticket) };
        let ended = |agent| Event::OfferEnded { agent, end: OfferEnd::TimedOut };
        let mut commit = match act {
            // A rule of the domain: what is closed stays closed.
            Act::Reopen if !before.is_open() => change(before, vec![Event::Reopened, queued]),
            _ if !before.is_open() => touch(before),
            Act::Offer(name) if before.waiting().is_some() => offer(before, name),
            Act::Miss(most) => match before.offered_to() {
                Some((agent, _)) => Commit {
                    answer: Some(OfferAnswer::Missed { agent: agent.clone(), most }),
                    ..change(before, vec![ended(agent.clone())])
                },
                None => touch(before),
            },
            Act::Snooze(second) => change(before, vec![Event::Snoozed { until: at(second) }]),
            Act::Force(name, weight) => {
                Commit { capacity: Capacity::Forced, ..weighing(before, name, weight) }
            }
            Act::Reopen | Act::Offer(_) => touch(before),
            Act::Nothing => change(before, Vec::new()),
            Act::Touch => touch(before),
            Act::Assign(name) => assignment(before, name),
            Act::Queue => change(before, vec![queued]),
            Act::Close => closing(before),
        };
        commit.at = at(self.now);
        commit
    }

    /// Whatever can be read is the same.
    async fn compare(&self) {
        let read = async |store: Arc<dyn Store>| {
            let mut conversations = Vec::new();
            for number in 0..5 {
                let id = conversation_id(number);
                conversations.push((store.conversation(id).await?, store.messages(id).await?));
            }
            let (mut messages, mut revoked, mut versions) = (Vec::new(), Vec::new(), Vec::new());
            for number in 0..6 {
                messages.push(store.message(message_id(number)).await?);
                let found = store.message_by_remote(&tenant(), &remote(number)).await;
                messages.push(found?);
                revoked.push(store.is_revoked(&tenant(), &remote(number)).await?);
                versions.push(store.versions(&tenant(), &remote(number)).await?);
            }
            Ok((conversations, messages, revoked, versions))
        };
        self.both(read).await;
        let list = async |store: Arc<dyn Store>| {
            Ok((
                store.open_conversations(&tenant(), 9).await?,
                store.waiting(&tenant(), &queue(), 9).await?,
                store.agents(&tenant(), RosterCursor::default(), 9).await?.0,
                store.agent(&tenant(), &agent("bia")).await?,
                store.conversations_of(&tenant(), &agent("ana")).await?,
                store.due(at(30), 9).await?,
                store.notices(&tenant(), 9).await?,
                store.quarantined(&tenant(), 9).await?,
                store.dead_letters(&tenant(), 9).await?,
                store.notices(&other_tenant(), 9).await?,
                store.journal(Cursor(3), 99).await?,
                store.presences(&tenant(), PresenceCursor(2), 3).await?,
            ))
        };
        self.both(list).await;
        self.both(async |store| store.candidates(&tenant(), 9).await).await;
        let number = [alias(AliasKind::Phone, 1)];
        self.both(async |store| store.held_by(&tenant(), &number).await).await;
        for contact in &self.contacts {
            self.both(async |store| store.contact(*contact).await).await;
            self.both(async |store| store.merges(*contact).await).await;
            let person = async |store: Arc<dyn Store>| {
                let mut person = store.person(*contact).await?;
                person.iter_mut().for_each(|person| person.aliases.sort());
                Ok(person)
            };
            self.both(person).await;
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_same_calls_have_the_same_answers(calls in vec(calls(), 30)) {
        let folder = tempfile::tempdir().unwrap();
        let store = SqliteStore::open(folder.path().join("store.db")).unwrap();
        run(async {
            let mut pair = Pair {
                stores: [Arc::new(MemoryStore::new()), Arc::new(store)],
                now: 0,
                contacts: Vec::new(),
                envelopes: Vec::new(),
                lanes: Vec::new(),
                jobs: Vec::new(),
            };
            for calls in calls.chunks(5) {
                for call in calls {
                    pair.call(call.clone()).await;
                }
                pair.compare().await;
            }
        });
    }
}
