//! Goes through JSON once, from front to back, and remembers where everything stands.
//!
//! Whoever reads asks for what should come next; what comes instead is passed over, and
//! checked on the way: a body that is no JSON is refused as a whole. Passing over does not
//! recurse, however deep the JSON nests.

use std::borrow::Cow;

use crate::webhook::hex;
use crate::webhook::string::{JsonString, length_to_escape, plain_length, plain_name};

/// Where the body stops to be JSON, as an offset in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct NotJson(pub(super) usize);

pub(super) type Step<T> = Result<T, NotJson>;

/// How what was read compares to what would be written for it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Form {
    /// It would be written as it came.
    #[default]
    Usual,
    /// It is understood, and would be written otherwise: a number as a string, a null.
    Odd,
    /// Part of it is not understood.
    Unknown,
}

/// What stands before a member of an object: a bracket before the first, then commas.
#[derive(Clone, Copy, PartialEq)]
pub(super) struct Sign(u8);

impl Sign {
    const FIRST: Self = Self(b'{');
    const FURTHER: Self = Self(b',');
}

/// How much memory an element of a list may take: while a list grows, there is the old one
/// and the new one, which is twice as long.
pub(super) const GROWTH: usize = 3;

/// A place in a JSON text.
pub(super) struct Json<'a> {
    text: &'a str,
    at: usize,
    /// Where the body stopped to be JSON, when that was found out where nobody could be told.
    failed: Option<usize>,
    name_is_escaped: bool,
    form: Form,
    /// How many bytes of memory may still be spent on what is read.
    budget: usize,
    exhausted: bool,
    /// How many messages we are in: an edit holds a message, which may hold an edit.
    pub(super) messages: u8,
}

impl<'a> Json<'a> {
    pub(super) fn new(text: &'a str, budget: usize) -> Self {
        Self {
            text,
            at: 0,
            failed: None,
            name_is_escaped: false,
            form: Form::Usual,
            budget,
            exhausted: false,
            messages: 0,
        }
    }

    /// Where the next value or sign stands.
    pub(super) fn at(&self) -> usize {
        self.at
    }

