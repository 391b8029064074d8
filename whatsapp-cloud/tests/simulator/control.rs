//! Another program can play the customers, move the clock and say what goes wrong.

use std::time::Duration;

use serde_json::{Value, json};
use whatsapp_cloud::ErrorKind;
use whatsapp_cloud::api::messages::Message;
use whatsapp_cloud::simulator::Simulator;

use super::support::{ANA, Callback, ask, builder, request};

async fn control(simulator: &Simulator, path: &str, body: Value) -> (u16, Value) {
    ask(simulator, &format!("POST /simulator/{path}"), &body).await
}

async fn send(simulator: &Simulator) -> Result<(), whatsapp_cloud::Error> {
    let client = simulator.client().unwrap();
    let number = client.phone_number(simulator.phone_number_id().clone());
    number.send(Message::text(ANA, "oi")).await.map(drop)
}

#[tokio::test]
async fn customers_write_send_files_and_read() {
    let callback = Callback::listen().await;
    let simulator = builder().auto_read(false).start().await.unwrap();
    let subscribed = control(&simulator, "callback", json!({"url": callback.url})).await;
    assert_eq!(subscribed.0, 200);

    let messages = format!("customers/{ANA}/messages");
    let text = control(&simulator, &messages, json!({"text": "1", "name": "Ana"})).await;
    assert!(text.1["id"].as_str().unwrap().starts_with("wamid."));
    let location = json!({"type": "location", "location": {"latitude": 1, "longitude": 2}});
    assert_eq!(control(&simulator, &messages, json!({"message": location})).await.0, 200);
    let line = format!("POST /simulator/customers/{ANA}/files?kind=image");
    let sent = request(&simulator, &line, "Content-Type: image/png\r\n", b"png").await;
    assert_eq!(sent.0, 200);
    send(&simulator).await.unwrap();
    let read = control(&simulator, &format!("customers/{ANA}/reads"), json!({})).await;
    assert_eq!(read.1["read"], 1);
    simulator.idle().await;

    let told = callback.told().concat();
    assert_eq!(told[0], "message 1");
    assert_eq!(told[3..], ["status sent", "status delivered", "status read"]);
    let (_, inbox) = ask(&simulator, &format!("GET /simulator/{messages}"), &json!({})).await;
    assert_eq!(inbox["data"][0]["text"], "oi");
    let (_, sent) = ask(&simulator, "GET /simulator/messages", &json!({})).await;
    assert_eq!(sent["data"][0]["to"], ANA);
    let (_, posted) = ask(&simulator, "GET /simulator/deliveries", &json!({})).await;
    assert_eq!(posted["data"][0]["status"], 200);

    for (path, body) in [
        (messages.as_str(), json!({})),
        (messages.as_str(), json!({"text": "x", "message": {"type": "x"}})),
        (messages.as_str(), json!({"message": "x"})),
        ("customers/nobody/messages", json!({"text": "x"})),
        ("customers/nobody", json!({})),
        ("customers/1/files", json!({})),
        ("clock", json!({"seconds": -1})),
        ("customers/1", json!({"nmae": "x"})),
    ] {
        let answer = control(&simulator, path, body).await;
        assert_eq!(answer.0, 400, "{path}");
    }
}

#[tokio::test]
async fn a_customer_is_as_told() {
    let callback = Callback::listen().await;
    let simulator = builder().callback(callback.url.as_str()).start().await.unwrap();
    simulator.customer(ANA).says("oi").await;
    let away = json!({"name": "Ana", "reachable": false, "auto_read": false});
    let answer = control(&simulator, &format!("customers/{ANA}"), away).await;
    assert_eq!(answer.1["user_id"], simulator.customer(ANA).user_id().as_str());

    send(&simulator).await.unwrap();
    simulator.idle().await;
    assert_eq!(callback.told().concat(), ["message oi", "status failed"]);
    assert!(String::from_utf8(callback.bodies().concat()).unwrap().contains("131026"));
    assert!(simulator.customer(ANA).inbox().is_empty());
}

#[tokio::test]
async fn the_clock_is_moved_and_faults_are_planned() {
    let callback = Callback::listen().await;
    let simulator = builder().callback(callback.url.as_str()).start().await.unwrap();
    simulator.customer(ANA).says("oi").await;
    let (_, before) = ask(&simulator, "GET /simulator/clock", &json!({})).await;
    let (_, after) = control(&simulator, "clock", json!({"seconds": 86_400})).await;
    assert_eq!(
        after["milliseconds"].as_i64().unwrap() - before["milliseconds"].as_i64().unwrap(),
        86_400_000
    );
    assert_eq!(send(&simulator).await.unwrap_err().kind(), ErrorKind::WindowClosed);
    simulator.customer(ANA).says("oi").await;

    for (fault, kind) in [
        (json!("drop_before_effect"), Some(ErrorKind::MaybeSent)),
        (json!("drop_answer_after_effect"), Some(ErrorKind::MaybeSent)),
        (json!("cut_answer"), Some(ErrorKind::MaybeSent)),
        (json!({"slow": 0.001}), None),
        (json!({"status": 404}), Some(ErrorKind::NotFound)),
        (json!({"status_after_effect": 502}), Some(ErrorKind::MaybeSent)),
        (json!({"graph": 131_056}), Some(ErrorKind::RateLimited)),
        (json!({"throttled": 3}), Some(ErrorKind::RateLimited)),
    ] {
        let planned = control(&simulator, "faults", json!({"call": fault})).await;
        assert_eq!(planned.0, 200, "{fault}");
        let outcome = send(&simulator).await;
        assert_eq!(outcome.err().map(|error| error.kind()), kind, "{fault}");
    }
    for fault in [json!("duplicate"), json!({"reverse": 2}), json!({"delay": 0.0}), json!("lose")] {
        let planned = control(&simulator, "faults", json!({"webhook": fault})).await;
        assert_eq!(planned.0, 200, "{fault}");
    }
    assert_eq!(control(&simulator, "faults", json!({"call": "unknown"})).await.0, 400);
    simulator.idle().await;
    let before = callback.told().concat().len();
    for text in ["1", "2", "3", "4", "5"] {
        simulator.customer(ANA).says(text).await;
    }
    simulator.idle().await;
    assert_eq!(
        callback.told().concat()[before..],
        ["message 1", "message 1", "message 3", "message 2", "message 4"],
        "the fourth was late by no time, and the fifth is lost"
    );
}

#[tokio::test]
async fn a_clock_that_is_moved_too_far_stops_at_the_end_of_time_and_nothing_breaks() {
    const LAST: i64 = 253_402_300_799_999;
    let simulator = builder().start().await.unwrap();
    for seconds in [1e18, 1e12, 2.6e11] {
        let refused = control(&simulator, "clock", json!({"seconds": seconds})).await;
        assert_eq!(refused.0, 400, "{seconds}");
    }
    for _ in 0..2 {
        simulator.advance(Duration::from_secs(1_000_000_000_000_000_000));
        let (_, clock) = ask(&simulator, "GET /simulator/clock", &json!({})).await;
        assert_eq!(clock["milliseconds"], LAST);
    }
    assert_eq!(control(&simulator, "faults", json!({"webhook": {"delay": 1e17}})).await.0, 200);

    // Each adds to the time it is.
    simulator.customer(ANA).says("oi").await;
    send(&simulator).await.unwrap();
    let client = simulator.client().unwrap();
    let number = client.phone_number(simulator.phone_number_id().clone());
    number.upload_media(b"x".to_vec(), "text/plain", "x").await.unwrap();
    simulator.customer(ANA).sends_file("image", b"x".as_slice(), "image/png").await;
}
