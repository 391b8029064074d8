//! Marketing messages, encrypted messages, and what became of messages.

use std::error::Error as _;

use serde_json::{Value, json};
use whatsapp_cloud::api::messages::{
    DeliveryStatus, EncryptedAnswer, EncryptedMessage, HistoryEdge, ListMessageEvents,
    ListMessageHistory, MarketingMessage, Message, MessageHistory, ProductPolicy,
    SendEncryptedMessage, SendMarketingMessage, SentMessage, Template, WebhookState,
};
use whatsapp_cloud::api::{Operation, Recipient, Violations};
use whatsapp_cloud::endpoint::{Endpoint, Method};
use whatsapp_cloud::wire::Page;

use super::{PHONE, json_of, lines};

#[test]
fn a_marketing_message_is_posted_as_on_metas_page() {
    let message = MarketingMessage::new(PHONE, Template::new("welcome_offer", "en_US"))
        .with_policy(ProductPolicy::CloudApiFallback)
        .with_activity_sharing(true);
    let call = SendMarketingMessage { from: "106540352242922".into(), message };
    let request = call.request().unwrap();

    assert_eq!(request.method(), Method::Post);
    assert_eq!(request.target().unwrap(), "106540352242922/marketing_messages");
    assert_eq!(
        json_of(&request),
        json!({
            "messaging_product": "whatsapp",
            "recipient_type": "individual",
            "to": PHONE,
            "type": "template",
            "template": {"name": "welcome_offer", "language": {"code": "en_US"}},
            "product_policy": "CLOUD_API_FALLBACK",
            "message_activity_sharing": true,
        })
    );
    const { assert!(!SendMarketingMessage::IDEMPOTENT) };
}

#[test]
fn a_marketing_message_is_a_template_to_one_person() {
    let mut message = MarketingMessage::new(PHONE, Template::new("a", "en"));
    message.message = Message::text(PHONE, "oi");
    assert_eq!(lines(&message.check()), ["type: a template"]);
    let call = SendMarketingMessage { from: "x".into(), message };
    let error = call.request().unwrap_err();
    let found = error.source().unwrap().downcast_ref::<Violations>().unwrap();
    assert_eq!(lines(found), ["type: a template", "from: an id of digits"]);

    let group = MarketingMessage::new(Recipient::group("Y2Fw"), Template::new("a", "en"));
    assert_eq!(lines(&group.check()), ["recipient_type: individual"]);
}

#[test]
fn a_marketing_message_that_was_read_is_sent_with_a_plus() {
    let read: MarketingMessage = serde_json::from_value(json!({
        "messaging_product": "whatsapp", "to": 16_505_551_234_u64, "type": "template",
        "template": {"name": "a", "language": {"code": "en"}}, "product_policy": "STRICT",
    }))
    .unwrap();
    assert_eq!(read.product_policy, Some(ProductPolicy::Strict));
    let call = SendMarketingMessage { from: "1".into(), message: read };
    assert_eq!(json_of(&call.request().unwrap())["to"], PHONE);
}

#[test]
fn an_answer_to_a_marketing_message_is_read() {
    let answer = json!({
        "contacts": [{"input": "16315552222", "wa_id": "16315552222"}],
        "messages": [{"id": "wamid.gBGGSFcCNEOPAgkO_KJ55r4w_ww"}],
        "messaging_product": "whatsapp",
        "success": true,
    });
    let sent: SentMessage = serde_json::from_value(answer.clone()).unwrap();
    assert_eq!(sent.id().as_str(), "wamid.gBGGSFcCNEOPAgkO_KJ55r4w_ww");
    assert_eq!(serde_json::to_value(&sent).unwrap(), answer);
}

#[test]
fn an_encrypted_message_is_posted_and_answered_as_on_metas_page() {
    let call = SendEncryptedMessage::new("1", EncryptedMessage::new("eyJhbGciOiJSU0Et..."));
    let request = call.request().unwrap();
    assert_eq!(request.method(), Method::Post);
    assert_eq!(request.target().unwrap(), "1/messages_encrypted");
    assert_eq!(
        json_of(&request),
        json!({"messaging_product": "whatsapp", "encrypted_contents": "eyJhbGciOiJSU0Et..."})
    );
    assert!(SendEncryptedMessage::new("1", EncryptedMessage::default()).request().is_err());
    const { assert!(!SendEncryptedMessage::IDEMPOTENT) };

    let answer: EncryptedAnswer =
        serde_json::from_value(json!({"encrypted_contents": "eyJh"})).unwrap();
    assert_eq!(answer.encrypted_contents, "eyJh");
}

