//! What is told about a message or a customer: reactions, edits, deletions, system notices.
//!
//! Source: <https://developers.facebook.com/docs/whatsapp/cloud-api/webhooks/components#messages-object>

use crate::webhook::message::Message;
use crate::webhook::record::record;
use crate::webhook::words::words;
use crate::wire::Text;

record! {
    /// An emoji on a message.
    ///
    /// ```
    /// use whatsapp_cloud::webhook::{Content, EventKind, Reaction, Verified};
    ///
    /// let body = br#"{"entry":[{"changes":[{"field":"messages","value":{
    ///     "messages":[{"id":"wamid.B","type":"reaction","reaction":{"message_id":"wamid.A",
    ///     "emoji":"\ud83d\udc4d"}}]}}]}]}"#;
    /// let event = Verified::restored(body).events().next().ok_or("there is one")?;
    /// let EventKind::Message(message) = event.kind else { return Err("it is another") };
    /// let Content::Reaction(reaction) = message.content else { return Err("it is an emoji") };
    /// let Reaction { message_id, emoji, .. } = reaction;
    /// assert_eq!((message_id, emoji), (Some("wamid.A".into()), Some("👍".into())));
    /// # Ok::<(), &str>(())
    /// ```
    pub struct Reaction<'a> {
        /// The message.
        pub message_id: Option<Text<'a>> = "message_id",
        /// The emoji. None when it was taken away.
        pub emoji: Option<Text<'a>> = "emoji" as nonempty,
    }
}

words! {
    /// What Meta tells about a customer.
    ///
    /// ```
    /// use whatsapp_cloud::webhook::SystemKind;
    ///
    /// assert_eq!(SystemKind::from("user_changed_number"), SystemKind::UserChangedNumber);
    /// ```
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
    ///
    /// ```
    /// use whatsapp_cloud::webhook::{Content, EventKind, System, SystemKind, Verified};
    ///
    /// let body = br#"{"entry":[{"changes":[{"field":"messages","value":{
    ///     "messages":[{"id":"wamid.A","type":"system",
    ///     "system":{"type":"user_changed_number","wa_id":"16505559999"}}]}}]}]}"#;
    /// let event = Verified::restored(body).events().next().ok_or("there is one")?;
    /// let EventKind::Message(message) = event.kind else { return Err("it is another") };
    /// let Content::System(system) = message.content else { return Err("it is Meta's word") };
    /// let System { kind, wa_id, .. } = *system;
    /// assert_eq!(kind, Some(SystemKind::UserChangedNumber));
    /// assert_eq!(wa_id, Some("16505559999".into()), "the new number");
    /// # Ok::<(), &str>(())
    /// ```
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
    ///
    /// ```
    /// use whatsapp_cloud::webhook::{Content, Edit, EventKind, Verified};
    ///
    /// let body = br#"{"entry":[{"changes":[{"field":"messages","value":{
    ///     "messages":[{"id":"wamid.B","type":"edit",
    ///     "edit":{"original_message_id":"wamid.A","message":{"type":"text",
    ///     "text":{"body":"Two, please"}}}}]}}]}]}"#;
    /// let event = Verified::restored(body).events().next().ok_or("there is one")?;
    /// let EventKind::Message(message) = event.kind else { return Err("it is another") };
    /// let Content::Edit(edit) = message.content else { return Err("it is a change") };
    /// let Edit { original_message_id, message, .. } = edit;
    /// assert_eq!(original_message_id, Some("wamid.A".into()));
    /// assert_eq!(message.ok_or("with the new text")?.content.text(), Some("Two, please"));
    /// # Ok::<(), &str>(())
    /// ```
    pub struct Edit<'a> {
        /// The message as it was first sent.
        pub original_message_id: Option<Text<'a>> = "original_message_id",
        /// What it says now; only its type, its content and its context are told.
        pub message: Option<Box<Message<'a>>> = "message",
    }
}

record! {
    /// A message was deleted for everyone. This may come before the message itself.
    ///
    /// ```
    /// use whatsapp_cloud::webhook::{Content, EventKind, Revoke, Verified};
    ///
    /// let body = br#"{"entry":[{"changes":[{"field":"messages","value":{
    ///     "messages":[{"id":"wamid.B","type":"revoke",
    ///     "revoke":{"original_message_id":"wamid.A"}}]}}]}]}"#;
    /// let event = Verified::restored(body).events().next().ok_or("there is one")?;
    /// let EventKind::Message(message) = event.kind else { return Err("it is another") };
    /// let Content::Revoke(revoke) = message.content else { return Err("it was deleted") };
    /// let Revoke { original_message_id, .. } = revoke;
    /// assert_eq!(original_message_id, Some("wamid.A".into()));
    /// # Ok::<(), &str>(())
    /// ```
    pub struct Revoke<'a> {
        /// The message.
        pub original_message_id: Option<Text<'a>> = "original_message_id",
    }
}

record! {
    /// A message that Meta does not pass on.
    ///
    /// ```
    /// use whatsapp_cloud::webhook::{Content, EventKind, Unsupported, Verified};
    ///
    /// let body = br#"{"entry":[{"changes":[{"field":"messages","value":{
    ///     "messages":[{"id":"wamid.A","type":"unsupported",
    ///     "unsupported":{"type":"poll"}}]}}]}]}"#;
    /// let event = Verified::restored(body).events().next().ok_or("there is one")?;
    /// let EventKind::Message(message) = event.kind else { return Err("it is another") };
    /// let Content::Unsupported(unsupported) = message.content else { return Err("it is hidden") };
    /// let Unsupported { kind, .. } = unsupported;
    /// assert_eq!(kind, Some("poll".into()));
    /// # Ok::<(), &str>(())
    /// ```
    pub struct Unsupported<'a> {
        /// What it was: `poll`, `event`, `view_once`, … Only since November 2025.
        pub kind: Option<Text<'a>> = "type",
    }
}
