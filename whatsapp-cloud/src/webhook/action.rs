//! What customers do without writing: `user_actions[]`, `automatic_events[]`.

use crate::webhook::record::{element, record};
use crate::webhook::words::words;
use crate::wire::Text;

words! {
    /// What a customer did.
    UserActionType {
        /// He opened a link in a marketing message:
        /// [`UserAction::marketing_messages_link_click_data`].
        MarketingMessagesLinkClick = "marketing_messages_link_click",
    }
}

words! {
    /// Where a customer clicked.
    ClickComponent {
        /// On a button.
        CallToAction = "cta",
        /// In the text.
        Body = "body",
    }
}

words! {
    /// What Meta noticed in a conversation.
    AutomaticEventName {
        /// The customer left his details.
        LeadSubmitted = "LeadSubmitted",
        /// He bought something: [`AutomaticEvent::custom_data`].
        Purchase = "Purchase",
        /// He put something into his cart. Not in Meta's list.
        AddToCart = "AddToCart",
    }
}

element! {
    /// A customer opened a link in a marketing message.
    ///
    /// It names neither the customer nor the message: put it together by the click's id or
    /// the tracking token. Only for messages of the last 7 days.
    ///
    /// Source: <https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/messages>
    ///
    /// ```json
    #[doc = include_str!("../../tests/fixtures/webhooks/user-action-link-click.json")]
    /// ```
    pub struct UserAction<'a> {
        /// What he did.
        pub action_type: Option<UserActionType> = "action_type",
        /// When, in seconds since 1970.
        pub timestamp: Option<i64> = "timestamp" as quoted,
        /// Which link he opened.
        pub marketing_messages_link_click_data: Option<Box<LinkClick<'a>>>
            = "marketing_messages_link_click_data",
    }
}

record! {
    /// A link that a customer opened.
    pub struct LinkClick<'a> {
        /// Where he clicked.
        pub click_component: Option<ClickComponent> = "click_component",
        /// The click.
        pub click_id: Option<Text<'a>> = "click_id",
        /// What the business gave the link to know it by.
        pub tracking_token: Option<Text<'a>> = "tracking_token",
        /// The product that the link shows.
        pub product_id: Option<Text<'a>> = "product_id",
    }
}

element! {
    /// Meta noticed a lead or a purchase in a conversation that an advertisement began.
    ///
    /// Source: <https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/automatic_events>
    ///
    /// ```json
    #[doc = include_str!("../../tests/fixtures/webhooks/automatic-event-purchase.json")]
    /// ```
    pub struct AutomaticEvent<'a> {
        /// The message in which it was noticed (`wamid.…`).
        pub id: Option<Text<'a>> = "id",
        /// What was noticed.
        pub event_name: Option<AutomaticEventName> = "event_name",
        /// When, in seconds since 1970. A number here, unlike elsewhere.
        pub timestamp: Option<i64> = "timestamp",
        /// The click that began the conversation, for the conversions API.
        pub ctwa_clid: Option<Text<'a>> = "ctwa_clid",
        /// What it was worth. Of purchases only.
        pub custom_data: Option<Box<AutomaticEventData<'a>>> = "custom_data",
    }
}

record! {
    /// What a purchase was worth.
    pub struct AutomaticEventData<'a> {
        /// As three letters.
        pub currency: Option<Text<'a>> = "currency",
        /// How much, in that currency.
        pub value: Option<f64> = "value",
    }
}
