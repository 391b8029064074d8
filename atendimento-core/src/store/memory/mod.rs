//! The reference model: everything in one value behind one lock.
//!
//! It is what the other stores are compared with, and enough for tests and trials. It keeps
//! nothing beyond the process.

mod commit;
mod configuration;
mod directory;
mod inbox;
mod lanes;
mod outbox;
mod queries;
mod roster;
mod state;

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard};

use crate::store::memory::state::State;

/// A store in memory. Clones share what they hold.
#[derive(Clone, Default)]
pub struct MemoryStore {
    state: Arc<Mutex<State>>,
}

impl MemoryStore {
    /// An empty store.
    pub fn new() -> Self {
        Self::default()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().expect("the lock is never poisoned: no code panics while holding it")
    }
}

impl fmt::Debug for MemoryStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MemoryStore").finish_non_exhaustive()
    }
}
