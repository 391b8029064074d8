//! Who has a conversation: given, taken, passed on, left and ended.

use crate::domain::decide::line;
use crate::domain::routing::Ticket;
use crate::domain::{
    Authority, Conversation, Decision, Event, Keep, Line, OfferEnd, Owner, OwnerKind, Phase,
    Rejection, Release, Service, Target, Way,
};
use crate::id::AgentId;
use crate::time::Timestamp;

/// Whether `by` may act on the conversation: as its owner, under the latest assignment, or as
/// a supervisor.
pub(super) fn may_act(
    conversation: &Conversation,
    by: &AgentId,
    authority: Authority,
) -> Result<(), Rejection> {
    is_going_on(conversation)?;
    match (authority, &conversation.owner) {
        (Authority::Supervisor, _) => Ok(()),
        (Authority::Owner(_), None) => Err(Rejection::NotAssigned),
        (Authority::Owner(held), Some(owner)) => {
            if owner.agent == *by && owner.fence == held {
                Ok(())
            } else {
                Err(Rejection::NotOwner {
                    owner: owner.agent.clone(),
                    fence: owner.fence,
                    since: owner.since,
                })
            }
        }
    }
}

fn is_going_on(conversation: &Conversation) -> Result<(), Rejection> {
    match conversation.phase {
        Phase::Closed { .. } => Err(Rejection::Closed),
        Phase::New => Err(Rejection::NotNow { status: conversation.status() }),
        Phase::Open | Phase::WrappingUp { .. } | Phase::Snoozed { .. } => Ok(()),
    }
}

pub(super) fn assign(
    conversation: &Conversation,
    agent: &AgentId,
    kind: &OwnerKind,
    way: Way,
    by: Option<&AgentId>,
    now: Timestamp,
) -> Result<Decision, Rejection> {
    is_going_on(conversation)?;
    match conversation.phase {
        Phase::Open | Phase::Snoozed { .. } => {}
        Phase::New | Phase::WrappingUp { .. } | Phase::Closed { .. } => {
            return Err(Rejection::NotNow { status: conversation.status() });
        }
    }
    let may_take_from_another = match way {
        Way::Routed | Way::Accepted | Way::Given | Way::Pulled => false,
        Way::Forced | Way::TakenOver | Way::HandedOver => true,
    };
    // In line for another while somebody has it: a transfer, which routing may complete.
    let is_transfer = way == Way::Routed && conversation.waiting().is_some();
    let mut events = Vec::new();
    if let Some(owner) = &conversation.owner {
        let is_same = owner.agent == *agent;
        if is_same || !(may_take_from_another || is_transfer) {
            return Err(Rejection::AlreadyAssigned { owner: owner.agent.clone() });
        }
        events.push(Event::Released { agent: owner.agent.clone(), reason: Release::Passed });
    }
    if way == Way::Routed && conversation.waiting().is_none() {
        return Err(Rejection::NotNow { status: conversation.status() });
    }
    if let Phase::Snoozed { .. } = conversation.phase {
        events.push(Event::Woken);
    }
    rescind(conversation, &mut events);
    events.push(Event::Assigned {
        agent: agent.clone(),
        fence: conversation.fence.next(),
        since: now,
        kind: kind.clone(),
        way,
        by: by.cloned(),
    });
    Ok(events.into())
}

pub(super) fn hand_over(
    conversation: &Conversation,
    bot: &AgentId,
    by: &AgentId,
    authority: Authority,
    now: Timestamp,
) -> Result<Decision, Rejection> {
    may_act(conversation, by, authority)?;
    assign(conversation, bot, &OwnerKind::Bot, Way::HandedOver, Some(by), now)
}

/// Takes back an offer that is out.
fn rescind(conversation: &Conversation, events: &mut Vec<Event>) {
    if let Some(Line::Offered { agent, .. }) = &conversation.line {
        events.push(Event::OfferEnded { agent: agent.clone(), end: OfferEnd::Rescinded });
    }
}

