//! What must be done outside. Queued in the same transaction as the facts that ask for it.

use serde::{Deserialize, Serialize};

use crate::id::MessageId;

/// Work outside the store: at the channel or in the CRM.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Effect {
    /// Send a message to the customer, at most once.
    Send {
        /// The message.
        message: MessageId,
    },
    /// Make the CRM know a message, and the customer it belongs to.
    SyncCrm {
        /// The message.
        message: MessageId,
    },
}
