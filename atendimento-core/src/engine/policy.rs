//! What is done by itself: where to wait, what is promised, what absence means. Each answer is
//! the company's configuration's.

use std::sync::Arc;

use crate::domain::configuration::{Configuration, Facts};
use crate::domain::routing::{Asked, Requirement, Stage, Ticket};
use crate::domain::{Agent, Arrival, Conversation, Phase, Presence, Service};
use crate::engine::desk::Parts;
use crate::id::{AgentId, QueueId, TenantId};
use crate::time::Timestamp;

impl Parts {
    /// What holds for a company now.
    pub(super) fn configuration(&self, tenant: &TenantId) -> Arc<Configuration> {
        let current = self.configurations.read().expect("no code panics while holding the lock");
        current.get(tenant).cloned().unwrap_or_default()
    }

    /// Where the customer of a conversation waits, and what they are promised.
    pub(super) fn arrival(
        &self,
        conversation: &Conversation,
        text: Option<&str>,
        now: Timestamp,
    ) -> Arrival {
        let configuration = self.configuration(&conversation.tenant);
        let last_agent = last_agent(conversation, now);
        let facts = Facts {
            account: Some(&conversation.lane.account),
            tags: conversation.tags.iter().map(String::as_str).collect(),
            text,
            returning: last_agent.is_some(),
            last_agent,
        };
        let route = configuration.route(&facts, now);
        let closes = conversation.window.until();
        Arrival {
            ticket: configuration.ticket(&route.queue, &route.asked, now, closes),
            service: configuration.service(&route.queue, now),
        }
    }

    /// What is promised to who comes to `queue` at `now`.
    pub(super) fn service(
        &self,
        conversation: &Conversation,
        queue: &QueueId,
        now: Timestamp,
    ) -> Service {
        self.configuration(&conversation.tenant).service(queue, now)
    }

    /// The place in line of who waits in `queue` since `since`.
    pub(super) fn ticket(
        &self,
        conversation: &Conversation,
        queue: &QueueId,
        asked: &Asked,
        since: Timestamp,
    ) -> Ticket {
        let configuration = self.configuration(&conversation.tenant);
        configuration.ticket(queue, asked, since, conversation.window.until())
    }

    /// The place in line of who is passed on to one agent: nobody else will do, whichever
    /// queues the agent serves.
    pub(super) fn ticket_for(
        &self,
        conversation: &Conversation,
        agent: &Agent,
        since: Timestamp,
    ) -> Ticket {
        let queue = queue_of(conversation);
        let plain = self.ticket(conversation, &queue, &self.asked_in(conversation), since);
        let requirement = Requirement {
            queues: agent.profile.queues.clone(),
            skills: [].into(),
            only: Some(agent.id.clone()),
            ..plain.requirement().clone()
        };
        let otherwise = Some(Box::new(plain.clone()));
        let stages = vec![Stage { from: since, requirement }];
        Ticket { stages, overflow: None, otherwise, ..plain }
    }

    /// The ticket with which it waits anew when it is due, where it needs one.
    pub(super) fn ticket_due(
        &self,
        conversation: &Conversation,
        now: Timestamp,
    ) -> Option<Box<Ticket>> {
        let queue = conversation.needs_ticket(now)?;
        // Another queue may have nobody who knows what was asked for.
        let asked = match conversation.line {
            Some(_) => Asked::default(),
            None => self.asked_in(conversation),
        };
        let asked = Asked { last_agent: last_agent(conversation, now), ..asked };
        // Who overflows has waited already, and does not go behind those who come now; what is
        // given up step by step counts from now on.
        let waiting = conversation.waiting();
        let ticket = self.ticket(conversation, queue, &asked, now);
        Some(Box::new(match waiting {
            Some(before) => {
                Ticket { since: before.since, key: before.key.min(ticket.key), ..ticket }
            }
            None => ticket,
        }))
    }

    /// What was asked of an agent when the conversation came to wait, as far as there still is
    /// such a thing.
    pub(super) fn asked_in(&self, conversation: &Conversation) -> Asked {
        let configuration = self.configuration(&conversation.tenant);
        configuration.still_there(conversation.asked.clone())
    }

    /// Until when what is closed now may be written up.
    pub(super) fn wrap_up(&self, conversation: &Conversation, now: Timestamp) -> Option<Timestamp> {
        let configuration = self.configuration(&conversation.tenant);
        configuration.wrap_up(conversation.queue.as_ref()?).map(|time| now + time)
    }

    /// When a conversation is taken from an owner of that presence; `None`: they keep it.
    pub(super) fn leaves(
        &self,
        conversation: &Conversation,
        presence: Presence,
        now: Timestamp,
    ) -> Option<Timestamp> {
        match presence {
            Presence::Available => None,
            Presence::Away | Presence::Break | Presence::Unresponsive | Presence::Offline => {
                let configuration = self.configuration(&conversation.tenant);
                configuration.absence(conversation.queue.as_ref()?).map(|time| now + time)
            }
        }
    }

    /// How many offers missed in a row make an agent unresponsive; 0: none.
    pub(super) fn most_missed(&self, conversation: &Conversation) -> u32 {
        let configuration = self.configuration(&conversation.tenant);
        conversation.queue.as_ref().map_or(0, |queue| configuration.most_missed(queue))
    }

    /// Whether what was closed at `closed` goes on when the customer writes at `now`.
    pub(super) fn goes_on(
        &self,
        conversation: &Conversation,
        closed: Timestamp,
        now: Timestamp,
    ) -> bool {
        let configuration = self.configuration(&conversation.tenant);
        let within = conversation.queue.as_ref().and_then(|queue| configuration.reopen(queue));
        within.is_some_and(|within| now.since(closed) < within)
    }
}

/// The queue it waited in last. Whatever was open has waited somewhere.
pub(super) fn queue_of(conversation: &Conversation) -> QueueId {
    conversation.queue.clone().unwrap_or_else(|| QueueId::from(""))
}

/// Who had the customer last, until when: until that conversation was closed, or until now.
fn last_agent(conversation: &Conversation, now: Timestamp) -> Option<(AgentId, Timestamp)> {
    let ended = conversation.last_served.unwrap_or(match conversation.phase {
        Phase::Closed { at } => at,
        Phase::New | Phase::Open | Phase::WrappingUp { .. } | Phase::Snoozed { .. } => now,
    });
    conversation.last_agent.clone().map(|agent| (agent, ended))
}
