//! An event that makes its worker panic costs only itself.
#![allow(missing_docs, clippy::unwrap_used)]

mod support;

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use async_trait::async_trait;
use atendimento_core::Desk;
use atendimento_core::channel::{Authentic, Channel, Inbound, Outbound, SendOutcome};
use atendimento_core::crm::{Capabilities, ContactUpdate, CrmAdapter, Outcome, TimelineUpdate};
use atendimento_core::domain::Event;
use atendimento_core::store::memory::MemoryStore;
use atendimento_core::store::{Cursor, Queries};
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

/// A CRM adapter with a bug.
struct PanickingCrm(AtomicU32);

#[async_trait]
impl CrmAdapter for PanickingCrm {
    fn connection(&self) -> &str {
        "panicking"
    }

    fn capabilities(&self) -> Capabilities {
        Capabilities { upsert_by_our_key: true, timeline: true }
    }

    async fn upsert_contact(&self, _: ContactUpdate<'_>) -> Outcome {
        self.0.fetch_add(1, Ordering::SeqCst);
        panic!("a bug in an adapter");
    }

    async fn append_timeline(&self, _: TimelineUpdate<'_>) -> Outcome {
        unreachable!("the contact is never known")
    }
}

#[tokio::test]
async fn an_adapter_that_panics_is_not_called_for_ever_and_holds_nobody_back() {
    let around = support::empty();
    let keys = Arc::new(TestKeys::default());
    let randomness = Arc::new(SeededRandomness::new(2));
    let desk = Desk::builder(
        around.store.clone(),
        Vault::new(keys, randomness).unwrap(),
        around.channel.clone(),
    )
    .crm(PanickingCrm(AtomicU32::new(0)))
    .clock(around.clock.clone())
    .account(ACCOUNT, "service")
    .build()
    .unwrap();
    desk.receive(FakeChannel::body(&[hello("in.1"), hello("in.2")])).await.unwrap();
    for _ in 0..9 {
        desk.run_until_idle().await.unwrap();
        around.clock.advance(Duration::from_secs(600));
    }

    let (journal, _) = around.store.journal(Cursor::default(), 100).await.unwrap();
    let given_up = journal.iter().filter(|it| matches!(it.event, Event::CrmGaveUp { .. }));
    assert_eq!(given_up.count(), 2, "each once");
}
