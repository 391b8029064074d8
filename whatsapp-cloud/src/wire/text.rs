//! A string that is borrowed from the body where JSON allows it, and read from numbers too.

use std::borrow::Cow;
use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, de};

/// A string of Meta's, borrowed from the body unless it held escapes.
///
/// Meta writes some identifiers, codes and timestamps as numbers on one page and as
/// strings on the next, so a number is read too and kept as its digits.
///
/// `Debug` shows the length only: most strings of a webhook belong to a person.
///
/// ```
/// use whatsapp_cloud::wire::Text;
///
/// let from_string: Text<'_> = serde_json::from_str(r#""1749416383""#)?;
/// let from_number: Text<'_> = serde_json::from_str("1749416383")?;
/// assert_eq!(from_string, from_number);
/// assert_eq!(format!("{from_string:?}"), "Text(10 bytes)");
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize)]
#[serde(transparent)]
pub struct Text<'a>(Cow<'a, str>);

impl<'a> Text<'a> {
    /// The string.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// A copy that borrows nothing.
    ///
    /// ```
    /// use whatsapp_cloud::wire::Text;
    ///
    /// /// A name that is kept when the body is gone.
    /// fn kept(body: &str) -> serde_json::Result<Text<'static>> {
    ///     serde_json::from_str(body).map(Text::into_owned)
    /// }
    ///
    /// assert_eq!(kept(r#""Ana""#)?.as_str(), "Ana");
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub fn into_owned(self) -> Text<'static> {
        Text(Cow::Owned(self.0.into_owned()))
    }
}

impl<'a> From<&'a str> for Text<'a> {
    fn from(text: &'a str) -> Self {
        Self(Cow::Borrowed(text))
    }
}

impl<'a> From<Cow<'a, str>> for Text<'a> {
    fn from(text: Cow<'a, str>) -> Self {
        Self(text)
    }
}

impl From<String> for Text<'_> {
    fn from(text: String) -> Self {
        Self(Cow::Owned(text))
    }
}

impl AsRef<str> for Text<'_> {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl PartialEq<str> for Text<'_> {
    fn eq(&self, other: &str) -> bool {
        self.0 == other
    }
}

impl PartialEq<&str> for Text<'_> {
    fn eq(&self, other: &&str) -> bool {
        self.0 == *other
    }
}

impl fmt::Debug for Text<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Text({} bytes)", self.0.len())
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Text<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;

        impl<'de> de::Visitor<'de> for Visitor {
            type Value = Text<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a string or a number")
            }

            fn visit_borrowed_str<E: de::Error>(self, text: &'de str) -> Result<Self::Value, E> {
                Ok(Text(Cow::Borrowed(text)))
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Self::Value, E> {
                Ok(Text(Cow::Owned(text.to_owned())))
            }

            fn visit_string<E: de::Error>(self, text: String) -> Result<Self::Value, E> {
                Ok(Text(Cow::Owned(text)))
            }

            fn visit_u64<E: de::Error>(self, number: u64) -> Result<Self::Value, E> {
                Ok(Text(Cow::Owned(number.to_string())))
            }

            fn visit_i64<E: de::Error>(self, number: i64) -> Result<Self::Value, E> {
                Ok(Text(Cow::Owned(number.to_string())))
            }

            fn visit_f64<E: de::Error>(self, number: f64) -> Result<Self::Value, E> {
                Ok(Text(Cow::Owned(number.to_string())))
            }
        }

        deserializer.deserialize_any(Visitor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plain_string_is_borrowed_and_an_escaped_one_is_read() {
        let plain: Text<'_> = serde_json::from_str(r#""oi""#).unwrap();
        let escaped: Text<'_> = serde_json::from_str(r#""ol\u00e1""#).unwrap();

        assert!(matches!(plain.0, Cow::Borrowed(_)));
        assert_eq!(escaped, "olá");
    }

    #[test]
    fn anything_else_is_refused() {
        assert!(serde_json::from_str::<Text<'_>>("true").is_err());
        assert!(serde_json::from_str::<Text<'_>>("{}").is_err());
    }
}
