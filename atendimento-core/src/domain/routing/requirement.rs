//! What an agent must be able to do to be given a conversation.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::domain::{AgentProfile, Presence};
use crate::id::{AgentId, CapacityClass, QueueId, SkillId};

/// How well somebody does something: 1, a little, to 5, best.
///
/// ```
/// use atendimento_core::domain::routing::Level;
///
/// assert!(Level::new(3).unwrap() < Level::BEST);
/// assert_eq!(Level::new(0), None);
/// assert_eq!(Level::new(2).unwrap().lowered(5), Level::LEAST);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub struct Level(u8);

impl Level {
    /// The lowest.
    pub const LEAST: Self = Self(1);
    /// The highest.
    pub const BEST: Self = Self(5);

    /// The level `level`, if there is such a one: 1 to 5.
    pub fn new(level: u8) -> Option<Self> {
        (Self::LEAST.0..=Self::BEST.0).contains(&level).then_some(Self(level))
    }

    /// The level as a number, 1 to 5.
    pub const fn get(self) -> u8 {
        self.0
    }

    /// So many levels lower, and at least the lowest.
    #[must_use]
    pub fn lowered(self, by: u8) -> Self {
        Self(self.0.saturating_sub(by).max(Self::LEAST.0))
    }
}

impl TryFrom<u8> for Level {
    type Error = String;

    fn try_from(level: u8) -> Result<Self, String> {
        Self::new(level).ok_or_else(|| format!("a level is 1 to 5, not {level}"))
    }
}

impl From<Level> for u8 {
    fn from(level: Level) -> Self {
        level.0
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// What an agent must serve, know and have room for. Equal requirements are one line of people
/// who wait: within it, nobody is overtaken.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Requirement {
    /// The queues of which the agent must serve one.
    pub queues: Vec<QueueId>,
    /// The skills, with the least level of each.
    pub skills: BTreeMap<SkillId, Level>,
    /// The kind of work.
    pub class: CapacityClass,
    /// How much of the agent's capacity for it is taken.
    pub weight: u32,
    /// The only agent who will do.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub only: Option<AgentId>,
}

impl Requirement {
    /// Nothing but to serve `queue`, with room for a [chat](CapacityClass::CHAT).
    pub fn to_serve(queue: impl Into<QueueId>) -> Self {
        Self {
            queues: vec![queue.into()],
            skills: BTreeMap::new(),
            class: CapacityClass::from(CapacityClass::CHAT),
            weight: 1,
            only: None,
        }
    }

    /// Whether an agent of this profile would do, whatever they have to do now.
    ///
    /// # Errors
    ///
    /// The first reason why not.
    pub fn is_met_by(&self, agent: &AgentId, profile: &AgentProfile) -> Result<(), PassedOver> {
        if self.only.as_ref().is_some_and(|only| only != agent) {
            return Err(PassedOver::NotTheOne);
        }
        if !profile.queues.iter().any(|served| self.queues.contains(served)) {
            return Err(PassedOver::OtherQueue);
        }
        for (skill, &needed) in &self.skills {
            let has = profile.skills.get(skill).copied();
            if has < Some(needed) {
                return Err(PassedOver::Skill { skill: skill.clone(), needed, has });
            }
        }
        Ok(())
    }
}

/// Why somebody was not given a conversation.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum PassedOver {
    /// For now it is kept for another, who had the customer before.
    NotTheOne,
    /// They serve none of the queues.
    OtherQueue,
    /// They lack a skill, or the level of it.
    Skill {
        /// Which.
        skill: SkillId,
        /// The least level.
        needed: Level,
        /// Theirs, if they have the skill at all.
        has: Option<Level>,
    },
    /// They take nothing new.
    Absent {
        /// What they say they do.
        presence: Presence,
    },
    /// They have too much already.
    Full {
        /// The weight they have.
        used: u32,
        /// The weight they can have.
        capacity: u32,
    },
    /// They refused this one, or let its offer pass.
    Excluded,
    /// They could have had it, and another came first by the strategy.
    Behind,
}

impl PassedOver {
    /// How far they were from getting it: less is nearer.
    pub(super) fn distance(&self) -> u8 {
        match self {
            Self::Excluded => 0,
            Self::Full { .. } => 1,
            Self::Absent { .. } => 2,
            Self::Skill { .. } => 3,
            Self::OtherQueue => 4,
            Self::NotTheOne => 5,
            Self::Behind => 6,
        }
    }
}
