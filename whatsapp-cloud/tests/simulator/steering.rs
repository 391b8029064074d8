//! What a program can do to the simulator in Rust, another one can do by HTTP; and what means
//! nothing is refused with what and where.

use serde_json::{Value, json};
use whatsapp_cloud::simulator::Simulator;

use super::support::{ANA, BEARER, Callback, ask, builder, refused, request};

const PAUSED: i64 = 132_015;

async fn post(simulator: &Simulator, path: &str, body: Value) -> (u16, Value) {
    ask(simulator, &format!("POST /simulator/{path}"), &body).await
}

async fn get(simulator: &Simulator, path: &str) -> Value {
    ask(simulator, &format!("GET /simulator/{path}"), &json!({})).await.1
}

/// A call to Meta's API, with another token.
async fn with_token(simulator: &Simulator, token: &str, line: &str) -> (u16, Value) {
    request(simulator, line, &format!("Authorization: Bearer {token}\r\n"), b"").await
}

async fn send(simulator: &Simulator, mut message: Value) -> (u16, Value) {
    let line = format!("POST /{}/messages", simulator.phone_number_id());
    message["messaging_product"] = "whatsapp".into();
    if message.get("to").is_none() {
        message["to"] = format!("+{ANA}").into();
    }
    ask(simulator, &line, &message).await
}

fn template(name: &str) -> Value {
    json!({
        "name": name, "language": "pt_BR", "category": "UTILITY",
        "components": [{"type": "BODY", "text": "Oi"}],
    })
}

/// The values of the only changes that were told, by field.
fn values(callback: &Callback, field: &str) -> Vec<Value> {
    let bodies = callback.bodies();
    let bodies = bodies.iter().map(|body| serde_json::from_slice::<Value>(body).unwrap());
    let changes = bodies.flat_map(|body| body["entry"].as_array().unwrap().clone());
    let changes = changes.flat_map(|entry| entry["changes"].as_array().unwrap().clone());
    changes
        .filter(|change| change["field"] == field)
        .map(|change| change["value"].clone())
        .collect()
}

#[tokio::test]
async fn templates_become_what_meta_is_told_to_make_of_them() {
    let callback = Callback::listen().await;
    let simulator = builder().callback(callback.url.as_str()).start().await.unwrap();
    let added = post(&simulator, "templates", json!({"template": template("hello")})).await;
    let id = added.1["id"].as_str().unwrap().to_owned();
    let filled = json!({"type": "template", "template": {
        "name": "hello", "language": {"code": "pt_BR"},
    }});
    assert_eq!(send(&simulator, filled.clone()).await.0, 200);
    assert_eq!(post(&simulator, "templates/hello", json!({"status": "PAUSED"})).await.0, 200);
    assert_eq!(refused(&send(&simulator, filled.clone()).await).0, PAUSED);
    for happens in [
        json!({"status": "REJECTED", "reason": "SCAM"}),
        json!({"status": "APPROVED", "language": "pt_BR"}),
        json!({"category": "MARKETING"}),
        json!({"quality": "RED"}),
        json!({"announced_category": "UTILITY"}),
    ] {
        let answer = post(&simulator, &format!("templates/{id}"), happens).await;
        assert_eq!(answer.1["changed"], 1);
    }
    assert_eq!(send(&simulator, filled).await.0, 200);
    let get = ask(&simulator, &format!("GET /{id}"), &json!({})).await.1;
    assert_eq!(get["category"], "MARKETING");
    simulator.idle().await;
    let told = values(&callback, "message_template_status_update");
    let words: Vec<_> = told.iter().map(|value| value["event"].as_str().unwrap()).collect();
    assert_eq!(words, ["PAUSED", "REJECTED", "APPROVED"]);
    assert_eq!(told[1]["reason"], "SCAM");
    let told = values(&callback, "message_template_quality_update");
    assert_eq!(told[0]["new_quality_score"], "RED");
    assert_eq!(values(&callback, "template_category_update").len(), 2);

    // The next one that is handed in is refused.
    assert_eq!(post(&simulator, "reviews", json!({"reason": "PROMOTIONAL"})).await.0, 200);
    let line = format!("POST /{}/message_templates", simulator.account_id());
    ask(&simulator, &line, &template("next")).await;
    simulator.idle().await;
    let told = values(&callback, "message_template_status_update");
    assert_eq!(told.last().unwrap()["reason"], "PROMOTIONAL");
}

