//! When people are there: periods of each weekday in the business's own time zone, holidays,
//! and days that are otherwise.
//!
//! A shift belongs to the day on which it begins: one from 22:00 to 06:00 goes on into the next
//! morning, also when that is a holiday. Where the clocks are put forward, what would begin in
//! the missing hour begins after it; where they are put back, what begins in the hour that
//! comes twice begins when it comes first.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use jiff::civil::{Date, Weekday};
use jiff::tz::{TimeZone, TimeZoneDatabase};
use jiff::{Span, Timestamp as Moment};
use serde::{Deserialize, Serialize};

use crate::domain::once::each_once;
use crate::time::Timestamp;

pub mod holidays;
mod period;
mod zone;

pub use holidays::Holidays;
pub use period::{InvalidPeriod, Period};
pub use zone::Zone;

/// How many days are looked at for the next change: more than a year of holidays in a row is
/// no opening at all.
const LOOK_AHEAD: i64 = 400;

/// When a business is open, as it is written in a configuration.
///
/// ```
/// use atendimento_core::domain::hours::{Hours, HoursDocument};
/// use atendimento_core::time::Timestamp;
///
/// let document: HoursDocument = serde_json::from_str(
///     r#"{
///         "zone": "America/Sao_Paulo",
///         "week": {"mon": ["08:00-12:00", "13:00-18:00"], "sat": ["22:00-06:00"]},
///         "holidays": ["brazil"],
///         "days": {"2026-12-28": ["09:00-12:00"]}
///     }"#,
/// )?;
/// let hours = Hours::new(document)?;
/// let noon = Timestamp::from_seconds(1_764_601_200); // Monday, 2025-12-01, 12:00 in São Paulo
/// assert!(!hours.is_open(noon));
/// // An hour of work that begins now begins at one o'clock.
/// assert_eq!(hours.after(noon, std::time::Duration::from_secs(3_600)),
///     Some(Timestamp::from_seconds(1_764_601_200 + 2 * 3_600)));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HoursDocument {
    /// The time zone, by its name in the IANA database.
    pub zone: String,
    /// The periods of each weekday.
    #[serde(default)]
    pub week: Week,
    /// Which countries' holidays are days off.
    #[serde(default)]
    pub holidays: BTreeSet<Holidays>,
    /// Days that are otherwise than their weekday, and than a holiday: with these periods, or
    /// with none.
    #[serde(default, deserialize_with = "each_once")]
    pub days: BTreeMap<Date, Vec<Period>>,
}

/// The periods of each weekday. A day that is not named is a day off.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Week {
    /// Monday's.
    pub mon: Vec<Period>,
    /// Tuesday's.
    pub tue: Vec<Period>,
    /// Wednesday's.
    pub wed: Vec<Period>,
    /// Thursday's.
    pub thu: Vec<Period>,
    /// Friday's.
    pub fri: Vec<Period>,
    /// Saturday's.
    pub sat: Vec<Period>,
    /// Sunday's.
    pub sun: Vec<Period>,
}

impl Week {
    fn of(&self, day: Weekday) -> &[Period] {
        match day {
            Weekday::Monday => &self.mon,
            Weekday::Tuesday => &self.tue,
            Weekday::Wednesday => &self.wed,
            Weekday::Thursday => &self.thu,
            Weekday::Friday => &self.fri,
            Weekday::Saturday => &self.sat,
            Weekday::Sunday => &self.sun,
        }
    }

    fn all(&mut self) -> [&mut Vec<Period>; 7] {
        let Self { mon, tue, wed, thu, fri, sat, sun } = self;
        [mon, tue, wed, thu, fri, sat, sun]
    }

    fn named(&self) -> [(&'static str, &[Period]); 7] {
        [
            ("week.mon", &self.mon),
            ("week.tue", &self.tue),
            ("week.wed", &self.wed),
            ("week.thu", &self.thu),
            ("week.fri", &self.fri),
            ("week.sat", &self.sat),
            ("week.sun", &self.sun),
        ]
    }
}

/// What is wrong with opening hours, and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum InvalidHours {
    /// There is no such time zone.
    #[error("zone: no time zone of the IANA database")]
    Zone,
    /// Two periods of a day overlap.
    #[error("{path}: two periods that overlap")]
    Overlap {
        /// Which day.
        path: String,
    },
}

