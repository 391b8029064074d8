//! A customer is one, however they are heard of.
#![expect(
    clippy::missing_panics_doc,
    reason = "a rule panics when it is broken, which is what it is for"
)]

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::domain::access::{Action, Actor, Role};
use crate::domain::{Alias, AliasKind, Event, Resemblance};
use crate::error::ErrorKind;
use crate::id::ConversationId;
use crate::store::{
    Candidate, Commit, ContactRecord, CrmLink, Done, Listing, Merge, Merged, Person, Resolution,
    Resolve, Store,
};
use crate::testing::conformance::StoreFixture;
use crate::testing::conformance::contest::contest;
use crate::testing::conformance::samples::{
    agent, alias, at, change, closing, commit, contact, contact_id, conversation_id, know,
    lane_step, merge, opening, opening_in, other_tenant, queued, receive, refusal,
    resolve as heard, resolve_at, tenant, waiting,
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
    assert_eq!(resolution.candidates, [contact_id(10)]);
    drop(store);

    let store = fixture.open().await;
    let phone = resolve(&store, heard(vec![alias(AliasKind::Phone, 1)], 40)).await;
    assert_eq!(phone.contact, contact(10));
    assert_eq!((phone.created, phone.candidates), (false, vec![]));
}

/// A new address of a known customer is bound to them.
pub async fn a_new_address_of_a_known_customer_is_bound_to_them(fixture: &dyn StoreFixture) {
    let store = fixture.open().await;
    resolve(&store, heard(vec![alias(AliasKind::Phone, 1)], 10)).await;

    let both = vec![alias(AliasKind::User, 2), alias(AliasKind::Phone, 1)];
    let resolution = resolve(&store, heard(both, 20)).await;
    assert_eq!((resolution.created, resolution.contact), (false, contact(10)));
    assert_eq!(resolution.candidates, []);
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
    assert_eq!(resolution.candidates, [contact_id(10), contact_id(30)]);
    let less = vec![alias(AliasKind::Group, 3), alias(AliasKind::Phone, 1)];
    let resolution = resolve(&store, heard(less, 40)).await;
    assert_eq!(resolution.contact, contact(10));
}

/// A number that is heard with another id of the channel's passes to a new customer.
pub async fn a_number_that_is_heard_with_another_id_of_the_channels_passes_to_a_new_customer(
    fixture: &dyn StoreFixture,
) {
    let store = fixture.open().await;
    let number = || [alias(AliasKind::Observed, 1), alias(AliasKind::Phone, 2)].to_vec();
    let with = |user| [vec![alias(AliasKind::User, user)], number()].concat();
    resolve(&store, resolve_at(5, with(1), 10)).await;

    let passed = resolve(&store, resolve_at(7, with(2), 20)).await;
    assert_eq!((passed.created, &passed.contact), (true, &contact(20)));
    assert_eq!((passed.taken_from, passed.candidates), (vec![contact_id(10)], vec![]));
    drop(store);

    let store = fixture.open().await;
    let now = resolve(&store, resolve_at(8, number(), 30)).await;
    assert_eq!(now.contact, contact(20));
    let before = resolve(&store, resolve_at(8, vec![alias(AliasKind::User, 1)], 30)).await;
    assert_eq!(before.contact, contact(10));
    let had = person(&store, 10).await;
    let mut had: Vec<_> =
        had.aliases.iter().map(|it| (it.alias.kind, it.since, it.until)).collect();
    had.sort();
    let ended = Some(at(7));
    assert_eq!(
        had,
        [
            (AliasKind::User, at(5), None),
            (AliasKind::Observed, at(5), ended),
            (AliasKind::Phone, at(5), ended),
        ]
    );
}

