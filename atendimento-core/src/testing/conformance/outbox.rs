//! Work outside is done in order, by one worker at a time, and what was begun is remembered.
#![expect(
    clippy::missing_panics_doc,
    reason = "a rule panics when it is broken, which is what it is for"
)]

use crate::error::ErrorKind;
use crate::store::{Commit, Done, JobKind, Settlement};
use crate::testing::conformance::StoreFixture;
use crate::testing::conformance::contest::contest;
use crate::testing::conformance::samples::{
    at, claim_job, commit, finish, job, know, lane, opening, refusal, send, sync_crm, touch,
    with_jobs,
};

/// Jobs of one kind and lane are claimed one after the other.
pub async fn jobs_of_one_kind_and_lane_are_claimed_one_after_the_other(fixture: &dyn StoreFixture) {
    let store = fixture.open().await;
    know(&store, [1]).await;
    let first = with_jobs(opening(1), &[send(20), send(21)]);
    let before = commit(&store, first).await;
    commit(&store, with_jobs(touch(&before), &[send(22)])).await;

    for message in [20, 21, 22] {
        let claim = job(&store, JobKind::Send, 200).await;
        assert_eq!(claim.job.effect, send(message));
        assert_eq!((claim.attempts, claim.started), (1, None));
        assert_eq!(claim_job(&store, JobKind::Send, 200).await, None);
        finish(&store, claim).await;
    }
    assert_eq!(claim_job(&store, JobKind::Send, 999).await, None);
}

/// Jobs of other lanes and kinds are not held back.
pub async fn jobs_of_other_lanes_and_kinds_are_not_held_back(fixture: &dyn StoreFixture) {
    let store = fixture.open().await;
    know(&store, 1..=6).await;
    for number in 1..=6 {
        let effects = [send(number), sync_crm(number), send(number + 10)];
        commit(&store, with_jobs(opening(number), &effects)).await;
    }

    let claims = contest(fixture, async |_, store| {
        let mut lanes = Vec::new();
        for (kind, most) in [(JobKind::Send, 12), (JobKind::Crm, 18)] {
            while lanes.len() < most
                && let Some(claim) = claim_job(&store, kind, 200).await
            {
                assert_eq!(JobKind::from(claim.job.effect), kind);
                lanes.push((kind, claim.job.lane));
            }
        }
        lanes
    });
    let mut claims = claims.concat();
    claims.sort();
    let kinds = [JobKind::Send, JobKind::Crm].into_iter();
    let expected: Vec<_> =
        kinds.flat_map(|kind| (1..=6).map(move |number| (kind, lane(number)))).collect();
    assert_eq!(claims, expected);
}

/// The job that has been due the longest is claimed first.
pub async fn the_job_that_has_been_due_the_longest_is_claimed_first(fixture: &dyn StoreFixture) {
    let store = fixture.open().await;
    know(&store, 1..=4).await;
    for number in [3, 1, 4, 2] {
        commit(&store, with_jobs(opening(number), &[send(number)])).await;
    }

    let early = job(&store, JobKind::Send, 3).await;
    assert_eq!(early.job.effect, send(1));
    let later = Settlement::Retry { at: at(30) };
    store.settle(&early, later).await.expect("settled");
    for (now, message) in [(3, 2), (3, 3), (40, 4)] {
        let claim = job(&store, JobKind::Send, now).await;
        assert_eq!(claim.job.effect, send(message));
        finish(&store, claim).await;
    }
    assert_eq!(job(&store, JobKind::Send, 40).await.job.effect, send(1));
}

/// A job claim that ran out passes on with a higher fence.
pub async fn a_job_claim_that_ran_out_passes_on_with_a_higher_fence(fixture: &dyn StoreFixture) {
    let store = fixture.open().await;
    know(&store, [1]).await;
    commit(&store, with_jobs(opening(1), &[send(20), send(21)])).await;
    let first = job(&store, JobKind::Send, 200).await;

    let other = fixture.open().await;
    assert_eq!(claim_job(&other, JobKind::Send, 209).await, None);
    let second = job(&other, JobKind::Send, 210).await;
    assert_eq!(second.job, first.job);
    assert!(second.fence > first.fence);
    assert_eq!((second.attempts, second.started), (2, None));
}

