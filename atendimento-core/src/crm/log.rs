//! A file that is told everything a CRM would be told: the smallest adapter that is right.

use std::collections::{HashMap, HashSet};
use std::fmt;
use std::fs::{File, OpenOptions};
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use serde::{Deserialize, Serialize};

use crate::crm::{Capabilities, ContactUpdate, CrmAdapter, Outcome, TimelineEntry, TimelineUpdate};
use crate::domain::Profile;
use crate::error::{Error, Result};
use crate::id::ContactId;

const OPEN: &str = "open CRM log";

/// A CRM that is a file of JSON lines, one for each change.
///
/// For trials, for tests, and to read when writing an adapter. The file holds personal data in
/// clear, as a CRM does. One process may have it open at a time.
#[derive(Clone)]
pub struct LogCrm {
    state: Arc<Mutex<State>>,
}

struct State {
    file: File,
    contacts: HashMap<ContactId, Profile>,
    operations: HashSet<String>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
enum Line {
    Contact { operation: String, contact: ContactId, profile: Profile },
    Timeline { operation: String, link: String, entry: TimelineEntry },
}

impl LogCrm {
    /// Opens the file at `path`, or makes it, and learns what it was told before.
    ///
    /// A last line that a crash cut off is removed: its operation was not reported as done.
    ///
    /// # Errors
    ///
    /// [`Configuration`](crate::ErrorKind::Configuration) when the file cannot be opened or is
    /// no CRM log.
    pub fn open(path: impl AsRef<Path>) -> Result<Self> {
        let path = path.as_ref();
        let failed = |error: std::io::Error| {
            let sentence = format!("cannot use {}: {}", path.display(), error.kind());
            Error::configuration(OPEN, sentence)
        };
        let mut options = OpenOptions::new();
        options.read(true).append(true).create(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let file = options.open(path).map_err(failed)?;

        let mut state = State { file, contacts: HashMap::new(), operations: HashSet::new() };
        let mut reader = BufReader::new(File::open(path).map_err(failed)?);
        let (mut whole, mut number) = (0, 0);
        let mut text = Vec::new();
        loop {
            text.clear();
            let length = reader.read_until(b'\n', &mut text).map_err(failed)?;
            if !text.ends_with(b"\n") {
                break;
            }
            number += 1;
            let line = serde_json::from_slice(&text).map_err(|_| {
                let sentence = format!("{} is no CRM log (line {number})", path.display());
                Error::configuration(OPEN, sentence)
            })?;
            state.learn(line);
            whole += length as u64;
        }
        state.file.set_len(whole).map_err(failed)?;
        Ok(Self { state: Arc::new(Mutex::new(state)) })
    }

    /// How many customers it knows.
    pub fn contacts(&self) -> usize {
        self.lock().contacts.len()
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock().expect("the lock is never poisoned: no code panics while holding it")
    }
}

impl State {
    fn learn(&mut self, line: Line) {
        match line {
            Line::Contact { operation, contact, profile } => {
                self.operations.insert(operation);
                self.contacts.insert(contact, profile);
            }
            Line::Timeline { operation, .. } => {
                self.operations.insert(operation);
            }
        }
    }

    fn write(&mut self, line: Line) -> Result<(), Outcome> {
        let permanent = |reason: &str| Outcome::Permanent { reason: reason.to_owned() };
        let mut text = serde_json::to_vec(&line).map_err(|_| permanent("not JSON"))?;
        text.push(b'\n');
        let before = self.file.metadata().map_err(|_| Outcome::Retryable)?.len();
        let written = self.file.write_all(&text).and_then(|()| self.file.sync_data());
        if written.is_err() {
            // Half a line would spoil the next one.
            return Err(match self.file.set_len(before) {
                Ok(()) => Outcome::Retryable,
                Err(_) => permanent("the file cannot be written"),
            });
        }
        self.learn(line);
        Ok(())
    }
}

impl fmt::Debug for LogCrm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LogCrm").finish_non_exhaustive()
    }
}

#[async_trait]
impl CrmAdapter for LogCrm {
    fn connection(&self) -> &str {
        "log"
    }

    fn capabilities(&self) -> Capabilities {
        Capabilities { upsert_by_our_key: true, timeline: true }
    }

    async fn upsert_contact(&self, update: ContactUpdate<'_>) -> Outcome {
        let mut state = self.lock();
        let id = update.contact.to_string();
        let known = state.contacts.get(&update.contact);
        if known == Some(update.profile) {
            return Outcome::Unchanged { id };
        }
        let is_new = known.is_none();
        let line = Line::Contact {
            operation: update.operation.to_owned(),
            contact: update.contact,
            profile: update.profile.clone(),
        };
        match state.write(line) {
            Err(outcome) => outcome,
            Ok(()) if is_new => Outcome::Created { id },
            Ok(()) => Outcome::Updated { id },
        }
    }

    async fn append_timeline(&self, update: TimelineUpdate<'_>) -> Outcome {
        let mut state = self.lock();
        let id = update.entry.message.to_string();
        if state.operations.contains(update.operation) {
            return Outcome::Unchanged { id };
        }
        let line = Line::Timeline {
            operation: update.operation.to_owned(),
            link: update.link.to_owned(),
            entry: update.entry.clone(),
        };
        match state.write(line) {
            Err(outcome) => outcome,
            Ok(()) => Outcome::Created { id },
        }
    }
}
