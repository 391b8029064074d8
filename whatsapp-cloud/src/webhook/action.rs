//! What customers do without writing: `user_actions[]`, `automatic_events[]`.

use crate::webhook::record::{element, record};
use crate::webhook::words::words;
use crate::wire::Text;

words! {
    /// What a customer did.
    ///
    /// ```
    /// use whatsapp_cloud::webhook::UserActionType;
    ///
    /// assert_eq!(
    ///     UserActionType::from("marketing_messages_link_click"),
    ///     UserActionType::MarketingMessagesLinkClick,
    /// );
    /// ```
    UserActionType {
        /// He opened a link in a marketing message:
        /// [`UserAction::marketing_messages_link_click_data`].
        MarketingMessagesLinkClick = "marketing_messages_link_click",
    }
}

words! {
    /// Where a customer clicked.
    ///
    /// ```
    /// use whatsapp_cloud::webhook::ClickComponent;
    ///
    /// assert_eq!(ClickComponent::from("cta"), ClickComponent::CallToAction);
    /// assert_eq!(ClickComponent::from("body"), ClickComponent::Body);
    /// ```
    ClickComponent {
        /// On a button.
        CallToAction = "cta",
        /// In the text.
        Body = "body",
    }
}

words! {
    /// What Meta noticed in a conversation.
    ///
    /// ```
    /// use whatsapp_cloud::webhook::{AutomaticEventName, EventKind, Verified};
    ///
    /// let body = br#"{"entry":[{"changes":[{"field":"automatic_events","value":{
    ///     "automatic_events":[{"id":"wamid.A","event_name":"LeadSubmitted"}]}}]}]}"#;
    /// let event = Verified::restored(body).events().next().ok_or("there is one")?;
    /// let EventKind::AutomaticEvent(seen) = event.kind else { return Err("it is another") };
    /// assert_eq!(seen.event_name, Some(AutomaticEventName::LeadSubmitted));
    /// # Ok::<(), &str>(())
    /// ```
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
    ///
    /// ```
    /// use whatsapp_cloud::webhook::{EventKind, UserAction, UserActionType, Verified};
    ///
    /// let body = br#"{"entry":[{"changes":[{"field":"messages","value":{
    ///     "user_actions":[{"action_type":"marketing_messages_link_click",
    ///     "timestamp":"1750030073"}]}}]}]}"#;
    /// let event = Verified::restored(body).events().next().ok_or("there is one")?;
    /// let EventKind::UserAction(action) = event.kind else { return Err("it is another") };
    /// let UserAction { action_type, timestamp, .. } = *action;
    /// assert_eq!(action_type, Some(UserActionType::MarketingMessagesLinkClick));
    /// assert_eq!(timestamp, Some(1_750_030_073));
    /// # Ok::<(), &str>(())
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
    ///
    /// ```
    /// use whatsapp_cloud::webhook::{ClickComponent, EventKind, LinkClick, Verified};
    ///
    /// let body = br#"{"entry":[{"changes":[{"field":"messages","value":{
    ///     "user_actions":[{"action_type":"marketing_messages_link_click",
    ///     "marketing_messages_link_click_data":{"click_component":"cta",
    ///     "tracking_token":"summer"}}]}}]}]}"#;
    /// let event = Verified::restored(body).events().next().ok_or("there is one")?;
    /// let EventKind::UserAction(action) = event.kind else { return Err("it is another") };
    /// let click = action.marketing_messages_link_click_data.ok_or("it says which")?;
    /// let LinkClick { click_component, tracking_token, .. } = *click;
    /// assert_eq!(click_component, Some(ClickComponent::CallToAction));
    /// assert_eq!(tracking_token, Some("summer".into()));
    /// # Ok::<(), &str>(())
    /// ```
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
    ///
    /// ```
    /// use whatsapp_cloud::webhook::{AutomaticEvent, AutomaticEventName, EventKind, Verified};
    ///
    /// let body = br#"{"entry":[{"changes":[{"field":"automatic_events","value":{
    ///     "automatic_events":[{"id":"wamid.A","event_name":"Purchase",
    ///     "ctwa_clid":"ARAkLkA8rmlFeiCktEJQ"}]}}]}]}"#;
    /// let event = Verified::restored(body).events().next().ok_or("there is one")?;
    /// let EventKind::AutomaticEvent(seen) = event.kind else { return Err("it is another") };
    /// let AutomaticEvent { event_name, ctwa_clid, .. } = *seen;
    /// assert_eq!(event_name, Some(AutomaticEventName::Purchase));
    /// assert!(ctwa_clid.is_some(), "the click that began the chat");
    /// # Ok::<(), &str>(())
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
    ///
    /// ```
    /// use whatsapp_cloud::webhook::{AutomaticEventData, EventKind, Verified};
    ///
    /// let body = br#"{"entry":[{"changes":[{"field":"automatic_events","value":{
    /// "automatic_events":[{"event_name":"Purchase","custom_data":{"currency":"BRL",
    /// "value":99.9}}]}}]}]}"#;
    /// let event = Verified::restored(body).events().next().ok_or("there is one")?;
    /// let EventKind::AutomaticEvent(seen) = event.kind else { return Err("it is another") };
    /// let AutomaticEventData { currency, value, .. } =
    ///     *seen.custom_data.ok_or("it says how much")?;
    /// assert_eq!((currency, value), (Some("BRL".into()), Some(99.9)));
    /// # Ok::<(), &str>(())
    /// ```
    pub struct AutomaticEventData<'a> {
        /// As three letters.
        pub currency: Option<Text<'a>> = "currency",
        /// How much, in that currency.
        pub value: Option<f64> = "value",
    }
}
