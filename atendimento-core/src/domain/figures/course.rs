//! How one conversation goes, as far as it is measured.

use std::time::Duration;

use crate::domain::figures::book::Book;
use crate::domain::figures::{Promises, Work};
use crate::domain::{Event, OfferEnd, OwnerKind, Release, Target, Way};
use crate::id::{AgentId, QueueId};
use crate::time::Timestamp;

/// A conversation from its opening, or from where it goes on, to its end.
#[derive(Clone, Debug, Default)]
pub(super) struct Course {
    /// When the latest fact was. Time never runs backwards in a conversation, whatever the
    /// clocks of those say who wrote in it.
    pub(super) latest: Timestamp,
    /// Where it waits, or waited last.
    pub(super) queue: Option<QueueId>,
    pub(super) wait: Option<Wait>,
    pub(super) holder: Holder,
    pub(super) response: Response,
    /// Whether it goes on after it was closed, and has not come into line since.
    pub(super) reopened: bool,
    /// Whom it has just been taken from, and when: the next fact says how.
    pub(super) passed: Option<(Held, Timestamp)>,
}

/// A place in line.
#[derive(Clone, Debug)]
pub(super) struct Wait {
    pub(super) queue: QueueId,
    pub(super) since: Timestamp,
    /// Who is asked to take it.
    pub(super) asked: Option<AgentId>,
    /// Whether a person has written to the customer meanwhile.
    pub(super) replied: bool,
}

/// Who has it.
#[derive(Clone, Debug, Default)]
pub(super) enum Holder {
    #[default]
    Nobody,
    Bot(AgentId),
    Person(Held),
}

/// That a person has it.
#[derive(Clone, Debug)]
pub(super) struct Held {
    pub(super) agent: AgentId,
    /// The queue by which it came to them.
    pub(super) queue: Option<QueueId>,
    pub(super) since: Timestamp,
    /// For how long it was written up until it went on, once it was.
    pub(super) written_up: Option<Duration>,
    /// Since when it is written up.
    pub(super) wrap_up: Option<Timestamp>,
}

/// Whether the customer has been answered.
#[derive(Clone, Copy, Debug, Default)]
pub(super) enum Response {
    /// They have not asked for an answer.
    #[default]
    NotAsked,
    /// They wait for one.
    Awaited { since: Timestamp },
    /// A person has written.
    Given,
}

impl Course {
    /// What `event` makes of it; what is over by that is counted in `book`.
    pub(super) fn apply(&mut self, event: &Event, at: Timestamp, book: &mut Book) {
        let now = self.latest.max(at);
        self.latest = now;
        match event {
            Event::Reopened => self.reopened = true,
            Event::Queued { ticket } => self.queued(&ticket.queue, now, book),
            Event::LeftLine => self.end_wait(WaitEnd::Withdrawn, now, book),
            Event::Offered { agent, .. } => {
                if let Some(wait) = &mut self.wait {
                    wait.asked = Some(agent.clone());
                    book.work(now, agent, Some(&wait.queue)).asked += 1;
                }
            }
            Event::OfferEnded { agent, end } => {
                if let Some(wait) = &mut self.wait {
                    wait.asked = None;
                    match end {
                        OfferEnd::Rejected => {
                            book.work(now, agent, Some(&wait.queue)).rejected += 1;
                        }
                        OfferEnd::TimedOut => {
                            book.work(now, agent, Some(&wait.queue)).missed += 1;
                        }
                        OfferEnd::Rescinded | OfferEnd::AgentLeft => {}
                    }
                }
            }
            Event::Assigned { agent, kind, way, .. } => {
                self.assigned(agent, kind, *way, now, book);
            }
            Event::Released { reason, .. } => {
                let held = self.end_holding(now, book);
                match (reason, held) {
                    (Release::Absent, Some(held)) => held.work(now, book).absent += 1,
                    (Release::Transferred, Some(held)) => held.work(now, book).transferred += 1,
                    (Release::Passed, held) => self.passed = held.map(|held| (held, now)),
                    (Release::Absent | Release::Transferred, None) => {}
                }
            }
            Event::ReplyQueued { by, .. } => self.replied(by, now, book),
            Event::PromiseKept { target } => {
                if let Some(promises) = self.promises(*target, now, book) {
                    promises.kept += 1;
                }
            }
            Event::PromiseBroken { target } => {
                if let Some(promises) = self.promises(*target, now, book) {
                    promises.broken += 1;
                }
            }
            Event::WrapUpBegan { .. } => {
                self.end_wait(WaitEnd::Withdrawn, now, book);
                if let Holder::Person(held) = &mut self.holder {
                    held.wrap_up = Some(now);
                    held.written_up.get_or_insert_default();
                }
            }
            Event::Resumed => {
                if let Holder::Person(held) = &mut self.holder {
                    held.end_wrap_up(now);
                }
            }
            Event::Snoozed { .. } => {
                self.end_wait(WaitEnd::Withdrawn, now, book);
                if let Some(held) = self.end_holding(now, book) {
                    held.work(now, book).snoozed += 1;
                }
            }
            Event::Closed { .. } => {
                let was_served = matches!(self.holder, Holder::Person(_))
                    || self.wait.as_ref().is_some_and(|wait| wait.replied);
                let end = if was_served { WaitEnd::Withdrawn } else { WaitEnd::Abandoned };
                self.end_wait(end, now, book);
                if let Some(held) = self.end_holding(now, book) {
                    held.work(now, book).closed += 1;
                }
            }
            Event::Opened { .. }
            | Event::Promised { .. }
            | Event::Numbered { .. }
            | Event::MessageReceived { .. }
            | Event::MessageRevoked { .. }
            | Event::Exported { .. }
            | Event::StageReached { .. }
            | Event::ExclusionsCleared
            | Event::OwnerLeft { .. }
            | Event::OwnerReturned
            | Event::DeliveryAdvanced { .. }
            | Event::WindowClosed
            | Event::ThreadPassed { .. }
            | Event::Noted { .. }
            | Event::Tagged { .. }
            | Event::Untagged { .. }
            | Event::FieldSet { .. }
            | Event::RecordedInCrm { .. }
            | Event::CrmGaveUp { .. }
            | Event::Woken => {}
        }
    }

