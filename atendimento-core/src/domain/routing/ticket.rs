//! A place in line: what a waiting conversation asks for, now and later, and who is before it.

use std::collections::BTreeMap;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::domain::routing::{Level, Requirement};
use crate::id::{AgentId, QueueId, SkillId};
use crate::time::Timestamp;

/// A place in line. Who has the lower key is served first; a key never changes, so two who wait
/// never change places.
///
/// It is the moment somebody would have begun to wait had they no priority: everybody ages at
/// the same speed. Somebody with a bonus of *b* can be overtaken only by those who come within
/// *B* - *b* after them, where *B* is the largest bonus there is.
///
/// ```
/// use std::time::Duration;
/// use atendimento_core::domain::routing::Key;
/// use atendimento_core::time::Timestamp;
///
/// let noon = Timestamp::from_seconds(43_200);
/// let minutes = |minutes: u64| Duration::from_secs(60 * minutes);
/// let plain = Key::aged(noon, Duration::ZERO);
/// // Ten minutes of bonus overtake who came nine minutes before, not who came eleven before.
/// assert!(Key::aged(noon + minutes(9), minutes(10)) < plain);
/// assert!(Key::aged(noon + minutes(11), minutes(10)) > plain);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Key(Timestamp);

impl Key {
    /// The key of somebody who waits since `since` with a head start of `bonus`.
    pub fn aged(since: Timestamp, bonus: Duration) -> Self {
        Self(since.before(bonus))
    }

    /// The key of somebody who must be served by `due`.
    pub fn due(due: Timestamp) -> Self {
        Self(due)
    }

    /// The moment that the key is.
    pub fn moment(self) -> Timestamp {
        self.0
    }
}

/// What is asked of an agent before any ring has relaxed it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    /// The skills, with the least level of each.
    pub skills: BTreeMap<SkillId, Level>,
    /// The name of the priority; the queue's usual one when there is none.
    pub priority: Option<String>,
    /// Who had the customer last, and until when they are asked first.
    pub last_agent: Option<(AgentId, Timestamp)>,
}

impl Asked {
    /// Whether nothing is asked for but the queue.
    pub(crate) fn is_nothing(&self) -> bool {
        *self == Self::default()
    }
}

/// What is asked for from a moment on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stage {
    /// From when.
    pub from: Timestamp,
    /// What.
    pub requirement: Requirement,
}

/// Where to go on waiting when nobody came.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Overflow {
    /// When.
    pub at: Timestamp,
    /// The queue.
    pub to: QueueId,
}

/// A waiting conversation's place in line, with all that will become of it while nobody comes.
///
/// Made once, from the configuration of that moment: a later configuration concerns those who
/// come later.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ticket {
    /// The queue.
    pub queue: QueueId,
    /// Since when it waits.
    pub since: Timestamp,
    /// Its place.
    pub key: Key,
    /// What was asked for when it came, of which the stages were made.
    #[serde(default, skip_serializing_if = "Asked::is_nothing")]
    pub asked: Asked,
    /// What is asked for, in the order in which it is relaxed; never empty.
    pub stages: Vec<Stage>,
    /// Which of them holds now.
    pub stage: usize,
    /// For how long it is offered to an agent; `None` when they get it without being asked.
    pub offer: Option<Duration>,
    /// Where it goes when nobody came.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub overflow: Option<Overflow>,
    /// The ticket that holds instead when it is kept for one agent, who does not take it, and
    /// nobody has the conversation. Without one it stays kept for them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub otherwise: Option<Box<Ticket>>,
    /// Who refused it or let its offer pass.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub excluded: Vec<AgentId>,
    /// The version of the configuration it was made by.
    pub configuration: u64,
}

impl Ticket {
    /// A place at the end of `queue`: whoever serves it will do, and gets it without being
    /// asked.
    ///
    /// ```
    /// use atendimento_core::domain::routing::Ticket;
    /// use atendimento_core::time::Timestamp;
    ///
    /// let ticket = Ticket::plain("sales", Timestamp::EPOCH);
    /// assert_eq!((ticket.requirement().weight, ticket.next_due()), (1, None));
    /// ```
    pub fn plain(queue: impl Into<QueueId>, since: Timestamp) -> Self {
        let queue = queue.into();
        let requirement = Requirement::to_serve(queue.clone());
        Self {
            queue,
            since,
            key: Key::aged(since, Duration::ZERO),
            asked: Asked::default(),
            stages: vec![Stage { from: since, requirement }],
            stage: 0,
            offer: None,
            overflow: None,
            otherwise: None,
            excluded: Vec::new(),
            configuration: 0,
        }
    }

    /// What is asked for now.
    pub fn requirement(&self) -> &Requirement {
        &self.stages[self.stage.min(self.stages.len() - 1)].requirement
    }

    /// Asks `agent` no more.
    pub(crate) fn exclude(&mut self, agent: &AgentId) {
        if !self.excluded.contains(agent) {
            self.excluded.push(agent.clone());
        }
    }

    /// The stage that holds at `now`, given who was asked in vain: a stage that is kept for
    /// one agent is over when they refused or let it pass.
    pub(crate) fn stage_at(&self, now: Timestamp) -> usize {
        let last = self.stages.len() - 1;
        let by_time = self.stages.iter().rposition(|stage| stage.from <= now).unwrap_or(0);
        let mut at = by_time.max(self.stage).min(last);
        let in_vain = |at: usize| {
            let only = &self.stages[at].requirement.only;
            only.as_ref().is_some_and(|only| self.excluded.contains(only))
        };
        while at < last && in_vain(at) {
            at += 1;
        }
        at
    }

    /// What holds instead, at the same place, when the one agent it is kept for does not take it.
    pub(crate) fn otherwise(&self) -> Option<Self> {
        let otherwise = self.otherwise.as_deref()?.clone();
        let excluded = self.excluded.clone();
        Some(Self { since: self.since, key: self.key, excluded, ..otherwise })
    }

    /// The stage to go on to when the one that holds is kept for `agent`, who is not there.
    pub(crate) fn after(&self, agent: &AgentId) -> Option<usize> {
        let is_kept = self.requirement().only.as_ref() == Some(agent);
        (is_kept && self.stage + 1 < self.stages.len()).then_some(self.stage + 1)
    }

    /// When something about it changes by itself: the next stage, or the overflow.
    pub fn next_due(&self) -> Option<Timestamp> {
        let stage = self.stages.get(self.stage + 1).map(|stage| stage.from);
        let overflow = self.overflow.as_ref().map(|overflow| overflow.at);
        stage.into_iter().chain(overflow).min()
    }
}
