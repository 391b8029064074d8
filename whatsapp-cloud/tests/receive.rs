//! The rules for receiving, without any server: what is read, what it costs, what is said.

#![cfg(feature = "webhook")]
#![allow(clippy::unwrap_used, reason = "a test fails by a panic")]

use std::fmt::Write as _;
use std::time::Duration;

use secrecy::SecretString;
use whatsapp_cloud::webhook::receive::{
    Answer, Counters, Intake, MAX_BODY, MAX_IN_FLIGHT, Receiver, ReceiverBuilder, Refusal, Reply,
};
use whatsapp_cloud::webhook::{Handshake, HandshakeError, SignatureError, Verifier};

const BODY: &[u8] = br#"{"object":"whatsapp_business_account","entry":[]}"#;
const SIGNATURE: &str = "X-Hub-Signature-256";
const LENGTH: &str = "content-length";

fn verifier() -> Verifier {
    Verifier::new([SecretString::from("app-secret")]).unwrap()
}

fn builder() -> ReceiverBuilder {
    let handshake = Handshake::new(SecretString::from("verify-token")).unwrap();
    Receiver::builder(verifier(), handshake)
}

fn receiver() -> Receiver {
    builder().build()
}

fn begin(receiver: &Receiver, headers: &[(&str, &str)]) -> Result<Intake, Reply> {
    receiver.begin("POST", "", headers.iter().map(|(name, value)| (*name, value.as_bytes())))
}

/// Begins a delivery of `length` bytes.
fn announce(receiver: &Receiver, length: usize) -> Result<Intake, Reply> {
    let signature = verifier().sign(BODY);
    begin(receiver, &[(SIGNATURE, &signature), (LENGTH, &length.to_string())])
}

/// Begins a delivery of unknown length.
fn begin_signed(receiver: &Receiver, body: &[u8]) -> Intake {
    begin(receiver, &[(SIGNATURE, &verifier().sign(body))]).unwrap()
}

fn refusal<T>(outcome: Result<T, Reply>) -> Option<Refusal> {
    outcome.err().and_then(|reply| reply.refusal())
}

fn headers(reply: &Reply) -> Vec<(&'static str, String)> {
    reply.headers().map(|(name, value)| (name, value.into_owned())).collect()
}

/// What the counters are to be: `change` of nothing.
fn counted(change: impl FnOnce(&mut Counters)) -> Counters {
    let mut counters = Counters::default();
    change(&mut counters);
    counters
}

#[test]
fn what_meta_signed_is_handed_over_and_answered() {
    let receiver = receiver();
    let signature = verifier().sign(BODY);
    // Names of headers in any case, and spaces around the value.
    for name in [SIGNATURE, "x-hub-signature-256", "X-HUB-SIGNATURE-256"] {
        let spaced = format!(" {signature}\t");
        let headers = [("host", &b"x"[..]), (name, spaced.as_bytes())];
        let (verified, pending) = receiver.receive("POST", "", headers, BODY).unwrap();
        assert_eq!(verified.body(), BODY);
        let reply = pending.answer(Answer::Accepted);
        assert_eq!((reply.status(), reply.body(), reply.refusal()), (200, "", None));
        assert_eq!(reply.headers().count(), 0);
    }
    let expected = counted(|it| {
        it.accepted = 3;
        it.bytes_received = 3 * BODY.len() as u64;
    });
    assert_eq!(receiver.counters(), expected);
}

#[test]
fn what_cannot_be_stored_is_to_come_again() {
    let receiver = receiver();
    let cases = [
        (Duration::ZERO, 1),
        (Duration::from_millis(1_001), 2),
        (Duration::from_secs(30), 30),
        (Duration::MAX, u64::MAX),
    ];
    for (after, seconds) in cases {
        let (_, pending) = begin_signed(&receiver, BODY).verify(BODY).unwrap();
        let reply = pending.answer(Answer::TryLater { after });
        assert_eq!(reply.status(), 503);
        assert_eq!(headers(&reply), [("retry-after", seconds.to_string())]);
        assert_eq!(reply.retry_after(), Some(Duration::from_secs(seconds)));
    }
    let (_, pending) = begin_signed(&receiver, BODY).verify(BODY).unwrap();
    assert_eq!(pending.answer(Err::<(), _>("disk full").into()).status(), 503);
    assert_eq!(receiver.counters().try_again, 5);
    assert_eq!(receiver.counters().bytes_in_flight, 0);
}

