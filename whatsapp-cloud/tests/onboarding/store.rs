//! A host's store that keeps texts only, as a database would, and fails on script.

use std::collections::HashMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use async_trait::async_trait;
use secrecy::{ExposeSecret as _, SecretString};
use whatsapp_cloud::api::tokens::IssuedToken;
use whatsapp_cloud::client::onboarding::{Progress, SignupStore, Stage, StoreError};

use crate::graph::PIN;

/// When an operation fails.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Failing {
    /// Nothing was done.
    Before,
    /// It was done.
    After,
}

#[derive(Default)]
pub(crate) struct Memory {
    signups: Mutex<HashMap<String, String>>,
    tokens: Mutex<HashMap<String, String>>,
    /// Every text that a progress was saved as.
    pub(crate) saved: Mutex<Vec<String>>,
    script: Mutex<Option<(usize, Failing)>>,
    done: AtomicUsize,
    names: Mutex<Vec<&'static str>>,
}

impl Memory {
    /// Fails the operation of this number, once.
    pub(crate) fn fail(&self, operation: usize, failing: Failing) {
        *self.script.lock().unwrap() = Some((operation, failing));
    }

    pub(crate) fn operations(&self) -> Vec<&'static str> {
        self.names.lock().unwrap().clone()
    }

    pub(crate) fn progress(&self, id: &str) -> Option<Progress> {
        let signups = self.signups.lock().unwrap();
        signups.get(id).map(|text| serde_json::from_str(text).unwrap())
    }

    pub(crate) fn put(&self, progress: &Progress) {
        let text = serde_json::to_string(progress).unwrap();
        self.saved.lock().unwrap().push(text.clone());
        self.signups.lock().unwrap().insert(progress.id.clone(), text);
    }

    pub(crate) fn put_token(&self, id: &str, token: &SecretString) {
        let token = token.expose_secret().to_owned();
        self.tokens.lock().unwrap().insert(id.to_owned(), token);
    }

    pub(crate) fn has_token(&self, id: &str) -> bool {
        self.tokens.lock().unwrap().contains_key(id)
    }

    fn operate<T>(&self, name: &'static str, work: impl FnOnce() -> T) -> Result<T, StoreError> {
        self.names.lock().unwrap().push(name);
        let number = self.done.fetch_add(1, Ordering::SeqCst);
        let failing = self.script.lock().unwrap().filter(|(at, _)| *at == number);
        match failing.map(|(_, failing)| failing) {
            None => Ok(work()),
            Some(Failing::Before) => Err("the disk is full".into()),
            Some(Failing::After) => {
                work();
                Err("the disk did not answer".into())
            }
        }
    }
}

#[async_trait]
impl SignupStore for Memory {
    async fn begin(&self, progress: &Progress) -> Result<Option<Progress>, StoreError> {
        self.operate("begin", || {
            assert_eq!(progress.stage, Stage::Begun);
            let known = self.progress(&progress.id);
            if known.is_none() {
                self.put(progress);
            }
            known
        })
    }

    async fn forget(&self, id: &str) -> Result<(), StoreError> {
        self.operate("forget", || {
            self.signups.lock().unwrap().remove(id);
        })
    }

    async fn save(&self, progress: &Progress) -> Result<(), StoreError> {
        self.operate("save", || self.put(progress))
    }

    async fn save_token(&self, id: &str, token: &IssuedToken) -> Result<(), StoreError> {
        self.operate("save_token", || self.put_token(id, &token.access_token))
    }

    async fn token(&self, id: &str) -> Result<Option<SecretString>, StoreError> {
        let tokens = self.tokens.lock().unwrap();
        self.operate("token", || tokens.get(id).cloned().map(SecretString::from))
    }

    async fn pin(&self, _: &str) -> Result<SecretString, StoreError> {
        self.operate("pin", || SecretString::from(PIN))
    }
}
