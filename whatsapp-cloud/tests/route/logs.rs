//! What the log and the spans say: ids, counts and durations, and nothing personal.

use std::fmt::Write as _;
use std::io::Write as _;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use whatsapp_cloud::webhook::axum::{Answer, VerifiedBytes};

use crate::server::{Answered, BODY, Server, receiver, signed_head, verifier};

/// Keeps all log lines and all that spans are told, of this process.
struct Recorder(Arc<Mutex<String>>);

struct Line<'l>(&'l mut String);

impl Visit for Line<'_> {
    fn record_debug(&mut self, field: &Field, value: &dyn std::fmt::Debug) {
        writeln!(self.0, "{}={value:?}", field.name()).unwrap();
    }
}

impl tracing::Subscriber for Recorder {
    fn enabled(&self, _: &tracing::Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        let mut log = self.0.lock().unwrap();
        writeln!(log, "span {}", span.metadata().name()).unwrap();
        span.record(&mut Line(&mut log));
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, values: &Record<'_>) {
        let mut log = self.0.lock().unwrap();
        log.push_str("span: ");
        values.record(&mut Line(&mut log));
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &tracing::Event<'_>) {
        event.record(&mut Line(&mut self.0.lock().unwrap()));
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

#[test]
fn no_log_line_tells_what_came_or_from_whom() {
    let log = Arc::new(Mutex::new(String::new()));
    tracing::subscriber::set_global_default(Recorder(Arc::clone(&log))).unwrap();
    let limits = receiver().max_body(1_000).max_in_flight(1_000);
    let server = Server::with(limits, |delivery: VerifiedBytes| async move {
        match &*delivery.into_bytes() {
            b"segredo: panic" => panic!("segredo"),
            b"segredo: later" => Answer::TryLater { after: Duration::from_secs(77) },
            _ => Answer::Accepted,
        }
    });
    let quick = receiver().body_timeout(Duration::from_millis(50));
    let hasty = Server::with(quick, async |_| Answer::Accepted);
    let signature = verifier().sign(BODY);

    assert_eq!(server.post_signed(BODY).status, 200);
    assert_eq!(server.post(&[("X-Hub-Signature-256", &signature)], b"segredo").status, 401);
    assert_eq!(server.post_signed(b"segredo: panic").status, 500);
    assert_eq!(server.post_signed(b"segredo: later").status, 503);
    assert_eq!(server.ask(&signed_head(BODY, 1_001), b"").status, 413);
    let mut slow = hasty.connect();
    slow.write_all(signed_head(BODY, 1_000).as_bytes()).unwrap();
    slow.write_all(b"segredo").unwrap();
    assert_eq!(Answered::read(&mut slow).status, 408);
    let query = "hub.mode=subscribe&hub.challenge=segredo&hub.verify_token=";
    for token in ["verify-token", "wrong-token"] {
        server.ask(&format!("GET /webhook?{query}{token} HTTP/1.1\r\nHost: a\r\n\r\n"), b"");
    }

    // A copy: a failure below must not poison the log that other tests write to.
    let log = log.lock().unwrap().clone();
    let bytes = format!("span: bytes={}", BODY.len());
    for line in [
        "span delivery",
        &*bytes,
        "span: status=200",
        "span: status=401",
        "span: status=408",
        "span: status=500",
        "span: status=503",
        "span: micros=",
        "accepted a delivery",
        "refused a delivery: the signature fits no secret",
        "refused a delivery: the body is too large",
        "refused a delivery: the body took too long",
        "the handler of a delivery panicked",
        "put off a delivery for 77 s",
        "answered the handshake of a webhook",
        "refused a handshake",
    ] {
        assert!(log.contains(line), "{line} is not in the log: {log}");
    }
    let secrets =
        ["segredo", "5511999990001", "wamid", "verify-token", "wrong-token", &signature[7..20]];
    for secret in secrets {
        assert!(!log.contains(secret), "{secret} is in the log: {log}");
    }
}
