//! The threads that read, each with a connection that cannot write.

use std::path::Path;
use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};

use rusqlite::Connection;
use tokio::sync::oneshot;

use crate::error::{Error, ErrorKind, Result};
use crate::store::sqlite::connection::open_reader;
use crate::store::sqlite::failure::Failure;
use crate::store::sqlite::store::Health;

/// How many read at once.
const READERS: usize = 4;

/// How many reads may wait; the next one is told to come again.
const MOST_WAITING: usize = 1024;

type Read = Box<dyn FnOnce(&Connection) + Send>;

/// The door to the threads that read. Each read sees the latest commit.
pub(super) struct Readers {
    queue: Option<SyncSender<Read>>,
    threads: Vec<JoinHandle<()>>,
    health: Arc<Health>,
}

impl Readers {
    pub(super) fn start(path: &Path, health: Arc<Health>) -> Result<Self> {
        let (queue, waiting) = sync_channel(MOST_WAITING);
        let waiting = Arc::new(Mutex::new(waiting));
        let mut readers = Self { queue: Some(queue), threads: Vec::with_capacity(READERS), health };
        for _ in 0..READERS {
            let connection = open_reader(path)?;
            let waiting = Arc::clone(&waiting);
            let thread = thread::Builder::new()
                .name("atendimento-sqlite-reader".to_owned())
                .spawn(move || serve(&connection, &waiting))
                .map_err(|error| {
                    Error::new("start readers", ErrorKind::Unavailable).with_source(error)
                })?;
            readers.threads.push(thread);
        }
        Ok(readers)
    }

    /// Does `work` on a connection that cannot write.
    pub(super) async fn run<T, F>(&self, operation: &'static str, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> Result<T, Failure> + Send + 'static,
    {
        let (answer, answered) = oneshot::channel();
        let read: Read = Box::new(move |connection| {
            // Nobody may be waiting any more.
            let _ = answer.send(work(connection));
        });
        let accepted = self.health.check().and_then(|()| match &self.queue {
            Some(queue) => queue.try_send(read).map_err(|error| match error {
                TrySendError::Full(_) => Failure::Overloaded,
                TrySendError::Disconnected(_) => Failure::Gone,
            }),
            None => Err(Failure::Gone),
        });
        let outcome = match accepted {
            Ok(()) => answered.await.unwrap_or(Err(Failure::Gone)),
            Err(failure) => Err(failure),
        };
        outcome.map_err(|failure| {
            self.health.note(failure);
            failure.into_error(operation)
        })
    }
}

impl Drop for Readers {
    fn drop(&mut self) {
        self.queue = None;
        for thread in self.threads.drain(..) {
            // A panic of the thread was answered to whoever waited.
            let _ = thread.join();
        }
    }
}

fn serve(connection: &Connection, waiting: &Mutex<Receiver<Read>>) {
    loop {
        let next = waiting
            .lock()
            .expect("the lock is never poisoned: nothing but a receive is done while holding it")
            .recv();
        match next {
            Ok(read) => read(connection),
            Err(_) => return,
        }
    }
}
