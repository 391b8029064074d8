//! What a customer chose: buttons, lists, Flows and the other interactive replies; and
//! what the business sent for it.
//!
//! Source: <https://developers.facebook.com/docs/whatsapp/cloud-api/webhooks/components#messages-object>

use crate::webhook::raw::Raw;
use crate::webhook::record::record;
use crate::wire::Text;

record! {
    /// A quick-reply button of a template was pressed.
    pub struct Button<'a> {
        /// What the business gave the button; the text, when it gave nothing.
        pub payload: Option<Text<'a>> = "payload",
        /// What stands on the button.
        pub text: Option<Text<'a>> = "text",
    }
}

record! {
    /// A reply button was pressed.
    pub struct ButtonReply<'a> {
        /// What the business gave the button.
        pub id: Option<Text<'a>> = "id",
        /// What stands on the button.
        pub title: Option<Text<'a>> = "title",
    }
}

record! {
    /// A row of a list was chosen.
    pub struct ListReply<'a> {
        /// What the business gave the row.
        pub id: Option<Text<'a>> = "id",
        /// What stands in the row.
        pub title: Option<Text<'a>> = "title",
        /// What stands below it.
        pub description: Option<Text<'a>> = "description",
    }
}

record! {
    /// A Flow was finished, or a form such as the address form.
    pub struct FlowReply<'a> {
        /// `flow`, `address_message`, …
        pub name: Option<Text<'a>> = "name",
        /// What the customer sees as his message.
        pub body: Option<Text<'a>> = "body",
        /// What was filled in, as a string that should hold JSON. It may be empty or no
        /// JSON at all, so it is given as it came.
        pub response_json: Option<Text<'a>> = "response_json",
    }
}

record! {
    /// The customer allowed calls, or did not.
    pub struct CallPermissionReply<'a> {
        /// `accept` or `reject`.
        pub response: Option<Text<'a>> = "response",
        /// Whether it holds until it is taken back.
        pub is_permanent: Option<bool> = "is_permanent",
        /// Until when it holds, in seconds since 1970.
        pub expiration_timestamp: Option<i64> = "expiration_timestamp",
        /// `user_action` or `automatic`.
        pub response_source: Option<Text<'a>> = "response_source",
    }
}

record! {
    /// The customer chose how to pay (Brazil's one-click payments).
    pub struct PaymentMethod<'a> {
        /// For example `offsite_card_pay`.
        pub payment_method: Option<Text<'a>> = "payment_method",
        /// When, in seconds since 1970.
        pub payment_timestamp: Option<i64> = "payment_timestamp",
        /// The business's own reference.
        pub reference_id: Option<Text<'a>> = "reference_id",
        /// The end of the card's number.
        pub last_four_digits: Option<Text<'a>> = "last_four_digits",
        /// Identifies the card.
        pub credential_id: Option<Text<'a>> = "credential_id",
    }
}

record! {
    /// A template as the business sent it; in echoes only.
    pub struct SentTemplate<'a> {
        /// Its name.
        pub name: Option<Text<'a>> = "name",
        /// Its language.
        pub language: Option<TemplateLanguage<'a>> = "language",
        /// What was put into it.
        pub components: Option<Raw<'a>> = "components",
    }
}

record! {
    /// The language of a template.
    pub struct TemplateLanguage<'a> {
        /// For example `pt_BR`.
        pub code: Option<Text<'a>> = "code",
    }
}
