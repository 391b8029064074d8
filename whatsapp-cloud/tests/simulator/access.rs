//! Tokens open what they were given for, until they end.

use std::time::Duration;

use secrecy::SecretString;
use serde_json::json;
use whatsapp_cloud::api::messages::Message;
use whatsapp_cloud::client::ClientBuilder;
use whatsapp_cloud::simulator::{Access, Permission, Simulator};
use whatsapp_cloud::{Client, Error, ErrorKind};

use super::support::{ANA, ask, builder, refused};

fn client_with(simulator: &Simulator, token: &str) -> ClientBuilder {
    Client::builder(SecretString::from(token)).base_url(simulator.base_url())
}

async fn send(simulator: &Simulator, token: &str) -> Result<(), Error> {
    let client = client_with(simulator, token).build().unwrap();
    let number = client.phone_number(simulator.phone_number_id().clone());
    number.send(Message::text(ANA, "oi")).await.map(drop)
}

fn codes(outcome: Result<(), Error>) -> Option<(Option<i64>, Option<i64>, Option<u16>)> {
    outcome.err().map(|error| (error.code(), error.subcode(), error.status()))
}

#[tokio::test]
async fn a_token_ends_when_its_time_has_come_or_it_is_taken_back() {
    let simulator = builder().start().await.unwrap();
    simulator.customer(ANA).says("oi").await;
    let end = simulator.now() + Duration::from_secs(60);
    simulator.grant(&SecretString::from("short"), Access::default().until(end));
    simulator.grant(&SecretString::from("long"), Access::default());

    assert_eq!(codes(send(&simulator, "short").await), None);
    simulator.advance(Duration::from_secs(60));
    assert_eq!(codes(send(&simulator, "short").await), Some((Some(190), Some(463), Some(401))));

    assert_eq!(codes(send(&simulator, "long").await), None);
    assert!(simulator.revoke(&SecretString::from("long")));
    assert!(!simulator.revoke(&SecretString::from("never granted")));
    assert_eq!(codes(send(&simulator, "long").await), Some((Some(190), Some(467), Some(401))));
    assert_eq!(codes(send(&simulator, "other").await), Some((Some(190), None, Some(401))));
}

#[tokio::test]
async fn a_token_opens_its_accounts_and_what_it_has_permission_for() {
    let simulator = builder().start().await.unwrap();
    simulator.customer(ANA).says("oi").await;
    simulator.add_number("2", "22", "15550783882");
    let own = simulator.account_id().clone();
    for (token, access) in [
        ("of-own", Access::default().of_accounts([own])),
        ("of-other", Access::default().of_accounts(["2"])),
        ("manages", Access::to([Permission::Management])),
        ("writes", Access::to([Permission::Messaging])),
    ] {
        simulator.grant(&SecretString::from(token), access);
    }

    assert_eq!(codes(send(&simulator, "of-own").await), None);
    assert_eq!(codes(send(&simulator, "writes").await), None);
    assert_eq!(codes(send(&simulator, "manages").await), Some((Some(200), None, Some(403))));
    // As if there were no such number.
    assert_eq!(codes(send(&simulator, "of-other").await), Some((Some(100), Some(33), Some(400))));
    assert_eq!(simulator.sent().len(), 2);

    let number = simulator.phone_number_id();
    for (token, allowed) in [("manages", true), ("writes", false)] {
        let head = format!("Authorization: Bearer {token}\r\n");
        let line = format!("GET /v25.0/{number}");
        let answer = super::support::request(&simulator, &line, &head, b"").await;
        assert_eq!(answer.0 == 200, allowed, "{token}");
    }
}

#[tokio::test]
async fn the_app_vouches_for_its_tokens() {
    let secret = || SecretString::from("the app's");
    let simulator = builder().app_secret(secret()).require_proof(true).start().await.unwrap();
    simulator.customer(ANA).says("oi").await;
    let unproven = send(&simulator, "simulator-token").await.unwrap_err();
    assert_eq!(unproven.code(), Some(100));

    for (secret, taken) in [(secret(), true), (SecretString::from("another app's"), false)] {
        let client = client_with(&simulator, "simulator-token").app_secret(secret).build().unwrap();
        let number = client.phone_number(simulator.phone_number_id().clone());
        assert_eq!(number.send(Message::text(ANA, "oi")).await.is_ok(), taken);
    }
    assert_eq!(simulator.sent().len(), 1);
}

#[tokio::test]
async fn a_number_of_another_account_has_customers_windows_and_webhooks_of_its_own() {
    let simulator = builder().start().await.unwrap();
    simulator.add_number("2", "22", "15550783882");
    simulator.customer(ANA).writing_to("22").says("oi").await;
    let client = simulator.client().unwrap();

    let closed = client
        .phone_number(simulator.phone_number_id().clone())
        .send(Message::text(ANA, "oi"))
        .await
        .unwrap_err();
    assert_eq!(closed.kind(), ErrorKind::WindowClosed);
    client.phone_number("22").send(Message::text(ANA, "oi")).await.unwrap();
    assert_eq!(simulator.sent()[0].from().as_str(), "22");

    let (_, row) =
        ask(&simulator, "GET /2/phone_numbers?fields=display_phone_number", &json!({})).await;
    assert_eq!(row["data"], json!([{"id": "22", "display_phone_number": "15550783882"}]));
    let unknown = ask(&simulator, "GET /3/phone_numbers", &json!({})).await;
    assert_eq!(refused(&unknown), (100, Some(33)));
}
