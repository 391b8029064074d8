//! What was promised to the customer: how soon an answer, how soon an end.

use serde::{Deserialize, Serialize};

use crate::time::Timestamp;

/// Which promise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Target {
    /// A person answers. What a bot says is no answer.
    FirstAnswer,
    /// The conversation is closed.
    Resolution,
}

/// A promise, and what became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Promise {
    /// When it must be kept.
    pub due: Timestamp,
    /// What became of it.
    pub state: PromiseState,
}

/// What became of a promise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PromiseState {
    /// Nothing yet.
    Running,
    /// It was kept.
    Kept,
    /// Its time has passed; it may have been fulfilled since.
    Breached,
}

impl Promise {
    /// A promise for `due`.
    pub fn new(due: Timestamp) -> Self {
        Self { due, state: PromiseState::Running }
    }
}

/// The promises of a conversation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Service {
    /// That a person answers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first_answer: Option<Promise>,
    /// That it is closed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resolution: Option<Promise>,
}

impl Service {
    /// The promise of that kind, if one was made.
    pub fn promise(&self, target: Target) -> Option<Promise> {
        match target {
            Target::FirstAnswer => self.first_answer,
            Target::Resolution => self.resolution,
        }
    }

    /// When the next promise that runs is broken.
    pub fn next_due(&self) -> Option<Timestamp> {
        self.running().map(|(_, due)| due).min()
    }

    /// The promises that run and are broken at `now`.
    pub(super) fn broken(&self, now: Timestamp) -> impl Iterator<Item = Target> + '_ {
        self.running().filter(move |(_, due)| *due <= now).map(|(target, _)| target)
    }

    /// Whether the promise of that kind still runs.
    pub(super) fn runs(&self, target: Target) -> bool {
        self.running().any(|(running, _)| running == target)
    }

    pub(super) fn set(&mut self, target: Target, state: PromiseState) {
        let promise = match target {
            Target::FirstAnswer => &mut self.first_answer,
            Target::Resolution => &mut self.resolution,
        };
        if let Some(promise) = promise {
            promise.state = state;
        }
    }

    fn running(&self) -> impl Iterator<Item = (Target, Timestamp)> + '_ {
        [Target::FirstAnswer, Target::Resolution].into_iter().filter_map(|target| {
            let promise = self.promise(target)?;
            (promise.state == PromiseState::Running).then_some((target, promise.due))
        })
    }
}
