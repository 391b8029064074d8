//! Who is there, and for what.
#![expect(
    clippy::missing_panics_doc,
    reason = "a rule panics when it is broken, which is what it is for"
)]

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::domain::routing::Level;
use crate::domain::{Agent, AgentProfile, Event, OfferEnd, Presence, PresenceChange};
use crate::error::ErrorKind;
use crate::id::AgentId;
use crate::store::{Commit, OfferAnswer, PresenceCursor, RosterCursor, Store};
use crate::testing::conformance::StoreFixture;
use crate::testing::conformance::samples::{
    agent, assignment, at, available, change, commit, enrolled, offer, other_tenant, queue,
    refusal, tenant, touch, waiting,
};

/// Enrolling again changes the profile, and neither load nor presence.
pub async fn enrolling_again_changes_the_profile_and_neither_load_nor_presence(
    fixture: &dyn StoreFixture,
) {
    let store = fixture.open().await;
    available(&store, "ana", 5).await;
    let conversation = waiting(&store, 1).await;
    commit(&store, assignment(&conversation, "ana")).await;
    let before = enrolled(&store, "ana").await;
    assert_eq!((&before.presence, before.used.len()), (&Presence::Available, 1));

    let profile = AgentProfile {
        team: Some("night".into()),
        queues: vec!["support".into(), "billing".into()],
        skills: BTreeMap::from([("spanish".into(), Level::BEST)]),
        capacity: BTreeMap::from([("call".into(), 1)]),
    };
    enroll(&store, "ana", &profile).await;
    let expected = Agent { profile, epoch: before.epoch + 1, ..before };
    assert_eq!(enrolled(&store, "ana").await, expected);
    drop(store);
    let store = fixture.open().await;
    assert_eq!(enrolled(&store, "ana").await, expected);
    // There is no room for chats any more.
    let more = waiting(&store, 2).await;
    let refused = store.commit(assignment(&more, "ana")).await;
    assert_eq!(refusal(refused), ErrorKind::AgentUnavailable);
}

/// A new agent is offline and has no load.
pub async fn a_new_agent_is_offline_and_has_no_load(fixture: &dyn StoreFixture) {
    let store = fixture.open().await;
    let profile = AgentProfile::chats([queue()], 3);
    enroll(&store, "ana", &profile).await;

    let new = Agent {
        id: agent("ana"),
        tenant: tenant(),
        profile,
        presence: Presence::Offline,
        epoch: 1,
        used: BTreeMap::new(),
        missed: 0,
        last_assigned: None,
    };
    assert_eq!(enrolled(&store, "ana").await, new);
    let unknown = store.agent(&tenant(), &agent("bia")).await.expect("read");
    assert_eq!(unknown, None);
}

/// Only an enrolled agent has a presence.
pub async fn only_an_enrolled_agent_has_a_presence(fixture: &dyn StoreFixture) {
    let store = fixture.open().await;
    enroll(&store, "ana", &AgentProfile::chats([queue()], 3)).await;

    for (company, name) in [(tenant(), "bia"), (other_tenant(), "ana")] {
        let set = store.set_presence(&company, &agent(name), Presence::Away, at(1)).await;
        assert_eq!(refusal(set), ErrorKind::NotFound);
    }
    for presence in [
        Presence::Available,
        Presence::Away,
        Presence::Break,
        Presence::Unresponsive,
        Presence::Offline,
    ] {
        be(&store, "ana", presence).await;
        assert_eq!(enrolled(&store, "ana").await.presence, presence);
    }
}

/// A change of profile or presence begins a new epoch.
pub async fn a_change_of_profile_or_presence_begins_a_new_epoch(fixture: &dyn StoreFixture) {
    let store = fixture.open().await;
    available(&store, "ana", 3).await;
    let epoch = async || enrolled(&store, "ana").await.epoch;
    let begun = epoch().await;

    be(&store, "ana", Presence::Away).await;
    assert_eq!(epoch().await, begun + 1);
    enroll(&store, "ana", &AgentProfile::chats([queue()], 2)).await;
    assert_eq!(epoch().await, begun + 2);
    be(&store, "ana", Presence::Available).await;
    assert_eq!(epoch().await, begun + 3);
    let conversation = waiting(&store, 1).await;
    commit(&store, assignment(&conversation, "ana")).await;
    assert_eq!(epoch().await, begun + 3);
}

/// An agent who is available again has missed nothing.
pub async fn an_agent_who_is_available_again_has_missed_nothing(fixture: &dyn StoreFixture) {
    let store = fixture.open().await;
    available(&store, "ana", 3).await;
    let conversation = waiting(&store, 1).await;
    let answer = Some(OfferAnswer::Missed { agent: agent("ana"), most: 9 });
    let missed = crate::store::Commit { answer, ..touch(&conversation) };
    commit(&store, missed).await;
    let missed = async || enrolled(&store, "ana").await.missed;

    assert_eq!(missed().await, 1);
    be(&store, "ana", Presence::Away).await;
    assert_eq!(missed().await, 1);
    be(&store, "ana", Presence::Available).await;
    assert_eq!(missed().await, 0);
}

