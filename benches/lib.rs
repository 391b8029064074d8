//! What the benchmarks share; they are the `[[bench]]` targets of this package.
//!
//! How to run them, and what each case is: `docs/benchmarks.md`.

pub mod bodies;
pub mod contender;
pub mod dice;
pub mod meta;
#[cfg(feature = "peers")]
pub mod peers;
pub mod report;
pub mod sender;
