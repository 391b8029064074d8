//! The suite that every store must pass: one rule for each promise of the contracts.
//!
//! A backend of your own runs the whole suite with one line, and there is no way to leave a
//! rule out: what cannot keep all the promises is not a store.
//!
//! ```
//! use std::sync::Arc;
//!
//! use async_trait::async_trait;
//! use atendimento_core::store::{Store, memory::MemoryStore};
//! use atendimento_core::testing::conformance::StoreFixture;
//!
//! struct InMemory(MemoryStore);
//!
//! #[async_trait]
//! impl StoreFixture for InMemory {
//!     async fn open(&self) -> Arc<dyn Store> {
//!         Arc::new(self.0.clone())
//!     }
//! }
//!
//! atendimento_core::store_conformance!(InMemory(MemoryStore::new()));
//! # fn main() {}
//! ```

#[cfg(test)]
mod bullets;
pub mod commit;
pub mod configuration;
mod contest;
pub mod directory;
pub mod inbox;
pub mod lanes;
#[cfg(all(test, feature = "sqlite"))]
mod model;
pub mod outbox;
pub mod queries;
pub mod roster;
mod samples;
mod suite;

pub use suite::{StoreFixture, run};
