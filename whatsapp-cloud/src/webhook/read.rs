//! How JSON of Meta's is read and written: leniently, value by value.
//!
//! A value of the wrong type is read as absent, and its neighbours as if nothing were
//! wrong. Whoever holds the member is told by the form that is noted, and keeps the JSON.

use std::borrow::Cow;

use serde::Serialize;
use serde::ser::SerializeMap;

use crate::webhook::json::{Form, GROWTH, Json, Step};
use crate::webhook::raw::Raw;
use crate::wire::{ErrorData, GraphError, Text};

/// What can be read from one JSON value.
///
/// `None` when it is of a wrong type. The value is always passed, so that the next one
/// can be read. What would not be written again as it came is noted in `json`.
pub(super) trait Read<'a>: Sized {
    fn read(json: &mut Json<'a>) -> Step<Option<Self>>;

    /// Reads it into its place; a null is none. Notes what cannot be read.
    #[inline]
    fn read_into(place: &mut Option<Self>, json: &mut Json<'a>) -> Step<()> {
        fill_with(place, json, |json| Ok(Self::read(json)?.map(Some)))
    }

    /// The same, where it is kept in a box: a large value is not moved there.
    fn read_boxed(json: &mut Json<'a>) -> Step<Option<Box<Self>>> {
        Ok(Self::read(json)?.map(Box::new))
    }
}

/// Passes over a value that cannot be read.
fn unreadable<T>(json: &mut Json<'_>) -> Step<Option<T>> {
    json.skip()?;
    Ok(None)
}

impl<'a> Read<'a> for Text<'a> {
    /// A string; or a number, which is kept as its digits, so that prices and long ids
    /// lose nothing. Half a surrogate pair makes a string unreadable.
    #[inline]
    fn read(json: &mut Json<'a>) -> Step<Option<Self>> {
        match json.peek() {
            Some(b'"') => Ok(json.string()?.read().map(Text::from)),
            Some(b'-' | b'0'..=b'9') => {
                json.note(Form::Odd);
                Ok(Some(Text::from(json.number()?)))
            }
            _ => unreadable(json),
        }
    }

    #[inline]
    fn read_into(place: &mut Option<Self>, json: &mut Json<'a>) -> Step<()> {
        if let Some(text) = json.plain_string() {
            *place = Some(Text::from(text));
            return Ok(());
        }
        read_unusual(place, json)
    }
}

#[inline(never)]
fn read_unusual<'a>(place: &mut Option<Text<'a>>, json: &mut Json<'a>) -> Step<()> {
    fill_with(place, json, |json| Ok(Text::read(json)?.map(Some)))
}

impl<'a> Read<'a> for Raw<'a> {
    fn read(json: &mut Json<'a>) -> Step<Option<Self>> {
        json.peek();
        let start = json.at();
        json.skip()?;
        Ok(Some(Raw::new(json.since(start))))
    }
}

impl<'a> Read<'a> for bool {
    fn read(json: &mut Json<'a>) -> Step<Option<Self>> {
        match json.peek() {
            Some(b't') => json.word("true").map(|()| Some(true)),
            Some(b'f') => json.word("false").map(|()| Some(false)),
            Some(b'"') => {
                json.note(Form::Odd);
                Ok(match json.string()?.read().as_deref() {
                    Some("true") => Some(true),
                    Some("false") => Some(false),
                    _ => None,
                })
            }
            _ => unreadable(json),
        }
    }
}

/// A number as a string, or as a number: which of them it was, is told beside it.
fn digits<'a>(json: &mut Json<'a>) -> Step<Option<(Cow<'a, str>, bool)>> {
    match json.peek() {
        Some(b'"') => Ok(json.string()?.read().map(|text| (text, true))),
        Some(b'-' | b'0'..=b'9') => Ok(Some((Cow::Borrowed(json.number()?), false))),
        _ => unreadable(json),
    }
}

