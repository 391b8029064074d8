//! What Meta posted, line by line: `wa inspect`, `wa verify`, `wa sign`.
//!
//! `cargo run --example wa -- inspect FILE…` prints a JSON object for each event and one for
//! each file, for `jq` and its like. `verify` and `sign` check and make the header
//! `X-Hub-Signature-256`; the app secret comes from an environment variable, never as an
//! argument, where other users of the machine could see it.

#![allow(clippy::print_stderr)]

use std::borrow::{Borrow, Cow};
use std::collections::HashMap;
use std::env::{self, VarError};
use std::error::Error as _;
use std::ffi::{OsStr, OsString};
use std::fmt;
use std::fs;
use std::io::{self, BufWriter, ErrorKind, Read as _, Write};
use std::process::ExitCode;

use secrecy::SecretString;
use serde::de::Visitor;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;
use serde_json::value::RawValue;
use whatsapp_cloud::webhook::{Event, EventKind, Verified, Verifier};
use whatsapp_cloud::wire::Text;

const USAGE: &str = "\
usage: wa inspect [FILE…]
       wa verify --secret-env VAR[,VAR…] --signature S [FILE]
       wa sign --secret-env VAR [FILE]

inspect  prints a line of JSON for each event, and one for each file
verify   says whether S, the value of X-Hub-Signature-256, fits the bytes of FILE
sign     prints that value for the bytes of FILE

FILE is the body as it came, - or none the standard input. VAR is an environment variable
that holds an app secret. Exit status: 0 it is so, 1 the signature is not valid, 2 it could
not be found out.";

const STANDARD_INPUT: &str = "-";

/// What the process ends with.
const FINE: u8 = 0;
const NOT_VALID: u8 = 1;
const FAILED: u8 = 2;

/// Why nothing more can be said, in a sentence.
type Failure = Box<dyn std::error::Error>;

/// The members of an object, each with its JSON. Of those with one name, the last.
type Members<'e> = HashMap<Name, &'e RawValue>;

fn main() -> ExitCode {
    let mut out = BufWriter::new(io::stdout().lock());
    let outcome = run(env::args_os().skip(1), &mut out);
    match outcome.and_then(|code| out.flush().map(|()| code).map_err(Failure::from)) {
        Ok(code) => ExitCode::from(code),
        // Who reads has seen enough, as `head` does.
        Err(error) if is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("wa: {error}");
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
        Some("inspect") => inspect(&Options::parse(arguments, &[])?, out),
        Some("verify") => {
            verify(&Options::parse(arguments, &["--secret-env", "--signature"])?, out)
        }
        Some("sign") => sign(&Options::parse(arguments, &["--secret-env"])?, out),
        Some("help" | "--help" | "-h") => {
            writeln!(out, "{USAGE}")?;
            Ok(FINE)
        }
        _ => Err(format!("inspect, verify or sign\n{USAGE}").into()),
    }
}

/// Tells what is in each file; goes on with the others when one cannot be read.
fn inspect(options: &Options, out: &mut impl Write) -> Result<u8, Failure> {
    let mut code = FINE;
    for file in options.files() {
        let name = file.to_string_lossy();
        let told = match read(file) {
            Ok(body) => tell(&name, &body, out)?,
            Err(reason) => Err(reason),
        };
        if let Err(reason) = told {
            eprintln!("wa: {name}: {reason}");
            code = FAILED;
        }
    }
    Ok(code)
}

/// Prints the events of a body and their sum. The inner error says why it has none.
fn tell(file: &str, body: &[u8], out: &mut impl Write) -> Result<Result<(), String>, Failure> {
    // It is a file of yours, so nobody asks who sent it.
    let verified = Verified::restored(body);
    let mut sum = Sum { file, ..Sum::default() };
    for event in verified.events() {
        if let EventKind::Unparsed(unparsed) = &event.kind {
            return Ok(Err(unparsed.to_string()));
        }
        let members = event.raw.as_ref().map_or_else(Members::new, |raw| read_json(raw.get()));
        sum.events += 1;
        sum.unknown += usize::from(!event.is_known());
        print(&Line::of(file, &event, &members), out)?;
    }
    sum.count(body);
    print(&sum, out)?;
    Ok(Ok(()))
}

fn print(line: &impl Serialize, out: &mut impl Write) -> Result<(), Failure> {
    // Not `to_writer`, which hides that the pipe was closed in an error of its own.
    writeln!(out, "{}", serde_json::to_string(line)?)?;
    Ok(())
}

/// An event, flat. What it has no word for is null.
#[derive(Serialize)]
struct Line<'e> {
    file: &'e str,
    waba_id: Option<&'e str>,
    field: Option<&'e str>,
    phone_number_id: Option<&'e str>,
    kind: Option<&'e str>,
    r#type: Option<Given<'e>>,
    id: Option<Given<'e>>,
    from: Option<Given<'e>>,
    timestamp: Option<Given<'e>>,
    status: Option<Given<'e>>,
    text: Option<&'e str>,
    known: bool,
}

