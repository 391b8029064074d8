//! Whether a document says something that can be done: all that is wrong, each with its path.

use std::collections::BTreeSet;
use std::fmt;

use crate::domain::access::Roles;
use crate::domain::configuration::Span;
use crate::domain::configuration::document::{Condition, Document, QueueSettings, Rule};
use crate::domain::hours::{Hours, Zone};
use crate::id::{CapacityClass, QueueId, SkillId, TeamId};

/// Strategies that are always there.
pub const STRATEGIES: [&str; 3] = ["longest_idle", "least_loaded", "skill_first"];

/// The most that one conversation may take of an agent's capacity.
const HEAVIEST: u32 = 1_000;

/// The longest times that make sense, so that `30d` for `30s` is found.
const HOUR: Span = Span::from_secs(3_600);
const DAY: Span = Span::from_secs(86_400);
const YEAR: Span = Span::from_secs(366 * 86_400);

/// What is wrong, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Where, for example `queues.sales.rings[1].after`; empty for the whole.
    pub path: String,
    /// What.
    pub reason: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.path.is_empty() {
            f.write_str(&self.reason)
        } else {
            write!(f, "{}: {}", self.path, self.reason)
        }
    }
}

/// A configuration that cannot be used. Nothing has changed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("invalid configuration: {}", list(.0))]
pub struct InvalidConfiguration(
    /// What is wrong with it, at least one thing.
    pub Vec<Fault>,
);

fn list(faults: &[Fault]) -> String {
    faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
}

/// All that is wrong with a document; `strategies` are the host's own.
pub(super) fn faults(document: &Document, strategies: &[&str]) -> Vec<Fault> {
    let mut check = Check { document, strategies, found: Vec::new() };
    check.names();
    check.hours();
    check.priorities();
    for (queue, settings) in &document.queues {
        check.queue(queue, settings);
    }
    check.overflow_ends();
    check.roles();
    check.rules();
    check.found
}

struct Check<'a> {
    document: &'a Document,
    strategies: &'a [&'a str],
    found: Vec<Fault>,
}

