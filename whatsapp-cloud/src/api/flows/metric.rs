//! How a Flow's endpoint does.

use std::fmt::{self, Write as _};

use crate::api::call::{self, Operation};
use crate::endpoint::{Endpoint, Method, Request};
use crate::error::Result;
use crate::id::FlowId;
use crate::violation::Violations;
use crate::wire::{object, open_enum};

/// Asks for the figures of a Flow's endpoint. They are some hours old, and there are none for
/// less than 250 requests.
///
/// Source: <https://developers.facebook.com/docs/whatsapp/flows/reference/metrics_api>
///
/// ```
/// use whatsapp_cloud::api::flows::{FlowMetricName, GetFlowMetric, Granularity};
/// use whatsapp_cloud::endpoint::Endpoint;
///
/// let mut call = GetFlowMetric::new(
///     "550000000000000",
///     FlowMetricName::EndpointRequestError,
///     Granularity::Day,
/// );
/// call.since = Some("2024-01-28".to_owned());
/// assert_eq!(
///     call.request()?.query()[0].1,
///     "metric.name(ENDPOINT_REQUEST_ERROR).granularity(DAY).since(2024-01-28)",
/// );
/// # Ok::<(), whatsapp_cloud::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct GetFlowMetric {
    /// The Flow.
    pub flow_id: FlowId,
    /// Which figures.
    pub name: FlowMetricName,
    /// For which times each.
    pub granularity: Granularity,
    /// The first day, as `2024-01-28`: at most 90 days ago, or 30 for hours.
    pub since: Option<String>,
    /// The last day; nothing is today.
    pub until: Option<String>,
}

impl GetFlowMetric {
    /// All that Meta has.
    pub fn new(flow_id: impl Into<FlowId>, name: FlowMetricName, granularity: Granularity) -> Self {
        Self { flow_id: flow_id.into(), name, granularity, since: None, until: None }
    }
}

impl Endpoint for GetFlowMetric {
    type Response = MeasuredFlow;
    const OPERATION: &'static str = "get a flow metric";
    const IDEMPOTENT: bool = true;

    fn request(&self) -> Result<Request> {
        let mut found = Violations::default();
        for (path, word) in
            [("name", self.name.as_str()), ("granularity", self.granularity.as_str())]
        {
            // What stands in the brackets must not end them.
            let is_word = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
            if word.is_empty() || !word.bytes().all(is_word) {
                found.add(path, "a word of letters, digits and underscores");
            }
        }
        for (path, day) in [("since", &self.since), ("until", &self.until)] {
            if day.as_deref().is_some_and(|day| !is_day(day)) {
                found.add(path, "a day as YYYY-MM-DD");
            }
        }
        let fields = [("fields", Some(self.to_string()))];
        call::request::<Self>(&[("flow_id", &self.flow_id)], &fields, found)
    }
}

impl Operation for GetFlowMetric {
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/{Flow-ID}";
    type Body = ();
}

fn is_day(text: &str) -> bool {
    text.len() == 10
        && text.bytes().enumerate().all(|(index, byte)| match index {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        })
}

/// The figures as Meta wants them named among the fields.
impl fmt::Display for GetFlowMetric {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (name, granularity) = (self.name.as_str(), self.granularity.as_str());
        write!(f, "metric.name({name}).granularity({granularity})")?;
        for (word, day) in [("since", &self.since), ("until", &self.until)] {
            if let Some(day) = day {
                f.write_char('.')?;
                write!(f, "{word}({day})")?;
            }
        }
        Ok(())
    }
}

open_enum! {
    /// Figures of a Flow's endpoint.
    ///
    /// ```
    /// use whatsapp_cloud::api::flows::{FlowMetricName, GetFlowMetric, Granularity};
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let errors = FlowMetricName::EndpointRequestErrorRate;
    /// assert!(GetFlowMetric::new("1009394080257936", errors, Granularity::Day).request().is_ok());
    /// ```
    FlowMetricName {
        /// How often it was asked. One value.
        EndpointRequestCount = "ENDPOINT_REQUEST_COUNT",
        /// How often it failed, by the kind of error.
        EndpointRequestError = "ENDPOINT_REQUEST_ERROR",
        /// Which part failed: 0.24 is 24 %. One value.
        EndpointRequestErrorRate = "ENDPOINT_REQUEST_ERROR_RATE",
        /// How often it took so many seconds, rounded up: `1` to `10`, and `10+`.
        EndpointRequestLatencySecondsCeil = "ENDPOINT_REQUEST_LATENCY_SECONDS_CEIL",
        /// How often it was found to be there: `succeeded`, `failed`. From data API 3.0 on.
        EndpointAvailability = "ENDPOINT_AVAILABILITY",
    }
}

