//! What is done by itself: where to wait, what is promised, what absence means.

use std::time::Duration;

use crate::domain::routing::{Asked, Requirement, Stage, Ticket};
use crate::domain::{Arrival, Conversation, Presence, Service};
use crate::engine::desk::Parts;
use crate::id::{AgentId, QueueId};
use crate::time::Timestamp;

impl Parts {
    /// The place in line of who comes into `queue` now.
    pub(super) fn arrival(&self, queue: &QueueId, asked: &Asked, now: Timestamp) -> Arrival {
        Arrival { ticket: self.ticket(queue, asked, now), service: Service::default() }
    }

    pub(super) fn ticket(&self, queue: &QueueId, _asked: &Asked, since: Timestamp) -> Ticket {
        Ticket::plain(queue.clone(), since)
    }

    /// The place in line of who is passed on to one agent: nobody else will do.
    pub(super) fn ticket_for(&self, queue: &QueueId, agent: AgentId, since: Timestamp) -> Ticket {
        let plain = self.ticket(queue, &Asked::default(), since);
        let requirement = Requirement {
            queues: Vec::new(),
            skills: [].into(),
            only: Some(agent),
            ..plain.requirement().clone()
        };
        Ticket { stages: vec![Stage { from: since, requirement }], overflow: None, ..plain }
    }

    /// The ticket with which it waits anew when it is due, where it needs one.
    pub(super) fn ticket_due(
        &self,
        conversation: &Conversation,
        now: Timestamp,
    ) -> Option<Box<Ticket>> {
        let queue = conversation.needs_ticket(now)?;
        let asked = Asked::default();
        // Who overflows has waited already, and does not go behind those who come now.
        let since = conversation.waiting().map_or(now, |ticket| ticket.since);
        Some(Box::new(self.ticket(queue, &asked, since)))
    }

    /// Until when what is closed now may be written up.
    pub(super) fn wrap_up(
        &self,
        _conversation: &Conversation,
        _now: Timestamp,
    ) -> Option<Timestamp> {
        None
    }

    /// When a conversation is taken from an owner of that presence; `None`: they keep it.
    pub(super) fn leaves(
        &self,
        _conversation: &Conversation,
        presence: Presence,
        _now: Timestamp,
    ) -> Option<Timestamp> {
        match presence {
            Presence::Available => None,
            Presence::Away | Presence::Break | Presence::Unresponsive | Presence::Offline => None,
        }
    }

    /// How many offers missed in a row make an agent unresponsive; 0: none.
    pub(super) fn most_missed(&self, _conversation: &Conversation) -> u32 {
        0
    }

    /// Whether what was closed at `closed` goes on when the customer writes at `now`.
    pub(super) fn goes_on(
        &self,
        _conversation: &Conversation,
        closed: Timestamp,
        now: Timestamp,
    ) -> bool {
        let within = Duration::ZERO;
        now.since(closed) < within
    }
}
