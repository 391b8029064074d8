//! What a number brings along from the WhatsApp Business app: its older messages
//! (`history[]`) and its contacts (`state_sync[]`).

use crate::webhook::message::Message;
use crate::webhook::record::{element, record};
use crate::webhook::words::words;
use crate::wire::{GraphError, Text};

words! {
    /// How far an older message had come. In capitals, unlike the words of a status.
    ///
    /// ```
    /// use whatsapp_cloud::webhook::{EventKind, HistoryStatus, Verified};
    ///
    /// let body = br#"{"entry":[{"changes":[{"field":"history","value":{
    ///     "history":[{"threads":[{"id":"16505551234","messages":[{"id":"wamid.A",
    ///     "history_context":{"status":"READ"}}]}]}]}}]}]}"#;
    /// let event = Verified::restored(body).events().next().ok_or("there is one")?;
    /// let EventKind::History(chunk) = event.kind else { return Err("it is another") };
    /// let message = &chunk.threads[0].messages[0];
    /// let status = message.history_context.as_ref().and_then(|context| context.status.clone());
    /// assert_eq!(status, Some(HistoryStatus::Read));
    /// # Ok::<(), &str>(())
    /// ```
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
    ///
    /// ```
    /// use whatsapp_cloud::webhook::SyncKind;
    ///
    /// assert_eq!(SyncKind::from("contact"), SyncKind::Contact);
    /// ```
    SyncKind {
        /// A contact.
        Contact = "contact",
    }
}

