//! A conversation changes whole or not at all, and only by who may change it.
#![expect(
    clippy::missing_panics_doc,
    reason = "a rule panics when it is broken, which is what it is for"
)]

use std::sync::Arc;

use crate::domain::routing::{Considered, Explanation, Key, PassedOver, PassedOverCounts, Rank};
use crate::domain::{
    Conversation, Day, Delivery, Event, Lane, OfferEnd, Presence, Protocol, Release, Version,
};
use crate::error::ErrorKind;
use crate::store::{
    Capacity, Commit, CrmLink, Cursor, DeliveryChange, Done, EntryKind, Explained, JobKind,
    LaneStep, OfferAnswer, Orphan, Revocation, Split, StatusRecord, Store,
};
use crate::testing::conformance::StoreFixture;
use crate::testing::conformance::contest::contest;
use crate::testing::conformance::samples::{
    agent, assignment, at, available, change, claim_job, claim_lane, closing, commit, contact,
    contact_id, conversation_id, enrolled, entry, finish, inbound, job, know, lane_step, load,
    message_id, named, offer, opening, opening_in, orphan, other_tenant, outbound, queued, receive,
    refusal, remote, sealed, send, sync_crm, take_in, tenant, ticket, touch, version, waiting,
    weighing, with_jobs,
};

/// A commit is all or nothing.
pub async fn a_commit_is_all_or_nothing(fixture: &dyn StoreFixture) {
    let store = fixture.open().await;
    let conversation = waiting(&store, 1).await;
    let sent = Commit { messages: vec![outbound(20)], ..touch(&conversation) };
    let conversation = commit(&store, sent).await;
    receive(&store, &[(30, 1)]).await;
    let step = lane_step(&store, 0).await;
    let everything = |message: u32| {
        let commit = Commit {
            messages: vec![inbound(40), inbound(message)],
            deliveries: vec![named(20, Delivery::Sent, 50)],
            statuses: vec![status(60)],
            link: Some(crm_link("remote")),
            profile: Some(sealed(70)),
            done: Done::Entry(step.claim.clone()),
            ..assignment(&conversation, "ana")
        };
        with_jobs(commit, &[send(40), sync_crm(40)])
    };

    // Refused for a message, and then for the agent, who is not there.
    assert_eq!(refusal(store.commit(everything(20)).await), ErrorKind::Duplicate);
    let unserved = store.commit(everything(41)).await;
    assert_eq!(refusal(unserved), ErrorKind::AgentUnavailable);
    drop(store);

    let store = fixture.open().await;
    assert_eq!(version(&store, 1).await, conversation.version);
    let messages = store.messages(conversation.id).await.expect("read");
    assert_eq!(messages.len(), 1);
    assert_eq!(messages[0].record, outbound(20));
    let (facts, _) = store.journal(Cursor::default(), 99).await.expect("read");
    assert_eq!(facts.len(), 3);
    let linked = store.crm_link("crm", contact_id(1)).await.expect("read");
    assert_eq!(linked, None);
    let customer = store.contact(contact_id(1)).await.expect("read");
    assert_eq!(customer, Some(contact(1)));
    assert_eq!(claim_job(&store, JobKind::Send, 999).await, None);
    assert_eq!(claim_job(&store, JobKind::Crm, 999).await, None);

    // The claim is still held, and all of it is possible once the agent is there.
    available(&store, "ana", 1).await;
    commit(&store, everything(41)).await;
    assert_eq!(load(&store, "ana").await, 1);
    assert_eq!(claim_lane(&store, 999).await, None);
}

