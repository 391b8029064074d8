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
/// let minutes = |minutes| Duration::from_secs(60 * minutes);
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
    /// What is asked for, in the order in which it is relaxed; never empty.
    pub stages: Vec<Stage>,
    /// Which of them holds now.
    pub stage: usize,
    /// For how long it is offered to an agent; `None` when they get it without being asked.
    pub offer: Option<Duration>,
    /// Where it goes when nobody came.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub overflow: Option<Overflow>,
    /// Who refused it or let its offer pass.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub excluded: Vec<AgentId>,
    /// The version of the configuration it was made by.
    pub configuration: u64,
}

impl Ticket {
    /// What is asked for now.
    pub fn requirement(&self) -> &Requirement {
        &self.stages[self.stage.min(self.stages.len() - 1)].requirement
    }

    /// When something about it changes by itself: the next stage, or the overflow.
    pub fn next_due(&self) -> Option<Timestamp> {
        let stage = self.stages.get(self.stage + 1).map(|stage| stage.from);
        let overflow = self.overflow.as_ref().map(|overflow| overflow.at);
        stage.into_iter().chain(overflow).min()
    }
}
