//! One WhatsApp Business account: how many management calls may be made in an hour.

use std::collections::BTreeSet;
use std::time::Duration;

use crate::client::limiter::limits::CALLS_SPAN;
use crate::client::limiter::moment::Moment;
use crate::client::limiter::slot::Ticket;
use crate::client::limiter::window::Window;

/// How long to make no calls when Meta says that there were too many, and not for how long.
pub(super) const PAUSE: Duration = Duration::from_secs(60);

#[derive(Debug)]
pub(super) struct Account {
    most: u32,
    window: Window,
    paused: Moment,
    /// Who waits: tickets are given out in order, so the first is the oldest.
    line: BTreeSet<Ticket>,
}

impl Account {
    pub(super) fn new(most: u32) -> Self {
        Self { most, window: Window::new(CALLS_SPAN), paused: Moment::START, line: BTreeSet::new() }
    }

    pub(super) fn set_calls(&mut self, most: u32) {
        self.most = most;
    }

    pub(super) fn is_idle(&self, now: Moment) -> bool {
        self.line.is_empty() && self.paused <= now && self.window.is_empty_at(now)
    }

    /// From when on one more call may be made.
    pub(super) fn gate(&self) -> Moment {
        self.paused.max(self.window.free_at(self.most as usize))
    }

    pub(super) fn line(&mut self) -> &mut BTreeSet<Ticket> {
        &mut self.line
    }

    /// Whose turn it is, or when to look again; nothing when nobody waits.
    pub(super) fn next(
        &mut self,
        now: Moment,
        app_paused: Moment,
    ) -> Option<Result<Ticket, Moment>> {
        let first = *self.line.first()?;
        let gate = self.gate().max(app_paused);
        if gate > now {
            return Some(Err(gate));
        }
        self.line.remove(&first);
        self.start(now);
        Some(Ok(first))
    }

    pub(super) fn start(&mut self, now: Moment) {
        self.window.add(now, self.most as usize);
    }

    pub(super) fn undo(&mut self, started: Moment) {
        self.window.remove(started);
    }

    pub(super) fn pause(&mut self, until: Moment) {
        self.paused = self.paused.max(until);
    }
}
