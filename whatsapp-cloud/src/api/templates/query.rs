//! Lists as they stand in a query.

use crate::api::call::Parameter;

/// Ids in a query: `[1,2]`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ids<T>(
    /// The ids.
    pub Vec<T>,
);

/// Words in a query, as a list of JSON: `["1","2"]`.
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
