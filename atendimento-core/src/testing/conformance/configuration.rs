//! What was decided about queues, and by whom.
#![expect(
    clippy::missing_panics_doc,
    reason = "a rule panics when it is broken, which is what it is for"
)]

use std::sync::Arc;

use crate::domain::configuration::Document;
use crate::error::ErrorKind;
use crate::id::TenantId;
use crate::store::{ConfigurationRecord, Store};
use crate::testing::conformance::StoreFixture;
use crate::testing::conformance::contest::contest;
use crate::testing::conformance::samples::{agent, at, other_tenant, refusal, tenant};

/// A version is published on the one before it.
pub async fn a_version_is_published_on_the_one_before_it(fixture: &dyn StoreFixture) {
    let store = fixture.open().await;
    for version in [0, 2] {
        let refused = store.publish(record(version, "x")).await;
        assert_eq!(refusal(refused), ErrorKind::Conflict);
    }
    assert_eq!(listed(&store, &tenant(), None, 9).await, []);
    store.publish(record(1, "a")).await.expect("it is the first");
    let again = store.publish(record(1, "b")).await;
    assert_eq!(refusal(again), ErrorKind::Conflict);

    // Of several at once, one publishes.
    let outcomes = contest(fixture, async |contender, store| {
        let comment = ["c", "d", "e", "f"][contender];
        store.publish(record(2, comment)).await.map_err(|error| error.kind())
    });
    let published = outcomes.iter().filter(|outcome| outcome.is_ok()).count();
    let refused = outcomes.iter().filter(|outcome| **outcome == Err(ErrorKind::Conflict)).count();
    assert_eq!((published, refused), (1, outcomes.len() - 1));
    assert_eq!(listed(&store, &tenant(), None, 9).await.len(), 2);
}

/// Versions are listed the newest first and never change.
pub async fn versions_are_listed_the_newest_first_and_never_change(fixture: &dyn StoreFixture) {
    let store = fixture.open().await;
    let back = ConfigurationRecord { rolled_back_to: Some(1), ..record(3, "back to a") };
    let all = [record(1, "a"), record(2, "b"), back];
    for version in &all {
        store.publish(version.clone()).await.expect("it is the next");
    }
    drop(store);

    let store = fixture.open().await;
    let newest = [all[2].clone(), all[1].clone(), all[0].clone()];
    assert_eq!(listed(&store, &tenant(), None, 9).await, newest);
    assert_eq!(listed(&store, &tenant(), None, 1).await, newest[..1]);
    assert_eq!(listed(&store, &tenant(), Some(3), 9).await, newest[1..]);
    assert_eq!(listed(&store, &tenant(), Some(1), 9).await, []);
}

/// Configurations of one company are unknown to another.
pub async fn configurations_of_one_company_are_unknown_to_another(fixture: &dyn StoreFixture) {
    let store = fixture.open().await;
    store.publish(record(1, "ours")).await.expect("it is the first");
    let theirs = ConfigurationRecord { tenant: other_tenant(), ..record(1, "theirs") };
    store.publish(theirs.clone()).await.expect("it is their first");

    assert_eq!(listed(&store, &tenant(), None, 9).await, [record(1, "ours")]);
    assert_eq!(listed(&store, &other_tenant(), None, 9).await, [theirs]);
}

fn record(version: u64, comment: &str) -> ConfigurationRecord {
    let text = format!("skills = [\"{comment}\"]\n[queues.sales]\n[[rules]]\nqueue = \"sales\"");
    ConfigurationRecord {
        tenant: tenant(),
        version,
        at: at(7),
        by: agent("root"),
        comment: comment.to_owned(),
        rolled_back_to: None,
        document: Document::from_toml(&text).expect("the document is read"),
    }
}

async fn listed(
    store: &Arc<dyn Store>,
    tenant: &TenantId,
    before: Option<u64>,
    limit: usize,
) -> Vec<ConfigurationRecord> {
    store.configurations(tenant, before, limit).await.expect("versions are listed")
}