/// What stands in the event's JSON, as it was written there; else as it was read.
#[derive(Serialize)]
#[serde(untagged)]
enum Given<'e> {
    Json(&'e RawValue),
    Parts(Value),
    Text(Cow<'e, str>),
    Number(i64),
}

impl<'e> Line<'e> {
    fn of(file: &'e str, event: &'e Event<'_>, members: &Members<'e>) -> Self {
        let own = |name: &str| members.get(name).and_then(|json| given(json));
        let read = |word| Given::Text(Cow::Borrowed(word));
        // A number that is called otherwise, such as the id of a template, stays one.
        let id = |id: Cow<'e, str>| match members.values().find(|json| json.get() == id) {
            Some(number) => Given::Json(number),
            None => Given::Text(id),
        };
        Self {
            file,
            waba_id: event.account_id.as_ref().map(Text::as_str),
            field: event.field.as_ref().map(Text::as_str),
            phone_number_id: event.phone_number_id.as_ref().map(Text::as_str),
            kind: Some(event.name()).filter(|name| !name.is_empty()),
            r#type: own("type").or_else(|| event.type_word().map(read)),
            id: own("id").or_else(|| event.id().map(id)),
            from: own("from")
                .filter(|from| !matches!(from, Given::Json(json) if json.get() == r#""""#)),
            timestamp: own("timestamp").or_else(|| event.timestamp().map(Given::Number)),
            status: own("status").or_else(|| event.status().map(read)),
            text: event.text(),
            known: event.is_known(),
        }
    }
}

/// What a body holds, whatever it means.
#[derive(Default, Serialize)]
struct Sum<'e> {
    file: &'e str,
    entries: usize,
    changes: usize,
    messages: usize,
    statuses: usize,
    events: usize,
    unknown: usize,
}

impl Sum<'_> {
    /// Counts what stands in its usual place, also where it is nothing that is known.
    fn count(&mut self, body: &[u8]) {
        let body = body.strip_prefix("\u{feff}".as_bytes()).unwrap_or(body);
        let body: Members<'_> = serde_json::from_slice(body).unwrap_or_default();
        for entry in elements(&body, "entry") {
            self.entries += 1;
            for change in elements(&read_json(entry.get()), "changes") {
                self.changes += 1;
                let change: Members<'_> = read_json(change.get());
                let value: Members<'_> =
                    change.get("value").map(|value| read_json(value.get())).unwrap_or_default();
                self.messages += elements(&value, "messages").len();
                self.statuses += elements(&value, "statuses").len();
            }
        }
    }
}

/// The elements of the list of that name.
fn elements<'e>(members: &Members<'e>, name: &str) -> Vec<&'e RawValue> {
    members.get(name).map(|list| read_json(list.get())).unwrap_or_default()
}

/// What is of another type is empty.
fn read_json<'e, T: Deserialize<'e> + Default>(json: &'e str) -> T {
    serde_json::from_str(json).unwrap_or_default()
}

/// What an object has, as it came; a list or an object on one line.
fn given(json: &RawValue) -> Option<Given<'_>> {
    match json.get().as_bytes().first()? {
        b'n' => None,
        b'[' | b'{' => serde_json::from_str(json.get()).ok().map(Given::Parts),
        _ => Some(Given::Json(json)),
    }
}

/// A member's name. Half a surrogate pair in it, which is no `String`, costs nothing.
#[derive(PartialEq, Eq, Hash)]
struct Name(String);

impl Borrow<str> for Name {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl<'de> Deserialize<'de> for Name {
    fn deserialize<D: Deserializer<'de>>(name: D) -> Result<Self, D::Error> {
        struct Bytes;

        impl Visitor<'_> for Bytes {
            type Value = Name;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("the name of a member")
            }

            fn visit_bytes<E>(self, name: &[u8]) -> Result<Name, E> {
                Ok(Name(String::from_utf8_lossy(name).into_owned()))
            }
        }

        name.deserialize_bytes(Bytes)
    }
}

/// The value of the header, for a body.
fn sign(options: &Options, out: &mut impl Write) -> Result<u8, Failure> {
    let body = options.body()?;
    writeln!(out, "{}", options.verifier()?.sign(&body))?;
    Ok(FINE)
}

/// Whether the header's value fits a body.
fn verify(options: &Options, out: &mut impl Write) -> Result<u8, Failure> {
    let signature = options.value("--signature")?;
    let verifier = options.verifier()?;
    let body = options.body()?;
    match verifier.verify(signature.as_encoded_bytes(), &body) {
        Ok(_) => {
            writeln!(out, "valid")?;
            Ok(FINE)
        }
        Err(reason) => {
            writeln!(out, "not valid: {reason}")?;
            Ok(NOT_VALID)
        }
    }
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
        mut arguments: impl Iterator<Item = OsString>,
        known: &[&'static str],
    ) -> Result<Self, Failure> {
        let mut options = Self::default();
        while let Some(argument) = arguments.next() {
            if let Some(name) = known.iter().find(|name| argument == ***name) {
                let value =
                    arguments.next().ok_or_else(|| format!("{name} needs a value\n{USAGE}"))?;
                if options.named.insert(name, value).is_some() {
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

    /// A verifier with the secrets of the environment variables.
    fn verifier(&self) -> Result<Verifier, Failure> {
        let names = self.value("--secret-env")?.to_str().ok_or("--secret-env is no UTF-8")?;
        let secrets: Result<Vec<_>, _> = names.split(',').map(secret).collect();
        Verifier::new(secrets?).map_err(|error| {
            let cause = error.source().map(|cause| format!(": {cause}")).unwrap_or_default();
            format!("{error}{cause}").into()
        })
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
