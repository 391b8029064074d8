//! What is listed, in which order, and to whom.
#![expect(
    clippy::missing_panics_doc,
    reason = "a rule panics when it is broken, which is what it is for"
)]

use std::collections::BTreeMap;
use std::slice;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::domain::access::{Action, Actor, Role, Team};
use crate::domain::routing::{Key, Ticket, Waiting};
use crate::domain::{
    AliasKind, Conversation, Day, Delivery, Event, Lane, OfferEnd, Protocol, Status,
};
use crate::id::{ConversationId, MessageId, TenantId};
use crate::store::{
    Commit, Cursor, Journaled, Listing, MessageRecord, Orphan, Split, StatusRecord, Store,
};
use crate::testing::conformance::StoreFixture;
use crate::testing::conformance::contest::contest;
use crate::testing::conformance::samples::{
    agent, alias, assignment, at, available, change, closing, commit, contact, conversation_id,
    inbound, know, lane, merge, message_id, named, offer, opening, opening_in, orphan,
    other_tenant, outbound, queue, queued, remote, resolve, sealed, take_in, tenant, ticket, touch,
    waiting,
};

/// The queue lists the lowest key first.
pub async fn the_queue_lists_the_lowest_key_first(fixture: &dyn StoreFixture) {
    let store = fixture.open().await;
    available(&store, "ana", 9).await;
    for number in [5, 2, 4, 1, 3] {
        waiting(&store, number).await;
    }
    let served = commit(&store, assignment(&opening(2).conversation, "ana")).await;
    commit(&store, closing(&opening(4).conversation)).await;
    let elsewhere = Event::Queued { ticket: Box::new(Ticket::plain("support", at(0))) };
    commit(&store, change(&opening(3).conversation, vec![elsewhere])).await;

    let waits = |conversation: &Conversation, ticket: Ticket| Waiting {
        conversation: conversation.id,
        version: conversation.version,
        ticket,
    };
    let (one, five) = (opening(1).conversation, opening(5).conversation);
    let listed = store.waiting(&tenant(), &queue(), 9).await.expect("read");
    assert_eq!(listed, [waits(&one, ticket(1)), waits(&five, ticket(5))]);
    let first = store.waiting(&tenant(), &queue(), 1).await.expect("read");
    assert_eq!(first, listed[..1]);

    // In line again, for another agent: the key decides, not since when it waits.
    let ahead = Ticket { key: Key::due(at(0)), ..ticket(9) };
    let back = Event::Queued { ticket: Box::new(ahead.clone()) };
    let again = commit(&store, change(&served, vec![back])).await;
    let offered = commit(&store, offer(&five, "ana")).await;
    let listed = store.waiting(&tenant(), &queue(), 9).await.expect("read");
    assert_eq!(listed, [waits(&again, ahead.clone()), waits(&one, ticket(1))]);
    let missed = Event::OfferEnded { agent: agent("ana"), end: OfferEnd::TimedOut };
    let missed = commit(&store, change(&offered, vec![missed])).await;
    let excluding = Ticket { excluded: vec![agent("ana")], ..ticket(5) };
    let listed = store.waiting(&tenant(), &queue(), 9).await.expect("read");
    let all = [waits(&again, ahead), waits(&one, ticket(1)), waits(&missed, excluding)];
    assert_eq!(listed, all);
}

/// Conversations of an agent are those they have or are offered.
pub async fn conversations_of_an_agent_are_those_they_have_or_are_offered(
    fixture: &dyn StoreFixture,
) {
    let store = fixture.open().await;
    available(&store, "ana", 9).await;
    available(&store, "bia", 9).await;
    let mut waits = Vec::new();
    for number in 1..=4 {
        waits.push(waiting(&store, number).await);
    }
    let offered = commit(&store, offer(&waits[0], "ana")).await;
    let owned = commit(&store, assignment(&waits[1], "ana")).await;
    commit(&store, assignment(&waits[2], "bia")).await;
    let closed = commit(&store, assignment(&waits[3], "ana")).await;
    commit(&store, closing(&closed)).await;

    let of = async |company: TenantId, name: &str| {
        store.conversations_of(&company, &agent(name)).await.expect("read")
    };
    assert_eq!(of(tenant(), "ana").await, [offered, owned]);
    assert_eq!(of(tenant(), "caio").await, []);
    assert_eq!(of(other_tenant(), "ana").await, []);
}

