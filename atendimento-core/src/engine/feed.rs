//! Hints to screens: what was just committed here.
//!
//! A hint can be missed; the journal cannot. Who misses some reads on by cursor
//! ([`Queries::journal`](crate::store::Queries::journal)).

use tokio::sync::broadcast;

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

impl Feed {
    /// The next fact, or `None` when some were missed (read on from the journal) or the desk
    /// is gone.
    pub async fn next(&mut self) -> Option<Journaled> {
        self.0.recv().await.ok()
    }
}