pub(super) fn transfer(
    conversation: &Conversation,
    by: &AgentId,
    authority: Authority,
    ticket: &Ticket,
    keep: Keep,
) -> Result<Decision, Rejection> {
    may_act(conversation, by, authority)?;
    let mut events = Vec::new();
    match conversation.phase {
        Phase::Open => {}
        Phase::WrappingUp { .. } => events.push(Event::Resumed),
        Phase::Snoozed { .. } => events.push(Event::Woken),
        Phase::New | Phase::Closed { .. } => {
            return Err(Rejection::NotNow { status: conversation.status() });
        }
    }
    rescind(conversation, &mut events);
    if let (Keep::No, Some(owner)) = (keep, &conversation.owner) {
        events.push(Event::Released { agent: owner.agent.clone(), reason: Release::Transferred });
    }
    events.push(Event::Queued { ticket: Box::new(ticket.clone()) });
    Ok(events.into())
}

pub(super) fn cancel_transfer(
    conversation: &Conversation,
    by: &AgentId,
    authority: Authority,
) -> Result<Decision, Rejection> {
    may_act(conversation, by, authority)?;
    if conversation.owner.is_none() {
        return Err(Rejection::NotAssigned);
    }
    if conversation.line.is_none() {
        return Ok(Decision::default());
    }
    let mut events = Vec::new();
    rescind(conversation, &mut events);
    events.push(Event::LeftLine);
    Ok(events.into())
}

pub(super) fn agent_left(
    conversation: &Conversation,
    agent: &AgentId,
    leaves: Option<Timestamp>,
    now: Timestamp,
) -> Decision {
    let mut events = Vec::new();
    if let Some(Line::Offered { agent: asked, ticket, .. }) = &conversation.line
        && asked == agent
    {
        events.push(Event::OfferEnded { agent: agent.clone(), end: OfferEnd::AgentLeft });
        let stage = ticket.after(agent).unwrap_or_else(|| ticket.stage_at(now));
        if stage != ticket.stage {
            events.push(Event::StageReached { stage });
        } else if ticket.requirement().only.as_ref() == Some(agent) {
            events.extend(line::in_vain(conversation, ticket));
        }
    }
    if let Some(owner) = &conversation.owner
        && owner.agent == *agent
        && owner.leaves.is_none()
        && let Some(leaves) = leaves
    {
        events.push(Event::OwnerLeft { leaves });
    }
    events.into()
}

pub(super) fn agent_returned(conversation: &Conversation, agent: &AgentId) -> Decision {
    match &conversation.owner {
        Some(owner) if owner.agent == *agent && owner.leaves.is_some() => {
            Event::OwnerReturned.into()
        }
        Some(_) | None => Decision::default(),
    }
}

pub(super) fn snooze(
    conversation: &Conversation,
    by: &AgentId,
    authority: Authority,
    until: Timestamp,
    now: Timestamp,
) -> Result<Decision, Rejection> {
    may_act(conversation, by, authority)?;
    if until <= now {
        return Err(Rejection::Past);
    }
    let mut events = Vec::new();
    rescind(conversation, &mut events);
    events.push(Event::Snoozed { until });
    Ok(events.into())
}

pub(super) fn close(
    conversation: &Conversation,
    by: &AgentId,
    authority: Authority,
    wrap_up: Option<Timestamp>,
    now: Timestamp,
) -> Result<Decision, Rejection> {
    may_act(conversation, by, authority)?;
    let mut events = Vec::new();
    rescind(conversation, &mut events);
    let by_person = conversation.owner.as_ref().is_some_and(Owner::is_person);
    let is_open = conversation.phase == Phase::Open;
    match wrap_up.filter(|until| *until > now && by_person && is_open) {
        Some(until) => events.push(Event::WrapUpBegan { until }),
        None => events.push(Event::Closed { by: Some(by.clone()), at: now }),
    }
    if conversation.service.runs(Target::Resolution) {
        events.push(Event::PromiseKept { target: Target::Resolution });
    }
    Ok(events.into())
}

pub(super) fn reopen(
    conversation: &Conversation,
    ticket: &Ticket,
    service: Service,
) -> Result<Decision, Rejection> {
    match conversation.phase {
        Phase::Closed { .. } => {
            let queued = Event::Queued { ticket: Box::new(ticket.clone()) };
            Ok(vec![Event::Reopened, Event::Promised { service }, queued].into())
        }
        Phase::New | Phase::Open | Phase::WrappingUp { .. } | Phase::Snoozed { .. } => {
            Err(Rejection::NotNow { status: conversation.status() })
        }
    }
}
