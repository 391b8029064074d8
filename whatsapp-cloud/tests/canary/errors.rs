//! Every way in which the client fails: neither the error nor what caused it holds a canary.

use std::sync::Arc;

use async_trait::async_trait;
use bytes::Bytes;
use secrecy::SecretString;
use serde_json::{Value, json};
use whatsapp_cloud::api::media::{GetMedia, MediaInfo, UploadMedia};
use whatsapp_cloud::api::messages::Message;
use whatsapp_cloud::api::templates::ListTemplates;
use whatsapp_cloud::api::tokens::{ExchangeCode, ExtendToken, InspectToken};
use whatsapp_cloud::client::onboarding::SignupMessage;
use whatsapp_cloud::client::{ApiVersion, TokenProvider};
use whatsapp_cloud::endpoint::{Endpoint, Payload, Request};
use whatsapp_cloud::webhook::{Handshake, Verifier};
use whatsapp_cloud::wire::Page;
use whatsapp_cloud::{Client, Error, ErrorKind};

use crate::asked::app;
use crate::calls::ID;
use crate::filled::error_json;
use crate::flows;
use crate::shown::{EVERY, PHONE, SECRET, error, leak};
use crate::support::{Act, Scripted, answer};

/// A call of one's own whose request is full of secrets.
struct Ask(fn(Request) -> Request);

impl Endpoint for Ask {
    type Response = Page<u32>;
    const OPERATION: &'static str = "ask";
    const IDEMPOTENT: bool = true;

    fn request(&self) -> whatsapp_cloud::Result<Request> {
        Ok((self.0)(Request::post(["1", "ask"]).with_query("access_token", SECRET)))
    }
}

