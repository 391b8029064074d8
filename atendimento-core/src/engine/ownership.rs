//! Who has a conversation: offered, taken, given, passed on, put aside, closed.

use tracing::info;

use crate::domain::access::{Action, Actor, Subject};
use crate::domain::routing::Asked;
use crate::domain::{
    Agent, Authority, Conversation, Fence, Hold, Input, Keep, Line, OwnerKind, Presence, Rejection,
    Way, decide,
};
use crate::engine::act::ActError;
use crate::engine::commit::RACES;
use crate::engine::desk::Desk;
use crate::engine::policy::queue_of;
use crate::error::{Error, ErrorKind};
use crate::id::{AgentId, ConversationId, QueueId};
use crate::store::{Capacity, OfferAnswer};
use crate::time::Timestamp;

/// To whom a conversation is passed on.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Destination {
    /// To one agent, who must be there.
    Agent(AgentId),
    /// To a queue, and what is asked of whoever takes it there.
    Queue {
        /// The queue.
        queue: QueueId,
        /// What is asked.
        asked: Asked,
    },
}

impl Destination {
    fn action(&self) -> Action {
        match self {
            Self::Agent(_) => Action::TransferToAgent,
            Self::Queue { .. } => Action::TransferToQueue,
        }
    }
}

/// A destination that is there.
enum Target<'a> {
    Agent(Agent),
    Queue(&'a QueueId, &'a Asked),
}

/// An act: what it means in the state that is found, and how capacity is judged.
struct Act<'a> {
    actor: &'a Actor,
    action: Action,
    /// By what right; `None` where nobody has it.
    authority: Option<Authority>,
    capacity: Capacity,
    answer: Option<OfferAnswer>,
}

impl Desk {
    /// Takes a conversation that the actor is offered. The answer is the assignment, which
    /// replies carry.
    ///
    /// # Errors
    ///
    /// [`Rejection::OfferOver`] when it is offered to somebody else by now, or taken.
    pub async fn accept(
        &self,
        actor: &Actor,
        conversation: ConversationId,
        offer: Fence,
    ) -> Result<Fence, ActError> {
        let by = actor.id.clone();
        let act = Act::answer(actor, offer);
        self.change(&act, conversation, |_, _| Input::Accept { by: by.clone(), offer }).await?;
        info!(conversation.id = %conversation, agent.id = %actor.id, "offer accepted");
        Ok(offer)
    }

    /// Does not take a conversation that the actor is offered; they are not offered it again
    /// while there are others.
    ///
    /// # Errors
    ///
    /// As [`Desk::accept`].
    pub async fn reject(
        &self,
        actor: &Actor,
        conversation: ConversationId,
        offer: Fence,
    ) -> Result<(), ActError> {
        let by = actor.id.clone();
        let act = Act::answer(actor, offer);
        self.change(&act, conversation, |_, _| Input::Reject { by: by.clone(), offer }).await
    }

    /// Gives a conversation that waits to an agent who is available and has room, whichever
    /// queues the agent serves. The actor must lead both: the conversation, and the agent, who
    /// is of their team or serves a queue of theirs.
    ///
    /// # Errors
    ///
    /// As [`Desk::reply`]; [`ActError::Failed`] of kind
    /// [`AgentUnavailable`](ErrorKind::AgentUnavailable) when the agent cannot take it.
    pub async fn assign(
        &self,
        actor: &Actor,
        conversation: ConversationId,
        agent: AgentId,
    ) -> Result<(), ActError> {
        self.may_give_to(actor, Action::Assign, &agent).await?;
        let act = Act::supervisor(actor, Action::Assign);
        self.give(&act, conversation, &agent, Way::Given).await
    }

