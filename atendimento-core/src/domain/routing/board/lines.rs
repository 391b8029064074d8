//! Who waits: a line for each thing that is asked for, in the order of keys.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::Version;
use crate::domain::routing::board::agents::{Agents, Known};
use crate::domain::routing::board::words::Words;
use crate::domain::routing::{Key, Requirement, Strategies};
use crate::id::{AgentId, ConversationId};

/// The first of a line, and which line that is.
pub(super) type Head = (Key, ConversationId, usize);

/// What those in one line have in common: whoever can take one of them can take each.
pub(super) struct Signature {
    pub(super) requirement: Requirement,
    /// In order, each once.
    pub(super) excluded: Vec<AgentId>,
}

impl Signature {
    pub(super) fn new(requirement: Requirement, mut excluded: Vec<AgentId>) -> Self {
        excluded.sort();
        excluded.dedup();
        Self { requirement, excluded }
    }

    pub(super) fn excludes(&self, agent: &AgentId) -> bool {
        self.excluded.binary_search(agent).is_ok()
    }
}

/// A signature with numbers for names: found among thousands without comparing texts.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Numbered {
    queues: Vec<usize>,
    skills: Vec<(usize, u8)>,
    class: usize,
    weight: u32,
    only: Option<AgentId>,
    excluded: Vec<AgentId>,
}

impl Numbered {
    pub(super) fn new(Signature { requirement, excluded }: &Signature, words: &mut Words) -> Self {
        let Requirement { queues, skills, class, weight, only } = requirement;
        let skills = skills.iter().map(|(name, level)| (words.skills.number(name), level.get()));
        Self {
            skills: skills.collect(),
            queues: queues.iter().map(|name| words.queues.number(name)).collect(),
            class: words.classes.number(class),
            weight: *weight,
            only: only.clone(),
            excluded: excluded.clone(),
        }
    }
}

/// What is kept of one who waits.
#[derive(Clone, Copy)]
pub(super) struct Entry {
    pub(super) version: Version,
    pub(super) stage: usize,
    pub(super) configuration: u64,
}

/// Those who ask for the same.
pub(super) struct Line {
    pub(super) signature: Signature,
    numbered: Numbered,
    /// Each once.
    pub(super) queues: Vec<usize>,
    pub(super) skills: Vec<(usize, u8)>,
    pub(super) class: usize,
    pub(super) strategy: usize,
    /// The first of them.
    pub(super) head: Option<Head>,
    waiting: BTreeMap<(Key, ConversationId), Entry>,
    /// Where the head is to be found.
    buckets: Vec<usize>,
}

/// Heads of lines of one queue that ask for as much room and for one skill among others. A line
/// is in the bucket of the rarest skill it asks for, so that few who look there look in vain.
struct Bucket {
    heads: BTreeSet<Head>,
    first: Option<Head>,
    /// Of what, and how much: less room need not look here.
    room: (usize, u32),
}

/// What the lines of a bucket have in common. Those of one queue are next to each other.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Pivot {
    queue: usize,
    room: (usize, u32),
    skill: Option<(usize, u8)>,
}

impl Pivot {
    fn lowest_of(queue: usize) -> Self {
        Self { queue, room: (0, 0), skill: None }
    }
}

/// Everybody who waits.
#[derive(Default)]
pub(super) struct Lines {
    lines: Vec<Line>,
    unused: Vec<usize>,
    by_signature: BTreeMap<Numbered, usize>,
    places: BTreeMap<ConversationId, (Key, usize)>,
    buckets: Vec<Bucket>,
    by_pivot: BTreeMap<Pivot, usize>,
    /// Rises when there is a new bucket in `by_pivot`.
    generation: u64,
    /// Heads of lines that are kept for one agent, by queue.
    personal: BTreeMap<AgentId, BTreeMap<usize, BTreeSet<Head>>>,
    /// Lines of those whom somebody refused.
    refused: BTreeSet<usize>,
    /// How many agents there were when the rarest was last looked for.
    pivoted_at: usize,
}

impl Lines {
    pub(super) fn len(&self) -> usize {
        self.places.len()
    }

