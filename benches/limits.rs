//! A campaign against a server that keeps Meta's limits: how much of them is used, and how
//! often it is run into.
//!
//! The simulator is as strict as Meta's pages can be read: in no second more messages than the
//! number may exchange, and to one recipient one in six seconds or a burst that is owed for. It
//! runs in the same process, over real connections and in real time. Ours lets the pacer wait;
//! beside it a client that sends as fast as it can and again a second later what was refused.
//!
//! This program fails when ours is refused once, or uses less than 95 % of the limit.

#![allow(clippy::print_stdout, clippy::unwrap_used)]

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use benches::report::{Better, Comparison};
use tokio::runtime::Builder;
use tokio::task::JoinSet;
use whatsapp_cloud::Client;
use whatsapp_cloud::api::messages::Message;
use whatsapp_cloud::client::Pacer;
use whatsapp_cloud::client::limiter::{LimiterOptions, Throughput};
use whatsapp_cloud::simulator::Simulator;

/// What Meta allows a number: 80 messages a second, and 1,000 after its upgrade.
const LIMITS: [u32; 2] = [80, 1_000];
/// How long the campaign goes on. The first second is not counted for anybody: a window is
/// empty at first.
const SECONDS: u64 = 12;
/// The least that may be used.
const LEAST: f64 = 0.95;
/// How many calls are under way or wait at once.
const AT_ONCE: usize = 256;
/// Of so many messages one goes to a recipient who has just got one.
const REPEATED: u64 = 8;

fn main() {
    let mut lines = Vec::new();
    let mut met = true;
    println!("messages a second | client | taken a second | share | refused 130429, 131056");
    for limit in LIMITS {
        let ours = campaign(limit, true);
        let other = campaign(limit, false);
        for (name, run) in [("ours, paced", &ours), ("unpaced, repeated", &other)] {
            println!(
                "{limit} | {name} | {:.1} | {:.1} % | {}, {}",
                run.rate,
                run.rate / f64::from(limit) * 100.0,
                run.too_many,
                run.pair
            );
        }
        met &= ours.too_many == 0 && ours.pair == 0 && ours.rate >= LEAST * f64::from(limit);
        let comparison = |unit, better| Comparison {
            bench: "limits",
            case: if limit == 80 { "80 a second" } else { "1,000 a second" },
            unit,
            better,
        };
        let used = comparison("taken a second", Better::More);
        lines.push(used.line(ours.rate, "unpaced, repeated after a second", other.rate));
        // One is added to both: none against some has no ratio.
        let refused = |run: &Run| (run.too_many + run.pair + 1) as f64;
        lines.push(comparison("refused, and one", Better::Less).line(
            refused(&ours),
            "unpaced, repeated after a second",
            refused(&other),
        ));
    }
    for line in lines {
        println!("{line}");
    }
    assert!(met, "the limits were run into, or less than 95 % of them was used");
}

/// What became of a campaign.
struct Run {
    rate: f64,
    too_many: usize,
    pair: usize,
}

fn campaign(limit: u32, paced: bool) -> Run {
    let runtime = Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    runtime.block_on(async move {
        let simulator = Simulator::builder().throughput(limit).start().await.unwrap();
        let messages = u64::from(limit) * SECONDS;
        // They wrote, so that anything may be sent to them; their messages count for a second.
        for recipient in 0..messages {
            simulator.customer(phone(recipient)).says("oi").await;
        }
        simulator.advance(Duration::from_secs(2));
        let mut builder = Client::builder("simulator-token".into()).base_url(simulator.base_url());
        if paced {
            let pacer = Pacer::new(LimiterOptions::default());
            let throughput = if limit == 80 { Throughput::STANDARD } else { Throughput::HIGH };
            pacer.set_throughput(simulator.phone_number_id(), throughput).unwrap();
            builder = builder.pace(pacer);
        }
        let client = builder.build().unwrap();
        let started = Instant::now();
        let next = Arc::new(AtomicU64::new(0));
        let (counted, too_many, pair) = (counter(), counter(), counter());
        let mut senders = JoinSet::new();
        for _ in 0..AT_ONCE {
            let (client, next) = (client.clone(), Arc::clone(&next));
            let number = simulator.phone_number_id().clone();
            let (counted, too_many, pair) =
                (Arc::clone(&counted), Arc::clone(&too_many), Arc::clone(&pair));
            senders.spawn(async move {
                let number = client.phone_number(number);
                loop {
                    let index = next.fetch_add(1, Ordering::Relaxed);
                    if index >= messages {
                        return;
                    }
                    // Some get a second one at once.
                    let to = phone(if index % REPEATED == 1 { index - 1 } else { index });
                    while let Err(error) = number.send(Message::text(to.as_str(), "oi")).await {
                        match error.code() {
                            Some(130_429) => too_many.fetch_add(1, Ordering::Relaxed),
                            Some(131_056) => pair.fetch_add(1, Ordering::Relaxed),
                            other => panic!("{other:?} {error}"),
                        };
                        tokio::time::sleep(Duration::from_secs(1)).await;
                    }
                    let seconds = started.elapsed().as_secs();
                    if (1..SECONDS - 1).contains(&seconds) {
                        counted.fetch_add(1, Ordering::Relaxed);
                    }
                }
            });
        }
        while let Some(ended) = senders.join_next().await {
            ended.unwrap();
        }
        let rate = counted.load(Ordering::Relaxed) as f64 / (SECONDS - 2) as f64;
        simulator.shutdown().await;
        Run { rate, too_many: too_many.load(Ordering::Relaxed), pair: pair.load(Ordering::Relaxed) }
    })
}

fn counter() -> Arc<AtomicUsize> {
    Arc::new(AtomicUsize::new(0))
}

fn phone(recipient: u64) -> String {
    format!("55119{recipient:08}")
}