/// A commit on another version is refused.
pub async fn a_commit_on_another_version_is_refused(fixture: &dyn StoreFixture) {
    let store = fixture.open().await;
    let first = waiting(&store, 1).await;
    let second = commit(&store, touch(&first)).await;

    for expected in [Version::NEW, first.version, second.version.next()] {
        let stale = Commit { expected, ..touch(&second) };
        assert_eq!(refusal(store.commit(stale).await), ErrorKind::Conflict);
    }
    know(&store, [2]).await;
    let unknown = Commit { expected: Version(1), ..opening(2) };
    assert_eq!(refusal(store.commit(unknown).await), ErrorKind::Conflict);

    let outcomes = contest(fixture, async |_, store| store.commit(touch(&second)).await);
    let accepted = outcomes.iter().filter(|outcome| outcome.is_ok()).count();
    assert_eq!(accepted, 1);
    for outcome in outcomes.into_iter().filter(Result::is_err) {
        assert_eq!(refusal(outcome), ErrorKind::Conflict);
    }
    assert_eq!(version(&store, 1).await, second.version.next());
}

/// A new conversation is refused while the lane has an open one.
pub async fn a_new_conversation_is_refused_while_the_lane_has_an_open_one(
    fixture: &dyn StoreFixture,
) {
    let store = fixture.open().await;
    know(&store, [1]).await;
    let numbers = [10, 11, 12, 13];
    let outcomes = contest(fixture, async |contender, store| {
        store.commit(opening_in(numbers[contender], 1)).await
    });
    let mut winners = numbers.iter().zip(&outcomes).filter(|(_, outcome)| outcome.is_ok());
    let (winner, _) = winners.next().expect("one is accepted");
    assert_eq!(winners.next().map(|(number, _)| number), None);

    // A lane is a customer on a number: on another number another conversation may begin.
    let mut elsewhere = opening_in(20, 1);
    elsewhere.conversation.lane = Lane { account: "other".into(), ..elsewhere.conversation.lane };
    commit(&store, elsewhere).await;

    let refused = store.commit(opening_in(30, 1)).await;
    assert_eq!(refusal(refused), ErrorKind::Conflict);
    let open = store.conversation(conversation_id(*winner)).await;
    let open = open.expect("read").expect("it was accepted");
    commit(&store, closing(&open)).await;
    commit(&store, opening_in(30, 1)).await;
}

/// A stale lane claim cannot commit.
pub async fn a_stale_lane_claim_cannot_commit(fixture: &dyn StoreFixture) {
    let store = fixture.open().await;
    let conversation = waiting(&store, 1).await;
    receive(&store, &[(30, 1), (31, 1)]).await;
    let stale = lane_step(&store, 0).await;
    let holder = lane_step(&store, 10).await;
    let under = |step: &LaneStep, before| Commit {
        messages: vec![inbound(30)],
        done: Done::Entry(step.claim.clone()),
        ..touch(before)
    };

    let refused = store.commit(under(&stale, &conversation)).await;
    assert_eq!(refusal(refused), ErrorKind::Fenced);
    assert_eq!(version(&store, 1).await, conversation.version);
    let messages = store.messages(conversation.id).await.expect("read");
    assert_eq!(messages, []);

    let after = commit(&store, under(&holder, &conversation)).await;
    let again = store.commit(under(&holder, &after)).await;
    assert_eq!(refusal(again), ErrorKind::Fenced);
    let next = lane_step(&store, 10).await;
    assert_eq!(next.entry, entry(31, 1));
    let late = store.commit(under(&holder, &after)).await;
    assert_eq!(refusal(late), ErrorKind::Fenced);
}

/// A stale job claim cannot commit.
pub async fn a_stale_job_claim_cannot_commit(fixture: &dyn StoreFixture) {
    let store = fixture.open().await;
    know(&store, [1]).await;
    let conversation = commit(&store, with_jobs(opening(1), &[send(20)])).await;
    let stale = job(&store, JobKind::Send, 200).await;
    let holder = job(&store, JobKind::Send, 210).await;

    let refused = Commit { done: Done::Job(stale), ..touch(&conversation) };
    assert_eq!(refusal(store.commit(refused).await), ErrorKind::Fenced);
    assert_eq!(version(&store, 1).await, conversation.version);

    finish(&store, holder.clone()).await;
    let again = Commit {
        expected: conversation.version.next(),
        done: Done::Job(holder),
        ..touch(&conversation)
    };
    assert_eq!(refusal(store.commit(again).await), ErrorKind::Fenced);
    assert_eq!(claim_job(&store, JobKind::Send, 999).await, None);
}

