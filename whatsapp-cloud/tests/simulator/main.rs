//! The simulator does what Meta does, as far as a business can see it.
#![cfg(feature = "simulator")]
#![allow(clippy::unwrap_used, reason = "functions beside the tests are tests too")]

mod access;
mod batch;
mod business;
mod control;
mod faults;
mod files;
mod messages;
mod posting;
mod resources;
mod running;
mod steering;
mod support;
mod templates;
mod uploads;
mod webhooks;
