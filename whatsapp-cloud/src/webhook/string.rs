//! Strings of JSON: where they end, and what they say.

use std::borrow::Cow;

use crate::webhook::hex;

/// A name as it is meant. Half a surrogate pair in it is replaced.
pub(super) fn plain_name(name: &str) -> Cow<'_, str> {
    let string = JsonString { json: name, escaped: name.contains('\\') };
    string.plain().map_or_else(|| string.read_lossy(), Cow::Borrowed)
}

/// The length of the string that starts there, if it is short and holds nothing but itself.
#[inline]
pub(super) fn short_string(bytes: &[u8], start: usize) -> Option<usize> {
    let short = bytes.get(start..)?.first_chunk::<SHORT>()?;
    let (eights, _) = short.as_chunks::<8>();
    for (index, eight) in eights.iter().enumerate() {
        let found = special_bytes(*eight);
        if found != 0 {
            let length = 8 * index + found.trailing_zeros() as usize / 8;
            return (short[length % SHORT] == b'"').then_some(length);
        }
    }
    None
}

/// How long a string may be to be read in the quick way: nearly all names are shorter.
const SHORT: usize = 32;

/// Has the highest bit of the first byte set that means something in a string, and no bit
/// below it. Says nothing of the bytes behind that one.
#[inline]
fn special_bytes(bytes: [u8; 8]) -> u64 {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const HIGH: u64 = ONES << 7;

    // Which of the eight is zero, after taking away what is sought?
    let word = u64::from_le_bytes(bytes);
    let quote = (word ^ (ONES * b'"' as u64)).wrapping_sub(ONES);
    let backslash = (word ^ (ONES * b'\\' as u64)).wrapping_sub(ONES);
    let control = word.wrapping_sub(ONES * 0x20);
    (quote | backslash | control) & !word & HIGH
}

/// Where the first byte stands that means something in a string, which may be long.
#[inline]
pub(super) fn next_special(bytes: &[u8]) -> Option<usize> {
    let Some((short, long)) = bytes.split_at_checked(SHORT) else {
        return find_special(bytes);
    };
    // Where there is one, others are near.
    find_special(short).or_else(|| {
        let (blocks, _) = long.as_chunks::<32>();
        let plain = 32 * blocks.iter().take_while(|block| !has_special(block)).count();
        Some(SHORT + plain + find_special(long.get(plain..)?)?)
    })
}

/// The same by steps of eight.
#[inline]
fn find_special(bytes: &[u8]) -> Option<usize> {
    let (eights, tail) = bytes.as_chunks::<8>();
    for (index, eight) in eights.iter().enumerate() {
        let found = special_bytes(*eight);
        if found != 0 {
            return Some(index * 8 + (found.trailing_zeros() / 8) as usize);
        }
    }
    let found = tail.iter().position(|byte| matches!(byte, b'"' | b'\\' | 0..0x20))?;
    Some(bytes.len() - tail.len() + found)
}

/// Whether such a byte stands in the block. Written so that it becomes a few instructions.
#[inline]
fn has_special(block: &[u8; 32]) -> bool {
    let is_special =
        |byte: u8| u8::from(byte == b'"') | u8::from(byte == b'\\') | u8::from(byte < 0x20);
    block.iter().fold(0, |found, byte| found | is_special(*byte)) != 0
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
        // What was passed over holds nothing else that is special.
        while let Some(plain) = next_special(rest.as_bytes()) {
            text.push_str(rest.get(..plain)?);
            let escape = rest.get(plain + 1..)?;
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
        text.push_str(rest);
        Some(text)
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
