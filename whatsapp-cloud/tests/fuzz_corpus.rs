//! The bytes that fuzzing began with, and those it found: whatever must hold of any bytes
//! holds of them.
//!
//! A new finding goes into `fuzz/seeds`, in the folder of its target; `make fuzz` looks for
//! more.

#![cfg(feature = "webhook")]
#![allow(
    clippy::print_stderr,
    clippy::unwrap_used,
    reason = "functions beside the tests are tests too"
)]

use std::fs;
use std::panic;
use std::path::Path;

#[path = "../fuzz/properties.rs"]
mod properties;

const BODIES: [&str; 3] = ["tests/fixtures/webhooks", "fuzz/seeds/parse", "fuzz/seeds/round_trip"];

/// Checks every file of these folders, and names all those that fail.
fn replay(folders: &[&str], check: fn(&[u8])) {
    let mut failed = Vec::new();
    for folder in folders {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
        let mut files: Vec<_> =
            fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        files.sort();
        assert!(files.len() > 5, "{folder:?} is all but empty");
        for file in files {
            let bytes = fs::read(&file).unwrap();
            if panic::catch_unwind(|| check(&bytes)).is_err() {
                eprintln!("^ {}", file.display());
                failed.push(file);
            }
        }
    }
    assert!(failed.is_empty(), "{failed:#?}");
}

#[test]
fn only_what_was_signed_is_verified() {
    replay(&["fuzz/seeds/signature"], properties::signature::check);
}

#[test]
fn whatever_is_read_is_told() {
    replay(&BODIES, properties::parse::check);
}

#[test]
fn what_is_written_is_what_was_read() {
    replay(&BODIES, properties::round_trip::check);
}