/// A commit for an unknown customer is refused.
pub async fn a_commit_for_an_unknown_customer_is_refused(fixture: &dyn StoreFixture) {
    let store = fixture.open().await;

    let refused = store.commit(opening(1)).await;
    assert_eq!(refusal(refused), ErrorKind::InvalidInput);
    assert_eq!(version(&store, 1).await, Version::NEW);
}

/// A message id is taken once.
pub async fn a_message_id_is_taken_once(fixture: &dyn StoreFixture) {
    let store = fixture.open().await;
    let one = waiting(&store, 1).await;
    let other = waiting(&store, 2).await;
    let with = |messages, before| Commit { messages, ..touch(before) };
    let one = commit(&store, with(vec![inbound(20)], &one)).await;

    for before in [&one, &other] {
        let again = store.commit(with(vec![outbound(20)], before)).await;
        assert_eq!(refusal(again), ErrorKind::Duplicate);
    }
    let twice = store.commit(with(vec![inbound(21), inbound(21)], &one)).await;
    assert_eq!(refusal(twice), ErrorKind::Duplicate);
    let kept = store.message(message_id(20)).await.expect("read");
    assert_eq!(kept.expect("it is stored").record, inbound(20));
    let none = store.message(message_id(21)).await.expect("read");
    assert_eq!(none, None);
}

/// A job key is queued once.
pub async fn a_job_key_is_queued_once(fixture: &dyn StoreFixture) {
    let store = fixture.open().await;
    know(&store, [1]).await;
    let conversation = commit(&store, with_jobs(opening(1), &[send(20)])).await;

    // A commit without events keeps the version, and would use the key again.
    let unchanged = |done| {
        let commit = Commit { done, ..change(&conversation, Vec::new()) };
        with_jobs(commit, &[sync_crm(21)])
    };
    let refused = store.commit(unchanged(Done::Nothing)).await;
    assert_eq!(refusal(refused), ErrorKind::Duplicate);
    assert_eq!(claim_job(&store, JobKind::Crm, 999).await, None);

    // The job that is finished leaves its key to the one that comes of it.
    let claim = job(&store, JobKind::Send, 200).await;
    commit(&store, unchanged(Done::Job(claim))).await;
    assert_eq!(job(&store, JobKind::Crm, 200).await.job.effect, sync_crm(21));
    assert_eq!(claim_job(&store, JobKind::Send, 999).await, None);
}

/// A delivery never moves backwards.
pub async fn a_delivery_never_moves_backwards(fixture: &dyn StoreFixture) {
    let store = fixture.open().await;
    let before = waiting(&store, 1).await;
    let sent = Commit { messages: vec![outbound(20), inbound(21)], ..touch(&before) };
    let mut before = commit(&store, sent).await;
    let failed = Delivery::Failed { code: Some(131_026) };
    let reports = [
        (Delivery::Accepted, Delivery::Accepted),
        (Delivery::Unconfirmed, Delivery::Accepted),
        (failed, failed),
        (Delivery::Sent, failed),
        (Delivery::Failed { code: None }, failed),
        (Delivery::Read, Delivery::Read),
        (Delivery::Delivered, Delivery::Read),
        (failed, Delivery::Read),
    ];

    for (reported, expected) in reports {
        let changes = [20, 21, 99].map(|message| DeliveryChange {
            message: message_id(message),
            delivery: reported,
            remote: None,
        });
        let commit_of = Commit { deliveries: changes.into(), ..touch(&before) };
        before = commit(&store, commit_of).await;
        let stored = store.message(message_id(20)).await.expect("read");
        assert_eq!(stored.expect("it is stored").record.delivery, Some(expected));
    }
    let customers = store.message(message_id(21)).await.expect("read");
    assert_eq!(customers.expect("it is stored").record.delivery, None);
}

