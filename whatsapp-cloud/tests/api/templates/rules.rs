//! What Meta refuses in a template, each rule at its border.

use serde_json::{Value, json};
use whatsapp_cloud::api::templates::Template;

/// What is said about a template with that body.
fn found(template: Value) -> Vec<String> {
    let template: Template = serde_json::from_value(template).unwrap();
    template.check().as_slice().iter().map(ToString::to_string).collect()
}

fn of(category: &str, components: Value) -> Value {
    json!({"name": "a", "language": "en", "category": category, "components": components})
}

fn utility(components: Value) -> Vec<String> {
    found(of("UTILITY", components))
}

/// What is said about a text, with as many examples as it says.
fn body(text: &str, examples: usize) -> Vec<String> {
    let rows = [vec!["x"; examples]];
    utility(json!([{"type": "BODY", "text": text, "example": {"body_text": rows}}]))
}

fn named(text: &str, names: &[&str]) -> Vec<String> {
    let shown: Vec<_> =
        names.iter().map(|name| json!({"param_name": name, "example": "x"})).collect();
    let part = json!({"type": "BODY", "text": text, "example": {"body_text_named_params": shown}});
    let mut template = of("UTILITY", json!([part]));
    template["parameter_format"] = "NAMED".into();
    found(template)
}

/// What is said about buttons below a text.
fn buttons(buttons: Value) -> Vec<String> {
    utility(json!([{"type": "BODY", "text": "b"}, {"type": "BUTTONS", "buttons": buttons}]))
        .into_iter()
        .map(|one| one.trim_start_matches("components[1].").to_owned())
        .collect()
}

fn button(button: Value) -> Vec<String> {
    buttons(json!([button]))
}

fn otp(otp: Value) -> Vec<String> {
    let parts = json!([{"type": "BODY"}, {"type": "BUTTONS", "buttons": [otp]}]);
    found(of("AUTHENTICATION", parts))
        .into_iter()
        .map(|one| one.trim_start_matches("components[1].buttons[0].").to_owned())
        .collect()
}

const NOTHING: [&str; 0] = [];

#[test]
fn a_name_has_512_letters_in_lower_case() {
    let of = |name: &str| {
        found(json!({
            "name": name, "language": "en", "category": "UTILITY",
            "components": [{"type": "BODY", "text": "b"}],
        }))
    };

    assert_eq!(of(&"a_1".repeat(170)), NOTHING);
    assert_eq!(of(&"a".repeat(512)), NOTHING);
    assert_eq!(of(&"a".repeat(513)), ["name: 1 to 512 characters, found 513"]);
    assert_eq!(of(""), ["name: 1 to 512 characters, found 0"]);
    for name in ["Order", "order shipped", "order-shipped", "pedido_é"] {
        assert_eq!(of(name), ["name: lower-case letters, digits and underscores"], "{name}");
    }
}

#[test]
fn a_language_a_category_and_a_body_are_needed() {
    assert_eq!(
        found(json!({"name": "a"})),
        [
            "language: a language such as pt_BR",
            "category: a category, found none",
            "components: a body, found none",
        ]
    );
    let two = utility(json!([{"type": "BODY", "text": "b"}, {"type": "body", "text": "b"}]));
    assert_eq!(two, ["components[1]: one part of each type, found another"]);
    let odd = utility(json!([{"type": "BODY", "text": "b"}, {"type": "NEW"}, {"text": "b"}, 7]));
    assert_eq!(odd[0], "components: a value of another type");
    let odd = utility(json!([{"type": "BODY", "text": "b"}, {"type": "NEW"}, {"text": "b"}]));
    assert_eq!(odd, ["components[2].type: a type, found none"]);
}

#[test]
fn a_body_has_1024_characters() {
    assert_eq!(body(&"é".repeat(1_024), 0), NOTHING);
    let long = "components[0].text: 1 to 1024 characters, found 1025";
    assert_eq!(body(&"é".repeat(1_025), 0), [long]);
    assert_eq!(
        utility(json!([{"type": "BODY"}])),
        ["components[0].text: 1 to 1024 characters, found 0"]
    );
}

