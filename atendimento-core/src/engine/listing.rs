//! What is there: lists, counts, and why things are as they are. Only what may be seen is shown.

use std::collections::BTreeMap;

use crate::domain::access::{Action, Actor, Subject};
use crate::domain::phone::Phone;
use crate::domain::routing::{PassedOver, StillWaits};
use crate::domain::{Agent, Clue, Conversation, Identity, Protocol, Status};
use crate::engine::Desk;
use crate::engine::act::ActError;
use crate::id::{AgentId, ConversationId};
use crate::store::{Explained, Listing};

/// By what conversations are looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Sought {
    /// By the protocol number that the customer was told.
    Protocol(Protocol),
    /// By the customer's phone number, however it was
    /// [written](crate::domain::phone::Phone::read). Customers whose number may be another way to
    /// write it are found too.
    Phone(Phone),
    /// By what the channel calls the customer.
    Id(Identity),
}

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

    /// The conversations that are `sought`, among those that the actor may search and `listing`
    /// names, the newest first.
    ///
    /// A protocol number calls one conversation, and `listing` does not narrow that.
    ///
    /// What was said is sealed, and is not searched: a store sees none of it. Whoever needs that
    /// has it told to a CRM or an index of theirs.
    ///
    /// # Errors
    ///
    /// [`Denied`](crate::domain::access::Denied) without the permission.
    pub async fn search(
        &self,
        actor: &Actor,
        sought: &Sought,
        listing: &Listing,
        limit: usize,
    ) -> Result<Vec<Conversation>, ActError> {
        let grant = actor.may(Action::Search)?;
        let parts = &self.parts;
        let clues = match sought {
            Sought::Protocol(protocol) => {
                let found = parts.store.conversation_by_protocol(&grant, *protocol).await?;
                return Ok(found.into_iter().take(limit).collect());
            }
            Sought::Phone(phone) => Clue::of_phone(phone),
            Sought::Id(identity) => identity.clues(),
        };
        let tenant = grant.tenant();
        let aliases: Vec<_> = clues.iter().map(|clue| parts.vault.blind(tenant, clue)).collect();
        let mut held = parts.store.held_by(tenant, &aliases).await?;
        if let Some(only) = listing.contact {
            let person = parts.store.person(only).await?;
            let members = person.map(|person| person.members).unwrap_or_default();
            held.retain(|contact| members.contains(contact));
        }
        let mut found = Vec::new();
        for contact in held {
            let listing = Listing { contact: Some(contact), ..listing.clone() };
            found.extend(parts.store.conversations(&grant, &listing, limit).await?);
        }
        found.sort_by_key(|conversation| std::cmp::Reverse(conversation.id));
        found.dedup_by_key(|conversation| conversation.id);
        found.truncate(limit);
        Ok(found)
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

    /// Why a conversation still waits: every agent who serves its queue or whom the actor may
    /// monitor, with what keeps them from it. `None` when it does not wait.
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
        let grant = actor.may_on(Action::Monitor, &Subject::from(&found))?;
        let mut why = self.parts.why_it_waits(&found.tenant, conversation).await?;
        if let Some(why) = &mut why {
            why.passed_over.retain(|considered| {
                considered.passed_over != PassedOver::OtherQueue
                    || grant.covers(&Subject::agent(&found.tenant, &considered.agent))
            });
        }
        Ok(why)
    }
}
