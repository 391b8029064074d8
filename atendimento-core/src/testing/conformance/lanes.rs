//! Events of one lane are processed in order, by one worker at a time.
#![expect(
    clippy::missing_panics_doc,
    reason = "a rule panics when it is broken, which is what it is for"
)]

use crate::domain::Lane;
use crate::error::ErrorKind;
use crate::store::{Commit, DeadLetter, Done, Split};
use crate::testing::conformance::StoreFixture;
use crate::testing::conformance::contest::contest;
use crate::testing::conformance::samples::{
    at, claim_lane, closing, commit, contact, contact_id, entry, know, lane, lane_step, message_id,
    opening_in, other_tenant, receive, refusal, sealed, take_in, tenant, touch, waiting,
};

/// Events of a lane are claimed in the order in which they were appended.
pub async fn events_of_a_lane_are_claimed_in_the_order_in_which_they_were_appended(
    fixture: &dyn StoreFixture,
) {
    let store = fixture.open().await;
    // Neither by id nor by time.
    receive(&store, &[(3, 1), (1, 1)]).await;
    receive(&store, &[(2, 1)]).await;
    drop(store);

    let store = fixture.open().await;
    for number in [3, 1, 2] {
        let step = lane_step(&store, 0).await;
        assert_eq!(step.entry, entry(number, 1));
        store.bury(&step.claim, "test", at(0)).await.expect("buried");
    }
    assert_eq!(claim_lane(&store, 0).await, None);
}

/// A lane is claimed by one worker at a time.
pub async fn a_lane_is_claimed_by_one_worker_at_a_time(fixture: &dyn StoreFixture) {
    let store = fixture.open().await;
    let events: Vec<_> = (1..=24).map(|number| (number, number % 8)).collect();
    receive(&store, &events).await;

    let claimed = contest(fixture, async |_, store| {
        let mut lanes = Vec::new();
        while lanes.len() < events.len()
            && let Some(step) = claim_lane(&store, 0).await
        {
            lanes.push(step.claim.lane);
        }
        lanes
    });
    let mut lanes = claimed.concat();
    lanes.sort();
    assert_eq!(lanes, (0..8).map(lane).collect::<Vec<_>>());

    // The same customer on another number of the business is another lane.
    let mut elsewhere = entry(99, 1);
    elsewhere.lane = Lane { contact: contact_id(1), account: "other".into() };
    let split = Split { entries: vec![elsewhere.clone()], ..Split::default() };
    take_in(&store, split).await;
    assert_eq!(lane_step(&store, 0).await.entry, elsewhere);
}

/// A lane that was served goes behind those that wait.
pub async fn a_lane_that_was_served_goes_behind_those_that_wait(fixture: &dyn StoreFixture) {
    let store = fixture.open().await;
    // More events do not cost a lane its place.
    receive(&store, &[(1, 5), (4, 4), (6, 3), (2, 5), (3, 5), (5, 4)]).await;

    let mut served = Vec::new();
    while served.len() < 6
        && let Some(step) = claim_lane(&store, 0).await
    {
        served.push(step.entry.id);
        store.bury(&step.claim, "test", at(0)).await.expect("buried");
    }
    assert_eq!(served, [1, 4, 6, 2, 5, 3].map(message_id));
}

/// A lane claim brings the customer and the latest conversation.
pub async fn a_lane_claim_brings_the_customer_and_the_latest_conversation(
    fixture: &dyn StoreFixture,
) {
    let store = fixture.open().await;
    receive(&store, &[(1, 5), (2, 6)]).await;
    let new = lane_step(&store, 0).await;
    assert_eq!((new.contact, new.conversation), (contact(5), None));

    let first = commit(&store, opening_in(20, 6)).await;
    commit(&store, closing(&first)).await;
    let second = commit(&store, opening_in(10, 6)).await;
    let closed = commit(&store, closing(&second)).await;
    let known = lane_step(&store, 0).await;
    assert_eq!((known.contact, known.conversation), (contact(6), Some(closed)));
}

/// A lane claim that ran out passes on with a higher fence.
pub async fn a_lane_claim_that_ran_out_passes_on_with_a_higher_fence(fixture: &dyn StoreFixture) {
    let store = fixture.open().await;
    receive(&store, &[(1, 1)]).await;
    let first = lane_step(&store, 0).await;

    let other = fixture.open().await;
    assert_eq!(claim_lane(&other, 9).await, None);
    let second = lane_step(&other, 10).await;
    assert_eq!(second.entry, first.entry);
    assert!(second.claim.fence > first.claim.fence);
}

