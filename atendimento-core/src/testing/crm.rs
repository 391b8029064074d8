//! A CRM that does as it is told.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard};

use async_trait::async_trait;

use crate::crm::{Capabilities, ContactUpdate, CrmAdapter, Outcome, TimelineUpdate};
use crate::id::{ContactId, MessageId};

/// A CRM in memory whose faults are scripted. Clones are the same CRM.
#[derive(Clone, Default)]
pub struct FakeCrm {
    state: Arc<Mutex<State>>,
}

#[derive(Default)]
struct State {
    contacts: BTreeMap<ContactId, u32>,
    timeline: Vec<MessageId>,
    operations: BTreeSet<String>,
    script: VecDeque<CrmFault>,
}

/// How a call goes wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CrmFault {
    /// It answers so, and does nothing.
    Instead(Outcome),
    /// It does what is asked, and the answer is lost.
    AnswerLost,
    /// None: this call goes well, a later one does not.
    Nothing,
}

impl FakeCrm {
    /// An empty CRM.
    pub fn new() -> Self {
        Self::default()
    }

    /// The next calls go wrong so, in this order; later ones go well.
    pub fn then(&self, faults: impl IntoIterator<Item = CrmFault>) {
        self.lock().script.extend(faults);
    }

    /// The customers it knows, and how often each was created.
    pub fn contacts(&self) -> BTreeMap<ContactId, u32> {
        self.lock().contacts.clone()
    }

    /// The messages it knows, in the order in which they came.
    pub fn timeline(&self) -> Vec<MessageId> {
        self.lock().timeline.clone()
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().expect("no code panics while holding the lock")
    }
}

impl fmt::Debug for FakeCrm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FakeCrm").finish_non_exhaustive()
    }
}

#[async_trait]
impl CrmAdapter for FakeCrm {
    fn connection(&self) -> &str {
        "fake"
    }

    fn capabilities(&self) -> Capabilities {
        Capabilities { upsert_by_our_key: true, timeline: true }
    }

    async fn upsert_contact(&self, update: ContactUpdate<'_>) -> Outcome {
        let mut state = self.lock();
        let fault = state.script.pop_front();
        if let Some(CrmFault::Instead(outcome)) = fault {
            return outcome;
        }
        let id = update.contact.to_string();
        let known = state.contacts.contains_key(&update.contact);
        if !known {
            *state.contacts.entry(update.contact).or_default() += 1;
        }
        match (fault, known) {
            (Some(CrmFault::AnswerLost), _) => Outcome::Unknown,
            (_, true) => Outcome::Unchanged { id },
            (_, false) => Outcome::Created { id },
        }
    }

    async fn append_timeline(&self, update: TimelineUpdate<'_>) -> Outcome {
        let mut state = self.lock();
        let fault = state.script.pop_front();
        if let Some(CrmFault::Instead(outcome)) = fault {
            return outcome;
        }
        let id = update.entry.message.to_string();
        let is_new = state.operations.insert(update.operation.to_owned());
        if is_new {
            state.timeline.push(update.entry.message);
        }
        match fault {
            Some(CrmFault::AnswerLost) => Outcome::Unknown,
            _ if is_new => Outcome::Created { id },
            _ => Outcome::Unchanged { id },
        }
    }
}
