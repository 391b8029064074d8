//! From when until when something is measured.

use std::time::Duration;

use crate::time::Timestamp;

/// From when until when something is measured: one quarter of an hour or several.
///
/// What happened at the end does not belong to it, so that periods which follow each other add
/// up. Days of every time zone there is are whole quarters of an hour.
///
/// ```
/// use atendimento_core::domain::figures::Period;
/// use atendimento_core::time::Timestamp;
///
/// let noon = Timestamp::from_seconds(43_200);
/// let hour = Period::new(noon, Timestamp::from_seconds(46_800))?;
/// assert_eq!(hour.from(), noon);
/// assert!(Period::new(noon, noon).is_err());
/// assert!(Period::new(noon, Timestamp::from_seconds(43_201)).is_err());
/// # Ok::<(), atendimento_core::domain::figures::InvalidPeriod>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Period {
    from: Timestamp,
    until: Timestamp,
}

/// Why something is no period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvalidPeriod {
    /// It ends before it has begun.
    #[error("a period ends after it begins")]
    Empty,
    /// It begins or ends within a quarter of an hour.
    #[error("a period begins and ends at a full quarter of an hour")]
    NotWhole,
}

impl Period {
    /// The shortest period: figures are kept by the quarter of an hour.
    pub const QUARTER: Duration = Duration::from_secs(900);

    /// The time from `from` until `until`.
    ///
    /// # Errors
    ///
    /// [`InvalidPeriod`] when it is empty, or not made of whole quarters of an hour.
    pub fn new(from: Timestamp, until: Timestamp) -> Result<Self, InvalidPeriod> {
        if until <= from {
            return Err(InvalidPeriod::Empty);
        }
        if [from, until].into_iter().any(|end| begin_of_quarter(end) != end) {
            return Err(InvalidPeriod::NotWhole);
        }
        Ok(Self { from, until })
    }

    /// The quarter of an hour that `moment` is in.
    pub fn quarter_of(moment: Timestamp) -> Self {
        let from = begin_of_quarter(moment);
        Self { from, until: from + Self::QUARTER }
    }

    /// When it begins.
    pub fn from(self) -> Timestamp {
        self.from
    }

    /// When it ends: the first moment after it.
    pub fn until(self) -> Timestamp {
        self.until
    }
}

/// When the quarter of an hour began that `moment` is in.
pub(super) fn begin_of_quarter(moment: Timestamp) -> Timestamp {
    const MILLIS: i64 = 900_000;
    let millis = moment.millis();
    Timestamp::from_millis(millis.saturating_sub(millis.rem_euclid(MILLIS)))
}
