//! From a body to its changes: `entry[].changes[]`.
//!
//! Source: <https://developers.facebook.com/docs/whatsapp/cloud-api/webhooks/components>

use serde::Deserialize;
use serde_json::value::RawValue;
use sha2::{Digest, Sha256};

use crate::webhook::event::{Event, EventKind, MalformedReason, Unparsed, UnparsedReason};
use crate::webhook::raw::Raw;
use crate::webhook::read::{Read, each_member, elements, identifier, is_null, members};
use crate::webhook::value::{self, Place};
use crate::wire::Text;

const OBJECT: &str = "whatsapp_business_account";

/// What the body tells, in the order of the document. Never fails: see
/// [`Verified::events`](crate::webhook::Verified::events).
pub(super) fn events(body: &[u8]) -> Vec<Event<'_>> {
    let json = body.strip_prefix("\u{feff}".as_bytes()).unwrap_or(body);
    let Ok(json) = std::str::from_utf8(json) else {
        return vec![unparsed(body, UnparsedReason::NotUtf8, None)];
    };
    let mut events = Vec::new();
    if let Some(body) = usual(json) {
        for (entry, UsualEntry { id, time, changes }) in body.entry.into_iter().enumerate() {
            let mut place = Place::new(entry);
            place.account_id = id.and_then(identifier);
            place.time = time.and_then(i64::read);
            for (index, change) in changes.into_iter().enumerate() {
                place.change = index;
                place.field = Some(Text::from(change.field));
                value::read(&place, change.value, &mut events);
            }
        }
        return events;
    }
    if let Err(reason) = unusual(json, &mut events) {
        let whole = serde_json::from_str(json).ok();
        return vec![unparsed(body, reason, whole)];
    }
    events
}

fn unparsed<'a>(body: &'a [u8], reason: UnparsedReason, raw: Option<&'a RawValue>) -> Event<'a> {
    let sha256 = Sha256::digest(body).into();
    Place::default().event(EventKind::Unparsed(Unparsed { reason, sha256 }), raw.map(Raw::new))
}

/// A body as Meta writes it: nothing missing, nothing more, nothing twice.
///
/// Read in one go. Whatever does not fit is read again by [`unusual`], which looks at each
/// element by itself; so this one may be as strict as it likes.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct UsualBody<'a> {
    object: Option<&'a str>,
    #[serde(borrow)]
    entry: Vec<UsualEntry<'a>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct UsualEntry<'a> {
    #[serde(borrow)]
    id: Option<&'a RawValue>,
    time: Option<&'a RawValue>,
    changes: Vec<UsualChange<'a>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct UsualChange<'a> {
    field: &'a str,
    #[serde(borrow)]
    value: &'a RawValue,
}

fn usual(json: &str) -> Option<UsualBody<'_>> {
    let body: UsualBody<'_> = serde_json::from_str(json).ok()?;
    body.object.is_none_or(|object| object == OBJECT).then_some(body)
}

/// Reads any body, element by element. A member that is not known becomes an event.
fn unusual<'a>(json: &'a str, events: &mut Vec<Event<'a>>) -> Result<(), UnparsedReason> {
    let whole: &RawValue = serde_json::from_str(json)
        .map_err(|error| UnparsedReason::NotJson { line: error.line(), column: error.column() })?;
    let members = members(whole).ok_or(UnparsedReason::NotAnObject)?;
    let mut has_entries = false;
    for (name, raw) in members {
        match &*name {
            b"entry" => {
                let Some(entries) = elements(raw) else {
                    continue;
                };
                has_entries = true;
                for (index, entry) in entries.into_iter().enumerate() {
                    read_entry(Place::new(index), entry, events);
                }
            }
            b"object" if is_null(raw) || Text::read(raw).is_some_and(|text| text == OBJECT) => {}
            name => events.push(Place::default().unknown(Some(name), raw)),
        }
    }
    if has_entries { Ok(()) } else { Err(UnparsedReason::NoEntries) }
}

fn read_entry<'a>(mut place: Place<'a>, entry: &'a RawValue, events: &mut Vec<Event<'a>>) {
    let Some(members) = members(entry) else {
        let path = place.entry_path();
        events.push(place.malformed(None, path, MalformedReason::NotAnObject, entry));
        return;
    };
    let mut has_changes = false;
    for (name, raw) in &members {
        match &**name {
            b"id" => place.account_id = identifier(raw).or(place.account_id.take()),
            b"time" => place.time = i64::read(raw).or(place.time),
            b"changes" => has_changes = true,
            _ => {}
        }
    }
    if !has_changes {
        events.push(place.unknown(None, entry));
        return;
    }
    for (name, raw) in members {
        match &*name {
            b"id" | b"time" => {}
            b"changes" => {
                let Some(changes) = elements(raw) else {
                    let path = format!("{}.changes", place.entry_path());
                    events.push(place.malformed(None, path, MalformedReason::NotAList, raw));
                    continue;
                };
                for (index, change) in changes.into_iter().enumerate() {
                    place.change = index;
                    read_change(&mut place, change, events);
                }
                place.field = None;
            }
            name => events.push(place.unknown(Some(name), raw)),
        }
    }
}

fn read_change<'a>(place: &mut Place<'a>, change: &'a RawValue, events: &mut Vec<Event<'a>>) {
    place.field = None;
    let mut values = Vec::new();
    let mut others = Vec::new();
    let read = each_member(change, |name, raw| match &*name {
        b"field" => place.field = identifier(raw).or(place.field.take()),
        b"value" => values.push(raw),
        _ => others.push((name, raw)),
    });
    if read.is_none() {
        let path = place.path();
        events.push(place.malformed(None, path, MalformedReason::NotAnObject, change));
        return;
    }
    if place.field.is_none() || values.is_empty() {
        events.push(place.unknown(None, change));
        return;
    }
    // A name written twice is no reason to lose the first value.
    for value in values {
        value::read(place, value, events);
    }
    for (name, raw) in others {
        events.push(place.unknown(Some(&name), raw));
    }
}
