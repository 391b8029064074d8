//! Who waits and who is there, kept so that the next pair is found quickly.

mod agents;
mod bits;
mod lines;
mod words;

use std::collections::BTreeSet;

use crate::domain::routing::{
    Considered, Explanation, Key, Requirement, StillWaits, Strategies, Ticket,
};
use crate::domain::{Agent, Version};
use crate::id::{AgentId, ConversationId};

use agents::{Agents, reason};
use lines::{Entry, Head, Lines, Numbered, Preference, Signature};
use words::Words;

/// So many agents are asked one by one what they could take; of more, all lines are gone through.
const ONE_BY_ONE: usize = 64;

/// One who waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// Which conversation.
    pub conversation: ConversationId,
    /// Its version: what is decided of it holds while it has this one.
    pub version: Version,
    /// Its place in line.
    pub key: Key,
    /// What it asks for now.
    pub requirement: Requirement,
    /// Who refused it or let its offer pass.
    pub excluded: Vec<AgentId>,
    /// Which of its ticket's stages it has reached.
    pub stage: usize,
    /// The version of the configuration that its ticket was made by.
    pub configuration: u64,
}

impl Item {
    /// What waits with `ticket`.
    pub fn new(conversation: ConversationId, version: Version, ticket: &Ticket) -> Self {
        Self {
            conversation,
            version,
            key: ticket.key,
            requirement: ticket.requirement().clone(),
            excluded: ticket.excluded.clone(),
            stage: ticket.stage,
            configuration: ticket.configuration,
        }
    }
}

/// Who should get what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Match {
    /// Which conversation.
    pub conversation: ConversationId,
    /// The version it was seen at.
    pub version: Version,
    /// Who should get it.
    pub agent: AgentId,
    /// The epoch the agent was seen at.
    pub epoch: u64,
    /// Why, with what was asked for.
    pub explanation: Explanation,
}

/// Everybody of one company who waits or is there.
///
/// A board is a hint: it is told what is in the store, proposes pairs, and the store's commit is
/// the judge. It can be made anew from the store at any time, and several may be at work at
/// once. It has no clock; it is the caller who moves a ticket to its next stage and
/// [puts](Self::put) it again.
///
/// What [`next`](Self::next) chooses depends only on who waits and who is there:
///
/// - Nobody waits while somebody is free who could take them.
/// - Of those whom somebody could take, the one with the lowest key is looked at first; of
///   equal keys, the one whose id comes first.
/// - Of the agents who could take them, the [strategy](crate::domain::routing::RoutingStrategy)
///   of the queue chooses one.
/// - That agent takes what is first for them: of the queue that comes first in their profile;
///   there the lowest key; of equal keys, the one whose id comes first. So a queue late in
///   everybody's profile waits while earlier ones have somebody waiting: who sets such an order
///   wants it, and who does not enrols some agents with another.
/// - Among those who ask for the same and exclude the same, nobody is overtaken. What needs
///   more room than anybody has left waits, and what needs less may pass it.
/// - Who was excluded is not asked again. [`refused_by_all`](Self::refused_by_all) tells for
///   whom nobody is left to be asked.
///
/// A decision costs little more than looking up the places of what changes. Memory: about
/// 300 bytes for each who waits, a kilobyte for each different thing that is asked for at the
/// moment, and three for each agent, besides ids and profiles; names of queues, skills and kinds
/// of work that were seen stay known, with a place for each pair of queue and skill level, and
/// for each weight, that was asked for. What nobody waits for any more is forgotten.
///
/// ```
/// use atendimento_core::domain::routing::{Board, Item, LongestIdle, Strategies, Ticket};
/// use atendimento_core::domain::{Agent, AgentProfile, Presence, Version};
/// use atendimento_core::id::ConversationId;
/// use atendimento_core::time::Timestamp;
///
/// let mut board = Board::new(Strategies::new(LongestIdle));
/// let waits = ConversationId::from_bytes([1; 16]);
/// let ticket = Ticket::plain("sales", Timestamp::from_seconds(1_700_000_000));
/// board.put(Item::new(waits, Version(1), &ticket));
/// assert!(board.next().is_none(), "nobody is there");
///
/// let ana = Agent {
///     id: "ana".into(),
///     tenant: "acme".into(),
///     profile: AgentProfile::chats(["sales"], 3),
///     presence: Presence::Available,
///     epoch: 1,
///     used: Default::default(),
///     missed: 0,
///     last_assigned: None,
/// };
/// board.set_agent(ana);
/// let found = board.next().unwrap();
/// assert_eq!((found.conversation, found.agent.as_str()), (waits, "ana"));
/// assert_eq!(found.explanation.strategy, "longest_idle");
/// assert!(board.next().is_none(), "nobody waits");
/// ```
pub struct Board {
    strategies: Strategies,
    words: Words,
    lines: Lines,
    agents: Agents,
    /// Agents who may have something to take that is in no line of `hot`.
    restless: Vec<usize>,
    /// The heads of lines that somebody may be able to take.
    ///
    /// For every pair that could be made, the agent is in `restless` or the line is here.
    hot: BTreeSet<Head>,
    /// How often the board gave something to somebody.
    turn: u64,
}

