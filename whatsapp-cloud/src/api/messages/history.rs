//! What became of messages: statuses, and whether webhooks told of them. No contents.

use crate::api::call::call;
use crate::id::{AppId, MessageId, NodeId, PhoneNumberId};
use crate::wire::{Page, object, open_enum};

call! {
    /// Asks what became of the messages of a number.
    ///
    /// ```
    /// use whatsapp_cloud::api::messages::ListMessageHistory;
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let mut call = ListMessageHistory::new("106540352242922");
    /// call.message_id = Some("wamid.HBgL".to_owned());
    /// let target = call.request()?.target()?;
    /// assert_eq!(target, "106540352242922/message_history?message_id=wamid.HBgL");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// Source: <https://developers.facebook.com/docs/graph-api/reference/whats-app-business-account-to-number-current-status/message_history>
    pub struct ListMessageHistory -> Page<MessageHistory> = "list message history", idempotent;
    get "/{Phone-Number-ID}/message_history" {
        /// The number.
        phone_number_id: PhoneNumberId,
    }
    query {
        /// The one message that is asked for.
        message_id: Option<String> = "message_id",
        /// What is asked for: `id`, `message_id`, `events{…}`; the first two where none is given.
        fields: Vec<String> = "fields",
    }
    paged { 1 to 100, by default 25 }
}

call! {
    /// Asks for the statuses of one message.
    ///
    /// ```
    /// use whatsapp_cloud::api::messages::ListMessageEvents;
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let call = ListMessageEvents::new("1234567890123456");
    /// assert_eq!(call.request()?.target()?, "1234567890123456/events");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// Source: <https://developers.facebook.com/docs/graph-api/reference/whats-app-message-history/events>
    pub struct ListMessageEvents -> Page<HistoryEdge> = "list message events", idempotent;
    get "/{Message-History-ID}/events" {
        /// The entry of the history: [`MessageHistory::id`].
        message_history_id: NodeId,
    }
    query {
        /// The status that is asked for.
        status_filter: Option<String> = "status_filter",
        /// What is asked for: `cursor`, `node{…}`.
        fields: Vec<String> = "fields",
    }
    paged { 1 to 100, by default 25 }
}

open_enum! {
    /// How far a message is.
    ///
    /// ```
    /// use whatsapp_cloud::api::messages::{DeliveryStatus, HistoryEvent};
    ///
    /// let event: HistoryEvent = serde_json::from_str(
    ///     r#"{"id":"1234567890","delivery_status":"DELIVERED"}"#,
    /// )?;
    /// assert_eq!(event.delivery_status, Some(DeliveryStatus::Delivered));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    DeliveryStatus {
        /// Meta took it.
        Accepted = "ACCEPTED",
        /// It was sent.
        Sent = "SENT",
        /// It reached the customer.
        Delivered = "DELIVERED",
        /// The customer read it.
        Read = "READ",
        /// It failed.
        Failed = "FAILED",
        /// It failed, in the words of another page.
        Error = "ERROR",
        /// It was deleted.
        Deleted = "DELETED",
    }
}

open_enum! {
    /// How far the webhook is that tells of a status.
    ///
    /// ```
    /// use whatsapp_cloud::api::messages::{HistoryEvent, WebhookState};
    ///
    /// let event: HistoryEvent = serde_json::from_str(
    ///     r#"{"id":"1234567890","webhook_update_state":"RETRYING"}"#,
    /// )?;
    /// assert_eq!(
    ///     event.webhook_update_state,
    ///     Some(WebhookState::Retrying), "nobody has answered 200 yet",
    /// );
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    WebhookState {
        /// It waits.
        Pending = "PENDING",
        /// It was taken.
        Delivered = "DELIVERED",
        /// It failed for good.
        Failed = "FAILED",
        /// It is tried again.
        Retrying = "RETRYING",
    }
}

