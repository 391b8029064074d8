//! The ready route, through real sockets: what is refused, when, and what Meta is told.

#![cfg(feature = "axum")]
#![allow(clippy::unwrap_used, reason = "a test fails by a panic")]

use std::io::{ErrorKind, Read, Write};
use std::net::Shutdown;
use std::sync::{Mutex, mpsc};
use std::time::Duration;

use secrecy::SecretString;
use server::{Answered, BODY, Server, begin_chunks, chunk, head, verifier};
use tokio::sync::oneshot;
use whatsapp_cloud::webhook::axum::{Answer, MAX_BODY};
use whatsapp_cloud::webhook::{EventKind, Verifier};

#[path = "route/limits.rs"]
mod limits;
#[path = "route/logs.rs"]
mod logs;
#[path = "route/server.rs"]
mod server;
#[path = "route/serving.rs"]
mod serving;

#[test]
fn a_signed_delivery_reaches_the_handler_as_it_came() {
    let (seen, sees) = mpsc::channel();
    let server = Server::new(move |delivery| {
        let told = delivery.verified().events().any(
            |event| matches!(&event.kind, EventKind::Message(m) if m.content.text() == Some("segredo")),
        );
        assert!(!format!("{delivery:?}").contains("segredo"));
        seen.send((told, delivery.into_bytes())).unwrap();
        async { Answer::Accepted }
    });
    let answer = server.post(&[("X-Hub-Signature-256", &verifier().sign(BODY))], BODY);

    assert_eq!(answer.status, 200, "{answer:?}");
    let (told, bytes) = sees.recv().unwrap();
    assert!(told);
    assert_eq!(bytes, BODY);
}

#[test]
fn meta_is_answered_only_when_the_handler_has_answered() {
    let (entered, entering) = mpsc::channel();
    let (release, released) = oneshot::channel();
    let released = Mutex::new(Some(released));
    let server = Server::new(move |_| {
        let released = released.lock().unwrap().take().unwrap();
        entered.send(()).unwrap();
        async move {
            released.await.unwrap();
            Answer::Accepted
        }
    });
    let mut stream = server.connect();
    let signature = verifier().sign(BODY);
    let length = BODY.len().to_string();
    let head = head(&[("x-hub-signature-256", &signature), ("Content-Length", &length)]);
    stream.write_all(head.as_bytes()).unwrap();
    stream.write_all(BODY).unwrap();

    entering.recv_timeout(Duration::from_secs(20)).unwrap();
    stream.set_nonblocking(true).unwrap();
    let early = stream.peek(&mut [0]).map_err(|error| error.kind());
    assert_eq!(early, Err(ErrorKind::WouldBlock), "the handler has not answered yet");

    stream.set_nonblocking(false).unwrap();
    release.send(()).unwrap();
    assert_eq!(Answered::read(&mut stream).status, 200);
}

#[test]
fn a_delivery_that_is_put_off_is_to_come_again() {
    let cases = [
        (Duration::ZERO, "1"),
        (Duration::from_millis(1_001), "2"),
        (Duration::from_secs(30), "30"),
    ];
    for (after, seconds) in cases {
        let server = Server::new(move |_| async move { Answer::TryLater { after } });
        let answer = server.post(&[("X-Hub-Signature-256", &verifier().sign(BODY))], BODY);

        assert_eq!(answer.status, 503);
        assert!(answer.headers.contains(&format!("retry-after: {seconds}\r\n")), "{answer:?}");
    }
}

#[test]
fn without_one_good_signature_the_body_is_not_read() {
    let server = Server::that_accepts();
    let good = verifier().sign(BODY);
    let cases: [&[(&str, &str)]; 6] = [
        &[],
        &[("X-Hub-Signature-256", "")],
        &[("X-Hub-Signature-256", &good[..good.len() - 1])],
        &[("X-Hub-Signature-256", &good["sha256=".len()..])],
        &[("X-Hub-Signature", "sha1=ee3f9effefe972b4a991985cc37816bfa468d58b")],
        // Two headers, both right: what reads the one may not be what reads the other.
        &[("X-Hub-Signature-256", &good), ("x-hub-signature-256", &good)],
    ];
    for headers in cases {
        // A body is announced, and none of it is sent.
        let headers: Vec<_> = headers.iter().copied().chain([("Content-Length", "100")]).collect();
        assert_eq!(server.ask(&head(&headers), b"").status, 401, "{headers:?}");
    }
    assert_eq!(server.calls(), 0);
}

#[test]
fn a_signature_that_does_not_fit_is_refused() {
    let server = Server::that_accepts();
    let other = Verifier::new([SecretString::from("other")]).unwrap().sign(BODY);

    assert_eq!(server.post(&[("X-Hub-Signature-256", &other)], BODY).status, 401);
    let of_another_body = verifier().sign(b"{}");
    assert_eq!(server.post(&[("X-Hub-Signature-256", &of_another_body)], BODY).status, 401);
    assert_eq!(server.calls(), 0);
}

