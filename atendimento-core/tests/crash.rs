//! A process is killed between any two steps of the journey, and its successor goes on where
//! it was: nothing lost, nothing twice.
//!
//! This program is both sides. The parent plays Meta and the customer, and kills; the child is
//! a desk on a SQLite file with one agent, who answers by a script. The child halts at the
//! point it is told, so that nothing more happens, and the parent kills it with SIGKILL.
#![allow(missing_docs, clippy::unwrap_used, clippy::print_stdout)]

#[path = "crash/child.rs"]
mod child;
#[path = "crash/parent.rs"]
mod parent;

use std::process::ExitCode;

/// Tells the child what to do; set by the parent only.
const PLAN: &str = "ATENDIMENTO_CRASH_PLAN";

fn main() -> ExitCode {
    match std::env::var(PLAN) {
        Ok(plan) => child::run(&plan),
        Err(_) => parent::run(),
    }
}
