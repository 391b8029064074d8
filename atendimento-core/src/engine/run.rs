//! The work between receiving and sending, until it is told to stop.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{Notify, watch};
use tokio::task::JoinHandle;
use tracing::{error, info};

use crate::engine::Desk;
use crate::engine::desk::{Parts, Wake};
use crate::error::{Error, Result};

/// The longest wait after an error, in multiples of the polling interval.
const LONGEST_BACKOFF: u32 = 32;

type Step<'a> = Pin<Box<dyn Future<Output = Result<bool>> + Send + 'a>>;

/// A kind of work that is repeated.
#[derive(Clone, Copy)]
struct Work {
    name: &'static str,
    /// Does the next piece, and says whether there was one.
    step: for<'a> fn(&'a Parts) -> Step<'a>,
    /// Called when there is more.
    wake: fn(&Wake) -> &Notify,
}

const SPLIT: Work =
    Work { name: "split", step: |parts| Box::pin(parts.split_next()), wake: |wake| &wake.split };
const PROCESS: Work = Work {
    name: "process",
    step: |parts| Box::pin(parts.process_next()),
    wake: |wake| &wake.process,
};
const ROUTE: Work =
    Work { name: "route", step: |parts| Box::pin(parts.route_next()), wake: |wake| &wake.route };
const TIME: Work =
    Work { name: "time", step: |parts| Box::pin(parts.time_next()), wake: |wake| &wake.time };
const SEND: Work =
    Work { name: "send", step: |parts| Box::pin(parts.send_next()), wake: |wake| &wake.send };
const CRM: Work =
    Work { name: "crm", step: |parts| Box::pin(parts.sync_next()), wake: |wake| &wake.crm };

impl Desk {
    /// Starts the work: splitting, processing, what is due, routing, sending, telling the CRM.
    ///
    /// Must be called within a tokio runtime. Dropping the [`Running`] stops it after the
    /// pieces that were begun; [`Running::shutdown`] also waits for what was begun.
    pub fn run(&self) -> Running {
        let (stop, stopped) = watch::channel(());
        let workers = self.parts.settings.workers;
        let counts = [
            (SPLIT, 1),
            (PROCESS, workers),
            (TIME, 1),
            (ROUTE, 1),
            (SEND, workers),
            (CRM, workers),
        ];
        let tasks = counts
            .into_iter()
            .flat_map(|(work, count)| std::iter::repeat_n(work, count))
            .map(|work| tokio::spawn(supervise(self.parts.clone(), work, stopped.clone())))
            .collect();
        info!(worker.id = %self.parts.worker, workers, "desk runs");
        Running { stop, tasks }
    }

    /// Does all work that can be done now, in the caller's task, and returns when none is left.
    ///
    /// For tests and for batch use; a service calls [`Desk::run`].
    ///
    /// # Errors
    ///
    /// The first error of the store.
    pub async fn run_until_idle(&self) -> Result<()> {
        let parts = &self.parts;
        loop {
            let mut any = false;
            for work in [SPLIT, PROCESS, TIME, ROUTE, SEND, CRM] {
                while (work.step)(parts).await? {
                    any = true;
                }
            }
            if !any {
                return Ok(());
            }
        }
    }
}

/// Repeats `work`, also after a panic: what made it panic was counted as an attempt when it was
/// claimed, and is given up in time.
async fn supervise(parts: Arc<Parts>, work: Work, stopped: watch::Receiver<()>) {
    while stopped.has_changed().is_ok() {
        match tokio::spawn(repeat(parts.clone(), work, stopped.clone())).await {
            Ok(()) => return,
            // The panic's message may quote what was worked on, so it is not repeated.
            Err(_) => error!(work = work.name, "work panicked"),
        }
    }
}

/// Repeats `work` until the [`Running`] is gone.
async fn repeat(parts: Arc<Parts>, work: Work, mut stopped: watch::Receiver<()>) {
    let mut errors = 0;
    while stopped.has_changed().is_ok() {
        let wait = match (work.step)(&parts).await {
            Ok(true) => {
                errors = 0;
                continue;
            }
            Ok(false) => {
                errors = 0;
                parts.settings.poll
            }
            Err(error) => {
                error!(work = work.name, %error, cause = cause_of(&error), "work failed");
                errors += 1;
                parts.settings.poll * 2_u32.saturating_pow(errors).min(LONGEST_BACKOFF)
            }
        };
        let called = async {
            if errors > 0 {
                std::future::pending::<()>().await; // no reason to hurry
            }
            (work.wake)(&parts.wake).notified().await;
        };
        tokio::select! {
            () = called => {}
            () = tokio::time::sleep(jittered(&parts, wait)) => {}
            _ = stopped.changed() => {}
        }
    }
}

/// Why, as far as the error tells: what it is caused by holds no contents either.
pub(super) fn cause_of(error: &Error) -> String {
    std::error::Error::source(error).map(ToString::to_string).unwrap_or_default()
}

/// Three quarters to five quarters of `wait`, so that many processes do not poll in step.
fn jittered(parts: &Parts, wait: Duration) -> Duration {
    let mut byte = [0];
    parts.randomness.fill(&mut byte);
    wait * (192 + u32::from(byte[0]) / 2) / 256
}

/// A desk at work.
#[must_use = "the work stops when this is dropped"]
pub struct Running {
    stop: watch::Sender<()>,
    tasks: Vec<JoinHandle<()>>,
}

impl Running {
    /// Takes no more work, waits for what was begun, and returns. What is left is durable and
    /// is taken up by whoever runs next.
    ///
    /// Takes as long as the longest send that was begun, so at most
    /// [`Settings::send_timeout`](crate::Settings::send_timeout).
    pub async fn shutdown(self) {
        drop(self.stop);
        for task in self.tasks {
            if let Err(error) = task.await {
                error!(%error, "work ended early");
            }
        }
        info!("desk stopped");
    }
}

impl fmt::Debug for Running {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Running").field("tasks", &self.tasks.len()).finish()
    }
}
