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
    CallDirection {
        /// The customer.
        UserInitiated = "USER_INITIATED",
        /// The business.
        BusinessInitiated = "BUSINESS_INITIATED",
    }
}

open_enum! {
    /// What figures of calls are told apart by.
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
    pub struct CallAnalyticsAnswer {
        /// The figures.
        pub call_analytics: Option<CallAnalytics> = "call_analytics",
        /// The account.
        pub id: AccountId = "id",
    }
}

object! {
    /// The figures of calls.
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
    pub struct CallPoints {
        /// Time by time.
        pub data_points: Vec<CallPoint> = "data_points",
    }
}

object! {
    /// The calls of some time.
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
