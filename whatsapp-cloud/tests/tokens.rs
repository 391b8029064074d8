//! Which token a call carries, and where it goes.
#![allow(missing_docs, clippy::unwrap_used)]

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use async_trait::async_trait;
use secrecy::SecretString;
use whatsapp_cloud::client::{RetryPolicy, TokenProvider};
use whatsapp_cloud::endpoint::{Body, Endpoint, Host, Payload, Request, Token};
use whatsapp_cloud::{Client, ErrorKind};

mod support;

use support::{Scripted, TOKEN, answer};

/// Gives `token-1`, `token-2`, …, and counts how often one was refused.
#[derive(Default)]
struct Counting {
    given: AtomicUsize,
    refused: AtomicUsize,
}

#[async_trait]
impl TokenProvider for Counting {
    async fn token(&self) -> whatsapp_cloud::Result<SecretString> {
        let number = self.given.fetch_add(1, Ordering::Relaxed) + 1;
        Ok(SecretString::from(format!("token-{number}")))
    }

    fn refused(&self) {
        self.refused.fetch_add(1, Ordering::Relaxed);
    }
}

struct Unavailable;

#[async_trait]
impl TokenProvider for Unavailable {
    async fn token(&self) -> whatsapp_cloud::Result<SecretString> {
        // As a vault that is away would say it.
        Client::new(SecretString::from("")).map(|_| SecretString::from("never"))
    }
}

/// A call of one's own.
struct Ask(fn(Request) -> Request);

impl Endpoint for Ask {
    type Response = serde_json::Value;
    const OPERATION: &'static str = "ask";
    const IDEMPOTENT: bool = true;

    fn request(&self) -> whatsapp_cloud::Result<Request> {
        Ok((self.0)(Request::post(["1", "ask"])))
    }
}

const PLAIN: Ask = Ask(|request| request);

#[tokio::test]
async fn a_token_may_change_between_two_calls_and_each_tenant_has_its_own() {
    let recorder = Scripted::always(answer(200, "{}"));
    let own = recorder.client();
    let tenant = own.with_tokens(Arc::new(Counting::default()));
    for client in [&tenant, &tenant, &own, &tenant] {
        client.execute(&PLAIN).await.unwrap();
    }

    let tokens: Vec<_> = recorder.tokens().into_iter().flatten().collect();
    assert_eq!(tokens, ["token-1", "token-2", TOKEN, "token-3"]);
}

#[tokio::test]
async fn whoever_gave_a_token_is_told_that_it_was_refused() {
    const EXPIRED: &str = r#"{"error":{"code":190,"message":"expired"}}"#;
    for (status, body, told) in [(401, EXPIRED, 1), (200, "{}", 0), (500, "{}", 0)] {
        let recorder = Scripted::always(answer(status, body));
        let tokens = Arc::new(Counting::default());
        let tenant = recorder.client().with_tokens(Arc::clone(&tokens) as _);
        let _ = tenant.execute(&PLAIN).await;
        assert_eq!(tokens.refused.load(Ordering::Relaxed), told, "{status}");

        // One that came from elsewhere is not his.
        let other = Ask(|request| request.with_token(Token::Other("app|secret".into())));
        let _ = tenant.execute(&other).await;
        assert_eq!(tokens.refused.load(Ordering::Relaxed), told, "{status}");
    }
}

#[tokio::test]
async fn without_a_token_nothing_is_sent() {
    let recorder = Scripted::always(answer(200, "{}"));
    let tenant = recorder.client().with_tokens(Arc::new(Unavailable));

    let error = tenant.execute(&PLAIN).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Configuration);
    assert!(recorder.tokens().is_empty());
}

#[tokio::test]
async fn a_call_may_bring_another_token_or_none() {
    let recorder = Scripted::always(answer(200, "{}"));
    let client = recorder.client();
    client
        .execute(&Ask(|request| request.with_token(Token::Other("app|secret".into()))))
        .await
        .unwrap();
    client.execute(&Ask(|request| request.with_token(Token::Nothing))).await.unwrap();

    assert_eq!(recorder.tokens(), [Some("app|secret".to_owned()), None]);
}

