//! What started within the last second, or within any other span.

use std::collections::VecDeque;
use std::time::Duration;

use crate::client::limiter::moment::Moment;

/// The last starts, so that no span of any position holds more than are allowed.
///
/// Exact instead of a bucket that fills: a bucket that holds a burst and fills at the full
/// rate lets through both in the same second.
#[derive(Debug)]
pub(super) struct Window {
    /// In order. Holds twice as many as are ever allowed: as many again may be taken back.
    starts: VecDeque<Moment>,
    span: Duration,
}

impl Window {
    pub(super) fn new(span: Duration) -> Self {
        Self { starts: VecDeque::new(), span }
    }

    pub(super) fn span(&self) -> Duration {
        self.span
    }

    /// From when on one more may start, so that every half-open span holds `most` at most.
    pub(super) fn free_at(&self, most: usize) -> Moment {
        match self.starts.len().checked_sub(most.max(1)) {
            Some(index) => self.starts[index] + self.span,
            None => Moment::START,
        }
    }

    /// One more starts, not before the last. `limit` is the most that are ever allowed.
    pub(super) fn add(&mut self, now: Moment, limit: usize) {
        while self.starts.front().is_some_and(|start| *start + self.span <= now)
            || self.starts.len() >= limit.max(1) * 2
        {
            self.starts.pop_front();
        }
        self.starts.push_back(now);
    }

    /// Takes back one that started then.
    pub(super) fn remove(&mut self, start: Moment) {
        if let Ok(index) = self.starts.binary_search(&start) {
            self.starts.remove(index);
        }
    }

    pub(super) fn is_empty_at(&self, now: Moment) -> bool {
        self.starts.back().is_none_or(|start| *start + self.span <= now)
    }

    /// Gives back memory that a busy time took.
    pub(super) fn shrink_at(&mut self, now: Moment) {
        if self.is_empty_at(now) {
            self.starts = VecDeque::new();
        }
    }
}
