//! The same figures, counted the other way: not one fact after the other, but each conversation
//! as a whole, by the states that it went through, and agents' time second by second.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use atendimento_core::domain::figures::{
    AgentFigures, AgentLive, AgentTime, Live, Period, Promises, QueueFigures, QueueLive, Report,
    Work,
};
use atendimento_core::domain::{
    Conversation, Event, Line, OfferEnd, Owner, Phase, Presence, PresenceChange, Release, Target,
    Way, Window,
};
use atendimento_core::id::{AgentId, ConversationId, QueueId};
use atendimento_core::store::Journaled;
use atendimento_core::time::Timestamp;

/// Everything that happened, in the order of the journal.
#[derive(Clone, Debug)]
pub(crate) struct Happened {
    pub(crate) conversations: Vec<Conversation>,
    pub(crate) facts: Vec<Journaled>,
    pub(crate) presences: Vec<PresenceChange>,
}

/// A fact, and the conversation before and after it.
struct Step<'a> {
    at: Timestamp,
    before: Conversation,
    event: &'a Event,
    after: Conversation,
}

/// From when until when; not over yet without an end.
struct Span {
    from: Timestamp,
    until: Option<Timestamp>,
}

/// Somebody had a conversation.
struct Hold {
    agent: AgentId,
    span: Span,
}

/// What is counted, as of when.
struct Counted {
    at: Timestamp,
    what: What,
}

enum What {
    Queue(QueueId, Box<dyn Fn(&mut QueueFigures)>),
    Work(AgentId, Option<QueueId>, Box<dyn Fn(&mut Work)>),
}

#[derive(Default)]
struct Found {
    counted: Vec<Counted>,
    holds: Vec<Hold>,
}

impl Found {
    fn queue(&mut self, at: Timestamp, queue: &QueueId, add: impl Fn(&mut QueueFigures) + 'static) {
        self.counted.push(Counted { at, what: What::Queue(queue.clone(), Box::new(add)) });
    }

    fn work(
        &mut self,
        at: Timestamp,
        agent: &AgentId,
        queue: Option<&QueueId>,
        add: impl Fn(&mut Work) + 'static,
    ) {
        let what = What::Work(agent.clone(), queue.cloned(), Box::new(add));
        self.counted.push(Counted { at, what });
    }
}

/// All that may be seen is seen.
pub(crate) fn report(
    happened: &Happened,
    period: Period,
    now: Timestamp,
    targets: BTreeMap<QueueId, Duration>,
) -> Report {
    let found = found(happened);
    let mut queues = BTreeMap::<QueueId, QueueFigures>::new();
    let mut agents = BTreeMap::<AgentId, AgentFigures>::new();
    let inside = |counted: &&Counted| period.from() <= counted.at && counted.at < period.until();
    for counted in found.counted.iter().filter(inside) {
        match &counted.what {
            What::Queue(queue, add) => add(queues.entry(queue.clone()).or_default()),
            What::Work(agent, queue, add) => {
                add(&mut agents.entry(agent.clone()).or_default().work);
                if let Some(queue) = queue {
                    add(&mut queues.entry(queue.clone()).or_default().work);
                }
            }
        }
    }
    let as_of = now.min(period.until());
    let mut all: BTreeSet<_> = agents.keys().cloned().collect();
    all.extend(happened.presences.iter().map(|change| change.agent.clone()));
    for agent in all {
        let time = time_of(happened, &found.holds, &agent, period.from(), as_of);
        if agents.contains_key(&agent) || time != AgentTime::default() {
            agents.entry(agent).or_default().time = Some(time);
        }
    }
    Report { period, as_of, queues, agents, targets }
}

