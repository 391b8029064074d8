//! What several write at once through two desks on one SQLite file, as two processes do.
#![allow(missing_docs, clippy::unwrap_used)]

mod support;

use std::path::Path;
use std::sync::Arc;

use atendimento_core::Desk;
use atendimento_core::domain::access::Role;
use atendimento_core::domain::hours::Zone;
use atendimento_core::domain::{Conversation, Direction, Event, Protocol};
use atendimento_core::engine::{Audience, Sought};
use atendimento_core::store::sqlite::SqliteStore;
use atendimento_core::store::{Cursor, Listing, Queries as _};
use atendimento_core::testing::{FakeChannel, ManualClock, SeededRandomness, TestKeys};
use atendimento_core::time::Timestamp;
use atendimento_core::vault::Vault;
use futures_util::future::join_all;
use support::{ACCOUNT, actor, hello, says, tenant};

const NOW: Timestamp = Timestamp::from_seconds(1_700_000_000);

fn desk(path: &Path, seed: u64) -> (Desk, SqliteStore) {
    let store = SqliteStore::open(path).unwrap();
    let randomness = SeededRandomness::new(seed);
    let vault = Vault::new(Arc::new(TestKeys::default()), Arc::new(randomness.clone())).unwrap();
    let desk = Desk::builder(store.clone(), vault, FakeChannel::new())
        .clock(ManualClock::at(NOW))
        .randomness(randomness)
        .account(ACCOUNT, "service")
        .build()
        .unwrap();
    (desk, store)
}

async fn open(store: &SqliteStore) -> Vec<Conversation> {
    store.open_conversations(&tenant(), 100).await.unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn conversations_that_begin_at_once_have_a_number_each() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store.db");
    let (desks, stores): (Vec<_>, Vec<_>) = (1..=2).map(|seed| desk(&path, seed)).unzip();
    let begin = |desk: Desk, from: u32| {
        tokio::spawn(async move {
            for number in from..from + 12 {
                let customer = format!("55119999901{number:02}");
                let body = FakeChannel::body(&[says(&customer, &format!("in.{number}"), "hello")]);
                desk.receive(body).await.unwrap();
                desk.run_until_idle().await.unwrap();
            }
        })
    };
    let begun = [begin(desks[0].clone(), 1), begin(desks[1].clone(), 51)];
    for done in join_all(begun).await {
        done.unwrap();
    }
    let open = open(&stores[0]).await;
    let mut numbers: Vec<_> = open.iter().map(|it| it.protocol.unwrap()).collect();
    numbers.sort();
    let day = Zone::utc().day(NOW);
    assert_eq!(numbers, (1..=24).map(|number| Protocol::new(day, number)).collect::<Vec<_>>());

    // Each is found by its number, through either.
    let eva = actor("eva", Role::AUDITOR);
    for (desk, it) in desks.iter().cycle().zip(&open) {
        let sought = Sought::Protocol(it.protocol.unwrap());
        let found = desk.search(&eva, &sought, &Listing::default(), 9).await.unwrap();
        assert_eq!(found, std::slice::from_ref(it));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn what_several_write_about_one_conversation_at_once_is_all_kept_each_once() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store.db");
    let (desks, stores): (Vec<_>, Vec<_>) = (1..=2).map(|seed| desk(&path, seed)).unzip();
    desks[0].receive(FakeChannel::body(&[hello("in.1")])).await.unwrap();
    desks[0].run_until_idle().await.unwrap();
    let id = open(&stores[0]).await[0].id;
    let sofia = actor("sofia", Role::SUPERVISOR);

    let written = (0..8).map(|number| {
        let (desk, sofia) = (desks[number % 2].clone(), sofia.clone());
        tokio::spawn(async move {
            let note = desk.note(&sofia, id, "n1", "asked twice").await.unwrap();
            desk.tag(&sofia, id, &format!("t{number}")).await.unwrap();
            desk.tag(&sofia, id, "vip").await.unwrap();
            let (name, value) = (format!("f{number}"), number.to_string());
            desk.set_field(&sofia, id, &name, Some(&value)).await.unwrap();
            desk.set_field(&sofia, id, "order", Some("17")).await.unwrap();
            note
        })
    });
    let notes: Vec<_> = join_all(written).await.into_iter().map(Result::unwrap).collect();
    assert!(notes.iter().all(|note| *note == notes[0]), "{notes:?}");

    let business = desks[1].transcript(&sofia, id, Audience::Business).await.unwrap();
    let notes = business.entries.iter().filter(|entry| entry.direction == Direction::Internal);
    assert_eq!(notes.count(), 1);
    let tags: Vec<_> = (0..8).map(|number| format!("t{number}")).chain(["vip".into()]).collect();
    assert_eq!(business.tags, tags);
    let fields = (0..8).map(|number| (format!("f{number}"), number.to_string()));
    assert_eq!(business.fields, fields.chain([("order".into(), "17".into())]).collect());

    let (journal, _) = stores[1].journal(Cursor::default(), 1_000).await.unwrap();
    let count = |is: &dyn Fn(&Event) -> bool| journal.iter().filter(|it| is(&it.event)).count();
    assert_eq!(count(&|it| matches!(it, Event::Noted { .. })), 1);
    assert_eq!(count(&|it| matches!(it, Event::Tagged { tag } if tag == "vip")), 1);
    // A value that a field has already is no change of it.
    assert_eq!(count(&|it| matches!(it, Event::FieldSet { name, .. } if name == "order")), 1);
}
