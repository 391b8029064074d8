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
    ///
    /// ```
    /// use whatsapp_cloud::api::analytics::{GetPricingAnalytics, Granularity, PricingMetric};
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let daily = Granularity::Daily;
    /// let mut call = GetPricingAnalytics::new("102290129340398", 1748761200, 1751353200, daily);
    /// call.metric_types = vec![PricingMetric::Volume];
    /// assert!(call.request()?.query()[0].1.ends_with(r#".metric_types(["VOLUME"])"#));
    /// # Ok::<(), whatsapp_cloud::Error>(())
    /// ```
    PricingMetric {
        /// What messages cost.
        Cost = "COST",
        /// How many there were.
        Volume = "VOLUME",
    }
}

open_enum! {
    /// Whether messages had a price.
    ///
    /// ```
    /// use whatsapp_cloud::api::analytics::{PricingPoint, PricingType};
    ///
    /// let point: PricingPoint = serde_json::from_str(
    ///     r#"{"pricing_type":"FREE_CUSTOMER_SERVICE","volume":12}"#,
    /// )?;
    /// assert_eq!(point.pricing_type, Some(PricingType::FreeCustomerService));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
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
    ///
    /// ```
    /// use whatsapp_cloud::api::analytics::{PricingCategory, PricingPoint};
    ///
    /// let point: PricingPoint = serde_json::from_str(
    ///     r#"{"pricing_category":"AUTHENTICATION_INTERNATIONAL","volume":12}"#,
    /// )?;
    /// assert_eq!(point.pricing_category, Some(PricingCategory::AuthenticationInternational));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
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
    ///
    /// ```
    /// use whatsapp_cloud::api::analytics::{GetPricingAnalytics, Granularity, PricingDimension};
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let daily = Granularity::Daily;
    /// let mut call = GetPricingAnalytics::new("102290129340398", 1748761200, 1751353200, daily);
    /// call.dimensions = vec![PricingDimension::Tier];
    /// assert!(call.request()?.query()[0].1.ends_with(r#".dimensions(["TIER"])"#));
    /// # Ok::<(), whatsapp_cloud::Error>(())
    /// ```
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
    ///
    /// ```
    /// use whatsapp_cloud::api::analytics::PricingAnalyticsAnswer;
    ///
    /// let answer: PricingAnalyticsAnswer = serde_json::from_str(
    ///     r#"{"id":"102290129340398",
    ///         "pricing_analytics":{"data":[{"data_points":[{"country":"US","volume":7,
    ///         "cost":0.5}]}]}}"#,
    /// )?;
    /// let prices = answer.pricing_analytics.unwrap();
    /// assert_eq!(prices.data[0].data_points[0].country.as_deref(), Some("US"));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct PricingAnalyticsAnswer {
        /// The figures.
        pub pricing_analytics: Option<PricingAnalytics> = "pricing_analytics",
        /// The account.
        pub id: AccountId = "id",
    }
}

object! {
    /// The figures of prices.
    ///
    /// ```
    /// use whatsapp_cloud::api::analytics::PricingAnalytics;
    ///
    /// let prices: PricingAnalytics = serde_json::from_str(
    ///     r#"{"data":[{"data_points":[{"cost":0.25},{"cost":0.5}]}]}"#,
    /// )?;
    /// let points = prices.data.iter().flat_map(|points| &points.data_points);
    /// assert_eq!(points.filter_map(|point| point.cost).sum::<f64>(), 0.75);
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct PricingAnalytics {
        /// The figures.
        pub data: Vec<PricingPoints> = "data",
    }
}

object! {
    /// Figures of prices, time by time.
    ///
    /// ```
    /// use whatsapp_cloud::api::analytics::PricingPoints;
    ///
    /// let points: PricingPoints = serde_json::from_str(
    ///     r#"{"data_points":[{"pricing_category":"SERVICE","volume":40}]}"#,
    /// )?;
    /// assert_eq!(points.data_points[0].volume, Some(40));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct PricingPoints {
        /// Time by time.
        pub data_points: Vec<PricingPoint> = "data_points",
    }
}

object! {
    /// The messages of some time.
    ///
    /// ```
    /// use whatsapp_cloud::api::analytics::PricingPoint;
    ///
    /// let point: PricingPoint = serde_json::from_str(
    ///     r#"{"start":1748761200,"end":1748847600,"country":"US","tier":"0:MAX","volume":3,
    ///         "cost":0.1}"#,
    /// )?;
    /// assert_eq!((point.tier.as_deref(), point.volume), (Some("0:MAX"), Some(3)));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
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