#[test]
fn numbered_variables_have_no_gaps_and_stand_within() {
    assert_eq!(body("a {{1}} {{2}} b", 2), NOTHING);
    assert_eq!(body("a {{2}} {{1}} {{1}} b", 2), NOTHING);
    for text in ["a {{2}} b", "a {{0}} b", "a {{1}} {{3}} b"] {
        let count = text.matches("{{").count();
        let gaps = "components[0].text: variables numbered from 1 without gaps";
        assert_eq!(body(text, count), [gaps], "{text}");
    }
    let edge = "components[0].text: a variable stands neither at the start nor at the end";
    for text in ["{{1}} b", "a {{1}}", " {{1}} b", "a {{1}}\n"] {
        assert_eq!(body(text, 1), [edge], "{text}");
    }
    assert_eq!(body("*{{1}}*", 1), NOTHING);
    assert_eq!(body("a {{1} b", 0), ["components[0].text: braces that open and do not close"]);
    assert_eq!(
        body("a {{name}} b", 1),
        ["components[0].text: numbered variables, unless `parameter_format` is NAMED"]
    );
}

#[test]
fn each_variable_has_an_example() {
    for (count, is_taken) in [(0, false), (1, false), (2, true), (3, false)] {
        let said = body("a {{1}} {{2}} b", count);
        assert_eq!(said.is_empty(), is_taken, "{said:?}");
    }
    assert_eq!(
        body("a {{1}} b", 0),
        ["components[0].example.body_text: 1 examples, one for each variable, found 0"]
    );
    assert_eq!(named("a {{x}} {{y}} b", &["y", "x"]), NOTHING);
    assert_eq!(
        named("a {{x}} {{y}} b", &["x", "z"]),
        ["components[0].example.body_text_named_params: an example for each variable"]
    );
}

#[test]
fn named_variables_are_in_lower_case_and_stand_once() {
    assert_eq!(named("a {{first_name2}} b", &["first_name2"]), NOTHING);
    let case = "components[0].text: variables named in lower-case letters, digits and underscores";
    for name in ["First", "first name", "a-b"] {
        assert_eq!(named(&format!("a {{{{{name}}}}} b"), &[name]), [case], "{name}");
    }
    assert_eq!(named("a {{x}} {{x}} b", &["x"]), ["components[0].text: each named variable once"]);
}

#[test]
fn a_header_of_text_has_60_characters_and_one_variable() {
    let header = |text: &str, examples: usize| {
        utility(json!([
            {"type": "HEADER", "format": "TEXT", "text": text,
             "example": {"header_text": vec!["x"; examples]}},
            {"type": "BODY", "text": "b"},
        ]))
    };

    assert_eq!(header(&"h".repeat(60), 0), NOTHING);
    assert_eq!(header(&"h".repeat(61), 0), ["components[0].text: 1 to 60 characters, found 61"]);
    assert_eq!(header("{{1}}", 1), NOTHING);
    assert_eq!(header("{{1}} {{2}}", 2), ["components[0].text: one variable at most, found 2"]);
    assert_eq!(
        header("{{1}}", 0),
        ["components[0].example.header_text: 1 examples, one for each variable, found 0"]
    );
}

#[test]
fn a_header_of_media_has_an_example() {
    let header = |header: Value| utility(json!([header, {"type": "BODY", "text": "b"}]));

    for format in ["IMAGE", "VIDEO", "DOCUMENT", "GIF"] {
        assert_eq!(
            header(json!({"type": "HEADER", "format": format})),
            ["components[0].example.header_handle: the handle of an example, found none"]
        );
        let example = json!({"header_handle": ["4::aW"]});
        let with = json!({"type": "HEADER", "format": format, "example": example});
        assert_eq!(header(with), NOTHING);
    }
    for format in ["LOCATION", "PRODUCT", "NEW"] {
        assert_eq!(header(json!({"type": "HEADER", "format": format})), NOTHING);
    }
    assert_eq!(header(json!({"type": "HEADER"})), ["components[0].format: a format, found none"]);
}

