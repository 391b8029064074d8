//! Numbers for names, so that they are compared quickly.

use std::collections::BTreeMap;

use crate::id::{CapacityClass, QueueId, SkillId};

/// A number for each name that was seen.
pub(super) struct Names<T>(BTreeMap<T, usize>);

impl<T: Clone + Ord> Names<T> {
    /// The name's number, a new one if it has none.
    pub(super) fn number(&mut self, name: &T) -> usize {
        if let Some(&number) = self.0.get(name) {
            return number;
        }
        let number = self.0.len();
        self.0.insert(name.clone(), number);
        number
    }
}

impl<T> Default for Names<T> {
    fn default() -> Self {
        Self(BTreeMap::new())
    }
}

/// The names of a board. They are those of a configuration: few, and not forgotten.
#[derive(Default)]
pub(super) struct Words {
    pub(super) queues: Names<QueueId>,
    pub(super) skills: Names<SkillId>,
    pub(super) classes: Names<CapacityClass>,
}
