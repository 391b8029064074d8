//! How each kind of message is written: compared with Meta's pages.

use serde_json::{Value, json};
use whatsapp_cloud::api::Recipient;
use whatsapp_cloud::api::messages::{
    Button, Component, DirectSend, MarkAsRead, MediaSource, Message, Order, OrderDetails,
    OrderItem, OrderState, OrderStatus, Parameter, PaymentSetting, Pin, ShowTyping, Template,
};
use whatsapp_cloud::endpoint::Endpoint;
use whatsapp_cloud::{MessageId, PhoneNumberId};

use super::{PHONE, WAMID, body, json_of, object};

fn in_envelope(members: Value) -> Value {
    let mut whole = object(json!({
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        "to": PHONE,
    }));
    whole.extend(object(members));
    Value::Object(whole)
}

#[test]
fn a_text_is_written_as_on_metas_page() {
    let message = Message::text(
        PHONE,
        "As requested, here's the link to our latest product: https://www.meta.com/quest/quest-3/",
    )
    .with_preview_url(true);

    assert_eq!(
        body(message),
        json!({
            "messaging_product": "whatsapp",
            "recipient_type": "individual",
            "to": "+16505551234",
            "type": "text",
            "text": {
                "preview_url": true,
                "body": "As requested, here's the link to our latest product: https://www.meta.com/quest/quest-3/"
            }
        })
    );
}

#[test]
fn an_answer_quotes_and_carries_data_of_ours() {
    let message = Message::text(PHONE, "oi").reply_to(WAMID).with_opaque_data("{\"n\":2}");

    assert_eq!(
        body(message),
        in_envelope(json!({
            "type": "text",
            "text": {"body": "oi"},
            "context": {"message_id": WAMID},
            "biz_opaque_callback_data": "{\"n\":2}",
        }))
    );
}

#[test]
fn media_is_written_by_id_and_by_link() {
    let id = || MediaSource::id("1013859600285441");
    let link = || MediaSource::link("https://www.luckyshrub.com/media/file");
    for (message, expected) in [
        (
            Message::image(PHONE, id()).with_caption("legenda"),
            json!({"type": "image", "image": {"id": "1013859600285441", "caption": "legenda"}}),
        ),
        (
            Message::video(PHONE, link()),
            json!({"type": "video", "video": {"link": "https://www.luckyshrub.com/media/file"}}),
        ),
        (
            Message::audio(PHONE, id()).as_voice_note(),
            json!({"type": "audio", "audio": {"id": "1013859600285441", "voice": true}}),
        ),
        (
            Message::document(PHONE, link()).with_caption("NF").with_filename("nota fiscal.pdf"),
            json!({"type": "document", "document": {
                "link": "https://www.luckyshrub.com/media/file",
                "caption": "NF",
                "filename": "nota fiscal.pdf",
            }}),
        ),
        (
            Message::sticker(PHONE, id()),
            json!({"type": "sticker", "sticker": {"id": "1013859600285441"}}),
        ),
    ] {
        assert_eq!(body(message), in_envelope(expected));
    }
}

#[test]
fn an_emoji_of_several_code_points_is_sent_and_taken_back() {
    for emoji in ["❤️", "👍🏽", "🇧🇷"] {
        assert_eq!(
            body(Message::reaction(PHONE, WAMID, emoji)),
            in_envelope(
                json!({"type": "reaction", "reaction": {"message_id": WAMID, "emoji": emoji}})
            )
        );
    }
    assert_eq!(
        body(Message::remove_reaction(PHONE, WAMID)),
        in_envelope(json!({"type": "reaction", "reaction": {"message_id": WAMID, "emoji": ""}}))
    );
}

