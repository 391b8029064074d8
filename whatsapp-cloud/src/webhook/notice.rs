//! What is told about a message or a customer: reactions, edits, deletions, system notices.
//!
//! Source: <https://developers.facebook.com/docs/whatsapp/cloud-api/webhooks/components#messages-object>

use serde_json::value::RawValue;

use crate::webhook::content::Content;
use crate::webhook::read::{Read, each_member, last, members};
use crate::webhook::record::{readable, readable_words, record};
use crate::wire::{Text, open_enum};

record! {
    /// An emoji on a message.
    pub struct Reaction<'a> {
        /// The message.
        pub message_id: Option<Text<'a>> = b"message_id",
        /// The emoji. None when it was taken away.
        pub emoji: Option<Text<'a>> = b"emoji",
    }
}

open_enum! {
    /// What Meta tells about a customer.
    SystemKind {
        /// He has a new phone number: [`System::wa_id`].
        UserChangedNumber = "user_changed_number",
        /// He has a new user id: [`System::user_id`].
        UserChangedUserId = "user_changed_user_id",
        /// His keys have changed.
        CustomerIdentityChanged = "customer_identity_changed",
    }
}

readable_words!(SystemKind);

record! {
    /// Meta's word about a customer. It may come after his first message as the new one.
    pub struct System<'a> {
        /// What happened.
        pub kind: Option<SystemKind> = b"type",
        /// The same as a sentence, with numbers and names in it.
        pub body: Option<Text<'a>> = b"body",
        /// The new phone number.
        pub wa_id: Option<Text<'a>> = b"wa_id" | b"new_wa_id",
        /// The new user id.
        pub user_id: Option<Text<'a>> = b"user_id",
        /// The new user id above it.
        pub parent_user_id: Option<Text<'a>> = b"parent_user_id",
        /// The user id until now.
        pub previous_user_id: Option<Text<'a>> = b"previous_user_id",
        /// The user id above it until now.
        pub previous_parent_user_id: Option<Text<'a>> = b"previous_parent_user_id",
        /// The customer it is about, when `from` does not say.
        pub customer: Option<Text<'a>> = b"customer",
        /// The hash of the new keys.
        pub identity: Option<Text<'a>> = b"identity",
    }
}

record! {
    /// A message was changed.
    pub struct Edit<'a> {
        /// The message as it was first sent.
        pub original_message_id: Option<Text<'a>> = b"original_message_id",
        /// What it says now.
        pub content: Option<Box<Content<'a>>>,
    }
}

impl<'a> Read<'a> for Edit<'a> {
    fn read(raw: &'a RawValue) -> Option<Self> {
        let mut edit = Self::default();
        each_member(raw, |name, value| {
            if !edit.take(&name, value) && *name == *b"message" {
                edit.content = members(value).and_then(|members| {
                    let kind = last(&members, "type").and_then(Text::read)?;
                    // What an edit holds is no edit again: so nothing recurses.
                    Some(Box::new(Content::of_unedited(&kind, &members)))
                });
            }
        })?;
        Some(edit)
    }
}

record! {
    /// A message was deleted for everyone. This may come before the message itself.
    pub struct Revoke<'a> {
        /// The message.
        pub original_message_id: Option<Text<'a>> = b"original_message_id",
    }
}

record! {
    /// A message that Meta does not pass on.
    pub struct Unsupported<'a> {
        /// What it was: `poll`, `event`, `view_once`, … Only since November 2025.
        pub kind: Option<Text<'a>> = b"type",
    }
}

readable!(Reaction, System, Revoke, Unsupported);
