//! Calls and what they cost.
//!
//! Source: <https://developers.facebook.com/docs/whatsapp/business-management-api/analytics>

use crate::api::analytics::ask::{analytics, filter_words};
use crate::api::analytics::{AnalyticsTime, Granularity};
use crate::api::templates::Texts;
use crate::id::AccountId;
use crate::wire::{object, open_enum};

filter_words!(CallDirection, CallDimension, CallMetric,);

analytics! {
    /// Asks for calls, how long they were and what they cost.
    ///
    /// Source: <https://developers.facebook.com/docs/whatsapp/business-management-api/analytics#call-analytics>
    ///
    /// ```
    /// use whatsapp_cloud::api::analytics::{CallDirection, GetCallAnalytics, Granularity};
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let daily = Granularity::Daily;
    /// let mut call = GetCallAnalytics::new("102290129340398", 1759302000, 1767168000, daily);
    /// call.directions = vec![CallDirection::UserInitiated];
    /// assert_eq!(
    ///     call.request()?.query()[0].1,
    ///     "call_analytics.start(1759302000).end(1767168000).granularity(DAILY)\
    ///      .directions([\"USER_INITIATED\"])"
    /// );
    /// # Ok::<(), whatsapp_cloud::Error>(())
    /// ```
    pub struct GetCallAnalytics -> CallAnalyticsAnswer = "get call analytics";
    get "call_analytics" by Granularity {
        /// Of those numbers, as digits.
        phone_numbers: String = "phone_numbers",
        /// With those countries.
        country_codes: String = "country_codes",
        /// Begun by those.
        directions: CallDirection = "directions",
        /// Told apart by those.
        dimensions: CallDimension = "dimensions",
        /// Those figures.
        metric_types: CallMetric = "metric_types",
    }
}

open_enum! {
    /// Who called.
    ///
    /// ```
    /// use whatsapp_cloud::api::analytics::{CallDirection, CallPoint};
    ///
    /// let point: CallPoint = serde_json::from_str(
    ///     r#"{"start":1759302000,"end":1759388400,"direction":"USER_INITIATED"}"#,
    /// )?;
    /// assert_eq!(point.direction, Some(CallDirection::UserInitiated));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    CallDirection {
        /// The customer.
        UserInitiated = "USER_INITIATED",
        /// The business.
        BusinessInitiated = "BUSINESS_INITIATED",
    }
}

open_enum! {
    /// What figures of calls are told apart by.
    ///
    /// ```
    /// use whatsapp_cloud::api::analytics::{CallDimension, GetCallAnalytics, Granularity};
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let daily = Granularity::Daily;
    /// let mut call = GetCallAnalytics::new("102290129340398", 1759302000, 1767168000, daily);
    /// call.dimensions = vec![CallDimension::Country];
    /// assert!(call.request()?.query()[0].1.ends_with(r#".dimensions(["country"])"#));
    /// # Ok::<(), whatsapp_cloud::Error>(())
    /// ```
    CallDimension {
        /// By number.
        Phone = "phone",
        /// By who called.
        Direction = "direction",
        /// By country.
        Country = "country",
    }
}

open_enum! {
    /// A figure of calls.
    ///
    /// ```
    /// use whatsapp_cloud::api::analytics::{CallMetric, GetCallAnalytics, Granularity};
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let daily = Granularity::Daily;
    /// let mut call = GetCallAnalytics::new("102290129340398", 1759302000, 1767168000, daily);
    /// call.metric_types = vec![CallMetric::Count, CallMetric::AverageDuration];
    /// let field = call.request()?.query()[0].1.clone();
    /// assert!(field.ends_with(r#".metric_types(["COUNT","AVERAGE_DURATION"])"#));
    /// # Ok::<(), whatsapp_cloud::Error>(())
    /// ```
    CallMetric {
        /// How many.
        Count = "COUNT",
        /// What they cost.
        Cost = "COST",
        /// How long they were.
        AverageDuration = "AVERAGE_DURATION",
    }
}

object! {
    /// The figures of calls, as Meta answers them.
    ///
    /// ```
    /// use whatsapp_cloud::api::analytics::CallAnalyticsAnswer;
    ///
    /// let answer: CallAnalyticsAnswer = serde_json::from_str(
    ///     r#"{"id":"102290129340398","call_analytics":{"data_points":[{"start":1759302000,
    ///         "end":1759388400,"count":12}]}}"#,
    /// )?;
    /// let days = answer.call_analytics.unwrap().data_points;
    /// assert_eq!(days.iter().filter_map(|day| day.count).sum::<u64>(), 12);
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct CallAnalyticsAnswer {
        /// The figures.
        pub call_analytics: Option<CallAnalytics> = "call_analytics",
        /// The account.
        pub id: AccountId = "id",
    }
}

object! {
    /// The figures of calls.
    ///
    /// ```
    /// use whatsapp_cloud::api::analytics::CallAnalytics;
    ///
    /// let figures: CallAnalytics = serde_json::from_str(
    ///     r#"{"granularity":"DAILY","data_points":[{"cost":0.4},{"cost":0.2}]}"#,
    /// )?;
    /// let dearest = figures.data_points.iter().filter_map(|day| day.cost).fold(0.0, f64::max);
    /// assert_eq!(dearest, 0.4);
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct CallAnalytics {
        /// How fine they are.
        pub granularity: Option<Granularity> = "granularity",
        /// Begun by whom: a word or several.
        pub directions: Texts = "directions",
        /// Time by time.
        pub data_points: Vec<CallPoint> = "data_points",
        /// The same below a list, as other figures are. Undescribed by Meta's pages.
        pub data: Vec<CallPoints> = "data",
    }
}

object! {
    /// Figures of calls, time by time.
    ///
    /// ```
    /// use whatsapp_cloud::api::analytics::{CallAnalytics, CallPoints};
    ///
    /// let figures: CallAnalytics = serde_json::from_str(
    ///     r#"{"data":[{"data_points":[{"count":3}]}]}"#,
    /// )?;
    /// let CallPoints { data_points, .. } = &figures.data[0];
    /// assert_eq!(data_points[0].count, Some(3));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct CallPoints {
        /// Time by time.
        pub data_points: Vec<CallPoint> = "data_points",
    }
}

object! {
    /// The calls of some time.
    ///
    /// ```
    /// use whatsapp_cloud::api::analytics::CallPoint;
    ///
    /// let point: CallPoint = serde_json::from_str(
    ///     r#"{"start":1759302000,"end":1759388400,"count":12,"average_duration":93.5}"#,
    /// )?;
    /// assert_eq!(point.start.seconds(), Some(1_759_302_000));
    /// assert_eq!((point.count, point.average_duration), (Some(12), Some(93.5)));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct CallPoint {
        /// From when on.
        pub start: AnalyticsTime = "start",
        /// Until when.
        pub end: AnalyticsTime = "end",
        /// How many.
        pub count: Option<u64> = "count",
        /// What they cost, about, in the account's currency.
        pub cost: Option<f64> = "cost",
        /// How long they were, in seconds.
        pub average_duration: Option<f64> = "average_duration",
        /// The number.
        pub phone_number: Option<String> = "phone_number",
        /// The country.
        pub country: Option<String> = "country",
        /// Who called.
        pub direction: Option<CallDirection> = "direction",
    }
}
