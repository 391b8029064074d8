//! Agents: what they can do, who is there, and how much each has.

use std::collections::BTreeMap;

use async_trait::async_trait;
use rusqlite::{Connection, params};

use crate::domain::{Agent, AgentProfile, Hold, Presence, PresenceChange};
use crate::error::{ErrorKind, Result};
use crate::id::{AgentId, CapacityClass, TenantId};
use crate::store::sqlite::SqliteStore;
use crate::store::sqlite::columns::{Columns, json, limit as rows, number, presence as word};
use crate::store::sqlite::failure::Failure;
use crate::store::sqlite::statement::{all, execute, execute_guarded, first};
use crate::store::{
    Capacity, Commit, OfferAnswer, PresenceCursor, Roster, RosterCursor, load_changes,
};
use crate::time::Timestamp;

pub(super) const NEXT_CHANGE: &str =
    "UPDATE roster SET changes = changes + 1 WHERE one = 1 RETURNING changes";

pub(super) const ENROLL: &str = "INSERT INTO agents \
     (tenant, agent, profile, presence, epoch, missed, last_assigned, changed) \
     VALUES (?1, ?2, ?3, 'offline', 1, 0, NULL, ?4) \
     ON CONFLICT (tenant, agent) DO UPDATE \
     SET profile = excluded.profile, epoch = epoch + 1, changed = excluded.changed";

pub(super) const FORGET_CAPACITY: &str =
    "UPDATE agent_loads SET capacity = 0 WHERE tenant = ?1 AND agent = ?2";

pub(super) const SET_CAPACITY: &str = "INSERT INTO agent_loads \
     (tenant, agent, class, capacity, used) VALUES (?1, ?2, ?3, ?4, 0) \
     ON CONFLICT (tenant, agent, class) DO UPDATE SET capacity = excluded.capacity";

/// Before the presence is set: what says the same again is no change.
pub(super) const KEEP_PRESENCE: &str = "INSERT INTO presences (tenant, agent, presence, at) \
     SELECT tenant, agent, ?3, ?4 FROM agents \
     WHERE tenant = ?1 AND agent = ?2 AND presence <> ?3";

pub(super) const PRESENCES: &str = "SELECT seq, agent, presence, at FROM presences \
     WHERE tenant = ?1 AND seq > ?2 ORDER BY seq LIMIT ?3";

pub(super) const SET_PRESENCE: &str = "UPDATE agents SET presence = ?3, epoch = epoch + 1, \
     missed = CASE WHEN ?3 = 'available' THEN 0 ELSE missed END, changed = ?4 \
     WHERE tenant = ?1 AND agent = ?2";

macro_rules! agents {
    ($rest:literal) => {
        concat!(
            "SELECT agent, tenant, profile, presence, epoch, missed, last_assigned, changed \
             FROM agents WHERE tenant = ?1 ",
            $rest
        )
    };
}

pub(super) const AGENT: &str = agents!("AND agent = ?2");

pub(super) const CHANGED_AGENTS: &str = agents!("AND changed > ?2 ORDER BY changed LIMIT ?3");

pub(super) const LOADS: &str = "SELECT class, used FROM agent_loads \
     WHERE tenant = ?1 AND agent = ?2 AND used > 0";

pub(super) const RESERVE: &str = "UPDATE agent_loads SET used = used + ?4 \
     WHERE tenant = ?1 AND agent = ?2 AND class = ?3 AND used + ?4 <= capacity \
     AND EXISTS (SELECT 1 FROM agents WHERE tenant = ?1 AND agent = ?2 \
     AND presence = 'available' AND epoch = coalesce(?5, epoch))";

pub(super) const FORCE: &str = "INSERT INTO agent_loads (tenant, agent, class, capacity, used) \
     SELECT tenant, agent, ?3, 0, ?4 FROM agents WHERE tenant = ?1 AND agent = ?2 \
     ON CONFLICT (tenant, agent, class) DO UPDATE SET used = used + excluded.used";