/// What may not be seen is neither listed nor counted.
pub async fn what_may_not_be_seen_is_neither_listed_nor_counted(fixture: &dyn StoreFixture) {
    let store = fixture.open().await;
    for name in ["ana", "bia", "caio"] {
        available(&store, name, 9).await;
    }
    let mut waits = Vec::new();
    for number in 1..=6 {
        waits.push(waiting(&store, number).await);
    }
    let tagged = vec![Event::Tagged { tag: "vip".to_owned() }];
    let owned = commit(&store, assignment(&waits[0], "ana")).await;
    let owned = commit(&store, change(&owned, tagged)).await;
    let offered = commit(&store, offer(&waits[1], "ana")).await;
    let others = commit(&store, assignment(&waits[2], "bia")).await;
    let closed = commit(&store, assignment(&waits[3], "ana")).await;
    let closed = commit(&store, closing(&closed)).await;
    let elsewhere = Event::Queued { ticket: Box::new(Ticket::plain("support", at(0))) };
    let elsewhere = commit(&store, change(&waits[4], vec![elsewhere])).await;
    let free = waits[5].clone();

    let everything = Listing::default();
    let listed = async |actor: &Actor, action: Action, listing: &Listing| {
        let grant = actor.may(action).expect("it is permitted");
        let listed = store.conversations(&grant, listing, 99).await.expect("read");
        let counted = store.count_conversations(&grant, listing).await.expect("read");
        let mut counts = BTreeMap::new();
        for conversation in &listed {
            *counts.entry(conversation.status()).or_insert(0) += 1;
        }
        assert_eq!(counted, counts);
        listed
    };
    let see = Action::ReadConversation;
    let ana = Actor::new("ana", tenant(), Role::AGENT);
    let hers = [closed.clone(), offered.clone(), owned.clone()];
    assert_eq!(listed(&ana, see, &everything).await, hers);
    // Who is only asked does not read yet what was said.
    let read = [closed.clone(), owned.clone()];
    assert_eq!(listed(&ana, Action::ReadMessages, &everything).await, read);
    let lead = Actor::new("dora", tenant(), Role::SUPERVISOR);
    assert_eq!(listed(&lead, see, &everything).await, []);
    let of_queue = lead.clone().with_queues(["support"]);
    assert_eq!(listed(&of_queue, see, &everything).await, slice::from_ref(&elsewhere));
    let team = Team::new("day").with_agents(["bia"]);
    let of_team = lead.with_team(team).with_queues(["support"]);
    assert_eq!(listed(&of_team, see, &everything).await, [elsewhere.clone(), others.clone()]);
    let auditor = Actor::new("eva", tenant(), Role::AUDITOR);
    let all = [free.clone(), elsewhere.clone(), closed.clone(), others, offered, owned.clone()];
    assert_eq!(listed(&auditor, see, &everything).await, all);
    let stranger = Actor::new("eva", other_tenant(), Role::AUDITOR);
    assert_eq!(listed(&stranger, see, &everything).await, []);

    let status = |status| Listing { status: Some(status), ..Listing::default() };
    assert_eq!(listed(&auditor, see, &status(Status::Closed)).await, [closed]);
    let waits = [free, elsewhere.clone()];
    assert_eq!(listed(&auditor, see, &status(Status::Waiting)).await, waits);
    let support = Listing { queue: Some("support".into()), ..status(Status::Waiting) };
    assert_eq!(listed(&auditor, see, &support).await, [elsewhere]);
    let vip = Listing { tag: Some("vip".to_owned()), ..Listing::default() };
    assert_eq!(listed(&auditor, see, &vip).await, [owned]);
    let nobody = Listing { tag: Some("vi".to_owned()), ..Listing::default() };
    assert_eq!(listed(&auditor, see, &nobody).await, []);
}

