//! An emoji on a message of the customer's.

use crate::id::MessageId;
use crate::wire::object;

object! {
    /// An emoji on a message that is at most 30 days old, or its removal.
    ///
    /// Of a reaction Meta reports only that it was sent. That an empty text removes it is
    /// undescribed by Meta's present page; older ones say so, and it works the same in webhooks.
    ///
    /// Source: <https://developers.facebook.com/docs/whatsapp/cloud-api/messages/reaction-messages>
    ///
    /// ```
    /// use whatsapp_cloud::api::messages::Reaction;
    ///
    /// assert!(!Reaction::new("wamid.HBgL", "👍").is_removal());
    /// assert!(Reaction::removed("wamid.HBgL").is_removal());
    /// ```
    pub struct Reaction {
        /// The message that is reacted to; not itself a reaction.
        pub message_id: MessageId = "message_id",
        /// The emoji, which may be several code points; an empty text takes the reaction back.
        pub emoji: Option<String> = "emoji",
    }
    check |reaction, found| {
        if reaction.message_id.as_str().is_empty() {
            found.add("message_id", "the id of a message, found none");
        }
        let is_blank = |emoji: &str| !emoji.is_empty() && emoji.trim().is_empty();
        if reaction.emoji.as_deref().is_none_or(is_blank) {
            found.add("emoji", "an emoji, found none; removing a reaction has its own call");
        }
        let is_word = |emoji: &str| {
            !emoji.is_empty() && emoji.bytes().all(|byte| byte.is_ascii_alphabetic())
        };
        if reaction.emoji.as_deref().is_some_and(is_word) {
            found.add("emoji", "an emoji, found letters");
        }
    }
}

impl Reaction {
    /// Reacts with `emoji`.
    pub fn new(message_id: impl Into<MessageId>, emoji: impl Into<String>) -> Self {
        // An emoji that was forgotten must not take back the one that is there.
        let emoji = Some(emoji.into()).filter(|emoji| !emoji.is_empty());
        Self { message_id: message_id.into(), emoji, ..Self::default() }
    }

    /// Takes the reaction back.
    pub fn removed(message_id: impl Into<MessageId>) -> Self {
        let emoji = Some(String::new());
        Self { message_id: message_id.into(), emoji, ..Self::default() }
    }

    /// Whether it takes a reaction back.
    pub fn is_removal(&self) -> bool {
        self.emoji.as_deref() == Some("")
    }
}
