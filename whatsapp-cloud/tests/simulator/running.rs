//! The simulator as a whole: who gets in, what it remembers, how it ends.

use secrecy::SecretString;
use serde_json::json;
use std::io::Write;
use std::net::TcpStream;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;
use whatsapp_cloud::api::messages::{Message, Template};
use whatsapp_cloud::simulator::{Fault, Simulator, WebhookFault};
use whatsapp_cloud::{Client, ErrorKind, PhoneNumberId};

use super::business::*;

#[tokio::test]
async fn only_the_token_opens_only_the_number_that_exists() {
    let simulator = start().await;
    let message = || Message::template(ANA, Template::new("a", "pt_BR"));
    let wrong = Client::builder(SecretString::from("another"))
        .base_url(simulator.base_url())
        .build()
        .unwrap();
    let number = simulator.phone_number_id().clone();
    let error = wrong.phone_number(number.clone()).send(message()).await.unwrap_err();
    assert_eq!((error.code(), error.status()), (Some(190), Some(401)));
    assert_eq!(error.kind(), ErrorKind::Authentication);

    let client = simulator.client().unwrap();
    let error = client.phone_number("1").send(message()).await.unwrap_err();
    assert_eq!((error.code(), error.subcode()), (Some(100), Some(33)));
    assert_eq!(error.kind(), ErrorKind::NotFound);

    let body = json!({"messaging_product": "whatsapp"}).to_string();
    let (status, _) = request(&simulator, &format!("POST /{number}/messages"), "", &body).await;
    assert_eq!(status, 401);
    // The version may be missing.
    let token = "Authorization: Bearer simulator-token\r\n";
    let (status, answer) =
        request(&simulator, &format!("POST /{number}/messages"), token, &body).await;
    assert_eq!((status, &answer["error"]["code"]), (400, &json!(131_008)));
    assert!(simulator.sent().is_empty());
}

#[tokio::test]
async fn faults_happen_once_each_and_with_or_without_effect() {
    let simulator = start().await;
    let ana = simulator.customer(ANA);
    ana.says("oi").await;
    for (fault, kind, effects) in [
        (Fault::DropBeforeEffect, ErrorKind::MaybeSent, 0),
        (Fault::DropAnswerAfterEffect, ErrorKind::MaybeSent, 1),
        (Fault::Status(500), ErrorKind::MaybeSent, 0),
        (Fault::Status(404), ErrorKind::NotFound, 0),
        (Fault::Graph(131_056), ErrorKind::RateLimited, 0),
        (Fault::Graph(131_016), ErrorKind::Unavailable, 0),
    ] {
        let before = ana.inbox().len();
        simulator.fail_next(fault);
        let error = send(&simulator, Message::text(ANA, "oi")).await.unwrap_err();
        assert_eq!(error.kind(), kind, "{fault:?}");
        assert_eq!(ana.inbox().len() - before, effects, "{fault:?}");
        send(&simulator, Message::text(ANA, "oi")).await.unwrap();
    }
}

