//! What companies have decided about their queues, each version whole.

use async_trait::async_trait;

use crate::domain::configuration::Document;
use crate::error::Result;
use crate::id::{AgentId, TenantId};
use crate::time::Timestamp;

/// A version of a company's configuration: what, and who decided it when and why. Never
/// changed: it is the record of the change as well.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigurationRecord {
    /// The company.
    pub tenant: TenantId,
    /// 1 for the first, one more for each later one.
    pub version: u64,
    /// When it was published.
    pub at: Timestamp,
    /// Who published it.
    pub by: AgentId,
    /// Why, in their words.
    pub comment: String,
    /// The version that it goes back to, when it does.
    pub rolled_back_to: Option<u64>,
    /// What holds.
    pub document: Document,
}

/// Keeps configurations.
///
/// - A version is published on the one before it.
/// - Versions are listed the newest first and never change.
/// - Configurations of one company are unknown to another.
#[async_trait]
pub trait Configurations {
    /// Publishes a version.
    ///
    /// # Errors
    ///
    /// [`Conflict`](crate::ErrorKind::Conflict) when it is not one more than the latest: somebody
    /// published meanwhile. Nothing was changed.
    async fn publish(&self, record: ConfigurationRecord) -> Result<()>;

    /// Up to `limit` versions of a company's, the newest first, from `before` on.
    ///
    /// # Errors
    ///
    /// [`Unavailable`](crate::ErrorKind::Unavailable).
    async fn configurations(
        &self,
        tenant: &TenantId,
        before: Option<u64>,
        limit: usize,
    ) -> Result<Vec<ConfigurationRecord>>;
}
