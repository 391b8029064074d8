//! Strings of JSON: where they end, and what they say.

use std::borrow::Cow;

use wide::u8x16;

use crate::webhook::hex;

/// A name as it is meant. Half a surrogate pair in it is replaced.
pub(super) fn plain_name(name: &str) -> Cow<'_, str> {
    let string = JsonString { json: name, escaped: name.contains('\\') };
    string.plain().map_or_else(|| string.read_lossy(), Cow::Borrowed)
}

/// How many bytes come before the first one that means something in a string: a quote, a
/// backslash, or a control character.
#[inline(always)]
pub(super) fn plain_length(bytes: &[u8]) -> usize {
    match bytes.first_chunk().and_then(find_special) {
        Some(length) => length,
        None => long_plain_length(bytes),
    }
}

/// The same where escapes are near: one often follows another.
#[inline]
pub(super) fn length_to_escape(bytes: &[u8]) -> usize {
    if bytes.first() == Some(&b'\\') { 0 } else { plain_length(bytes) }
}

/// The same, when they are sixteen or more, or the text ends before that.
#[inline(never)]
fn long_plain_length(bytes: &[u8]) -> usize {
    let (blocks, tail) = bytes.as_chunks();
    for (index, block) in blocks.iter().enumerate() {
        if let Some(length) = find_special(block) {
            return 16 * index + length;
        }
    }
    let is_special = |byte: &u8| matches!(byte, b'"' | b'\\' | 0..0x20);
    bytes.len() - tail.len() + tail.iter().position(is_special).unwrap_or(tail.len())
}

/// Where the first such byte stands.
#[inline(always)]
fn find_special(bytes: &[u8; 16]) -> Option<usize> {
    let bytes = u8x16::new(*bytes);
    let quote = bytes.simd_eq(u8x16::splat(b'"'));
    let backslash = bytes.simd_eq(u8x16::splat(b'\\'));
    let control = bytes.simd_eq(bytes.min(u8x16::splat(0x1f)));
    let special = (quote | backslash | control).to_bitmask();
    (special != 0).then(|| special.trailing_zeros() as usize)
}

/// A string as it is written, without its quotes.
#[derive(Clone, Copy)]
pub(super) struct JsonString<'a> {
    pub(super) json: &'a str,
    pub(super) escaped: bool,
}

impl<'a> JsonString<'a> {
    /// What it says, when it is written as it is said.
    #[inline]
    pub(super) fn plain(self) -> Option<&'a str> {
        (!self.escaped).then_some(self.json)
    }

    /// What it says; `None` when it has half a surrogate pair in it.
    #[inline]
    pub(super) fn read(self) -> Option<Cow<'a, str>> {
        if self.escaped {
            self.unescaped(None).map(Cow::Owned)
        } else {
            Some(Cow::Borrowed(self.json))
        }
    }

    #[cold]
    fn read_lossy(self) -> Cow<'a, str> {
        self.unescaped(Some(char::REPLACEMENT_CHARACTER)).unwrap_or_default().into()
    }

    fn unescaped(self, instead: Option<char>) -> Option<String> {
        let mut text = String::with_capacity(self.json.len());
        let mut rest = self.json;
        loop {
            // What was passed over holds nothing else that is special.
            let (plain, escape) = rest.split_at_checked(length_to_escape(rest.as_bytes()))?;
            text.push_str(plain);
            let Some(escape) = escape.get(1..) else {
                return Some(text);
            };
            let (character, length) = match *escape.as_bytes().first()? {
                b'b' => (Some('\u{8}'), 1),
                b'f' => (Some('\u{c}'), 1),
                b'n' => (Some('\n'), 1),
                b'r' => (Some('\r'), 1),
                b't' => (Some('\t'), 1),
                b'u' => from_hexadecimal(escape.as_bytes()),
                itself => (Some(char::from(itself)), 1),
            };
            text.push(character.or(instead)?);
            rest = escape.get(length..)?;
        }
    }
}

/// The character of `u0041…`, where two halves of a pair are one, and the length of it.
fn from_hexadecimal(escape: &[u8]) -> (Option<char>, usize) {
    let unit = |start: usize| {
        let digits = escape.get(start..)?.first_chunk::<4>()?;
        Some(digits.iter().fold(0, |unit, digit| unit << 4 | u32::from(hex::digit(*digit))))
    };
    let Some(high) = unit(1) else {
        return (None, escape.len());
    };
    if (0xd800..0xdc00).contains(&high)
        && escape.get(5..7) == Some(b"\\u")
        && let Some(low @ 0xdc00..0xe000) = unit(7)
    {
        let pair = 0x1_0000 + ((high - 0xd800) << 10) + (low - 0xdc00);
        return (char::from_u32(pair), 11);
    }
    (char::from_u32(high), 5)
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use crate::webhook::json::Json;

    fn string(text: &str) -> Option<Cow<'_, str>> {
        Json::new(text, usize::MAX).string().unwrap().read()
    }

    #[test]
    fn a_string_ends_at_its_quote_wherever_that_stands() {
        for length in 0..40 {
            let text = "é".repeat(length / 2) + &"x".repeat(length % 2);
            let json = format!("\"{text}\" ,\"further\"");
            assert_eq!(string(&json).unwrap(), text);
            assert_eq!(string(&format!("\"{text}\"")).unwrap(), text);
        }
    }

    #[test]
    fn escapes_are_read_as_serde_json_reads_them() {
        for text in [
            r#""ol\u00e1 \"you\" \/ \\ \b\f\n\r\t""#,
            r#""\ud83c\uDF35!""#,
            r#""\u0000""#,
            r#""\ud800""#,
            r#""\udc00x""#,
            r#""\ud800\u0041""#,
            r#""\ud800x""#,
            r#""\ud800\ud83c\udf35""#,
            r#""\ud83c\udf35\ud83c\udf35""#,
            r#""\uD83C""#,
            r#""""#,
        ] {
            let theirs = serde_json::from_str::<String>(text).ok();
            assert_eq!(string(text).map(Cow::into_owned), theirs, "{text}");
        }
    }
}