/// When a business is open.
#[derive(Clone, Debug)]
pub struct Hours {
    zone: TimeZone,
    document: HoursDocument,
}

impl Hours {
    /// Opening hours as they are written.
    ///
    /// # Errors
    ///
    /// [`InvalidHours`], which says what is wrong and where.
    pub fn new(mut document: HoursDocument) -> Result<Self, InvalidHours> {
        document
            .week
            .all()
            .into_iter()
            .chain(document.days.values_mut())
            .for_each(|day| day.sort());
        let zone =
            TimeZoneDatabase::bundled().get(&document.zone).map_err(|_| InvalidHours::Zone)?;
        let days = document.days.iter().map(|(day, periods)| (format!("days.{day}"), periods));
        let week = document.week.named();
        let week = week.into_iter().map(|(path, periods)| (path.to_owned(), periods));
        let all = week.chain(days.map(|(path, periods)| (path, periods.as_slice())));
        for (path, periods) in all {
            if Period::overlap(periods) {
                return Err(InvalidHours::Overlap { path });
            }
        }
        Ok(Self { zone, document })
    }

    /// As they were written, the periods of each day in order.
    pub fn document(&self) -> &HoursDocument {
        &self.document
    }

    /// Whether anybody is there at `at`.
    pub fn is_open(&self, at: Timestamp) -> bool {
        self.shifts(at).take_while(|shift| shift.from <= at).any(|shift| at < shift.until)
    }

    /// When that changes next; `None` when it does not within a year.
    pub fn next_change(&self, at: Timestamp) -> Option<Timestamp> {
        let mut until = None;
        for shift in self.shifts(at).filter(|shift| shift.until > at) {
            match until {
                None if shift.from > at => return Some(shift.from),
                None => until = Some(shift.until),
                // One that begins as the other ends goes on.
                Some(end) if shift.from <= end => until = Some(end.max(shift.until)),
                Some(_) => break,
            }
        }
        until
    }

    /// When `time` of opening hours has passed since `from`; `None` when it has not within a year.
    pub fn after(&self, from: Timestamp, time: Duration) -> Option<Timestamp> {
        let mut left = time;
        let mut at = from;
        for shift in self.shifts(from).filter(|shift| shift.until > from) {
            at = at.max(shift.from);
            let open = shift.until.since(at);
            if left <= open {
                return Some(at + left);
            }
            left -= open;
            at = at.max(shift.until);
        }
        None
    }

    /// How much of the time from `from` to `until` was within opening hours.
    pub fn between(&self, from: Timestamp, until: Timestamp) -> Duration {
        let mut at = from;
        let mut open = Duration::ZERO;
        for shift in self.shifts(from).take_while(|shift| shift.from < until) {
            at = at.max(shift.from);
            open += shift.until.min(until).since(at);
            at = at.max(shift.until);
        }
        open
    }

    /// The shifts from the day before `at` on, in order.
    fn shifts(&self, at: Timestamp) -> impl Iterator<Item = Shift> + '_ {
        let today = self.date(at);
        let days =
            (-1..LOOK_AHEAD).map_while(move |day| today.checked_add(Span::new().days(day)).ok());
        days.flat_map(move |day| {
            self.periods(day).iter().filter_map(move |period| self.shift(day, *period))
        })
    }

    /// What holds on a day.
    fn periods(&self, day: Date) -> &[Period] {
        if let Some(periods) = self.document.days.get(&day) {
            return periods;
        }
        if self.document.holidays.iter().any(|holidays| holidays.contains(day)) {
            return &[];
        }
        self.document.week.of(day.weekday())
    }

    fn shift(&self, day: Date, period: Period) -> Option<Shift> {
        let at = |minutes: i64| {
            let day = day.checked_add(Span::new().days(minutes / (24 * 60))).ok()?;
            let minutes =
                i8::try_from(minutes % (24 * 60) / 60).ok().zip(i8::try_from(minutes % 60).ok());
            let (hour, minute) = minutes?;
            let local = day.at(hour, minute, 0, 0);
            let instant = self.zone.to_ambiguous_timestamp(local).compatible().ok()?;
            Some(Timestamp::from_millis(instant.as_millisecond()))
        };
        Some(Shift { from: at(period.from())?, until: at(period.until())? })
    }

    fn date(&self, at: Timestamp) -> Date {
        let instant = Moment::from_millisecond(at.millis()).unwrap_or(Moment::UNIX_EPOCH);
        self.zone.to_datetime(instant).date()
    }
}

