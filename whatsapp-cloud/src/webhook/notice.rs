//! What is told about a message or a customer: reactions, edits, deletions, system notices.
//!
//! Source: <https://developers.facebook.com/docs/whatsapp/cloud-api/webhooks/components#messages-object>

use crate::webhook::message::Message;
use crate::webhook::record::record;
use crate::webhook::words::words;
use crate::wire::Text;

record! {
    /// An emoji on a message.
    pub struct Reaction<'a> {
        /// The message.
        pub message_id: Option<Text<'a>> = "message_id",
        /// The emoji. None when it was taken away.
        pub emoji: Option<Text<'a>> = "emoji" as nonempty,
    }
}

words! {
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

record! {
    /// Meta's word about a customer. It may come after his first message as the new one.
    pub struct System<'a> {
        /// What happened.
        pub kind: Option<SystemKind> = "type",
        /// The same as a sentence, with numbers and names in it.
        pub body: Option<Text<'a>> = "body",
        /// The new phone number.
        pub wa_id: Option<Text<'a>> = "wa_id" | "new_wa_id",
        /// The new user id.
        pub user_id: Option<Text<'a>> = "user_id",
        /// The new user id above it.
        pub parent_user_id: Option<Text<'a>> = "parent_user_id",
        /// The user id until now.
        pub previous_user_id: Option<Text<'a>> = "previous_user_id",
        /// The user id above it until now.
        pub previous_parent_user_id: Option<Text<'a>> = "previous_parent_user_id",
        /// The customer it is about, when `from` does not say.
        pub customer: Option<Text<'a>> = "customer",
        /// The hash of the new keys.
        pub identity: Option<Text<'a>> = "identity",
    }
}

record! {
    /// A message was changed.
    pub struct Edit<'a> {
        /// The message as it was first sent.
        pub original_message_id: Option<Text<'a>> = "original_message_id",
        /// What it says now; only its type, its content and its context are told.
        pub message: Option<Box<Message<'a>>> = "message",
    }
}

record! {
    /// A message was deleted for everyone. This may come before the message itself.
    pub struct Revoke<'a> {
        /// The message.
        pub original_message_id: Option<Text<'a>> = "original_message_id",
    }
}

record! {
    /// A message that Meta does not pass on.
    pub struct Unsupported<'a> {
        /// What it was: `poll`, `event`, `view_once`, … Only since November 2025.
        pub kind: Option<Text<'a>> = "type",
    }
}
