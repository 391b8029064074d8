//! What became of a message: `statuses[]`.

use std::sync::Arc;

use serde_json::value::RawValue;

use crate::webhook::contact::{ContactProfile, Person};
use crate::webhook::raw::Raw;
use crate::webhook::read::{Read, drop_empty, each_member};
use crate::webhook::record::{readable_words, record};
use crate::wire::{GraphError, Text, open_enum};

open_enum! {
    /// What became of a message. Order of arrival is not order of events.
    ///
    /// A payment or a call has words of its own, which are kept as `Unknown`: look at
    /// [`Status::kind`] first.
    ///
    /// Source: <https://developers.facebook.com/docs/whatsapp/cloud-api/webhooks/components#statuses-object>
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
        Failed = "failed",
        /// The customer deleted it. Of old API versions.
        Deleted = "deleted",
    }
}

readable_words!(StatusKind);

record! {
    /// What became of a message, a payment or a call. Everything Meta may leave out is
    /// optional.
    ///
    /// Source: <https://developers.facebook.com/docs/whatsapp/cloud-api/webhooks/components#statuses-object>
    pub struct Status<'a> {
        /// The message it is about (`wamid.…`).
        pub id: Option<Text<'a>> = b"id",
        /// What became of it.
        pub status: Option<StatusKind> = b"status",
        /// When, in seconds since 1970. Equal ones are common.
        pub timestamp: Option<i64> = b"timestamp",
        /// `payment` or `call`; none for a message.
        pub kind: Option<Text<'a>> = b"type",
        /// The customer's phone number, or the group.
        pub recipient_id: Option<Text<'a>> = b"recipient_id",
        /// The customer's business-scoped user id.
        pub recipient_user_id: Option<Text<'a>> = b"recipient_user_id",
        /// The user id above it.
        pub recipient_parent_user_id: Option<Text<'a>>
            = b"recipient_parent_user_id" | b"parent_recipient_user_id",
        /// `group` when `recipient_id` is a group.
        pub recipient_type: Option<Text<'a>> = b"recipient_type",
        /// Which member of the group: each has a status of its own, under the same `id`.
        pub recipient_participant_id: Option<Text<'a>>
            = b"recipient_participant_id" | b"participant_recipient_id",
        /// The same by user id.
        pub recipient_participant_user_id: Option<Text<'a>> = b"recipient_participant_user_id",
        /// What the sender wrote into the message for himself, as he wrote it.
        pub biz_opaque_callback_data: Option<Text<'a>> = b"biz_opaque_callback_data",
        /// Why it failed.
        pub errors: Vec<GraphError> = b"errors",
        /// The conversation it was billed in. Never a key: its id may differ per message.
        pub conversation: Option<Raw<'a>> = b"conversation",
        /// How it was billed.
        pub pricing: Option<Raw<'a>> = b"pricing",
        /// The customer, when Meta tells.
        pub contact: Option<Arc<ContactProfile<'a>>>,
    }
}

impl Status<'_> {
    /// Whether it is about one member of a group.
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
        Person {
            phone: phone.as_ref().map(Text::as_str),
            user_id: user_id.as_ref().map(Text::as_str),
        }
    }
}

impl<'a> Read<'a> for Status<'a> {
    fn read(raw: &'a RawValue) -> Option<Self> {
        let mut status = Self::default();
        each_member(raw, |name, value| {
            status.take(&name, value);
        })?;
        drop_empty(&mut status.id);
        drop_empty(&mut status.recipient_id);
        drop_empty(&mut status.recipient_user_id);
        drop_empty(&mut status.recipient_participant_id);
        drop_empty(&mut status.recipient_participant_user_id);
        Some(status)
    }
}
