//! Who is there: agents by what they serve, know and have room for, and in the order of each
//! strategy.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use crate::domain::routing::board::bits::{Bits, NONE};
use crate::domain::routing::board::lines::{Head, Line, Signature};
use crate::domain::routing::board::words::Words;
use crate::domain::routing::{
    Considered, Explanation, Level, LooksAt, PassedOver, PassedOverCounts, Rank, Requirement,
    Strategies,
};
use crate::domain::{Agent, Presence};
use crate::id::AgentId;
use crate::time::Timestamp;

/// Levels there are.
const LEVELS: usize = Level::BEST.get() as usize;
/// How many steps are made in an order before it is tried otherwise.
const STEPS: usize = 16;

/// Where somebody stands in an order of agents.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Standing {
    rank: Rank,
    idle: Idle,
    id: AgentId,
    slot: usize,
}

/// Since when somebody has had nothing; who has had nothing for the longest time comes first.
/// Whom the board itself gave something comes last until it is told when that was.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Idle {
    turn: u64,
    last_assigned: Option<Timestamp>,
}

/// An agent as the board knows one.
pub(super) struct Known {
    pub(super) agent: Agent,
    idle: Idle,
    /// The queues served, in order, each once.
    pub(super) queues: Vec<usize>,
    /// The level in each skill; 0 for none, and for those beyond the end.
    levels: Vec<u8>,
    /// What is left of each kind of capacity; 0 for those beyond the end.
    room: Vec<i64>,
    /// Where they stand in each of the orders.
    standings: Vec<Option<Standing>>,
    /// The buckets with lines they may be able to serve, by the rank of their queue, and for
    /// which generation of buckets that holds.
    pub(super) buckets: Vec<(usize, usize)>,
    pub(super) buckets_of: Option<u64>,
    /// Whether they may have something to take.
    pub(super) is_restless: bool,
    /// The first they could take when that was last looked up.
    pub(super) candidate: Option<Head>,
}

impl Known {
    pub(super) fn has_room(&self, (class, weight): (usize, u32)) -> bool {
        self.room.get(class).copied().unwrap_or(0) >= i64::from(weight)
    }

    pub(super) fn is_there(&self) -> bool {
        self.agent.presence == Presence::Available
    }

    pub(super) fn has_level(&self, skill: usize, level: u8) -> bool {
        self.levels.get(skill).copied().unwrap_or(0) >= level
    }

    /// Whether they could take what waits in `line`, if they serve one of its queues.
    pub(super) fn could_take(&self, line: &Line) -> bool {
        self.is_there()
            && line.skills.iter().all(|&(skill, level)| self.has_level(skill, level))
            && self.has_room((line.class, line.signature.requirement.weight))
            && !line.signature.excludes(&self.agent.id)
    }
}

/// An order of those who are there and have room for a kind of work.
struct Order {
    strategy: usize,
    class: usize,
    /// A requirement to rank by: the strategy looks at no more of it than its class.
    requirement: Requirement,
    standings: BTreeSet<Standing>,
}

/// Everybody.
#[derive(Default)]
pub(super) struct Agents {
    slots: Vec<Option<Known>>,
    unused: Vec<usize>,
    by_id: BTreeMap<AgentId, usize>,
    there: Bits,
    by_queue: Vec<Bits>,
    /// By skill and level: who has it at least.
    by_skill: Vec<[Bits; LEVELS]>,
    /// By kind of work and weight: who is there and has room for it.
    rooms: BTreeMap<(usize, u32), Bits>,
    orders: Vec<Order>,
    /// Who could take what was asked last.
    able: Bits,
}

impl Agents {
    pub(super) fn len(&self) -> usize {
        self.by_id.len()
    }

    pub(super) fn slot(&self, id: &AgentId) -> Option<usize> {
        self.by_id.get(id).copied()
    }

    pub(super) fn known(&self, slot: usize) -> Option<&Known> {
        self.slots.get(slot).and_then(Option::as_ref)
    }

    pub(super) fn known_mut(&mut self, slot: usize) -> Option<&mut Known> {
        self.slots.get_mut(slot).and_then(Option::as_mut)
    }

    /// Everybody, by id.
    pub(super) fn iter(&self) -> impl Iterator<Item = &Known> {
        self.by_id.values().filter_map(|&slot| self.known(slot))
    }

