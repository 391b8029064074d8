//! A piece of JSON as Meta wrote it.

use std::borrow::Cow;
use std::fmt;
use std::ops::Deref;

use serde_json::value::RawValue;

/// A piece of JSON, byte for byte as Meta wrote it.
///
/// It is valid JSON, borrowed from the body, and gives all that [`RawValue`] gives.
/// `Debug` shows its length only.
///
/// ```
/// use whatsapp_cloud::webhook::{EventKind, Verified};
///
/// let body = br#"{"entry":[{"changes":[{"field":"brand_new","value":{"x":1}}]}]}"#;
/// let events = Verified::restored(body).events();
///
/// let raw = events[0].raw.as_ref().ok_or("always there for a readable body")?;
/// assert_eq!(raw.get(), r#"{"x":1}"#);
/// assert_eq!(format!("{raw:?}"), "Raw(7 bytes)");
/// # Ok::<(), &str>(())
/// ```
#[derive(Clone)]
pub struct Raw<'a>(Cow<'a, RawValue>);

impl<'a> Raw<'a> {
    pub(super) fn new(raw: &'a RawValue) -> Self {
        Self(Cow::Borrowed(raw))
    }

    /// A copy that borrows nothing.
    pub fn into_owned(self) -> Raw<'static> {
        Raw(Cow::Owned(self.0.into_owned()))
    }

    /// The JSON as `serde_json` holds it.
    pub fn into_inner(self) -> Cow<'a, RawValue> {
        self.0
    }
}

impl Deref for Raw<'_> {
    type Target = RawValue;

    fn deref(&self) -> &RawValue {
        &self.0
    }
}

impl PartialEq for Raw<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.get() == other.get()
    }
}

impl Eq for Raw<'_> {}

impl serde::Serialize for Raw<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl fmt::Debug for Raw<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Raw({} bytes)", self.get().len())
    }
}
