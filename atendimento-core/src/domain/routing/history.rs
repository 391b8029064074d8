//! A history to be played again, out of the facts that were recorded.

use std::collections::BTreeMap;
use std::time::Duration;

use crate::domain::configuration::Configuration;
use crate::domain::routing::{AgentSeen, Arrived, History, Ticket};
use crate::domain::{AgentProfile, Event, OwnerKind, Presence};
use crate::id::{AgentId, ConversationId, QueueId, TenantId};
use crate::time::Timestamp;

/// Gathers a [`History`] out of a journal, fact by fact.
///
/// Of each conversation its first wait counts, with the ticket it came with. What it took of an
/// agent is the time until they first had it no more. Of one that nobody got it is not known what
/// it would have taken: the average of its queue, or of all.
///
/// ```
/// use atendimento_core::domain::Event;
/// use atendimento_core::domain::routing::{Recorder, Ticket};
/// use atendimento_core::id::ConversationId;
/// use atendimento_core::time::Timestamp;
///
/// let second = Timestamp::from_seconds;
/// let conversation = ConversationId::from_bytes([1; 16]);
/// let mut recorder = Recorder::new("acme");
/// let ticket = Box::new(Ticket::plain("sales", second(10)));
/// recorder.hears(conversation, second(10), &Event::Queued { ticket });
/// recorder.hears(conversation, second(70), &Event::Closed { by: None, at: second(70) });
///
/// let history = recorder.history(second(100));
/// assert_eq!(history.arrivals[0].leaves, Some(second(70)));
/// ```
#[derive(Clone, Debug)]
pub struct Recorder {
    tenant: TenantId,
    waits: BTreeMap<ConversationId, Wait>,
    agents: Vec<AgentSeen>,
}

#[derive(Clone, Debug)]
struct Wait {
    at: Timestamp,
    ticket: Ticket,
    end: End,
}

/// How a wait went on.
#[derive(Clone, Debug)]
enum End {
    Waits,
    Left { at: Timestamp },
    Had { since: Timestamp, until: Option<Timestamp> },
}

impl Recorder {
    /// Nothing has been heard of that company.
    pub fn new(tenant: impl Into<TenantId>) -> Self {
        Self { tenant: tenant.into(), waits: BTreeMap::new(), agents: Vec::new() }
    }

    /// What became true of a conversation of the company, in the order of the journal.
    pub fn hears(&mut self, conversation: ConversationId, at: Timestamp, event: &Event) {
        if let Event::Queued { ticket } = event {
            let new = || Wait { at, ticket: ticket.as_ref().clone(), end: End::Waits };
            self.waits.entry(conversation).or_insert_with(new);
            return;
        }
        let Some(wait) = self.waits.get_mut(&conversation) else {
            return; // it came before the history begins
        };
        match (event, &mut wait.end) {
            (Event::Assigned { kind: OwnerKind::Person { .. }, .. }, end @ End::Waits) => {
                *end = End::Had { since: at, until: None };
            }
            // A bot has it: it takes nobody's capacity.
            (Event::Assigned { kind: OwnerKind::Bot, .. }, end @ End::Waits) => {
                *end = End::Left { at };
            }
            (Event::LeftLine | Event::Closed { .. } | Event::Snoozed { .. }, end @ End::Waits) => {
                *end = End::Left { at };
            }
            (
                Event::Released { .. } | Event::Closed { .. } | Event::Snoozed { .. },
                End::Had { until: until @ None, .. },
            ) => *until = Some(at),
            _ => {}
        }
    }

    /// What an agent was from a moment on.
    pub fn sees(
        &mut self,
        agent: &AgentId,
        profile: &AgentProfile,
        presence: Presence,
        at: Timestamp,
    ) {
        let (agent, profile) = (agent.clone(), profile.clone());
        self.agents.push(AgentSeen { at, agent, profile, presence });
    }

    /// The history until `now`: who has an agent then is counted as if they were done.
    pub fn history(&self, now: Timestamp) -> History {
        let handled = |wait: &Wait| match &wait.end {
            End::Had { since, until } => Some(until.unwrap_or(now).since(*since)),
            End::Waits | End::Left { .. } => None,
        };
        let mut of_queue: BTreeMap<&QueueId, Vec<Duration>> = BTreeMap::new();
        for wait in self.waits.values() {
            of_queue.entry(&wait.ticket.queue).or_default().extend(handled(wait));
        }
        let of_all = average(&of_queue.values().flatten().copied().collect::<Vec<_>>());
        let usual = |queue: &QueueId| of_queue.get(queue).and_then(|times| average(times));
        let arrivals = self.waits.iter().map(|(conversation, wait)| Arrived {
            conversation: *conversation,
            at: wait.at,
            ticket: wait.ticket.clone(),
            handled_for: handled(wait)
                .or_else(|| usual(&wait.ticket.queue))
                .or(of_all)
                .unwrap_or_default(),
            leaves: match wait.end {
                End::Left { at } => Some(at),
                End::Waits | End::Had { .. } => None,
            },
        });
        let (arrivals, agents) = (arrivals.collect(), self.agents.clone());
        History { tenant: self.tenant.clone(), arrivals, agents }
    }
}

