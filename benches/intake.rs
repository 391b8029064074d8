//! From a signed webhook to durable: how many a second, and how long each waits.
//!
//! Ours verifies, seals and appends through `Desk::receive` on SQLite. Beside it, in the same
//! run and on the same disk, what a service writes by hand: verify, then one transaction for
//! each delivery, unsealed, with a unique key, under the same durability (`synchronous=FULL`).
//! Rounds are interleaved; medians are shown.
//!
//! Then what a desk makes of it: texts of a thousand customers that wait on disk, until each is
//! in its conversation, which is in line, and routing has been looked at.

#![allow(clippy::print_stdout, clippy::unwrap_used, clippy::cast_precision_loss)]

use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use atendimento_core::Desk;
use atendimento_core::channel::whatsapp::WhatsApp;
use atendimento_core::domain::Event;
use atendimento_core::domain::access::{Actor, Role};
use atendimento_core::engine::Hint;
use atendimento_core::id::SystemRandomness;
use atendimento_core::store::Listing;
use atendimento_core::store::sqlite::SqliteStore;
use atendimento_core::vault::{FileKeys, Vault};
use secrecy::SecretString;
use serde_json::json;
use whatsapp_cloud::Client;
use whatsapp_cloud::webhook::Verifier;

use benches::report::Summary;

const IN_FLIGHT: usize = 64;
const OURS: usize = 20_000;
const BY_HAND: usize = 3_000;
const ROUNDS: usize = 5;
const WAITING: usize = 4_000;
const CUSTOMERS: usize = 1_000;

fn main() {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    let verifier = Verifier::new([SecretString::from("bench secret")]).unwrap();
    let (mut ours, mut by_hand) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        let folder = tempfile::tempdir().unwrap();
        ours.push(runtime.block_on(receive(folder.path(), &verifier)));
        let folder = tempfile::tempdir().unwrap();
        by_hand.push(runtime.block_on(insert_by_hand(folder.path(), &verifier)));
    }
    let (ours, by_hand) = (median(ours), median(by_hand));
    println!("signed webhook to durable, {IN_FLIGHT} in flight, SQLite, synchronous=FULL");
    println!("{:<34}{:>12}{:>12}{:>12}", "", "a second", "p50 ms", "p99 ms");
    for (name, run) in [("Desk::receive", &ours), ("verify and one transaction each", &by_hand)] {
        println!(
            "{name:<34}{:>12.0}{:>12.3}{:>12.3}",
            run.rate,
            run.p50.as_secs_f64() * 1e3,
            run.p99.as_secs_f64() * 1e3
        );
    }
    let off: Vec<_> = (0..ROUNDS)
        .map(|_| {
            let folder = tempfile::tempdir().unwrap();
            runtime.block_on(worked_off(folder.path(), &verifier))
        })
        .collect();
    let off = Summary::of(off);
    println!(
        "{WAITING} texts of {CUSTOMERS} customers that wait: {:.0} a second into conversations, \
         spread {:.1}%",
        off.median,
        off.spread * 100.0
    );
    let line = json!({
        "bench": "intake", "case": "text, 64 in flight", "unit": "deliveries/s",
        "ours": ours.rate, "other": "one transaction each", "other_value": by_hand.rate,
        "ratio": ours.rate / by_hand.rate,
    });
    println!("{line}");
}

#[derive(Clone)]
struct Run {
    rate: f64,
    p50: Duration,
    p99: Duration,
}

async fn receive(folder: &Path, verifier: &Verifier) -> Run {
    let (desk, verifier) = (desk(folder), verifier.clone());
    measure(OURS, move |number| {
        let (desk, verifier) = (desk.clone(), verifier.clone());
        async move {
            let (signature, body) = delivery(&verifier, 0, number);
            let begun = Instant::now();
            let verified = verifier.verify(&signature, &body).unwrap();
            desk.receive(WhatsApp::authentic(&verified)).await.unwrap();
            begun.elapsed()
        }
    })
    .await
}