    /// Adds or replaces an agent. The slot, when they may be able to take more than before.
    pub(super) fn set(
        &mut self,
        agent: Agent,
        words: &mut Words,
        strategies: &Strategies,
    ) -> Option<usize> {
        let slot = match self.slot(&agent.id) {
            Some(slot) => slot,
            None => self.add(agent.id.clone()),
        };
        let old = self.slots[slot].take();
        let has_same_profile = old.as_ref().is_some_and(|old| old.agent.profile == agent.profile);
        let was_there = old.as_ref().is_some_and(Known::is_there);
        let idle = Idle { turn: 0, last_assigned: agent.last_assigned };
        let mut known = match old {
            Some(old) if has_same_profile => Known { agent, idle, ..old },
            Some(old) => {
                self.index(slot, &old, false);
                let Known { standings, is_restless, .. } = old;
                Known { standings, is_restless, ..Self::read(agent, idle, words) }
            }
            None => Self::read(agent, idle, words),
        };
        if !has_same_profile {
            self.index(slot, &known, true);
        }
        let had = std::mem::take(&mut known.room);
        known.room = Self::rooms_of(&known.agent, words);
        let gained = known.is_there()
            && (!has_same_profile
                || !was_there
                || known
                    .room
                    .iter()
                    .enumerate()
                    .any(|(class, &room)| room > had.get(class).copied().unwrap_or(0)));
        self.slots[slot] = Some(known);
        self.refresh(slot, strategies);
        gained.then_some(slot)
    }

    fn add(&mut self, id: AgentId) -> usize {
        let slot = self.unused.pop().unwrap_or_else(|| {
            self.slots.push(None);
            self.slots.len() - 1
        });
        self.by_id.insert(id, slot);
        slot
    }

    fn read(agent: Agent, idle: Idle, words: &mut Words) -> Known {
        let mut queues = Vec::with_capacity(agent.profile.queues.len());
        for queue in &agent.profile.queues {
            let queue = words.queues.number(queue);
            if !queues.contains(&queue) {
                queues.push(queue);
            }
        }
        let mut levels = Vec::new();
        for (skill, level) in &agent.profile.skills {
            let skill = words.skills.number(skill);
            if skill >= levels.len() {
                levels.resize(skill + 1, 0);
            }
            levels[skill] = level.get();
        }
        Known {
            agent,
            idle,
            queues,
            levels,
            room: Vec::new(),
            standings: Vec::new(),
            buckets: Vec::new(),
            buckets_of: None,
            is_restless: false,
            candidate: None,
        }
    }

    fn rooms_of(agent: &Agent, words: &mut Words) -> Vec<i64> {
        let mut rooms = Vec::new();
        let mut add = |class: usize, amount: i64| {
            if class >= rooms.len() {
                rooms.resize(class + 1, 0);
            }
            rooms[class] += amount;
        };
        for (class, &capacity) in &agent.profile.capacity {
            add(words.classes.number(class), capacity.into());
        }
        for (class, &used) in &agent.used {
            add(words.classes.number(class), -i64::from(used));
        }
        rooms
    }

    pub(super) fn remove(&mut self, id: &AgentId) {
        let Some(slot) = self.by_id.remove(id) else {
            return;
        };
        if let Some(known) = self.slots[slot].take() {
            self.index(slot, &known, false);
            self.there.set(slot, false);
            for room in self.rooms.values_mut() {
                room.set(slot, false);
            }
            for (order, standing) in self.orders.iter_mut().zip(&known.standings) {
                if let Some(standing) = standing {
                    order.standings.remove(standing);
                }
            }
        }
        self.unused.push(slot);
    }

    fn index(&mut self, slot: usize, known: &Known, is_in: bool) {
        for &queue in &known.queues {
            if queue >= self.by_queue.len() {
                self.by_queue.resize_with(queue + 1, Bits::default);
            }
            self.by_queue[queue].set(slot, is_in);
        }
        for (skill, &level) in known.levels.iter().enumerate() {
            if skill >= self.by_skill.len() {
                self.by_skill.resize_with(skill + 1, Default::default);
            }
            for level in 0..usize::from(level) {
                self.by_skill[skill][level].set(slot, is_in);
            }
        }
    }

