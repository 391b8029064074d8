//! How many messages were sent and delivered.
//!
//! Source: <https://developers.facebook.com/docs/whatsapp/business-management-api/analytics>

use crate::api::analytics::AnalyticsTime;
use crate::api::analytics::ask::analytics;
use crate::api::analytics::expression::Word;
use crate::id::AccountId;
use crate::wire::{object, open_enum};

open_enum! {
    /// How fine figures of messages are.
    MessageGranularity {
        /// Every half hour.
        HalfHour = "HALF_HOUR",
        /// Every day.
        Day = "DAY",
        /// Every month.
        Month = "MONTH",
    }
}

open_enum! {
    /// How fine figures of conversations, prices and calls are.
    Granularity {
        /// Every half hour.
        HalfHour = "HALF_HOUR",
        /// Every day.
        Daily = "DAILY",
        /// Every month.
        Monthly = "MONTHLY",
    }
}

analytics! {
    /// Asks how many messages were sent and delivered.
    ///
    /// Source: <https://developers.facebook.com/docs/whatsapp/business-management-api/analytics#analytics-parameters>
    ///
    /// ```
    /// use whatsapp_cloud::api::analytics::{GetMessageAnalytics, MessageGranularity};
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let day = MessageGranularity::Day;
    /// let mut call = GetMessageAnalytics::new("102290129340398", 1543543200, 1544148000, day);
    /// call.country_codes = vec!["BR".to_owned()];
    /// assert_eq!(
    ///     call.request()?.query()[0].1,
    ///     r#"analytics.start(1543543200).end(1544148000).granularity(DAY).country_codes(["BR"])"#
    /// );
    /// # Ok::<(), whatsapp_cloud::Error>(())
    /// ```
    pub struct GetMessageAnalytics -> MessageAnalyticsAnswer = "get message analytics";
    get "analytics" by MessageGranularity {
        /// Of those numbers, as digits.
        phone_numbers: String = "phone_numbers",
        /// Of those kinds.
        product_types: ProductType = "product_types",
        /// To those countries.
        country_codes: String = "country_codes",
    }
}

open_enum! {
    /// A kind of messages.
    ProductType {
        /// Those the business began: `0`.
        Notification = "0",
        /// Those the customer began: `2`.
        CustomerSupport = "2",
    }
}

/// Written without quotes: they are numbers.
impl Word for ProductType {
    fn text(&self) -> &str {
        self.as_str()
    }

    fn written(&self) -> String {
        self.as_str().to_owned()
    }
}

object! {
    /// The figures of messages, as Meta answers them.
    pub struct MessageAnalyticsAnswer {
        /// The figures.
        pub analytics: Option<MessageAnalytics> = "analytics",
        /// The account.
        pub id: AccountId = "id",
    }
}

object! {
    /// The figures of messages.
    pub struct MessageAnalytics {
        /// Of which numbers.
        pub phone_numbers: Vec<String> = "phone_numbers",
        /// To which countries.
        pub country_codes: Vec<String> = "country_codes",
        /// How fine they are.
        pub granularity: Option<MessageGranularity> = "granularity",
        /// Time by time. Not there when nothing was sent.
        pub data_points: Vec<MessagePoint> = "data_points",
    }
}

object! {
    /// The messages of some time.
    pub struct MessagePoint {
        /// From when on.
        pub start: AnalyticsTime = "start",
        /// Until when.
        pub end: AnalyticsTime = "end",
        /// How many were sent.
        pub sent: Option<u64> = "sent",
        /// How many were delivered.
        pub delivered: Option<u64> = "delivered",
    }
}
