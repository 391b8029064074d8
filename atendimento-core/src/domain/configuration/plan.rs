//! What follows of a configuration: who waits where, and what becomes of who waits.

use std::time::Duration;

use crate::domain::configuration::{
    Condition, Configuration, Document, Order, QueueSettings, Ring, Span,
};
use crate::domain::hours::Hours;
use crate::domain::routing::{Asked, Key, Overflow, Requirement, Stage, Ticket};
use crate::domain::{AgentProfile, Promise, Service};
use crate::id::{AccountId, AgentId, CapacityClass, QueueId};
use crate::time::Timestamp;

/// How long before the customer-service window closes an answer is due, in a queue that is
/// ordered by deadline.
const MARGIN: Duration = Duration::from_secs(3_600);

/// What is known of who comes, for the rules.
#[derive(Clone, Debug, Default)]
pub struct Facts<'a> {
    /// The number of the business they wrote to.
    pub account: Option<&'a AccountId>,
    /// The tags of the conversation.
    pub tags: Vec<&'a str>,
    /// What they wrote. Compared, and kept nowhere.
    pub text: Option<&'a str>,
    /// Whether they have been served before.
    pub returning: bool,
    /// Who had them last, and when that ended.
    pub last_agent: Option<(AgentId, Timestamp)>,
}

/// Where somebody waits, and what is asked of whoever serves them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Route {
    /// The queue.
    pub queue: QueueId,
    /// What is asked.
    pub asked: Asked,
}

impl Configuration {
    /// Where who comes at `now` waits, by the first rule that fits, and elsewhere while the
    /// queue is closed and says so.
    pub fn route(&self, facts: &Facts<'_>, now: Timestamp) -> Route {
        let rule = self.document.rules.iter().find(|rule| self.fits(&rule.when, facts, now));
        let (queue, asked) = match rule {
            Some(rule) => (
                rule.queue.clone(),
                Asked {
                    skills: rule.skills.clone(),
                    priority: rule.priority.clone(),
                    last_agent: facts.last_agent.clone(),
                },
            ),
            // The last rule is for everybody: a configuration without one was refused.
            None => (QueueId::from(""), Asked::default()),
        };
        Route { queue: self.open_one(&queue, now).clone(), asked }
    }

    /// Where a queue that is closed sends to, and so on; the queue itself when all of them are
    /// closed in a circle.
    fn open_one<'a>(&'a self, queue: &'a QueueId, now: Timestamp) -> &'a QueueId {
        let mut seen = vec![queue];
        let mut at = queue;
        while let Some(to) = self.closed_to(at, now) {
            if seen.contains(&to) {
                return queue;
            }
            seen.push(to);
            at = to;
        }
        at
    }

    /// Whether there is such a queue.
    pub fn has_queue(&self, queue: &QueueId) -> bool {
        self.document.queues.contains_key(queue)
    }

    /// What a profile names that there is not, if anything: what kind of thing, and its name.
    pub fn unknown_of(&self, profile: &AgentProfile) -> Option<(&'static str, String)> {
        let Document { teams, skills, classes, queues, .. } = &self.document;
        let chat = CapacityClass::from(CapacityClass::CHAT);
        let queue = profile.queues.iter().find(|it| !queues.contains_key(*it));
        let team = profile.team.iter().find(|it| !teams.contains(*it));
        let skill = profile.skills.keys().find(|it| !skills.contains(*it));
        let class = profile.capacity.keys().find(|it| **it != chat && !classes.contains(*it));
        queue
            .map(|it| ("queue", it.to_string()))
            .or_else(|| team.map(|it| ("team", it.to_string())))
            .or_else(|| skill.map(|it| ("skill", it.to_string())))
            .or_else(|| class.map(|it| ("class", it.to_string())))
    }

    /// Of what was asked for once, what there still is.
    pub(crate) fn still_there(&self, asked: Asked) -> Asked {
        let Document { skills, priorities, .. } = &self.document;
        let Asked { skills: mut wanted, priority, last_agent } = asked;
        wanted.retain(|skill, _| skills.contains(skill));
        let priority = priority.filter(|it| priorities.contains_key(it));
        Asked { skills: wanted, priority, last_agent }
    }

