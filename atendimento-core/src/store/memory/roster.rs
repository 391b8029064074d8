//! Agents: what they can do, who is there, and how much each has.

use std::collections::BTreeMap;

use async_trait::async_trait;

use crate::domain::{Agent, AgentProfile, Conversation, Presence, PresenceChange};
use crate::error::{Error, ErrorKind, Result};
use crate::id::{AgentId, TenantId};
use crate::store::memory::MemoryStore;
use crate::store::memory::state::{HeldAgent, State};
use crate::store::{
    Capacity, Commit, LoadChange, OfferAnswer, PresenceCursor, Roster, RosterCursor, load_changes,
};
use crate::time::Timestamp;

#[async_trait]
impl Roster for MemoryStore {
    async fn enroll(
        &self,
        tenant: &TenantId,
        agent: &AgentId,
        profile: &AgentProfile,
    ) -> Result<()> {
        let mut state = self.state();
        let key = (tenant.clone(), agent.clone());
        state.agents.entry(key).or_insert_with(|| {
            let agent = Agent {
                id: agent.clone(),
                tenant: tenant.clone(),
                profile: AgentProfile::default(),
                presence: Presence::Offline,
                epoch: 0,
                used: BTreeMap::new(),
                missed: 0,
                last_assigned: None,
            };
            HeldAgent { agent, changed: 0 }
        });
        state.change_agent(tenant, agent, |agent| {
            agent.profile = profile.clone();
            agent.epoch += 1;
        });
        Ok(())
    }

    async fn set_presence(
        &self,
        tenant: &TenantId,
        agent: &AgentId,
        presence: Presence,
        at: Timestamp,
    ) -> Result<()> {
        let mut state = self.state();
        let known = state.change_agent(tenant, agent, |agent| {
            agent.epoch += 1;
            if presence == Presence::Available {
                agent.missed = 0;
            }
        });
        if !known {
            return Err(Error::new("set presence", ErrorKind::NotFound));
        }
        state.change_presence(tenant, agent, presence, at);
        Ok(())
    }

    async fn presences(
        &self,
        tenant: &TenantId,
        cursor: PresenceCursor,
        limit: usize,
    ) -> Result<(Vec<PresenceChange>, PresenceCursor)> {
        let state = self.state();
        let mut next = cursor;
        let mut changes = Vec::new();
        for (number, (company, change)) in (1..).zip(&state.presences) {
            if number > cursor.0 && company == tenant && changes.len() < limit {
                changes.push(change.clone());
                next = PresenceCursor(number);
            }
        }
        Ok((changes, next))
    }

    async fn agent(&self, tenant: &TenantId, agent: &AgentId) -> Result<Option<Agent>> {
        let state = self.state();
        let held = state.agents.get(&(tenant.clone(), agent.clone()));
        Ok(held.map(|held| held.agent.clone()))
    }

    async fn agents(
        &self,
        tenant: &TenantId,
        cursor: RosterCursor,
        limit: usize,
    ) -> Result<(Vec<Agent>, RosterCursor)> {
        let state = self.state();
        let mut changed: Vec<_> = state
            .agents
            .values()
            .filter(|held| held.agent.tenant == *tenant && held.changed > cursor.0)
            .collect();
        changed.sort_by_key(|held| held.changed);
        changed.truncate(limit);
        let next = changed.last().map_or(cursor, |held| RosterCursor(held.changed));
        Ok((changed.into_iter().map(|held| held.agent.clone()).collect(), next))
    }
}

impl State {
    /// Whether everybody has room for what the commit gives them.
    pub(super) fn has_room(&self, commit: &Commit) -> bool {
        self.load_changes(commit).into_iter().all(|change| {
            let key = (commit.conversation.tenant.clone(), change.agent);
            let Ok(more) = u32::try_from(change.weight) else {
                return true; // it is given back
            };
            let Some(HeldAgent { agent, .. }) = self.agents.get(&key) else {
                return false;
            };
            match commit.capacity {
                Capacity::Forced => true,
                Capacity::Reserved { epoch } => {
                    let after = u64::from(agent.used_of(&change.class)) + u64::from(more);
                    agent.presence == Presence::Available
                        && epoch.is_none_or(|epoch| epoch == agent.epoch)
                        && after <= u64::from(agent.profile.capacity_for(&change.class))
                }
            }
        })
    }

    /// The load of agents follows offers and the ownership of conversations.
    pub(super) fn move_load(&mut self, commit: &Commit) {
        for change in self.load_changes(commit) {
            self.change_agent(&commit.conversation.tenant, &change.agent, |agent| {
                let used = i64::from(agent.used_of(&change.class)) + change.weight;
                agent.used.insert(change.class, u32::try_from(used).unwrap_or(0));
                agent.used.retain(|_, used| *used > 0);
                if change.weight > 0 {
                    agent.last_assigned = Some(commit.at);
                }
            });
        }
    }

    fn load_changes(&self, commit: &Commit) -> Vec<LoadChange> {
        let before = self.conversations.get(&commit.conversation.id);
        let before = before.into_iter().flat_map(Conversation::holds);
        load_changes(before, commit.conversation.holds())
    }

    pub(super) fn count_answer(&mut self, tenant: &TenantId, answer: &OfferAnswer, at: Timestamp) {
        match answer {
            OfferAnswer::Given { agent } => {
                self.change_agent(tenant, agent, |agent| agent.missed = 0);
            }
            OfferAnswer::Missed { agent: id, most } => {
                let mut is_given_up = false;
                self.change_agent(tenant, id, |agent| {
                    agent.missed += 1;
                    is_given_up =
                        *most > 0 && agent.missed >= *most && agent.presence == Presence::Available;
                    if is_given_up {
                        agent.epoch += 1;
                    }
                });
                if is_given_up {
                    self.change_presence(tenant, id, Presence::Unresponsive, at);
                }
            }
        }
    }

    /// Changes an agent's presence, and keeps that it was changed.
    fn change_presence(
        &mut self,
        tenant: &TenantId,
        agent: &AgentId,
        presence: Presence,
        at: Timestamp,
    ) {
        let Some(held) = self.agents.get_mut(&(tenant.clone(), agent.clone())) else {
            return;
        };
        if held.agent.presence != presence {
            held.agent.presence = presence;
            let change = PresenceChange { agent: agent.clone(), presence, at };
            self.presences.push((tenant.clone(), change));
        }
    }

    /// Whether there is such an agent.
    fn change_agent(
        &mut self,
        tenant: &TenantId,
        agent: &AgentId,
        change: impl FnOnce(&mut Agent),
    ) -> bool {
        let Some(held) = self.agents.get_mut(&(tenant.clone(), agent.clone())) else {
            return false;
        };
        self.roster_changes += 1;
        held.changed = self.roster_changes;
        change(&mut held.agent);
        true
    }
}
