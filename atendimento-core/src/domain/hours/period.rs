//! A period of a day: `08:00-12:00`.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

const DAY: u16 = 24 * 60;

/// A period of a day, written `08:00-12:00`. One that ends before it begins, or when it begins,
/// ends on the next day.
///
/// ```
/// use atendimento_core::domain::hours::Period;
///
/// let night: Period = "22:00-06:00".parse()?;
/// assert_eq!(night.to_string(), "22:00-06:00");
/// assert!("25:00-06:00".parse::<Period>().is_err());
/// # Ok::<(), atendimento_core::domain::hours::InvalidPeriod>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Period {
    /// Minutes since midnight.
    from: u16,
    /// The same, from 1 to 1,440, on this day or the next.
    until: u16,
}

/// What is written is no period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a period is written 08:00-12:00")]
pub struct InvalidPeriod;

impl Period {
    /// Minutes from midnight to its beginning.
    pub(super) fn from(self) -> i64 {
        self.from.into()
    }

    /// Minutes from the same midnight to its end.
    pub(super) fn until(self) -> i64 {
        let until = if self.until <= self.from { self.until + DAY } else { self.until };
        until.into()
    }

    /// Whether any two of a day, in order, have a moment in common.
    pub(super) fn overlap(periods: &[Self]) -> bool {
        periods.windows(2).any(|two| two[1].from() < two[0].until())
    }
}

impl FromStr for Period {
    type Err = InvalidPeriod;

    fn from_str(written: &str) -> Result<Self, InvalidPeriod> {
        let (from, until) = written.split_once('-').ok_or(InvalidPeriod)?;
        let (from, until) = (minutes(from)?, minutes(until)?);
        // The day ends at 24:00, and begins at 00:00.
        let until = if until == 0 { DAY } else { until };
        if from < DAY && until <= DAY { Ok(Self { from, until }) } else { Err(InvalidPeriod) }
    }
}

fn minutes(written: &str) -> Result<u16, InvalidPeriod> {
    let two = |digits: &str| match digits.as_bytes() {
        [a @ b'0'..=b'9', b @ b'0'..=b'9'] => Ok(u16::from(a - b'0') * 10 + u16::from(b - b'0')),
        _ => Err(InvalidPeriod),
    };
    let (hours, minutes) = written.trim().split_once(':').ok_or(InvalidPeriod)?;
    let (hours, minutes) = (two(hours)?, two(minutes)?);
    if minutes < 60 { Ok(hours * 60 + minutes) } else { Err(InvalidPeriod) }
}

impl TryFrom<String> for Period {
    type Error = InvalidPeriod;

    fn try_from(written: String) -> Result<Self, InvalidPeriod> {
        written.parse()
    }
}

impl From<Period> for String {
    fn from(period: Period) -> Self {
        period.to_string()
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { from, until } = self;
        write!(f, "{:02}:{:02}-{:02}:{:02}", from / 60, from % 60, until / 60, until % 60)
    }
}