#[tokio::test]
async fn a_person_can_play_the_customer_over_http() {
    let simulator = start().await;
    let path = format!("/simulator/customers/{ANA}/messages");
    let json_type = "Content-Type: application/json\r\n";
    let (status, answer) =
        request(&simulator, &format!("POST {path}"), json_type, r#"{"text":"Olá","name":"Ana"}"#)
            .await;
    assert_eq!(status, 200);
    assert!(answer["id"].as_str().unwrap().starts_with("wamid."));
    let sent = send(&simulator, Message::text(ANA, "Oi!")).await.unwrap();

    let (status, inbox) = request(&simulator, &format!("GET {path}"), "", "").await;
    assert_eq!(status, 200);
    assert_eq!(inbox["data"][0]["id"], sent.id().as_str());
    assert_eq!(inbox["data"][0]["text"], "Oi!");
    assert_eq!(inbox["data"][0]["type"], "text");

    let nobody = "POST /simulator/customers/x/messages";
    assert_eq!(request(&simulator, nobody, json_type, r#"{"text":"x"}"#).await.0, 400);
    let (status, _) = request(&simulator, &format!("POST {path}"), json_type, "{}").await;
    assert_eq!(status, 400);
}

#[tokio::test]
async fn ids_are_the_same_for_the_same_story_and_new_after_a_restart() {
    let ids = |started: u64| async move {
        let simulator = Simulator::builder()
            .clock(Arc::new(move || Duration::from_secs(started)))
            .start()
            .await
            .unwrap();
        let first = simulator.customer(ANA).says("oi").await;
        let second = send(&simulator, Message::text(ANA, "oi")).await.unwrap().id().clone();
        (first, second)
    };

    let story = ids(1_749_416_383).await;
    assert!(story == ids(1_749_416_383).await);
    assert!(story.0 != ids(1_749_416_384).await.0);
    assert!(story.0 != story.1);
}

#[tokio::test]
async fn a_stopped_simulator_is_gone_even_while_a_caller_is_silent() {
    let simulator = start().await;
    let client = simulator.client().unwrap();
    let number = PhoneNumberId::new(simulator.phone_number_id().as_str());
    let address = simulator.base_url().strip_prefix("http://").unwrap().to_owned();
    let mut silent = TcpStream::connect(&address).unwrap();
    silent.write_all(b"POST /").unwrap();
    simulator.shutdown().await;

    let template = Message::template(ANA, Template::new("a", "pt_BR"));
    let error = client.phone_number(number).send(template).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::NotSent);
}

#[tokio::test]
async fn nothing_that_is_shown_holds_a_secret_or_a_person() {
    let business = Business::answering([]);
    let with_secrets = builder().token(SecretString::from("canary-token"));
    let builder_shown = format!("{with_secrets:?}");
    let simulator = with_secrets.callback(business.url.as_str()).start().await.unwrap();
    let ana = simulator.customer(ANA).named("canary name");
    let question = ana.says("canary question").await;
    let answer = Message::text(ANA, "canary answer").with_opaque_data("canary data");
    send(&simulator, answer).await.unwrap();
    let client = simulator.client().unwrap();
    let number = client.phone_number(simulator.phone_number_id().clone());
    number.mark_as_read(&question).await.unwrap();
    simulator.idle().await;

    let shown = format!(
        "{builder_shown} {simulator:?} {ana:?} {:?} {:?} {:?} {:?}",
        ana.inbox(),
        simulator.sent(),
        simulator.receipts(),
        simulator.deliveries()
    );
    for secret in ["canary", ANA, "wamid"] {
        assert!(!shown.contains(secret), "{secret} in {shown}");
    }
}

/// Lets the others work until it is so; what never becomes so fails.
async fn until(is_so: impl Fn() -> bool) {
    let becomes_so = async {
        while !is_so() {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(30), becomes_so).await.unwrap();
}

/// A clock of the program's is the way to make the simulator panic where it must not.
#[tokio::test]
async fn what_panics_ends_one_call_and_not_the_simulator() {
    let (millis, panics) =
        (Arc::new(AtomicU64::new(1_749_416_383_000)), Arc::new(AtomicU64::new(0)));
    let is_broken = Arc::new(AtomicBool::new(false));
    let business = Business::answering([]);
    let simulator = builder()
        .callback(business.url.as_str())
        .clock({
            let (millis, panics) = (Arc::clone(&millis), Arc::clone(&panics));
            let is_broken = Arc::clone(&is_broken);
            Arc::new(move || {
                if is_broken.load(Ordering::SeqCst) {
                    panics.fetch_add(1, Ordering::SeqCst);
                    panic!("the clock is broken");
                }
                Duration::from_millis(millis.load(Ordering::SeqCst))
            })
        })
        .start()
        .await
        .unwrap();
    simulator.disturb_next(WebhookFault::Delay(Duration::from_millis(1)));
    simulator.customer(ANA).says("late").await;

    is_broken.store(true, Ordering::SeqCst);
    let error = send(&simulator, Message::text(ANA, "oi")).await.unwrap_err();
    assert_eq!((error.status(), error.code()), (Some(500), Some(131_000)));
    assert!(error.may_have_been_sent());
    // The timekeeper's too.
    until(|| panics.load(Ordering::SeqCst) >= 2).await;
    is_broken.store(false, Ordering::SeqCst);

    send(&simulator, Message::text(ANA, "oi")).await.unwrap();
    assert_eq!(simulator.sent().len(), 1);
    // By nobody's call, but by the clock alone.
    simulator.idle().await;
    let posted = business.posted().len();
    millis.fetch_add(1, Ordering::SeqCst);
    until(|| business.posted().len() > posted).await;
    assert_eq!(told(&business.posted()).last().unwrap(), "message text late");
}