pub(super) const GIVE_BACK: &str = "UPDATE agent_loads SET used = max(used - ?4, 0) \
     WHERE tenant = ?1 AND agent = ?2 AND class = ?3";

pub(super) const TOUCH: &str = "UPDATE agents SET last_assigned = coalesce(?3, last_assigned), \
     changed = ?4 WHERE tenant = ?1 AND agent = ?2";

pub(super) const ANSWERED: &str =
    "UPDATE agents SET missed = 0, changed = ?3 WHERE tenant = ?1 AND agent = ?2";

pub(super) const MISSED: &str = "UPDATE agents SET missed = missed + 1, changed = ?3 \
     WHERE tenant = ?1 AND agent = ?2";

pub(super) const KEEP_GIVEN_UP: &str = "INSERT INTO presences (tenant, agent, presence, at) \
     SELECT tenant, agent, 'unresponsive', ?4 FROM agents \
     WHERE tenant = ?1 AND agent = ?2 AND presence = 'available' AND missed >= ?3";

pub(super) const GIVE_UP_ON: &str = "UPDATE agents SET presence = 'unresponsive', \
     epoch = epoch + 1 \
     WHERE tenant = ?1 AND agent = ?2 AND presence = 'available' AND missed >= ?3";

#[async_trait]
impl Roster for SqliteStore {
    async fn enroll(
        &self,
        tenant: &TenantId,
        agent: &AgentId,
        profile: &AgentProfile,
    ) -> Result<()> {
        let (tenant, agent, profile) = (tenant.clone(), agent.clone(), profile.clone());
        self.write("enroll agent", move |connection| {
            let (tenant, agent) = (tenant.as_str(), agent.as_str());
            let change = next_change(connection)?;
            execute(connection, ENROLL, params![tenant, agent, json(&profile)?, change])?;
            execute(connection, FORGET_CAPACITY, params![tenant, agent])?;
            for (class, capacity) in &profile.capacity {
                let params = params![tenant, agent, class.as_str(), capacity];
                execute(connection, SET_CAPACITY, params)?;
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
        at: Timestamp,
    ) -> Result<()> {
        let (tenant, agent) = (tenant.clone(), agent.clone());
        self.write("set presence", move |connection| {
            let (tenant, agent, presence) = (tenant.as_str(), agent.as_str(), word(presence));
            let params = params![tenant, agent, presence, at.millis()];
            execute(connection, KEEP_PRESENCE, params)?;
            let params = params![tenant, agent, presence, next_change(connection)?];
            let unknown = Failure::Refused(ErrorKind::NotFound);
            execute_guarded(connection, SET_PRESENCE, params, unknown)
        })
        .await
    }

    async fn presences(
        &self,
        tenant: &TenantId,
        cursor: PresenceCursor,
        limit: usize,
    ) -> Result<(Vec<PresenceChange>, PresenceCursor)> {
        let tenant = tenant.clone();
        self.read("list presences", move |connection| {
            let params = params![tenant.as_str(), number(cursor.0), rows(limit)];
            let page = all(connection, PRESENCES, params, |row| {
                let mut columns = Columns::of(row);
                let place = columns.number().map(PresenceCursor)?;
                let (agent, presence, at) =
                    (columns.agent()?, columns.presence()?, columns.moment()?);
                Ok((place, PresenceChange { agent, presence, at }))
            })?;
            let next = page.last().map_or(cursor, |(place, _)| *place);
            Ok((page.into_iter().map(|(_, change)| change).collect(), next))
        })
        .await
    }

    async fn agent(&self, tenant: &TenantId, agent: &AgentId) -> Result<Option<Agent>> {
        let (tenant, agent) = (tenant.clone(), agent.clone());
        self.read("read agent", move |connection| {
            let params = params![tenant.as_str(), agent.as_str()];
            let found = first(connection, AGENT, params, |row| read_agent(&mut Columns::of(row)))?;
            found.map(|(agent, _)| with_loads(connection, agent)).transpose()
        })
        .await
    }

    async fn agents(
        &self,
        tenant: &TenantId,
        cursor: RosterCursor,
        limit: usize,
    ) -> Result<(Vec<Agent>, RosterCursor)> {
        let tenant = tenant.clone();
        self.read("list agents", move |connection| {
            let params = params![tenant.as_str(), number(cursor.0), rows(limit)];
            let changed =
                all(connection, CHANGED_AGENTS, params, |row| read_agent(&mut Columns::of(row)))?;
            let next = changed.last().map_or(cursor, |(_, cursor)| *cursor);
            let agents = changed.into_iter().map(|(agent, _)| with_loads(connection, agent));
            Ok((agents.collect::<Result<_, Failure>>()?, next))
        })
        .await
    }
}

fn read_agent(columns: &mut Columns<'_>) -> Result<(Agent, RosterCursor), Failure> {
    let agent = Agent {
        id: columns.agent()?,
        tenant: columns.tenant()?,
        profile: columns.json()?,
        presence: columns.presence()?,
        epoch: columns.number()?,
        used: BTreeMap::new(),
        missed: columns.get()?,
        last_assigned: columns.optional_moment()?,
    };
    Ok((agent, RosterCursor(columns.number()?)))
}

fn with_loads(connection: &Connection, agent: Agent) -> Result<Agent, Failure> {
    let params = params![agent.tenant.as_str(), agent.id.as_str()];
    let loads = all(connection, LOADS, params, |row| {
        let mut columns = Columns::of(row);
        Ok((CapacityClass::new(columns.get::<String>()?), columns.get()?))
    })?;
    Ok(Agent { used: loads.into_iter().collect(), ..agent })
}

fn next_change(connection: &Connection) -> Result<i64, Failure> {
    first(connection, NEXT_CHANGE, [], |row| Ok(row.get(0)?))?.ok_or(Failure::Unreadable)
}

/// The load of agents follows offers and the ownership of conversations.
pub(super) fn move_load(
    connection: &Connection,
    before: &[(AgentId, Hold)],
    commit: &Commit,
) -> Result<(), Failure> {
    let tenant = commit.conversation.tenant.as_str();
    let before = before.iter().map(|(agent, hold)| (agent, hold));
    for change in load_changes(before, commit.conversation.holds()) {
        let (agent, class) = (change.agent.as_str(), change.class.as_str());
        let assigned = if change.weight < 0 {
            let params = params![tenant, agent, class, -change.weight];
            execute(connection, GIVE_BACK, params)?;
            None
        } else {
            let refused = Failure::Refused(ErrorKind::AgentUnavailable);
            match commit.capacity {
                Capacity::Forced => {
                    let params = params![tenant, agent, class, change.weight];
                    execute_guarded(connection, FORCE, params, refused)?;
                }
                Capacity::Reserved { epoch } => {
                    let epoch = epoch.map(number);
                    let params = params![tenant, agent, class, change.weight, epoch];
                    execute_guarded(connection, RESERVE, params, refused)?;
                }
            }
            Some(commit.at.millis())
        };
        let params = params![tenant, agent, assigned, next_change(connection)?];
        execute(connection, TOUCH, params)?;
    }
    Ok(())
}

pub(super) fn count_answer(
    connection: &Connection,
    tenant: &TenantId,
    answer: &OfferAnswer,
    at: Timestamp,
) -> Result<(), Failure> {
    let change = next_change(connection)?;
    match answer {
        OfferAnswer::Given { agent } => {
            execute(connection, ANSWERED, params![tenant.as_str(), agent.as_str(), change])?;
        }
        OfferAnswer::Missed { agent, most } => {
            let (tenant, agent) = (tenant.as_str(), agent.as_str());
            execute(connection, MISSED, params![tenant, agent, change])?;
            if *most > 0 {
                let kept = params![tenant, agent, most, at.millis()];
                execute(connection, KEEP_GIVEN_UP, kept)?;
                execute(connection, GIVE_UP_ON, params![tenant, agent, most])?;
            }
        }
    }
    Ok(())
}
