//! Counts allocations and memory for `verify_and_parse` and `outbound`, which run this program.
//!
//! Prints a line of JSON for each contender and case (`case`, `name`, `count`, `bytes`; a
//! growth counts as an allocation). For `verify_and_parse`, the comparisons of the benchmark
//! `memory` follow: the most that is held at once while a delivery of 3 MB is received, its own
//! bytes included. For `outbound` the figures are those of one send, over a connection that
//! stands.

#![allow(clippy::print_stdout)]

use std::hint::black_box;

use benches::bodies::{self, Delivery, SECRET};
use benches::contender;
use benches::report::{Better, Comparison};
use benches::sender::{self, Case, Wire};
use secrecy::SecretString;
use serde_json::json;
use whatsapp_cloud::webhook::Verifier;

/// How many sends are counted together: what happens once in a while is shared among them.
const SENDS: u64 = 1000;

fn main() {
    match Wire::named() {
        Some(wire) => sends(wire),
        None => deliveries(),
    }
}

fn sends(wire: Wire) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.expect("the system gives what a runtime needs");
    for sender in sender::all(wire) {
        for case in Case::ALL.into_iter().filter(|case| sender.can_send(*case)) {
            let send = async |times| {
                for _ in 0..times {
                    black_box(sender.send(case).await);
                }
            };
            runtime.block_on(send(50));
            let counted = allocation_counter::measure(|| runtime.block_on(send(SENDS)));
            let line = json!({
                "case": case.name(), "name": sender.name,
                "count": (counted.count_total + SENDS / 2) / SENDS,
                "bytes": (counted.bytes_total + SENDS / 2) / SENDS,
            });
            println!("{line}");
        }
    }
}

fn deliveries() {
    #[cfg(feature = "peers")]
    benches::peers::silence_refusals();
    let deliveries = bodies::all();
    for mut contender in contender::all() {
        for delivery in &deliveries {
            if (contender.found)(delivery).is_none() {
                continue;
            }
            let counted = allocation_counter::measure(|| (contender.run)(delivery, 1));
            let line = json!({
                "case": delivery.case, "name": contender.name,
                "count": counted.count_total, "bytes": counted.bytes_total,
            });
            println!("{line}");
        }
    }
    memory(&bodies::updates("3 MB of updates", 2_300));
    memory(&bodies::statuses("3 MB of statuses", 9_300));
}

fn memory(delivery: &Delivery) {
    let verifier = Verifier::new([SecretString::from(SECRET)]).expect("a secret is given");
    let mut events = 0;
    let counted = allocation_counter::measure(|| {
        let received = delivery.body.to_vec();
        if let Ok(verified) = verifier.verify(&delivery.signature, &received) {
            for event in verified.events() {
                black_box(&event);
                events += 1;
            }
        }
    });
    assert_eq!(events, delivery.items());
    let comparison =
        Comparison { bench: "memory", case: delivery.case, unit: "bytes", better: Better::Less };
    let limit = 5.0 * delivery.body.len() as f64;
    println!("{}", comparison.line(counted.bytes_max as f64, "five times the body", limit));
}