impl Board {
    /// A board on which nobody waits and nobody is there.
    pub fn new(strategies: Strategies) -> Self {
        Self {
            strategies,
            words: Words::default(),
            lines: Lines::default(),
            agents: Agents::default(),
            restless: Vec::new(),
            hot: BTreeSet::new(),
            turn: 0,
        }
    }

    /// How many wait.
    pub fn waiting(&self) -> usize {
        self.lines.len()
    }

    /// Says that somebody waits, or waits otherwise than before.
    pub fn put(&mut self, item: Item) {
        let Item { conversation, version, key, requirement, excluded, stage, configuration } = item;
        self.remove(conversation);
        let signature = Signature::new(requirement, excluded);
        let numbered = Numbered::new(&signature, &mut self.words);
        let line = match self.lines.find(&numbered) {
            Some(line) => line,
            None => {
                let strategies = &self.strategies;
                let line = self.lines.open(signature, numbered, strategies, &self.agents);
                self.agents.asked_for(self.lines.line(line), strategies);
                line
            }
        };
        let before = self.lines.line(line).head;
        let entry = Entry { version, stage, configuration };
        // Who could take one who is not the first could take the first as well.
        if self.lines.add(line, key, conversation, entry) {
            if let Some(before) = before {
                self.hot.remove(&before);
            }
            self.hot.insert((key, conversation, line));
        }
    }

    /// Says that a conversation does not wait, or no longer.
    pub fn remove(&mut self, conversation: ConversationId) {
        self.take_out(conversation);
    }

    fn take_out(&mut self, conversation: ConversationId) -> Option<Entry> {
        let (_, line) = self.lines.place(conversation)?;
        let before = self.lines.line(line).head;
        let (_, entry) = self.lines.remove(conversation)?;
        let head = self.lines.line(line).head;
        if head != before {
            // The next one can be taken by whoever could take this one.
            let was_hot = before.is_some_and(|before| self.hot.remove(&before));
            self.hot.extend(head.filter(|_| was_hot));
        }
        if head.is_none() {
            self.lines.close(line);
        }
        Some(entry)
    }

    /// Says what an agent is now: whether they are there, what they can do and have.
    pub fn set_agent(&mut self, agent: Agent) {
        if let Some(slot) = self.agents.set(agent, &mut self.words, &self.strategies)
            && let Some(known) = self.agents.known_mut(slot)
        {
            known.candidate = None;
            if !known.is_restless {
                known.is_restless = true;
                self.restless.push(slot);
            }
        }
        self.lines.agents_came(&self.agents);
    }

    /// Says that there is no such agent any more.
    pub fn remove_agent(&mut self, id: &AgentId) {
        if let Some(slot) = self.agents.slot(id) {
            self.restless.retain(|restless| *restless != slot);
        }
        self.agents.remove(id);
    }

    /// The next pair; `None` when there is none to be made.
    ///
    /// From then on the conversation does not wait, and the agent's capacity is taken, until
    /// [`put`](Self::put) and [`set_agent`](Self::set_agent) say otherwise: whoever could not
    /// make a pair true says what is true instead.
    #[expect(clippy::should_implement_trait, reason = "what comes next changes by what is said")]
    pub fn next(&mut self) -> Option<Match> {
        loop {
            if let (true, &[slot]) = (self.hot.is_empty(), &self.restless[..]) {
                // Nobody else has anything to take.
                let Some(head) = self.first_for(slot, Preference::OwnQueues) else {
                    self.calm(slot);
                    return None;
                };
                return self.give(slot, head, None);
            }
            let head = self.lowest()?;
            let line = self.lines.line(head.2);
            let Some(slot) = self.agents.choose(line, &self.strategies) else {
                self.hot.remove(&head);
                self.forget_candidates(head);
                continue;
            };
            let first = self.first_for(slot, Preference::OwnQueues).unwrap_or(head);
            let line = self.lines.line(first.2);
            let is_called =
                first != head && self.agents.choose(line, &self.strategies) != Some(slot);
            return self.give(slot, first, is_called.then_some(head.1));
        }
    }