words! {
    /// What was done to it in the app.
    ///
    /// ```
    /// use whatsapp_cloud::webhook::{EventKind, SyncAction, Verified};
    ///
    /// let body = br#"{"entry":[{"changes":[{"field":"smb_app_state_sync","value":{
    ///     "state_sync":[{"type":"contact","action":"remove"}]}}]}]}"#;
    /// let event = Verified::restored(body).events().next().ok_or("there is one")?;
    /// let EventKind::ContactSync(sync) = event.kind else { return Err("it is another") };
    /// assert_eq!(sync.action, Some(SyncAction::Remove));
    /// # Ok::<(), &str>(())
    /// ```
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
    ///
    /// ```
    /// use whatsapp_cloud::webhook::{EventKind, HistoryChunk, Verified};
    ///
    /// let body = br#"{"entry":[{"changes":[{"field":"history","value":{
    ///     "history":[{"metadata":{"phase":0,"chunk_order":1,"progress":55},
    ///     "threads":[]}]}}]}]}"#;
    /// let event = Verified::restored(body).events().next().ok_or("there is one")?;
    /// let EventKind::History(chunk) = event.kind else { return Err("it is another") };
    /// let HistoryChunk { metadata, .. } = *chunk;
    /// assert_eq!(metadata.ok_or("it says which")?.progress, Some(55));
    /// # Ok::<(), &str>(())
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
    ///
    /// ```
    /// use whatsapp_cloud::webhook::{EventKind, HistoryProgress, Verified};
    ///
    /// let body = br#"{"entry":[{"changes":[{"field":"history","value":{
    ///     "history":[{"metadata":{"phase":2,"chunk_order":1,"progress":100},
    ///     "threads":[]}]}}]}]}"#;
    /// let event = Verified::restored(body).events().next().ok_or("there is one")?;
    /// let EventKind::History(chunk) = event.kind else { return Err("it is another") };
    /// let HistoryProgress { phase, progress, .. } = *chunk.metadata.ok_or("it says which")?;
    /// assert_eq!((phase, progress), (Some(2), Some(100)), "nothing more comes");
    /// # Ok::<(), &str>(())
    /// ```
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
    ///
    /// ```
    /// use whatsapp_cloud::webhook::{EventKind, HistoryThread, Verified};
    ///
    /// let body = br#"{"entry":[{"changes":[{"field":"history","value":{
    ///     "history":[{"threads":[{"id":"16505551234","messages":[{"id":"wamid.A"},
    ///     {"id":"wamid.B"}]}]}]}}]}]}"#;
    /// let event = Verified::restored(body).events().next().ok_or("there is one")?;
    /// let EventKind::History(chunk) = event.kind else { return Err("it is another") };
    /// let HistoryThread { id, messages, .. } = &chunk.threads[0];
    /// assert_eq!((id.as_ref().unwrap().as_str(), messages.len()), ("16505551234", 2));
    /// # Ok::<(), &str>(())
    /// ```
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
    ///
    /// ```
    /// use whatsapp_cloud::webhook::{EventKind, HistoryCustomer, Verified};
    ///
    /// let body = br#"{"entry":[{"changes":[{"field":"history","value":{
    ///     "history":[{"threads":[{"context":{"user_id":"US.1","username":"@ana"},
    ///     "messages":[]}]}]}}]}]}"#;
    /// let event = Verified::restored(body).events().next().ok_or("there is one")?;
    /// let EventKind::History(chunk) = event.kind else { return Err("it is another") };
    /// let context = chunk.threads[0].context.as_ref().ok_or("it says whose")?;
    /// let HistoryCustomer { wa_id, user_id, .. } = &**context;
    /// assert!(wa_id.is_none() && user_id.is_some(), "the number is hidden");
    /// # Ok::<(), &str>(())
    /// ```
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
    ///
    /// ```
    /// use whatsapp_cloud::webhook::{EventKind, HistoryContext, HistoryStatus, Verified};
    ///
    /// let body = br#"{"entry":[{"changes":[{"field":"history","value":{
    ///     "history":[{"threads":[{"messages":[{"id":"wamid.A",
    ///     "history_context":{"status":"PLAYED"}}]}]}]}}]}]}"#;
    /// let event = Verified::restored(body).events().next().ok_or("there is one")?;
    /// let EventKind::History(chunk) = event.kind else { return Err("it is another") };
    /// let context = chunk.threads[0].messages[0].history_context.as_ref();
    /// let HistoryContext { status, .. } = &**context.ok_or("it says how far")?;
    /// assert_eq!(*status, Some(HistoryStatus::Played));
    /// # Ok::<(), &str>(())
    /// ```
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
    ///
    /// ```
    /// use whatsapp_cloud::webhook::{ContactSync, EventKind, SyncAction, Verified};
    ///
    /// let body = br#"{"entry":[{"changes":[{"field":"smb_app_state_sync","value":{
    ///     "state_sync":[{"type":"contact","action":"add",
    ///     "contact":{"full_name":"Pablo Morales","phone_number":"16505551234"}}]}}]}]}"#;
    /// let event = Verified::restored(body).events().next().ok_or("there is one")?;
    /// let EventKind::ContactSync(sync) = event.kind else { return Err("it is another") };
    /// let ContactSync { action, contact, .. } = *sync;
    /// assert!(action == Some(SyncAction::Add) && contact.is_some());
    /// # Ok::<(), &str>(())
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
    ///
    /// ```
    /// use whatsapp_cloud::webhook::{EventKind, SyncedContact, Verified};
    ///
    /// let body = br#"{"entry":[{"changes":[{"field":"smb_app_state_sync","value":{
    ///     "state_sync":[{"type":"contact","action":"add",
    ///     "contact":{"full_name":"Pablo Morales","first_name":"Pablo"}}]}}]}]}"#;
    /// let event = Verified::restored(body).events().next().ok_or("there is one")?;
    /// let EventKind::ContactSync(sync) = event.kind else { return Err("it is another") };
    /// let SyncedContact { first_name, .. } = *sync.contact.ok_or("it says who")?;
    /// assert_eq!(first_name, Some("Pablo".into()));
    /// # Ok::<(), &str>(())
    /// ```
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
    ///
    /// ```
    /// use whatsapp_cloud::webhook::{EventKind, SyncMoment, Verified};
    ///
    /// let body = br#"{"entry":[{"changes":[{"field":"smb_app_state_sync","value":{
    ///     "state_sync":[{"type":"contact","action":"remove",
    ///     "metadata":{"timestamp":"1738346006"}}]}}]}]}"#;
    /// let event = Verified::restored(body).events().next().ok_or("there is one")?;
    /// let EventKind::ContactSync(sync) = event.kind else { return Err("it is another") };
    /// let SyncMoment { timestamp, .. } = *sync.metadata.ok_or("it says when")?;
    /// assert_eq!(timestamp, Some(1_738_346_006));
    /// # Ok::<(), &str>(())
    /// ```
    pub struct SyncMoment {
        /// In seconds since 1970.
        pub timestamp: Option<i64> = "timestamp" as quoted,
    }
}
