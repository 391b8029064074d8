//! From the bytes of a delivery to its events: ours, its peers, and the least there is to do.
//!
//! All read the same bytes in one process, by turns and in short batches, and drop what they
//! read; medians are shown. The turns are shuffled: in a fixed order, whatever else runs meets
//! the same contender in each round. What only parses is marked, and so is what refuses a body.

#![allow(clippy::print_stdout, clippy::unwrap_used)]

use std::collections::HashMap;
use std::process::Command;
use std::time::{Duration, Instant};

use benches::bodies::{self, Delivery};
use benches::contender::{self, Contender, OURS, Scope};
use benches::dice::Dice;
use benches::report::{Better, Comparison, Summary, Watch};
use serde_json::Value;

/// How long a batch takes: long for the clock, and short for the scheduler, so that few
/// batches are interrupted.
const BATCH: Duration = Duration::from_micros(250);
/// How long a case takes.
const CASE: Duration = Duration::from_secs(9);
const FEWEST_ROUNDS: usize = 21;

fn main() {
    #[cfg(feature = "peers")]
    benches::peers::silence_refusals();
    let deliveries = bodies::all();
    let mut contenders = contender::all();
    let found: Vec<_> =
        deliveries.iter().map(|delivery| check(&mut contenders, delivery)).collect();
    let counted = count();
    let mut lines = Vec::new();
    for (delivery, found) in deliveries.iter().zip(&found) {
        let watch = Watch::start();
        let times = measure(&mut contenders, delivery, found);
        println!("{}: {} bytes, {} items", delivery.case, delivery.body.len(), delivery.items());
        println!("  {}", watch.words());
        print_table(&contenders, delivery, found, &times, &counted);
        lines.extend(compare(&contenders, delivery, &times));
    }
    print_memory(&counted.memory);
    for line in lines.iter().chain(&counted.memory) {
        println!("{line}");
    }
}

/// What each finds in the delivery; who verifies must refuse one that is forged.
fn check(contenders: &mut [Contender], delivery: &Delivery) -> Vec<Option<usize>> {
    let forged = delivery.forged();
    let check = |contender: &mut Contender| {
        let found = (contender.found)(delivery)?;
        if contender.scope != Scope::ParsesOnly {
            assert_eq!((contender.found)(&forged), None, "{} takes a forgery", contender.name);
        }
        if contender.scope != Scope::Floor {
            assert!(found > 0, "{} finds nothing in {}", contender.name, delivery.case);
        }
        Some(found)
    };
    let found: Vec<_> = contenders.iter_mut().map(check).collect();
    assert_eq!(found[0], Some(delivery.items()), "ours comes first and finds everything");
    found
}

/// The time of each, in seconds.
fn measure(
    contenders: &mut [Contender],
    delivery: &Delivery,
    found: &[Option<usize>],
) -> Vec<Option<Summary>> {
    let accepts = |number: &usize| found[*number].is_some();
    let mut turns: Vec<_> = (0..contenders.len()).filter(accepts).collect();
    let mut batches = vec![0; contenders.len()];
    for &number in &turns {
        batches[number] = batch(&mut contenders[number], delivery);
    }
    let mut times = vec![Vec::new(); contenders.len()];
    let mut dice = Dice::default();
    let begun = Instant::now();
    let mut rounds = 0;
    while rounds < FEWEST_ROUNDS || begun.elapsed() < CASE {
        dice.shuffle(&mut turns);
        for &number in &turns {
            let (contender, batch) = (&mut contenders[number], batches[number]);
            // Whoever had the turn before left the caches to itself.
            (contender.run)(delivery, batch.div_ceil(4));
            times[number].push(time(contender, delivery, batch).as_secs_f64() / batch as f64);
        }
        rounds += 1;
    }
    let some = |times: Vec<f64>| (!times.is_empty()).then(|| Summary::of(times));
    times.into_iter().map(some).collect()
}

/// How often a contender reads the delivery in one batch. The fastest of some tries counts:
/// one that is interrupted would make the batch too short.
fn batch(contender: &mut Contender, delivery: &Delivery) -> usize {
    let mut batch = 1;
    while (0..7).map(|_| time(contender, delivery, batch)).min() < Some(BATCH) {
        batch *= 2;
    }
    batch
}

fn time(contender: &mut Contender, delivery: &Delivery, times: usize) -> Duration {
    let begun = Instant::now();
    (contender.run)(delivery, times);
    begun.elapsed()
}

/// What the program `allocations` counted.
struct Counted {
    of: HashMap<(String, String), (u64, u64)>,
    memory: Vec<Value>,
}

fn count() -> Counted {
    let output = Command::new(env!("CARGO_BIN_EXE_allocations")).output().unwrap();
    assert!(output.status.success(), "the allocations could not be counted");
    let (mut of, mut memory) = (HashMap::new(), Vec::new());
    for line in String::from_utf8(output.stdout).unwrap().lines() {
        let line: Value = serde_json::from_str(line).unwrap();
        if line.get("bench").is_some() {
            memory.push(line);
        } else {
            let word = |name: &str| line[name].as_str().unwrap().to_owned();
            let figure = |name: &str| line[name].as_u64().unwrap();
            of.insert((word("case"), word("name")), (figure("count"), figure("bytes")));
        }
    }
    Counted { of, memory }
}

fn print_table(
    contenders: &[Contender],
    delivery: &Delivery,
    found: &[Option<usize>],
    times: &[Option<Summary>],
    counted: &Counted,
) {
    let ours = times[0].unwrap().median;
    println!(
        "  {:<22}{:<19}{:>11}{:>8}{:>8}{:>8}{:>13}{:>12}",
        "", "", "µs", "spread", "ratio", "found", "allocations", "bytes"
    );
    for ((contender, found), time) in contenders.iter().zip(found).zip(times) {
        let (name, does) = (contender.name, contender.scope.words());
        let (Some(found), Some(time)) = (found, time) else {
            println!("  {name:<22}{does:<19}{:>11}", "refuses");
            continue;
        };
        let key = (delivery.case.to_owned(), name.to_owned());
        let (count, bytes) = counted.of[&key];
        let found =
            if contender.scope == Scope::Floor { "-".to_owned() } else { found.to_string() };
        println!(
            "  {name:<22}{does:<19}{:>11.2}{:>7.0}%{:>8.2}{found:>8}{count:>13}{bytes:>12}",
            time.median * 1e6,
            time.spread * 100.0,
            time.median / ours
        );
    }
    println!();
}

fn print_memory(memory: &[Value]) {
    println!("memory: the most held at once, the body included");
    for line in memory {
        let figure = |name: &str| line[name].as_f64().unwrap();
        let body = figure("other_value") / 5.0;
        println!(
            "  {:<22}{:>10.0} bytes held, {:.2} times the body of {body:.0} bytes",
            line["case"].as_str().unwrap(),
            figure("ours"),
            figure("ours") / body
        );
    }
    println!();
}

fn compare(contenders: &[Contender], delivery: &Delivery, times: &[Option<Summary>]) -> Vec<Value> {
    let ours = times[0].unwrap().median * 1e6;
    let comparison = Comparison {
        bench: "verify_and_parse",
        case: delivery.case,
        unit: "µs",
        better: Better::Less,
    };
    contenders
        .iter()
        .zip(times)
        .filter(|(contender, _)| contender.name != OURS)
        .filter_map(|(contender, time)| {
            let other = format!("{} ({})", contender.name, contender.scope.words());
            Some(comparison.line(ours, &other, time.as_ref()?.median * 1e6))
        })
        .collect()
}
