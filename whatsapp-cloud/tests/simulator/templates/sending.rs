//! What can be sent, and what of a message does not fit its template.

use serde_json::{Value, json};
use whatsapp_cloud::ErrorKind;
use whatsapp_cloud::api::messages::{Button, Message, Parameter, Template};
use whatsapp_cloud::api::templates::{TemplateCategory, TemplateStatus};
use whatsapp_cloud::simulator::Simulator;

use super::desk::{ANA, call, code, create, of_parts, plain, seed, start};

/// Sends a template with what fills its parts.
async fn send(simulator: &Simulator, name: &str, components: Value) -> (u16, Value) {
    let message = json!({
        "messaging_product": "whatsapp",
        "to": ANA,
        "type": "template",
        "template": {"name": name, "language": {"code": "pt_BR"}, "components": components},
    });
    let line = format!("POST /{}/messages", simulator.phone_number_id().as_str());
    call(simulator, &line, &message).await
}

fn body(values: Value) -> Value {
    json!({"type": "body", "parameters": values})
}

fn header(value: Value) -> Value {
    json!({"type": "header", "parameters": [value]})
}

fn button(kind: &str, index: u8, value: Value) -> Value {
    json!({"type": "button", "sub_type": kind, "index": index, "parameters": [value]})
}

fn text(text: &str) -> Value {
    json!({"type": "text", "text": text})
}

fn image() -> Value {
    json!({"type": "image", "image": {"link": "https://example.com/x.png"}})
}

fn action(action: Value) -> Value {
    json!({"type": "action", "action": action})
}

/// What every template below has beside what is tried.
fn hello() -> Value {
    json!({"type": "BODY", "text": "Oi, Ana."})
}

fn buttons(buttons: Value) -> Value {
    json!([hello(), {"type": "BUTTONS", "buttons": buttons}])
}

fn seed_all(simulator: &Simulator) {
    let card = |url: &str| {
        json!({"components": [
            {"type": "HEADER", "format": "IMAGE", "example": {"header_handle": ["4::a"]}},
            {"type": "BODY", "text": "Um produto {{1}} muito bom.", "example": {"body_text": [["a"]]}},
            {"type": "BUTTONS", "buttons": [
                {"type": "URL", "text": "Ver", "url": format!("https://x.y/{url}/{{{{1}}}}"), "example": ["a"]}
            ]},
        ]})
    };
    let order = json!([
        {"type": "HEADER", "format": "TEXT", "text": "Pedido {{1}}", "example": {"header_text": ["1"]}},
        {
            "type": "BODY",
            "text": "Olá, {{1}}! O seu pedido {{2}} chegou aqui, {{1}}.",
            "example": {"body_text": [["Ana", "17"]]},
        },
        {"type": "FOOTER", "text": "Obrigado"},
    ]);
    let named = json!([{
        "type": "BODY",
        "text": "Olá, {{nome}}! O seu pedido chegou.",
        "example": {"body_text_named_params": [{"param_name": "nome", "example": "Ana"}]},
    }]);
    let media = |format: &str| {
        let example = json!({"header_handle": ["4::a"]});
        json!([{"type": "HEADER", "format": format, "example": example}, hello()])
    };
    let offer = json!([
        hello(),
        {"type": "LIMITED_TIME_OFFER", "limited_time_offer": {"text": "Só hoje", "has_expiration": true}},
        {"type": "BUTTONS", "buttons": [{"type": "COPY_CODE", "example": "25OFF"}]},
    ]);
    for (name, components) in [
        ("plain", json!([hello()])),
        ("order", order),
        ("image", media("IMAGE")),
        ("document", media("DOCUMENT")),
        ("location", json!([{"type": "HEADER", "format": "LOCATION"}, hello()])),
        (
            "product",
            json!([
                {"type": "HEADER", "format": "PRODUCT"}, hello(),
                {"type": "BUTTONS", "buttons": [{"type": "SPM", "text": "Ver"}]}
            ]),
        ),
        (
            "link",
            buttons(json!([
                {"type": "URL", "text": "Ver", "url": "https://x.y/{{1}}", "example": ["a"]},
                {"type": "URL", "text": "Casa", "url": "https://x.y"},
                {"type": "PHONE_NUMBER", "text": "Ligar", "phone_number": "+551199990000"},
            ])),
        ),
        ("reply", buttons(json!([{"type": "QUICK_REPLY", "text": "Sim"}]))),
        ("coupon", buttons(json!([{"type": "COPY_CODE", "example": "25OFF"}]))),
        ("flow", buttons(json!([{"type": "FLOW", "text": "Ir", "flow_id": "1"}]))),
        ("catalog", buttons(json!([{"type": "CATALOG", "text": "Ver"}]))),
        ("products", buttons(json!([{"type": "MPM", "text": "Ver"}]))),
        ("pay", buttons(json!([{"type": "ORDER_DETAILS", "text": "Pagar"}]))),
        ("voice", buttons(json!([{"type": "VOICE_CALL", "text": "Ligar"}]))),
        ("offer", offer),
        ("cards", json!([hello(), {"type": "CAROUSEL", "cards": [card("a"), card("b")]}])),
    ] {
        seed(simulator, of_parts(name, components));
    }
    let mut template = of_parts("named", named);
    template["parameter_format"] = "NAMED".into();
    seed(simulator, template);
    seed(
        simulator,
        json!({
            "name": "login", "language": "pt_BR", "category": "AUTHENTICATION",
            "components": [
                {"type": "BODY"},
                {"type": "BUTTONS", "buttons": [{"type": "OTP", "otp_type": "COPY_CODE"}]},
            ],
        }),
    );
}

