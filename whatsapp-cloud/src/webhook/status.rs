//! What became of a message: `statuses[]`.

use crate::webhook::billing::{Conversation, Payment, Pricing};
use crate::webhook::contact::Person;
use crate::webhook::record::element;
use crate::webhook::words::words;
use crate::wire::{GraphError, Text};

words! {
    /// What became of a message, a payment or a call. Order of arrival is not order of
    /// events.
    ///
    /// [`Status::kind`] tells which of them it is about.
    ///
    /// Source: <https://developers.facebook.com/docs/whatsapp/cloud-api/webhooks/components#statuses-object>
    ///
    /// ```
    /// use whatsapp_cloud::webhook::{EventKind, StatusKind, Verified};
    ///
    /// let body = br#"{"entry":[{"changes":[{"field":"messages","value":{
    ///     "statuses":[{"id":"wamid.A","status":"read"}]}}]}]}"#;
    /// let event = Verified::restored(body).events().next().ok_or("there is one")?;
    /// let EventKind::Status(status) = event.kind else { return Err("it is another") };
    /// assert_eq!(status.status, Some(StatusKind::Read));
    /// # Ok::<(), &str>(())
    /// ```
    StatusKind {
        /// Meta has it.
        Sent = "sent",
        /// A device of the customer's has it. Left out when the chat was open.
        Delivered = "delivered",
        /// The customer saw it. Never comes when he hides that.
        Read = "read",
        /// The customer listened to the voice message.
        Played = "played",
        /// It was not delivered; [`Status::errors`] says why. May follow `sent`, hours later.
        /// Of a payment: it was not paid.
        Failed = "failed",
        /// The customer deleted it. Of old API versions.
        Deleted = "deleted",
        /// It was delivered, and something is wrong with it. Of old API versions.
        Warning = "warning",
        /// Of a payment: it is being made. Of a message: of old API versions.
        Pending = "pending",
        /// Of a payment: it was paid.
        Captured = "captured",
        /// Of a call: the customer's phone rings.
        Ringing = "RINGING",
        /// Of a call: the customer has picked up.
        Accepted = "ACCEPTED",
        /// Of a call: the customer does not want it.
        Rejected = "REJECTED",
    }
}

element! {
    /// What became of a message, a payment or a call. Everything Meta may leave out is
    /// optional.
    ///
    /// Source: <https://developers.facebook.com/docs/whatsapp/cloud-api/webhooks/components#statuses-object>
    ///
    /// ```json
    #[doc = include_str!("../../tests/fixtures/webhooks/status-delivered.json")]
    /// ```
    ///
    /// ```
    /// use whatsapp_cloud::webhook::{EventKind, Status, Verified};
    ///
    /// let body = br#"{"entry":[{"changes":[{"field":"messages","value":{
    ///     "statuses":[{"id":"wamid.A","status":"failed","errors":[{"code":131026,
    ///     "title":"Message undeliverable"}]}]}}]}]}"#;
    /// let event = Verified::restored(body).events().next().ok_or("there is one")?;
    /// let EventKind::Status(status) = event.kind else { return Err("it is another") };
    /// let Status { id, errors, .. } = *status;
    /// assert_eq!((id, errors[0].code), (Some("wamid.A".into()), 131_026));
    /// # Ok::<(), &str>(())
    /// ```
    pub struct Status<'a> {
        /// The message it is about (`wamid.…`).
        pub id: Option<Text<'a>> = "id" as nonempty,
        /// What became of it.
        pub status: Option<StatusKind> = "status",
        /// When, in seconds since 1970. Equal ones are common.
        pub timestamp: Option<i64> = "timestamp" as quoted,
        /// The customer's phone number, or the group.
        pub recipient_id: Option<Text<'a>> = "recipient_id" as nonempty,
        /// The conversation it was billed in. Never a key: its id may differ per message.
        pub conversation: Option<Conversation<'a>> = "conversation",
        /// How it was billed.
        pub pricing: Option<Pricing> = "pricing",
        /// `payment` or `call`; none for a message.
        pub kind: Option<Text<'a>> = "type",
        /// The customer's business-scoped user id.
        pub recipient_user_id: Option<Text<'a>> = "recipient_user_id" as nonempty,
        /// The user id above it.
        pub recipient_parent_user_id: Option<Text<'a>>
            = "recipient_parent_user_id" | "parent_recipient_user_id" as nonempty,
        /// `group` when `recipient_id` is a group.
        pub recipient_type: Option<Text<'a>> = "recipient_type",
        /// Which member of the group: each has a status of its own, under the same `id`.
        pub recipient_participant_id: Option<Text<'a>>
            = "recipient_participant_id" | "participant_recipient_id" as nonempty,
        /// The same by user id.
        pub recipient_participant_user_id: Option<Text<'a>>
            = "recipient_participant_user_id" as nonempty,
        /// The user id above it.
        pub recipient_participant_parent_user_id: Option<Text<'a>>
            = "recipient_participant_parent_user_id" as nonempty,
        /// Changes when the customer's keys do, if the identity check is on.
        pub recipient_identity_key_hash: Option<Text<'a>> = "recipient_identity_key_hash",
        /// The customer's phone number; in statuses of payments.
        pub from: Option<Text<'a>> = "from",
        /// What the sender wrote into the message for himself, as he wrote it.
        pub biz_opaque_callback_data: Option<Text<'a>> = "biz_opaque_callback_data",
        /// The template that a direct send became.
        pub template_id: Option<Text<'a>> = "template_id",
        /// Why it failed.
        pub errors: Vec<GraphError> = "errors",
        /// The payment it is about.
        pub payment: Option<Box<Payment<'a>>> = "payment",
    }
}

impl Status<'_> {
    /// Whether it is about one member of a group.
    ///
    /// ```
    /// use whatsapp_cloud::webhook::{EventKind, Verified};
    ///
    /// let body = br#"{"entry":[{"changes":[{"field":"messages","value":{"statuses":[
    ///     {"id":"wamid.A","status":"read","recipient_id":"Y2FwaV9ncm91cDo",
    ///     "recipient_type":"group","recipient_participant_id":"16505551234"}]}}]}]}"#;
    /// let event = Verified::restored(body).events().next().ok_or("there is one")?;
    /// let EventKind::Status(status) = event.kind else { return Err("it is another") };
    /// assert!(status.is_of_group(), "one member has read it");
    /// # Ok::<(), &str>(())
    /// ```
    pub fn is_of_group(&self) -> bool {
        self.recipient_type.as_ref().is_some_and(|kind| *kind == "group")
    }

    /// The customer, as far as the status names him.
    pub(super) fn recipient(&self) -> Person<'_> {
        let (phone, user_id) = if self.is_of_group() {
            (&self.recipient_participant_id, &self.recipient_participant_user_id)
        } else {
            (&self.recipient_id, &self.recipient_user_id)
        };
        Person::of(phone.as_ref(), user_id.as_ref())
    }
}