/// What is revoked is replaced, and known when it comes later.
pub async fn what_is_revoked_is_replaced_and_known_when_it_comes_later(fixture: &dyn StoreFixture) {
    let store = fixture.open().await;
    let conversation = waiting(&store, 1).await;
    let said = Commit { messages: vec![inbound(20), inbound(21)], ..touch(&conversation) };
    let conversation = commit(&store, said).await;
    let known = async |number| {
        let mine = store.is_revoked(&tenant(), &remote(number)).await.expect("read");
        let theirs = store.is_revoked(&other_tenant(), &remote(number)).await.expect("read");
        (mine, theirs)
    };
    assert_eq!(known(20).await, (false, false));
    let revocation = Revocation { mark: remote(20), contents: vec![(message_id(20), sealed(90))] };
    let revoked = Commit { revocation: Some(revocation.clone()), ..touch(&conversation) };
    let conversation = commit(&store, revoked).await;
    // Again, and one that is not there yet.
    let again = Commit { revocation: Some(revocation), ..touch(&conversation) };
    let conversation = commit(&store, again).await;
    let later = Revocation { mark: remote(30), contents: vec![(message_id(30), sealed(91))] };
    commit(&store, Commit { revocation: Some(later), ..touch(&conversation) }).await;
    drop(store);

    let store = fixture.open().await;
    let stored = store.messages(conversation.id).await.expect("read");
    let contents: Vec<_> = stored.into_iter().map(|it| it.record.content).collect();
    assert_eq!(contents, [sealed(90), sealed(21)]);
    for (number, is_revoked) in [(20, true), (21, false), (30, true)] {
        let found = store.is_revoked(&tenant(), &remote(number)).await.expect("read");
        assert_eq!(found, is_revoked, "{number}");
    }
    assert!(!store.is_revoked(&other_tenant(), &remote(20)).await.expect("read"));
}

/// A commit that names a remote id wakes the statuses that came before it.
pub async fn a_commit_that_names_a_remote_id_wakes_the_statuses_that_came_before_it(
    fixture: &dyn StoreFixture,
) {
    let store = fixture.open().await;
    let conversation = waiting(&store, 1).await;
    let sent = Commit { messages: vec![outbound(20), outbound(21)], ..touch(&conversation) };
    let conversation = commit(&store, sent).await;
    let of_another_company = Orphan { tenant: other_tenant(), ..orphan(33, 50) };
    let split = Split {
        orphans: vec![orphan(31, 50), of_another_company, orphan(32, 51), orphan(30, 50)],
        ..Split::default()
    };
    take_in(&store, split).await;
    assert_eq!(claim_lane(&store, 0).await, None);

    let answered =
        Commit { deliveries: vec![named(20, Delivery::Accepted, 50)], ..touch(&conversation) };
    let conversation = commit(&store, answered).await;
    for number in [31, 30] {
        let step = lane_step(&store, 0).await;
        let mut expected = entry(number, 1);
        expected.kind = EntryKind::Status { message: message_id(20) };
        assert_eq!(step.entry, expected);
        store.bury(&step.claim, "test", at(0)).await.expect("buried");
    }

    // The first name stays, and what woke does not wake again.
    let renamed = Commit {
        deliveries: vec![
            named(20, Delivery::Accepted, 50),
            named(20, Delivery::Sent, 51),
            named(21, Delivery::Sent, 50),
        ],
        ..touch(&conversation)
    };
    commit(&store, renamed).await;
    assert_eq!(claim_lane(&store, 0).await, None);
    let stored = store.message(message_id(20)).await.expect("read");
    let stored = stored.expect("it is stored");
    assert_eq!(stored.record.remote, Some(remote(50)));
    assert_eq!(stored.remote_id, Some(sealed(50)));
    assert_eq!(stored.record.delivery, Some(Delivery::Sent));
}