    /// The lowest head that somebody may be able to take.
    fn lowest(&mut self) -> Option<Head> {
        if self.restless.len() > ONE_BY_ONE {
            for slot in std::mem::take(&mut self.restless) {
                self.calm(slot);
            }
            let heads = self.lines.live().filter_map(|line| self.lines.line(line).head);
            self.hot = heads.collect();
        }
        let mut lowest = self.hot.first().copied();
        let mut at = 0;
        while let Some(&slot) = self.restless.get(at) {
            let known = self.agents.known(slot);
            let candidate = known.and_then(|known| known.candidate);
            // A head stays the first of what the agent could take: what came since is hot.
            let is_fresh = |head: &Head| self.lines.line(head.2).head == Some(*head);
            let candidate = match candidate.filter(is_fresh) {
                Some(candidate) => Some(candidate),
                None => self.first_for(slot, Preference::Key),
            };
            if let Some(known) = self.agents.known_mut(slot) {
                known.candidate = candidate;
            }
            match candidate {
                None => self.calm(slot),
                Some(candidate) => {
                    lowest = Some(lowest.map_or(candidate, |lowest| lowest.min(candidate)));
                    at += 1;
                }
            }
        }
        lowest
    }

    /// Nothing is there for the agent to take.
    fn calm(&mut self, slot: usize) {
        self.restless.retain(|restless| *restless != slot);
        if let Some(known) = self.agents.known_mut(slot) {
            known.is_restless = false;
            known.candidate = None;
        }
    }

    /// Nobody can take `head`: who was thought to is to be looked at again.
    fn forget_candidates(&mut self, head: Head) {
        for &slot in &self.restless {
            if let Some(known) = self.agents.known_mut(slot)
                && known.candidate == Some(head)
            {
                known.candidate = None;
            }
        }
    }

    fn first_for(&mut self, slot: usize, preference: Preference) -> Option<Head> {
        let known = self.agents.known_mut(slot)?;
        self.lines.list_buckets(known);
        self.lines.first_for(known, preference)
    }

    fn give(
        &mut self,
        slot: usize,
        head: Head,
        called_for: Option<ConversationId>,
    ) -> Option<Match> {
        let (key, conversation, at) = head;
        let line = self.lines.line(at);
        let (passed_over, counts) = self.agents.passed_over(line, slot);
        let strategy = self.strategies.at(line.strategy);
        let requirement = &line.signature.requirement;
        let known = self.agents.known(slot)?;
        let (agent, epoch) = (known.agent.id.clone(), known.agent.epoch);
        let rank = strategy.rank(&known.agent, requirement);
        let (strategy, requirement) = (strategy.name().to_owned(), requirement.clone());
        self.turn += 1;
        self.agents.take_room(slot, line, self.turn, &self.strategies);
        let Entry { version, stage, configuration } = self.take_out(conversation)?;
        let explanation = Explanation {
            agent: agent.clone(),
            strategy,
            rank,
            key,
            requirement,
            stage,
            configuration,
            passed_over,
            counts,
            called_for,
        };
        Some(Match { conversation, version, agent, epoch, explanation })
    }

    /// Those for whom everybody who is there and meets what they ask for has been excluded:
    /// their exclusions are to be cleared, or they are to overflow.
    ///
    /// Who is full counts as somebody who will have room; who is away does not count.
    pub fn refused_by_all(&mut self) -> Vec<ConversationId> {
        let mut found = Vec::new();
        for line in self.lines.refused() {
            if self.agents.all_excluded(self.lines.line(line)) {
                found.extend(self.lines.conversations(line));
            }
        }
        found.sort_unstable();
        found
    }

    /// Why a conversation still waits: every agent with their reason. `None` when it does not.
    ///
    /// ```
    /// use atendimento_core::domain::routing::{Board, Item, PassedOver, Strategies, Ticket};
    /// use atendimento_core::domain::{Agent, AgentProfile, Presence, Version};
    /// use atendimento_core::id::ConversationId;
    /// use atendimento_core::time::Timestamp;
    ///
    /// let mut board = Board::new(Strategies::default());
    /// board.set_agent(Agent {
    ///     id: "ana".into(),
    ///     tenant: "acme".into(),
    ///     profile: AgentProfile::chats(["sales"], 3),
    ///     presence: Presence::Break,
    ///     epoch: 1,
    ///     used: Default::default(),
    ///     missed: 0,
    ///     last_assigned: None,
    /// });
    /// let waits = ConversationId::from_bytes([1; 16]);
    /// board.put(Item::new(waits, Version(1), &Ticket::plain("sales", Timestamp::EPOCH)));
    /// let why = board.explain(waits).unwrap();
    /// assert_eq!(why.passed_over[0].passed_over, PassedOver::Absent { presence: Presence::Break });
    /// ```
    pub fn explain(&self, conversation: ConversationId) -> Option<StillWaits> {
        let (key, line) = self.lines.place(conversation)?;
        let Signature { requirement, excluded } = &self.lines.line(line).signature;
        let (mut passed_over, mut could) = (Vec::new(), Vec::new());
        for known in self.agents.iter() {
            let agent = known.agent.id.clone();
            match reason(&known.agent, requirement, excluded) {
                Some(reason) => passed_over.push(Considered { agent, passed_over: reason }),
                None => could.push(agent),
            }
        }
        Some(StillWaits { key, requirement: requirement.clone(), passed_over, could })
    }
}
