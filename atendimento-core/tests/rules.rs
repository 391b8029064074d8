//! The rules as properties: what holds for every input, not for the ones that came to mind.
#![allow(missing_docs, clippy::unwrap_used)]

use std::time::Duration;

use atendimento_core::domain::routing::{Overflow, Requirement, Stage, Ticket};
use atendimento_core::domain::{
    Arrival, Authority, Conversation, Delivery, Effect, Event, Fence, Hold, Input, Keep, Lane,
    OwnerKind, Phase, Promise, ReceivedKind, Rejection, SendReport, Service, Status, ThreadOwner,
    Version, Way, Window, decide,
};
use atendimento_core::id::{AgentId, ContactId, ConversationId, MessageId};
use atendimento_core::time::Timestamp;
use proptest::prelude::*;

const NOW: Timestamp = Timestamp::from_seconds(1_700_000_000);

fn message(id: u8) -> MessageId {
    MessageId::from_bytes([id; 16])
}

fn fresh() -> Conversation {
    let lane = Lane { contact: ContactId::from_bytes([1; 16]), account: "1".into() };
    Conversation::new(ConversationId::from_bytes([2; 16]), "t".into(), lane, Window::CLOSED)
}

fn deliveries() -> impl Strategy<Value = Delivery> {
    prop_oneof![
        Just(Delivery::Queued),
        Just(Delivery::Unconfirmed),
        Just(Delivery::Accepted),
        Just(Delivery::Sent),
        Just(Delivery::Failed { code: Some(131_026) }),
        Just(Delivery::Delivered),
        Just(Delivery::Read),
        Just(Delivery::Played),
        Just(Delivery::Deleted),
    ]
}

fn agents() -> impl Strategy<Value = AgentId> {
    prop_oneof![Just("ana".into()), Just("bia".into())]
}

fn authorities() -> impl Strategy<Value = Authority> {
    prop_oneof![
        (0_u64..4).prop_map(|fence| Authority::Owner(Fence(fence))),
        Just(Authority::Supervisor)
    ]
}

fn kinds() -> impl Strategy<Value = ReceivedKind> {
    prop_oneof![
        Just(ReceivedKind::Message),
        Just(ReceivedKind::Call),
        Just(ReceivedKind::CallProgress),
        Just(ReceivedKind::HandedOver),
        Just(ReceivedKind::Standby),
        Just(ReceivedKind::Annotation),
        Just(ReceivedKind::History),
        Just(ReceivedKind::Echo),
    ]
}

fn threads() -> impl Strategy<Value = Option<ThreadOwner>> {
    prop_oneof![Just(None), Just(Some(ThreadOwner::Ours)), Just(Some(ThreadOwner::Others))]
}

fn inputs() -> impl Strategy<Value = Input> {
    prop_oneof![
        (0_u8..9, 0_u64..90_000, kinds(), threads(), any::<bool>()).prop_map(
            |(id, ago, kind, thread, revokes)| Input::MessageReceived {
                message: message(id),
                written: NOW.before(Duration::from_secs(ago)),
                kind,
                thread_owner: thread,
                revokes: revokes.then(|| message(8)).into_iter().collect(),
                arrival: Box::new(arrival()),
            },
        ),
        (0_u8..9, deliveries(), deliveries()).prop_map(|(id, before, reported)| {
            Input::StatusReported { message: message(id), before, reported }
        }),
        (agents(), ways()).prop_map(|(agent, way)| Input::Assign {
            agent,
            kind: if way == Way::HandedOver { OwnerKind::Bot } else { person() },
            way,
            by: None,
        }),
        (agents(), 0_u64..90).prop_map(|(agent, seconds)| Input::Offer {
            agent,
            until: NOW + Duration::from_secs(seconds),
        }),
        (agents(), 0_u64..6).prop_map(|(by, offer)| Input::Accept { by, offer: Fence(offer) }),
        (agents(), 0_u64..6).prop_map(|(by, offer)| Input::Reject { by, offer: Fence(offer) }),
        (agents(), authorities(), any::<bool>()).prop_map(|(by, authority, keep)| {
            let keep = if keep { Keep::UntilTaken } else { Keep::No };
            Input::Transfer { by, authority, ticket: Box::new(arrival().ticket), keep }
        }),
        (agents(), authorities())
            .prop_map(|(by, authority)| Input::CancelTransfer { by, authority }),
        (agents(), authorities(), agents()).prop_map(|(by, authority, bot)| Input::HandOver {
            by,
            authority,
            bot
        }),
        agents().prop_map(|agent| Input::NotThere { agent }),
        Just(Input::AllExcluded),
        (agents(), proptest::option::of(0_u64..90)).prop_map(|(agent, seconds)| {
            let leaves = seconds.map(|seconds| NOW + Duration::from_secs(seconds));
            Input::AgentLeft { agent, leaves }
        }),
        agents().prop_map(|agent| Input::AgentReturned { agent }),
        any::<bool>().prop_map(|ticket| Input::TimeCame {
            ticket: ticket.then(|| Box::new(arrival().ticket)),
        }),
        (agents(), authorities(), 0_u64..90).prop_map(|(by, authority, seconds)| Input::Snooze {
            by,
            authority,
            until: NOW + Duration::from_secs(seconds),
        }),
        Just(Input::Reopen { ticket: Box::new(arrival().ticket), service: Service::default() }),
        any::<bool>().prop_map(|present| Input::Tag { tag: "vip".to_owned(), present }),
        (0_u8..9, agents(), authorities(), any::<bool>(), proptest::option::of(deliveries()))
            .prop_map(|(id, by, authority, needs_open_window, lost)| Input::Reply {
                message: message(id),
                by,
                authority,
                needs_open_window,
                repeats: lost.map(|delivery| (message(9), delivery)),
            }),
        (0_u8..9, deliveries(), 0_u8..4).prop_map(|(id, before, how)| Input::SendEnded {
            message: message(id),
            before,
            report: match how {
                0 => SendReport::Accepted,
                1 => SendReport::Refused { code: Some(131_047), window_closed: true },
                2 => SendReport::Refused { code: None, window_closed: false },
                _ => SendReport::Unconfirmed,
            },
        }),
        (0_u8..9).prop_map(|id| Input::CrmRecorded { message: message(id) }),
        (agents(), authorities(), proptest::option::of(0_u64..90)).prop_map(
            |(by, authority, seconds)| Input::Close {
                by,
                authority,
                wrap_up: seconds.map(|seconds| NOW + Duration::from_secs(seconds)),
            },
        ),
    ]
}