fn integer(json: &mut Json<'_>, usually_quoted: bool) -> Step<Option<i64>> {
    if let Some(number) = json.small_number(usually_quoted) {
        return Ok(Some(number));
    }
    let Some((digits, quoted)) = digits(json)? else {
        return Ok(None);
    };
    // `+5` and `05` are numbers to Rust, and would be written otherwise.
    let plain = !matches!(digits.as_bytes(), [b'+', ..] | [b'0', _, ..] | [b'-', b'0', ..]);
    if quoted != usually_quoted || !plain {
        json.note(Form::Odd);
    }
    Ok(digits.parse().ok())
}

impl<'a> Read<'a> for i64 {
    fn read(json: &mut Json<'a>) -> Step<Option<Self>> {
        integer(json, false)
    }
}

impl<'a> Read<'a> for f64 {
    fn read(json: &mut Json<'a>) -> Step<Option<Self>> {
        let Some((digits, quoted)) = digits(json)? else {
            return Ok(None);
        };
        // A whole number would be written with a point.
        if quoted || !digits.contains(['.', 'e', 'E']) {
            json.note(Form::Odd);
        }
        // The parser of Rust also takes "nan" and "inf", which are no numbers of JSON.
        Ok(digits.parse().ok().filter(|number: &f64| number.is_finite()))
    }
}

impl<'a, T: Read<'a>> Read<'a> for Box<T> {
    fn read(json: &mut Json<'a>) -> Step<Option<Self>> {
        json.afford(size_of::<T>());
        T::read_boxed(json)
    }
}

impl<'a, T: Read<'a>> Read<'a> for Vec<T> {
    /// An element that cannot be read costs only itself.
    fn read(json: &mut Json<'a>) -> Step<Option<Self>> {
        if !json.list() {
            return unreadable(json);
        }
        let mut list = Vec::new();
        let mut first = true;
        while json.element(&mut first)? {
            if !json.afford(GROWTH * size_of::<T>()) {
                json.skip()?;
                continue;
            }
            if list.is_empty() {
                // Most lists have one, and room for four would be large.
                list = Vec::with_capacity(1);
            }
            match T::read(json)? {
                Some(value) => list.push(value),
                None => json.note(Form::Unknown),
            }
        }
        if list.is_empty() {
            // Nothing is written for it.
            json.note(Form::Odd);
        }
        Ok(Some(list))
    }
}

/// A word, or a list of one: so Meta wrote some of them once.
#[inline]
pub(super) fn word<T>(json: &mut Json<'_>, known: impl Fn(&str) -> (T, bool)) -> Step<Option<T>> {
    if let Some(word) = json.plain_string() {
        return Ok(Some(word_as(word, json, known)));
    }
    let word = if json.peek() == Some(b'[') {
        json.note(Form::Odd);
        let mut words = <Vec<Text<'_>> as Read<'_>>::read(json)?.unwrap_or_default();
        if words.len() > 1 {
            json.note(Form::Unknown);
        }
        words.drain(..).next()
    } else {
        <Text<'_> as Read<'_>>::read(json)?
    };
    Ok(word.map(|word| word_as(word.as_str(), json, known)))
}

fn word_as<T>(word: &str, json: &mut Json<'_>, known: impl Fn(&str) -> (T, bool)) -> T {
    let (word, is_known) = known(word);
    if !is_known {
        json.note(Form::Unknown);
    }
    word
}

