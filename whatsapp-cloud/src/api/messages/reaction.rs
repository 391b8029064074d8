//! An emoji on a message of the customer's.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::id::MessageId;

/// An emoji on a message that is at most 30 days old, or its removal.
///
/// Of a reaction Meta reports only that it was sent.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Reaction {
    /// The message that is reacted to; not itself a reaction.
    pub message_id: MessageId,
    /// The emoji, which may be several code points; none takes the reaction back.
    #[serde(default, serialize_with = "none_is_empty", deserialize_with = "empty_is_none")]
    pub emoji: Option<String>,
}

impl Reaction {
    /// Reacts with `emoji`.
    pub fn new(message_id: impl Into<MessageId>, emoji: impl Into<String>) -> Self {
        Self { message_id: message_id.into(), emoji: Some(emoji.into()) }
    }

    /// Takes the reaction back.
    pub fn removed(message_id: impl Into<MessageId>) -> Self {
        Self { message_id: message_id.into(), emoji: None }
    }
}

impl fmt::Debug for Reaction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reaction").field("removed", &self.emoji.is_none()).finish_non_exhaustive()
    }
}

// serde hands the field over by reference.
#[allow(clippy::ref_option)]
fn none_is_empty<S: Serializer>(emoji: &Option<String>, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(emoji.as_deref().unwrap_or_default())
}

fn empty_is_none<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    Ok(Option::<String>::deserialize(deserializer)?.filter(|emoji| !emoji.is_empty()))
}