/// How an agent spent each second.
fn time_of(
    happened: &Happened,
    holds: &[Hold],
    agent: &AgentId,
    from: Timestamp,
    until: Timestamp,
) -> AgentTime {
    let mut time = AgentTime::default();
    let presences = presences_of(happened, agent);
    let holds: Vec<_> = holds.iter().filter(|hold| hold.agent == *agent).collect();
    for second in (from.millis()..until.millis()).step_by(1000) {
        let moment = Timestamp::from_millis(second);
        let is = presences.iter().rfind(|(at, _)| *at <= moment).map(|(_, presence)| *presence);
        let Some(presence) = is.filter(|presence| *presence != Presence::Offline) else {
            continue;
        };
        let covers =
            |span: &Span| span.from <= moment && span.until.is_none_or(|until| moment < until);
        let is_busy = holds.iter().any(|hold| covers(&hold.span));
        let is_available = presence == Presence::Available;
        let second = |counts: bool| Duration::from_secs(u64::from(counts));
        time.signed_in += second(true);
        time.available += second(is_available);
        time.busy += second(is_busy);
        time.staffed += second(is_busy || is_available);
    }
    time
}

/// The presences of an agent, each from its moment on; none is before the one before it.
fn presences_of(happened: &Happened, agent: &AgentId) -> Vec<(Timestamp, Presence)> {
    let mut latest = None;
    let of_agent = happened.presences.iter().filter(|change| change.agent == *agent);
    of_agent
        .map(|change| {
            let at = latest.map_or(change.at, |latest: Timestamp| latest.max(change.at));
            latest = Some(at);
            (at, change.presence)
        })
        .collect()
}

/// How things stand, by the states of conversations and the presences of agents.
pub(crate) fn live(
    happened: &Happened,
    now: Timestamp,
    serving: &BTreeMap<AgentId, Vec<QueueId>>,
) -> Live {
    let mut queues = BTreeMap::<QueueId, QueueLive>::new();
    let mut agents = BTreeMap::<AgentId, AgentLive>::new();
    let stands = |agent: &AgentId| {
        let latest = presences_of(happened, agent).last().copied();
        AgentLive {
            presence: latest.map_or(Presence::Offline, |(_, presence)| presence),
            since: latest.map(|(at, _)| at),
            assigned: 0,
            wrapping_up: 0,
            offered: 0,
        }
    };
    for (agent, serves) in serving {
        let presence = stands(agent).presence;
        if presence != Presence::Offline {
            agents.insert(agent.clone(), stands(agent));
        }
        for queue in serves.iter().collect::<BTreeSet<_>>() {
            let queue = queues.entry(queue.clone()).or_default();
            queue.available += u64::from(presence == Presence::Available);
        }
    }
    for steps in openings(happened) {
        let Some(latest) = steps.last().map(|step| &step.after) else { continue };
        if let Some(line) = &latest.line {
            let since = steps.iter().rev().take_while(|step| same_queue(&step.after, latest));
            let since = since.last().unwrap().at;
            let queue = queues.entry(line.ticket().queue.clone()).or_default();
            queue.longest_wait = queue.longest_wait.max(Some(now.since(since)));
            match line {
                Line::Waiting(_) => queue.waiting += 1,
                Line::Offered { agent, .. } => {
                    queue.offered += 1;
                    agents.entry(agent.clone()).or_insert_with(|| stands(agent)).offered += 1;
                }
            }
        }
        if let Some(owner) = person(latest) {
            let queue = &came(&steps, owner).queue;
            let agent = agents.entry(owner.agent.clone()).or_insert_with(|| stands(&owner.agent));
            let queue = queue.clone().expect("whoever has it got it by a queue here");
            let queue = queues.entry(queue).or_default();
            if let Phase::WrappingUp { .. } = latest.phase {
                agent.wrapping_up += 1;
                queue.wrapping_up += 1;
            } else {
                agent.assigned += 1;
                queue.assigned += 1;
            }
        }
    }
    Live { as_of: now, queues, agents }
}

fn same_queue(one: &Conversation, other: &Conversation) -> bool {
    let queue = |it: &Conversation| it.line.as_ref().map(|line| line.ticket().queue.clone());
    queue(one) == queue(other)
}

fn person(conversation: &Conversation) -> Option<&Owner> {
    conversation.owner.as_ref().filter(|owner| owner.is_person())
}

