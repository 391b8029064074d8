//! Webhooks come in batches, and on demand twice, late, in another order, or not at all.

use std::time::Duration;

use whatsapp_cloud::simulator::{Simulator, WebhookFault};

use super::support::{ANA, Callback, builder};

#[tokio::test]
async fn what_waits_goes_together_up_to_the_most_that_a_body_may_hold() {
    for (most, bodies) in [(1_000, 1), (3, 2), (1, 5)] {
        let callback = Callback::listen().await;
        let simulator =
            builder().batch(most).callback(callback.url.as_str()).start().await.unwrap();
        for text in ["1", "2", "3", "4", "5"] {
            simulator.customer(ANA).says(text).await;
        }
        simulator.idle().await;

        assert_eq!(callback.bodies().len(), bodies, "{most}");
        let told = callback.told().concat();
        assert_eq!(told, ["message 1", "message 2", "message 3", "message 4", "message 5"]);
        assert_eq!(simulator.deliveries().len(), bodies);
    }
}

/// As the builder's pages say; how the wait grows is tested where webhooks are posted.
#[tokio::test]
async fn a_body_holds_1000_updates_and_the_first_wait_is_a_second_unless_another_is_set() {
    let callback = Callback::listen().await;
    let simulator = Simulator::builder().callback(callback.url.as_str()).start().await.unwrap();
    for _ in 0..1_001 {
        simulator.customer(ANA).says("oi").await;
    }
    simulator.idle().await;

    let counts: Vec<usize> = callback.told().iter().map(Vec::len).collect();
    assert_eq!(counts, [1_000, 1]);
    let shown = format!("{:?}", Simulator::builder());
    assert!(shown.contains("retry_first: 1s") && shown.contains("batch: 1000"), "{shown}");
}

#[tokio::test]
async fn a_webhook_can_come_twice_or_never() {
    let callback = Callback::listen().await;
    let simulator = builder().callback(callback.url.as_str()).start().await.unwrap();
    simulator.disturb_next(WebhookFault::Lose);
    simulator.disturb_next(WebhookFault::Duplicate);
    for text in ["1", "2", "3"] {
        simulator.customer(ANA).says(text).await;
    }
    simulator.idle().await;

    assert_eq!(callback.told().concat(), ["message 2", "message 2", "message 3"]);
}

#[tokio::test]
async fn webhooks_can_come_in_another_order() {
    let callback = Callback::listen().await;
    let simulator = builder().batch(1).callback(callback.url.as_str()).start().await.unwrap();
    simulator.disturb_next(WebhookFault::Reverse(3));
    for text in ["1", "2"] {
        simulator.customer(ANA).says(text).await;
    }
    simulator.idle().await;
    assert!(callback.bodies().is_empty());

    for text in ["3", "4"] {
        simulator.customer(ANA).says(text).await;
    }
    simulator.idle().await;
    assert_eq!(callback.told().concat(), ["message 3", "message 2", "message 1", "message 4"]);
}

#[tokio::test]
async fn a_webhook_can_come_later_by_the_simulators_clock() {
    let callback = Callback::listen().await;
    let simulator = builder().callback(callback.url.as_str()).start().await.unwrap();
    simulator.disturb_next(WebhookFault::Delay(Duration::from_secs(60)));
    simulator.customer(ANA).says("1").await;
    simulator.customer(ANA).says("2").await;
    simulator.idle().await;
    assert_eq!(callback.told().concat(), ["message 2"]);

    simulator.advance(Duration::from_millis(59_999));
    simulator.idle().await;
    assert_eq!(callback.bodies().len(), 1);
    simulator.advance(Duration::from_millis(1));
    simulator.idle().await;
    assert_eq!(callback.told().concat(), ["message 2", "message 1"]);
}