    /// Gives a conversation to an agent whatever they have to do, and whoever has it. Recorded
    /// as such; it counts, so that they may have more than their capacity.
    ///
    /// # Errors
    ///
    /// As [`Desk::assign`]; of kind [`AgentUnavailable`](ErrorKind::AgentUnavailable) only
    /// when there is no such agent.
    pub async fn force_assign(
        &self,
        actor: &Actor,
        conversation: ConversationId,
        agent: AgentId,
    ) -> Result<(), ActError> {
        self.may_give_to(actor, Action::ForceAssign, &agent).await?;
        let act = Act { capacity: Capacity::Forced, ..Act::supervisor(actor, Action::ForceAssign) };
        self.give(&act, conversation, &agent, Way::Forced).await
    }

    /// Takes a conversation that waits out of the queue. The answer is the assignment.
    ///
    /// # Errors
    ///
    /// As [`Desk::assign`].
    pub async fn pull(
        &self,
        actor: &Actor,
        conversation: ConversationId,
    ) -> Result<Fence, ActError> {
        let act = Act::supervisor(actor, Action::Pull);
        self.give(&act, conversation, &actor.id, Way::Pulled).await?;
        self.assignment_of(actor, conversation).await
    }

    /// Takes a conversation from who has it, whatever the actor has to do. The answer is the
    /// assignment; who had it is told so when they reply.
    ///
    /// # Errors
    ///
    /// As [`Desk::force_assign`].
    pub async fn take_over(
        &self,
        actor: &Actor,
        conversation: ConversationId,
    ) -> Result<Fence, ActError> {
        let act = Act { capacity: Capacity::Forced, ..Act::supervisor(actor, Action::TakeOver) };
        self.give(&act, conversation, &actor.id, Way::TakenOver).await?;
        self.assignment_of(actor, conversation).await
    }

    /// Passes a conversation on. With [`Keep::UntilTaken`] who has it keeps it until the other
    /// has taken it, and for good when the one agent it was meant for does not.
    ///
    /// # Errors
    ///
    /// As [`Desk::reply`]; [`ActError::NotFound`] when there is no such agent or queue,
    /// [`ActError::Unknown`] when a skill or priority is asked for that the configuration has not,
    /// [`ActError::Failed`] of kind [`AgentUnavailable`](ErrorKind::AgentUnavailable) when the
    /// agent is not there.
    pub async fn transfer(
        &self,
        actor: &Actor,
        conversation: ConversationId,
        authority: Authority,
        to: Destination,
        keep: Keep,
    ) -> Result<(), ActError> {
        let parts = &self.parts;
        let act = Act::by(actor, to.action(), authority);
        // Who may not pass it on learns nothing of who is there.
        self.allowed(&act, conversation).await?;
        let target = match &to {
            Destination::Agent(agent) => {
                let agent = parts.store.agent(&actor.tenant, agent).await?;
                let agent = agent.ok_or(ActError::NotFound)?;
                if agent.presence != Presence::Available || agent.profile.queues.is_empty() {
                    return Err(Error::new("transfer", ErrorKind::AgentUnavailable).into());
                }
                Target::Agent(agent)
            }
            Destination::Queue { queue, asked } => {
                let configuration = parts.configuration(&actor.tenant);
                if !configuration.has_queue(queue) {
                    return Err(ActError::NotFound);
                }
                if let Some((what, name)) = configuration.unknown_asked(asked) {
                    return Err(ActError::Unknown { what, name });
                }
                Target::Queue(queue, asked)
            }
        };
        self.change(&act, conversation, |before, now| {
            let ticket = match &target {
                Target::Queue(queue, asked) => parts.ticket(before, queue, asked, now),
                Target::Agent(agent) => parts.ticket_for(before, agent, now),
            };
            Input::Transfer { by: actor.id.clone(), authority, ticket: Box::new(ticket), keep }
        })
        .await
    }