#[test]
fn what_is_not_signed_is_refused_by_its_head() {
    let receiver = receiver();
    let good = verifier().sign(BODY);
    let missing: [&[(&str, &str)]; 3] =
        [&[], &[(SIGNATURE, "")], &[("X-Hub-Signature", "sha1=ee3f9effefe972b4a991985cc37816bf")]];
    for headers in missing {
        let refused = Some(Refusal::Signature(SignatureError::Missing));
        assert_eq!(refusal(begin(&receiver, headers)), refused, "{headers:?}");
    }
    let malformed: [&[(&str, &str)]; 5] = [
        &[(SIGNATURE, "sha256=")],
        &[(SIGNATURE, &good[..good.len() - 1])],
        &[(SIGNATURE, &good["sha256=".len()..])],
        // Both right, and the third after two: what reads the one may not be what reads the other.
        &[(SIGNATURE, &good), (SIGNATURE, &good)],
        &[(SIGNATURE, ""), (SIGNATURE, &good), ("x-hub-signature-256", &good)],
    ];
    for headers in malformed {
        let refused = Some(Refusal::Signature(SignatureError::Malformed));
        assert_eq!(refusal(begin(&receiver, headers)), refused, "{headers:?}");
    }
    let other = Verifier::new([SecretString::from("other")]).unwrap().sign(BODY);
    for signature in [verifier().sign(b"{}"), other] {
        let head = [(SIGNATURE, signature.as_bytes())];
        let reply = receiver.receive("POST", "", head, BODY).unwrap_err();
        assert_eq!(reply.status(), 401);
        assert_eq!(reply.refusal(), Some(Refusal::Signature(SignatureError::Mismatch)));
    }
    let expected = counted(|it| {
        it.signature_missing = 3;
        it.signature_malformed = 5;
        it.signature_mismatch = 2;
        it.bytes_received = 2 * BODY.len() as u64;
    });
    assert_eq!(receiver.counters(), expected);
}

#[test]
fn an_encoded_body_is_refused_by_its_head() {
    let receiver = receiver();
    let signature = verifier().sign(BODY);
    let sent = |encodings: &[&str]| {
        let mut headers = vec![(SIGNATURE, &*signature)];
        headers.extend(encodings.iter().map(|encoding| ("Content-Encoding", *encoding)));
        refusal(begin(&receiver, &headers))
    };
    for encodings in
        [&["gzip"][..], &["identity, gzip"], &["br"], &["", "identity"], &["identity", "gzip"]]
    {
        assert_eq!(sent(encodings), Some(Refusal::Encoded), "{encodings:?}");
    }
    assert_eq!(sent(&["Identity "]), None);
    assert_eq!(receiver.counters().encoded, 5);
    assert_eq!(Refusal::Encoded.status(), 415);
}

#[test]
fn a_body_is_refused_from_the_first_byte_too_many() {
    let receiver = receiver();
    assert_eq!(refusal(announce(&receiver, MAX_BODY + 1)), Some(Refusal::TooLarge));
    assert_eq!(refusal(announce(&receiver, usize::MAX)), Some(Refusal::TooLarge));
    assert_eq!(announce(&receiver, MAX_BODY).unwrap().announced(), Some(MAX_BODY));

    let mut intake = begin_signed(&receiver, BODY);
    assert_eq!(intake.announced(), None);
    intake.take(MAX_BODY - 1).unwrap();
    intake.take(1).unwrap();
    assert_eq!(intake.take(1).unwrap_err().status(), 413);

    // Neither may what was announced be exceeded, if it makes it too large.
    let mut intake = announce(&receiver, 1).unwrap();
    assert_eq!(intake.take(usize::MAX).unwrap_err().status(), 413);
    // Nor is asking left out by who has the whole of it.
    let large = vec![b' '; MAX_BODY + 1];
    let whole = begin_signed(&receiver, &large).verify(&large);
    assert_eq!(refusal(whole), Some(Refusal::TooLarge));
    assert_eq!(receiver.counters().too_large, 5);
}

#[test]
fn what_is_refused_stays_refused_and_is_counted_once() {
    let receiver = builder().max_body(10).build();
    let mut intake = begin_signed(&receiver, b"");
    for _ in 0..3 {
        assert_eq!(refusal(intake.take(11)), Some(Refusal::TooLarge));
    }
    assert_eq!(refusal(intake.take(0)), Some(Refusal::TooLarge));
    assert_eq!(receiver.counters().bytes_in_flight, 0, "its room is free at once");
    // Though the signature would fit.
    assert_eq!(refusal(intake.verify(b"")), Some(Refusal::TooLarge));

    let mut intake = begin_signed(&receiver, b"");
    assert!(intake.take(11).is_err());
    assert_eq!(intake.timed_out().refusal(), Some(Refusal::TooLarge));
    let expected = counted(|it| {
        it.too_large = 2;
        it.bytes_received = 22;
    });
    assert_eq!(receiver.counters(), expected);
}

