//! Small histories, and their figures counted by hand.

use std::time::Duration;

use atendimento_core::domain::figures::{Promises, Share, Times, Work};
use atendimento_core::domain::{Event, OfferEnd, Presence, Release, Target, Way};
use proptest::collection::vec;
use proptest::prelude::*;

use crate::told::{
    Told, assigned, assigned_to_bot, at, auditor, broken, closed, kept, offer_ended, offered,
    opened, quarters, queued, released, replied, seconds, snoozed, wrap_up,
};

fn times(all: &[u64]) -> Times {
    let mut times = Times::default();
    all.iter().for_each(|time| times.record(seconds(*time)));
    times
}

#[test]
fn a_wait_is_answered_abandoned_moved_or_withdrawn() {
    let told = Told::default()
        .happens(1, 0, &[opened(), queued("sales")])
        .happens(1, 15, &[assigned("ana", Way::Routed)])
        .happens(2, 10, &[opened(), queued("sales")])
        .happens(2, 40, &[closed()])
        .happens(3, 20, &[opened(), queued("sales")])
        .happens(3, 80, &[queued("support")]) // it overflows
        .happens(3, 180, &[assigned("bia", Way::Routed)])
        .happens(4, 30, &[opened(), queued("sales")])
        .happens(4, 35, &[snoozed()])
        .happens(5, 30, &[opened(), queued("sales")])
        .happens(5, 36, &[assigned_to_bot("bot")])
        .happens(6, 50, &[opened(), queued("sales")]);
    let report = told.hour();
    let (sales, support) = (&report.queues[&"sales".into()], &report.queues[&"support".into()]);

    assert_eq!(sales.offered, 6);
    assert_eq!((&sales.answered, &sales.abandoned), (&times(&[15]), &times(&[30])));
    assert_eq!((sales.moved, sales.withdrawn), (1, 2));
    assert_eq!((support.offered, &support.answered), (1, &times(&[100])));
    assert_eq!(sales.abandonment(), Share { part: 1, whole: 2 });
    assert_eq!(told.live(&auditor(), 60).queues[&"sales".into()].longest_wait, Some(seconds(10)));
}

#[test]
fn whoever_was_answered_or_is_with_somebody_has_not_abandoned() {
    let report = Told::default()
        // A supervisor writes while it waits, and closes it.
        .happens(1, 0, &[opened(), queued("sales")])
        .happens(1, 5, &[replied("sofia")])
        .happens(1, 9, &[closed()])
        // Its owner wants to pass it on, and closes it instead.
        .happens(2, 0, &[opened(), queued("sales")])
        .happens(2, 2, &[assigned("ana", Way::Routed)])
        .happens(2, 4, &[queued("sales")])
        .happens(2, 8, &[closed()])
        // Or calls it off.
        .happens(3, 0, &[opened(), queued("sales")])
        .happens(3, 2, &[assigned("ana", Way::Routed)])
        .happens(3, 4, &[queued("sales")])
        .happens(3, 6, &[Event::LeftLine])
        // A bot has it, and nobody comes.
        .happens(4, 0, &[opened(), queued("sales")])
        .happens(4, 1, &[assigned_to_bot("bot")])
        .happens(4, 2, &[queued("sales")])
        .happens(4, 3, &[replied("bot")])
        .happens(4, 7, &[closed()])
        .hour();
    let sales = &report.queues[&"sales".into()];

    assert_eq!((sales.offered, sales.withdrawn), (7, 4));
    assert_eq!((&sales.answered, &sales.abandoned), (&times(&[2, 2]), &times(&[5])));
}

#[test]
fn another_ticket_for_the_same_queue_is_the_same_wait() {
    let report = Told::default()
        .happens(1, 0, &[opened(), queued("sales")])
        .happens(1, 30, &[queued("sales")])
        .happens(1, 70, &[assigned("ana", Way::Pulled)])
        .hour();
    let sales = &report.queues[&"sales".into()];
    assert_eq!((sales.offered, sales.moved, &sales.answered), (1, 0, &times(&[70])));
}