/// A period on a certain day.
#[derive(Clone, Copy, Debug)]
struct Shift {
    from: Timestamp,
    until: Timestamp,
}

#[cfg(test)]
mod tests {
    use jiff::civil::{DateTime, date};
    use proptest::prelude::*;

    use super::*;

    fn hours(zone: &str, edit: impl FnOnce(&mut HoursDocument)) -> Hours {
        let mut document = HoursDocument { zone: zone.to_owned(), ..HoursDocument::default() };
        edit(&mut document);
        Hours::new(document).unwrap()
    }

    fn periods(written: &[&str]) -> Vec<Period> {
        written.iter().map(|period| period.parse().unwrap()).collect()
    }

    /// A moment as the clock on the wall shows it: `2026-11-23T08:00`.
    fn at(zone: &str, local: &str) -> Timestamp {
        let zone = TimeZoneDatabase::bundled().get(zone).unwrap();
        let local: DateTime = local.parse().unwrap();
        Timestamp::from_millis(local.to_zoned(zone).unwrap().timestamp().as_millisecond())
    }

    const SP: &str = "America/Sao_Paulo";

    #[test]
    fn several_periods_of_a_day_and_days_off() {
        let hours = hours(SP, |hours| hours.week.mon = periods(&["08:00-12:00", "13:00-18:00"]));
        for (local, is_open, next) in [
            ("2026-11-23T07:59", false, "2026-11-23T08:00"),
            ("2026-11-23T08:00", true, "2026-11-23T12:00"),
            ("2026-11-23T12:00", false, "2026-11-23T13:00"),
            ("2026-11-23T17:59", true, "2026-11-23T18:00"),
            ("2026-11-23T18:00", false, "2026-11-30T08:00"),
            ("2026-11-26T10:00", false, "2026-11-30T08:00"),
        ] {
            let moment = at(SP, local);
            assert_eq!(hours.is_open(moment), is_open, "{local}");
            assert_eq!(hours.next_change(moment), Some(at(SP, next)), "{local}");
        }
    }

    #[test]
    fn a_night_shift_goes_on_into_a_holiday_and_none_begins_on_one() {
        let hours = hours(SP, |hours| {
            hours.week.thu = periods(&["22:00-06:00"]);
            hours.week.fri = periods(&["22:00-06:00"]);
            hours.holidays.insert(Holidays::Brazil);
        });
        // 2026-12-25 is a Friday.
        assert!(hours.is_open(at(SP, "2026-12-25T05:59")));
        assert!(!hours.is_open(at(SP, "2026-12-25T06:00")));
        assert!(!hours.is_open(at(SP, "2026-12-25T23:00")));
        assert!(!hours.is_open(at(SP, "2026-12-26T03:00")));
    }

    #[test]
    fn a_day_that_is_otherwise_is_so_also_on_a_holiday() {
        let hours = hours(SP, |hours| {
            hours.week.fri = periods(&["08:00-18:00"]);
            hours.holidays.insert(Holidays::Brazil);
            hours.days.insert(date(2026, 12, 25), periods(&["10:00-11:00"]));
            hours.days.insert(date(2026, 12, 18), Vec::new());
        });
        assert!(hours.is_open(at(SP, "2026-12-25T10:30")));
        assert!(!hours.is_open(at(SP, "2026-12-25T12:00")));
        assert!(!hours.is_open(at(SP, "2026-12-18T12:00")));
    }

    #[test]
    fn shifts_that_meet_are_one() {
        let hours = hours(SP, |hours| {
            hours.week.mon = periods(&["08:00-12:00", "12:00-24:00"]);
            hours.week.tue = periods(&["00:00-03:00"]);
        });
        let next = hours.next_change(at(SP, "2026-11-23T09:00"));
        assert_eq!(next, Some(at(SP, "2026-11-24T03:00")));
    }

