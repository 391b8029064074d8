//! Where customers are.
//!
//! A channel turns bodies that were posted to us into [`Inbound`]s, and sends what agents
//! write. It knows its provider; nothing else does.

mod contract;
#[cfg(feature = "whatsapp")]
pub mod whatsapp;

pub use contract::{Authentic, Channel, Inbound, Outbound, Said, SendOutcome};
