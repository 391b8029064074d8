//! When customers can call.

use std::collections::HashMap;

use crate::api::Violations;
use crate::api::settings::Switch;
use crate::wire::{object, open_enum};

/// How many spans a day may have.
const MOST_SPANS: usize = 2;
/// How many holidays there may be.
const MOST_HOLIDAYS: usize = 20;

object! {
    /// When customers can call. Apps of customers may take seven days to know it.
    ///
    /// ```
    /// use whatsapp_cloud::api::settings::{CallHours, CallingSettings, Settings, UpdateSettings};
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let hours: CallHours = serde_json::from_str(
    ///     r#"{"status":"ENABLED","timezone_id":"America/Sao_Paulo",
    ///         "weekly_operating_hours":[{"day_of_week":"MONDAY","open_time":"0800",
    ///         "close_time":"1800"}]}"#,
    /// )?;
    /// let calling = CallingSettings { call_hours: Some(hours), ..CallingSettings::default() };
    /// let settings = Settings { calling: Some(calling), ..Settings::default() };
    /// assert!(UpdateSettings::new("106540352242922", settings).request().is_ok());
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct CallHours {
        /// Whether there are hours; without, customers can always call.
        pub status: Option<Switch> = "status",
        /// Where the hours are meant: `America/Manaus`.
        pub timezone_id: Option<String> = "timezone_id",
        /// The hours of each day; a day that is not named is closed.
        pub weekly_operating_hours: Vec<OpenHours> = "weekly_operating_hours",
        /// Other hours on some days: at most 20. What is not named here is deleted.
        pub holiday_schedule: Vec<Holiday> = "holiday_schedule",
        /// Where the hours are meant, as Meta's OpenAPI file writes it.
        pub timezone: Option<String> = "timezone",
        /// With which day a week begins. Only in Meta's OpenAPI file.
        pub day_of_week_start: Option<String> = "day_of_week_start",
    }
    check |hours, found| {
        if hours.status == Some(Switch::Enabled) {
            if hours.timezone_id.is_none() && hours.timezone.is_none() {
                found.add("timezone_id", "a time zone, found none");
            }
            if hours.weekly_operating_hours.is_empty() {
                found.add("weekly_operating_hours", "one day at least, found none");
            }
        }
        let week = &hours.weekly_operating_hours;
        found.within("weekly_operating_hours", |found| {
            check_days(week, |day| day.day_of_week.as_str(), OpenHours::span, found);
        });
        let count = hours.holiday_schedule.len();
        found.within("holiday_schedule", |found| {
            if count > MOST_HOLIDAYS {
                found.say(format!("at most {MOST_HOLIDAYS} days, found {count}"));
            }
            check_days(&hours.holiday_schedule, |day| day.date.as_str(), Holiday::span, found);
        });
    }
}

object! {
    /// Hours of a day. A day may have two entries, which must not overlap.
    ///
    /// ```
    /// use whatsapp_cloud::api::settings::{OpenHours, Weekday};
    ///
    /// let morning = OpenHours {
    ///     day_of_week: Weekday::Tuesday,
    ///     open_time: "0800".to_owned(),
    ///     close_time: "1200".to_owned(),
    ///     ..OpenHours::default()
    /// };
    /// assert_eq!(
    ///     serde_json::to_string(&morning)?,
    ///     r#"{"day_of_week":"TUESDAY","open_time":"0800","close_time":"1200"}"#,
    /// );
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct OpenHours {
        /// The day.
        pub day_of_week: Weekday = "day_of_week",
        /// From when, as `0430`.
        pub open_time: String = "open_time",
        /// Until when: later than the beginning.
        pub close_time: String = "close_time",
    }
    check |hours, found| {
        if hours.day_of_week.as_str().is_empty() {
            found.add("day_of_week", "a day, found none");
        }
        check_span("open_time", &hours.open_time, "close_time", &hours.close_time, found);
    }
}

object! {
    /// Hours of one day of a year.
    ///
    /// ```
    /// use whatsapp_cloud::api::settings::{CallHours, Holiday};
    ///
    /// let hours: CallHours = serde_json::from_str(
    ///     r#"{"holiday_schedule":[{"date":"2026-12-24","start_time":"0000","end_time":"1200"}]}"#,
    /// )?;
    /// let Holiday { date, end_time, .. } = &hours.holiday_schedule[0];
    /// assert_eq!((date.as_str(), end_time.as_str()), ("2026-12-24", "1200"));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct Holiday {
        /// The day, as `2026-01-01`.
        pub date: String = "date",
        /// From when, as `0430`.
        pub start_time: String = "start_time",
        /// Until when: later than the beginning.
        pub end_time: String = "end_time",
    }
    check |day, found| {
        let is_date = day.date.len() == 10
            && day.date.bytes().enumerate().all(|(index, byte)| match index {
                4 | 7 => byte == b'-',
                _ => byte.is_ascii_digit(),
            });
        if !is_date {
            found.add("date", "a day as YYYY-MM-DD");
        }
        check_span("start_time", &day.start_time, "end_time", &day.end_time, found);
    }
}

