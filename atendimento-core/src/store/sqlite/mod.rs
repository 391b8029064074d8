//! The durable store for one machine: one file, no server.
//!
//! One thread writes, and commits together whatever waits when the last commit is done; a
//! call that nobody awaits any more is carried out all the same. Reads go to connections that
//! cannot write. A second process on the same file is safe: fences decide, as they do between
//! workers of one process.
//!
//! After a failure that leaves it unknown what the disk holds, such as a failed `fsync`, the
//! store refuses everything until it is opened again: trying again would report as durable
//! what is lost. A full disk only refuses what it has no room for.

mod columns;
mod commit;
mod configuration;
mod connection;
mod directory;
mod failure;
mod inbox;
mod lanes;
mod library;
mod outbox;
#[cfg(test)]
mod plans;
mod queries;
mod reader;
mod roster;
mod schema;
mod statement;
mod store;
mod writer;

pub use store::SqliteStore;
