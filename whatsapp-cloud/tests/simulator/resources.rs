//! What the simulator keeps beside messages: numbers, profiles, subscriptions, sign-up, block
//! lists, QR codes and groups.
#![allow(clippy::needless_pass_by_value, reason = "JSON is written where it is passed")]

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use secrecy::{ExposeSecret as _, SecretString};
use serde_json::{Value, json};
use whatsapp_cloud::Client;
use whatsapp_cloud::api::groups::{CreateGroup, ListGroups, NewGroup};
use whatsapp_cloud::api::messages::Message;
use whatsapp_cloud::api::tokens::{AppCredentials, IssuedToken};
use whatsapp_cloud::client::onboarding::{
    Claims, EmbeddedSignup, Mismatch, Problem, Progress, SignupEvent, SignupStore, StoreError,
};
use whatsapp_cloud::simulator::{Access, Permission, Simulator};

use super::support::{ANA, Callback, ask, builder, refused, request};

const BIA: &str = "5511999990002";
const APP_TOKEN: &str = "1384519862354|simulator-app-secret";
const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// `POST /{number}/register` …
fn of_number(simulator: &Simulator, line: &str) -> String {
    let (method, rest) = line.split_once(' ').unwrap();
    format!("{method} /v25.0/{}{rest}", simulator.phone_number_id())
}

async fn ask_number(simulator: &Simulator, line: &str, body: Value) -> (u16, Value) {
    ask(simulator, &of_number(simulator, line), &body).await
}

async fn ask_with(simulator: &Simulator, token: &str, line: &str, body: &Value) -> (u16, Value) {
    let head = format!("Authorization: Bearer {token}\r\nContent-Type: application/json\r\n");
    let body = if body.is_null() { String::new() } else { body.to_string() };
    request(simulator, line, &head, body.as_bytes()).await
}

async fn send(simulator: &Simulator, to: &str) -> Option<i64> {
    let client = simulator.client().unwrap();
    let number = client.phone_number(simulator.phone_number_id().clone());
    number.send(Message::text(to, "oi")).await.err().map(|error| error.code().unwrap_or_default())
}

fn register(pin: &str) -> Value {
    json!({"messaging_product": "whatsapp", "pin": pin})
}

#[tokio::test]
async fn a_number_sends_while_it_is_registered_and_its_pin_stays() {
    let simulator = builder().start().await.unwrap();
    simulator.customer(ANA).says("oi").await;
    assert_eq!(send(&simulator, ANA).await, None);
    assert_eq!(ask_number(&simulator, "POST ", json!({"pin": "123456"})).await.0, 200);

    assert_eq!(ask_number(&simulator, "POST /deregister", json!({})).await.0, 200);
    assert_eq!(send(&simulator, ANA).await, Some(133_010));
    let (_, number) = ask_number(&simulator, "GET ?fields=status,is_pin_enabled", json!({})).await;
    assert_eq!(number["status"], "DISCONNECTED");
    assert_eq!(number["is_pin_enabled"], true);
    let again = ask_number(&simulator, "POST /deregister", json!({})).await;
    assert_eq!(refused(&again).0, 133_010);

    for (body, code) in [
        (register("654321"), 133_005),
        (register("12345"), 100),
        (register("12345x"), 100),
        (json!({"messaging_product": "whatsapp"}), 100),
        (json!({"pin": "123456"}), 100),
    ] {
        let answer = ask_number(&simulator, "POST /register", body.clone()).await;
        assert_eq!(refused(&answer).0, code, "{body}");
    }
    assert_eq!(ask_number(&simulator, "POST /register", register("123456")).await.0, 200);
    assert_eq!(send(&simulator, ANA).await, None);
}