impl<'a> Read<'a> for GraphError {
    /// An error is what its code says: without one it is not readable, but any other
    /// member may be missing or of a wrong type.
    fn read(json: &mut Json<'a>) -> Step<Option<Self>> {
        fn text(json: &mut Json<'_>) -> Step<Option<String>> {
            let text = <Text<'_> as Read<'_>>::read(json)?.map(|text| text.as_str().to_owned());
            if text.is_none() {
                json.note(Form::Unknown);
            }
            Ok(text)
        }

        let Some(mut sign) = json.object() else {
            return unreadable(json);
        };
        let mut error = Self::default();
        let mut code = None;
        while let Some(name) = json.member(&mut sign) {
            if json.peek() == Some(b'n') {
                json.word("null")?;
                json.note(Form::Odd);
                continue;
            }
            match &*json.plain(name) {
                "code" => plain::fill(&mut code, json)?,
                "error_subcode" => plain::fill(&mut error.subcode, json)?,
                "message" => error.message = text(json)?.or(error.message),
                "title" => error.title = text(json)?.or(error.title),
                "type" => error.kind = text(json)?.or(error.kind),
                "is_transient" => plain::fill(&mut error.is_transient, json)?,
                "fbtrace_id" => error.fbtrace_id = text(json)?.or(error.fbtrace_id),
                "error_user_title" => {
                    error.error_user_title = text(json)?.or(error.error_user_title);
                }
                "error_user_msg" => error.error_user_msg = text(json)?.or(error.error_user_msg),
                "href" => error.href = text(json)?.or(error.href),
                "details" => error.old_details = text(json)?.or(error.old_details),
                "error_data" => {
                    let start = json.at();
                    json.skip()?;
                    let data = json.since(start);
                    error.error_data = serde_json::from_str(data).ok().or(error.error_data);
                    if !is_told(error.error_data.as_ref(), data) {
                        json.note(Form::Unknown);
                    }
                }
                _ => {
                    json.skip()?;
                    json.note(Form::Unknown);
                }
            }
        }
        Ok(code.map(|code| Self { code, ..error }))
    }
}

/// Whether that is all that stands in the JSON.
fn is_told(told: Option<&ErrorData>, json: &str) -> bool {
    let written = told.and_then(|told| serde_json::to_value(told).ok());
    written.is_some() && written == serde_json::from_str(json).ok()
}

/// A member of a record, which may be absent.
pub(super) trait Fill<'a> {
    /// Takes the value, unless it is not readable.
    fn fill(&mut self, json: &mut Json<'a>) -> Step<()>;

    /// Whether there is something to be written.
    fn is_present(&self) -> bool;
}

/// Takes a null as "none", and notes what cannot be read.
#[inline]
pub(super) fn fill_with<'a, T>(
    place: &mut T,
    json: &mut Json<'a>,
    read: impl FnOnce(&mut Json<'a>) -> Step<Option<T>>,
) -> Step<()> {
    if json.peek() == Some(b'n') {
        json.word("null")?;
        json.note(Form::Odd);
        return Ok(());
    }
    match read(json)? {
        Some(value) => *place = value,
        None => json.note(Form::Unknown),
    }
    Ok(())
}

impl<'a, T: Read<'a>> Fill<'a> for Option<T> {
    #[inline]
    fn fill(&mut self, json: &mut Json<'a>) -> Step<()> {
        T::read_into(self, json)
    }

    fn is_present(&self) -> bool {
        self.is_some()
    }
}

impl<'a, T: Read<'a>> Fill<'a> for Vec<T> {
    fn fill(&mut self, json: &mut Json<'a>) -> Step<()> {
        fill_with(self, json, Read::read)
    }

    fn is_present(&self) -> bool {
        !self.is_empty()
    }
}

impl<'a> Fill<'a> for bool {
    fn fill(&mut self, json: &mut Json<'a>) -> Step<()> {
        fill_with(self, json, Read::read)?;
        if !*self {
            // Nothing is written for it.
            json.note(Form::Odd);
        }
        Ok(())
    }

    fn is_present(&self) -> bool {
        *self
    }
}

/// A member as most are.
pub(super) mod plain {
    use super::{Fill, Json, Serialize, SerializeMap, Step};

