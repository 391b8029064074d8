//! Pinning a message in a group.

use crate::id::MessageId;
use crate::wire::{object, open_enum};

/// For how many days a message may stay pinned.
const MOST_DAYS: u32 = 30;

open_enum! {
    /// Whether a message is pinned or unpinned.
    ///
    /// ```
    /// use whatsapp_cloud::api::messages::{Pin, PinKind};
    ///
    /// let pin = Pin::for_days("wamid.HBgL", 7);
    /// assert_eq!((pin.kind, Pin::unpin("wamid.HBgL").kind), (PinKind::Pin, PinKind::Unpin));
    /// ```
    PinKind {
        /// It is pinned.
        Pin = "pin",
        /// It is unpinned.
        Unpin = "unpin",
    }
}

object! {
    /// Pins or unpins a message of a group. Three can be pinned; the oldest drops out.
    ///
    /// Source: <https://developers.facebook.com/docs/whatsapp/cloud-api/groups/groups-messaging>
    ///
    /// ```
    /// use whatsapp_cloud::api::messages::{Message, Pin};
    ///
    /// let message = Message::pin("Y2FwaV9ncm91cDox", Pin::for_days("wamid.HBgL", 7));
    /// assert_eq!(serde_json::to_value(&message)?["pin"]["expiration_days"], 7);
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct Pin {
        /// Whether it is pinned or unpinned.
        pub kind: PinKind = "type",
        /// The message.
        pub message_id: MessageId = "message_id",
        /// For how long, in days: 1 to 30.
        pub expiration_days: Option<u32> = "expiration_days",
    }
    check |pin, found| {
        if !pin.kind.is_known() {
            found.add("type", "pin or unpin");
        }
        if pin.message_id.as_str().is_empty() {
            found.add("message_id", "the id of a message, found none");
        }
        match pin.expiration_days {
            Some(days) if !(1..=MOST_DAYS).contains(&days) => {
                found.add("expiration_days", format!("1 to {MOST_DAYS} days, found {days}"));
            }
            None if pin.kind == PinKind::Pin => {
                found.add("expiration_days", format!("1 to {MOST_DAYS} days, found none"));
            }
            Some(_) | None => {}
        }
    }
}

impl Pin {
    /// Pins a message for 1 to 30 days.
    pub fn for_days(message_id: impl Into<MessageId>, days: u32) -> Self {
        let expiration_days = Some(days);
        Self {
            kind: PinKind::Pin,
            message_id: message_id.into(),
            expiration_days,
            ..Self::default()
        }
    }

    /// Unpins a message.
    pub fn unpin(message_id: impl Into<MessageId>) -> Self {
        Self { kind: PinKind::Unpin, message_id: message_id.into(), ..Self::default() }
    }
}
