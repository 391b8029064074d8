//! What a configuration says, as it is written: TOML or JSON.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::domain::access::RoleDocument;
use crate::domain::configuration::Span;
use crate::domain::hours::HoursDocument;
use crate::domain::once::each_once;
use crate::domain::routing::Level;
use crate::id::{AccountId, CapacityClass, QueueId, SkillId, TeamId};

/// All that a company decides about its queues. `docs/configuration.md` explains each key.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Document {
    /// The company's time zone, by its name in the IANA database: of the day in protocol numbers
    /// and of times in transcripts. `UTC` when it is not said. Hours have their own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub zone: Option<String>,
    /// Agents who are led together.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub teams: BTreeSet<TeamId>,
    /// What agents can be good at.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub skills: BTreeSet<SkillId>,
    /// Kinds of work that have capacities of their own, besides `chat`.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub classes: BTreeSet<CapacityClass>,
    /// Head starts, by name: somebody with one of five minutes is served before who came up to
    /// five minutes earlier.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty", deserialize_with = "each_once")]
    pub priorities: BTreeMap<String, Span>,
    /// When people are there, by name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty", deserialize_with = "each_once")]
    pub hours: BTreeMap<String, HoursDocument>,
    /// Where customers wait.
    #[serde(deserialize_with = "each_once")]
    pub queues: BTreeMap<QueueId, QueueSettings>,
    /// Who waits where: the first rule that fits. The last one fits everybody.
    pub rules: Vec<Rule>,
    /// Roles of the company's own: what each may do, and where.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty", deserialize_with = "each_once")]
    pub roles: BTreeMap<String, RoleDocument>,
}

/// What holds in a queue.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct QueueSettings {
    /// The team whose queue it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub team: Option<TeamId>,
    /// When people are there, by the name of the hours; without one, always.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hours: Option<String>,
    /// The kind of work; `chat` when it is not said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub class: Option<CapacityClass>,
    /// How much of an agent's capacity one conversation takes; 1 when it is not said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub weight: Option<u32>,
    /// Who of those that are free gets it: `longest_idle` (when it is not said),
    /// `least_loaded`, `skill_first`, or a strategy of the host's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub strategy: Option<String>,
    /// By what the line is ordered.
    pub order: Order,
    /// The priority of who brings none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub priority: Option<String>,
    /// Agents are asked before they get a conversation; without this they get it at once.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub offer: Option<Offer>,
    /// What is given up when nobody comes, step by step.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub rings: Vec<Ring>,
    /// Who had the customer last is asked first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sticky: Option<Sticky>,
    /// What is promised to customers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub service: Option<ServiceLevel>,
    /// Where to go on waiting when nobody comes at all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub overflow: Option<OverflowSettings>,
    /// Where those wait who come while nobody is there; without it, here.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub closed: Option<ClosedSettings>,
    /// What becomes of conversations whose agent is absent; without it, they keep them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub absence: Option<Absence>,
    /// How long an agent may write up what is left when a conversation is done.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub wrap_up: Option<Span>,
    /// For how long a closed conversation goes on when the customer writes again.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reopen: Option<Span>,
}

/// By what a line is ordered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Order {
    /// By when they came, less their head start.
    #[default]
    Ageing,
    /// By when they must be answered: what was promised, or an hour before the customer-service
    /// window closes, whichever comes first.
    Deadline,
}

/// How agents are asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Offer {
    /// For how long.
    pub timeout: Span,
    /// How many they may let pass in a row before they are asked no more until they say that
    /// they are there; without it, any number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub misses: Option<u32>,
}

/// A step by which less is asked for. Each one begins from what was asked for at first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ring {
    /// When, counted from when they began to wait.
    pub after: Span,
    /// By how many levels each skill is lowered.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub lower: u8,
    /// The skills that are no longer asked for.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub drop: BTreeSet<SkillId>,
    /// The queues whose agents may take it as well.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub also: BTreeSet<QueueId>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it by reference")]
fn is_zero(number: &u8) -> bool {
    *number == 0
}

/// Who had the customer last is asked first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sticky {
    /// For how long after the customer's last conversation.
    pub within: Span,
    /// How long nobody else is asked.
    pub wait: Span,
}

/// What is promised to customers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ServiceLevel {
    /// How soon a person answers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first_answer: Option<Span>,
    /// How soon it is closed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resolution: Option<Span>,
    /// Whether only the queue's hours count.
    #[serde(default)]
    pub within_hours: bool,
}

/// Where to go on waiting.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OverflowSettings {
    /// When, counted from when they began to wait.
    pub after: Span,
    /// Where.
    pub to: QueueId,
}

/// Where to wait while nobody is there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClosedSettings {
    /// The queue.
    pub to: QueueId,
}

/// What becomes of conversations whose agent is absent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Absence {
    /// After how long they wait again, for whoever comes.
    pub return_after: Span,
}

/// Who waits where. Everything that a rule names must fit; what it does not name always does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// Whom it is for.
    #[serde(default, skip_serializing_if = "Condition::is_anybody")]
    pub when: Condition,
    /// Where they wait.
    pub queue: QueueId,
    /// With which priority; without one, the queue's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub priority: Option<String>,
    /// Which skills the agent must have, with the least level of each.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty", deserialize_with = "each_once")]
    pub skills: BTreeMap<SkillId, Level>,
}

/// Whom a rule is for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Condition {
    /// Who wrote to one of these numbers of the business.
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    pub accounts: BTreeSet<AccountId>,
    /// Whose conversation has one of these tags.
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    pub tags: BTreeSet<String>,
    /// Who writes one of these words, whatever their case.
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    pub words: BTreeSet<String>,
    /// Who has been served before, or who has not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub returning: Option<bool>,
    /// Who comes while these hours are open.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub open: Option<String>,
}

impl Condition {
    /// Whether it fits everybody.
    pub fn is_anybody(&self) -> bool {
        *self == Self::default()
    }
}