/// A card of a carousel, filled in.
fn card(index: u32, components: Value) -> Value {
    json!({"card_index": index, "components": components})
}

fn whole_card(index: u32) -> Value {
    card(index, json!([header(image()), body(json!([text("azul")])), button("url", 0, text("1"))]))
}

fn cards(cards: Value) -> Value {
    json!([{"type": "carousel", "cards": cards}])
}

#[tokio::test]
async fn what_fits_is_sent_outside_the_window_and_read_with_its_values() {
    let simulator = start().await;
    seed_all(&simulator);
    let currency = json!({"type": "currency", "currency": {
        "fallback_value": "R$ 10", "code": "BRL", "amount_1000": 10_000
    }});
    let moment = json!({"type": "date_time", "date_time": {"fallback_value": "hoje"}});
    let place = json!({"type": "location", "location": {"latitude": "1", "longitude": "2"}});
    let offer = json!({"type": "limited_time_offer", "parameters": [
        {"type": "limited_time_offer", "limited_time_offer": {"expiration_time_ms": 1_749_500_000_000_i64}}
    ]});
    let coupon = json!({"type": "coupon_code", "coupon_code": "25OFF"});
    let sections = json!([{"title": "a", "product_items": [{"product_retailer_id": "1"}]}]);
    let several = json!({"thumbnail_product_retailer_id": "1", "sections": sections});
    for (name, components, read) in [
        ("plain", json!([]), "Oi, Ana."),
        (
            "order",
            json!([header(text("17")), body(json!([text("Ana"), currency]))]),
            "Olá, Ana! O seu pedido R$ 10 chegou aqui, Ana.",
        ),
        (
            "order",
            json!([header(text("17")), body(json!([moment, text("{{1}}")]))]),
            "Olá, hoje! O seu pedido {{1}} chegou aqui, hoje.",
        ),
        (
            "named",
            json!([body(json!([{"type": "text", "parameter_name": "nome", "text": "Bia"}]))]),
            "Olá, Bia! O seu pedido chegou.",
        ),
        ("image", json!([header(image())]), "Oi, Ana."),
        ("location", json!([header(place)]), "Oi, Ana."),
        ("link", json!([button("url", 0, text("a"))]), "Oi, Ana."),
        ("reply", json!([]), "Oi, Ana."),
        (
            "reply",
            json!([button("quick_reply", 0, json!({"type": "payload", "payload": "x"}))]),
            "Oi, Ana.",
        ),
        ("coupon", json!([button("copy_code", 0, coupon.clone())]), "Oi, Ana."),
        ("flow", json!([button("flow", 0, action(json!({"flow_token": "x"})))]), "Oi, Ana."),
        ("catalog", json!([]), "Oi, Ana."),
        ("products", json!([button("mpm", 0, action(several))]), "Oi, Ana."),
        ("voice", json!([]), "Oi, Ana."),
        ("offer", json!([offer, button("copy_code", 0, coupon)]), "Oi, Ana."),
        ("cards", cards(json!([whole_card(0), whole_card(1)])), "Oi, Ana."),
        (
            "login",
            json!([body(json!([text("123456")])), button("url", 0, text("123456"))]),
            "Seu código de verificação é *123456*.",
        ),
    ] {
        let (status, answer) = send(&simulator, name, components).await;
        assert_eq!(status, 200, "{name} {answer}");
        assert_eq!(simulator.sent().last().unwrap().text(), Some(read), "{name}");
    }
}

