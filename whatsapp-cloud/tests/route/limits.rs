//! Limits of time and memory, and what becomes of neighbours.

use std::collections::BTreeMap;
use std::io::Write;
use std::net::Shutdown;
use std::sync::mpsc;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::sync::oneshot;
use whatsapp_cloud::webhook::axum::{Answer, MAX_BODY, VerifiedBytes, route_with};
use whatsapp_cloud::webhook::receive::ReceiverBuilder;

use crate::server::{
    Answered, BODY, PATIENCE, Server, begin_chunks, chunk, head, is_closed, receiver, signed_head,
    until, verifier,
};

/// A server whose handler says when it has begun, and waits until a test lets it go.
fn held(limits: ReceiverBuilder) -> (Server, mpsc::Receiver<oneshot::Sender<()>>) {
    let (begun, begins) = mpsc::channel();
    let server = Server::with(limits, move |_| {
        let (release, released) = oneshot::channel();
        begun.send(release).unwrap();
        async move {
            // A sender that is dropped lets it go too.
            let _ = released.await;
            Answer::Accepted
        }
    });
    (server, begins)
}

#[test]
fn a_body_that_takes_too_long_is_refused_and_its_connection_closed() {
    let quick = receiver().body_timeout(Duration::from_millis(50));
    let server = Server::with(quick, async |_| Answer::Accepted);
    let mut announced = server.connect();
    announced.write_all(signed_head(BODY, BODY.len()).as_bytes()).unwrap();
    announced.write_all(&BODY[..10]).unwrap();
    let mut in_chunks = begin_chunks(&server);
    in_chunks.write_all(&chunk(10)).unwrap();

    for stream in [&mut announced, &mut in_chunks] {
        let answer = Answered::read(stream);
        assert_eq!(answer.status, 408);
        assert!(answer.headers.contains("connection: close\r\n"), "{answer:?}");
        assert!(is_closed(stream));
    }
    let counters = server.counters();
    assert_eq!((counters.timed_out, counters.bytes_in_flight), (2, 0));
    assert_eq!(server.calls(), 0);
}

#[test]
fn a_drip_that_never_stops_is_refused_all_the_same() {
    let quick = receiver().body_timeout(Duration::from_millis(100));
    let server = Server::with(quick, async |_| Answer::Accepted);
    let mut stream = server.connect();
    stream.write_all(signed_head(BODY, MAX_BODY).as_bytes()).unwrap();
    stream.set_nodelay(true).unwrap();
    stream.set_nonblocking(true).unwrap();

    // Never a pause, and never the end.
    let mut sent = 0;
    while stream.peek(&mut [0]).is_err() && sent < MAX_BODY - 1 {
        sent += stream.write(b" ").unwrap_or_default();
    }
    stream.set_nonblocking(false).unwrap();
    assert_eq!(Answered::read(&mut stream).status, 408, "after {sent} bytes");
    assert_eq!(server.counters().bytes_in_flight, 0);
}

#[tokio::test(start_paused = true)]
async fn a_body_has_ten_seconds_unless_it_is_said() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let route = route_with(receiver().build(), async |_| Answer::Accepted);
    let app = axum::Router::new().nest("/webhook", route);
    tokio::spawn(async move { axum::serve(listener, app).await });

    let mut stream = tokio::net::TcpStream::connect(address).await.unwrap();
    let begun = tokio::time::Instant::now();
    stream.write_all(signed_head(BODY, BODY.len()).as_bytes()).await.unwrap();
    // The clock moves when everybody waits: to where the body has come too late.
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 408"), "{answer}");
    let waited = begun.elapsed();
    let ten = Duration::from_secs(10);
    assert!(waited >= ten && waited < ten + Duration::from_millis(100), "{waited:?}");
}

#[test]
fn a_body_in_time_is_taken_whatever_its_pieces() {
    let (seen, sees) = mpsc::channel();
    let server = Server::new(move |delivery: VerifiedBytes| {
        seen.send(delivery.into_bytes()).unwrap();
        async { Answer::Accepted }
    });
    for pieces in [1, 2, 7, BODY.len()] {
        let mut stream = server.connect();
        stream.set_nodelay(true).unwrap();
        stream.write_all(signed_head(BODY, BODY.len()).as_bytes()).unwrap();
        for piece in BODY.chunks(BODY.len().div_ceil(pieces)) {
            stream.write_all(piece).unwrap();
        }
        assert_eq!(Answered::read(&mut stream).status, 200, "{pieces} pieces");
        assert_eq!(sees.recv_timeout(PATIENCE).unwrap(), BODY);
    }
    // More than any buffer on the way.
    let large: Vec<u8> = (0..=u8::MAX).cycle().take(MAX_BODY).collect();
    assert_eq!(server.post_signed(&large).status, 200);
    assert!(sees.recv_timeout(PATIENCE).unwrap() == large);
}

