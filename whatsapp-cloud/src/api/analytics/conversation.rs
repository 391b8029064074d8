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
    /// let mut call = GetConversationAnalytics::new("102290129340398", 1685602800, 1688194800, monthly);
    /// call.dimensions = vec![ConversationDimension::Country];
    /// assert_eq!(
    ///     call.request()?.query()[0].1,
    ///     "conversation_analytics.start(1685602800).end(1688194800).granularity(MONTHLY)\
    ///      .dimensions([\"COUNTRY\"])"
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
    ConversationMetric {
        /// What they cost. Not for those whom a partner bills.
        Cost = "COST",
        /// How many.
        Conversation = "CONVERSATION",
    }
}

open_enum! {
    /// What a conversation was about.
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
    pub struct ConversationAnalytics {
        /// The figures.
        pub data: Vec<ConversationPoints> = "data",
    }
}

object! {
    /// Figures of conversations, time by time.
    pub struct ConversationPoints {
        /// Time by time.
        pub data_points: Vec<ConversationPoint> = "data_points",
    }
}

object! {
    /// The conversations of some time.
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
