//! Conversations and what they cost.
//!
//! Source: <https://developers.facebook.com/docs/whatsapp/business-management-api/analytics>

use crate::api::analytics::ask::{analytics, filter_words};
use crate::api::analytics::{AnalyticsTime, Granularity};
use crate::id::AccountId;
use crate::wire::{object, open_enum};

filter_words!(
    ConversationMetric,
    ConversationCategory,
    ConversationType,
    ConversationDirection,
    ConversationDimension,
);

analytics! {
    /// Asks for conversations and what they cost. Of the time before July 2025, when
    /// conversations had a price.
    ///
    /// Source: <https://developers.facebook.com/docs/whatsapp/business-management-api/analytics#conversation-analytics-parameters>
    ///
    /// ```
    /// use whatsapp_cloud::api::analytics::{
    ///     ConversationDimension, GetConversationAnalytics, Granularity,
    /// };
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let monthly = Granularity::Monthly;
    /// let mut call =
    ///     GetConversationAnalytics::new("102290129340398", 1685602800, 1688194800, monthly);
    /// call.dimensions = vec![ConversationDimension::Country];
    /// assert_eq!(
    ///     call.request()?.query()[0].1,
    ///     "conversation_analytics.start(1685602800).end(1688194800).granularity(MONTHLY)\
    ///  .dimensions([\"COUNTRY\"])"
    /// );
    /// # Ok::<(), whatsapp_cloud::Error>(())
    /// ```
    pub struct GetConversationAnalytics -> ConversationAnalyticsAnswer = "get conversation analytics";
    get "conversation_analytics" by Granularity {
        /// Of those numbers, as digits.
        phone_numbers: String = "phone_numbers",
        /// To those countries.
        country_codes: String = "country_codes",
        /// Those figures.
        metric_types: ConversationMetric = "metric_types",
        /// Of those categories.
        conversation_categories: ConversationCategory = "conversation_categories",
        /// Of those types.
        conversation_types: ConversationType = "conversation_types",
        /// Begun by those.
        conversation_directions: ConversationDirection = "conversation_directions",
        /// Told apart by those.
        dimensions: ConversationDimension = "dimensions",
    }
}

open_enum! {
    /// A figure of conversations.
    ///
    /// ```
    /// use whatsapp_cloud::api::analytics::{
    ///     ConversationMetric, GetConversationAnalytics, Granularity,
    /// };
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let (from, to, daily) = (1685602800, 1688194800, Granularity::Daily);
    /// let mut call = GetConversationAnalytics::new("102290129340398", from, to, daily);
    /// call.metric_types = vec![ConversationMetric::Cost];
    /// assert!(call.request()?.query()[0].1.ends_with(r#".metric_types(["COST"])"#));
    /// # Ok::<(), whatsapp_cloud::Error>(())
    /// ```
    ConversationMetric {
        /// What they cost. Not for those whom a partner bills.
        Cost = "COST",
        /// How many.
        Conversation = "CONVERSATION",
    }
}

open_enum! {
    /// What a conversation was about.
    ///
    /// ```
    /// use whatsapp_cloud::api::analytics::{ConversationCategory, ConversationPoint};
    ///
    /// let point: ConversationPoint = serde_json::from_str(
    ///     r#"{"conversation_category":"UTILITY","conversation":1558}"#,
    /// )?;
    /// assert_eq!(point.conversation_category, Some(ConversationCategory::Utility));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    ConversationCategory {
        /// One-time codes.
        Authentication = "AUTHENTICATION",
        /// Offers.
        Marketing = "MARKETING",
        /// What the customer asked.
        Service = "SERVICE",
        /// What followed from something the customer did.
        Utility = "UTILITY",
    }
}

open_enum! {
    /// Whether a conversation had a price.
    ///
    /// ```
    /// use whatsapp_cloud::api::analytics::{ConversationPoint, ConversationType};
    ///
    /// let point: ConversationPoint = serde_json::from_str(
    ///     r#"{"conversation_type":"FREE_TIER","conversation":1558,"cost":0}"#,
    /// )?;
    /// assert!(point.conversation_type != Some(ConversationType::Regular), "it was free");
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    ConversationType {
        /// It came from an ad or a button: free. As filters write it.
        FreeEntry = "FREE_ENTRY",
        /// It came from an ad or a button: free. As answers write it.
        FreeEntryPoint = "FREE_ENTRY_POINT",
        /// One of the first of a month: free.
        FreeTier = "FREE_TIER",
        /// It had one.
        Regular = "REGULAR",
    }
}

