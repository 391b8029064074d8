//! Agents: who is there, and how much each can take.

use async_trait::async_trait;
use rusqlite::{Connection, params};

use crate::domain::{AgentSlot, Presence};
use crate::error::{ErrorKind, Result};
use crate::id::{AgentId, QueueId, TenantId};
use crate::store::Roster;
use crate::store::sqlite::SqliteStore;
use crate::store::sqlite::columns::{Columns, json, presence as presence_text};
use crate::store::sqlite::failure::Failure;
use crate::store::sqlite::statement::{all, execute, execute_guarded};
use crate::time::Timestamp;

pub(super) const ENROLL: &str = "INSERT INTO agents \
     (tenant, agent, queues, presence, capacity, used, last_assigned) \
     VALUES (?1, ?2, ?3, 'offline', ?4, 0, NULL) \
     ON CONFLICT (tenant, agent) DO UPDATE \
     SET queues = excluded.queues, capacity = excluded.capacity";

pub(super) const LEAVE_QUEUES: &str = "DELETE FROM agent_queues WHERE tenant = ?1 AND agent = ?2";

pub(super) const SERVE_QUEUE: &str = "INSERT INTO agent_queues (tenant, queue, agent) \
     VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING";

pub(super) const SET_PRESENCE: &str =
    "UPDATE agents SET presence = ?3 WHERE tenant = ?1 AND agent = ?2";

pub(super) const ROSTER: &str = "SELECT a.agent, a.tenant, a.queues, a.presence, a.capacity, \
     a.used, a.last_assigned FROM agent_queues AS q \
     JOIN agents AS a ON a.tenant = q.tenant AND a.agent = q.agent \
     WHERE q.tenant = ?1 AND q.queue = ?2 ORDER BY q.agent";

pub(super) const GIVE: &str = "UPDATE agents SET used = used + 1, last_assigned = ?3 \
     WHERE tenant = ?1 AND agent = ?2 AND presence = 'available' AND used < capacity";

pub(super) const TAKE: &str =
    "UPDATE agents SET used = used - 1 WHERE tenant = ?1 AND agent = ?2 AND used > 0";

#[async_trait]
impl Roster for SqliteStore {
    async fn enroll(
        &self,
        tenant: &TenantId,
        agent: &AgentId,
        queues: &[QueueId],
        capacity: u32,
    ) -> Result<()> {
        let (tenant, agent, queues) = (tenant.clone(), agent.clone(), queues.to_vec());
        self.write("enroll agent", move |connection| {
            let (tenant, agent) = (tenant.as_str(), agent.as_str());
            let params = params![tenant, agent, json(&queues)?, capacity];
            execute(connection, ENROLL, params)?;
            execute(connection, LEAVE_QUEUES, params![tenant, agent])?;
            for queue in &queues {
                execute(connection, SERVE_QUEUE, params![tenant, queue.as_str(), agent])?;
            }
            Ok(())
        })
        .await
    }

    async fn set_presence(
        &self,
        tenant: &TenantId,
        agent: &AgentId,
        presence: Presence,
    ) -> Result<()> {
        let (tenant, agent) = (tenant.clone(), agent.clone());
        self.write("set presence", move |connection| {
            let params = params![tenant.as_str(), agent.as_str(), presence_text(presence)];
            let unknown = Failure::Refused(ErrorKind::NotFound);
            execute_guarded(connection, SET_PRESENCE, params, unknown)
        })
        .await
    }

    async fn roster(&self, tenant: &TenantId, queue: &QueueId) -> Result<Vec<AgentSlot>> {
        let (tenant, queue) = (tenant.clone(), queue.clone());
        self.read("read roster", move |connection| {
            all(connection, ROSTER, params![tenant.as_str(), queue.as_str()], |row| {
                read_slot(&mut Columns::of(row))
            })
        })
        .await
    }
}

fn read_slot(columns: &mut Columns<'_>) -> Result<AgentSlot, Failure> {
    Ok(AgentSlot {
        agent: columns.agent()?,
        tenant: columns.tenant()?,
        queues: columns.json()?,
        presence: columns.presence()?,
        capacity: columns.get()?,
        used: columns.get()?,
        last_assigned: columns.optional_moment()?,
    })
}

/// Gives the agent one conversation more, if that fits.
pub(super) fn give(
    connection: &Connection,
    tenant: &TenantId,
    agent: &AgentId,
    at: Timestamp,
) -> Result<(), Failure> {
    let params = params![tenant.as_str(), agent.as_str(), at.millis()];
    let refused = Failure::Refused(ErrorKind::AgentUnavailable);
    execute_guarded(connection, GIVE, params, refused)
}

/// Takes one conversation from the agent.
pub(super) fn take(
    connection: &Connection,
    tenant: &TenantId,
    agent: &AgentId,
) -> Result<(), Failure> {
    execute(connection, TAKE, params![tenant.as_str(), agent.as_str()])?;
    Ok(())
}