/// A listing goes on where the page before it ended.
pub async fn a_listing_goes_on_where_the_page_before_it_ended(fixture: &dyn StoreFixture) {
    let store = fixture.open().await;
    for number in 1..=5 {
        waiting(&store, number).await;
    }
    let grant = Actor::new("eva", tenant(), Role::AUDITOR).may(Action::ReadConversation);
    let grant = grant.expect("it is permitted");
    let page = async |before: Option<u32>| {
        let listing = Listing { before: before.map(conversation_id), ..Listing::default() };
        let page = store.conversations(&grant, &listing, 2).await.expect("read");
        page.into_iter().map(|conversation| conversation.id).collect::<Vec<_>>()
    };

    assert_eq!(page(None).await, [conversation_id(5), conversation_id(4)]);
    assert_eq!(page(Some(4)).await, [conversation_id(3), conversation_id(2)]);
    assert_eq!(page(Some(2)).await, [conversation_id(1)]);
    assert_eq!(page(Some(1)).await, []);
    assert_eq!(page(Some(99)).await, [], "there is no such page");
}

/// A conversation is found by its protocol number by who may see it.
pub async fn a_conversation_is_found_by_its_protocol_number_by_who_may_see_it(
    fixture: &dyn StoreFixture,
) {
    let store = fixture.open().await;
    know(&store, [1, 2]).await;
    let day = Day::new(20_261_123);
    store.commit(Commit { number_on: Some(day), ..opening(1) }).await.expect("committed");
    commit(&store, opening(2)).await;
    drop(store);

    let store = fixture.open().await;
    let protocol = Protocol::new(day, 1);
    let find = async |actor: Actor, protocol| {
        let grant = actor.may(Action::ReadConversation).expect("it is permitted");
        let found = store.conversation_by_protocol(&grant, protocol).await.expect("read");
        found.map(|found| (found.id, found.protocol))
    };
    let auditor = |tenant| Actor::new("eva", tenant, Role::AUDITOR);
    let found = Some((conversation_id(1), Some(protocol)));
    assert_eq!(find(auditor(tenant()), protocol).await, found);
    assert_eq!(find(auditor(tenant()), Protocol::new(day, 2)).await, None);
    assert_eq!(find(auditor(other_tenant()), protocol).await, None);
    let leads = |queue: &str| Actor::new("sofia", tenant(), Role::SUPERVISOR).with_queues([queue]);
    assert_eq!(find(leads(queue().as_str()), protocol).await, found);
    assert_eq!(find(leads("support"), protocol).await, None);
}

