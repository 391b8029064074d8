//! What somebody is in the company: a name, and what it permits.

use std::borrow::Cow;
use std::fmt;

use crate::domain::access::{Action, Scopes};

/// What somebody is in the company: a name, and for each action the scopes in which it is
/// permitted.
///
/// | | may, in short |
/// |---|---|
/// | [`Role::AGENT`] | serve customers: everything about the conversations they have |
/// | [`Role::SUPERVISOR`] | lead: the same and more for their teams and queues; assign, take over |
/// | [`Role::AUDITOR`] | see everything of the company, change nothing |
/// | [`Role::ADMINISTRATOR`] | set the company up; not read or answer conversations |
/// | [`Role::INTEGRATION`] | keep another system in step: customers, tags, fields; not messages |
///
/// Others are made by [`Role::custom`], and read from a configuration by
/// [`Roles`](crate::domain::access::Roles).
///
/// ```
/// use atendimento_core::domain::access::{Action, Role, Scopes};
///
/// assert_eq!(Role::AGENT.scopes(Action::Reply), Scopes::OWN);
/// assert_eq!(Role::AUDITOR.scopes(Action::Reply), Scopes::NONE);
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Role {
    name: Cow<'static, str>,
    /// By [`Action::index`].
    permissions: Permissions,
}

pub(super) type Permissions = [Scopes; Action::COUNT];

impl Role {
    /// Serves customers: does everything about the conversations they have, and nothing about
    /// others.
    pub const AGENT: Self = Self::built_in("agent", BuiltIn::Agent);
    /// Leads agents: does everything about the conversations of their teams and queues.
    pub const SUPERVISOR: Self = Self::built_in("supervisor", BuiltIn::Supervisor);
    /// Sees everything of the company, and changes nothing.
    pub const AUDITOR: Self = Self::built_in("auditor", BuiltIn::Auditor);
    /// Sets the company up; does not read or answer conversations.
    pub const ADMINISTRATOR: Self = Self::built_in("administrator", BuiltIn::Administrator);
    /// Another system of the company, which keeps customers, tags and fields in step; it reads
    /// no messages and writes none.
    pub const INTEGRATION: Self = Self::built_in("integration", BuiltIn::Integration);

    /// The roles that are always there.
    pub const BUILT_IN: [Self; 5] =
        [Self::AGENT, Self::SUPERVISOR, Self::AUDITOR, Self::ADMINISTRATOR, Self::INTEGRATION];

    /// Its name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// In which scopes it permits `action`; none when it does not.
    pub const fn scopes(&self, action: Action) -> Scopes {
        self.permissions[action.index()]
    }

    /// Whether it is one of [`Role::BUILT_IN`].
    pub fn is_built_in(&self) -> bool {
        matches!(self.name, Cow::Borrowed(_))
    }

    pub(super) fn made(name: &str, permissions: Permissions) -> Self {
        Self { name: Cow::Owned(name.to_owned()), permissions }
    }

    const fn built_in(name: &'static str, role: BuiltIn) -> Self {
        let mut permissions = [Scopes::NONE; Action::COUNT];
        let mut at = 0;
        while at < Action::COUNT {
            permissions[at] = rule(role, Action::ALL[at]);
            at += 1;
        }
        Self { name: Cow::Borrowed(name), permissions }
    }
}

impl fmt::Debug for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Role({})", self.name)
    }
}

#[derive(Clone, Copy)]
enum BuiltIn {
    Agent,
    Supervisor,
    Auditor,
    Administrator,
    Integration,
}

/// What the roles that are always there permit. Every action is written out for each of them, so
/// that a new action does not compile without a rule.
const fn rule(role: BuiltIn, action: Action) -> Scopes {
    match role {
        BuiltIn::Agent => agent(action),
        BuiltIn::Supervisor => supervisor(action),
        BuiltIn::Auditor => auditor(action),
        BuiltIn::Administrator => administrator(action),
        BuiltIn::Integration => integration(action),
    }
}

const fn agent(action: Action) -> Scopes {
    match action {
        Action::ReadConversation
        | Action::ReadMessages
        | Action::Search
        | Action::Reply
        | Action::SendTemplate
        | Action::Note
        | Action::Tag
        | Action::SetField
        | Action::Close
        | Action::Reopen
        | Action::Snooze
        | Action::TransferToAgent
        | Action::TransferToQueue
        | Action::AnswerOffer
        | Action::SetPresence
        | Action::ReadContact
        | Action::ChangeContact
        | Action::ReadFigures => Scopes::OWN,
        Action::ExportTranscript
        | Action::Assign
        | Action::ForceAssign
        | Action::Pull
        | Action::TakeOver
        | Action::ManageAgents
        | Action::MergeContacts
        | Action::UndoMerge
        | Action::Monitor
        | Action::WhatIf
        | Action::ReadConfiguration
        | Action::ChangeConfiguration
        | Action::RollBackConfiguration
        | Action::ReadAudit
        | Action::Inspect
        | Action::Erase => Scopes::NONE,
    }
}

