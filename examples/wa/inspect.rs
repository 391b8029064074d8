//! `wa inspect`: what Meta posted, line by line.

use std::borrow::{Borrow, Cow};
use std::collections::HashMap;
use std::fmt;
use std::io::Write;

use serde::de::Visitor;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;
use serde_json::value::RawValue;
use whatsapp_cloud::webhook::{Event, EventKind, Verified};
use whatsapp_cloud::wire::Text;

use crate::{FAILED, FINE, Failure, Options, complain, print, read};

/// The members of an object, each with its JSON. Of those with one name, the last.
type Members<'e> = HashMap<Name, &'e RawValue>;

/// Tells what is in each file; goes on with the others when one cannot be read.
pub(crate) fn run(options: &Options, out: &mut impl Write) -> Result<u8, Failure> {
    let mut code = FINE;
    for file in options.files() {
        let name = file.to_string_lossy();
        let told = match read(file) {
            Ok(body) => tell(&name, &body, out)?,
            Err(reason) => Err(reason),
        };
        if let Err(reason) = told {
            complain(&format_args!("{name}: {reason}"));
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