/// What goes wrong at Meta, or on the way.
pub(crate) fn acts() -> Vec<Act> {
    let refused = |status, code| answer(status, json!({"error": error_json(code)}).to_string());
    let mut acts = vec![Act::NotSent, Act::MaybeSent, Act::TooLong];
    acts.extend([400, 401, 403, 404, 429, 500, 503].map(|status| answer(status, EVERY)));
    acts.extend([400, 500].map(|status| answer(status, json!({"error": EVERY}).to_string())));
    acts.extend(
        [
            1, 2, 4, 10, 100, 190, 368, 80_007, 130_429, 131_009, 131_026, 131_047, 131_056,
            132_001, 133_005, 999_999,
        ]
        .map(|code| refused(400, code)),
    );
    acts.extend([
        refused(500, 131_000),
        refused(200, 100),
        answer(200, EVERY),
        answer(200, format!("\"{EVERY}\"")),
        answer(200, json!([EVERY]).to_string()),
        answer(
            200,
            json!({"data": EVERY, "access_token": {EVERY: EVERY}, "id": [EVERY], EVERY: EVERY})
                .to_string(),
        ),
        answer(
            200,
            json!({"data": [EVERY], "contacts": EVERY, "messages": [[EVERY]], "url": {}})
                .to_string(),
        ),
        // A number without quotes, where a text is expected.
        answer(200, PHONE),
        answer(200, format!(r#"{{"contacts":[{{"input":{PHONE},"wa_id":{PHONE},"user_id":{PHONE}}}],"messages":[{{"id":{PHONE}}}]}}"#)),
        answer(200, format!(r#"{{"id":{PHONE},"url":{PHONE},"success":{PHONE},"data":{PHONE},"access_token":{PHONE}}}"#)),
        answer(200, format!(r#"{{"error":{{"code":"{EVERY}","message":{PHONE},"error_data":{PHONE}}}}}"#)),
        answer(200, format!("{{\"id\":{EVERY}")),
        answer(302, EVERY).with_header("Location", &format!("https://{PHONE}.example/{SECRET}")),
        answer(429, "{}").with_header("Retry-After", EVERY).with_header("X-App-Usage", EVERY),
    ]);
    acts
}

fn client(act: Act) -> Client {
    let meta = Scripted::always(act);
    meta.builder().app_secret(SECRET.into()).build().unwrap()
}

/// What all kinds of calls fail with when that happens.
async fn failed(act: Act) -> Vec<Error> {
    let client = client(act);
    let number = client.phone_number(ID);
    let file = || Payload::from(EVERY.as_bytes().to_vec());
    let upload = UploadMedia {
        from: ID.into(),
        file: file(),
        mime_type: "text/plain".to_owned(),
        filename: EVERY.to_owned(),
    };
    let mut failed = vec![
        number.send(Message::text(PHONE, EVERY).with_opaque_data(EVERY)).await.err(),
        number.mark_as_read(&EVERY.into()).await.err(),
        client.execute(&upload).await.err(),
        client.execute(&GetMedia { id: ID.into(), from: None }).await.err(),
        client.media(ID).download().await.err(),
        client.execute(&InspectToken::new(SECRET)).await.err(),
        client.execute(&ExchangeCode::new(app(), SECRET)).await.err(),
        client.execute(&ExtendToken::new(app(), SECRET)).await.err(),
        client.execute(&Ask(|request| request)).await.err(),
        client.pages(Ask(|request| request)).next().await.err(),
        client.pages(ListTemplates::new(ID)).next().await.err(),
        client.with_tokens(Arc::new(Vault)).execute(&Ask(|request| request)).await.err(),
    ];
    let asks = [Ask(|request| request), Ask(|request| request.with_query("q", EVERY))];
    failed.extend(client.execute_all(&asks).await.into_iter().map(Result::err));
    failed.into_iter().flatten().collect()
}

/// A vault that quotes what it was asked for.
struct Vault;

#[async_trait]
impl TokenProvider for Vault {
    async fn token(&self) -> whatsapp_cloud::Result<SecretString> {
        Ok(SecretString::from(format!("{SECRET}\n")))
    }
}

fn info(json: Value) -> MediaInfo {
    serde_json::from_value(json).unwrap()
}

/// What becomes of files.
async fn downloads() -> Vec<Error> {
    const HOST: &str = "https://lookaside.fbsbx.com/CANARY-SECRET?ext=CANARY-SECRET&hash=CANARY";
    let pieces = || Act::Pieces(vec![Ok(Bytes::from_static(b"CANARY"))], None);
    let cut = || Act::Pieces(vec![Ok(Bytes::from_static(b"CANARY")), Err("cut")], Some("60"));
    let mut found = Vec::new();
    for (act, url, sha256) in [
        (pieces(), HOST, EVERY),
        (pieces(), HOST, "0000000000000000000000000000000000000000000000000000000000000000"),
        (cut(), HOST, ""),
        (pieces(), "https://canary.example/CANARY-SECRET", ""),
        (pieces(), EVERY, EVERY),
        (pieces(), "http://lookaside.fbsbx.com/CANARY-SECRET", ""),
        (answer(404, EVERY), HOST, ""),
        (answer(302, EVERY).with_header("Location", HOST), HOST, ""),
        (Act::NotSent, HOST, ""),
        (Act::MaybeSent, HOST, ""),
    ] {
        let json = json!({"id": "1", "url": url, "sha256": sha256, "mime_type": EVERY});
        let client = client(act);
        found.extend(client.download(&info(json.clone())).await.err());
        match client.open_download(&info(json)).await {
            Ok(mut download) => loop {
                match download.next().await {
                    Ok(Some(_)) => {}
                    Ok(None) => break,
                    Err(error) => {
                        found.push(error);
                        break;
                    }
                }
            },
            Err(error) => found.push(error),
        }
    }
    assert!(found.len() > 12, "{}", found.len());
    found
}

/// What is set up wrongly.
fn set_up() -> Vec<Error> {
    let built = |url: &str| Client::builder(SECRET.into()).base_url(url).build().err();
    let mut found = vec![
        Client::new(format!("{SECRET}\n").into()).err(),
        Client::new("".into()).err(),
        Client::builder(SECRET.into()).app_secret("".into()).build().err(),
        built(&format!("http://{PHONE}.example/{SECRET}")),
        built(&format!("https://user:{SECRET}@graph.example/")),
        built(EVERY),
        Verifier::new([SecretString::from("")]).err(),
        Verifier::new([]).err(),
        Handshake::new("".into()).err(),
        SignupMessage::parse(EVERY).err(),
        SignupMessage::parse(&json!({"type": EVERY}).to_string()).err(),
        SignupMessage::parse(
            &json!({
                "type": "WA_EMBEDDED_SIGNUP", "event": "FINISH", "data": {"waba_id": EVERY},
            })
            .to_string(),
        )
        .err(),
        Client::builder(SECRET.into()).api_version(ApiVersion::new(EVERY)).build().err(),
    ];
    found.extend(flows::errors().into_iter().map(Some));
    let found: Vec<_> = found.into_iter().flatten().collect();
    assert!(found.len() >= 10, "{}", found.len());
    found
}

/// A failure of the network itself: the address is in what reqwest says.
async fn unreachable() -> Vec<Error> {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    let client =
        Client::builder(SECRET.into()).base_url(format!("http://{address}")).build().unwrap();
    let cut = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = cut.local_addr().unwrap();
    std::thread::spawn(move || cut.incoming().take(3).for_each(drop));
    let other =
        Client::builder(SECRET.into()).base_url(format!("http://{address}")).build().unwrap();
    let mut found = Vec::new();
    for client in [client, other] {
        found.extend(client.execute(&InspectToken::new(SECRET)).await.err());
        found.extend(client.execute(&Ask(|request| request)).await.err());
        found.extend(client.phone_number(ID).send(Message::text(PHONE, EVERY)).await.err());
    }
    assert_eq!(found.len(), 6);
    found
}

fn check(error: &Error) {
    let told = self::error(error);
    assert_eq!(leak(&told), None, "{}: {told}", error.operation());
}

#[tokio::test(start_paused = true)]
async fn no_error_of_a_call_holds_a_canary() {
    let acts = acts();
    let mut errors = 0;
    for act in acts {
        for error in failed(act).await {
            check(&error);
            errors += 1;
        }
    }
    assert!(errors > 400, "{errors}");
}

#[tokio::test]
async fn no_error_of_files_of_settings_and_of_the_network_holds_a_canary() {
    let mut errors = downloads().await;
    errors.extend(set_up());
    errors.extend(unreachable().await);
    errors.iter().for_each(check);
}

#[test]
fn an_error_that_quotes_is_caught() {
    let quoting = Error::new("ask", ErrorKind::NotSent).with_source(format!("no route to {PHONE}"));
    assert!(leak(&self::error(&quoting)).is_some());
}