impl OpenHours {
    fn span(&self) -> Option<(u16, u16)> {
        Some((minutes(&self.open_time)?, minutes(&self.close_time)?))
    }
}

impl Holiday {
    fn span(&self) -> Option<(u16, u16)> {
        Some((minutes(&self.start_time)?, minutes(&self.end_time)?))
    }
}

/// A time of day as minutes. Meta writes `0430`, `04:30` and the number 430.
fn minutes(time: &str) -> Option<u16> {
    let digits = time.replacen(':', "", 1);
    if !(1..=4).contains(&digits.len()) || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let time: u16 = digits.parse().ok()?;
    let (hour, minute) = (time / 100, time % 100);
    (hour < 24 && minute < 60).then_some(hour * 60 + minute)
}

fn check_span(from: &str, begin: &str, until: &str, end: &str, found: &mut Violations) {
    let (begin, end) = (minutes(begin), minutes(end));
    for (name, time) in [(from, begin), (until, end)] {
        if time.is_none() {
            found.add(name, "a time as HHMM");
        }
    }
    if let (Some(begin), Some(end)) = (begin, end)
        && begin >= end
    {
        found.add(until, "a time later than the beginning");
    }
}

/// Checks that no day has too many spans, and none that overlap.
fn check_days<T>(
    days: &[T],
    name: impl Fn(&T) -> &str,
    span: impl Fn(&T) -> Option<(u16, u16)>,
    found: &mut Violations,
) {
    // A third entry of a day is refused, whatever its hours: those before it are few.
    let mut known: HashMap<&str, Vec<&T>> = HashMap::new();
    for (index, day) in days.iter().enumerate() {
        let before = known.entry(name(day)).or_default();
        let overlaps = before.iter().any(|other| match (span(other), span(day)) {
            (Some(one), Some(two)) => one.0 < two.1 && two.0 < one.1,
            (None, _) | (_, None) => false,
        });
        found.within_element(index, |found| {
            if before.len() >= MOST_SPANS {
                found.say(format!("at most {MOST_SPANS} entries for a day"));
            }
            if overlaps {
                found.say("hours that do not overlap with others of the day");
            }
        });
        if before.len() < MOST_SPANS {
            before.push(day);
        }
    }
}

open_enum! {
    /// A day of the week.
    ///
    /// ```
    /// use whatsapp_cloud::api::settings::{OpenHours, Weekday};
    ///
    /// let hours: OpenHours = serde_json::from_str(r#"{"day_of_week":"friday"}"#)?;
    /// assert_eq!(hours.day_of_week, Weekday::Friday);
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    in any case Weekday {
        /// Monday.
        Monday = "MONDAY",
        /// Tuesday.
        Tuesday = "TUESDAY",
        /// Wednesday.
        Wednesday = "WEDNESDAY",
        /// Thursday.
        Thursday = "THURSDAY",
        /// Friday.
        Friday = "FRIDAY",
        /// Saturday.
        Saturday = "SATURDAY",
        /// Sunday.
        Sunday = "SUNDAY",
    }
}
