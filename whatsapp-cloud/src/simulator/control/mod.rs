//! Steering a simulator from another program: who the customers are, what Meta does by itself,
//! what goes wrong, what time it is. Beside Meta's paths, below `/simulator`.
//!
//! [`router`] lists the paths; `said` is how a body is read and how it is refused; the others
//! are about one kind of thing each, and call what the Rust API calls.

mod businesses;
mod customers;
mod records;
mod router;
mod said;
mod templates;
mod time;
mod tokens;
mod webhooks;

pub(super) use router::router;
