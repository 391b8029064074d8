//! Holds the benchmarks; see `Cargo.toml`.