    /// Calls a transfer off that nobody has taken yet.
    ///
    /// # Errors
    ///
    /// As [`Desk::reply`].
    pub async fn cancel_transfer(
        &self,
        actor: &Actor,
        conversation: ConversationId,
        authority: Authority,
    ) -> Result<(), ActError> {
        let by = actor.id.clone();
        let before = self.find(conversation).await?;
        let ticket = before.line.as_ref().map(Line::ticket);
        let action = match ticket.and_then(|ticket| ticket.requirement().only.as_ref()) {
            Some(_) => Action::TransferToAgent,
            None => Action::TransferToQueue,
        };
        let act = Act::by(actor, action, authority);
        let input = |_: &Conversation, _| Input::CancelTransfer { by: by.clone(), authority };
        self.change(&act, conversation, input).await
    }

    /// Hands a conversation over to a bot, which acts as `bot` and owns it alone from now on.
    /// A bot hands over to people by [`Desk::transfer`].
    ///
    /// # Errors
    ///
    /// As [`Desk::reply`]; [`ActError::Unknown`] when it is a person's name: that of an agent
    /// who is enrolled.
    pub async fn hand_over(
        &self,
        actor: &Actor,
        conversation: ConversationId,
        authority: Authority,
        bot: AgentId,
    ) -> Result<Fence, ActError> {
        let act = Act::by(actor, Action::TransferToAgent, authority);
        self.allowed(&act, conversation).await?;
        if self.parts.store.agent(&actor.tenant, &bot).await?.is_some() {
            return Err(ActError::Unknown { what: "bot", name: bot.to_string() });
        }
        let by = actor.id.clone();
        let input =
            |_: &Conversation, _| Input::HandOver { bot: bot.clone(), by: by.clone(), authority };
        self.change(&act, conversation, input).await?;
        let owned = self.find(conversation).await?;
        owned.assignment().ok_or_else(|| Rejection::NotAssigned.into())
    }

    /// Puts a conversation aside until then, or until the customer writes. Nobody has it
    /// meanwhile; who had it is asked first when it waits again.
    ///
    /// # Errors
    ///
    /// As [`Desk::reply`]; [`Rejection::Past`] when the moment has passed.
    pub async fn snooze(
        &self,
        actor: &Actor,
        conversation: ConversationId,
        authority: Authority,
        until: Timestamp,
    ) -> Result<(), ActError> {
        let by = actor.id.clone();
        let act = Act::by(actor, Action::Snooze, authority);
        let input = |_: &Conversation, _| Input::Snooze { by: by.clone(), authority, until };
        self.change(&act, conversation, input).await
    }

    /// Closes a conversation. Where the queue has a time for wrapping up, its owner has that
    /// long to write up what is left, and closes it for good by a second call.
    ///
    /// # Errors
    ///
    /// As [`Desk::reply`].
    pub async fn close(
        &self,
        actor: &Actor,
        conversation: ConversationId,
        authority: Authority,
    ) -> Result<(), ActError> {
        let by = actor.id.clone();
        let act = Act::by(actor, Action::Close, authority);
        self.change(&act, conversation, |before, now| Input::Close {
            by: by.clone(),
            authority,
            wrap_up: self.parts.wrap_up(before, now),
        })
        .await
    }

    /// Opens a closed conversation again, which waits in the queue it was in last.
    ///
    /// # Errors
    ///
    /// As [`Desk::reply`]; [`ActError::Failed`] of kind [`Conflict`](ErrorKind::Conflict) when
    /// the customer has a later one.
    pub async fn reopen(
        &self,
        actor: &Actor,
        conversation: ConversationId,
    ) -> Result<(), ActError> {
        let act = Act { authority: None, ..Act::supervisor(actor, Action::Reopen) };
        self.change(&act, conversation, |before, now| {
            let asked = self.parts.asked_in(before);
            let ticket = self.parts.ticket(before, &queue_of(before), &asked, now);
            let service = self.parts.service(before, &ticket.queue, now);
            Input::Reopen { ticket: Box::new(ticket), service }
        })
        .await
    }

