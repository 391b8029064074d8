//! A place's own clock: days and times as people there say them.

use jiff::Timestamp as Moment;
use jiff::civil::DateTime;
use jiff::tz::{TimeZone, TimeZoneDatabase};

use crate::domain::Day;
use crate::domain::hours::InvalidHours;
use crate::time::Timestamp;

/// A time zone of the IANA database.
///
/// ```
/// use atendimento_core::domain::hours::Zone;
/// use atendimento_core::time::Timestamp;
///
/// let at = Timestamp::from_seconds(1_700_000_000);
/// assert_eq!(Zone::utc().local(at), "2023-11-14 22:13:20 UTC");
/// assert_eq!(Zone::named("America/Sao_Paulo")?.local(at), "2023-11-14 19:13:20 -03");
/// # Ok::<(), atendimento_core::domain::hours::InvalidHours>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Zone(TimeZone);

impl Zone {
    /// Greenwich, which has no daylight saving.
    pub fn utc() -> Self {
        Self(TimeZone::UTC)
    }

    /// The zone of that name in the IANA database.
    ///
    /// # Errors
    ///
    /// [`InvalidHours::Zone`] when there is none.
    pub fn named(name: &str) -> Result<Self, InvalidHours> {
        TimeZoneDatabase::bundled().get(name).map(Self).map_err(|_| InvalidHours::Zone)
    }

    /// The day it is there.
    pub fn day(&self, at: Timestamp) -> Day {
        let date = self.at(at).date();
        let part = |value: i8| u32::from(value.unsigned_abs());
        let year = u32::from(date.year().unsigned_abs());
        Day::new(year * 10_000 + part(date.month()) * 100 + part(date.day()))
    }

    /// Day, time to the second and zone, as text that sorts within a zone.
    pub fn local(&self, at: Timestamp) -> String {
        let zoned = instant(at).to_zoned(self.0.clone());
        zoned.strftime("%Y-%m-%d %H:%M:%S %Z").to_string()
    }

    fn at(&self, at: Timestamp) -> DateTime {
        self.0.to_datetime(instant(at))
    }
}

impl Default for Zone {
    fn default() -> Self {
        Self::utc()
    }
}

fn instant(at: Timestamp) -> Moment {
    Moment::from_millisecond(at.millis()).unwrap_or(Moment::UNIX_EPOCH)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_begins_when_it_does_there() {
        // Two hours after midnight in Greenwich, one hour before it in São Paulo.
        let at = Timestamp::from_seconds(1_700_013_600);
        assert_eq!(Zone::utc().day(at).to_string(), "20231115");
        assert_eq!(Zone::named("America/Sao_Paulo").unwrap().day(at).to_string(), "20231114");
        assert_eq!(Zone::named("Asia/Tokyo").unwrap().day(at).to_string(), "20231115");
        assert_eq!(Zone::named("Brazil/Nowhere"), Err(InvalidHours::Zone));
    }
}
