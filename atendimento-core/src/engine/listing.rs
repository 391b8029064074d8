//! What is there: lists, counts, and why things are as they are. Only what may be seen is shown.

use std::collections::BTreeMap;

use crate::domain::access::{Action, Actor, Subject};
use crate::domain::routing::StillWaits;
use crate::domain::{Agent, Conversation, Status};
use crate::engine::Desk;
use crate::engine::act::ActError;
use crate::id::{AgentId, ConversationId};
use crate::store::{Explained, Listing};

impl Desk {
    /// The conversations that the actor may see and `listing` names, the newest first. For the
    /// next page, say `before` the last of this one.
    ///
    /// # Errors
    ///
    /// [`Denied`](crate::domain::access::Denied) when they may see none at all.
    pub async fn list(
        &self,
        actor: &Actor,
        listing: &Listing,
        limit: usize,
    ) -> Result<Vec<Conversation>, ActError> {
        let grant = actor.may(Action::ReadConversation)?;
        Ok(self.parts.store.conversations(&grant, listing, limit).await?)
    }

    /// How many conversations the actor may see and `listing` names, by how they stand.
    ///
    /// # Errors
    ///
    /// As [`Desk::list`].
    pub async fn count(
        &self,
        actor: &Actor,
        listing: &Listing,
    ) -> Result<BTreeMap<Status, u64>, ActError> {
        let grant = actor.may(Action::ReadConversation)?;
        Ok(self.parts.store.count_conversations(&grant, listing).await?)
    }

    /// An agent as routing sees them: what they can do, whether they are there, what they have.
    ///
    /// # Errors
    ///
    /// [`Denied`](crate::domain::access::Denied) when the actor may not monitor them, unless it
    /// is themselves; [`ActError::NotFound`] when there is no such agent.
    pub async fn agent(&self, actor: &Actor, agent: &AgentId) -> Result<Agent, ActError> {
        if *agent != actor.id {
            actor.may_on(Action::Monitor, &Subject::agent(&actor.tenant, agent))?;
        }
        self.parts.store.agent(&actor.tenant, agent).await?.ok_or(ActError::NotFound)
    }

    /// Why a conversation was offered or given to whom it was, each time: the oldest first.
    ///
    /// # Errors
    ///
    /// [`Denied`](crate::domain::access::Denied) when the actor may not monitor where it is,
    /// [`ActError::NotFound`] when there is none.
    pub async fn explanations(
        &self,
        actor: &Actor,
        conversation: ConversationId,
    ) -> Result<Vec<Explained>, ActError> {
        let found = self.find(conversation).await?;
        actor.may_on(Action::Monitor, &Subject::from(&found))?;
        Ok(self.parts.store.explanations(conversation).await?)
    }

    /// Why a conversation still waits: every agent, with what keeps them from it. `None` when
    /// it does not wait.
    ///
    /// # Errors
    ///
    /// As [`Desk::explanations`].
    pub async fn why_it_waits(
        &self,
        actor: &Actor,
        conversation: ConversationId,
    ) -> Result<Option<StillWaits>, ActError> {
        let found = self.find(conversation).await?;
        actor.may_on(Action::Monitor, &Subject::from(&found))?;
        Ok(self.parts.why_it_waits(&found.tenant, conversation).await?)
    }
}
