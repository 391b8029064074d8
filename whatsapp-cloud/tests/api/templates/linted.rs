//! What a lint finds in templates: words that are not known, and mixes that Meta refuses.

use serde_json::{Value, json};
use whatsapp_cloud::api::templates::{Template, TemplateEdit};
use whatsapp_cloud::api::{Lint, Violations};

const NOTHING: [&str; 0] = [];

fn of(components: Value) -> Template {
    let template =
        json!({"name": "a", "language": "en", "category": "MARKETING", "components": components});
    serde_json::from_value(template).unwrap()
}

fn lines(found: &Violations) -> Vec<String> {
    found.as_slice().iter().map(ToString::to_string).collect()
}

/// What is said of buttons below a text.
fn buttons(buttons: Value) -> Vec<String> {
    lines(
        &of(json!([{"type": "BODY", "text": "b"}, {"type": "BUTTONS", "buttons": buttons}]))
            .check(),
    )
}

fn card() -> Value {
    let example = json!({"header_handle": ["4::x"]});
    json!({"components": [
        {"type": "HEADER", "format": "IMAGE", "example": example},
        {"type": "BUTTONS", "buttons": [{"type": "QUICK_REPLY", "text": "a"}]},
    ]})
}

#[test]
fn a_word_that_is_not_known_is_found_by_a_lint_only() {
    let body = json!({"type": "BODY", "text": "b"});
    for (template, path) in [
        (of(json!([body, {"type": "BANNER"}])), "components[1].type"),
        (of(json!([{"type": "HEADER", "format": "AUDIO"}, body])), "components[0].format"),
        (
            of(json!([body, {"type": "BUTTONS", "buttons": [{"type": "JUMP"}]}])),
            "components[1].buttons[0].type",
        ),
    ] {
        assert_eq!(lines(&template.check()), NOTHING, "{path}");
        let found = template.lint();
        assert_eq!(found.as_slice().len(), 1, "{found}");
        assert_eq!(found.as_slice()[0].path(), path);
    }
    for (category, count) in [("utility", 0), ("TRANSACTIONAL", 0), ("NEWS", 1)] {
        let edit: TemplateEdit = serde_json::from_value(json!({"category": category})).unwrap();
        assert_eq!(edit.lint().as_slice().len(), count, "{category}");
    }
}

#[test]
fn beside_a_carousel_stands_a_body_only() {
    let body = json!({"type": "BODY", "text": "b"});
    let carousel = json!({"type": "CAROUSEL", "cards": [card(), card()]});
    assert_eq!(lines(&of(json!([body, carousel])).check()), NOTHING);

    let footer = json!({"type": "FOOTER", "text": "f"});
    assert_eq!(
        lines(&of(json!([body, carousel, footer])).check()),
        ["components[2]: a body beside a carousel, found another part"]
    );
}

#[test]
fn some_buttons_are_there_once() {
    for kind in ["CATALOG", "MPM", "SPM", "ORDER_DETAILS"] {
        let button = json!({"type": kind, "text": "a"});
        assert_eq!(buttons(json!([button])), NOTHING);
        let rule = format!("components[1].buttons: 1 {kind} at most, found 2");
        assert_eq!(buttons(json!([button, button])), [rule]);
    }
}

#[test]
fn a_link_leads_somewhere() {
    let url = |url: &str| buttons(json!([{"type": "URL", "text": "a", "url": url}]));
    assert_eq!(url("https://example.com/a"), NOTHING);
    assert_eq!(
        url("https://example.com/a b"),
        ["components[1].buttons[0].url: an address, found one with a space"]
    );
}

#[test]
fn a_hash_may_be_written_as_in_an_address() {
    let with = |hash: &str| {
        let app = json!({"package_name": "com.example.a", "signature_hash": hash});
        let otp = json!({"type": "OTP", "otp_type": "ONE_TAP", "supported_apps": [app]});
        let parts = json!([{"type": "BODY"}, {"type": "BUTTONS", "buttons": [otp]}]);
        let template: Template = serde_json::from_value(json!({
            "name": "a", "language": "en", "category": "AUTHENTICATION", "components": parts,
        }))
        .unwrap();
        template.check().as_slice().len()
    };
    assert_eq!((with("K8a/AINcGX7"), with("K8a%2FAINcGX7"), with("K8a%2GAINcGX7")), (0, 0, 1));
}
