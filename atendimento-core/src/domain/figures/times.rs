//! Many durations as one value: how many, how long in all, and how they are spread.

use std::collections::BTreeMap;
use std::time::Duration;

/// Up to so many seconds, each second has a cell of its own.
const EXACT: u64 = 4096;

/// How many durations there were, how long they were together, and how they are spread.
///
/// Count, sum and longest are exact to the millisecond. The spread is kept in cells that end at
/// a whole second each; beyond 4,096 seconds they grow with the duration, to 1/2,048 of it at
/// the most. So [`Times::within`] is exact for limits in whole seconds up to 4,096, and
/// [`Times::quantile`] is too long by less than a second, or by 1/2,048 where that is more.
///
/// Two of them add up: what was measured in two periods is what was measured in both.
///
/// ```
/// use std::time::Duration;
/// use atendimento_core::domain::figures::Times;
///
/// let mut waits = Times::default();
/// for seconds in [5, 10, 45] {
///     waits.record(Duration::from_secs(seconds));
/// }
/// assert_eq!((waits.count(), waits.mean()), (3, Some(Duration::from_secs(20))));
/// assert_eq!(waits.within(Duration::from_secs(10)), 2);
/// assert_eq!(waits.quantile(500), Some(Duration::from_secs(10)));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Times {
    count: u64,
    /// In milliseconds, like `longest`.
    sum: u64,
    longest: u64,
    /// How many there are in the cell that ends at so many seconds.
    cells: BTreeMap<u64, u64>,
}

impl Times {
    /// One more.
    pub fn record(&mut self, time: Duration) {
        let millis = u64::try_from(time.as_millis()).unwrap_or(u64::MAX);
        self.count += 1;
        self.sum = self.sum.saturating_add(millis);
        self.longest = self.longest.max(millis);
        *self.cells.entry(end_of_cell(millis)).or_default() += 1;
    }

    /// All of `other` too.
    pub fn add(&mut self, other: &Self) {
        self.count += other.count;
        self.sum = self.sum.saturating_add(other.sum);
        self.longest = self.longest.max(other.longest);
        for (end, count) in &other.cells {
            *self.cells.entry(*end).or_default() += count;
        }
    }

    /// How many there are.
    pub fn count(&self) -> u64 {
        self.count
    }

    /// All of them together.
    pub fn sum(&self) -> Duration {
        Duration::from_millis(self.sum)
    }

    /// The longest; zero when there is none.
    pub fn longest(&self) -> Duration {
        Duration::from_millis(self.longest)
    }

    /// The average, to the millisecond below; `None` when there is none.
    pub fn mean(&self) -> Option<Duration> {
        self.sum.checked_div(self.count).map(Duration::from_millis)
    }

    /// How many were no longer than `limit`.
    pub fn within(&self, limit: Duration) -> u64 {
        self.cells.range(..=limit.as_secs()).map(|(_, count)| count).sum()
    }

    /// The time that so many of a thousand do not exceed: 500 for the median, 950 for all but a
    /// twentieth. `None` when there is none.
    pub fn quantile(&self, per_mille: u16) -> Option<Duration> {
        let rank = (self.count * u64::from(per_mille.min(1000))).div_ceil(1000).max(1);
        let mut counted = 0;
        let reached = self.cells.iter().find(|(_, count)| {
            counted += *count;
            counted >= rank
        });
        reached.map(|(end, _)| Duration::from_secs(*end).min(self.longest()))
    }
}

/// The second at which the cell of a duration ends.
fn end_of_cell(millis: u64) -> u64 {
    let seconds = millis.div_ceil(1000);
    if seconds <= EXACT {
        return seconds;
    }
    let width = 1 << (seconds.ilog2() - EXACT.ilog2() + 1);
    seconds.div_ceil(width) * width
}

/// A part of a whole, as the two numbers that it is made of.
///
/// ```
/// use atendimento_core::domain::figures::Share;
///
/// let level = Share { part: 4, whole: 5 };
/// assert_eq!(level.per_mille(), Some(800));
/// assert_eq!(Share { part: 0, whole: 0 }.per_mille(), None);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Share {
    /// How many, or how many milliseconds.
    pub part: u64,
    /// Of how many.
    pub whole: u64,
}

impl Share {
    /// How many of a thousand, rounded down; `None` of nothing.
    pub fn per_mille(self) -> Option<u64> {
        let whole = u128::from(self.whole);
        let share = (u128::from(self.part) * 1000).checked_div(whole)?;
        Some(u64::try_from(share).unwrap_or(u64::MAX))
    }
}

#[cfg(test)]
mod tests {
    use super::{EXACT, end_of_cell};

    #[test]
    fn a_cell_ends_at_or_after_what_is_in_it_and_by_less_than_is_said() {
        let mut millis = 0;
        while millis < 400 * 86_400_000 {
            let end = end_of_cell(millis) * 1000;
            assert!(end >= millis, "{millis}");
            let slack = if millis <= EXACT * 1000 { 999 } else { millis / 2048 + 999 };
            assert!(end - millis <= slack, "{millis}: {end}");
            assert_eq!(end_of_cell(end), end / 1000, "the end of a cell is in it: {millis}");
            millis += 1 + millis / 97;
        }
    }
}
