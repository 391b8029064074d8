//! Every call: those that are declared, those that are written by hand.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use whatsapp_cloud::api::analytics::{GetTemplateAnalytics, GetTemplateGroupAnalytics};
use whatsapp_cloud::api::calls::CheckCallPermissions;
use whatsapp_cloud::api::certification::{CertifyBusiness, Document};
use whatsapp_cloud::api::encryption::SetPublicKey;
use whatsapp_cloud::api::flows::{GetFlowMetric, UploadFlowJson};
use whatsapp_cloud::api::groups::SetGroupPicture;
use whatsapp_cloud::api::marketing::GetMarketingInsights;
use whatsapp_cloud::api::media::{DeleteMedia, GetMedia, UploadMedia};
use whatsapp_cloud::api::messages::{MarkAsRead, SendMarketingMessage, SendMessage, ShowTyping};
use whatsapp_cloud::api::qr_codes::ListQrCodes;
use whatsapp_cloud::api::subscriptions::{ListAppSubscriptions, SubscribeApp, UnsubscribeApp};
use whatsapp_cloud::api::templates::CompareTemplates;
use whatsapp_cloud::api::tokens::{AppCredentials, ExchangeCode, ExtendToken, InspectToken};
use whatsapp_cloud::api::uploads::{GetUpload, SendUpload, StartUpload};
use whatsapp_cloud::api::welcome_sequences::{CreateWelcomeSequence, UpdateWelcomeSequence};
use whatsapp_cloud::endpoint::Payload;

use crate::calls::{Call, ID, body, call, canaried};
use crate::declared;
use crate::shown::{EVERY, NAME, PHONE, SECRET, Shown, TEXT, WAMID};

fn file() -> Payload {
    Payload::from(EVERY.as_bytes().to_vec())
}

pub(crate) fn app() -> AppCredentials {
    AppCredentials::new(ID, SECRET)
}

/// The calls that are written by hand.
fn by_hand(json: &Value) -> Vec<Option<Call>> {
    let mut inspect = InspectToken::new(SECRET);
    inspect.app = Some(app());
    let mut update = UpdateWelcomeSequence::new(ID, ID);
    update.name = Some(NAME.to_owned());
    update.message = body(json);
    let mut certify = CertifyBusiness::new(
        ID,
        ID,
        vec![Document { file: file(), filename: TEXT.to_owned(), mime_type: "a/b".to_owned() }],
    );
    certify.legal_name = Some(EVERY.to_owned());
    certify.website = Some(EVERY.to_owned());
    let upload = |mime_type: &str| UploadMedia {
        from: ID.into(),
        file: file(),
        mime_type: mime_type.to_owned(),
        filename: TEXT.to_owned(),
    };
    let mut metric = GetFlowMetric::new(ID, "ENDPOINT_REQUEST_COUNT".into(), "DAY".into());
    metric.since = Some("2024-01-28".to_owned());
    let mut codes = ListQrCodes::new(ID);
    codes.code = Some("4O4YGZEG3RIVE1".to_owned());
    let mut upload_start = StartUpload::new(ID);
    upload_start.file_name = Some(NAME.to_owned());
    (upload_start.file_length, upload_start.file_type) = (Some(7), Some("image/png".to_owned()));
    let mut compared = CompareTemplates::new(ID);
    (compared.template_ids, compared.start, compared.end) =
        (["1"].into(), Some(0), Some(7 * 24 * 60 * 60));
    let mut allowed = CheckCallPermissions::new(ID);
    allowed.user_wa_id = Some(PHONE.to_owned());
    let mut insights = GetMarketingInsights::new(ID);
    insights.fields = vec![TEXT.to_owned()];
    let mut templates = GetTemplateAnalytics::new(ID, 1_718_064_000, 1_718_122_745);
    templates.template_ids = ["1"].into();
    let mut groups = GetTemplateGroupAnalytics::new(ID, 1_718_064_000, 1_718_122_745);
    groups.template_group_ids = ["1"].into();
    vec![
        call(Some(upload_start)),
        call(Some(compared)),
        call(Some(allowed)),
        call(Some(insights)),
        call(Some(templates)),
        call(Some(groups)),
        call(Some(codes)),
        call(Some(inspect)),
        call(Some(ExchangeCode::new(app(), SECRET))),
        call(Some(ExtendToken::new(app(), SECRET))),
        call(Some(ListAppSubscriptions { app: app() })),
        call(body(json).map(|subscription| SubscribeApp { app: app(), subscription })),
        call(Some(UnsubscribeApp::new(app()))),
        call(Some(certify)),
        call(Some(SetPublicKey::new(ID, EVERY))),
        call(Some(SetPublicKey::new(
            ID,
            "-----BEGIN PUBLIC KEY-----\nAA\n-----END PUBLIC KEY-----",
        ))),
        call(Some(UploadFlowJson::new(ID, file()))),
        call(Some(UploadFlowJson::new(ID, Payload::from(b"{}".to_vec())))),
        call(Some(metric)),
        call(Some(SetGroupPicture::new(ID, file()))),
        call(Some(upload("text/plain"))),
        call(Some(upload("A_NEW_WORD"))),
        call(Some(GetMedia { id: ID.into(), from: Some(ID.into()) })),
        call(Some(DeleteMedia { id: ID.into(), from: Some(ID.into()) })),
        call(Some(SendUpload::new(format!("upload:{ID}?sig={ID}").as_str(), file()))),
        call(Some(GetUpload::new(format!("upload:{ID}?sig={ID}").as_str()))),
        call(body(json).map(|message| CreateWelcomeSequence::new(ID, NAME, message))),
        call(Some(update)),
        call(Some(MarkAsRead { from: ID.into(), message_id: WAMID.into() })),
        call(Some(ShowTyping { from: ID.into(), message_id: WAMID.into() })),
        call(body(json).map(|message| SendMessage { from: ID.into(), message })),
        call(body(json).map(|message| SendMarketingMessage { from: ID.into(), message })),
    ]
}

