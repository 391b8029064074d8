//! What does not come from Meta, or cannot be read, over a real port.
#![allow(missing_docs, clippy::unwrap_used)]

mod service;

use atendimento_core::store::{Cursor, Store};
use secrecy::SecretString;
use service::{APP_SECRET, Service};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use whatsapp_cloud::webhook::Verifier;

fn signature_of(body: &[u8]) -> String {
    Verifier::new([SecretString::from(APP_SECRET)]).unwrap().sign(body)
}

/// Posts to the webhook and gives the status of the answer.
async fn post(service: &Service, signature: Option<&str>, length: usize, body: &[u8]) -> u16 {
    let host = service.webhook.trim_start_matches("http://").trim_end_matches('/');
    let mut stream = TcpStream::connect(host).await.unwrap();
    let signature =
        signature.map(|it| format!("X-Hub-Signature-256: {it}\r\n")).unwrap_or_default();
    let head = format!(
        "POST / HTTP/1.1\r\nHost: {host}\r\nContent-Length: {length}\r\n{signature}\
         Connection: close\r\n\r\n"
    );
    stream.write_all(head.as_bytes()).await.unwrap();
    stream.write_all(body).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    answer.split(' ').nth(1).unwrap().parse().unwrap()
}

/// Whether the store holds nothing that was received.
async fn is_empty(store: &dyn Store) -> bool {
    let tenant = "default".into();
    store.notices(&tenant, 9).await.unwrap().is_empty()
        && store.quarantined(&tenant, 9).await.unwrap().is_empty()
        && store.open_conversations(&tenant, 9).await.unwrap().is_empty()
        && store.journal(Cursor::default(), 9).await.unwrap().0.is_empty()
}

const HELLO: &[u8] = br#"{"object":"whatsapp_business_account","entry":[{"id":"1","changes":[
    {"field":"messages","value":{"messaging_product":"whatsapp",
    "metadata":{"display_phone_number":"15550783881","phone_number_id":"106540352242922"},
    "messages":[{"from":"5511987650001","id":"wamid.A","timestamp":"1749416383","type":"text",
    "text":{"body":"Hi!"}}]}}]}]}"#;

#[tokio::test]
async fn what_is_not_signed_by_meta_is_refused_and_not_stored() {
    let mut service = Service::start().await;
    let right = signature_of(HELLO);
    let other = Verifier::new([SecretString::from("another secret")]).unwrap().sign(HELLO);
    let of_other_body = signature_of(b"{}");

    for signature in [
        None,
        Some(""),
        Some("sha256="),
        Some("sha1=ee3f9effefe972b4a991985cc37816bfa468d58b"),
        Some(&right[..70]),
        Some(other.as_str()),
        Some(of_other_body.as_str()),
    ] {
        assert_eq!(post(&service, signature, HELLO.len(), HELLO).await, 401, "{signature:?}");
    }
    // What is accepted afterwards has gone through: and nothing came before it.
    assert!(is_empty(service.desk.store()).await);
    assert_eq!(post(&service, Some(&right), HELLO.len(), HELLO).await, 200);
    service.until_recorded(1).await;
    let open = service.desk.store().open_conversations(&"default".into(), 9).await.unwrap();
    assert_eq!(service.desk.store().messages(open[0].id).await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_body_over_4_mib_is_refused_before_it_is_read() {
    let service = Service::start().await;
    let signature = signature_of(b"");

    // Not a byte of the body is sent, and the answer comes all the same.
    let status = post(&service, Some(&signature), 4 * 1024 * 1024 + 1, b"").await;
    assert_eq!(status, 413);
    assert!(is_empty(service.desk.store()).await);
}

#[tokio::test]
async fn a_signed_body_that_is_no_json_is_answered_200_kept_and_reported() {
    let mut service = Service::start().await;
    for body in [&b"not json"[..], b"\xff\xfe", b"", b"[1]", b"{\"entry\":"] {
        let status = post(&service, Some(&signature_of(body)), body.len(), body).await;
        assert_eq!(status, 200, "{body:?}");
    }
    // Bodies are split in order: after the next one, those before it have been dealt with.
    post(&service, Some(&signature_of(HELLO)), HELLO.len(), HELLO).await;
    service.until_recorded(1).await;

    let kept = service.desk.store().quarantined(&"default".into(), 9).await.unwrap();
    assert_eq!(kept.len(), 5);
    assert!(kept.iter().all(|kept| !kept.reason.is_empty()));
}

#[tokio::test]
async fn unknown_kinds_are_kept_as_json_and_visible() {
    let mut service = Service::start().await;
    let body = br#"{"object":"whatsapp_business_account","entry":[{"id":"1","changes":[
        {"field":"brand_new_field","value":{"news":[1,2,3]}},
        {"field":"messages","value":{"messaging_product":"whatsapp",
        "metadata":{"display_phone_number":"15550783881","phone_number_id":"106540352242922"},
        "messages":[{"from":"5511987650001","id":"wamid.B","timestamp":"1749416383",
        "type":"hologram","hologram":{"depth":3}}]}}]}]}"#;
    assert_eq!(post(&service, Some(&signature_of(body)), body.len(), body).await, 200);
    service.until_assigned().await;

    let notices = service.desk.store().notices(&"default".into(), 9).await.unwrap();
    assert_eq!(notices.len(), 1);
    assert_eq!(notices[0].kind, "brand_new_field");
    let bia = service::actor("bia", atendimento_core::domain::access::Role::AGENT);
    let open = service.desk.store().open_conversations(&bia.tenant, 9).await.unwrap();
    let view = service.desk.read(&bia, open[0].id).await.unwrap();
    let atendimento_core::domain::Content::Received(received) = &view.messages[0].content else {
        panic!("an inbound");
    };
    assert_eq!(received.kind, "hologram");
    let raw: serde_json::Value = serde_json::from_str(&received.raw).unwrap();
    assert_eq!(raw["hologram"]["depth"], 3);
}
