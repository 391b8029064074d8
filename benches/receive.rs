//! Signed POSTs over HTTP, answered when the delivery was handed over: how many a second.
//!
//! Beside ours, the server of a peer, and a bare route that reads the body, checks nothing and
//! answers 200. Each server has a thread; another one posts over 64 connections that stay
//! open, a request at a time on each. Rounds are interleaved; medians are shown.

#![allow(clippy::print_stdout, clippy::unwrap_used)]

use std::hint::black_box;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::StatusCode;
use axum::routing::post;
use benches::bodies::{self, Delivery, SECRET};
use benches::report::{Better, Comparison, Summary, Watch};
use bytes::Bytes;
use secrecy::SecretString;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::{Builder, Runtime};
use whatsapp_cloud::webhook::axum::{Answer, MAX_BODY, VerifiedBytes, route};
use whatsapp_cloud::webhook::{Handshake, Verifier};

const CONNECTIONS: usize = 64;
const ROUNDS: usize = 15;
const ROUND: Duration = Duration::from_millis(450);

fn main() {
    let load = runtime();
    let deliveries = [bodies::text(), bodies::statuses("100 statuses", 100)];
    let servers = servers();
    for delivery in &deliveries {
        for server in &servers {
            load.block_on(check(server, delivery));
        }
    }
    let watch = Watch::start();
    println!("signed POSTs a second, {CONNECTIONS} connections, one thread serves, one posts");
    println!(
        "{:<28}{:>14}{:>8}{:>7}{:>14}{:>8}{:>7}",
        "", "text", "spread", "", "100 statuses", "spread", ""
    );
    let rates: Vec<_> =
        deliveries.iter().map(|delivery| measure(&load, &servers, delivery)).collect();
    for (number, server) in servers.iter().enumerate() {
        print!("{:<28}", server.name);
        for rates in &rates {
            let (rate, ours) = (rates[number], rates[0]);
            let share = rate.median / ours.median;
            print!("{:>14.0}{:>7.0}%{share:>7.2}", rate.median, rate.spread * 100.0);
        }
        println!();
    }
    println!("  {}\n", watch.words());
    for (delivery, rates) in deliveries.iter().zip(&rates) {
        let comparison = Comparison {
            bench: "receive",
            case: delivery.case,
            unit: "requests/s",
            better: Better::More,
        };
        for (server, rate) in servers.iter().zip(rates).skip(1) {
            println!("{}", comparison.line(rates[0].median, server.name, rate.median));
        }
    }
}

/// A server that runs on a thread of its own until the process ends.
struct Server {
    name: &'static str,
    address: SocketAddr,
    verifies: bool,
    /// How many events its handler has had; none when it does not read the body.
    handled: Option<Arc<AtomicUsize>>,
}

/// All of them, ours first.
fn servers() -> Vec<Server> {
    let mut servers = vec![ours(), bare()];
    servers.extend(peer());
    servers
}

fn ours() -> Server {
    let verifier = Verifier::new([SecretString::from(SECRET)]).unwrap();
    let handshake = Handshake::new(SecretString::from("verify token")).unwrap();
    let handled = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&handled);
    let accept = move |delivery: VerifiedBytes| {
        let mut events = 0;
        for event in delivery.verified().events() {
            black_box(&event);
            events += 1;
        }
        count.fetch_add(events, Ordering::Relaxed);
        std::future::ready(Answer::Accepted)
    };
    Server {
        name: "whatsapp-cloud",
        address: serve(route(verifier, handshake, accept)),
        verifies: true,
        handled: Some(handled),
    }
}

fn bare() -> Server {
    let accept = post(async |body: Bytes| {
        black_box(&body);
        StatusCode::OK
    });
    let app = Router::new().route("/", accept).layer(DefaultBodyLimit::max(MAX_BODY));
    Server {
        name: "bare axum route, no check",
        address: serve(app),
        verifies: false,
        handled: None,
    }
}

fn serve(app: Router) -> SocketAddr {
    let runtime = runtime();
    let listener = runtime.block_on(TcpListener::bind(("127.0.0.1", 0))).unwrap();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || runtime.block_on(async { axum::serve(listener, app).await }));
    address
}