/// What calls want of which Meta gives no example: members of several bodies in one.
fn several() -> Value {
    json!({
        "messaging_product": "whatsapp", "participants": [{"user": "+17865347866"}],
        "join_requests": ["MTY0Njcw"], "subject": TEXT, "hsm_ids": "1,2", "name": "a_name",
        "categories": ["OTHER"], "configuration_name": "name", "provider_name": "razorpay",
        "signup_message": TEXT, "confirmation_message": TEXT,
        "privacy_policy_url": "https://example.com", "whatsapp_business_templates": [1],
        "source_waba_id": ID, "source_flow_names": ["1"], "reference_id": SECRET,
        "payment_config_id": SECRET, "amount": {"currency": "INR", "value": "1", "offset": "100"},
        "data": [{
            "event_name": "Purchase", "event_time": 1, "action_source": "business_messaging",
            "messaging_channel": "whatsapp", "custom_data": {"currency": "USD", "value": 1},
            "user_data": {"whatsapp_business_account_id": ID, "ctwa_clid": TEXT, "page_id": ID},
        }], "disable_marketing_messages_on_cloud_api": true,
        "sync_type": "history", "data_endpoint_url": "https://example.com", "languages": ["en_US"],
        "category": "AUTHENTICATION", "components": [{"type": "BODY"}, {"type": "BUTTONS", "buttons": [{"type": "OTP", "otp_type": "COPY_CODE"}]}],
        "callback_url": "https://example.com", "object": "whatsapp_business_account",
        "verify_token": SECRET, "fields": ["messages"], "text": TEXT, "pin": SECRET, "code": SECRET,
    })
}

/// What has been sent to Meta, in Meta's own examples: as it is there, and full of canaries.
fn bodies() -> Vec<Value> {
    let mut bodies = vec![json!({})];
    for line in include_str!("../fixtures/meta-openapi/requests.jsonl").lines() {
        let example: Value = serde_json::from_str(line).unwrap();
        bodies.push(canaried(&example["body"]));
        bodies.push(example["body"].clone());
    }
    bodies.extend([
        json!({"pin": "135792"}),
        json!({"pin": SECRET}),
        json!({"code": "135792"}),
        json!({"username": EVERY}),
        json!([EVERY]),
        several(),
    ]);
    bodies
}

/// Every call with every body.
fn all() -> Vec<Call> {
    let all = |json: &Value| {
        let declared = [true, false].into_iter().flat_map(|filled| declared::all(json, filled));
        declared.chain(by_hand(json)).flatten().collect::<Vec<_>>()
    };
    bodies().iter().flat_map(all).collect()
}

/// What they show.
pub(crate) fn shown() -> Vec<Shown> {
    all().into_iter().map(|call| call.shown).collect()
}

/// Names of what must not stand in an address, whatever its value.
const SECRET_NAMES: &[&str] = &[
    "access_token",
    "input_token",
    "fb_exchange_token",
    "token",
    "client_secret",
    "app_secret",
    "code",
    "pin",
    "password",
    "verify_token",
    "backup_data",
];

/// What stands there all the same, and why.
const EXCEPTIONS: &[(&str, &str, &str)] = &[
    ("InspectToken", "input_token", "Meta takes the token that is asked about in the query only"),
    ("ListQrCodes", "code", "that of a QR code, which is printed for all to see"),
];

#[test]
fn no_address_holds_a_secret_but_that_of_the_token_that_is_asked_about() {
    let mut wrong = BTreeSet::new();
    let mut excepted = BTreeSet::new();
    let mut asked = BTreeSet::new();
    let mut made = BTreeSet::new();
    for call in all() {
        let name = call.shown.name.rsplit("::").next().unwrap().to_owned();
        made.insert(name.clone());
        let Some(target) = call.target else { continue };
        asked.insert(name.clone());
        let secret_name = call.query.iter().find(|name| SECRET_NAMES.contains(&name.as_str()));
        let exception = EXCEPTIONS.iter().find(|(call, parameter, _)| {
            *call == name && Some(*parameter) == secret_name.map(String::as_str)
        });
        match exception {
            Some((call, ..)) => drop(excepted.insert(*call)),
            None if secret_name.is_some() || target.contains(SECRET) => {
                wrong.insert(format!("{name}: {target}"));
            }
            None => {}
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert_eq!(excepted.len(), EXCEPTIONS.len(), "an exception is gone: {excepted:?}");
    let never: Vec<_> = made.difference(&asked).collect();
    assert_eq!(never, [""; 0], "never asked: every body is refused");
    assert!(asked.len() > 180, "{}", asked.len());
}

#[test]
fn no_call_shows_a_canary_and_none_quotes_one_when_it_is_refused() {
    let all = shown();
    let leaks: BTreeSet<_> = crate::shown::leaks(&all).into_iter().collect();
    assert!(leaks.is_empty(), "{} leak: {leaks:#?}", leaks.len());
    let refused =
        all.iter().filter(|shown| shown.told.iter().any(|told| told.contains("invalid input")));
    assert!(refused.count() > 1_000);
}