/// An agent's load follows offers and ownership.
pub async fn an_agents_load_follows_offers_and_ownership(fixture: &dyn StoreFixture) {
    let store = fixture.open().await;
    available(&store, "ana", 5).await;
    available(&store, "bia", 5).await;
    let loads = async || (load(&store, "ana").await, load(&store, "bia").await);

    let one = waiting(&store, 1).await;
    let one = commit(&store, assignment(&one, "ana")).await;
    let two = waiting(&store, 2).await;
    let two = commit(&store, assignment(&two, "ana")).await;
    assert_eq!(loads().await, (2, 0));
    assert_eq!(enrolled(&store, "ana").await.last_assigned, Some(at(100)));
    assert_eq!(enrolled(&store, "bia").await.last_assigned, None);

    let one = commit(&store, touch(&one)).await;
    assert_eq!(loads().await, (2, 0));
    let one = commit(&store, assignment(&one, "bia")).await;
    assert_eq!(loads().await, (1, 1));
    let released = Event::Released { agent: agent("ana"), reason: Release::Transferred };
    commit(&store, change(&two, vec![released, queued(2)])).await;
    assert_eq!(loads().await, (0, 1));
    let one = commit(&store, weighing(&one, "bia", 3)).await;
    assert_eq!(loads().await, (0, 3));

    // In line for another, who is asked: both have it in hand until one has it.
    let one = commit(&store, change(&one, vec![queued(1)])).await;
    assert_eq!(loads().await, (0, 3));
    let one = commit(&store, offer(&one, "ana")).await;
    assert_eq!(loads().await, (1, 3));
    let two = store.conversation(two.id).await.expect("read").expect("it is there");
    let two = commit(&store, offer(&two, "bia")).await;
    assert_eq!(loads().await, (1, 4));
    let missed = Event::OfferEnded { agent: agent("bia"), end: OfferEnd::TimedOut };
    commit(&store, change(&two, vec![missed])).await;
    assert_eq!(loads().await, (1, 3));
    let one = commit(&store, assignment(&one, "ana")).await;
    assert_eq!(loads().await, (1, 0));
    commit(&store, closing(&one)).await;
    assert_eq!(loads().await, (0, 0));
}

/// An agent of another epoch is given nothing.
pub async fn an_agent_of_another_epoch_is_given_nothing(fixture: &dyn StoreFixture) {
    let store = fixture.open().await;
    let conversation = waiting(&store, 1).await;
    available(&store, "ana", 1).await;
    let seen = enrolled(&store, "ana").await.epoch;
    available(&store, "ana", 1).await;
    let now = enrolled(&store, "ana").await.epoch;
    let under = |epoch| Commit {
        capacity: Capacity::Reserved { epoch: Some(epoch) },
        ..offer(&conversation, "ana")
    };

    let refused = store.commit(under(seen)).await;
    assert_eq!(refusal(refused), ErrorKind::AgentUnavailable);
    assert_eq!(version(&store, 1).await, conversation.version);
    commit(&store, under(now)).await;
}

/// A forced assignment goes beyond capacity and is counted.
pub async fn a_forced_assignment_goes_beyond_capacity_and_is_counted(fixture: &dyn StoreFixture) {
    let store = fixture.open().await;
    available(&store, "ana", 1).await;
    let away = store.set_presence(&tenant(), &agent("ana"), Presence::Away, at(100)).await;
    away.expect("the agent is known");
    let forced = |before: &Conversation, to: &str| Commit {
        capacity: Capacity::Forced,
        ..weighing(before, to, 2)
    };

    let one = waiting(&store, 1).await;
    let refused = store.commit(forced(&one, "nobody")).await;
    assert_eq!(refusal(refused), ErrorKind::AgentUnavailable);
    let one = commit(&store, forced(&one, "ana")).await;
    let two = waiting(&store, 2).await;
    commit(&store, forced(&two, "ana")).await;
    assert_eq!(load(&store, "ana").await, 4);
    available(&store, "ana", 4).await;
    let three = waiting(&store, 3).await;
    let refused = store.commit(assignment(&three, "ana")).await;
    assert_eq!(refusal(refused), ErrorKind::AgentUnavailable);
    commit(&store, closing(&one)).await;
    commit(&store, assignment(&three, "ana")).await;
    assert_eq!(load(&store, "ana").await, 3);
}

