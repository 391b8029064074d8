//! Hints to screens: what was just committed here.
//!
//! A hint can be missed; the journal cannot. Who misses some reads on by cursor
//! ([`Queries::journal`](crate::store::Queries::journal)).

use tokio::sync::broadcast;
use tokio::sync::broadcast::error::RecvError;

use crate::store::Journaled;

/// How many hints a slow reader may be behind before it is told that it missed some.
const BEHIND: usize = 1024;

pub(super) struct Publisher(broadcast::Sender<Journaled>);

impl Default for Publisher {
    fn default() -> Self {
        Self(broadcast::channel(BEHIND).0)
    }
}

impl Publisher {
    pub(super) fn publish(&self, facts: Vec<Journaled>) {
        for fact in facts {
            // An error says that nobody listens, which is nobody's fault.
            let _ = self.0.send(fact);
        }
    }

    pub(super) fn subscribe(&self) -> Feed {
        Feed(self.0.subscribe())
    }
}

/// What becomes true, as this process commits it.
#[derive(Debug)]
pub struct Feed(broadcast::Receiver<Journaled>);

/// What a feed says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Hint {
    /// This became true.
    Fact(Journaled),
    /// The reader was too slow and missed some: read on from the journal.
    Missed,
}

impl Feed {
    /// The next hint, or `None` when the desk is gone.
    pub async fn next(&mut self) -> Option<Hint> {
        match self.0.recv().await {
            Ok(fact) => Some(Hint::Fact(fact)),
            Err(RecvError::Lagged(_)) => Some(Hint::Missed),
            Err(RecvError::Closed) => None,
        }
    }
}
