//! What the client is made of, set up with canaries, and what it gives out.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use bytes::Bytes;
use secrecy::SecretString;
use serde_json::json;
use whatsapp_cloud::api::Recipient;
use whatsapp_cloud::api::templates::ListTemplates;
use whatsapp_cloud::api::tokens::IssuedToken;
use whatsapp_cloud::client::limiter::{Limiter, LimiterOptions, Moment, Next, Priority, Request};
use whatsapp_cloud::client::onboarding::{
    Claims, EmbeddedSignup, Progress, SignupEvent, SignupMessage, SignupStore, StoreError,
};
use whatsapp_cloud::client::{
    ApiVersion, HttpOpened, HttpRequest, HttpResponse, Pacer, SystemClock, TransportError, Usage,
};
use whatsapp_cloud::endpoint::{Body, Method};
use whatsapp_cloud::{Client, Error, ErrorKind};

use crate::asked::app;
use crate::calls::ID;
use crate::filled::{error_json, graph_error};
use crate::shown::{EVERY, PHONE, SECRET, Shown, WORD, displayed, error, shown};
use crate::support::{Act, Scripted, answer};

pub(crate) async fn all() -> Vec<Shown> {
    let mut all = client().await;
    all.extend(transport());
    all.extend(limiter());
    all.extend(signup().await);
    all
}

async fn client() -> Vec<Shown> {
    let info = json!({"id": "1", "url": "https://lookaside.fbsbx.com/CANARY", "mime_type": WORD});
    let pieces = || Act::Pieces(vec![Ok(Bytes::from_static(b"CANARY"))], None);
    let meta = Scripted::new([answer(200, info.to_string()), pieces(), pieces()]);
    let builder = || meta.builder().app_secret(SECRET.into()).base_url("https://canary.example");
    let client = builder().base_url("https://graph.facebook.com").build().unwrap();
    let file = client.media(ID).download().await.unwrap();
    let mut all = vec![
        shown(&client.open_download(&file.info).await.unwrap()),
        shown(&file),
        shown(&client),
        shown(&builder()),
        shown(&client.media(ID)),
        shown(&client.phone_number(ID)),
        shown(&client.pages(ListTemplates::new(ID))),
        shown(&Pacer::new(LimiterOptions::default())),
        shown(&SystemClock::default()),
        displayed(&ApiVersion::new("v23.0")),
    ];
    let mut refused = displayed(
        &Error::from_graph("ask", graph_error())
            .with_source(TransportError::NotSent("no route".into())),
    );
    refused.told.push(error(&Error::new("ask", ErrorKind::NotSent)));
    all.push(refused);
    all
}

fn transport() -> Vec<Shown> {
    let mut request = HttpRequest::new(Method::Get, EVERY);
    request.bearer = Some(SecretString::from(SECRET));
    request.headers = vec![("X-A", EVERY.to_owned())];
    request.body = Body::Json(EVERY.as_bytes().to_vec());
    let mut response = HttpResponse::new(200, EVERY);
    let usage =
        json!({ID: [{"type": "whatsapp", "call_count": 1, "message": EVERY, EVERY: EVERY}]});
    for (name, value) in [
        ("X-Business-Use-Case-Usage", usage),
        ("X-App-Usage", json!({"call_count": 1, EVERY: EVERY})),
        (EVERY, json!(EVERY)),
    ] {
        response.headers.push((name.to_owned(), value.to_string()));
    }
    let usage = Usage::of(&response);
    vec![
        shown(&request),
        shown(&response.headers),
        shown(&usage.accounts[0]),
        shown(&usage.app.unwrap()),
        shown(&usage),
        shown(&response),
        shown(&HttpOpened::new(200, futures_util::stream::empty())),
        displayed(&TransportError::MaybeSent("cut".into())),
    ]
}

