//! What the window says, and what is no such message.

use std::error::Error as _;

use serde_json::{Value, json};
use whatsapp_cloud::ErrorKind;
use whatsapp_cloud::client::onboarding::{Claims, SignupEvent, SignupMessage};

fn said(event: &str, data: &Value) -> whatsapp_cloud::Result<SignupMessage> {
    let message = json!({"type": "WA_EMBEDDED_SIGNUP", "event": event, "version": 3, "data": data});
    SignupMessage::parse(&message.to_string())
}

#[test]
fn every_end_is_read() {
    let ids = json!({"waba_id": "10", "phone_number_id": 11, "business_id": "12",
        "page_ids": ["1"], "ad_account_ids": []});
    for (event, read) in [
        ("FINISH", SignupEvent::Finished),
        ("FINISH_ONLY_WABA", SignupEvent::FinishedWithoutNumber),
        ("FINISH_WHATSAPP_BUSINESS_APP_ONBOARDING", SignupEvent::FinishedInBusinessApp),
        ("FINISH_OBO_MIGRATION", SignupEvent::FinishedMigration),
        ("FINISH_GRANT_ONLY_API_ACCESS", SignupEvent::FinishedWithAccess),
    ] {
        let mut claims = Claims::new(read);
        claims.account_id = Some("10".into());
        claims.phone_number_id = Some("11".into());
        claims.business_id = Some("12".into());
        assert_eq!(said(event, &ids).unwrap(), SignupMessage::Finished(claims));
    }
}

#[test]
fn ids_may_be_missing_and_a_single_account_may_stand_in_a_list() {
    for (data, account) in [
        (json!(null), None),
        (json!({"waba_id": "", "phone_number_id": null}), None),
        (json!({"waba_ids": ["10"]}), Some("10")),
        (json!({"waba_ids": ["10", "11"]}), None),
        (json!({"waba_id": "9", "waba_ids": ["10"]}), Some("9")),
    ] {
        let mut claims = Claims::new(SignupEvent::Finished);
        claims.account_id = account.map(Into::into);
        assert_eq!(said("FINISH", &data).unwrap(), SignupMessage::Finished(claims));
    }
}

#[test]
fn who_leaves_and_who_reports_an_error_are_told_apart() {
    let left = said("CANCEL", &json!({"current_step": "PHONE_NUMBER_SETUP"})).unwrap();
    assert_eq!(left, SignupMessage::Left { step: Some("PHONE_NUMBER_SETUP".to_owned()) });

    let data = json!({"error_message": "canary of +5511999887766", "error_code": 524126,
        "session_id": "f34b51dab5e0498", "timestamp": "1746041036"});
    for event in ["CANCEL", "ERROR"] {
        let SignupMessage::Failed(failure) = said(event, &data).unwrap() else {
            panic!("{event}");
        };
        assert_eq!(failure.code.as_deref(), Some("524126"));
        assert_eq!(failure.session_id.as_deref(), Some("f34b51dab5e0498"));
        assert!(failure.message.as_deref().unwrap().contains("canary"));
        assert!(!format!("{failure:?}").contains("canary"));
    }
}

#[test]
fn an_event_of_later_is_kept() {
    let later = said("FINISH_ELSEWHERE", &json!({})).unwrap();
    assert_eq!(later, SignupMessage::Other(SignupEvent::Unknown("FINISH_ELSEWHERE".to_owned())));
}

#[test]
fn what_is_no_such_message_is_refused_and_not_quoted() {
    let long = format!(
        r#"{{"type":"WA_EMBEDDED_SIGNUP","event":"FINISH","canary":"{}"}}"#,
        "x".repeat(20_000)
    );
    for (message, path) in [
        ("canary", ""),
        ("[\"canary\"]", ""),
        (long.as_str(), ""),
        (r#"{"event":"FINISH","data":{}}"#, "type"),
        (r#"{"type":"canary","event":"FINISH"}"#, "type"),
        (r#"{"type":"WA_EMBEDDED_SIGNUP","data":{}}"#, "event"),
        (
            r#"{"type":"WA_EMBEDDED_SIGNUP","event":"FINISH","data":{"waba_id":"1/canary"}}"#,
            "data.waba_id",
        ),
        (r#"{"type":"WA_EMBEDDED_SIGNUP","event":"FINISH","data":{"waba_id":-1}}"#, "data.waba_id"),
        (
            r#"{"type":"WA_EMBEDDED_SIGNUP","event":"FINISH","data":{"waba_ids":[["1"]]}}"#,
            "data.waba_ids",
        ),
        (
            r#"{"type":"WA_EMBEDDED_SIGNUP","event":"FINISH","data":{"phone_number_id":true}}"#,
            "data.phone_number_id",
        ),
        (
            r#"{"type":"WA_EMBEDDED_SIGNUP","event":"FINISH",
            "data":{"business_id":"111111111111111111111111111111111"}}"#,
            "data.business_id",
        ),
    ] {
        let error = SignupMessage::parse(message).unwrap_err();
        let source = error.source().unwrap().to_string();
        assert_eq!(error.kind(), ErrorKind::InvalidInput);
        assert!(source.starts_with(path), "{source}");
        assert!(!format!("{error} {error:?} {source}").contains("canary"), "{source}");
    }
}
