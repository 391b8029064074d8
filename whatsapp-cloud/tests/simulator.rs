//! The simulator does what Meta does, as far as a business can see it.
#![cfg(feature = "simulator")]
#![allow(clippy::unwrap_used, reason = "functions beside the tests are tests too")]

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use secrecy::SecretString;
use serde_json::{Value, json};
use whatsapp_cloud::api::Recipient;
use whatsapp_cloud::api::media::GetMedia;
use whatsapp_cloud::api::messages::{Button, MediaSource, Message, MessageStatus, Template};
use whatsapp_cloud::simulator::{Fault, Simulator, SimulatorBuilder};
use whatsapp_cloud::webhook::{Content, EventKind, Handshake, Verifier};
use whatsapp_cloud::{Client, ErrorKind, MediaId, MessageId, PhoneNumberId};

const ANA: &str = "5511999990001";
const SECRET: &str = "canary-secret";
const VERIFY: &str = "canary verify/token";

fn builder() -> SimulatorBuilder {
    Simulator::builder()
        .app_secret(SecretString::from(SECRET))
        .verify_token(SecretString::from(VERIFY))
        .retry_first(Duration::from_millis(5))
        .batch(1)
}

async fn start() -> Simulator {
    builder().start().await.unwrap()
}

/// A clock that stands still unless it is moved.
fn stopped_clock() -> Arc<dyn Fn() -> Duration + Send + Sync> {
    Arc::new(|| Duration::from_secs(1_749_416_383))
}

async fn start_with_clock() -> Simulator {
    builder().clock(stopped_clock()).start().await.unwrap()
}

/// Adds a template that is approved already.
fn seed(simulator: &Simulator, name: &str, components: Value) {
    let template = json!({
        "name": name, "language": "pt_BR", "category": "UTILITY", "components": components,
    });
    simulator.add_template(serde_json::from_value(template).unwrap()).unwrap();
}

/// Sends from the simulator's number.
async fn send(
    simulator: &Simulator,
    message: Message,
) -> whatsapp_cloud::Result<whatsapp_cloud::api::messages::SentMessage> {
    let client = simulator.client().unwrap();
    client.phone_number(simulator.phone_number_id().clone()).send(message).await
}

/// A business's callback: does the handshake, checks signatures, and answers as told.
struct Business {
    url: String,
    bodies: Arc<Mutex<Vec<Vec<u8>>>>,
    requests: Arc<Mutex<Vec<String>>>,
}

impl Business {
    /// Answers deliveries with these statuses, and with 200 afterwards.
    fn answering(statuses: impl IntoIterator<Item = u16>) -> Self {
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
    fn posted(&self) -> Vec<Vec<u8>> {
        let bodies = self.bodies.lock().unwrap().clone();
        bodies.into_iter().filter(|body| !body.is_empty()).collect()
    }
}

fn handshake(head: &str) -> (u16, String) {
    let target = head.split(' ').nth(1).unwrap();
    let query = target.split_once('?').unwrap().1;
    let handshake = Handshake::new(SecretString::from(VERIFY)).unwrap();
    match handshake.answer(query) {
        Ok(challenge) => (200, challenge.as_str().to_owned()),
        Err(error) => (error.status(), String::new()),
    }
}

fn header<'a>(head: &'a str, name: &str) -> Option<&'a str> {
    let mut lines = head.lines().filter_map(|line| line.split_once(": "));
    lines.find(|(found, _)| found.eq_ignore_ascii_case(name)).map(|(_, value)| value)
}

