//! `wa` as a person or a script uses it: what it prints, and what it ends with.
#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "functions beside the tests are tests too"
)]

use std::env::consts::EXE_SUFFIX;
use std::fs;
use std::io::Write;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

mod inspect;
mod lint;
mod send;
mod signature;
mod simulate;

const SECRET: &str = "the app secret of a test";
const FIXTURES: &str =
    concat!(env!("CARGO_MANIFEST_DIR"), "/../whatsapp-cloud/tests/fixtures/webhooks");

/// The program, which `cargo test` builds beside the tests (unless told to build one test
/// only, with `--test`).
fn wa() -> Command {
    let own = std::env::current_exe().unwrap();
    let folder = own.ancestors().nth(2).unwrap().join("examples");
    let program = folder.join(format!("wa{EXE_SUFFIX}"));
    let built = fs::metadata(&program).and_then(|built| built.modified()).ok();
    let sources = fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/wa")).unwrap();
    let written = |source: std::io::Result<fs::DirEntry>| source?.metadata()?.modified();
    assert!(
        built >= sources.filter_map(|source| written(source).ok()).max(),
        "{program:?} is missing or old: build it with `cargo build --example wa`"
    );
    let mut wa = Command::new(program);
    wa.env_clear().env("APP_SECRET", SECRET).env("OLD_SECRET", "another one").env("EMPTY", "");
    wa
}

/// What it did: the code, the lines on standard output, and standard error.
struct Done {
    code: i32,
    lines: Vec<String>,
    complaint: String,
}

impl Done {
    fn of(output: Output) -> Self {
        Self {
            code: output.status.code().unwrap(),
            lines: String::from_utf8(output.stdout).unwrap().lines().map(str::to_owned).collect(),
            complaint: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

impl Done {
    /// What the lines say.
    fn told(&self) -> Vec<Value> {
        self.lines.iter().map(|line| serde_json::from_str(line).unwrap()).collect()
    }
}

fn run(arguments: &[&str]) -> Done {
    Done::of(wa().args(arguments).stdin(Stdio::null()).output().unwrap())
}

/// Runs it with `body` on standard input.
fn run_on(arguments: &[&str], body: &[u8]) -> Done {
    let (from, to) = (Stdio::piped(), Stdio::piped());
    let mut wa =
        wa().args(arguments).stdin(from).stdout(to).stderr(Stdio::piped()).spawn().unwrap();
    let mut input = wa.stdin.take().unwrap();
    let body = body.to_vec();
    let writer = std::thread::spawn(move || input.write_all(&body));
    let output = wa.wait_with_output().unwrap();
    // It may end before it has read all, when it is called in a wrong way.
    let _ = writer.join().unwrap();
    Done::of(output)
}

#[test]
fn a_wrong_call_shows_how_it_is_done() {
    for arguments in [
        &[][..],
        &["tell"],
        &["inspect", "--all"],
        &["sign"],
        &["sign", "--secret-env"],
        &["sign", "--secret", SECRET],
        &["sign", "--secret-env", "APP_SECRET", "--secret-env", "APP_SECRET"],
        &["sign", "--secret-env", "APP_SECRET", "a", "b"],
        &["verify", "--secret-env", "APP_SECRET", "-"],
        &["verify", "--signature", "x", "-"],
        &["lint", "--all"],
        &["send", "--token-env", "APP_SECRET"],
        &["send", "--from", "1"],
        &["send", "--token-env", "APP_SECRET", "--from", "1", "a", "b"],
    ] {
        let done = run(arguments);

        assert_eq!((done.code, done.lines.len()), (2, 0), "{arguments:?}");
        assert!(done.complaint.contains("usage: wa inspect [FILE…]"), "{}", done.complaint);
        // A secret that was given where none belongs is not repeated.
        assert!(!done.complaint.contains(SECRET), "{}", done.complaint);
    }
    let help = run(&["--help"]);
    assert_eq!(help.code, 0);
    assert!(help.lines[0].starts_with("usage: wa inspect"));
}
