//! One business number: how fast it may send, and who waits for it.

use std::time::Duration;

use crate::client::limiter::limits::{Priority, Throughput};
use crate::client::limiter::line::Line;
use crate::client::limiter::moment::Moment;
use crate::client::limiter::pair::{PairKey, Pairs, Room};
use crate::client::limiter::slot::Ticket;
use crate::client::limiter::speed::{QUICK, SLOW, Speed};
use crate::client::limiter::window::Window;

/// By how much starts may come closer than evenly spread, to make up for time in which
/// nobody came for a slot.
const CATCH_UP: Duration = Duration::from_millis(100);
/// How long a number rests after it was too fast: until the second that was too full is over.
const REST: Duration = Duration::from_secs(1);
/// How long a number is out of use while Meta works on its account.
const MAINTENANCE: Duration = Duration::from_secs(60);

/// What a number's turn comes to.
pub(super) enum Turn {
    Go { ticket: Ticket, key: PairKey, opened: Moment },
    At(Moment),
    Idle,
}

#[derive(Debug)]
pub(super) struct Number {
    throughput: Throughput,
    window: Window,
    /// When the next start is due if they are spread evenly.
    even: Moment,
    speed: Speed,
    paused: Moment,
    lines: [Line; 3],
}

impl Number {
    pub(super) fn new(throughput: Throughput, slack: Duration) -> Self {
        Self {
            throughput,
            window: Window::new(Duration::from_secs(1) + slack),
            even: Moment::START,
            speed: Speed::full(),
            paused: Moment::START,
            lines: [Line::default(), Line::default(), Line::default()],
        }
    }

    pub(super) fn set_throughput(&mut self, throughput: Throughput) {
        self.throughput = throughput;
    }

    /// How many messages a second are allowed now.
    pub(super) fn allowed(&mut self, now: Moment) -> u32 {
        self.speed.of(self.throughput.messages(), now)
    }

    pub(super) fn line(&mut self, priority: Priority) -> &mut Line {
        &mut self.lines[priority.place()]
    }

    pub(super) fn is_idle(&mut self, now: Moment) -> bool {
        self.lines.iter().all(Line::is_empty)
            && self.paused <= now
            && self.window.is_empty_at(now)
            && self.speed.is_full(now)
    }

    /// From when on one more may be sent, whoever gets it.
    pub(super) fn gate(&mut self, now: Moment) -> Moment {
        let most = self.allowed(now) as usize;
        self.paused.max(self.window.free_at(most)).max(self.even.minus(CATCH_UP))
    }

    /// Whether someone of this priority or a higher one would be overtaken.
    pub(super) fn would_overtake(&self, priority: Priority, key: PairKey) -> bool {
        let mut before = self.lines[..=priority.place()].iter();
        before.any(|line| line.has_ready() || line.holds(key))
    }

    /// One message more is exchanged.
    pub(super) fn start(&mut self, now: Moment) {
        self.even = self.even.max(now) + self.gap(now);
        self.window.add(now, self.throughput.messages() as usize);
    }

    /// A customer's message came. Nobody asked whether there was room for it, so that any number
    /// may come at once: what is sent waits until that second is over, and not until all of
    /// them had come evenly.
    pub(super) fn count_incoming(&mut self, now: Moment) {
        let latest = self.even.max(now + self.window.span());
        self.start(now);
        self.even = self.even.min(latest);
    }

    /// One that started then was not sent.
    pub(super) fn undo(&mut self, started: Moment, now: Moment) {
        self.window.remove(started);
        self.even = self.even.minus(self.gap(now));
    }

    fn gap(&mut self, now: Moment) -> Duration {
        self.window.span() / self.allowed(now)
    }

    /// Who goes now, or when to look again.
    pub(super) fn next(&mut self, now: Moment, pairs: &mut Pairs) -> Turn {
        if self.lines.iter().all(Line::is_empty) {
            self.window.shrink_at(now);
            return Turn::Idle;
        }
        let gate = self.gate(now);
        let mut soonest: Option<Moment> = None;
        let mut look_at =
            |at: Moment| soonest = Some(soonest.map_or(at, |soonest| soonest.min(at)));
        for priority in Priority::ALL {
            let line = &mut self.lines[priority.place()];
            line.wake(now);
            while let Some(key) = line.front() {
                match pairs.room(key, now, priority.burst()) {
                    Room::Now if gate > now => return Turn::At(gate),
                    Room::Now => {
                        if let Some(ticket) = line.take(key) {
                            let opened = pairs.start(key, now);
                            self.start(now);
                            return Turn::Go { ticket, key, opened };
                        }
                        line.block(key, now);
                    }
                    Room::At(at) => line.block(key, at),
                    Room::NoneUntil(at) => {
                        look_at(at);
                        break;
                    }
                }
            }
            line.next_wake().into_iter().for_each(&mut look_at);
        }
        soonest.map_or(Turn::Idle, |at| Turn::At(at.max(gate)))
    }

    /// A recipient may get something earlier than was thought.
    pub(super) fn unblock(&mut self, key: PairKey) {
        self.lines.iter_mut().for_each(|line| line.unblock(key));
    }

    /// Meta refused what started then, for a reason that concerns the whole number.
    pub(super) fn refused(&mut self, why: TooMuch, started: Moment, now: Moment, told: Duration) {
        let rest = match why {
            TooMuch::Throughput => {
                self.speed.cut(started, now, 2, QUICK);
                REST
            }
            TooMuch::Complaints => {
                self.speed.cut(started, now, 4, SLOW);
                Duration::ZERO
            }
            TooMuch::Maintenance => {
                self.speed.cut(started, now, 4, QUICK);
                MAINTENANCE
            }
            TooMuch::Calls => MAINTENANCE,
        };
        self.paused = self.paused.max(now + rest.max(told));
    }
}

/// What was too much for a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TooMuch {
    /// 130429, or a status of 429.
    Throughput,
    /// 131048: customers block and report it.
    Complaints,
    /// 131057 and 2494100: Meta works on the account.
    Maintenance,
    /// 4, 17, 32, 613, 80007: too many calls of any kind.
    Calls,
}

impl TooMuch {
    pub(super) fn of(code: Option<i64>) -> Option<Self> {
        match code {
            None | Some(130_429) => Some(Self::Throughput),
            Some(131_048) => Some(Self::Complaints),
            Some(131_057 | 2_494_100) => Some(Self::Maintenance),
            Some(4 | 17 | 32 | 613 | 80_007) => Some(Self::Calls),
            Some(_) => None,
        }
    }
}
