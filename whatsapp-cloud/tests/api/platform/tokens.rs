//! Tokens, on the wire: where secrets stand, and where they do not.

use secrecy::{ExposeSecret as _, SecretString};
use serde_json::json;
use whatsapp_cloud::api::tokens::{
    AppCredentials, BusinessTokenRequest, ExchangeCode, ExtendToken, GetBusinessToken,
    InspectToken, IssuedToken, TokenKind,
};
use whatsapp_cloud::endpoint::{Endpoint, Token};

use super::{answer, found, go_to, json as body};

const PROOF: &str = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";

fn app() -> AppCredentials {
    AppCredentials::new("634974688087057", "canary-secret")
}

fn business(wanted: BusinessTokenRequest) -> GetBusinessToken {
    GetBusinessToken::new("2729063490586005", wanted)
}

#[test]
fn each_call_goes_where_metas_pages_say() {
    go_to([
        (InspectToken::new("EAAx").request(), "GET debug_token?input_token=EAAx"),
        (ExchangeCode::new(app(), "AQB").request(), "POST oauth/access_token"),
        (ExtendToken::new(app(), "EAAx").request(), "POST oauth/access_token"),
        (
            business(BusinessTokenRequest::default()).request(),
            "POST 2729063490586005/system_user_access_tokens",
        ),
    ]);
}

#[test]
fn a_token_is_got_without_a_token_and_with_no_secret_in_the_address() {
    let mut code = ExchangeCode::new(app(), "AQB");
    code.redirect_uri = Some("https://example.com/back".to_owned());
    let by_code = code.request().unwrap();
    let by_token = ExtendToken::new(app(), "EAAx").request().unwrap();

    assert_eq!(
        body(&by_code),
        json!({
            "client_id": "634974688087057",
            "client_secret": "canary-secret",
            "code": "AQB",
            "redirect_uri": "https://example.com/back",
        })
    );
    assert_eq!(
        body(&by_token),
        json!({
            "client_id": "634974688087057",
            "client_secret": "canary-secret",
            "grant_type": "fb_exchange_token",
            "fb_exchange_token": "EAAx",
        })
    );
    for request in [by_code, by_token] {
        assert_eq!(request.token(), &Token::Nothing);
        assert_eq!(request.query(), []);
    }
}

#[test]
fn a_code_is_exchanged_once() {
    const { assert!(!ExchangeCode::IDEMPOTENT && !GetBusinessToken::IDEMPOTENT) }
    const { assert!(InspectToken::IDEMPOTENT && ExtendToken::IDEMPOTENT) }
}

#[test]
fn a_token_is_inspected_by_the_client_or_by_an_app() {
    let mut call = InspectToken::new("EAAx");
    assert_eq!(call.request().unwrap().token(), &Token::Own);

    call.app = Some(app());
    let request = call.request().unwrap();
    let Token::Other(token) = request.token() else { panic!("the app's token") };
    assert_eq!(token.expose_secret(), "634974688087057|canary-secret");
}

#[test]
fn what_is_wanted_of_a_business_token_is_said_as_on_metas_page() {
    let wanted = BusinessTokenRequest {
        fetch_only: Some(true),
        system_user_id: Some("104169029247128".into()),
        set_token_expires_in_60_days: Some(true),
        scope: Some("whatsapp_business_management,whatsapp_business_messaging".to_owned()),
        appsecret_proof: Some(PROOF.to_owned()),
        ..BusinessTokenRequest::default()
    };
    let request = business(wanted).request().unwrap();

    assert_eq!(request.token(), &Token::Own);
    assert_eq!(
        body(&request),
        json!({
            "fetch_only": true,
            "system_user_id": "104169029247128",
            "set_token_expires_in_60_days": true,
            "scope": "whatsapp_business_management,whatsapp_business_messaging",
            "appsecret_proof": PROOF,
        })
    );
}

