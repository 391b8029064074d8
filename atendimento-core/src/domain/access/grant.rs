//! A permission of one actor for one action, and what it covers.

use std::collections::BTreeSet;

use crate::domain::Conversation;
use crate::domain::access::{Action, Actor, Scope, Scopes};
use crate::id::{AgentId, QueueId, TenantId};

/// What one actor may do one action on. Whatever shows or changes something takes one.
///
/// Only [`Actor::may`] and [`Actor::may_on`] give it. It cannot be made, read from anywhere, or
/// changed, so it never reaches into another company or further than the actor's role:
///
/// ```compile_fail
/// use atendimento_core::domain::access::{Action, Grant, Reach, Scopes};
///
/// let wide = Grant {
///     action: Action::Search,
///     tenant: "acme".into(),
///     scopes: Scopes::TENANT,
///     reach: Reach::Everything,
/// };
/// ```
///
/// ```compile_fail
/// let wide: atendimento_core::domain::access::Grant = serde_json::from_str("{}").unwrap();
/// ```
///
/// A store filters by its parts: what it shows is of [`Grant::tenant`] and, unless
/// [`Grant::reach`] is everything, is had by one of the agents or is in one of the queues.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grant {
    action: Action,
    tenant: TenantId,
    scopes: Scopes,
    reach: Reach,
}

/// How far a grant reaches within its company.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reach {
    /// All of it.
    Everything,
    /// Parts of it.
    Part {
        /// What these have, and what is about them: the actor, and the agents of their teams.
        agents: BTreeSet<AgentId>,
        /// What is in these, whoever has it.
        queues: BTreeSet<QueueId>,
    },
}

impl Grant {
    /// What `scopes` mean for `actor`.
    pub(super) fn new(actor: &Actor, action: Action, scopes: Scopes) -> Self {
        let reach = if scopes.contains(Scope::Tenant) {
            Reach::Everything
        } else {
            let mut agents = BTreeSet::from([actor.id.clone()]);
            let mut queues = BTreeSet::new();
            if scopes.contains(Scope::Team) {
                for team in &actor.teams {
                    agents.extend(team.agents.iter().cloned());
                    queues.extend(team.queues.iter().cloned());
                }
            }
            if scopes.contains(Scope::Queue) {
                queues.extend(actor.queues.iter().cloned());
            }
            Reach::Part { agents, queues }
        };
        Self { action, tenant: actor.tenant.clone(), scopes, reach }
    }

    /// What is permitted.
    pub fn action(&self) -> Action {
        self.action
    }

    /// In which company. In no other.
    pub fn tenant(&self) -> &TenantId {
        &self.tenant
    }

    /// In which scopes: what [`Grant::reach`] was made of.
    pub fn scopes(&self) -> Scopes {
        self.scopes
    }

    /// On whose, within the company.
    pub fn reach(&self) -> &Reach {
        &self.reach
    }

    /// Whether who is only asked to take a conversation counts as having it.
    pub fn includes_offers(&self) -> bool {
        self.action.includes_offers()
    }

    /// Whether it is permitted on `subject`.
    pub fn covers(&self, subject: &Subject<'_>) -> bool {
        if *subject.tenant != self.tenant {
            return false;
        }
        match &self.reach {
            Reach::Everything => true,
            Reach::Part { agents, queues } => {
                let asked = subject.asked.filter(|_| self.includes_offers());
                let mut who = subject.agent.into_iter().chain(asked);
                who.any(|agent| agents.contains(agent))
                    || subject.queue.is_some_and(|queue| queues.contains(queue))
            }
        }
    }
}

/// What an action is done on, as far as permissions are concerned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Subject<'a> {
    tenant: &'a TenantId,
    /// Who has it, or whom it is about.
    agent: Option<&'a AgentId>,
    /// Who is asked to take it.
    asked: Option<&'a AgentId>,
    queue: Option<&'a QueueId>,
}

impl<'a> Subject<'a> {
    /// Something that an agent has, or nobody, and that is in a queue, or in none.
    pub fn held(
        tenant: &'a TenantId,
        agent: Option<&'a AgentId>,
        queue: Option<&'a QueueId>,
    ) -> Self {
        Self { tenant, agent, asked: None, queue }
    }

    /// An agent.
    pub fn agent(tenant: &'a TenantId, agent: &'a AgentId) -> Self {
        Self::held(tenant, Some(agent), None)
    }

    /// A queue.
    pub fn queue(tenant: &'a TenantId, queue: &'a QueueId) -> Self {
        Self::held(tenant, None, Some(queue))
    }

    /// The company as a whole.
    pub fn company(tenant: &'a TenantId) -> Self {
        Self::held(tenant, None, None)
    }

    /// The same, which `agent` is asked to take.
    #[must_use]
    pub fn with_asked(self, agent: &'a AgentId) -> Self {
        Self { asked: Some(agent), ..self }
    }
}

impl<'a> From<&'a Conversation> for Subject<'a> {
    /// A conversation is of its [holder](Conversation::holder).
    fn from(conversation: &'a Conversation) -> Self {
        let agent = conversation.holder();
        let asked = conversation.offered_to().map(|(agent, _)| agent);
        Self { tenant: &conversation.tenant, agent, asked, queue: conversation.queue.as_ref() }
    }
}
