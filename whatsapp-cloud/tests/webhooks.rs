//! Webhooks: every kind of event is read as it should be, and nothing gets lost.

#![cfg(feature = "webhook")]
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test fails by a panic, and says what it skips"
)]

#[path = "webhooks/account.rs"]
mod account;
#[path = "webhooks/billing.rs"]
mod billing;
#[path = "webhooks/calls.rs"]
mod calls;
#[path = "webhooks/corpus.rs"]
mod corpus;
#[path = "webhooks/corpus_items.rs"]
mod corpus_items;
#[path = "webhooks/dedupe.rs"]
mod dedupe;
#[path = "webhooks/fixtures.rs"]
mod fixtures;
#[path = "webhooks/flow.rs"]
mod flow;
#[path = "webhooks/groups.rs"]
mod groups;
#[path = "webhooks/history.rs"]
mod history;
#[path = "webhooks/hostile.rs"]
mod hostile;
#[path = "webhooks/meta_examples.rs"]
mod meta_examples;
#[path = "webhooks/meta_yaml.rs"]
mod meta_yaml;
#[path = "webhooks/phone_number.rs"]
mod phone_number;
#[path = "webhooks/preferences.rs"]
mod preferences;
#[path = "webhooks/records.rs"]
mod records;
#[path = "webhooks/rows.rs"]
mod rows;
#[path = "webhooks/shown.rs"]
mod shown;
#[path = "webhooks/standby.rs"]
mod standby;
#[path = "webhooks/template.rs"]
mod template;

use std::path::PathBuf;

use serde_json::Value;
use whatsapp_cloud::webhook::{Event, EventKind, Verified};

fn events(body: &[u8]) -> Vec<Event<'_>> {
    Verified::restored(body).events().collect()
}

/// Whether the event says that something could not be read.
fn is_unread(event: &Event<'_>) -> bool {
    matches!(event.kind, EventKind::Malformed(_) | EventKind::Unparsed(_))
}

/// The event's own JSON.
fn json_of(event: &Event<'_>) -> Value {
    serde_json::from_str(event.raw.as_ref().unwrap().get()).unwrap()
}

/// A file of the shared material on Meta's API, or `None` where it is not there.
fn shared(path: &str) -> Option<PathBuf> {
    let path = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared")).join(path);
    if path.exists() {
        Some(path)
    } else {
        println!("skipped: {} is not there", path.display());
        None
    }
}
