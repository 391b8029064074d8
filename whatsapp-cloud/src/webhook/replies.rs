//! What a customer chose: buttons, lists, Flows and the other interactive replies.
//!
//! Source: <https://developers.facebook.com/docs/whatsapp/cloud-api/webhooks/components#messages-object>

use crate::webhook::record::{readable, record};
use crate::wire::Text;

record! {
    /// A quick-reply button of a template was pressed.
    pub struct Button<'a> {
        /// What the business gave the button; the text, when it gave nothing.
        pub payload: Option<Text<'a>> = b"payload",
        /// What stands on the button.
        pub text: Option<Text<'a>> = b"text",
    }
}

record! {
    /// A reply button was pressed.
    pub struct ButtonReply<'a> {
        /// What the business gave the button.
        pub id: Option<Text<'a>> = b"id",
        /// What stands on the button.
        pub title: Option<Text<'a>> = b"title",
    }
}

record! {
    /// A row of a list was chosen.
    pub struct ListReply<'a> {
        /// What the business gave the row.
        pub id: Option<Text<'a>> = b"id",
        /// What stands in the row.
        pub title: Option<Text<'a>> = b"title",
        /// What stands below it.
        pub description: Option<Text<'a>> = b"description",
    }
}

record! {
    /// A Flow was finished, or a form such as the address form.
    pub struct FlowReply<'a> {
        /// `flow`, `address_message`, …
        pub name: Option<Text<'a>> = b"name",
        /// What the customer sees as his message.
        pub body: Option<Text<'a>> = b"body",
        /// What was filled in, as a string that should hold JSON. It may be empty or no
        /// JSON at all, so it is given as it came.
        pub response_json: Option<Text<'a>> = b"response_json",
    }
}

record! {
    /// The customer allowed calls, or did not.
    pub struct CallPermissionReply<'a> {
        /// `accept` or `reject`.
        pub response: Option<Text<'a>> = b"response",
        /// Whether it holds until it is taken back.
        pub is_permanent: Option<bool> = b"is_permanent",
        /// Until when it holds, in seconds since 1970.
        pub expiration_timestamp: Option<i64> = b"expiration_timestamp",
        /// `user_action` or `automatic`.
        pub response_source: Option<Text<'a>> = b"response_source",
    }
}

record! {
    /// The customer chose how to pay (Brazil's one-click payments).
    pub struct PaymentMethod<'a> {
        /// For example `offsite_card_pay`.
        pub payment_method: Option<Text<'a>> = b"payment_method",
        /// When, in seconds since 1970.
        pub payment_timestamp: Option<i64> = b"payment_timestamp",
        /// The business's own reference.
        pub reference_id: Option<Text<'a>> = b"reference_id",
        /// The end of the card's number.
        pub last_four_digits: Option<Text<'a>> = b"last_four_digits",
        /// Identifies the card.
        pub credential_id: Option<Text<'a>> = b"credential_id",
    }
}

readable!(Button, ButtonReply, ListReply, FlowReply, CallPermissionReply, PaymentMethod);