#[tokio::test]
async fn tokens_open_what_is_said_and_no_longer() {
    let simulator = builder().start().await.unwrap();
    let number = format!("GET /{}", simulator.phone_number_id());
    let account = format!("GET /{}", simulator.account_id());
    let granted = post(&simulator, "tokens", json!({"expires_in": 60})).await.1;
    let token = granted["token"].as_str().unwrap();
    assert_eq!(granted["expires_at"], 1_749_416_443);
    assert_eq!(with_token(&simulator, token, &number).await.0, 200);
    post(&simulator, "clock", json!({"seconds": 60})).await;
    let expired = with_token(&simulator, token, &number).await;
    assert_eq!(refused(&expired), (190, Some(463)));

    let words = json!(["whatsapp_business_messaging"]);
    post(&simulator, "tokens", json!({"token": "messages-only", "permissions": words})).await;
    assert_eq!(refused(&with_token(&simulator, "messages-only", &account).await).0, 200);
    post(&simulator, "tokens", json!({"token": "of-another", "accounts": ["1"]})).await;
    assert_ne!(with_token(&simulator, "of-another", &account).await.0, 200);
    post(&simulator, "tokens", json!({"token": "ended", "expires_at": 1})).await;
    assert_eq!(refused(&with_token(&simulator, "ended", &number).await), (190, Some(463)));

    post(&simulator, "tokens", json!({"token": "another"})).await;
    assert_eq!(with_token(&simulator, "another", &number).await.0, 200);
    assert_eq!(post(&simulator, "tokens/revoke", json!({"token": "another"})).await.0, 200);
    assert_eq!(refused(&with_token(&simulator, "another", &number).await), (190, Some(467)));
    assert_eq!(post(&simulator, "tokens/revoke", json!({"token": "nobody"})).await.0, 400);

    for (require, status) in [(true, 400), (false, 200)] {
        post(&simulator, "app", json!({"require_proof": require})).await;
        assert_eq!(request(&simulator, &number, BEARER, b"").await.0, status);
    }
}

#[tokio::test]
async fn numbers_are_added_verified_and_sign_up() {
    let simulator = builder().start().await.unwrap();
    let more = json!({"account_id": "7", "phone_number_id": "8", "phone_number": "5511888880001"});
    assert_eq!(post(&simulator, "numbers", more.clone()).await.0, 200);
    assert_eq!(post(&simulator, "numbers", more).await.0, 400, "it is there");
    let written = json!({"text": "oi", "to": "8"});
    assert_eq!(post(&simulator, &format!("customers/{ANA}/messages"), written).await.0, 200);
    let text = json!({"messaging_product": "whatsapp", "to": ANA, "text": {"body": "oi"}});
    assert_eq!(ask(&simulator, "POST /8/messages", &text).await.0, 200, "the window is open");
    assert_eq!(refused(&send(&simulator, text).await).0, 131_047, "not with the first number");

    let created = json!({"cc": "55", "phone_number": "11777770001", "verified_name": "Shop"});
    let line = format!("POST /{}/phone_numbers", simulator.account_id());
    let created = ask(&simulator, &line, &created).await;
    let id = created.1["id"].as_str().unwrap();
    assert_eq!(get(&simulator, &format!("numbers/{id}/code")).await, json!({"code": null}));
    let method = json!({"code_method": "SMS", "language": "pt_BR"});
    ask(&simulator, &format!("POST /{id}/request_code"), &method).await;
    let code = get(&simulator, &format!("numbers/{id}/code")).await;
    let verified = ask(&simulator, &format!("POST /{id}/verify_code"), &code).await;
    assert_eq!(verified.0, 200, "{verified:?}");
    let register = json!({"messaging_product": "whatsapp", "pin": "123456"});
    assert_eq!(ask(&simulator, &format!("POST /{id}/register"), &register).await.0, 200);

    let more = json!({"account_id": "5", "phone_number_id": "6", "phone_number": "5511666660001"});
    let code = post(&simulator, "signups", more).await.1["code"].as_str().unwrap().to_owned();
    let app = simulator.app_id();
    let exchange = json!({
        "client_id": app.as_str(), "client_secret": "simulator-app-secret", "code": code,
    });
    let exchanged = request(
        &simulator,
        "POST /oauth/access_token",
        "Content-Type: application/json\r\n",
        exchange.to_string().as_bytes(),
    )
    .await;
    assert!(exchanged.1["access_token"].is_string());
}

