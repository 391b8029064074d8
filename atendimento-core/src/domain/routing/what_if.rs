//! What would have been, had there been other agents, other tickets or another strategy.
//!
//! A history is played again in its own time, by the same [`Board`] that routes; nothing waits.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::domain::routing::{Board, Item, Requirement, Strategies, Ticket};
use crate::domain::{Agent, AgentProfile, Presence, Version};
use crate::id::{AgentId, ConversationId, QueueId, TenantId};
use crate::time::Timestamp;

/// Who came, and who was there. Made from the journal and from the changes of agents.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct History {
    /// Of which company.
    pub tenant: TenantId,
    /// Who came, in any order, each conversation once.
    pub arrivals: Vec<Arrived>,
    /// How agents came, changed and went, in any order.
    pub agents: Vec<AgentSeen>,
}

/// One who came and waited.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Arrived {
    /// Which conversation.
    pub conversation: ConversationId,
    /// When it began to wait: the time of its [`Queued`](crate::domain::Event::Queued).
    pub at: Timestamp,
    /// The ticket it began to wait with, as that event has it.
    pub ticket: Ticket,
    /// For how long it took an agent's capacity: from its
    /// [`Assigned`](crate::domain::Event::Assigned) until it was closed or taken from them.
    pub handled_for: Duration,
    /// When it ends if nobody has come: a [`LeftLine`](crate::domain::Event::LeftLine) or
    /// [`Closed`](crate::domain::Event::Closed) while it waited.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub leaves: Option<Timestamp>,
}

/// What an agent was from a moment on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgentSeen {
    /// From when.
    pub at: Timestamp,
    /// Who.
    pub agent: AgentId,
    /// What they could do.
    pub profile: AgentProfile,
    /// Whether they took new conversations.
    pub presence: Presence,
}

/// Who got a conversation, and when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Given {
    /// Who.
    pub agent: AgentId,
    /// After what time of waiting.
    pub waited: Duration,
}

/// How long those who came to a queue waited. Who overflowed counts where they came.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Waits {
    /// How many came.
    pub arrived: usize,
    /// How many got somebody.
    pub given: usize,
    /// How many left before.
    pub left: usize,
    /// How many got somebody within the time that was asked for.
    pub within: usize,
    /// What half of those who got somebody waited at most.
    pub p50: Duration,
    /// What 95 of 100 of those who got somebody waited at most.
    pub p95: Duration,
    /// What the last of those who got somebody waited.
    pub longest: Duration,
}

impl Waits {
    /// Of all who came, the share that got somebody within the time that was asked for; `None`
    /// when nobody came.
    pub fn service_level(&self) -> Option<f64> {
        (self.arrived > 0).then(|| self.within as f64 / self.arrived as f64)
    }

    /// How many still wait when nothing happens any more.
    pub fn still_wait(&self) -> usize {
        self.arrived - self.given - self.left
    }
}

/// How a history goes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Replay {
    /// Who got what; who got nobody is not here.
    pub given: BTreeMap<ConversationId, Given>,
    /// The waits, by the queue they came to.
    pub queues: BTreeMap<QueueId, Waits>,
}

/// A conversation that goes otherwise.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Otherwise {
    /// Which.
    pub conversation: ConversationId,
    /// Who gets it by the first, if anybody.
    pub before: Option<Given>,
    /// Who gets it by the second, if anybody.
    pub after: Option<Given>,
}

/// What differs between two ways a history could go.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Difference {
    /// How it goes by the first.
    pub before: Replay,
    /// How it goes by the second.
    pub after: Replay,
    /// The conversations that go to others or at other times, by id.
    pub differs: Vec<Otherwise>,
}