    fn queued(&mut self, queue: &QueueId, now: Timestamp, book: &mut Book) {
        if self.reopened {
            self.reopened = false;
            book.queue(now, queue).reopened += 1;
        }
        if let Response::NotAsked = self.response {
            self.response = Response::Awaited { since: now };
        }
        self.queue = Some(queue.clone());
        if let Some(wait) = &mut self.wait
            && wait.queue == *queue
        {
            // Another ticket for the same queue: the wait goes on.
            wait.asked = None;
            return;
        }
        self.end_wait(WaitEnd::Moved, now, book);
        book.queue(now, queue).offered += 1;
        self.wait = Some(Wait { queue: queue.clone(), since: now, asked: None, replied: false });
    }

    fn assigned(
        &mut self,
        agent: &AgentId,
        kind: &OwnerKind,
        way: Way,
        now: Timestamp,
        book: &mut Book,
    ) {
        let held = self.end_holding(now, book).map(|held| (held, now));
        if let Some((held, over)) = held.or_else(|| self.passed.take()) {
            let work = held.work(over, book);
            match way {
                Way::Routed | Way::Accepted => work.transferred += 1,
                Way::Given | Way::Forced | Way::Pulled | Way::TakenOver | Way::HandedOver => {
                    work.taken += 1;
                }
            }
        }
        match kind {
            OwnerKind::Person { .. } => {
                self.end_wait(WaitEnd::Answered, now, book);
                book.work(now, agent, self.queue.as_ref()).assigned += 1;
                self.holder = Holder::Person(Held {
                    agent: agent.clone(),
                    queue: self.queue.clone(),
                    since: now,
                    written_up: None,
                    wrap_up: None,
                });
            }
            OwnerKind::Bot => {
                self.end_wait(WaitEnd::Withdrawn, now, book);
                self.holder = Holder::Bot(agent.clone());
            }
        }
    }

    fn replied(&mut self, by: &AgentId, now: Timestamp, book: &mut Book) {
        let queue = match &self.holder {
            Holder::Bot(bot) if bot == by => return,
            Holder::Bot(_) | Holder::Nobody => self.queue.as_ref(),
            Holder::Person(held) => held.queue.as_ref(),
        };
        if let Response::Awaited { since } = self.response {
            self.response = Response::Given;
            book.work(now, by, queue).first_response.record(now.since(since));
        }
        if let Some(wait) = &mut self.wait {
            wait.replied = true;
        }
    }

    /// Those of the queue in which it waits, or waited last; what never waited is in none.
    fn promises<'a>(
        &self,
        target: Target,
        now: Timestamp,
        book: &'a mut Book,
    ) -> Option<&'a mut Promises> {
        let figures = book.queue(now, self.queue.as_ref()?);
        Some(match target {
            Target::FirstAnswer => &mut figures.first_answer,
            Target::Resolution => &mut figures.resolution,
        })
    }

    fn end_wait(&mut self, end: WaitEnd, now: Timestamp, book: &mut Book) {
        let Some(wait) = self.wait.take() else {
            return;
        };
        let time = now.since(wait.since);
        let figures = book.queue(now, &wait.queue);
        match end {
            WaitEnd::Answered => figures.answered.record(time),
            WaitEnd::Abandoned => figures.abandoned.record(time),
            WaitEnd::Moved => figures.moved += 1,
            WaitEnd::Withdrawn => figures.withdrawn += 1,
        }
    }

    /// Nobody has it any more; the answer is the person who had it.
    fn end_holding(&mut self, now: Timestamp, book: &mut Book) -> Option<Held> {
        match std::mem::take(&mut self.holder) {
            Holder::Nobody | Holder::Bot(_) => None,
            Holder::Person(mut held) => {
                held.end_wrap_up(now);
                let work = held.work(now, book);
                work.handling.record(now.since(held.since));
                if let Some(time) = held.written_up {
                    work.wrap_up.record(time);
                }
                book.held(&held.agent, held.since, now);
                Some(held)
            }
        }
    }
}

/// How a wait ends.
#[derive(Clone, Copy)]
enum WaitEnd {
    Answered,
    Abandoned,
    Moved,
    Withdrawn,
}

impl Held {
    fn work<'a>(&self, now: Timestamp, book: &'a mut Book) -> &'a mut Work {
        book.work(now, &self.agent, self.queue.as_ref())
    }

    /// It goes on, or ends.
    fn end_wrap_up(&mut self, now: Timestamp) {
        if let Some(since) = self.wrap_up.take() {
            *self.written_up.get_or_insert_default() += now.since(since);
        }
    }
}
