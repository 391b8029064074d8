//! The one thread that writes, and how it commits together what waits.
//!
//! There is no timer: a group is whatever waits when the last commit is done, so that a lone
//! caller never waits for company. Within the group each operation has its own savepoint, and
//! one that is refused is undone alone.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};
use std::thread::{self, JoinHandle};

use rusqlite::Connection;
use tokio::sync::oneshot;

use crate::error::{Error, ErrorKind, Result};
use crate::store::sqlite::failure::Failure;
use crate::store::sqlite::statement::execute;
use crate::store::sqlite::store::Health;

/// How many operations may wait; the next one is told to come again.
pub(super) const MOST_WAITING: usize = 1024;

/// How many operations are committed together.
const MOST_TOGETHER: usize = 256;

/// How much an operation writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Extent {
    /// One row by one statement, which SQLite undoes by itself when it fails.
    OneRow,
    /// More, to be undone as a whole.
    Several,
}

/// The door to the thread that writes. Dropping it waits until what was accepted is done.
pub(super) struct Writer {
    queue: Option<SyncSender<Box<dyn Operation>>>,
    thread: Option<JoinHandle<()>>,
}

impl Writer {
    pub(super) fn start(connection: Connection, health: Arc<Health>) -> Result<Self> {
        let (queue, waiting) = sync_channel(MOST_WAITING);
        let thread = thread::Builder::new()
            .name("atendimento-sqlite-writer".to_owned())
            .spawn(move || serve(&connection, &waiting, &health))
            .map_err(|error| {
                Error::new("start writer", ErrorKind::Unavailable).with_source(error)
            })?;
        Ok(Self { queue: Some(queue), thread: Some(thread) })
    }

    /// Does `work` in a transaction and answers when it is durable.
    ///
    /// Once accepted, it is done even if nobody awaits it any more.
    pub(super) async fn run<T, F>(
        &self,
        operation: &'static str,
        extent: Extent,
        work: F,
    ) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> Result<T, Failure> + Send + 'static,
    {
        let (answer, answered) = oneshot::channel();
        let pending =
            Box::new(Pending { extent, work: Some(work), outcome: Err(Failure::Gone), answer });
        let accepted = match &self.queue {
            Some(queue) => queue.try_send(pending).map_err(|error| match error {
                TrySendError::Full(_) => Failure::Overloaded,
                TrySendError::Disconnected(_) => Failure::Gone,
            }),
            None => Err(Failure::Gone),
        };
        let outcome = match accepted {
            Ok(()) => answered.await.unwrap_or(Err(Failure::Gone)),
            Err(failure) => Err(failure),
        };
        outcome.map_err(|failure| failure.into_error(operation))
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        self.queue = None;
        if let Some(thread) = self.thread.take() {
            // A panic of the thread was answered to whoever waited.
            let _ = thread.join();
        }
    }
}

/// An operation that waits, and then its outcome that waits for the commit.
trait Operation: Send {
    fn extent(&self) -> Extent;

    /// Does the work and keeps the outcome.
    fn run(&mut self, connection: &Connection) -> Result<(), Failure>;

    /// Tells the outcome, or why the whole group came to nothing.
    fn answer(self: Box<Self>, group: Result<(), Failure>);
}

struct Pending<T, F> {
    extent: Extent,
    work: Option<F>,
    outcome: Result<T, Failure>,
    answer: oneshot::Sender<Result<T, Failure>>,
}

impl<T, F> Operation for Pending<T, F>
where
    T: Send,
    F: FnOnce(&Connection) -> Result<T, Failure> + Send,
{
    fn extent(&self) -> Extent {
        self.extent
    }

    fn run(&mut self, connection: &Connection) -> Result<(), Failure> {
        if let Some(work) = self.work.take() {
            self.outcome = work(connection);
        }
        match &self.outcome {
            Ok(_) => Ok(()),
            Err(failure) => Err(*failure),
        }
    }

    fn answer(self: Box<Self>, group: Result<(), Failure>) {
        // Nobody may be waiting any more; what was done stays done.
        let _ = self.answer.send(group.and(self.outcome));
    }
}

fn serve(connection: &Connection, waiting: &Receiver<Box<dyn Operation>>, health: &Health) {
    while let Ok(first) = waiting.recv() {
        let mut group = vec![first];
        let outcome =
            health.check().and_then(|()| commit_together(connection, &mut group, waiting));
        if let Err(failure) = outcome {
            roll_back(connection, health);
            health.note(failure);
        }
        for operation in group {
            operation.answer(outcome);
        }
    }
}

