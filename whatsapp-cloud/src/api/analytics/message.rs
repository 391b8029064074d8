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
    ///
    /// ```
    /// use whatsapp_cloud::api::analytics::{GetMessageAnalytics, MessageGranularity};
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let day = MessageGranularity::Day;
    /// let call = GetMessageAnalytics::new("102290129340398", 1680503760, 1680564980, day);
    /// assert!(call.request()?.query()[0].1.ends_with(".granularity(DAY)"));
    /// # Ok::<(), whatsapp_cloud::Error>(())
    /// ```
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
    ///
    /// ```
    /// use whatsapp_cloud::api::analytics::{GetPricingAnalytics, Granularity};
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let month = Granularity::Monthly;
    /// let call = GetPricingAnalytics::new("102290129340398", 1748761200, 1751353200, month);
    /// assert!(call.request()?.query()[0].1.ends_with(".granularity(MONTHLY)"));
    /// # Ok::<(), whatsapp_cloud::Error>(())
    /// ```
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
    ///
    /// ```
    /// use whatsapp_cloud::api::analytics::{
    ///     GetMessageAnalytics, MessageGranularity, ProductType,
    /// };
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let day = MessageGranularity::Day;
    /// let mut call = GetMessageAnalytics::new("102290129340398", 1680503760, 1680564980, day);
    /// call.product_types = vec![ProductType::CustomerSupport];
    /// assert!(call.request()?.query()[0].1.ends_with(".product_types([2])"));
    /// # Ok::<(), whatsapp_cloud::Error>(())
    /// ```
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
    ///
    /// ```
    /// use whatsapp_cloud::api::analytics::MessageAnalyticsAnswer;
    ///
    /// let answer: MessageAnalyticsAnswer = serde_json::from_str(
    ///     r#"{"id":"102290129340398","analytics":{"granularity":"DAY",
    ///         "data_points":[{"sent":196093,"delivered":179715}]}}"#,
    /// )?;
    /// let figures = answer.analytics.unwrap();
    /// assert_eq!(figures.data_points[0].delivered, Some(179_715));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct MessageAnalyticsAnswer {
        /// The figures.
        pub analytics: Option<MessageAnalytics> = "analytics",
        /// The account.
        pub id: AccountId = "id",
    }
}

object! {
    /// The figures of messages.
    ///
    /// ```
    /// use whatsapp_cloud::api::analytics::{MessageAnalytics, MessageGranularity};
    ///
    /// let figures: MessageAnalytics = serde_json::from_str(
    ///     r#"{"phone_numbers":["16505550111"],"country_codes":["US","BR"],"granularity":"DAY"}"#,
    /// )?;
    /// assert_eq!(figures.granularity, Some(MessageGranularity::Day));
    /// assert!(figures.data_points.is_empty(), "nothing was sent");
    /// # Ok::<(), serde_json::Error>(())
    /// ```
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
    ///
    /// ```
    /// use whatsapp_cloud::api::analytics::MessagePoint;
    ///
    /// let day: MessagePoint = serde_json::from_str(
    ///     r#"{"start":1543543200,"end":1543629600,"sent":196093,"delivered":179715}"#,
    /// )?;
    /// assert_eq!(day.sent.unwrap() - day.delivered.unwrap(), 16_378, "not delivered yet");
    /// # Ok::<(), serde_json::Error>(())
    /// ```
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