#[tokio::test]
async fn customers_join_and_leave_groups() {
    let callback = Callback::listen().await;
    let simulator = builder().callback(callback.url.as_str()).start().await.unwrap();
    let line = format!("POST /{}/groups", simulator.phone_number_id());
    let group = json!({"messaging_product": "whatsapp", "subject": "Peers"});
    assert_eq!(ask(&simulator, &line, &group).await.0, 200);
    simulator.idle().await;
    let created = values(&callback, "group_lifecycle_update")[0]["groups"][0].clone();
    let id = created["group_id"].as_str().unwrap();
    let to_group = json!({"recipient_type": "group", "to": id, "text": {"body": "oi"}});
    assert_eq!(refused(&send(&simulator, to_group.clone()).await).0, 131_020);

    let groups = format!("customers/{ANA}/groups");
    let link = json!({"link": created["invite_link"]});
    assert_eq!(post(&simulator, &groups, link).await.1["joined"], true);
    let nowhere = json!({"link": "https://chat.whatsapp.com/none"});
    assert_eq!(post(&simulator, &groups, nowhere).await.1["joined"], false);
    assert_eq!(send(&simulator, to_group.clone()).await.0, 200);
    assert_eq!(simulator.customer(ANA).inbox()[0].text(), Some("oi"));

    // What waits for a phone that is off arrives there, and is told of the group.
    let off = post(&simulator, &format!("customers/{ANA}"), json!({"online": false})).await;
    assert_eq!(off.0, 200);
    assert_eq!(send(&simulator, to_group.clone()).await.0, 200);
    assert_eq!(simulator.customer(ANA).inbox().len(), 1);
    post(&simulator, &format!("customers/{ANA}"), json!({"online": true})).await;
    assert_eq!(simulator.customer(ANA).inbox().len(), 2);
    simulator.idle().await;
    let told = values(&callback, "messages");
    assert_eq!(told.last().unwrap()["contacts"][0]["wa_id"], ANA);
    let last = &told.last().unwrap()["statuses"][0];
    assert_eq!((&last["status"], &last["recipient_type"]), (&json!("read"), &json!("group")));
    assert_eq!(last["recipient_participant_id"], ANA);

    let leave = format!("DELETE /simulator/{groups}/{id}");
    for left in [true, false] {
        assert_eq!(ask(&simulator, &leave, &json!({})).await.1["left"], left);
    }
    assert_eq!(refused(&send(&simulator, to_group).await).0, 131_020);
    simulator.idle().await;
    let told = values(&callback, "group_participants_update");
    let left = &told.last().unwrap()["groups"][0];
    assert_eq!(left["type"], "group_participants_remove");
    assert_eq!(left["removed_participants"][0]["wa_id"], ANA);
    assert_eq!(left["initiated_by"], "participant");
}

#[tokio::test]
async fn messages_are_delivered_and_read_one_by_one() {
    let callback = Callback::listen().await;
    let simulator =
        builder().callback(callback.url.as_str()).auto_read(false).start().await.unwrap();
    let customer = format!("customers/{ANA}");
    simulator.customer(ANA).says("oi").await;
    assert_eq!(post(&simulator, &customer, json!({"online": false})).await.0, 200);
    let mut ids = Vec::new();
    for text in ["1", "2", "3"] {
        let sent = send(&simulator, json!({"text": {"body": text}})).await;
        ids.push(sent.1["messages"][0]["id"].clone());
    }
    assert_eq!(simulator.customer(ANA).inbox().len(), 0);
    let receipts = format!("{customer}/receipts");
    for (id, status, answer) in [
        (&ids[1], "delivered", 200),
        (&ids[1], "delivered", 400),
        (&ids[2], "read", 200),
        (&ids[2], "read", 400),
        (&ids[1], "read", 200),
        (&json!("wamid.none"), "read", 400),
        (&ids[0], "seen", 400),
    ] {
        let receipt = json!({"message_id": id, "status": status});
        assert_eq!(post(&simulator, &receipts, receipt).await.0, answer, "{id} {status}");
    }
    post(&simulator, &customer, json!({"online": true})).await;
    simulator.idle().await;
    let statuses: Vec<_> = values(&callback, "messages")
        .iter()
        .filter_map(|value| {
            let status = value["statuses"].get(0)?;
            let index = ids.iter().position(|id| status["id"] == *id)?;
            Some(format!("{index} {}", status["status"].as_str()?))
        })
        .filter(|told| !told.ends_with("sent"))
        .collect();
    assert_eq!(
        statuses,
        ["1 delivered", "2 delivered", "2 read", "1 read", "0 delivered"],
        "each once"
    );
}

