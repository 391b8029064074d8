//! What can happen to a conversation.

use crate::domain::{Delivery, Fence, ReceivedKind};
use crate::id::{AgentId, MessageId, QueueId};
use crate::time::Timestamp;

/// Something that happened, or that somebody wants. What it needs to be decided is in it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Input {
    /// The customer wrote.
    MessageReceived {
        /// The message.
        message: MessageId,
        /// When the customer wrote it, by the channel's clock.
        written: Timestamp,
        /// Whether it asks for attention.
        kind: ReceivedKind,
        /// Where to wait, should the conversation be new.
        queue: QueueId,
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
    /// Routing, or a person, gives it to an agent.
    Assign {
        /// To whom.
        agent: AgentId,
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
    /// An agent closes the conversation.
    Close {
        /// Who.
        by: AgentId,
        /// By what right.
        authority: Authority,
    },
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
