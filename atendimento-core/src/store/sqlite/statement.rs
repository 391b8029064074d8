//! Runs statements, each prepared once per connection.

use rusqlite::{Connection, Params, Row};

use crate::store::sqlite::failure::Failure;

/// Runs a statement and says how many rows it changed.
pub(super) fn execute(
    connection: &Connection,
    sql: &'static str,
    params: impl Params,
) -> Result<usize, Failure> {
    Ok(connection.prepare_cached(sql)?.execute(params)?)
}

/// Runs a statement that must change one row, else what it is guarded by does not hold.
pub(super) fn execute_guarded(
    connection: &Connection,
    sql: &'static str,
    params: impl Params,
    otherwise: Failure,
) -> Result<(), Failure> {
    match execute(connection, sql, params)? {
        0 => Err(otherwise),
        _ => Ok(()),
    }
}

/// The only row, if there is one.
pub(super) fn first<T>(
    connection: &Connection,
    sql: &'static str,
    params: impl Params,
    read: impl FnOnce(&Row<'_>) -> Result<T, Failure>,
) -> Result<Option<T>, Failure> {
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query(params)?;
    let found = rows.next()?.map(read).transpose()?;
    // A statement that writes and returns a row checks foreign keys only when it ends.
    rows.next()?;
    Ok(found)
}

/// All rows.
pub(super) fn all<T>(
    connection: &Connection,
    sql: &'static str,
    params: impl Params,
    read: impl Fn(&Row<'_>) -> Result<T, Failure>,
) -> Result<Vec<T>, Failure> {
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query(params)?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(read(row)?);
    }
    Ok(found)
}
