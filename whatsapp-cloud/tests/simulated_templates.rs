//! Templates of the simulator are handed in, reviewed, changed, deleted and filled in as Meta
//! does it.
#![cfg(feature = "simulator")]
#![allow(clippy::unwrap_used, reason = "functions beside the tests are tests too")]
#![allow(clippy::needless_pass_by_value, reason = "JSON is written where it is passed")]

#[path = "simulated_templates/desk.rs"]
mod desk;
#[path = "simulated_templates/handing_in.rs"]
mod handing_in;
#[path = "simulated_templates/life.rs"]
mod life;
#[path = "simulated_templates/sending.rs"]
mod sending;
