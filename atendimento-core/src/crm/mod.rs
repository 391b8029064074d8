//! What the business knows of its customers.
//!
//! The core owns who a customer is, which CRM record that is, and that nothing is told twice;
//! an adapter says it to one CRM. [`LogCrm`] is the smallest one that is right.

mod contract;
mod log;

pub use contract::{
    Capabilities, ContactUpdate, CrmAdapter, Outcome, TimelineEntry, TimelineUpdate,
};
pub use log::LogCrm;
