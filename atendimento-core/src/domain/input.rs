//! What can happen to a conversation.

use crate::domain::routing::Ticket;
use crate::domain::{Delivery, Fence, OwnerKind, ReceivedKind, Sealed, Service, ThreadOwner, Way};
use crate::id::{AgentId, MessageId, QueueId};
use crate::time::Timestamp;

/// Something that happened, or that somebody wants. What it needs to be decided is in it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Input {
    /// The customer wrote, called, or did something that is recorded.
    MessageReceived {
        /// The message.
        message: MessageId,
        /// When, by the channel's clock.
        written: Timestamp,
        /// What kind of thing.
        kind: ReceivedKind,
        /// Who may write to the customer from now on, where this tells.
        thread_owner: Option<ThreadOwner>,
        /// The messages that it revokes: they are there, and what they said is gone.
        revokes: Vec<MessageId>,
        /// Where to wait and what is promised, should somebody be needed now.
        arrival: Box<Arrival>,
    },
    /// The channel told how far a message has come.
    StatusReported {
        /// The message.
        message: MessageId,
        /// How far it was.
        before: Delivery,
        /// How far it is, says the channel.
        reported: Delivery,
    },
    /// Routing asks an agent.
    Offer {
        /// Whom.
        agent: AgentId,
        /// When they have let it pass.
        until: Timestamp,
    },
    /// The agent who is asked takes it.
    Accept {
        /// Who.
        by: AgentId,
        /// The number of the offer.
        offer: Fence,
    },
    /// The agent who is asked does not take it.
    Reject {
        /// Who.
        by: AgentId,
        /// The number of the offer.
        offer: Fence,
    },
    /// It is given to an agent, or an agent takes it.
    Assign {
        /// To whom.
        agent: AgentId,
        /// As what, and what it takes of their capacity.
        kind: OwnerKind,
        /// How.
        way: Way,
        /// Who decided that; `None` for routing.
        by: Option<AgentId>,
    },
    /// It is to be taken over by somebody else: of a queue, or by one agent.
    Transfer {
        /// Who wants that.
        by: AgentId,
        /// By what right.
        authority: Authority,
        /// The place in line for the next.
        ticket: Box<Ticket>,
        /// Whether who has it keeps it until then.
        keep: Keep,
    },
    /// A bot gets it, and owns it alone.
    HandOver {
        /// The bot.
        bot: AgentId,
        /// Who does that.
        by: AgentId,
        /// By what right.
        authority: Authority,
    },
    /// A transfer that nobody has taken yet is called off.
    CancelTransfer {
        /// Who.
        by: AgentId,
        /// By what right.
        authority: Authority,
    },
    /// The agent whom it is kept for is not there.
    NotThere {
        /// Who.
        agent: AgentId,
    },
    /// Everybody who could take it has refused or let it pass.
    AllExcluded,
    /// An agent who has it, or is asked to, no longer takes conversations.
    AgentLeft {
        /// Who.
        agent: AgentId,
        /// When it is taken from them; `None` when they keep it.
        leaves: Option<Timestamp>,
    },
    /// An agent who has it is there again.
    AgentReturned {
        /// Who.
        agent: AgentId,
    },
    /// Time has passed.
    TimeCame {
        /// Where to wait, when [a ticket is needed](crate::domain::Conversation::needs_ticket).
        ticket: Option<Box<Ticket>>,
    },
    /// Somebody writes to a customer with whom no conversation goes on.
    Begin {
        /// The message.
        message: MessageId,
        /// Who writes.
        by: AgentId,
        /// Whether it is free-form, and so needs the window.
        needs_open_window: bool,
        /// The queue that is responsible, where the customer will wait once they answer.
        queue: QueueId,
    },
    /// An agent writes to the customer.
    Reply {
        /// The message.
        message: MessageId,
        /// Who writes.
        by: AgentId,
        /// By what right.
        authority: Authority,
        /// Whether it is free-form, and so needs the window.
        needs_open_window: bool,
        /// The unconfirmed message that it repeats, and how far that one is.
        repeats: Option<(MessageId, Delivery)>,
    },
    /// Somebody writes a note, which the customer never sees.
    Note {
        /// The note.
        message: MessageId,
        /// Who.
        by: AgentId,
    },
    /// It is marked, or a mark is taken away.
    Tag {
        /// With what.
        tag: String,
        /// Whether it is to be there.
        present: bool,
    },
    /// A field of the host's gets a value, or none.
    SetField {
        /// Which.
        name: String,
        /// The value, sealed under the customer's key.
        value: Option<Sealed>,
    },
    /// Somebody takes it out as a document.
    Export {
        /// Who.
        by: AgentId,
    },
    /// An attempt to send a message came to an end.
    SendEnded {
        /// The message.
        message: MessageId,
        /// How far it was.
        before: Delivery,
        /// How it ended.
        report: SendReport,
    },
    /// The CRM has recorded a message.
    CrmRecorded {
        /// The message.
        message: MessageId,
    },
    /// The CRM refused a message for good.
    CrmFailed {
        /// The message.
        message: MessageId,
    },
    /// It is put aside.
    Snooze {
        /// Who does that.
        by: AgentId,
        /// By what right.
        authority: Authority,
        /// Until when.
        until: Timestamp,
    },
    /// It is closed.
    Close {
        /// Who does that.
        by: AgentId,
        /// By what right.
        authority: Authority,
        /// Until when its owner may write up what is left; `None` closes it now.
        wrap_up: Option<Timestamp>,
    },
    /// It goes on, though it was closed.
    Reopen {
        /// The place in line.
        ticket: Box<Ticket>,
        /// What is promised to the customer from now on.
        service: Service,
    },
}

/// Where to wait, and what is promised.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arrival {
    /// The place in line.
    pub ticket: Ticket,
    /// What is promised.
    pub service: Service,
}

/// Who has a conversation while it waits for another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keep {
    /// Who has it keeps it until another has taken it.
    UntilTaken,
    /// Nobody; who has it is free at once.
    No,
}

/// By what right somebody acts on a conversation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Authority {
    /// As its owner, under this assignment.
    Owner(Fence),
    /// As one who may act on conversations of others.
    Supervisor,
}

/// How an attempt to send ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SendReport {
    /// Meta took it.
    Accepted,
    /// Meta refused it, for good.
    Refused {
        /// Meta's code, where it gave one.
        code: Option<i64>,
        /// Whether it was refused because the window is closed.
        window_closed: bool,
    },
    /// The answer was lost and no status came in time.
    Unconfirmed,
}