#[test]
fn without_room_a_delivery_is_put_off_before_its_body() {
    let (server, begins) = held(receiver().max_body(1_000).max_in_flight(1_000));
    let mut first = server.connect();
    first.write_all(signed_head(BODY, BODY.len()).as_bytes()).unwrap();
    first.write_all(BODY).unwrap();
    let release = begins.recv_timeout(PATIENCE).unwrap();
    assert_eq!(server.counters().bytes_in_flight, BODY.len() as u64);

    // A body is announced, and none of it is sent.
    let full = server.ask(&signed_head(BODY, 1_001 - BODY.len()), b"");
    assert_eq!(full.status, 503);
    assert!(full.headers.contains("retry-after: 1\r\n"), "{full:?}");
    // Without an announcement, as much of it is taken as there is room for.
    let mut in_chunks = begin_chunks(&server);
    in_chunks.write_all(&chunk(1_000 - BODY.len())).unwrap();
    until("there is no room", || server.counters().bytes_in_flight == 1_000);
    in_chunks.write_all(&chunk(1)).unwrap();
    let full = Answered::read(&mut in_chunks);
    assert_eq!(full.status, 503);
    assert!(full.headers.contains("retry-after: 1\r\n"), "{full:?}");

    release.send(()).unwrap();
    assert_eq!(Answered::read(&mut first).status, 200);
    let counters = server.counters();
    assert_eq!((counters.over_capacity, counters.bytes_in_flight), (2, 0));
    // Now there is room.
    drop(begins);
    let mut last = server.connect();
    last.write_all(signed_head(BODY, 1_000).as_bytes()).unwrap();
    until("there is room", || server.counters().bytes_in_flight == 1_000);
}

#[test]
fn whoever_goes_away_leaves_no_room_taken() {
    const ROUNDS: u64 = 25;
    let (server, begins) = held(receiver().max_body(BODY.len()).max_in_flight(BODY.len()));
    let gone = || {
        let counters = server.counters();
        counters.broken_off + counters.abandoned
    };
    for round in 0..ROUNDS {
        let before = gone();
        // With the body announced; in the middle of it; and while the handler has it.
        for sent in [0, BODY.len() / 2, BODY.len()] {
            let so_far = gone();
            let mut stream = server.connect();
            stream.write_all(signed_head(BODY, BODY.len()).as_bytes()).unwrap();
            stream.write_all(&BODY[..sent]).unwrap();
            until("it takes room", || server.counters().bytes_in_flight == BODY.len() as u64);
            let release = (sent == BODY.len()).then(|| begins.recv_timeout(PATIENCE).unwrap());
            if round % 2 == 0 {
                stream.shutdown(Shutdown::Both).unwrap();
            }
            drop(stream);
            until("it is noticed", || gone() == so_far + 1);
            drop(release);
        }
        // In the middle of a body of unknown length.
        let mut stream = begin_chunks(&server);
        stream.write_all(&chunk(BODY.len() / 2)).unwrap();
        until("it takes room", || server.counters().bytes_in_flight > 0);
        drop(stream);
        until("it is noticed", || gone() == before + 4);
    }
    let counters = server.counters();
    assert_eq!(counters.bytes_in_flight, 0);
    assert_eq!(counters.abandoned, ROUNDS, "those whose handler had begun");
    assert_eq!(counters.broken_off, 3 * ROUNDS);

    // A body that needs all the room there is.
    drop(begins.try_recv());
    let mut stream = server.connect();
    stream.write_all(signed_head(BODY, BODY.len()).as_bytes()).unwrap();
    stream.write_all(BODY).unwrap();
    begins.recv_timeout(PATIENCE).unwrap().send(()).unwrap();
    assert_eq!(Answered::read(&mut stream).status, 200);
}