/// What was heard before a number passed on does not take it back.
pub async fn what_was_heard_before_a_number_passed_on_does_not_take_it_back(
    fixture: &dyn StoreFixture,
) {
    let store = fixture.open().await;
    let with = |user| vec![alias(AliasKind::User, user), alias(AliasKind::Phone, 2)];
    resolve(&store, resolve_at(5, with(1), 10)).await;
    resolve(&store, resolve_at(7, with(2), 20)).await;

    let late = resolve(&store, resolve_at(6, with(1), 30)).await;
    assert_eq!((&late.contact, late.taken_from), (&contact(10), vec![]));
    let number = resolve(&store, resolve_at(8, vec![alias(AliasKind::Phone, 2)], 30)).await;
    assert_eq!(number.contact, contact(20));
    // What is heard later does.
    let back = resolve(&store, resolve_at(9, with(1), 30)).await;
    assert_eq!((&back.contact, back.taken_from), (&contact(10), vec![contact_id(20)]));
    let number = resolve(&store, resolve_at(9, vec![alias(AliasKind::Phone, 2)], 30)).await;
    assert_eq!(number.contact, contact(10));
}

/// Two who may be one are candidates until somebody decides.
pub async fn two_who_may_be_one_are_candidates_until_somebody_decides(fixture: &dyn StoreFixture) {
    let store = fixture.open().await;
    for number in [1, 2, 3, 4] {
        resolve(&store, heard(vec![alias(AliasKind::Phone, number)], number * 10)).await;
    }
    let hint = |number| {
        let mut request = resolve_at(60, vec![alias(AliasKind::Phone, 1)], 90);
        request.heard.hints = vec![alias(AliasKind::Phone, number)];
        request
    };
    for number in [2, 3, 4, 2] {
        let resolution = resolve(&store, hint(number)).await;
        assert_eq!(resolution.contact, contact(10));
        assert_eq!(resolution.candidates, [contact_id(number * 10)]);
    }
    drop(store);
    let store = fixture.open().await;
    let pair = |other| (contact_id(10), contact_id(other));
    let candidate =
        |other| Candidate { pair: pair(other), why: Resemblance::WeakAlias, at: at(60) };
    let all = store.candidates(&tenant(), 9).await.expect("read");
    assert_eq!(all, [candidate(20), candidate(30), candidate(40)]);
    assert_eq!(store.candidates(&tenant(), 2).await.expect("read").len(), 2);

    let (sofia, back) = (agent("sofia"), (contact_id(20), contact_id(10)));
    store.keep_apart(&tenant(), back, &sofia, at(61)).await.expect("kept apart");
    store.merge(merge(10, 30)).await.expect("merged");
    assert_eq!(store.candidates(&tenant(), 9).await.expect("read"), [candidate(40)]);
    resolve(&store, hint(2)).await;
    let all = store.candidates(&tenant(), 9).await.expect("read");
    assert_eq!(all, [candidate(40)], "what was decided is not asked again");
    // Nobody is known to resemble these; and still they are kept apart from now on.
    store
        .keep_apart(&tenant(), (contact_id(20), contact_id(40)), &sofia, at(62))
        .await
        .expect("kept");
    let mut request = resolve_at(63, vec![alias(AliasKind::Phone, 2)], 90);
    request.heard.hints = vec![alias(AliasKind::Phone, 4)];
    resolve(&store, request).await;
    assert_eq!(store.candidates(&tenant(), 9).await.expect("read"), [candidate(40)]);

    let one = store.keep_apart(&tenant(), (contact_id(10), contact_id(30)), &sofia, at(64)).await;
    assert_eq!(refusal(one), ErrorKind::Duplicate);
    for pair in [(contact_id(10), contact_id(77)), (contact_id(77), contact_id(10))] {
        let unknown = store.keep_apart(&tenant(), pair, &sofia, at(64)).await;
        assert_eq!(refusal(unknown), ErrorKind::NotFound);
    }
}

