//! SHA-256 in the two ways Meta writes it: hexadecimal in answers, base64 in webhooks.

use sha2::{Digest as _, Sha256};

/// The SHA-256 of `bytes`.
#[cfg(any(test, feature = "simulator"))]
pub(crate) fn sha256(bytes: &[u8]) -> Hash {
    Hash(Sha256::digest(bytes).into())
}

/// A SHA-256.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Hash([u8; 32]);

impl From<[u8; 32]> for Hash {
    fn from(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }
}

impl Hash {
    /// What was hashed piece by piece.
    pub(crate) fn of(hashed: Sha256) -> Self {
        Self(hashed.finalize().into())
    }

    /// In lower-case hexadecimal.
    pub(crate) fn hex(self) -> String {
        const HEX: &[u8; 16] = b"0123456789abcdef";
        let digits = |byte: u8| [byte >> 4, byte & 15].map(|digit| HEX[usize::from(digit)]);
        self.0.into_iter().flat_map(digits).map(char::from).collect()
    }

    /// In base64.
    pub(crate) fn base64(self) -> String {
        base64(&self.0)
    }

    /// Whether Meta wrote this hash, in either way.
    pub(crate) fn is_written_as(self, text: &str) -> bool {
        text.eq_ignore_ascii_case(&self.hex())
            || text.trim_end_matches('=') == self.base64().trim_end_matches('=')
    }
}

/// Standard base64 with padding (RFC 4648).
pub(crate) fn base64(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let byte = |index: usize| u32::from(chunk.get(index).copied().unwrap_or_default());
        let group = byte(0) << 16 | byte(1) << 8 | byte(2);
        for position in 0..4 {
            if position <= chunk.len() {
                let sextet = group >> (18 - 6 * position) & 63;
                text.push(char::from(ALPHABET[sextet as usize]));
            } else {
                text.push('=');
            }
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_is_that_of_the_standard() {
        // RFC 4648, section 10.
        for (bytes, text) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg=="),
            ("fooba", "Zm9vYmE="),
            ("foobar", "Zm9vYmFy"),
        ] {
            assert_eq!(base64(bytes.as_bytes()), text);
        }
        assert_eq!(base64(&[0xfb, 0xff]), "+/8=");
    }

    #[test]
    fn a_hash_is_known_in_both_ways_of_writing_it() {
        // FIPS 180-2, appendix B.1.
        let hex = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        let hash = sha256(b"abc");

        assert_eq!(hash.hex(), hex);
        assert!(hash.is_written_as(hex));
        assert!(hash.is_written_as("ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0="));
        assert!(!hash.is_written_as(&sha256(b"abd").hex()));
        assert!(!hash.is_written_as(""));
    }
}
