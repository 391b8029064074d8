//! What calls and answers are made of, where it is written by hand.

use std::any::type_name;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};
use std::fmt::Debug;
use whatsapp_cloud::api::analytics::AnalyticsTime;
use whatsapp_cloud::api::certification::Document;
use whatsapp_cloud::api::media::{MediaInfo, UploadedMedia};
use whatsapp_cloud::api::messages::{
    self, Button, DirectSend, Interactive, MarketingMessage, MediaSource, Message, SentContact,
    SentMessage,
};
use whatsapp_cloud::api::profile::FoundProfile;
use whatsapp_cloud::api::solutions::SolutionToken;
use whatsapp_cloud::api::templates::{
    self, BodyExamples, CodeExample, CommaIds, FailedTemplates, Ids, TemplateNumbers, Texts, Words,
};
use whatsapp_cloud::api::tokens::IssuedToken;
use whatsapp_cloud::api::welcome_sequences::WelcomeSequences;
use whatsapp_cloud::api::{Recipient, Violations};
use whatsapp_cloud::endpoint::{Body, Paced, Part, Payload, Request, Token};
use whatsapp_cloud::wire::Page;
use whatsapp_cloud::{
    AccountId, AppId, BusinessId, FlowId, GroupId, MediaId, MessageId, NodeId, PhoneNumberId,
    TemplateId, UploadId, UserId,
};

use crate::asked::app;
use crate::filled::graph_error;
use crate::shown::{EVERY, PHONE, SECRET, Shown, WAMID, WORD, displayed, name, shown, unreadable};

/// Reads one, and shows it.
fn read<T: DeserializeOwned + Debug>(json: Value) -> Shown {
    match serde_json::from_value::<T>(json) {
        Ok(value) => {
            let mut shown = shown(&value);
            shown.told.extend(unreadable::<T>());
            shown
        }
        Err(error) => panic!("{}: {error}", type_name::<T>()),
    }
}

/// The same of what is decoded as serde does it. Its error would quote what is of another type,
/// so the client, which alone reads these, tells the place only: see `errors`.
fn decoded<T: DeserializeOwned + Debug>(json: Value) -> Shown {
    shown(&serde_json::from_value::<T>(json).unwrap())
}

/// What is told apart by its type.
fn tagged<T: DeserializeOwned + Serialize + Debug>(kinds: &[&str]) -> Shown {
    let mut told = Vec::new();
    for kind in kinds.iter().chain(&[WORD]) {
        let came = json!({"type": kind, "text": EVERY, "url": EVERY, EVERY: {EVERY: EVERY}});
        let value: T = serde_json::from_value(came.clone()).unwrap();
        assert_eq!(serde_json::to_value(&value).unwrap(), came);
        told.push(format!("{value:?} {value:#?}"));
    }
    told.extend(unreadable::<T>());
    Shown { name: name::<T>(), told }
}

pub(crate) fn all() -> Vec<Shown> {
    let mut all = ids();
    all.extend(requests());
    all.extend(answers());
    all.extend(messages());
    all
}

/// Ids that lead to no person say what they are; the others do not.
fn ids() -> Vec<Shown> {
    macro_rules! open {
        ($($id:ident),+) => {
            vec![$({
                assert_eq!(format!("{:?}", $id::new("1")), concat!(stringify!($id), "(1)"));
                displayed(&$id::new("1"))
            }),+]
        };
    }
    let mut ids = open!(
        AccountId,
        AppId,
        BusinessId,
        FlowId,
        GroupId,
        MediaId,
        NodeId,
        PhoneNumberId,
        TemplateId
    );
    ids.extend([
        shown(&MessageId::new(WAMID)),
        shown(&UserId::new(EVERY)),
        shown(&UploadId::new(EVERY)),
        shown(&AnalyticsTime::from(1_718_064_000)),
        shown(&Ids::<TemplateId>::from(["1"])),
        shown(&Words::<TemplateId>::from(["1"])),
        shown(&app()),
    ]);
    ids
}

fn requests() -> Vec<Shown> {
    let part = Part::file("file", Payload::from(EVERY.as_bytes().to_vec()), EVERY, EVERY);
    let number = PhoneNumberId::new("1");
    let request = Request::post([EVERY])
        .with_query("q", EVERY)
        .with_token(Token::Other(SECRET.into()))
        .with_header("X-A", EVERY)
        .with_form(vec![part.clone(), Part::text("text", EVERY)]);
    let refused = Message::text(EVERY, EVERY.repeat(200));
    let found: Violations = refused.check();
    assert!(!found.as_slice().is_empty());
    let mut all = vec![
        shown(&request),
        shown(request.token()),
        shown(request.body()),
        shown(&Body::Bytes(Payload::from(EVERY.as_bytes().to_vec()))),
        shown(&Request::get([EVERY]).with_json(&EVERY).unwrap().into_body()),
        shown(&Payload::from(EVERY.as_bytes().to_vec())),
        shown(&part),
        shown(&Paced::Message { from: &number, to: PHONE }),
        displayed(&found.as_slice()[0]),
        displayed(&found),
        shown(&Document {
            file: Payload::from(EVERY.as_bytes().to_vec()),
            filename: EVERY.to_owned(),
            mime_type: EVERY.to_owned(),
        }),
    ];
    for recipient in [
        Recipient::from(EVERY),
        Recipient::User(UserId::new(EVERY)),
        Recipient::Phone(PHONE.to_owned()),
    ] {
        all.push(shown(&recipient));
    }
    all
}

