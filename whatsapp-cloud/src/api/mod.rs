//! What can be asked of Meta: each call is a plain value that turns into a request.
//!
//! Pure: no network, no clock, no randomness. `client` sends what is built here.

pub mod account;
pub mod analytics;
pub mod automation;
pub mod block_list;
pub mod business;
mod call;
pub mod calls;
pub mod certification;
pub mod coexistence;
pub mod commerce;
pub mod compliance;
pub mod contact_book;
pub mod conversions;
pub mod credit;
pub mod encryption;
pub mod flows;
pub mod groups;
pub mod health;
mod https;
mod lint;
pub mod marketing;
pub mod media;
pub mod messages;
pub mod migration;
pub mod payment_configurations;
pub mod payment_lookup;
pub mod phone_number;
pub mod preverified_numbers;
pub mod profile;
pub mod qr_codes;
mod recipient;
pub mod schedules;
pub mod settings;
pub mod signups;
pub mod solutions;
pub mod subscriptions;
mod success;
pub mod templates;
pub mod thread_control;
pub mod tokens;
pub mod uploads;
pub mod usernames;
pub mod users;
pub mod welcome_sequences;

pub use crate::violation::{Violation, Violations};
pub use call::Operation;
pub use lint::Lint;
pub use recipient::Recipient;
pub use success::Success;
