//! Hexadecimal digits.

/// What each character is worth as a hexadecimal digit; [`NONE`] when it is none.
const DIGITS: [u8; 256] = {
    let mut digits = [NONE; 256];
    let mut value = 0;
    while value < 16 {
        digits[b"0123456789abcdef"[value as usize] as usize] = value;
        digits[b"0123456789ABCDEF"[value as usize] as usize] = value;
        value += 1;
    }
    digits
};

/// Has bits that no digit has, so that many can be looked at together.
pub(super) const NONE: u8 = 0xf0;

/// What the character is worth, or [`NONE`].
#[inline]
pub(super) fn digit(character: u8) -> u8 {
    DIGITS[usize::from(character)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_character_is_worth_what_the_standard_library_says() {
        for character in 0..=u8::MAX {
            let worth = char::from(character).to_digit(16).unwrap_or(u32::from(NONE));
            assert_eq!(u32::from(digit(character)), worth, "{character}");
        }
    }
}
