//! Messages, receipts, and what became of messages.

use whatsapp_cloud::api::messages::{
    ListMessageEvents, ListMessageHistory, MarkAsRead, SendEncryptedMessage, SendMarketingMessage,
    SendMessage, ShowTyping,
};

use super::{Row, row};

pub fn rows() -> Vec<Row> {
    vec![
        row::<SendMessage>("api/messages/written.rs"),
        row::<MarkAsRead>("api/messages/written.rs"),
        row::<ShowTyping>("api/messages/written.rs"),
        row::<SendMarketingMessage>("api/messages/other_calls.rs"),
        row::<SendEncryptedMessage>("api/messages/other_calls.rs"),
        row::<ListMessageHistory>("api/messages/other_calls.rs"),
        row::<ListMessageEvents>("api/messages/other_calls.rs"),
    ]
}
