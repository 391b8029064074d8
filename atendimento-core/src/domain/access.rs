//! Who may do what.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::id::{AgentId, TenantId};

/// What somebody is in the company.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Role {
    /// Serves customers: sees and answers the conversations assigned to them.
    Agent,
    /// Leads agents: sees, answers, assigns and closes any conversation of the company.
    Supervisor,
    /// Sets the company up; does not read customers' messages.
    Admin,
}

/// Somebody who acts, as the host has authenticated them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Actor {
    /// Who.
    pub id: AgentId,
    /// Of which company.
    pub tenant: TenantId,
    /// As what.
    pub role: Role,
}

/// What somebody wants to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Action {
    /// See a conversation and its messages.
    Read,
    /// Write to the customer.
    Reply,
    /// Close a conversation.
    Close,
    /// Give a conversation to an agent.
    Assign,
    /// Say whether one takes conversations.
    SetPresence,
    /// Add an agent, change queues and capacity.
    ManageAgents,
    /// See what could not be read or was given up.
    Inspect,
}

/// Whose the thing is that somebody acts on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Relation {
    /// Their own: the conversation is assigned to them, or it is about themselves.
    Own,
    /// Somebody else's of the same company.
    Others,
    /// Of another company.
    OtherTenant,
}

/// The permission that is missing.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct Denied {
    /// As what they acted.
    pub role: Role,
    /// What they wanted to do.
    pub action: Action,
    /// Whose the thing is.
    pub relation: Relation,
}

impl fmt::Display for Denied {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let role = match self.role {
            Role::Agent => "an agent",
            Role::Supervisor => "a supervisor",
            Role::Admin => "an administrator",
        };
        let action = match self.action {
            Action::Read => "read",
            Action::Reply => "reply in",
            Action::Close => "close",
            Action::Assign => "assign",
            Action::SetPresence => "set the presence of",
            Action::ManageAgents => "manage",
            Action::Inspect => "inspect",
        };
        let whose = match self.relation {
            Relation::Own => "what is their own",
            Relation::Others => "what is others'",
            Relation::OtherTenant => "what is another company's",
        };
        write!(f, "{role} may not {action} {whose}")
    }
}

/// Whether `role` may do `action` on something of `relation`.
///
/// # Errors
///
/// [`Denied`], which says what is missing.
///
/// ```
/// use atendimento_core::domain::access::{Action, Relation, Role, allow};
///
/// assert!(allow(Role::Agent, Action::Reply, Relation::Own).is_ok());
/// let denied = allow(Role::Agent, Action::Reply, Relation::Others).unwrap_err();
/// assert_eq!(denied.to_string(), "an agent may not reply in what is others'");
/// ```
pub fn allow(role: Role, action: Action, relation: Relation) -> Result<(), Denied> {
    // Every pair is written out, so that a new role or action does not compile without a rule.
    let (own, others) = match (role, action) {
        (Role::Agent, Action::Read | Action::Reply | Action::Close | Action::SetPresence) => {
            (true, false)
        }
        (Role::Agent, Action::Assign | Action::ManageAgents | Action::Inspect) => (false, false),
        (
            Role::Supervisor,
            Action::Read
            | Action::Reply
            | Action::Close
            | Action::Assign
            | Action::SetPresence
            | Action::Inspect,
        ) => (true, true),
        (Role::Supervisor, Action::ManageAgents) => (false, false),
        (Role::Admin, Action::Read | Action::Reply | Action::Close | Action::Assign) => {
            (false, false)
        }
        (Role::Admin, Action::SetPresence | Action::ManageAgents | Action::Inspect) => (true, true),
    };
    let allowed = match relation {
        Relation::Own => own,
        Relation::Others => others,
        Relation::OtherTenant => false,
    };
    if allowed { Ok(()) } else { Err(Denied { role, action, relation }) }
}
