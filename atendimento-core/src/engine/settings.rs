//! How a desk is set up.

use std::time::Duration;

use crate::error::{Error, Result};
use crate::id::{AccountId, QueueId, TenantId};

/// How much longer than a send may take a claim must last, so that nobody takes over a send
/// that still runs.
const MARGIN: Duration = Duration::from_secs(5);

/// A number of the business.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// Its id at the channel.
    pub id: AccountId,
    /// The company it belongs to.
    pub tenant: TenantId,
    /// Where its customers wait.
    pub queue: QueueId,
}

/// How a desk is set up. [`Settings::default`] fits a service on one machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// The numbers of the business. What is addressed to others is kept as notices.
    pub accounts: Vec<Account>,
    /// The company whose key seals what names no number of ours.
    pub tenant: TenantId,
    /// How long a worker may hold an event or a job before another takes it over.
    pub lease: Duration,
    /// The longest that a send may take, and the two calls to the CRM together. A send that takes
    /// longer is taken for one whose answer was lost, so the channel's own time-out should be
    /// shorter.
    pub send_timeout: Duration,
    /// How long to wait for a status when the answer to a send was lost. Until then later
    /// messages to the same customer wait.
    pub confirmation_wait: Duration,
    /// How often to look for work when nothing has called.
    pub poll: Duration,
    /// How many events and how many jobs of each kind are worked on at once.
    pub workers: usize,
    /// How often to try an event before it is given up and shown.
    pub attempts: u32,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            accounts: Vec::new(),
            tenant: TenantId::from("default"),
            lease: Duration::from_secs(30),
            send_timeout: Duration::from_secs(15),
            confirmation_wait: Duration::from_secs(20),
            poll: Duration::from_millis(500),
            workers: 4,
            attempts: 5,
        }
    }
}

impl Settings {
    /// Whether these settings can work.
    ///
    /// # Errors
    ///
    /// [`Configuration`](crate::ErrorKind::Configuration), in one sentence, when they cannot.
    pub fn check(&self) -> Result<()> {
        let refuse = |sentence: &str| Err(Error::configuration("set up desk", sentence));
        if self.accounts.is_empty() {
            return refuse("the desk has no account: add the number of the business");
        }
        for (at, account) in self.accounts.iter().enumerate() {
            if account.id.as_str().is_empty() || account.queue.as_str().is_empty() {
                return refuse("an account needs an id and a queue");
            }
            if self.accounts[..at].iter().any(|earlier| earlier.id == account.id) {
                return refuse("an account is given twice");
            }
        }
        if self.lease < self.send_timeout + MARGIN.min(self.send_timeout) {
            return refuse(
                "the lease is too short: it must outlast the send time-out by 5 s, or twice over",
            );
        }
        if self.poll.is_zero() || self.workers == 0 || self.attempts == 0 {
            return refuse("poll, workers and attempts must be more than zero");
        }
        Ok(())
    }

    /// The account of that id.
    pub(crate) fn account(&self, id: &AccountId) -> Option<&Account> {
        self.accounts.iter().find(|account| account.id == *id)
    }

    /// Each company once.
    pub(crate) fn tenants(&self) -> Vec<&TenantId> {
        let mut tenants: Vec<_> = self.accounts.iter().map(|account| &account.tenant).collect();
        tenants.sort();
        tenants.dedup();
        tenants
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings() -> Settings {
        let account = Account { id: "1".into(), tenant: "default".into(), queue: "service".into() };
        Settings { accounts: vec![account], ..Settings::default() }
    }

    #[test]
    fn what_cannot_work_is_refused_in_one_sentence() {
        let twice = vec![settings().accounts[0].clone(), settings().accounts[0].clone()];
        let refused = [
            Settings { accounts: vec![], ..settings() },
            Settings { accounts: twice, ..settings() },
            Settings { lease: Duration::from_secs(15), ..settings() },
            Settings { workers: 0, ..settings() },
        ];

        assert!(settings().check().is_ok());
        for settings in refused {
            let error = settings.check().unwrap_err();
            assert_eq!(error.kind(), crate::ErrorKind::Configuration);
            let sentence = std::error::Error::source(&error).unwrap().to_string();
            assert!(!sentence.contains('\n') && sentence.len() > 20, "{sentence}");
        }
    }
}
