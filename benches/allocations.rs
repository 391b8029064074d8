//! Counts allocations and memory for `verify_and_parse`, which runs this program.
//!
//! Prints a line of JSON for each contender and case (`case`, `name`, `count`, `bytes`; a
//! growth counts as an allocation), and then the comparisons of the benchmark `memory`: the
//! most that is held at once while a delivery of 3 MB is received, its own bytes included.

#![allow(clippy::print_stdout)]

use std::hint::black_box;

use benches::bodies::{self, Delivery, SECRET};
use benches::contender;
use benches::report::{Better, Comparison};
use secrecy::SecretString;
use serde_json::json;
use whatsapp_cloud::webhook::Verifier;

fn main() {
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
