//! The signature's header and a body. `signature.rs`, one folder up, says what must hold.

#![no_main]

use libfuzzer_sys::fuzz_target;

#[path = "../properties.rs"]
mod properties;

fuzz_target!(|data: &[u8]| properties::signature::check(data));