#[test]
fn announced_bodies_take_room_from_their_head_to_their_answer() {
    let receiver = builder().max_body(60).max_in_flight(100).build();
    let first = announce(&receiver, 60).unwrap();
    assert_eq!(receiver.counters().bytes_in_flight, 60);

    let reply = announce(&receiver, 41).unwrap_err();
    assert_eq!((reply.status(), reply.refusal()), (503, Some(Refusal::OverCapacity)));
    assert_eq!(headers(&reply), [("retry-after", "1".to_owned())]);
    let second = announce(&receiver, 40).unwrap();
    assert_eq!(receiver.counters().bytes_in_flight, 100);

    drop(second);
    assert_eq!(receiver.counters().bytes_in_flight, 60);
    // It came shorter than announced, and keeps its room until it is answered.
    let (_, pending) = first.verify(BODY).unwrap();
    assert_eq!(receiver.counters().bytes_in_flight, 60);
    assert_eq!(refusal(announce(&receiver, 41)), Some(Refusal::OverCapacity));
    assert_eq!(pending.answer(Answer::Accepted).status(), 200);
    let expected = counted(|it| {
        it.accepted = 1;
        it.over_capacity = 2;
        it.abandoned = 1;
        it.bytes_received = BODY.len() as u64;
    });
    assert_eq!(receiver.counters(), expected);
}

#[test]
fn other_bodies_take_room_as_they_come() {
    let receiver = builder().max_body(60).max_in_flight(100).build();
    let mut first = begin_signed(&receiver, BODY);
    let mut second = begin_signed(&receiver, BODY);
    assert_eq!(receiver.counters().bytes_in_flight, 0);
    first.take(60).unwrap();
    second.take(30).unwrap();
    second.take(10).unwrap();
    assert_eq!(receiver.counters().bytes_in_flight, 100);

    assert_eq!(refusal(second.take(1)), Some(Refusal::OverCapacity));
    assert_eq!(receiver.counters().bytes_in_flight, 60);
    assert_eq!(first.broke_off().status(), 400);
    let expected = counted(|it| {
        it.over_capacity = 1;
        it.broken_off = 1;
        it.bytes_received = 101;
    });
    assert_eq!(receiver.counters(), expected);
}

#[test]
fn room_never_leaks_however_a_delivery_ends() {
    let receiver = builder().max_body(100).max_in_flight(100).build();
    let small = b"12345";
    for _ in 0..100 {
        drop(announce(&receiver, 100).unwrap());
        assert_eq!(announce(&receiver, 100).unwrap().timed_out().status(), 408);
        assert_eq!(announce(&receiver, 100).unwrap().broke_off().status(), 400);
        assert_eq!(refusal(announce(&receiver, 100).unwrap().verify(small)).unwrap().status(), 401);
        let mut grown = begin_signed(&receiver, small);
        grown.take(5).unwrap();
        drop(grown.verify(small).unwrap());
        let (_, pending) = begin_signed(&receiver, small).verify(small).unwrap();
        assert_eq!(pending.panicked().status(), 500);
        let mut large = begin_signed(&receiver, small);
        large.take(100).unwrap();
        assert!(large.take(1).is_err());
    }
    let expected = counted(|it| {
        it.abandoned = 200;
        it.timed_out = 100;
        it.broken_off = 100;
        it.signature_mismatch = 100;
        it.panicked = 100;
        it.too_large = 100;
        it.bytes_received = 100 * (5 + 5 + 5 + 101);
    });
    assert_eq!(receiver.counters(), expected);
    // All of the room is there.
    let mut last = announce(&receiver, 100).unwrap();
    last.take(100).unwrap();
}

#[test]
fn there_is_always_room_for_the_largest_body() {
    let receiver = builder().max_in_flight(1).build();
    assert_eq!(announce(&receiver, MAX_BODY).unwrap().announced(), Some(MAX_BODY));
    let one = announce(&receiver, MAX_BODY).unwrap();
    assert_eq!(refusal(announce(&receiver, 1)), Some(Refusal::OverCapacity));
    drop(one);
}