#[test]
fn a_footer_has_60_characters_and_no_variable() {
    let footer = |footer: Value| utility(json!([{"type": "BODY", "text": "b"}, footer]));

    assert_eq!(footer(json!({"type": "FOOTER", "text": "f".repeat(60)})), NOTHING);
    assert_eq!(
        footer(json!({"type": "FOOTER", "text": "f".repeat(61)})),
        ["components[1].text: 1 to 60 characters, found 61"]
    );
    assert_eq!(
        footer(json!({"type": "FOOTER", "text": "f {{1}} f"})),
        ["components[1].text: no variables in a footer"]
    );
    assert_eq!(
        footer(json!({"type": "FOOTER", "text": "f", "code_expiration_minutes": 5})),
        ["components[1].code_expiration_minutes: for authentication templates only"]
    );
}

#[test]
fn there_are_ten_buttons_at_most_and_fewer_of_some_kinds() {
    let reply = json!({"type": "QUICK_REPLY", "text": "q"});
    let url = json!({"type": "URL", "text": "u", "url": "https://x"});
    let phone = json!({"type": "PHONE_NUMBER", "text": "p", "phone_number": "1"});
    let code = json!({"type": "COPY_CODE", "example": "c"});
    let call = json!({"type": "VOICE_CALL", "text": "v"});

    assert_eq!(buttons(json!(vec![&reply; 10])), NOTHING);
    assert_eq!(buttons(json!(vec![&reply; 11])), ["buttons: 1 to 10 buttons, found 11"]);
    assert_eq!(buttons(json!([&url, &url, &phone, &code, &call])), NOTHING);
    assert_eq!(buttons(json!([url, url, url])), ["buttons: 2 URL at most, found 3"]);
    assert_eq!(buttons(json!([phone, phone])), ["buttons: 1 PHONE_NUMBER at most, found 2"]);
    assert_eq!(buttons(json!([code, code])), ["buttons: 1 COPY_CODE at most, found 2"]);
    assert_eq!(buttons(json!([call, call])), ["buttons: 1 VOICE_CALL at most, found 2"]);
}

#[test]
fn quick_replies_stand_together() {
    let of = |kinds: &str| {
        let list: Vec<_> = kinds
            .chars()
            .map(|kind| match kind {
                'q' => json!({"type": "QUICK_REPLY", "text": "q"}),
                'u' => json!({"type": "URL", "text": "u", "url": "https://x"}),
                _ => json!({"type": "PHONE_NUMBER", "text": "p", "phone_number": "1"}),
            })
            .collect();
        buttons(json!(list)).is_empty()
    };

    for kinds in ["qq", "qqup", "upqq", "uup"] {
        assert!(of(kinds), "{kinds}");
    }
    for kinds in ["quq", "uqu", "qupq"] {
        assert!(!of(kinds), "{kinds}");
    }
}

#[test]
fn labels_have_25_characters() {
    for (kind, most) in [
        ("QUICK_REPLY", 25),
        ("URL", 25),
        ("PHONE_NUMBER", 25),
        ("FLOW", 25),
        ("CATALOG", 25),
        ("MPM", 25),
        ("SPM", 25),
        ("ORDER_DETAILS", 25),
        ("APP", 25),
        ("VOICE_CALL", 20),
    ] {
        let labelled = |length: usize| {
            button(json!({
                "type": kind, "text": "l".repeat(length), "url": "https://x",
                "phone_number": "1", "flow_id": "1",
            }))
        };
        assert_eq!(labelled(most), NOTHING, "{kind}");
        let rule = format!("buttons[0].text: 1 to {most} characters, found {}", most + 1);
        assert_eq!(labelled(most + 1), [rule], "{kind}");
        assert_eq!(labelled(0).len(), 1, "{kind}");
    }
}

