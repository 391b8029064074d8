//! What is now true. Journal, feed and audit carry these; state is all of them applied in order.

use serde::{Deserialize, Serialize};

use crate::domain::routing::{Asked, Ticket};
use crate::domain::{
    Conversation, Delivery, Fence, Hold, Line, Owner, OwnerKind, Phase, PromiseState, Protocol,
    Sealed, Service, Target, ThreadOwner, Window,
};
use crate::id::{AgentId, MessageId, QueueId};
use crate::time::Timestamp;

/// A fact about a conversation. Holds personal data only sealed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Event {
    /// The conversation began.
    Opened {
        /// What was promised to the customer.
        service: Service,
        /// The queue that is responsible for it, until it waits in another.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        queue: Option<QueueId>,
    },
    /// Somebody is needed who was not needed before, as it began without or goes on after it was
    /// closed: this is promised to the customer from now on.
    Promised {
        /// What.
        service: Service,
    },
    /// It has a number by which the customer and the business call it.
    Numbered {
        /// The number.
        protocol: Protocol,
    },
    /// The customer wrote or called, or something they did was recorded.
    MessageReceived {
        /// The message.
        message: MessageId,
        /// When free-form messages may be sent from now on.
        window: Window,
    },
    /// What a message said is gone: who wrote it has revoked it.
    MessageRevoked {
        /// The message.
        message: MessageId,
    },
    /// It waits for an agent. One who has it keeps it until another takes it.
    Queued {
        /// Its place in line.
        ticket: Box<Ticket>,
    },
    /// Nobody came, so less is asked for.
    StageReached {
        /// Which of the ticket's stages.
        stage: usize,
    },
    /// It no longer waits; who has it keeps it.
    LeftLine,
    /// An agent is asked to take it. Their capacity is reserved.
    Offered {
        /// Who.
        agent: AgentId,
        /// Under which number they accept.
        fence: Fence,
        /// When they have let it pass.
        until: Timestamp,
    },
    /// The agent who was asked did not take it. It is back in line, at its old place.
    OfferEnded {
        /// Who was asked.
        agent: AgentId,
        /// How it ended.
        end: OfferEnd,
    },
    /// Everybody who could take it had refused it or let it pass: they are asked again.
    ExclusionsCleared,
    /// An agent or a bot has it.
    Assigned {
        /// Who.
        agent: AgentId,
        /// Under which assignment.
        fence: Fence,
        /// Since when.
        since: Timestamp,
        /// As what.
        kind: OwnerKind,
        /// How it came to them.
        way: Way,
        /// Who gave it, when it was a person's decision.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        by: Option<AgentId>,
    },
    /// Its owner is absent.
    OwnerLeft {
        /// When it is taken from them.
        leaves: Timestamp,
    },
    /// Its owner is there again.
    OwnerReturned,
    /// Nobody has it any more.
    Released {
        /// Who had it.
        agent: AgentId,
        /// Why.
        reason: Release,
    },
    /// A message to the customer is durable and will be sent.
    ReplyQueued {
        /// The message.
        message: MessageId,
        /// Who wrote it.
        by: AgentId,
        /// The unconfirmed message that it repeats.
        repeats: Option<MessageId>,
    },
    /// A message to the customer has come further.
    DeliveryAdvanced {
        /// The message.
        message: MessageId,
        /// How far.
        delivery: Delivery,
    },
    /// Meta refused a free-form message because the window is closed; Meta is right.
    WindowClosed,
    /// Who may write to the customer has changed, says the channel.
    ThreadPassed {
        /// Who may now.
        to: ThreadOwner,
    },
    /// Somebody wrote a note, which the customer never sees.
    Noted {
        /// The note.
        message: MessageId,
        /// Who.
        by: AgentId,
    },
    /// It was marked.
    Tagged {
        /// With what.
        tag: String,
    },
    /// A mark was taken away.
    Untagged {
        /// Which.
        tag: String,
    },
    /// A field of the host's has another value.
    FieldSet {
        /// Which.
        name: String,
        /// The value, sealed; `None`: no value.
        value: Option<Sealed>,
    },
    /// It was taken out as a document.
    Exported {
        /// Who did.
        by: AgentId,
    },
    /// The CRM knows of a message, and of the customer.
    RecordedInCrm {
        /// The message.
        message: MessageId,
    },
    /// The CRM refused for good; a person must look.
    CrmGaveUp {
        /// The message.
        message: MessageId,
    },
    /// A promise to the customer was kept.
    PromiseKept {
        /// Which.
        target: Target,
    },
    /// The time of a promise to the customer has passed.
    PromiseBroken {
        /// Which.
        target: Target,
    },
    /// It was answered; its owner writes up what is left.
    WrapUpBegan {
        /// When it closes by itself.
        until: Timestamp,
    },
    /// It goes on with who has it: the customer wrote while it was being written up.
    Resumed,
    /// It was put aside.
    Snoozed {
        /// When it waits for somebody again.
        until: Timestamp,
    },
    /// It is no longer put aside.
    Woken,
    /// It is done.
    Closed {
        /// Who closed it; `None` when its time had come.
        by: Option<AgentId>,
        /// When.
        at: Timestamp,
    },
    /// It goes on after it was done.
    Reopened,
}

