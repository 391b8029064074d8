//! What Meta's headers say about how much of the limits is used.
//!
//! The headers hold JSON. What cannot be read in them is left out: a call that succeeded must
//! not fail by its usage.

use std::time::Duration;

use serde_json::Value;

use crate::client::HttpResponse;
use crate::id::AccountId;

/// The most entries that are kept of one answer.
const MOST: usize = 64;

/// How long to wait when a limit is used up and nothing says for how long: Meta counts over an
/// hour that moves on, and says after each call how much of it is used.
pub(super) const USED_UP: Duration = Duration::from_secs(60);

/// How much of Meta's limits is used, as the headers of an answer tell.
///
/// Source: <https://developers.facebook.com/docs/graph-api/overview/rate-limiting>
///
/// ```
/// use std::time::Duration;
/// use whatsapp_cloud::client::{HttpResponse, Usage};
///
/// let mut answer = HttpResponse::new(400, "");
/// answer.headers.push((
///     "X-Business-Use-Case-Usage".to_owned(),
///     r#"{"102290129340398":[{"type":"whatsapp","call_count":100,
///         "estimated_time_to_regain_access":19}]}"#.to_owned(),
/// ));
/// let usage = Usage::of(&answer);
///
/// assert_eq!(usage.highest(), Some(100.0));
/// assert_eq!(usage.wait(), Some(Duration::from_secs(19 * 60)));
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Usage {
    /// Of the app's limits (`X-App-Usage`).
    pub app: Option<Shares>,
    /// Of the limits of each business object (`X-Business-Use-Case-Usage`).
    pub accounts: Vec<AccountUsage>,
    /// How long to wait (`Retry-After`).
    pub retry_after: Option<Duration>,
}

/// Parts of limits, in percent. A call is throttled when one of them reaches a hundred.
///
/// ```
/// use whatsapp_cloud::client::{Shares, Usage};
///
/// let said = r#"{"call_count":28,"total_time":91}"#;
/// let header = |name: &str| name.eq_ignore_ascii_case("X-App-Usage").then_some(said);
/// let shares: Shares = Usage::read(header).app.unwrap();
/// assert_eq!(shares.highest(), Some(91.0));
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Shares {
    /// Of the calls allowed.
    pub call_count: Option<f64>,
    /// Of the time allowed.
    pub total_time: Option<f64>,
    /// Of the processor time allowed.
    pub total_cputime: Option<f64>,
}

/// What is used of the limits of one business object.
///
/// ```
/// use whatsapp_cloud::client::{AccountUsage, Usage};
///
/// let said = r#"{"102290129340398":[{"type":"whatsapp","call_count":100}]}"#;
/// let header =
///     |name: &str| name.eq_ignore_ascii_case("X-Business-Use-Case-Usage").then_some(said);
/// let AccountUsage { account, shares, .. } = &Usage::read(header).accounts[0];
/// assert_eq!((account.as_str(), shares.highest()), ("102290129340398", Some(100.0)));
/// ```
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct AccountUsage {
    /// Which one; for the calls of this crate, the WhatsApp Business account.
    pub account: AccountId,
    /// Whose limit, as Meta calls it: `whatsapp` for the calls of this crate.
    pub product: Option<String>,
    /// How much of it.
    pub shares: Shares,
    /// How long until calls are taken again, when they are not.
    pub regain_after: Option<Duration>,
}

impl Usage {
    /// What the headers of an answer say.
    pub fn of(response: &HttpResponse) -> Self {
        Self::read(|name| response.header(name))
    }

    /// What headers say, each found by its name in lower case.
    pub fn read<'h>(header: impl Fn(&str) -> Option<&'h str>) -> Self {
        let json = |name| header(name).and_then(|text| serde_json::from_str::<Value>(text).ok());
        Self {
            app: json("x-app-usage").as_ref().and_then(Shares::of),
            accounts: json("x-business-use-case-usage")
                .map(|json| accounts(&json))
                .unwrap_or_default(),
            // Seconds only: a date would need a clock, and Meta sends none.
            retry_after: header("retry-after")
                .and_then(|text| text.trim().parse().ok())
                .map(Duration::from_secs),
        }
    }

    /// The largest part of any limit that is used, in percent.
    pub fn highest(&self) -> Option<f64> {
        let accounts = self.accounts.iter().map(|account| account.shares);
        self.app.into_iter().chain(accounts).filter_map(Shares::highest).reduce(f64::max)
    }

    /// The longest wait that is asked for. Where a limit is used up and nothing says for how
    /// long, as for that of an app, a minute.
    ///
    /// ```
    /// use std::time::Duration;
    /// use whatsapp_cloud::client::Usage;
    ///
    /// let used_up = |name: &str| (name == "x-app-usage").then_some(r#"{"call_count":100}"#);
    /// assert_eq!(Usage::read(used_up).wait(), Some(Duration::from_secs(60)));
    /// ```
    pub fn wait(&self) -> Option<Duration> {
        let app = self.app.filter(|app| app.are_used_up()).map(|_| USED_UP);
        let accounts = self.accounts.iter().filter_map(AccountUsage::wait).max();
        accounts.max(app).max(self.retry_after)
    }

    /// Whether nothing was told.
    ///
    /// ```
    /// use whatsapp_cloud::client::{HttpResponse, Usage};
    ///
    /// assert!(Usage::of(&HttpResponse::new(200, "")).is_empty());
    /// ```
    pub fn is_empty(&self) -> bool {
        self.app.is_none() && self.accounts.is_empty() && self.retry_after.is_none()
    }
}

