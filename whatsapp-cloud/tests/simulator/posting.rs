//! How webhooks are posted: signed, in order, until they are answered 200.

use secrecy::SecretString;
use serde_json::Value;
use std::io::Write;
use std::net::TcpListener;
use std::thread;
use whatsapp_cloud::ErrorKind;
use whatsapp_cloud::api::messages::Message;
use whatsapp_cloud::simulator::{Fault, Simulator};

use super::business::*;

#[tokio::test]
async fn a_webhook_is_posted_until_it_is_answered_200_and_the_others_wait() {
    let business = Business::answering([500, 401, 204, 302]);
    let simulator = builder().callback(business.url.as_str()).start().await.unwrap();
    let ana = simulator.customer(ANA);
    ana.says("1").await;
    ana.says("2").await;
    simulator.idle().await;

    assert_eq!(
        told(&business.posted()),
        [
            "message text 1",
            "message text 1",
            "message text 1",
            "message text 1",
            "message text 1",
            "message text 2"
        ]
    );
    let deliveries = simulator.deliveries();
    let seen: Vec<_> =
        deliveries.iter().map(|delivery| (delivery.attempt(), delivery.status())).collect();
    assert_eq!(
        seen,
        [
            (1, Some(500)),
            (2, Some(401)),
            (3, Some(204)),
            (4, Some(302)),
            (5, Some(200)),
            (1, Some(200))
        ]
    );
    // The same bytes each time, so that the signature stays right.
    assert_eq!(deliveries[0].body(), deliveries[4].body());
}

#[tokio::test]
async fn a_callback_must_prove_that_it_is_one() {
    let simulator = start().await;
    let refused = simulator.set_callback("http://127.0.0.1:1/webhook").await.unwrap_err();
    assert_eq!(refused.kind(), ErrorKind::Configuration);
    // A server that answers everything with an empty 200.
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    thread::spawn(move || {
        let mut stream = listener.accept().unwrap().0;
        read_request(&mut stream).unwrap();
        stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n").unwrap();
    });
    assert_eq!(simulator.set_callback(url).await.unwrap_err().kind(), ErrorKind::Configuration);
    simulator.customer(ANA).says("lost").await;

    let business = Business::answering([]);
    let other = Simulator::builder()
        .verify_token(SecretString::from("another"))
        .callback(business.url.as_str())
        .start()
        .await
        .unwrap_err();
    assert_eq!((other.kind(), other.status()), (ErrorKind::Configuration, Some(403)));

    simulator.set_callback(format!("{}?mount=1", business.url)).await.unwrap();
    simulator.customer(ANA).says("kept").await;
    simulator.idle().await;
    assert_eq!(told(&business.posted()), ["message text kept"]);
    let requests = business.requests.lock().unwrap();
    assert!(requests[1].starts_with("GET /webhook?mount=1&hub.mode=subscribe&"), "{requests:?}");
}

#[tokio::test]
async fn any_bytes_can_be_posted_and_the_last_once_more() {
    let business = Business::answering([200, 200, 503]);
    let simulator = builder().callback(business.url.as_str()).start().await.unwrap();
    assert_eq!(simulator.redeliver_last().await.unwrap_err().kind(), ErrorKind::InvalidInput);

    simulator.customer(ANA).says("oi").await;
    simulator.idle().await;
    assert_eq!(simulator.redeliver_last().await.unwrap(), 200);
    assert_eq!(simulator.post_raw(b"no JSON \xff".to_vec()).await.unwrap(), 503);

    let posted = business.posted();
    assert_eq!(posted.len(), 3);
    assert_eq!(posted[0], posted[1]);
    assert_eq!(posted[2], b"no JSON \xff");
    let without = start().await.post_raw(b"x".to_vec()).await.unwrap_err();
    assert_eq!(without.kind(), ErrorKind::Configuration);
}

#[tokio::test]
async fn a_lost_answer_is_found_again_by_its_opaque_data() {
    let business = Business::answering([]);
    let simulator = builder().callback(business.url.as_str()).start().await.unwrap();
    simulator.customer(ANA).says("oi").await;
    simulator.fail_next(Fault::DropAnswerAfterEffect);
    let message = Message::text(ANA, "oi").with_opaque_data("order 17");
    let error = send(&simulator, message).await.unwrap_err();
    assert!(error.may_have_been_sent() && !error.is_retryable());
    simulator.idle().await;

    let status: Value = serde_json::from_slice(&business.posted()[1]).unwrap();
    let status = &status["entry"][0]["changes"][0]["value"]["statuses"][0];
    assert_eq!(status["biz_opaque_callback_data"], "order 17");
    assert_eq!(status["id"], simulator.sent()[0].id().as_str());
}
