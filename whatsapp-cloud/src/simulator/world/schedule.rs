//! What happens later, when the clock gets there.

use std::collections::BTreeMap;

use crate::simulator::world::template::Due;
use crate::simulator::world::{Millis, News, World};

/// What is to happen, by when; what is due at once in the order in which it was planned.
#[derive(Default)]
pub(super) struct Schedule {
    planned: BTreeMap<(Millis, u64), Event>,
    count: u64,
}

/// What can happen by itself.
pub(super) enum Event {
    /// The business is told.
    Tell(News),
    /// Something happens to a template.
    Template(Due),
}

impl Schedule {
    pub(super) fn plan(&mut self, at: Millis, event: Event) {
        self.count += 1;
        self.planned.insert((at, self.count), event);
    }

    fn pop_due(&mut self, now: Millis) -> Option<(Millis, Event)> {
        let first = self.planned.first_entry().filter(|first| first.key().0 <= now)?;
        let ((at, _), event) = first.remove_entry();
        Some((at, event))
    }
}

impl World {
    /// Lets happen what is due, and says what the business is told of it.
    pub(in crate::simulator) fn catch_up(&mut self, now: Millis) -> Vec<News> {
        let mut news = Vec::new();
        while let Some((at, event)) = self.schedule.pop_due(now) {
            match event {
                Event::Tell(told) => news.push(told),
                Event::Template(due) => news.extend(self.template_due(due, at)),
            }
        }
        news
    }

    /// The business is told at `at`.
    pub(in crate::simulator) fn tell_at(&mut self, at: Millis, mut news: News) {
        news.delayed = true;
        self.schedule.plan(at, Event::Tell(news));
    }

    /// When something happens next.
    pub(in crate::simulator) fn next_event(&self) -> Option<Millis> {
        self.schedule.planned.keys().next().map(|(at, _)| *at)
    }
}