/// Who changed their number stays the customer they were.
pub async fn who_changed_their_number_stays_the_customer_they_were(fixture: &dyn StoreFixture) {
    let store = fixture.open().await;
    let (old, new) = (
        vec![alias(AliasKind::User, 1), alias(AliasKind::Phone, 2)],
        vec![alias(AliasKind::User, 3), alias(AliasKind::Phone, 4)],
    );
    let notice = || {
        let mut request = resolve_at(9, new.clone(), 90);
        request.heard.former.clone_from(&old);
        request
    };
    resolve(&store, resolve_at(5, old.clone(), 10)).await;
    let changed = resolve(&store, notice()).await;
    assert_eq!((changed.created, &changed.contact), (false, &contact(10)));
    let under_new = resolve(&store, resolve_at(10, new.clone(), 30)).await;
    assert_eq!(under_new.contact, contact(10));
    // Who has the old number now is somebody else.
    let stranger = resolve(&store, resolve_at(11, vec![alias(AliasKind::Phone, 2)], 40)).await;
    assert!(stranger.created);
    // The same notice again says nothing new.
    let again = resolve(&store, notice()).await;
    assert_eq!((&again.contact, again.merged), (&contact(10), vec![]));

    // Another customer wrote under the new number before the notice came.
    let (old, new) = (vec![alias(AliasKind::Phone, 11)], vec![alias(AliasKind::Phone, 12)]);
    resolve(&store, resolve_at(5, old.clone(), 50)).await;
    resolve(&store, resolve_at(8, new.clone(), 60)).await;
    let mut request = resolve_at(7, new.clone(), 90);
    request.heard.former = old;
    let same = resolve(&store, request).await;
    assert_eq!((&same.contact, same.merged), (&contact(50), vec![contact_id(60)]));
    let log = store.merges(contact_id(60)).await.expect("read");
    let by_channel = Merge { by: None, at: at(7), ..merge(50, 60) };
    assert_eq!(log, [Merged { merge: by_channel, undone: None }]);
    let found = resolve(&store, resolve_at(8, new, 90)).await;
    assert_eq!(found.contact, contact(50));

    // Both are being served on one number of the business: somebody must look.
    for (number, second) in [(21, 5), (22, 8)] {
        resolve(&store, resolve_at(second, vec![alias(AliasKind::Phone, number)], number)).await;
        commit(&store, opening(number)).await;
    }
    let mut request = resolve_at(7, vec![alias(AliasKind::Phone, 22)], 90);
    request.heard.former = vec![alias(AliasKind::Phone, 21)];
    let both = resolve(&store, request).await;
    assert_eq!((&both.contact, both.merged), (&contact(21), vec![]));
    assert_eq!(both.candidates, [contact_id(22)]);
}

/// Who had a number before somebody else came to have it is not merged with them.
pub async fn who_had_a_number_before_somebody_else_came_to_have_it_is_not_merged_with_them(
    fixture: &dyn StoreFixture,
) {
    let store = fixture.open().await;
    let number = |number| vec![alias(AliasKind::Phone, number)];
    resolve(&store, resolve_at(3, number(2), 20)).await;
    let with_id = [vec![alias(AliasKind::User, 9)], number(4)].concat();
    resolve(&store, resolve_at(3, with_id, 40)).await;
    for (had, came, who, before) in [(1, 2, 10, 20), (3, 4, 30, 40)] {
        resolve(&store, resolve_at(5, number(had), who)).await;
        let mut notice = resolve_at(7, number(came), 90);
        notice.heard.former = number(had);
        let changed = resolve(&store, notice).await;
        assert_eq!((changed.created, &changed.contact), (false, &contact(who)));
        assert_eq!((changed.merged, changed.taken_from), (vec![], vec![contact_id(before)]));
        assert_eq!(changed.candidates, [contact_id(before)]);
        let found = resolve(&store, resolve_at(8, number(came), 90)).await;
        assert_eq!(found.contact, contact(who));
        assert_eq!(person(&store, before).await.members, [contact_id(before)]);
    }
}

