//! Which version of Meta's API is spoken.

use std::borrow::Cow;
use std::fmt;
use std::time::Duration;

/// A version of the Graph API.
///
/// Meta keeps one alive for about two years; calls to a dead one are silently answered by a
/// younger one.
///
/// Source: <https://developers.facebook.com/docs/graph-api/changelog>
///
/// ```
/// use whatsapp_cloud::client::ApiVersion;
///
/// assert_eq!(ApiVersion::default(), ApiVersion::V25_0);
/// assert_eq!(ApiVersion::new("v27.0").as_str(), "v27.0");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ApiVersion(Cow<'static, str>);

impl ApiVersion {
    /// From 29 May 2025 to 8 October 2027.
    pub const V23_0: Self = Self(Cow::Borrowed("v23.0"));
    /// From 8 October 2025 to 18 February 2028.
    pub const V24_0: Self = Self(Cow::Borrowed("v24.0"));
    /// From 18 February 2026 to 29 July 2028; the default.
    pub const V25_0: Self = Self(Cow::Borrowed("v25.0"));
    /// From 29 July 2026; Meta has not said until when.
    pub const V26_0: Self = Self(Cow::Borrowed("v26.0"));

    /// A version that is not listed here, as Meta writes it: `v27.0`.
    pub fn new(version: impl Into<String>) -> Self {
        Self(Cow::Owned(version.into()))
    }

    /// As Meta writes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// When Meta ends it, in seconds since 1970, as far as that is known. Calls are answered
    /// by a younger version then, whose answers may look different.
    ///
    /// ```
    /// use whatsapp_cloud::client::ApiVersion;
    ///
    /// // 29 July 2028.
    /// assert_eq!(ApiVersion::V25_0.ends(), Some(1_848_441_600));
    /// assert_eq!(ApiVersion::new("v99.0").ends(), None);
    /// ```
    ///
    /// ```
    /// use whatsapp_cloud::client::ApiVersion;
    ///
    /// assert!(ApiVersion::V23_0.ends() < ApiVersion::V24_0.ends());
    /// // Meta has not said.
    /// assert_eq!(ApiVersion::V26_0.ends(), None);
    /// ```
    pub fn ends(&self) -> Option<u64> {
        match self.as_str() {
            "v20.0" => Some(1_790_208_000),
            "v21.0" => Some(1_800_489_600),
            "v22.0" => Some(1_810_771_200),
            "v23.0" => Some(1_822_953_600),
            "v24.0" => Some(1_834_444_800),
            "v25.0" => Some(1_848_441_600),
            _ => None,
        }
    }

    /// How much longer it lives, at `now` in seconds since 1970, when that is less than
    /// [`ApiVersion::NOTICE`]; nothing once it ended.
    ///
    /// The client logs a warning when it is set up with such a version.
    ///
    /// ```
    /// use std::time::Duration;
    /// use whatsapp_cloud::client::ApiVersion;
    ///
    /// let end = ApiVersion::V25_0.ends().ok_or("known")?;
    /// assert_eq!(ApiVersion::V25_0.ends_soon(end - 91 * 86_400), None);
    /// assert_eq!(ApiVersion::V25_0.ends_soon(end - 60), Some(Duration::from_secs(60)));
    /// assert_eq!(ApiVersion::V25_0.ends_soon(end + 1), Some(Duration::ZERO));
    /// # Ok::<(), &str>(())
    /// ```
    pub fn ends_soon(&self, now: u64) -> Option<Duration> {
        let left = Duration::from_secs(self.ends()?.saturating_sub(now));
        (left <= Self::NOTICE).then_some(left)
    }

    /// How long before its end a version is warned of: 90 days.
    ///
    /// ```
    /// use whatsapp_cloud::client::ApiVersion;
    ///
    /// let end = ApiVersion::V24_0.ends().ok_or("known")?;
    /// let notice = ApiVersion::NOTICE.as_secs();
    /// assert_eq!(ApiVersion::V24_0.ends_soon(end - notice), Some(ApiVersion::NOTICE));
    /// assert_eq!(ApiVersion::V24_0.ends_soon(end - notice - 1), None);
    /// # Ok::<(), &str>(())
    /// ```
    pub const NOTICE: Duration = Duration::from_secs(90 * 24 * 60 * 60);

    pub(super) fn is_valid(&self) -> bool {
        let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        self.0
            .strip_prefix('v')
            .and_then(|version| version.split_once('.'))
            .is_some_and(|(major, minor)| digits(major) && digits(minor))
    }
}

impl Default for ApiVersion {
    fn default() -> Self {
        Self::V25_0
    }
}

impl fmt::Display for ApiVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
