//! How JSON of Meta's is read: leniently, member by member.
//!
//! A member of the wrong type is read as absent, and its neighbours as if nothing were
//! wrong: the event keeps the JSON, so nothing is lost. Where a name is written twice,
//! the last readable value counts. Nothing here recurses, however deep the JSON nests.

use std::borrow::Cow;
use std::fmt;

use serde::Deserializer as _;
use serde::de::{DeserializeSeed, MapAccess, Visitor};
use serde_json::value::RawValue;

use crate::webhook::raw::Raw;
use crate::wire::{GraphError, Text};

/// A member of an object: its name and its JSON.
pub(super) type Member<'a> = (Cow<'a, [u8]>, &'a RawValue);

/// Hands each member of an object to `f`, in the order of the document.
///
/// `None` when `raw` is no object.
pub(super) fn each_member<'a>(
    raw: &'a RawValue,
    f: impl FnMut(Cow<'a, [u8]>, &'a RawValue),
) -> Option<()> {
    struct Members<F>(F);

    impl<'de, F: FnMut(Cow<'de, [u8]>, &'de RawValue)> Visitor<'de> for Members<F> {
        type Value = ();

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("an object")
        }

        fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<(), A::Error> {
            while let Some(name) = map.next_key_seed(Name)? {
                (self.0)(name, map.next_value()?);
            }
            Ok(())
        }
    }

    if !raw.get().starts_with('{') {
        return None;
    }
    serde_json::Deserializer::from_str(raw.get()).deserialize_map(Members(f)).ok()
}

/// Reads a name as bytes, so that half a surrogate pair in it costs nothing.
struct Name;

impl<'de> DeserializeSeed<'de> for Name {
    type Value = Cow<'de, [u8]>;

    fn deserialize<D: serde::Deserializer<'de>>(self, name: D) -> Result<Self::Value, D::Error> {
        name.deserialize_bytes(self)
    }
}

impl<'de> Visitor<'de> for Name {
    type Value = Cow<'de, [u8]>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a member")
    }

    fn visit_borrowed_bytes<E: serde::de::Error>(self, name: &'de [u8]) -> Result<Self::Value, E> {
        Ok(Cow::Borrowed(name))
    }

    fn visit_bytes<E: serde::de::Error>(self, name: &[u8]) -> Result<Self::Value, E> {
        Ok(Cow::Owned(name.to_vec()))
    }
}

/// The members of an object, in the order of the document.
pub(super) fn members(raw: &RawValue) -> Option<Vec<Member<'_>>> {
    let mut members = Vec::with_capacity(8);
    each_member(raw, |name, value| members.push((name, value)))?;
    Some(members)
}

/// The last member of that name.
pub(super) fn last<'a>(members: &[Member<'a>], name: &str) -> Option<&'a RawValue> {
    members.iter().rev().find(|(other, _)| **other == *name.as_bytes()).map(|(_, value)| *value)
}

/// The elements of a list. `None` when `raw` is no list.
pub(super) fn elements(raw: &RawValue) -> Option<Vec<&RawValue>> {
    if !raw.get().starts_with('[') {
        return None;
    }
    serde_json::from_str(raw.get()).ok()
}

pub(super) fn is_null(raw: &RawValue) -> bool {
    raw.get() == "null"
}

/// A string or a number, as text.
///
/// Borrowed unless it has escapes; a number is kept as its digits, so that prices and long
/// ids lose nothing. `None` for anything else, and for half a surrogate pair.
pub(super) fn text(raw: &RawValue) -> Option<Text<'_>> {
    let json = raw.get();
    match json.as_bytes().first()? {
        b'"' if json.contains('\\') => serde_json::from_str::<String>(json).ok().map(Text::from),
        b'"' => json.get(1..json.len() - 1).map(Text::from),
        b'-' | b'0'..=b'9' => Some(Text::from(json)),
        _ => None,
    }
}

/// A text that every event of a change repeats. `None` when it is absurdly long.
///
/// One with escapes is copied for each event, so that a long one would make a body of a
/// few megabytes fill the memory.
pub(super) fn identifier(raw: &RawValue) -> Option<Text<'_>> {
    const LONGEST: usize = 256;

    if raw.get().len() > LONGEST { None } else { text(raw) }
}

