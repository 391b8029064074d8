//! A piece of JSON as Meta wrote it.

use std::borrow::Cow;
use std::fmt;

use serde::ser::Error as _;
use serde_json::value::RawValue;

/// A piece of JSON, byte for byte as Meta wrote it.
///
/// It is valid JSON, and borrowed from the body. `Debug` shows its length only.
///
/// ```
/// use whatsapp_cloud::webhook::{Raw, Verified};
///
/// let body = br#"{"entry":[{"changes":[{"field":"brand_new","value":{"x":1}}]}]}"#;
/// let event = Verified::restored(body).events().next().ok_or("there is one")?;
///
/// let raw: Raw<'_> = event.raw.ok_or("always there for a readable body")?;
/// assert_eq!(raw.get(), r#"{"x":1}"#);
/// assert_eq!(format!("{raw:?}"), "Raw(7 bytes)");
/// # Ok::<(), &str>(())
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Raw<'a>(Cow<'a, str>);

impl<'a> Raw<'a> {
    pub(super) fn new(json: &'a str) -> Self {
        Self(Cow::Borrowed(json))
    }

    /// The JSON, to be read with `serde_json::from_str` or any other reader.
    pub fn get(&self) -> &str {
        &self.0
    }

    /// A copy that borrows nothing.
    ///
    /// ```
    /// use whatsapp_cloud::webhook::{Raw, Verified};
    ///
    /// /// What happened in JSON, longer than the body is there.
    /// fn first(body: &[u8]) -> Option<Raw<'static>> {
    ///     Some(Verified::restored(body).events().next()?.raw?.into_owned())
    /// }
    ///
    /// let body = br#"{"entry":[{"changes":[{"field":"brand_new","value":{"x":1}}]}]}"#;
    /// assert_eq!(first(body).map(|raw| raw.get().len()), Some(7));
    /// ```
    pub fn into_owned(self) -> Raw<'static> {
        Raw(Cow::Owned(self.0.into_owned()))
    }
}

impl serde::Serialize for Raw<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let raw: &RawValue = serde_json::from_str(&self.0).map_err(S::Error::custom)?;
        raw.serialize(serializer)
    }
}

impl fmt::Debug for Raw<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Raw({} bytes)", self.get().len())
    }
}
