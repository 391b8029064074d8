//! What a company decides about its queues is published, compared and taken back.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use tracing::{error, info};

use crate::domain::access::{Action, Actor, Subject};
use crate::domain::configuration::{Change, Configuration, Document, difference};
use crate::engine::Desk;
use crate::engine::act::ActError;
use crate::engine::desk::Parts;
use crate::error::{Error, ErrorKind, Result};
use crate::id::TenantId;
use crate::store::ConfigurationRecord;

impl Desk {
    /// What holds for the actor's company now, with its version.
    ///
    /// # Errors
    ///
    /// [`Denied`](crate::domain::access::Denied) without the permission.
    pub async fn configuration(&self, actor: &Actor) -> Result<Arc<Configuration>, ActError> {
        actor.may_on(Action::ReadConfiguration, &Subject::company(&actor.tenant))?;
        self.parts.follow_configurations().await?;
        Ok(self.parts.configuration(&actor.tenant))
    }

    /// The versions that were published, the newest first, from `before` on: what, by whom,
    /// when and why.
    ///
    /// # Errors
    ///
    /// As [`Desk::configuration`].
    pub async fn configuration_versions(
        &self,
        actor: &Actor,
        before: Option<u64>,
        limit: usize,
    ) -> Result<Vec<ConfigurationRecord>, ActError> {
        actor.may_on(Action::ReadConfiguration, &Subject::company(&actor.tenant))?;
        Ok(self.parts.store.configurations(&actor.tenant, before, limit).await?)
    }

    /// What differs from version `before` to version `after`.
    ///
    /// # Errors
    ///
    /// As [`Desk::configuration`]; [`ActError::NotFound`] when there is no such version.
    pub async fn compare_configurations(
        &self,
        actor: &Actor,
        before: u64,
        after: u64,
    ) -> Result<Vec<Change>, ActError> {
        let before = self.version(actor, before).await?;
        let after = self.version(actor, after).await?;
        Ok(difference(&before.document, &after.document))
    }

    /// Publishes another configuration, on version `latest` (0 before the first). It holds here
    /// at once, and in other processes as soon as they look. The answer is its version.
    ///
    /// # Errors
    ///
    /// [`ActError::Invalid`] with all that is wrong with it; [`ActError::Failed`] of kind
    /// [`Conflict`](crate::ErrorKind::Conflict) when somebody published meanwhile. Nothing has
    /// changed.
    pub async fn publish_configuration(
        &self,
        actor: &Actor,
        latest: u64,
        document: Document,
        comment: impl Into<String>,
    ) -> Result<u64, ActError> {
        actor.may_on(Action::ChangeConfiguration, &Subject::company(&actor.tenant))?;
        self.publish(actor, latest, document, comment.into(), None).await
    }

    /// Goes back to version `to`, as a new version on `latest`. The answer is its version.
    ///
    /// # Errors
    ///
    /// As [`Desk::publish_configuration`]; [`ActError::NotFound`] when there is no version `to`.
    pub async fn roll_back_configuration(
        &self,
        actor: &Actor,
        latest: u64,
        to: u64,
        comment: impl Into<String>,
    ) -> Result<u64, ActError> {
        actor.may_on(Action::RollBackConfiguration, &Subject::company(&actor.tenant))?;
        let document = self.find_version(actor, to).await?.document;
        self.publish(actor, latest, document, comment.into(), Some(to)).await
    }

    async fn publish(
        &self,
        actor: &Actor,
        latest: u64,
        document: Document,
        comment: String,
        rolled_back_to: Option<u64>,
    ) -> Result<u64, ActError> {
        let parts = &self.parts;
        Configuration::new(document.clone(), &parts.strategy_names())?;
        // After the last version there is, none can follow.
        let version = latest.checked_add(1);
        let version =
            version.ok_or_else(|| Error::new("publish configuration", ErrorKind::Conflict))?;
        let record = ConfigurationRecord {
            tenant: actor.tenant.clone(),
            version,
            at: parts.now(),
            by: actor.id.clone(),
            comment,
            rolled_back_to,
            document,
        };
        parts.store.publish(record).await?;
        info!(version, agent.id = %actor.id, "published configuration");
        parts.follow_configurations().await?;
        parts.wake.route.notify_one();
        Ok(version)
    }

    async fn version(&self, actor: &Actor, version: u64) -> Result<ConfigurationRecord, ActError> {
        actor.may_on(Action::ReadConfiguration, &Subject::company(&actor.tenant))?;
        self.find_version(actor, version).await
    }

    async fn find_version(
        &self,
        actor: &Actor,
        version: u64,
    ) -> Result<ConfigurationRecord, ActError> {
        let before = version.checked_add(1);
        let found = self.parts.store.configurations(&actor.tenant, before, 1).await?.pop();
        found.filter(|found| found.version == version).ok_or(ActError::NotFound)
    }
}

impl Parts {
    /// Takes over what was published, here or by another process; whether anything was.
    pub(super) async fn follow_configurations(&self) -> Result<bool> {
        let mut any = false;
        for tenant in self.settings.tenants() {
            any |= self.follow_configuration(tenant).await?;
        }
        Ok(any)
    }

    async fn follow_configuration(&self, tenant: &TenantId) -> Result<bool> {
        let Some(latest) = self.store.configurations(tenant, None, 1).await?.pop() else {
            return Ok(false);
        };
        let version = latest.version;
        if self.configuration(tenant).version() >= version {
            return Ok(false);
        }
        match Configuration::new(latest.document, &self.strategy_names()) {
            Ok(configuration) => {
                let is_taken = self.take_over(tenant, configuration.with_version(version));
                if is_taken {
                    info!(version, "took over configuration");
                }
                Ok(is_taken)
            }
            // A newer program knows strategies that this one does not: go on as before.
            Err(invalid) => {
                if self.refused_version.swap(version, Ordering::Relaxed) != version {
                    error!(version, %invalid, "cannot take over configuration");
                }
                Ok(false)
            }
        }
    }

    fn take_over(&self, tenant: &TenantId, configuration: Configuration) -> bool {
        let mut all = self.configurations.write().expect("no code panics while holding the lock");
        replace(&mut all, tenant, configuration)
    }

    pub(super) fn strategy_names(&self) -> Vec<&str> {
        self.strategies.keys().map(String::as_str).collect()
    }
}

/// Lets a version hold from now on, unless a later one holds already: who looked for it before
/// that was published may come here after who published.
fn replace(
    all: &mut BTreeMap<TenantId, Arc<Configuration>>,
    tenant: &TenantId,
    configuration: Configuration,
) -> bool {
    if all.get(tenant).is_some_and(|held| held.version() >= configuration.version()) {
        return false;
    }
    all.insert(tenant.clone(), Arc::new(configuration));
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_never_takes_the_place_of_a_later_one() {
        let tenant = TenantId::from("acme");
        let mut all = BTreeMap::new();
        for (version, is_taken) in [(0, true), (2, true), (1, false), (2, false), (3, true)] {
            let configuration = Configuration::default().with_version(version);
            assert_eq!(replace(&mut all, &tenant, configuration), is_taken, "{version}");
        }
        assert_eq!(all[&tenant].version(), 3);
    }
}
