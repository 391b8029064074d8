//! What can be asked of Meta: each call is a plain value that turns into a request.
//!
//! Pure: no network, no clock, no randomness. `client` sends what is built here.

pub mod block_list;
mod call;
pub mod media;
pub mod messages;
mod recipient;
mod success;

pub use crate::violation::{Violation, Violations};
pub use call::Operation;
pub use recipient::Recipient;
pub use success::Success;
