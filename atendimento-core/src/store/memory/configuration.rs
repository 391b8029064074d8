//! What companies have decided about their queues, each version whole.

use async_trait::async_trait;

use crate::error::{Error, ErrorKind, Result};
use crate::id::TenantId;
use crate::store::memory::MemoryStore;
use crate::store::{ConfigurationRecord, Configurations};

#[async_trait]
impl Configurations for MemoryStore {
    async fn publish(&self, record: ConfigurationRecord) -> Result<()> {
        let mut state = self.state();
        let of_tenant = state.configurations.iter().filter(|it| it.tenant == record.tenant);
        let latest = of_tenant.map(|it| it.version).max().unwrap_or(0);
        if record.version != latest + 1 {
            return Err(Error::new("publish configuration", ErrorKind::Conflict));
        }
        state.configurations.push(record);
        Ok(())
    }

    async fn configurations(
        &self,
        tenant: &TenantId,
        before: Option<u64>,
        limit: usize,
    ) -> Result<Vec<ConfigurationRecord>> {
        let state = self.state();
        let is_before = |version| before.is_none_or(|before| version < before);
        let of_tenant = state.configurations.iter().rev().filter(|it| it.tenant == *tenant);
        Ok(of_tenant.filter(|it| is_before(it.version)).take(limit).cloned().collect())
    }
}
