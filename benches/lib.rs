//! The benchmarks are `[[bench]]` targets of this package; see its `Cargo.toml`.