#[test]
fn an_address_has_2000_characters_and_a_variable_at_its_end() {
    let url = |url: &str, example: Value| {
        let mut button_json = json!({"type": "URL", "text": "u", "url": url});
        if !example.is_null() {
            button_json["example"] = example;
        }
        button(button_json)
    };

    assert_eq!(url(&"u".repeat(2_000), Value::Null), NOTHING);
    assert_eq!(
        url(&"u".repeat(2_001), Value::Null),
        ["buttons[0].url: 1 to 2000 characters, found 2001"]
    );
    assert_eq!(url("https://x/{{1}}", json!(["y"])), NOTHING);
    assert_eq!(url("https://x/{{1}}", json!("https://x/y")), NOTHING);
    assert_eq!(
        url("https://x/{{1}}", Value::Null),
        ["buttons[0].example: an example for the variable, found none"]
    );
    assert_eq!(
        url("https://x/{{1}}/y", json!(["y"])),
        ["buttons[0].url: a variable stands at the end"]
    );
    assert_eq!(
        url("https://{{1}}/{{2}}", json!(["y"])),
        ["buttons[0].url: one variable at most, found 2"]
    );
    assert_eq!(
        url("https://x/{{1", Value::Null),
        ["buttons[0].url: braces that open and do not close"]
    );
}

#[test]
fn numbers_codes_and_flows_are_as_metas_page_wants_them() {
    let phone = |length: usize| {
        button(json!({"type": "PHONE_NUMBER", "text": "p", "phone_number": "1".repeat(length)}))
    };
    assert_eq!(phone(20), NOTHING);
    assert_eq!(phone(21), ["buttons[0].phone_number: 1 to 20 characters, found 21"]);

    let code = |length: usize| button(json!({"type": "COPY_CODE", "example": "c".repeat(length)}));
    assert_eq!(code(20), NOTHING);
    assert_eq!(code(21), ["buttons[0].example: 1 to 20 characters, found 21"]);
    assert_eq!(code(0), ["buttons[0].example: 1 to 20 characters, found 0"]);

    let call = |minutes: u32| {
        button(json!({"type": "VOICE_CALL", "text": "v", "ttl_minutes": minutes})).is_empty()
    };
    assert_eq!([1_439, 1_440, 43_200, 43_201].map(call), [false, true, true, false]);

    for way in ["flow_id", "flow_name", "flow_json"] {
        assert_eq!(button(json!({"type": "FLOW", "text": "f", way: "1"})), NOTHING);
    }
    let both = json!({"type": "FLOW", "text": "f", "flow_id": "1", "flow_name": "x"});
    let rule = "buttons[0]: a flow by id, by name or as JSON, found";
    assert_eq!(button(both), [format!("{rule} 2 of them")]);
    assert_eq!(button(json!({"type": "FLOW", "text": "f"})), [format!("{rule} 0 of them")]);

    assert_eq!(button(json!({"type": "REQUEST_CONTACT_INFO"})), NOTHING);
    let contact = |text: &str| button(json!({"type": "REQUEST_CONTACT_INFO", "text": text}));
    assert_eq!(contact("Share Contact Info"), NOTHING);
    assert_eq!(contact("Number?"), ["buttons[0].text: nothing, or `Share Contact Info`"]);
    assert_eq!(button(json!({"type": "NEW", "text": 5})), NOTHING);
    assert_eq!(button(json!({"text": "x"})), ["buttons[0].type: a type, found none"]);
}

fn cards(cards: Value) -> Vec<String> {
    found(of(
        "MARKETING",
        json!([
            {"type": "BODY", "text": "b"}, {"type": "CAROUSEL", "cards": cards},
        ]),
    ))
    .into_iter()
    .map(|one| one.trim_start_matches("components[1].").to_owned())
    .collect()
}