/// Plays `recorded` and `other` and compares them. `other` is usually the same history with one
/// more agent, another profile, or tickets made by another configuration.
///
/// Both are played: what people did by hand, offers that were refused, and what an agent who
/// left handed back are in neither, so that the change is all that differs. An offer counts as
/// accepted at once; an agent who leaves finishes what they have; who overflows asks for nothing
/// but the other queue, at the place they have.
///
/// ```
/// use std::time::Duration;
/// use atendimento_core::domain::routing::{
///     AgentSeen, Arrived, History, Strategies, Ticket, what_if,
/// };
/// use atendimento_core::domain::{AgentProfile, Presence};
/// use atendimento_core::id::ConversationId;
/// use atendimento_core::time::Timestamp;
///
/// let second = Timestamp::from_seconds;
/// let arrived = |number, at| Arrived {
///     conversation: ConversationId::from_bytes([number; 16]),
///     at: second(at),
///     ticket: Ticket::plain("sales", second(at)),
///     handled_for: Duration::from_secs(600),
///     leaves: None,
/// };
/// let seen = |agent: &str| AgentSeen {
///     at: second(0),
///     agent: agent.into(),
///     profile: AgentProfile::chats(["sales"], 1),
///     presence: Presence::Available,
/// };
/// let arrivals = vec![arrived(1, 0), arrived(2, 60)];
/// let recorded = History { tenant: "acme".into(), arrivals, agents: vec![seen("ana")] };
/// let mut other = recorded.clone();
/// other.agents.push(seen("bia"));
///
/// let minute = Duration::from_secs(60);
/// let usual = Strategies::default;
/// let difference = what_if((&recorded, usual()), (&other, usual()), minute);
/// let sales = "sales".into();
/// assert_eq!(difference.before.queues[&sales].service_level(), Some(0.5));
/// assert_eq!(difference.after.queues[&sales].service_level(), Some(1.0));
/// assert_eq!(difference.differs.len(), 1);
/// ```
pub fn what_if(
    recorded: (&History, Strategies),
    other: (&History, Strategies),
    within: Duration,
) -> Difference {
    let before = replay(recorded.0, recorded.1, within);
    let after = replay(other.0, other.1, within);
    let all: BTreeSet<_> = before.given.keys().chain(after.given.keys()).copied().collect();
    let both = all.into_iter().map(|conversation| Otherwise {
        conversation,
        before: before.given.get(&conversation).cloned(),
        after: after.given.get(&conversation).cloned(),
    });
    let differs = both.filter(|it| it.before != it.after).collect();
    Difference { before, after, differs }
}

/// Plays a history by `strategies`; [`Waits::within`] counts who got somebody within `within`.
pub fn replay(history: &History, strategies: Strategies, within: Duration) -> Replay {
    let mut play = Play::new(history, strategies);
    while let Some(((at, _), _)) = play.due.first_key_value() {
        play.happens(*at);
    }
    let mut waited: BTreeMap<&QueueId, Vec<Duration>> = BTreeMap::new();
    let mut queues: BTreeMap<QueueId, Waits> = BTreeMap::new();
    for arrived in &history.arrivals {
        let waits = queues.entry(arrived.ticket.queue.clone()).or_default();
        waits.arrived += 1;
        match play.given.get(&arrived.conversation) {
            Some(given) => {
                waits.given += 1;
                waits.within += usize::from(given.waited <= within);
                waited.entry(&arrived.ticket.queue).or_default().push(given.waited);
            }
            None => waits.left += usize::from(arrived.leaves.is_some()),
        }
    }
    for (queue, mut times) in waited {
        times.sort_unstable();
        // The nearest rank: a time that somebody did wait.
        let at = |of_100: usize| times[(times.len() * of_100).div_ceil(100).max(1) - 1];
        if let Some(waits) = queues.get_mut(queue) {
            (waits.p50, waits.p95, waits.longest) = (at(50), at(95), at(100));
        }
    }
    Replay { given: play.given, queues }
}

/// What happens at a moment, in the order in which it is done.
enum Step<'a> {
    Agent(&'a AgentSeen),
    Done { agent: AgentId, of: Requirement },
    Leaves(ConversationId),
    Arrives(&'a Arrived),
    Looks(ConversationId),
}

impl Step<'_> {
    fn order(&self) -> u8 {
        match self {
            Step::Agent(_) => 0,
            Step::Done { .. } => 1,
            Step::Leaves(_) => 2,
            Step::Arrives(_) => 3,
            Step::Looks(_) => 4,
        }
    }
}

/// A history while it is played.
struct Play<'a> {
    tenant: &'a TenantId,
    board: Board,
    agents: BTreeMap<AgentId, Agent>,
    waiting: BTreeMap<ConversationId, (&'a Arrived, Ticket)>,
    given: BTreeMap<ConversationId, Given>,
    /// By the moment, what is done first then, and a number to tell them apart.
    due: BTreeMap<(Timestamp, (u8, usize)), Step<'a>>,
    steps: usize,
}

impl<'a> Play<'a> {
    fn new(history: &'a History, strategies: Strategies) -> Self {
        let mut play = Self {
            tenant: &history.tenant,
            board: Board::new(strategies),
            agents: BTreeMap::new(),
            waiting: BTreeMap::new(),
            given: BTreeMap::new(),
            due: BTreeMap::new(),
            steps: 0,
        };
        for seen in &history.agents {
            play.at(seen.at, Step::Agent(seen));
        }
        for arrived in &history.arrivals {
            play.at(arrived.at, Step::Arrives(arrived));
        }
        play
    }

