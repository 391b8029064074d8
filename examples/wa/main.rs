//! Meta's Cloud API at a prompt: what it posted (`wa inspect`, `wa verify`, `wa sign`), and what
//! it is asked (`wa lint`, `wa send`), and an API to try both against (`wa simulate`).
//!
//! `cargo run --example wa -- inspect FILE…` prints a JSON object for each event and one for
//! each file, for `jq` and its like; `lint` says of each body whether Meta would take it. Secrets
//! and tokens come from environment variables, never as an argument, where other users of the
//! machine could see them.

use std::collections::HashMap;
use std::env::{self, VarError};
use std::ffi::{OsStr, OsString};
use std::fs;
use std::io::{self, BufWriter, ErrorKind, Read as _, Write};
use std::process::ExitCode;

use secrecy::SecretString;
use serde::Serialize;

mod inspect;
mod lint;
mod members;
mod send;
mod signature;
mod simulate;

const USAGE: &str = "\
usage: wa inspect [FILE…]
       wa verify --secret-env VAR[,VAR…] --signature S [FILE]
       wa sign --secret-env VAR [FILE]
       wa lint [FILE…]
       wa send --token-env VAR --from ID [--base-url URL] [--api-version V] [FILE]
       wa simulate [--port P] [--callback URL] [--throughput N] [--batch N]
                   [--review SECONDS] [--retry-first MS] [--require-proof] [--no-auto-read]
                   [--app-id ID] [--account-id ID] [--phone-number-id ID] [--phone-number N]
                   [--token-env VAR] [--secret-env VAR] [--verify-token-env VAR]

inspect  prints a line of JSON for each event, and one for each file
verify   says whether S, the value of X-Hub-Signature-256, fits the bytes of FILE
sign     prints that value for the bytes of FILE
lint     prints a line of JSON for each body of a message or template: whether Meta would
         take it, and all that is wrong with it
send     sends the body of a message from the number with that ID, and prints the answer
simulate runs a Cloud API on this machine until Ctrl-C, and posts webhooks to the callback;
         prints where it is, and the callback once that has answered. It takes N messages a
         second, tells at most N updates in a webhook, reviews a template for SECONDS, and
         posts again after MS milliseconds what was not answered with 200. Calls bear a proof
         of the app's secret, and customers do not read by themselves, where it is said so.
         Its secrets are simulator-token, simulator-app-secret and simulator-verify-token
         unless a variable holds others. Below /simulator it plays customers and Meta: any
         path there that does not exist says which do

FILE is the body as it is, - or none the standard input. VAR is an environment variable that
holds an app secret, or the access token. Exit status: 0 it is so, 1 the signature is not valid,
a body is wrong or was refused, 2 it could not be found out.";

const STANDARD_INPUT: &str = "-";

/// What the process ends with.
const FINE: u8 = 0;
const NOT_VALID: u8 = 1;
const FAILED: u8 = 2;

/// Why nothing more can be said, in a sentence.
type Failure = Box<dyn std::error::Error>;

fn main() -> ExitCode {
    let mut out = BufWriter::new(io::stdout().lock());
    let outcome = run(env::args_os().skip(1), &mut out);
    match outcome.and_then(|code| out.flush().map(|()| code).map_err(Failure::from)) {
        Ok(code) => ExitCode::from(code),
        // Who reads has seen enough, as `head` does.
        Err(error) if is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            complain(&error);
            ExitCode::from(FAILED)
        }
    }
}

fn is_closed_pipe(error: &Failure) -> bool {
    error.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == ErrorKind::BrokenPipe)
}

fn run(mut arguments: impl Iterator<Item = OsString>, out: &mut impl Write) -> Result<u8, Failure> {
    let command = arguments.next().unwrap_or_default();
    match command.to_str() {
        Some("inspect") => inspect::run(&Options::parse(arguments, &[])?, out),
        Some("verify") => {
            signature::verify(&Options::parse(arguments, &["--secret-env", "--signature"])?, out)
        }
        Some("sign") => signature::sign(&Options::parse(arguments, &["--secret-env"])?, out),
        Some("lint") => lint::run(&Options::parse(arguments, &[])?, out),
        Some("send") => send::run(&Options::parse(arguments, &send::OPTIONS)?, out),
        Some("simulate") => simulate::run(
            &Options::parse_with(arguments, &simulate::OPTIONS, &simulate::FLAGS)?,
            out,
        ),
        Some("help" | "--help" | "-h") => {
            writeln!(out, "{USAGE}")?;
            Ok(FINE)
        }
        _ => Err(format!("inspect, verify, sign, lint, send or simulate\n{USAGE}").into()),
    }
}