fn card(format: &str, text: &str, buttons: usize) -> Value {
    let reply = json!({"type": "QUICK_REPLY", "text": "q"});
    json!({"components": [
        {"type": "HEADER", "format": format, "example": {"header_handle": ["4::aW"]}},
        {"type": "BODY", "text": text},
        {"type": "BUTTONS", "buttons": vec![reply; buttons]},
    ]})
}

#[test]
fn there_are_two_to_ten_cards_all_alike() {
    let one = card("IMAGE", "c", 1);
    for (count, is_taken) in [(1, false), (2, true), (10, true), (11, false)] {
        let said = cards(json!(vec![&one; count]));
        assert_eq!(said.is_empty(), is_taken, "{said:?}");
    }
    assert_eq!(cards(json!([&one])), ["cards: 2 to 10 cards, found 1"]);
    let differs = "cards[1]: the same parts as the first card";
    assert_eq!(cards(json!([&one, card("VIDEO", "c", 1)])), [differs]);
    assert_eq!(cards(json!([&one, card("IMAGE", "c", 2)])), [differs]);
    assert_eq!(cards(json!([card("IMAGE", "c", 2), card("IMAGE", "c", 2)])), NOTHING);
    assert_eq!(
        cards(json!([card("IMAGE", "c", 3), card("IMAGE", "c", 3)])),
        [
            "cards[0].components[2].buttons: 1 to 2 buttons, found 3",
            "cards[1].components[2].buttons: 1 to 2 buttons, found 3",
        ]
    );
    let long = card("IMAGE", &"c".repeat(160), 1);
    assert_eq!(cards(json!([long, long])), NOTHING);
    assert_eq!(
        cards(json!([one, card("IMAGE", &"c".repeat(161), 1)])),
        ["cards[1].components[1].text: 1 to 160 characters, found 161"]
    );
    let text = card("DOCUMENT", "c", 1);
    assert_eq!(cards(json!([text, text])).len(), 2);
    let footer = json!({"components": [
        {"type": "HEADER", "format": "PRODUCT"}, {"type": "FOOTER", "text": "f"},
    ]});
    assert_eq!(
        cards(json!([footer, footer])),
        [
            "cards[0].components[1]: no footer in a card or beside a limited-time offer",
            "cards[1].components[1]: no footer in a card or beside a limited-time offer",
        ]
    );
    let bare = json!({"components": [{"type": "BODY", "text": "c"}]});
    assert_eq!(cards(json!([bare, bare]))[0], "cards[0].components: a header, found none");
    let nested = json!({"components": [
        {"type": "HEADER", "format": "PRODUCT"}, {"type": "CAROUSEL", "cards": []},
    ]});
    assert_eq!(cards(json!([nested, nested]))[0], "cards[0].components[1]: not within a card");
}

#[test]
fn a_carousel_and_an_offer_are_for_marketing() {
    let one = card("IMAGE", "c", 1);
    let parts = json!([{"type": "BODY", "text": "b"}, {"type": "CAROUSEL", "cards": [one, one]}]);
    assert_eq!(utility(parts), ["components[1]: for marketing templates only"]);
}

fn offer(text: &str, body: usize, more: Value) -> Vec<String> {
    let mut parts = json!([
        {"type": "LIMITED_TIME_OFFER", "limited_time_offer": {"text": text}},
        {"type": "BODY", "text": "b".repeat(body)},
    ]);
    parts.as_array_mut().unwrap().push(more);
    found(of("MARKETING", parts))
}

