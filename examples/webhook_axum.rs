//! A webhook with axum: limits, counters, and a server that stops in order.
//!
//! `APP_SECRET=… VERIFY_TOKEN=… cargo run --release --example webhook_axum -- --port 8080`
//! serves `/webhook` until Ctrl-C; `-- --once` tests itself over a real port, prints what it
//! observed as JSON, and needs nothing.

#![allow(clippy::print_stdout, clippy::print_stderr)]

mod self_test;

use std::collections::HashSet;
use std::process::ExitCode;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use self_test::{Failure, Options};
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use whatsapp_cloud::webhook::axum::{Receiver, Serving, VerifiedBytes, route_with, serve};

/// Stands for a database.
type Store = Arc<Mutex<HashSet<Vec<u8>>>>;

#[tokio::main]
async fn main() -> ExitCode {
    let options = match Options::read() {
        Ok(options) => options,
        Err(sentence) => {
            eprintln!("{sentence}");
            return ExitCode::from(2);
        }
    };
    match run(&options).await {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

/// Stores what came, by keys under which a repetition is recognised. An error: Meta is told
/// to come again.
fn store(store: &Store, delivery: &VerifiedBytes) -> Result<(), String> {
    let mut stored = store.lock().map_err(|_| "a writer panicked")?;
    for event in delivery.verified().events() {
        stored.insert(event.dedupe_key());
    }
    Ok(())
}

async fn run(options: &Options) -> Result<bool, Failure> {
    let receiver = Receiver::builder(options.verifier()?, options.handshake()?)
        .max_in_flight(16 * 1024 * 1024)
        .body_timeout(Duration::from_secs(10))
        .build();
    let stored = Store::default();

    let database = Arc::clone(&stored);
    let webhook = route_with(receiver.clone(), move |delivery: VerifiedBytes| {
        let database = Arc::clone(&database);
        async move { store(&database, &delivery) }
    });
    let app = axum::Router::new().nest("/webhook", webhook);

    let listener = TcpListener::bind(options.address()).await?;
    let address = listener.local_addr()?;
    let (stop, stopped) = oneshot::channel::<()>();
    let serving = Serving { header_timeout: Duration::from_secs(5), ..Serving::default() };
    let server = tokio::spawn(serve(listener, app, serving, async {
        let _ = stopped.await;
    }));

    let observed = if options.once {
        Some(options.knock(address).await?)
    } else {
        println!("webhook    http://{address}/webhook  (Ctrl-C ends)");
        tokio::signal::ctrl_c().await?;
        None
    };
    // In order: no new connections, then those that were begun.
    let _ = stop.send(());
    server.await?;
    let count = stored.lock().map_err(|_| "a writer panicked")?.len();
    match observed {
        Some(observed) => observed.report(receiver.counters(), count),
        None => {
            println!("{}", serde_json::to_string(&receiver.counters())?);
            Ok(true)
        }
    }
}