fn ways() -> impl Strategy<Value = Way> {
    prop_oneof![
        Just(Way::Routed),
        Just(Way::Given),
        Just(Way::Forced),
        Just(Way::Pulled),
        Just(Way::TakenOver),
        Just(Way::HandedOver),
    ]
}

fn person() -> OwnerKind {
    OwnerKind::Person { hold: Hold::chat() }
}

/// A ticket that asks for Ana first, and overflows.
fn arrival() -> Arrival {
    let plain = Ticket::plain("service", NOW);
    let only = Requirement { only: Some("ana".into()), ..plain.requirement().clone() };
    let stages = vec![
        Stage { from: NOW, requirement: only },
        Stage { from: NOW + Duration::from_secs(30), requirement: plain.requirement().clone() },
    ];
    let overflow = Overflow { at: NOW + Duration::from_secs(60), to: "others".into() };
    Arrival {
        ticket: Ticket { stages, overflow: Some(overflow), ..plain },
        service: Service {
            first_answer: Some(Promise::new(NOW + Duration::from_secs(50))),
            resolution: Some(Promise::new(NOW + Duration::from_secs(80))),
        },
    }
}

/// A state, what came, what it meant, and the state after it.
type Step = (Conversation, Input, Vec<Event>, Vec<Effect>, Conversation);

/// The states that a history goes through, with what led to each. Ten seconds pass between
/// two inputs.
fn run(history: &[Input]) -> Vec<Step> {
    let mut steps = Vec::new();
    let mut state = fresh();
    for (seconds, input) in (0..).step_by(10).zip(history) {
        if let Ok(decision) = decide(&state, input, NOW + Duration::from_secs(seconds)) {
            let next = state.after(&decision);
            steps.push((state, input.clone(), decision.events, decision.effects, next.clone()));
            state = next;
        }
    }
    steps
}