/// What can be read from one JSON value.
pub(super) trait Read<'a>: Sized {
    fn read(raw: &'a RawValue) -> Option<Self>;
}

impl<'a> Read<'a> for Text<'a> {
    fn read(raw: &'a RawValue) -> Option<Self> {
        text(raw)
    }
}

impl<'a> Read<'a> for Raw<'a> {
    fn read(raw: &'a RawValue) -> Option<Self> {
        (!is_null(raw)).then(|| Raw::new(raw))
    }
}

impl<'a> Read<'a> for bool {
    fn read(raw: &'a RawValue) -> Option<Self> {
        match raw.get() {
            "true" | r#""true""# => Some(true),
            "false" | r#""false""# => Some(false),
            _ => None,
        }
    }
}

impl<'a> Read<'a> for i64 {
    fn read(raw: &'a RawValue) -> Option<Self> {
        text(raw)?.as_str().parse().ok()
    }
}

impl<'a> Read<'a> for f64 {
    fn read(raw: &'a RawValue) -> Option<Self> {
        // The parser of Rust also takes "nan" and "inf", which are no numbers of JSON.
        text(raw)?.as_str().parse().ok().filter(|number: &f64| number.is_finite())
    }
}

impl<'a, T: Read<'a>> Read<'a> for Box<T> {
    fn read(raw: &'a RawValue) -> Option<Self> {
        T::read(raw).map(Box::new)
    }
}

impl<'a> Read<'a> for GraphError {
    /// An error is what its code says: without one it is not readable, but any other
    /// member may be missing or of a wrong type.
    fn read(raw: &'a RawValue) -> Option<Self> {
        if let Ok(error) = serde_json::from_str(raw.get()) {
            return Some(error);
        }
        let members = members(raw)?;
        let text = |name| last(&members, name).and_then(text).map(|text| text.as_str().to_owned());
        let mut error = Self::with_code(i64::read(last(&members, "code")?)?);
        error.subcode = last(&members, "error_subcode").and_then(i64::read);
        error.message = text("message");
        error.title = text("title");
        error.href = text("href");
        error.error_data =
            last(&members, "error_data").and_then(|data| serde_json::from_str(data.get()).ok());
        Some(error)
    }
}

/// Drops a text that is empty, where Meta means "none" by it.
pub(super) fn drop_empty(text: &mut Option<Text<'_>>) {
    if text.as_ref().is_some_and(|text| text.as_str().is_empty()) {
        *text = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn raw(json: &str) -> &RawValue {
        serde_json::from_str(json).unwrap()
    }

    #[test]
    fn a_number_is_read_as_the_digits_it_was_written_with() {
        assert_eq!(text(raw("29.90")).unwrap(), "29.90");
        assert_eq!(text(raw("102290129340398123456789")).unwrap(), "102290129340398123456789");
    }

    #[test]
    fn what_is_no_string_and_no_number_is_no_text() {
        for json in ["true", "null", "[]", "{}", r#""\ud800""#] {
            assert_eq!(text(raw(json)), None, "{json}");
        }
    }

    #[test]
    fn escapes_are_read() {
        assert_eq!(text(raw(r#""ol\u00e1 \"you\" \/""#)).unwrap(), r#"olá "you" /"#);
        assert_eq!(text(raw(r#""""#)).unwrap(), "");
    }

    #[test]
    fn a_coordinate_is_a_finite_number() {
        assert_eq!(f64::read(raw(r#""-22.97""#)), Some(-22.97));
        assert_eq!(f64::read(raw("0")), Some(0.0));
        assert_eq!(f64::read(raw(r#""nan""#)), None);
        assert_eq!(f64::read(raw("1e999")), None);
    }

    #[test]
    fn a_name_with_half_a_surrogate_pair_costs_no_neighbour() {
        let members = members(raw(r#"{"\ud800":1,"id":"x"}"#)).unwrap();

        assert_eq!(members.len(), 2);
        assert_eq!(last(&members, "id").unwrap().get(), r#""x""#);
    }

    #[test]
    fn an_error_is_read_when_only_its_code_is_right() {
        let error = GraphError::read(raw(r#"{"code":131026,"title":5,"href":[],"code":1}"#));

        assert_eq!(error.unwrap().code, 1);
        assert_eq!(GraphError::read(raw(r#"{"title":"no code"}"#)), None);
    }
}
