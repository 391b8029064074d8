//! What companies have decided about their queues, each version whole.

use async_trait::async_trait;
use rusqlite::params;

use crate::error::{ErrorKind, Result};
use crate::id::TenantId;
use crate::store::sqlite::SqliteStore;
use crate::store::sqlite::columns::{Columns, json, limit as rows, number};
use crate::store::sqlite::failure::Failure;
use crate::store::sqlite::statement::{all, execute_guarded};
use crate::store::{ConfigurationRecord, Configurations};

pub(super) const PUBLISH: &str = "INSERT INTO configurations \
     (tenant, version, at, by, comment, rolled_back_to, document) \
     SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7 WHERE ?2 = 1 + coalesce( \
     (SELECT version FROM configurations WHERE tenant = ?1 ORDER BY version DESC LIMIT 1), 0)";

pub(super) const VERSIONS: &str = "SELECT version, at, by, comment, rolled_back_to, document \
     FROM configurations WHERE tenant = ?1 AND version < ?2 ORDER BY version DESC LIMIT ?3";

#[async_trait]
impl Configurations for SqliteStore {
    async fn publish(&self, record: ConfigurationRecord) -> Result<()> {
        self.write("publish configuration", move |connection| {
            let params = params![
                record.tenant.as_str(),
                number(record.version),
                record.at.millis(),
                record.by.as_str(),
                record.comment,
                record.rolled_back_to.map(number),
                json(&record.document)?,
            ];
            let outdated = Failure::Refused(ErrorKind::Conflict);
            execute_guarded(connection, PUBLISH, params, outdated)
        })
        .await
    }

    async fn configurations(
        &self,
        tenant: &TenantId,
        before: Option<u64>,
        limit: usize,
    ) -> Result<Vec<ConfigurationRecord>> {
        let tenant = tenant.clone();
        let before = before.map_or(i64::MAX, number);
        self.read("list configurations", move |connection| {
            let params = params![tenant.as_str(), before, rows(limit)];
            all(connection, VERSIONS, params, |row| {
                let mut columns = Columns::of(row);
                Ok(ConfigurationRecord {
                    tenant: tenant.clone(),
                    version: columns.number()?,
                    at: columns.moment()?,
                    by: columns.agent()?,
                    comment: columns.get()?,
                    rolled_back_to: columns.get::<Option<i64>>()?.map(i64::cast_unsigned),
                    document: columns.json()?,
                })
            })
        })
        .await
    }
}