    /// What is asked for that there is not, if anything: what kind of thing, and its name.
    pub fn unknown_asked(&self, asked: &Asked) -> Option<(&'static str, String)> {
        let Document { skills, priorities, .. } = &self.document;
        let skill = asked.skills.keys().find(|it| !skills.contains(*it));
        let priority = asked.priority.iter().find(|it| !priorities.contains_key(*it));
        skill
            .map(|it| ("skill", it.to_string()))
            .or_else(|| priority.map(|it| ("priority", it.clone())))
    }

    /// The place in line in `queue` of who waits since `since`, with all that will become of it.
    ///
    /// `window_closes` is when the customer can no longer be answered freely, if it is known.
    pub fn ticket(
        &self,
        queue: &QueueId,
        asked: &Asked,
        since: Timestamp,
        window_closes: Option<Timestamp>,
    ) -> Ticket {
        let fallback = QueueSettings::default();
        let settings = self.document.queues.get(queue).unwrap_or(&fallback);
        let base = Requirement {
            queues: vec![queue.clone()],
            skills: asked.skills.clone(),
            class: settings.class.clone().unwrap_or_else(|| CapacityClass::CHAT.into()),
            weight: settings.weight.unwrap_or(1),
            only: None,
        };
        Ticket {
            queue: queue.clone(),
            since,
            key: self.key(queue, settings, asked, since, window_closes),
            asked: asked.clone(),
            stages: stages(settings, asked, &base, since),
            stage: 0,
            otherwise: None,
            offer: settings.offer.as_ref().map(|offer| offer.timeout.into()),
            overflow: settings.overflow.as_ref().map(|overflow| Overflow {
                at: since + overflow.after.into(),
                to: overflow.to.clone(),
            }),
            excluded: Vec::new(),
            configuration: self.version,
        }
    }

    /// What is promised to who comes into `queue` at `now`.
    pub fn service(&self, queue: &QueueId, now: Timestamp) -> Service {
        let Some(level) = self.settings(queue).and_then(|settings| settings.service.as_ref())
        else {
            return Service::default();
        };
        let hours = if level.within_hours { self.hours(queue) } else { None };
        let promise = |span: Option<Span>| {
            let span: Duration = span?.into();
            let due = match hours {
                // Hours that are never open again promise nothing.
                Some(hours) => hours.after(now, span)?,
                None => now + span,
            };
            Some(Promise::new(due))
        };
        Service { first_answer: promise(level.first_answer), resolution: promise(level.resolution) }
    }

    /// When people are there; `None`: always.
    pub fn hours(&self, queue: &QueueId) -> Option<&Hours> {
        self.hours.get(self.settings(queue)?.hours.as_ref()?)
    }

    /// Whether anybody is there at `now`.
    pub fn is_open(&self, queue: &QueueId, now: Timestamp) -> bool {
        self.hours(queue).is_none_or(|hours| hours.is_open(now))
    }

    /// How many offers missed in a row make an agent unresponsive; 0: none.
    pub fn most_missed(&self, queue: &QueueId) -> u32 {
        let offer = self.settings(queue).and_then(|settings| settings.offer.as_ref());
        offer.and_then(|offer| offer.misses).unwrap_or(0)
    }

    /// After how long a conversation is taken from an agent who is absent; `None`: never.
    pub fn absence(&self, queue: &QueueId) -> Option<Duration> {
        let absence = self.settings(queue)?.absence.as_ref()?;
        Some(absence.return_after.into())
    }

    /// How long an agent may write up what is left; `None`: not at all.
    pub fn wrap_up(&self, queue: &QueueId) -> Option<Duration> {
        self.settings(queue)?.wrap_up.map(Duration::from)
    }

    /// For how long a closed conversation goes on when the customer writes again; `None`: not
    /// at all.
    pub fn reopen(&self, queue: &QueueId) -> Option<Duration> {
        self.settings(queue)?.reopen.map(Duration::from)
    }

