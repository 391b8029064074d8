//! What a company decides about its queues: a document that is checked, and what follows of it.
//!
//! A [`Document`] is what is written. A [`Configuration`] is one that was checked as a whole:
//! whatever it is asked, it has an answer. It never changes; another version is another one.

mod check;
mod difference;
mod document;
mod plan;
mod span;

use std::collections::BTreeMap;

use crate::domain::access::Roles;
use crate::domain::hours::{Hours, Zone};
use crate::id::{AccountId, QueueId};

pub use check::{Fault, InvalidConfiguration, STRATEGIES};
pub use difference::{Change, difference};
pub use document::{
    Absence, ClosedSettings, Condition, Document, Offer, Order, OverflowSettings, QueueSettings,
    Ring, Rule, ServiceLevel, Sticky,
};
pub use plan::{Facts, Route};
pub use span::{InvalidSpan, Span};

/// A document that was checked, and its version.
///
/// ```
/// use atendimento_core::domain::configuration::Configuration;
///
/// let configuration = Configuration::from_toml(
///     r#"
///     skills = ["spanish"]
///
///     [queues.sales]
///     offer = { timeout = "20s", misses = 3 }
///     rings = [{ after = "30s", drop = ["spanish"] }]
///
///     [[rules]]
///     queue = "sales"
///     "#,
/// )?;
/// assert!(configuration.document().queues.contains_key(&"sales".into()));
///
/// let refused = Configuration::from_toml("[queues.sales]\nwrap_up = \"8 minutes\"").unwrap_err();
/// assert_eq!(refused.0[0].path, "queues.sales.wrap_up");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct Configuration {
    document: Document,
    zone: Zone,
    hours: BTreeMap<String, Hours>,
    roles: Roles,
    version: u64,
}

impl Configuration {
    /// Checks a document. `strategies` are the host's own, by name.
    ///
    /// # Errors
    ///
    /// All that is wrong with it, each with its path.
    pub fn new(document: Document, strategies: &[&str]) -> Result<Self, InvalidConfiguration> {
        let faults = check::faults(&document, strategies);
        if !faults.is_empty() {
            return Err(InvalidConfiguration(faults));
        }
        let hours = document.hours.iter().filter_map(|(name, hours)| {
            // Each was made once when it was checked.
            Some((name.clone(), Hours::new(hours.clone()).ok()?))
        });
        let hours = hours.collect();
        let zone = document.zone.as_deref().map(Zone::named);
        let zone = zone.and_then(Result::ok).unwrap_or_default();
        let roles = Roles::new(&document.roles).unwrap_or_default(); // they were checked
        Ok(Self { document, zone, hours, roles, version: 0 })
    }

    /// Queues in which whoever is free gets who waits longest, and where who writes to which
    /// number waits. What a desk does that nobody has configured.
    ///
    /// # Errors
    ///
    /// [`InvalidConfiguration`] when there is no account, or a queue without a name.
    pub fn plain(
        accounts: impl IntoIterator<Item = (AccountId, QueueId)>,
    ) -> Result<Self, InvalidConfiguration> {
        let mut document = Document::default();
        for (account, queue) in accounts {
            document.queues.entry(queue.clone()).or_default();
            let accounts = [account].into();
            let when = Condition { accounts, ..Condition::default() };
            document.rules.push(Rule { when, ..Rule::everybody(queue) });
        }
        if let Some(first) = document.queues.keys().next().cloned() {
            document.rules.push(Rule::everybody(first));
        }
        Self::new(document, &[])
    }

    /// Reads and checks a document in TOML.
    ///
    /// # Errors
    ///
    /// All that is wrong with it, each with its path; what cannot be read at all is told
    /// alone.
    pub fn from_toml(text: &str) -> Result<Self, InvalidConfiguration> {
        Self::new(Document::from_toml(text)?, &[])
    }

    /// Reads and checks a document in JSON.
    ///
    /// # Errors
    ///
    /// As [`Configuration::from_toml`].
    pub fn from_json(text: &str) -> Result<Self, InvalidConfiguration> {
        Self::new(Document::from_json(text)?, &[])
    }

    /// The same, as that version of the company's.
    #[must_use]
    pub fn with_version(self, version: u64) -> Self {
        Self { version, ..self }
    }

    /// Which version of the company's it is; 0 when nobody has published one.
    pub fn version(&self) -> u64 {
        self.version
    }

    /// The roles there are: those that are always there, and the company's own.
    pub fn roles(&self) -> &Roles {
        &self.roles
    }

    /// The company's time zone.
    pub fn zone(&self) -> &Zone {
        &self.zone
    }

    /// What was written.
    pub fn document(&self) -> &Document {
        &self.document
    }
}

impl Document {
    /// Reads TOML. Whether it can be done what it says is [checked](Configuration::new) later.
    ///
    /// # Errors
    ///
    /// What cannot be read, with its path.
    pub fn from_toml(text: &str) -> Result<Self, InvalidConfiguration> {
        let read = toml::Deserializer::parse(text);
        let read = read.map_err(|error| unreadable("", &reason_in(text, &error)))?;
        serde_path_to_error::deserialize(read).map_err(|error| {
            let path = error.path().to_string();
            unreadable(&path, &reason_in(text, &error.into_inner()))
        })
    }

    /// Reads JSON. Whether it can be done what it says is [checked](Configuration::new) later.
    ///
    /// # Errors
    ///
    /// What cannot be read, with its path.
    pub fn from_json(text: &str) -> Result<Self, InvalidConfiguration> {
        let mut read = serde_json::Deserializer::from_str(text);
        let document = serde_path_to_error::deserialize(&mut read).map_err(|error| {
            let path = error.path().to_string();
            unreadable(&path, &error.into_inner().to_string())
        })?;
        read.end().map_err(|error| unreadable("", &error.to_string()))?;
        Ok(document)
    }
}

/// What is wrong with TOML, and in which line: what cannot be parsed has no path.
fn reason_in(text: &str, error: &toml::de::Error) -> String {
    let Some(before) = error.span().and_then(|span| text.get(..span.start)) else {
        return error.message().to_owned();
    };
    let (line, last) = before.split('\n').enumerate().last().unwrap_or_default();
    let (line, column) = (line + 1, last.chars().count() + 1);
    format!("{} at line {line} column {column}", error.message())
}

fn unreadable(path: &str, reason: &str) -> InvalidConfiguration {
    let path = if path == "." { "" } else { path };
    InvalidConfiguration(vec![Fault { path: path.to_owned(), reason: reason.to_owned() }])
}

impl Rule {
    /// A rule for everybody: they wait in `queue`.
    pub fn everybody(queue: impl Into<QueueId>) -> Self {
        Self {
            when: Condition::default(),
            queue: queue.into(),
            priority: None,
            skills: BTreeMap::new(),
        }
    }
}
