//! The examples are `[[example]]` targets of this package; see its `Cargo.toml`.
