//! Who gets the next conversation: how long it takes to find them, and how that grows.
//!
//! 5,000 agents with skills drawn from 40, and 100,000 who wait. The board is measured from "an
//! agent has room again" and from "somebody came" to the pair, explanation made. Beside it, on
//! the same data and with the same choices to make: a scan over all who wait, a scan in the
//! order of keys that stops at the first who fits, and the queries that platforms make one after
//! another, on SQLite in memory with the indexes they need.
//!
//! Then the pairs are claimed on SQLite, durably, one after another and 64 at once: until the
//! claim is on the disk.
//!
//! This program fails when the board is less than 1,000 times as fast as the scan at 100,000.

#![allow(clippy::print_stdout, clippy::unwrap_used, clippy::cast_possible_truncation)]

#[path = "routing/claimed.rs"]
mod claimed;
#[path = "routing/queries.rs"]
mod queries;
#[path = "routing/scan.rs"]
mod scan;
#[path = "routing/world.rs"]
mod world;

use std::time::{Duration, Instant};

use atendimento_core::domain::routing::{Board, LeastLoaded, Strategies};
use benches::report::{Better, Comparison, Watch};

use world::World;

const WAITING: usize = 100_000;
const AGENTS: usize = 5_000;
const DECISIONS: usize = 50_000;
const LEAST: f64 = 1_000.0;

fn main() {
    let watch = Watch::start();
    println!("{AGENTS} agents; an agent has room again, and gets the next");
    println!("{:>10} | lines | decisions/s | p50 us | p99 us | p99.9 us", "waiting");
    let mut ours = None;
    for waiting in [1_000, 10_000, WAITING, 1_000_000] {
        let run = freed(waiting);
        println!(
            "{waiting:>10} | {:>5} | {:>11.0} | {:.2} | {:.2} | {:.2}",
            run.lines,
            run.rate,
            run.at(0.5),
            run.at(0.99),
            run.at(0.999)
        );
        if waiting == WAITING {
            ours = Some(run);
        }
    }
    let ours = ours.unwrap();
    let came = came();
    println!(
        "nobody waits, somebody comes, two of three agents are full: p50 {:.2} us, p99 {:.2} us",
        came.at(0.5),
        came.at(0.99)
    );
    let (matches, took) = drained();
    println!(
        "{WAITING} wait, 500 agents come at once: {matches} pairs in {:.1} ms",
        took.as_secs_f64() * 1e3
    );
    for at_once in [1, 64] {
        let claimed = claimed::all(AGENTS, WAITING, at_once);
        println!(
            "{WAITING} wait, {AGENTS} agents come, claimed durably on SQLite, {at_once} at once: \
             {} claims, {:.0} a second, p50 {:.0} us, p99 {:.0} us",
            claimed.times.len(),
            claimed.rate,
            claimed.at(0.5),
            claimed.at(0.99)
        );
    }
    let comparison = |case, unit, better| Comparison { bench: "routing", case, unit, better };
    let case = "an agent has room, 100,000 wait";
    let mean = comparison(case, "us each", Better::Less);
    let scanned = scan::all(World::new(AGENTS, WAITING));
    let in_order = scan::in_order(World::new(AGENTS, WAITING));
    let queried = queries::one_after_another(World::new(AGENTS, WAITING));
    let lines = [
        mean.line(ours.mean(), "scan of all who wait", scanned),
        mean.line(ours.mean(), "scan in order, to the first who fits", in_order),
        mean.line(ours.mean(), "queries one after another, SQLite in memory", queried),
    ];
    println!("{}", watch.words());
    for line in lines {
        println!("{line}");
    }
    let times = scanned / ours.mean();
    assert!(times >= LEAST, "only {times:.0} times as fast as a scan");
}

/// What many decisions took, in microseconds.
struct Run {
    times: Vec<f64>,
    /// Decisions a second, with all that the board is told in between.
    rate: f64,
    /// How many different things are asked for.
    lines: usize,
}

impl Run {
    fn new(mut times: Vec<f64>, took: Duration, lines: usize) -> Self {
        let rate = times.len() as f64 / took.as_secs_f64();
        times.sort_by(f64::total_cmp);
        Self { times, rate, lines }
    }

    fn at(&self, share: f64) -> f64 {
        self.times[((self.times.len() - 1) as f64 * share) as usize]
    }

    fn mean(&self) -> f64 {
        self.times.iter().sum::<f64>() / self.times.len() as f64
    }
}

fn micros(since: Instant) -> f64 {
    since.elapsed().as_secs_f64() * 1e6
}

/// So many wait and all agents are full. Again and again one has room for one more; another
/// conversation comes for each that is given away.
fn freed(waiting: usize) -> Run {
    let mut world = World::new(AGENTS, waiting);
    let mut board = Board::new(Strategies::new(LeastLoaded));
    for agent in world.full_agents() {
        board.set_agent(agent);
    }
    for item in &world.items {
        board.put(item.clone());
    }
    while board.next().is_some() {}
    let lines = world.lines();
    let mut times = Vec::with_capacity(DECISIONS);
    let mut told = Duration::ZERO;
    for _ in 0..DECISIONS {
        let agent = world.free_one();
        let begun = Instant::now();
        board.set_agent(agent);
        let found = board.next();
        times.push(micros(begun));
        told += begun.elapsed();
        let Some(found) = found else {
            let full = world.fill_last();
            board.set_agent(full);
            continue;
        };
        let confirmed = world.took(&found.agent);
        let item = world.item();
        let begun = Instant::now();
        board.set_agent(confirmed);
        board.put(item);
        assert!(board.next().is_none(), "everybody is full");
        told += begun.elapsed();
    }
    Run::new(times, told, lines)
}

/// Nobody waits. Conversations come one by one; two of three agents are full all the time.
fn came() -> Run {
    let mut world = World::new(AGENTS, 0);
    let mut board = Board::new(Strategies::new(LeastLoaded));
    for agent in world.agents_with_room() {
        board.set_agent(agent);
    }
    assert!(board.next().is_none());
    let mut times = Vec::with_capacity(DECISIONS);
    let mut told = Duration::ZERO;
    for _ in 0..DECISIONS {
        let item = world.item();
        let conversation = item.conversation;
        let begun = Instant::now();
        board.put(item);
        let found = board.next();
        times.push(micros(begun));
        let Some(found) = found else {
            board.remove(conversation);
            continue;
        };
        // It is over at once, so that the next decision meets as many with room.
        let agent = world.was_idle(&found.agent);
        board.set_agent(agent);
        told += begun.elapsed();
        assert!(board.next().is_none());
    }
    Run::new(times, told, 0)
}

/// Everybody waits and nobody is there; then 500 agents come.
fn drained() -> (usize, Duration) {
    let world = World::new(500, WAITING);
    let mut board = Board::new(Strategies::new(LeastLoaded));
    for item in &world.items {
        board.put(item.clone());
    }
    assert!(board.next().is_none(), "nobody is there");
    let begun = Instant::now();
    for agent in world.agents {
        board.set_agent(agent);
    }
    let matches = std::iter::from_fn(|| board.next()).count();
    (matches, begun.elapsed())
}
