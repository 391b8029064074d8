//! A set of moments: it does not matter in which order, or how often, they were put in.

use std::collections::BTreeMap;

use crate::time::Timestamp;

/// Spans by their begin, each with its end, which is not in it. They neither overlap nor touch.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Spans(BTreeMap<Timestamp, Timestamp>);

impl Spans {
    /// Puts in what lies from `from` until `until`.
    pub(super) fn add(&mut self, mut from: Timestamp, mut until: Timestamp) {
        if until <= from {
            return;
        }
        // From behind: those that begin up to its end, as long as they reach its begin.
        while let Some((&begin, &end)) = self.0.range(..=until).next_back() {
            if end < from {
                break;
            }
            self.0.remove(&begin);
            from = from.min(begin);
            until = until.max(end);
        }
        self.0.insert(from, until);
    }

    /// Puts in all of `other`.
    pub(super) fn add_all(&mut self, other: &Self) {
        for (from, until) in &other.0 {
            self.add(*from, *until);
        }
    }

    /// What of it lies from `from` until `until`.
    pub(super) fn clipped(&self, from: Timestamp, until: Timestamp) -> Self {
        if until <= from {
            return Self::default();
        }
        let before = self.0.range(..from).next_back();
        let clip = |(begin, end): (&Timestamp, &Timestamp)| ((*begin).max(from), (*end).min(until));
        let all = before.into_iter().chain(self.0.range(from..until)).map(clip);
        Self(all.filter(|(begin, end)| begin < end).collect())
    }

    /// What is in both.
    pub(super) fn common(&self, other: &Self) -> Self {
        let mut common = Self::default();
        for (from, until) in &self.0 {
            common.add_all(&other.clipped(*from, *until));
        }
        common
    }

    /// How much it is, in milliseconds.
    pub(super) fn millis(&self) -> u64 {
        let lengths = self.0.iter().map(|(from, until)| until.since(*from).as_millis());
        u64::try_from(lengths.sum::<u128>()).unwrap_or(u64::MAX)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::Spans;
    use crate::time::Timestamp;

    fn spans(ends: &[(i64, i64)]) -> Spans {
        let mut spans = Spans::default();
        for (from, until) in ends {
            spans.add(Timestamp::from_millis(*from), Timestamp::from_millis(*until));
        }
        spans
    }

    fn moments(ends: &[(i64, i64)]) -> BTreeSet<i64> {
        ends.iter().flat_map(|(from, until)| *from..*until).collect()
    }

    fn read(spans: &Spans) -> BTreeSet<i64> {
        spans.0.iter().flat_map(|(from, until)| from.millis()..until.millis()).collect()
    }

    proptest! {
        #[test]
        fn spans_are_the_set_of_their_moments(
            one in vec((0_i64..40, 0_i64..40), 0..9),
            other in vec((0_i64..40, 0_i64..40), 0..9),
            (from, until) in (0_i64..40, 0_i64..40),
        ) {
            let (left, right) = (spans(&one), spans(&other));
            let (here, there) = (moments(&one), moments(&other));
            prop_assert_eq!(read(&left), here.clone());
            prop_assert_eq!(left.millis(), here.len() as u64);
            let clipped = left.clipped(Timestamp::from_millis(from), Timestamp::from_millis(until));
            prop_assert_eq!(read(&clipped), &here & &moments(&[(from, until)]));
            prop_assert_eq!(read(&left.common(&right)), &here & &there);
            let mut both = left.clone();
            both.add_all(&right);
            prop_assert_eq!(read(&both), &here | &there);
            let apart = both.0.iter().zip(both.0.iter().skip(1));
            for ((_, end), (begin, _)) in apart {
                prop_assert!(end < begin, "they neither overlap nor touch");
            }
        }
    }
}
