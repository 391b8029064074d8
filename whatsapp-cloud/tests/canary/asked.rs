//! Every call: those that are declared, those that are written by hand.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use whatsapp_cloud::api::certification::{CertifyBusiness, Document};
use whatsapp_cloud::api::encryption::SetPublicKey;
use whatsapp_cloud::api::flows::{GetFlowMetric, UploadFlowJson};
use whatsapp_cloud::api::groups::SetGroupPicture;
use whatsapp_cloud::api::media::{DeleteMedia, GetMedia, UploadMedia};
use whatsapp_cloud::api::messages::{
    MarkAsRead, SendMarketingMessage, SendMessage, ShowTyping,
};
use whatsapp_cloud::api::subscriptions::{ListAppSubscriptions, SubscribeApp, UnsubscribeApp};
use whatsapp_cloud::api::tokens::{AppCredentials, ExchangeCode, ExtendToken, InspectToken};
use whatsapp_cloud::api::uploads::{GetUpload, SendUpload};
use whatsapp_cloud::api::welcome_sequences::{CreateWelcomeSequence, UpdateWelcomeSequence};
use whatsapp_cloud::endpoint::Payload;

use crate::calls::{Call, ID, body, call, canaried};
use crate::declared;
use crate::shown::{EVERY, NAME, SECRET, Shown, TEXT, WAMID, leak};

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
    vec![
        call(Some(inspect)),
        call(Some(ExchangeCode::new(app(), SECRET))),
        call(Some(ExtendToken::new(app(), SECRET))),
        call(Some(ListAppSubscriptions { app: app() })),
        call(body(json).map(|subscription| SubscribeApp { app: app(), subscription })),
        call(Some(UnsubscribeApp::new(app()))),
        call(Some(certify)),
        call(Some(SetPublicKey::new(ID, EVERY))),
        call(Some(SetPublicKey::new(ID, "-----BEGIN PUBLIC KEY-----\nAA\n-----END PUBLIC KEY-----"))),
        call(Some(UploadFlowJson::new(ID, file()))),
        call(Some(UploadFlowJson::new(ID, Payload::from(b"{}".to_vec())))),
        call(Some(metric)),
        call(Some(SetGroupPicture::new(ID, file()))),
        call(Some(upload("text/plain"))),
        call(Some(upload(EVERY))),
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
    ]);
    bodies
}

/// Every call with every body.
fn all() -> Vec<Call> {
    let all = |json: &Value| declared::all(json).into_iter().chain(by_hand(json)).flatten();
    bodies().iter().flat_map(|json| all(json).collect::<Vec<_>>()).collect()
}

/// What they show.
pub(crate) fn shown() -> Vec<Shown> {
    all().into_iter().map(|call| call.shown).collect()
}
