//! What `wa send` sends, to the simulator, and what it says when that fails.

use std::process::Stdio;

use serde_json::{Value, json};
use whatsapp_cloud::simulator::{Fault, Simulator};

use crate::{Done, wa};

const TOKEN: &str = "simulator-token";

fn text(to: &str) -> Value {
    json!({
        "messaging_product": "whatsapp", "recipient_type": "individual", "to": to,
        "type": "text", "text": {"body": "Oi"},
    })
}

/// Sends a body, with this token and to that place.
async fn send(body: &Value, token: &str, base_url: &str, from: &str) -> Done {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("body.json");
    std::fs::write(&file, body.to_string()).unwrap();
    let mut wa = wa();
    wa.env("TOKEN", token)
        .args(["send", "--token-env", "TOKEN", "--from", from, "--base-url", base_url])
        .arg(&file)
        .stdin(Stdio::null());
    // The simulator answers meanwhile.
    let output = tokio::task::spawn_blocking(move || wa.output().unwrap()).await.unwrap();
    let done = Done::of(output);
    let told = done.complaint.clone() + &done.lines.concat();
    assert!(token.is_empty() || !told.contains(token), "{told}");
    done
}

async fn simulator() -> Simulator {
    let simulator = Simulator::builder().start().await.unwrap();
    simulator.customer("+5511999990001").says("Oi").await;
    simulator
}

#[tokio::test]
async fn a_message_is_sent_and_metas_answer_printed() {
    let simulator = simulator().await;
    let from = simulator.phone_number_id().as_str();
    let done = send(&text("+5511999990001"), TOKEN, simulator.base_url(), from).await;

    let sent = simulator.sent();
    assert_eq!((done.code, done.complaint.as_str(), sent.len()), (0, "", 1));
    assert_eq!(sent[0].text(), Some("Oi"));
    assert_eq!(done.told()[0]["messages"][0]["id"], sent[0].id().as_str());
}

#[tokio::test]
async fn a_receipt_is_told_and_answered_with_success() {
    let simulator = simulator().await;
    let asked = simulator.customer("+5511999990001").says("Sim?").await;
    let from = simulator.phone_number_id().as_str();
    let mut body =
        json!({"messaging_product": "whatsapp", "status": "read", "message_id": asked.as_str()});
    let read = send(&body, TOKEN, simulator.base_url(), from).await;
    body["typing_indicator"] = json!({"type": "text"});
    let typing = send(&body, TOKEN, simulator.base_url(), from).await;

    assert_eq!((read.code, read.lines), (0, vec![r#"{"success":true}"#.to_owned()]));
    assert_eq!(typing.code, 0);
    let receipts = simulator.receipts();
    let typed: Vec<_> =
        receipts.iter().map(whatsapp_cloud::simulator::Receipt::is_typing).collect();
    assert_eq!(typed, [false, true]);
}

#[tokio::test]
async fn what_is_wrong_is_said_as_lint_says_it_and_nothing_is_sent() {
    let simulator = simulator().await;
    let mut body = text("<PHONE>");
    body["text"]["body"] = "x".repeat(4_097).into();
    let from = simulator.phone_number_id().as_str();
    let done = send(&body, TOKEN, simulator.base_url(), from).await;

    let told = done.told();
    assert_eq!((done.code, &told[0]["ok"]), (1, &json!(false)));
    // Where `lint` lets a placeholder stand, there is nobody to send to.
    assert_eq!(told[0]["violations"][0]["path"], "to");
    assert_eq!(
        told[0]["violations"][1],
        json!({"path": "text.body", "limit": "1 to 4096 characters", "found": "4097"})
    );
    assert!(simulator.sent().is_empty());
}

#[tokio::test]
async fn what_meta_refuses_is_told_with_its_code_and_what_to_do() {
    let simulator = simulator().await;
    let from = simulator.phone_number_id().as_str();
    // Nobody who wrote within 24 hours.
    let closed = send(&text("+5511999990002"), TOKEN, simulator.base_url(), from).await;
    let expired = send(&text("+5511999990001"), "another-token", simulator.base_url(), from).await;

    let told = &closed.told()[0];
    assert_eq!(closed.code, 1);
    assert_eq!((&told["code"], &told["kind"]), (&json!(131_047), &json!("window_closed")));
    assert_eq!(told["may_have_been_sent"], false);
    assert_eq!(told["advice"]["retry"], "after_change");
    let told = &expired.told()[0];
    assert_eq!((&told["code"], &told["kind"]), (&json!(190), &json!("authentication")));
    assert!(simulator.sent().is_empty());
}

#[tokio::test]
async fn a_lost_answer_says_that_the_message_may_have_been_sent() {
    let simulator = simulator().await;
    simulator.fail_next(Fault::DropAnswerAfterEffect);
    let from = simulator.phone_number_id().as_str();
    let done = send(&text("+5511999990001"), TOKEN, simulator.base_url(), from).await;

    let told = &done.told()[0];
    assert_eq!((done.code, &told["kind"]), (1, &json!("maybe_sent")));
    assert_eq!((&told["code"], &told["may_have_been_sent"]), (&Value::Null, &json!(true)));
    assert_eq!(simulator.sent().len(), 1);
}

#[tokio::test]
async fn what_cannot_be_set_up_is_said_without_the_token() {
    let simulator = simulator().await;
    let body = text("+5511999990001");
    let from = simulator.phone_number_id().as_str();
    for (token, base_url, from, why) in [
        ("", simulator.base_url(), from, "the variable TOKEN is empty"),
        ("a token", simulator.base_url(), from, "holds a character no token has"),
        (TOKEN, "http://example.com", from, "use https"),
    ] {
        let done = send(&body, token, base_url, from).await;
        assert_eq!((done.code, done.lines.len()), (2, 0), "{why}");
        assert!(done.complaint.contains(why), "{}", done.complaint);
    }
}

#[tokio::test]
async fn a_template_is_created_and_not_sent() {
    let template = json!({
        "name": "a", "language": "en", "category": "UTILITY",
        "components": [{"type": "BODY", "text": "b"}],
    });
    let done = send(&template, TOKEN, "http://127.0.0.1:1", "1").await;

    assert_eq!((done.code, done.lines.len()), (2, 0));
    assert!(done.complaint.contains("a template is not sent"), "{}", done.complaint);
}
