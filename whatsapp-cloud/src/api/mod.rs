//! What can be asked of Meta: each call is a plain value that turns into a request.
//!
//! Pure: no network, no clock, no randomness. `client` sends what is built here.

pub mod media;
pub mod messages;
mod recipient;
mod success;
mod violation;

pub use recipient::Recipient;
pub use success::Success;
pub use violation::{Violation, Violations};
