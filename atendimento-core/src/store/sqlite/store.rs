//! The store: one writer, several readers, and whether the disk can be trusted.

use std::fmt;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use rusqlite::Connection;

use crate::error::Result;
use crate::store::sqlite::connection::open_writer;
use crate::store::sqlite::failure::Failure;
use crate::store::sqlite::library::check_version;
use crate::store::sqlite::reader::Readers;
use crate::store::sqlite::schema::migrate;
use crate::store::sqlite::writer::{Extent, Writer};

/// A store in one SQLite file. Clones share it.
///
/// When the last clone is dropped, what was accepted is done and the file is closed; the drop
/// waits for that.
///
/// ```
/// use atendimento_core::store::{Queries, sqlite::SqliteStore};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let folder = tempfile::tempdir()?;
/// let store = SqliteStore::open(folder.path().join("desk.db"))?;
/// assert!(store.notices(&"acme".into(), 10).await?.is_empty());
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct SqliteStore {
    inner: Arc<Inner>,
}

struct Inner {
    writer: Writer,
    readers: Readers,
}

impl SqliteStore {
    /// Opens the file at `path`, which is made when there is none, and brings its schema up to
    /// date. Blocks while it does.
    ///
    /// Another process may have the same file open: both are correct, and writes take turns.
    ///
    /// # Errors
    ///
    /// - [`Configuration`](crate::ErrorKind::Configuration): the linked SQLite can lose
    ///   commits, a newer program wrote the file, or the path is not on a disk where a commit
    ///   can be made durable;
    /// - [`Unavailable`](crate::ErrorKind::Unavailable): the file cannot be opened.
    pub fn open(path: impl AsRef<Path>) -> Result<Self> {
        let path = path.as_ref();
        check_version(rusqlite::version_number())?;
        let mut connection = open_writer(path)?;
        migrate(&mut connection)?;
        let health = Arc::new(Health::default());
        let readers = Readers::start(path, Arc::clone(&health))?;
        let writer = Writer::start(connection, health)?;
        let inner = Arc::new(Inner { writer, readers });
        Ok(Self { inner })
    }

    pub(super) async fn write<T, F>(&self, operation: &'static str, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> Result<T, Failure> + Send + 'static,
    {
        let writer = &self.inner.writer;
        writer.run(operation, Extent::Several, work).await
    }

    pub(super) async fn write_row<T, F>(&self, operation: &'static str, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> Result<T, Failure> + Send + 'static,
    {
        let writer = &self.inner.writer;
        writer.run(operation, Extent::OneRow, work).await
    }

    pub(super) async fn read<T, F>(&self, operation: &'static str, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> Result<T, Failure> + Send + 'static,
    {
        self.inner.readers.run(operation, work).await
    }
}

impl fmt::Debug for SqliteStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SqliteStore").finish_non_exhaustive()
    }
}

/// Whether the disk can be trusted. Once broken, it stays so until the store is opened again.
#[derive(Default)]
pub(super) struct Health {
    broken: AtomicBool,
}

impl Health {
    pub(super) fn check(&self) -> Result<(), Failure> {
        if self.broken.load(Ordering::Acquire) { Err(Failure::Broken) } else { Ok(()) }
    }

    pub(super) fn note(&self, failure: Failure) {
        if failure.is_fatal() {
            self.break_down();
        }
    }

    pub(super) fn break_down(&self) {
        self.broken.store(true, Ordering::Release);
    }
}