/// Offers missed in a row make an agent unresponsive.
pub async fn offers_missed_in_a_row_make_an_agent_unresponsive(fixture: &dyn StoreFixture) {
    let store = fixture.open().await;
    available(&store, "ana", 9).await;
    let mut conversation = waiting(&store, 1).await;
    let mut miss = async |most: u32, given: bool| {
        conversation = commit(&store, offer(&conversation, "ana")).await;
        let end = if given { OfferEnd::Rejected } else { OfferEnd::TimedOut };
        let agent = agent("ana");
        let ended = change(&conversation, vec![Event::OfferEnded { agent: agent.clone(), end }]);
        let answer =
            if given { OfferAnswer::Given { agent } } else { OfferAnswer::Missed { agent, most } };
        conversation = commit(&store, Commit { answer: Some(answer), ..ended }).await;
        let agent = enrolled(&store, "ana").await;
        (agent.missed, agent.presence, agent.epoch)
    };
    let (_, _, epoch) = miss(2, true).await;

    assert_eq!(miss(2, false).await, (1, Presence::Available, epoch));
    assert_eq!(miss(2, true).await, (0, Presence::Available, epoch));
    assert_eq!(miss(0, false).await, (1, Presence::Available, epoch));
    assert_eq!(miss(2, false).await, (2, Presence::Unresponsive, epoch + 1));
    let refused = store.commit(offer(&waiting(&store, 2).await, "ana")).await;
    assert_eq!(refusal(refused), ErrorKind::AgentUnavailable);
}

/// A decision keeps its explanation.
pub async fn a_decision_keeps_its_explanation(fixture: &dyn StoreFixture) {
    let store = fixture.open().await;
    available(&store, "ana", 5).await;
    let conversation = waiting(&store, 1).await;
    let explanation = |stage| Explanation {
        agent: agent("ana"),
        strategy: "longest_idle".to_owned(),
        rank: Rank::number(3),
        key: Key::due(at(0)),
        requirement: ticket(1).requirement().clone(),
        stage,
        configuration: 7,
        passed_over: vec![Considered {
            agent: agent("bia"),
            passed_over: PassedOver::Full { used: 3, capacity: 3 },
        }],
        counts: PassedOverCounts { full: 1, behind: 2, ..PassedOverCounts::default() },
        called_for: None,
    };
    let explained =
        |commit: Commit, stage| Commit { explanation: Some(explanation(stage)), ..commit };
    let offered = commit(&store, explained(offer(&conversation, "ana"), 0)).await;
    let stale = explained(offer(&conversation, "ana"), 5);
    assert_eq!(refusal(store.commit(stale).await), ErrorKind::Conflict);
    let missed = Event::OfferEnded { agent: agent("ana"), end: OfferEnd::TimedOut };
    let missed = commit(&store, change(&offered, vec![missed])).await;
    let again = commit(&store, explained(offer(&missed, "ana"), 1)).await;
    drop(store);

    let store = fixture.open().await;
    let kept = |conversation: &Conversation, stage| Explained {
        version: conversation.version,
        at: at(100),
        explanation: explanation(stage),
    };
    let all = store.explanations(conversation.id).await.expect("read");
    assert_eq!(all, [kept(&offered, 0), kept(&again, 1)]);
    assert_eq!(store.explanations(conversation_id(9)).await.expect("read"), []);
}