fn commit_together(
    connection: &Connection,
    group: &mut Vec<Box<dyn Operation>>,
    waiting: &Receiver<Box<dyn Operation>>,
) -> Result<(), Failure> {
    let begun = execute(connection, "BEGIN IMMEDIATE", []);
    group.extend(waiting.try_iter().take(MOST_TOGETHER - 1));
    begun?;
    for operation in group {
        match operation.extent() {
            Extent::OneRow => end_group_on(operation.run(connection))?,
            Extent::Several => in_savepoint(connection, operation.as_mut())?,
        }
    }
    match execute(connection, "COMMIT", []) {
        Err(failure) if failure.concerns_one() => Err(Failure::Uncommitted),
        committed => committed.map(drop),
    }
}

fn in_savepoint(connection: &Connection, operation: &mut dyn Operation) -> Result<(), Failure> {
    execute(connection, "SAVEPOINT operation", [])?;
    let outcome = operation.run(connection);
    if outcome.is_err() {
        end_group_on(outcome)?;
        execute(connection, "ROLLBACK TO operation", [])?;
    }
    execute(connection, "RELEASE operation", [])?;
    Ok(())
}

/// Passes on what ends the group; a refusal concerns nobody else.
fn end_group_on(outcome: Result<(), Failure>) -> Result<(), Failure> {
    match outcome {
        Err(failure) if !failure.concerns_one() => Err(failure),
        Ok(()) | Err(_) => Ok(()),
    }
}

fn roll_back(connection: &Connection, health: &Health) {
    // After some failures SQLite has rolled back by itself.
    if connection.is_autocommit() {
        return;
    }
    if execute(connection, "ROLLBACK", []).is_err() {
        health.break_down();
    }
}

#[cfg(test)]
mod tests {
    use std::future::{Future, ready};
    use std::pin::Pin;
    use std::sync::mpsc;
    use std::task::{Context, Poll, Waker};

    use rusqlite::ffi;
    use tempfile::TempDir;

    use super::*;
    use crate::store::sqlite::connection::open_writer;

    struct Bench {
        writer: Writer,
        folder: TempDir,
    }

    type Answer<'a, T> = Pin<Box<dyn Future<Output = Result<T>> + 'a>>;

    impl Bench {
        fn new() -> Self {
            let folder = tempfile::tempdir().unwrap();
            let connection = open_writer(&folder.path().join("store.db")).unwrap();
            connection
                .execute_batch(
                    "CREATE TABLE t (a INTEGER UNIQUE, \
                     parent INTEGER REFERENCES t (a) DEFERRABLE INITIALLY DEFERRED)",
                )
                .unwrap();
            let writer = Writer::start(connection, Arc::new(Health::default())).unwrap();
            Self { writer, folder }
        }

        /// Hands an operation over; it is accepted when this returns.
        fn start<'a, T: Send + 'static>(
            &'a self,
            work: impl FnOnce(&Connection) -> Result<T, Failure> + Send + 'static,
        ) -> Answer<'a, T> {
            let mut answer: Answer<'a, T> =
                Box::pin(self.writer.run("test", Extent::Several, work));
            let polled = answer.as_mut().poll(&mut Context::from_waker(Waker::noop()));
            match polled {
                Poll::Pending => answer,
                Poll::Ready(outcome) => Box::pin(ready(outcome)),
            }
        }

        /// Keeps the thread busy until the sender is dropped.
        fn block(&self) -> (mpsc::Sender<()>, Answer<'_, ()>) {
            let (release, released) = mpsc::channel::<()>();
            let (begin, begun) = mpsc::channel();
            let blocked = self.start(move |_| {
                begin.send(()).unwrap();
                let _ = released.recv();
                Ok(())
            });
            begun.recv().unwrap();
            (release, blocked)
        }