    /// Whether the actor leads the agent: one of their team, or who serves a queue of theirs.
    /// Nobody else's work is theirs to give.
    async fn may_give_to(
        &self,
        actor: &Actor,
        action: Action,
        agent: &AgentId,
    ) -> Result<(), ActError> {
        let (tenant, store) = (&actor.tenant, &self.parts.store);
        let grant = actor.may(action)?;
        let mut covered = grant.covers(&Subject::agent(tenant, agent));
        if !covered && let Some(found) = store.agent(tenant, agent).await? {
            let queues = found.profile.queues.iter();
            covered = queues.map(|queue| Subject::queue(tenant, queue)).any(|it| grant.covers(&it));
        }
        if !covered {
            actor.may_on(action, &Subject::agent(tenant, agent))?;
        }
        Ok(())
    }

    async fn give(
        &self,
        act: &Act<'_>,
        conversation: ConversationId,
        agent: &AgentId,
        way: Way,
    ) -> Result<(), ActError> {
        self.change(act, conversation, |before, now| {
            let line = before.line.as_ref().map(|line| Hold::from(line.ticket()));
            let held = before.owner.as_ref().and_then(|owner| match &owner.kind {
                OwnerKind::Person { hold } => Some(hold.clone()),
                OwnerKind::Bot => None,
            });
            let hold = line.or(held).unwrap_or_else(|| {
                let queue = queue_of(before);
                Hold::from(&self.parts.ticket(before, &queue, &Asked::default(), now))
            });
            let kind = OwnerKind::Person { hold };
            Input::Assign { agent: agent.clone(), kind, way, by: Some(act.actor.id.clone()) }
        })
        .await?;
        info!(conversation.id = %conversation, agent.id = %agent, ?way, "assigned conversation");
        Ok(())
    }

    async fn assignment_of(
        &self,
        actor: &Actor,
        conversation: ConversationId,
    ) -> Result<Fence, ActError> {
        let found = self.find(conversation).await?;
        match found.owner {
            Some(owner) if owner.agent == actor.id => Ok(owner.fence),
            Some(owner) => {
                let (fence, since) = (owner.fence, owner.since);
                Err(Rejection::NotOwner { owner: owner.agent, fence, since }.into())
            }
            None => Err(Rejection::NotAssigned.into()),
        }
    }

    /// The conversation, if the actor may do that with it.
    async fn allowed(
        &self,
        act: &Act<'_>,
        conversation: ConversationId,
    ) -> Result<Conversation, ActError> {
        let found = self.find(conversation).await?;
        match act.authority {
            Some(authority) => act.actor.may_as(act.action, &found, authority)?,
            None => act.actor.may_on(act.action, &Subject::from(&found))?,
        };
        Ok(found)
    }

    async fn change(
        &self,
        act: &Act<'_>,
        conversation: ConversationId,
        input: impl Fn(&Conversation, Timestamp) -> Input,
    ) -> Result<(), ActError> {
        for _ in 0..RACES {
            let before = self.allowed(act, conversation).await?;
            let now = self.parts.now();
            let decision = decide(&before, &input(&before, now), now)?;
            let mut commit = self.parts.commit_of(&before, decision, now);
            commit.capacity = act.capacity;
            commit.answer.clone_from(&act.answer);
            match self.parts.commit(commit).await {
                Err(error) if error.kind() == ErrorKind::Conflict => {}
                outcome => return Ok(outcome?),
            }
        }
        Err(Error::new("change conversation", ErrorKind::Conflict).into())
    }
}

impl<'a> Act<'a> {
    fn by(actor: &'a Actor, action: Action, authority: Authority) -> Self {
        let capacity = Capacity::Reserved { epoch: None };
        Self { actor, action, authority: Some(authority), capacity, answer: None }
    }

    fn supervisor(actor: &'a Actor, action: Action) -> Self {
        Self::by(actor, action, Authority::Supervisor)
    }

    /// Whether the offer is the actor's is judged by its number.
    fn answer(actor: &'a Actor, offer: Fence) -> Self {
        let answer = Some(OfferAnswer::Given { agent: actor.id.clone() });
        Self { answer, ..Self::by(actor, Action::AnswerOffer, Authority::Owner(offer)) }
    }
}
