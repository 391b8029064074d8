//! Messages sent to a local server: how many a second, at what cost, and what checking adds.
//!
//! This program is started three times: as the server, and for each wire as the clients. All
//! clients send in turns over one thread, so what that thread spends is the cost of a send; the
//! server has a process of its own. Medians are shown. Before anything is timed, what the
//! server got from each client is compared.

#![allow(clippy::print_stdout, clippy::unwrap_used)]

use std::collections::HashMap;
use std::hint::black_box;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use benches::dice::Dice;
use benches::meta;
use benches::report::{Better, Comparison, Summary, Watch};
use benches::sender::{self, Case, Sender, Wire};
use serde_json::Value;
use tokio::runtime::{Builder, Runtime};
use whatsapp_cloud::endpoint::Endpoint as _;

const ROUNDS: usize = 15;
/// How many sends are under way at once, and how many sends a round has.
const LOADS: [(usize, usize); 2] = [(1, 500), (64, 1_280)];
/// How large a part of a send its check may be.
const MOST_FOR_CHECK: f64 = 0.05;

fn main() {
    match Wire::named() {
        Some(wire) => send(wire),
        None => serve(),
    }
}

/// Starts the server, then the clients over each wire, and prints what they print: tables
/// first, lines of JSON last.
fn serve() {
    let server = meta::start();
    let mut lines = Vec::new();
    // Only peers need the other wire, as one has no other.
    let wires: &[Wire] =
        if cfg!(feature = "peers") { &[Wire::Http, Wire::Https] } else { &[Wire::Http] };
    for wire in wires {
        let mut program = Command::new(std::env::current_exe().unwrap());
        for name in ["http_proxy", "https_proxy", "all_proxy", "no_proxy"] {
            program.env_remove(name).env_remove(name.to_uppercase());
        }
        program.env_remove("SSL_CERT_DIR").envs(wire.variables(server));
        let output = program.stderr(std::process::Stdio::inherit()).output().unwrap();
        assert!(output.status.success(), "sending over {} failed", wire.name());
        for line in String::from_utf8(output.stdout).unwrap().lines() {
            if line.starts_with('{') {
                lines.push(line.to_owned());
            } else {
                println!("{line}");
            }
        }
    }
    for line in lines {
        println!("{line}");
    }
}

fn send(wire: Wire) {
    let runtime = Builder::new_current_thread().enable_all().build().unwrap();
    let senders: Vec<_> = sender::all(wire).into_iter().map(Arc::new).collect();
    for case in Case::ALL {
        check(&runtime, &senders, case);
    }
    let counted = count();
    for case in Case::ALL {
        let sent = case.bytes().len();
        println!("{}: {sent} bytes over {}", case.name(), wire.name());
        println!(
            "  {:<34}{:>9}{:>16}{:>8}{:>8}{:>14}{:>8}{:>8}{:>12}{:>9}",
            "",
            "in flight",
            "sends/s a core",
            "spread",
            "ratio",
            "sends/s",
            "spread",
            "ratio",
            "allocations",
            "bytes"
        );
        let mut cost = f64::INFINITY;
        let mut lines = Vec::new();
        for (in_flight, sends) in LOADS {
            let watch = Watch::start();
            let figures = measure(&runtime, &senders, case, in_flight, sends);
            print_table(&senders, case, in_flight, &figures, &counted);
            println!("  {}", watch.words());
            lines.extend(compare(wire, &senders, case, in_flight, &figures));
            cost = cost.min(1.0 / figures[0].as_ref().unwrap().per_core.median);
        }
        lines.extend(compare_counted(wire, &senders, case, &counted));
        // Over plain HTTP a send costs least, so that the check is the largest part of it.
        if wire == Wire::Http {
            lines.push(checking(case, cost));
        }
        println!();
        for line in lines {
            println!("{line}");
        }
    }
}

