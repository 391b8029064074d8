//! The example in `docs/figures.md`, counted.

use std::time::Duration;

use atendimento_core::domain::figures::Share;
use atendimento_core::domain::{Event, Presence, Target, Way};

use crate::told::{
    Told, assigned, auditor, closed, kept, opened, quarters, queued, replied, wrap_up,
};

/// The story of the page: seconds after nine.
fn story() -> Told {
    Told::default()
        .is("ana", 0, Presence::Available)
        .happens(1, 60, &[opened(), queued("sales")])
        .happens(1, 70, &[assigned("ana", Way::Routed)])
        .happens(1, 90, &[replied("ana"), kept(Target::FirstAnswer)])
        .happens(2, 100, &[opened(), queued("sales")])
        .happens(2, 112, &[assigned("ana", Way::Routed)])
        .happens(2, 150, &[replied("ana"), kept(Target::FirstAnswer)])
        .happens(1, 300, &[wrap_up(), kept(Target::Resolution)])
        .happens(1, 330, &[closed()])
        .happens(3, 340, &[opened(), queued("sales")])
        .happens(3, 350, &[closed()])
        .is("ana", 380, Presence::Break)
        .happens(2, 400, &[closed(), kept(Target::Resolution)])
        .happens(4, 430, &[opened(), queued("sales")])
        .happens(5, 440, &[opened(), queued("sales")])
        .happens(4, 500, &[closed()])
        .happens(5, 620, &[queued("support")])
        .is("ana", 700, Presence::Available)
        .happens(6, 700, &[opened(), queued("sales")])
        .happens(6, 735, &[assigned("ana", Way::Routed)])
        .happens(7, 800, &[opened(), queued("sales")])
        .happens(1, 810, &[Event::Reopened, queued("sales")])
}

#[test]
fn the_example_in_the_documentation_is_what_is_counted() {
    let report = story().report(&auditor(), quarters(0, 1), 900);
    let sales = &report.queues[&"sales".into()];
    let ana = &report.agents[&"ana".into()];
    let time = ana.time.unwrap();
    let live = story().live(&auditor(), 900).queues[&"sales".into()];
    let count = |count: u64| count.to_string();
    let seconds = |time: Duration| format!("{} s", time.as_secs_f64());
    let share = |share: Share| {
        let Share { part, whole } = share;
        format!("{part} / {whole} = {} ‰", share.per_mille().unwrap())
    };
    let level = report.service_level(&"sales".into()).unwrap();
    let rows = [
        ("offered", count(sales.offered)),
        ("answered", count(sales.answered.count())),
        ("average speed of answer", seconds(sales.answered.mean().unwrap())),
        ("longest speed of answer", seconds(sales.answered.longest())),
        ("abandoned", count(sales.abandoned.count())),
        ("moved", count(sales.moved)),
        ("withdrawn", count(sales.withdrawn)),
        ("in line at the end", count(live.waiting + live.offered)),
        ("longest wait at the end", seconds(live.longest_wait.unwrap())),
        ("service level, 20 s", share(level)),
        ("abandonment", share(sales.abandonment())),
        ("average first response", seconds(sales.work.first_response.mean().unwrap())),
        ("handled", count(sales.work.handling.count())),
        ("average handling time", seconds(sales.work.handling.mean().unwrap())),
        ("of it wrap-up, together", seconds(sales.work.wrap_up.sum())),
        ("reopened", count(sales.reopened)),
        ("first answers kept", count(sales.first_answer.kept)),
        ("Ana signed in", seconds(time.signed_in)),
        ("Ana available", seconds(time.available)),
        ("Ana busy", seconds(time.busy)),
        ("Ana available or busy", seconds(time.staffed)),
        (
            "Ana's occupancy",
            format!(
                "{} / {} = {} ‰",
                time.busy.as_secs(),
                time.staffed.as_secs(),
                time.occupancy().per_mille().unwrap()
            ),
        ),
    ];
    let rows: Vec<_> = rows.iter().map(|(name, value)| format!("| {name} | {value} |")).collect();
    let page = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/figures.md");
    let Ok(page) = std::fs::read_to_string(page) else {
        return; // the published crate comes without it
    };
    let (_, example) = page.split_once("## An example").unwrap();
    let is_row = |line: &&str| line.starts_with("| ") && !line.starts_with("| figure");
    let documented: Vec<_> = example.lines().filter(is_row).collect();
    assert_eq!(documented, rows, "{}", rows.join("\n"));
}