fn limiter() -> Vec<Shown> {
    let mut limiter = Limiter::new(LimiterOptions::default(), *b"CANARY-SECRETCANARY-SECRETCANARY");
    let (number, to) = (ID.into(), Recipient::from(PHONE));
    let request = Request { number: &number, to: &to, priority: Priority::Agent };
    let now = Moment::after_start(Duration::from_secs(10));
    let reserved = limiter.reserve(now, request);
    let ticket = limiter.wait(now, request).unwrap();
    let mut all = vec![shown(&limiter), shown(&request), shown(&reserved), shown(&ticket)];
    if let whatsapp_cloud::client::limiter::Reserved::Granted(slot) = &reserved {
        all.push(shown(slot));
    }
    let next: Next = limiter.next(now);
    all.extend([shown(&next), shown(&now)]);
    all
}

/// A store that fails when the token is to be saved.
struct Failing;

#[async_trait]
impl SignupStore for Failing {
    async fn begin(&self, _: &Progress) -> Result<Option<Progress>, StoreError> {
        Ok(None)
    }

    async fn forget(&self, _: &str) -> Result<(), StoreError> {
        Ok(())
    }

    async fn save(&self, _: &Progress) -> Result<(), StoreError> {
        Ok(())
    }

    async fn save_token(&self, _: &str, _: &IssuedToken) -> Result<(), StoreError> {
        Err("the disk is full".into())
    }

    async fn token(&self, _: &str) -> Result<Option<SecretString>, StoreError> {
        Ok(Some(SECRET.into()))
    }

    async fn pin(&self, _: &str) -> Result<SecretString, StoreError> {
        Ok("135792".into())
    }
}

/// What goes wrong while a business signs up. `tests/onboarding/secrets.rs` tries every fault at
/// every step.
async fn signup() -> Vec<Shown> {
    let mut all = Vec::new();
    let mut claims = Claims::new(SignupEvent::Finished);
    claims.account_id = Some(ID.into());
    let issued = json!({"access_token": SECRET}).to_string();
    for act in [
        answer(200, issued),
        answer(400, json!({"error": error_json(100)}).to_string()),
        answer(200, EVERY),
        Act::NotSent,
        Act::MaybeSent,
    ] {
        let meta = Scripted::always(act);
        let client: Client = meta.client();
        let signup = EmbeddedSignup::new(&client, app(), Arc::new(Failing));
        let failed = signup.begin("signup-1", claims.clone(), SECRET.into()).await.unwrap_err();
        let mut told = displayed(&failed);
        told.told.push(error(&failed));
        all.extend([told, displayed(failed.problem()), shown(&signup)]);
        let progress = Progress::new("signup-1", claims.clone());
        let failed = signup.resume(progress.clone()).await.unwrap_err();
        let mut told = displayed(&failed);
        told.told.push(error(&failed));
        all.extend([told, shown(&progress), shown(&progress.stage)]);
    }
    let stage = json!({
        "id": "signup-1", "claims": claims,
        "stage": {
            "reached": "done", "registered": "now",
            "assets": {"account_id": ID, "owner": ID, "phone_number_id": ID},
        },
    });
    let progress: Progress = serde_json::from_value(stage).unwrap();
    if let whatsapp_cloud::client::onboarding::Stage::Done(onboarded) = &progress.stage {
        all.extend([shown(onboarded), shown(&onboarded.assets)]);
    }
    all.extend([shown(&claims), shown(&progress)]);
    for said in [
        json!({"event": "CANCEL", "data": {"error_message": EVERY, "error_code": WORD, "session_id": EVERY}}),
        json!({"event": "CANCEL", "data": {"current_step": "PHONE_NUMBER_SETUP"}}),
        json!({"event": "ERROR", "data": {"error_message": EVERY, "error_id": WORD, "session_id": EVERY}}),
    ] {
        let mut said = said;
        said["type"] = "WA_EMBEDDED_SIGNUP".into();
        let message = SignupMessage::parse(&said.to_string()).unwrap();
        all.push(shown(&message));
        if let SignupMessage::Failed(failure) = &message {
            all.push(shown(failure));
        }
    }
    all
}
