//! What must hold of any bytes at all.
//!
//! The fuzz targets try them on new bytes; `tests/fuzz_corpus.rs` on those that are kept.

// Each of those who include this uses a part of it.
#![allow(dead_code, reason = "a fuzz target checks one property")]

pub(crate) mod json;
pub(crate) mod mutation;
pub(crate) mod parse;
pub(crate) mod round_trip;
pub(crate) mod signature;
