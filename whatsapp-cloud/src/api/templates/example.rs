//! Examples of what will stand in a variable's place, which Meta writes in several forms.

use serde::{Serialize, Serializer};
use serde_json::Value;

use crate::wire::member::{Member, Read};

/// Texts: a list, or a single text where there is one.
///
/// ```
/// use whatsapp_cloud::api::templates::{HeaderExample, Texts};
///
/// let one: HeaderExample = serde_json::from_str(r#"{"header_text":"Summer Sale"}"#)?;
/// let list: HeaderExample = serde_json::from_str(r#"{"header_text":["Summer Sale"]}"#)?;
/// assert_eq!(one.header_text, Texts(vec!["Summer Sale".to_owned()]));
/// assert_eq!(one.header_text, list.header_text);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Texts(
    /// The texts.
    pub Vec<String>,
);

/// Examples for the variables of a body: lists of texts, of which one is enough.
///
/// A list of texts and a single text are read too.
///
/// ```
/// use whatsapp_cloud::api::templates::{BodyExample, BodyExamples};
///
/// let example: BodyExample = serde_json::from_str(
///     r#"{"body_text":[["Pablo","860198-230332"]]}"#,
/// )?;
/// assert_eq!(
///     example.body_text,
///     BodyExamples(vec![vec!["Pablo".to_owned(), "860198-230332".to_owned()]]),
/// );
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Default, PartialEq, Eq)]
pub struct BodyExamples(
    /// For each list an example for each variable, in order.
    pub Vec<Vec<String>>,
);

/// An example of a code: a text. A list of one, as Meta answers it, is read too.
///
/// ```
/// use whatsapp_cloud::api::templates::{CodeExample, CopyCodeButton};
///
/// let button = CopyCodeButton {
///     example: CodeExample("250FF".to_owned()),
///     ..CopyCodeButton::default()
/// };
/// assert_eq!(serde_json::to_string(&button)?, r#"{"example":"250FF"}"#);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Default, PartialEq, Eq)]
pub struct CodeExample(
    /// The code.
    pub String,
);

impl<T: Into<String>, const N: usize> From<[T; N]> for Texts {
    fn from(texts: [T; N]) -> Self {
        Self(texts.into_iter().map(Into::into).collect())
    }
}

impl<T: Into<String>, const N: usize> From<[T; N]> for BodyExamples {
    fn from(texts: [T; N]) -> Self {
        Self(vec![texts.into_iter().map(Into::into).collect()])
    }
}

impl From<&str> for CodeExample {
    fn from(code: &str) -> Self {
        Self(code.to_owned())
    }
}

/// The text that is `value`, or a number as its digits.
fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

fn texts(value: &Value) -> Option<Vec<String>> {
    match value {
        Value::Array(list) => list.iter().map(text).collect(),
        single => text(single).map(|text| vec![text]),
    }
}

fn rows(value: &Value) -> Option<Vec<Vec<String>>> {
    match value {
        Value::Array(list) if list.iter().all(Value::is_array) => list.iter().map(texts).collect(),
        row => texts(row).map(|row| vec![row]),
    }
}

fn code(value: &Value) -> Option<String> {
    match value {
        Value::Array(list) if list.len() == 1 => text(&list[0]),
        single => text(single),
    }
}

macro_rules! examples {
    ($($name:ident by $read:ident),+) => {$(
        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                self.0.serialize(serializer)
            }
        }

        impl Member for $name {
            fn read(value: Value) -> Result<Read<Self>, Value> {
                let Some(examples) = $read(&value).map(Self) else {
                    return Err(value);
                };
                let is_written =
                    !examples.is_absent() && serde_json::to_value(&examples).ok() == Some(value.clone());
                if is_written { Read::usual(examples) } else { Read::odd(examples, value) }
            }

            fn is_absent(&self) -> bool {
                self.0.is_empty()
            }
        }

        /// Shows nothing of the examples.
        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.debug_struct(stringify!($name)).finish_non_exhaustive()
            }
        }
    )+};
}

examples!(Texts by texts, BodyExamples by rows, CodeExample by code);

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn each_form_is_read_and_kept() {
        for (value, row) in [
            (json!("Pablo"), vec!["Pablo"]),
            (json!(["Pablo", 5]), vec!["Pablo", "5"]),
            (json!([["Pablo", "5"]]), vec!["Pablo", "5"]),
        ] {
            let read = BodyExamples::read(value.clone()).unwrap();
            assert_eq!(read.value.0, [row]);
            let again = read.odd.unwrap_or_else(|| serde_json::to_value(&read.value).unwrap());
            assert_eq!(again, value);
        }
        assert_eq!(CodeExample::read(json!(["25OFF"])).unwrap().value, "25OFF".into());
        assert_eq!(Texts::read(json!("a")).unwrap().value, ["a"].into());
        assert!(Texts::read(json!(["a"])).unwrap().odd.is_none());
        assert!(Texts::read(json!({})).is_err() && BodyExamples::read(json!([[{}]])).is_err());
    }
}