/// How many a second, until the last is in its conversation.
async fn worked_off(folder: &Path, verifier: &Verifier) -> f64 {
    let desk = desk(folder);
    for number in 0..WAITING {
        let (signature, body) = delivery(verifier, number % CUSTOMERS, number);
        let verified = verifier.verify(&signature, &body).unwrap();
        desk.receive(WhatsApp::authentic(&verified)).await.unwrap();
    }
    let eva = Actor::new("eva", "default", Role::AUDITOR);
    let mut feed = desk.feed(&eva).unwrap();
    let begun = Instant::now();
    let running = desk.run();
    let mut kept = 0;
    while kept < WAITING {
        match feed.next().await.unwrap() {
            Hint::Fact(fact) => {
                kept += usize::from(matches!(fact.event, Event::MessageReceived { .. }));
            }
            Hint::Missed => panic!("the reader is slower than the desk"),
        }
    }
    let took = begun.elapsed();
    running.shutdown().await;
    let all = desk.list(&eva, &Listing::default(), usize::MAX).await.unwrap();
    assert_eq!(all.len(), CUSTOMERS);
    WAITING as f64 / took.as_secs_f64()
}

fn desk(folder: &Path) -> Desk {
    let keys = FileKeys::open_or_create(folder.join("keys.json"), &SystemRandomness).unwrap();
    let vault = Vault::new(Arc::new(keys), Arc::new(SystemRandomness)).unwrap();
    let channel = WhatsApp::new(Client::new(SecretString::from("token")).unwrap());
    let store = SqliteStore::open(folder.join("desk.db")).unwrap();
    Desk::builder(store, vault, channel).account("1", "service").build().unwrap()
}

async fn insert_by_hand(folder: &Path, verifier: &Verifier) -> Run {
    let connection = rusqlite::Connection::open(folder.join("by-hand.db")).unwrap();
    connection.pragma_update(None, "journal_mode", "wal").unwrap();
    connection.pragma_update(None, "synchronous", "full").unwrap();
    connection
        .execute_batch("create table inbox (id text primary key, body blob not null) strict")
        .unwrap();
    let connection = Arc::new(Mutex::new(connection));
    let verifier = verifier.clone();
    measure(BY_HAND, move |number| {
        let (connection, verifier) = (connection.clone(), verifier.clone());
        async move {
            let (signature, body) = delivery(&verifier, 0, number);
            let begun = Instant::now();
            verifier.verify(&signature, &body).unwrap();
            let insert = move || {
                let connection = connection.lock().unwrap();
                let mut statement =
                    connection.prepare_cached("insert into inbox values (?1, ?2)").unwrap();
                statement.execute((format!("wamid.{number}"), body)).unwrap();
            };
            tokio::task::spawn_blocking(insert).await.unwrap();
            begun.elapsed()
        }
    })
    .await
}

fn delivery(verifier: &Verifier, customer: usize, number: usize) -> (String, Vec<u8>) {
    let from = format!("551199999{customer:04}");
    let body = json!({
        "object": "whatsapp_business_account",
        "entry": [{"id": "102290129340398", "changes": [{"field": "messages", "value": {
            "messaging_product": "whatsapp",
            "metadata": {"display_phone_number": "15550783881", "phone_number_id": "1"},
            "contacts": [{"profile": {"name": "Ana"}, "wa_id": from}],
            "messages": [{"from": from, "id": format!("wamid.{number}"),
                "timestamp": "1749416383", "type": "text",
                "text": {"body": "Does it come in another color?"}}],
        }}]}],
    });
    let body = body.to_string().into_bytes();
    (verifier.sign(&body), body)
}

/// Does `work` for each number below `count`, so many at once; it says how long each took.
async fn measure<F, W>(count: usize, work: F) -> Run
where
    F: Fn(usize) -> W + Clone + Send + 'static,
    W: Future<Output = Duration> + Send,
{
    let begun = Instant::now();
    let tasks: Vec<_> = (0..IN_FLIGHT)
        .map(|lane| {
            let work = work.clone();
            tokio::spawn(async move {
                let mut times = Vec::new();
                for number in (lane..count).step_by(IN_FLIGHT) {
                    times.push(work(number).await);
                }
                times
            })
        })
        .collect();
    let mut times = Vec::with_capacity(count);
    for task in tasks {
        times.extend(task.await.unwrap());
    }
    let rate = count as f64 / begun.elapsed().as_secs_f64();
    times.sort_unstable();
    Run { rate, p50: times[count / 2], p99: times[count * 99 / 100] }
}

fn median(mut runs: Vec<Run>) -> Run {
    runs.sort_by(|a, b| a.rate.total_cmp(&b.rate));
    runs[runs.len() / 2].clone()
}