#[tokio::test]
async fn the_app_vouches_for_its_own_tokens_only() {
    let recorder = Scripted::always(answer(200, "{}"));
    let client = recorder.builder().app_secret(SecretString::from("Jefe")).build().unwrap();

    client.execute(&PLAIN).await.unwrap();
    // As `openssl dgst -sha256 -hmac Jefe` has it of the token.
    let proof = "c70098e31b732faee562d99b699c29482db83aefcaab60587daa19911dfb54fc";
    assert!(recorder.last().url.ends_with(&format!("/1/ask?appsecret_proof={proof}")));

    client.execute(&Ask(|request| request.with_token(Token::Nothing))).await.unwrap();
    assert!(recorder.last().url.ends_with("/1/ask"));
    // A tenant's token is proven as well: it is the app's.
    let tenant = client.with_tokens(Arc::new(Counting::default()));
    tenant.execute(&PLAIN).await.unwrap();
    assert!(recorder.last().url.contains("appsecret_proof="));
}

#[tokio::test]
async fn a_call_goes_to_the_host_it_names() {
    let recorder = Scripted::always(answer(200, "{}"));
    let meta = recorder.client();
    let api = Ask(|request| request.with_host(Host::Api));
    meta.execute(&api).await.unwrap();
    assert_eq!(recorder.last().url, "https://api.facebook.com/1/ask");

    let own = recorder.builder().base_url("http://127.0.0.1:9/graph").build().unwrap();
    own.execute(&api).await.unwrap();
    assert_eq!(recorder.last().url, "http://127.0.0.1:9/graph/1/ask");
}

#[tokio::test]
async fn bytes_and_headers_travel_as_they_are() {
    let recorder = Scripted::always(answer(200, "{}"));
    let call = Ask(|request| {
        request.with_header("file_offset", "0").with_bytes(Payload::from(b"\x00\xff".as_slice()))
    });
    recorder.client().execute(&call).await.unwrap();

    let sent = recorder.last();
    assert_eq!(sent.headers, [("file_offset", "0".to_owned())]);
    assert_eq!(sent.body, Body::Bytes(Payload::from(b"\x00\xff".as_slice())));
}

#[tokio::test]
async fn a_status_without_an_error_of_metas_says_nothing_of_the_token() {
    for (status, body, told) in [
        (401, "", 0),
        (401, "<html>", 0),
        (407, "", 0),
        (403, r#"{"error":{"code":10}}"#, 0),
        (400, r#"{"error":{"code":190,"error_subcode":463}}"#, 1),
        (401, r#"{"error":{"code":0}}"#, 1),
    ] {
        let recorder = Scripted::always(answer(status, body));
        let tokens = Arc::new(Counting::default());
        let tenant = recorder.client().with_tokens(Arc::clone(&tokens) as _);
        tenant.execute(&PLAIN).await.unwrap_err();
        assert_eq!(tokens.refused.load(Ordering::Relaxed), told, "{status} {body}");
    }
}

/// Gives this token, or none for ever.
struct Gives(Option<&'static str>, AtomicUsize);

#[async_trait]
impl TokenProvider for Gives {
    async fn token(&self) -> whatsapp_cloud::Result<SecretString> {
        self.1.fetch_add(1, Ordering::Relaxed);
        match self.0 {
            Some(token) => {
                tokio::task::yield_now().await;
                Ok(SecretString::from(token))
            }
            None => std::future::pending().await,
        }
    }
}

#[tokio::test(start_paused = true)]
async fn who_gives_no_token_is_not_waited_for_any_longer_than_meta() {
    let recorder = Scripted::new([]);
    let client = recorder.builder().timeout(std::time::Duration::from_secs(7)).build().unwrap();
    let before = tokio::time::Instant::now();
    let tenant = client.with_tokens(Arc::new(Gives(None, AtomicUsize::new(0))));
    let error = tenant.execute(&PLAIN).await.unwrap_err();

    assert_eq!(error.kind(), ErrorKind::NotSent);
    assert_eq!(before.elapsed().as_secs(), 7);
}

#[tokio::test(start_paused = true)]
async fn what_is_no_token_is_refused_and_not_asked_for_again() {
    for wrong in ["", "canary\n", "can ary", "canarý"] {
        let recorder = Scripted::new([]);
        let client = recorder.builder().retry(RetryPolicy::default()).build().unwrap();
        let tokens = Arc::new(Gives(Some(wrong), AtomicUsize::new(0)));
        let error = client.with_tokens(tokens.clone()).execute(&PLAIN).await.unwrap_err();

        assert_eq!(error.kind(), ErrorKind::Configuration, "{wrong:?}");
        assert!(!format!("{error:?}").contains("can"), "{error:?}");
        assert_eq!(tokens.1.load(Ordering::Relaxed), 1);
    }
}