    #[inline]
    pub(in crate::webhook) fn fill<'a>(place: &mut impl Fill<'a>, json: &mut Json<'a>) -> Step<()> {
        place.fill(json)
    }

    pub(in crate::webhook) fn write<'a, M: SerializeMap>(
        value: &(impl Fill<'a> + Serialize),
        name: &str,
        map: &mut M,
    ) -> Result<(), M::Error> {
        if value.is_present() { map.serialize_entry(name, value) } else { Ok(()) }
    }
}

/// A whole number that Meta usually writes as a string.
pub(super) mod quoted {
    use super::{Json, SerializeMap, Step, fill_with, integer};

    #[inline]
    pub(in crate::webhook) fn fill(place: &mut Option<i64>, json: &mut Json<'_>) -> Step<()> {
        fill_with(place, json, |json| Ok(integer(json, true)?.map(Some)))
    }

    pub(in crate::webhook) fn write<M: SerializeMap>(
        value: &Option<i64>,
        name: &str,
        map: &mut M,
    ) -> Result<(), M::Error> {
        match value {
            Some(number) => map.serialize_entry(name, &number.to_string()),
            None => Ok(()),
        }
    }
}

/// A text that every event of a change repeats.
pub(super) mod identifier {
    use super::{Json, Read, SerializeMap, Step, Text, fill_with, plain};

    /// Takes one that is absurdly long as unreadable.
    ///
    /// One with escapes is copied for each event, so that a long one would make a body of a
    /// few megabytes fill the memory.
    #[inline]
    pub(in crate::webhook) fn fill<'a>(
        place: &mut Option<Text<'a>>,
        json: &mut Json<'a>,
    ) -> Step<()> {
        const LONGEST: usize = 256;

        fill_with(place, json, |json| {
            let text = <Text<'a> as Read<'a>>::read(json)?;
            Ok(text.filter(|text| text.as_str().len() <= LONGEST).map(Some))
        })
    }

    pub(in crate::webhook) fn write<M: SerializeMap>(
        value: &Option<Text<'_>>,
        name: &str,
        map: &mut M,
    ) -> Result<(), M::Error> {
        plain::write(value, name, map)
    }
}

/// A text where Meta means "none" by an empty one.
pub(super) mod nonempty {
    use super::{Form, Json, SerializeMap, Step, Text, plain};

