//! What a channel posted is kept, and split into events once.
#![expect(
    clippy::missing_panics_doc,
    reason = "a rule panics when it is broken, which is what it is for"
)]

use std::sync::Arc;

use crate::domain::Delivery;
use crate::error::ErrorKind;
use crate::id::EnvelopeId;
use crate::store::{
    Commit, Entry, EntryKind, Envelope, EnvelopeClaim, MessageRecord, Notice, Orphan, Split,
    SplitReport, Store, Unreadable,
};
use crate::testing::conformance::StoreFixture;
use crate::testing::conformance::contest::contest;
use crate::testing::conformance::samples::{
    change, claim_lane, claimed, commit, entry, envelope, fingerprint, inbound, know, lane,
    lane_step, lease, message_id, named, notice, orphan, other_tenant, outbound, refusal, remote,
    sealed, take_in, tenant, touch, waiting,
};

/// What is appended survives a restart.
pub async fn what_is_appended_survives_a_restart(fixture: &dyn StoreFixture) {
    let before = fixture.open().await;
    before.append(vec![envelope(1), envelope(2)]).await.expect("appended");
    before.append(vec![envelope(3)]).await.expect("appended");
    drop(before);

    let store = fixture.open().await;
    let claim = claim(&store, 0, 10).await;
    assert_eq!(claim.envelopes, [envelope(1), envelope(2), envelope(3)]);
}

/// Envelopes are claimed in the order in which they came.
pub async fn envelopes_are_claimed_in_the_order_in_which_they_came(fixture: &dyn StoreFixture) {
    let store = fixture.open().await;
    // Neither by id nor by time.
    let came = vec![envelope(3), envelope(1)];
    store.append(came.clone()).await.expect("appended");
    store.append(vec![envelope(2)]).await.expect("appended");
    store.append(Vec::new()).await.expect("appended");

    let first = claim(&store, 0, 2).await;
    assert_eq!(first.envelopes, came);
    done(&store, &first).await;
    let second = claim(&store, 0, 2).await;
    assert_eq!(second.envelopes, [envelope(2)]);
    done(&store, &second).await;
    let none = store.claim_envelopes(lease(0), 2).await.expect("asked");
    assert_eq!(none, None);
}

/// Nobody else claims envelopes while a claim is held.
pub async fn nobody_else_claims_envelopes_while_a_claim_is_held(fixture: &dyn StoreFixture) {
    let store = fixture.open().await;
    for number in 1..=6 {
        store.append(vec![envelope(number)]).await.expect("appended");
    }

    let claims =
        contest(fixture, async |_, store| store.claim_envelopes(lease(0), 2).await.expect("asked"));
    let held: Vec<_> = claims.into_iter().flatten().collect();
    assert_eq!(held.len(), 1);

    let other = fixture.open().await;
    let meanwhile = other.claim_envelopes(lease(9), 2).await.expect("asked");
    assert_eq!(meanwhile, None);
    done(&store, &held[0]).await;
    assert_eq!(claim(&other, 9, 2).await.envelopes, [envelope(3), envelope(4)]);
}

/// A claim that ran out passes on with a higher fence.
pub async fn a_claim_that_ran_out_passes_on_with_a_higher_fence(fixture: &dyn StoreFixture) {
    let store = fixture.open().await;
    store.append(vec![envelope(1)]).await.expect("appended");
    let first = claim(&store, 0, 1).await;

    let other = fixture.open().await;
    let second = claim(&other, 10, 1).await;
    assert_eq!(second.envelopes, first.envelopes);
    assert!(second.fence > first.fence);
}

