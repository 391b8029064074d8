//! A typed SDK for Meta's WhatsApp Business Cloud API.
//!
//! | feature | what it adds | default |
//! |---|---|---|
//! | `client` | `client::Client`, which sends calls to Meta | yes |
//! | `webhook` | `webhook`, which verifies and reads what Meta posts; no HTTP client, no tokio | yes |
//! | `axum` | a ready webhook route, `webhook::axum` | |
//! | `flows` | `flow_endpoint`, which decrypts what Flows ask, and encrypts the answers | |
//! | `simulator` | `simulator`, a local Cloud API to build and test against | |
//! | `rustls` / `native-tls` | how the client encrypts | `rustls` |
//!
//! Where things are: [`api`] holds what can be asked of Meta, as plain values;
//! `webhook` what Meta tells; `client` is the only network input and output.

#![cfg_attr(docsrs, feature(doc_cfg))]

pub mod api;
#[cfg(feature = "client")]
pub mod client;
pub mod endpoint;
mod error;
#[cfg(feature = "flows")]
pub mod flow_endpoint;
mod id;
#[cfg(feature = "simulator")]
pub mod simulator;
mod violation;
#[cfg(feature = "webhook")]
pub mod webhook;
pub mod wire;

#[cfg(feature = "client")]
pub use client::Client;
pub use error::catalogue;
pub use error::{Error, ErrorKind, Result};
pub use id::{
    AccountId, AppId, BusinessId, FlowId, GroupId, MediaId, MessageId, NodeId, PhoneNumberId,
    TemplateId, UploadId, UserId,
};