open_enum! {
    /// For which times figures are.
    ///
    /// ```
    /// use whatsapp_cloud::api::flows::{FlowMetric, Granularity};
    ///
    /// let metric: FlowMetric = serde_json::from_str(
    ///     r#"{"name":"ENDPOINT_AVAILABILITY","granularity":"LIFETIME"}"#,
    /// )?;
    /// assert_eq!(metric.granularity, Some(Granularity::Lifetime));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    Granularity {
        /// Each day.
        Day = "DAY",
        /// Each hour.
        Hour = "HOUR",
        /// All of it at once.
        Lifetime = "LIFETIME",
    }
}

object! {
    /// A Flow with its figures.
    ///
    /// ```
    /// use whatsapp_cloud::api::flows::{FlowMetricName, MeasuredFlow};
    ///
    /// let flow: MeasuredFlow = serde_json::from_str(
    ///     r#"{"id":"1009394080257936","metric":{"name":"ENDPOINT_REQUEST_COUNT",
    ///         "granularity":"DAY"}}"#,
    /// )?;
    /// assert_eq!(flow.metric.unwrap().name, FlowMetricName::EndpointRequestCount);
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct MeasuredFlow {
        /// The Flow.
        pub id: FlowId = "id",
        /// Its figures.
        pub metric: Option<FlowMetric> = "metric",
    }
}

object! {
    /// Figures of a Flow's endpoint.
    ///
    /// ```
    /// use whatsapp_cloud::api::flows::FlowMetric;
    ///
    /// let metric: FlowMetric = serde_json::from_str(
    ///     r#"{"name":"ENDPOINT_REQUEST_ERROR",
    ///         "data_points":[{"timestamp":"2024-01-28T08:00:00+0000","data":[{"key":"timeout",
    ///         "value":2},{"key":"http_error","value":1}]}]}"#,
    /// )?;
    /// let errors: f64 = metric.data_points[0].data.iter().map(|error| error.value).sum();
    /// assert_eq!(errors, 3.0);
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct FlowMetric {
        /// Which.
        pub name: FlowMetricName = "name",
        /// For which times each.
        pub granularity: Option<Granularity> = "granularity",
        /// They, in the order of time.
        pub data_points: Vec<FlowMetricPoint> = "data_points",
    }
}

object! {
    /// The figures of one time.
    ///
    /// ```
    /// use whatsapp_cloud::api::flows::FlowMetricPoint;
    ///
    /// let hour: FlowMetricPoint = serde_json::from_str(
    ///     r#"{"timestamp":"2024-01-28T08:00:00+0000","data":[{"key":"value","value":1}]}"#,
    /// )?;
    /// assert_eq!(hour.data[0].value, 1.0);
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct FlowMetricPoint {
        /// When it began, as `2024-01-28T08:00:00+0000`.
        pub timestamp: Option<String> = "timestamp",
        /// What was counted.
        pub data: Vec<FlowMetricValue> = "data",
    }
}

object! {
    /// One figure.
    ///
    /// ```
    /// use whatsapp_cloud::api::flows::{FlowMetricPoint, FlowMetricValue};
    ///
    /// let hour: FlowMetricPoint = serde_json::from_str(
    ///     r#"{"data":[{"key":"timeout","value":2}]}"#,
    /// )?;
    /// let FlowMetricValue { key, value, .. } = &hour.data[0];
    /// assert_eq!((key.as_str(), *value), ("timeout", 2.0));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct FlowMetricValue {
        /// What was counted: `value`, `timeout_error`, `10+`, …
        pub key: String = "key",
        /// How much.
        pub value: f64 = "value",
    }
}