#[tokio::test]
async fn calls_and_receipts_are_listed_and_webhooks_posted_again() {
    let callback = Callback::listen().await;
    let simulator = builder().start().await.unwrap();
    assert_eq!(post(&simulator, "deliveries/last", json!({})).await.0, 400);
    let nowhere = post(&simulator, "deliveries", json!({})).await;
    assert!(nowhere.1["error"].as_str().unwrap().ends_with("no callback is subscribed"));
    assert_eq!(post(&simulator, "callback", json!({"url": callback.url})).await.0, 200);
    let question = simulator.customer(ANA).says("oi").await;
    assert_eq!(get(&simulator, "idle").await, json!({"idle": true}));
    assert_eq!(callback.bodies().len(), 1);
    assert_eq!(post(&simulator, "deliveries/last", json!({})).await.1["status"], 200);
    let raw = request(&simulator, "POST /simulator/deliveries", "", b"no JSON").await;
    assert_eq!(raw.1["status"], 200);
    let bodies = callback.bodies();
    assert_eq!(bodies[0], bodies[1]);
    assert_eq!(bodies[2], b"no JSON");

    let read = json!({"status": "read", "message_id": question.as_str()});
    assert_eq!(send(&simulator, read).await.0, 200);
    let receipts = get(&simulator, "receipts").await;
    let receipt = json!({"message_id": question.as_str(), "typing": false});
    assert_eq!(receipts["data"], json!([receipt]));
    let path = format!("{}/messages", simulator.phone_number_id());
    let calls = get(&simulator, "calls").await;
    assert_eq!(calls["data"], json!([{"method": "POST", "path": path, "status": 200}]));
}

#[tokio::test]
async fn a_path_that_is_none_is_told_which_there_are() {
    let simulator = builder().start().await.unwrap();
    let docs = include_str!("../../src/simulator/mod.rs");
    let mut paths = Vec::new();
    for (line, status) in [
        ("GET /simulator", 404),
        ("GET /simulator/", 404),
        ("POST /simulator/nonsense", 404),
        ("POST /simulator/customers/1/nonsense", 404),
        ("DELETE /simulator/clock", 405),
        ("PATCH /simulator/faults", 405),
    ] {
        let (found, answer) = ask(&simulator, line, &json!({})).await;
        assert_eq!(found, status, "{line}");
        assert!(!answer["error"].as_str().unwrap().is_empty());
        paths = answer["paths"].as_array().unwrap().clone();
    }
    assert_eq!(paths.len(), 28);
    for path in paths {
        let path = path.as_str().unwrap();
        let at = docs.find(&format!("`{path}")).unwrap_or_else(|| panic!("{path} is undocumented"));
        assert!(docs[..at].contains("# From another program"));
        let (method, path) = path.split_once(' ').unwrap();
        let path = path.replace("{id or name}", "1").replace("{phone}", ANA).replace("{id}", "1");
        let line = format!("{method} /simulator{path}");
        let answer = ask(&simulator, &line, &json!({})).await;
        assert!(![404, 405].contains(&answer.0), "{line}");
    }
}

