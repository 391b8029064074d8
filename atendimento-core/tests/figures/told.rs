//! A history that is told fact by fact, at seconds after a full hour.

use std::collections::BTreeMap;
use std::time::Duration;

use atendimento_core::domain::access::{Action, Actor, Role};
use atendimento_core::domain::figures::{Ledger, Live, Period, Report};
use atendimento_core::domain::routing::Ticket;
use atendimento_core::domain::{
    Event, Fence, Hold, OfferEnd, OwnerKind, Presence, PresenceChange, Release, Service, Target,
    Version, Way,
};
use atendimento_core::id::{ConversationId, MessageId};
use atendimento_core::time::Timestamp;

/// When the hour begins.
pub(crate) const HOUR: Timestamp = Timestamp::from_seconds(1_700_002_800);

pub(crate) fn at(second: i64) -> Timestamp {
    Timestamp::from_millis(HOUR.millis() + second * 1000)
}

pub(crate) fn seconds(count: u64) -> Duration {
    Duration::from_secs(count)
}

/// So many quarters of an hour from the first one on.
pub(crate) fn quarters(first: i64, count: i64) -> Period {
    Period::new(at(900 * first), at(900 * (first + count))).unwrap()
}

#[derive(Default)]
pub(crate) struct Told {
    pub(crate) ledger: Ledger,
    version: u64,
}

impl Told {
    /// In conversation `id`, at `second`, this happened at once.
    pub(crate) fn happens(mut self, id: u8, second: i64, events: &[Event]) -> Self {
        self.version += 1;
        for event in events {
            let conversation = ConversationId::from_bytes([id; 16]);
            self.ledger.apply(conversation, Version(self.version), at(second), event);
        }
        self
    }

    pub(crate) fn is(mut self, agent: &str, second: i64, presence: Presence) -> Self {
        let change = PresenceChange { agent: agent.into(), presence, at: at(second) };
        self.ledger.change_presence(&change);
        self
    }

    /// All figures of the hour, when it is over.
    pub(crate) fn hour(&self) -> Report {
        self.report(&auditor(), quarters(0, 4), 3600)
    }

    pub(crate) fn report(&self, actor: &Actor, period: Period, now: i64) -> Report {
        let targets = BTreeMap::from([("sales".into(), seconds(20))]);
        self.ledger.report(&actor.may(Action::ReadFigures).unwrap(), period, at(now), targets)
    }

    pub(crate) fn live(&self, actor: &Actor, now: i64) -> Live {
        let serving = [("ana", vec!["sales"]), ("bia", vec!["sales", "support"])];
        let serving = serving.into_iter().map(|(agent, queues)| {
            (agent.into(), queues.into_iter().map(Into::into).collect::<Vec<_>>())
        });
        self.ledger.live(&actor.may(Action::Monitor).unwrap(), at(now), &serving.collect())
    }
}

pub(crate) fn auditor() -> Actor {
    Actor::new("eva", "acme", Role::AUDITOR)
}

pub(crate) fn opened() -> Event {
    Event::Opened { service: Service::default(), queue: None }
}

pub(crate) fn queued(queue: &str) -> Event {
    Event::Queued { ticket: Box::new(Ticket::plain(queue, HOUR)) }
}

pub(crate) fn offered(agent: &str) -> Event {
    Event::Offered { agent: agent.into(), fence: Fence(1), until: HOUR }
}

pub(crate) fn offer_ended(agent: &str, end: OfferEnd) -> Event {
    Event::OfferEnded { agent: agent.into(), end }
}

pub(crate) fn assigned(agent: &str, way: Way) -> Event {
    let kind = OwnerKind::Person { hold: Hold::chat() };
    Event::Assigned { agent: agent.into(), fence: Fence(1), since: HOUR, kind, way, by: None }
}

pub(crate) fn assigned_to_bot(bot: &str) -> Event {
    let (kind, way) = (OwnerKind::Bot, Way::HandedOver);
    Event::Assigned { agent: bot.into(), fence: Fence(1), since: HOUR, kind, way, by: None }
}

pub(crate) fn released(agent: &str, reason: Release) -> Event {
    Event::Released { agent: agent.into(), reason }
}

pub(crate) fn replied(by: &str) -> Event {
    let message = MessageId::from_bytes([9; 16]);
    Event::ReplyQueued { message, by: by.into(), repeats: None }
}

pub(crate) fn wrap_up() -> Event {
    Event::WrapUpBegan { until: HOUR }
}

pub(crate) fn snoozed() -> Event {
    Event::Snoozed { until: HOUR }
}

pub(crate) fn closed() -> Event {
    Event::Closed { by: None, at: HOUR }
}

pub(crate) fn kept(target: Target) -> Event {
    Event::PromiseKept { target }
}

pub(crate) fn broken(target: Target) -> Event {
    Event::PromiseBroken { target }
}