/// Only the latest conversation of a lane is opened again.
pub async fn only_the_latest_conversation_of_a_lane_is_opened_again(fixture: &dyn StoreFixture) {
    let store = fixture.open().await;
    let first = waiting(&store, 1).await;
    let first = commit(&store, closing(&first)).await;
    let reopen = |closed: &Conversation| change(closed, vec![Event::Reopened, queued(9)]);
    let first = commit(&store, reopen(&first)).await;
    let first = commit(&store, closing(&first)).await;

    let second = commit(&store, opening_in(2, 1)).await;
    assert_eq!(refusal(store.commit(reopen(&first)).await), ErrorKind::Conflict);
    let second = commit(&store, closing(&second)).await;
    assert_eq!(refusal(store.commit(reopen(&first)).await), ErrorKind::Conflict);
    commit(&store, reopen(&second)).await;
}

/// An agent is never given more than fits.
pub async fn an_agent_is_never_given_more_than_fits(fixture: &dyn StoreFixture) {
    let store = fixture.open().await;
    available(&store, "ana", 3).await;
    let mut conversations = Vec::new();
    for number in 1..=8 {
        conversations.push(waiting(&store, number).await);
    }

    let outcomes = contest(fixture, async |contender, store| {
        let mut outcomes = Vec::new();
        for conversation in &conversations[contender * 2..][..2] {
            outcomes.push(store.commit(assignment(conversation, "ana")).await);
        }
        outcomes
    });
    let (given, refused): (Vec<_>, Vec<_>) =
        outcomes.into_iter().flatten().partition(Result::is_ok);
    assert_eq!(given.len(), 3);
    for outcome in refused {
        assert_eq!(refusal(outcome), ErrorKind::AgentUnavailable);
    }
    assert_eq!(load(&store, "ana").await, 3);

    // With less capacity than load, nothing is taken away and nothing is given.
    available(&store, "ana", 1).await;
    assert_eq!(load(&store, "ana").await, 3);
    let more = waiting(&store, 9).await;
    let refused = store.commit(assignment(&more, "ana")).await;
    assert_eq!(refusal(refused), ErrorKind::AgentUnavailable);
}

/// An agent who is not available is given nothing.
pub async fn an_agent_who_is_not_available_is_given_nothing(fixture: &dyn StoreFixture) {
    let store = fixture.open().await;
    let conversation = waiting(&store, 1).await;
    let refuses = async |store: &Arc<dyn Store>| {
        let refused = store.commit(assignment(&conversation, "ana")).await;
        assert_eq!(refusal(refused), ErrorKind::AgentUnavailable);
    };

    refuses(&store).await; // unknown
    available(&store, "ana", 1).await;
    for presence in [Presence::Away, Presence::Offline] {
        let set = store.set_presence(&tenant(), &agent("ana"), presence, at(100)).await;
        set.expect("the agent is known");
        refuses(&store).await;
    }
    assert_eq!(version(&store, 1).await, conversation.version);

    // What an agent has is kept while away.
    available(&store, "ana", 1).await;
    let conversation = commit(&store, assignment(&conversation, "ana")).await;
    let away = store.set_presence(&tenant(), &agent("ana"), Presence::Away, at(100)).await;
    away.expect("the agent is known");
    commit(&store, touch(&conversation)).await;
}

