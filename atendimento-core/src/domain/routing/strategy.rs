//! Who of those who could take a conversation gets it.
//!
//! Whether somebody can take it is not asked here; it is the same whatever the strategy.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::domain::Agent;
use crate::domain::routing::{Level, Requirement};
use crate::id::QueueId;

/// How good a choice somebody is; the smallest is the best. A fraction, compared exactly.
///
/// ```
/// use atendimento_core::domain::routing::Rank;
///
/// assert!(Rank::number(1) < Rank::number(2));
/// assert_eq!(Rank::share(1, 2), Rank::share(2, 4));
/// assert!(Rank::share(2, 3) < Rank::share(3, 4));
/// ```
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Rank {
    is: u64,
    of: u64,
}

impl Rank {
    /// The best there is.
    pub const BEST: Self = Self::number(0);

    /// A whole number.
    pub const fn number(number: u64) -> Self {
        Self { is: number, of: 1 }
    }

    /// So much of so much. A share of nothing comes after everything.
    pub const fn share(is: u64, of: u64) -> Self {
        if of == 0 { Self::number(u64::MAX) } else { Self { is, of } }
    }
}

impl Ord for Rank {
    fn cmp(&self, other: &Self) -> Ordering {
        let product = |is: u64, of: u64| u128::from(is) * u128::from(of);
        product(self.is, other.of).cmp(&product(other.is, self.of))
    }
}

impl PartialOrd for Rank {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Rank {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Rank {}

impl fmt::Display for Rank {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.of {
            1 => self.is.fmt(f),
            of => write!(f, "{}/{of}", self.is),
        }
    }
}

/// What of a requirement a strategy looks at. The less it is, the less a board has to compute:
/// agents stay in order from one decision to the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LooksAt {
    /// Nothing: an agent has one rank.
    Agent,
    /// The kind of work: an agent has one rank for each.
    Class,
    /// Everything: the rank of each who could take it is computed each time.
    Requirement,
}

/// Says who of those who could take a conversation gets it: the one with the smallest rank.
/// Of equals it is the one who has had nothing for the longest time, and of those the one whose
/// id comes first.
///
/// - The same agent and requirement always give the same rank.
/// - A rank depends on no more of the requirement than [`looks_at`](Self::looks_at) says.
///
/// ```
/// use atendimento_core::domain::routing::{LooksAt, Rank, Requirement, RoutingStrategy};
/// use atendimento_core::domain::Agent;
///
/// /// Keeps the best for those who need them: the least skilled who will do.
/// struct SpareExperts;
///
/// impl RoutingStrategy for SpareExperts {
///     fn name(&self) -> &str {
///         "spare_experts"
///     }
///
///     fn looks_at(&self) -> LooksAt {
///         LooksAt::Requirement
///     }
///
///     fn rank(&self, agent: &Agent, requirement: &Requirement) -> Rank {
///         let levels = requirement.skills.keys().filter_map(|skill| agent.profile.skills.get(skill));
///         Rank::number(levels.map(|level| u64::from(level.get())).sum())
///     }
/// }
///
/// use atendimento_core::domain::routing::{Board, Item, Level, Strategies, Ticket};
/// use atendimento_core::domain::{AgentProfile, Presence, Version};
/// use atendimento_core::id::ConversationId;
/// use atendimento_core::time::Timestamp;
///
/// let mut board = Board::new(Strategies::new(SpareExperts));
/// for (id, level) in [("ana", 5), ("bia", 3)] {
///     let mut profile = AgentProfile::chats(["sales"], 1);
///     profile.skills.insert("spanish".into(), Level::new(level).unwrap());
///     board.set_agent(Agent {
///         id: id.into(),
///         tenant: "acme".into(),
///         profile,
///         presence: Presence::Available,
///         epoch: 1,
///         used: Default::default(),
///         missed: 0,
///         last_assigned: None,
///     });
/// }
/// let mut ticket = Ticket::plain("sales", Timestamp::EPOCH);
/// ticket.stages[0].requirement.skills.insert("spanish".into(), Level::new(2).unwrap());
/// board.put(Item::new(ConversationId::from_bytes([1; 16]), Version(1), &ticket));
/// assert_eq!(board.next().unwrap().agent.as_str(), "bia");
/// ```
pub trait RoutingStrategy: Send + Sync {
    /// Its name, as configurations and explanations write it.
    fn name(&self) -> &str;