#[test]
fn what_cannot_be_a_secret_is_refused_and_never_quoted() {
    let rule = "a text without spaces, found none or another";
    for wrong in ["", "canary canary", "canary\n"] {
        let call = InspectToken::new(wrong);
        assert_eq!(found(&call), [format!("input_token: {rule}")]);
        assert_eq!(found(&ExchangeCode::new(app(), wrong)), [format!("code: {rule}")]);
        let extended = found(&ExtendToken::new(app(), wrong));
        assert_eq!(extended, [format!("fb_exchange_token: {rule}")]);
    }
    let nobody = AppCredentials::new("me", "");
    let wrong = ["app_secret: a secret of printable characters", "app_id: an id of digits"];
    assert_eq!(found(&ExchangeCode::new(nobody.clone(), "AQB")), wrong);
    let mut call = InspectToken::new("EAAx");
    call.app = Some(nobody);
    assert_eq!(found(&call), wrong);

    for (proof, is_taken) in
        [(PROOF, true), (&PROOF[1..], false), (&PROOF.replace('5', "x"), false)]
    {
        let appsecret_proof = Some(proof.to_owned());
        let wanted = BusinessTokenRequest { appsecret_proof, ..Default::default() };
        assert_eq!(found(&business(wanted)).is_empty(), is_taken);
    }
}

#[test]
fn no_secret_is_shown() {
    let mut inspected = InspectToken::new("canary-token");
    inspected.app = Some(app());
    let exchanged = ExchangeCode::new(app(), "canary-code");
    let extended = ExtendToken::new(app(), "canary-token");
    let issued = answer::<ExchangeCode>(json!({"access_token": "canary-issued"}));
    let shown = format!(
        "{inspected:?} {exchanged:?} {extended:?} {issued:?} {:?} {:?} {:?} {:?}",
        app(),
        inspected.request().unwrap(),
        exchanged.request().unwrap(),
        inspected.request().unwrap().token(),
    );
    assert!(!shown.contains("canary"), "{shown}");
}

#[test]
fn calls_are_equal_when_their_secrets_are() {
    assert_eq!(ExtendToken::new(app(), "a"), ExtendToken::new(app(), "a"));
    assert_ne!(ExtendToken::new(app(), "a"), ExtendToken::new(app(), "b"));
    let other = AppCredentials::new("634974688087057", "other");
    assert_ne!(ExtendToken::new(app(), "a"), ExtendToken::new(other, "a"));
    let mut elsewhere = ExchangeCode::new(app(), "a");
    elsewhere.redirect_uri = Some("https://x".to_owned());
    assert_ne!(elsewhere, ExchangeCode::new(app(), "a"));
}

#[test]
fn what_meta_tells_of_a_token_is_read() {
    let told = answer::<InspectToken>(json!({"data": {
        "app_id": "634974688087057", "type": "SYSTEM_USER", "application": "Lucky Shrub",
        "data_access_expires_at": 0, "expires_at": 0, "is_valid": true,
        "issued_at": 1_712_099_387,
        "scopes": ["whatsapp_business_management", "whatsapp_business_messaging"],
        "granular_scopes": [
            {"scope": "whatsapp_business_management", "target_ids": ["102290129340398"]},
            {"scope": "whatsapp_business_messaging"},
        ],
        "user_id": "104169029247128",
    }}));

    let facts = told.data.unwrap();
    assert!(facts.is_valid);
    assert_eq!(facts.kind, Some(TokenKind::SystemUser));
    assert_eq!((facts.expires_at, facts.issued_at), (Some(0), Some(1_712_099_387)));
    assert_eq!(facts.granular_scopes[0].target_ids[0].as_str(), "102290129340398");
    assert_eq!(facts.scopes.len(), 2);
    assert!(facts.other.is_empty());

    let ended = answer::<InspectToken>(json!({"data": {
        "is_valid": false, "error": {"code": 190, "message": "ended", "subcode": 463},
    }}));
    let facts = ended.data.unwrap();
    assert_eq!((facts.is_valid, facts.error.unwrap().code), (false, 190));
}

#[test]
fn a_token_is_read_and_an_answer_without_one_is_none() {
    let issued = answer::<GetBusinessToken>(
        json!({"access_token": "EAAy", "token_type": "bearer", "expires_in": "5183944", "new": 1}),
    );
    assert_eq!(issued.access_token.expose_secret(), "EAAy");
    assert_eq!(
        (issued.token_type.as_deref(), issued.expires_in),
        (Some("bearer"), Some(5_183_944))
    );
    assert_eq!(issued.other["new"], 1);

    for nothing in [json!({}), json!({"access_token": ""}), json!({"access_token": ["canary"]})] {
        let error = serde_json::from_value::<IssuedToken>(nothing).unwrap_err();
        assert_eq!(error.to_string(), "the answer holds no token");
    }
    let _: SecretString = issued.access_token;
}