#[tokio::test]
async fn what_means_nothing_is_refused_with_what_and_where() {
    let simulator = builder().start().await.unwrap();
    let long = "1".repeat(5_000);
    let messages = format!("customers/{ANA}/messages");
    for (path, body, place) in [
        (messages.clone(), json!({"message": {}}), "message.type"),
        (messages.clone(), json!({"message": {"type": ""}}), "message.type"),
        (messages.clone(), json!({"message": {"type": "text", "from": "1"}}), "message.from"),
        (messages.clone(), json!({"text": ""}), "text"),
        (messages.clone(), json!({"text": "x", "to": "1"}), "to:"),
        (messages.clone(), json!([]), "object"),
        (format!("customers/{long}"), json!({}), "phone"),
        (format!("customers/{long}/messages"), json!({"text": "x"}), "phone"),
        ("customers/12ab34".to_owned(), json!({}), "phone"),
        (format!("customers/{ANA}/files?kind=from"), json!({}), "kind"),
        (format!("customers/{ANA}/files?kind=image&to=1"), json!({}), "to:"),
        (format!("customers/{ANA}"), json!({"nmae": "x"}), "nmae"),
        ("clock".to_owned(), json!({"seconds": 2.6e11}), "seconds"),
        ("clock".to_owned(), json!({"seconds": "1"}), "f64"),
        ("faults".to_owned(), json!({"call": {"status": 0}}), "status"),
        ("faults".to_owned(), json!({"call": {"status": 101}}), "status"),
        ("faults".to_owned(), json!({}), "call"),
        ("callback".to_owned(), json!({"url": "ftp://x"}), "url"),
        ("templates/none".to_owned(), json!({"status": "PAUSED"}), "template"),
        ("templates/none".to_owned(), json!({"status": "SLEEPING"}), "status"),
        ("templates/none".to_owned(), json!({"reason": "SCAM"}), "reason"),
        ("templates/none".to_owned(), json!({}), "quality"),
        ("templates".to_owned(), json!({"template": {"name": "A B"}}), "template.name"),
        (
            "templates".to_owned(),
            json!({"template": template("a"), "account_id": "1"}),
            "account_id",
        ),
        ("reviews".to_owned(), json!({}), "reason"),
        ("tokens".to_owned(), json!({"token": "a b"}), "token"),
        ("tokens".to_owned(), json!({"permissions": ["all"]}), "permissions"),
        ("tokens".to_owned(), json!({"expires_at": 1, "expires_in": 1}), "expires_at"),
        ("tokens".to_owned(), json!({"expires_in": -1}), "expires_in"),
        (
            "numbers".to_owned(),
            json!({"account_id": "a/b", "phone_number_id": "1", "phone_number": "1"}),
            "account_id",
        ),
        (
            "signups".to_owned(),
            json!({"account_id": "1", "phone_number_id": "1", "phone_number": long}),
            "phone_number",
        ),
    ] {
        let (status, answer) = post(&simulator, &path, body.clone()).await;
        assert_eq!(status, 400, "{path:.40} {body}");
        let error = answer["error"].as_str().unwrap();
        assert!(error.contains(place), "{path:.40} {body}: {error}");
    }
    let long = format!("GET /simulator/customers/{long}/messages");
    assert_eq!(ask(&simulator, &long, &json!({})).await.0, 400);

    // As curl writes it; and not with members that stand in no order.
    let form = "Content-Type: application/x-www-form-urlencoded\r\n";
    for (head, body, status) in [
        (form, br#"{"seconds": 1}"#.as_slice(), 200),
        ("", br#"{"seconds": 1}"#, 200),
        (form, b"seconds=1", 400),
        (form, br#"{"seconds": 1e400}"#, 400),
        (form, b"[1]", 400),
        (form, b"", 400),
    ] {
        let answer = request(&simulator, "POST /simulator/clock", head, body).await;
        assert_eq!(answer.0, status, "{:?}", String::from_utf8_lossy(body));
        assert_eq!(answer.1["error"].is_string(), status == 400);
    }
}

#[tokio::test]
async fn a_callback_that_fails_is_told_why() {
    const NOBODY: &str = "http://127.0.0.1:1/";
    let simulator = builder().start().await.unwrap();
    let (status, answer) = post(&simulator, "callback", json!({"url": NOBODY})).await;
    assert_eq!(status, 502);
    let error = answer["error"].as_str().unwrap();
    assert!(error.contains("refused"), "{error}");

    // The simulator is no callback itself: it knows no such path.
    let url = format!("{}/simulator/hook", simulator.base_url());
    let (status, answer) = post(&simulator, "callback", json!({"url": url})).await;
    assert_eq!((status, &answer["status"]), (502, &json!(404)));

    // And it answers here, but not what it was asked.
    let url = format!("{}/simulator/clock", simulator.base_url());
    let (status, answer) = post(&simulator, "callback", json!({"url": url})).await;
    assert_eq!(status, 502);
    assert!(answer["error"].as_str().unwrap().contains("challenge"));
    assert!(!answer.to_string().contains("simulator-verify-token"));
}