#[test]
fn the_service_level_leaves_out_who_left_within_the_target() {
    let mut told = Told::default();
    for (id, wait, end) in [
        (1, 5, assigned("ana", Way::Routed)),
        (2, 20, assigned("ana", Way::Routed)),
        (3, 21, assigned("ana", Way::Routed)),
        (4, 20, closed()),
        (5, 21, closed()),
    ] {
        told = told.happens(id, 0, &[opened(), queued("sales")]).happens(id, wait, &[end]);
    }
    let report = told.happens(6, 0, &[opened(), queued("support")]).hour();

    let level = report.service_level(&"sales".into());
    assert_eq!(level, Some(Share { part: 2, whole: 4 }));
    assert_eq!(level.unwrap().per_mille(), Some(500));
    assert_eq!(report.service_level(&"support".into()), None, "it has no target");
}

#[test]
fn the_first_response_is_a_persons_and_counts_once_for_each_time_it_begins_or_goes_on() {
    let report = Told::default()
        .happens(1, 0, &[opened(), queued("sales")])
        .happens(1, 5, &[assigned_to_bot("bot")])
        .happens(1, 6, &[replied("bot")])
        .happens(1, 10, &[queued("sales")])
        .happens(1, 20, &[assigned("ana", Way::Routed)])
        .happens(1, 50, &[replied("ana")])
        .happens(1, 60, &[replied("ana"), closed()])
        .happens(1, 100, &[Event::Reopened, queued("support")])
        .happens(1, 110, &[assigned("bia", Way::Routed)])
        .happens(1, 115, &[replied("bia")])
        // Nobody asked for an answer.
        .happens(2, 0, &[opened()])
        .happens(2, 9, &[replied("sofia")])
        .hour();

    let of = |agent: &str| &report.agents[&agent.into()].work.first_response;
    assert_eq!((of("ana"), of("bia")), (&times(&[50]), &times(&[15])));
    assert_eq!(report.queues[&"sales".into()].work.first_response, times(&[50]));
    assert_eq!(report.queues[&"support".into()].reopened, 1);
    assert!(!report.agents.contains_key(&"bot".into()));
    assert!(!report.agents.contains_key(&"sofia".into()));
}

#[test]
fn handling_lasts_as_long_as_somebody_has_it_and_writes_it_up() {
    let report = Told::default()
        .happens(1, 0, &[opened(), queued("sales")])
        .happens(1, 10, &[assigned("ana", Way::Routed)])
        .happens(1, 100, &[wrap_up(), kept(Target::Resolution)])
        .happens(1, 110, &[Event::Resumed]) // the customer writes
        .happens(1, 200, &[wrap_up()])
        .happens(1, 225, &[closed()])
        .happens(2, 0, &[opened(), queued("sales")])
        .happens(2, 10, &[assigned("ana", Way::Routed)])
        .happens(2, 40, &[snoozed()])
        .happens(2, 80, &[Event::Woken, queued("sales")])
        .happens(2, 90, &[assigned("ana", Way::Routed)])
        .happens(2, 110, &[closed()])
        .hour();
    let expected = Work {
        assigned: 3,
        handling: times(&[215, 30, 20]),
        wrap_up: times(&[35]),
        closed: 2,
        snoozed: 1,
        ..Work::default()
    };
    assert_eq!(report.agents[&"ana".into()].work, expected);
    assert_eq!(report.queues[&"sales".into()].work, expected);
    assert_eq!(report.queues[&"sales".into()].resolution, Promises { kept: 1, broken: 0 });
}