/// The state with which a conversation came to who has it.
fn came<'a>(steps: &'a [Step<'_>], owner: &Owner) -> &'a Conversation {
    let has = |step: &&Step<'_>| person(&step.after).is_some_and(|it| it.fence == owner.fence);
    &steps.iter().find(has).unwrap().after
}

/// The facts of each conversation, from where it begins or goes on to where it is closed.
fn openings(happened: &Happened) -> Vec<Vec<Step<'_>>> {
    let mut by_conversation = BTreeMap::<ConversationId, Vec<&Journaled>>::new();
    for fact in &happened.facts {
        by_conversation.entry(fact.conversation).or_default().push(fact);
    }
    let mut all = Vec::new();
    for (id, facts) in by_conversation {
        let known = happened.conversations.iter().find(|it| it.id == id).unwrap();
        let mut state =
            Conversation::new(id, known.tenant.clone(), known.lane.clone(), Window::CLOSED);
        let mut version = state.version;
        let mut steps: Vec<Step<'_>> = Vec::new();
        for fact in facts {
            let is_over = matches!(state.phase, Phase::Closed { .. });
            if is_over && fact.version != version {
                if fact.event != Event::Reopened {
                    continue;
                }
                all.push(std::mem::take(&mut steps));
            }
            version = fact.version;
            let at = steps.last().map_or(fact.at, |latest| latest.at.max(fact.at));
            let after = state.clone().apply(&fact.event);
            let before = std::mem::replace(&mut state, after.clone());
            steps.push(Step { at, before, event: &fact.event, after });
        }
        all.push(steps);
    }
    all
}

fn found(happened: &Happened) -> Found {
    let mut found = Found::default();
    for steps in openings(happened) {
        waits(&steps, &mut found);
        holds(&steps, &mut found);
        responses(&steps, &mut found);
        for (number, step) in steps.iter().enumerate() {
            singly(step, &steps[number..], &mut found);
        }
    }
    found
}