/// All say the same to the server.
fn check(runtime: &Runtime, senders: &[Arc<Sender>], case: Case) {
    let expected = essence(serde_json::from_slice(&case.bytes()).unwrap());
    for sender in senders.iter().filter(|sender| sender.can_send(case)) {
        runtime.block_on(sender.send(case));
        let sent = essence(meta::last_body(sender::server()));
        assert_eq!(sent, expected, "{} sends another {}", sender.name, case.name());
    }
}

/// A body without what may as well be left out.
fn essence(mut body: Value) -> Value {
    fn without_nulls(value: &mut Value) {
        match value {
            Value::Object(members) => {
                members.retain(|_, value| !value.is_null());
                members.values_mut().for_each(without_nulls);
            }
            Value::Array(values) => values.iter_mut().for_each(without_nulls),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }

    without_nulls(&mut body);
    let members = body.as_object_mut().unwrap();
    // `individual` and `deterministic`, which are what else would be understood.
    members.remove("recipient_type");
    if let Some(language) = body.pointer_mut("/template/language") {
        language.as_object_mut().unwrap().remove("policy");
    }
    // `false`, likewise.
    if let Some(text) = body.get_mut("text") {
        text.as_object_mut().unwrap().remove("preview_url");
    }
    body
}

/// What the program `allocations` counted of a case and a sender: how many, and how many bytes.
type Counted = HashMap<(String, String), (u64, u64)>;

fn count() -> Counted {
    let output = Command::new(env!("CARGO_BIN_EXE_allocations")).output().unwrap();
    assert!(output.status.success(), "the allocations could not be counted");
    let read = |line: &str| {
        let line: Value = serde_json::from_str(line).unwrap();
        let word = |name: &str| line[name].as_str().unwrap().to_owned();
        let figure = |name: &str| line[name].as_u64().unwrap();
        ((word("case"), word("name")), (figure("count"), figure("bytes")))
    };
    String::from_utf8(output.stdout).unwrap().lines().map(read).collect()
}

/// How fast one sends.
struct Figures {
    /// How many a second, as far as the clock tells.
    sends: Summary,
    /// How many for each second that the thread was on a core.
    per_core: Summary,
}

fn measure(
    runtime: &Runtime,
    senders: &[Arc<Sender>],
    case: Case,
    in_flight: usize,
    sends: usize,
) -> Vec<Option<Figures>> {
    let can_send = |number: &usize| senders[*number].can_send(case);
    let mut turns: Vec<_> = (0..senders.len()).filter(can_send).collect();
    let mut rates = vec![(Vec::new(), Vec::new()); senders.len()];
    let mut dice = Dice::default();
    for _ in 0..ROUNDS {
        dice.shuffle(&mut turns);
        for &number in &turns {
            let sender = &senders[number];
            // Whoever had the turn before left the caches to itself.
            runtime.block_on(round(sender, case, in_flight, sends / 4));
            let (on_core, begun) = (on_core(), Instant::now());
            runtime.block_on(round(sender, case, in_flight, sends));
            let sends = sends as f64;
            rates[number].0.push(sends / begun.elapsed().as_secs_f64());
            rates[number].1.push(sends / (self::on_core() - on_core).as_secs_f64());
        }
    }
    let figures = |(sends, per_core): (Vec<f64>, Vec<f64>)| {
        (!sends.is_empty())
            .then(|| Figures { sends: Summary::of(sends), per_core: Summary::of(per_core) })
    };
    rates.into_iter().map(figures).collect()
}

async fn round(sender: &Arc<Sender>, case: Case, in_flight: usize, sends: usize) {
    let begun = Arc::new(AtomicUsize::new(0));
    let begin = |_| {
        let (sender, begun) = (Arc::clone(sender), Arc::clone(&begun));
        tokio::spawn(async move {
            while begun.fetch_add(1, Ordering::Relaxed) < sends {
                black_box(sender.send(case).await);
            }
        })
    };
    let tasks: Vec<_> = (0..in_flight).map(begin).collect();
    for task in tasks {
        task.await.unwrap();
    }
}

/// How long this thread has been on a core; Linux tells.
fn on_core() -> Duration {
    // It is brought up to date when the thread leaves its core.
    std::thread::sleep(Duration::from_micros(50));
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap();
    Duration::from_nanos(told.split_whitespace().next().unwrap().parse().unwrap())
}

fn print_table(
    senders: &[Arc<Sender>],
    case: Case,
    in_flight: usize,
    figures: &[Option<Figures>],
    counted: &Counted,
) {
    let ours = figures[0].as_ref().unwrap();
    for (sender, figures) in senders.iter().zip(figures) {
        let Some(figures) = figures else {
            println!("  {:<34}{in_flight:>9}{:>16}", sender.name, "has none");
            continue;
        };
        let share = |one: Summary, ours: Summary| ours.median / one.median;
        let (count, bytes) = counted[&(case.name().to_owned(), sender.name.to_owned())];
        println!(
            "  {:<34}{in_flight:>9}{:>16.0}{:>7.1}%{:>8.3}{:>14.0}{:>7.1}%{:>8.3}{count:>12}{bytes:>9}",
            sender.name,
            figures.per_core.median,
            figures.per_core.spread * 100.0,
            share(figures.per_core, ours.per_core),
            figures.sends.median,
            figures.sends.spread * 100.0,
            share(figures.sends, ours.sends),
        );
    }
}

fn compare(
    wire: Wire,
    senders: &[Arc<Sender>],
    case: Case,
    in_flight: usize,
    figures: &[Option<Figures>],
) -> Vec<Value> {
    let case = format!("{}, {}, {in_flight} in flight", case.name(), wire.name());
    let comparison =
        |unit| Comparison { bench: "outbound", case: &case, unit, better: Better::More };
    let ours = figures[0].as_ref().unwrap();
    let of = |(sender, figures): (&Arc<Sender>, &Option<Figures>)| {
        let figures = figures.as_ref()?;
        Some([
            comparison("requests/s per core").line(
                ours.per_core.median,
                sender.name,
                figures.per_core.median,
            ),
            comparison("requests/s").line(ours.sends.median, sender.name, figures.sends.median),
        ])
    };
    senders.iter().zip(figures).skip(1).filter_map(of).flatten().collect()
}

fn compare_counted(
    wire: Wire,
    senders: &[Arc<Sender>],
    case: Case,
    counted: &Counted,
) -> Vec<Value> {
    let name = format!("{}, {}", case.name(), wire.name());
    let comparison = Comparison {
        bench: "outbound",
        case: &name,
        unit: "allocations/request",
        better: Better::Less,
    };
    let count = |sender: &Sender| {
        let key = (case.name().to_owned(), sender.name.to_owned());
        counted.get(&key).map(|(count, _)| *count as f64)
    };
    let ours = count(&senders[0]).unwrap();
    let of = |sender: &Arc<Sender>| Some(comparison.line(ours, sender.name, count(sender)?));
    senders.iter().skip(1).filter_map(of).collect()
}

/// How large a part the check is of a send that takes `cost` seconds of a core.
fn checking(case: Case, cost: f64) -> Value {
    let call = case.call();
    let check = time(|| {
        black_box(black_box(&call.message).check());
    });
    let whole = time(|| {
        drop(black_box(black_box(&call).request()));
    });
    let share = check / cost;
    println!(
        "  checking it takes {:.0} ns, {:.2}% of a send that takes {:.1} µs of a core; \
         with the request and its JSON {:.0} ns",
        check * 1e9,
        share * 100.0,
        cost * 1e6,
        whole * 1e9,
    );
    let name = format!("{}, its check", case.name());
    let comparison =
        Comparison { bench: "outbound", case: &name, unit: "% of a send", better: Better::Less };
    comparison.line(share * 100.0, "the most allowed", MOST_FOR_CHECK * 100.0)
}

/// How long it takes, in seconds.
fn time(mut what: impl FnMut()) -> f64 {
    const TIMES: u32 = 500;

    let rounds = (0..101).map(|_| {
        let begun = Instant::now();
        for _ in 0..TIMES {
            what();
        }
        begun.elapsed().as_secs_f64() / f64::from(TIMES)
    });
    Summary::of(rounds.collect()).median
}
