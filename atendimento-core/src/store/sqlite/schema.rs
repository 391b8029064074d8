//! The tables, and how an older file is brought up to date.

use rusqlite::{Connection, TransactionBehavior};

use crate::error::{Error, Result};
use crate::store::sqlite::failure::Failure;

const OPERATION: &str = "open store";

/// What leads from each version of the schema to the next; the first makes the tables.
const MIGRATIONS: [&str; 1] = [include_str!("migrations/0001_initial.sql")];

/// Brings the schema up to date, all of it or nothing.
///
/// # Errors
///
/// [`Configuration`](crate::ErrorKind::Configuration) when a newer program wrote the file.
pub(super) fn migrate(connection: &mut Connection) -> Result<()> {
    match run(connection) {
        Ok(Found::Known) => Ok(()),
        Ok(Found::Newer(version)) => Err(Error::configuration(
            OPERATION,
            format!(
                "the file has schema {version}, and this program knows only up to {}: \
                 run the newer program",
                MIGRATIONS.len()
            ),
        )),
        Err(failure) => Err(failure.into_error(OPERATION)),
    }
}

enum Found {
    Known,
    Newer(usize),
}

fn run(connection: &mut Connection) -> Result<Found, Failure> {
    // Immediate, so that of two processes that start at once one waits for the other.
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let version: usize = transaction.query_row("PRAGMA user_version", [], |row| {
        row.get::<_, u32>(0).map(|version| version as usize)
    })?;
    if version > MIGRATIONS.len() {
        return Ok(Found::Newer(version));
    }
    for migration in &MIGRATIONS[version..] {
        transaction.execute_batch(migration)?;
    }
    if version < MIGRATIONS.len() {
        transaction.pragma_update(None, "user_version", MIGRATIONS.len().to_string())?;
    }
    transaction.commit()?;
    Ok(Found::Known)
}
