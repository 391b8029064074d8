//! Who is there, and for what.
#![expect(
    clippy::missing_panics_doc,
    reason = "a rule panics when it is broken, which is what it is for"
)]

use std::slice;
use std::sync::Arc;

use crate::domain::{AgentSlot, Presence};
use crate::error::ErrorKind;
use crate::id::{AgentId, QueueId};
use crate::store::Store;
use crate::testing::conformance::StoreFixture;
use crate::testing::conformance::samples::{
    agent, assignment, available, commit, other_tenant, queue, refusal, tenant, waiting,
};

/// Enrolling again changes queues and capacity, and neither load nor presence.
pub async fn enrolling_again_changes_queues_and_capacity_and_neither_load_nor_presence(
    fixture: &dyn StoreFixture,
) {
    let store = fixture.open().await;
    available(&store, "ana", 5).await;
    let conversation = waiting(&store, 1).await;
    let owned = commit(&store, assignment(&conversation, "ana")).await;
    assert_eq!(owned.assignee(), Some(&agent("ana")));
    let before = roster(&store, "sales").await;

    enroll(&store, "ana", &["support", "billing"], 2).await;
    assert_eq!(roster(&store, "sales").await, []);
    let expected = AgentSlot {
        queues: vec!["support".into(), "billing".into()],
        capacity: 2,
        ..before[0].clone()
    };
    assert_eq!((expected.used, expected.presence), (1, Presence::Available));
    drop(store);
    let store = fixture.open().await;
    for queue in ["support", "billing"] {
        assert_eq!(roster(&store, queue).await, slice::from_ref(&expected));
    }
}

/// A new agent is offline and has no load.
pub async fn a_new_agent_is_offline_and_has_no_load(fixture: &dyn StoreFixture) {
    let store = fixture.open().await;
    enroll(&store, "ana", &["sales"], 3).await;

    let new = AgentSlot {
        agent: agent("ana"),
        tenant: tenant(),
        queues: vec![queue()],
        presence: Presence::Offline,
        capacity: 3,
        used: 0,
        last_assigned: None,
    };
    assert_eq!(roster(&store, "sales").await, [new]);
}

/// Only an enrolled agent has a presence.
pub async fn only_an_enrolled_agent_has_a_presence(fixture: &dyn StoreFixture) {
    let store = fixture.open().await;
    enroll(&store, "ana", &["sales"], 3).await;

    for (company, name) in [(tenant(), "bia"), (other_tenant(), "ana")] {
        let set = store.set_presence(&company, &agent(name), Presence::Away).await;
        assert_eq!(refusal(set), ErrorKind::NotFound);
    }
    let set = store.set_presence(&tenant(), &agent("ana"), Presence::Away).await;
    set.expect("the agent is enrolled");
    assert_eq!(roster(&store, "sales").await[0].presence, Presence::Away);
}

/// The roster of a queue lists who serves it.
pub async fn the_roster_of_a_queue_lists_who_serves_it(fixture: &dyn StoreFixture) {
    let store = fixture.open().await;
    enroll(&store, "caio", &["sales", "support"], 1).await;
    enroll(&store, "ana", &["sales"], 1).await;
    enroll(&store, "bia", &["support"], 1).await;
    enroll(&store, "davi", &[], 1).await;
    let elsewhere = store.enroll(&other_tenant(), &agent("eva"), &[queue()], 1).await;
    elsewhere.expect("enrolled");

    let names = async |queue: &str| -> Vec<AgentId> {
        let slots = roster(&store, queue).await.into_iter();
        slots.map(|slot| slot.agent).collect()
    };
    assert_eq!(names("sales").await, [agent("ana"), agent("caio")]);
    assert_eq!(names("support").await, [agent("bia"), agent("caio")]);
    assert_eq!(names("billing").await, []);
}

async fn enroll(store: &Arc<dyn Store>, name: &str, queues: &[&str], capacity: u32) {
    let queues: Vec<_> = queues.iter().map(|name| QueueId::from(*name)).collect();
    let enrolled = store.enroll(&tenant(), &agent(name), &queues, capacity).await;
    enrolled.expect("the agent is enrolled");
}

async fn roster(store: &Arc<dyn Store>, queue: &str) -> Vec<AgentSlot> {
    let slots = store.roster(&tenant(), &queue.into()).await;
    slots.expect("the roster is read")
}