    pub(super) fn line(&self, line: usize) -> &Line {
        &self.lines[line]
    }

    pub(super) fn place(&self, conversation: ConversationId) -> Option<(Key, usize)> {
        self.places.get(&conversation).copied()
    }

    /// The lines that have somebody in them.
    pub(super) fn live(&self) -> impl Iterator<Item = usize> + '_ {
        self.by_signature.values().copied()
    }

    pub(super) fn refused(&self) -> impl Iterator<Item = usize> + '_ {
        self.refused.iter().copied()
    }

    pub(super) fn conversations(&self, line: usize) -> impl Iterator<Item = ConversationId> + '_ {
        self.lines[line].waiting.keys().map(|(_, conversation)| *conversation)
    }

    pub(super) fn find(&self, signature: &Numbered) -> Option<usize> {
        self.by_signature.get(signature).copied()
    }

    /// A line for what nobody has asked for yet.
    pub(super) fn open(
        &mut self,
        signature: Signature,
        numbered: Numbered,
        strategies: &Strategies,
        agents: &Agents,
    ) -> usize {
        let mut queues = numbered.queues.clone();
        queues.sort_unstable();
        queues.dedup();
        let is_refused = !signature.excluded.is_empty();
        let line = Line {
            queues,
            skills: numbered.skills.clone(),
            class: numbered.class,
            strategy: strategies.index(signature.requirement.queues.first()),
            head: None,
            waiting: BTreeMap::new(),
            buckets: Vec::new(),
            signature,
            numbered: numbered.clone(),
        };
        let at = match self.unused.pop() {
            Some(at) => {
                self.lines[at] = line;
                at
            }
            None => {
                self.lines.push(line);
                self.lines.len() - 1
            }
        };
        if is_refused {
            self.refused.insert(at);
        }
        self.by_signature.insert(numbered, at);
        self.lines[at].buckets = self.buckets_for(at, agents);
        at
    }

    /// Where the head of `line` is to be found, unless it is kept for one agent.
    fn buckets_for(&mut self, line: usize, agents: &Agents) -> Vec<usize> {
        let Line { signature: Signature { requirement, .. }, queues, skills, class, .. } =
            &self.lines[line];
        if requirement.only.is_some() {
            return Vec::new();
        }
        let room = (*class, requirement.weight);
        let rarest = skills.iter().min_by_key(|(skill, level)| agents.with_skill(*skill, *level));
        let pivots = queues.iter().map(|&queue| Pivot { queue, room, skill: rarest.copied() });
        let mut found = Vec::with_capacity(queues.len());
        for pivot in pivots {
            found.push(*self.by_pivot.entry(pivot).or_insert_with(|| {
                self.generation += 1;
                self.buckets.push(Bucket { heads: BTreeSet::new(), first: None, room });
                self.buckets.len() - 1
            }));
        }
        found
    }

    /// Adds somebody to a line; whether they are its first now.
    pub(super) fn add(
        &mut self,
        at: usize,
        key: Key,
        conversation: ConversationId,
        entry: Entry,
    ) -> bool {
        self.places.insert(conversation, (key, at));
        let line = &mut self.lines[at];
        line.waiting.insert((key, conversation), entry);
        let head = (key, conversation, at);
        if line.head.is_some_and(|first| first < head) {
            return false;
        }
        self.set_head(at, Some(head));
        true
    }

    /// Takes somebody out of their line, which may be empty then.
    pub(super) fn remove(&mut self, conversation: ConversationId) -> Option<(usize, Entry)> {
        let (key, at) = self.places.remove(&conversation)?;
        let line = &mut self.lines[at];
        let entry = line.waiting.remove(&(key, conversation))?;
        if line.head == Some((key, conversation, at)) {
            let next = line.waiting.first_key_value();
            let head = next.map(|(&(key, conversation), _)| (key, conversation, at));
            self.set_head(at, head);
        }
        Some((at, entry))
    }

    fn set_head(&mut self, at: usize, head: Option<Head>) {
        let line = &mut self.lines[at];
        let old = std::mem::replace(&mut line.head, head);
        let exchange = |heads: &mut BTreeSet<Head>| {
            if let Some(old) = &old {
                heads.remove(old);
            }
            heads.extend(head);
        };
        for &bucket in &line.buckets {
            let bucket = &mut self.buckets[bucket];
            exchange(&mut bucket.heads);
            bucket.first = bucket.heads.first().copied();
        }
        if let Some(only) = &line.signature.requirement.only {
            if !self.personal.contains_key(only) {
                self.personal.insert(only.clone(), BTreeMap::new());
            }
            if let Some(by_queue) = self.personal.get_mut(only) {
                for &queue in &line.queues {
                    exchange(by_queue.entry(queue).or_default());
                }
                by_queue.retain(|_, heads| !heads.is_empty());
                if by_queue.is_empty() {
                    self.personal.remove(only);
                }
            }
        }
    }

    /// Forgets a line that nobody is in.
    pub(super) fn close(&mut self, at: usize) {
        let line = &mut self.lines[at];
        self.by_signature.remove(&line.numbered);
        self.refused.remove(&at);
        line.buckets.clear();
        self.unused.push(at);
    }

    /// Finds the rarest things anew when there are twice as many agents as when that was last
    /// done.
    pub(super) fn agents_came(&mut self, agents: &Agents) {
        if agents.len() < 2 * self.pivoted_at.max(8) {
            return;
        }
        self.pivoted_at = agents.len();
        for at in self.live().collect::<Vec<_>>() {
            let head = self.lines[at].head;
            self.set_head(at, None);
            self.lines[at].buckets = self.buckets_for(at, agents);
            self.set_head(at, head);
        }
    }

    /// Brings the list of the agent's buckets up to date.
    pub(super) fn list_buckets(&self, known: &mut Known) {
        if known.buckets_of == Some(self.generation) {
            return;
        }
        known.buckets_of = Some(self.generation);
        let mut found = std::mem::take(&mut known.buckets);
        found.clear();
        for (rank, &queue) in known.queues.iter().enumerate() {
            let of_queue = Pivot::lowest_of(queue)..Pivot::lowest_of(queue + 1);
            for (pivot, &bucket) in self.by_pivot.range(of_queue) {
                if pivot.skill.is_none_or(|(skill, level)| known.has_level(skill, level)) {
                    found.push((rank, bucket));
                }
            }
        }
        known.buckets = found;
    }

    /// The first that the agent could take: by the order of their queues first, or by nothing
    /// but its place in line.
    pub(super) fn first_for(&self, known: &Known, preference: Preference) -> Option<Head> {
        if !known.is_there() {
            return None;
        }
        let personal = self.personal.get(&known.agent.id);
        let mut first = None;
        let mut buckets = &known.buckets[..];
        for (rank, queue) in known.queues.iter().enumerate() {
            if let Some(heads) = personal.and_then(|by_queue| by_queue.get(queue)) {
                self.look_among(heads, known, &mut first);
            }
            while let Some(((_, bucket), rest)) =
                buckets.split_first().filter(|((of, _), _)| *of == rank)
            {
                buckets = rest;
                let Bucket { heads, first: head, room } = &self.buckets[*bucket];
                let is_before = |head: &Head| first.is_none_or(|first| *head < first);
                if head.as_ref().is_some_and(is_before) && known.has_room(*room) {
                    self.look_among(heads, known, &mut first);
                }
            }
            match preference {
                Preference::OwnQueues if first.is_some() => return first,
                Preference::OwnQueues | Preference::Key => {}
            }
        }
        first
    }

    fn look_among(&self, heads: &BTreeSet<Head>, known: &Known, first: &mut Option<Head>) {
        let is_before = |head: &Head| first.is_none_or(|first| *head < first);
        let mut heads = heads.iter().take_while(|head| is_before(head));
        if let Some(found) = heads.find(|head| known.could_take(&self.lines[head.2])) {
            *first = Some(*found);
        }
    }
}

/// What an agent takes first.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Preference {
    /// The queue they are to serve first, and there the lowest key.
    OwnQueues,
    /// The lowest key.
    Key,
}
