//! The events of a body. `parse.rs`, one folder up, says what must hold.

#![no_main]

use libfuzzer_sys::{fuzz_mutator, fuzz_target, fuzzer_mutate};

#[path = "../properties.rs"]
mod properties;

fuzz_target!(|data: &[u8]| properties::parse::check(data));

fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    properties::mutation::mutate(data, size, max_size, seed, fuzzer_mutate)
});