#[test]
fn a_template_is_written_as_on_metas_page() {
    let template = Template::new("limited_time_offer_caribbean_pkg_2023", "en_US")
        .header(Parameter::image(MediaSource::id("1602186516975000")))
        .body(["Pablo", "CARIBE25"])
        .button(Button::copy_code(0, "CARIBE25"))
        .button(Button::url(1, "n3mtql"))
        .button(Button::quick_reply(2, "stop"));

    assert_eq!(
        body(Message::template(PHONE, template)),
        in_envelope(json!({
            "type": "template",
            "template": {
                "name": "limited_time_offer_caribbean_pkg_2023",
                "language": {"code": "en_US"},
                "components": [
                    {"type": "header", "parameters": [
                        {"type": "image", "image": {"id": "1602186516975000"}}
                    ]},
                    {"type": "body", "parameters": [
                        {"type": "text", "text": "Pablo"},
                        {"type": "text", "text": "CARIBE25"}
                    ]},
                    {"type": "button", "sub_type": "copy_code", "index": "0", "parameters": [
                        {"type": "coupon_code", "coupon_code": "CARIBE25"}
                    ]},
                    {"type": "button", "sub_type": "url", "index": "1", "parameters": [
                        {"type": "text", "text": "n3mtql"}
                    ]},
                    {"type": "button", "sub_type": "quick_reply", "index": "2", "parameters": [
                        {"type": "payload", "payload": "stop"}
                    ]}
                ]
            }
        }))
    );
}

#[test]
fn named_values_carry_their_names() {
    let template = Template::new("reservation_confirmation", "en_US")
        .body_named([("number_of_guests", "4"), ("day", "Saturday")]);

    assert_eq!(
        body(Message::template(PHONE, template))["template"]["components"],
        json!([{"type": "body", "parameters": [
            {"type": "text", "parameter_name": "number_of_guests", "text": "4"},
            {"type": "text", "parameter_name": "day", "text": "Saturday"}
        ]}])
    );
}

#[test]
fn each_kind_of_recipient_goes_to_its_own_member() {
    let written = |to: Recipient| {
        let mut body = object(body(Message::text(to, "oi")));
        body.retain(|name, _| matches!(name.as_str(), "to" | "recipient" | "recipient_type"));
        Value::Object(body)
    };

    for phone in ["5511999990001", "+55 (11) 99999-0001"] {
        assert_eq!(
            written(Recipient::from(phone)),
            json!({"recipient_type": "individual", "to": "+5511999990001"})
        );
    }
    // In `to` Meta would answer 200 and drop the message.
    assert_eq!(
        written(Recipient::from("BR.13491208655302741918")),
        json!({"recipient_type": "individual", "recipient": "BR.13491208655302741918"})
    );
    assert_eq!(
        written(Recipient::group("Y2FwaV9ncm91cDoxMjM0NTYZD")),
        json!({"recipient_type": "group", "to": "Y2FwaV9ncm91cDoxMjM0NTYZD"})
    );
}

#[test]
fn a_receipt_and_the_typing_indicator_are_written_as_on_metas_page() {
    let from = PhoneNumberId::new("106540352242922");
    let message_id = MessageId::new(WAMID);
    let read = MarkAsRead { from: from.clone(), message_id: message_id.clone() };
    let typing = ShowTyping { from, message_id };

    assert_eq!(
        json_of(&read.request().unwrap()),
        json!({"messaging_product": "whatsapp", "status": "read", "message_id": WAMID})
    );
    assert_eq!(
        json_of(&typing.request().unwrap()),
        json!({
            "messaging_product": "whatsapp",
            "status": "read",
            "message_id": WAMID,
            "typing_indicator": {"type": "text"}
        })
    );
    for request in [read.request().unwrap(), typing.request().unwrap()] {
        assert_eq!(request.target().unwrap(), "106540352242922/messages");
    }
}

#[test]
fn what_was_read_without_a_plus_is_sent_with_it() {
    for to in [json!("16505551234"), json!(16_505_551_234_u64), json!("+1 (650) 555-1234")] {
        let read = json!({"messaging_product": "whatsapp", "to": to, "text": {"body": "oi"}});
        let message: Message = serde_json::from_value(read.clone()).unwrap();
        assert_eq!(serde_json::to_value(&message).unwrap(), read);
        assert_eq!(message, Message::text(PHONE, "oi"));
        let sent = in_envelope(json!({"type": "text", "text": {"body": "oi"}}));
        assert_eq!(body(message), sent);
    }
    // In `to` Meta would answer 200 and drop the message: it is refused, never moved.
    let lost = json!({"messaging_product": "whatsapp", "to": "BR.1A", "text": {"body": "oi"}});
    let lost: Message = serde_json::from_value(lost).unwrap();
    assert_eq!(lost.check().as_slice()[0].path(), "to");
}

