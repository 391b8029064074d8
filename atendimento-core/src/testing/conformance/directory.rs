//! A customer is one, however they are heard of.
#![expect(
    clippy::missing_panics_doc,
    reason = "a rule panics when it is broken, which is what it is for"
)]

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::domain::AliasKind;
use crate::store::{ContactRecord, Resolution, Resolve, Store};
use crate::testing::conformance::StoreFixture;
use crate::testing::conformance::contest::contest;
use crate::testing::conformance::samples::{
    alias, contact, contact_id, other_tenant, resolve as heard,
};

/// Two who resolve at once get one customer.
pub async fn two_who_resolve_at_once_get_one_customer(fixture: &dyn StoreFixture) {
    let addresses = || vec![alias(AliasKind::User, 1), alias(AliasKind::Phone, 2)];
    let proposals = [10, 20, 30, 40];

    let resolutions = contest(fixture, async |contender, store| {
        resolve(&store, heard(addresses(), proposals[contender])).await
    });
    let created = resolutions.iter().filter(|one| one.created).count();
    assert_eq!(created, 1);
    let ids: BTreeSet<_> = resolutions.iter().map(|one| one.contact.id).collect();
    assert_eq!(ids.len(), 1);

    let store = fixture.open().await;
    for (proposal, resolution) in proposals.iter().zip(&resolutions) {
        let found = store.contact(contact_id(*proposal)).await.expect("read");
        assert_eq!(found.is_some(), resolution.created);
    }

    // Two of one body are two at once as well.
    let both = vec![
        heard(vec![alias(AliasKind::User, 5)], 50),
        heard(vec![alias(AliasKind::User, 5)], 60),
    ];
    let both = store.resolve(both).await.expect("resolved");
    assert_eq!((both[0].created, both[1].created), (true, false));
    assert_eq!((&both[0].contact, &both[1].contact), (&contact(50), &contact(50)));
}

/// An address never changes its customer by being heard again.
pub async fn an_address_never_changes_its_customer_by_being_heard_again(
    fixture: &dyn StoreFixture,
) {
    let store = fixture.open().await;
    resolve(&store, heard(vec![alias(AliasKind::Phone, 1)], 10)).await;
    resolve(&store, heard(vec![alias(AliasKind::User, 2)], 20)).await;

    let both = vec![alias(AliasKind::User, 2), alias(AliasKind::Phone, 1)];
    let resolution = resolve(&store, heard(both, 30)).await;
    assert_eq!(resolution.contact, contact(20));
    assert_eq!(resolution.conflicting, [contact_id(10)]);
    drop(store);

    let store = fixture.open().await;
    let phone = resolve(&store, heard(vec![alias(AliasKind::Phone, 1)], 40)).await;
    assert_eq!(phone.contact, contact(10));
    assert_eq!((phone.created, phone.conflicting), (false, vec![]));
}

/// A new address of a known customer is bound to them.
pub async fn a_new_address_of_a_known_customer_is_bound_to_them(fixture: &dyn StoreFixture) {
    let store = fixture.open().await;
    resolve(&store, heard(vec![alias(AliasKind::Phone, 1)], 10)).await;

    let both = vec![alias(AliasKind::User, 2), alias(AliasKind::Phone, 1)];
    let resolution = resolve(&store, heard(both, 20)).await;
    assert_eq!((resolution.created, resolution.contact), (false, contact(10)));
    assert_eq!(resolution.conflicting, []);
    let user = resolve(&store, heard(vec![alias(AliasKind::User, 2)], 30)).await;
    assert_eq!(user.contact, contact(10));

    // The same hash of another kind is another address.
    let group = resolve(&store, heard(vec![alias(AliasKind::Group, 2)], 40)).await;
    assert!(group.created);
}

/// The most certain address decides between two customers.
pub async fn the_most_certain_address_decides_between_two_customers(fixture: &dyn StoreFixture) {
    let store = fixture.open().await;
    resolve(&store, heard(vec![alias(AliasKind::Phone, 1)], 10)).await;
    resolve(&store, heard(vec![alias(AliasKind::User, 9)], 20)).await;
    resolve(&store, heard(vec![alias(AliasKind::Group, 3)], 30)).await;

    // Whatever the order in which they are named.
    let all =
        vec![alias(AliasKind::Group, 3), alias(AliasKind::Phone, 1), alias(AliasKind::User, 9)];
    let resolution = resolve(&store, heard(all, 40)).await;
    assert_eq!(resolution.contact, contact(20));
    assert_eq!(resolution.conflicting, [contact_id(10), contact_id(30)]);
    let less = vec![alias(AliasKind::Group, 3), alias(AliasKind::Phone, 1)];
    let resolution = resolve(&store, heard(less, 40)).await;
    assert_eq!(resolution.contact, contact(10));
}

/// Customers of one company are unknown to another.
pub async fn customers_of_one_company_are_unknown_to_another(fixture: &dyn StoreFixture) {
    let store = fixture.open().await;
    resolve(&store, heard(vec![alias(AliasKind::Phone, 1)], 10)).await;
    let theirs = ContactRecord { tenant: other_tenant(), ..contact(20) };
    let request =
        Resolve { proposed: theirs.clone(), ..heard(vec![alias(AliasKind::Phone, 1)], 20) };

    let resolution = resolve(&store, request).await;
    assert_eq!((resolution.created, resolution.contact), (true, theirs));
    assert_eq!(resolution.conflicting, []);
    let ours = resolve(&store, heard(vec![alias(AliasKind::Phone, 1)], 30)).await;
    assert_eq!(ours.contact, contact(10));
}

async fn resolve(store: &Arc<dyn Store>, request: Resolve) -> Resolution {
    let mut resolutions = store.resolve(vec![request]).await.expect("resolved");
    assert_eq!(resolutions.len(), 1);
    resolutions.remove(0)
}