#[tokio::test]
async fn ten_registrations_in_72_hours_are_enough() {
    let simulator = builder().start().await.unwrap();
    for _ in 0..10 {
        assert_eq!(ask_number(&simulator, "POST /register", register("123456")).await.0, 200);
    }
    let one_more = ask_number(&simulator, "POST /register", register("123456")).await;
    assert_eq!(refused(&one_more).0, 133_016);
    simulator.advance(DAY * 3 - Duration::from_millis(1));
    let early = ask_number(&simulator, "POST /deregister", json!({})).await;
    assert_eq!(refused(&early).0, 133_016);
    simulator.advance(Duration::from_millis(1));
    assert_eq!(ask_number(&simulator, "POST /deregister", json!({})).await.0, 200);
}

#[tokio::test]
async fn a_new_number_is_verified_by_its_code_and_then_registered() {
    let simulator = builder().start().await.unwrap();
    let path = format!("POST /{}/phone_numbers", simulator.account_id());
    let new = json!({"cc": "55", "phone_number": "11888880001", "verified_name": "Loja"});
    let (_, made) = ask(&simulator, &path, &new).await;
    let id = made["id"].as_str().unwrap();
    let line = |rest: &str| format!("POST /{id}/{rest}");
    let unverified = ask(&simulator, &line("register"), &register("123456")).await;
    assert_eq!(refused(&unverified).0, 133_006);
    let wanted = json!({"code_method": "SMS", "language": "pt_BR"});
    for body in [json!({"code_method": "FAX", "language": "pt_BR"}), json!({"code_method": "SMS"})]
    {
        assert_eq!(refused(&ask(&simulator, &line("request_code"), &body).await).0, 100, "{body}");
    }
    assert_eq!(ask(&simulator, &line("request_code"), &wanted).await.0, 200);
    let code = simulator.verification_code(&id.into()).unwrap();
    let wrong = ask(&simulator, &line("verify_code"), &json!({"code": "000000"})).await;
    assert_eq!(refused(&wrong), (136_025, Some(2_388_093)));
    assert_eq!(ask(&simulator, &line("verify_code"), &json!({"code": code})).await.0, 200);
    let again = ask(&simulator, &line("request_code"), &wanted).await;
    assert_eq!(refused(&again).0, 136_024);
    assert_eq!(ask(&simulator, &line("register"), &register("123456")).await.0, 200);
    let (_, list) = ask(&simulator, &path.replace("POST", "GET"), &json!({})).await;
    assert_eq!(list["data"].as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn a_profile_keeps_to_metas_limits() {
    let simulator = builder().start().await.unwrap();
    let line = "POST /whatsapp_business_profile";
    let profile = |name: &str, value: Value| json!({"messaging_product": "whatsapp", name: value});
    for (name, value) in [
        ("about", json!("x".repeat(140))),
        ("about", json!("")),
        ("address", json!("x".repeat(257))),
        ("description", json!("x".repeat(513))),
        ("email", json!("x".repeat(129))),
        ("vertical", json!("SHOP")),
        ("websites", json!(["https://a", "https://b", "https://c"])),
        ("websites", json!(["a"])),
        ("profile_picture_handle", json!("4::none")),
    ] {
        let answer = ask_number(&simulator, line, profile(name, value)).await;
        assert_eq!(refused(&answer).0, 100, "{name}");
    }
    assert_eq!(refused(&ask_number(&simulator, line, json!({"about": "a"})).await).0, 100);
    for body in [
        profile("about", json!("ã".repeat(139))),
        profile("websites", json!("[\n  \"https://www.luckyshrub.com\"\n]")),
    ] {
        assert_eq!(ask_number(&simulator, line, body).await.0, 200);
    }
    let (_, found) =
        ask_number(&simulator, "GET /whatsapp_business_profile?fields=websites", json!({})).await;
    let row = json!({"websites": ["https://www.luckyshrub.com"], "messaging_product": "whatsapp"});
    assert_eq!(found, json!({"data": [row]}));
}

#[tokio::test]
async fn settings_are_kept() {
    let simulator = builder().start().await.unwrap();
    let calling = json!({"calling": {"status": "ENABLED"}});
    assert_eq!(ask_number(&simulator, "POST /settings", calling.clone()).await.0, 200);
    let (_, found) = ask_number(&simulator, "GET /settings", json!({})).await;
    assert_eq!(found["calling"], calling["calling"]);
    for body in [json!({}), json!({"calling": "ENABLED"})] {
        assert_eq!(refused(&ask_number(&simulator, "POST /settings", body).await).0, 100);
    }
}

#[tokio::test]
async fn nothing_is_posted_of_an_account_whose_app_is_not_subscribed() {
    let callback = Callback::listen().await;
    let simulator = builder().callback(&callback.url).start().await.unwrap();
    let ana = simulator.customer(ANA);
    let line = |method: &str| format!("{method} /{}/subscribed_apps", simulator.account_id());
    let apps = async || ask(&simulator, &line("GET"), &json!({})).await.1["data"].clone();
    assert_eq!(apps().await[0]["whatsapp_business_api_data"]["id"], simulator.app_id().as_str());

    assert_eq!(ask(&simulator, &line("DELETE"), &json!({})).await.0, 200);
    assert_eq!(apps().await, json!([]));
    ana.says("unheard").await;
    let uri = "https://example.com/own";
    let own = json!({"override_callback_uri": uri, "verify_token": "t"});
    assert_eq!(ask(&simulator, &line("POST"), &own).await.0, 200);
    assert_eq!(apps().await[0]["override_callback_uri"], uri);
    assert_eq!(ask(&simulator, &line("POST"), &json!({})).await.0, 200);
    assert_eq!(apps().await[0].get("override_callback_uri"), None);
    ana.says("heard").await;
    simulator.idle().await;
    assert_eq!(callback.told().concat(), ["message heard"]);

    let long = format!("https://example.com/{}", "x".repeat(200));
    for body in [
        json!({"override_callback_uri": uri}),
        json!({"override_callback_uri": "http://example.com", "verify_token": "t"}),
        json!({"override_callback_uri": long, "verify_token": "t"}),
    ] {
        assert_eq!(refused(&ask(&simulator, &line("POST"), &body).await).0, 100, "{body}");
    }
}

#[tokio::test]
async fn an_app_subscribes_its_callback_after_the_handshake() {
    let callback = Callback::listen().await;
    let simulator = builder().start().await.unwrap();
    let line = format!("POST /{}/subscriptions", simulator.app_id());
    let wanted = |token: &str, fields: &str| {
        json!({"object": "whatsapp_business_account", "callback_url": callback.url,
            "verify_token": token, "fields": fields})
    };
    let right = wanted("simulator-verify-token", "messages");
    let users = ask(&simulator, &line, &right).await;
    assert_eq!(refused(&users).0, 15);
    let nobodys = ask_with(&simulator, "x|y", &line, &right).await;
    assert_eq!(refused(&nobodys).0, 190);
    for body in [wanted("simulator-verify-token", ""), json!({"object": "user"}), json!({})] {
        assert_eq!(refused(&ask_with(&simulator, APP_TOKEN, &line, &body).await).0, 100, "{body}");
    }
    simulator.customer(ANA).says("unheard").await;
    assert_eq!(ask_with(&simulator, APP_TOKEN, &line, &right).await.0, 200);
    let rows = line.replace("POST", "GET");
    let (_, rows) = ask_with(&simulator, APP_TOKEN, &rows, &Value::Null).await;
    assert_eq!(rows["data"][0]["callback_url"], callback.url.as_str());
    simulator.customer(ANA).says("heard").await;
    simulator.idle().await;
    assert_eq!(callback.told().concat(), ["message heard"]);

    // Nobody listens there: it goes on as it was.
    let mut nowhere = right.clone();
    nowhere["callback_url"] = "http://127.0.0.1:1/".into();
    let answer = ask_with(&simulator, APP_TOKEN, &line, &nowhere).await;
    assert_eq!(refused(&answer).0, 2_200);
    simulator.customer(ANA).says("still").await;
    simulator.idle().await;

    let other = wanted("simulator-verify-token", "account_update");
    assert_eq!(ask_with(&simulator, APP_TOKEN, &line, &other).await.0, 200);
    simulator.customer(ANA).says("of no field").await;
    let gone = line.replace("POST", "DELETE");
    assert_eq!(ask_with(&simulator, APP_TOKEN, &gone, &Value::Null).await.0, 200);
    simulator.customer(ANA).says("gone").await;
    simulator.idle().await;
    assert_eq!(callback.told().concat(), ["message heard", "message still"]);
}

async fn exchange(simulator: &Simulator, code: &str, secret: &str) -> (u16, Value) {
    let body = json!({"client_id": simulator.app_id().as_str(), "client_secret": secret,
        "code": code});
    request(simulator, "POST /oauth/access_token", "", body.to_string().as_bytes()).await
}

#[tokio::test]
async fn a_code_becomes_a_token_once_and_within_30_seconds() {
    let simulator = builder().start().await.unwrap();
    let secret = "simulator-app-secret";
    let code = simulator.signup("2", "22", "5511888880001");
    let code = code.expose_secret();
    assert_eq!(refused(&exchange(&simulator, code, "wrong").await), (1, None));
    assert_eq!(refused(&exchange(&simulator, "AQnone", secret).await), (100, None));
    let other = format!("GET /oauth/access_token?client_id=9&client_secret={secret}&code={code}");
    assert_eq!(refused(&request(&simulator, &other, "", b"").await), (101, None));
    simulator.advance(Duration::from_millis(29_999));
    let (_, made) = exchange(&simulator, code, secret).await;
    assert_eq!(refused(&exchange(&simulator, code, secret).await), (100, Some(36_009)));
    let late = simulator.signup("2", "23", "5511888880002");
    simulator.advance(Duration::from_secs(30));
    let answer = exchange(&simulator, late.expose_secret(), secret).await;
    assert_eq!(refused(&answer), (100, Some(36_007)));

    let token = made["access_token"].as_str().unwrap();
    assert_eq!(ask_with(&simulator, token, "GET /22", &Value::Null).await.0, 200);
    let own = format!("GET /{}", simulator.phone_number_id());
    let closed = ask_with(&simulator, token, &own, &Value::Null).await;
    assert_eq!(refused(&closed), (100, Some(33)));

    let line = format!("GET /debug_token?input_token={token}");
    let (_, facts) = ask_with(&simulator, APP_TOKEN, &line, &Value::Null).await;
    let granular = ["whatsapp_business_management", "whatsapp_business_messaging"]
        .map(|scope| json!({"scope": scope, "target_ids": ["2"]}));
    assert_eq!(facts["data"]["granular_scopes"], json!(granular));
    assert_eq!(facts["data"]["is_valid"], true);
    assert_eq!(refused(&ask_with(&simulator, token, &line, &Value::Null).await).0, 15);
    assert!(simulator.revoke(&SecretString::from(token)));
    let (_, facts) = ask_with(&simulator, APP_TOKEN, &line, &Value::Null).await;
    assert_eq!(facts["data"]["is_valid"], false);
    let none = "GET /debug_token?input_token=none";
    let (_, facts) = ask_with(&simulator, APP_TOKEN, none, &Value::Null).await;
    assert_eq!(facts["data"]["error"]["code"], 190);
}

/// A host's store.
#[derive(Default)]
struct Memory {
    progress: Mutex<HashMap<String, Progress>>,
    tokens: Mutex<HashMap<String, SecretString>>,
}

#[async_trait]
impl SignupStore for Memory {
    async fn begin(&self, progress: &Progress) -> Result<Option<Progress>, StoreError> {
        self.save(progress).await.map(|()| None)
    }

    async fn forget(&self, id: &str) -> Result<(), StoreError> {
        self.progress.lock().unwrap().remove(id);
        self.tokens.lock().unwrap().remove(id);
        Ok(())
    }

    async fn save(&self, progress: &Progress) -> Result<(), StoreError> {
        self.progress.lock().unwrap().insert(progress.id.clone(), progress.clone());
        Ok(())
    }

    async fn save_token(&self, id: &str, token: &IssuedToken) -> Result<(), StoreError> {
        self.tokens.lock().unwrap().insert(id.to_owned(), token.access_token.clone());
        Ok(())
    }

    async fn token(&self, id: &str) -> Result<Option<SecretString>, StoreError> {
        Ok(self.tokens.lock().unwrap().get(id).cloned())
    }

    async fn pin(&self, _: &str) -> Result<SecretString, StoreError> {
        Ok(SecretString::from("918273"))
    }
}

#[tokio::test]
async fn our_own_sign_up_goes_through_and_stops_where_the_claims_do_not_match() {
    let simulator = builder().start().await.unwrap();
    let client = Client::builder(SecretString::from("unused")).base_url(simulator.base_url());
    let app = AppCredentials::new(simulator.app_id(), "simulator-app-secret");
    let store = Arc::new(Memory::default());
    let signup = EmbeddedSignup::new(&client.build().unwrap(), app, store.clone());
    let claims = |account: &str, number: &str| {
        let mut claims = Claims::new(SignupEvent::Finished);
        claims.account_id = Some(account.into());
        claims.phone_number_id = Some(number.into());
        claims
    };

    let code = simulator.signup("2", "22", "5511888880001");
    let done = signup.begin("one", claims("2", "22"), code).await.unwrap();
    assert_eq!(done.assets.phone_number_id, Some("22".into()));
    let token = store.token("one").await.unwrap().unwrap();
    let client = Client::builder(token).base_url(simulator.base_url()).build().unwrap();
    simulator.customer(ANA).writing_to("22").says("oi").await;
    client.phone_number("22").send(Message::text(ANA, "oi")).await.unwrap();

    let own = simulator.account_id().as_str().to_owned();
    for (id, account, number, found) in
        [("two", own.as_str(), "33", Mismatch::Account), ("three", "3", "22", Mismatch::Number)]
    {
        let code = simulator.signup("3", "33", "5511888880003");
        let error = signup.begin(id, claims(account, number), code).await.unwrap_err();
        let Problem::NotYours(mismatch) = error.problem() else { panic!("{id}: {error:?}") };
        assert_eq!(*mismatch, found, "{id}");
    }
}

fn users(users: &[&str]) -> Value {
    let users: Vec<Value> = users.iter().map(|user| json!({"user": user})).collect();
    json!({"messaging_product": "whatsapp", "block_users": users})
}

#[tokio::test]
async fn who_is_blocked_is_not_heard_and_not_reached() {
    let callback = Callback::listen().await;
    let simulator = builder().callback(&callback.url).batch(1).start().await.unwrap();
    let ana = simulator.customer(ANA);
    ana.says("one").await;
    let own = simulator.phone_number();
    let (status, partly) =
        ask_number(&simulator, "POST /block_users", users(&["+5511999990001", BIA, &own])).await;
    assert_eq!((status, partly["error"]["code"].as_i64()), (400, Some(139_100)));
    let added = json!([{"input": "+5511999990001", "wa_id": ANA}]);
    assert_eq!(partly["block_users"]["added_users"], added);
    let codes = partly["block_users"]["failed_users"].as_array().unwrap().iter();
    let codes: Vec<_> = codes.map(|user| user["errors"][0]["code"].as_i64().unwrap()).collect();
    assert_eq!(codes, [131_047, 131_021]);

    ana.says("unheard").await;
    assert_eq!(send(&simulator, ANA).await, None);
    simulator.idle().await;
    assert_eq!(callback.told().concat(), ["message one", "status failed"]);
    let (_, list) = ask_number(&simulator, "GET /block_users", json!({})).await;
    assert_eq!(list["data"], json!([{"messaging_product": "whatsapp", "wa_id": ANA}]));

    let (_, gone) = ask_number(&simulator, "DELETE /block_users", users(&[ANA])).await;
    assert_eq!(gone["block_users"]["removed_users"][0]["wa_id"], ANA);
    ana.says("two").await;
    simulator.idle().await;
    assert_eq!(callback.told().concat().last().unwrap(), "message two");
    simulator.advance(DAY);
    let late = ask_number(&simulator, "POST /block_users", users(&[ANA])).await;
    assert_eq!(refused(&late).0, 139_100);
    for body in [users(&[]), json!({"block_users": [{"user": ANA}]}), users(&["abc"])] {
        let answer = ask_number(&simulator, "POST /block_users", body).await;
        assert_eq!(refused(&answer).0, 100);
    }
}

#[tokio::test]
async fn qr_codes_are_made_changed_found_and_deleted() {
    let simulator = builder().start().await.unwrap();
    let line = "POST /message_qrdls";
    let new = json!({"prefilled_message": "ã".repeat(140), "generate_qr_image": "SVG"});
    let (_, made) = ask_number(&simulator, line, new).await;
    let code = made["code"].as_str().unwrap();
    assert!(made["qr_image_url"].as_str().unwrap().ends_with(".svg"));
    assert_eq!(made["deep_link_url"], format!("https://wa.me/message/{code}"));
    for body in [
        json!({}),
        json!({"prefilled_message": ""}),
        json!({"prefilled_message": "x".repeat(141)}),
        json!({"prefilled_message": "x", "generate_qr_image": "GIF"}),
        json!({"prefilled_message": "x", "code": "NONE"}),
    ] {
        assert_eq!(refused(&ask_number(&simulator, line, body.clone()).await).0, 100, "{body}");
    }
    let change = json!({"prefilled_message": "Olá", "code": code});
    assert_eq!(ask_number(&simulator, line, change).await.1["code"], code);
    let one = format!("GET /message_qrdls/{code}?fields=code,qr_image_url.format(SVG)");
    let row = ask_number(&simulator, &one, json!({})).await.1["data"][0].clone();
    assert!(row["qr_image_url"].is_string() && row.get("prefilled_message").is_none());
    let list = ask_number(&simulator, "GET /message_qrdls", json!({})).await.1;
    assert_eq!(list["data"][0]["prefilled_message"], "Olá");
    let gone = format!("DELETE /message_qrdls/{code}");
    assert_eq!(ask_number(&simulator, &gone, json!({})).await.0, 200);
    assert_eq!(refused(&ask_number(&simulator, &gone, json!({})).await).0, 100);
}

#[tokio::test]
async fn a_group_is_entered_by_its_link_written_to_and_left_when_the_business_says_so() {
    let callback = Callback::listen().await;
    let simulator = builder().callback(&callback.url).batch(1).start().await.unwrap();
    let client = simulator.client().unwrap();
    let number = simulator.phone_number_id().clone();
    let group = NewGroup { subject: "Clientes".to_owned(), ..NewGroup::default() };
    let request = client.execute(&CreateGroup::new(number.clone(), group)).await.unwrap();
    simulator.idle().await;
    let told = |place: usize| {
        let body: Value = serde_json::from_slice(&callback.bodies()[place]).unwrap();
        body["entry"][0]["changes"][0].clone()
    };
    let made = told(0);
    assert_eq!(made["field"], "group_lifecycle_update");
    let made = &made["value"]["groups"][0];
    assert_eq!(made["request_id"].as_str(), request.request_id.as_deref());
    let id = made["group_id"].as_str().unwrap();
    let list = client.execute(&ListGroups::new(number)).await.unwrap();
    assert_eq!(list.data[0].id.as_str(), id);

    let text = |to: &str| {
        json!({"messaging_product": "whatsapp", "recipient_type": "group", "to": to,
            "type": "text", "text": {"body": "oi"}})
    };
    let alone = ask_number(&simulator, "POST /messages", text(id)).await;
    assert_eq!(refused(&alone).0, 131_020);
    let unknown = ask_number(&simulator, "POST /messages", text("Y2none")).await;
    assert_eq!(refused(&unknown).0, 131_041);
    let link = made["invite_link"].as_str().unwrap();
    assert!(simulator.join_group(ANA, link) && simulator.join_group(BIA, link));
    assert_eq!(ask_number(&simulator, "POST /messages", text(id)).await.0, 200);
    assert_eq!(simulator.customer(BIA).inbox().len(), 1);
    simulator.idle().await;
    let statuses: Vec<String> = (0..callback.bodies().len())
        .filter_map(|place| {
            let status = told(place)["value"]["statuses"][0].clone();
            let who = status["recipient_participant_id"].as_str().unwrap_or("-");
            Some(format!("{} {who}", status["status"].as_str()?))
        })
        .collect();
    let read = [ANA, BIA].map(|who| [format!("delivered {who}"), format!("read {who}")]);
    assert_eq!(statuses, [vec!["sent -".to_owned()], read.concat()].concat());

    let path = |line: &str| line.replace("{}", id);
    let gone = json!({"messaging_product": "whatsapp", "participants": [{"user": BIA}]});
    let line = path("DELETE /{}/participants");
    assert_eq!(ask(&simulator, &line, &gone).await.0, 200);
    assert_eq!(refused(&ask(&simulator, &line, &gone).await).0, 131_212);
    assert!(!simulator.join_group(BIA, link));
    let twice = json!({"messaging_product": "whatsapp",
        "participants": [{"user": ANA}, {"user": ANA}]});
    assert_eq!(refused(&ask(&simulator, &line, &twice).await).0, 131_202);
    let found = ask(&simulator, &path("GET /{}?fields=participants"), &json!({})).await.1;
    assert_eq!(found["participants"].as_array().unwrap().len(), 1);
    let product = json!({"messaging_product": "whatsapp"});
    let (_, reset) = ask(&simulator, &path("POST /{}/invite_link"), &product).await;
    assert_ne!(reset["invite_link"], link);
    assert!(!simulator.join_group("5511999990003", link));
    let renamed = json!({"messaging_product": "whatsapp", "subject": "x".repeat(129)});
    assert_eq!(refused(&ask(&simulator, &path("POST /{}"), &renamed).await).0, 100);
    assert_eq!(ask(&simulator, &path("DELETE /{}"), &json!({})).await.0, 200);
    let deleted = ask(&simulator, &path("GET /{}"), &json!({})).await;
    assert_eq!(refused(&deleted), (100, Some(33)));
}

#[tokio::test]
async fn each_call_needs_its_permission() {
    let simulator = builder().start().await.unwrap();
    let account = simulator.account_id().as_str();
    let token = |permission| {
        simulator.grant(&SecretString::from("t"), Access::to([permission]));
    };
    let management = ["/settings", "/whatsapp_business_profile", "/message_qrdls", ""];
    for rest in management {
        token(Permission::Messaging);
        let line = of_number(&simulator, &format!("GET {rest}"));
        let answer = ask_with(&simulator, "t", &line, &Value::Null).await;
        assert_eq!(refused(&answer).0, 200, "{rest}");
        token(Permission::Management);
        assert_eq!(ask_with(&simulator, "t", &line, &Value::Null).await.0, 200, "{rest}");
    }
    for rest in ["/block_users", "/groups"] {
        let line = of_number(&simulator, &format!("GET {rest}"));
        let answer = ask_with(&simulator, "t", &line, &Value::Null).await;
        assert_eq!(refused(&answer).0, 200, "{rest}");
    }
    token(Permission::Messaging);
    let line = format!("GET /{account}/subscribed_apps");
    let answer = ask_with(&simulator, "t", &line, &Value::Null).await;
    assert_eq!(refused(&answer).0, 200);
}