    fn at(&mut self, at: Timestamp, step: Step<'a>) {
        self.steps += 1;
        self.due.insert((at, (step.order(), self.steps)), step);
    }

    /// All that happens at `now`, and then what routing makes of it.
    fn happens(&mut self, now: Timestamp) {
        while let Some(entry) = self.due.first_entry().filter(|entry| entry.key().0 <= now) {
            match entry.remove() {
                Step::Agent(seen) => self.seen(seen),
                Step::Done { agent, of } => self.done(&agent, &of),
                Step::Leaves(conversation) => {
                    self.waiting.remove(&conversation);
                    self.board.remove(conversation);
                }
                Step::Arrives(arrived) => {
                    if let Some(leaves) = arrived.leaves {
                        self.at(leaves, Step::Leaves(arrived.conversation));
                    }
                    let ticket = arrived.ticket.clone();
                    self.waiting.insert(arrived.conversation, (arrived, ticket));
                    self.looks(arrived.conversation, now);
                }
                Step::Looks(conversation) => self.looks(conversation, now),
            }
        }
        while let Some(found) = self.board.next() {
            let Some((arrived, _)) = self.waiting.remove(&found.conversation) else {
                continue;
            };
            let waited = now.since(arrived.at);
            let requirement = found.explanation.requirement;
            if let Some(agent) = self.agents.get_mut(&found.agent) {
                *agent.used.entry(requirement.class.clone()).or_default() += requirement.weight;
                agent.last_assigned = Some(now);
            }
            let done = Step::Done { agent: found.agent.clone(), of: requirement };
            self.at(now + arrived.handled_for, done);
            self.given.insert(found.conversation, Given { agent: found.agent, waited });
        }
    }

    fn seen(&mut self, seen: &AgentSeen) {
        let tenant = self.tenant;
        let agent = self.agents.entry(seen.agent.clone()).or_insert_with(|| Agent {
            id: seen.agent.clone(),
            tenant: tenant.clone(),
            profile: AgentProfile::default(),
            presence: Presence::Offline,
            epoch: 0,
            used: BTreeMap::new(),
            missed: 0,
            last_assigned: None,
        });
        agent.epoch += 1;
        agent.profile = seen.profile.clone();
        agent.presence = seen.presence;
        self.board.set_agent(agent.clone());
        if seen.presence != Presence::Available {
            let kept = |ticket: &Ticket| ticket.requirement().only.as_ref() == Some(&seen.agent);
            let kept = self.waiting.iter().filter(|(_, (_, ticket))| kept(ticket));
            for conversation in kept.map(|(conversation, _)| *conversation).collect::<Vec<_>>() {
                self.looks(conversation, seen.at);
            }
        }
    }

    fn done(&mut self, agent: &AgentId, of: &Requirement) {
        if let Some(agent) = self.agents.get_mut(agent) {
            if let Some(used) = agent.used.get_mut(&of.class) {
                *used = used.saturating_sub(of.weight);
            }
            self.board.set_agent(agent.clone());
        }
    }

    /// Brings a ticket to where it is at `now`, and says so to the board.
    fn looks(&mut self, conversation: ConversationId, now: Timestamp) {
        let Some((_, ticket)) = self.waiting.get_mut(&conversation) else {
            return;
        };
        ticket.stage = ticket.stage_at(now);
        let is_there = |agent: &AgentId| {
            self.agents.get(agent).is_some_and(|agent| agent.presence == Presence::Available)
        };
        while let Some(only) = ticket.requirement().only.clone().filter(|only| !is_there(only)) {
            let Some(next) = ticket.after(&only) else {
                break;
            };
            ticket.stage = next;
        }
        if let Some(overflow) = ticket.overflow.take_if(|overflow| overflow.at <= now) {
            let Requirement { class, weight, .. } = ticket.requirement().clone();
            let requirement = Requirement { class, weight, ..Requirement::to_serve(overflow.to) };
            ticket.stages.truncate(1);
            ticket.stages[0].requirement = requirement;
            ticket.stage = 0;
        }
        self.board.put(Item::new(conversation, Version::NEW, ticket));
        if let Some(due) = ticket.next_due() {
            self.at(due.max(now + Duration::from_millis(1)), Step::Looks(conversation));
        }
    }
}