/// Conversations are numbered from 1 on each day, each once and without gaps.
pub async fn conversations_are_numbered_from_1_on_each_day_each_once_and_without_gaps(
    fixture: &dyn StoreFixture,
) {
    let day = Day::new(20_261_123);
    let store = fixture.open().await;
    know(&store, 1..=40).await;
    let drawn = contest(fixture, async |contender, store| {
        let mut drawn = Vec::new();
        let begin = u32::try_from(contender).expect("few contend") * 8;
        for number in begin + 1..=begin + 8 {
            let commit = Commit { number_on: Some(day), ..opening(number) };
            drawn.push(store.commit(commit).await.expect("committed").expect("a number"));
            // What is refused draws none.
            let again = Commit { number_on: Some(day), ..opening_in(number + 90, number) };
            assert_eq!(refusal(store.commit(again).await), ErrorKind::Conflict);
        }
        drawn
    });
    for mine in &drawn {
        assert!(mine.is_sorted(), "{mine:?}");
    }
    let mut drawn = drawn.concat();
    drawn.sort();
    let wanted: Vec<_> = (1..=32).map(|number| Protocol::new(day, number)).collect();
    assert_eq!(drawn, wanted);

    let next = Day::new(20_261_124);
    let of_next = Commit { number_on: Some(next), ..opening(33) };
    let first = store.commit(of_next).await.expect("committed");
    assert_eq!(first, Some(Protocol::new(next, 1)));
    let unnumbered = store.commit(opening(34)).await.expect("committed");
    assert_eq!(unnumbered, None);
    drop(store);
    let store = fixture.open().await;
    let again = Commit { number_on: Some(next), ..opening(35) };
    let second = store.commit(again).await.expect("committed");
    assert_eq!(second, Some(Protocol::new(next, 2)));
    // It is part of the state, and a fact.
    let stored = store.conversation(conversation_id(35)).await.expect("read").expect("is there");
    assert_eq!(stored.protocol, second);
    let (journal, _) = store.journal(Cursor::default(), 999).await.expect("read");
    let last = journal.last().expect("there are facts");
    assert_eq!(last.event, Event::Numbered { protocol: Protocol::new(next, 2) });
    assert_eq!((last.conversation, last.index), (stored.id, 2));
}

/// What is committed survives a restart.
pub async fn what_is_committed_survives_a_restart(fixture: &dyn StoreFixture) {
    let store = fixture.open().await;
    available(&store, "ana", 1).await;
    let before = waiting(&store, 1).await;
    let everything = Commit {
        messages: vec![inbound(20), outbound(21)],
        deliveries: vec![named(21, Delivery::Accepted, 50)],
        statuses: vec![status(60)],
        link: Some(crm_link("customer 7")),
        profile: Some(sealed(70)),
        ..assignment(&before, "ana")
    };
    let everything = with_jobs(everything, &[send(21), sync_crm(20)]);
    let after = commit(&store, everything.clone()).await;
    drop(store);

    let store = fixture.open().await;
    let found = store.conversation(after.id).await.expect("read");
    assert_eq!(found, Some(after.clone()));
    let messages = store.messages(after.id).await.expect("read");
    assert_eq!(messages.len(), 2);
    assert_eq!(messages[0].record, inbound(20));
    assert_eq!(messages[1].record.delivery, Some(Delivery::Accepted));
    assert_eq!(messages[1].record.remote, Some(remote(50)));
    assert_eq!(messages[1].remote_id, Some(sealed(50)));
    let (facts, _) = store.journal(Cursor::default(), 99).await.expect("read");
    let latest = facts.last().expect("there are facts");
    assert_eq!((latest.version, latest.index), (after.version, 0));
    assert_eq!((latest.conversation, latest.at), (after.id, everything.at));
    assert_eq!(latest.event, everything.events[0]);
    let linked = store.crm_link("crm", contact_id(1)).await.expect("read");
    assert_eq!(linked.as_deref(), Some("customer 7"));
    let unlinked = store.crm_link("other", contact_id(1)).await.expect("read");
    assert_eq!(unlinked, None);
    let customer = store.contact(contact_id(1)).await.expect("read");
    assert_eq!(customer.expect("known").profile, sealed(70));
    assert_eq!(load(&store, "ana").await, 1);
    assert_eq!(job(&store, JobKind::Send, 999).await.job, everything.jobs[0]);
    assert_eq!(job(&store, JobKind::Crm, 999).await.job, everything.jobs[1]);
}

fn status(number: u32) -> StatusRecord {
    StatusRecord {
        id: message_id(number),
        message: message_id(20),
        occurred: at(0),
        payload: sealed(number),
    }
}

fn crm_link(remote: &str) -> CrmLink {
    CrmLink {
        tenant: tenant(),
        connection: "crm".to_owned(),
        contact: contact_id(1),
        remote: remote.to_owned(),
    }
}
