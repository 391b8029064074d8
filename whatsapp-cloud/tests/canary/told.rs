//! What Meta posts, and what a server needs to take it.

use serde_json::{Value, json};
use whatsapp_cloud::webhook::receive::{Answer, Receiver};
use whatsapp_cloud::webhook::{
    self, Content, EventKind, Handshake, Location, Members, MessagingLimit, Raw, Verified, Verifier,
};
use whatsapp_cloud::wire::Text;

use crate::filled::{error_json, filled};
use crate::shown::{EVERY, SECRET, Shown, WAMID, WORD, displayed, leak, shown};

/// A delivery in which everything is a canary that may be one.
pub(crate) fn delivery() -> Value {
    let message = |kind: &str, of: Value| {
        json!({
            "from": EVERY, "id": WAMID, "timestamp": "1", "type": kind, kind: of, EVERY: EVERY,
            "context": {"from": EVERY, "id": WAMID, EVERY: EVERY}, "errors": [error_json(131_051)],
        })
    };
    let media =
        json!({"id": "1", "caption": EVERY, "mime_type": EVERY, "url": EVERY, EVERY: EVERY});
    let mut messages = vec![
        message("text", json!({"body": EVERY, EVERY: EVERY})),
        message(
            "location",
            json!({"latitude": 1.5, "longitude": 2.5, "name": EVERY, "url": EVERY}),
        ),
        message(
            "contacts",
            json!([{"name": {"formatted_name": EVERY}, "phones": [{"phone": EVERY}]}]),
        ),
        message("reaction", json!({"message_id": WAMID, "emoji": EVERY})),
        message("button", json!({"text": EVERY, "payload": EVERY})),
        message(
            "interactive",
            json!({"type": "button_reply", "button_reply": {"id": EVERY, "title": EVERY}}),
        ),
        message(
            "interactive",
            json!({"type": "list_reply", "list_reply": {"id": EVERY, "title": EVERY}}),
        ),
        message(
            "interactive",
            json!({"type": "nfm_reply", "nfm_reply": {"response_json": EVERY, "name": EVERY}}),
        ),
        message("interactive", json!({"type": EVERY, EVERY: EVERY})),
        message(
            "order",
            json!({"catalog_id": EVERY, "text": EVERY, "product_items": [{"product_retailer_id": EVERY}]}),
        ),
        message("system", json!({"body": EVERY, "wa_id": EVERY, "type": WORD})),
        message("unsupported", json!({"type": EVERY})),
        message(EVERY, json!({EVERY: EVERY})),
        message("text", json!([EVERY])),
        message("location", json!({"latitude": EVERY})),
        json!({EVERY: EVERY}),
        json!(EVERY),
        json!({"from": {EVERY: EVERY}, "id": [EVERY], "type": {EVERY: EVERY}}),
    ];
    messages.extend(
        ["image", "video", "audio", "sticker", "document"].map(|kind| message(kind, media.clone())),
    );
    let status = json!({
        "id": WAMID, "status": "failed", "recipient_id": EVERY, "timestamp": "1",
        "biz_opaque_callback_data": EVERY, "errors": [error_json(131_026), EVERY], EVERY: EVERY,
    });
    json!({
        "object": "whatsapp_business_account", EVERY: {EVERY: EVERY},
        "entry": [
            {"id": EVERY, "time": 1, EVERY: EVERY, "changes": [
                {"field": "messages", EVERY: EVERY, "value": {
                    "messaging_product": EVERY, EVERY: EVERY,
                    "metadata": {"display_phone_number": EVERY, "phone_number_id": EVERY},
                    "contacts": [{"profile": {"name": EVERY}, "wa_id": EVERY, "user_id": EVERY}, EVERY],
                    "messages": messages, "statuses": [status, EVERY, {}],
                    "errors": [error_json(1), EVERY],
                }},
                {"field": EVERY, "value": {EVERY: EVERY}},
                {"field": EVERY, "value": [EVERY]},
                {"field": "messages", "value": {"messages": {EVERY: EVERY}, "statuses": EVERY}},
                EVERY, [EVERY], {EVERY: EVERY},
            ]},
            {"id": EVERY, "changes": {EVERY: EVERY}}, EVERY, [EVERY], {EVERY: EVERY},
        ],
    })
}

pub(crate) fn all() -> Vec<Shown> {
    let mut all = server();
    all.extend(events());
    all.extend(contents());
    all
}

