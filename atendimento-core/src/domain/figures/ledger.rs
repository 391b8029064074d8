//! From facts to figures, one fact after the other.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use crate::domain::access::{Grant, Subject};
use crate::domain::figures::book::Book;
use crate::domain::figures::course::{Course, Holder};
use crate::domain::figures::spans::Spans;
use crate::domain::figures::{AgentLive, AgentTime, Live, Period, QueueLive, Report};
use crate::domain::{Event, Presence, PresenceChange, Version};
use crate::id::{AgentId, ConversationId, QueueId};
use crate::time::Timestamp;

/// What a company's facts come to. It is told each fact once, in the order of the journal, and
/// each change of presence once, in the order in which they were made; how the two are mixed
/// does not matter.
///
/// Clocks may disagree: a fact that says to be earlier than the one before it in its
/// conversation counts as of the same moment, and so does a change of an agent's presence.
///
/// It keeps what is open, and what was counted; of a conversation that is closed it keeps
/// nothing else.
///
/// ```
/// use std::time::Duration;
/// use atendimento_core::domain::access::{Action, Actor, Role};
/// use atendimento_core::domain::figures::{Ledger, Period};
/// use atendimento_core::domain::routing::Ticket;
/// use atendimento_core::domain::{Event, Version};
/// use atendimento_core::id::ConversationId;
/// use atendimento_core::time::Timestamp;
///
/// let (id, noon) = (ConversationId::from_bytes([1; 16]), Timestamp::from_seconds(43_200));
/// let later = noon + Duration::from_secs(50);
/// let mut ledger = Ledger::default();
/// let ticket = Box::new(Ticket::plain("sales", noon));
/// ledger.apply(id, Version(1), noon, &Event::Queued { ticket });
/// ledger.apply(id, Version(2), later, &Event::Closed { by: None, at: later });
///
/// let auditor = Actor::new("eva", "acme", Role::AUDITOR);
/// let grant = auditor.may(Action::ReadFigures)?;
/// let report = ledger.report(&grant, Period::quarter_of(noon), later, Default::default());
/// let sales = &report.queues[&"sales".into()];
/// assert_eq!((sales.offered, sales.abandoned.sum()), (1, Duration::from_secs(50)));
/// # Ok::<(), atendimento_core::domain::access::Denied>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct Ledger {
    courses: BTreeMap<ConversationId, Course>,
    /// What was closed by the latest facts: nothing is kept of it once those are over.
    closed: Option<(ConversationId, Version)>,
    book: Book,
    agents: BTreeMap<AgentId, Attendance>,
}

/// When an agent was there.
#[derive(Clone, Debug)]
struct Attendance {
    presence: Presence,
    since: Timestamp,
    /// Without the time since the latest change.
    signed_in: Spans,
    available: Spans,
}

impl Ledger {
    /// Takes in a fact of the journal.
    pub fn apply(
        &mut self,
        conversation: ConversationId,
        version: Version,
        at: Timestamp,
        event: &Event,
    ) {
        if let Some((ended, by)) = self.closed
            && (ended, by) != (conversation, version)
        {
            self.courses.remove(&ended);
            self.closed = None;
        }
        let course = if begins(event) {
            self.courses.entry(conversation).or_default()
        } else {
            match self.courses.get_mut(&conversation) {
                Some(course) => course,
                None => return, // it is closed
            }
        };
        course.apply(event, at, &mut self.book);
        if let Event::Closed { .. } = event {
            self.closed = Some((conversation, version));
        }
    }

    /// Takes in a change of presence.
    pub fn change_presence(&mut self, change: &PresenceChange) {
        let known = self.agents.entry(change.agent.clone()).or_insert_with(|| Attendance {
            presence: Presence::Offline,
            since: change.at,
            signed_in: Spans::default(),
            available: Spans::default(),
        });
        let at = known.since.max(change.at);
        let was_there = presence_counts(known.presence);
        if was_there.signed_in {
            known.signed_in.add(known.since, at);
        }
        if was_there.available {
            known.available.add(known.since, at);
        }
        known.presence = change.presence;
        known.since = at;
    }

    /// The figures of `period`, up to `now`, as far as `grant` covers them. What it does not
    /// cover is not counted: of an agent, only the work in covered queues, and none of the time.
    pub fn report(
        &self,
        grant: &Grant,
        period: Period,
        now: Timestamp,
        targets: BTreeMap<QueueId, Duration>,
    ) -> Report {
        let tenant = grant.tenant();
        let sees_queue = |queue: &QueueId| grant.covers(&Subject::queue(tenant, queue));
        let as_of = now.min(period.until());
        let mut report = Report {
            period,
            as_of,
            queues: BTreeMap::new(),
            agents: BTreeMap::new(),
            targets: targets.into_iter().filter(|(queue, _)| sees_queue(queue)).collect(),
        };
        for quarter in self.book.quarters(period) {
            for (queue, figures) in quarter.queues.iter().filter(|(queue, _)| sees_queue(queue)) {
                report.queues.entry(queue.clone()).or_default().add(figures);
            }
            for ((agent, queue), work) in &quarter.work {
                if let Some(queue) = queue.as_ref().filter(|queue| sees_queue(queue)) {
                    report.queues.entry(queue.clone()).or_default().work.add(work);
                }
                if grant.covers(&Subject::held(tenant, Some(agent), queue.as_ref())) {
                    report.agents.entry(agent.clone()).or_default().work.add(work);
                }
            }
        }
        let open = self.open_spans(now);
        let known: BTreeSet<_> = self.agents.keys().chain(report.agents.keys()).cloned().collect();
        for agent in known {
            if !grant.covers(&Subject::agent(tenant, &agent)) {
                continue;
            }
            let time = self.time_of(&agent, open.get(&agent), period.from(), as_of);
            if time != AgentTime::default() || report.agents.contains_key(&agent) {
                report.agents.entry(agent).or_default().time = Some(time);
            }
        }
        report
    }