#[test]
fn what_an_agent_passes_on_loses_and_lies_idle_with_is_told_apart() {
    let passed = || released("ana", Release::Passed);
    let mut told = Told::default();
    for (id, end) in [
        // Given back to a queue.
        (1, vec![released("ana", Release::Transferred), queued("support")]),
        // Passed on, and taken by the other.
        (2, vec![queued("support"), offered("bia"), passed(), assigned("bia", Way::Accepted)]),
        (3, vec![queued("support"), passed(), assigned("bia", Way::Routed)]),
        // Taken away by who may.
        (4, vec![passed(), assigned("sofia", Way::TakenOver)]),
        (5, vec![passed(), assigned("bia", Way::Forced)]),
        (6, vec![passed(), assigned_to_bot("bot")]),
        // Absent.
        (7, vec![released("ana", Release::Absent), queued("sales")]),
    ] {
        told = told
            .happens(id, 0, &[opened(), queued("sales")])
            .happens(id, 10, &[assigned("ana", Way::Routed)])
            .happens(id, 40, &end);
    }
    let report = told.hour();

    let ana = &report.agents[&"ana".into()].work;
    assert_eq!((ana.transferred, ana.taken, ana.absent), (3, 3, 1));
    assert_eq!((ana.assigned, &ana.handling), (7, &times(&[30; 7])));
    // What came by sales is of sales, wherever it goes.
    assert_eq!(report.queues[&"sales".into()].work.transferred, 3);
    assert_eq!(report.queues[&"support".into()].work.transferred, 0);
    assert_eq!(report.queues[&"support".into()].work.assigned, 2);
}

#[test]
fn offers_are_counted_by_how_they_end() {
    let report = Told::default()
        .happens(1, 0, &[opened(), queued("sales"), offered("ana")])
        .happens(1, 5, &[offer_ended("ana", OfferEnd::Rejected), offered("bia")])
        .happens(1, 25, &[offer_ended("bia", OfferEnd::TimedOut), offered("ana")])
        .happens(1, 26, &[offer_ended("ana", OfferEnd::Rescinded), offered("ana")])
        .happens(1, 27, &[offer_ended("ana", OfferEnd::AgentLeft), offered("bia")])
        .happens(1, 30, &[assigned("bia", Way::Accepted)])
        .hour();
    let of = |agent: &str| {
        let work = &report.agents[&agent.into()].work;
        (work.asked, work.rejected, work.missed, work.assigned)
    };
    assert_eq!((of("ana"), of("bia")), ((3, 1, 0, 0), (2, 0, 1, 1)));
}

#[test]
fn promises_are_counted_where_the_customer_waits_or_waited_last() {
    let report = Told::default()
        .happens(1, 0, &[opened(), queued("sales")])
        .happens(1, 10, &[assigned("ana", Way::Routed)])
        .happens(1, 12, &[replied("ana"), kept(Target::FirstAnswer)])
        .happens(1, 20, &[released("ana", Release::Transferred), queued("support")])
        .happens(1, 60, &[broken(Target::Resolution)])
        .happens(2, 0, &[opened(), broken(Target::FirstAnswer)]) // it never waited
        .hour();
    let of = |queue: &str| {
        let queue = &report.queues[&queue.into()];
        (queue.first_answer, queue.resolution)
    };
    let (kept, broken) = (Promises { kept: 1, broken: 0 }, Promises { kept: 0, broken: 1 });
    assert_eq!(of("sales"), (kept, Promises::default()));
    assert_eq!(of("support"), (Promises::default(), broken));
    assert_eq!(report.queues.len(), 2);
}

