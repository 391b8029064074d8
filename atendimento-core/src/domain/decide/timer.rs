//! What happens because time has passed and nobody did anything.

use crate::domain::decide::line;
use crate::domain::routing::Ticket;
use crate::domain::{Conversation, Decision, Event, OfferEnd, Phase, Release};
use crate::time::Timestamp;

/// Everything that is due at `now`, in order. Waiting anew needs a `ticket`; without one, what
/// needs it stays due.
pub(super) fn time_came(
    conversation: &Conversation,
    ticket: Option<&Ticket>,
    now: Timestamp,
) -> Decision {
    let mut events: Vec<_> =
        conversation.service.broken(now).map(|target| Event::PromiseBroken { target }).collect();
    match conversation.phase {
        Phase::New | Phase::Closed { .. } => return Decision::default(),
        Phase::WrappingUp { until } if until <= now => {
            let by = conversation.assignee().cloned();
            events.push(Event::Closed { by, at: now });
            return events.into();
        }
        Phase::Snoozed { until } if until <= now => {
            if let Some(ticket) = ticket {
                events.push(Event::Woken);
                events.push(queued(ticket));
            }
            return events.into();
        }
        Phase::WrappingUp { .. } | Phase::Snoozed { .. } => return events.into(),
        Phase::Open => {}
    }
    if let Some((_, until)) = conversation.offered_to() {
        if until <= now {
            events.extend(line::ended(conversation, OfferEnd::TimedOut, now));
        }
    } else if let Some(waiting) = conversation.waiting() {
        let overflows = waiting.overflow.as_ref().is_some_and(|overflow| overflow.at <= now);
        if let (true, Some(ticket)) = (overflows, ticket) {
            events.push(queued(ticket));
        } else {
            let stage = waiting.stage_at(now);
            if stage != waiting.stage {
                events.push(Event::StageReached { stage });
            }
        }
    }
    if let Some(owner) = &conversation.owner
        && owner.leaves.is_some_and(|leaves| leaves <= now)
    {
        let released = || Event::Released { agent: owner.agent.clone(), reason: Release::Absent };
        // It may wait for another already, unless that one has just let it pass.
        let waits = conversation.line.is_some() && !events.contains(&Event::LeftLine);
        match (waits, ticket) {
            (true, _) => events.push(released()),
            (false, Some(ticket)) => {
                events.push(released());
                events.push(queued(ticket));
            }
            (false, None) => {}
        }
    }
    events.into()
}

fn queued(ticket: &Ticket) -> Event {
    Event::Queued { ticket: Box::new(ticket.clone()) }
}
