//! The front door, and how it is built.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::atomic::AtomicU64;
use std::sync::{Arc, RwLock};

use tokio::sync::Notify;

use crate::channel::Channel;
use crate::crm::CrmAdapter;
use crate::domain::configuration::Configuration;
use crate::domain::routing::RoutingStrategy;
use crate::engine::feed::Publisher;
use crate::engine::figures::Measured;
use crate::engine::route::{Router, SharedStrategy, built_in};
use crate::engine::{Account, Settings};
use crate::error::{Error, Result};
use crate::id::{AccountId, QueueId, Randomness, SystemRandomness, TenantId, WorkerId};
use crate::store::{Lease, Store};
use crate::time::{Clock, SystemClock, Timestamp};
use crate::vault::Vault;

/// A service desk: what embeds this crate holds one of these.
///
/// Clones share the same desk. Several processes may each have a desk on the same store: any
/// of them takes any work, and a claim that its holder lost cannot commit.
#[derive(Clone)]
pub struct Desk {
    pub(super) parts: Arc<Parts>,
}

pub(super) struct Parts {
    pub(super) store: Arc<dyn Store>,
    pub(super) vault: Vault,
    pub(super) channel: Arc<dyn Channel>,
    pub(super) crm: Option<Arc<dyn CrmAdapter>>,
    pub(super) clock: Arc<dyn Clock>,
    pub(super) randomness: Arc<dyn Randomness>,
    pub(super) settings: Settings,
    pub(super) configurations: RwLock<BTreeMap<TenantId, Arc<Configuration>>>,
    /// Whether what was published before this process began was taken over.
    pub(super) configured: tokio::sync::OnceCell<()>,
    /// The version that could not be taken over, so that it is told once.
    pub(super) refused_version: AtomicU64,
    pub(super) strategies: BTreeMap<String, SharedStrategy>,
    pub(super) router: tokio::sync::Mutex<Router>,
    pub(super) measured: tokio::sync::Mutex<Measured>,
    pub(super) worker: WorkerId,
    /// When this process began to listen.
    pub(super) began: Timestamp,
    pub(super) feed: Publisher,
    pub(super) wake: Wake,
}

/// Calls for work that was just queued. Hints: polling finds what a hint missed.
#[derive(Default)]
pub(super) struct Wake {
    pub(super) split: Notify,
    pub(super) process: Notify,
    pub(super) time: Notify,
    pub(super) route: Notify,
    pub(super) send: Notify,
    pub(super) crm: Notify,
}

impl Desk {
    /// Begins to build a desk of these parts.
    pub fn builder(
        store: impl Store + 'static,
        vault: Vault,
        channel: impl Channel + 'static,
    ) -> DeskBuilder {
        DeskBuilder {
            store: Arc::new(store),
            vault,
            channel: Arc::new(channel),
            crm: None,
            clock: Arc::new(SystemClock),
            randomness: Arc::new(SystemRandomness),
            settings: Settings::default(),
            configuration: None,
            strategies: built_in(),
        }
    }

    /// The store, to read what has no method of its own here.
    pub fn store(&self) -> &dyn Store {
        self.parts.store.as_ref()
    }
}

impl Parts {
    pub(super) fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Waits as long as between two looks for work.
    pub(super) async fn pause(&self) {
        tokio::time::sleep(self.settings.poll).await;
    }

    pub(super) fn lease(&self) -> Lease {
        let now = self.now();
        Lease { worker: self.worker, now, until: now + self.settings.lease }
    }
}

impl fmt::Debug for Desk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Desk").field("settings", &self.parts.settings).finish_non_exhaustive()
    }
}

/// Builds a [`Desk`].
#[must_use]
pub struct DeskBuilder {
    store: Arc<dyn Store>,
    vault: Vault,
    channel: Arc<dyn Channel>,
    crm: Option<Arc<dyn CrmAdapter>>,
    clock: Arc<dyn Clock>,
    randomness: Arc<dyn Randomness>,
    settings: Settings,
    configuration: Option<Configuration>,
    strategies: BTreeMap<String, SharedStrategy>,
}

impl DeskBuilder {
    /// Adds a number of the business, whose customers wait in `queue`.
    pub fn account(mut self, id: impl Into<AccountId>, queue: impl Into<QueueId>) -> Self {
        let tenant = self.settings.tenant.clone();
        self.settings.accounts.push(Account { id: id.into(), tenant, queue: queue.into() });
        self
    }

