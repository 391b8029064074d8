//! Who waits gets an agent: the board proposes, the store's commit is the judge.
//!
//! A board is made of what is in the store and follows it by two cursors, the journal's and the
//! roster's, so that it sees what other processes do. What it proposes may be out of date; then
//! nothing is committed, and the board is told what is true.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use futures_util::future::join_all;
use tracing::{debug, info};

use crate::domain::configuration::Configuration;
use crate::domain::routing::{
    Board, Item, LeastLoaded, LongestIdle, LooksAt, Match, Rank, Requirement, RoutingStrategy,
    SkillFirst, StillWaits, Strategies,
};
use crate::domain::{Agent, Conversation, Event, Hold, Input, OwnerKind, Presence, Way, decide};
use crate::engine::desk::Parts;
use crate::error::{Error, ErrorKind, Result};
use crate::id::{AgentId, ConversationId, TenantId};
use crate::store::{Capacity, Cursor, RosterCursor};

/// How many claims are committed at once, so that they share the disk's work.
const AT_ONCE: usize = 64;

/// How much is read at once of what changed.
const PAGE: usize = 1024;

/// What routing knows; a hint, made anew whenever a process starts.
#[derive(Default)]
pub(super) struct Router {
    companies: BTreeMap<TenantId, Company>,
    /// How far the journal was followed; `None` before the boards are made.
    journal: Option<Cursor>,
}

struct Company {
    board: Board,
    /// The version that its strategies are of.
    configuration: u64,
    /// How far the roster was followed.
    roster: RosterCursor,
    presences: BTreeMap<AgentId, Presence>,
    /// What waits for one agent only.
    kept: BTreeMap<AgentId, BTreeSet<ConversationId>>,
}

impl Parts {
    /// Gives agents to those who wait, or asks them; whether anything was done.
    pub(super) async fn route_next(&self) -> Result<bool> {
        let mut router = self.router.lock().await;
        let mut any = self.catch_up(&mut router).await?;
        for (tenant, company) in &mut router.companies {
            any |= self.give_up_waiting_for_one(company).await?;
            any |= self.match_all(tenant, company).await?;
            any |= self.ask_again(company).await?;
        }
        Ok(any)
    }

    /// Brings the boards up to date; whether anything was done for it.
    async fn catch_up(&self, router: &mut Router) -> Result<bool> {
        self.follow_configurations().await?;
        let is_outdated = router
            .companies
            .iter()
            .any(|(tenant, company)| self.configuration(tenant).version() != company.configuration);
        if router.journal.is_none() || is_outdated {
            self.make_boards(router).await?;
        }
        self.follow_journal(router).await?;
        let mut any = false;
        for (tenant, company) in &mut router.companies {
            any |= self.follow_roster(tenant, company).await?;
        }
        Ok(any)
    }

    /// Why a conversation still waits; `None` when it does not.
    pub(super) async fn why_it_waits(
        &self,
        tenant: &TenantId,
        id: ConversationId,
    ) -> Result<Option<StillWaits>> {
        let mut router = self.router.lock().await;
        self.catch_up(&mut router).await?;
        Ok(router.companies.get(tenant).and_then(|company| company.board.explain(id)))
    }

    /// The strategies that a configuration names.
    pub(super) fn strategies_of(&self, configuration: &Configuration) -> Strategies {
        let mut strategies = Strategies::default();
        for queue in configuration.document().queues.keys() {
            if let Some(strategy) = self.strategies.get(configuration.strategy(queue)) {
                strategies = strategies.with(queue.clone(), strategy.clone());
            }
        }
        strategies
    }

    async fn make_boards(&self, router: &mut Router) -> Result<()> {
        // Taken first: what changes while the boards are made is followed later.
        let journal = self.store.journal_end().await?;
        let mut companies = BTreeMap::new();
        for tenant in self.settings.tenants() {
            let configuration = self.configuration(tenant);
            let mut company = Company {
                board: Board::new(self.strategies_of(&configuration)),
                configuration: configuration.version(),
                roster: RosterCursor::default(),
                presences: BTreeMap::new(),
                kept: BTreeMap::new(),
            };
            for conversation in self.store.in_line(tenant).await? {
                company.put(&conversation);
            }
            companies.insert(tenant.clone(), company);
        }
        *router = Router { companies, journal: Some(journal) };
        Ok(())
    }

