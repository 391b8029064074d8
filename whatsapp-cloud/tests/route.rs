//! The ready route, through real sockets: what is refused, when, and what Meta is told.

#![cfg(feature = "axum")]
#![allow(clippy::unwrap_used, reason = "a test fails by a panic")]

use std::fmt::Write as _;
use std::io::{ErrorKind, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, mpsc};
use std::time::Duration;

use secrecy::SecretString;
use tokio::net::TcpListener;
use tokio::runtime::Runtime;
use tokio::sync::oneshot;
use tracing::field::{Field, Visit};
use whatsapp_cloud::webhook::axum::{Answer, MAX_BODY, VerifiedBytes, route};
use whatsapp_cloud::webhook::{EventKind, Handshake, Verifier};

const BODY: &[u8] = br#"{"object":"whatsapp_business_account","entry":[{"id":"102290129340398",
"changes":[{"field":"messages","value":{"messages":[{"from":"5511999990001","id":"wamid.SECRET",
"timestamp":"1749416383","type":"text","text":{"body":"segredo"}}]}}]}]}"#;

fn verifier() -> Verifier {
    Verifier::new([SecretString::from("app-secret")]).unwrap()
}

/// A server with the route at `/webhook`, for as long as it is kept.
struct Server {
    address: SocketAddr,
    calls: Arc<AtomicUsize>,
    _runtime: Runtime,
}

impl Server {
    /// Answers each delivery as `handler` says.
    fn new<F>(handler: impl Fn(VerifiedBytes) -> F + Send + Sync + 'static) -> Self
    where
        F: Future<Output = Answer> + Send + 'static,
    {
        let runtime = Runtime::new().unwrap();
        let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0")).unwrap();
        let address = listener.local_addr().unwrap();
        let calls = Arc::new(AtomicUsize::new(0));
        let counter = Arc::clone(&calls);
        let handler = move |delivery| {
            counter.fetch_add(1, Ordering::SeqCst);
            handler(delivery)
        };
        let handshake = Handshake::new(SecretString::from("verify-token")).unwrap();
        let app = axum::Router::new().nest("/webhook", route(verifier(), handshake, handler));
        runtime.spawn(async move { axum::serve(listener, app).await });
        Self { address, calls, _runtime: runtime }
    }

    fn that_accepts() -> Self {
        Self::new(async |_| Answer::Accepted)
    }

    fn calls(&self) -> usize {
        self.calls.load(Ordering::SeqCst)
    }

    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(self.address).unwrap();
        // So that a server that does not answer fails a test and does not hang it.
        stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        stream.set_write_timeout(Some(Duration::from_secs(20))).unwrap();
        stream
    }

    /// Sends a head and a body, and gives the answer.
    fn ask(&self, head: &str, body: &[u8]) -> Answered {
        let mut stream = self.connect();
        stream.write_all(head.as_bytes()).unwrap();
        stream.write_all(body).unwrap();
        Answered::read(&mut stream)
    }

    fn post(&self, headers: &[(&str, &str)], body: &[u8]) -> Answered {
        let length = body.len().to_string();
        let headers: Vec<_> =
            headers.iter().copied().chain([("Content-Length", &*length)]).collect();
        self.ask(&head(&headers), body)
    }
}

fn head(headers: &[(&str, &str)]) -> String {
    let mut head = "POST /webhook HTTP/1.1\r\nHost: localhost\r\n".to_owned();
    for (name, value) in headers {
        write!(head, "{name}: {value}\r\n").unwrap();
    }
    head + "\r\n"
}

#[derive(Debug)]
struct Answered {
    status: u16,
    headers: String,
    body: String,
}

impl Answered {
    /// Reads an answer by its own length, whatever becomes of the connection.
    fn read(stream: &mut TcpStream) -> Self {
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            let mut byte = [0];
            stream.read_exact(&mut byte).expect("an answer comes");
            head.push(byte[0]);
        }
        let head = String::from_utf8(head).unwrap().to_ascii_lowercase();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        let length = head
            .lines()
            .find_map(|line| line.strip_prefix("content-length: "))
            .map_or(0, |length| length.parse().unwrap());
        let mut body = vec![0; length];
        stream.read_exact(&mut body).unwrap();
        Self { status, headers: head, body: String::from_utf8(body).unwrap() }
    }
}

#[test]
fn a_signed_delivery_reaches_the_handler_as_it_came() {
    let (seen, sees) = mpsc::channel();
    let server = Server::new(move |delivery| {
        let told = delivery.verified().events().iter().any(
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

/// Starts a delivery of unknown length.
fn begin_chunks(server: &Server) -> TcpStream {
    let mut stream = server.connect();
    let signature = verifier().sign(BODY);
    let headers = [("X-Hub-Signature-256", &*signature), ("Transfer-Encoding", "chunked")];
    stream.write_all(head(&headers).as_bytes()).unwrap();
    stream
}

fn chunk(size: usize) -> Vec<u8> {
    let mut chunk = format!("{size:x}\r\n").into_bytes();
    chunk.resize(chunk.len() + size, b' ');
    chunk.extend_from_slice(b"\r\n");
    chunk
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

/// Keeps all log lines of this process.
struct Recorder(Arc<Mutex<String>>);

impl tracing::Subscriber for Recorder {
    fn enabled(&self, _: &tracing::Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, _: &tracing::span::Attributes<'_>) -> tracing::span::Id {
        tracing::span::Id::from_u64(1)
    }

    fn record(&self, _: &tracing::span::Id, _: &tracing::span::Record<'_>) {}

    fn record_follows_from(&self, _: &tracing::span::Id, _: &tracing::span::Id) {}

    fn event(&self, event: &tracing::Event<'_>) {
        struct Line<'l>(&'l mut String);

        impl Visit for Line<'_> {
            fn record_debug(&mut self, field: &Field, value: &dyn std::fmt::Debug) {
                writeln!(self.0, "{}={value:?}", field.name()).unwrap();
            }
        }

        event.record(&mut Line(&mut self.0.lock().unwrap()));
    }

    fn enter(&self, _: &tracing::span::Id) {}

    fn exit(&self, _: &tracing::span::Id) {}
}

#[test]
fn no_log_line_tells_what_came_or_from_whom() {
    let log = Arc::new(Mutex::new(String::new()));
    tracing::subscriber::set_global_default(Recorder(Arc::clone(&log))).unwrap();
    let server = Server::that_accepts();
    let signature = verifier().sign(BODY);

    assert_eq!(server.post(&[("X-Hub-Signature-256", &signature)], BODY).status, 200);
    assert_eq!(server.post(&[("X-Hub-Signature-256", &signature)], b"segredo").status, 401);
    let query = "hub.mode=subscribe&hub.challenge=segredo&hub.verify_token=";
    for token in ["verify-token", "wrong-token"] {
        server.ask(&format!("GET /webhook?{query}{token} HTTP/1.1\r\nHost: a\r\n\r\n"), b"");
    }

    // A copy: a failure below must not poison the log that other tests write to.
    let log = log.lock().unwrap().clone();
    for line in ["accepted a delivery", "refused a delivery", "refused a handshake", "status=401"] {
        assert!(log.contains(line), "{line} is not in the log: {log}");
    }
    let secrets =
        ["segredo", "5511999990001", "wamid", "verify-token", "wrong-token", &signature[7..20]];
    for secret in secrets {
        assert!(!log.contains(secret), "{secret} is in the log: {log}");
    }
}
