//! What is said, in either direction. Personal: sealed before it is stored, never logged.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::id::AgentId;
use crate::time::Timestamp;

/// Who wrote a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// The customer.
    Inbound,
    /// The business.
    Outbound,
    /// An agent, for other agents: a note, which the customer never sees.
    Internal,
}

/// What kind of thing the channel told: whether somebody should answer, and whether it opens
/// the customer-service window.
///
/// ```
/// use atendimento_core::domain::ReceivedKind;
///
/// assert!(ReceivedKind::Message.asks_for_attention() && ReceivedKind::Message.opens_window());
/// // Another app serves this customer: nobody here is called, and the window is open all the same.
/// assert!(!ReceivedKind::Standby.asks_for_attention() && ReceivedKind::Standby.opens_window());
/// assert!(!ReceivedKind::Echo.asks_for_attention() && !ReceivedKind::Echo.opens_window());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ReceivedKind {
    /// The customer wrote: somebody should answer.
    Message,
    /// The customer calls: somebody should answer.
    Call,
    /// Something became of a call that the customer made, or took: it ended, or was accepted.
    CallProgress,
    /// Another app of the business, or a machine, gave the customer to us: somebody should
    /// answer.
    HandedOver,
    /// A copy of what the customer wrote while another app of the business serves them.
    Standby,
    /// Belongs to what was said before (a reaction, an edit, a revoke, a system notice);
    /// recorded, and does not wake a closed conversation.
    Annotation,
    /// Said long ago, and told when the business's history was synchronised.
    History,
    /// Written by the business, in another app.
    Echo,
}

impl ReceivedKind {
    /// Whether somebody should answer. What does not opens no conversation's line, and wakes
    /// none that is closed.
    pub fn asks_for_attention(self) -> bool {
        match self {
            Self::Message | Self::Call | Self::HandedOver => true,
            Self::CallProgress | Self::Standby | Self::Annotation | Self::History | Self::Echo => {
                false
            }
        }
    }

    /// Whether free-form messages may be sent for 24 hours from it on.
    ///
    /// Messages, calls, accepted calls and copies to apps on standby do. Meta does not say so
    /// of reactions and edits: we are careful. What is synchronised or echoed does not.
    pub fn opens_window(self) -> bool {
        match self {
            Self::Message | Self::Call | Self::CallProgress | Self::Standby => true,
            Self::HandedOver | Self::Annotation | Self::History | Self::Echo => false,
        }
    }
}

/// A message, as the channel gave it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Received {
    /// The channel's word for the type: `text`, `image`, …, also ones we do not know.
    pub kind: String,
    /// What a person would read: the text, caption or the title of the pressed button.
    pub text: Option<String>,
    /// The file, where there is one.
    pub media: Option<Media>,
    /// The channel's id of the message, to answer in its context.
    pub remote_id: Option<String>,
    /// The channel's id of the message this one refers to.
    pub in_reply_to: Option<String>,
    /// The channel's own JSON, byte for byte: nothing is lost that we do not understand.
    pub raw: String,
}

impl Received {
    /// The channel's id of the message that this one is another version of.
    pub fn edited(&self) -> Option<&String> {
        self.in_reply_to.as_ref().filter(|_| self.kind == "edit")
    }
}

/// A file that the channel keeps for a while.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Media {
    /// The channel's id of the file.
    pub id: String,
    /// Its MIME type as the channel says it, parameters included.
    pub mime_type: Option<String>,
    /// Its SHA-256 as the channel writes it.
    pub sha256: Option<String>,
    /// Its name; chosen by the sender, so never to be used as a path.
    pub filename: Option<String>,
}

/// A message of the business's.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Outgoing {
    /// Free text; allowed while the customer-service window is open.
    Text {
        /// The text.
        body: String,
    },
    /// A file the channel keeps; allowed while the window is open.
    Media {
        /// `image`, `video`, `audio`, `document` or `sticker`.
        kind: String,
        /// The channel's id of the file.
        id: String,
        /// Shown under the file.
        caption: Option<String>,
    },
    /// An approved template; always allowed.
    Template {
        /// Its name.
        name: String,
        /// Its language, for example `pt_BR`.
        language: String,
        /// What fills the placeholders of its body, in order.
        parameters: Vec<String>,
    },
}

impl Outgoing {
    /// Free text.
    pub fn text(body: impl Into<String>) -> Self {
        Self::Text { body: body.into() }
    }

    /// Whether it may be sent only while the customer-service window is open.
    pub fn needs_open_window(&self) -> bool {
        match self {
            Self::Text { .. } | Self::Media { .. } => true,
            Self::Template { .. } => false,
        }
    }
}

/// What a stored message says.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Content {
    /// What the channel told: a customer's message, or what the business wrote in another app.
    Received(Received),
    /// The business's message, and the channel's id of the message it answers.
    Sent {
        /// What is said.
        outgoing: Outgoing,
        /// The channel's id of the message it answers, shown above it.
        in_reply_to: Option<String>,
        /// Who wrote it.
        by: AgentId,
        /// Whether that was a bot, which had the conversation.
        #[serde(default)]
        by_bot: bool,
    },
    /// It was revoked by who wrote it, and what it said is gone.
    Revoked {
        /// When, by the channel's clock.
        at: Timestamp,
    },
    /// A note of an agent's, for other agents.
    Note {
        /// What it says.
        body: String,
        /// Who wrote it.
        by: AgentId,
    },
}

macro_rules! debug_hides_contents {
    ($($name:ident),+) => {$(
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!(stringify!($name), "(…)"))
            }
        }
    )+};
}

debug_hides_contents!(Received, Media, Outgoing, Content);