    /// How things stand at `now`, as far as `grant` covers them. `serving` says which queues
    /// each agent serves.
    pub fn live(
        &self,
        grant: &Grant,
        now: Timestamp,
        serving: &BTreeMap<AgentId, Vec<QueueId>>,
    ) -> Live {
        let mut queues = BTreeMap::<&QueueId, QueueLive>::new();
        let mut agents = BTreeMap::<&AgentId, AgentLive>::new();
        for (agent, serves) in serving {
            let is_available = self.presence_of(agent) == Presence::Available;
            for queue in serves.iter().collect::<BTreeSet<_>>() {
                queues.entry(queue).or_default().available += u64::from(is_available);
            }
        }
        for (agent, attendance) in &self.agents {
            if attendance.presence != Presence::Offline {
                self.stand(&mut agents, agent);
            }
        }
        for course in self.courses.values() {
            if let Some(wait) = &course.wait {
                let queue = queues.entry(&wait.queue).or_default();
                queue.longest_wait = queue.longest_wait.max(Some(now.since(wait.since)));
                match &wait.asked {
                    None => queue.waiting += 1,
                    Some(agent) => {
                        queue.offered += 1;
                        self.stand(&mut agents, agent).offered += 1;
                    }
                }
            }
            if let Holder::Person(held) = &course.holder {
                let agent = self.stand(&mut agents, &held.agent);
                let mut none = QueueLive::default();
                let queue = match &held.queue {
                    Some(queue) => queues.entry(queue).or_default(),
                    None => &mut none,
                };
                match held.wrap_up {
                    None => {
                        agent.assigned += 1;
                        queue.assigned += 1;
                    }
                    Some(_) => {
                        agent.wrapping_up += 1;
                        queue.wrapping_up += 1;
                    }
                }
            }
        }
        let tenant = grant.tenant();
        queues.retain(|queue, _| grant.covers(&Subject::queue(tenant, queue)));
        agents.retain(|agent, _| grant.covers(&Subject::agent(tenant, agent)));
        Live {
            as_of: now,
            queues: queues.into_iter().map(|(queue, stands)| (queue.clone(), stands)).collect(),
            agents: agents.into_iter().map(|(agent, stands)| (agent.clone(), stands)).collect(),
        }
    }

    fn presence_of(&self, agent: &AgentId) -> Presence {
        self.agents.get(agent).map_or(Presence::Offline, |known| known.presence)
    }

    /// The line of an agent among those of all.
    fn stand<'a, 'b>(
        &self,
        agents: &'b mut BTreeMap<&'a AgentId, AgentLive>,
        agent: &'a AgentId,
    ) -> &'b mut AgentLive {
        agents.entry(agent).or_insert_with(|| AgentLive {
            presence: self.presence_of(agent),
            since: self.agents.get(agent).map(|known| known.since),
            assigned: 0,
            wrapping_up: 0,
            offered: 0,
        })
    }

    /// When agents had what they still have at `now`.
    fn open_spans(&self, now: Timestamp) -> BTreeMap<&AgentId, Spans> {
        let mut open = BTreeMap::<_, Spans>::new();
        for course in self.courses.values() {
            if let Holder::Person(held) = &course.holder {
                open.entry(&held.agent).or_default().add(held.since, now);
            }
        }
        open
    }

    /// How an agent spent the time from `from` until `until`, which is not later than now.
    fn time_of(
        &self,
        agent: &AgentId,
        open: Option<&Spans>,
        from: Timestamp,
        until: Timestamp,
    ) -> AgentTime {
        let Some(attendance) = self.agents.get(agent) else {
            return AgentTime::default(); // who was never there has spent no time
        };
        let mut signed_in = attendance.signed_in.clipped(from, until);
        let mut available = attendance.available.clipped(from, until);
        let is_there = presence_counts(attendance.presence);
        if is_there.signed_in {
            signed_in.add(attendance.since.max(from), until);
        }
        if is_there.available {
            available.add(attendance.since.max(from), until);
        }
        let mut held = Spans::default();
        for spans in self.book.held.get(agent).into_iter().chain(open) {
            held.add_all(&spans.clipped(from, until));
        }
        let busy = held.common(&signed_in);
        let mut staffed = busy.clone();
        staffed.add_all(&available);
        let length = |spans: &Spans| Duration::from_millis(spans.millis());
        AgentTime {
            signed_in: length(&signed_in),
            available: length(&available),
            busy: length(&busy),
            staffed: length(&staffed),
        }
    }
}

/// As what a presence counts.
struct Counts {
    signed_in: bool,
    available: bool,
}

fn presence_counts(presence: Presence) -> Counts {
    match presence {
        Presence::Available => Counts { signed_in: true, available: true },
        Presence::Away | Presence::Break | Presence::Unresponsive => {
            Counts { signed_in: true, available: false }
        }
        Presence::Offline => Counts { signed_in: false, available: false },
    }
}

/// Whether a fact can be the first that is known of a conversation, or the first since it was
/// closed.
fn begins(event: &Event) -> bool {
    matches!(event, Event::Opened { .. } | Event::Reopened | Event::Queued { .. })
}
