//! What a lint finds in bodies, by JSON: words that are not known, and what sending refuses too.
#![allow(clippy::needless_pass_by_value, reason = "JSON is written where it is passed")]

use serde_json::{Value, json};
use whatsapp_cloud::api::Lint;
use whatsapp_cloud::api::messages::{EncryptedMessage, MarketingMessage, Message, Receipt};

use super::{PHONE, WAMID, lines};

const NOTHING: [&str; 0] = [];

fn message(kind: &str, content: Value) -> Message {
    let mut body = json!({"messaging_product": "whatsapp", "to": PHONE, "type": kind});
    body[kind] = content;
    serde_json::from_value(body).unwrap()
}

fn interactive(kind: &str, action: Value) -> Message {
    message("interactive", json!({"type": kind, "body": {"text": "b"}, "action": action}))
}

fn named(kind: &str, name: &str, parameters: Value) -> Message {
    interactive(kind, json!({"name": name, "parameters": parameters}))
}

fn template(components: Value) -> Message {
    let language = json!({"code": "pt_BR"});
    message("template", json!({"name": "a", "language": language, "components": components}))
}

/// Where a lint finds something, where sending leaves it to Meta.
#[test]
fn a_word_that_is_not_known_is_found_by_a_lint_only() {
    let header = json!({"type": "button", "body": {"text": "b"}, "header": {"type": "audio"},
        "action": {"buttons": [{"type": "reply", "reply": {"id": "1", "title": "a"}}]}});
    let flow = json!({"flow_message_version": "3", "flow_id": "1", "flow_cta": "a", "mode": "x"});
    for (message, path) in [
        (message("poll", json!({"a": 1})), "type"),
        (interactive("poll", json!({})), "interactive.type"),
        (message("interactive", header), "interactive.header.type"),
        (named("flow", "flow", flow), "interactive.action.parameters.mode"),
        (
            interactive("button", json!({"buttons": [{"type": "url"}]})),
            "interactive.action.buttons[0].type",
        ),
        (template(json!([{"type": "bdy"}])), "template.components[0].type"),
        (
            template(json!([{"type": "body", "parameters": [{"type": "txt"}]}])),
            "template.components[0].parameters[0].type",
        ),
        (
            template(json!([{"type": "button", "sub_type": "link", "index": 0}])),
            "template.components[0].sub_type",
        ),
    ] {
        assert_eq!(lines(&message.check()), NOTHING, "{path}");
        let found = message.lint();
        assert_eq!(found.as_slice().len(), 1, "{path}: {found}");
        assert_eq!(found.as_slice()[0].path(), path);
        assert!(found.as_slice()[0].limit().starts_with("one of "), "{found}");
        assert_eq!(found.as_slice()[0].found(), Some("another"));
    }
    assert_eq!(lines(&message("TEXT", Value::Null).lint()).len(), 1);
}

/// As pywa writes what it was not given.
#[test]
fn what_is_null_is_not_there() {
    let action = json!({"flow_token": "t", "flow_action_data": null});
    let flow = json!([{"type": "button", "sub_type": "flow", "index": "0",
        "parameters": [{"type": "action", "action": action}]}]);
    let mut whole = serde_json::to_value(template(flow)).unwrap();
    for name in ["recipient_type", "context", "biz_opaque_callback_data", "ttl"] {
        whole[name] = Value::Null;
    }
    let message: Message = serde_json::from_value(whole.clone()).unwrap();

    assert_eq!(lines(&message.lint()), NOTHING);
    assert_eq!(serde_json::to_value(&message).unwrap(), whole);
}

#[test]
fn a_word_that_is_written_in_several_ways_is_known_in_each() {
    for status in ["partially_shipped", "partially-shipped", "SHIPPED"] {
        let update = json!({"reference_id": "r", "order": {"status": status}});
        let message = named("order_status", "review_order", update);
        assert_eq!(lines(&message.lint()), NOTHING, "{status}");
    }
}

#[test]
fn an_interactive_message_says_its_type() {
    let message = message("interactive", json!({"body": {"text": "b"}, "action": {}}));
    assert_eq!(lines(&message.check()), ["interactive.type: a type, found none"]);
}

#[test]
fn an_address_is_asked_for_in_india_and_singapore() {
    let ask = |country: &str, code: &str| {
        let parameters = json!({"country": country, "values": {"in_pin_code": code}});
        lines(&named("address_message", "address_message", parameters).check())
    };
    let path = "interactive.action.parameters";

    assert_eq!(ask("IN", "400063"), NOTHING);
    assert_eq!(ask("sg", ""), NOTHING);
    assert_eq!(ask("BR", ""), [format!("{path}.country: IN or SG, found another country")]);
    assert_eq!(
        ask("IN", "4000634"),
        [format!("{path}.values.in_pin_code: 0 to 6 characters, found 7")]
    );
}

#[test]
fn a_flow_that_asks_the_endpoint_has_no_payload() {
    let flow = |version: &str, action: &str| {
        let parameters = json!({
            "flow_message_version": version, "flow_id": "1", "flow_cta": "a",
            "flow_action": action, "flow_action_payload": {"screen": "A"},
        });
        lines(&named("flow", "flow", parameters).check())
    };
    let path = "interactive.action.parameters";

    assert_eq!(flow("3", "navigate"), NOTHING);
    assert_eq!(
        flow("3", "data_exchange"),
        [format!("{path}.flow_action_payload: only where flow_action is navigate")]
    );
    assert_eq!(
        flow("2", "navigate"),
        [format!("{path}.flow_message_version: the version 3, found none or another")]
    );
}