/// An envelope that was claimed before is claimed alone.
pub async fn an_envelope_that_was_claimed_before_is_claimed_alone(fixture: &dyn StoreFixture) {
    let store = fixture.open().await;
    for number in 1..=5 {
        store.append(vec![envelope(number)]).await.expect("appended");
    }
    let mut seen = Vec::new();
    let mut look = |claim: &EnvelopeClaim| {
        let ids: Vec<_> = claim.envelopes.iter().map(|envelope| envelope.id).collect();
        seen.push((ids, claim.attempts));
    };

    // Three are claimed together, and the worker dies; the next one dies of the first.
    look(&claim(&store, 0, 3).await);
    look(&claim(&store, 10, 3).await);
    for start in [20, 30, 40, 50] {
        let claim = claim(&store, start, 3).await;
        look(&claim);
        done(&store, &claim).await;
    }
    // Nothing is left of it when the inbox was empty.
    store.append(vec![envelope(6), envelope(7)]).await.expect("appended");
    look(&claim(&store, 60, 3).await);
    look(&claim(&store, 70, 3).await);

    let ids = |numbers: &[u32]| -> Vec<EnvelopeId> {
        numbers.iter().map(|number| envelope(*number).id).collect()
    };
    let expected = [
        (ids(&[1, 2, 3]), 1),
        (ids(&[1]), 2),
        (ids(&[1]), 3),
        (ids(&[2]), 2),
        (ids(&[3]), 2),
        (ids(&[4, 5]), 1),
        (ids(&[6, 7]), 1),
        (ids(&[6]), 2),
    ];
    assert_eq!(seen, expected);
}

/// A stale envelope claim cannot split.
pub async fn a_stale_envelope_claim_cannot_split(fixture: &dyn StoreFixture) {
    let store = fixture.open().await;
    know(&store, [1]).await;
    let split = Split {
        entries: vec![entry(1, 1)],
        notices: vec![notice(2)],
        quarantine: vec![unreadable(1, "no JSON")],
        ..Split::default()
    };
    let stale = claimed(&store).await;
    let holder = claim(&store, 10, 1).await;

    let refused = store.split(&stale, split.clone()).await;
    assert_eq!(refusal(refused), ErrorKind::Fenced);
    assert_eq!(claim_lane(&store, 0).await, None);
    let notices = store.notices(&tenant(), 9).await.expect("read");
    assert_eq!(notices, []);
    let quarantined = store.quarantined(&tenant(), 9).await.expect("read");
    assert_eq!(quarantined, []);

    let report = store.split(&holder, split.clone()).await.expect("split");
    assert_eq!(report.new, 2);
    let again = store.split(&holder, split).await;
    assert_eq!(refusal(again), ErrorKind::Fenced);
}

/// A split with an event of an unknown customer changes nothing.
pub async fn a_split_with_an_event_of_an_unknown_customer_changes_nothing(
    fixture: &dyn StoreFixture,
) {
    let store = fixture.open().await;
    know(&store, [1]).await;
    let claim = claimed(&store).await;
    let mut split = Split { entries: vec![entry(1, 1), entry(2, 99)], ..Split::default() };

    let refused = store.split(&claim, split.clone()).await;
    assert_eq!(refusal(refused), ErrorKind::InvalidInput);
    assert_eq!(claim_lane(&store, 0).await, None);

    split.entries.pop();
    let report = store.split(&claim, split).await.expect("split");
    assert_eq!(report.new, 1);
    assert_eq!(lane_step(&store, 0).await.entry, entry(1, 1));

    // Nor is one taken for known because the event came before.
    let claim = claimed(&store).await;
    let split =
        Split { entries: vec![Entry { lane: lane(99), ..entry(1, 1) }], ..Split::default() };
    let refused = store.split(&claim, split).await;
    assert_eq!(refusal(refused), ErrorKind::InvalidInput);
}

/// An event that came before changes nothing.
pub async fn an_event_that_came_before_changes_nothing(fixture: &dyn StoreFixture) {
    let store = fixture.open().await;
    know(&store, [1]).await;
    let split = Split {
        entries: vec![entry(1, 1), entry(1, 1)],
        orphans: vec![orphan(2, 50), orphan(2, 50)],
        notices: vec![notice(3), notice(3)],
        ..Split::default()
    };

    let first = take_in(&store, split.clone()).await;
    assert_eq!((first.new, first.duplicates, first.conflicts), (3, 3, 0));
    drop(store);
    let store = fixture.open().await;
    // Sealed anew and under another id, it is the same event all the same.
    let mut again = split;
    again.entries[0].id = message_id(40);
    again.entries[0].payload = sealed(40);
    let second = take_in(&store, again).await;
    assert_eq!((second.new, second.duplicates, second.conflicts), (0, 6, 0));

    let step = lane_step(&store, 0).await;
    assert_eq!(step.entry, entry(1, 1));
    store.bury(&step.claim, "test", step.entry.occurred).await.expect("buried");
    assert_eq!(claim_lane(&store, 0).await, None);
    let notices = store.notices(&tenant(), 9).await.expect("read");
    assert_eq!(notices, [notice(3)]);

    // Keys of one company mean nothing in another.
    let elsewhere = Notice { tenant: other_tenant(), ..notice(3) };
    let split = Split { notices: vec![elsewhere], ..Split::default() };
    assert_eq!(take_in(&store, split).await.new, 1);
}

