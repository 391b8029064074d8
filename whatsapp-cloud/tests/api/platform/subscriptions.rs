//! Who is told by webhooks, on the wire.

use secrecy::ExposeSecret as _;
use serde_json::json;
use whatsapp_cloud::api::subscriptions::{
    ListAppSubscriptions, ListSubscribedApps, NewAppSubscription, SubscribeApp, SubscribeToAccount,
    Subscription, SubscriptionObject, UnsubscribeApp, UnsubscribeFromAccount,
};
use whatsapp_cloud::api::tokens::AppCredentials;
use whatsapp_cloud::endpoint::{Endpoint, Token};

use super::{answer, found, go_to, json as body};

const ACCOUNT: &str = "102290129340398";

fn app() -> AppCredentials {
    AppCredentials::new("634974688087057", "canary")
}

fn wanted() -> NewAppSubscription {
    NewAppSubscription {
        object: SubscriptionObject::WhatsAppBusinessAccount,
        callback_url: "https://example.com/wh".to_owned(),
        verify_token: "a word".to_owned(),
        fields: vec!["messages".to_owned(), "calls".to_owned()],
        ..NewAppSubscription::default()
    }
}

fn to(uri: Option<&str>, token: Option<&str>) -> SubscribeToAccount {
    let subscription = Subscription {
        override_callback_uri: uri.map(str::to_owned),
        verify_token: token.map(str::to_owned),
        ..Subscription::default()
    };
    SubscribeToAccount::new(ACCOUNT, subscription)
}

#[test]
fn each_call_goes_where_metas_reference_says() {
    let mut list = ListSubscribedApps::new(ACCOUNT);
    list.fields = vec!["id".to_owned(), "link".to_owned()];
    let everything = UnsubscribeApp { object: None, ..UnsubscribeApp::new(app()) };
    let mut some = UnsubscribeApp::new(app());
    some.fields = vec!["messages".to_owned(), "calls".to_owned()];

    go_to([
        (list.request(), "GET 102290129340398/subscribed_apps?fields=id%2Clink"),
        (to(None, None).request(), "POST 102290129340398/subscribed_apps"),
        (UnsubscribeFromAccount::new(ACCOUNT).request(), "DELETE 102290129340398/subscribed_apps"),
        (ListAppSubscriptions { app: app() }.request(), "GET 634974688087057/subscriptions"),
        (
            SubscribeApp { app: app(), subscription: wanted() }.request(),
            "POST 634974688087057/subscriptions",
        ),
        (
            some.request(),
            "DELETE 634974688087057/subscriptions?object=whatsapp_business_account&fields=messages%2Ccalls",
        ),
        (everything.request(), "DELETE 634974688087057/subscriptions"),
    ]);
}

#[test]
fn an_app_is_subscribed_by_its_own_token_and_an_account_by_the_clients() {
    let by_app = [
        ListAppSubscriptions { app: app() }.request(),
        SubscribeApp { app: app(), subscription: wanted() }.request(),
        UnsubscribeApp::new(app()).request(),
    ];
    for request in by_app {
        let request = request.unwrap();
        let Token::Other(token) = request.token() else { panic!("the app's token") };
        assert_eq!(token.expose_secret(), "634974688087057|canary");
        assert!(!request.target().unwrap().contains("canary"));
    }
    assert_eq!(to(None, None).request().unwrap().token(), &Token::Own);
}

#[test]
fn no_secret_of_an_app_is_shown() {
    let call = SubscribeApp { app: app(), subscription: wanted() };
    let shown = format!(
        "{call:?} {:?} {:?} {:?}",
        ListAppSubscriptions { app: app() },
        UnsubscribeApp::new(app()),
        call.request().unwrap(),
    );
    assert!(!shown.contains("canary") && !shown.contains("a word"), "{shown}");
}

#[test]
fn each_body_reads_as_on_metas_pages() {
    assert_eq!(body(&to(None, None).request().unwrap()), json!({}));
    let request =
        to(Some("https://my-waba-alternate-callback.com/webhook"), Some("myvoiceismypassport?"));
    assert_eq!(
        body(&request.request().unwrap()),
        json!({
            "override_callback_uri": "https://my-waba-alternate-callback.com/webhook",
            "verify_token": "myvoiceismypassport?",
        })
    );
    let subscription = NewAppSubscription { include_values: Some(true), ..wanted() };
    assert_eq!(
        body(&SubscribeApp { app: app(), subscription }.request().unwrap()),
        json!({
            "object": "whatsapp_business_account",
            "callback_url": "https://example.com/wh",
            "verify_token": "a word",
            "fields": ["messages", "calls"],
            "include_values": true,
        })
    );
}

#[test]
fn what_meta_would_refuse_is_refused_at_its_border() {
    let of = |length: usize| format!("https://{}", "a".repeat(length - "https://".len()));

    assert_eq!(found(&to(Some(&of(200)), Some("t"))), [""; 0]);
    assert_eq!(
        found(&to(Some(&of(201)), Some("t"))),
        ["override_callback_uri: 1 to 200 characters, found 201"]
    );
    assert_eq!(
        found(&to(Some("http://example.com"), Some("t"))),
        ["override_callback_uri: an address that begins with https://"]
    );
    for half in [to(Some("https://x"), None), to(None, Some("t"))] {
        let rule = ": a callback and its verify token, or neither; found one of them";
        assert_eq!(found(&half), [rule]);
    }
    assert_eq!(
        found(&SubscribeApp { app: app(), subscription: NewAppSubscription::default() }),
        [
            "callback_url: an address that begins with https://",
            "object: a word, found none",
            "verify_token: a word, found none",
            "fields: 1 field or more, found 0",
        ]
    );
    for secret in ["", "a\nb"] {
        let call = ListAppSubscriptions { app: AppCredentials::new("1", secret) };
        assert_eq!(found(&call), ["app_secret: a secret of printable characters"]);
    }
}

#[test]
fn the_answers_are_read() {
    let list = answer::<ListSubscribedApps>(json!({"data": [{
        "override_callback_uri": "https://x",
        "whatsapp_business_api_data": {"id": "1234567890123456", "name": "N", "link": "https://y"},
    }]}));
    let app = list.data[0].whatsapp_business_api_data.as_ref().unwrap();
    assert_eq!(app.id.as_str(), "1234567890123456");
    assert_eq!((app.name.as_deref(), app.link.as_deref()), (Some("N"), Some("https://y")));

    let done = answer::<SubscribeToAccount>(json!({
        "success": true,
        "data": [{"override_callback_uri": "https://x", "whatsapp_business_api_data": {"id": "1"}}],
    }));
    assert!(done.success);
    assert_eq!(done.data[0].override_callback_uri.as_deref(), Some("https://x"));

    let told = answer::<ListAppSubscriptions>(json!({"data": [{
        "object": "whatsapp_business_account", "callback_url": "https://example.com/wh",
        "active": true, "fields": [{"name": "messages", "version": "v24.0"}],
    }]}));
    let told = &told.data[0];
    assert_eq!(told.object, SubscriptionObject::WhatsAppBusinessAccount);
    assert_eq!(
        (told.active, told.callback_url.as_deref()),
        (Some(true), Some("https://example.com/wh"))
    );
    assert_eq!(told.fields[0].version.as_deref(), Some("v24.0"));
}