#[test]
fn an_encoded_body_is_refused_unread() {
    let server = Server::that_accepts();
    let signature = verifier().sign(BODY);
    for encoding in ["gzip", "identity, gzip", "br"] {
        let head = head(&[
            ("X-Hub-Signature-256", &signature),
            ("Content-Encoding", encoding),
            ("Content-Length", "100"),
        ]);
        assert_eq!(server.ask(&head, b"").status, 415, "{encoding}");
    }
    assert_eq!(server.calls(), 0);

    let headers = [("X-Hub-Signature-256", &*signature), ("Content-Encoding", "Identity")];
    assert_eq!(server.post(&headers, BODY).status, 200);
}

#[test]
fn a_body_announced_too_large_is_refused_before_a_byte_of_it() {
    let server = Server::that_accepts();
    let signature = verifier().sign(BODY);
    let announced = |length: usize| {
        let length = length.to_string();
        head(&[("X-Hub-Signature-256", &signature), ("Content-Length", &length)])
    };

    assert_eq!(server.ask(&announced(MAX_BODY + 1), b"").status, 413);
    assert_eq!(server.ask(&announced(1 << 40), b"").status, 413);
    assert_eq!(server.calls(), 0);
}

#[test]
fn the_largest_body_is_taken() {
    let server = Server::that_accepts();
    let body = vec![b' '; MAX_BODY];

    let answer = server.post(&[("X-Hub-Signature-256", &verifier().sign(&body))], &body);
    assert_eq!(answer.status, 200);
    assert_eq!(server.calls(), 1);
}

#[test]
fn a_body_in_chunks_is_taken() {
    let server = Server::that_accepts();
    let mut stream = begin_chunks(&server);
    for part in BODY.chunks(50) {
        let mut chunk = format!("{:x}\r\n", part.len()).into_bytes();
        chunk.extend_from_slice(part);
        chunk.extend_from_slice(b"\r\n");
        stream.write_all(&chunk).unwrap();
    }
    stream.write_all(b"0\r\n\r\n").unwrap();

    assert_eq!(Answered::read(&mut stream).status, 200);
}

#[test]
fn a_body_that_grows_too_large_is_refused_though_it_goes_on() {
    let server = Server::that_accepts();
    let mut stream = begin_chunks(&server);
    for _ in 0..4 {
        stream.write_all(&chunk(MAX_BODY / 4)).unwrap();
    }
    stream.write_all(&chunk(1)).unwrap();

    // The end of the body never comes, and is not waited for.
    assert_eq!(Answered::read(&mut stream).status, 413);
    assert_eq!(server.calls(), 0);
}

#[test]
fn what_comes_after_the_limit_is_not_read() {
    // More than the limit and all buffers between the two ends.
    const ENDLESS: usize = 256 * 1024 * 1024;
    let server = Server::that_accepts();
    let mut stream = begin_chunks(&server);
    let chunk = chunk(64 * 1024);

    let mut sent = 0;
    while sent < ENDLESS && stream.write_all(&chunk).is_ok() {
        sent += chunk.len();
    }
    assert!(sent < ENDLESS, "the server has read it all");
    assert_eq!(server.calls(), 0);
}

#[test]
fn a_body_that_breaks_off_reaches_nobody() {
    let server = Server::that_accepts();
    let signature = verifier().sign(BODY);
    let length = (BODY.len() + 1).to_string();
    let mut stream = server.connect();
    let head = head(&[("X-Hub-Signature-256", &signature), ("Content-Length", &length)]);
    stream.write_all(head.as_bytes()).unwrap();
    stream.write_all(BODY).unwrap();
    stream.shutdown(Shutdown::Write).unwrap();

    // Whether an answer still gets through or not, it is no 200.
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    assert!(!answer.starts_with(b"HTTP/1.1 200"), "{}", String::from_utf8_lossy(&answer));
    assert_eq!(server.calls(), 0);
}

#[test]
fn the_handshake_is_answered_as_plain_text() {
    let server = Server::that_accepts();
    let get = |query: &str| {
        server.ask(&format!("GET /webhook{query} HTTP/1.1\r\nHost: localhost\r\n\r\n"), b"")
    };
    let right = "?hub.mode=subscribe&hub.challenge=%3Cb%3E17&hub.verify_token=verify-token";
    let answer = get(right);

    assert_eq!((answer.status, answer.body.as_str()), (200, "<b>17"));
    assert!(answer.headers.contains("content-type: text/plain"), "{answer:?}");
    assert!(answer.headers.contains("x-content-type-options: nosniff"), "{answer:?}");
    let wrong = get("?hub.mode=subscribe&hub.challenge=17&hub.verify_token=nope");
    assert_eq!((wrong.status, wrong.body.as_str()), (403, ""));
    assert_eq!(get("").status, 400);
    assert_eq!(server.calls(), 0);
}
