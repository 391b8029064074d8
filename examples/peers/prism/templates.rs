//! Templates: each operation, and each kind that can be created.

use serde_json::{Value, json};
use whatsapp_cloud::api::templates::{
    CreateTemplate, DeleteTemplate, DeleteTemplates, EditTemplate, GetTemplate, ListTemplates,
};

use crate::case::{Case, Failure, of_examples};
use crate::operations::ID;

pub(crate) fn cases() -> Result<Vec<Case>, Failure> {
    let mut list = ListTemplates::new(ID);
    list.name = Some("offer".to_owned());
    let mut searched = ListTemplates::new(ID);
    searched.content = Some("summer".to_owned());
    searched.status = vec!["APPROVED".into()];
    searched.category = vec!["MARKETING".into()];
    searched.language = vec!["pt_BR".to_owned()];
    searched.fields = vec!["id".to_owned()];
    searched.limit = Some(25);
    let mut template = GetTemplate::new(ID);
    template.fields = vec!["id".to_owned()];
    let mut delete = DeleteTemplate::new(ID, "offer");
    delete.hsm_id = Some(ID.into());
    let mut several = DeleteTemplates::new(ID);
    several.hsm_ids = [ID].into();
    let mut cases = vec![
        Case::of(list),
        Case::of(searched).named("searched"),
        Case::of(template),
        Case::of(delete),
        Case::of(several),
    ];
    cases.extend(of_examples(|body| EditTemplate::new(ID, body))?);
    for (name, category, components) in kinds() {
        let template = json!({
            "name": "offer", "language": "en_US", "category": category, "components": components,
        });
        let template = serde_json::from_value(template)?;
        cases.push(Case::of(CreateTemplate::new(ID, template)).named(name));
    }
    for case in of_examples(|body| CreateTemplate::new(ID, body))? {
        let name = format!("Meta's {}", case.name.trim_start_matches("CreateTemplate: "));
        cases.push(case.named(&name));
    }
    Ok(cases)
}

/// What a template can consist of.
fn kinds() -> Vec<(&'static str, &'static str, Value)> {
    let body = json!({"type": "BODY", "text": "Hello."});
    let header = |format: &str| {
        json!({
            "type": "HEADER", "format": format, "example": {"header_handle": ["4::aW"]},
        })
    };
    let buttons = |buttons: Value| json!({"type": "BUTTONS", "buttons": buttons});
    let card = json!({"components": [
        header("IMAGE"), body, buttons(json!([{"type": "QUICK_REPLY", "text": "Yes"}])),
    ]});
    let otp = |button: Value| {
        json!([
            {"type": "BODY", "add_security_recommendation": true},
            {"type": "FOOTER", "code_expiration_minutes": 10},
            {"type": "BUTTONS", "buttons": [button]},
        ])
    };
    let app = json!([{"package_name": "com.example.app", "signature_hash": "K8a/AINcGX7"}]);
    vec![
        ("body", "UTILITY", json!([body])),
        (
            "body with variables",
            "UTILITY",
            json!([{
                "type": "BODY", "text": "Hello {{1}}.", "example": {"body_text": [["Ana"]]},
            }]),
        ),
        (
            "text header and footer",
            "MARKETING",
            json!([
                {
                    "type": "HEADER", "format": "TEXT", "text": "Our {{1}}",
                    "example": {"header_text": ["Sale"]},
                },
                body,
                {"type": "FOOTER", "text": "Bye"},
            ]),
        ),
        ("image header", "MARKETING", json!([header("IMAGE"), body])),
        ("video header", "MARKETING", json!([header("VIDEO"), body])),
        ("document header", "UTILITY", json!([header("DOCUMENT"), body])),
        ("location header", "UTILITY", json!([{"type": "HEADER", "format": "LOCATION"}, body])),
        (
            "quick replies",
            "MARKETING",
            json!([
                body,
                buttons(json!([
                    {"type": "QUICK_REPLY", "text": "Yes"}, {"type": "QUICK_REPLY", "text": "No"},
                ]))
            ]),
        ),
        (
            "url and phone",
            "MARKETING",
            json!([
                body,
                buttons(json!([
                    {
                        "type": "URL", "text": "See", "url": "https://example.com/{{1}}",
                        "example": ["https://example.com/a"],
                    },
                    {"type": "PHONE_NUMBER", "text": "Call", "phone_number": "+16505551234"},
                ]))
            ]),
        ),
        (
            "coupon",
            "MARKETING",
            json!([
                body,
                buttons(json!([
                    {"type": "COPY_CODE", "example": "25OFF"},
                ]))
            ]),
        ),
        (
            "flow",
            "UTILITY",
            json!([
                body,
                buttons(json!([
                    {"type": "FLOW", "text": "Book", "flow_id": "1"},
                ]))
            ]),
        ),
        (
            "voice call",
            "UTILITY",
            json!([
                body,
                buttons(json!([
                    {"type": "VOICE_CALL", "text": "Call"},
                ]))
            ]),
        ),
        (
            "catalog",
            "MARKETING",
            json!([
                body,
                buttons(json!([
                    {"type": "CATALOG", "text": "View catalog"},
                ]))
            ]),
        ),
        (
            "products",
            "MARKETING",
            json!([
                {
                    "type": "HEADER", "format": "TEXT", "text": "Our {{1}}",
                    "example": {"header_text": ["Sale"]},
                },
                body,
                buttons(json!([{"type": "MPM", "text": "View items"}])),
            ]),
        ),
        (
            "product",
            "MARKETING",
            json!([
                {"type": "HEADER", "format": "PRODUCT"}, body,
                buttons(json!([{"type": "SPM", "text": "View"}])),
            ]),
        ),
        (
            "limited-time offer",
            "MARKETING",
            json!([
                body,
                {"type": "LIMITED_TIME_OFFER", "limited_time_offer": {"text": "Soon", "has_expiration": true}},
                buttons(json!([
                    {"type": "COPY_CODE", "example": "25OFF"},
                    {"type": "URL", "text": "See", "url": "https://example.com/"},
                ])),
            ]),
        ),
        ("carousel", "MARKETING", json!([body, {"type": "CAROUSEL", "cards": [card, card]}])),
        (
            "code to copy",
            "AUTHENTICATION",
            otp(json!({
                "type": "OTP", "otp_type": "COPY_CODE", "text": "Copy",
            })),
        ),
        (
            "code by one tap",
            "AUTHENTICATION",
            otp(json!({
                "type": "OTP", "otp_type": "ONE_TAP", "text": "Copy", "autofill_text": "Fill",
                "supported_apps": app,
            })),
        ),
        (
            "code without a tap",
            "AUTHENTICATION",
            otp(json!({
                "type": "OTP", "otp_type": "ZERO_TAP", "text": "Copy", "autofill_text": "Fill",
                "zero_tap_terms_accepted": true, "supported_apps": app,
            })),
        ),
    ]
}