    /// Puts on the boards what came into line since, and takes off what left it.
    async fn follow_journal(&self, router: &mut Router) -> Result<()> {
        while let Some(cursor) = router.journal {
            let (facts, next) = self.store.journal(cursor, PAGE).await?;
            let is_last = facts.len() < PAGE;
            let moved: BTreeSet<_> = facts
                .into_iter()
                .filter(|fact| concerns_the_line(&fact.event))
                .map(|fact| fact.conversation)
                .collect();
            for id in moved {
                if let Some(conversation) = self.store.conversation(id).await?
                    && let Some(company) = router.companies.get_mut(&conversation.tenant)
                {
                    company.put(&conversation);
                }
            }
            router.journal = Some(next);
            if is_last {
                return Ok(());
            }
        }
        Ok(())
    }

    /// Takes over what agents have become; whether anybody came or left.
    async fn follow_roster(&self, tenant: &TenantId, company: &mut Company) -> Result<bool> {
        let mut any = false;
        loop {
            let (agents, next) = self.store.agents(tenant, company.roster, PAGE).await?;
            if agents.is_empty() {
                return Ok(any);
            }
            for agent in agents {
                let before = company.presences.insert(agent.id.clone(), agent.presence);
                // Whoever died between a change of presence and what follows of it is followed
                // here; it is the same when it was done already.
                if before != Some(agent.presence) {
                    self.follow_presence(tenant, &agent.id, agent.presence).await?;
                    any = true;
                }
                company.board.set_agent(agent);
            }
            company.roster = next;
        }
    }

    /// What waits for one agent who is not there waits for others at once.
    async fn give_up_waiting_for_one(&self, company: &mut Company) -> Result<bool> {
        let gone: Vec<_> = company
            .kept
            .iter()
            .filter(|(agent, _)| company.presences.get(*agent) != Some(&Presence::Available))
            .flat_map(|(agent, ids)| ids.iter().map(|id| (agent.clone(), *id)))
            .collect();
        let mut any = false;
        for (agent, id) in gone {
            any |= self.say(company, id, &Input::NotThere { agent }).await?;
        }
        Ok(any)
    }

    /// Makes all pairs that can be made.
    async fn match_all(&self, tenant: &TenantId, company: &mut Company) -> Result<bool> {
        let mut any = false;
        loop {
            let found: Vec<_> = std::iter::from_fn(|| company.board.next()).take(AT_ONCE).collect();
            if found.is_empty() {
                return Ok(any);
            }
            let claims = found.iter().map(|found| self.claim(found));
            for (found, outcome) in found.iter().zip(join_all(claims).await) {
                match outcome {
                    Ok(()) => any = true,
                    Err(error)
                        if matches!(
                            error.kind(),
                            ErrorKind::Conflict | ErrorKind::AgentUnavailable
                        ) =>
                    {
                        debug!(conversation.id = %found.conversation, %error, "claim lost a race");
                        self.look_again(tenant, company, found).await?;
                    }
                    Err(error) => return Err(error),
                }
            }
            // Others have work as well.
            tokio::task::yield_now().await;
        }
    }

    /// Gives the conversation to the agent, or asks them, if both are still as they were.
    async fn claim(&self, found: &Match) -> Result<()> {
        let conflict = || Error::new("claim", ErrorKind::Conflict);
        let conversation = self.store.conversation(found.conversation).await?;
        let conversation = conversation.ok_or_else(conflict)?;
        let ticket = conversation.waiting().ok_or_else(conflict)?;
        // A message more makes another version, and no other place in line.
        let asks_the_same = *ticket.requirement() == found.explanation.requirement
            && ticket.key == found.explanation.key
            && !ticket.excluded.contains(&found.agent);
        if !asks_the_same {
            return Err(conflict());
        }
        let now = self.now();
        let agent = found.agent.clone();
        let input = match ticket.offer {
            Some(time) => Input::Offer { agent, until: now + time },
            None => {
                let kind = OwnerKind::Person { hold: Hold::from(ticket) };
                Input::Assign { agent, kind, way: Way::Routed, by: None }
            }
        };
        let decision = decide(&conversation, &input, now).map_err(|_| conflict())?;
        let mut commit = self.commit_of(&conversation, decision, now);
        commit.capacity = Capacity::Reserved { epoch: Some(found.epoch) };
        commit.explanation = Some(found.explanation.clone());
        self.commit(commit).await?;
        let (conversation, agent) = (found.conversation, &found.agent);
        match ticket.offer {
            Some(_) => {
                info!(conversation.id = %conversation, agent.id = %agent, "offered conversation");
            }
            None => {
                info!(conversation.id = %conversation, agent.id = %agent, "assigned conversation");
            }
        }
        Ok(())
    }

