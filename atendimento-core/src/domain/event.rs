//! What is now true. Journal, feed and audit carry these; state is all of them applied in order.

use serde::{Deserialize, Serialize};

use crate::domain::{Delivery, Fence, Window};
use crate::id::{AgentId, MessageId, QueueId};
use crate::time::Timestamp;

/// A fact about a conversation. Holds no personal data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Event {
    /// The conversation began.
    Opened,
    /// The customer wrote.
    MessageReceived {
        /// The message.
        message: MessageId,
        /// When free-form messages may be sent from now on.
        window: Window,
    },
    /// It waits for an agent.
    Queued {
        /// Where.
        queue: QueueId,
        /// Since when.
        since: Timestamp,
    },
    /// An agent has it.
    Assigned {
        /// Who.
        agent: AgentId,
        /// Under which assignment.
        fence: Fence,
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
    /// It is done.
    Closed {
        /// Who closed it.
        by: AgentId,
    },
}
