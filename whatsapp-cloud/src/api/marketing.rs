//! Marketing messages: whether an account may use their API, and what became of them.
//!
//! The invitation of a client's business is [`crate::api::business`]'s, the messages
//! themselves are [`crate::api::messages`]'s.
//!
//! Source: <https://developers.facebook.com/documentation/business-messaging/whatsapp/marketing-messages/overview>

use crate::api::account::{Account, OnboardingStatus};
use crate::api::call::call;
use crate::id::{AccountId, BusinessId, NodeId};
use crate::wire::{Page, object, open_enum};

call! {
    /// Asks whether an account may use the API of marketing messages:
    /// [`Account::marketing_messages_onboarding_status`].
    ///
    /// Source: <https://developers.facebook.com/documentation/business-messaging/whatsapp/marketing-messages/onboarding>
    ///
    /// ```
    /// use whatsapp_cloud::api::marketing::GetMarketingEligibility;
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let call = GetMarketingEligibility::new("25002526842541");
    /// assert_eq!(
    ///     call.request()?.target()?,
    ///     "25002526842541?fields=marketing_messages_onboarding_status",
    /// );
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub struct GetMarketingEligibility -> Account = "get marketing eligibility", idempotent;
    get "/{waba-id}" {
        /// The account.
        account_id: AccountId,
    }
    always { "fields" = "marketing_messages_onboarding_status" }
}

call! {
    /// Asks whether a business has accepted the terms of marketing messages.
    ///
    /// Source: <https://developers.facebook.com/documentation/business-messaging/whatsapp/marketing-messages/onboarding>
    ///
    /// ```
    /// use whatsapp_cloud::api::marketing::GetMarketingTerms;
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let call = GetMarketingTerms::new("52002526842524351");
    /// assert_eq!(
    ///     call.request()?.target()?,
    ///     "52002526842524351?fields=marketing_messages_onboarding_status",
    /// );
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub struct GetMarketingTerms -> BusinessTerms = "get marketing terms", idempotent;
    get "/{Business-ID}" {
        /// The business portfolio.
        business_id: BusinessId,
    }
    always { "fields" = "marketing_messages_onboarding_status" }
}

object! {
    /// Whether a business has accepted the terms of marketing messages.
    ///
    /// ```
    /// use whatsapp_cloud::api::account::MarketingEligibility;
    /// use whatsapp_cloud::api::marketing::BusinessTerms;
    ///
    /// let terms: BusinessTerms = serde_json::from_str(
    ///     r#"{"marketing_messages_onboarding_status":{"status":"TERM_OF_SERVICE_SIGNED",
    ///         "time":"2025-10-07"}}"#,
    /// )?;
    /// assert_eq!(terms.onboarding.unwrap().status, MarketingEligibility::TermsSigned);
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct BusinessTerms {
        /// The business portfolio.
        pub id: Option<BusinessId> = "id",
        /// Whether it has.
        pub onboarding: Option<OnboardingStatus> = "marketing_messages_onboarding_status",
    }
}

call! {
    /// Asks what became of marketing messages: of an ad account, campaign, ad set or ad that
    /// Meta keeps for a template.
    ///
    /// A template tells these ids as `ad_id`, `ad_adset_id`, `ad_campaign_id` and
    /// `ad_account_id`. Meta shows 30 days unless said otherwise, and plans to end the figures
    /// of conversions here.
    ///
    /// Source: <https://developers.facebook.com/documentation/business-messaging/whatsapp/marketing-messages/view-metrics>
    ///
    /// ```
    /// use whatsapp_cloud::api::marketing::GetMarketingInsights;
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let mut call = GetMarketingInsights::new("120229306178900226");
    /// assert!(call.request().is_err(), "Meta tells no more than it is asked for");
    ///
    /// call.fields = vec!["marketing_messages_sent".to_owned()];
    /// assert_eq!(
    ///     call.request()?.target()?,
    ///     "120229306178900226/insights?fields=marketing_messages_sent",
    /// );
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub struct GetMarketingInsights -> Page<MarketingInsights> = "get marketing insights", idempotent;
    get "/{ad-id}/insights" {
        /// The ad account (its digits behind `act_` when there is one), campaign, ad set or ad.
        ad_id: String,
    }
    query {
        /// What to tell: the names of the members of [`MarketingInsights`].
        fields: Vec<String> = "fields",
        /// Of which days, in a word of Meta's: `last_30d`, `yesterday`.
        date_preset: Option<String> = "date_preset",
        /// Of which days, as `{"since":"2025-05-11","until":"2025-06-09"}`.
        time_range: Option<String> = "time_range",
        /// In steps of how many days: 1 to 90, `monthly` or `all_days`.
        time_increment: Option<String> = "time_increment",
        /// For what one row is.
        level: Option<InsightsLevel> = "level",
    }
    paged {}
    check |call, found| {
        let id = call.ad_id.strip_prefix("act_").unwrap_or(&call.ad_id);
        found.numeric_id("ad_id", id);
        if call.fields.is_empty() {
            found.add("fields", "1 field or more, found 0");
        }
        if call.date_preset.is_some() && call.time_range.is_some() {
            found.add("date_preset", "either this or time_range, found both");
        }
    }
}

