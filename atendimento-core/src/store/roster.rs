//! Agents: what they can do, who is there, and how much each has.

use async_trait::async_trait;

use crate::domain::{Agent, AgentProfile, Presence, PresenceChange};
use crate::error::Result;
use crate::id::{AgentId, TenantId};
use crate::time::Timestamp;

/// A place in the changes of agents, to read on from. Compare for equality only.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RosterCursor(pub u64);

/// A place in the history of presence, to read on from. Compare for equality only.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PresenceCursor(pub u64);

/// Keeps agents.
///
/// - Enrolling again changes the profile, and neither load nor presence.
/// - A new agent is offline and has no load.
/// - Only an enrolled agent has a presence.
/// - A change of profile or presence begins a new epoch.
/// - An agent who is available again has missed nothing.
/// - Agents that changed are listed once, as they are now.
/// - Every change of presence is kept with its moment.
/// - Agents of one company are not listed for another.
#[async_trait]
pub trait Roster {
    /// Adds an agent, or changes the profile of one that is there.
    ///
    /// # Errors
    ///
    /// [`Unavailable`](crate::ErrorKind::Unavailable).
    async fn enroll(
        &self,
        tenant: &TenantId,
        agent: &AgentId,
        profile: &AgentProfile,
    ) -> Result<()>;

    /// Says whether the agent takes new conversations, from `at` on.
    ///
    /// # Errors
    ///
    /// [`NotFound`](crate::ErrorKind::NotFound) when there is no such agent.
    async fn set_presence(
        &self,
        tenant: &TenantId,
        agent: &AgentId,
        presence: Presence,
        at: Timestamp,
    ) -> Result<()>;

    /// Up to `limit` changes of presence of a company's agents after `cursor`, in the order in
    /// which they were made, and where to read on. Who has none yet is offline. What says the
    /// same again is no change; that an agent became
    /// [unresponsive](Presence::Unresponsive) by a commit is one.
    ///
    /// # Errors
    ///
    /// [`Unavailable`](crate::ErrorKind::Unavailable).
    async fn presences(
        &self,
        tenant: &TenantId,
        cursor: PresenceCursor,
        limit: usize,
    ) -> Result<(Vec<PresenceChange>, PresenceCursor)>;

    /// The agent, if there is one.
    ///
    /// # Errors
    ///
    /// [`Unavailable`](crate::ErrorKind::Unavailable).
    async fn agent(&self, tenant: &TenantId, agent: &AgentId) -> Result<Option<Agent>>;

    /// Up to `limit` agents of a company who changed after `cursor`, in the order in which they
    /// changed last, and where to read on. From the beginning, all of them are listed.
    ///
    /// # Errors
    ///
    /// [`Unavailable`](crate::ErrorKind::Unavailable).
    async fn agents(
        &self,
        tenant: &TenantId,
        cursor: RosterCursor,
        limit: usize,
    ) -> Result<(Vec<Agent>, RosterCursor)>;
}
