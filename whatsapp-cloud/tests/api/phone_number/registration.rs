//! How a number comes to an account.

use serde_json::{Value, json};
use whatsapp_cloud::api::phone_number::{
    AddPhoneNumber, Backup, CodeMethod, CodeRequest, CreatePhoneNumber, DeregisterPhoneNumber,
    NewBusinessNumber, NewPhoneNumber, RegisterPhoneNumber, Registration, RegistrationTier,
    RequestCode, RequestPreVerifiedCode, VerificationCode, VerifyCode, VerifyPreVerifiedCode,
};
use whatsapp_cloud::endpoint::{Endpoint, Method};

use super::{NUMBER, answer, assert_sent, refusals};

fn number() -> NewPhoneNumber {
    NewPhoneNumber {
        cc: Some("1".to_owned()),
        phone_number: "14195551518".to_owned(),
        verified_name: "Lucky Shrub".to_owned(),
        ..NewPhoneNumber::default()
    }
}

fn registration(pin: &str) -> Registration {
    Registration { pin: pin.to_owned(), ..Registration::default() }
}

fn code(code: &str) -> VerificationCode {
    VerificationCode { code: code.to_owned(), ..VerificationCode::default() }
}

fn how(language: &str) -> CodeRequest {
    CodeRequest {
        code_method: CodeMethod::Sms,
        language: language.to_owned(),
        ..CodeRequest::default()
    }
}

#[test]
fn a_number_comes_to_an_account_as_on_metas_pages() {
    let add = NewBusinessNumber {
        phone_number: "+1234567890".to_owned(),
        ..NewBusinessNumber::default()
    };
    let add = AddPhoneNumber::new(NUMBER, add);
    let body = json!({"phone_number": "+1234567890"});
    assert_sent(&add, Method::Post, "/add_phone_numbers", body);

    let body = json!({"cc": "1", "phone_number": "14195551518", "verified_name": "Lucky Shrub"});
    let create = CreatePhoneNumber::new(NUMBER, number());
    assert_sent(&create, Method::Post, "/phone_numbers", body);
    let moved = NewPhoneNumber { migrate_phone_number: Some(true), ..number() };
    let pooled = NewPhoneNumber { preverified_id: Some("7".into()), ..moved };
    let create = CreatePhoneNumber::new(NUMBER, pooled);
    assert_sent(
        &create,
        Method::Post,
        "/phone_numbers",
        json!({
            "cc": "1", "phone_number": "14195551518", "verified_name": "Lucky Shrub",
            "migrate_phone_number": true, "preverified_id": "7",
        }),
    );

    let added = answer::<AddPhoneNumber>(json!({"id": "1234567890123456"}));
    assert_eq!(added.id.unwrap().as_str(), "1234567890123456");
    let created = answer::<CreatePhoneNumber>(json!({"id": "110200345501442"}));
    assert_eq!(created.id.unwrap().as_str(), "110200345501442");
}

#[test]
fn a_number_is_registered_and_deregistered() {
    let whole = Registration {
        data_localization_region: Some("CH".to_owned()),
        meta_store_retention_minutes: Some(60),
        backup: Some(Backup {
            password: "tacocat".to_owned(),
            data: "V0FCS...".to_owned(),
            ..Backup::default()
        }),
        tier: Some(RegistrationTier::Production),
        ..registration("212834")
    };
    let call = RegisterPhoneNumber::new(NUMBER, whole);
    assert_sent(
        &call,
        Method::Post,
        "/register",
        json!({
            "messaging_product": "whatsapp", "pin": "212834", "data_localization_region": "CH",
            "meta_store_retention_minutes": 60,
            "backup": {"password": "tacocat", "data": "V0FCS..."}, "tier": "PROD",
        }),
    );
    let shown = format!("{call:?} {:?}", call.registration);
    assert!(!shown.contains("212834") && !shown.contains("tacocat"), "{shown}");

    let call = DeregisterPhoneNumber::new(NUMBER);
    assert_sent(&call, Method::Post, "/deregister", Value::Null);
    answer::<RegisterPhoneNumber>(json!({"success": true}));
    answer::<DeregisterPhoneNumber>(json!({"success": true}));
}

