//! One WhatsApp Business account: how many management calls may be made in an hour.

use std::time::Duration;

use crate::client::limiter::limits::{CALLS, CALLS_SPAN};
use crate::client::limiter::moment::Moment;
use crate::client::limiter::window::Window;

/// How long to make no calls when Meta says that there were too many, and not for how long.
pub(super) const PAUSE: Duration = Duration::from_secs(60);

#[derive(Debug)]
pub(super) struct Account {
    most: u32,
    pub(super) is_told: bool,
    window: Window,
    paused: Moment,
}

impl Account {
    pub(super) fn new() -> Self {
        Self { most: CALLS, is_told: false, window: Window::new(CALLS_SPAN), paused: Moment::START }
    }

    pub(super) fn set_calls(&mut self, an_hour: u32) {
        self.most = an_hour.clamp(1, CALLS);
        self.is_told = true;
    }

    pub(super) fn is_idle(&self, now: Moment) -> bool {
        self.paused <= now && self.window.is_empty_at(now)
    }

    /// From when on one more call may be made.
    pub(super) fn gate(&self) -> Moment {
        self.paused.max(self.window.free_at(self.most as usize))
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
