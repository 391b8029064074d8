//! A server with the route on a real port, and a client that says each byte itself.

use std::fmt::Write as _;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use axum::Router;
use secrecy::SecretString;
use tokio::net::TcpListener;
use tokio::runtime::Runtime;
use whatsapp_cloud::webhook::axum::{Answer, Counters, Receiver, VerifiedBytes, route, route_with};
use whatsapp_cloud::webhook::receive::ReceiverBuilder;
use whatsapp_cloud::webhook::{Handshake, Verifier};

pub(crate) const BODY: &[u8] =
    br#"{"object":"whatsapp_business_account","entry":[{"id":"102290129340398",
"changes":[{"field":"messages","value":{"messages":[{"from":"5511999990001","id":"wamid.SECRET",
"timestamp":"1749416383","type":"text","text":{"body":"segredo"}}]}}]}]}"#;

/// Longer than anything here takes; a test that waits for it has failed.
pub(crate) const PATIENCE: Duration = Duration::from_secs(20);

pub(crate) fn verifier() -> Verifier {
    Verifier::new([SecretString::from("app-secret")]).unwrap()
}

fn handshake() -> Handshake {
    Handshake::new(SecretString::from("verify-token")).unwrap()
}

pub(crate) fn receiver() -> ReceiverBuilder {
    Receiver::builder(verifier(), handshake())
}

/// Waits until `is_so`; nothing that it waits for has a signal of its own.
pub(crate) fn until(what: &str, is_so: impl Fn() -> bool) {
    let begun = Instant::now();
    while !is_so() {
        assert!(begun.elapsed() < PATIENCE, "{what}");
        std::thread::yield_now();
    }
}

/// A server with the route at `/webhook`, for as long as it is kept.
pub(crate) struct Server {
    pub(crate) address: SocketAddr,
    calls: Arc<AtomicUsize>,
    receiver: Option<Receiver>,
    _runtime: Runtime,
}

impl Server {
    /// Answers each delivery as `handler` says, within the limits that suit Meta.
    pub(crate) fn new<F>(handler: impl Fn(VerifiedBytes) -> F + Send + Sync + 'static) -> Self
    where
        F: Future<Output: Into<Answer>> + Send + 'static,
    {
        let (handler, calls) = counting(handler);
        Self::start(route(verifier(), handshake(), handler), calls, None)
    }

    /// Answers each delivery as `handler` says, within limits of its own.
    pub(crate) fn with<F>(
        receiver: ReceiverBuilder,
        handler: impl Fn(VerifiedBytes) -> F + Send + Sync + 'static,
    ) -> Self
    where
        F: Future<Output: Into<Answer>> + Send + 'static,
    {
        let (handler, calls) = counting(handler);
        let receiver = receiver.build();
        Self::start(route_with(receiver.clone(), handler), calls, Some(receiver))
    }

    pub(crate) fn that_accepts() -> Self {
        Self::new(async |_| Answer::Accepted)
    }

    fn start(route: Router, calls: Arc<AtomicUsize>, receiver: Option<Receiver>) -> Self {
        let runtime = Runtime::new().unwrap();
        let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0")).unwrap();
        let address = listener.local_addr().unwrap();
        let app = Router::new().nest("/webhook", route);
        runtime.spawn(async move { axum::serve(listener, app).await });
        Self { address, calls, receiver, _runtime: runtime }
    }

    pub(crate) fn calls(&self) -> usize {
        self.calls.load(Ordering::SeqCst)
    }

    pub(crate) fn counters(&self) -> Counters {
        self.receiver.as_ref().unwrap().counters()
    }

    pub(crate) fn connect(&self) -> TcpStream {
        connect(self.address)
    }

    /// Sends a head and a body, and gives the answer.
    pub(crate) fn ask(&self, head: &str, body: &[u8]) -> Answered {
        let mut stream = self.connect();
        stream.write_all(head.as_bytes()).unwrap();
        stream.write_all(body).unwrap();
        Answered::read(&mut stream)
    }

    pub(crate) fn post(&self, headers: &[(&str, &str)], body: &[u8]) -> Answered {
        let length = body.len().to_string();
        let headers: Vec<_> =
            headers.iter().copied().chain([("Content-Length", &*length)]).collect();
        self.ask(&head(&headers), body)
    }

    /// Posts what Meta would.
    pub(crate) fn post_signed(&self, body: &[u8]) -> Answered {
        self.post(&[("X-Hub-Signature-256", &verifier().sign(body))], body)
    }
}

/// The same handler, and how often it was called.
fn counting<F>(
    handler: impl Fn(VerifiedBytes) -> F,
) -> (impl Fn(VerifiedBytes) -> F, Arc<AtomicUsize>) {
    let calls = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&calls);
    let handler = move |delivery| {
        counter.fetch_add(1, Ordering::SeqCst);
        handler(delivery)
    };
    (handler, calls)
}

pub(crate) fn connect(address: SocketAddr) -> TcpStream {
    let stream = TcpStream::connect(address).unwrap();
    // So that a server that does not answer fails a test and does not hang it.
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    stream.set_write_timeout(Some(PATIENCE)).unwrap();
    stream
}

pub(crate) fn head(headers: &[(&str, &str)]) -> String {
    let mut head = "POST /webhook HTTP/1.1\r\nHost: localhost\r\n".to_owned();
    for (name, value) in headers {
        write!(head, "{name}: {value}\r\n").unwrap();
    }
    head + "\r\n"
}

/// The head of what Meta would post, for a body of `length` bytes of which `body` is signed.
pub(crate) fn signed_head(body: &[u8], length: usize) -> String {
    let signature = verifier().sign(body);
    head(&[("X-Hub-Signature-256", &signature), ("Content-Length", &length.to_string())])
}

/// Starts a delivery of unknown length.
pub(crate) fn begin_chunks(server: &Server) -> TcpStream {
    let mut stream = server.connect();
    let signature = verifier().sign(BODY);
    let headers = [("X-Hub-Signature-256", &*signature), ("Transfer-Encoding", "chunked")];
    stream.write_all(head(&headers).as_bytes()).unwrap();
    stream
}

pub(crate) fn chunk(size: usize) -> Vec<u8> {
    let mut chunk = format!("{size:x}\r\n").into_bytes();
    chunk.resize(chunk.len() + size, b' ');
    chunk.extend_from_slice(b"\r\n");
    chunk
}

/// Whether the server has closed the connection, now or in time.
pub(crate) fn is_closed(stream: &mut TcpStream) -> bool {
    match stream.read(&mut [0]) {
        Ok(read) => read == 0,
        Err(error) => error.kind() == std::io::ErrorKind::ConnectionReset,
    }
}

#[derive(Debug)]
pub(crate) struct Answered {
    pub(crate) status: u16,
    pub(crate) headers: String,
    pub(crate) body: String,
}

impl Answered {
    /// Reads an answer by its own length, whatever becomes of the connection.
    pub(crate) fn read(stream: &mut TcpStream) -> Self {
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
