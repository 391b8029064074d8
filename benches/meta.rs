//! A server that answers every send as Meta does, and does nothing else: what is measured
//! beside it is the client.
//!
//! It speaks HTTP/1.1, and is a proxy too: whoever asks it to `CONNECT` finds `graph.facebook.com`
//! behind it, over TLS and with a certificate of `tls/authority.pem`. So a client whose base URL
//! is fixed can be measured as it is.

use std::io::{Read as _, Write as _};
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use serde_json::Value;
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

/// The body of every answer.
const ANSWER: &str = concat!(
    r#"{"messaging_product":"whatsapp","contacts":[{"input":"+5511999990001","#,
    r#""wa_id":"5511999990001"}],"messages":[{"id":"#,
    r#""wamid.HBgNNTUxMTk5OTk5MDAwMRUCABEYEjZEMkIxM0Y5QkY3QzU5RTQ4QQA=","#,
    r#""message_status":"accepted"}]}"#,
);

/// The headers that Meta answers with, as many and as long.
const HEADERS: &str = "HTTP/1.1 200 OK\r\n\
    Content-Type: application/json; charset=UTF-8\r\n\
    Vary: Origin, Accept-Encoding\r\n\
    Access-Control-Allow-Origin: *\r\n\
    Cache-Control: private, no-cache, no-store, must-revalidate\r\n\
    Expires: Sat, 01 Jan 2000 00:00:00 GMT\r\n\
    Pragma: no-cache\r\n\
    Strict-Transport-Security: max-age=15552000; preload\r\n\
    facebook-api-version: v25.0\r\n\
    x-app-usage: {\"call_count\":1,\"total_cputime\":0,\"total_time\":0}\r\n\
    x-fb-request-id: AbcDefGhiJklMnoPqrStuVw\r\n\
    x-fb-trace-id: G1kY2mZ3nX4\r\n\
    x-fb-rev: 1029384756\r\n\
    X-FB-Debug: 0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ==\r\n\
    Date: Sun, 22 Nov 2026 12:00:00 GMT\r\n\
    X-FB-Connection-Quality: EXCELLENT; q=0.9, rtt=12, rtx=0, c=10, mss=1380\r\n\
    Alt-Svc: h3=\":443\"; ma=86400\r\n\
    Connection: keep-alive\r\n";

/// The last body that came.
type Last = Arc<Mutex<Vec<u8>>>;

/// Starts the server, on a thread that lives as long as the process.
///
/// # Panics
///
/// When there is no port to listen on.
pub fn start() -> SocketAddr {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.expect("the system gives what a runtime needs");
    let listener = runtime.block_on(TcpListener::bind(("127.0.0.1", 0)));
    let listener = listener.expect("there is a port to listen on");
    let address = listener.local_addr().expect("a listener has an address");
    std::thread::spawn(move || runtime.block_on(accept(listener)));
    address
}

/// What was sent last to the server there.
///
/// # Panics
///
/// When the server is gone, or what it was sent is no JSON.
pub fn last_body(server: SocketAddr) -> Value {
    let mut stream = std::net::TcpStream::connect(server).expect("the server listens");
    stream.write_all(b"GET /last HTTP/1.1\r\n\r\n").expect("the server reads");
    let mut body = Vec::new();
    stream.read_to_end(&mut body).expect("the server answers");
    serde_json::from_slice(&body).expect("every client sends JSON")
}

async fn accept(listener: TcpListener) {
    let last = Last::default();
    let tls = tls::Acceptor::new();
    loop {
        let Ok((stream, _)) = listener.accept().await else { continue };
        let (last, tls) = (Arc::clone(&last), tls.clone());
        tokio::spawn(async move {
            // What fails is seen by the client, which is told of here by nobody else.
            let _ = stream.set_nodelay(true);
            let _ = greet(stream, last, tls).await;
        });
    }
}