    /// What was read since `start`.
    #[inline(always)]
    pub(super) fn since(&self, start: usize) -> &'a str {
        self.between(start, self.at)
    }

    #[inline(always)]
    pub(super) fn between(&self, from: usize, to: usize) -> &'a str {
        self.text.get(from..to).unwrap_or_default()
    }

    /// Goes to a place where it was before.
    pub(super) fn seek(&mut self, at: usize) {
        self.at = at;
    }

    /// Says that what is being read is not as it would be written.
    pub(super) fn note(&mut self, form: Form) {
        self.form = self.form.max(form);
    }

    pub(super) fn form(&self) -> Form {
        self.form
    }

    /// Begins to note anew, and gives what was noted until now.
    pub(super) fn take_form(&mut self) -> Form {
        std::mem::take(&mut self.form)
    }

    /// Whether that much memory may be spent. Elements of three bytes each would otherwise
    /// fill a hundred times the memory of the body.
    ///
    /// When it may not, whoever reads the element around is told by [`Json::refund`].
    #[inline]
    pub(super) fn afford(&mut self, bytes: usize) -> bool {
        match self.budget.checked_sub(bytes) {
            Some(left) => self.budget = left,
            None => self.exhausted = true,
        }
        !self.exhausted
    }

    pub(super) fn budget(&self) -> usize {
        self.budget
    }

    /// What was read since there was `budget` is thrown away.
    pub(super) fn take_back(&mut self, budget: usize) {
        self.budget = budget;
    }

    pub(super) fn is_exhausted(&self) -> bool {
        self.exhausted
    }

    /// Tells whether what was read since there was `budget` costs too much. If so, it is
    /// to be thrown away.
    #[inline]
    pub(super) fn refund(&mut self, budget: usize) -> bool {
        let exhausted = std::mem::take(&mut self.exhausted);
        if exhausted {
            self.budget = budget;
        }
        exhausted
    }

    fn bytes(&self) -> &'a [u8] {
        self.text.as_bytes()
    }

    #[cold]
    fn error<T>(&self) -> Step<T> {
        Err(NotJson(self.failed.unwrap_or(self.at)))
    }

    /// The first byte of the next value or sign, which is not taken yet.
    #[inline]
    pub(super) fn peek(&mut self) -> Option<u8> {
        match self.bytes().get(self.at) {
            // Meta writes no space between them.
            Some(byte) if *byte > b' ' => Some(*byte),
            _ => self.peek_behind_space(),
        }
    }

    #[cold]
    fn peek_behind_space(&mut self) -> Option<u8> {
        let rest = self.bytes().get(self.at..)?;
        let is_space = |byte: &u8| matches!(byte, b' ' | b'\n' | b'\r' | b'\t');
        self.at += rest.iter().take_while(|byte| is_space(byte)).count();
        self.bytes().get(self.at).copied()
    }

    /// Nothing but space may come after the value.
    pub(super) fn end(&mut self) -> Step<()> {
        match (self.peek(), self.failed) {
            (None, None) => Ok(()),
            _ => self.error(),
        }
    }

    /// Enters a list, when one comes next.
    #[inline]
    pub(super) fn list(&mut self) -> bool {
        let is_list = self.peek() == Some(b'[');
        self.at += usize::from(is_list);
        is_list
    }

    /// Enters an object, when one comes next.
    #[inline]
    pub(super) fn object(&mut self) -> Option<Sign> {
        (self.peek() == Some(Sign::FIRST.0)).then_some(Sign::FIRST)
    }

    /// The name of the next member of the object, as it is written, or `None` behind its
    /// last one. Afterwards its value comes next.
    ///
    /// Also `None` where the body stops to be JSON: whatever is read then fails.
    #[inline]
    pub(super) fn member(&mut self, sign: &mut Sign) -> Option<&'a str> {
        // As Meta writes it: a short name behind the sign, then a colon, and no space.
        let bytes = self.bytes();
        if bytes.get(self.at) == Some(&sign.0)
            && bytes.get(self.at + 1) == Some(&b'"')
            && let Some(rest) = self.text.get(self.at + 2..)
            && let length = plain_length(rest.as_bytes())
            && let Some((name, rest)) = rest.split_at_checked(length)
            && let [b'"', b':', value, ..] = rest.as_bytes()
            && *value > b' '
        {
            *sign = Sign::FURTHER;
            self.name_is_escaped = false;
            self.at += length + 4;
            return Some(name);
        }
        if *sign == Sign::FURTHER && bytes.get(self.at) == Some(&b'}') {
            self.at += 1;
            return None;
        }
        self.any_member(sign)
    }

    #[inline(never)]
    fn any_member(&mut self, sign: &mut Sign) -> Option<&'a str> {
        let mut first = std::mem::replace(sign, Sign::FURTHER) == Sign::FIRST;
        self.at += usize::from(first);
        match self.goes_on(&mut first, b'}') {
            Ok(true) => {}
            Ok(false) => return None,
            Err(NotJson(at)) => return self.fail(at),
        }
        // What follows a comma or a bracket was looked at already, and is no space.
        if self.bytes().get(self.at) != Some(&b'"') {
            return self.fail(self.at);
        }
        let name = match self.string() {
            Ok(name) => name,
            Err(NotJson(at)) => return self.fail(at),
        };
        if self.peek() != Some(b':') {
            return self.fail(self.at);
        }
        self.at += 1;
        self.peek();
        self.name_is_escaped = name.escaped;
        Some(name.json)
    }

    /// The name that was read last, as it is meant.
    #[inline]
    pub(super) fn plain<'n>(&self, name: &'n str) -> Cow<'n, str> {
        if self.name_is_escaped { plain_name(name) } else { Cow::Borrowed(name) }
    }

    #[cold]
    fn fail<T>(&mut self, at: usize) -> Option<T> {
        self.failed.get_or_insert(at);
        self.at = self.text.len();
        None
    }

    /// Whether the list has a further element, which comes next.
    #[inline]
    pub(super) fn element(&mut self, first: &mut bool) -> Step<bool> {
        self.goes_on(first, b']')
    }

    #[inline]
    fn goes_on(&mut self, first: &mut bool, end: u8) -> Step<bool> {
        match (self.peek(), std::mem::replace(first, false)) {
            (Some(byte), _) if byte == end => {
                self.at += 1;
                Ok(false)
            }
            (Some(b','), false) => {
                self.at += 1;
                // A comma must have something behind it.
                match self.peek() {
                    Some(byte) if byte != end => Ok(true),
                    _ => self.error(),
                }
            }
            (Some(_), true) => Ok(true),
            _ => self.error(),
        }
    }

    /// Reads the string that comes next.
    #[inline]
    pub(super) fn string(&mut self) -> Step<JsonString<'a>> {
        match self.plain_string() {
            Some(json) => Ok(JsonString { json, escaped: false }),
            None => self.escaped_string(),
        }
    }

    /// Reads the string that comes next, if it holds nothing but itself, as most do.
    #[inline(always)]
    pub(super) fn plain_string(&mut self) -> Option<&'a str> {
        if self.bytes().get(self.at) == Some(&b'"')
            && let Some(rest) = self.text.get(self.at + 1..)
            && let length = plain_length(rest.as_bytes())
            && let Some((string, rest)) = rest.split_at_checked(length)
            && rest.as_bytes().first() == Some(&b'"')
        {
            self.at += length + 2;
            return Some(string);
        }
        None
    }

    #[inline(never)]
    fn escaped_string(&mut self) -> Step<JsonString<'a>> {
        self.at += 1;
        let start = self.at;
        let mut escaped = false;
        loop {
            let rest = self.bytes().get(self.at..).unwrap_or_default();
            let length = length_to_escape(rest);
            self.at += length;
            match rest.get(length) {
                Some(b'"') => {
                    let json = self.since(start);
                    self.at += 1;
                    return Ok(JsonString { json, escaped });
                }
                Some(b'\\') => {
                    escaped = true;
                    self.escape()?;
                }
                _ => return self.error(),
            }
        }
    }

    fn escape(&mut self) -> Step<()> {
        let bytes = self.bytes();
        match bytes.get(self.at + 1) {
            Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => self.at += 2,
            Some(b'u') => {
                let digits = bytes.get(self.at + 2..self.at + 6);
                let is_hex = |digit: &u8| hex::digit(*digit) != hex::NONE;
                if !digits.is_some_and(|digits| digits.iter().all(is_hex)) {
                    return self.error();
                }
                self.at += 6;
            }
            _ => return self.error(),
        }
        Ok(())
    }

    /// Reads the number that comes next, as it is written.
    pub(super) fn number(&mut self) -> Step<&'a str> {
        let start = self.at;
        let bytes = self.bytes();
        self.at += usize::from(bytes.get(self.at) == Some(&b'-'));
        match bytes.get(self.at) {
            Some(b'0') => self.at += 1,
            Some(b'1'..=b'9') => self.digits()?,
            _ => return self.error(),
        }
        if bytes.get(self.at) == Some(&b'.') {
            self.at += 1;
            self.digits()?;
        }
        if let Some(b'e' | b'E') = bytes.get(self.at) {
            self.at += 1;
            self.at += usize::from(matches!(bytes.get(self.at), Some(b'+' | b'-')));
            self.digits()?;
        }
        Ok(self.since(start))
    }

    /// Reads a whole number above zero that comes next, in quotes or not, if it is written
    /// as numbers are: with digits alone, and few enough that it fits.
    #[inline]
    pub(super) fn small_number(&mut self, quoted: bool) -> Option<i64> {
        const MOST: usize = 18;

        let start = self.at + usize::from(quoted);
        let rest = self.bytes().get(start..)?;
        if quoted && self.bytes().get(self.at) != Some(&b'"') {
            return None;
        }
        let mut number = 0;
        for (length, byte) in rest.iter().enumerate() {
            match byte {
                b'0'..=b'9' if length < MOST => number = 10 * number + i64::from(byte - b'0'),
                _ if length == 0 || rest.first() == Some(&b'0') => return None,
                b'"' if quoted => {
                    self.at = start + length + 1;
                    return Some(number);
                }
                b',' | b'}' | b']' if !quoted => {
                    self.at = start + length;
                    return Some(number);
                }
                _ => return None,
            }
        }
        None
    }

    fn digits(&mut self) -> Step<()> {
        let start = self.at;
        while self.bytes().get(self.at).is_some_and(u8::is_ascii_digit) {
            self.at += 1;
        }
        if self.at == start { self.error() } else { Ok(()) }
    }

    /// Passes over the word, when it is what comes next.
    pub(super) fn word(&mut self, word: &str) -> Step<()> {
        let rest = self.bytes().get(self.at..).unwrap_or_default();
        if !rest.starts_with(word.as_bytes()) {
            return self.error();
        }
        self.at += word.len();
        Ok(())
    }

    /// Passes over the value that comes next, whatever it is.
    pub(super) fn skip(&mut self) -> Step<()> {
        let mut open = Nesting::default();
        // Whether what comes next is the first of its list.
        let mut first = true;
        let mut sign = Sign::FIRST;
        loop {
            let goes_on = match open.inner() {
                None => true,
                Some(Bracket::Object) => self.member(&mut sign).is_some(),
                Some(Bracket::List) => self.goes_on(&mut first, b']')?,
            };
            if !goes_on {
                open.leave();
                if open.is_empty() {
                    return Ok(());
                }
                (first, sign) = (false, Sign::FURTHER);
                continue;
            }
            match self.peek() {
                Some(b'{') => {
                    open.enter(Bracket::Object);
                    sign = Sign::FIRST;
                    continue;
                }
                Some(b'[') => {
                    self.at += 1;
                    open.enter(Bracket::List);
                    first = true;
                    continue;
                }
                Some(b'"') => {
                    self.string()?;
                }
                Some(b'-' | b'0'..=b'9') => {
                    self.number()?;
                }
                Some(b't') => self.word("true")?,
                Some(b'f') => self.word("false")?,
                Some(b'n') => self.word("null")?,
                _ => return self.error(),
            }
            if open.is_empty() {
                return Ok(());
            }
        }
    }
}

