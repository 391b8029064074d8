//! A business at its desk: calls the simulator, and reads what is posted to it.

use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use secrecy::SecretString;
use serde_json::{Value, json};
use whatsapp_cloud::simulator::{Simulator, SimulatorBuilder};
use whatsapp_cloud::webhook::{EventKind, Verifier};

use crate::support::{BEARER, request};

pub(crate) const ANA: &str = "5511999990001";
pub(crate) const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// A simulator whose clock stands still unless it is moved.
pub(crate) fn builder() -> SimulatorBuilder {
    Simulator::builder().clock(Arc::new(|| Duration::from_secs(1_749_416_383)))
}

pub(crate) async fn start() -> Simulator {
    builder().start().await.unwrap()
}

/// One that posts to a callback which takes everything.
pub(crate) async fn start_told() -> Simulator {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let mut read = Vec::new();
            let mut buffer = [0; 4096];
            // The challenge stands in the first line; a body may be left unread.
            while !read.windows(4).any(|window| window == b"\r\n\r\n") {
                match stream.read(&mut buffer) {
                    Ok(count) if count > 0 => read.extend_from_slice(&buffer[..count]),
                    _ => break,
                }
            }
            let head = String::from_utf8_lossy(&read).into_owned();
            let challenge = head
                .split_once("hub.challenge=")
                .map_or("", |(_, rest)| rest.split(['&', ' ']).next().unwrap());
            let length = head.lines().find_map(|line| {
                line.to_ascii_lowercase().strip_prefix("content-length: ")?.parse::<usize>().ok()
            });
            let begun = head.split_once("\r\n\r\n").map_or(0, |(head, _)| head.len() + 4);
            let mut left = length.unwrap_or(0).saturating_sub(read.len() - begun);
            while left > 0 {
                match stream.read(&mut buffer) {
                    Ok(count) if count > 0 => left = left.saturating_sub(count),
                    _ => break,
                }
            }
            let answer = format!(
                "HTTP/1.1 200 OK\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{challenge}",
                challenge.len()
            );
            let _ = stream.write_all(answer.as_bytes());
        }
    });
    builder().batch(1).callback(url).start().await.unwrap()
}

/// What was posted, as our own reader of webhooks tells it; one word for each.
pub(crate) async fn told(simulator: &Simulator) -> Vec<String> {
    simulator.idle().await;
    let verifier = Verifier::new([SecretString::from("simulator-app-secret")]).unwrap();
    let mut told = Vec::new();
    for delivery in simulator.deliveries() {
        let body = delivery.body();
        let verified = verifier.verify(verifier.sign(body), body).unwrap();
        for event in verified.events() {
            assert_eq!(
                event.account_id.as_ref().map(whatsapp_cloud::wire::Text::as_str),
                Some("102290129340398")
            );
            told.push(match event.kind {
                EventKind::TemplateStatus(status) => format!(
                    "{} {} {}",
                    status.message_template_name.as_ref().unwrap().as_str(),
                    status.event.unwrap().as_str(),
                    status.reason.unwrap().as_str()
                ),
                EventKind::TemplateQuality(quality) => format!(
                    "quality {} {}",
                    quality.previous_quality_score.unwrap().as_str(),
                    quality.new_quality_score.unwrap().as_str()
                ),
                EventKind::TemplateComponents(components) => {
                    format!(
                        "says {}",
                        components.message_template_element.as_ref().unwrap().as_str()
                    )
                }
                EventKind::TemplateCategory(category) => format!(
                    "category {} {}",
                    if category.is_impending() { "will" } else { "is" },
                    category.new_category.unwrap().as_str()
                ),
                other => format!("{other:?}"),
            });
        }
    }
    told
}

/// The values of what was posted under that field.
pub(crate) async fn values(simulator: &Simulator, field: &str) -> Vec<Value> {
    simulator.idle().await;
    let bodies = simulator.deliveries();
    let bodies = bodies.iter().map(|delivery| serde_json::from_slice(delivery.body()).unwrap());
    let changes = bodies.map(|body: Value| body["entry"][0]["changes"][0].clone());
    changes
        .filter(|change| change["field"] == field)
        .map(|change| change["value"].clone())
        .collect()
}

/// Any call, and what is answered.
pub(crate) async fn call(simulator: &Simulator, line: &str, body: &Value) -> (u16, Value) {
    let body = if body.is_null() { String::new() } else { body.to_string() };
    let head = format!("{BEARER}Content-Type: application/json\r\n");
    request(simulator, line, &head, body.as_bytes()).await
}

/// Hands a template in, as JSON.
pub(crate) async fn create(simulator: &Simulator, template: &Value) -> (u16, Value) {
    let line = format!("POST /v25.0/{}/message_templates", simulator.account_id().as_str());
    call(simulator, &line, template).await
}

/// What the error is, and its subcode.
pub(crate) fn code(answer: &Value) -> (i64, Option<i64>) {
    let error = &answer["error"];
    (error["code"].as_i64().unwrap_or_default(), error["error_subcode"].as_i64())
}

/// A template of one text.
pub(crate) fn plain(name: &str, text: &str) -> Value {
    json!({
        "name": name,
        "language": "pt_BR",
        "category": "UTILITY",
        "components": [{"type": "BODY", "text": text}],
    })
}

/// A template of these parts.
pub(crate) fn of_parts(name: &str, components: Value) -> Value {
    json!({
        "name": name,
        "language": "pt_BR",
        "category": "MARKETING",
        "components": components,
    })
}

/// Adds a template that is approved already.
pub(crate) fn seed(simulator: &Simulator, template: Value) -> whatsapp_cloud::TemplateId {
    simulator.add_template(serde_json::from_value(template).unwrap()).unwrap()
}