    /// Tells the board what is true of a pair that could not be made.
    async fn look_again(
        &self,
        tenant: &TenantId,
        company: &mut Company,
        found: &Match,
    ) -> Result<()> {
        match self.store.conversation(found.conversation).await? {
            Some(conversation) => company.put(&conversation),
            None => company.take_off(found.conversation),
        }
        match self.store.agent(tenant, &found.agent).await? {
            Some(agent) => company.board.set_agent(agent),
            None => company.board.remove_agent(&found.agent),
        }
        Ok(())
    }

    /// Where everybody has refused or let it pass, everybody is asked again.
    async fn ask_again(&self, company: &mut Company) -> Result<bool> {
        let mut any = false;
        for id in company.board.refused_by_all() {
            any |= self.say(company, id, &Input::AllExcluded).await?;
        }
        Ok(any)
    }

    /// Tells a conversation that waits what routing found, and the board what became of it.
    async fn say(&self, company: &mut Company, id: ConversationId, input: &Input) -> Result<bool> {
        let Some(conversation) = self.store.conversation(id).await? else {
            company.take_off(id);
            return Ok(false);
        };
        let now = self.now();
        let decision = match decide(&conversation, input, now) {
            Ok(decision) if !decision.events.is_empty() => decision,
            Ok(_) | Err(_) => {
                company.put(&conversation);
                return Ok(false);
            }
        };
        let commit = self.commit_of(&conversation, decision, now);
        let after = commit.conversation.clone();
        match self.commit(commit).await {
            Ok(()) => {
                company.put(&after);
                Ok(true)
            }
            // The journal tells what it is now.
            Err(error) if error.kind() == ErrorKind::Conflict => Ok(false),
            Err(error) => Err(error),
        }
    }
}

impl Company {
    /// Says where the conversation stands now: in line, or not.
    fn put(&mut self, conversation: &Conversation) {
        self.take_off(conversation.id);
        let Some(ticket) = conversation.waiting() else {
            return;
        };
        if let Some(only) = &ticket.requirement().only {
            self.kept.entry(only.clone()).or_default().insert(conversation.id);
        }
        let mut item = Item::new(conversation.id, conversation.version, ticket);
        // Who passes it on has it already.
        item.excluded.extend(conversation.assignee().cloned());
        self.board.put(item);
    }

    fn take_off(&mut self, id: ConversationId) {
        self.board.remove(id);
        self.kept.retain(|_, ids| {
            ids.remove(&id);
            !ids.is_empty()
        });
    }
}

/// Whether a fact moves a conversation into line, within it or out of it.
fn concerns_the_line(event: &Event) -> bool {
    match event {
        Event::Queued { .. }
        | Event::StageReached { .. }
        | Event::LeftLine
        | Event::Offered { .. }
        | Event::OfferEnded { .. }
        | Event::ExclusionsCleared
        | Event::Assigned { .. }
        | Event::Released { .. }
        | Event::WrapUpBegan { .. }
        | Event::Snoozed { .. }
        | Event::Closed { .. } => true,
        Event::Opened { .. }
        | Event::Promised { .. }
        | Event::Numbered { .. }
        | Event::MessageReceived { .. }
        | Event::MessageRevoked { .. }
        | Event::OwnerLeft { .. }
        | Event::OwnerReturned
        | Event::ReplyQueued { .. }
        | Event::DeliveryAdvanced { .. }
        | Event::WindowClosed
        | Event::ThreadPassed { .. }
        | Event::Noted { .. }
        | Event::Tagged { .. }
        | Event::Untagged { .. }
        | Event::FieldSet { .. }
        | Event::Exported { .. }
        | Event::RecordedInCrm { .. }
        | Event::CrmGaveUp { .. }
        | Event::PromiseKept { .. }
        | Event::PromiseBroken { .. }
        | Event::Resumed
        | Event::Woken
        | Event::Reopened => false,
    }
}

/// A strategy that several boards use.
#[derive(Clone)]
pub(super) struct SharedStrategy(Arc<dyn RoutingStrategy>);

impl SharedStrategy {
    pub(super) fn new(strategy: impl RoutingStrategy + 'static) -> Self {
        Self(Arc::new(strategy))
    }
}

impl RoutingStrategy for SharedStrategy {
    fn name(&self) -> &str {
        self.0.name()
    }

    fn looks_at(&self) -> LooksAt {
        self.0.looks_at()
    }

    fn rank(&self, agent: &Agent, requirement: &Requirement) -> Rank {
        self.0.rank(agent, requirement)
    }
}

/// The strategies that are always there, by name.
pub(super) fn built_in() -> BTreeMap<String, SharedStrategy> {
    let all = [
        SharedStrategy::new(LongestIdle),
        SharedStrategy::new(LeastLoaded),
        SharedStrategy::new(SkillFirst),
    ];
    all.into_iter().map(|strategy| (strategy.name().to_owned(), strategy)).collect()
}