fn read_request(stream: &mut TcpStream) -> Option<(String, Vec<u8>)> {
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
fn told(bodies: &[Vec<u8>]) -> Vec<String> {
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

#[tokio::test]
async fn a_customer_writes_and_is_answered_in_context() {
    let business = Business::answering([]);
    let simulator = builder().callback(business.url.as_str()).start().await.unwrap();
    let ana = simulator.customer("+55 (11) 99999-0001").named("Ana");

    let question = ana.says("Olá/oi 👋").await;
    let answer = Message::text(ANA, "Oi, Ana!").reply_to(question.clone()).with_opaque_data("17");
    let sent = send(&simulator, answer).await.unwrap();
    simulator.idle().await;

    assert_eq!(sent.contacts[0].input.as_deref(), Some("+5511999990001"));
    assert_eq!(sent.contacts[0].wa_id.as_deref(), Some(ANA));
    assert!(sent.id().as_str().starts_with("wamid.HBgN"));
    assert_eq!(sent.message_status, None);
    let [received] = ana.inbox().try_into().unwrap();
    assert_eq!(received.id(), sent.id());
    assert_eq!(received.text(), Some("Oi, Ana!"));
    assert_eq!(received.opaque_data(), Some("17"));
    assert_eq!(received.raw()["context"]["message_id"], question.as_str());
    assert_eq!(simulator.sent(), [received]);
    assert_eq!(
        told(&business.posted()),
        ["message text Olá/oi 👋", "status sent", "status delivered", "status read"]
    );
    simulator.shutdown().await;
}

#[tokio::test]
async fn webhooks_look_like_metas() {
    let business = Business::answering([]);
    let simulator =
        builder().callback(business.url.as_str()).clock(stopped_clock()).start().await.unwrap();
    let ana = simulator.customer(ANA).named("Ana");
    let question = ana.says("Olá/👋").await;
    let sent = send(&simulator, Message::text(ANA, "oi").with_opaque_data("17")).await.unwrap();
    simulator.idle().await;
    let posted = business.posted();

    // Meta escapes slashes and everything beyond ASCII.
    let raw = String::from_utf8(posted[0].clone()).unwrap();
    assert!(raw.contains(r#""body":"Ol\u00e1\/\ud83d\udc4b""#), "{raw}");
    let user_id = ana.user_id();
    assert!(user_id.as_str().starts_with("BR."));
    let in_change = |value: Value| {
        json!({"object": "whatsapp_business_account", "entry": [{
            "id": "102290129340398",
            "changes": [{"field": "messages", "value": value}]
        }]})
    };
    assert_eq!(
        serde_json::from_slice::<Value>(&posted[0]).unwrap(),
        in_change(json!({
            "messaging_product": "whatsapp",
            "metadata": {
                "display_phone_number": "15550783881",
                "phone_number_id": "106540352242922"
            },
            "contacts": [{
                "profile": {"name": "Ana"}, "wa_id": ANA, "user_id": user_id.as_str()
            }],
            "messages": [{
                "from": ANA,
                "from_user_id": user_id.as_str(),
                "id": question.as_str(),
                "timestamp": "1749416383",
                "type": "text",
                "text": {"body": "Olá/👋"}
            }]
        }))
    );
    assert_eq!(
        serde_json::from_slice::<Value>(&posted[3]).unwrap(),
        in_change(json!({
            "messaging_product": "whatsapp",
            "metadata": {
                "display_phone_number": "15550783881",
                "phone_number_id": "106540352242922"
            },
            "contacts": [{
                "profile": {"name": "Ana"}, "wa_id": ANA, "user_id": user_id.as_str()
            }],
            "statuses": [{
                "id": sent.id().as_str(),
                "status": "read",
                "timestamp": "1749416383",
                "recipient_id": ANA,
                "recipient_user_id": user_id.as_str(),
                "biz_opaque_callback_data": "17"
            }]
        }))
    );
    for request in business.requests.lock().unwrap().iter().skip(1) {
        assert!(request.starts_with("POST /webhook HTTP/1.1"), "{request}");
        assert_eq!(header(request, "content-type"), Some("application/json"));
        assert!(header(request, "authorization").is_none());
    }
}

#[tokio::test]
async fn every_kind_of_message_arrives() {
    let simulator = start().await;
    let ana = simulator.customer(ANA);
    let question = ana.says("oi").await;
    let client = simulator.client().unwrap();
    let number = client.phone_number(simulator.phone_number_id().clone());
    let mut files = Vec::new();
    for mime_type in ["image/png", "audio/ogg", "image/webp"] {
        files.push(number.upload_media(b"x".to_vec(), mime_type, "x").await.unwrap().id);
    }
    let id = |index: usize| MediaSource::id(files[index].clone());
    let link = || MediaSource::link("https://example.com/x");
    seed(
        &simulator,
        "order",
        json!([
            {
                "type": "BODY",
                "text": "Olá, {{1}}, chegou.",
                "example": {"body_text": [["Ana"]]},
            },
            {"type": "BUTTONS", "buttons": [
                {"type": "URL", "text": "Ver", "url": "https://x.y/{{1}}", "example": ["x"]},
            ]},
        ]),
    );
    let template = Template::new("order", "pt_BR").body(["Ana"]).button(Button::url(0, "x"));

    for (message, kind, text) in [
        (Message::text(ANA, "oi"), "text", Some("oi")),
        (Message::image(ANA, id(0)).with_caption("legenda"), "image", Some("legenda")),
        (Message::video(ANA, link()), "video", None),
        (Message::audio(ANA, id(1)).as_voice_note(), "audio", None),
        (Message::document(ANA, link()).with_filename("x.pdf"), "document", None),
        (Message::sticker(ANA, id(2)), "sticker", None),
        (Message::reaction(ANA, question.clone(), "❤️"), "reaction", Some("❤️")),
        (Message::remove_reaction(ANA, question.clone()), "reaction", Some("")),
        (Message::template(ANA, template), "template", Some("Olá, Ana, chegou.")),
    ] {
        let expected = serde_json::to_value(&message).unwrap();
        let sent = number.send(message).await.unwrap();
        let received = ana.inbox().pop().unwrap();

        assert_eq!((received.id(), received.kind()), (sent.id(), kind));
        assert_eq!(received.text(), text, "{kind}");
        assert_eq!(received.raw(), &expected);
        assert_eq!(
            sent.message_status,
            (kind == "template").then_some(MessageStatus::Accepted),
            "{kind}"
        );
    }
    let ids: std::collections::BTreeSet<_> =
        simulator.sent().iter().map(|message| message.id().clone()).collect();
    assert_eq!(ids.len(), 9);
}

#[tokio::test]
async fn statuses_follow_what_the_phone_does() {
    let business = Business::answering([]);
    let simulator =
        builder().auto_read(false).callback(business.url.as_str()).start().await.unwrap();
    let ana = simulator.customer(ANA);
    let question = ana.says("oi").await;
    send(&simulator, Message::text(ANA, "1")).await.unwrap();
    send(&simulator, Message::reaction(ANA, question.clone(), "❤️")).await.unwrap();
    send(&simulator, Message::text(ANA, "2")).await.unwrap();

    assert_eq!(ana.reads_all().await, 2);
    assert_eq!(ana.reads_all().await, 0);
    let eager = simulator.customer("5511999990002").auto_read(true);
    eager.says("oi").await;
    send(&simulator, Message::text("5511999990002", "3")).await.unwrap();
    simulator.idle().await;

    assert_eq!(
        told(&business.posted()),
        [
            "message text oi",
            "status sent",
            "status delivered",
            "status sent", // of a reaction no more is told
            "status sent",
            "status delivered",
            "status read",
            "status read",
            "message text oi",
            "status sent",
            "status delivered",
            "status read",
        ]
    );
}

#[tokio::test]
async fn a_reaction_that_cannot_be_is_taken_and_fails_later() {
    let business = Business::answering([]);
    let simulator = builder().callback(business.url.as_str()).start().await.unwrap();
    let ana = simulator.customer(ANA);
    let question = ana.says("oi").await;
    let reaction = ana
        .sends(json!({
            "type": "reaction",
            "reaction": {"message_id": question.as_str(), "emoji": "👍"}
        }))
        .await;
    send(&simulator, Message::reaction(ANA, reaction, "❤️")).await.unwrap();
    simulator.idle().await;

    assert_eq!(
        told(&business.posted()),
        ["message text oi", "message reaction 👍", "status failed"]
    );
    assert!(ana.inbox().is_empty());
    let failed: Value = serde_json::from_slice(&business.posted()[2]).unwrap();
    let errors = &failed["entry"][0]["changes"][0]["value"]["statuses"][0]["errors"];
    assert_eq!(errors[0]["code"], 131_009);
}

#[tokio::test]
async fn free_messages_end_24_hours_after_the_customers_last() {
    let simulator = start_with_clock().await;
    let text = || Message::text(ANA, "oi");

    let unasked = send(&simulator, text()).await.unwrap_err();
    assert_eq!(unasked.kind(), ErrorKind::WindowClosed);
    assert_eq!(unasked.status(), Some(400));
    seed(&simulator, "a", json!([{"type": "BODY", "text": "Oi."}]));
    send(&simulator, Message::template(ANA, Template::new("a", "pt_BR"))).await.unwrap();
    send(&simulator, text()).await.unwrap_err(); // a template opens no window

    simulator.customer(ANA).says("oi").await;
    simulator.advance(Duration::from_secs(24 * 60 * 60 - 1));
    send(&simulator, text()).await.unwrap();
    simulator.advance(Duration::from_secs(1));
    assert_eq!(send(&simulator, text()).await.unwrap_err().kind(), ErrorKind::WindowClosed);
    simulator.customer(ANA).says("oi").await;
    send(&simulator, text()).await.unwrap();
}

#[tokio::test]
async fn a_customer_is_reached_by_user_id_in_its_own_member_only() {
    let simulator = start().await;
    let ana = simulator.customer(ANA);
    ana.says("oi").await;
    let user = ana.user_id();
    let sent = send(&simulator, Message::text(user.clone(), "oi")).await.unwrap();
    assert_eq!(sent.contacts[0].user_id.as_ref(), Some(&user));
    assert_eq!(sent.contacts[0].wa_id, None);
    assert_eq!(ana.inbox().len(), 1);

    // In `to` Meta answers 200 and drops it.
    let dropped = post_json(
        &simulator,
        &json!({
            "messaging_product": "whatsapp",
            "to": user.as_str(),
            "type": "text",
            "text": {"body": "oi"}
        }),
    )
    .await;
    assert_eq!(dropped.0, 200);
    assert_eq!(ana.inbox().len(), 1);
    assert_eq!(simulator.sent().last().unwrap().to(), "");

    let stranger = send(&simulator, Message::text("BR.123", "oi")).await.unwrap_err();
    assert_eq!(stranger.kind(), ErrorKind::Recipient);
    let group = Message::text(Recipient::group("Y2FwaV9ncm91cDox"), "oi");
    assert_eq!(send(&simulator, group).await.unwrap_err().code(), Some(131_041));
    let itself = send(&simulator, Message::text("15550783881", "oi")).await.unwrap_err();
    assert_eq!(itself.code(), Some(131_021));
}

/// Posts JSON to the messages path with the right token, past the client's checks.
async fn post_json(simulator: &Simulator, body: &Value) -> (u16, Value) {
    let path = format!("/v25.0/{}/messages", simulator.phone_number_id());
    let head = "Authorization: Bearer simulator-token\r\nContent-Type: application/json\r\n";
    request(simulator, &format!("POST {path}"), head, &body.to_string()).await
}

/// A raw request.
async fn request(simulator: &Simulator, line: &str, head: &str, body: &str) -> (u16, Value) {
    let address = simulator.base_url().strip_prefix("http://").unwrap().to_owned();
    let request = format!(
        "{line} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n{head}Content-Length: {}\r\n\r\n{body}",
        body.len()
    );
    tokio::task::spawn_blocking(move || {
        let mut stream = TcpStream::connect(address).unwrap();
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        (status, serde_json::from_str(body).unwrap_or(Value::Null))
    })
    .await
    .unwrap()
}

#[tokio::test]
async fn what_meta_refuses_is_refused_with_its_code() {
    let simulator = start().await;
    simulator.customer(ANA).says("oi").await;
    let good = json!({
        "messaging_product": "whatsapp",
        "to": ANA,
        "type": "text",
        "text": {"body": "oi"}
    });
    assert_eq!(post_json(&simulator, &good).await.0, 200);
    let with = |member: &str, value: Value| {
        let mut body = good.clone();
        body[member] = value;
        body
    };
    let without = |member: &str| {
        let mut body = good.clone();
        body.as_object_mut().unwrap().remove(member);
        body
    };
    let media = |kind: &str, media: Value| {
        let mut body = with("type", kind.into());
        body[kind] = media;
        body
    };
    for (body, code) in [
        (json!([]), 100),
        (json!({}), 131_008),
        (without("messaging_product"), 131_008),
        (with("messaging_product", "sms".into()), 131_009),
        (without("to"), 131_008),
        (with("to", "Ana".into()), 131_009),
        (with("to", json!([])), 131_009),
        (with("recipient_type", "all".into()), 131_009),
        (without("text"), 131_008),
        (with("text", "oi".into()), 131_009),
        (with("text", json!({})), 131_008),
        (with("text", json!({"body": ""})), 131_008),
        (with("text", json!({"body": "á".repeat(4097)})), 100),
        (with("type", "poll".into()), 131_051),
        (with("type", 1.into()), 131_009),
        (with("biz_opaque_callback_data", "x".repeat(513).into()), 100),
        (media("image", json!({})), 131_008),
        (media("image", json!({"id": "1"})), 131_009),
        (media("image", json!({"id": "1", "link": "https://x.y"})), 131_009),
        (media("image", json!({"link": "x.y"})), 131_009),
        (media("image", json!({"link": "https://x.y", "caption": "x".repeat(1025)})), 100),
        (media("audio", json!({"link": "https://x.y", "caption": "x"})), 100),
        (media("sticker", json!({"link": "https://x.y", "filename": "x"})), 100),
        (media("template", json!({"name": "a"})), 131_008),
        (media("template", json!({"language": {"code": "pt_BR"}})), 131_008),
        (media("template", json!({"name": "a", "language": {}})), 131_008),
        (media("reaction", json!({"emoji": "❤️"})), 131_008),
        (media("reaction", json!({"message_id": "wamid.x"})), 131_008),
        (with("status", "delivered".into()), 131_009),
        (with("status", "read".into()), 131_008),
    ] {
        let (status, answer) = post_json(&simulator, &body).await;
        assert_eq!(answer["error"]["code"], code, "{body} {answer}");
        assert_eq!(status, 400, "{body}");
        assert_eq!(answer["error"]["type"], "OAuthException");
        assert!(answer["error"]["fbtrace_id"].is_string());
    }
    assert_eq!(simulator.sent().len(), 1);
    // Numbers are taken, and a missing type is a text.
    let mut lenient = with("to", 5_511_999_990_001_i64.into());
    lenient.as_object_mut().unwrap().remove("type");
    let (status, answer) = post_json(&simulator, &lenient).await;
    assert_eq!((status, &answer["contacts"][0]["input"]), (200, &json!(ANA)));
}

#[tokio::test]
async fn only_the_token_opens_only_the_number_that_exists() {
    let simulator = start().await;
    let message = || Message::template(ANA, Template::new("a", "pt_BR"));
    let wrong = Client::builder(SecretString::from("another"))
        .base_url(simulator.base_url())
        .build()
        .unwrap();
    let number = simulator.phone_number_id().clone();
    let error = wrong.phone_number(number.clone()).send(message()).await.unwrap_err();
    assert_eq!((error.code(), error.status()), (Some(190), Some(401)));
    assert_eq!(error.kind(), ErrorKind::Authentication);

    let client = simulator.client().unwrap();
    let error = client.phone_number("1").send(message()).await.unwrap_err();
    assert_eq!((error.code(), error.subcode()), (Some(100), Some(33)));
    assert_eq!(error.kind(), ErrorKind::NotFound);

    let body = json!({"messaging_product": "whatsapp"}).to_string();
    let (status, _) = request(&simulator, &format!("POST /{number}/messages"), "", &body).await;
    assert_eq!(status, 401);
    // The version may be missing.
    let token = "Authorization: Bearer simulator-token\r\n";
    let (status, answer) =
        request(&simulator, &format!("POST /{number}/messages"), token, &body).await;
    assert_eq!((status, &answer["error"]["code"]), (400, &json!(131_008)));
    assert!(simulator.sent().is_empty());
}

#[tokio::test]
async fn a_file_is_uploaded_found_fetched_and_deleted() {
    let simulator = start().await;
    let client = simulator.client().unwrap();
    let number = client.phone_number(simulator.phone_number_id().clone());
    let bytes: Vec<u8> = (0..=255).cycle().take(300_000).collect();
    let id =
        number.upload_media(bytes.clone(), "audio/ogg; codecs=opus", "voz.ogg").await.unwrap().id;

    let file = client.media(id.clone()).download().await.unwrap();
    assert_eq!(file.bytes, bytes);
    assert_eq!(file.info.id, id);
    assert_eq!(file.info.mime_type.as_deref(), Some("audio/ogg; codecs=opus"));
    assert_eq!(file.info.file_size, Some(300_000));
    assert_eq!(file.info.sha256.as_ref().map(String::len), Some(64));
    assert!(file.info.url.starts_with(simulator.base_url()));

    let scoped = |number: &str| GetMedia { id: id.clone(), from: Some(number.into()) };
    client.execute(&scoped(simulator.phone_number_id().as_str())).await.unwrap();
    let foreign = client.execute(&scoped("1")).await.unwrap_err();
    assert_eq!(foreign.kind(), ErrorKind::NotFound);

    client.media(id.clone()).delete().await.unwrap();
    assert_eq!(client.media(id.clone()).get().await.unwrap_err().kind(), ErrorKind::NotFound);
    assert_eq!(client.media(id).delete().await.unwrap_err().kind(), ErrorKind::NotFound);
    assert_eq!(client.download(&file.info).await.unwrap_err().kind(), ErrorKind::NotFound);
}

#[tokio::test]
async fn a_files_address_needs_the_token_and_lives_5_minutes() {
    let simulator = start_with_clock().await;
    let client = simulator.client().unwrap();
    let number = client.phone_number(simulator.phone_number_id().clone());
    let id = number.upload_media(b"x".to_vec(), "text/plain", "x").await.unwrap().id;
    let info = client.media(id).get().await.unwrap();
    let target = info.url.strip_prefix(simulator.base_url()).unwrap();

    assert_eq!(request(&simulator, &format!("GET {target}"), "", "").await.0, 401);
    let token = "Authorization: Bearer simulator-token\r\n";
    let forged = target.replace("ext=17494", "ext=27494");
    assert_ne!(forged, target);
    assert_eq!(request(&simulator, &format!("GET {forged}"), token, "").await.0, 404);
    simulator.advance(Duration::from_secs(300));
    assert_eq!(client.download(&info).await.unwrap(), "x");
    simulator.advance(Duration::from_secs(1));
    assert_eq!(client.download(&info).await.unwrap_err().kind(), ErrorKind::NotFound);
}

#[tokio::test]
async fn a_customers_file_can_be_fetched() {
    let business = Business::answering([]);
    let simulator = builder().callback(business.url.as_str()).start().await.unwrap();
    simulator.customer(ANA).sends_file("image", b"png".to_vec(), "image/png").await;
    simulator.idle().await;

    let [body] = business.posted().try_into().unwrap();
    let verifier = Verifier::new([SecretString::from(SECRET)]).unwrap();
    let verified = verifier.verify(verifier.sign(&body), &body).unwrap();
    let [event] = verified.events().collect::<Vec<_>>().try_into().unwrap();
    let EventKind::Message(message) = event.kind else { panic!("a message was expected") };
    let Content::Image(image) = message.content else { panic!("a picture was expected") };
    let id = MediaId::new(image.id.unwrap().as_str());
    let file = simulator.client().unwrap().media(id).download().await.unwrap();

    assert_eq!(file.bytes, "png");
    // Base64 here, hexadecimal in the answer.
    assert_eq!(image.sha256.unwrap().as_str().len(), 44);
}

#[tokio::test]
async fn only_a_customers_message_can_be_marked_as_read() {
    let simulator = start().await;
    let client = simulator.client().unwrap();
    let number = client.phone_number(simulator.phone_number_id().clone());
    let first = simulator.customer(ANA).says("1").await;
    let second = simulator.customer(ANA).says("2").await;

    number.mark_as_read(&first).await.unwrap();
    number.show_typing(&second).await.unwrap();
    let receipts = simulator.receipts();
    assert_eq!(receipts.len(), 2);
    assert_eq!((receipts[0].message_id(), receipts[0].is_typing()), (&first, false));
    assert_eq!((receipts[1].message_id(), receipts[1].is_typing()), (&second, true));

    let own = number.send(Message::text(ANA, "oi")).await.unwrap();
    for id in [own.id().clone(), MessageId::new("wamid.x")] {
        let error = number.mark_as_read(&id).await.unwrap_err();
        assert_eq!((error.code(), error.status()), (Some(100), Some(400)));
    }
    assert_eq!(simulator.receipts().len(), 2);
}

#[tokio::test]
async fn a_webhook_is_posted_until_it_is_answered_200_and_the_others_wait() {
    let business = Business::answering([500, 401, 204, 302]);
    let simulator = builder().callback(business.url.as_str()).start().await.unwrap();
    let ana = simulator.customer(ANA);
    ana.says("1").await;
    ana.says("2").await;
    simulator.idle().await;

    assert_eq!(
        told(&business.posted()),
        [
            "message text 1",
            "message text 1",
            "message text 1",
            "message text 1",
            "message text 1",
            "message text 2"
        ]
    );
    let deliveries = simulator.deliveries();
    let seen: Vec<_> =
        deliveries.iter().map(|delivery| (delivery.attempt(), delivery.status())).collect();
    assert_eq!(
        seen,
        [
            (1, Some(500)),
            (2, Some(401)),
            (3, Some(204)),
            (4, Some(302)),
            (5, Some(200)),
            (1, Some(200))
        ]
    );
    // The same bytes each time, so that the signature stays right.
    assert_eq!(deliveries[0].body(), deliveries[4].body());
}

#[tokio::test]
async fn a_callback_must_prove_that_it_is_one() {
    let simulator = start().await;
    let refused = simulator.set_callback("http://127.0.0.1:1/webhook").await.unwrap_err();
    assert_eq!(refused.kind(), ErrorKind::Configuration);
    // A server that answers everything with an empty 200.
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    thread::spawn(move || {
        let mut stream = listener.accept().unwrap().0;
        read_request(&mut stream).unwrap();
        stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n").unwrap();
    });
    assert_eq!(simulator.set_callback(url).await.unwrap_err().kind(), ErrorKind::Configuration);
    simulator.customer(ANA).says("lost").await;

    let business = Business::answering([]);
    let other = Simulator::builder()
        .verify_token(SecretString::from("another"))
        .callback(business.url.as_str())
        .start()
        .await
        .unwrap_err();
    assert_eq!((other.kind(), other.status()), (ErrorKind::Configuration, Some(403)));

    simulator.set_callback(format!("{}?mount=1", business.url)).await.unwrap();
    simulator.customer(ANA).says("kept").await;
    simulator.idle().await;
    assert_eq!(told(&business.posted()), ["message text kept"]);
    let requests = business.requests.lock().unwrap();
    assert!(requests[1].starts_with("GET /webhook?mount=1&hub.mode=subscribe&"), "{requests:?}");
}

#[tokio::test]
async fn any_bytes_can_be_posted_and_the_last_once_more() {
    let business = Business::answering([200, 200, 503]);
    let simulator = builder().callback(business.url.as_str()).start().await.unwrap();
    assert_eq!(simulator.redeliver_last().await.unwrap_err().kind(), ErrorKind::InvalidInput);

    simulator.customer(ANA).says("oi").await;
    simulator.idle().await;
    assert_eq!(simulator.redeliver_last().await.unwrap(), 200);
    assert_eq!(simulator.post_raw(b"no JSON \xff".to_vec()).await.unwrap(), 503);

    let posted = business.posted();
    assert_eq!(posted.len(), 3);
    assert_eq!(posted[0], posted[1]);
    assert_eq!(posted[2], b"no JSON \xff");
    let without = start().await.post_raw(b"x".to_vec()).await.unwrap_err();
    assert_eq!(without.kind(), ErrorKind::Configuration);
}

#[tokio::test]
async fn faults_happen_once_each_and_with_or_without_effect() {
    let simulator = start().await;
    let ana = simulator.customer(ANA);
    ana.says("oi").await;
    for (fault, kind, effects) in [
        (Fault::DropBeforeEffect, ErrorKind::MaybeSent, 0),
        (Fault::DropAnswerAfterEffect, ErrorKind::MaybeSent, 1),
        (Fault::Status(500), ErrorKind::MaybeSent, 0),
        (Fault::Status(404), ErrorKind::NotFound, 0),
        (Fault::Graph(131_056), ErrorKind::RateLimited, 0),
        (Fault::Graph(131_016), ErrorKind::Unavailable, 0),
    ] {
        let before = ana.inbox().len();
        simulator.fail_next(fault);
        let error = send(&simulator, Message::text(ANA, "oi")).await.unwrap_err();
        assert_eq!(error.kind(), kind, "{fault:?}");
        assert_eq!(ana.inbox().len() - before, effects, "{fault:?}");
        send(&simulator, Message::text(ANA, "oi")).await.unwrap();
    }
}

#[tokio::test]
async fn a_lost_answer_is_found_again_by_its_opaque_data() {
    let business = Business::answering([]);
    let simulator = builder().callback(business.url.as_str()).start().await.unwrap();
    simulator.customer(ANA).says("oi").await;
    simulator.fail_next(Fault::DropAnswerAfterEffect);
    let message = Message::text(ANA, "oi").with_opaque_data("order 17");
    let error = send(&simulator, message).await.unwrap_err();
    assert!(error.may_have_been_sent() && !error.is_retryable());
    simulator.idle().await;

    let status: Value = serde_json::from_slice(&business.posted()[1]).unwrap();
    let status = &status["entry"][0]["changes"][0]["value"]["statuses"][0];
    assert_eq!(status["biz_opaque_callback_data"], "order 17");
    assert_eq!(status["id"], simulator.sent()[0].id().as_str());
}

#[tokio::test]
async fn a_person_can_play_the_customer_over_http() {
    let simulator = start().await;
    let path = format!("/simulator/customers/{ANA}/messages");
    let json_type = "Content-Type: application/json\r\n";
    let (status, answer) =
        request(&simulator, &format!("POST {path}"), json_type, r#"{"text":"Olá","name":"Ana"}"#)
            .await;
    assert_eq!(status, 200);
    assert!(answer["id"].as_str().unwrap().starts_with("wamid."));
    let sent = send(&simulator, Message::text(ANA, "Oi!")).await.unwrap();

    let (status, inbox) = request(&simulator, &format!("GET {path}"), "", "").await;
    assert_eq!(status, 200);
    assert_eq!(inbox["data"][0]["id"], sent.id().as_str());
    assert_eq!(inbox["data"][0]["text"], "Oi!");
    assert_eq!(inbox["data"][0]["type"], "text");

    let nobody = "POST /simulator/customers/x/messages";
    assert_eq!(request(&simulator, nobody, json_type, r#"{"text":"x"}"#).await.0, 400);
    let (status, _) = request(&simulator, &format!("POST {path}"), json_type, "{}").await;
    assert_eq!(status, 400);
}

#[tokio::test]
async fn ids_are_the_same_for_the_same_story_and_new_after_a_restart() {
    let ids = |started: u64| async move {
        let simulator = Simulator::builder()
            .clock(Arc::new(move || Duration::from_secs(started)))
            .start()
            .await
            .unwrap();
        let first = simulator.customer(ANA).says("oi").await;
        let second = send(&simulator, Message::text(ANA, "oi")).await.unwrap().id().clone();
        (first, second)
    };

    let story = ids(1_749_416_383).await;
    assert!(story == ids(1_749_416_383).await);
    assert!(story.0 != ids(1_749_416_384).await.0);
    assert!(story.0 != story.1);
}

#[tokio::test]
async fn a_stopped_simulator_is_gone_even_while_a_caller_is_silent() {
    let simulator = start().await;
    let client = simulator.client().unwrap();
    let number = PhoneNumberId::new(simulator.phone_number_id().as_str());
    let address = simulator.base_url().strip_prefix("http://").unwrap().to_owned();
    let mut silent = TcpStream::connect(&address).unwrap();
    silent.write_all(b"POST /").unwrap();
    simulator.shutdown().await;

    let template = Message::template(ANA, Template::new("a", "pt_BR"));
    let error = client.phone_number(number).send(template).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::NotSent);
}

#[tokio::test]
async fn nothing_that_is_shown_holds_a_secret_or_a_person() {
    let business = Business::answering([]);
    let with_secrets = builder().token(SecretString::from("canary-token"));
    let builder_shown = format!("{with_secrets:?}");
    let simulator = with_secrets.callback(business.url.as_str()).start().await.unwrap();
    let ana = simulator.customer(ANA).named("canary name");
    let question = ana.says("canary question").await;
    let answer = Message::text(ANA, "canary answer").with_opaque_data("canary data");
    send(&simulator, answer).await.unwrap();
    let client = simulator.client().unwrap();
    let number = client.phone_number(simulator.phone_number_id().clone());
    number.mark_as_read(&question).await.unwrap();
    simulator.idle().await;

    let shown = format!(
        "{builder_shown} {simulator:?} {ana:?} {:?} {:?} {:?} {:?}",
        ana.inbox(),
        simulator.sent(),
        simulator.receipts(),
        simulator.deliveries()
    );
    for secret in ["canary", ANA, "wamid"] {
        assert!(!shown.contains(secret), "{secret} in {shown}");
    }
}