fn average(times: &[Duration]) -> Option<Duration> {
    let count = u32::try_from(times.len()).ok().filter(|count| *count > 0)?;
    Some(times.iter().sum::<Duration>() / count)
}

impl History {
    /// The same customers and agents, under another configuration: each gets the ticket that it
    /// makes for what was asked of their queue. Who was passed on to one agent stays theirs.
    ///
    /// Which queue they come to stays as it was: what they wrote, by which rules may decide, is
    /// in no history. A queue that the other configuration has not keeps its tickets.
    #[must_use]
    pub fn under(&self, configuration: &Configuration) -> Self {
        let arrivals = self.arrivals.iter().map(|arrived| {
            let before = &arrived.ticket;
            let is_kept = before.stages.len() == 1 && before.requirement().only.is_some();
            if is_kept || !configuration.has_queue(&before.queue) {
                return arrived.clone();
            }
            let ticket = configuration.ticket(&before.queue, &before.asked, arrived.at, None);
            Arrived { ticket, ..arrived.clone() }
        });
        Self { arrivals: arrivals.collect(), ..self.clone() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::routing::{Asked, Strategies, what_if};
    use crate::domain::{Fence, Hold, Release, Way};

    fn second(second: i64) -> Timestamp {
        Timestamp::from_seconds(second)
    }

    fn conversation(number: u8) -> ConversationId {
        ConversationId::from_bytes([number; 16])
    }

    fn assigned(agent: &str, at: i64) -> Event {
        let (agent, since) = (agent.into(), second(at));
        let kind = OwnerKind::Person { hold: Hold::chat() };
        Event::Assigned { agent, fence: Fence(1), since, kind, way: Way::Routed, by: None }
    }

    fn queued(queue: &str, at: i64) -> Event {
        Event::Queued { ticket: Box::new(Ticket::plain(queue, second(at))) }
    }

    #[test]
    fn a_wait_ends_with_who_had_it_or_with_who_left() {
        let mut recorder = Recorder::new("acme");
        let facts = [
            (1, 0, queued("sales", 0)),
            (1, 20, assigned("ana", 20)),
            (1, 30, queued("other", 30)),
            (1, 80, Event::Released { agent: "ana".into(), reason: Release::Transferred }),
            (1, 90, assigned("bia", 90)),
            (2, 5, queued("sales", 5)),
            (2, 50, Event::LeftLine),
            (3, 6, queued("support", 6)),
            (4, 7, queued("sales", 7)),
            (4, 70, assigned("ana", 70)),
            (5, 8, assigned("ana", 8)),
        ];
        for (number, at, event) in &facts {
            recorder.hears(conversation(*number), second(*at), event);
        }
        let arrivals = recorder.history(second(100)).arrivals;
        let seen: Vec<_> =
            arrivals.iter().map(|it| (it.at, it.handled_for.as_secs(), it.leaves)).collect();
        assert_eq!(
            seen,
            [
                (second(0), 60, None),
                // Nobody had it: as long as its queue usually takes.
                (second(5), 45, Some(second(50))),
                // Nobody of its queue was had: as long as all take.
                (second(6), 45, None),
                (second(7), 30, None),
            ]
        );
    }

    #[test]
    fn another_configuration_makes_other_tickets_of_what_was_asked() {
        let configuration = |text: &str| Configuration::from_toml(text).unwrap();
        let rules = "[[rules]]\nqueue = \"sales\"\n";
        let before = configuration(&format!("skills = [\"spanish\"]\n[queues.sales]\n{rules}"));
        let after = configuration(&format!(
            "skills = [\"spanish\"]\n[queues.sales]\nrings = [{{ after = \"30s\", drop = [\"spanish\"] }}]\n{rules}"
        ));
        let spanish = Asked {
            skills: [("spanish".into(), crate::domain::routing::Level::new(1).unwrap())].into(),
            ..Asked::default()
        };
        let mut recorder = Recorder::new("acme");
        let ticket = Box::new(before.ticket(&"sales".into(), &spanish, second(0), None));
        recorder.hears(conversation(1), second(0), &Event::Queued { ticket });
        let profile = AgentProfile::chats(["sales"], 1);
        recorder.sees(&"ana".into(), &profile, Presence::Available, second(0));

        let recorded = recorder.history(second(100));
        assert_eq!(recorded.under(&before), recorded);
        let other = recorded.under(&after);
        let usual = Strategies::default;
        let difference = what_if((&recorded, usual()), (&other, usual()), Duration::from_secs(60));
        assert_eq!(difference.before.given.len(), 0);
        assert_eq!(difference.differs[0].after.as_ref().unwrap().waited.as_secs(), 30);
    }
}