#[tokio::test]
async fn what_does_not_fit_is_refused_with_metas_code() {
    let simulator = start().await;
    seed_all(&simulator);
    let payload = json!({"type": "payload", "payload": "x"});
    let misnamed = json!({"type": "text", "parameter_name": "nom", "text": "Bia"});
    let file = json!({"type": "image", "image": {"id": "1"}});
    let mut wrong = Vec::new();
    for (name, components, code_of) in [
        ("none", json!([]), 132_001),
        ("plain", json!([body(json!([text("Ana")]))]), 132_000),
        ("plain", json!([header(text("17"))]), 132_000),
        ("plain", json!([{"type": "footer", "parameters": [text("a")]}]), 132_000),
        ("plain", json!([button("url", 0, text("a"))]), 132_012),
        ("plain", cards(json!([whole_card(0)])), 132_012),
        ("order", json!([header(text("17"))]), 132_000),
        ("order", json!([body(json!([text("Ana"), text("17")]))]), 132_000),
        ("order", json!([header(text("17")), body(json!([text("Ana")]))]), 132_000),
        ("order", json!([header(text("17")), body(json!([text("Ana"), payload]))]), 132_012),
        (
            "order",
            json!([
                header(text("17")),
                body(json!([
                    {"type": "text", "parameter_name": "a", "text": "a"},
                    {"type": "text", "parameter_name": "b", "text": "b"},
                ])),
            ]),
            132_012,
        ),
        (
            "order",
            json!([header(text(&"1".repeat(60))), body(json!([text("Ana"), text("17")]))]),
            132_005,
        ),
        (
            "order",
            json!([header(text("17")), body(json!([text("Ana"), text(&"1".repeat(1_000))]))]),
            132_005,
        ),
        ("order", json!([header(text("17")), body(json!([text("Ana"), text("1\n2")]))]), 132_018),
        ("named", json!([body(json!([text("Ana")]))]), 100),
        ("named", json!([body(json!([misnamed]))]), 132_012),
        ("named", json!([]), 132_000),
        ("image", json!([]), 132_012),
        ("image", json!([header(text("a"))]), 132_012),
        ("image", json!([header(file)]), 131_009),
        ("document", json!([header(image())]), 132_012),
        ("location", json!([header(image())]), 132_012),
        ("product", json!([]), 132_012),
        ("link", json!([]), 131_008),
        ("link", json!([button("url", 0, text("a")), button("url", 1, text("a"))]), 132_018),
        ("link", json!([button("url", 0, text("a")), button("url", 3, text("a"))]), 132_012),
        ("link", json!([button("quick_reply", 0, payload.clone())]), 132_012),
        ("link", json!([button("url", 0, payload)]), 132_012),
        ("link", json!([button("url", 0, text(&"a".repeat(2_000)))]), 132_005),
        ("reply", json!([button("url", 0, text("a"))]), 132_012),
        ("reply", json!([button("quick_reply", 0, text("a"))]), 132_012),
        ("coupon", json!([]), 131_008),
        ("coupon", json!([button("copy_code", 0, text("25OFF"))]), 132_012),
        ("flow", json!([]), 131_008),
        ("flow", json!([button("flow", 0, text("a"))]), 132_012),
        ("products", json!([]), 131_008),
        ("pay", json!([]), 131_008),
        (
            "offer",
            json!([button("copy_code", 0, json!({"type": "coupon_code", "coupon_code": "a"}))]),
            131_008,
        ),
        ("cards", json!([]), 132_012),
        ("cards", cards(json!([whole_card(0)])), 132_012),
        ("cards", cards(json!([whole_card(0), whole_card(2)])), 132_012),
        (
            "cards",
            cards(json!([
                whole_card(0),
                card(1, json!([header(image()), body(json!([text("a")]))]))
            ])),
            131_008,
        ),
        ("login", json!([body(json!([text("123456")]))]), 131_008),
        ("login", json!([button("url", 0, text("123456"))]), 132_000),
    ] {
        let (status, answer) = send(&simulator, name, components.clone()).await;
        let expected = (if code_of == 132_001 { 404 } else { 400 }, code_of);
        let found = (status, code(&answer).0);
        if found != expected {
            wrong.push(format!("{name} {components}: {found:?} for {expected:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(simulator.sent().is_empty());
}

#[tokio::test]
async fn only_an_approved_template_of_the_senders_account_and_language_is_sent() {
    let simulator = start().await;
    let client = simulator.client().unwrap();
    let number = client.phone_number(simulator.phone_number_id().clone());
    let id = seed(&simulator, plain("order", "Chegou."));
    let message = |language: &str| Message::template(ANA, Template::new("order", language));

    for (status, refused) in [
        (TemplateStatus::Approved, None),
        (TemplateStatus::Pending, Some(132_001)),
        (TemplateStatus::Rejected, Some(132_001)),
        (TemplateStatus::InAppeal, Some(132_001)),
        (TemplateStatus::Paused, Some(132_015)),
        (TemplateStatus::Disabled, Some(132_016)),
        (TemplateStatus::Flagged, None),
        (TemplateStatus::Reinstated, None),
    ] {
        simulator.set_template_status(&id, status.clone()).unwrap();
        let sent = number.send(message("pt_BR")).await;
        assert_eq!(sent.err().and_then(|error| error.code()), refused, "{status}");
    }
    let other = number.send(message("pt_PT")).await.unwrap_err();
    assert_eq!(other.code(), Some(132_001));
    simulator.add_number("7", "8", "15550000000");
    let other = client.phone_number("8").send(message("pt_BR")).await.unwrap_err();
    assert_eq!(other.code(), Some(132_001));
    simulator.set_template_status(&id, TemplateStatus::Deleted).unwrap();
    assert_eq!(number.send(message("pt_BR")).await.unwrap_err().code(), Some(132_001));
}

#[tokio::test]
async fn a_template_costs_what_its_category_does_and_marketing_can_be_stopped() {
    let simulator = start().await;
    let client = simulator.client().unwrap();
    let number = client.phone_number(simulator.phone_number_id().clone());
    let id = seed(&simulator, plain("order", "Chegou."));
    let ana = simulator.customer(ANA).wants_marketing(false);
    let message = || Message::template(ANA, Template::new("order", "pt_BR"));

    number.send(message()).await.unwrap();
    simulator.set_template_category(&id, TemplateCategory::Marketing).unwrap();
    number.send(message()).await.unwrap();
    assert_eq!((simulator.sent().len(), ana.inbox().len()), (2, 1));
    let _ = ana.wants_marketing(true);
    number.send(message()).await.unwrap();
    assert_eq!(simulator.customer(ANA).inbox().len(), 2);
}

#[tokio::test]
async fn a_code_goes_to_a_phone_number_only() {
    let simulator = start().await;
    seed_all(&simulator);
    let user = simulator.customer(ANA).user_id();
    let components = json!([body(json!([text("123456")])), button("url", 0, text("123456"))]);
    let message = |name: &str, components: &Value| {
        json!({
            "messaging_product": "whatsapp",
            "recipient": user.as_str(),
            "type": "template",
            "template": {"name": name, "language": {"code": "pt_BR"}, "components": components},
        })
    };
    let line = format!("POST /{}/messages", simulator.phone_number_id().as_str());
    let (_, answer) = call(&simulator, &line, &message("login", &components)).await;
    assert_eq!(code(&answer).0, 131_062);
    let (status, _) = call(&simulator, &line, &message("plain", &json!([]))).await;
    assert_eq!(status, 200);
}

#[tokio::test]
async fn what_was_created_is_sent_by_our_client() {
    let simulator = start().await;
    let client = simulator.client().unwrap();
    let number = client.phone_number(simulator.phone_number_id().clone());
    let (status, answer) = create(
        &simulator,
        &of_parts(
            "sale",
            json!([
                {
                    "type": "header", "format": "text", "text": "Oferta para {{1}}",
                    "example": {"header_text": ["Ana"]},
                },
                {
                    "type": "body", "text": "Use o código {{1}} até o fim de {{2}} e ganhe muito.",
                    "example": {"body_text": [["25OFF", "junho"]]},
                },
                {"type": "buttons", "buttons": [
                    {"type": "url", "text": "Ver", "url": "https://x.y/{{1}}", "example": ["a"]},
                    {"type": "quick_reply", "text": "Sair"},
                ]},
            ]),
        ),
    )
    .await;
    assert_eq!(status, 200, "{answer}");
    let template = Template::new("sale", "pt_BR")
        .header(Parameter::text("Bia"))
        .body(["25OFF", "maio"])
        .button(Button::url(0, "x"))
        .button(Button::quick_reply(1, "stop"));
    number.send(Message::template(ANA, template)).await.unwrap();
    assert_eq!(
        simulator.customer(ANA).inbox()[0].text(),
        Some("Use o código 25OFF até o fim de maio e ganhe muito.")
    );
    let short = Template::new("sale", "pt_BR").header(Parameter::text("Bia")).body(["25OFF"]);
    let refused = number.send(Message::template(ANA, short)).await.unwrap_err();
    assert_eq!((refused.code(), refused.kind()), (Some(132_000), ErrorKind::Template));
}
