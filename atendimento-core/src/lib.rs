//! A customer-service core to embed: what customers write is made durable, put in order,
//! given to an agent, told to the CRM and answered, once, across crashes and restarts.
//!
//! | feature | what it adds | default |
//! |---|---|---|
//! | `whatsapp` | customers on WhatsApp, by the `whatsapp-cloud` crate | yes |
//! | `sqlite` | the durable store for one machine | yes |
//! | `rustls` / `native-tls` | how the WhatsApp client encrypts | `rustls` |
//! | `testing` | a clock to move, fakes, and the suite that every store must pass | |
//!
//! Where things are: a rule is in [`domain`]; when it runs, and with what, in [`engine`]; where
//! it is kept, in [`store`]. Customers are reached by a [`channel`], the business knows them in
//! its [`crm`], and what is personal is sealed by the [`vault`].

#![cfg_attr(docsrs, feature(doc_cfg))]

pub mod channel;
pub mod crm;
pub mod domain;
pub mod engine;
mod error;
pub mod id;
pub mod store;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
pub mod time;
pub mod vault;

pub use engine::{Desk, Settings};
pub use error::{Error, ErrorKind, Result};

/// The README's code, compiled.
#[cfg(all(doctest, feature = "sqlite", feature = "whatsapp"))]
#[doc = include_str!("../../README.md")]
pub struct Readme;