#[test]
fn occupancy_is_the_time_with_work_of_the_time_with_work_or_available() {
    let told = Told::default()
        .is("ana", 0, Presence::Available)
        .happens(1, 0, &[opened(), queued("sales")])
        .happens(1, 100, &[assigned("ana", Way::Routed)])
        .happens(2, 0, &[opened(), queued("sales")])
        .happens(2, 200, &[assigned("ana", Way::Routed)]) // two at once count once
        .happens(1, 300, &[closed()])
        .is("ana", 350, Presence::Break) // what she has goes on
        .happens(2, 400, &[closed()])
        .is("ana", 600, Presence::Away)
        .is("ana", 700, Presence::Available)
        .happens(3, 0, &[opened(), queued("sales")])
        .happens(3, 800, &[assigned("ana", Way::Routed)])
        .is("ana", 850, Presence::Offline); // whoever is offline works at nothing
    let report = told.report(&auditor(), quarters(0, 1), 900);
    let time = report.agents[&"ana".into()].time.unwrap();

    assert_eq!((time.signed_in, time.available), (seconds(850), seconds(350 + 150)));
    assert_eq!(time.busy, seconds(300 + 50));
    assert_eq!(time.staffed, seconds(400 + 150));
    assert_eq!(time.occupancy().per_mille(), Some(636)); // 350 / 550
}

#[test]
fn what_is_not_over_counts_up_to_now() {
    let told = Told::default()
        .is("ana", 0, Presence::Available)
        .happens(1, 0, &[opened(), queued("sales")])
        .happens(1, 100, &[assigned("ana", Way::Routed)]);
    let early = told.report(&auditor(), quarters(0, 1), 150);
    let time = early.agents[&"ana".into()].time.unwrap();
    assert_eq!((early.as_of, time.signed_in, time.busy), (at(150), seconds(150), seconds(50)));
    assert_eq!(early.agents[&"ana".into()].work.handling, Times::default());

    let late = told.report(&auditor(), quarters(0, 1), 5000);
    let time = late.agents[&"ana".into()].time.unwrap();
    assert_eq!((late.as_of, time.signed_in, time.busy), (at(900), seconds(900), seconds(800)));
}

#[test]
fn everything_is_counted_in_the_quarter_in_which_it_was_over_and_time_where_it_passed() {
    let told = Told::default()
        .is("ana", 0, Presence::Available)
        .happens(1, 880, &[opened(), queued("sales")])
        .happens(1, 900, &[assigned("ana", Way::Routed)])
        .happens(1, 1799, &[replied("ana")])
        .happens(1, 1900, &[closed()])
        .is("ana", 2000, Presence::Offline);
    let quarter = |number| told.report(&auditor(), quarters(number, 1), 3600);
    let [first, second, third] = [quarter(0), quarter(1), quarter(2)];
    let sales = "sales".into();

    assert_eq!((first.queues[&sales].offered, first.queues[&sales].answered.count()), (1, 0));
    assert_eq!(second.queues[&sales].answered, times(&[20]));
    assert_eq!(second.queues[&sales].work.first_response, times(&[919]));
    assert_eq!(third.queues[&sales].work.handling, times(&[1000]));
    let busy = |report: &atendimento_core::domain::figures::Report| {
        report.agents[&"ana".into()].time.unwrap().busy
    };
    assert_eq!([busy(&first), busy(&second), busy(&third)], [0, 900, 100].map(seconds));

    let mut sum = first.queues[&sales].clone();
    sum.add(&second.queues[&sales]);
    sum.add(&third.queues[&sales]);
    assert_eq!(told.report(&auditor(), quarters(0, 3), 3600).queues[&sales], sum);
    assert!(quarter(3).queues.is_empty() && quarter(3).agents.is_empty());
}

#[test]
fn a_fact_that_says_to_be_earlier_than_the_one_before_it_is_of_the_same_moment() {
    let report = Told::default()
        .is("ana", 10, Presence::Available)
        .is("ana", 5, Presence::Break) // by a clock that is behind
        .is("ana", 30, Presence::Offline)
        .happens(1, 10, &[opened(), queued("sales")])
        .happens(1, 4, &[assigned("ana", Way::Routed)])
        .happens(1, 25, &[closed()])
        .hour();
    let ana = &report.agents[&"ana".into()];
    assert_eq!(report.queues[&"sales".into()].answered, times(&[0]));
    assert_eq!(ana.work.handling, times(&[15]));
    let time = ana.time.unwrap();
    assert_eq!((time.signed_in, time.available), (seconds(20), Duration::ZERO));
    assert_eq!((time.busy, time.staffed), (seconds(15), seconds(15)));
}

