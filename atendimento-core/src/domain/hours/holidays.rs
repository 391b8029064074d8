//! Days off that a law names.

use jiff::Span;
use jiff::civil::{Date, Weekday};
use serde::{Deserialize, Serialize};

/// Whose holidays.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Holidays {
    /// Brazil's national holidays: nine with a date of their own, and Good Friday.
    ///
    /// Source: Leis nº 662/1949, 6.802/1980, 9.093/1995, 10.607/2002 and 14.759/2023.
    Brazil,
    /// The days on which Brazil's offices are closed as a rule though no law says so: Monday
    /// and Tuesday of Carnival, and Corpus Christi.
    BrazilOptional,
}

impl Holidays {
    /// Whether `day` is one of them.
    ///
    /// ```
    /// use atendimento_core::domain::hours::Holidays;
    /// use jiff::civil::date;
    ///
    /// assert!(Holidays::Brazil.contains(date(2026, 4, 3)), "Good Friday");
    /// assert!(!Holidays::Brazil.contains(date(2026, 2, 17)), "Carnival is no national holiday");
    /// assert!(Holidays::BrazilOptional.contains(date(2026, 2, 17)));
    /// ```
    pub fn contains(self, day: Date) -> bool {
        let from_easter = easter(day.year()).and_then(|easter| day.since(easter).ok());
        let from_easter = from_easter.map(|span: Span| span.get_days());
        match self {
            Self::Brazil => {
                let consciencia_negra = day.year() >= 2024 && (day.month(), day.day()) == (11, 20);
                let has_its_date = matches!(
                    (day.month(), day.day()),
                    (1 | 5, 1) | (4, 21) | (9, 7) | (10, 12) | (11, 2 | 15) | (12, 25)
                );
                has_its_date || consciencia_negra || from_easter == Some(-2)
            }
            Self::BrazilOptional => matches!(from_easter, Some(-48 | -47 | 60)),
        }
    }
}

/// Easter Sunday, by Gauss's rule as Meeus and Jones wrote it.
fn easter(year: i16) -> Option<Date> {
    let year = i32::from(year);
    let (golden, century, rest) = (year % 19, year / 100, year % 100);
    let (leaps, left) = (century / 4, century % 4);
    let moon = (19 * golden + century - leaps - (century - (century + 8) / 25 + 1) / 3 + 15) % 30;
    let weekday = (32 + 2 * left + 2 * (rest / 4) - moon - rest % 4) % 7;
    let late = (golden + 11 * moon + 22 * weekday) / 451;
    let days = moon + weekday - 7 * late + 114;
    let date = Date::new(
        i16::try_from(year).ok()?,
        i8::try_from(days / 31).ok()?,
        i8::try_from(days % 31 + 1).ok()?,
    );
    date.ok().filter(|date| date.weekday() == Weekday::Sunday)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn easter_is_when_it_is() {
        for (year, month, day) in [
            (1961, 4, 2),
            (2000, 4, 23),
            (2008, 3, 23),
            (2011, 4, 24),
            (2024, 3, 31),
            (2025, 4, 20),
            (2026, 4, 5),
            (2027, 3, 28),
            (2038, 4, 25),
            (2285, 3, 22),
        ] {
            assert_eq!(easter(year), Some(date(year, month, day)));
        }
        assert!((1583..=9999).all(|year| easter(year).is_some()));
    }

    fn of_year(holidays: Holidays, year: i16) -> Vec<String> {
        let days = date(year, 1, 1).series(Span::new().days(1));
        let days = days.take_while(|day| day.year() == year);
        days.filter(|day| holidays.contains(*day))
            .map(|day| day.to_string()[5..].to_owned())
            .collect()
    }

    #[test]
    fn brazil_has_ten_and_had_nine_before_2024() {
        let of_2026 = of_year(Holidays::Brazil, 2026);
        assert_eq!(
            of_2026,
            [
                "01-01", "04-03", "04-21", "05-01", "09-07", "10-12", "11-02", "11-15", "11-20",
                "12-25"
            ]
        );
        assert_eq!(of_year(Holidays::Brazil, 2023).len(), 9);
        assert_eq!(of_year(Holidays::BrazilOptional, 2026), ["02-16", "02-17", "06-04"]);
    }
}