#[test]
fn an_offer_has_shorter_texts_no_footer_and_a_picture_or_film() {
    let code = |length: usize| {
        json!({"type": "BUTTONS", "buttons": [
            {"type": "COPY_CODE", "example": "c".repeat(length)},
        ]})
    };

    assert_eq!(offer(&"o".repeat(16), 600, code(15)), NOTHING);
    assert_eq!(
        offer(&"o".repeat(17), 601, code(16)),
        [
            "components[0].limited_time_offer.text: 1 to 16 characters, found 17",
            "components[1].text: 1 to 600 characters, found 601",
            "components[2].buttons[0].example: 1 to 15 characters, found 16",
        ]
    );
    assert_eq!(
        offer("o", 1, json!({"type": "FOOTER", "text": "f"})),
        ["components[2]: no footer in a card or beside a limited-time offer"]
    );
    let header = |format: &str| json!({"type": "HEADER", "format": format, "example": {"header_handle": ["4::aW"]}});
    assert_eq!(offer("o", 1, header("VIDEO")), NOTHING);
    assert_eq!(
        offer("o", 1, header("DOCUMENT")),
        ["components[2].format: IMAGE or VIDEO beside a limited-time offer"]
    );
    let none = json!([{"type": "LIMITED_TIME_OFFER"}, {"type": "BODY", "text": "b"}]);
    assert_eq!(
        found(of("MARKETING", none)),
        ["components[0].limited_time_offer: an offer, found none"]
    );
}

#[test]
fn a_product_has_a_text_of_160() {
    let of = |length: usize| {
        utility(json!([
            {"type": "HEADER", "format": "PRODUCT"}, {"type": "BODY", "text": "b".repeat(length)},
        ]))
    };
    assert_eq!(of(160), NOTHING);
    assert_eq!(of(161), ["components[1].text: 1 to 160 characters, found 161"]);
}

#[test]
fn an_authentication_template_has_metas_texts_and_one_otp_button() {
    let button = json!({"type": "OTP", "otp_type": "COPY_CODE"});
    let buttons = json!({"type": "BUTTONS", "buttons": [button]});
    let of = |parts: Value| found(of("AUTHENTICATION", parts));

    assert_eq!(
        of(json!([{"type": "BODY", "add_security_recommendation": true}, buttons])),
        NOTHING
    );
    assert_eq!(
        of(json!([{"type": "BODY"}])),
        ["components: an authentication template has an OTP button, found none"]
    );
    assert_eq!(
        of(json!([
            {"type": "HEADER", "format": "LOCATION"},
            {"type": "BODY", "text": "b"},
            {"type": "FOOTER", "text": "f"},
            {"type": "BUTTONS", "buttons": [button, {"type": "QUICK_REPLY", "text": "q"}]},
        ])),
        [
            "components[0]: an authentication template has a body, a footer and a button only",
            "components[1].text: none: the text of an authentication template is Meta's",
            "components[2].text: none: the footer of an authentication template is Meta's",
            "components[3].buttons: an authentication template has one button, found 2",
            "components[3].buttons[1]: an authentication template has an OTP button only",
        ]
    );
    for (minutes, is_taken) in [(0, false), (1, true), (90, true), (91, false)] {
        let footer = json!({"type": "FOOTER", "code_expiration_minutes": minutes});
        assert_eq!(of(json!([{"type": "BODY"}, footer, buttons])).is_empty(), is_taken);
    }
    assert_eq!(
        utility(json!([
            {"type": "BODY", "text": "b", "add_security_recommendation": true}, buttons,
        ])),
        [
            "components[0].add_security_recommendation: for authentication templates only",
            "components[1].buttons[0]: for authentication templates only",
        ]
    );
}

