//! What happens to a business: its limits, its ways to be paid, its solutions with partners.

use crate::webhook::phone_number::MessagingLimit;
use crate::webhook::record::element;
use crate::webhook::words::words;
use crate::wire::Text;

element! {
    /// What a business may do has changed. Which members are there depends on the version of
    /// the API that the webhook is subscribed with.
    ///
    /// Source: <https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/business_capability_update>
    ///
    /// ```json
    #[doc = include_str!("../../tests/fixtures/webhooks/business-capability.json")]
    /// ```
    ///
    /// ```
    /// use whatsapp_cloud::webhook::{BusinessCapability, EventKind, MessagingLimit, Verified};
    ///
    /// let body = br#"{"entry":[{"changes":[{"field":"business_capability_update","value":{
    ///     "max_daily_conversations_per_business":2000,
    ///     "max_phone_numbers_per_waba":25}}]}]}"#;
    /// let event = Verified::restored(body).events().next().ok_or("there is one")?;
    /// let EventKind::BusinessCapability(may) = event.kind else { return Err("it is another") };
    /// let BusinessCapability { max_daily_conversations_per_business, .. } = *may;
    /// assert_eq!(max_daily_conversations_per_business, Some(MessagingLimit::Count(2000)));
    /// # Ok::<(), &str>(())
    /// ```
    pub struct BusinessCapability {
        /// To how many customers it may write first within 24 hours, with all its numbers
        /// together; -1 for any number. Since v24.
        pub max_daily_conversations_per_business: Option<MessagingLimit>
            = "max_daily_conversations_per_business",
        /// To how many customers each of its numbers may do so; -1 for any number. Until v23.
        pub max_daily_conversation_per_phone: Option<MessagingLimit>
            = "max_daily_conversation_per_phone",
        /// How many phone numbers an account may have. Since v24.
        pub max_phone_numbers_per_waba: Option<i64> = "max_phone_numbers_per_waba",
        /// How many phone numbers it may have. Until v23.
        pub max_phone_numbers_per_business: Option<i64> = "max_phone_numbers_per_business",
    }
}

words! {
    /// Whether a payment configuration can be used.
    ///
    /// ```
    /// use whatsapp_cloud::webhook::PaymentConfigurationStatus;
    ///
    /// let can_be_used =
    ///     |status: &PaymentConfigurationStatus| *status == PaymentConfigurationStatus::Active;
    /// assert!(can_be_used(&"Active".into()) && !can_be_used(&"Needs Testing".into()));
    /// ```
    PaymentConfigurationStatus {
        /// The provider must be connected first.
        NeedsConnection = "Needs Connection",
        /// The same, as some of Meta's pages write it.
        NeedsConnecting = "Needs Connecting",
        /// It must be tried out first.
        NeedsTesting = "Needs Testing",
        /// It can be used.
        Active = "Active",
        /// It must be tried out again.
        NeedsRetesting = "Needs_Retesting",
    }
}

element! {
    /// A payment configuration, which is a way to be paid, can be used, or no longer.
    ///
    /// Source: <https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/payment_configuration_update>
    ///
    /// ```json
    #[doc = include_str!("../../tests/fixtures/webhooks/payment-configuration.json")]
    /// ```
    ///
    /// ```
    /// use whatsapp_cloud::webhook::{
    ///     EventKind, PaymentConfiguration, PaymentConfigurationStatus, Verified,
    /// };
    ///
    /// let body = br#"{"entry":[{"changes":[{"field":"payment_configuration_update","value":{
    ///     "configuration_name":"test-payment-configuration","status":"Needs Testing"}}]}]}"#;
    /// let event = Verified::restored(body).events().next().ok_or("there is one")?;
    /// let EventKind::PaymentConfiguration(way) = event.kind else { return Err("it is another") };
    /// let PaymentConfiguration { configuration_name, status, .. } = *way;
    /// assert_eq!(configuration_name, Some("test-payment-configuration".into()));
    /// assert_eq!(status, Some(PaymentConfigurationStatus::NeedsTesting));
    /// # Ok::<(), &str>(())
    /// ```
    pub struct PaymentConfiguration<'a> {
        /// What you call it.
        pub configuration_name: Option<Text<'a>> = "configuration_name",
        /// Who takes the money: `razorpay`, `payu`, `zaakpay`, `upi_vpa`.
        pub provider_name: Option<Text<'a>> = "provider_name",
        /// Who you are for him.
        pub provider_mid: Option<Text<'a>> = "provider_mid",
        /// Whether it can be used.
        pub status: Option<PaymentConfigurationStatus> = "status",
        /// When it was made, in seconds since 1970.
        pub created_timestamp: Option<i64> = "created_timestamp",
        /// When it was changed, in seconds since 1970.
        pub updated_timestamp: Option<i64> = "updated_timestamp",
    }
}