#[test]
fn letters_are_no_emoji() {
    let react = |emoji: &str| {
        lines(&message("reaction", json!({"message_id": WAMID, "emoji": emoji})).check())
    };

    for emoji in ["👍", "❤️", "1️⃣", "", r"\uD83D\uDC4D"] {
        assert_eq!(react(emoji), NOTHING, "{emoji}");
    }
    assert_eq!(react("ok"), ["reaction.emoji: an emoji, found letters"]);
}

#[test]
fn what_fills_a_template_is_checked_part_by_part() {
    let text = |length: usize| json!({"type": "text", "text": "é".repeat(length)});
    let part = |kind: &str, parameters: Value| json!({"type": kind, "parameters": parameters});
    let button = |kind: &str, parameters: Value| json!({"type": "button", "sub_type": kind, "index": "0", "parameters": parameters});
    let image = json!({"type": "image", "image": {"id": "1"}});
    let of = |components: Value| lines(&template(components).check());
    let path = "template.components";

    assert_eq!(of(json!([part("header", json!([text(60)]))])), NOTHING);
    assert_eq!(
        of(json!([part("header", json!([text(61)]))])),
        [format!("{path}[0].parameters[0].text: 0 to 60 characters, found 61")]
    );
    assert_eq!(of(json!([part("body", json!([text(32_768)]))])), NOTHING);
    assert_eq!(of(json!([part("body", json!([text(32_769)]))])).len(), 1);
    assert_eq!(
        of(json!([part("body", json!([text(1_025)])), button("url", json!([text(1)]))])),
        [format!("{path}[0].parameters[0].text: 0 to 1024 characters, found 1025")]
    );
    assert_eq!(
        of(json!([part("body", json!([text(0)]))])),
        [format!("{path}[0].parameters[0].text: a text, found none")]
    );
    assert_eq!(
        of(json!([part("body", json!([image]))])),
        [format!("{path}[0].parameters[0].type: no file, place or product in a body or button")]
    );
    assert_eq!(
        of(json!([part("body", json!([text(1)])), part("body", json!([text(1)]))])),
        [format!("{path}[1]: each part once, found one twice")]
    );
    let reply = |index: &str| json!({"type": "button", "sub_type": "quick_reply", "index": index, "parameters": [{"type": "payload", "payload": "x"}]});
    assert_eq!(of(json!([reply("0"), reply("1")])), NOTHING);
    let twice = "each part once, found one twice";
    assert_eq!(of(json!([reply("1"), reply("1")])), [format!("{path}[1]: {twice}")]);
    // Of many, too.
    let mut many = vec![part("strange", json!([])); 30];
    many.extend([reply("0"), reply("1"), reply("0")]);
    let found = of(Value::Array(many));
    let twins: Vec<_> = found.iter().filter(|line| line.ends_with(twice)).collect();
    assert_eq!(twins, [&format!("{path}[32]: {twice}")]);
    for kind in ["url", "quick_reply", "copy_code"] {
        assert_eq!(
            of(json!([button(kind, json!([]))])),
            [format!("{path}[0].parameters: 1 parameter or more, found 0")]
        );
    }
    let language = json!({"name": "a", "language": {"code": "pt BR"}});
    assert_eq!(
        lines(&message("template", language).check()),
        ["template.language.code: a language such as pt_BR"]
    );
}

#[test]
fn an_order_waits_to_be_paid_and_costs_no_more_than_before() {
    let details = |status: &str, now: i64| {
        let amount = |value: i64| json!({"value": value, "offset": 100});
        let parameters = json!({
            "reference_id": "r", "type": "digital-goods", "payment_type": "br", "currency": "BRL",
            "total_amount": amount(now),
            "order": {"status": status, "subtotal": amount(now), "items": [
                {"name": "n", "amount": amount(100), "sale_amount": amount(now), "quantity": 1},
            ]},
        });
        lines(&named("order_details", "review_and_pay", parameters).check())
    };
    let path = "interactive.action.parameters.order";

    assert_eq!(details("pending", 100), NOTHING);
    assert_eq!(details("shipped", 100), [format!("{path}.status: pending")]);
    assert_eq!(
        details("pending", 101),
        [format!("{path}.items[0].sale_amount.value: at most the amount 100, found 101")]
    );

    let update = |length: usize| {
        let order = json!({"status": "shipped", "description": "é".repeat(length)});
        let parameters = json!({"reference_id": "r", "order": order});
        lines(&named("order_status", "review_order", parameters).check())
    };
    assert_eq!(update(120), NOTHING);
    assert_eq!(update(121), [format!("{path}.description: 0 to 120 characters, found 121")]);
}

#[test]
fn other_bodies_are_linted_too() {
    let receipt: Receipt =
        serde_json::from_value(json!({"status": "seen", "message_id": WAMID})).unwrap();
    assert_eq!(
        lines(&receipt.lint()),
        [
            "status: one of read, found another",
            "messaging_product: whatsapp, found none or another",
            "status: read",
        ]
    );
    let encrypted: EncryptedMessage =
        serde_json::from_value(json!({"encrypted_contents": "x"})).unwrap();
    let found = lines(&encrypted.lint());
    assert_eq!(found, ["messaging_product: whatsapp, found none or another"]);
    let marketing: MarketingMessage = serde_json::from_value(json!({
        "messaging_product": "whatsapp", "to": PHONE, "type": "template",
        "template": {"name": "a", "language": {"code": "en"}}, "product_policy": "MAYBE",
    }))
    .unwrap();
    assert_eq!(lines(&marketing.check()), NOTHING);
    assert_eq!(
        lines(&marketing.lint()),
        ["product_policy: one of CLOUD_API_FALLBACK, STRICT, found another"]
    );
}