#[test]
fn a_number_is_verified_by_a_code() {
    let asked = json!({"code_method": "SMS", "language": "en_US"});
    let call = RequestCode::new(NUMBER, how("en_US"));
    assert_sent(&call, Method::Post, "/request_code", asked.clone());
    let call = RequestPreVerifiedCode::new(NUMBER, how("en_US"));
    assert_sent(&call, Method::Post, "/request_code", asked);

    let call = VerifyCode::new(NUMBER, code("123830"));
    assert_sent(&call, Method::Post, "/verify_code", json!({"code": "123830"}));
    let call = VerifyPreVerifiedCode::new(NUMBER, code("123830"));
    assert_sent(&call, Method::Post, "/verify_code", json!({"code": "123830"}));
    assert!(!format!("{call:?} {:?}", call.code).contains("123830"));

    let verified = answer::<VerifyCode>(json!({"success": true, "id": "1234567890123456"}));
    assert!(verified.success);
    assert_eq!(verified.id.unwrap().as_str(), "1234567890123456");
    assert!(!answer::<VerifyPreVerifiedCode>(json!({"success": false})).success);
}

#[test]
fn what_cannot_be_repeated_says_so() {
    fn is_repeated<C: Endpoint>(_: &C) -> bool {
        C::IDEMPOTENT
    }
    assert!(!is_repeated(&RequestCode::new("1", how("en"))));
    assert!(!is_repeated(&VerifyCode::new("1", code("1"))));
    assert!(!is_repeated(&RegisterPhoneNumber::new("1", registration("1"))));
    assert!(!is_repeated(&CreatePhoneNumber::new("1", number())));
}

#[test]
fn pins_and_codes_are_six_digits() {
    for (text, is_right) in
        [("123456", true), ("12345", false), ("1234567", false), ("12345a", false), ("", false)]
    {
        let reasons: Vec<_> = (!is_right).then_some("pin: six digits").into_iter().collect();
        let call = RegisterPhoneNumber::new("1", registration(text));
        assert_eq!(refusals(&call), reasons, "{text}");
        assert_eq!(VerifyCode::new("1", code(text)).request().is_ok(), is_right, "{text}");
        let call = VerifyPreVerifiedCode::new("1", code(text));
        assert_eq!(call.request().is_ok(), is_right, "{text}");
    }
}

#[test]
fn messages_are_kept_for_sixty_minutes_and_no_other_number() {
    for (minutes, is_taken) in [(59, false), (60, true), (61, false)] {
        let registration =
            Registration { meta_store_retention_minutes: Some(minutes), ..registration("123456") };
        let call = RegisterPhoneNumber::new("1", registration);
        assert_eq!(call.request().is_ok(), is_taken, "{minutes}");
    }
}

#[test]
fn a_language_has_two_to_five_characters_and_a_method_is_said() {
    for (language, is_taken) in [("e", false), ("en", true), ("en_US", true), ("en_USA", false)] {
        assert_eq!(RequestCode::new("1", how(language)).request().is_ok(), is_taken, "{language}");
    }
    let none = CodeRequest { code_method: CodeMethod::default(), ..how("en") };
    let call = RequestPreVerifiedCode::new("1", none);
    assert_eq!(refusals(&call), ["code_method: SMS or VOICE, found nothing"]);
}

#[test]
fn a_new_number_keeps_its_form() {
    let phone = |phone: &str| NewPhoneNumber { phone_number: phone.to_owned(), ..number() };
    let name = |length| NewPhoneNumber { verified_name: "n".repeat(length), ..number() };
    let cc = |cc: &str| NewPhoneNumber { cc: Some(cc.to_owned()), ..number() };
    let pooled = NewPhoneNumber { preverified_id: Some("7".into()), ..NewPhoneNumber::default() };
    for (number, refused) in [
        (phone("123456"), Some("phone_number")),
        (phone("1234567"), None),
        (phone("123456789012345"), None),
        (phone("1234567890123456"), Some("phone_number")),
        (phone("0234567"), Some("phone_number")),
        (phone("+1234567"), Some("phone_number")),
        (phone(""), Some("phone_number")),
        (pooled, None),
        (name(1), Some("verified_name")),
        (name(2), None),
        (name(75), None),
        (name(76), Some("verified_name")),
        (cc(""), Some("cc")),
        (cc("123"), None),
        (cc("1234"), Some("cc")),
        (cc("+1"), Some("cc")),
    ] {
        let found = refusals(&CreatePhoneNumber::new("1", number.clone()));
        let places: Vec<_> = found.iter().filter_map(|found| found.split(':').next()).collect();
        assert_eq!(places, Vec::from_iter(refused), "{}", number.phone_number);
    }
    let nobody = AddPhoneNumber::new("1", NewBusinessNumber::default());
    assert_eq!(refusals(&nobody), ["phone_number: a phone number, found none"]);
}
