//! JSON as Meta writes it: compact, ASCII only, slashes escaped.
//!
//! A receiver that parses and writes again before it checks the signature fails here, as it
//! would fail with Meta.

use bytes::Bytes;
use serde_json::Value;

/// `value` as Meta writes it.
pub(super) fn write(value: &Value) -> Bytes {
    let mut written = String::new();
    // Outside of strings JSON has neither slashes nor anything beyond ASCII.
    for char in value.to_string().chars() {
        match char {
            '/' => written.push_str("\\/"),
            char if char.is_ascii() => written.push(char),
            char => {
                for unit in char.encode_utf16(&mut [0; 2]) {
                    written.push_str(&format!("\\u{unit:04x}"));
                }
            }
        }
    }
    Bytes::from(written)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn text_is_escaped_as_meta_does_and_reads_back_the_same() {
        let value = json!({"text": "á/👍🏽 \"\n"});
        let written = write(&value);

        assert_eq!(written, r#"{"text":"\u00e1\/\ud83d\udc4d\ud83c\udffd \"\n"}"#);
        assert_eq!(serde_json::from_slice::<Value>(&written).unwrap(), value);
    }
}
