//! Whatever happens, in whatever order: what must hold of a service desk holds, and the memory
//! store and SQLite answer alike.
//!
//! Two desks, one on each store, live through the same random history of customers, agents,
//! supervisors and time. After each step both are asked for everything, and the invariants I1
//! to I9 are checked. `ATENDIMENTO_STEPS` makes the histories longer, `PROPTEST_CASES` makes
//! more of them.
#![allow(missing_docs, clippy::unwrap_used)]

#[path = "invariants/history.rs"]
mod history;
#[path = "invariants/world.rs"]
mod world;

use proptest::collection::vec;
use proptest::prelude::*;

use history::{morning, steps};
use world::World;

fn length() -> usize {
    std::env::var("ATENDIMENTO_STEPS").ok().and_then(|steps| steps.parse().ok()).unwrap_or(50)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_desk_keeps_its_invariants_on_either_store(history in vec(steps(), length())) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let mut world = World::new();
            for step in morning().into_iter().chain(history) {
                world.live(&step).await;
            }
        });
    }
}

/// The histories above reach what they are about: else they would show nothing.
#[test]
fn the_histories_reach_every_kind_of_fact() {
    use proptest::strategy::ValueTree;
    use proptest::test_runner::TestRunner;

    let mut runner = TestRunner::deterministic();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let mut seen = std::collections::BTreeSet::new();
    for _ in 0..40 {
        let history = vec(steps(), 100).new_tree(&mut runner).unwrap().current();
        let mut world = World::on_memory();
        runtime.block_on(async {
            for step in morning().into_iter().chain(history) {
                world.live(&step).await;
            }
        });
        seen.extend(world.seen);
    }
    for kind in [
        "opened",
        "queued",
        "stage_reached",
        "left_line",
        "offered",
        "offer_ended rejected",
        "offer_ended timed_out",
        "offer_ended rescinded",
        "offer_ended agent_left",
        "exclusions_cleared",
        "assigned accepted",
        "assigned routed",
        "assigned given",
        "assigned forced",
        "assigned pulled",
        "assigned taken_over",
        "assigned handed_over",
        "owner_left",
        "owner_returned",
        "released absent",
        "released transferred",
        "released passed",
        "wrap_up_began",
        "resumed",
        "snoozed",
        "woken",
        "closed",
        "reopened",
        "promise_kept",
        "promise_broken",
    ] {
        assert!(seen.contains(kind), "no history has {kind}: {seen:?}");
    }
}