#[derive(Clone, Copy)]
enum Bracket {
    Object,
    List,
}

/// What is open: one bit for each level, objects as ones.
#[derive(Default)]
struct Nesting {
    depth: usize,
    inner: u64,
    outer: Vec<u64>,
}

impl Nesting {
    fn is_empty(&self) -> bool {
        self.depth == 0
    }

    fn enter(&mut self, bracket: Bracket) {
        if self.depth > 0 && self.depth.is_multiple_of(64) {
            self.outer.push(self.inner);
        }
        self.inner = self.inner << 1 | u64::from(matches!(bracket, Bracket::Object));
        self.depth += 1;
    }

    fn leave(&mut self) {
        self.inner >>= 1;
        self.depth = self.depth.saturating_sub(1);
        if self.depth > 0 && self.depth.is_multiple_of(64) {
            self.inner = self.outer.pop().unwrap_or_default();
        }
    }

    fn inner(&self) -> Option<Bracket> {
        match (self.is_empty(), self.inner & 1) {
            (true, _) => None,
            (false, 1) => Some(Bracket::Object),
            (false, _) => Some(Bracket::List),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn skip(text: &str) -> Step<()> {
        let mut json = Json::new(text, usize::MAX);
        json.skip()?;
        json.end()
    }

    #[test]
    fn what_is_json_is_passed_over() {
        for text in [
            "{}",
            "[]",
            "null",
            "true",
            "false",
            "0",
            "-0",
            "-12.5e+3",
            "1E9",
            r#""a""#,
            r#" { "a" : [ 1 , { } , [ ] , "x\u00e1\n\/" ] , "b" : null } "#,
            r#"{"":{"":{"":[[[{}]]]}}}"#,
        ] {
            assert_eq!(skip(text), Ok(()), "{text}");
        }
    }

    #[test]
    fn what_is_no_json_is_refused_where_it_goes_wrong() {
        for (text, at) in [
            ("", 0),
            ("{", 1),
            ("[1,]", 3),
            (r#"{"a":1,}"#, 7),
            (r#"{"a" 1}"#, 5),
            ("{1:2}", 1),
            ("01", 1),
            ("1.", 2),
            ("1e", 2),
            ("-", 1),
            ("+1", 0),
            (".5", 0),
            ("tru", 0),
            ("nul", 0),
            (r#""a"#, 2),
            (r#""\x""#, 1),
            (r#""\u00g0""#, 1),
            ("\"\n\"", 1),
            ("[1 2]", 3),
            ("{} x", 3),
            ("[}", 1),
            ("[,1]", 1),
            (r#"{,"a":1}"#, 1),
            (r#"{"a":}"#, 5),
            ("NaN", 0),
            ("[1}", 2),
            (r#"{"a":1]"#, 6),
        ] {
            assert_eq!(skip(text), Err(NotJson(at)), "{text}");
        }
    }

    #[test]
    fn it_agrees_with_serde_json_on_every_cut_and_every_changed_byte() {
        let text = r#"{"a":[1,-2.5e3,{"b":"x\u00e1\"y"},true,null],"c":{"d":[]}}"#;
        let accepts = |text: &str| serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok();
        for cut in 0..=text.len() {
            assert_eq!(skip(&text[..cut]).is_ok(), accepts(&text[..cut]), "{cut}");
        }
        for at in 0..text.len() {
            for byte in 0..0x80 {
                let mut changed = text.as_bytes().to_vec();
                changed[at] = byte;
                let changed = String::from_utf8(changed).unwrap();
                assert_eq!(skip(&changed).is_ok(), accepts(&changed), "{changed}");
            }
        }
    }

    #[test]
    fn brackets_must_match_at_any_depth() {
        for depth in [1, 63, 64, 65, 128, 129, 10_000] {
            // Objects and lists in turn, so that each level has a bit of its own.
            let mut text = String::new();
            for level in 0..depth {
                text.push_str(if level % 3 == 0 { r#"{"a":"# } else { "[" });
            }
            let mut closed = text.clone() + "1";
            for level in (0..depth).rev() {
                closed.push(if level % 3 == 0 { '}' } else { ']' });
            }
            assert_eq!(skip(&closed), Ok(()), "{depth}");
            let last = closed.pop().unwrap();
            closed.push(if last == '}' { ']' } else { '}' });
            assert!(skip(&closed).is_err(), "{depth}");
        }
    }

    #[test]
    fn memory_is_spent_once() {
        let mut json = Json::new("", 10);

        assert!(json.afford(6));
        assert!(!json.refund(10));
        assert!(!json.afford(5));
        assert!(!json.afford(1));
        assert!(json.refund(4));
        assert!(json.afford(4));
    }
}
