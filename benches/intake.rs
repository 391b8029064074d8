//! From a signed webhook to durable: how many a second, and how long each waits.
//!
//! Ours verifies, seals and appends through `Desk::receive` on SQLite. Beside it, in the same
//! run and on the same disk, what a service writes by hand: verify, then one transaction for
//! each delivery, unsealed, with a unique key, under the same durability (`synchronous=FULL`).
//! Rounds are interleaved; medians are shown.

#![allow(clippy::print_stdout, clippy::unwrap_used)]

use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use atendimento_core::Desk;
use atendimento_core::channel::whatsapp::WhatsApp;
use atendimento_core::id::SystemRandomness;
use atendimento_core::store::sqlite::SqliteStore;
use atendimento_core::vault::{FileKeys, Vault};
use secrecy::SecretString;
use serde_json::json;
use whatsapp_cloud::Client;
use whatsapp_cloud::webhook::Verifier;

const IN_FLIGHT: usize = 64;
const OURS: usize = 20_000;
const BY_HAND: usize = 3_000;
const ROUNDS: usize = 5;

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
    let keys = FileKeys::open_or_create(folder.join("keys.json"), &SystemRandomness).unwrap();
    let vault = Vault::new(Arc::new(keys), Arc::new(SystemRandomness)).unwrap();
    let channel = WhatsApp::new(Client::new(SecretString::from("token")).unwrap());
    let store = SqliteStore::open(folder.join("desk.db")).unwrap();
    let desk = Desk::builder(store, vault, channel).account("1", "service").build().unwrap();
    let verifier = verifier.clone();
    measure(OURS, move |number| {
        let (desk, verifier) = (desk.clone(), verifier.clone());
        async move {
            let (signature, body) = delivery(&verifier, number);
            let begun = Instant::now();
            let verified = verifier.verify(&signature, &body).unwrap();
            desk.receive(WhatsApp::authentic(&verified)).await.unwrap();
            begun.elapsed()
        }
    })
    .await
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
            let (signature, body) = delivery(&verifier, number);
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

fn delivery(verifier: &Verifier, number: usize) -> (String, Vec<u8>) {
    let body = json!({
        "object": "whatsapp_business_account",
        "entry": [{"id": "102290129340398", "changes": [{"field": "messages", "value": {
            "messaging_product": "whatsapp",
            "metadata": {"display_phone_number": "15550783881", "phone_number_id": "1"},
            "contacts": [{"profile": {"name": "Ana"}, "wa_id": "5511999990001"}],
            "messages": [{"from": "5511999990001", "id": format!("wamid.{number}"),
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