        fn rows(&self) -> i64 {
            let connection = Connection::open(self.folder.path().join("store.db")).unwrap();
            connection.query_row("SELECT count(*) FROM t", [], |row| row.get(0)).unwrap()
        }
    }

    fn insert(number: i64) -> impl FnOnce(&Connection) -> Result<(), Failure> + Send + 'static {
        move |connection| execute(connection, "INSERT INTO t (a) VALUES (?1)", [number]).map(drop)
    }

    fn kind<T>(outcome: Result<T>) -> Option<ErrorKind> {
        outcome.err().map(|error| error.kind())
    }

    #[tokio::test]
    async fn a_refused_operation_is_undone_and_its_neighbours_are_not() {
        let bench = Bench::new();
        let (release, _blocked) = bench.block();

        let before = bench.start(insert(1));
        let refused = bench.start(|connection| {
            insert(2)(connection)?;
            Err::<(), _>(Failure::Refused(ErrorKind::Fenced))
        });
        let constrained = bench.start(|connection| {
            insert(3)(connection)?;
            insert(1)(connection)
        });
        let after = bench.start(insert(4));
        drop(release);

        assert_eq!(kind(before.await), None);
        assert_eq!(kind(refused.await), Some(ErrorKind::Fenced));
        assert_eq!(kind(constrained.await), Some(ErrorKind::InvalidInput));
        assert_eq!(kind(after.await), None);
        assert_eq!(bench.rows(), 2);
    }

    #[tokio::test]
    async fn a_commit_that_fails_is_told_to_the_whole_group() {
        let bench = Bench::new();
        let (release, _blocked) = bench.block();

        let innocent = bench.start(insert(1));
        let orphan = bench
            .start(|connection| execute(connection, "INSERT INTO t VALUES (2, 99)", []).map(drop));
        drop(release);

        assert_eq!(kind(innocent.await), Some(ErrorKind::Unavailable));
        assert_eq!(kind(orphan.await), Some(ErrorKind::Unavailable));
        assert_eq!(bench.rows(), 0);
        assert_eq!(kind(bench.start(insert(3)).await), None);
    }

    #[tokio::test]
    async fn a_failed_disk_ends_everything_until_the_store_is_opened_again() {
        let bench = Bench::new();

        let failed = bench.start(|connection| {
            insert(1)(connection)?;
            Err::<(), _>(Failure::of_code(ffi::SQLITE_IOERR_FSYNC))
        });
        assert_eq!(kind(failed.await), Some(ErrorKind::Unavailable));
        let later = bench.start(insert(2));
        assert_eq!(kind(later.await), Some(ErrorKind::Unavailable));
        assert_eq!(bench.rows(), 0);
    }

    #[tokio::test]
    async fn a_full_disk_refuses_until_there_is_room() {
        let bench = Bench::new();
        let limit_pages = |pages: i64| {
            move |connection: &Connection| {
                connection.pragma_update(None, "max_page_count", pages)?;
                Ok(())
            }
        };
        let fill = |connection: &Connection| {
            connection.execute_batch("CREATE TABLE filler AS SELECT zeroblob(1000000)")?;
            Ok(())
        };

        bench.start(limit_pages(8)).await.unwrap();
        let full = bench.start(fill);
        assert_eq!(kind(full.await), Some(ErrorKind::Unavailable));
        assert_eq!(kind(bench.start(insert(1)).await), None);
        bench.start(limit_pages(1_000_000)).await.unwrap();
        assert_eq!(kind(bench.start(fill).await), None);
    }

    #[tokio::test]
    async fn an_operation_that_nobody_awaits_is_done_all_the_same() {
        let bench = Bench::new();
        let (release, blocked) = bench.block();

        drop(bench.start(insert(1)));
        drop(blocked);
        drop(release);
        let Bench { writer, folder } = bench;
        drop(writer);

        let connection = Connection::open(folder.path().join("store.db")).unwrap();
        let rows: i64 =
            connection.query_row("SELECT count(*) FROM t", [], |row| row.get(0)).unwrap();
        assert_eq!(rows, 1);
    }

    #[tokio::test]
    async fn beyond_the_bound_a_call_is_refused_at_once() {
        let bench = Bench::new();
        let (release, _blocked) = bench.block();
        let accepted: Vec<_> = (0..).take(MOST_WAITING).map(|n| bench.start(insert(n))).collect();

        let refused = bench.writer.run("test", Extent::Several, insert(-1)).await;
        assert_eq!(kind(refused), Some(ErrorKind::Unavailable));
        drop(release);
        for answer in accepted {
            assert_eq!(kind(answer.await), None);
        }
    }

    #[tokio::test]
    async fn a_panic_is_answered_and_not_waited_for() {
        let bench = Bench::new();

        let panicked = bench.start(|_| -> Result<(), Failure> { panic!("a bug") });
        assert_eq!(kind(panicked.await), Some(ErrorKind::Unavailable));
        let later = bench.writer.run("test", Extent::Several, insert(1)).await;
        assert_eq!(kind(later), Some(ErrorKind::Unavailable));
    }
}