    #[inline]
    pub(in crate::webhook) fn fill<'a>(
        place: &mut Option<Text<'a>>,
        json: &mut Json<'a>,
    ) -> Step<()> {
        plain::fill(place, json)?;
        if place.as_ref().is_some_and(|text| text.as_str().is_empty()) {
            *place = None;
            json.note(Form::Odd);
        }
        Ok(())
    }

    pub(in crate::webhook) fn write<M: SerializeMap>(
        value: &Option<Text<'_>>,
        name: &str,
        map: &mut M,
    ) -> Result<(), M::Error> {
        plain::write(value, name, map)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read<'a, T: Read<'a>>(text: &'a str) -> (Option<T>, Form) {
        let mut json = Json::new(text, usize::MAX);
        let value = T::read(&mut json).unwrap();
        json.end().unwrap();
        (value, json.form())
    }

    #[test]
    fn a_number_is_read_as_the_digits_it_was_written_with() {
        assert_eq!(read("29.90"), (Some(Text::from("29.90")), Form::Odd));
        let long = "102290129340398123456789";
        assert_eq!(read(long), (Some(Text::from(long)), Form::Odd));
    }

    #[test]
    fn what_is_no_string_and_no_number_is_no_text() {
        for json in ["true", "null", "[]", "{}", r#""\ud800""#] {
            assert_eq!(read::<Text<'_>>(json).0, None, "{json}");
        }
    }

    #[test]
    fn a_plain_string_is_borrowed_and_escapes_are_read() {
        assert_eq!(read(r#""oi""#), (Some(Text::from("oi")), Form::Usual));
        let (text, form) = read::<Text<'_>>(r#""ol\u00e1 \"you\" \/""#);
        assert_eq!((text.unwrap().as_str(), form), (r#"olá "you" /"#, Form::Usual));
    }

    #[test]
    fn a_coordinate_is_a_finite_number() {
        assert_eq!(read(r#""-22.97""#), (Some(-22.97), Form::Odd));
        assert_eq!(read("-22.97"), (Some(-22.97), Form::Usual));
        assert_eq!(read("0"), (Some(0.0), Form::Odd));
        assert_eq!(read::<f64>(r#""nan""#).0, None);
        assert_eq!(read::<f64>("1e999").0, None);
    }

    #[test]
    fn a_whole_number_is_read_up_to_the_largest_and_not_beyond() {
        for (digits, number) in [
            ("999999999999999999", Some(999_999_999_999_999_999)),
            ("1000000000000000000", Some(1_000_000_000_000_000_000)),
            ("9223372036854775807", Some(i64::MAX)),
            ("9223372036854775808", None),
            ("9999999999999999999", None),
            ("-9223372036854775808", Some(i64::MIN)),
        ] {
            for json in [format!("[{digits}]"), format!("[{digits} ]"), format!("[\"{digits}\"]")] {
                let read = read::<Vec<i64>>(&json).0.unwrap();
                assert_eq!(read, Vec::from_iter(number), "{json}");
            }
            let mut read = None;
            let quoted = format!("\"{digits}\"");
            quoted::fill(&mut read, &mut Json::new(&quoted, usize::MAX)).unwrap();
            assert_eq!(read, number, "{digits}");
        }
    }

    #[test]
    fn a_whole_number_is_odd_when_it_would_be_written_otherwise() {
        assert_eq!(read("5"), (Some(5), Form::Usual));
        assert_eq!(read("0"), (Some(0), Form::Usual));
        assert_eq!(read("-5"), (Some(-5), Form::Usual));
        assert_eq!(read(r#""5""#), (Some(5), Form::Odd));
        assert_eq!(read(r#""05""#), (Some(5), Form::Odd));
        assert_eq!(read("-0"), (Some(0), Form::Odd));
        assert_eq!(read::<i64>("5.0").0, None);
        assert_eq!(read::<i64>("1e3").0, None);
    }

    #[test]
    fn an_error_is_read_when_only_its_code_is_right() {
        let (error, form) =
            read::<GraphError>(r#"{"code":131026,"title":5,"href":[],"code":1,"new":"x"}"#);

        assert_eq!((error.unwrap().code, form), (1, Form::Unknown));
        assert_eq!(read::<GraphError>(r#"{"title":"no code"}"#).0, None);
    }

    #[test]
    fn an_error_that_is_told_in_full_is_usual() {
        let usual =
            r#"{"code":1,"title":"a","message":"b","error_data":{"details":"c"},"href":"d"}"#;
        let more = r#"{"code":1,"error_data":{"details":"c","more":1}}"#;

        assert_eq!(read::<GraphError>(usual).1, Form::Usual);
        assert_eq!(read::<GraphError>(more).1, Form::Unknown);
    }

    #[test]
    fn a_list_is_read_as_far_as_it_can_be() {
        assert_eq!(
            read(r#"["a","b"]"#),
            (Some(vec![Text::from("a"), Text::from("b")]), Form::Usual)
        );
        assert_eq!(read(r#"["a",{}]"#), (Some(vec![Text::from("a")]), Form::Unknown));
        assert_eq!(read("[]"), (Some(Vec::<Text<'_>>::new()), Form::Odd));
    }

    #[test]
    fn a_list_stops_where_memory_ends() {
        let mut json = Json::new(r#"["a","b","c"]"#, 8 * size_of::<Text<'_>>());
        let list = <Vec<Text<'_>> as Read<'_>>::read(&mut json).unwrap();

        assert_eq!((list.unwrap().len(), json.is_exhausted()), (2, true));
    }
}
