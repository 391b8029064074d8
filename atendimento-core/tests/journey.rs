//! The whole way, over real ports: webhook bytes in, reply out, statuses back.
#![allow(missing_docs, clippy::unwrap_used)]

mod service;

use std::path::Path;

use atendimento_core::domain::access::Role;
use atendimento_core::domain::{Content, Delivery, Fence};
use atendimento_core::engine::Reply;
use atendimento_core::store::Queries;
use atendimento_core::store::sqlite::SqliteStore;
use serde_json::json;
use service::{CUSTOMER, NAME, Service, actor};

#[tokio::test]
async fn a_message_travels_all_the_way_and_its_answer_back() {
    let mut service = Service::start().await;
    let ana = service.simulator.customer(CUSTOMER).named(NAME);
    let question = ana.says("Olá, onde está o meu pedido? 📦").await;

    let (agent, fence) = service.until_assigned().await;
    assert_eq!((agent, fence), ("bia".into(), Fence(1)));
    let bia = actor("bia", Role::AGENT);
    let open = service.desk.store().open_conversations(&bia.tenant, 10).await.unwrap();
    assert_eq!(open.len(), 1);
    let view = service.desk.read(&bia, open[0].id).await.unwrap();
    assert_eq!(view.profile.name.as_deref(), Some(NAME));
    let Content::Received(received) = &view.messages[0].content else { panic!("an inbound") };
    assert_eq!(received.text.as_deref(), Some("Olá, onde está o meu pedido? 📦"));
    assert_eq!(received.remote_id.as_deref(), Some(question.as_str()));

    let mut reply = Reply::text("r1", fence, "Oi! Já estou vendo.");
    reply.in_reply_to = Some(view.messages[0].id);
    let message = service.desk.reply(&bia, open[0].id, reply).await.unwrap();
    let way = service.until_read().await;
    assert!(way.is_sorted_by_key(|delivery| delivery.rank()), "{way:?}");

    let got = ana.inbox();
    assert_eq!(got.len(), 1);
    assert_eq!(got[0].text(), Some("Oi! Já estou vendo."));
    assert_eq!(got[0].raw()["context"]["message_id"], json!(question.as_str()));
    service.until_recorded(2).await;

    // What is durable is there for the next process.
    let folder = service.stop().await;
    let reopened = SqliteStore::open(folder.path().join("desk.db")).unwrap();
    let stored = reopened.message(message).await.unwrap().unwrap();
    assert_eq!(stored.record.delivery, Some(Delivery::Read));
    assert_eq!(reopened.messages(open[0].id).await.unwrap().len(), 2);
}

#[tokio::test]
async fn the_file_of_the_store_holds_nothing_that_a_person_said_or_is() {
    let mut service = Service::start().await;
    let ana = service.simulator.customer(CUSTOMER).named(NAME);
    let question = ana.says("segredo entre nós").await;
    service.until_recorded(1).await;
    let user = ana.user_id();
    let folder = service.stop().await;

    let holds = |path: &Path, canary: &str| {
        let bytes = std::fs::read(path).unwrap();
        bytes.windows(canary.len()).any(|window| window == canary.as_bytes())
    };
    // A CRM knows persons: what is searched for is found where it is.
    assert!(holds(&folder.path().join("crm.jsonl"), NAME));
    let mut files = 0;
    for entry in std::fs::read_dir(folder.path()).unwrap() {
        let path = entry.unwrap().path();
        if path.file_name().unwrap().to_string_lossy().starts_with("desk.db") {
            files += 1;
            for canary in [CUSTOMER, NAME, "segredo entre n", question.as_str(), user.as_str()] {
                assert!(!holds(&path, canary), "{canary} stands in {}", path.display());
            }
        }
    }
    assert!(files > 0);
}

#[tokio::test]
async fn a_delivery_that_comes_again_changes_nothing() {
    let mut service = Service::start().await;
    let ana = service.simulator.customer(CUSTOMER).named(NAME);
    ana.says("oi").await;
    service.until_recorded(1).await;
    assert_eq!(service.simulator.redeliver_last().await.unwrap(), 200);
    // What comes after it has passed the same lane: so it has been dealt with by then.
    ana.says("alô?").await;
    service.until_recorded(2).await;

    let store = service.desk.store();
    let open = store.open_conversations(&"default".into(), 10).await.unwrap();
    assert_eq!(open.len(), 1);
    assert_eq!(store.messages(open[0].id).await.unwrap().len(), 2);
    assert!(store.notices(&"default".into(), 10).await.unwrap().is_empty());
}