#[test]
fn what_this_version_does_not_know_is_kept_and_sent() {
    let read = json!({
        "messaging_product": "whatsapp", "recipient_type": "individual", "to": PHONE,
        "type": "poll", "poll": {"name": "a"}, "new_member": [1],
    });
    let message: Message = serde_json::from_value(read.clone()).unwrap();
    assert_eq!(message.content().kind(), "poll");
    assert_eq!(message.other().len(), 1);
    assert_eq!(body(message), read);
}

#[test]
fn a_direct_send_says_its_category() {
    let how = DirectSend::utility().with_template("order_left").living(3_600);
    assert_eq!(
        body(Message::text(PHONE, "oi").sent_directly(how)),
        in_envelope(json!({
            "type": "text",
            "text": {"body": "oi"},
            "category": "utility",
            "direct_send_config": {"template_name": "order_left"},
            "ttl_seconds": 3600,
        }))
    );
}

#[test]
fn a_pin_goes_to_a_group() {
    assert_eq!(
        body(Message::pin("Y2Fw", Pin::for_days(WAMID, 7))),
        json!({
            "messaging_product": "whatsapp",
            "recipient_type": "group",
            "to": "Y2Fw",
            "type": "pin",
            "pin": {"type": "pin", "message_id": WAMID, "expiration_days": 7},
        })
    );
}

#[test]
fn buttons_of_templates_are_written_as_on_metas_pages() {
    let order = Order::of([OrderItem::new("1", "x", 100, 1)]);
    let details = OrderDetails::brazil("o-1", order, [PaymentSetting::link("https://a.b")]);
    let amount = json!({"value": 100, "offset": 100});
    let data = object(json!({"k": "v"}));
    for (button, expected) in [
        (
            Button::flow(0, "tok", data),
            json!({"sub_type": "flow", "index": "0", "parameters": [
                {"type": "action", "action": {"flow_token": "tok", "flow_action_data": {"k": "v"}}}
            ]}),
        ),
        (
            Button::voice_call(100, "p"),
            json!({"sub_type": "voice_call", "parameters": [
                {"type": "ttl_minutes", "ttl_minutes": 100}, {"type": "payload", "payload": "p"}
            ]}),
        ),
        (
            Button::order_details(0, details),
            json!({"sub_type": "order_details", "index": "0", "parameters": [
                {"type": "action", "action": {"order_details": {
                    "reference_id": "o-1", "type": "digital-goods", "payment_type": "br",
                    "payment_settings": [
                        {"type": "payment_link", "payment_link": {"uri": "https://a.b"}}
                    ],
                    "currency": "BRL", "total_amount": amount,
                    "order": {"status": "pending", "subtotal": amount, "items": [
                        {"retailer_id": "1", "name": "x", "amount": amount, "quantity": 1}
                    ]},
                }}}
            ]}),
        ),
    ] {
        let template = Template::new("a", "pt_BR").button(button);
        let mut written = body(Message::template(PHONE, template))["template"]["components"].take();
        let mut written = object(written[0].take());
        assert_eq!(written.remove("type").unwrap(), "button");
        assert_eq!(Value::Object(written), expected);
    }
    let status = OrderStatus::new("o-1", OrderState::Shipped);
    let template = Template::new("a", "pt_BR").component(Component::order_status(status));
    assert_eq!(
        body(Message::template(PHONE, template))["template"]["components"],
        json!([{"type": "order_status", "parameters": [{"type": "order_status", "order_status": {
            "reference_id": "o-1", "order": {"status": "shipped"}
        }}]}])
    );
}
