//! Delivered messages and what they cost.
//!
//! Source: <https://developers.facebook.com/docs/whatsapp/business-management-api/analytics>

use crate::api::analytics::ask::{analytics, filter_words};
use crate::api::analytics::{AnalyticsTime, Granularity};
use crate::id::AccountId;
use crate::wire::{object, open_enum};

filter_words!(PricingMetric, PricingType, PricingCategory, PricingDimension,);

analytics! {
    /// Asks for delivered messages and what they cost, about.
    ///
    /// With the dimensions tier, category and country each point tells the volume tier.
    ///
    /// Source: <https://developers.facebook.com/docs/whatsapp/business-management-api/analytics#pricing-analytics>
    ///
    /// ```
    /// use whatsapp_cloud::api::analytics::{GetPricingAnalytics, Granularity, PricingDimension};
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let daily = Granularity::Daily;
    /// let mut call = GetPricingAnalytics::new("161311403722088", 1748761200, 1749687703, daily);
    /// call.dimensions = vec![PricingDimension::Tier, PricingDimension::Country];
    /// assert_eq!(
    ///     call.request()?.query()[0].1,
    ///     "pricing_analytics.start(1748761200).end(1749687703).granularity(DAILY)\
    ///      .dimensions([\"TIER\",\"COUNTRY\"])"
    /// );
    /// # Ok::<(), whatsapp_cloud::Error>(())
    /// ```
    pub struct GetPricingAnalytics -> PricingAnalyticsAnswer = "get pricing analytics";
    get "pricing_analytics" by Granularity {
        /// Of those numbers, as digits.
        phone_numbers: String = "phone_numbers",
        /// To those countries.
        country_codes: String = "country_codes",
        /// Those figures.
        metric_types: PricingMetric = "metric_types",
        /// Of those types.
        pricing_types: PricingType = "pricing_types",
        /// Of those categories.
        pricing_categories: PricingCategory = "pricing_categories",
        /// Told apart by those.
        dimensions: PricingDimension = "dimensions",
    }
}

open_enum! {
    /// A figure of prices.
    PricingMetric {
        /// What messages cost.
        Cost = "COST",
        /// How many there were.
        Volume = "VOLUME",
    }
}

open_enum! {
    /// Whether messages had a price.
    PricingType {
        /// Within 24 hours of the customer's last message: free.
        FreeCustomerService = "FREE_CUSTOMER_SERVICE",
        /// After an ad or a button: free.
        FreeEntryPoint = "FREE_ENTRY_POINT",
        /// They had one.
        Regular = "REGULAR",
    }
}

open_enum! {
    /// What messages were charged as.
    PricingCategory {
        /// Authentication.
        Authentication = "AUTHENTICATION",
        /// Authentication from abroad.
        AuthenticationInternational = "AUTHENTICATION_INTERNATIONAL",
        /// Marketing.
        Marketing = "MARKETING",
        /// Nothing.
        Service = "SERVICE",
        /// Utility.
        Utility = "UTILITY",
        /// After an ad or a button.
        ReferralConversion = "REFERRAL_CONVERSION",
    }
}

open_enum! {
    /// What figures of prices are told apart by.
    PricingDimension {
        /// By country.
        Country = "COUNTRY",
        /// By number.
        Phone = "PHONE",
        /// By category.
        PricingCategory = "PRICING_CATEGORY",
        /// By type.
        PricingType = "PRICING_TYPE",
        /// By volume tier.
        Tier = "TIER",
    }
}

object! {
    /// The figures of prices, as Meta answers them.
    pub struct PricingAnalyticsAnswer {
        /// The figures.
        pub pricing_analytics: Option<PricingAnalytics> = "pricing_analytics",
        /// The account.
        pub id: AccountId = "id",
    }
}

object! {
    /// The figures of prices.
    pub struct PricingAnalytics {
        /// The figures.
        pub data: Vec<PricingPoints> = "data",
    }
}

object! {
    /// Figures of prices, time by time.
    pub struct PricingPoints {
        /// Time by time.
        pub data_points: Vec<PricingPoint> = "data_points",
    }
}

object! {
    /// The messages of some time.
    pub struct PricingPoint {
        /// From when on.
        pub start: AnalyticsTime = "start",
        /// Until when.
        pub end: AnalyticsTime = "end",
        /// The number.
        pub phone_number: Option<String> = "phone_number",
        /// The country.
        pub country: Option<String> = "country",
        /// The volume tier: from how many to how many messages, or `MAX`: `0:750000`.
        pub tier: Option<String> = "tier",
        /// Whether they had a price.
        pub pricing_type: Option<PricingType> = "pricing_type",
        /// What they were charged as.
        pub pricing_category: Option<PricingCategory> = "pricing_category",
        /// How many were delivered.
        pub volume: Option<u64> = "volume",
        /// What they cost, about, in the account's currency.
        pub cost: Option<f64> = "cost",
    }
}
