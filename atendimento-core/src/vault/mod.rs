//! Personal data, sealed per customer.
//!
//! Each customer has a key of their own; what is stored of them is sealed under it, and the
//! key itself is wrapped under a key of the installation's. Erasing a customer is destroying
//! their key. What belongs to no customer yet (a body as a channel posted it) is sealed under
//! a key of the company's.

mod keys;
mod seal;

pub use keys::{FileKeys, KeyProvider, RootKey};
pub use seal::{DataKey, Place, Vault};