#[test]
fn now_is_told_by_who_waits_who_has_something_and_who_is_free() {
    let told = Told::default()
        .is("ana", 0, Presence::Available)
        .is("bia", 0, Presence::Available)
        .is("caio", 0, Presence::Break)
        .happens(1, 10, &[opened(), queued("sales")])
        .happens(2, 20, &[opened(), queued("sales"), offered("ana")])
        .happens(3, 30, &[opened(), queued("sales")])
        .happens(3, 35, &[assigned("bia", Way::Routed), wrap_up()])
        .happens(4, 30, &[opened(), queued("support")])
        .happens(4, 40, &[assigned("bia", Way::Routed)])
        .happens(5, 1, &[opened(), queued("sales")])
        .happens(5, 2, &[closed()])
        .is("bia", 50, Presence::Away);
    let live = told.live(&auditor(), 100);

    let sales = live.queues[&"sales".into()];
    assert_eq!((sales.waiting, sales.offered), (1, 1));
    assert_eq!(sales.longest_wait, Some(seconds(90)));
    assert_eq!((sales.assigned, sales.wrapping_up, sales.available), (0, 1, 1));
    let support = live.queues[&"support".into()];
    assert_eq!((support.assigned, support.longest_wait, support.available), (1, None, 0));
    let [ana, bia, caio] = ["ana", "bia", "caio"].map(|agent| live.agents[&agent.into()]);
    assert_eq!((ana.presence, ana.offered, ana.assigned), (Presence::Available, 1, 0));
    assert_eq!((bia.presence, bia.since), (Presence::Away, Some(at(50))));
    assert_eq!((bia.assigned, bia.wrapping_up), (1, 1));
    assert_eq!((caio.presence, caio.assigned), (Presence::Break, 0));
}

#[test]
fn a_conversation_that_is_closed_is_forgotten_with_the_facts_of_that_moment() {
    let told = Told::default()
        .happens(1, 0, &[opened(), queued("sales")])
        .happens(1, 10, &[closed(), kept(Target::Resolution)])
        .happens(1, 20, &[broken(Target::FirstAnswer)]) // of what is not there any more
        .happens(1, 30, &[replied("ana")]);
    let report = told.hour();
    let sales = &report.queues[&"sales".into()];
    assert_eq!((sales.resolution.kept, sales.first_answer.broken), (1, 0));
    assert!(report.agents.is_empty());
}

proptest! {
    #[test]
    fn many_times_are_counted_exactly_and_spread_within_the_error_that_is_said(
        mut all in vec(prop_oneof![0_u64..5_000, 0_u64..4_096_000, 0_u64..900_000_000], 1..60),
        limit in 0_u64..=4096,
        per_mille in 0_u16..=1000,
        cut in any::<prop::sample::Index>(),
    ) {
        let (mut first, mut second) = (Times::default(), Times::default());
        let cut = cut.index(all.len());
        for (number, time) in all.iter().enumerate() {
            let into = if number < cut { &mut first } else { &mut second };
            into.record(Duration::from_millis(*time));
        }
        first.add(&second);
        all.sort_unstable();

        prop_assert_eq!(first.count(), all.len() as u64);
        prop_assert_eq!(first.sum(), Duration::from_millis(all.iter().sum()));
        prop_assert_eq!(first.longest(), Duration::from_millis(*all.last().unwrap()));
        let within = all.iter().filter(|time| **time <= limit * 1000).count();
        prop_assert_eq!(first.within(seconds(limit)), within as u64);
        let rank = (all.len() * usize::from(per_mille)).div_ceil(1000).max(1);
        let exact = Duration::from_millis(all[rank - 1]);
        let told = first.quantile(per_mille).unwrap();
        let error = seconds(1).max(exact / 2048 + seconds(1));
        prop_assert!(exact <= told && told < exact + error, "{exact:?} {told:?}");
    }
}