fn answers() -> Vec<Shown> {
    let page = json!({
        "data": [{"name": EVERY}], "paging": {"cursors": {"after": EVERY}, "next": EVERY},
        "summary": {EVERY: EVERY}, EVERY: EVERY,
    });
    vec![
        read::<MediaInfo>(
            json!({"id": "1", "url": EVERY, "mime_type": WORD, "sha256": EVERY, EVERY: EVERY}),
        ),
        decoded::<UploadedMedia>(json!({"id": "1", EVERY: EVERY})),
        read::<FoundProfile>(json!({"data": [{"about": EVERY, "email": EVERY}]})),
        read::<IssuedToken>(json!({"access_token": SECRET, "token_type": EVERY, EVERY: EVERY})),
        read::<SolutionToken>(json!({"access_token": SECRET, "expires_at": 1})),
        read::<WelcomeSequences>(json!({"data": [{"name": EVERY, "text": EVERY}]})),
        decoded::<SentMessage>(json!({
            "messaging_product": "whatsapp", "contacts": [{"input": EVERY, "wa_id": EVERY}],
            "messages": [{"id": WAMID}], EVERY: EVERY,
        })),
        decoded::<SentContact>(
            json!({"input": EVERY, "wa_id": EVERY, "user_id": EVERY, EVERY: EVERY}),
        ),
        read::<Page<Value>>(page.clone()),
        read::<Page<whatsapp_cloud::api::templates::Template>>(page),
        // Ids of templates lead to nobody; why one failed is Meta's text.
        shown(&Texts(vec![EVERY.to_owned()])),
        shown(&BodyExamples(vec![vec![EVERY.to_owned()]])),
        shown(&CodeExample(EVERY.to_owned())),
        shown(&TemplateNumbers::from(["1"])),
        shown(&CommaIds(vec!["1".into()])),
        shown(&FailedTemplates(vec![
            serde_json::from_value(json!({"reason": EVERY, "id": EVERY, EVERY: EVERY})).unwrap(),
        ])),
        shown(&graph_error()),
    ]
}

fn messages() -> Vec<Shown> {
    let message = Message::text(PHONE, EVERY).reply_to(WAMID).with_opaque_data(EVERY);
    let interactive: Interactive = serde_json::from_value(json!({
        "type": "button", "body": {"text": EVERY}, "footer": {"text": EVERY},
        "action": {"buttons": [{"type": "reply", "reply": {"id": EVERY, "title": EVERY}}]},
        EVERY: EVERY,
    }))
    .unwrap();
    let mut all = vec![
        shown(&message),
        shown(message.content()),
        shown(&MediaSource::Link(EVERY.to_owned())),
        shown(interactive.action()),
        shown(&interactive),
        shown(&Message::interactive(PHONE, interactive.clone())),
        shown(&Button::url(0, EVERY)),
        shown(&Button::copy_code(0, SECRET)),
        shown(&Button::flow(0, SECRET, Map::from_iter([(EVERY.to_owned(), EVERY.into())]))),
        // The name of a template leads to nobody.
        shown(&DirectSend::utility().with_template("a_template").living(60)),
        read::<MarketingMessage>(json!({
            "messaging_product": "whatsapp", "to": PHONE, "type": "template",
            "template": {"name": EVERY, "language": {"code": EVERY}}, EVERY: EVERY,
        })),
        tagged::<templates::Button>(&[
            "QUICK_REPLY",
            "URL",
            "PHONE_NUMBER",
            "COPY_CODE",
            "OTP",
            "FLOW",
            "CATALOG",
            "MPM",
            "SPM",
            "VOICE_CALL",
            "APP",
            "ORDER_DETAILS",
            "REQUEST_CONTACT_INFO",
        ]),
        tagged::<templates::Component>(&[
            "HEADER",
            "BODY",
            "FOOTER",
            "BUTTONS",
            "CAROUSEL",
            "LIMITED_TIME_OFFER",
            "CALL_PERMISSION_REQUEST",
        ]),
    ];
    for line in include_str!("../fixtures/meta-openapi/requests.jsonl").lines() {
        let example: Value = serde_json::from_str(line).unwrap();
        let body = crate::calls::canaried(&example["body"]);
        if let Ok(message) = serde_json::from_value::<messages::Message>(body) {
            all.extend([shown(&message), shown(message.content())]);
            let found = message.check();
            all.push(displayed(&found));
        }
    }
    all
}