    /// Gives an agent `weight` of `class`, until [`set`](Self::set) tells otherwise. They come
    /// after all who have not had a `turn` as late.
    pub(super) fn take_room(
        &mut self,
        slot: usize,
        line: &Line,
        turn: u64,
        strategies: &Strategies,
    ) {
        let Some(known) = self.known_mut(slot) else {
            return;
        };
        let Requirement { class, weight, .. } = &line.signature.requirement;
        match known.agent.used.get_mut(class) {
            Some(used) => *used += weight,
            None => {
                known.agent.used.insert(class.clone(), *weight);
            }
        }
        if line.class >= known.room.len() {
            known.room.resize(line.class + 1, 0);
        }
        known.room[line.class] -= i64::from(*weight);
        known.idle.turn = turn;
        self.refresh(slot, strategies);
    }

    /// Brings sets and orders up to what the agent is now.
    fn refresh(&mut self, slot: usize, strategies: &Strategies) {
        let Some(known) = self.slots[slot].as_mut() else {
            return;
        };
        let is_there = known.is_there();
        self.there.set(slot, is_there);
        for (&(class, weight), room) in &mut self.rooms {
            room.set(slot, is_there && known.has_room((class, weight)));
        }
        known.standings.resize(self.orders.len(), None);
        for (at, order) in self.orders.iter_mut().enumerate() {
            let is_in = is_there && known.has_room((order.class, 1));
            let standing = is_in.then(|| Standing {
                rank: strategies.at(order.strategy).rank(&known.agent, &order.requirement),
                idle: known.idle,
                id: known.agent.id.clone(),
                slot,
            });
            if standing != known.standings[at] {
                if let Some(old) = &known.standings[at] {
                    order.standings.remove(old);
                }
                if let Some(new) = &standing {
                    order.standings.insert(new.clone());
                }
                known.standings[at] = standing;
            }
        }
    }

    /// A line begins to ask for this.
    pub(super) fn asked_for(&mut self, line: &Line, strategies: &Strategies) {
        let (class, weight) = (line.class, line.signature.requirement.weight);
        // Kept when nobody asks for it any more: what conversations weigh is soon all known.
        if !self.rooms.contains_key(&(class, weight)) {
            let mut agents = Bits::default();
            for (slot, known) in self.slots.iter().enumerate() {
                let has_room = |known: &Known| known.is_there() && known.has_room((class, weight));
                agents.set(slot, known.as_ref().is_some_and(has_room));
            }
            self.rooms.insert((class, weight), agents);
        }
        let strategy = line.strategy;
        let is_known = self.orders.iter().any(|it| (it.strategy, it.class) == (strategy, class));
        if is_known || strategies.at(strategy).looks_at() == LooksAt::Requirement {
            return;
        }
        self.orders.push(Order {
            strategy,
            class,
            requirement: line.signature.requirement.clone(),
            standings: BTreeSet::new(),
        });
        for slot in 0..self.slots.len() {
            self.refresh(slot, strategies);
        }
    }

    /// How many have at least this level of a skill.
    pub(super) fn with_skill(&self, skill: usize, level: u8) -> usize {
        self.by_skill.get(skill).map_or(0, |levels| levels[usize::from(level) - 1].len())
    }

    /// Those into `able` who serve one of the queues of `line`.
    fn serving(&mut self, line: &Line) {
        self.able.clear();
        for &queue in &line.queues {
            self.able.unite(self.by_queue.get(queue).unwrap_or(&NONE));
        }
    }

    /// Those in `able` stay who have the skills.
    fn skilled(&mut self, line: &Line) {
        for &(skill, level) in &line.skills {
            let levels = self.by_skill.get(skill);
            self.able.intersect(levels.map_or(&NONE, |levels| &levels[usize::from(level) - 1]));
        }
    }

    /// Those in `able` stay who are there and have room.
    fn with_room(&mut self, line: &Line) {
        let room = self.rooms.get(&(line.class, line.signature.requirement.weight));
        self.able.intersect(room.unwrap_or(&NONE));
    }

    /// The one in `able` stays whom alone it is kept for, if it is.
    fn only(&mut self, line: &Line) {
        if let Some(only) = &line.signature.requirement.only {
            let slot = self.by_id.get(only).filter(|slot| self.able.has(**slot));
            self.able.clear();
            if let Some(&slot) = slot {
                self.able.set(slot, true);
            }
        }
    }

    fn without_excluded(&mut self, line: &Line) {
        for id in &line.signature.excluded {
            if let Some(&slot) = self.by_id.get(id) {
                self.able.set(slot, false);
            }
        }
    }

