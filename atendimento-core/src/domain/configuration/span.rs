//! A time as people write it: `90s`, `5m`, `8h`, `7d`.

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use serde::{Deserialize, Serialize};

/// A time in whole seconds, written with its unit: `90s`, `5m`, `8h`, `7d`.
///
/// ```
/// use std::time::Duration;
/// use atendimento_core::domain::configuration::Span;
///
/// let span: Span = "5m".parse()?;
/// assert_eq!(Duration::from(span), Duration::from_secs(300));
/// assert_eq!(Span::from_secs(7_200).to_string(), "2h");
/// assert!("5".parse::<Span>().is_err(), "five of what?");
/// # Ok::<(), atendimento_core::domain::configuration::InvalidSpan>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Span(u64);

/// What is written is no time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a time is a whole number and its unit: 90s, 5m, 8h or 7d")]
pub struct InvalidSpan;

const UNITS: [(char, u64); 4] = [('d', 86_400), ('h', 3_600), ('m', 60), ('s', 1)];

impl Span {
    /// So many seconds.
    pub const fn from_secs(seconds: u64) -> Self {
        Self(seconds)
    }

    /// The seconds.
    pub const fn as_secs(self) -> u64 {
        self.0
    }
}

impl From<Span> for Duration {
    fn from(span: Span) -> Self {
        Self::from_secs(span.0)
    }
}

impl FromStr for Span {
    type Err = InvalidSpan;

    fn from_str(written: &str) -> Result<Self, InvalidSpan> {
        let unit = written.chars().last().ok_or(InvalidSpan)?;
        let (_, seconds) = UNITS.iter().find(|(letter, _)| *letter == unit).ok_or(InvalidSpan)?;
        let number = &written[..written.len() - 1];
        if number.is_empty() || !number.bytes().all(|digit| digit.is_ascii_digit()) {
            return Err(InvalidSpan);
        }
        let number: u64 = number.parse().map_err(|_| InvalidSpan)?;
        number.checked_mul(*seconds).map(Self).ok_or(InvalidSpan)
    }
}

impl TryFrom<String> for Span {
    type Error = InvalidSpan;

    fn try_from(written: String) -> Result<Self, InvalidSpan> {
        written.parse()
    }
}

impl From<Span> for String {
    fn from(span: Span) -> Self {
        span.to_string()
    }
}

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let fits = |(_, seconds): &&(char, u64)| self.0 > 0 && self.0.is_multiple_of(*seconds);
        let (unit, seconds) = UNITS.iter().find(fits).copied().unwrap_or(('s', 1));
        write!(f, "{}{unit}", self.0 / seconds)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_is_no_time_is_refused() {
        for written in
            ["", "5", "m", "5x", "-5m", "+5m", "5 m", "1.5h", "9999999999999999999d", "٣m"]
        {
            assert_eq!(written.parse::<Span>(), Err(InvalidSpan), "{written}");
        }
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_again(seconds in 0_u64..10_000_000) {
            let span = Span::from_secs(seconds);
            prop_assert_eq!(span.to_string().parse(), Ok(span));
        }
    }
}