#[test]
fn the_history_of_messages_is_asked_for() {
    assert_eq!(ListMessageHistory::METHOD, Method::Get);
    let mut call = ListMessageHistory::new("1");
    call.message_id = Some("wamid.HBgL==".to_owned());
    call.fields = vec!["id".to_owned(), "message_id".to_owned()];
    call.limit = Some(100);
    call.after = Some("MTAx".to_owned());
    call.before = Some("MAZD".to_owned());
    assert_eq!(
        call.request().unwrap().target().unwrap(),
        "1/message_history?message_id=wamid.HBgL%3D%3D&fields=id%2Cmessage_id&limit=100\
         &after=MTAx&before=MAZD"
    );
    for (limit, is_taken) in [(0, false), (1, true), (100, true), (101, false)] {
        call.limit = Some(limit);
        assert_eq!(call.request().is_ok(), is_taken, "{limit}");
        let mut events = ListMessageEvents::new("1");
        events.limit = Some(limit);
        assert_eq!(events.request().is_ok(), is_taken, "{limit}");
    }

    let mut call = ListMessageEvents::new("2");
    call.status_filter = Some("DELIVERED".to_owned());
    call.fields = vec!["cursor".to_owned()];
    call.after = Some("b".to_owned());
    call.before = Some("a".to_owned());
    assert_eq!(
        call.request().unwrap().target().unwrap(),
        "2/events?status_filter=DELIVERED&fields=cursor&after=b&before=a"
    );
    assert_eq!(ListMessageEvents::METHOD, Method::Get);
}

fn again<T: serde::Serialize + serde::de::DeserializeOwned>(json: &Value) -> T {
    let read: T = serde_json::from_value(json.clone()).unwrap();
    assert_eq!(serde_json::to_value(&read).unwrap(), *json);
    read
}

#[test]
fn the_history_of_messages_is_read() {
    let history: Page<MessageHistory> = again(&json!({"data": [{
        "id": "1234567890123456",
        "message_id": "wamid.HBgLMTY0NzMwMDAwOTEVAgARGBI5QTNEQTA2RjdGMEY4RTRGAA==",
        "events": {"data": [{
            "id": "2345678901234567",
            "delivery_status": "SENT",
            "timestamp": 1_640_995_200,
            "webhook_update_state": "DELIVERED",
            "application": {"id": "9876543210987654"},
            "webhook_uri": "https://example.com/webhook",
            "error_description": "Webhook endpoint returned HTTP 500",
        }]},
    }]}));
    let entry = &history.data[0];
    assert_eq!(entry.id.as_str(), "1234567890123456");
    let event = &entry.events.as_ref().unwrap().data[0];
    assert_eq!(event.delivery_status, Some(DeliveryStatus::Sent));
    assert_eq!(event.webhook_update_state, Some(WebhookState::Delivered));
    assert_eq!(event.timestamp, Some(1_640_995_200));
    assert_eq!(event.webhook_uri.as_deref(), Some("https://example.com/webhook"));
    assert!(event.error_description.is_some() && event.other.is_empty() && entry.other.is_empty());

    let edges: Page<HistoryEdge> = again(&json!({"data": [{
        "cursor": "MTAxNTExOTQ1MjAwNzI5NDE=",
        "node": {
            "id": "2345678901234567",
            "delivery_status": "READ",
            "error_description": "x",
            "occurrence_timestamp": 1_640_995_200,
            "status_timestamp": 1_640_995_205,
            "application": {"id": "9876543210987654", "name": "WhatsApp Business API Client"},
        },
    }]}));
    let node = edges.data[0].node.as_ref().unwrap();
    assert_eq!(edges.data[0].cursor.as_deref(), Some("MTAxNTExOTQ1MjAwNzI5NDE="));
    assert_eq!(node.delivery_status, Some(DeliveryStatus::Read));
    assert_eq!(
        (node.occurrence_timestamp, node.status_timestamp),
        (Some(1_640_995_200), Some(1_640_995_205))
    );
    assert!(node.other.is_empty() && node.application.as_ref().unwrap().name.is_some());
}
