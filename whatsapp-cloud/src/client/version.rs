//! Which version of Meta's API is spoken.

use std::borrow::Cow;
use std::fmt;

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
    /// From 29 July 2026.
    pub const V26_0: Self = Self(Cow::Borrowed("v26.0"));

    /// A version that is not listed here, as Meta writes it: `v27.0`.
    pub fn new(version: impl Into<String>) -> Self {
        Self(Cow::Owned(version.into()))
    }

    /// As Meta writes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }

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