/// The peer's own server. It binds by itself and does not tell where, so it is given a port
/// that was free a moment ago.
#[cfg(feature = "peers")]
fn peer() -> Option<Server> {
    use benches::peers::Count;

    let free = std::net::TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let address = free.local_addr().unwrap();
    drop(free);
    let handled = Arc::new(AtomicUsize::new(0));
    let handler = Count(Arc::clone(&handled));
    let server = whatsapp_business_rs::Server::builder()
        .endpoint(address)
        .verify_payload(SECRET)
        .build()
        .serve(handler);
    std::thread::spawn(move || runtime().block_on(server.execute()).unwrap());
    while std::net::TcpStream::connect(address).is_err() {
        std::thread::sleep(Duration::from_millis(10));
    }
    Some(Server { name: "whatsapp-business-rs", address, verifies: true, handled: Some(handled) })
}

#[cfg(not(feature = "peers"))]
fn peer() -> Option<Server> {
    None
}

fn runtime() -> Runtime {
    Builder::new_current_thread().enable_all().build().unwrap()
}

/// The server accepts the delivery, hands over all of it, and refuses a forged one.
async fn check(server: &Server, delivery: &Delivery) {
    let handled = || server.handled.as_ref().map(|handled| handled.load(Ordering::Relaxed));
    let before = handled();
    assert_eq!(answer(server, delivery).await, "HTTP/1.1 200 OK", "{}", server.name);
    let expected = before.map(|before| before + delivery.items());
    let begun = Instant::now();
    while handled() != expected {
        assert!(begun.elapsed() < Duration::from_secs(5), "{} loses events", server.name);
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    let answer = answer(server, &delivery.forged()).await;
    assert_eq!(answer.starts_with("HTTP/1.1 401"), server.verifies, "{}", server.name);
}

/// The first line of what the server answers.
async fn answer(server: &Server, delivery: &Delivery) -> String {
    let mut stream = TcpStream::connect(server.address).await.unwrap();
    stream.write_all(&request(delivery, "close")).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    answer.lines().next().unwrap_or_default().to_owned()
}

/// The rate of each server.
fn measure(load: &Runtime, servers: &[Server], delivery: &Delivery) -> Vec<Summary> {
    let request = Bytes::from(request(delivery, "keep-alive"));
    let mut connections: Vec<_> =
        servers.iter().map(|server| load.block_on(connect(server.address))).collect();
    let mut rates = vec![Vec::new(); servers.len()];
    for _ in 0..ROUNDS {
        for (streams, rates) in connections.iter_mut().zip(&mut rates) {
            rates.push(load.block_on(round(streams, &request)));
        }
    }
    rates.into_iter().map(Summary::of).collect()
}

async fn connect(address: SocketAddr) -> Vec<TcpStream> {
    let mut streams = Vec::with_capacity(CONNECTIONS);
    for _ in 0..CONNECTIONS {
        let stream = TcpStream::connect(address).await.unwrap();
        stream.set_nodelay(true).unwrap();
        streams.push(stream);
    }
    streams
}

/// Posts over all the streams for a while, and says how many were answered a second.
async fn round(streams: &mut Vec<TcpStream>, request: &Bytes) -> f64 {
    let begun = Instant::now();
    let tasks: Vec<_> = streams
        .drain(..)
        .map(|stream| tokio::spawn(post_until(begun + ROUND, stream, request.clone())))
        .collect();
    let mut answered = 0;
    for task in tasks {
        let (stream, count) = task.await.unwrap();
        streams.push(stream);
        answered += count;
    }
    answered as f64 / begun.elapsed().as_secs_f64()
}

async fn post_until(end: Instant, mut stream: TcpStream, request: Bytes) -> (TcpStream, usize) {
    let mut answered = 0;
    while Instant::now() < end {
        stream.write_all(&request).await.unwrap();
        let (mut answer, mut length) = ([0; 512], 0);
        // Whoever accepts answers with a head only.
        while !answer[..length].ends_with(b"\r\n\r\n") {
            let read = stream.read(&mut answer[length..]).await.unwrap();
            assert_ne!(read, 0, "the server closed the connection");
            length += read;
        }
        assert!(answer.starts_with(b"HTTP/1.1 200 OK\r\n"), "the server refused a delivery");
        answered += 1;
    }
    (stream, answered)
}

fn request(delivery: &Delivery, connection: &str) -> Vec<u8> {
    let head = format!(
        "POST / HTTP/1.1\r\nhost: localhost\r\nconnection: {connection}\r\n\
         content-type: application/json\r\nx-hub-signature-256: {}\r\n\
         content-length: {}\r\n\r\n",
        delivery.signature,
        delivery.body.len()
    );
    [head.as_bytes(), &delivery.body].concat()
}
