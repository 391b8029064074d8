//! Secrets, numbers, names, texts and ids of messages never show: not in what a type shows of
//! itself, not in an error or what caused it, not in a log, not in an address.
//!
//! Every public type that the sources declare stands in a registry with an instance that is
//! full of canaries, and one that does not is named. Shown on purpose are: ids of accounts,
//! numbers, apps, media and the like, which lead to no person; words of Meta's, also such as
//! are new; how long things are; and Meta's trace id.
#![cfg(all(feature = "client", feature = "flows", feature = "simulator", feature = "axum"))]
#![allow(missing_docs, clippy::unwrap_used)]

#[path = "canary/calls.rs"]
#[macro_use]
mod calls;
#[path = "canary/shown.rs"]
#[macro_use]
mod shown;
#[path = "canary/asked.rs"]
mod asked;
#[path = "canary/by_hand.rs"]
mod by_hand;
#[path = "documented/checker.rs"]
#[allow(dead_code, reason = "examples are looked at elsewhere")]
mod checker;
#[path = "canary/declared.rs"]
mod declared;
#[path = "canary/errors.rs"]
mod errors;
#[path = "documented/examples.rs"]
#[allow(dead_code, reason = "examples are looked at elsewhere")]
mod examples;
#[path = "canary/filled.rs"]
mod filled;
#[path = "canary/flows.rs"]
mod flows;
#[allow(dead_code, reason = "only how it reads a source is needed here")]
#[path = "layering/checker.rs"]
mod layers;
#[path = "canary/logs.rs"]
mod logs;
#[path = "canary/objects.rs"]
mod objects;
#[path = "canary/records.rs"]
mod records;
#[path = "canary/registry.rs"]
mod registry;
#[path = "canary/running.rs"]
mod running;
#[path = "canary/sources.rs"]
mod sources;
mod support;
#[path = "canary/told.rs"]
mod told;
#[path = "canary/words.rs"]
mod words;