fn events() -> Vec<Shown> {
    let mut all = Vec::new();
    let whole = delivery();
    let mut bodies = vec![whole.to_string()];
    bodies.extend([
        format!("not JSON: {EVERY}"),
        format!("[{}]", json!(EVERY)),
        json!({"object": EVERY, EVERY: EVERY}).to_string(),
        json!({"object": EVERY, "entry": {EVERY: EVERY}}).to_string(),
    ]);
    // Each field of Meta's, with what it does not expect.
    for field in include_str!("../../src/webhook/field.rs").split('"').skip(1).step_by(2) {
        for value in [
            json!({EVERY: EVERY}),
            json!(EVERY),
            json!([EVERY]),
            json!({"event": WORD, "message": EVERY, "phone_number": EVERY}),
        ] {
            bodies.push(
                json!({"object": "whatsapp_business_account", "entry": [
                    {"id": EVERY, "changes": [{"field": field, "value": value}]}]})
                .to_string(),
            );
        }
    }
    let (mut malformed, mut kinds) = (0, 0);
    for body in &bodies {
        let verified = Verified::restored(body.as_bytes());
        all.extend([shown(&verified), shown(&verified.events())]);
        match verified.payload() {
            Ok(payload) => {
                for entry in &payload.entries {
                    for change in &entry.changes {
                        all.extend(change.value.elements.iter().map(shown));
                        all.extend([shown(&change.value), shown(change), shown(&change.other)]);
                    }
                    all.push(shown(entry));
                }
                all.push(shown(&payload.into_events()));
            }
            Err(unparsed) => all.push(shown(&unparsed)),
        }
        if let Ok(payload) = verified.payload() {
            all.push(shown(&payload));
        }
        for event in verified.events() {
            all.extend([shown(&event), shown(&event.kind), shown(&event.clone().into_owned())]);
            kinds += 1;
            if let EventKind::Malformed(told) = &event.kind {
                all.push(shown(&**told));
                malformed += 1;
            }
        }
    }
    assert!(kinds > 100 && malformed > 3, "{kinds} {malformed}");
    all
}

fn contents() -> Vec<Shown> {
    let mut place = Location::default();
    (place.name, place.address, place.url) = (filled(), filled(), filled());
    let every = || Text::from(EVERY);
    let members: Members<'_> = {
        let body = delivery().to_string();
        let payload = Verified::restored(body.as_bytes()).payload().unwrap();
        payload.into_events();
        Members::default()
    };
    vec![
        shown(&every()),
        shown(&filled::<Raw<'static>>()),
        shown(&place),
        shown(&members),
        shown(&Content::Location(Box::new(place.clone()))),
        shown(&Content::UnknownReply { kind: Some(every()) }),
        shown(&Content::Unreadable {
            kind: every(),
            reason: webhook::UnreadableReason::Member("from"),
        }),
        shown(&Content::Unknown { kind: Some(every()) }),
        shown(&MessagingLimit::Tier(WORD.into())),
    ]
}

fn server() -> Vec<Shown> {
    let verifier = || Verifier::new([SECRET.into()]).unwrap();
    let handshake = || Handshake::new(SECRET.into()).unwrap();
    let greeting = format!("hub.mode=subscribe&hub.verify_token={SECRET}&hub.challenge=CANARY");
    let signature = verifier().sign(b"CANARY");
    let receiver = Receiver::new(verifier(), handshake());
    let mut all = vec![
        shown(&verifier()),
        shown(&handshake()),
        shown(&handshake().answer(&greeting).unwrap()),
        shown(&Verifier::check_form(signature.as_bytes()).unwrap()),
        shown(&verifier().verify(signature.as_bytes(), b"CANARY").unwrap()),
        shown(&Receiver::builder(verifier(), handshake())),
        shown(&receiver),
        shown(&receiver.counters()),
        displayed_refusals(&receiver),
    ];
    let begin = || {
        let headers = [("X-Hub-Signature-256", signature.as_bytes()), ("X-Canary", b"CANARY")];
        receiver.begin("POST", "hub.verify_token=CANARY-SECRET", headers).unwrap()
    };
    let mut intake = begin();
    intake.take(6).unwrap();
    all.push(shown(&intake));
    let (verified, pending) = intake.verify(b"CANARY").unwrap();
    all.extend([shown(&verified), shown(&pending), shown(&pending.answer(Answer::Accepted))]);
    all.extend([shown(&begin().timed_out()), shown(&begin().broke_off())]);
    all.push(shown(&begin().verify(b"another CANARY").unwrap_err()));
    all
}

/// What is said to whom is not Meta.
fn displayed_refusals(receiver: &Receiver) -> Shown {
    let mut all = Vec::new();
    for query in [
        format!("hub.mode=subscribe&hub.verify_token={SECRET}x&hub.challenge=CANARY"),
        format!("hub.mode=CANARY&hub.verify_token={SECRET}&hub.challenge=CANARY"),
        format!("hub.mode=subscribe&hub.verify_token={SECRET}"),
        "CANARY=CANARY".to_owned(),
    ] {
        let reply = receiver.begin("GET", &query, []).unwrap_err();
        all.push(format!("{reply:?} {:?} {}", reply.refusal(), reply.body()));
    }
    for signature in ["sha256=CANARY", "CANARY", ""] {
        let headers = [("X-Hub-Signature-256", signature.as_bytes())];
        let reply = receiver.begin("POST", "CANARY", headers).unwrap_err();
        all.push(format!("{reply:?} {:?} {}", reply.refusal(), reply.body()));
    }
    let reply = receiver.begin("CANARY", "", []).unwrap_err();
    let mut shown = displayed(&reply.refusal().unwrap());
    all.push(format!("{reply:?}"));
    shown.told.extend(all);
    assert!(shown.told.iter().all(|told| leak(told).is_none()));
    shown
}
