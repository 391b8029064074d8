//! Who acts, and whether they may.

use std::collections::BTreeSet;

use crate::domain::access::{Action, Denied, Grant, Role, Scope, Scopes, Subject};
use crate::domain::{Agent, Authority, Conversation};
use crate::id::{AgentId, QueueId, TeamId, TenantId};

/// Somebody who acts. The host makes it once it knows who they are, and says what is theirs.
///
/// It is not read from anywhere: what a client sends is no reason to believe it.
///
/// ```
/// use atendimento_core::domain::access::{Action, Actor, Role, Team};
///
/// let sofia = Actor::new("sofia", "acme", Role::SUPERVISOR)
///     .with_team(Team::new("north").with_agents(["bia", "caio"]).with_queues(["sales"]))
///     .with_queues(["support"]);
/// assert!(sofia.may(Action::TakeOver).is_ok());
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    /// Who.
    pub id: AgentId,
    /// Of which company.
    pub tenant: TenantId,
    /// As what.
    pub role: Role,
    /// The teams that they are in or lead.
    pub teams: Vec<Team>,
    /// The queues that they serve or lead.
    pub queues: BTreeSet<QueueId>,
}

/// A team as a permission sees it: whose conversations are the team's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Team {
    /// Which.
    pub id: TeamId,
    /// Who is in it.
    pub agents: BTreeSet<AgentId>,
    /// The queues that it serves.
    pub queues: BTreeSet<QueueId>,
}

impl Team {
    /// A team without agents and queues.
    pub fn new(id: impl Into<TeamId>) -> Self {
        Self { id: id.into(), agents: BTreeSet::new(), queues: BTreeSet::new() }
    }

    /// With these agents too.
    #[must_use]
    pub fn with_agents<A: Into<AgentId>>(mut self, agents: impl IntoIterator<Item = A>) -> Self {
        self.agents.extend(agents.into_iter().map(Into::into));
        self
    }

    /// With those of `roster` too whose [profile](crate::domain::AgentProfile) names this team.
    #[must_use]
    pub fn with_agents_of<'a>(mut self, roster: impl IntoIterator<Item = &'a Agent>) -> Self {
        let mine = roster.into_iter().filter(|agent| agent.profile.team.as_ref() == Some(&self.id));
        self.agents.extend(mine.map(|agent| agent.id.clone()));
        self
    }

    /// With these queues too.
    #[must_use]
    pub fn with_queues<Q: Into<QueueId>>(mut self, queues: impl IntoIterator<Item = Q>) -> Self {
        self.queues.extend(queues.into_iter().map(Into::into));
        self
    }
}

impl Actor {
    /// Somebody without teams and queues.
    pub fn new(id: impl Into<AgentId>, tenant: impl Into<TenantId>, role: Role) -> Self {
        let (id, tenant) = (id.into(), tenant.into());
        Self { id, tenant, role, teams: Vec::new(), queues: BTreeSet::new() }
    }

    /// Who is in this team too, or leads it.
    #[must_use]
    pub fn with_team(mut self, team: Team) -> Self {
        self.teams.push(team);
        self
    }

    /// Who serves these queues too, or leads them.
    #[must_use]
    pub fn with_queues<Q: Into<QueueId>>(mut self, queues: impl IntoIterator<Item = Q>) -> Self {
        self.queues.extend(queues.into_iter().map(Into::into));
        self
    }

    /// What they may do `action` on; what is asked for before something is listed.
    ///
    /// # Errors
    ///
    /// [`Denied`] when there is nothing.
    pub fn may(&self, action: Action) -> Result<Grant, Denied> {
        let scopes = self.role.scopes(action);
        if scopes.is_empty() {
            return Err(self.denied(action, None));
        }
        Ok(Grant::new(self, action, scopes))
    }

    /// Whether they may do `action` on `subject`.
    ///
    /// # Errors
    ///
    /// [`Denied`] when they may not, with the scope that they would need.
    ///
    /// ```
    /// use atendimento_core::domain::access::{Action, Actor, Role, Subject};
    /// use atendimento_core::id::{AgentId, TenantId};
    ///
    /// let bia = Actor::new("bia", "acme", Role::AGENT);
    /// let (company, caio) = (TenantId::from("acme"), AgentId::from("caio"));
    /// let denied = bia.may_on(Action::Reply, &Subject::agent(&company, &caio)).unwrap_err();
    /// assert_eq!(
    ///     denied.to_string(),
    ///     "an agent may reply in their own conversations only; this needs the scope tenant",
    /// );
    /// ```
    pub fn may_on(&self, action: Action, subject: &Subject<'_>) -> Result<Grant, Denied> {
        let grant = self.may(action)?;
        if grant.covers(subject) {
            return Ok(grant);
        }
        let mut wider = Scope::ALL.into_iter().filter(|scope| action.scopes().contains(*scope));
        let needed =
            wider.find(|scope| Grant::new(self, action, Scopes::of(*scope)).covers(subject));
        Err(self.denied(action, needed))
    }

    /// Whether they may do `action` on `conversation` by the right that they name.
    ///
    /// Who names an assignment may do what is allowed on one's own; whether it is theirs, the
    /// conversation's [decision](crate::domain::decide()) says, and who has it if it is not. Who
    /// names none needs more than a permission on their own.
    ///
    /// # Errors
    ///
    /// [`Denied`] when they may not.
    pub fn may_as(
        &self,
        action: Action,
        conversation: &Conversation,
        authority: Authority,
    ) -> Result<Grant, Denied> {
        match authority {
            Authority::Owner(_) => {
                self.may_on(action, &Subject::agent(&conversation.tenant, &self.id))
            }
            Authority::Supervisor => {
                let grant = self.may_on(action, &conversation.into())?;
                if grant.scopes() == Scopes::OWN {
                    return Err(self.denied(action, None));
                }
                Ok(grant)
            }
        }
    }

    fn denied(&self, action: Action, needed: Option<Scope>) -> Denied {
        let role = self.role.name().to_owned();
        Denied { role, action, held: self.role.scopes(action), needed }
    }
}