/// Conversations are listed by when they began and by whom they are with.
pub async fn conversations_are_listed_by_when_they_began_and_by_whom_they_are_with(
    fixture: &dyn StoreFixture,
) {
    let store = fixture.open().await;
    know(&store, [7, 8]).await;
    let mut ids = Vec::new();
    for (second, contact) in [(1, 7), (2, 8), (3, 7)] {
        let id = ConversationId::first_at(at(second));
        let mut begins = opening_in(1, contact);
        begins.conversation.id = id;
        let begun = commit(&store, begins).await;
        commit(&store, closing(&begun)).await;
        ids.push(id);
    }
    let grant = Actor::new("eva", tenant(), Role::AUDITOR).may(Action::ReadConversation);
    let grant = grant.expect("it is permitted");
    let list = async |listing: Listing| {
        let found = store.conversations(&grant, &listing, 9).await.expect("read");
        let counts = store.count_conversations(&grant, &listing).await.expect("read");
        if listing.before.is_none() {
            assert_eq!(counts.values().sum::<u64>(), found.len() as u64);
        }
        found.into_iter().map(|conversation| conversation.id).collect::<Vec<_>>()
    };
    let all = Listing::default;
    assert_eq!(list(Listing { from: Some(at(2)), ..all() }).await, [ids[2], ids[1]]);
    assert_eq!(list(Listing { until: Some(at(2)), ..all() }).await, [ids[0]]);
    let both = Listing { from: Some(at(2)), until: Some(at(3)), ..all() };
    assert_eq!(list(both).await, [ids[1]]);
    let with = Listing { contact: Some(lane(7).contact), ..all() };
    assert_eq!(list(with.clone()).await, [ids[2], ids[0]]);
    assert_eq!(list(Listing { before: Some(ids[2]), ..with.clone() }).await.len(), 1);
    assert_eq!(list(Listing { until: Some(at(2)), ..with }).await, [ids[0]]);
    let nobody = Listing { contact: Some(lane(9).contact), ..all() };
    assert_eq!(list(nobody).await, []);
}

/// The conversation of a lane is the open one of the person, else the latest.
pub async fn the_conversation_of_a_lane_is_the_open_one_of_the_person_else_the_latest(
    fixture: &dyn StoreFixture,
) {
    let store = fixture.open().await;
    let of = async |number| {
        let found = store.conversation_in(&lane(number)).await.expect("read");
        found.map(|conversation| conversation.id)
    };
    know(&store, [1, 2]).await;
    assert_eq!(of(1).await, None);
    let first = commit(&store, opening(1)).await;
    commit(&store, closing(&first)).await;
    let open = commit(&store, opening(2)).await;
    assert_eq!(of(1).await, Some(first.id));
    store.merge(merge(1, 2)).await.expect("merged");
    assert_eq!((of(1).await, of(2).await), (Some(open.id), Some(open.id)));
    commit(&store, closing(&open)).await;
    let next = commit(&store, opening_in(3, 1)).await;
    commit(&store, closing(&next)).await;
    assert_eq!(of(2).await, Some(next.id));
    let elsewhere = Lane { account: "another".into(), ..lane(1) };
    assert_eq!(store.conversation_in(&elsewhere).await.expect("read"), None);
}

/// All who are in line are found.
pub async fn all_who_are_in_line_are_found(fixture: &dyn StoreFixture) {
    let store = fixture.open().await;
    available(&store, "ana", 9).await;
    let mut waits = Vec::new();
    for number in 1..=4 {
        waits.push(waiting(&store, number).await);
    }
    let offered = commit(&store, offer(&waits[0], "ana")).await;
    commit(&store, assignment(&waits[1], "ana")).await;
    let owned = commit(&store, assignment(&waits[2], "ana")).await;
    let wanted = commit(&store, change(&owned, vec![queued(9)])).await;

    let mut found = store.in_line(&tenant()).await.expect("read");
    found.sort_by_key(|conversation| conversation.id);
    assert_eq!(found, [offered, wanted, waits[3].clone()]);
    assert_eq!(store.in_line(&other_tenant()).await.expect("read"), []);
}

/// The end of the journal is after what was committed.
pub async fn the_end_of_the_journal_is_after_what_was_committed(fixture: &dyn StoreFixture) {
    let store = fixture.open().await;
    let begun = store.journal_end().await.expect("read");
    assert_eq!(begun, Cursor::default());
    let conversation = waiting(&store, 1).await;
    let end = store.journal_end().await.expect("read");
    assert_eq!(store.journal(end, 9).await.expect("read"), (vec![], end));
    commit(&store, touch(&conversation)).await;
    let (facts, next) = store.journal(end, 9).await.expect("read");
    assert_eq!((facts.len(), store.journal_end().await.expect("read")), (1, next));
}

