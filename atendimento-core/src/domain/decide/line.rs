//! In line: agents are asked, and take it or do not.

use crate::domain::routing::Ticket;
use crate::domain::{
    Conversation, Decision, Event, Fence, Hold, Line, OfferEnd, OwnerKind, Phase, Rejection,
    Release, Way,
};
use crate::id::AgentId;
use crate::time::Timestamp;

pub(super) fn offer(
    conversation: &Conversation,
    agent: &AgentId,
    until: Timestamp,
) -> Result<Decision, Rejection> {
    if conversation.phase != Phase::Open || conversation.waiting().is_none() {
        return Err(Rejection::NotNow { status: conversation.status() });
    }
    if conversation.assignee() == Some(agent) {
        return Err(Rejection::AlreadyAssigned { owner: agent.clone() });
    }
    let fence = conversation.fence.next();
    Ok(Event::Offered { agent: agent.clone(), fence, until }.into())
}

pub(super) fn accept(
    conversation: &Conversation,
    by: &AgentId,
    offer: Fence,
    now: Timestamp,
) -> Result<Decision, Rejection> {
    let asked = asked(conversation, by, offer)?;
    // Nobody has ended it yet, and its time is over all the same.
    if asked.until <= now {
        return Err(Rejection::OfferOver { owner: conversation.assignee().cloned() });
    }
    let mut events = Vec::new();
    if let Some(owner) = &conversation.owner {
        events.push(Event::Released { agent: owner.agent.clone(), reason: Release::Passed });
    }
    events.push(Event::Assigned {
        agent: by.clone(),
        fence: offer,
        since: now,
        kind: OwnerKind::Person { hold: asked.hold.clone() },
        way: Way::Accepted,
        by: None,
    });
    Ok(events.into())
}

pub(super) fn reject(
    conversation: &Conversation,
    by: &AgentId,
    offer: Fence,
    now: Timestamp,
) -> Result<Decision, Rejection> {
    asked(conversation, by, offer)?;
    Ok(ended(conversation, OfferEnd::Rejected, now).into())
}

/// The end of the offer that is out, and what is asked for after it.
pub(super) fn ended(conversation: &Conversation, end: OfferEnd, now: Timestamp) -> Vec<Event> {
    let Some(Line::Offered { agent, ticket, .. }) = &conversation.line else {
        return Vec::new();
    };
    let mut events = vec![Event::OfferEnded { agent: agent.clone(), end }];
    let mut after = ticket.as_ref().clone();
    match end {
        OfferEnd::Rejected | OfferEnd::TimedOut => after.exclude(agent),
        OfferEnd::Rescinded | OfferEnd::AgentLeft => {}
    }
    let stage = after.stage_at(now);
    let only = after.stages[stage].requirement.only.as_ref();
    if only.is_some_and(|only| after.excluded.contains(only)) {
        events.extend(in_vain(conversation, &after));
    } else if stage != ticket.stage {
        events.push(Event::StageReached { stage });
    }
    events
}

/// The one agent whom it is for does not take it: who has it keeps it. When nobody has, its other
/// ticket holds.
pub(super) fn in_vain(conversation: &Conversation, ticket: &Ticket) -> Option<Event> {
    match conversation.owner {
        Some(_) => Some(Event::LeftLine),
        None => ticket.otherwise().map(|ticket| Event::Queued { ticket: Box::new(ticket) }),
    }
}

/// Who it is kept for is not there: whoever comes next is asked at once.
pub(super) fn not_there(conversation: &Conversation, agent: &AgentId) -> Decision {
    let Some(ticket) = conversation.waiting() else {
        return Decision::default();
    };
    match ticket.after(agent) {
        Some(stage) => Event::StageReached { stage }.into(),
        None if ticket.requirement().only.as_ref() == Some(agent) => {
            in_vain(conversation, ticket).map(Decision::from).unwrap_or_default()
        }
        None => Decision::default(),
    }
}

pub(super) fn all_excluded(conversation: &Conversation) -> Decision {
    match conversation.waiting() {
        Some(ticket) if !ticket.excluded.is_empty() => Event::ExclusionsCleared.into(),
        Some(_) | None => Decision::default(),
    }
}

struct Asked<'a> {
    hold: &'a Hold,
    until: Timestamp,
}

fn asked<'a>(
    conversation: &'a Conversation,
    by: &AgentId,
    offer: Fence,
) -> Result<Asked<'a>, Rejection> {
    match &conversation.line {
        Some(Line::Offered { agent, fence, until, hold, .. }) if agent == by && *fence == offer => {
            Ok(Asked { hold, until: *until })
        }
        Some(Line::Offered { .. } | Line::Waiting(_)) | None => {
            Err(Rejection::OfferOver { owner: conversation.assignee().cloned() })
        }
    }
}