fn print(line: &impl Serialize, out: &mut impl Write) -> Result<(), Failure> {
    // Not `to_writer`, which hides that the pipe was closed in an error of its own.
    writeln!(out, "{}", serde_json::to_string(line)?)?;
    Ok(())
}

/// Says on standard error why something is missing on standard output.
#[allow(clippy::print_stderr, reason = "it is a program for a prompt")]
fn complain(reason: &dyn std::fmt::Display) {
    eprintln!("wa: {reason}");
}

/// What stands behind the command.
#[derive(Default)]
struct Options {
    named: HashMap<&'static str, OsString>,
    files: Vec<OsString>,
}

impl Options {
    /// Takes the options of these names, each with a value; all else is a file.
    fn parse(
        arguments: impl Iterator<Item = OsString>,
        known: &[&'static str],
    ) -> Result<Self, Failure> {
        Self::parse_with(arguments, known, &[])
    }

    /// Takes these flags too, which have no value.
    fn parse_with(
        mut arguments: impl Iterator<Item = OsString>,
        known: &[&'static str],
        flags: &[&'static str],
    ) -> Result<Self, Failure> {
        let mut options = Self::default();
        while let Some(argument) = arguments.next() {
            if let Some(name) = known.iter().find(|name| argument == ***name) {
                let value =
                    arguments.next().ok_or_else(|| format!("{name} needs a value\n{USAGE}"))?;
                if options.named.insert(name, value).is_some() {
                    return Err(format!("{name} is there twice\n{USAGE}").into());
                }
            } else if let Some(name) = flags.iter().find(|name| argument == ***name) {
                if options.named.insert(name, OsString::new()).is_some() {
                    return Err(format!("{name} is there twice\n{USAGE}").into());
                }
            } else if argument.as_encoded_bytes().starts_with(b"-") && argument != STANDARD_INPUT {
                // Not shown: it may be a secret that was meant for something else.
                return Err(format!("there is an option that is not known\n{USAGE}").into());
            } else {
                options.files.push(argument);
            }
        }
        Ok(options)
    }

    /// The text of an option that may be left out.
    fn text(&self, name: &str) -> Result<Option<&str>, Failure> {
        let Some(value) = self.named.get(name) else { return Ok(None) };
        let text = value.to_str().ok_or_else(|| format!("{name} is no UTF-8"))?;
        Ok(Some(text))
    }

    fn has(&self, flag: &str) -> bool {
        self.named.contains_key(flag)
    }

    fn value(&self, name: &str) -> Result<&OsString, Failure> {
        self.named.get(name).ok_or_else(|| format!("{name} is missing\n{USAGE}").into())
    }

    /// The files, or the standard input.
    fn files(&self) -> impl Iterator<Item = &OsStr> {
        let none = self.files.is_empty().then_some(OsStr::new(STANDARD_INPUT));
        self.files.iter().map(OsString::as_os_str).chain(none)
    }

    /// The bytes of the only file.
    fn body(&self) -> Result<Vec<u8>, Failure> {
        let mut files = self.files();
        match (files.next(), files.next()) {
            (Some(file), None) => {
                read(file).map_err(|error| format!("{}: {error}", file.to_string_lossy()).into())
            }
            _ => Err(format!("one file at a time\n{USAGE}").into()),
        }
    }
}

fn secret(name: &str) -> Result<SecretString, String> {
    // What it holds is never part of an error.
    match env::var(name) {
        _ if name.is_empty() => Err("a variable without a name".to_owned()),
        Ok(secret) if secret.is_empty() => Err(format!("the variable {name} is empty")),
        Ok(secret) => Ok(SecretString::from(secret)),
        Err(VarError::NotPresent) => Err(format!("there is no variable {name}")),
        Err(VarError::NotUnicode(_)) => Err(format!("the variable {name} is no UTF-8")),
    }
}

/// The bytes as they are: a line break at the end was signed too, or was not.
fn read(file: &OsStr) -> Result<Vec<u8>, String> {
    let mut body = Vec::new();
    let read = if file == STANDARD_INPUT {
        io::stdin().lock().read_to_end(&mut body).map(drop)
    } else {
        fs::read(file).map(|bytes| body = bytes)
    };
    read.map(|()| body).map_err(|error| format!("cannot be read: {error}"))
}