/// Conversations are due when their time has come, the longest due first.
pub async fn conversations_are_due_when_their_time_has_come_the_longest_due_first(
    fixture: &dyn StoreFixture,
) {
    let store = fixture.open().await;
    let mut due = Vec::new();
    for (number, second) in [(1, 30), (2, 10), (3, 20)] {
        let before = waiting(&store, number).await;
        let snoozed = change(&before, vec![Event::Snoozed { until: at(second) }]);
        due.push(commit(&store, snoozed).await);
    }
    waiting(&store, 4).await;

    let at_second = async |second: i64, limit| store.due(at(second), limit).await.expect("read");
    assert_eq!(at_second(9, 9).await, []);
    assert_eq!(at_second(20, 9).await, [due[1].clone(), due[2].clone()]);
    assert_eq!(at_second(99, 1).await, [due[1].clone()]);
    commit(&store, closing(&due[1])).await;
    assert_eq!(at_second(99, 9).await, [due[2].clone(), due[0].clone()]);
}

/// Open conversations are listed the oldest first.
pub async fn open_conversations_are_listed_the_oldest_first(fixture: &dyn StoreFixture) {
    let store = fixture.open().await;
    for number in [5, 2, 4, 1] {
        waiting(&store, number).await;
    }
    commit(&store, closing(&opening(2).conversation)).await;
    let changed = commit(&store, touch(&opening(5).conversation)).await;

    let open = store.open_conversations(&tenant(), 9).await.expect("read");
    let (four, one) = (opening(4).conversation, opening(1).conversation);
    assert_eq!(open, [changed, four, one]);
    let first = store.open_conversations(&tenant(), 2).await.expect("read");
    assert_eq!(first, open[..2]);
}

/// Messages are listed in the order in which they were stored.
pub async fn messages_are_listed_in_the_order_in_which_they_were_stored(
    fixture: &dyn StoreFixture,
) {
    let store = fixture.open().await;
    let one = waiting(&store, 1).await;
    let other = waiting(&store, 2).await;
    let with = |messages, before| Commit { messages, ..touch(before) };
    // Neither by id nor by time.
    let one = commit(&store, with(vec![inbound(30), outbound(10)], &one)).await;
    commit(&store, with(vec![inbound(25)], &other)).await;
    let one = commit(&store, with(vec![inbound(20)], &one)).await;

    let listed = store.messages(one.id).await.expect("read");
    let records: Vec<_> = listed.iter().map(|stored| stored.record.clone()).collect();
    assert_eq!(records, [inbound(30), outbound(10), inbound(20)]);
    for stored in &listed {
        assert_eq!((stored.conversation, &stored.lane), (one.id, &one.lane));
        assert_eq!(stored.remote_id, None);
        let alone = store.message(stored.record.id).await.expect("read");
        assert_eq!(alone.as_ref(), Some(stored));
    }
    let none = store.messages(conversation_id(99)).await.expect("read");
    assert_eq!(none, []);
    let none = store.message(message_id(99)).await.expect("read");
    assert_eq!(none, None);
}

/// A message is found by its remote id.
pub async fn a_message_is_found_by_its_remote_id(fixture: &dyn StoreFixture) {
    let store = fixture.open().await;
    let before = waiting(&store, 1).await;
    let received = Commit { messages: vec![inbound(20), outbound(21)], ..touch(&before) };
    let before = commit(&store, received).await;
    let find = async |tenant: TenantId, name: u32| -> Option<MessageId> {
        let found = store.message_by_remote(&tenant, &remote(name)).await;
        found.expect("read").map(|stored| stored.record.id)
    };

    assert_eq!(find(tenant(), 20).await, Some(message_id(20)));
    assert_eq!(find(tenant(), 50).await, None);
    let answered = Commit { deliveries: vec![named(21, Delivery::Accepted, 50)], ..touch(&before) };
    commit(&store, answered).await;
    assert_eq!(find(tenant(), 50).await, Some(message_id(21)));
    assert_eq!(find(other_tenant(), 50).await, None);
    assert_eq!(find(other_tenant(), 20).await, None);
}

