//! What would have been under another configuration.

use std::collections::BTreeMap;
use std::time::Duration;

use crate::domain::access::{Action, Actor, Subject};
use crate::domain::configuration::{Configuration, Document};
use crate::domain::routing::{Difference, Recorder, what_if};
use crate::engine::Desk;
use crate::engine::act::ActError;
use crate::engine::desk::Parts;
use crate::error::Result;
use crate::id::TenantId;
use crate::store::{Cursor, PresenceCursor, RosterCursor};

/// How much is read at once.
const PAGE: usize = 1024;

impl Desk {
    /// Plays what was recorded since `cursor` of the journal again, as it was and under another
    /// configuration, and tells what differs: waits by queue, and who would have got whom.
    /// Service levels are of those who wait `within` at most. Nothing is changed.
    ///
    /// Agents are there as they were, with the profiles that they have now. Customers come to
    /// the queues they came to, since what they wrote is in no journal. See
    /// [`what_if`] and [`Recorder`] for what else is assumed.
    ///
    /// All facts since `cursor` are read, and the waits among them are held in memory.
    ///
    /// # Errors
    ///
    /// [`Denied`](crate::domain::access::Denied) without the permission; [`ActError::Invalid`]
    /// with all that is wrong with the document.
    pub async fn what_if(
        &self,
        actor: &Actor,
        cursor: Cursor,
        document: &Document,
        within: Duration,
    ) -> Result<Difference, ActError> {
        actor.may_on(Action::WhatIf, &Subject::company(&actor.tenant))?;
        let parts = &self.parts;
        parts.follow_configurations().await?;
        let (now, other) = (
            parts.configuration(&actor.tenant),
            Configuration::new(document.clone(), &parts.strategy_names())?,
        );
        let recorded = parts.recorded(&actor.tenant, cursor).await?.history(parts.now());
        let changed = recorded.under(&other);
        Ok(what_if(
            (&recorded, parts.strategies_of(&now)),
            (&changed, parts.strategies_of(&other)),
            within,
        ))
    }
}

impl Parts {
    async fn recorded(&self, tenant: &TenantId, mut cursor: Cursor) -> Result<Recorder> {
        let mut recorder = Recorder::new(tenant.clone());
        loop {
            let (facts, next) = self.store.journal(cursor, PAGE).await?;
            for fact in facts.iter().filter(|fact| fact.tenant == *tenant) {
                recorder.hears(fact.conversation, fact.at, &fact.event);
            }
            if next == cursor {
                break;
            }
            cursor = next;
        }
        let (mut profiles, mut roster) = (BTreeMap::new(), RosterCursor::default());
        loop {
            let (agents, next) = self.store.agents(tenant, roster, PAGE).await?;
            profiles.extend(agents.into_iter().map(|agent| (agent.id, agent.profile)));
            if next == roster {
                break;
            }
            roster = next;
        }
        let mut presences = PresenceCursor::default();
        loop {
            let (changes, next) = self.store.presences(tenant, presences, PAGE).await?;
            for change in &changes {
                if let Some(profile) = profiles.get(&change.agent) {
                    recorder.sees(&change.agent, profile, change.presence, change.at);
                }
            }
            if next == presences {
                return Ok(recorder);
            }
            presences = next;
        }
    }
}
