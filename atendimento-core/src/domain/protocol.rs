//! The number by which a customer and the business call a conversation.
//!
//! Brazil's rules for customer service (Decreto 11.034/2022) have the business give one for
//! each contact, by which its record can be asked for.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A day of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(u32);

impl Day {
    /// The day that is written so: 20261123 is the 23rd of November 2026.
    pub const fn new(written: u32) -> Self {
        Self(written)
    }

    /// The day, as it is written.
    pub const fn written(self) -> u32 {
        self.0
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:08}", self.0)
    }
}

/// A protocol number: the day on which a conversation began, and which one of the company's it
/// was on that day, from 1 on. Says nothing of the customer.
///
/// ```
/// use atendimento_core::domain::{Day, Protocol};
///
/// let protocol = Protocol::new(Day::new(20_261_123), 42);
/// assert_eq!(protocol.to_string(), "20261123-000042");
/// assert_eq!("20261123-000042".parse(), Ok(protocol));
/// // As somebody says it on the phone.
/// assert_eq!(" 20261123 42 ".parse(), Ok(protocol));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Protocol {
    day: Day,
    number: u32,
}

/// The text is no protocol number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a protocol number: one is the day and a number, like 20261123-000042")]
pub struct InvalidProtocol;

impl Protocol {
    /// The protocol number of the company's `number`th conversation of that day.
    pub const fn new(day: Day, number: u32) -> Self {
        Self { day, number }
    }

    /// The day.
    pub const fn day(self) -> Day {
        self.day
    }

    /// Which one of the day it is, from 1 on.
    pub const fn number(self) -> u32 {
        self.number
    }
}

impl fmt::Display for Protocol {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{:06}", self.day, self.number)
    }
}

impl FromStr for Protocol {
    type Err = InvalidProtocol;

    fn from_str(text: &str) -> Result<Self, InvalidProtocol> {
        let (day, number) = text.trim().split_once(['-', ' ', '/']).ok_or(InvalidProtocol)?;
        let digits = |text: &str| {
            let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
            if is_number { text.parse().map_err(|_| InvalidProtocol) } else { Err(InvalidProtocol) }
        };
        let (number, written) = (digits(number.trim())?, digits(day)?);
        let (month, of_month) = (written / 100 % 100, written % 100);
        let is_day = day.len() == 8 && (1..=12).contains(&month) && (1..=31).contains(&of_month);
        if is_day && number > 0 {
            Ok(Self::new(Day(written), number))
        } else {
            Err(InvalidProtocol)
        }
    }
}

impl TryFrom<String> for Protocol {
    type Error = InvalidProtocol;

    fn try_from(text: String) -> Result<Self, InvalidProtocol> {
        text.parse()
    }
}

impl From<Protocol> for String {
    fn from(protocol: Protocol) -> Self {
        protocol.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_protocol_number_is_refused() {
        for text in [
            "",
            "20261123",
            "20261123-",
            "-000042",
            "20261123-0",
            "20261323-1",
            "20261100-1",
            "2026112-1",
            "20261123-+1",
            "20261123-1-2",
            "20261123-99999999999",
            "2026١123-1",
        ] {
            assert_eq!(text.parse::<Protocol>(), Err(InvalidProtocol), "{text}");
        }
    }

    #[test]
    fn a_number_beyond_a_million_is_written_in_full() {
        let protocol = Protocol::new(Day::new(20_261_123), 1_234_567);
        assert_eq!(protocol.to_string().parse(), Ok(protocol));
    }
}