open_enum! {
    /// Who began a conversation.
    ///
    /// ```
    /// use whatsapp_cloud::api::analytics::ConversationDirection;
    ///
    /// // Meta's own word for what it does not know is a word like the others.
    /// assert_eq!(ConversationDirection::from("UNKNOWN"), ConversationDirection::NotKnown);
    /// assert!(!ConversationDirection::from("SIDEWAYS").is_known());
    /// ```
    ConversationDirection {
        /// The business.
        BusinessInitiated = "BUSINESS_INITIATED",
        /// The customer.
        UserInitiated = "USER_INITIATED",
        /// Meta does not know.
        NotKnown = "UNKNOWN",
    }
}

open_enum! {
    /// What figures of conversations are told apart by.
    ///
    /// ```
    /// use whatsapp_cloud::api::analytics::{
    ///     ConversationDimension, GetConversationAnalytics, Granularity,
    /// };
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let (from, to, daily) = (1685602800, 1688194800, Granularity::Daily);
    /// let mut call = GetConversationAnalytics::new("102290129340398", from, to, daily);
    /// call.dimensions = vec![ConversationDimension::Type, ConversationDimension::Country];
    /// let field = call.request()?.query()[0].1.clone();
    /// assert!(field.ends_with(r#".dimensions(["CONVERSATION_TYPE","COUNTRY"])"#));
    /// # Ok::<(), whatsapp_cloud::Error>(())
    /// ```
    ConversationDimension {
        /// By category.
        Category = "CONVERSATION_CATEGORY",
        /// By who began them.
        Direction = "CONVERSATION_DIRECTION",
        /// By type.
        Type = "CONVERSATION_TYPE",
        /// By country.
        Country = "COUNTRY",
        /// By number.
        Phone = "PHONE",
    }
}

object! {
    /// The figures of conversations, as Meta answers them.
    ///
    /// ```
    /// use whatsapp_cloud::api::analytics::ConversationAnalyticsAnswer;
    ///
    /// let answer: ConversationAnalyticsAnswer = serde_json::from_str(
    ///     r#"{"id":"102290129340398",
    ///         "conversation_analytics":{"data":[{"data_points":[{"conversation":1558,
    ///         "cost":15.58}]}]}}"#,
    /// )?;
    /// let figures = answer.conversation_analytics.unwrap();
    /// assert_eq!(figures.data[0].data_points[0].cost, Some(15.58));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct ConversationAnalyticsAnswer {
        /// The figures.
        pub conversation_analytics: Option<ConversationAnalytics> = "conversation_analytics",
        /// The figures without a cover, as one example of Meta's has them.
        pub data: Vec<ConversationPoints> = "data",
        /// The account.
        pub id: AccountId = "id",
    }
}

object! {
    /// The figures of conversations.
    ///
    /// ```
    /// use whatsapp_cloud::api::analytics::ConversationAnalytics;
    ///
    /// let figures: ConversationAnalytics = serde_json::from_str(
    ///     r#"{"data":[{"data_points":[{"conversation":7636},{"conversation":1558}]}]}"#,
    /// )?;
    /// let points = figures.data.iter().flat_map(|points| &points.data_points);
    /// assert_eq!(points.filter_map(|point| point.conversation).sum::<u64>(), 9194);
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct ConversationAnalytics {
        /// The figures.
        pub data: Vec<ConversationPoints> = "data",
    }
}

object! {
    /// Figures of conversations, time by time.
    ///
    /// ```
    /// use whatsapp_cloud::api::analytics::ConversationPoints;
    ///
    /// let points: ConversationPoints = serde_json::from_str(
    ///     r#"{"data_points":[{"country":"BR"},{"country":"IN"}]}"#,
    /// )?;
    /// assert!(points.data_points.iter().any(|point| point.country.as_deref() == Some("BR")));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct ConversationPoints {
        /// Time by time.
        pub data_points: Vec<ConversationPoint> = "data_points",
    }
}

object! {
    /// The conversations of some time.
    ///
    /// ```
    /// use whatsapp_cloud::api::analytics::ConversationPoint;
    ///
    /// let point: ConversationPoint = serde_json::from_str(
    ///     r#"{"start":1688454000,"end":1688540400,"conversation":1558,"cost":15.58}"#,
    /// )?;
    /// let each = point.cost.unwrap() / point.conversation.unwrap() as f64;
    /// assert_eq!(each, 0.01);
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct ConversationPoint {
        /// From when on.
        pub start: AnalyticsTime = "start",
        /// Until when.
        pub end: AnalyticsTime = "end",
        /// How many.
        pub conversation: Option<u64> = "conversation",
        /// What they cost, about, in the account's currency.
        pub cost: Option<f64> = "cost",
        /// The number.
        pub phone_number: Option<String> = "phone_number",
        /// The country.
        pub country: Option<String> = "country",
        /// Whether they had a price.
        pub conversation_type: Option<ConversationType> = "conversation_type",
        /// Who began them.
        pub conversation_direction: Option<ConversationDirection> = "conversation_direction",
        /// What they were about.
        pub conversation_category: Option<ConversationCategory> = "conversation_category",
    }
}