    /// Tells this CRM of customers and messages. Without one, nothing is told.
    pub fn crm(mut self, crm: impl CrmAdapter + 'static) -> Self {
        self.crm = Some(Arc::new(crm));
        self
    }

    /// Replaces all settings; accounts that were added before are gone.
    pub fn settings(mut self, settings: Settings) -> Self {
        self.settings = settings;
        self
    }

    /// What the company of the [settings](Settings::tenant) decides about its queues. Without
    /// it, whoever is free gets who waits longest. It holds, as version 0, until one is published.
    pub fn configuration(mut self, configuration: Configuration) -> Self {
        // Nobody has published it.
        self.configuration = Some(configuration.with_version(0));
        self
    }

    /// Adds a strategy of the host's, which queues choose by its name.
    pub fn strategy(mut self, strategy: impl RoutingStrategy + 'static) -> Self {
        let strategy = SharedStrategy::new(strategy);
        self.strategies.insert(strategy.name().to_owned(), strategy);
        self
    }

    /// Asks this clock instead of the system's.
    pub fn clock(mut self, clock: impl Clock + 'static) -> Self {
        self.clock = Arc::new(clock);
        self
    }

    /// Takes randomness from here instead of from the system.
    pub fn randomness(mut self, randomness: impl Randomness + 'static) -> Self {
        self.randomness = Arc::new(randomness);
        self
    }

    /// The desk. Nothing is started yet.
    ///
    /// # Errors
    ///
    /// [`Configuration`](crate::ErrorKind::Configuration), in one sentence, when the settings
    /// cannot work.
    pub fn build(self) -> Result<Desk> {
        self.settings.check()?;
        if self.crm.as_ref().is_some_and(|crm| crm.connection().is_empty()) {
            return Err(Error::configuration("set up desk", "the CRM connection has no name"));
        }
        let configurations = self.configurations()?;
        let began = self.clock.now();
        let worker = WorkerId::new(began, self.randomness.as_ref());
        Ok(Desk {
            parts: Arc::new(Parts {
                store: self.store,
                vault: self.vault,
                channel: self.channel,
                crm: self.crm,
                clock: self.clock,
                randomness: self.randomness,
                settings: self.settings,
                configurations: RwLock::new(configurations),
                configured: tokio::sync::OnceCell::new(),
                refused_version: AtomicU64::new(0),
                strategies: self.strategies,
                router: tokio::sync::Mutex::default(),
                measured: tokio::sync::Mutex::default(),
                worker,
                began,
                feed: Publisher::default(),
                wake: Wake::default(),
            }),
        })
    }
}

impl DeskBuilder {
    /// What holds for each company: what was decided, or what follows of its accounts.
    fn configurations(&self) -> Result<BTreeMap<TenantId, Arc<Configuration>>> {
        let mut configurations = BTreeMap::new();
        let is_own = |account: &Account| account.tenant == self.settings.tenant;
        if self.configuration.is_some() && !self.settings.accounts.iter().any(is_own) {
            let sentence = "the configuration is of a company that has no number here";
            return Err(Error::configuration("set up desk", sentence));
        }
        for account in &self.settings.accounts {
            let tenant = &account.tenant;
            if configurations.contains_key(tenant) {
                continue;
            }
            let own = self.configuration.as_ref().filter(|_| *tenant == self.settings.tenant);
            let configuration = match own {
                Some(configuration) => configuration.clone(),
                None => {
                    let of_tenant = self.settings.accounts.iter().filter(|it| it.tenant == *tenant);
                    let routes = of_tenant.map(|it| (it.id.clone(), it.queue.clone()));
                    Configuration::plain(routes).map_err(|invalid| {
                        Error::configuration("set up desk", invalid.to_string())
                    })?
                }
            };
            let queues = configuration.document().queues.keys();
            let strategies = queues.map(|queue| configuration.strategy(queue));
            if let Some(unknown) = strategies.filter(|it| !self.strategies.contains_key(*it)).min()
            {
                let sentence = format!("there is no strategy `{unknown}`: add it to the builder");
                return Err(Error::configuration("set up desk", sentence));
            }
            configurations.insert(tenant.clone(), Arc::new(configuration));
        }
        Ok(configurations)
    }
}

impl fmt::Debug for DeskBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DeskBuilder").field("settings", &self.settings).finish_non_exhaustive()
    }
}