words! {
    /// What happened to a multi-partner solution.
    ///
    /// ```
    /// use whatsapp_cloud::webhook::SolutionEvent;
    ///
    /// assert_eq!(SolutionEvent::from("SOLUTION_CREATED"), SolutionEvent::Created);
    /// ```
    SolutionEvent {
        /// It was made.
        Created = "SOLUTION_CREATED",
        /// It was changed.
        Updated = "SOLUTION_UPDATED",
    }
}

words! {
    /// Whether a multi-partner solution can be used.
    ///
    /// ```
    /// use whatsapp_cloud::webhook::{EventKind, SolutionStatus, Verified};
    ///
    /// let body = br#"{"entry":[{"changes":[{"field":"partner_solutions","value":{
    ///     "event":"SOLUTION_UPDATED","solution_status":"DEACTIVATED"}}]}]}"#;
    /// let event = Verified::restored(body).events().next().ok_or("there is one")?;
    /// let EventKind::PartnerSolution(solution) = event.kind else { return Err("it is another") };
    /// assert_eq!(solution.solution_status, Some(SolutionStatus::Deactivated));
    /// # Ok::<(), &str>(())
    /// ```
    SolutionStatus {
        /// It is not offered yet.
        Draft = "DRAFT",
        /// It was offered to the other partner.
        Initiated = "INITIATED",
        /// He has not answered yet.
        Pending = "PENDING",
        /// It can be used.
        Active = "ACTIVE",
        /// He does not want it.
        Rejected = "REJECTED",
        /// It can no longer be used.
        Deactivated = "DEACTIVATED",
    }
}

element! {
    /// A multi-partner solution was made or changed. The event's `account_id` is a
    /// business here. You are told of solutions of other partners too.
    ///
    /// Source: <https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/partner_solutions>
    ///
    /// ```json
    #[doc = include_str!("../../tests/fixtures/webhooks/partner-solution.json")]
    /// ```
    ///
    /// ```
    /// use whatsapp_cloud::webhook::{EventKind, PartnerSolution, SolutionEvent, Verified};
    ///
    /// let body = br#"{"entry":[{"changes":[{"field":"partner_solutions","value":{
    ///     "event":"SOLUTION_CREATED","solution_id":"774485461512159",
    ///     "solution_status":"INITIATED"}}]}]}"#;
    /// let event = Verified::restored(body).events().next().ok_or("there is one")?;
    /// let EventKind::PartnerSolution(solution) = event.kind else { return Err("it is another") };
    /// let PartnerSolution { event, solution_id, .. } = *solution;
    /// assert_eq!(
    ///     (event, solution_id),
    ///     (Some(SolutionEvent::Created), Some("774485461512159".into())),
    /// );
    /// # Ok::<(), &str>(())
    /// ```
    pub struct PartnerSolution<'a> {
        /// What happened.
        pub event: Option<SolutionEvent> = "event",
        /// The solution.
        pub solution_id: Option<Text<'a>> = "solution_id",
        /// Whether it can be used.
        pub solution_status: Option<SolutionStatus> = "solution_status",
    }
}
