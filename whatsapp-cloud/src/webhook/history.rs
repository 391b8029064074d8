//! What a number brings along from the WhatsApp Business app: its older messages
//! (`history[]`) and its contacts (`state_sync[]`).

use crate::webhook::message::Message;
use crate::webhook::record::{element, record};
use crate::webhook::words::words;
use crate::wire::{GraphError, Text};

words! {
    /// How far an older message had come. In capitals, unlike the words of a status.
    HistoryStatus {
        /// It failed.
        Error = "ERROR",
        /// It was not sent yet.
        Pending = "PENDING",
        /// Meta had it.
        Sent = "SENT",
        /// A device had it.
        Delivered = "DELIVERED",
        /// It was seen.
        Read = "READ",
        /// It was listened to.
        Played = "PLAYED",
    }
}

words! {
    /// What is synchronised.
    SyncKind {
        /// A contact.
        Contact = "contact",
    }
}

words! {
    /// What was done to it in the app.
    SyncAction {
        /// It was added, or changed.
        Add = "add",
        /// It was taken away.
        Remove = "remove",
    }
}

element! {
    /// A piece of the messages that a number had before it came to this API.
    ///
    /// Comes after you asked for the history, in pieces and in any order; a piece may hold
    /// thousands of messages, so store first and work later. Their times come from a
    /// device's clock. They open no 24 hours in which you may write freely, and groups are
    /// left out. With [`HistoryChunk::errors`] the business does not share its history.
    ///
    /// Source: <https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/history>
    ///
    /// ```json
    #[doc = include_str!("../../tests/fixtures/webhooks/history-threads.json")]
    /// ```
    pub struct HistoryChunk<'a> {
        /// Which piece it is.
        pub metadata: Option<Box<HistoryProgress>> = "metadata",
        /// The messages, by customer.
        pub threads: Vec<HistoryThread<'a>> = "threads",
        /// Why there is none; 2593109 when the business does not share it.
        pub errors: Vec<GraphError> = "errors",
    }
}

record! {
    /// Which piece of a history it is.
    pub struct HistoryProgress {
        /// 0 for the last day, 1 for up to 90 days ago, 2 for up to 180. One without
        /// messages sends nothing.
        pub phase: Option<i64> = "phase",
        /// Where the piece stands among those of its phase.
        pub chunk_order: Option<i64> = "chunk_order",
        /// How much of all has been sent, in percent; 100 when nothing more comes.
        pub progress: Option<i64> = "progress",
    }
}

record! {
    /// The older messages with one customer.
    pub struct HistoryThread<'a> {
        /// The customer's phone number. None when Meta hides it.
        pub id: Option<Text<'a>> = "id" as nonempty,
        /// The customer.
        pub context: Option<Box<HistoryCustomer<'a>>> = "context",
        /// The messages of both sides; `from` tells whose each is. A file stands here as
        /// `media_placeholder` or without an id, and comes later under the same message id.
        pub messages: Vec<Box<Message<'a>>> = "messages",
    }
}

record! {
    /// The customer of older messages.
    pub struct HistoryCustomer<'a> {
        /// The phone number, as digits.
        pub wa_id: Option<Text<'a>> = "wa_id" as nonempty,
        /// The business-scoped user id.
        pub user_id: Option<Text<'a>> = "user_id" as nonempty,
        /// The user id above it.
        pub parent_user_id: Option<Text<'a>> = "parent_user_id" as nonempty,
        /// The username.
        pub username: Option<Text<'a>> = "username",
    }
}

record! {
    /// What is known of an older message beside its content.
    pub struct HistoryContext {
        /// How far it had come.
        pub status: Option<HistoryStatus> = "status",
    }
}

element! {
    /// A contact was added, changed or taken away in the WhatsApp Business app.
    ///
    /// A change comes as [`SyncAction::Add`]. An older `add` may arrive after the `remove`:
    /// compare [`SyncMoment::timestamp`].
    ///
    /// Source: <https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/smb_app_state_sync>
    ///
    /// ```json
    #[doc = include_str!("../../tests/fixtures/webhooks/contact-sync-add.json")]
    /// ```
    pub struct ContactSync<'a> {
        /// What is synchronised.
        pub kind: Option<SyncKind> = "type",
        /// What was done to it.
        pub action: Option<SyncAction> = "action",
        /// The contact. When it was taken away, only what it is found by.
        pub contact: Option<Box<SyncedContact<'a>>> = "contact",
        /// When it was done.
        pub metadata: Option<Box<SyncMoment>> = "metadata",
    }
}

record! {
    /// A contact as the business keeps it in its app.
    pub struct SyncedContact<'a> {
        /// The name that the business gave.
        pub full_name: Option<Text<'a>> = "full_name",
        /// The first name that the business gave.
        pub first_name: Option<Text<'a>> = "first_name",
        /// The phone number. None when Meta hides it.
        pub phone_number: Option<Text<'a>> = "phone_number" as nonempty,
        /// The business-scoped user id.
        pub user_id: Option<Text<'a>> = "user_id" as nonempty,
        /// The user id above it.
        pub parent_user_id: Option<Text<'a>> = "parent_user_id" as nonempty,
        /// The username.
        pub username: Option<Text<'a>> = "username",
    }
}

record! {
    /// When a contact was changed.
    pub struct SyncMoment {
        /// In seconds since 1970.
        pub timestamp: Option<i64> = "timestamp" as quoted,
    }
}
