//! When figures begin and end.

use serde::{Serialize, Serializer};
use serde_json::Value;

use crate::api::call::Segment;
use crate::violation::Violations;
use crate::wire::member::{Member, Read};

/// A moment in seconds since 1970, or a day: `2025-01-06`.
///
/// ```
/// use whatsapp_cloud::api::analytics::AnalyticsTime;
///
/// assert_eq!(AnalyticsTime::from(1_718_064_000).as_str(), "1718064000");
/// assert!(AnalyticsTime::from("2025-01-06").is_day());
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct AnalyticsTime(String);

impl AnalyticsTime {
    /// As it is written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The moment, when it is one.
    ///
    /// ```
    /// use whatsapp_cloud::api::analytics::AnalyticsTime;
    ///
    /// assert_eq!(AnalyticsTime::from(1_718_064_000).seconds(), Some(1_718_064_000));
    /// assert_eq!(AnalyticsTime::from("2025-01-06").seconds(), None);
    /// ```
    pub fn seconds(&self) -> Option<u64> {
        self.0.parse().ok()
    }

    /// Whether it is a day.
    pub fn is_day(&self) -> bool {
        let bytes = self.0.as_bytes();
        bytes.len() == 10
            && bytes.iter().enumerate().all(|(index, byte)| match index {
                4 | 7 => *byte == b'-',
                _ => byte.is_ascii_digit(),
            })
    }
}

impl From<u64> for AnalyticsTime {
    fn from(seconds: u64) -> Self {
        Self(seconds.to_string())
    }
}

impl From<&str> for AnalyticsTime {
    fn from(time: &str) -> Self {
        Self(time.to_owned())
    }
}

impl Segment for AnalyticsTime {
    fn as_segment(&self) -> &str {
        &self.0
    }

    fn check_segment(&self, name: &str, found: &mut Violations) {
        if self.seconds().is_none() && !self.is_day() {
            found.add(name, "seconds since 1970, or a day such as 2025-01-06");
        }
    }
}

impl Serialize for AnalyticsTime {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.seconds() {
            Some(seconds) => serializer.serialize_u64(seconds),
            None => serializer.serialize_str(&self.0),
        }
    }
}

impl Member for AnalyticsTime {
    fn read(value: Value) -> Result<Read<Self>, Value> {
        let Read { value: text, .. } = String::read(value.clone())?;
        let time = Self(text);
        let is_written = serde_json::to_value(&time).ok().as_ref() == Some(&value);
        if is_written && !time.is_absent() { Read::usual(time) } else { Read::odd(time, value) }
    }

    fn is_absent(&self) -> bool {
        self.0.is_empty()
    }
}