/// Whom somebody has kept apart or separated, no channel merges.
pub async fn whom_somebody_has_kept_apart_or_separated_no_channel_merges(
    fixture: &dyn StoreFixture,
) {
    let store = fixture.open().await;
    let sofia = agent("sofia");
    let number = |number| vec![alias(AliasKind::Phone, number)];
    let notice = |had, came| {
        let mut notice = resolve_at(7, number(came), 90);
        notice.heard.former = number(had);
        notice
    };
    // The second is first heard after the change, and would be merged.
    for (had, came) in [(1, 2), (3, 4), (5, 6), (7, 8)] {
        resolve(&store, resolve_at(5, number(had), had * 10)).await;
        resolve(&store, resolve_at(8, number(came), came * 10)).await;
    }
    let ids = |one, other| (contact_id(one), contact_id(other));
    store.keep_apart(&tenant(), ids(10, 20), &sofia, at(9)).await.expect("kept apart");
    store.keep_apart(&tenant(), ids(40, 30), &sofia, at(9)).await.expect("kept apart");
    for (into, from) in [(50, 60), (80, 70)] {
        store.merge(merge(into, from)).await.expect("merged");
        store.undo_merge(&tenant(), contact_id(from), &sofia, at(9)).await.expect("separated");
    }
    drop(store);
    let store = fixture.open().await;
    for (had, came) in [(1, 2), (3, 4), (5, 6), (7, 8)] {
        let changed = resolve(&store, notice(had, came)).await;
        assert_eq!((changed.contact, changed.merged), (contact(had * 10), vec![]));
        assert_eq!(person(&store, came * 10).await.members, [contact_id(came * 10)]);
    }
    // Of whom it was decided to keep them apart, nobody is asked; of the others, once more.
    let asked = store.candidates(&tenant(), 9).await.expect("read");
    let asked: Vec<_> = asked.into_iter().map(|candidate| candidate.pair).collect();
    assert_eq!(asked, [ids(50, 60), ids(70, 80)]);
    // Of whom nobody has decided anything, the channel may know it.
    resolve(&store, resolve_at(5, number(9), 190)).await;
    let mut resembles = resolve_at(8, number(10), 200);
    resembles.heard.hints = number(9);
    assert_eq!(resolve(&store, resembles).await.candidates, [contact_id(190)]);
    let changed = resolve(&store, notice(9, 10)).await;
    assert_eq!((changed.contact, changed.merged), (contact(190), vec![contact_id(200)]));
    // Somebody may decide otherwise.
    store.merge(merge(10, 20)).await.expect("merged");
}

/// What is heard late is of who held it then.
pub async fn what_is_heard_late_is_of_who_held_it_then(fixture: &dyn StoreFixture) {
    let store = fixture.open().await;
    let number = |number| vec![alias(AliasKind::Phone, number)];
    let with = |user, other| [vec![alias(AliasKind::User, user)], number(other)].concat();
    let notice = |second, old: Vec<Alias>, new| {
        let mut request = resolve_at(second, new, 90);
        request.heard.former = old;
        request
    };
    // An id was another until 7, and two numbers were had one after the other.
    resolve(&store, resolve_at(3, with(1, 2), 10)).await;
    resolve(&store, notice(7, with(1, 2), with(3, 4))).await;
    resolve(&store, notice(10, number(4), with(3, 5))).await;
    resolve(&store, resolve_at(12, number(2), 20)).await;
    let before = [person(&store, 10).await, person(&store, 20).await];

    // Late, or again: nothing of it is news.
    let late = [
        resolve_at(3, with(1, 2), 30),
        resolve_at(6, vec![alias(AliasKind::User, 1)], 30),
        resolve_at(6, number(2), 30),
        resolve_at(9, number(4), 30),
        resolve_at(9, with(3, 4), 30),
        notice(7, with(1, 2), with(3, 4)),
        notice(10, number(4), with(3, 5)),
    ];
    for request in late {
        let late = resolve(&store, request.clone()).await;
        assert_eq!((&late.contact, late.created), (&contact(10), false), "{request:?}");
        assert_eq!((late.taken_from, late.candidates), (vec![], vec![]));
    }
    assert_eq!([person(&store, 10).await, person(&store, 20).await], before);
    // From then on it is of who came after.
    assert_eq!(resolve(&store, resolve_at(12, number(2), 40)).await.contact, contact(20));
    assert_eq!(resolve(&store, resolve_at(10, number(4), 40)).await.contact, contact(40));

    // Another id, or a notice, that comes late takes the number from nobody who has it now.
    let other = resolve(&store, resolve_at(6, with(11, 2), 110)).await;
    assert_eq!((&other.contact, other.taken_from), (&contact(110), vec![]));
    let changed = resolve(&store, notice(6, number(2), with(1, 12))).await;
    assert_eq!(changed.contact, contact(10));
    assert_eq!(person(&store, 20).await, before[1]);

    // Who changed back keeps what they have again.
    resolve(&store, resolve_at(3, with(6, 7), 60)).await;
    resolve(&store, notice(5, number(7), with(6, 8))).await;
    resolve(&store, notice(9, number(8), with(6, 7))).await;
    resolve(&store, notice(5, number(7), with(6, 8))).await;
    assert_eq!(resolve(&store, resolve_at(10, number(7), 90)).await.contact, contact(60));
    assert!(resolve(&store, resolve_at(10, number(8), 70)).await.created);

    // The past of one company is unknown to another.
    let theirs = ContactRecord { tenant: other_tenant(), ..contact(80) };
    let request = Resolve { proposed: theirs, ..resolve_at(6, number(2), 80) };
    assert!(resolve(&store, request).await.created);
}

