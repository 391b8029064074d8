//! Holds the examples; see `Cargo.toml`.
