//! What an input means for a conversation.

mod annotation;
mod line;
mod message;
mod ownership;
mod timer;

use crate::domain::{Conversation, Effect, Event, Fence, Input, Status};
use crate::id::AgentId;
use crate::time::Timestamp;

/// What is now true, and what must be done.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Decision {
    /// What is now true, in order; empty when the input is no news.
    pub events: Vec<Event>,
    /// What must be done, in order.
    pub effects: Vec<Effect>,
}

impl From<Vec<Event>> for Decision {
    fn from(events: Vec<Event>) -> Self {
        Self { events, effects: Vec::new() }
    }
}

impl From<Event> for Decision {
    fn from(event: Event) -> Self {
        vec![event].into()
    }
}

/// Why an input is refused. Nothing has changed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Rejection {
    /// The conversation is done.
    #[error("the conversation is closed")]
    Closed,
    /// It cannot be, where the conversation stands.
    #[error("not possible while the conversation is {status:?}")]
    NotNow {
        /// Where it stands.
        status: Status,
    },
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
        /// Since when.
        since: Timestamp,
    },
    /// The agent is not asked, or no longer: somebody else is or has it, or it is over.
    #[error("the offer is over")]
    OfferOver {
        /// Who has the conversation now, if anybody.
        owner: Option<AgentId>,
    },
    /// The customer has not written within 24 hours: only a template may be sent.
    #[error("the customer-service window is closed: only a template may be sent")]
    WindowClosed {
        /// When it closed; `None` when it was never open.
        since: Option<Timestamp>,
    },
    /// Another app of the business has the customer: the channel would refuse what we send.
    #[error("another app has the thread")]
    ThreadElsewhere,
    /// Only a message that failed or was never confirmed may be sent again.
    #[error("the message to repeat is not known to be lost")]
    NotLost,
    /// There is nothing in it.
    #[error("{what} is empty")]
    Empty {
        /// What.
        what: &'static str,
    },
    /// It is longer than is kept.
    #[error("{what} has more than {most} characters")]
    TooLong {
        /// What.
        what: &'static str,
        /// How many characters it may have.
        most: usize,
    },
    /// It has characters that are none of a name: line breaks and the like.
    #[error("{what} has a control character")]
    NoName {
        /// What.
        what: &'static str,
    },
    /// There are as many as can be.
    #[error("there are {most} {what} already")]
    TooMany {
        /// What.
        what: &'static str,
        /// How many there may be.
        most: usize,
    },
    /// The moment must lie in the future.
    #[error("the moment has passed")]
    Past,
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
        Input::MessageReceived { message, written, kind, thread_owner, revokes, arrival } => {
            let told = message::Told {
                message: *message,
                written: *written,
                kind: *kind,
                thread_owner: *thread_owner,
                revokes,
            };
            Ok(message::received(conversation, &told, arrival, now))
        }
        Input::StatusReported { message, before, reported } => {
            Ok(message::reported(*message, *before, *reported))
        }
        Input::Offer { agent, until } => line::offer(conversation, agent, *until),
        Input::Accept { by, offer } => line::accept(conversation, by, *offer, now),
        Input::Reject { by, offer } => line::reject(conversation, by, *offer, now),
        Input::NotThere { agent } => Ok(line::not_there(conversation, agent)),
        Input::AllExcluded => Ok(line::all_excluded(conversation)),
        Input::Assign { agent, kind, way, by } => {
            ownership::assign(conversation, agent, kind, *way, by.as_ref(), now)
        }
        Input::Transfer { by, authority, ticket, keep } => {
            ownership::transfer(conversation, by, *authority, ticket, *keep)
        }
        Input::HandOver { bot, by, authority } => {
            ownership::hand_over(conversation, bot, by, *authority, now)
        }
        Input::CancelTransfer { by, authority } => {
            ownership::cancel_transfer(conversation, by, *authority)
        }
        Input::AgentLeft { agent, leaves } => {
            Ok(ownership::agent_left(conversation, agent, *leaves, now))
        }
        Input::AgentReturned { agent } => Ok(ownership::agent_returned(conversation, agent)),
        Input::TimeCame { ticket } => Ok(timer::time_came(conversation, ticket.as_deref(), now)),
        Input::Begin { message, by, needs_open_window, queue } => {
            message::begin(conversation, *message, by, *needs_open_window, queue)
        }
        Input::Reply { message, by, authority, needs_open_window, repeats } => {
            let reply = message::Reply {
                message: *message,
                by,
                authority: *authority,
                needs_open_window: *needs_open_window,
                repeats: *repeats,
            };
            message::reply(conversation, &reply, now)
        }
        Input::Note { message, by } => {
            Ok(Event::Noted { message: *message, by: by.clone() }.into())
        }
        Input::Tag { tag, present } => annotation::tagged(conversation, tag, *present),
        Input::SetField { name, value } => {
            annotation::field_set(conversation, name, value.as_ref())
        }
        Input::Export { by } => Ok(Event::Exported { by: by.clone() }.into()),
        Input::SendEnded { message, before, report } => {
            Ok(message::send_ended(*message, *before, *report))
        }
        Input::CrmRecorded { message } => Ok(Event::RecordedInCrm { message: *message }.into()),
        Input::CrmFailed { message } => Ok(Event::CrmGaveUp { message: *message }.into()),
        Input::Snooze { by, authority, until } => {
            ownership::snooze(conversation, by, *authority, *until, now)
        }
        Input::Close { by, authority, wrap_up } => {
            ownership::close(conversation, by, *authority, *wrap_up, now)
        }
        Input::Reopen { ticket, service } => ownership::reopen(conversation, ticket, *service),
    }
}
