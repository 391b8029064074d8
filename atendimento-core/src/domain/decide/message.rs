//! What is said, in either direction, and what the channel tells of it.

use crate::domain::decide::ownership::may_act;
use crate::domain::{
    Arrival, Authority, Conversation, Decision, Delivery, Effect, Event, Phase, ReceivedKind,
    Rejection, SendReport, Service, Target, ThreadOwner,
};
use crate::id::{AgentId, MessageId, QueueId};
use crate::time::Timestamp;

/// What the channel told of a customer.
pub(super) struct Told<'a> {
    pub(super) message: MessageId,
    pub(super) written: Timestamp,
    pub(super) kind: ReceivedKind,
    pub(super) thread_owner: Option<ThreadOwner>,
    pub(super) revokes: &'a [MessageId],
}

pub(super) fn received(
    conversation: &Conversation,
    told: &Told<'_>,
    arrival: &Arrival,
    now: Timestamp,
) -> Decision {
    let Told { message, written, kind, .. } = *told;
    let mut events = Vec::with_capacity(3);
    let queued = || Event::Queued { ticket: Box::new(arrival.ticket.clone()) };
    let window = if kind.opens_window() {
        conversation.window.renewed(written)
    } else {
        conversation.window
    };
    let mut waits = kind.asks_for_attention();
    match conversation.phase {
        Phase::New => {
            let service = if waits { arrival.service } else { Service::default() };
            events.push(Event::Opened { service, queue: Some(arrival.ticket.queue.clone()) });
        }
        // What was promised before was of what is over.
        Phase::Closed { .. } if waits => {
            events.push(Event::Reopened);
            events.push(Event::Promised { service: arrival.service });
        }
        Phase::Snoozed { .. } if waits => events.push(Event::Woken),
        Phase::WrappingUp { .. } if waits => {
            events.push(Event::Resumed);
            waits = false;
        }
        // Recorded only until now, and nobody was asked to answer.
        Phase::Open => {
            waits = waits && conversation.owner.is_none() && conversation.line.is_none();
            if waits && conversation.service == Service::default() {
                events.push(Event::Promised { service: arrival.service });
            }
        }
        Phase::WrappingUp { .. } | Phase::Snoozed { .. } | Phase::Closed { .. } => {}
    }
    if let Some(to) = told.thread_owner.filter(|to| *to != conversation.thread_owner) {
        events.push(Event::ThreadPassed { to });
    }
    events.push(Event::MessageReceived { message, window });
    events.extend(told.revokes.iter().map(|message| Event::MessageRevoked { message: *message }));
    if waits {
        events.push(queued());
    }
    // What was said long ago is there to be read; nobody has to do anything about it.
    if kind == ReceivedKind::History && conversation.phase == Phase::New {
        events.push(Event::Closed { by: None, at: now });
    }
    Decision { events, effects: vec![Effect::SyncCrm { message }] }
}

pub(super) fn reported(message: MessageId, before: Delivery, reported: Delivery) -> Decision {
    let events = advance(message, before, reported);
    // Given up, and it went out all the same: now the CRM may hear of it.
    let given_up = matches!(before, Delivery::Unconfirmed | Delivery::Failed { .. });
    let failed = matches!(reported, Delivery::Failed { .. });
    let news = given_up && !failed && !events.is_empty();
    let effects = if news { vec![Effect::SyncCrm { message }] } else { Vec::new() };
    Decision { events, effects }
}

/// The business writes first: nobody waits and nobody has it until the customer answers.
pub(super) fn begin(
    conversation: &Conversation,
    message: MessageId,
    by: &AgentId,
    needs_open_window: bool,
    queue: &QueueId,
) -> Result<Decision, Rejection> {
    match conversation.phase {
        Phase::New => {}
        Phase::Open | Phase::WrappingUp { .. } | Phase::Snoozed { .. } | Phase::Closed { .. } => {
            return Err(Rejection::NotNow { status: conversation.status() });
        }
    }
    if needs_open_window {
        return Err(Rejection::WindowClosed { since: conversation.window.until() });
    }
    let events = vec![
        Event::Opened { service: Service::default(), queue: Some(queue.clone()) },
        Event::ReplyQueued { message, by: by.clone(), repeats: None },
    ];
    Ok(Decision { events, effects: vec![Effect::Send { message }] })
}

/// What somebody wants to write.
pub(super) struct Reply<'a> {
    pub(super) message: MessageId,
    pub(super) by: &'a AgentId,
    pub(super) authority: Authority,
    pub(super) needs_open_window: bool,
    pub(super) repeats: Option<(MessageId, Delivery)>,
}

pub(super) fn reply(
    conversation: &Conversation,
    reply: &Reply<'_>,
    now: Timestamp,
) -> Result<Decision, Rejection> {
    may_act(conversation, reply.by, reply.authority)?;
    match conversation.thread_owner {
        // A template needs no thread.
        ThreadOwner::Others if reply.needs_open_window => return Err(Rejection::ThreadElsewhere),
        ThreadOwner::Ours | ThreadOwner::Others => {}
    }
    if reply.needs_open_window && !conversation.window.is_open(now) {
        return Err(Rejection::WindowClosed { since: conversation.window.until() });
    }
    let repeats = match reply.repeats {
        None => None,
        Some((lost, Delivery::Unconfirmed | Delivery::Failed { .. })) => Some(lost),
        Some(_) => return Err(Rejection::NotLost),
    };
    let message = reply.message;
    let mut events = vec![Event::ReplyQueued { message, by: reply.by.clone(), repeats }];
    let by_bot = conversation.is_with_bot(reply.by);
    if !by_bot && conversation.service.runs(Target::FirstAnswer) {
        events.push(Event::PromiseKept { target: Target::FirstAnswer });
    }
    Ok(Decision { events, effects: vec![Effect::Send { message }] })
}

pub(super) fn send_ended(message: MessageId, before: Delivery, report: SendReport) -> Decision {
    let (reported, window_closed) = match report {
        SendReport::Accepted => (Delivery::Accepted, false),
        SendReport::Refused { code, window_closed } => (Delivery::Failed { code }, window_closed),
        SendReport::Unconfirmed => (Delivery::Unconfirmed, false),
    };
    let mut events = advance(message, before, reported);
    if window_closed {
        events.push(Event::WindowClosed);
    }
    let effects = match report {
        // The CRM hears of what the customer was told, not of what was meant to be said. A
        // status may have come before the answer: accepted is accepted all the same.
        SendReport::Accepted => vec![Effect::SyncCrm { message }],
        SendReport::Refused { .. } | SendReport::Unconfirmed => vec![],
    };
    Decision { events, effects }
}

fn advance(message: MessageId, before: Delivery, reported: Delivery) -> Vec<Event> {
    before
        .advance(reported)
        .map(|delivery| Event::DeliveryAdvanced { message, delivery })
        .into_iter()
        .collect()
}
