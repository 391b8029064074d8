//! What an input means for a conversation.

use crate::domain::conversation::Status;
use crate::domain::{
    Authority, Conversation, Delivery, Effect, Event, Fence, Input, ReceivedKind, SendReport,
};
use crate::id::{AgentId, MessageId};
use crate::time::Timestamp;

/// What is now true, and what must be done.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Decision {
    /// What is now true, in order; empty when the input is no news.
    pub events: Vec<Event>,
    /// What must be done, in order.
    pub effects: Vec<Effect>,
}

/// Why an input is refused. Nothing has changed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Rejection {
    /// The conversation is done.
    #[error("the conversation is closed")]
    Closed,
    /// Nobody has the conversation; it must be assigned first.
    #[error("the conversation is not assigned")]
    NotAssigned,
    /// Somebody has the conversation already.
    #[error("the conversation is assigned to {owner}")]
    AlreadyAssigned {
        /// Who.
        owner: AgentId,
    },
    /// Somebody else has the conversation, or it was assigned anew since it was read.
    #[error("the conversation belongs to {owner} now")]
    NotOwner {
        /// Who has it.
        owner: AgentId,
        /// Under which assignment.
        fence: Fence,
    },
    /// The customer has not written within 24 hours: only a template may be sent.
    #[error("the customer-service window is closed: only a template may be sent")]
    WindowClosed {
        /// When it closed; `None` when it was never open.
        since: Option<Timestamp>,
    },
    /// Only a message that failed or was never confirmed may be sent again.
    #[error("the message to repeat is not known to be lost")]
    NotLost,
}

/// What `input` means for `conversation` at `now`.
///
/// The same arguments give the same decision, on any machine, at any time.
///
/// # Errors
///
/// The [`Rejection`] that says why the input is refused.
pub fn decide(
    conversation: &Conversation,
    input: &Input,
    now: Timestamp,
) -> Result<Decision, Rejection> {
    match input {
        Input::MessageReceived { message, written, kind, queue } => {
            let mut events = Vec::with_capacity(3);
            if conversation.status == Status::New {
                events.push(Event::Opened);
            }
            let window = match kind {
                ReceivedKind::Message => conversation.window.renewed(*written),
                // Meta does not say whether a reaction or an edit opens the window: be careful.
                ReceivedKind::Annotation => conversation.window,
            };
            events.push(Event::MessageReceived { message: *message, window });
            if conversation.status == Status::New {
                events.push(Event::Queued { queue: queue.clone(), since: now });
            }
            Ok(Decision { events, effects: vec![Effect::SyncCrm { message: *message }] })
        }
        Input::StatusReported { message, before, reported } => {
            let events = advance(*message, *before, *reported);
            // Given up, and it went out all the same: now the CRM may hear of it.
            let given_up = matches!(before, Delivery::Unconfirmed | Delivery::Failed { .. });
            let failed = matches!(reported, Delivery::Failed { .. });
            let news = given_up && !failed && !events.is_empty();
            let effects =
                if news { vec![Effect::SyncCrm { message: *message }] } else { Vec::new() };
            Ok(Decision { events, effects })
        }
        Input::Assign { agent } => match &conversation.status {
            Status::New | Status::Waiting { .. } => {
                let fence = Fence(conversation.fence.0 + 1);
                Ok(Decision {
                    events: vec![Event::Assigned { agent: agent.clone(), fence }],
                    effects: vec![],
                })
            }
            Status::Assigned { agent, .. } => {
                Err(Rejection::AlreadyAssigned { owner: agent.clone() })
            }
            Status::Closed => Err(Rejection::Closed),
        },
        Input::Reply { message, by, authority, needs_open_window, repeats } => {
            may_act(conversation, by, *authority)?;
            if *needs_open_window && !conversation.window.is_open(now) {
                return Err(Rejection::WindowClosed { since: conversation.window.until() });
            }
            let repeats = match repeats {
                None => None,
                Some((lost, Delivery::Unconfirmed | Delivery::Failed { .. })) => Some(*lost),
                Some(_) => return Err(Rejection::NotLost),
            };
            Ok(Decision {
                events: vec![Event::ReplyQueued { message: *message, by: by.clone(), repeats }],
                effects: vec![Effect::Send { message: *message }],
            })
        }
        Input::SendEnded { message, before, report } => Ok(send_ended(*message, *before, *report)),
        Input::CrmRecorded { message } => Ok(Decision {
            events: vec![Event::RecordedInCrm { message: *message }],
            effects: vec![],
        }),
        Input::CrmFailed { message } => {
            Ok(Decision { events: vec![Event::CrmGaveUp { message: *message }], effects: vec![] })
        }
        Input::Close { by, authority } => {
            may_act(conversation, by, *authority)?;
            Ok(Decision { events: vec![Event::Closed { by: by.clone() }], effects: vec![] })
        }
    }
}

fn advance(message: MessageId, before: Delivery, reported: Delivery) -> Vec<Event> {
    before
        .advance(reported)
        .map(|delivery| Event::DeliveryAdvanced { message, delivery })
        .into_iter()
        .collect()
}

fn send_ended(message: MessageId, before: Delivery, report: SendReport) -> Decision {
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

fn may_act(
    conversation: &Conversation,
    by: &AgentId,
    authority: Authority,
) -> Result<(), Rejection> {
    match (&conversation.status, authority) {
        (Status::Closed, _) => Err(Rejection::Closed),
        (_, Authority::Supervisor) => Ok(()),
        (Status::New | Status::Waiting { .. }, Authority::Owner(_)) => Err(Rejection::NotAssigned),
        (Status::Assigned { agent, fence }, Authority::Owner(held)) => {
            if agent == by && *fence == held {
                Ok(())
            } else {
                Err(Rejection::NotOwner { owner: agent.clone(), fence: *fence })
            }
        }
    }
}