proptest! {
    #[test]
    fn statuses_in_any_order_and_number_end_at_the_furthest(
        mut reports in proptest::collection::vec(deliveries(), 1..20),
    ) {
        let end = |reports: &[Delivery]| {
            reports.iter().fold(Delivery::Queued, |at, report| at.advance(*report).unwrap_or(at))
        };
        let furthest = reports.iter().copied().max_by_key(|report| report.rank()).unwrap();
        prop_assert_eq!(end(&reports).rank(), furthest.rank());
        reports.reverse();
        prop_assert_eq!(end(&reports).rank(), furthest.rank());
    }

    #[test]
    fn every_change_is_one_version_and_nothing_else_is(
        history in proptest::collection::vec(inputs(), 0..40),
    ) {
        for (before, _, events, effects, after) in run(&history) {
            if events.is_empty() && effects.is_empty() {
                prop_assert_eq!(before, after);
            } else {
                prop_assert_eq!(after.version, before.version.next());
                prop_assert_eq!(after.lane, before.lane);
                prop_assert_eq!(after.id, before.id);
            }
        }
    }

    #[test]
    fn state_is_all_events_applied_in_order(history in proptest::collection::vec(inputs(), 0..40)) {
        let steps = run(&history);
        let replayed = steps
            .iter()
            .flat_map(|(_, _, events, ..)| events)
            .fold(fresh(), Conversation::apply);
        let state = steps.last().map_or_else(fresh, |(.., after)| after.clone());
        prop_assert_eq!(Conversation { version: state.version, ..replayed }, state);
    }

    #[test]
    fn the_fence_never_falls_and_rises_with_each_offer_and_assignment(
        history in proptest::collection::vec(inputs(), 0..40),
    ) {
        for (before, input, _, _, after) in run(&history) {
            prop_assert!(after.fence >= before.fence);
            let rises = matches!(
                input,
                Input::Assign { .. } | Input::HandOver { .. } | Input::Offer { .. }
            );
            prop_assert_eq!(after.fence > before.fence, rises);
            if before.assignment() != after.assignment() && after.assignment().is_some() {
                prop_assert!(before.assignment() < after.assignment());
                prop_assert_eq!(after.assignment(), Some(after.fence));
            }
        }
    }

    #[test]
    fn only_the_owner_or_a_supervisor_writes_and_only_in_an_open_conversation(
        history in proptest::collection::vec(inputs(), 0..40),
    ) {
        for (before, input, _, effects, _) in run(&history) {
            let Input::Reply { by, authority, needs_open_window, .. } = input else {
                let sends = effects.iter().any(|it| matches!(it, Effect::Send { .. }));
                prop_assert!(!sends);
                continue;
            };
            prop_assert!(before.is_open());
            prop_assert!(before.window.until().is_some() || !needs_open_window);
            prop_assert!(before.thread_owner == ThreadOwner::Ours || !needs_open_window);
            if let Authority::Owner(held) = authority {
                prop_assert_eq!(before.assignee(), Some(&by));
                prop_assert_eq!(before.assignment(), Some(held));
            }
        }
    }

    #[test]
    fn nothing_happens_to_who_waits_or_owns_in_a_closed_conversation(
        history in proptest::collection::vec(inputs(), 0..40),
    ) {
        for (before, _, events, _, after) in run(&history) {
            let goes_on = events.contains(&Event::Reopened);
            if before.status() == Status::Closed && !goes_on {
                prop_assert_eq!(after.status(), Status::Closed);
            }
            if after.status() == Status::Closed {
                prop_assert!(after.owner.is_none() && after.line.is_none());
                prop_assert_eq!(after.next_due(), None);
            }
        }
    }

    #[test]
    fn who_waits_or_is_served_is_never_left_with_nobody_to_come(
        history in proptest::collection::vec(inputs(), 0..40),
    ) {
        for (before, input, _, _, after) in run(&history) {
            let was_nobodys = matches!(before.status(), Status::New | Status::Open);
            prop_assert!(after.status() != Status::Open || was_nobodys, "{:?}", input);
        }
    }

    #[test]
    fn the_same_arguments_give_the_same_decision(
        history in proptest::collection::vec(inputs(), 0..20),
    ) {
        prop_assert_eq!(run(&history), run(&history));
    }
}

#[test]
fn an_annotation_does_not_open_the_window() {
    let input = Input::MessageReceived {
        message: message(1),
        written: NOW,
        kind: ReceivedKind::Annotation,
        thread_owner: None,
        revokes: Vec::new(),
        arrival: Box::new(arrival()),
    };
    let decision = decide(&fresh(), &input, NOW).unwrap();

    assert!(!fresh().after(&decision).window.is_open(NOW));
}

#[test]
fn the_crm_hears_of_a_message_that_was_given_up_when_it_arrives_and_not_when_it_fails() {
    let failed = Delivery::Failed { code: None };
    let effects = |before, reported| {
        let input = Input::StatusReported { message: message(1), before, reported };
        decide(&fresh(), &input, NOW).unwrap().effects
    };

    let told = [Effect::SyncCrm { message: message(1) }];
    assert_eq!(effects(Delivery::Unconfirmed, failed), []);
    assert_eq!(effects(Delivery::Unconfirmed, Delivery::Sent), told);
    assert_eq!(effects(failed, Delivery::Delivered), told);
    assert_eq!(effects(Delivery::Accepted, Delivery::Delivered), [], "it was told before");
}

#[test]
fn what_is_closed_says_so() {
    let mut closed = fresh();
    closed.phase = Phase::Closed { at: NOW };
    closed.version = Version(3);

    let assign = Input::Assign { agent: "ana".into(), kind: person(), way: Way::Given, by: None };
    assert_eq!(decide(&closed, &assign, NOW), Err(Rejection::Closed));
    let authority = Authority::Supervisor;
    let close = Input::Close { by: "ana".into(), authority, wrap_up: None };
    assert_eq!(decide(&closed, &close, NOW), Err(Rejection::Closed));
}