/// A wait is a run of states in line for one queue.
fn waits(steps: &[Step<'_>], found: &mut Found) {
    let mut number = 0;
    while number < steps.len() {
        let begin = &steps[number];
        let Some(line) = &begin.after.line else {
            number += 1;
            continue;
        };
        let queue = line.ticket().queue.clone();
        found.queue(begin.at, &queue, |it| it.offered += 1);
        let lasts = |step: &&Step<'_>| same_queue(&step.after, &begin.after);
        let length = steps[number..].iter().take_while(lasts).count();
        let run = &steps[number..number + length];
        number += length;
        let Some(end) = steps.get(number) else {
            continue; // it is not over
        };
        let time = end.at.since(begin.at);
        let is_assigned = matches!(end.event, Event::Assigned { .. });
        if end.after.line.is_some() {
            found.queue(end.at, &queue, |it| it.moved += 1);
        } else if is_assigned && person(&end.after).is_some() {
            found.queue(end.at, &queue, move |it| it.answered.record(time));
        } else if matches!(end.after.phase, Phase::Closed { .. })
            && person(&end.before).is_none()
            && !run.iter().skip(1).any(is_answer)
        {
            found.queue(end.at, &queue, move |it| it.abandoned.record(time));
        } else {
            found.queue(end.at, &queue, |it| it.withdrawn += 1);
        }
    }
}

/// Whether a person writes to the customer.
fn is_answer(step: &Step<'_>) -> bool {
    let Event::ReplyQueued { by, .. } = step.event else {
        return false;
    };
    !step.before.owner.as_ref().is_some_and(|owner| !owner.is_person() && owner.agent == *by)
}

/// A person has it for a run of states under one assignment.
fn holds(steps: &[Step<'_>], found: &mut Found) {
    for (number, begin) in steps.iter().enumerate() {
        let Some(owner) = person(&begin.after) else { continue };
        let has = |it: &Conversation| person(it).is_some_and(|now| now.fence == owner.fence);
        if has(&begin.before) {
            continue;
        }
        let (agent, queue) = (owner.agent.clone(), begin.after.queue.clone());
        found.work(begin.at, &agent, queue.as_ref(), |it| it.assigned += 1);
        let length = steps[number..].iter().take_while(|step| has(&step.after)).count();
        let run = &steps[number..number + length];
        let end = steps.get(number + length);
        let span = Span { from: begin.at, until: end.map(|end| end.at) };
        found.holds.push(Hold { agent: agent.clone(), span });
        let Some(end) = end else { continue };

        let mut work = |add: Box<dyn Fn(&mut Work)>| {
            found.work(end.at, &agent, queue.as_ref(), move |it| add(it));
        };
        let handling = end.at.since(begin.at);
        work(Box::new(move |it| it.handling.record(handling)));
        let next = run.iter().skip(1).chain([end]);
        let states = run.iter().zip(next).map(|(one, next)| (&one.after, next.at.since(one.at)));
        let written_up: Vec<_> = states
            .filter(|(state, _)| matches!(state.phase, Phase::WrappingUp { .. }))
            .map(|(_, time)| time)
            .collect();
        if !written_up.is_empty() {
            let time = written_up.iter().sum();
            work(Box::new(move |it| it.wrap_up.record(time)));
        }
        match end.event {
            Event::Closed { .. } => work(Box::new(|it| it.closed += 1)),
            Event::Snoozed { .. } => work(Box::new(|it| it.snoozed += 1)),
            Event::Released { reason: Release::Absent, .. } => work(Box::new(|it| it.absent += 1)),
            Event::Released { reason: Release::Transferred, .. } => {
                work(Box::new(|it| it.transferred += 1));
            }
            Event::Released { .. } => {
                let way = steps[number + length..].iter().find_map(|step| match step.event {
                    Event::Assigned { way, .. } => Some(*way),
                    _ => None,
                });
                match way.unwrap() {
                    Way::Routed | Way::Accepted => work(Box::new(|it| it.transferred += 1)),
                    _ => work(Box::new(|it| it.taken += 1)),
                }
            }
            other => panic!("nobody loses a conversation by {other:?}"),
        }
    }
}

/// From first in line to the first answer of a person.
fn responses(steps: &[Step<'_>], found: &mut Found) {
    let Some(asked) = steps.iter().position(|step| step.after.line.is_some()) else { return };
    let Some(answer) = steps[asked..].iter().find(|step| is_answer(step)) else { return };
    let Event::ReplyQueued { by, .. } = answer.event else { unreachable!() };
    let queue = match person(&answer.before) {
        Some(owner) => came(steps, owner).queue.clone(),
        None => answer.before.queue.clone(),
    };
    let time = answer.at.since(steps[asked].at);
    found.work(answer.at, by, queue.as_ref(), move |it| it.first_response.record(time));
}

/// What one fact says by itself.
fn singly(step: &Step<'_>, from_here: &[Step<'_>], found: &mut Found) {
    let mut promise = |change: fn(&mut Promises), target: Target| {
        let Some(queue) = &step.before.queue else { return };
        found.queue(step.at, queue, move |it| match target {
            Target::FirstAnswer => change(&mut it.first_answer),
            Target::Resolution => change(&mut it.resolution),
            _ => unreachable!(),
        });
    };
    match step.event {
        Event::PromiseKept { target } => promise(|it| it.kept += 1, *target),
        Event::PromiseBroken { target } => promise(|it| it.broken += 1, *target),
        Event::Reopened => {
            // Counted when it comes to wait, which another clock may say is later.
            let (at, queue) = from_here
                .iter()
                .find_map(|step| match step.event {
                    Event::Queued { ticket } => Some((step.at, &ticket.queue)),
                    _ => None,
                })
                .unwrap();
            found.queue(at, queue, |it| it.reopened += 1);
        }
        Event::Offered { agent, .. } => {
            let queue = step.before.queue.as_ref();
            found.work(step.at, agent, queue, |it| it.asked += 1);
        }
        Event::OfferEnded { agent, end: OfferEnd::Rejected } => {
            let queue = step.before.queue.as_ref();
            found.work(step.at, agent, queue, |it| it.rejected += 1);
        }
        Event::OfferEnded { agent, end: OfferEnd::TimedOut } => {
            let queue = step.before.queue.as_ref();
            found.work(step.at, agent, queue, |it| it.missed += 1);
        }
        _ => {}
    }
}
