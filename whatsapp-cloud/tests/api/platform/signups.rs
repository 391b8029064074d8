//! In-App Signup, on the wire.

use serde_json::json;
use whatsapp_cloud::api::signups::{
    CreateSignup, GetSignup, ListSignups, NewSignup, SignupChanges, SignupPolicy, SignupStatus,
    UpdateSignup,
};
use whatsapp_cloud::endpoint::Endpoint;

use super::{answer, found, go_to, json as body};

const ACCOUNT: &str = "102290129340398";
const SIGNUP: &str = "13176843987434774";

fn signup() -> NewSignup {
    NewSignup {
        signup_message: "News.".to_owned(),
        confirmation_message: "Welcome!".to_owned(),
        privacy_policy_url: "https://example.com/privacy".to_owned(),
        ..NewSignup::default()
    }
}

fn created(signup: NewSignup) -> Vec<String> {
    found(&CreateSignup::new(ACCOUNT, signup))
}

fn changed(changes: SignupChanges) -> Vec<String> {
    found(&UpdateSignup::new(SIGNUP, changes))
}

#[test]
fn each_call_goes_where_metas_page_says() {
    let changes = SignupChanges { display_name: Some("x".to_owned()), ..Default::default() };
    let mut list = ListSignups::new(ACCOUNT);
    list.limit = Some(3);
    list.before = Some("b".to_owned());

    go_to([
        (CreateSignup::new(ACCOUNT, signup()).request(), "POST 102290129340398/signups"),
        (list.request(), "GET 102290129340398/signups?limit=3&before=b"),
        (GetSignup::new(SIGNUP).request(), "GET signups/13176843987434774"),
        (UpdateSignup::new(SIGNUP, changes).request(), "POST signups/13176843987434774"),
    ]);
}

#[test]
fn each_body_reads_as_on_metas_page() {
    let tos = "https://www.facebook.com/legal/ads-manager-marketing-messages-terms".to_owned();
    let new = NewSignup {
        confirmation_message: "Your code: {{promo_code}}".to_owned(),
        website_url: Some("https://example.com".to_owned()),
        promo_code: Some("WELCOME10".to_owned()),
        display_name: Some("Footer".to_owned()),
        policy: Some(SignupPolicy { tos: tos.clone(), accepted: true, ..SignupPolicy::default() }),
        ..signup()
    };
    assert_eq!(
        body(&CreateSignup::new(ACCOUNT, new).request().unwrap()),
        json!({
            "signup_message": "News.",
            "confirmation_message": "Your code: {{promo_code}}",
            "privacy_policy_url": "https://example.com/privacy",
            "website_url": "https://example.com",
            "promo_code": "WELCOME10",
            "display_name": "Footer",
            "policy": {"tos": tos, "accepted": true},
        })
    );

    let changes = SignupChanges {
        status: Some(SignupStatus::Disabled),
        signup_message: Some("S".to_owned()),
        confirmation_message: Some("C".to_owned()),
        website_url: Some("https://example.com".to_owned()),
        promo_code: Some("A1".to_owned()),
        display_name: Some("D".to_owned()),
        ..SignupChanges::default()
    };
    assert_eq!(
        body(&UpdateSignup::new(SIGNUP, changes).request().unwrap()),
        json!({
            "status": "DISABLED",
            "signup_message": "S",
            "confirmation_message": "C",
            "website_url": "https://example.com",
            "promo_code": "A1",
            "display_name": "D",
        })
    );
}

#[test]
fn what_meta_would_refuse_is_refused_at_its_border() {
    let said = |length: usize| "é".repeat(length);
    for (length, is_taken) in [(0, false), (1, true), (300, true), (301, false)] {
        let new = NewSignup { signup_message: said(length), ..signup() };
        assert_eq!(created(new).is_empty(), is_taken, "{length}");
        let changes = SignupChanges { signup_message: Some(said(length)), ..Default::default() };
        assert_eq!(changed(changes).is_empty(), is_taken, "{length}");
    }
    for (code, is_taken) in [
        ("", false),
        ("A", true),
        (&"A1".repeat(25), true),
        (&"A".repeat(51), false),
        ("A-1", false),
    ] {
        let promo_code = Some(code.to_owned());
        let new = NewSignup { promo_code: promo_code.clone(), ..signup() };
        assert_eq!(created(new).is_empty(), is_taken, "{code}");
        let changes = SignupChanges { promo_code, ..SignupChanges::default() };
        assert_eq!(changed(changes).is_empty(), is_taken, "{code}");
    }
    let nothing = created(NewSignup { confirmation_message: String::new(), ..signup() });
    assert_eq!(nothing, ["confirmation_message: a text, found none"]);
    let plain = "http://example.com".to_owned();
    assert_eq!(
        created(NewSignup {
            privacy_policy_url: plain.clone(),
            website_url: Some(plain.clone()),
            ..signup()
        }),
        [
            "privacy_policy_url: an address that begins with https://",
            "website_url: an address that begins with https://",
        ]
    );
    let changes = SignupChanges { website_url: Some(plain), ..SignupChanges::default() };
    assert_eq!(changed(changes), ["website_url: an address that begins with https://"]);
    let refused = Some(SignupPolicy { tos: "https://x".to_owned(), ..SignupPolicy::default() });
    assert_eq!(created(NewSignup { policy: refused, ..signup() }), ["policy.accepted: true"]);
    assert_eq!(changed(SignupChanges::default()), [": something to change, found nothing"]);
}

#[test]
fn a_place_in_the_confirmation_needs_what_stands_there() {
    let with_place = "{{promo_code}}!".to_owned();
    let new = NewSignup { confirmation_message: with_place.clone(), ..signup() };
    let rule = "promo_code: a code, since the confirmation has a place for it";
    assert_eq!(created(new), [rule]);
    // The code may be there already.
    let confirmation_message = Some(with_place);
    assert_eq!(changed(SignupChanges { confirmation_message, ..Default::default() }), [""; 0]);

    let unknown = "Hi {{name}}".to_owned();
    let rule = "confirmation_message: no other place than {{promo_code}}";
    let new = NewSignup { confirmation_message: unknown.clone(), ..signup() };
    assert_eq!(created(new), [rule]);
    let confirmation_message = Some(unknown);
    assert_eq!(changed(SignupChanges { confirmation_message, ..Default::default() }), [rule]);
}

#[test]
fn the_answers_are_read() {
    let one = json!({
        "id": SIGNUP, "status": "ACTIVE", "signup_message": "S", "confirmation_message": "C",
        "privacy_policy_url": "https://p", "website_url": "https://w", "promo_code": "A1",
        "display_name": "D",
    });
    let read = answer::<GetSignup>(one.clone());
    assert_eq!((read.id.as_str(), &read.status), (SIGNUP, &Some(SignupStatus::Active)));
    assert_eq!(read.promo_code.as_deref(), Some("A1"));
    assert!(read.other.is_empty());
    assert!(answer::<ListSignups>(json!({"data": [one]})).data[0] == read);
    assert_eq!(answer::<CreateSignup>(json!({"id": SIGNUP})).id.as_str(), SIGNUP);
    assert_eq!(answer::<UpdateSignup>(json!({"id": SIGNUP})).id.as_str(), SIGNUP);
}