/// How an offer ended without the agent taking it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum OfferEnd {
    /// They refused.
    Rejected,
    /// They did not answer in time.
    TimedOut,
    /// It was taken back: somebody else took it, or it is over.
    Rescinded,
    /// They are no longer available.
    AgentLeft,
}

/// How a conversation came to its owner.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Way {
    /// Routing gave it, without asking.
    Routed,
    /// They accepted an offer.
    Accepted,
    /// Somebody gave it to them, within their capacity.
    Given,
    /// Somebody gave it to them, whatever they had to do.
    Forced,
    /// They took it out of the queue.
    Pulled,
    /// They took it from who had it.
    TakenOver,
    /// It was handed over to a bot.
    HandedOver,
}

/// Why a conversation was taken from its owner.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Release {
    /// They were absent for too long.
    Absent,
    /// It was given back to a queue.
    Transferred,
    /// Somebody else has it now.
    Passed,
}

impl Conversation {
    /// The state after `event`. Total: whatever is in the journal can be applied.
    #[must_use]
    pub fn apply(mut self, event: &Event) -> Self {
        match event {
            Event::Opened { service, queue } => {
                self.phase = Phase::Open;
                self.service = *service;
                self.queue.clone_from(queue);
            }
            Event::Promised { service } => self.service = *service,
            Event::Numbered { protocol } => self.protocol = Some(*protocol),
            Event::MessageReceived { window, .. } => self.window = *window,
            Event::Queued { ticket } => {
                self.queue = Some(ticket.queue.clone());
                self.asked = Asked { last_agent: None, ..ticket.asked.clone() };
                self.line = Some(Line::Waiting(ticket.clone()));
            }
            Event::StageReached { stage } => {
                self.with_ticket(|ticket| ticket.stage = *stage);
            }
            Event::LeftLine => self.line = None,
            Event::Offered { agent, fence, until } => {
                self.fence = *fence;
                self.line = self.line.take().map(|line| {
                    let ticket = line.into_ticket();
                    Line::Offered {
                        agent: agent.clone(),
                        fence: *fence,
                        until: *until,
                        hold: Hold::from(ticket.as_ref()),
                        ticket,
                    }
                });
            }
            Event::OfferEnded { agent, end } => {
                self.line = self.line.take().map(|line| Line::Waiting(line.into_ticket()));
                match end {
                    OfferEnd::Rejected | OfferEnd::TimedOut => {
                        self.with_ticket(|ticket| ticket.exclude(agent));
                    }
                    // They may well take it when they are back.
                    OfferEnd::Rescinded | OfferEnd::AgentLeft => {}
                }
            }
            Event::ExclusionsCleared => self.with_ticket(|ticket| ticket.excluded.clear()),
            Event::Assigned { agent, fence, since, kind, .. } => {
                self.fence = *fence;
                self.line = None;
                let owner = Owner {
                    agent: agent.clone(),
                    fence: *fence,
                    since: *since,
                    kind: kind.clone(),
                    leaves: None,
                };
                if owner.is_person() {
                    self.last_agent = Some(agent.clone());
                    self.last_served = None;
                }
                self.owner = Some(owner);
            }
            Event::OwnerLeft { leaves } => {
                if let Some(owner) = &mut self.owner {
                    owner.leaves = Some(*leaves);
                }
            }
            Event::OwnerReturned => {
                if let Some(owner) = &mut self.owner {
                    owner.leaves = None;
                }
            }
            Event::Released { .. } => self.owner = None,
            Event::WindowClosed => self.window = Window::CLOSED,
            Event::ThreadPassed { to } => self.thread_owner = *to,
            Event::Tagged { tag } => {
                self.tags.insert(tag.clone());
            }
            Event::Untagged { tag } => {
                self.tags.remove(tag);
            }
            Event::FieldSet { name, value } => {
                match value {
                    Some(value) => self.fields.insert(name.clone(), value.clone()),
                    None => self.fields.remove(name),
                };
            }
            Event::PromiseKept { target } => self.service.set(*target, PromiseState::Kept),
            Event::PromiseBroken { target } => self.service.set(*target, PromiseState::Breached),
            Event::WrapUpBegan { until } => {
                self.phase = Phase::WrappingUp { until: *until };
                self.line = None;
            }
            Event::Resumed | Event::Woken | Event::Reopened => self.phase = Phase::Open,
            Event::Snoozed { until } => {
                self.phase = Phase::Snoozed { until: *until };
                self.owner = None;
                self.line = None;
            }
            Event::Closed { at, .. } => {
                self.phase = Phase::Closed { at: *at };
                self.owner = None;
                self.line = None;
            }
            Event::ReplyQueued { .. }
            | Event::MessageRevoked { .. }
            | Event::DeliveryAdvanced { .. }
            | Event::Noted { .. }
            | Event::Exported { .. }
            | Event::RecordedInCrm { .. }
            | Event::CrmGaveUp { .. } => {}
        }
        self
    }

    fn with_ticket(&mut self, change: impl FnOnce(&mut Ticket)) {
        match &mut self.line {
            Some(Line::Waiting(ticket) | Line::Offered { ticket, .. }) => change(ticket),
            None => {}
        }
    }
}
