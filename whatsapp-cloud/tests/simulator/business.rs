//! A business whose callback a test looks into, and ways past the client.

use secrecy::SecretString;
use serde_json::{Value, json};
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;
use whatsapp_cloud::api::messages::Message;
use whatsapp_cloud::simulator::{Simulator, SimulatorBuilder};
use whatsapp_cloud::webhook::{EventKind, Handshake, Verifier};

use super::support;

pub(crate) const ANA: &str = "5511999990001";
pub(crate) const SECRET: &str = "canary-secret";
pub(crate) const VERIFY: &str = "canary verify/token";

pub(crate) fn builder() -> SimulatorBuilder {
    Simulator::builder()
        .app_secret(SecretString::from(SECRET))
        .verify_token(SecretString::from(VERIFY))
        .retry_first(Duration::from_millis(5))
        .batch(1)
}

pub(crate) async fn start() -> Simulator {
    builder().start().await.unwrap()
}

/// A clock that stands still unless it is moved.
pub(crate) fn stopped_clock() -> Arc<dyn Fn() -> Duration + Send + Sync> {
    Arc::new(|| Duration::from_secs(1_749_416_383))
}

pub(crate) async fn start_with_clock() -> Simulator {
    builder().clock(stopped_clock()).start().await.unwrap()
}

/// Adds a template that is approved already.
pub(crate) fn seed(simulator: &Simulator, name: &str, components: &Value) {
    let template = json!({
        "name": name, "language": "pt_BR", "category": "UTILITY", "components": components,
    });
    simulator.add_template(serde_json::from_value(template).unwrap()).unwrap();
}

/// Sends from the simulator's number.
pub(crate) async fn send(
    simulator: &Simulator,
    message: Message,
) -> whatsapp_cloud::Result<whatsapp_cloud::api::messages::SentMessage> {
    let client = simulator.client().unwrap();
    client.phone_number(simulator.phone_number_id().clone()).send(message).await
}

/// A business's callback: does the handshake, checks signatures, and answers as told.
pub(crate) struct Business {
    pub(crate) url: String,
    pub(crate) bodies: Arc<Mutex<Vec<Vec<u8>>>>,
    pub(crate) requests: Arc<Mutex<Vec<String>>>,
}

impl Business {
    /// Answers deliveries with these statuses, and with 200 afterwards.
    pub(crate) fn answering(statuses: impl IntoIterator<Item = u16>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}/webhook", listener.local_addr().unwrap());
        let bodies = Arc::new(Mutex::new(Vec::new()));
        let requests = Arc::new(Mutex::new(Vec::new()));
        let statuses: Vec<u16> = statuses.into_iter().collect();
        thread::spawn({
            let (bodies, requests) = (bodies.clone(), requests.clone());
            move || {
                let mut statuses = statuses.into_iter();
                for stream in listener.incoming() {
                    let mut stream = stream.unwrap();
                    let Some((head, body)) = read_request(&mut stream) else {
                        continue;
                    };
                    let (status, answer) = if head.starts_with("GET") {
                        handshake(&head)
                    } else {
                        let verifier = Verifier::new([SecretString::from(SECRET)]).unwrap();
                        let signature = header(&head, "x-hub-signature-256").unwrap_or_default();
                        match verifier.verify(signature, &body) {
                            Ok(_) => (statuses.next().unwrap_or(200), String::new()),
                            Err(_) => (401, String::new()),
                        }
                    };
                    requests.lock().unwrap().push(head);
                    bodies.lock().unwrap().push(body);
                    let _ = stream.write_all(
                        format!(
                            "HTTP/1.1 {status} X\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{answer}",
                            answer.len()
                        )
                        .as_bytes(),
                    );
                }
            }
        });
        Self { url, bodies, requests }
    }

    /// What was posted, without the handshake.
    pub(crate) fn posted(&self) -> Vec<Vec<u8>> {
        let bodies = self.bodies.lock().unwrap().clone();
        bodies.into_iter().filter(|body| !body.is_empty()).collect()
    }
}

pub(crate) fn handshake(head: &str) -> (u16, String) {
    let target = head.split(' ').nth(1).unwrap();
    let query = target.split_once('?').unwrap().1;
    let handshake = Handshake::new(SecretString::from(VERIFY)).unwrap();
    match handshake.answer(query) {
        Ok(challenge) => (200, challenge.as_str().to_owned()),
        Err(error) => (error.status(), String::new()),
    }
}

pub(crate) fn header<'a>(head: &'a str, name: &str) -> Option<&'a str> {
    let mut lines = head.lines().filter_map(|line| line.split_once(": "));
    lines.find(|(found, _)| found.eq_ignore_ascii_case(name)).map(|(_, value)| value)
}

pub(crate) fn read_request(stream: &mut TcpStream) -> Option<(String, Vec<u8>)> {
    let mut bytes = Vec::new();
    let mut buffer = [0; 4096];
    loop {
        let read = stream.read(&mut buffer).ok().filter(|read| *read > 0)?;
        bytes.extend_from_slice(&buffer[..read]);
        let Some(end) = bytes.windows(4).position(|window| window == b"\r\n\r\n") else {
            continue;
        };
        let head = String::from_utf8(bytes[..end].to_vec()).unwrap();
        let length = header(&head, "content-length").map_or(0, |length| length.parse().unwrap());
        if bytes.len() >= end + 4 + length {
            return Some((head, bytes[end + 4..].to_vec()));
        }
    }
}

/// What the webhooks tell, one word or two each: "message text Olá", "status read".
pub(crate) fn told(bodies: &[Vec<u8>]) -> Vec<String> {
    let verifier = Verifier::new([SecretString::from(SECRET)]).unwrap();
    let mut told = Vec::new();
    for body in bodies {
        let verified = verifier.verify(verifier.sign(body), body).unwrap();
        for event in verified.events() {
            told.push(match event.kind {
                EventKind::Message(message) => format!(
                    "message {} {}",
                    message.content.kind(),
                    message.content.text().unwrap_or_default()
                ),
                EventKind::Status(status) => {
                    format!("status {}", status.status.as_ref().unwrap().as_str())
                }
                other => format!("{other:?}"),
            });
        }
    }
    told
}

/// Posts JSON to the messages path with the right token, past the client's checks.
pub(crate) async fn post_json(simulator: &Simulator, body: &Value) -> (u16, Value) {
    let path = format!("/v25.0/{}/messages", simulator.phone_number_id());
    let head = "Authorization: Bearer simulator-token\r\nContent-Type: application/json\r\n";
    request(simulator, &format!("POST {path}"), head, &body.to_string()).await
}

/// A raw request.
pub(crate) async fn request(
    simulator: &Simulator,
    line: &str,
    head: &str,
    body: &str,
) -> (u16, Value) {
    support::request(simulator, line, head, body.as_bytes()).await
}
