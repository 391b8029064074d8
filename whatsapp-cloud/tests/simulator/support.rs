//! What the tests of the simulator share: a number, a way past our own checks, a callback.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use secrecy::SecretString;
use serde_json::Value;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use whatsapp_cloud::simulator::{Simulator, SimulatorBuilder};
use whatsapp_cloud::webhook::{Event, EventKind, Handshake, Verified};

pub(crate) const ANA: &str = "5511999990001";
pub(crate) const BEARER: &str = "Authorization: Bearer simulator-token\r\n";

/// With a clock that stands still unless it is moved.
pub(crate) fn builder() -> SimulatorBuilder {
    Simulator::builder()
        .clock(Arc::new(|| Duration::from_secs(1_749_416_383)))
        .retry_first(Duration::from_millis(2))
}

/// A raw request, past the client's checks; the answer's status and JSON.
pub(crate) async fn request(
    simulator: &Simulator,
    line: &str,
    head: &str,
    body: &[u8],
) -> (u16, Value) {
    let address = simulator.base_url().strip_prefix("http://").unwrap();
    let mut stream = TcpStream::connect(address).await.unwrap();
    let length = body.len();
    let head = format!(
        "{line} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n{head}\
         Content-Length: {length}\r\n\r\n"
    );
    stream.write_all(head.as_bytes()).await.unwrap();
    stream.write_all(body).await.unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await.unwrap();
    let answer = String::from_utf8(answer).unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    (status, serde_json::from_str(body).unwrap_or(Value::Null))
}

/// A raw request with JSON and the simulator's token.
pub(crate) async fn ask(simulator: &Simulator, line: &str, body: &Value) -> (u16, Value) {
    let head = format!("{BEARER}Content-Type: application/json\r\n");
    request(simulator, line, &head, body.to_string().as_bytes()).await
}

/// The code and subcode of a refusal.
pub(crate) fn refused(answer: &(u16, Value)) -> (i64, Option<i64>) {
    let error = &answer.1["error"];
    (error["code"].as_i64().unwrap_or_default(), error["error_subcode"].as_i64())
}

/// A business's callback, which answers 200 to all that is posted.
pub(crate) struct Callback {
    pub(crate) url: String,
    bodies: Arc<Mutex<Vec<Vec<u8>>>>,
}

impl Callback {
    pub(crate) async fn listen() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/", listener.local_addr().unwrap());
        let bodies = Arc::new(Mutex::new(Vec::new()));
        let kept = Arc::clone(&bodies);
        tokio::spawn(async move {
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                answer(stream, &kept).await;
            }
        });
        Self { url, bodies }
    }

    pub(crate) fn bodies(&self) -> Vec<Vec<u8>> {
        self.bodies.lock().unwrap().clone()
    }

    /// What was told, one word or two each, by body: "message 1", "status sent".
    pub(crate) fn told(&self) -> Vec<Vec<String>> {
        let told =
            |body: &Vec<u8>| Verified::restored(body).events().map(|event| word(&event)).collect();
        self.bodies().iter().map(told).collect()
    }
}

fn word(event: &Event<'_>) -> String {
    match &event.kind {
        EventKind::Message(message) => {
            format!("message {}", message.content.text().unwrap_or_default())
        }
        EventKind::Status(status) => {
            format!("status {}", status.status.as_ref().unwrap().as_str())
        }
        other => format!("{other:?}"),
    }
}

async fn answer(mut stream: TcpStream, bodies: &Mutex<Vec<Vec<u8>>>) {
    let mut bytes = Vec::new();
    let (head, body) = loop {
        if stream.read_buf(&mut bytes).await.unwrap() == 0 {
            return;
        }
        let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") else { continue };
        let head = String::from_utf8(bytes[..end].to_vec()).unwrap();
        let length = head.lines().find_map(|line| {
            let (name, value) = line.split_once(": ")?;
            name.eq_ignore_ascii_case("content-length").then(|| value.parse::<usize>().unwrap())
        });
        if bytes.len() >= end + 4 + length.unwrap_or(0) {
            break (head, bytes[end + 4..].to_vec());
        }
    };
    let mut said = String::new();
    if head.starts_with("GET") {
        let query = head.split(' ').nth(1).unwrap().split_once('?').unwrap().1;
        let handshake = Handshake::new(SecretString::from("simulator-verify-token")).unwrap();
        said = handshake.answer(query).unwrap().as_str().to_owned();
    } else {
        bodies.lock().unwrap().push(body);
    }
    let length = said.len();
    let answer =
        format!("HTTP/1.1 200 OK\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{said}");
    stream.write_all(answer.as_bytes()).await.unwrap();
}
