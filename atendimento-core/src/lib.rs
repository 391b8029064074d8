//! wip
pub mod domain;
mod error;
pub mod id;
pub mod store;
pub mod time;
pub mod vault;
pub use error::{Error, ErrorKind, Result};
