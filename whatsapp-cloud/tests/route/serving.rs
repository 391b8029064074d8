//! The server that waits for nobody for ever, and how it stops.

use std::io::Write;
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::runtime::Runtime;
use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinHandle;
use whatsapp_cloud::webhook::axum::{Receiver, Serving, route_with, serve};

use crate::server::{Answered, BODY, PATIENCE, connect, is_closed, receiver, signed_head};

/// Longer than any test: what ends by it does not end.
const FOR_EVER: Duration = Duration::from_secs(3_600);

/// A server whose handler says when it begins, and ends when it is let go.
struct Held {
    address: SocketAddr,
    receiver: Receiver,
    begins: mpsc::UnboundedReceiver<oneshot::Sender<()>>,
    stop: oneshot::Sender<()>,
    ended: JoinHandle<()>,
    runtime: Runtime,
}

impl Held {
    fn start(serving: Serving) -> Self {
        let runtime = Runtime::new().unwrap();
        let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0")).unwrap();
        let address = listener.local_addr().unwrap();
        let (begun, begins) = mpsc::unbounded_channel();
        let receiver = receiver().build();
        let route = route_with(receiver.clone(), move |_| {
            let (release, released) = oneshot::channel();
            begun.send(release).unwrap();
            async move { released.await.map_err(drop) }
        });
        let app = axum::Router::new().nest("/webhook", route);
        let (stop, stopped) = oneshot::channel();
        let ended = runtime.spawn(serve(listener, app, serving, async {
            let _ = stopped.await;
        }));
        Self { address, receiver, begins, stop, ended, runtime }
    }

    /// A connection with a delivery that the handler has.
    fn begin(&mut self) -> (TcpStream, oneshot::Sender<()>) {
        let mut stream = connect(self.address);
        stream.write_all(signed_head(BODY, BODY.len()).as_bytes()).unwrap();
        stream.write_all(BODY).unwrap();
        let begun = async { tokio::time::timeout(PATIENCE, self.begins.recv()).await };
        let release = self.runtime.block_on(begun).unwrap().unwrap();
        (stream, release)
    }

    /// A connection by which a delivery was answered, and which is still open.
    fn used(&mut self) -> TcpStream {
        let (mut stream, release) = self.begin();
        release.send(()).unwrap();
        assert_eq!(Answered::read(&mut stream).status, 200);
        stream
    }
}

/// Waits for the end of a server.
fn end(runtime: &Runtime, ended: JoinHandle<()>) {
    let ended = async { tokio::time::timeout(PATIENCE, ended).await };
    runtime.block_on(ended).expect("the server ends").unwrap();
}

#[test]
fn whoever_sends_no_head_is_not_waited_for() {
    let header_timeout = Duration::from_millis(500);
    let mut server = Held::start(Serving { header_timeout, grace: FOR_EVER });
    let mut silent = connect(server.address);
    let mut slow = connect(server.address);
    slow.write_all(b"POST /webhook HTTP/1.1\r\nHost: local").unwrap();
    assert!(is_closed(&mut silent));
    assert!(is_closed(&mut slow));
    // One that was used, and is not used again.
    assert!(is_closed(&mut server.used()));
}

#[test]
fn a_head_that_drips_is_not_waited_for() {
    let header_timeout = Duration::from_millis(100);
    let server = Held::start(Serving { header_timeout, grace: FOR_EVER });
    let mut stream = connect(server.address);
    stream.set_nodelay(true).unwrap();
    stream.write_all(b"POST /webhook HTTP/1.1\r\nX-Slow: ").unwrap();
    stream.set_nonblocking(true).unwrap();
    let begun = std::time::Instant::now();
    let mut sent = 0;
    // Never a pause, and never more than a server takes for a head.
    let closed = loop {
        match stream.peek(&mut [0]) {
            Ok(read) => break read == 0,
            Err(error) if error.kind() == std::io::ErrorKind::ConnectionReset => break true,
            Err(_) if begun.elapsed() > PATIENCE => break false,
            Err(_) if sent < 8_000 => sent += stream.write(b"a").unwrap_or_default(),
            Err(_) => std::thread::yield_now(),
        }
    };
    assert!(closed);
}

#[test]
fn a_request_has_its_time_though_the_head_has_little() {
    let header_timeout = Duration::from_millis(500);
    let mut server = Held::start(Serving { header_timeout, grace: FOR_EVER });
    let (mut stream, release) = server.begin();
    // A head that is too late shows that the time is over.
    assert!(is_closed(&mut connect(server.address)));
    release.send(()).unwrap();
    assert_eq!(Answered::read(&mut stream).status, 200);
}

#[test]
fn when_it_stops_it_answers_what_was_begun_and_closes_the_rest() {
    let mut server = Held::start(Serving { header_timeout: FOR_EVER, grace: FOR_EVER });
    let mut used = server.used();
    let (mut stream, release) = server.begin();
    let mut silent = connect(server.address);
    // Since it is answered, the one before it was let in too.
    let mut after = server.used();

    server.stop.send(()).unwrap();
    assert!(is_closed(&mut used));
    assert!(is_closed(&mut silent));
    assert!(is_closed(&mut after));
    assert!(TcpStream::connect(server.address).is_err(), "nobody is let in any more");
    assert!(!server.ended.is_finished());
    release.send(()).unwrap();
    assert_eq!(Answered::read(&mut stream).status, 200);
    assert!(is_closed(&mut stream));
    end(&server.runtime, server.ended);
    assert_eq!(server.receiver.counters().accepted, 3);
}

#[test]
fn when_it_stops_half_a_head_has_what_is_left_of_its_time() {
    let header_timeout = Duration::from_millis(200);
    let server = Held::start(Serving { header_timeout, grace: FOR_EVER });
    let mut slow = connect(server.address);
    slow.write_all(b"POST /webhook HTTP/1.1\r\nHost: local").unwrap();
    server.stop.send(()).unwrap();
    assert!(is_closed(&mut slow));
    end(&server.runtime, server.ended);
}

#[test]
fn what_does_not_end_in_time_is_cut_off() {
    let grace = Duration::from_millis(50);
    let mut server = Held::start(Serving { header_timeout: FOR_EVER, grace });
    let (mut stream, release) = server.begin();
    let mut half = connect(server.address);
    half.write_all(b"POST /webhook HTTP/1.1\r\nHost: local").unwrap();
    let used = server.used();

    server.stop.send(()).unwrap();
    end(&server.runtime, server.ended);
    assert!(is_closed(&mut stream));
    assert!(is_closed(&mut half));
    assert!(release.is_closed(), "its handler is gone");
    let counters = server.receiver.counters();
    assert_eq!((counters.accepted, counters.abandoned, counters.bytes_in_flight), (1, 1, 0));
    drop(used);
}