/// The versions of a message are found by its remote id.
pub async fn the_versions_of_a_message_are_found_by_its_remote_id(fixture: &dyn StoreFixture) {
    let store = fixture.open().await;
    let conversation = waiting(&store, 1).await;
    let edit = MessageRecord { edits: Some(remote(20)), ..inbound(22) };
    // A copy of it comes under the same id.
    let copy = MessageRecord { remote: Some(remote(20)), ..inbound(23) };
    let messages = vec![inbound(20), inbound(21), edit, copy];
    commit(&store, Commit { messages, ..touch(&conversation) }).await;
    let found = async |tenant: TenantId, number| {
        let versions = store.versions(&tenant, &remote(number)).await.expect("read");
        versions.into_iter().map(|stored| stored.record.id).collect::<Vec<_>>()
    };
    assert_eq!(found(tenant(), 20).await, [20, 22, 23].map(message_id));
    assert_eq!(found(tenant(), 21).await, [message_id(21)]);
    assert_eq!(found(tenant(), 99).await, []);
    assert_eq!(found(other_tenant(), 20).await, []);
}

/// The reports of a message are listed in the order in which they were stored.
pub async fn the_reports_of_a_message_are_listed_in_the_order_in_which_they_were_stored(
    fixture: &dyn StoreFixture,
) {
    let store = fixture.open().await;
    let conversation = waiting(&store, 1).await;
    let sent = Commit { messages: vec![outbound(20), outbound(21)], ..touch(&conversation) };
    let conversation = commit(&store, sent).await;
    let report = |number, about| StatusRecord {
        id: message_id(number),
        message: message_id(about),
        occurred: at(i64::from(number)),
        payload: sealed(number),
    };
    let statuses = vec![report(32, 20), report(33, 21), report(30, 20)];
    let conversation = commit(&store, Commit { statuses, ..touch(&conversation) }).await;
    commit(&store, Commit { statuses: vec![report(31, 20)], ..touch(&conversation) }).await;

    let listed = store.statuses(message_id(20)).await.expect("read");
    assert_eq!(listed, [report(32, 20), report(30, 20), report(31, 20)]);
    assert_eq!(store.statuses(message_id(22)).await.expect("read"), []);
}

/// A status without its message is listed until the message is known.
pub async fn a_status_without_its_message_is_listed_until_the_message_is_known(
    fixture: &dyn StoreFixture,
) {
    let store = fixture.open().await;
    let conversation = waiting(&store, 1).await;
    let of_another_company = Orphan { tenant: other_tenant(), ..orphan(32, 50) };
    let orphans = vec![orphan(31, 50), of_another_company.clone(), orphan(33, 51)];
    take_in(&store, Split { orphans, ..Split::default() }).await;
    assert_eq!(store.orphans(&tenant(), 9).await.expect("read"), [orphan(33, 51), orphan(31, 50)]);
    assert_eq!(store.orphans(&tenant(), 1).await.expect("read"), [orphan(33, 51)]);

    let sent = Commit { messages: vec![outbound(20)], ..touch(&conversation) };
    let conversation = commit(&store, sent).await;
    let deliveries = vec![named(20, Delivery::Accepted, 50)];
    commit(&store, Commit { deliveries, ..touch(&conversation) }).await;
    assert_eq!(store.orphans(&tenant(), 9).await.expect("read"), [orphan(33, 51)]);
    let theirs = store.orphans(&other_tenant(), 9).await.expect("read");
    assert_eq!(theirs, [of_another_company]);
}