/// Finds out which of the three it is: a send, a proxy's client, or a question for the last body.
async fn greet(mut stream: TcpStream, last: Last, tls: tls::Acceptor) -> std::io::Result<()> {
    let mut first = [0; 1];
    stream.peek(&mut first).await?;
    if first == *b"P" {
        return answer(stream, last).await;
    }
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(stream.read_u8().await?);
    }
    if head.starts_with(b"CONNECT ") {
        stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n").await?;
        return tls.serve(stream, last).await;
    }
    let body = last.lock().expect("nobody panics while holding it").clone();
    stream.write_all(&body).await
}

/// Answers each request of a connection.
async fn answer<S: AsyncRead + AsyncWrite + Unpin>(
    mut stream: S,
    last: Last,
) -> std::io::Result<()> {
    let answer = format!("{HEADERS}Content-Length: {}\r\n\r\n{ANSWER}", ANSWER.len());
    let mut buffer = vec![0; 64 * 1024];
    let mut length = 0;
    loop {
        let (body, end) = loop {
            if let Some(found) = request(&buffer[..length]) {
                break found;
            }
            let read = stream.read(&mut buffer[length..]).await?;
            if read == 0 {
                return Ok(());
            }
            length += read;
        };
        {
            let mut last = last.lock().expect("nobody panics while holding it");
            last.clear();
            last.extend_from_slice(&buffer[body..end]);
        }
        buffer.copy_within(end..length, 0);
        length -= end;
        stream.write_all(answer.as_bytes()).await?;
        stream.flush().await?;
    }
}

/// Where the body of the first request begins and ends, once it is there.
fn request(bytes: &[u8]) -> Option<(usize, usize)> {
    const NAME: &[u8] = b"\r\ncontent-length: ";

    let head = bytes.windows(4).position(|bytes| bytes == b"\r\n\r\n")?;
    let named = |bytes: &[u8]| bytes.eq_ignore_ascii_case(NAME);
    let value = bytes[..head].windows(NAME.len()).position(named)? + NAME.len();
    let digits = bytes[value..head + 1].split(|byte| *byte == b'\r').next()?;
    let length: usize = std::str::from_utf8(digits).ok()?.parse().ok()?;
    let end = head + 4 + length;
    (bytes.len() >= end).then_some((head + 4, end))
}

#[cfg(feature = "peers")]
mod tls {
    use std::sync::Arc;

    use rustls::ServerConfig;
    use rustls::pki_types::pem::PemObject as _;
    use rustls::pki_types::{CertificateDer, PrivateKeyDer};
    use tokio::net::TcpStream;
    use tokio_rustls::TlsAcceptor;

    use super::{Last, answer};

    #[derive(Clone)]
    pub(super) struct Acceptor(TlsAcceptor);

    impl Acceptor {
        pub(super) fn new() -> Self {
            let certificate = CertificateDer::from_pem_slice(include_bytes!("tls/certificate.pem"));
            let key = PrivateKeyDer::from_pem_slice(include_bytes!("tls/key.pem"));
            let chain = vec![certificate.expect("the file holds a certificate")];
            let provider = Arc::new(rustls::crypto::ring::default_provider());
            let mut config = ServerConfig::builder_with_provider(provider)
                .with_safe_default_protocol_versions()
                .expect("the provider has the usual ciphers")
                .with_no_client_auth()
                .with_single_cert(chain, key.expect("the file holds a key"))
                .expect("the key is the certificate's");
            config.alpn_protocols = vec![b"http/1.1".to_vec()];
            Self(TlsAcceptor::from(Arc::new(config)))
        }

        pub(super) async fn serve(&self, stream: TcpStream, last: Last) -> std::io::Result<()> {
            answer(self.0.accept(stream).await?, last).await
        }
    }
}

/// Without the peers nobody needs TLS.
#[cfg(not(feature = "peers"))]
mod tls {
    use tokio::net::TcpStream;

    use super::Last;

    #[derive(Clone)]
    pub(super) struct Acceptor;

    impl Acceptor {
        pub(super) fn new() -> Self {
            Self
        }

        pub(super) async fn serve(&self, _: TcpStream, _: Last) -> std::io::Result<()> {
            Ok(())
        }
    }
}
