//! How the file is opened: what makes a commit durable is set here.

use std::path::Path;
use std::thread;
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};

use crate::error::{Error, Result};
use crate::store::sqlite::failure::Failure;

const OPERATION: &str = "open store";

/// How long to wait for another process that writes to the same file.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);

/// How long to wait before asking again for what SQLite does not wait for by itself.
const PAUSE: Duration = Duration::from_millis(10);

/// How many statements stay prepared; more than there are.
const STATEMENTS: usize = 128;

/// How much of the file the writer keeps at hand, in KiB.
const WRITER_CACHE: i64 = 32 * 1024;

/// The size to which the write-ahead log is cut back after a peak.
const LOG_BYTES: u32 = 64 * 1024 * 1024;

/// A connection that writes.
///
/// # Errors
///
/// [`Configuration`](crate::ErrorKind::Configuration) when the file system cannot do what a
/// durable commit needs; [`Unavailable`](crate::ErrorKind::Unavailable) when the file cannot be
/// opened.
pub(super) fn open_writer(path: &Path) -> Result<Connection> {
    make_private(path);
    let opened = open(path).and_then(|connection| {
        connection.pragma_update(None, "cache_size", -WRITER_CACHE)?;
        let mode = log_ahead(&connection)?;
        Ok((connection, mode))
    });
    let (connection, mode) = opened.map_err(|failure| failure.into_error(OPERATION))?;
    if mode == "wal" {
        Ok(connection)
    } else {
        Err(Error::configuration(
            OPERATION,
            "a durable store needs a file on a local disk, where write-ahead logging works",
        ))
    }
}

/// A connection that cannot write.
pub(super) fn open_reader(path: &Path) -> Result<Connection> {
    open(path)
        .and_then(|connection| {
            connection.pragma_update(None, "query_only", true)?;
            Ok(connection)
        })
        .map_err(|failure| failure.into_error(OPERATION))
}

fn open(path: &Path) -> Result<Connection, Failure> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
        | OpenFlags::SQLITE_OPEN_CREATE
        | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(BUSY_TIMEOUT)?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    // Else SQLite plans a statement anew whenever a bound limit changes, as a moment always does.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "secure_delete", true)?;
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.pragma_update(None, "temp_store", "MEMORY")?;
    connection.pragma_update(None, "journal_size_limit", LOG_BYTES)?;
    Ok(connection)
}

/// Makes a new file one that only its owner may read. SQLite gives its logs the same mode.
#[cfg(unix)]
fn make_private(path: &Path) {
    use std::os::unix::fs::OpenOptionsExt as _;

    if path != Path::new(":memory:") {
        // A file that is there keeps its mode; why one cannot be made, opening it will tell.
        let _ = std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path);
    }
}

#[cfg(not(unix))]
fn make_private(_: &Path) {}

/// Switches the file to write-ahead logging, and says which mode it is in now.
fn log_ahead(connection: &Connection) -> Result<String, Failure> {
    let mut waited = Duration::ZERO;
    loop {
        let switched = connection
            .query_row("PRAGMA journal_mode = WAL", [], |row| row.get(0))
            .map_err(Failure::from);
        match switched {
            // Two who open a new file at once: SQLite refuses one of them without waiting.
            Err(failure) if failure.is_busy() && waited < BUSY_TIMEOUT => {
                thread::sleep(PAUSE);
                waited += PAUSE;
            }
            mode => return mode,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::ErrorKind;

    #[test]
    fn a_commit_is_synced_and_what_is_deleted_is_overwritten() {
        let folder = tempfile::tempdir().unwrap();
        let connection = open_writer(&folder.path().join("store.db")).unwrap();

        let pragma = |name: &str| -> i64 {
            connection.query_row(&format!("PRAGMA {name}"), [], |row| row.get(0)).unwrap()
        };
        assert_eq!(pragma("synchronous"), 2); // FULL
        assert_eq!(pragma("secure_delete"), 1);
        assert_eq!(pragma("foreign_keys"), 1);
    }

    #[cfg(unix)]
    #[test]
    fn only_the_owner_may_read_what_is_stored() {
        use std::os::unix::fs::PermissionsExt as _;

        let folder = tempfile::tempdir().unwrap();
        let writer = open_writer(&folder.path().join("store.db")).unwrap();
        writer.execute_batch("CREATE TABLE t (a INTEGER)").unwrap();

        for entry in std::fs::read_dir(folder.path()).unwrap() {
            let mode = entry.unwrap().metadata().unwrap().permissions().mode();
            assert_eq!(mode & 0o077, 0);
        }
    }

    #[test]
    fn a_reader_cannot_write() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("store.db");
        let writer = open_writer(&path).unwrap();
        writer.execute_batch("CREATE TABLE t (a INTEGER)").unwrap();

        let reader = open_reader(&path).unwrap();
        assert!(reader.execute_batch("INSERT INTO t VALUES (1)").is_err());
        assert!(writer.execute_batch("INSERT INTO t VALUES (1)").is_ok());
    }

    #[test]
    fn a_store_that_lives_only_in_memory_is_refused() {
        let refusal = open_writer(Path::new(":memory:")).unwrap_err();

        assert_eq!(refusal.kind(), ErrorKind::Configuration);
    }
}
