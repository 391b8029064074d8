//! What the simulator refuses, plays and remembers, resource by resource.
#![cfg(feature = "simulator")]
#![allow(clippy::unwrap_used, reason = "functions beside the tests are tests too")]

mod access;
mod batch;
mod control;
mod faults;
mod support;
mod uploads;
mod webhooks;