/// Agents that changed are listed once, as they are now.
pub async fn agents_that_changed_are_listed_once_as_they_are_now(fixture: &dyn StoreFixture) {
    let store = fixture.open().await;
    for name in ["ana", "bia", "caio"] {
        available(&store, name, 3).await;
    }
    be(&store, "ana", Presence::Away).await;
    let (all, cursor) = changed(&store, RosterCursor::default(), 9).await;
    assert_eq!(names(&all), ["bia", "caio", "ana"]);
    assert_eq!(all[2], enrolled(&store, "ana").await);
    let (first, read) = changed(&store, RosterCursor::default(), 1).await;
    assert_eq!(names(&first), ["bia"]);
    let (rest, _) = changed(&store, read, 9).await;
    assert_eq!(names(&rest), ["caio", "ana"]);
    assert_eq!(changed(&store, cursor, 9).await, (vec![], cursor));

    let conversation = waiting(&store, 1).await;
    let owned = commit(&store, assignment(&conversation, "bia")).await;
    let (busy, cursor) = changed(&store, cursor, 9).await;
    assert_eq!(busy, [enrolled(&store, "bia").await]);
    commit(&store, touch(&owned)).await;
    assert_eq!(changed(&store, cursor, 9).await, (vec![], cursor));
    let again = fixture.open().await;
    assert_eq!(changed(&again, cursor, 9).await, (vec![], cursor));
}

/// Every change of presence is kept with its moment.
pub async fn every_change_of_presence_is_kept_with_its_moment(fixture: &dyn StoreFixture) {
    let store = fixture.open().await;
    for name in ["ana", "bia"] {
        enroll(&store, name, &AgentProfile::chats([queue()], 3)).await;
    }
    assert_eq!(kept(&store, PresenceCursor::default(), 9).await.0, []);
    be_since(&store, "ana", Presence::Available, 10).await;
    be_since(&store, "bia", Presence::Available, 20).await;
    be_since(&store, "ana", Presence::Available, 30).await; // no change
    be_since(&store, "bia", Presence::Break, 5).await; // by another clock
    let unknown = store.set_presence(&tenant(), &agent("caio"), Presence::Away, at(40)).await;
    assert_eq!(refusal(unknown), ErrorKind::NotFound);

    // Who lets several offers pass becomes unresponsive with the commit that says so.
    let mut conversation = waiting(&store, 1).await;
    for second in [50, 60, 70] {
        if enrolled(&store, "ana").await.presence == Presence::Available {
            conversation = commit(&store, offer(&conversation, "ana")).await;
        }
        let ended = Event::OfferEnded { agent: agent("ana"), end: OfferEnd::TimedOut };
        let missed = Commit {
            answer: Some(OfferAnswer::Missed { agent: agent("ana"), most: 2 }),
            at: at(second),
            ..change(&conversation, vec![ended])
        };
        conversation = commit(&store, missed).await;
    }

    let changed = |name: &str, presence, second| PresenceChange {
        agent: agent(name),
        presence,
        at: at(second),
    };
    let all = [
        changed("ana", Presence::Available, 10),
        changed("bia", Presence::Available, 20),
        changed("bia", Presence::Break, 5),
        changed("ana", Presence::Unresponsive, 60),
    ];
    let (read, end) = kept(&store, PresenceCursor::default(), 9).await;
    assert_eq!(read, all);
    assert_eq!(kept(&store, end, 9).await, (vec![], end));
    let (first, next) = kept(&store, PresenceCursor::default(), 1).await;
    assert_eq!(first, all[..1]);
    assert_eq!(kept(&store, next, 2).await.0, all[1..3]);
    drop(store);
    let store = fixture.open().await;
    assert_eq!(kept(&store, next, 9).await, (all[1..].to_vec(), end));
    let theirs = store.presences(&other_tenant(), PresenceCursor::default(), 9).await;
    assert_eq!(theirs.expect("read").0, []);
}

/// Agents of one company are not listed for another.
pub async fn agents_of_one_company_are_not_listed_for_another(fixture: &dyn StoreFixture) {
    let store = fixture.open().await;
    let profile = AgentProfile::chats([queue()], 3);
    enroll(&store, "ana", &profile).await;
    let elsewhere = store.enroll(&other_tenant(), &agent("eva"), &profile).await;
    elsewhere.expect("enrolled");

    let (ours, _) = changed(&store, RosterCursor::default(), 9).await;
    assert_eq!(names(&ours), ["ana"]);
    let theirs = store.agents(&other_tenant(), RosterCursor::default(), 9).await;
    assert_eq!(names(&theirs.expect("read").0), ["eva"]);
    let hidden = store.agent(&other_tenant(), &agent("ana")).await.expect("read");
    assert_eq!(hidden, None);
}

async fn enroll(store: &Arc<dyn Store>, name: &str, profile: &AgentProfile) {
    let enrolled = store.enroll(&tenant(), &agent(name), profile).await;
    enrolled.expect("the agent is enrolled");
}

async fn be(store: &Arc<dyn Store>, name: &str, presence: Presence) {
    be_since(store, name, presence, 0).await;
}

async fn be_since(store: &Arc<dyn Store>, name: &str, presence: Presence, second: i64) {
    let set = store.set_presence(&tenant(), &agent(name), presence, at(second)).await;
    set.expect("the agent is enrolled");
}

async fn kept(
    store: &Arc<dyn Store>,
    cursor: PresenceCursor,
    limit: usize,
) -> (Vec<PresenceChange>, PresenceCursor) {
    store.presences(&tenant(), cursor, limit).await.expect("presences are listed")
}

async fn changed(
    store: &Arc<dyn Store>,
    cursor: RosterCursor,
    limit: usize,
) -> (Vec<Agent>, RosterCursor) {
    store.agents(&tenant(), cursor, limit).await.expect("agents are listed")
}

fn names(agents: &[Agent]) -> Vec<&str> {
    agents.iter().map(|agent| AgentId::as_str(&agent.id)).collect()
}
