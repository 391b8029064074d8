//! An event that makes its worker panic costs only itself.
#![allow(missing_docs, clippy::unwrap_used)]

mod support;

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use atendimento_core::Desk;
use atendimento_core::channel::{Authentic, Channel, Inbound, Outbound, SendOutcome};
use atendimento_core::store::Queries;
use atendimento_core::store::memory::MemoryStore;
use atendimento_core::testing::{FakeChannel, ManualClock, SeededRandomness, TestKeys};
use atendimento_core::time::Timestamp;
use atendimento_core::vault::Vault;
use support::{ACCOUNT, hello, tenant};

const POISON: &[u8] = b"poison";

/// A channel with a bug.
struct Panicking(FakeChannel);

#[async_trait]
impl Channel for Panicking {
    fn read(&self, body: &Authentic) -> Vec<Inbound> {
        assert!(body.as_bytes() != POISON, "a bug in a channel");
        self.0.read(body)
    }

    async fn send(&self, outbound: Outbound) -> SendOutcome {
        self.0.send(outbound).await
    }
}

/// Time is paused: nothing here waits for real.
#[tokio::test(start_paused = true)]
async fn a_body_that_makes_its_worker_panic_is_given_up_and_the_next_is_read() {
    let clock = ManualClock::at(Timestamp::from_seconds(1_700_000_000));
    let randomness = SeededRandomness::new(1);
    let keys = Arc::new(TestKeys::default());
    let vault = Vault::new(keys, Arc::new(randomness.clone())).unwrap();
    let store = MemoryStore::new();
    let desk = Desk::builder(store.clone(), vault, Panicking(FakeChannel::new()))
        .clock(clock.clone())
        .randomness(randomness)
        .account(ACCOUNT, "service")
        .build()
        .unwrap();
    let running = desk.run();
    desk.receive(Authentic::vouched_for(POISON)).await.unwrap();
    desk.receive(FakeChannel::body(&[hello("in.1")])).await.unwrap();

    // A claim that its worker left by a panic ends with the lease; five attempts, then no more.
    for _ in 0..5 {
        tokio::time::sleep(Duration::from_secs(2)).await;
        assert!(store.open_conversations(&tenant(), 9).await.unwrap().is_empty());
        clock.advance(Duration::from_secs(31));
    }
    tokio::time::sleep(Duration::from_secs(2)).await;

    assert_eq!(store.quarantined(&tenant(), 9).await.unwrap().len(), 1);
    assert_eq!(store.open_conversations(&tenant(), 9).await.unwrap().len(), 1);
    running.shutdown().await;
}
