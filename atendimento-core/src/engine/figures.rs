//! What is measured: the journal and the history of presence, followed as they grow.

use std::collections::BTreeMap;
use std::time::Duration;

use crate::domain::access::{Action, Actor};
use crate::domain::figures::{Ledger, Live, Period, Report};
use crate::engine::act::ActError;
use crate::engine::desk::{Desk, Parts};
use crate::error::Result;
use crate::id::{AgentId, QueueId, TenantId};
use crate::store::{Cursor, PresenceCursor, RosterCursor};

/// How much is read at once of what came since.
const PAGE: usize = 1024;

/// What this process has counted; made anew from the journal when it starts.
#[derive(Default)]
pub(super) struct Measured {
    /// How far the journal was followed.
    journal: Cursor,
    companies: BTreeMap<TenantId, Company>,
}

#[derive(Default)]
struct Company {
    ledger: Ledger,
    /// How far the history of presence was followed.
    presences: PresenceCursor,
    /// How far the roster was followed.
    roster: RosterCursor,
    serving: BTreeMap<AgentId, Vec<QueueId>>,
}

impl Desk {
    /// The figures of a period, as far as the actor may see them: an agent sees their own, a
    /// supervisor those of their queues and teams. `docs/figures.md` says what each means.
    ///
    /// Each process counts for itself: the first time, it reads the journal from its beginning;
    /// after that, what came since.
    ///
    /// # Errors
    ///
    /// [`Denied`](crate::domain::access::Denied) when they may see none at all.
    pub async fn figures(&self, actor: &Actor, period: Period) -> Result<Report, ActError> {
        let grant = actor.may(Action::ReadFigures)?;
        let parts = &self.parts;
        parts.follow_configurations().await?;
        let mut measured = parts.measured.lock().await;
        let company = parts.measure(&mut measured, &actor.tenant).await?;
        let targets = parts.first_answer_targets(&actor.tenant);
        Ok(company.ledger.report(&grant, period, parts.now(), targets))
    }

    /// How queues and agents stand now, as far as the actor may monitor them.
    ///
    /// # Errors
    ///
    /// [`Denied`](crate::domain::access::Denied) when they may monitor none at all.
    pub async fn live(&self, actor: &Actor) -> Result<Live, ActError> {
        let grant = actor.may(Action::Monitor)?;
        let parts = &self.parts;
        let mut measured = parts.measured.lock().await;
        let company = parts.measure(&mut measured, &actor.tenant).await?;
        Ok(company.ledger.live(&grant, parts.now(), &company.serving))
    }
}

impl Parts {
    /// Takes in what came since, and answers with what one company has.
    async fn measure<'a>(
        &self,
        measured: &'a mut Measured,
        tenant: &TenantId,
    ) -> Result<&'a Company> {
        self.measure_facts(measured).await?;
        let company = measured.companies.entry(tenant.clone()).or_default();
        self.measure_presences(tenant, company).await?;
        Ok(company)
    }

    async fn measure_facts(&self, measured: &mut Measured) -> Result<()> {
        loop {
            let (facts, next) = self.store.journal(measured.journal, PAGE).await?;
            let is_last = facts.len() < PAGE;
            // Nothing is awaited between these: who gives up leaves all of a page or nothing.
            for fact in facts {
                let company = measured.companies.entry(fact.tenant).or_default();
                company.ledger.apply(fact.conversation, fact.version, fact.at, &fact.event);
            }
            measured.journal = next;
            if is_last {
                return Ok(());
            }
        }
    }

    async fn measure_presences(&self, tenant: &TenantId, company: &mut Company) -> Result<()> {
        loop {
            let (changes, next) = self.store.presences(tenant, company.presences, PAGE).await?;
            let is_last = changes.len() < PAGE;
            changes.iter().for_each(|change| company.ledger.change_presence(change));
            company.presences = next;
            if is_last {
                break;
            }
        }
        loop {
            let (agents, next) = self.store.agents(tenant, company.roster, PAGE).await?;
            let is_last = agents.len() < PAGE;
            for agent in agents {
                company.serving.insert(agent.id, agent.profile.queues);
            }
            company.roster = next;
            if is_last {
                return Ok(());
            }
        }
    }

    /// How soon customers are to be answered, by queue.
    fn first_answer_targets(&self, tenant: &TenantId) -> BTreeMap<QueueId, Duration> {
        let configuration = self.configuration(tenant);
        let queues = configuration.document().queues.iter();
        let targets = queues.filter_map(|(queue, settings)| {
            let target = settings.service.as_ref()?.first_answer?;
            Some((queue.clone(), Duration::from(target)))
        });
        targets.collect()
    }
}