/// Who is merged is found as the survivor.
pub async fn who_is_merged_is_found_as_the_survivor(fixture: &dyn StoreFixture) {
    let store = fixture.open().await;
    for number in [10, 20, 30] {
        resolve(&store, heard(vec![alias(AliasKind::Phone, number)], number)).await;
    }
    store.merge(merge(20, 30)).await.expect("merged");
    // Who was merged stands for the survivor.
    store.merge(merge(10, 30)).await.expect("merged");
    drop(store);

    let store = fixture.open().await;
    for number in [10, 20, 30] {
        let found = resolve(&store, heard(vec![alias(AliasKind::Phone, number)], 90)).await;
        assert_eq!((found.contact, found.created), (contact(10), false));
        let person = person(&store, number).await;
        assert_eq!(person.id, contact_id(10));
        assert_eq!(person.members, [10, 20, 30].map(contact_id));
        assert_eq!(person.aliases.len(), 3);
    }
    // They are still themselves, under their own key.
    let merged = store.contact(contact_id(30)).await.expect("read");
    assert_eq!(merged, Some(contact(30)));
    let log: Vec<_> = store.merges(contact_id(20)).await.expect("read");
    let log: Vec<_> = log.into_iter().map(|it| (it.merge, it.undone)).collect();
    assert_eq!(log, [(merge(20, 30), None), (merge(10, 20), None)]);

    assert_eq!(refusal(store.merge(merge(30, 20)).await), ErrorKind::Duplicate);
    assert_eq!(refusal(store.merge(merge(10, 77)).await), ErrorKind::NotFound);
    assert_eq!(refusal(store.merge(merge(77, 10)).await), ErrorKind::NotFound);
    let strange = Merge { tenant: other_tenant(), ..merge(10, 20) };
    assert_eq!(refusal(store.merge(strange).await), ErrorKind::NotFound);
    assert_eq!(store.person(contact_id(77)).await.expect("read"), None);
}

/// A merge is undone as if it had never been.
pub async fn a_merge_is_undone_as_if_it_had_never_been(fixture: &dyn StoreFixture) {
    let store = fixture.open().await;
    for number in [10, 20, 30] {
        resolve(&store, heard(vec![alias(AliasKind::Phone, number)], number)).await;
        let open = commit(&store, opening(number)).await;
        commit(&store, closing(&open)).await;
    }
    let before = [person(&store, 10).await, person(&store, 20).await, person(&store, 30).await];
    store.merge(merge(20, 30)).await.expect("merged");
    store.merge(merge(10, 20)).await.expect("merged");
    // What becomes known meanwhile is known of who was heard.
    let both = vec![alias(AliasKind::User, 4), alias(AliasKind::Phone, 30)];
    assert_eq!(resolve(&store, heard(both, 90)).await.contact, contact(10));

    let sofia = agent("sofia");
    store.undo_merge(&tenant(), contact_id(20), &sofia, at(70)).await.expect("undone");
    let refused = store.undo_merge(&tenant(), contact_id(20), &sofia, at(71)).await;
    assert_eq!(refusal(refused), ErrorKind::NotFound);
    let refused = store.undo_merge(&other_tenant(), contact_id(30), &sofia, at(71)).await;
    assert_eq!(refusal(refused), ErrorKind::NotFound);
    assert_eq!(person(&store, 10).await, before[0]);
    assert_eq!(person(&store, 30).await.members, [20, 30].map(contact_id));
    let found = resolve(&store, heard(vec![alias(AliasKind::User, 4)], 90)).await;
    assert_eq!(found.contact, contact(20));
    assert_eq!(of(&store, 10).await, [conversation_id(10)]);
    assert_eq!(of(&store, 30).await, [30, 20].map(conversation_id));

    store.undo_merge(&tenant(), contact_id(30), &sofia, at(71)).await.expect("undone");
    drop(store);
    let store = fixture.open().await;
    assert_eq!(person(&store, 20).await, before[1]);
    assert_eq!(person(&store, 30).await.aliases.len(), 2);
    assert_eq!(of(&store, 30).await, [conversation_id(30)]);
    let log = store.merges(contact_id(20)).await.expect("read");
    let undone: Vec<_> = log.into_iter().map(|it| it.undone).collect();
    assert_eq!(undone, [Some((sofia.clone(), at(71))), Some((sofia, at(70)))]);
    // And again.
    store.merge(merge(30, 20)).await.expect("merged");
    assert_eq!(person(&store, 20).await.id, contact_id(30));
    let rui = agent("rui");
    store.undo_merge(&tenant(), contact_id(20), &rui, at(72)).await.expect("undone");
    let log = store.merges(contact_id(20)).await.expect("read");
    let undone: Vec<_> = log.into_iter().filter_map(|it| it.undone).map(|it| it.1).collect();
    assert_eq!(undone, [at(71), at(70), at(72)], "each undoing is kept");
}