open_enum! {
    /// For what one row of insights is.
    ///
    /// ```
    /// use whatsapp_cloud::api::marketing::{GetMarketingInsights, InsightsLevel};
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let mut call = GetMarketingInsights::new("act_120229306178900226");
    /// call.fields = vec!["marketing_messages_sent".to_owned()];
    /// call.level = Some(InsightsLevel::Ad);
    /// assert!(call.request()?.target()?.ends_with("&level=ad"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    InsightsLevel {
        /// The ad account.
        Account = "account",
        /// A campaign.
        Campaign = "campaign",
        /// An ad set.
        AdSet = "adset",
        /// An ad, which is a template.
        Ad = "ad",
    }
}

object! {
    /// What became of marketing messages. Rates are percentages, as Meta writes them; amounts
    /// are in the ad account's currency.
    ///
    /// ```
    /// use whatsapp_cloud::api::marketing::MarketingInsights;
    /// use whatsapp_cloud::wire::Page;
    ///
    /// // Some figures are texts on Meta's page, and numbers on others.
    /// let page: Page<MarketingInsights> = serde_json::from_str(
    ///     r#"{"data":[{"marketing_messages_sent":300,"marketing_messages_read":"265"}]}"#,
    /// )?;
    /// let MarketingInsights { sent, read, .. } = page.data[0];
    /// assert_eq!((sent, read), (Some(300), Some(265)));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct MarketingInsights {
        /// The first day, as `2025-05-11`.
        pub date_start: Option<String> = "date_start",
        /// The last day.
        pub date_stop: Option<String> = "date_stop",
        /// The ad account.
        pub account_id: Option<NodeId> = "account_id",
        /// The campaign.
        pub campaign_id: Option<NodeId> = "campaign_id",
        /// The ad set.
        pub adset_id: Option<NodeId> = "adset_id",
        /// The ad.
        pub ad_id: Option<NodeId> = "ad_id",
        /// How many were sent.
        pub sent: Option<u64> = "marketing_messages_sent",
        /// How many were delivered.
        pub delivered: Option<u64> = "marketing_messages_delivered",
        /// How many were read.
        pub read: Option<u64> = "marketing_messages_read",
        /// How often a link's button was clicked.
        pub link_clicks: Option<u64> = "marketing_messages_link_btn_click",
        /// Delivered of sent.
        pub delivery_rate: Option<f64> = "marketing_messages_delivery_rate",
        /// Read of delivered.
        pub read_rate: Option<f64> = "marketing_messages_read_rate",
        /// What businesses like this one reach: three of four read less.
        pub read_rate_benchmark: Option<f64> = "marketing_messages_read_rate_benchmark",
        /// Clicks of delivered.
        pub link_click_rate: Option<f64> = "marketing_messages_link_btn_click_rate",
        /// What businesses like this one reach: three of four get fewer clicks.
        pub click_rate_benchmark: Option<f64> = "marketing_messages_click_rate_benchmark",
        /// What was spent.
        pub spend: Option<f64> = "marketing_messages_spend",
        /// What one delivered message cost.
        pub cost_per_delivered: Option<f64> = "marketing_messages_cost_per_delivered",
        /// What one click cost.
        pub cost_per_link_click: Option<f64> = "marketing_messages_cost_per_link_btn_click",
        /// How often something was put in the cart, on the website.
        pub website_add_to_cart: Option<u64> = "marketing_messages_website_add_to_cart",
        /// How often a checkout was begun, on the website.
        pub website_initiate_checkout: Option<u64> =
            "marketing_messages_website_initiate_checkout",
        /// How often something was bought, on the website.
        pub website_purchase: Option<u64> = "marketing_messages_website_purchase",
        /// What was bought for, on the website.
        pub website_purchase_values: Option<f64> = "marketing_messages_website_purchase_values",
        /// How often something was put in the cart, in the app.
        pub app_add_to_cart: Option<u64> = "marketing_messages_app_add_to_cart",
        /// How often a checkout was begun, in the app.
        pub app_initiate_checkout: Option<u64> = "marketing_messages_app_initiate_checkout",
        /// How often something was bought, in the app.
        pub app_purchase: Option<u64> = "marketing_messages_app_purchase",
        /// What was bought for, in the app.
        pub app_purchase_values: Option<f64> = "marketing_messages_app_purchase_values",
    }
}
