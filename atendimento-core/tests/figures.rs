//! Figures are what they are said to be, whoever counts, and nobody sees what they may not.
#![allow(missing_docs, clippy::unwrap_used)]

#[path = "figures/by_hand.rs"]
mod by_hand;
#[path = "figures/documented.rs"]
mod documented;
#[path = "invariants/history.rs"]
mod history;
#[path = "figures/random.rs"]
mod random;
#[path = "figures/recount.rs"]
mod recount;
#[path = "figures/seen.rs"]
mod seen;
#[path = "support/mod.rs"]
mod support;
#[path = "figures/told.rs"]
mod told;
#[allow(dead_code)]
#[path = "invariants/world.rs"]
mod world;