/// An event that came before with other contents is kept as a notice.
pub async fn an_event_that_came_before_with_other_contents_is_kept_as_a_notice(
    fixture: &dyn StoreFixture,
) {
    let store = fixture.open().await;
    know(&store, [1]).await;
    let mut split = Split {
        entries: vec![entry(1, 1)],
        orphans: vec![orphan(2, 50)],
        notices: vec![notice(3)],
        ..Split::default()
    };
    take_in(&store, split.clone()).await;

    split.entries[0].fingerprint = fingerprint(91);
    split.entries[0].payload = sealed(91);
    split.orphans[0].fingerprint = fingerprint(92);
    split.orphans[0].payload = sealed(92);
    split.notices[0].fingerprint = fingerprint(93);
    split.notices[0].payload = sealed(93);
    let report = take_in(&store, split.clone()).await;
    assert_eq!((report.new, report.duplicates, report.conflicts), (0, 0, 3));

    let conflict = |number: u32| Notice {
        kind: "conflict".to_owned(),
        fingerprint: fingerprint(number + 90),
        payload: sealed(number + 90),
        ..notice(number)
    };
    let notices = store.notices(&tenant(), 9).await.expect("read");
    // What was sealed under a customer's key says whose, or nobody could open it.
    let of_entry = Notice { contact: Some(entry(1, 1).lane.contact), ..conflict(1) };
    assert_eq!(notices, [conflict(3), conflict(2), of_entry, notice(3)]);
    assert_eq!(lane_step(&store, 0).await.entry, entry(1, 1));

    // What came first stays the measure.
    let report = take_in(&store, split).await;
    assert_eq!(report.conflicts, 3);
}

/// A status of a message that is known goes to its lane.
pub async fn a_status_of_a_message_that_is_known_goes_to_its_lane(fixture: &dyn StoreFixture) {
    let store = fixture.open().await;
    let conversation = waiting(&store, 1).await;
    let mut sent = change(&conversation, Vec::new());
    sent.messages = vec![outbound(20)];
    sent.deliveries = vec![named(20, Delivery::Accepted, 50)];
    commit(&store, sent).await;
    let of_another_company = Orphan { tenant: other_tenant(), ..orphan(31, 50) };
    let split = Split { orphans: vec![of_another_company, orphan(30, 50)], ..Split::default() };

    assert_eq!(take_in(&store, split).await.new, 2);
    let step = lane_step(&store, 0).await;
    let mut expected = entry(30, 1);
    expected.kind = EntryKind::Status { message: message_id(20) };
    assert_eq!(step.entry, expected);
    store.bury(&step.claim, "test", step.entry.occurred).await.expect("buried");
    assert_eq!(claim_lane(&store, 0).await, None);
}

