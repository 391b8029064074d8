//! Messages: what arrives, what is told of it, and what is refused.

use serde_json::{Value, json};
use std::time::Duration;
use whatsapp_cloud::api::Recipient;
use whatsapp_cloud::api::messages::{Button, MediaSource, Message, MessageStatus, Template};
use whatsapp_cloud::{ErrorKind, MessageId};

use super::business::*;

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
        &json!([
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
    seed(&simulator, "a", &json!([{"type": "BODY", "text": "Oi."}]));
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
    let buttons =
        |kind: &str| json!({"buttons": [{"type": kind, "reply": {"id": "1", "title": "a"}}]});
    let interactive = |other: Value| {
        let mut content =
            json!({"type": "button", "body": {"text": "x"}, "action": buttons("reply")});
        content.as_object_mut().unwrap().extend(other.as_object().unwrap().clone());
        media("interactive", content)
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
        (interactive(json!({"type": "zzz", "action": {}})), 131_009),
        (interactive(json!({"action": buttons("foo")})), 131_009),
        (interactive(json!({"header": {"type": "foo", "text": "x"}})), 131_009),
        (interactive(json!({"new": 1})), 100),
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
    // What is null is not there.
    let null = Value::Null;
    for body in [
        with("recipient_type", null.clone()),
        with("context", null.clone()),
        with("biz_opaque_callback_data", null.clone()),
        with("text", json!({"body": "oi", "preview_url": null})),
        interactive(json!({"header": null, "footer": null})),
    ] {
        let (status, answer) = post_json(&simulator, &body).await;
        assert_eq!(status, 200, "{body} {answer}");
    }
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
