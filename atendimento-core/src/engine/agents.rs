//! Agents come, go and change.

use tracing::info;

use crate::domain::access::{Action, Actor, Subject};
use crate::domain::{AgentProfile, Conversation, Input, Presence, decide};
use crate::engine::act::{ActError, not_found};
use crate::engine::commit::RACES;
use crate::engine::desk::{Desk, Parts};
use crate::error::{Error, ErrorKind, Result};
use crate::id::{AgentId, TenantId};
use crate::time::Timestamp;

impl Desk {
    /// Says whether an agent takes new conversations.
    ///
    /// What they are asked to take when they go is offered to others at once; what they have
    /// stays theirs, for as long as the queue's policy on absence says.
    ///
    /// # Errors
    ///
    /// [`Denied`](crate::domain::access::Denied) without the permission,
    /// [`ActError::NotFound`] when there is no such agent.
    pub async fn set_presence(
        &self,
        actor: &Actor,
        agent: &AgentId,
        presence: Presence,
    ) -> Result<(), ActError> {
        actor.may_on(Action::SetPresence, &Subject::agent(&actor.tenant, agent))?;
        let parts = &self.parts;
        let set = parts.store.set_presence(&actor.tenant, agent, presence, parts.now()).await;
        set.map_err(not_found)?;
        info!(agent.id = %agent, ?presence, "agent has another presence");
        parts.follow_presence(&actor.tenant, agent, presence).await?;
        parts.wake.route.notify_one();
        Ok(())
    }

    /// Adds an agent, or changes the profile of one that is there. What they are asked to take
    /// and do not meet any more is offered to others; what they have stays theirs.
    ///
    /// # Errors
    ///
    /// [`Denied`](crate::domain::access::Denied) without the permission; [`ActError::Unknown`]
    /// when the profile names a queue, skill, team or class that the configuration has not.
    /// Nothing has changed.
    pub async fn enroll(
        &self,
        actor: &Actor,
        agent: &AgentId,
        profile: &AgentProfile,
    ) -> Result<(), ActError> {
        actor.may_on(Action::ManageAgents, &Subject::agent(&actor.tenant, agent))?;
        if let Some((what, name)) = self.parts.configuration(&actor.tenant).unknown_of(profile) {
            return Err(ActError::Unknown { what, name });
        }
        let parts = &self.parts;
        parts.store.enroll(&actor.tenant, agent, profile).await?;
        parts.follow_profile(&actor.tenant, agent, profile).await?;
        self.parts.wake.route.notify_one();
        Ok(())
    }
}

impl Parts {
    /// What an agent's conversations make of their presence. May be repeated.
    pub(super) async fn follow_presence(
        &self,
        tenant: &TenantId,
        agent: &AgentId,
        presence: Presence,
    ) -> Result<()> {
        let input = |conversation: &Conversation, now| {
            let agent = agent.clone();
            Some(match presence {
                Presence::Available => Input::AgentReturned { agent },
                Presence::Away | Presence::Break | Presence::Unresponsive | Presence::Offline => {
                    let leaves = self.leaves(conversation, presence, now);
                    Input::AgentLeft { agent, leaves }
                }
            })
        };
        self.tell_theirs(tenant, agent, input).await
    }

    /// Takes back what an agent is asked to take, when they would not be asked any more.
    async fn follow_profile(
        &self,
        tenant: &TenantId,
        agent: &AgentId,
        profile: &AgentProfile,
    ) -> Result<()> {
        let input = |conversation: &Conversation, _| {
            conversation.offered_to().filter(|(asked, _)| *asked == agent)?;
            let requirement = conversation.line.as_ref()?.ticket().requirement();
            let meets = requirement.is_met_by(agent, profile).is_ok();
            (!meets).then(|| Input::AgentLeft { agent: agent.clone(), leaves: None })
        };
        self.tell_theirs(tenant, agent, input).await
    }

    /// Tells what an agent has, or is asked to take, what became of them.
    async fn tell_theirs(
        &self,
        tenant: &TenantId,
        agent: &AgentId,
        input: impl Fn(&Conversation, Timestamp) -> Option<Input>,
    ) -> Result<()> {
        for conversation in self.store.conversations_of(tenant, agent).await? {
            self.tell_one_of_theirs(conversation, &input).await?;
        }
        Ok(())
    }

    async fn tell_one_of_theirs(
        &self,
        mut conversation: Conversation,
        input: impl Fn(&Conversation, Timestamp) -> Option<Input>,
    ) -> Result<()> {
        for _ in 0..RACES {
            let now = self.now();
            let Some(input) = input(&conversation, now) else {
                return Ok(());
            };
            let Ok(decision) = decide(&conversation, &input, now) else {
                return Ok(()); // it is closed meanwhile
            };
            if decision.events.is_empty() {
                return Ok(());
            }
            match self.commit(self.commit_of(&conversation, decision, now)).await {
                Err(error) if error.kind() == ErrorKind::Conflict => {}
                outcome => return outcome,
            }
            match self.store.conversation(conversation.id).await? {
                Some(changed) => conversation = changed,
                None => return Ok(()),
            }
        }
        Err(Error::new("tell of an agent", ErrorKind::Conflict))
    }
}