/// Two with open conversations on one number of the business are not merged.
pub async fn two_with_open_conversations_on_one_number_of_the_business_are_not_merged(
    fixture: &dyn StoreFixture,
) {
    let store = fixture.open().await;
    let first = waiting(&store, 10).await;
    waiting(&store, 20).await;

    assert_eq!(refusal(store.merge(merge(10, 20)).await), ErrorKind::Conflict);
    assert_eq!(person(&store, 20).await.id, contact_id(20));
    commit(&store, closing(&first)).await;
    store.merge(merge(10, 20)).await.expect("merged");

    // On two numbers, both go on.
    know(&store, [30]).await;
    let mut elsewhere = opening(30);
    elsewhere.conversation.lane.account = "another".into();
    commit(&store, elsewhere).await;
    store.merge(merge(10, 30)).await.expect("merged");
    assert_eq!(of(&store, 10).await, [30, 20, 10].map(conversation_id));
}

/// Persons have one open conversation on each number of the business.
pub async fn persons_have_one_open_conversation_on_each_number_of_the_business(
    fixture: &dyn StoreFixture,
) {
    let store = fixture.open().await;
    know(&store, [10, 20]).await;
    let old = commit(&store, opening(10)).await;
    commit(&store, closing(&old)).await;
    let open = commit(&store, opening(20)).await;
    store.merge(merge(10, 20)).await.expect("merged");

    // What either of them writes goes on in the open one.
    receive(&store, &[(100, 10), (101, 20)]).await;
    for _ in 0..2 {
        let step = lane_step(&store, 0).await;
        let conversation = step.conversation.map(|it| it.id);
        assert_eq!(conversation, Some(open.id), "of {:?}", step.contact.id);
    }
    assert_eq!(refusal(store.commit(opening_in(11, 10)).await), ErrorKind::Conflict);
    let closed = store.conversation(old.id).await.expect("read").expect("is there");
    let reopened = change(&closed, vec![Event::Reopened, queued(3)]);
    assert_eq!(refusal(store.commit(reopened).await), ErrorKind::Conflict);

    // Closed, and the next begins in the lane of whoever it is.
    let closed = commit(&store, closing(&open)).await;
    let next = commit(&store, opening_in(11, 10)).await;
    let reopened = change(&closed, vec![Event::Reopened, queued(3)]);
    assert_eq!(refusal(store.commit(reopened).await), ErrorKind::Conflict);
    assert_eq!(of(&store, 20).await, [next.id, open.id, old.id]);
    let sofia = agent("sofia");
    store.undo_merge(&tenant(), contact_id(20), &sofia, at(70)).await.expect("undone");
    let reopened = change(&closed, vec![Event::Reopened, queued(3)]);
    commit(&store, reopened).await;
}