#[test]
fn an_otp_button_names_its_apps() {
    let app = json!({"package_name": "com.example", "signature_hash": "K8a/AINcGX7"});
    let one_tap = |apps: usize| {
        otp(json!({"type": "OTP", "otp_type": "ONE_TAP", "supported_apps": vec![&app; apps]}))
    };

    assert_eq!(one_tap(1), NOTHING);
    assert_eq!(one_tap(5), NOTHING);
    assert_eq!(one_tap(6), ["supported_apps: 1 to 5 apps, found 6"]);
    assert_eq!(one_tap(0), ["supported_apps: 1 to 5 apps, found 0"]);
    assert_eq!(otp(json!({"type": "OTP", "otp_type": "COPY_CODE"})), NOTHING);
    assert_eq!(otp(json!({"type": "OTP"})), ["otp_type: a type, found none"]);
    let label = |member: &str, length: usize| {
        otp(json!({"type": "OTP", "otp_type": "COPY_CODE", member: "l".repeat(length)}))
    };
    for member in ["text", "autofill_text"] {
        assert_eq!(label(member, 25), NOTHING);
        assert_eq!(label(member, 26), [format!("{member}: 1 to 25 characters, found 26")]);
    }
    let zero = |terms: Value| {
        otp(json!({
            "type": "OTP", "otp_type": "ZERO_TAP", "zero_tap_terms_accepted": terms,
            "supported_apps": [app],
        }))
    };
    assert_eq!(zero(json!(true)), NOTHING);
    assert_eq!(zero(json!(false)), ["zero_tap_terms_accepted: true"]);
    let old = |hash: &str| {
        otp(json!({
            "type": "OTP", "otp_type": "ONE_TAP", "package_name": "com.example",
            "signature_hash": hash,
        }))
    };
    assert_eq!(old("K8a/AINcGX7"), NOTHING);
    for hash in ["K8a/AINcGX", "K8a/AINcGX77", "K8a-AINcGX7", ""] {
        assert_eq!(old(hash), ["signature_hash: 11 letters, digits, +, / or ="], "{hash}");
    }
    let package = |name: &str| {
        otp(json!({
            "type": "OTP", "otp_type": "ONE_TAP",
            "supported_apps": [{"package_name": name, "signature_hash": "K8a/AINcGX7"}],
        }))
    };
    assert_eq!(package(&format!("a.{}", "b".repeat(222))), NOTHING);
    assert_eq!(
        package(&format!("a.{}", "b".repeat(223))),
        ["supported_apps[0].package_name: 1 to 224 characters, found 225"]
    );
    for name in ["example", "com.1a", "com..a", "com.a-b"] {
        assert_eq!(
            package(name),
            ["supported_apps[0].package_name: \
                 two segments or more of letters, digits and underscores"],
            "{name}"
        );
    }
}

#[test]
fn a_time_to_live_is_within_the_range_of_its_category() {
    for (category, seconds, is_taken) in [
        ("AUTHENTICATION", 29, false),
        ("AUTHENTICATION", 30, true),
        ("AUTHENTICATION", 900, true),
        ("AUTHENTICATION", 901, false),
        ("AUTHENTICATION", -1, true),
        ("utility", 29, false),
        ("utility", 30, true),
        ("utility", 43_200, true),
        ("utility", 43_201, false),
        ("utility", -1, true),
        ("MARKETING", 43_199, false),
        ("MARKETING", 43_200, true),
        ("MARKETING", 2_592_000, true),
        ("MARKETING", 2_592_001, false),
        ("MARKETING", -1, false),
    ] {
        let mut template = of(category, json!([{"type": "BODY", "text": "b"}]));
        template["message_send_ttl_seconds"] = seconds.into();
        let said = found(template);
        let is_said = said.iter().any(|one| one.starts_with("message_send_ttl_seconds: "));
        assert_eq!(!is_said, is_taken, "{category} {seconds}: {said:?}");
    }
}

#[test]
fn nothing_of_a_template_is_shown() {
    let template: Template = serde_json::from_value(of("UTILITY", json!([
        {"type": "HEADER", "format": "TEXT", "text": "canary {{1}}"},
        {"type": "BODY", "text": "{{1}} canary {{canary"},
        {"type": "BUTTONS", "buttons": [{"type": "URL", "text": "canary", "url": "{{1}}canary"}]},
    ])))
    .unwrap();

    let shown = format!("{template:?} {:?} {}", template.components, template.check());
    assert!(!shown.contains("canary"), "{shown}");
    assert!(shown.contains("Header") && shown.contains("braces"), "{shown}");
}