    /// The largest head start there is: nobody is overtaken by who comes later than that.
    pub fn largest_bonus(&self) -> Duration {
        self.document.priorities.values().max().copied().map_or(Duration::ZERO, Duration::from)
    }

    /// The strategy of a queue, by name.
    pub fn strategy(&self, queue: &QueueId) -> &str {
        let strategy = self.settings(queue).and_then(|settings| settings.strategy.as_deref());
        strategy.unwrap_or("longest_idle")
    }

    fn settings(&self, queue: &QueueId) -> Option<&QueueSettings> {
        self.document.queues.get(queue)
    }

    fn closed_to(&self, queue: &QueueId, now: Timestamp) -> Option<&QueueId> {
        let closed = self.settings(queue)?.closed.as_ref()?;
        if self.is_open(queue, now) { None } else { Some(&closed.to) }
    }

    fn fits(&self, when: &Condition, facts: &Facts<'_>, now: Timestamp) -> bool {
        let Condition { accounts, tags, words, returning, open } = when;
        let account = || facts.account.is_some_and(|account| accounts.contains(account));
        let tag = || facts.tags.iter().any(|tag| tags.contains(*tag));
        let word = || facts.text.is_some_and(|text| words.iter().any(|word| says(text, word)));
        (accounts.is_empty() || account())
            && (tags.is_empty() || tag())
            && (words.is_empty() || word())
            && returning.is_none_or(|returning| returning == facts.returning)
            && open
                .as_ref()
                .is_none_or(|name| self.hours.get(name).is_some_and(|hours| hours.is_open(now)))
    }

    fn key(
        &self,
        queue: &QueueId,
        settings: &QueueSettings,
        asked: &Asked,
        since: Timestamp,
        window_closes: Option<Timestamp>,
    ) -> Key {
        match settings.order {
            Order::Ageing => {
                let priority = asked.priority.as_ref().or(settings.priority.as_ref());
                let bonus = priority.and_then(|name| self.document.priorities.get(name));
                Key::aged(since, bonus.copied().map_or(Duration::ZERO, Duration::from))
            }
            Order::Deadline => {
                let promised = self.service(queue, since).first_answer.map(|promise| promise.due);
                let window = window_closes.map(|closes| closes.before(MARGIN));
                match promised.into_iter().chain(window).min() {
                    Some(due) => Key::due(due),
                    // Nothing is promised and the window is closed: who came first.
                    None => Key::aged(since, Duration::ZERO),
                }
            }
        }
    }
}

/// What is asked for at first, and from when on less.
fn stages(
    settings: &QueueSettings,
    asked: &Asked,
    base: &Requirement,
    since: Timestamp,
) -> Vec<Stage> {
    let mut stages = Vec::new();
    let mut begins = since;
    if let (Some(sticky), Some((agent, ended))) = (&settings.sticky, &asked.last_agent)
        && since.since(*ended) < sticky.within.into()
    {
        let requirement = Requirement { only: Some(agent.clone()), ..base.clone() };
        stages.push(Stage { from: since, requirement });
        begins = since + sticky.wait.into();
    }
    stages.push(Stage { from: begins, requirement: base.clone() });
    for ring in &settings.rings {
        let from = (since + ring.after.into()).max(begins);
        stages.push(Stage { from, requirement: relaxed(base, ring) });
    }
    stages
}

fn relaxed(base: &Requirement, ring: &Ring) -> Requirement {
    let skills = base
        .skills
        .iter()
        .filter(|(skill, _)| !ring.drop.contains(*skill))
        .map(|(skill, level)| (skill.clone(), level.lowered(ring.lower)))
        .collect();
    let queues = base.queues.iter().chain(&ring.also).cloned().collect();
    Requirement { skills, queues, ..base.clone() }
}

/// Whether a text has that word, whatever its case.
fn says(text: &str, word: &str) -> bool {
    let word = word.to_lowercase();
    text.split(|letter: char| !letter.is_alphanumeric()).any(|said| said.to_lowercase() == word)
}