    #[test]
    fn always_and_never_have_no_change() {
        let all = periods(&["00:00-24:00"]);
        let always = hours(SP, |hours| {
            let day = || all.clone();
            hours.week = Week {
                mon: day(),
                tue: day(),
                wed: day(),
                thu: day(),
                fri: day(),
                sat: day(),
                sun: day(),
            };
        });
        let moment = at(SP, "2026-11-23T09:00");
        assert!(always.is_open(moment));
        let a_year = Duration::from_secs(365 * 24 * 3_600);
        assert!(always.next_change(moment).unwrap() > moment + a_year);
        let never = hours(SP, |_| {});
        assert_eq!((never.is_open(moment), never.next_change(moment)), (false, None));
        assert_eq!(never.after(moment, Duration::from_secs(1)), None);
    }

    #[test]
    fn clocks_that_are_put_forward_and_back_are_followed() {
        let zone = "America/New_York";
        let hours = hours(zone, |hours| hours.week.sun = periods(&["01:00-04:00"]));
        let open = |day: &str| {
            let from = at(zone, &format!("{day}T00:00"));
            hours.between(from, from + Duration::from_secs(12 * 3_600)).as_secs() / 3_600
        };
        // Two hours when one is missing, four when one comes twice.
        assert_eq!((open("2026-03-08"), open("2026-03-15"), open("2026-11-01")), (2, 3, 4));
    }

    #[test]
    fn a_deadline_counts_opening_hours_only() {
        let hours = hours(SP, |hours| {
            hours.week.fri = periods(&["08:00-18:00"]);
            hours.week.mon = periods(&["08:00-18:00"]);
        });
        let from = at(SP, "2026-11-27T17:30");
        let hour = Duration::from_secs(3_600);
        assert_eq!(hours.after(from, hour), Some(at(SP, "2026-11-30T08:30")));
        assert_eq!(hours.after(from, Duration::ZERO), Some(from));
        assert_eq!(hours.between(from, at(SP, "2026-11-30T08:30")), hour);
    }

    #[test]
    fn what_is_wrong_is_said_with_its_place() {
        let mut document = HoursDocument { zone: "Brasil".to_owned(), ..HoursDocument::default() };
        assert_eq!(Hours::new(document.clone()).unwrap_err(), InvalidHours::Zone);
        document.zone = SP.to_owned();
        document.week.wed = periods(&["13:00-18:00", "08:00-13:01"]);
        let wrong = Hours::new(document.clone()).unwrap_err();
        assert_eq!(wrong.to_string(), "week.wed: two periods that overlap");
        document.week.wed = Vec::new();
        document.days.insert(date(2026, 12, 24), periods(&["22:00-06:00", "23:00-23:30"]));
        let wrong = Hours::new(document).unwrap_err();
        assert_eq!(wrong.to_string(), "days.2026-12-24: two periods that overlap");
        for json in [
            r#"{"zone": "UTC", "weeks": {}}"#,
            r#"{"zone": "UTC", "week": {"monday": []}}"#,
            r#"{"zone": "UTC", "week": {"mon": ["8-12"]}}"#,
            r#"{"zone": "UTC", "week": {"mon": ["08:00-24:01"]}}"#,
            r#"{"zone": "UTC", "holidays": ["chile"]}"#,
            r#"{"zone": "UTC", "days": {"2026-02-30": []}}"#,
        ] {
            assert!(serde_json::from_str::<HoursDocument>(json).is_err(), "{json}");
        }
    }

    proptest! {
        #[test]
        fn all_questions_have_one_answer(
            minutes in 0_i64..20_000, open in 0_u16..1_440, close in 1_u16..=1_440,
        ) {
            let written = format!(
                "{:02}:{:02}-{:02}:{:02}", open / 60, open % 60, close / 60, close % 60
            );
            let hours = hours(SP, |hours| {
                hours.week.tue = periods(&[&written]);
                hours.week.sat = periods(&[&written]);
            });
            let moment = at(SP, "2026-11-23T00:00") + Duration::from_secs(60 * minutes as u64);
            let change = hours.next_change(moment).unwrap();
            let before = change.before(Duration::from_millis(1));
            prop_assert!(change > moment);
            prop_assert_eq!(hours.is_open(moment), hours.is_open(before));
            prop_assert_ne!(hours.is_open(moment), hours.is_open(change));
            let open = if hours.is_open(moment) { change.since(moment) } else { Duration::ZERO };
            prop_assert_eq!(hours.between(moment, change), open);
            // A minute on two days of the week makes 104 in a year.
            let work = Duration::from_secs(97 * 60 + 17);
            let due = hours.after(moment, work).unwrap();
            prop_assert_eq!(hours.between(moment, due), work);
        }
    }
}