#[test]
fn the_limits_suit_meta_unless_they_are_said() {
    let receiver = receiver();
    assert_eq!(receiver.body_timeout(), Duration::from_secs(10));
    let all: Vec<_> = (0..16).map(|_| announce(&receiver, MAX_BODY).unwrap()).collect();
    assert_eq!(receiver.counters().bytes_in_flight, 64 * 1024 * 1024);
    assert_eq!(MAX_IN_FLIGHT, 64 * 1024 * 1024);
    assert_eq!(refusal(announce(&receiver, 1)), Some(Refusal::OverCapacity));
    // Nothing takes no room.
    assert_eq!(announce(&receiver, 0).unwrap().announced(), Some(0));
    drop(all);
    let quick = builder().body_timeout(Duration::from_millis(7)).build();
    assert_eq!(quick.body_timeout(), Duration::from_millis(7));
}

#[test]
fn clones_share_room_and_counters() {
    let receiver = builder().max_body(100).max_in_flight(100).build();
    let other = receiver.clone();
    let one = announce(&receiver, 100).unwrap();
    assert_eq!(refusal(announce(&other, 1)), Some(Refusal::OverCapacity));
    drop(one);
    assert_eq!(receiver.counters(), other.counters());
    assert_eq!((other.counters().abandoned, other.counters().over_capacity), (1, 1));
}

#[test]
fn a_slow_body_is_answered_and_its_connection_closed() {
    let receiver = receiver();
    let reply = announce(&receiver, 100).unwrap().timed_out();
    assert_eq!(reply.status(), 408);
    assert_eq!(headers(&reply), [("connection", "close".to_owned())]);
    assert_eq!(receiver.counters(), counted(|it| it.timed_out = 1));
}

#[test]
fn the_handshake_is_answered() {
    let receiver = receiver();
    let ask = |method: &str, query: &str| receiver.begin(method, query, []).unwrap_err();
    let right = "hub.mode=subscribe&hub.challenge=%3Cb%3E17&hub.verify_token=verify-token";
    for method in ["GET", "HEAD"] {
        let reply = ask(method, right);
        assert_eq!((reply.status(), reply.body(), reply.refusal()), (200, "<b>17", None));
        let expected = [
            ("content-type", "text/plain; charset=utf-8".to_owned()),
            ("x-content-type-options", "nosniff".to_owned()),
        ];
        assert_eq!(headers(&reply), expected);
        assert_eq!(reply.into_body(), "<b>17");
    }
    let wrong = ask("GET", "hub.mode=subscribe&hub.challenge=17&hub.verify_token=nope");
    assert_eq!((wrong.status(), wrong.body()), (403, ""));
    assert_eq!(wrong.refusal(), Some(Refusal::Handshake(HandshakeError::WrongToken)));
    assert_eq!(ask("GET", "").status(), 400);
    let expected = counted(|it| {
        it.handshakes_accepted = 2;
        it.handshakes_refused = 2;
    });
    assert_eq!(receiver.counters(), expected);
}

#[test]
fn another_method_is_told_which_there_are() {
    let receiver = receiver();
    let signature = verifier().sign(BODY);
    for method in ["PUT", "DELETE", "OPTIONS", "post", ""] {
        let headers_of = [(SIGNATURE, signature.as_bytes())];
        let reply = receiver.receive(method, "", headers_of, BODY).unwrap_err();
        assert_eq!((reply.status(), reply.refusal()), (405, Some(Refusal::Method)), "{method}");
        assert_eq!(headers(&reply), [("allow", "GET, HEAD, POST".to_owned())]);
    }
    assert_eq!(receiver.counters(), counted(|it| it.unexpected = 5));
}

#[test]
fn nothing_shows_what_came_or_a_secret() {
    let receiver = receiver();
    let query = "hub.mode=subscribe&hub.challenge=segredo&hub.verify_token=verify-token";
    let challenge = receiver.begin("GET", query, []).unwrap_err();
    let signature = verifier().sign(b"segredo");
    let intake = begin_signed(&receiver, b"segredo");
    let mut shown = format!("{receiver:?} {:?} {challenge:?} {intake:?} ", builder());
    let (verified, pending) = intake.verify(b"segredo").unwrap();
    write!(shown, "{verified:?} {pending:?} ").unwrap();
    write!(shown, "{:?}", pending.answer(Answer::Accepted)).unwrap();
    for secret in ["segredo", "app-secret", "verify-token", &signature[7..20]] {
        assert!(!shown.contains(secret), "{secret} in {shown}");
    }
    assert!(shown.contains("bytes"), "{shown}");
}