/// A quarantined body is kept and visible.
pub async fn a_quarantined_body_is_kept_and_visible(fixture: &dyn StoreFixture) {
    let store = fixture.open().await;
    let of_another_company = Envelope { tenant: other_tenant(), ..envelope(4) };
    let came = vec![envelope(1), envelope(2), envelope(3), of_another_company];
    store.append(came.clone()).await.expect("appended");
    let claim = claim(&store, 0, 9).await;
    let quarantine = [1, 2, 4].map(|number| unreadable(number, &format!("reason {number}")));
    let split = Split { quarantine: quarantine.into(), ..Split::default() };
    store.split(&claim, split).await.expect("split");
    drop(store);

    let store = fixture.open().await;
    let kept = store.quarantined(&tenant(), 9).await.expect("read");
    let shown: Vec<_> = kept
        .iter()
        .map(|kept| (kept.id, kept.received, kept.reason.as_str(), kept.body.clone()))
        .collect();
    let expected = |number: u32, reason: &'static str| {
        let envelope = envelope(number);
        (envelope.id, envelope.received, reason, envelope.body)
    };
    assert_eq!(shown, [expected(2, "reason 2"), expected(1, "reason 1")]);
    let latest = store.quarantined(&tenant(), 1).await.expect("read");
    assert_eq!(latest, kept[..1]);
    let others = store.quarantined(&other_tenant(), 9).await.expect("read");
    assert_eq!(others.len(), 1);
    let none = store.claim_envelopes(lease(0), 9).await.expect("asked");
    assert_eq!(none, None);
}

/// A quarantined body that came before is not kept again.
pub async fn a_quarantined_body_that_came_before_is_not_kept_again(fixture: &dyn StoreFixture) {
    let store = fixture.open().await;
    let came = vec![envelope(1), envelope(2), envelope(3)];
    store.append(came).await.expect("appended");
    let claim = claim(&store, 0, 9).await;
    let seen = |number| Some((notice(number).dedupe, fingerprint(number)));
    let quarantine = vec![
        Unreadable { seen: seen(9), ..unreadable(1, "first") },
        Unreadable { seen: seen(9), ..unreadable(2, "again") },
        Unreadable { seen: seen(8), ..unreadable(3, "another") },
    ];
    let split = Split { quarantine, ..Split::default() };
    let report = store.split(&claim, split).await.expect("split");
    assert_eq!((report.new, report.duplicates, report.conflicts), (2, 1, 0));

    let kept = store.quarantined(&tenant(), 9).await.expect("read");
    let ids: Vec<_> = kept.iter().map(|kept| kept.id).collect();
    assert_eq!(ids, [envelope(3).id, envelope(1).id]);
    let none = store.claim_envelopes(lease(0), 9).await.expect("asked");
    assert_eq!(none, None);
}

/// A status of a message that was received is kept as an orphan.
pub async fn a_status_of_a_message_that_was_received_is_kept_as_an_orphan(
    fixture: &dyn StoreFixture,
) {
    let store = fixture.open().await;
    let conversation = waiting(&store, 1).await;
    let received = MessageRecord { remote: Some(remote(50)), ..inbound(20) };
    commit(&store, Commit { messages: vec![received], ..touch(&conversation) }).await;
    take_in(&store, Split { orphans: vec![orphan(31, 50)], ..Split::default() }).await;

    // Nobody could process it in the lane, and it would hold back what comes after it.
    assert_eq!(claim_lane(&store, 0).await, None);
    assert_eq!(store.orphans(&tenant(), 9).await.expect("read"), [orphan(31, 50)]);

    // A message of ours that the channel calls the same is the one that is meant.
    let known = store.conversation(conversation.id).await.expect("read").expect("it is there");
    let sent = MessageRecord { remote: Some(remote(50)), ..outbound(21) };
    commit(&store, Commit { messages: vec![sent], ..touch(&known) }).await;
    take_in(&store, Split { orphans: vec![orphan(32, 50)], ..Split::default() }).await;
    let step = lane_step(&store, 0).await;
    assert_eq!(step.entry.kind, EntryKind::Status { message: message_id(21) });
}

fn unreadable(number: u32, reason: &str) -> Unreadable {
    Unreadable { envelope: envelope(number).id, reason: reason.to_owned(), seen: None }
}

async fn claim(store: &Arc<dyn Store>, now: i64, limit: usize) -> EnvelopeClaim {
    let claim = store.claim_envelopes(lease(now), limit).await;
    claim.expect("envelopes can be claimed").expect("envelopes wait")
}

/// The bodies held nothing.
async fn done(store: &Arc<dyn Store>, claim: &EnvelopeClaim) {
    let report = store.split(claim, Split::default()).await;
    assert_eq!(report.expect("the claim is held"), SplitReport::default());
}