impl Shares {
    /// The largest of them.
    pub fn highest(self) -> Option<f64> {
        [self.call_count, self.total_time, self.total_cputime]
            .into_iter()
            .flatten()
            .reduce(f64::max)
    }

    /// Whether a limit is used up.
    pub(super) fn are_used_up(self) -> bool {
        self.highest().is_some_and(|share| share >= 100.0)
    }

    fn of(json: &Value) -> Option<Self> {
        let shares = Self {
            call_count: number(&json["call_count"]),
            total_time: number(&json["total_time"]),
            total_cputime: number(&json["total_cputime"]),
        };
        (shares != Self::default()).then_some(shares)
    }
}

impl AccountUsage {
    /// How long to wait.
    pub(super) fn wait(&self) -> Option<Duration> {
        self.regain_after.or(self.shares.are_used_up().then_some(USED_UP))
    }
}

fn accounts(json: &Value) -> Vec<AccountUsage> {
    let objects = json.as_object().into_iter().flatten();
    let entries = objects.flat_map(|(id, limits)| {
        limits.as_array().into_iter().flatten().filter_map(move |limit| account(id, limit))
    });
    entries.take(MOST).collect()
}

fn account(id: &str, limit: &Value) -> Option<AccountUsage> {
    let shares = Shares::of(limit);
    let minutes = number(&limit["estimated_time_to_regain_access"]).filter(|wait| *wait > 0.0);
    if shares.is_none() && minutes.is_none() {
        return None;
    }
    Some(AccountUsage {
        account: AccountId::new(id),
        product: limit["type"].as_str().map(str::to_owned),
        shares: shares.unwrap_or_default(),
        regain_after: minutes.and_then(|minutes| Duration::try_from_secs_f64(minutes * 60.0).ok()),
    })
}

/// A number that is not negative, which Meta may write as a string.
fn number(json: &Value) -> Option<f64> {
    let number = match json {
        Value::Number(number) => number.as_f64(),
        Value::String(text) => text.trim().parse().ok(),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    };
    number.filter(|number| number.is_finite() && *number >= 0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(name: &'static str, value: &'static str) -> Usage {
        Usage::read(move |asked| (asked == name).then_some(value))
    }

    #[test]
    fn the_usage_of_the_app_is_read() {
        let usage =
            read("x-app-usage", r#"{"call_count":28,"total_time":"25","total_cputime":3.5}"#);

        let shares =
            Shares { call_count: Some(28.0), total_time: Some(25.0), total_cputime: Some(3.5) };
        assert_eq!(usage.app, Some(shares));
        assert_eq!(usage.highest(), Some(28.0));
        assert_eq!(usage.wait(), None);
    }

    #[test]
    fn the_longest_wait_of_all_accounts_counts_and_is_in_minutes() {
        let usage = read(
            "x-business-use-case-usage",
            r#"{"1":[{"type":"whatsapp","call_count":5,"estimated_time_to_regain_access":0},
                {"type":"new","total_time":"101","estimated_time_to_regain_access":"7"}],
                "2":[{"call_count":8,"estimated_time_to_regain_access":3}]}"#,
        );

        assert_eq!(usage.accounts.len(), 3);
        assert_eq!(usage.accounts[0].account.as_str(), "1");
        assert_eq!(usage.accounts[0].product.as_deref(), Some("whatsapp"));
        assert_eq!(usage.accounts[0].regain_after, None);
        assert_eq!(usage.highest(), Some(101.0));
        assert_eq!(usage.wait(), Some(Duration::from_secs(7 * 60)));
    }

    #[test]
    fn the_longer_of_header_and_usage_is_waited() {
        let headers = |name: &str| match name {
            "retry-after" => Some(" 90 "),
            "x-business-use-case-usage" => Some(r#"{"1":[{"estimated_time_to_regain_access":1}]}"#),
            _ => None,
        };

        assert_eq!(Usage::read(headers).wait(), Some(Duration::from_secs(90)));
    }

    #[test]
    fn what_cannot_be_read_is_left_out() {
        for (name, value) in [
            ("x-app-usage", "<html>"),
            ("x-app-usage", "[]"),
            ("x-app-usage", r#"{"call_count":true,"total_time":-1,"new":5}"#),
            ("x-app-usage", r#"{"call_count":"NaN","total_time":"inf"}"#),
            ("x-business-use-case-usage", r#"{"1":{"call_count":5},"2":[5,null,{"type":"x"}]}"#),
            ("x-business-use-case-usage", r#"[{"call_count":5}]"#),
            ("retry-after", "Wed, 21 Oct 2026 07:28:00 GMT"),
            ("retry-after", "-1"),
            ("other", "1"),
        ] {
            assert!(read(name, value).is_empty(), "{name}: {value}");
        }
        let endless = r#"{"1":[{"estimated_time_to_regain_access":1e300,"call_count":1}]}"#;
        assert_eq!(read("x-business-use-case-usage", endless).wait(), None);
    }

    #[test]
    fn a_header_without_end_is_kept_in_part() {
        let many = format!("{{\"1\":[{}]}}", vec![r#"{"call_count":1}"#; 1000].join(","));
        let usage = Usage::read(|name| name.starts_with("x-business").then_some(many.as_str()));

        assert_eq!(usage.accounts.len(), MOST);
    }
}