/// A started attempt is remembered by who takes over.
pub async fn a_started_attempt_is_remembered_by_who_takes_over(fixture: &dyn StoreFixture) {
    let store = fixture.open().await;
    know(&store, [1]).await;
    commit(&store, with_jobs(opening(1), &[send(20)])).await;
    let claim = job(&store, JobKind::Send, 200).await;
    store.start_attempt(&claim, at(201)).await.expect("started");
    drop(store);

    let store = fixture.open().await;
    let next = job(&store, JobKind::Send, 210).await;
    assert_eq!((next.attempts, next.started), (2, Some(at(201))));
}

/// A retried job is not claimed before its time, and has not started.
pub async fn a_retried_job_is_not_claimed_before_its_time_and_has_not_started(
    fixture: &dyn StoreFixture,
) {
    let store = fixture.open().await;
    know(&store, [1]).await;
    commit(&store, with_jobs(opening(1), &[send(20), send(21)])).await;
    let claim = job(&store, JobKind::Send, 200).await;
    store.start_attempt(&claim, at(201)).await.expect("started");

    let retry = Settlement::Retry { at: at(300) };
    store.settle(&claim, retry).await.expect("settled");
    assert_eq!(claim_job(&store, JobKind::Send, 299).await, None);
    let next = job(&store, JobKind::Send, 300).await;
    assert_eq!(next.job, claim.job);
    assert_eq!((next.attempts, next.started), (2, None));
}

/// An awaited job is not claimed before its time, and has started.
pub async fn an_awaited_job_is_not_claimed_before_its_time_and_has_started(
    fixture: &dyn StoreFixture,
) {
    let store = fixture.open().await;
    know(&store, [1]).await;
    commit(&store, with_jobs(opening(1), &[send(20), send(21)])).await;
    let claim = job(&store, JobKind::Send, 200).await;
    store.start_attempt(&claim, at(201)).await.expect("started");

    let wait = Settlement::Await { until: at(300) };
    store.settle(&claim, wait).await.expect("settled");
    assert_eq!(claim_job(&store, JobKind::Send, 299).await, None);
    let next = job(&store, JobKind::Send, 300).await;
    assert_eq!(next.job, claim.job);
    assert_eq!((next.attempts, next.started), (2, Some(at(201))));
}

/// A stale job claim can neither start nor settle.
pub async fn a_stale_job_claim_can_neither_start_nor_settle(fixture: &dyn StoreFixture) {
    let store = fixture.open().await;
    know(&store, [1]).await;
    let before = commit(&store, with_jobs(opening(1), &[send(20)])).await;
    let stale = job(&store, JobKind::Send, 200).await;
    let holder = job(&store, JobKind::Send, 210).await;
    let settlements = [Settlement::Retry { at: at(211) }, Settlement::Await { until: at(211) }];

    let started = store.start_attempt(&stale, at(210)).await;
    assert_eq!(refusal(started), ErrorKind::Fenced);
    for settlement in settlements.clone() {
        let settled = store.settle(&stale, settlement).await;
        assert_eq!(refusal(settled), ErrorKind::Fenced);
    }
    assert_eq!(claim_job(&store, JobKind::Send, 219).await, None);

    // Neither does one hold a job that was given back, or that is done.
    let retry = Settlement::Retry { at: at(300) };
    store.settle(&holder, retry).await.expect("settled");
    let started = store.start_attempt(&holder, at(250)).await;
    assert_eq!(refusal(started), ErrorKind::Fenced);
    let last = job(&store, JobKind::Send, 300).await;
    assert_eq!(last.started, None);
    let finished = Commit { done: Done::Job(last.clone()), ..touch(&before) };
    commit(&store, finished).await;
    for settlement in settlements {
        let settled = store.settle(&last, settlement).await;
        assert_eq!(refusal(settled), ErrorKind::Fenced);
    }
    let started = store.start_attempt(&last, at(300)).await;
    assert_eq!(refusal(started), ErrorKind::Fenced);
    assert_eq!(claim_job(&store, JobKind::Send, 999).await, None);
}
