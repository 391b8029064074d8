//! The figures of a period.
//!
//! A count or a time belongs to the quarter of an hour in which it was over: a wait to that in
//! which somebody answered, not to that in which it began. What is counted once never changes.

use std::collections::BTreeMap;
use std::time::Duration;

use crate::domain::figures::{Period, Share, Times};
use crate::id::{AgentId, QueueId};
use crate::time::Timestamp;

/// What was measured in a period, as far as it may be seen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// The period.
    pub period: Period,
    /// Until when it was measured: its end, or the moment it was asked for.
    pub as_of: Timestamp,
    /// The queues in which anything was counted.
    pub queues: BTreeMap<QueueId, QueueFigures>,
    /// The agents of whom anything was counted.
    pub agents: BTreeMap<AgentId, AgentFigures>,
    /// How soon customers are to be answered, by the configuration that holds now.
    pub targets: BTreeMap<QueueId, Duration>,
}

impl Report {
    /// The service level of a queue against its target; `None` when the queue has no target, or
    /// nothing was counted in it.
    pub fn service_level(&self, queue: &QueueId) -> Option<Share> {
        Some(self.queues.get(queue)?.service_level(*self.targets.get(queue)?))
    }
}

/// What was measured in a queue.
///
/// A wait begins when a conversation comes into line here: at first, passed on to here, woken, or
/// opened again. It ends in one of four ways: answered, abandoned, moved on to another queue, or
/// withdrawn. So of all times, what was offered is what ended so, and what is in line now.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct QueueFigures {
    /// Waits that began.
    pub offered: u64,
    /// Waits that ended with a person getting the conversation: how long they took.
    pub answered: Times,
    /// Waits that ended because the conversation was closed while no person had it and none had
    /// written to the customer in that wait: how long they took.
    pub abandoned: Times,
    /// Waits that ended because it went on to wait in another queue: overflow, or a transfer.
    pub moved: u64,
    /// Waits that ended otherwise: a transfer was called off, it was put aside, a bot got it, or
    /// it was closed by or after somebody who had answered the customer.
    pub withdrawn: u64,
    /// Conversations that came to wait here because they go on after they were closed.
    pub reopened: u64,
    /// Promises of a first answer.
    pub first_answer: Promises,
    /// Promises of an end.
    pub resolution: Promises,
    /// What agents did with conversations that came to them by this queue.
    pub work: Work,
}

impl QueueFigures {
    /// Answered within `target`, of all that were answered or were abandoned after more than
    /// `target`.
    ///
    /// ```
    /// use std::time::Duration;
    /// use atendimento_core::domain::figures::QueueFigures;
    ///
    /// let mut sales = QueueFigures::default();
    /// for seconds in [5, 20, 21] {
    ///     sales.answered.record(Duration::from_secs(seconds));
    /// }
    /// for seconds in [3, 60] {
    ///     sales.abandoned.record(Duration::from_secs(seconds));
    /// }
    /// let level = sales.service_level(Duration::from_secs(20));
    /// assert_eq!((level.part, level.whole), (2, 4));
    /// assert_eq!((sales.abandonment().part, sales.abandonment().whole), (2, 5));
    /// ```
    pub fn service_level(&self, target: Duration) -> Share {
        let in_vain = self.abandoned.count() - self.abandoned.within(target);
        Share { part: self.answered.within(target), whole: self.answered.count() + in_vain }
    }

    /// Abandoned, of all that were answered or abandoned.
    pub fn abandonment(&self) -> Share {
        let abandoned = self.abandoned.count();
        Share { part: abandoned, whole: self.answered.count() + abandoned }
    }

    /// All of `other` too: of another period, or another queue.
    pub fn add(&mut self, other: &Self) {
        let Self {
            offered,
            answered,
            abandoned,
            moved,
            withdrawn,
            reopened,
            first_answer,
            resolution,
            work,
        } = other;
        self.offered += offered;
        self.answered.add(answered);
        self.abandoned.add(abandoned);
        self.moved += moved;
        self.withdrawn += withdrawn;
        self.reopened += reopened;
        self.first_answer.add(*first_answer);
        self.resolution.add(*resolution);
        self.work.add(work);
    }
}

/// What became of promises. One that is broken is not kept, whatever comes later.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Promises {
    /// Kept in time.
    pub kept: u64,
    /// Their time has passed.
    pub broken: u64,
}

impl Promises {
    fn add(&mut self, other: Self) {
        self.kept += other.kept;
        self.broken += other.broken;
    }
}

/// What agents did. Bots are no agents here.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Work {
    /// Offers made.
    pub asked: u64,
    /// Offers refused.
    pub rejected: u64,
    /// Offers that nobody answered in time.
    pub missed: u64,
    /// Conversations that came to an agent.
    pub assigned: u64,
    /// How long an agent had each conversation, with what was written up after it; counted when
    /// they had it no more. Whoever has three at once handles three hours in one.
    pub handling: Times,
    /// The part of it in which it was written up, of those where anything was.
    pub wrap_up: Times,
    /// How long customers waited for the first message that a person wrote, since they first
    /// came into line: once for each time that a conversation begins or goes on after it was
    /// closed.
    pub first_response: Times,
    /// Conversations that ended with the agent who had them.
    pub closed: u64,
    /// Conversations that the agent put aside.
    pub snoozed: u64,
    /// Conversations that the agent passed on: given back to a queue, or taken by who they were
    /// passed on to.
    pub transferred: u64,
    /// Conversations that somebody else took or was given instead, over the agent's head.
    pub taken: u64,
    /// Conversations that were taken from the agent because they were absent.
    pub absent: u64,
}

impl Work {
    /// All of `other` too.
    pub fn add(&mut self, other: &Self) {
        let Self {
            asked,
            rejected,
            missed,
            assigned,
            handling,
            wrap_up,
            first_response,
            closed,
            snoozed,
            transferred,
            taken,
            absent,
        } = other;
        self.asked += asked;
        self.rejected += rejected;
        self.missed += missed;
        self.assigned += assigned;
        self.handling.add(handling);
        self.wrap_up.add(wrap_up);
        self.first_response.add(first_response);
        self.closed += closed;
        self.snoozed += snoozed;
        self.transferred += transferred;
        self.taken += taken;
        self.absent += absent;
    }
}

/// What was measured of an agent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AgentFigures {
    /// What they did, in the queues that may be seen.
    pub work: Work,
    /// How they spent their time; `None` for who may see queues that the agent works in, but
    /// not the agent.
    pub time: Option<AgentTime>,
}

/// How an agent spent their time. It is counted in the period in which it passed, up to now.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AgentTime {
    /// Signed in: anything but offline.
    pub signed_in: Duration,
    /// Taking new conversations.
    pub available: Duration,
    /// Signed in and having one conversation or more, or writing one up.
    pub busy: Duration,
    /// Either of both, or both.
    pub staffed: Duration,
}

impl AgentTime {
    /// Busy, of the time in which the agent was busy or available. Breaks without
    /// conversations are not counted, nor is what somebody still has while offline.
    pub fn occupancy(&self) -> Share {
        Share { part: millis(self.busy), whole: millis(self.staffed) }
    }
}

fn millis(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}
