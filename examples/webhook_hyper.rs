//! A webhook over plain hyper, without a web framework: the same rules, limits and counters.
//!
//! `APP_SECRET=… VERIFY_TOKEN=… cargo run --release --example webhook_hyper -- --port 8080`
//! serves `/webhook` until Ctrl-C; `-- --once` tests itself over a real port, prints what it
//! observed as JSON, and needs nothing.

#![allow(clippy::print_stdout, clippy::print_stderr)]

mod self_test;

use std::collections::HashSet;
use std::convert::Infallible;
use std::pin::pin;
use std::process::ExitCode;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use http_body_util::{BodyExt, Full};
use hyper::body::{Bytes, Incoming};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response, StatusCode};
use hyper_util::rt::{TokioIo, TokioTimer};
use self_test::{Failure, Options};
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinSet;
use whatsapp_cloud::webhook::Verified;
use whatsapp_cloud::webhook::receive::{Answer, Intake, Receiver, Reply};

const HEADER_TIMEOUT: Duration = Duration::from_secs(5);
const GRACE: Duration = Duration::from_secs(10);

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
async fn store(store: &Store, delivery: Verified<'_>) -> Result<(), String> {
    let mut stored = store.lock().map_err(|_| "a writer panicked")?;
    for event in delivery.events() {
        stored.insert(event.dedupe_key());
    }
    Ok(())
}

/// The webhook: a request in, an answer out.
async fn webhook(receiver: &Receiver, database: &Store, request: Request<Incoming>) -> Reply {
    let (head, body) = request.into_parts();
    let headers = head.headers.iter().map(|(name, value)| (name.as_str(), value.as_bytes()));
    let query = head.uri.query().unwrap_or_default();
    let mut intake = match receiver.begin(head.method.as_str(), query, headers) {
        Ok(intake) => intake,
        // A handshake, or nothing to be read.
        Err(reply) => return reply,
    };
    let reading = read(&mut intake, body);
    let body = match tokio::time::timeout(receiver.body_timeout(), reading).await {
        Ok(Ok(body)) => body,
        Ok(Err(Stopped::Refused(reply))) => return reply,
        Ok(Err(Stopped::BrokenOff)) => return intake.broke_off(),
        Err(_) => return intake.timed_out(),
    };
    match intake.verify(&body) {
        Ok((verified, pending)) => pending.answer(Answer::from(store(database, verified).await)),
        Err(reply) => reply,
    }
}

enum Stopped {
    Refused(Reply),
    BrokenOff,
}

/// Reads a body piece by piece, and asks before one is kept.
async fn read(intake: &mut Intake, mut body: Incoming) -> Result<Vec<u8>, Stopped> {
    let mut whole = Vec::with_capacity(intake.announced().unwrap_or_default());
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(|_| Stopped::BrokenOff)?;
        if let Ok(piece) = frame.into_data() {
            intake.take(piece.len()).map_err(Stopped::Refused)?;
            whole.extend_from_slice(&piece);
        }
    }
    Ok(whole)
}

fn response(reply: Reply) -> Response<Full<Bytes>> {
    let mut builder = Response::builder().status(reply.status());
    for (name, value) in reply.headers() {
        builder = builder.header(name, &*value);
    }
    let answered = builder.body(Full::from(reply.into_body()));
    answered.unwrap_or_else(|_| status(StatusCode::INTERNAL_SERVER_ERROR))
}

fn status(status: StatusCode) -> Response<Full<Bytes>> {
    let mut response = Response::default();
    *response.status_mut() = status;
    response
}

async fn run(options: &Options) -> Result<bool, Failure> {
    let receiver = Receiver::new(options.verifier()?, options.handshake()?);
    let stored = Store::default();

    let listener = TcpListener::bind(options.address()).await?;
    let address = listener.local_addr()?;
    let (stop, stops) = watch::channel(());
    let server = tokio::spawn(serve(listener, receiver.clone(), Arc::clone(&stored), stops));

    let observed = if options.once {
        Some(options.knock(address).await?)
    } else {
        println!("webhook    http://{address}/webhook  (Ctrl-C ends)");
        tokio::signal::ctrl_c().await?;
        None
    };
    drop(stop);
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

/// Serves until the sender of `stops` is gone, and those requests that were begun after that.
async fn serve(
    listener: TcpListener,
    receiver: Receiver,
    database: Store,
    mut stops: watch::Receiver<()>,
) {
    let mut connections = JoinSet::new();
    loop {
        let stream = tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => stream,
                // Out of files, say: those that are open end, and give some back.
                Err(error) => {
                    eprintln!("cannot accept: {error}");
                    tokio::time::sleep(Duration::from_secs(1)).await;
                    continue;
                }
            },
            _ = stops.changed() => break,
            Some(_) = connections.join_next() => continue,
        };
        let (receiver, database) = (receiver.clone(), Arc::clone(&database));
        let service = service_fn(move |request: Request<Incoming>| {
            let (receiver, database) = (receiver.clone(), Arc::clone(&database));
            async move {
                Ok::<_, Infallible>(match request.uri().path() {
                    "/webhook" => response(webhook(&receiver, &database, request).await),
                    _ => status(StatusCode::NOT_FOUND),
                })
            }
        });
        let mut stops = stops.clone();
        connections.spawn(async move {
            let mut server = http1::Builder::new();
            server.timer(TokioTimer::new()).header_read_timeout(HEADER_TIMEOUT);
            let mut connection = pin!(server.serve_connection(TokioIo::new(stream), service));
            tokio::select! {
                _ = connection.as_mut() => return,
                _ = stops.changed() => connection.as_mut().graceful_shutdown(),
            }
            let _ = connection.await;
        });
    }
    drop(listener);
    let ending = async { while connections.join_next().await.is_some() {} };
    if tokio::time::timeout(GRACE, ending).await.is_err() {
        eprintln!("cut off {} connections that did not end in time", connections.len());
        connections.shutdown().await;
    }
}
