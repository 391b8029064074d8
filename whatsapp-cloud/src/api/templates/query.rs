//! Lists as they stand in a query.

use crate::api::call::Parameter;

/// Ids in a query: `[1,2]`.
///
/// ```
/// use whatsapp_cloud::api::analytics::GetTemplateAnalytics;
/// use whatsapp_cloud::api::templates::Ids;
/// use whatsapp_cloud::endpoint::Endpoint;
///
/// let mut call = GetTemplateAnalytics::new("102290129340398", 1718064000, 1718122745);
/// call.template_ids = Ids::from(["1421988012088524", "1421988012088525"]);
/// assert!(
///     call.request()?.query().iter().any(|(_, ids)| ids == "[1421988012088524,1421988012088525]")
/// );
/// # Ok::<(), whatsapp_cloud::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ids<T>(
    /// The ids.
    pub Vec<T>,
);

/// Words in a query, as a list of JSON: `["1","2"]`.
///
/// ```
/// use whatsapp_cloud::api::analytics::{GetGroupAnalytics, GroupMetric};
/// use whatsapp_cloud::api::templates::Words;
/// use whatsapp_cloud::endpoint::Endpoint;
///
/// let mut call = GetGroupAnalytics::new("102290129340398", 1764662400, 1764921600);
/// call.group_ids = Words::from(["Y2FwaV9ncm91cDox"]);
/// call.metric_types = Words::from([GroupMetric::Sent]);
/// assert!(call.request()?.query().iter().any(|(_, words)| words == r#"["SENT"]"#));
/// # Ok::<(), whatsapp_cloud::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words<T>(
    /// The words.
    pub Vec<T>,
);

impl<T, U: Into<T>, const N: usize> From<[U; N]> for Ids<T> {
    fn from(ids: [U; N]) -> Self {
        Self(ids.into_iter().map(Into::into).collect())
    }
}

impl<T, U: Into<T>, const N: usize> From<[U; N]> for Words<T> {
    fn from(words: [U; N]) -> Self {
        Self(words.into_iter().map(Into::into).collect())
    }
}

impl<T: AsRef<str>> Parameter for Ids<T> {
    fn as_parameter(&self) -> Option<String> {
        let ids: Vec<_> = self.0.iter().map(AsRef::as_ref).collect();
        (!ids.is_empty()).then(|| format!("[{}]", ids.join(",")))
    }
}

impl<T: AsRef<str>> Parameter for Words<T> {
    fn as_parameter(&self) -> Option<String> {
        let words: Vec<_> = self.0.iter().map(|word| quoted(word.as_ref())).collect();
        (!words.is_empty()).then(|| format!("[{}]", words.join(",")))
    }
}

/// A text as JSON writes it.
pub(crate) fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