    /// Whether those who are there and meet what `line` asks for have all been asked in vain.
    pub(super) fn all_excluded(&mut self, line: &Line) -> bool {
        self.serving(line);
        self.skilled(line);
        self.able.intersect(&self.there);
        self.only(line);
        let there = self.able.len();
        self.without_excluded(line);
        there > 0 && self.able.len() == 0
    }

    /// The best of those who could take what waits in `line`.
    pub(super) fn choose(&mut self, line: &Line, strategies: &Strategies) -> Option<usize> {
        self.serving(line);
        self.skilled(line);
        self.with_room(line);
        self.only(line);
        self.without_excluded(line);
        let count = self.able.len();
        if count <= 1 {
            return self.able.iter().next();
        }
        let is_order = |it: &&Order| (it.strategy, it.class) == (line.strategy, line.class);
        // Who has no room is in no order, and still could take what weighs nothing.
        let weighs = line.signature.requirement.weight > 0;
        let order = self.orders.iter().find(is_order).filter(|_| weighs);
        let mut standings = order.iter().flat_map(|it| &it.standings).take(STEPS.max(count));
        if let Some(standing) = standings.find(|standing| self.able.has(standing.slot)) {
            return Some(standing.slot);
        }
        let strategy = strategies.at(line.strategy);
        let rank = |known: &Known| strategy.rank(&known.agent, &line.signature.requirement);
        let mut best: Option<(Rank, &Known, usize)> = None;
        for slot in self.able.iter() {
            let Some(known) = self.known(slot) else {
                continue;
            };
            let rank = rank(known);
            let is_better = best.as_ref().is_none_or(|(other, than, _)| {
                let by_rank: Ordering = rank.cmp(other);
                by_rank
                    .then_with(|| known.idle.cmp(&than.idle))
                    .then_with(|| known.agent.id.cmp(&than.agent.id))
                    .is_lt()
            });
            if is_better {
                best = Some((rank, known, slot));
            }
        }
        best.map(|(_, _, slot)| slot)
    }

    /// Why nobody but the one in `chosen`, who can take what waits in `line`, gets it.
    pub(super) fn passed_over(
        &mut self,
        line: &Line,
        chosen: usize,
    ) -> (Vec<Considered>, PassedOverCounts) {
        let Signature { requirement, excluded } = &line.signature;
        if requirement.only.is_some() {
            let counts = PassedOverCounts { not_the_one: self.len() - 1, ..Default::default() };
            return (Vec::new(), counts);
        }
        self.serving(line);
        let serving = self.able.len();
        self.skilled(line);
        let skilled = self.able.len();
        self.able.intersect(&self.there);
        let there = self.able.len();
        self.with_room(line);
        let with_room = self.able.len();
        self.without_excluded(line);
        let able = self.able.len();
        let counts = PassedOverCounts {
            not_the_one: 0,
            other_queue: self.len() - serving,
            skill: serving - skilled,
            absent: skilled - there,
            full: there - with_room,
            excluded: with_room - able,
            behind: able - 1,
        };
        let name = |known: &Known| {
            let passed_over = reason(&known.agent, requirement, excluded);
            let passed_over = passed_over.unwrap_or(PassedOver::Behind);
            Considered { agent: known.agent.id.clone(), passed_over }
        };
        let mut considered: Vec<_> = if serving <= Explanation::NAMED {
            self.serving(line);
            self.able.set(chosen, false);
            self.able.iter().filter_map(|slot| self.known(slot)).map(name).collect()
        } else if counts.excluded > 0 {
            let refused = excluded.iter().filter_map(|id| self.known(self.slot(id)?)).map(name);
            let refused = refused.filter(|it| it.passed_over == PassedOver::Excluded);
            refused.take(Explanation::NAMED).collect()
        } else {
            Vec::new()
        };
        considered.sort_by_key(|it| it.passed_over.distance());
        (considered, counts)
    }
}

/// Why `agent` cannot take it, if they cannot.
pub(super) fn reason(
    agent: &Agent,
    requirement: &Requirement,
    excluded: &[AgentId],
) -> Option<PassedOver> {
    match agent.can_take(requirement) {
        Err(reason) => Some(reason),
        Ok(()) if excluded.contains(&agent.id) => Some(PassedOver::Excluded),
        Ok(()) => None,
    }
}