impl Check<'_> {
    fn fault(&mut self, path: impl Into<String>, reason: impl Into<String>) {
        self.found.push(Fault { path: path.into(), reason: reason.into() });
    }

    fn names(&mut self) {
        let document = self.document;
        if document.queues.is_empty() {
            self.fault("queues", "there is no queue");
        }
        let lists: [(&str, Vec<&str>); 6] = [
            ("teams", document.teams.iter().map(TeamId::as_str).collect()),
            ("skills", document.skills.iter().map(SkillId::as_str).collect()),
            ("classes", document.classes.iter().map(CapacityClass::as_str).collect()),
            ("priorities", document.priorities.keys().map(String::as_str).collect()),
            ("hours", document.hours.keys().map(String::as_str).collect()),
            ("queues", document.queues.keys().map(QueueId::as_str).collect()),
        ];
        for (path, names) in lists {
            if names.iter().any(|name| name.trim().is_empty()) {
                self.fault(path, "a name is empty");
            }
        }
    }

    fn hours(&mut self) {
        if let Some(zone) = &self.document.zone
            && Zone::named(zone).is_err()
        {
            self.fault("zone", "no time zone of the IANA database");
        }
        for (name, hours) in &self.document.hours {
            if let Err(invalid) = Hours::new(hours.clone()) {
                let text = invalid.to_string();
                let (at, reason) = text.split_once(": ").unwrap_or(("", &text));
                self.fault(format!("hours.{name}.{at}"), reason);
            }
        }
    }

    fn roles(&mut self) {
        if let Err(invalid) = Roles::new(&self.document.roles) {
            for fault in invalid.faults {
                self.fault(format!("roles.{}", fault.path), fault.reason.to_string());
            }
        }
    }

    fn priorities(&mut self) {
        for (name, bonus) in &self.document.priorities {
            self.at_most(&format!("priorities.{name}"), *bonus, YEAR);
        }
    }

    fn queue(&mut self, id: &QueueId, settings: &QueueSettings) {
        let path = format!("queues.{id}");
        if let Some(team) = &settings.team
            && !self.document.teams.contains(team)
        {
            self.fault(format!("{path}.team"), format!("there is no team `{team}`"));
        }
        if let Some(hours) = &settings.hours {
            self.known_hours(&format!("{path}.hours"), hours);
        }
        if let Some(class) = &settings.class
            && class.as_str() != CapacityClass::CHAT
            && !self.document.classes.contains(class)
        {
            self.fault(format!("{path}.class"), format!("there is no class `{class}`"));
        }
        if let Some(weight) = settings.weight
            && !(1..=HEAVIEST).contains(&weight)
        {
            self.fault(format!("{path}.weight"), format!("{weight} is not 1 to {HEAVIEST}"));
        }
        if let Some(strategy) = &settings.strategy
            && !STRATEGIES.contains(&strategy.as_str())
            && !self.strategies.contains(&strategy.as_str())
        {
            let known = STRATEGIES.iter().chain(self.strategies).copied().collect::<Vec<_>>();
            let reason = format!("there is no strategy `{strategy}`, only {}", known.join(", "));
            self.fault(format!("{path}.strategy"), reason);
        }
        if let Some(priority) = &settings.priority {
            self.known_priority(&format!("{path}.priority"), priority);
        }
        if let Some(offer) = &settings.offer {
            self.between(&format!("{path}.offer.timeout"), offer.timeout, HOUR);
            if offer.misses == Some(0) {
                self.fault(format!("{path}.offer.misses"), "0 would ask nobody; leave it out");
            }
        }
        self.rings(&path, id, settings);
        if let Some(sticky) = &settings.sticky {
            self.between(&format!("{path}.sticky.within"), sticky.within, YEAR);
            self.between(&format!("{path}.sticky.wait"), sticky.wait, DAY);
        }
        if let Some(service) = &settings.service {
            let at = format!("{path}.service");
            if service.first_answer.is_none() && service.resolution.is_none() {
                self.fault(at.clone(), "promises nothing");
            }
            for (key, promise) in
                [("first_answer", service.first_answer), ("resolution", service.resolution)]
            {
                if let Some(promise) = promise {
                    self.between(&format!("{at}.{key}"), promise, YEAR);
                }
            }
            if service.within_hours && settings.hours.is_none() {
                self.fault(format!("{at}.within_hours"), "the queue has no hours");
            }
            if let (Some(first), Some(last)) = (service.first_answer, service.resolution)
                && first > last
            {
                self.fault(format!("{at}.first_answer"), "comes after the resolution");
            }
        }
        if let Some(overflow) = &settings.overflow {
            self.between(&format!("{path}.overflow.after"), overflow.after, DAY);
            self.another_queue(&format!("{path}.overflow.to"), id, &overflow.to);
        }
        if let Some(closed) = &settings.closed {
            self.another_queue(&format!("{path}.closed.to"), id, &closed.to);
            if settings.hours.is_none() {
                self.fault(format!("{path}.closed"), "the queue has no hours, so it never closes");
            }
        }
        if let Some(absence) = &settings.absence {
            self.at_most(&format!("{path}.absence.return_after"), absence.return_after, DAY);
        }
        if let Some(wrap_up) = settings.wrap_up {
            self.between(&format!("{path}.wrap_up"), wrap_up, DAY);
        }
        if let Some(reopen) = settings.reopen {
            self.between(&format!("{path}.reopen"), reopen, YEAR);
        }
    }

    fn rings(&mut self, path: &str, queue: &QueueId, settings: &QueueSettings) {
        let mut before = Span::from_secs(0);
        for (index, ring) in settings.rings.iter().enumerate() {
            let at = format!("{path}.rings[{index}]");
            self.between(&format!("{at}.after"), ring.after, DAY);
            if ring.after <= before && ring.after.as_secs() > 0 {
                let reason = format!("{} is not later than the ring before it", ring.after);
                self.fault(format!("{at}.after"), reason);
            }
            if let Some(overflow) = &settings.overflow
                && ring.after >= overflow.after
            {
                let (after, to) = (overflow.after, &overflow.to);
                let reason = format!("never comes to pass: who waits {after} goes on to `{to}`");
                self.fault(format!("{at}.after"), reason);
            }
            before = before.max(ring.after);
            if ring.lower == 0 && ring.drop.is_empty() && ring.also.is_empty() {
                self.fault(at.clone(), "gives nothing up: set lower, drop or also");
            }
            if ring.lower > 4 {
                self.fault(format!("{at}.lower"), "there are 5 levels: lower by 1 to 4");
            }
            for skill in &ring.drop {
                self.known_skill(&format!("{at}.drop"), skill);
            }
            for also in &ring.also {
                self.another_queue(&format!("{at}.also"), queue, also);
            }
        }
    }

    /// Who overflows must come to rest somewhere.
    fn overflow_ends(&mut self) {
        let next = |queue: &QueueId| {
            let settings = self.document.queues.get(queue)?;
            settings.overflow.as_ref().map(|overflow| &overflow.to)
        };
        let mut circles = Vec::new();
        for queue in self.document.queues.keys() {
            let mut seen = BTreeSet::from([queue]);
            let mut at = queue;
            while let Some(to) = next(at) {
                if to == queue && at != queue {
                    circles.push(format!("queues.{queue}.overflow.to"));
                }
                if !seen.insert(to) {
                    break;
                }
                at = to;
            }
        }
        for path in circles {
            self.fault(path, "overflows in a circle");
        }
    }

    fn rules(&mut self) {
        let rules = &self.document.rules;
        for (index, rule) in rules.iter().enumerate() {
            self.rule(&format!("rules[{index}]"), rule);
        }
        match rules.iter().position(|rule| rule.when.is_anybody()) {
            None => self.fault(
                "rules",
                "the last rule must be for everybody (without `when`), so that nobody is left over",
            ),
            Some(at) if at + 1 < rules.len() => {
                self.fault(
                    format!("rules[{}]", at + 1),
                    "never comes to pass: the rule before it is for everybody",
                );
            }
            Some(_) => {}
        }
        for (index, rule) in rules.iter().enumerate() {
            let takes_all =
                |earlier: &Rule| !earlier.when.is_anybody() && takes_all(&earlier.when, &rule.when);
            if let Some(first) = rules[..index].iter().position(takes_all) {
                let reason = format!("never comes to pass: rules[{first}] is for the same or more");
                self.fault(format!("rules[{index}]"), reason);
            }
        }
    }

    fn rule(&mut self, path: &str, rule: &Rule) {
        self.known_queue(&format!("{path}.queue"), &rule.queue);
        if let Some(priority) = &rule.priority {
            self.known_priority(&format!("{path}.priority"), priority);
        }
        for skill in rule.skills.keys() {
            self.known_skill(&format!("{path}.skills.{skill}"), skill);
        }
        if let Some(hours) = &rule.when.open {
            self.known_hours(&format!("{path}.when.open"), hours);
        }
        for word in &rule.when.words {
            // What is between words is compared with nothing.
            if word.is_empty() || !word.chars().all(char::is_alphanumeric) {
                let reason = format!("`{word}` is not one word of letters and digits");
                self.fault(format!("{path}.when.words"), reason);
            }
        }
    }

    fn known_queue(&mut self, path: &str, queue: &QueueId) {
        if !self.document.queues.contains_key(queue) {
            self.fault(path, format!("there is no queue `{queue}`"));
        }
    }

    fn another_queue(&mut self, path: &str, queue: &QueueId, other: &QueueId) {
        if queue == other {
            self.fault(path, "is the queue itself");
        }
        self.known_queue(path, other);
    }

    fn known_skill(&mut self, path: &str, skill: &SkillId) {
        if !self.document.skills.contains(skill) {
            self.fault(path, format!("there is no skill `{skill}`"));
        }
    }

    fn known_priority(&mut self, path: &str, priority: &str) {
        if !self.document.priorities.contains_key(priority) {
            self.fault(path, format!("there is no priority `{priority}`"));
        }
    }

    fn known_hours(&mut self, path: &str, hours: &str) {
        if !self.document.hours.contains_key(hours) {
            self.fault(path, format!("there are no hours `{hours}`"));
        }
    }

    fn between(&mut self, path: &str, span: Span, most: Span) {
        if span.as_secs() == 0 {
            self.fault(path, "must be more than nothing");
        }
        self.at_most(path, span, most);
    }

    fn at_most(&mut self, path: &str, span: Span, most: Span) {
        if span > most {
            self.fault(path, format!("{span} is more than {most}"));
        }
    }
}

/// Whether whoever `later` fits is fitted by `earlier` before.
fn takes_all(earlier: &Condition, later: &Condition) -> bool {
    let Condition { accounts, tags, words, returning, open } = earlier;
    let lower = |words: &BTreeSet<String>| -> BTreeSet<_> {
        words.iter().map(|word| word.to_lowercase()).collect()
    };
    is_among(&later.accounts, accounts)
        && is_among(&later.tags, tags)
        && is_among(&lower(&later.words), &lower(words))
        && (returning.is_none() || *returning == later.returning)
        && (open.is_none() || *open == later.open)
}

/// Whether one of `few` is one of `many`. An empty list is for everybody.
fn is_among<T: Ord>(few: &BTreeSet<T>, many: &BTreeSet<T>) -> bool {
    many.is_empty() || (!few.is_empty() && few.is_subset(many))
}