const fn supervisor(action: Action) -> Scopes {
    match action {
        Action::ReadConversation
        | Action::ReadMessages
        | Action::Search
        | Action::ExportTranscript
        | Action::Reply
        | Action::SendTemplate
        | Action::Note
        | Action::Tag
        | Action::SetField
        | Action::Close
        | Action::Reopen
        | Action::Snooze
        | Action::TransferToAgent
        | Action::TransferToQueue
        | Action::Assign
        | Action::ForceAssign
        | Action::Pull
        | Action::TakeOver
        | Action::ReadContact
        | Action::ChangeContact
        | Action::MergeContacts
        | Action::UndoMerge
        | Action::ReadFigures
        | Action::Monitor => Scopes::TEAM.and(Scopes::QUEUE),
        Action::SetPresence => Scopes::TEAM,
        Action::AnswerOffer => Scopes::OWN,
        Action::WhatIf | Action::ReadConfiguration => Scopes::TENANT,
        Action::ManageAgents
        | Action::ChangeConfiguration
        | Action::RollBackConfiguration
        | Action::ReadAudit
        | Action::Inspect
        | Action::Erase => Scopes::NONE,
    }
}

const fn auditor(action: Action) -> Scopes {
    match action {
        Action::ReadConversation
        | Action::ReadMessages
        | Action::Search
        | Action::ExportTranscript
        | Action::ReadContact
        | Action::ReadFigures
        | Action::Monitor
        | Action::ReadConfiguration
        | Action::ReadAudit
        | Action::Inspect => Scopes::TENANT,
        Action::Reply
        | Action::SendTemplate
        | Action::Note
        | Action::Tag
        | Action::SetField
        | Action::Close
        | Action::Reopen
        | Action::Snooze
        | Action::TransferToAgent
        | Action::TransferToQueue
        | Action::Assign
        | Action::ForceAssign
        | Action::Pull
        | Action::TakeOver
        | Action::AnswerOffer
        | Action::SetPresence
        | Action::ManageAgents
        | Action::ChangeContact
        | Action::MergeContacts
        | Action::UndoMerge
        | Action::WhatIf
        | Action::ChangeConfiguration
        | Action::RollBackConfiguration
        | Action::Erase => Scopes::NONE,
    }
}

const fn administrator(action: Action) -> Scopes {
    match action {
        Action::SetPresence
        | Action::ManageAgents
        | Action::ReadFigures
        | Action::Monitor
        | Action::WhatIf
        | Action::ReadConfiguration
        | Action::ChangeConfiguration
        | Action::RollBackConfiguration
        | Action::ReadAudit
        | Action::Inspect
        | Action::Erase => Scopes::TENANT,
        Action::ReadConversation
        | Action::ReadMessages
        | Action::Search
        | Action::ExportTranscript
        | Action::Reply
        | Action::SendTemplate
        | Action::Note
        | Action::Tag
        | Action::SetField
        | Action::Close
        | Action::Reopen
        | Action::Snooze
        | Action::TransferToAgent
        | Action::TransferToQueue
        | Action::Assign
        | Action::ForceAssign
        | Action::Pull
        | Action::TakeOver
        | Action::AnswerOffer
        | Action::ReadContact
        | Action::ChangeContact
        | Action::MergeContacts
        | Action::UndoMerge => Scopes::NONE,
    }
}

const fn integration(action: Action) -> Scopes {
    match action {
        Action::ReadConversation
        | Action::Tag
        | Action::SetField
        | Action::ReadContact
        | Action::ChangeContact
        | Action::ReadFigures => Scopes::TENANT,
        Action::ReadMessages
        | Action::Search
        | Action::ExportTranscript
        | Action::Reply
        | Action::SendTemplate
        | Action::Note
        | Action::Close
        | Action::Reopen
        | Action::Snooze
        | Action::TransferToAgent
        | Action::TransferToQueue
        | Action::Assign
        | Action::ForceAssign
        | Action::Pull
        | Action::TakeOver
        | Action::AnswerOffer
        | Action::SetPresence
        | Action::ManageAgents
        | Action::MergeContacts
        | Action::UndoMerge
        | Action::Monitor
        | Action::WhatIf
        | Action::ReadConfiguration
        | Action::ChangeConfiguration
        | Action::RollBackConfiguration
        | Action::ReadAudit
        | Action::Inspect
        | Action::Erase => Scopes::NONE,
    }
}
