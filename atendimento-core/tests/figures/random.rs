//! Whatever happens, what is counted as it happens is what is counted afterwards.

use std::collections::BTreeMap;
use std::time::Duration;

use atendimento_core::Desk;
use atendimento_core::domain::access::{Action, Actor, Role};
use atendimento_core::domain::figures::{Ledger, Period, QueueFigures};
use atendimento_core::id::{AgentId, QueueId};
use atendimento_core::store::{Cursor, Listing, PresenceCursor, RosterCursor};
use atendimento_core::time::Timestamp;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

use crate::history::{Step, morning, steps};
use crate::recount::{self, Happened};
use crate::world::World;

fn run<T>(story: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(story)
}

fn eva() -> Actor {
    Actor::new("eva", "default", Role::AUDITOR)
}

fn targets() -> BTreeMap<QueueId, Duration> {
    [("service".into(), Duration::from_secs(40))].into()
}

/// Everything that is in the store.
async fn happened(desk: &Desk) -> Happened {
    let (store, tenant) = (desk.store(), "default".into());
    Happened {
        conversations: desk.list(&eva(), &Listing::default(), usize::MAX).await.unwrap(),
        facts: store.journal(Cursor::default(), usize::MAX).await.unwrap().0,
        presences: store.presences(&tenant, PresenceCursor::default(), usize::MAX).await.unwrap().0,
    }
}

async fn serving(desk: &Desk) -> BTreeMap<AgentId, Vec<QueueId>> {
    let all = desk.store().agents(&"default".into(), RosterCursor::default(), usize::MAX).await;
    let all = all.unwrap().0.into_iter();
    all.map(|agent| (agent.id, agent.profile.queues)).collect()
}

/// So many quarters from the one in which `moment` is, `first` quarters later.
fn period(moment: Timestamp, first: u32, count: u32) -> Period {
    let from = Period::quarter_of(moment).from() + first * Period::QUARTER;
    Period::new(from, from + count * Period::QUARTER).unwrap()
}

/// What the desk has counted is what a recount finds.
async fn check(desk: &Desk, now: Timestamp, begin: Timestamp) {
    let happened = happened(desk).await;
    for (first, count) in [(0, 1), (1, 1), (0, 40)] {
        let period = period(begin, first, count);
        let told = desk.figures(&eva(), period).await.unwrap();
        assert_eq!(told, recount::report(&happened, period, now, targets()));
    }
    let live = desk.live(&eva()).await.unwrap();
    assert_eq!(live, recount::live(&happened, now, &serving(desk).await));

    // Who was in line before, or came, went some way or is there still.
    let all = desk.figures(&eva(), period(begin, 0, 40)).await.unwrap();
    for (queue, figures) in &all.queues {
        let QueueFigures { offered, answered, abandoned, moved, withdrawn, .. } = figures;
        let ended = answered.count() + abandoned.count() + moved + withdrawn;
        let there = live.queues.get(queue).map_or(0, |live| live.waiting + live.offered);
        assert_eq!(*offered, ended + there, "{queue:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_a_desk_counts_as_it_goes_is_what_a_recount_finds_on_either_store(
        history in vec(steps(), 40),
    ) {
        run(async {
            let mut world = World::new();
            let begin = world.desks().next().unwrap().1;
            for (number, step) in morning().into_iter().chain(history).enumerate() {
                world.live(&step).await;
                if number % 8 == 7 {
                    for (desk, now) in world.desks() {
                        check(desk, now, begin).await;
                    }
                }
            }
            for (desk, now) in world.desks() {
                check(desk, now, begin).await;
            }
        });
    }

    /// Hours instead of minutes, clocks that disagree, and changes of presence that are heard of
    /// early or late.
    #[test]
    fn it_is_so_with_clocks_that_disagree_and_presence_that_is_heard_of_at_any_time(
        history in vec(steps(), 60),
        stretch in 1_i64..40,
        clocks in vec(-90_i64..90, 32),
        mixed in vec(any::<Index>(), 16),
        (first, count) in (0_u32..12, 1_u32..12),
    ) {
        let (mut happened, begin, now) = run(lived(history));
        let told = |at: Timestamp, number: usize| {
            let since = (at.millis() - begin.millis()) * stretch;
            let wrong = clocks[number % clocks.len()] * 1000;
            Timestamp::from_millis(begin.millis() + since + wrong)
        };
        for (number, fact) in happened.facts.iter_mut().enumerate() {
            fact.at = told(fact.at, number);
        }
        for (number, change) in happened.presences.iter_mut().enumerate() {
            change.at = told(change.at, 3 * number + 1);
        }
        let now = Timestamp::from_millis(begin.millis() + (now.millis() - begin.millis()) * stretch);

        let mut ledger = Ledger::default();
        let mut presences = happened.presences.iter().peekable();
        for (number, fact) in happened.facts.iter().enumerate() {
            if mixed[number % mixed.len()].index(3) == 0 {
                presences.next().into_iter().for_each(|change| ledger.change_presence(change));
            }
            ledger.apply(fact.conversation, fact.version, fact.at, &fact.event);
        }
        presences.for_each(|change| ledger.change_presence(change));

        let grant = eva().may(Action::ReadFigures).unwrap();
        let period = period(begin, first, count);
        let report = ledger.report(&grant, period, now, targets());
        prop_assert_eq!(report, recount::report(&happened, period, now, targets()));
    }
}

/// A history on the memory store, when it began and when it ended.
async fn lived(history: Vec<Step>) -> (Happened, Timestamp, Timestamp) {
    let mut world = World::on_memory();
    let begin = world.desks().next().unwrap().1;
    for step in morning().into_iter().chain(history) {
        world.live(&step).await;
    }
    let (desk, now) = world.desks().next().unwrap();
    (happened(desk).await, begin, now)
}

/// The histories above reach what they are about: else they would show nothing.
#[test]
fn the_histories_reach_every_figure() {
    let mut runner = TestRunner::deterministic();
    let mut all = QueueFigures::default();
    for _ in 0..40 {
        let history = vec(steps(), 80).new_tree(&mut runner).unwrap().current();
        let (happened, begin, now) = run(lived(history));
        let report = recount::report(&happened, period(begin, 0, 40), now, targets());
        report.queues.values().for_each(|figures| all.add(figures));
    }
    let QueueFigures { work, first_answer, resolution, .. } = &all;
    for (name, count) in [
        ("offered", all.offered),
        ("answered", all.answered.count()),
        ("abandoned", all.abandoned.count()),
        ("moved", all.moved),
        ("withdrawn", all.withdrawn),
        ("reopened", all.reopened),
        ("first answers kept", first_answer.kept),
        ("first answers broken", first_answer.broken),
        ("resolutions kept", resolution.kept),
        ("resolutions broken", resolution.broken),
        ("asked", work.asked),
        ("rejected", work.rejected),
        ("missed", work.missed),
        ("assigned", work.assigned),
        ("handled", work.handling.count()),
        ("written up", work.wrap_up.count()),
        ("responses", work.first_response.count()),
        ("closed", work.closed),
        ("snoozed", work.snoozed),
        ("transferred", work.transferred),
        ("taken", work.taken),
        ("absent", work.absent),
    ] {
        assert!(count > 0, "no history has {name}: {all:?}");
    }
}
