//! How far a permission reaches.

use std::cmp::Ordering;
use std::fmt;

use serde::{Deserialize, Serialize};

/// How far a permission reaches. Never into another company.
///
/// Each wider one includes the narrower ones. [`Scope::Team`] and [`Scope::Queue`] do not
/// compare, since a team may serve several queues and a queue may be served by several teams;
/// a permission can have both.
///
/// ```
/// use atendimento_core::domain::access::Scope;
///
/// assert!(Scope::Own < Scope::Team && Scope::Queue < Scope::Tenant);
/// assert_eq!(Scope::Team.partial_cmp(&Scope::Queue), None);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// What the actor has, and what is about them.
    Own,
    /// What agents of the actor's teams have, and what is in queues of these teams.
    Team,
    /// What is in the queues that the actor serves, whoever has it.
    Queue,
    /// Everything of the company.
    Tenant,
}

impl Scope {
    /// All of them, narrower ones first.
    pub const ALL: [Self; 4] = [Self::Own, Self::Team, Self::Queue, Self::Tenant];

    /// Its name in a configuration.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Own => "own",
            Self::Team => "team",
            Self::Queue => "queue",
            Self::Tenant => "tenant",
        }
    }

    const fn bit(self) -> u8 {
        match self {
            Self::Own => 1,
            Self::Team => 2,
            Self::Queue => 4,
            Self::Tenant => 8,
        }
    }
}

impl PartialOrd for Scope {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        match (self, other) {
            (Self::Own, Self::Own)
            | (Self::Team, Self::Team)
            | (Self::Queue, Self::Queue)
            | (Self::Tenant, Self::Tenant) => Some(Ordering::Equal),
            (Self::Team, Self::Queue) | (Self::Queue, Self::Team) => None,
            (Self::Own, Self::Team | Self::Queue | Self::Tenant)
            | (Self::Team | Self::Queue, Self::Tenant) => Some(Ordering::Less),
            (Self::Team | Self::Queue | Self::Tenant, Self::Own)
            | (Self::Tenant, Self::Team | Self::Queue) => Some(Ordering::Greater),
        }
    }
}

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// The scopes of a permission; none when it is not given.
///
/// ```
/// use atendimento_core::domain::access::{Scope, Scopes};
///
/// let both = Scopes::TEAM.and(Scopes::QUEUE);
/// assert!(both.contains(Scope::Own) && !both.contains(Scope::Tenant));
/// assert_eq!(both.to_string(), "team, queue");
/// ```
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Scopes(u8);

impl Scopes {
    /// Not at all.
    pub const NONE: Self = Self(0);
    /// On one's own.
    pub const OWN: Self = Self(Scope::Own.bit());
    /// On the teams', and one's own.
    pub const TEAM: Self = Self(Scope::Team.bit() | Self::OWN.0);
    /// On the queues', and one's own.
    pub const QUEUE: Self = Self(Scope::Queue.bit() | Self::OWN.0);
    /// On everything of the company.
    pub const TENANT: Self = Self(Scope::Tenant.bit() | Self::TEAM.0 | Self::QUEUE.0);

    /// One scope, and what it includes.
    pub const fn of(scope: Scope) -> Self {
        match scope {
            Scope::Own => Self::OWN,
            Scope::Team => Self::TEAM,
            Scope::Queue => Self::QUEUE,
            Scope::Tenant => Self::TENANT,
        }
    }

    /// These and those.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether `scope` is among them.
    pub const fn contains(self, scope: Scope) -> bool {
        self.0 & scope.bit() != 0
    }

    /// Whether there is none.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Those that no other of them includes: what one has to name to have them all.
    pub fn widest(self) -> impl Iterator<Item = Scope> {
        let is_within = move |scope| Scope::ALL.iter().any(|it| self.contains(*it) && scope < *it);
        Scope::ALL.into_iter().filter(move |scope| self.contains(*scope) && !is_within(*scope))
    }

    pub(super) const fn without_own(self) -> Self {
        self.without(Scope::Own)
    }

    pub(super) const fn without_team(self) -> Self {
        self.without(Scope::Team)
    }

    pub(super) const fn without_queue(self) -> Self {
        self.without(Scope::Queue)
    }

    const fn without(self, scope: Scope) -> Self {
        Self(self.0 & !scope.bit())
    }
}

impl fmt::Display for Scopes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut separator = "";
        for scope in self.widest() {
            write!(f, "{separator}{scope}")?;
            separator = ", ";
        }
        if self.is_empty() { f.write_str("none") } else { Ok(()) }
    }
}

impl fmt::Debug for Scopes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Scopes({self})")
    }
}
