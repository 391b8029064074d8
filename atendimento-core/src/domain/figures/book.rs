//! What was counted, by quarter of an hour.

use std::collections::BTreeMap;

use crate::domain::figures::period::begin_of_quarter;
use crate::domain::figures::spans::Spans;
use crate::domain::figures::{Period, QueueFigures, Work};
use crate::id::{AgentId, QueueId};
use crate::time::Timestamp;

#[derive(Clone, Debug, Default)]
pub(super) struct Book {
    /// By the beginning of each quarter.
    quarters: BTreeMap<Timestamp, Quarter>,
    /// When each agent had something; what they still have is not in it.
    pub(super) held: BTreeMap<AgentId, Spans>,
}

/// What was counted in a quarter of an hour.
#[derive(Clone, Debug, Default)]
pub(super) struct Quarter {
    /// Without the work: that is by agent.
    pub(super) queues: BTreeMap<QueueId, QueueFigures>,
    pub(super) work: BTreeMap<(AgentId, Option<QueueId>), Work>,
}

impl Book {
    pub(super) fn queue(&mut self, now: Timestamp, queue: &QueueId) -> &mut QueueFigures {
        self.quarter(now).queues.entry(queue.clone()).or_default()
    }

    /// What an agent does with what came to them by `queue`.
    pub(super) fn work(
        &mut self,
        now: Timestamp,
        agent: &AgentId,
        queue: Option<&QueueId>,
    ) -> &mut Work {
        let key = (agent.clone(), queue.cloned());
        self.quarter(now).work.entry(key).or_default()
    }

    /// An agent has had something.
    pub(super) fn held(&mut self, agent: &AgentId, from: Timestamp, until: Timestamp) {
        self.held.entry(agent.clone()).or_default().add(from, until);
    }

    pub(super) fn quarters(&self, period: Period) -> impl Iterator<Item = &Quarter> {
        self.quarters.range(period.from()..period.until()).map(|(_, quarter)| quarter)
    }

    fn quarter(&mut self, now: Timestamp) -> &mut Quarter {
        self.quarters.entry(begin_of_quarter(now)).or_default()
    }
}