object! {
    /// What became of a message.
    ///
    /// ```
    /// use whatsapp_cloud::api::messages::{ListMessageEvents, MessageHistory};
    /// use whatsapp_cloud::endpoint::Endpoint;
    /// use whatsapp_cloud::wire::Page;
    ///
    /// let page: Page<MessageHistory> = serde_json::from_str(
    ///     r#"{"data":[{"id":"1234567890","message_id":"wamid.HBgL"}]}"#,
    /// )?;
    /// let entry = &page.data[0];
    /// // The statuses of this message are asked for by the entry's id.
    /// assert!(ListMessageEvents::new(entry.id.as_str()).request().is_ok());
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct MessageHistory {
        /// The entry.
        pub id: NodeId = "id",
        /// The message.
        pub message_id: MessageId = "message_id",
        /// Its statuses, where they were asked for.
        pub events: Option<Page<HistoryEvent>> = "events",
    }
}

object! {
    /// A status of a message.
    ///
    /// ```
    /// use whatsapp_cloud::api::messages::{HistoryEvent, MessageHistory};
    ///
    /// let entry: MessageHistory = serde_json::from_str(
    ///     r#"{"id":"1234567890","message_id":"wamid.HBgL","events":{"data":[{"id":"1",
    ///         "delivery_status":"SENT","timestamp":1749416383}]}}"#,
    /// )?;
    /// let events: Vec<HistoryEvent> = entry.events.unwrap().data;
    /// assert_eq!(events[0].timestamp, Some(1_749_416_383));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct HistoryEvent {
        /// The status's own id.
        pub id: NodeId = "id",
        /// How far the message was.
        pub delivery_status: Option<DeliveryStatus> = "delivery_status",
        /// How far the webhook is that tells of it.
        pub webhook_update_state: Option<WebhookState> = "webhook_update_state",
        /// When, in seconds since 1970.
        pub timestamp: Option<i64> = "timestamp",
        /// The app that sent it.
        pub application: Option<HistoryApplication> = "application",
        /// Where the webhook went.
        pub webhook_uri: Option<String> = "webhook_uri",
        /// Why it failed.
        pub error_description: Option<String> = "error_description",
    }
}

object! {
    /// A status, and where it stands in the list.
    ///
    /// ```
    /// use whatsapp_cloud::api::messages::{DeliveryStatus, HistoryEdge};
    /// use whatsapp_cloud::wire::Page;
    ///
    /// let page: Page<HistoryEdge> = serde_json::from_str(
    ///     r#"{"data":[{"cursor":"MTAw","node":{"id":"1","delivery_status":"READ"}}]}"#,
    /// )?;
    /// let HistoryEdge { node, .. } = &page.data[0];
    /// assert_eq!(node.as_ref().unwrap().delivery_status, Some(DeliveryStatus::Read));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct HistoryEdge {
        /// Its place.
        pub cursor: Option<String> = "cursor",
        /// The status.
        pub node: Option<HistoryOccurrence> = "node",
    }
}

object! {
    /// A status of a message, with the moment it was written down.
    ///
    /// ```
    /// use whatsapp_cloud::api::messages::HistoryOccurrence;
    ///
    /// let node: HistoryOccurrence = serde_json::from_str(
    ///     r#"{"id":"1","delivery_status":"FAILED","error_description":"Message undeliverable"}"#,
    /// )?;
    /// assert_eq!(node.error_description.as_deref(), Some("Message undeliverable"));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct HistoryOccurrence {
        /// The status's own id.
        pub id: NodeId = "id",
        /// How far the message was.
        pub delivery_status: Option<DeliveryStatus> = "delivery_status",
        /// Why it failed.
        pub error_description: Option<String> = "error_description",
        /// When it happened, in seconds since 1970.
        pub occurrence_timestamp: Option<i64> = "occurrence_timestamp",
        /// When it was written down, in seconds since 1970.
        pub status_timestamp: Option<i64> = "status_timestamp",
        /// The app that sent the message.
        pub application: Option<HistoryApplication> = "application",
    }
}

object! {
    /// An app, as the history names it.
    ///
    /// ```
    /// use whatsapp_cloud::api::messages::{HistoryApplication, HistoryEvent};
    ///
    /// let event: HistoryEvent = serde_json::from_str(
    ///     r#"{"id":"1","application":{"id":"634974688087057","name":"Desk"}}"#,
    /// )?;
    /// let HistoryApplication { name, .. } = event.application.unwrap();
    /// assert_eq!(name.as_deref(), Some("Desk"));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct HistoryApplication {
        /// Its id.
        pub id: Option<AppId> = "id",
        /// Its name.
        pub name: Option<String> = "name",
    }
}