/// The journal is read in commit order, without gaps.
pub async fn the_journal_is_read_in_commit_order_without_gaps(fixture: &dyn StoreFixture) {
    const COMMITS: u64 = 10;
    let store = fixture.open().await;
    know(&store, 0..4).await;

    // Three write while one reads on from where it was.
    let writing = AtomicUsize::new(3);
    let read = contest(fixture, async |contender, store| match contender {
        0 => {
            let mut cursor = Cursor::default();
            let mut facts = Vec::new();
            loop {
                let are_done = writing.load(Ordering::SeqCst) == 0;
                let (page, next) = store.journal(cursor, 4).await.expect("read");
                assert!(page.len() <= 4);
                assert_eq!(page.is_empty(), next == cursor);
                if page.is_empty() && are_done {
                    return facts;
                }
                cursor = next;
                facts.extend(page);
            }
        }
        number => {
            let _writes = Writes(&writing);
            let number = u32::try_from(number).expect("there are few contenders");
            let mut before = commit(&store, opening(number)).await;
            while before.version.0 < COMMITS {
                before = commit(&store, touch(&before)).await;
            }
            Vec::new()
        }
    });
    let facts = read.concat();
    for number in 1..4 {
        let of_one = facts.iter().filter(|fact| fact.conversation == conversation_id(number));
        let places: Vec<_> = of_one.map(|fact| (fact.version.0, fact.index)).collect();
        let mut expected = vec![(1, 0), (1, 1)];
        expected.extend((2..=COMMITS).map(|version| (version, 0)));
        assert_eq!(places, expected);
    }
    assert_eq!(whole_journal(&store).await, facts);
    let opened = facts.iter().filter(|fact| matches!(fact.event, Event::Opened { .. }));
    assert_eq!(opened.count(), 3);
}

/// A fact in the journal names the company of its conversation.
pub async fn a_fact_in_the_journal_names_the_company_of_its_conversation(
    fixture: &dyn StoreFixture,
) {
    let store = of_two_companies(fixture).await;

    let facts = whole_journal(&store).await;
    let companies: Vec<_> = facts.iter().map(|fact| (&fact.tenant, fact.conversation)).collect();
    let ours = (&tenant(), conversation_id(1));
    let other = (&other_tenant(), conversation_id(2));
    assert_eq!(companies, [ours, ours, other, other]);
}

/// Conversations of one company are not listed for another.
pub async fn conversations_of_one_company_are_not_listed_for_another(fixture: &dyn StoreFixture) {
    let store = of_two_companies(fixture).await;

    for (company, number) in [(tenant(), 1), (other_tenant(), 2)] {
        let open = store.open_conversations(&company, 9).await.expect("read");
        let ids: Vec<_> = open.iter().map(|conversation| conversation.id).collect();
        assert_eq!(ids, [conversation_id(number)]);
        let waits = store.waiting(&company, &queue(), 9).await.expect("read");
        let ids: Vec<_> = waits.iter().map(|waits| waits.conversation).collect();
        assert_eq!(ids, [conversation_id(number)]);
    }
    let ours = store.contact(contact(1).id).await.expect("read");
    assert_eq!(ours.expect("known").tenant, tenant());
}

/// One of those who write; ends however they end.
struct Writes<'a>(&'a AtomicUsize);

impl Drop for Writes<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

/// A conversation of this company, and another of another's.
async fn of_two_companies(fixture: &dyn StoreFixture) -> Arc<dyn Store> {
    let store = fixture.open().await;
    waiting(&store, 1).await;
    let mut theirs = resolve(vec![alias(AliasKind::User, 2)], 2);
    theirs.proposed.tenant = other_tenant();
    store.resolve(vec![theirs]).await.expect("resolved");
    let mut opened = opening_in(2, 2);
    opened.conversation.tenant = other_tenant();
    commit(&store, opened).await;
    store
}

async fn whole_journal(store: &Arc<dyn Store>) -> Vec<Journaled> {
    let (facts, _) = store.journal(Cursor::default(), 999).await.expect("read");
    facts
}