/// What was claimed of who is separated meanwhile goes into no conversation of the others.
pub async fn what_was_claimed_of_who_is_separated_meanwhile_goes_into_no_conversation_of_the_others(
    fixture: &dyn StoreFixture,
) {
    let store = fixture.open().await;
    know(&store, [10, 20]).await;
    let open = commit(&store, opening(10)).await;
    store.merge(merge(10, 20)).await.expect("merged");
    receive(&store, &[(100, 20)]).await;
    let step = lane_step(&store, 0).await;
    assert_eq!(step.conversation.map(|it| it.id), Some(open.id));
    store.undo_merge(&tenant(), contact_id(20), &agent("sofia"), at(70)).await.expect("undone");

    let done = Done::Entry(step.claim.clone());
    let refused = store.commit(Commit { done: done.clone(), ..change(&open, vec![]) }).await;
    assert_eq!(refusal(refused), ErrorKind::Conflict);
    assert_eq!(store.conversation_in(&step.claim.lane).await.expect("read"), None);
    commit(&store, Commit { done, ..opening(20) }).await;
}

/// The link of a merged customer is that of the survivor.
pub async fn the_link_of_a_merged_customer_is_that_of_the_survivor(fixture: &dyn StoreFixture) {
    let store = fixture.open().await;
    let link = async |number: u32| {
        let open = commit(&store, opening(number)).await;
        let link = CrmLink {
            tenant: tenant(),
            connection: "one".to_owned(),
            contact: contact_id(number),
            remote: format!("record {number}"),
        };
        commit(&store, Commit { link: Some(link), ..closing(&open) }).await;
    };
    know(&store, [10, 20]).await;
    link(10).await;
    let known = async |connection: &str| {
        let mut links = Vec::new();
        for number in [10, 20] {
            links.push(store.crm_link(connection, contact_id(number)).await.expect("read"));
        }
        links
    };
    assert_eq!(known("one").await, [Some("record 10".to_owned()), None]);

    store.merge(merge(20, 10)).await.expect("merged");
    let first = Some("record 10".to_owned());
    assert_eq!(known("one").await, [first.clone(), first]);
    link(20).await;
    let survivors = Some("record 20".to_owned());
    assert_eq!(known("one").await, [survivors.clone(), survivors]);
    assert_eq!(known("two").await, [None, None]);
}

/// Customers are found by what they hold now.
pub async fn customers_are_found_by_what_they_hold_now(fixture: &dyn StoreFixture) {
    let store = fixture.open().await;
    let number = || alias(AliasKind::Phone, 5);
    resolve(&store, resolve_at(5, vec![alias(AliasKind::User, 1), number()], 10)).await;
    resolve(&store, resolve_at(6, vec![alias(AliasKind::User, 2), number()], 20)).await;

    let find = async |aliases: &[Alias]| store.held_by(&tenant(), aliases).await.expect("read");
    assert_eq!(find(&[number()]).await, [contact_id(20)]);
    let several = [alias(AliasKind::User, 2), alias(AliasKind::User, 1), number()];
    assert_eq!(find(&several).await, [contact_id(10), contact_id(20)]);
    assert_eq!(find(&[alias(AliasKind::Observed, 5)]).await, []);
    assert_eq!(find(&[]).await, []);
    let theirs = store.held_by(&other_tenant(), &[number()]).await.expect("read");
    assert_eq!(theirs, []);
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
    assert_eq!(resolution.candidates, []);
    let ours = resolve(&store, heard(vec![alias(AliasKind::Phone, 1)], 30)).await;
    assert_eq!(ours.contact, contact(10));
}

async fn person(store: &Arc<dyn Store>, number: u32) -> Person {
    let person = store.person(contact_id(number)).await.expect("read");
    let mut person = person.expect("there is such a customer");
    person.aliases.sort();
    person
}

/// The conversations of the person that a customer is, the newest first.
async fn of(store: &Arc<dyn Store>, number: u32) -> Vec<ConversationId> {
    let auditor = Actor::new("auditor", tenant(), Role::AUDITOR);
    let grant = auditor.may(Action::ReadConversation).expect("an auditor may");
    let listing = Listing { contact: Some(contact_id(number)), ..Listing::default() };
    let found = store.conversations(&grant, &listing, 99).await.expect("read");
    let counts = store.count_conversations(&grant, &listing).await.expect("read");
    assert_eq!(counts.values().sum::<u64>(), found.len() as u64);
    found.into_iter().map(|conversation| conversation.id).collect()
}

async fn resolve(store: &Arc<dyn Store>, request: Resolve) -> Resolution {
    let mut resolutions = store.resolve(vec![request]).await.expect("resolved");
    assert_eq!(resolutions.len(), 1);
    resolutions.remove(0)
}