/// The attempt is counted when the event is claimed.
pub async fn the_attempt_is_counted_when_the_event_is_claimed(fixture: &dyn StoreFixture) {
    let store = fixture.open().await;
    receive(&store, &[(1, 1), (2, 1)]).await;
    assert_eq!(lane_step(&store, 0).await.attempts, 1);
    drop(store);

    let store = fixture.open().await;
    let step = lane_step(&store, 10).await;
    assert_eq!(step.attempts, 2);
    store.defer(&step.claim, at(11)).await.expect("deferred");
    let step = lane_step(&store, 11).await;
    assert_eq!(step.attempts, 3);
    store.bury(&step.claim, "test", at(11)).await.expect("buried");
    assert_eq!(lane_step(&store, 11).await.attempts, 1);
}

/// A deferred event is not claimed before its time, and holds back only its lane.
pub async fn a_deferred_event_is_not_claimed_before_its_time_and_holds_back_only_its_lane(
    fixture: &dyn StoreFixture,
) {
    let store = fixture.open().await;
    receive(&store, &[(1, 1), (2, 1), (3, 2)]).await;
    let step = lane_step(&store, 0).await;

    store.defer(&step.claim, at(50)).await.expect("deferred");
    assert_eq!(lane_step(&store, 41).await.entry, entry(3, 2));
    assert_eq!(claim_lane(&store, 49).await, None);
    assert_eq!(lane_step(&store, 50).await.entry, entry(1, 1));
}

/// A buried event leaves the lane and stays visible.
pub async fn a_buried_event_leaves_the_lane_and_stays_visible(fixture: &dyn StoreFixture) {
    let store = fixture.open().await;
    receive(&store, &[(1, 1), (2, 1)]).await;
    for (reason, second) in [("first", 5), ("second", 6)] {
        let step = lane_step(&store, 0).await;
        store.bury(&step.claim, reason, at(second)).await.expect("buried");
    }
    drop(store);

    let store = fixture.open().await;
    assert_eq!(claim_lane(&store, 100).await, None);
    let letter = |number: u32, reason: &str, second: i64| DeadLetter {
        id: message_id(number),
        contact: contact_id(1),
        at: at(second),
        reason: reason.to_owned(),
        payload: sealed(number),
    };
    let letters = store.dead_letters(&tenant(), 9).await.expect("read");
    assert_eq!(letters, [letter(2, "second", 6), letter(1, "first", 5)]);
    let latest = store.dead_letters(&tenant(), 1).await.expect("read");
    assert_eq!(latest, letters[..1]);
    let others = store.dead_letters(&other_tenant(), 9).await.expect("read");
    assert_eq!(others, []);
}

/// A stale lane claim can neither defer nor bury.
pub async fn a_stale_lane_claim_can_neither_defer_nor_bury(fixture: &dyn StoreFixture) {
    let store = fixture.open().await;
    know(&store, [1]).await;
    let conversation = waiting(&store, 1).await;
    receive(&store, &[(1, 1), (2, 1)]).await;
    let stale = lane_step(&store, 0).await;
    let holder = lane_step(&store, 10).await;

    let deferred = store.defer(&stale.claim, at(90)).await;
    assert_eq!(refusal(deferred), ErrorKind::Fenced);
    let buried = store.bury(&stale.claim, "stale", at(10)).await;
    assert_eq!(refusal(buried), ErrorKind::Fenced);
    let letters = store.dead_letters(&tenant(), 9).await.expect("read");
    assert_eq!(letters, []);

    // Whoever gave the lane back does not hold it any more either.
    let finished = Commit { done: Done::Entry(holder.claim.clone()), ..touch(&conversation) };
    commit(&store, finished).await;
    let buried = store.bury(&holder.claim, "late", at(10)).await;
    assert_eq!(refusal(buried), ErrorKind::Fenced);
    let deferred = store.defer(&holder.claim, at(90)).await;
    assert_eq!(refusal(deferred), ErrorKind::Fenced);
    let next = lane_step(&store, 10).await;
    assert_eq!(next.entry, entry(2, 1));
    store.defer(&next.claim, at(20)).await.expect("deferred");
    let deferred = store.defer(&next.claim, at(90)).await;
    assert_eq!(refusal(deferred), ErrorKind::Fenced);
    assert_eq!(lane_step(&store, 20).await.entry, entry(2, 1));
}