#[test]
fn a_handler_that_panics_harms_nobody_else() {
    let (begun, begins) = mpsc::channel();
    let server = Server::with(receiver(), move |delivery: VerifiedBytes| {
        let body = delivery.into_bytes();
        assert!(body != "panic at once", "at once");
        let (release, released) = oneshot::channel();
        begun.send((body.clone(), release)).unwrap();
        async move {
            assert!(body != "panic later", "later");
            let _ = released.await;
            Answer::Accepted
        }
    });
    let send = |stream: &mut std::net::TcpStream, body: &[u8]| {
        stream.write_all(signed_head(body, body.len()).as_bytes()).unwrap();
        stream.write_all(body).unwrap();
    };
    let mut neighbour = server.connect();
    send(&mut neighbour, b"{}");
    let (_, release) = begins.recv_timeout(PATIENCE).unwrap();

    // Both on one connection, which stays.
    let mut stream = server.connect();
    for body in [&b"panic at once"[..], b"panic later"] {
        send(&mut stream, body);
        assert_eq!(Answered::read(&mut stream).status, 500);
    }
    send(&mut stream, b"[]");
    for expected in ["panic later", "[]"] {
        let (body, _) = begins.recv_timeout(PATIENCE).unwrap();
        assert_eq!(body, expected);
    }
    assert_eq!(Answered::read(&mut stream).status, 200);

    release.send(()).unwrap();
    assert_eq!(Answered::read(&mut neighbour).status, 200);
    let counters = server.counters();
    assert_eq!((counters.panicked, counters.accepted, counters.bytes_in_flight), (2, 2, 0));
}

#[test]
fn every_answer_is_counted_once() {
    let server = Server::with(receiver(), |delivery: VerifiedBytes| {
        let outcome = if delivery.into_bytes().is_empty() { Err("disk full") } else { Ok(()) };
        async move { outcome }
    });
    let signature = verifier().sign(BODY);
    let signed = ("X-Hub-Signature-256", &*signature);
    assert_eq!(server.post_signed(BODY).status, 200);
    let put_off = server.post_signed(b"");
    assert_eq!(put_off.status, 503);
    assert!(put_off.headers.contains("retry-after: 5\r\n"), "{put_off:?}");
    assert_eq!(server.post(&[], BODY).status, 401);
    assert_eq!(server.post(&[("X-Hub-Signature-256", "sha256=")], BODY).status, 401);
    assert_eq!(server.post(&[signed], b"{}").status, 401);
    assert_eq!(server.post(&[signed, ("Content-Encoding", "gzip")], BODY).status, 415);
    assert_eq!(server.ask(&signed_head(BODY, MAX_BODY + 1), b"").status, 413);
    let ask = |method: &str, query: &str| {
        let head = format!("{method} /webhook?{query} HTTP/1.1\r\nHost: a\r\n\r\n");
        let answer = server.ask(&head, b"");
        (answer.status, answer.headers.contains("allow: get, head, post\r\n"))
    };
    let right = "hub.mode=subscribe&hub.challenge=1&hub.verify_token=verify-token";
    assert_eq!(ask("GET", right), (200, false));
    assert_eq!(ask("GET", "hub.mode=subscribe"), (403, false));
    assert_eq!(ask("PUT", ""), (405, true));

    let counters = serde_json::to_value(server.counters()).unwrap();
    let counters: BTreeMap<String, u64> = serde_json::from_value(counters).unwrap();
    let counted: Vec<_> = counters.iter().filter(|(_, count)| **count > 0).collect();
    let bytes = (BODY.len() + 2) as u64;
    assert_eq!(
        counted,
        [
            (&"accepted".to_owned(), &1),
            (&"bytes_received".to_owned(), &bytes),
            (&"encoded".to_owned(), &1),
            (&"handshakes_accepted".to_owned(), &1),
            (&"handshakes_refused".to_owned(), &1),
            (&"signature_malformed".to_owned(), &1),
            (&"signature_mismatch".to_owned(), &1),
            (&"signature_missing".to_owned(), &1),
            (&"too_large".to_owned(), &1),
            (&"try_again".to_owned(), &1),
            (&"unexpected".to_owned(), &1),
        ]
    );
    assert_eq!(server.calls(), 2);
}

#[test]
fn a_refused_head_is_answered_though_the_body_is_never_sent() {
    // The time-out is not what ends it.
    let server = Server::with(receiver().body_timeout(Duration::from_secs(3_600)), async |_| {
        Answer::Accepted
    });
    let unsigned = head(&[("Content-Length", "100")]);
    assert_eq!(server.ask(&unsigned, b"").status, 401);
    assert_eq!(server.counters().bytes_received, 0);
}