    /// What of a requirement it looks at.
    fn looks_at(&self) -> LooksAt;

    /// How good a choice `agent` is, who could take what `requirement` asks for.
    fn rank(&self, agent: &Agent, requirement: &Requirement) -> Rank;
}

/// Who has had nothing for the longest time.
#[derive(Clone, Copy, Debug, Default)]
pub struct LongestIdle;

impl RoutingStrategy for LongestIdle {
    fn name(&self) -> &str {
        "longest_idle"
    }

    fn looks_at(&self) -> LooksAt {
        LooksAt::Agent
    }

    fn rank(&self, _: &Agent, _: &Requirement) -> Rank {
        Rank::BEST
    }
}

/// Who has the smallest share of their capacity in use, for this kind of work.
#[derive(Clone, Copy, Debug, Default)]
pub struct LeastLoaded;

impl RoutingStrategy for LeastLoaded {
    fn name(&self) -> &str {
        "least_loaded"
    }

    fn looks_at(&self) -> LooksAt {
        LooksAt::Class
    }

    fn rank(&self, agent: &Agent, requirement: &Requirement) -> Rank {
        let class = &requirement.class;
        Rank::share(agent.used_of(class).into(), agent.profile.capacity_for(class).into())
    }
}

/// Who is best at what is asked for: the smallest sum of levels that are missing to the best one.
///
/// That is what contact centres mean by it: the customer gets the best who is free. To keep
/// experts for those who need them is the opposite; [`RoutingStrategy`] shows it as an example.
#[derive(Clone, Copy, Debug, Default)]
pub struct SkillFirst;

impl RoutingStrategy for SkillFirst {
    fn name(&self) -> &str {
        "skill_first"
    }

    fn looks_at(&self) -> LooksAt {
        LooksAt::Requirement
    }

    fn rank(&self, agent: &Agent, requirement: &Requirement) -> Rank {
        let missing = |skill| {
            let level = agent.profile.skills.get(skill).map_or(0, |level| level.get());
            u64::from(Level::BEST.get() - level)
        };
        Rank::number(requirement.skills.keys().map(missing).sum())
    }
}

/// Which strategy chooses for which queue. For a conversation that several queues may serve, it
/// is the one of the first of them.
pub struct Strategies {
    all: Vec<Box<dyn RoutingStrategy>>,
    by_queue: BTreeMap<QueueId, usize>,
}

impl Strategies {
    /// The same strategy for every queue.
    pub fn new(strategy: impl RoutingStrategy + 'static) -> Self {
        Self { all: vec![Box::new(strategy)], by_queue: BTreeMap::new() }
    }

    /// Another strategy for `queue`.
    ///
    /// ```
    /// use atendimento_core::domain::routing::{LeastLoaded, SkillFirst, Strategies};
    ///
    /// let strategies = Strategies::new(LeastLoaded).with("support", SkillFirst);
    /// assert_eq!(strategies.of(&"support".into()).name(), "skill_first");
    /// assert_eq!(strategies.of(&"sales".into()).name(), "least_loaded");
    /// ```
    #[must_use]
    pub fn with(
        mut self,
        queue: impl Into<QueueId>,
        strategy: impl RoutingStrategy + 'static,
    ) -> Self {
        self.by_queue.insert(queue.into(), self.all.len());
        self.all.push(Box::new(strategy));
        self
    }

    /// The strategy of `queue`.
    pub fn of(&self, queue: &QueueId) -> &dyn RoutingStrategy {
        self.at(self.index(Some(queue)))
    }

    pub(super) fn index(&self, queue: Option<&QueueId>) -> usize {
        queue.and_then(|queue| self.by_queue.get(queue)).copied().unwrap_or(0)
    }

    pub(super) fn at(&self, index: usize) -> &dyn RoutingStrategy {
        &*self.all[index]
    }
}

impl Default for Strategies {
    /// [`LongestIdle`] for every queue.
    fn default() -> Self {
        Self::new(LongestIdle)
    }
}

impl fmt::Debug for Strategies {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let by_queue = self.by_queue.iter().map(|(queue, &at)| (queue, self.at(at).name()));
        f.debug_struct("Strategies")
            .field("usual", &self.at(0).name())
            .field("by_queue", &by_queue.collect::<BTreeMap<_, _>>())
            .finish()
    }
}
