//! A body as a tree: `entry[].changes[]`.
//!
//! Source: <https://developers.facebook.com/docs/whatsapp/cloud-api/webhooks/components>

use std::collections::BTreeSet;

use serde::Serialize;
use serde::ser::SerializeMap;
use sha2::{Digest, Sha256};

use crate::webhook::event::{MalformedReason, Unparsed, UnparsedReason};
use crate::webhook::events::Events;
use crate::webhook::field;
use crate::webhook::json::{Form, GROWTH, Json, NotJson, Step};
use crate::webhook::members::Members;
use crate::webhook::raw::Raw;
use crate::webhook::read::{identifier, plain};
use crate::webhook::value::Value;
use crate::wire::Text;

/// A body as Meta sends it, typed all the way down.
///
/// Serializes to JSON that is equal to the body, also where the body holds what this
/// version does not know. To act on what happened, [`Payload::into_events`] is easier.
///
/// ```
/// use whatsapp_cloud::webhook::{Payload, Verified};
///
/// let body = br#"{"object":"whatsapp_business_account","entry":[{"id":"102290129340398",
///     "changes":[{"field":"messages","value":{"messaging_product":"whatsapp",
///     "statuses":[{"id":"wamid.A","status":"read","brand_new":[1,2]}]}}]}]}"#;
/// let verified = Verified::restored(body);
/// let payload: Payload<'_> = verified.payload().map_err(|unparsed| unparsed.to_string())?;
///
/// assert_eq!(payload.entries[0].changes[0].value.elements.len(), 1);
/// let json: serde_json::Value = serde_json::from_slice(body).map_err(|e| e.to_string())?;
/// assert_eq!(serde_json::to_value(&payload).map_err(|e| e.to_string())?, json);
/// # Ok::<(), String>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Payload<'a> {
    /// `whatsapp_business_account`.
    pub object: Option<Text<'a>>,
    /// What happened, by account.
    pub entries: Vec<Entry<'a>>,
    /// What the members above do not tell in full.
    pub other: Members<'a>,
    /// The body, for the case that a name is written twice in it.
    raw: Option<Raw<'a>>,
}

/// What happened in one account.
///
/// ```
/// use whatsapp_cloud::webhook::{Entry, Verified};
///
/// let body = br#"{"entry":[{"id":"102290129340398","time":1749416384,"changes":[]}]}"#;
/// let payload = Verified::restored(body).payload().map_err(|_| "it is readable")?;
/// let Entry { id, time, .. } = &payload.entries[0];
/// assert_eq!(
///     (id.as_ref().unwrap().as_str(), *time),
///     ("102290129340398", Some(1_749_416_384)),
/// );
/// # Ok::<(), &str>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Entry<'a> {
    /// The WhatsApp Business Account; for a few account events, the business.
    pub id: Option<Text<'a>>,
    /// When it happened, in seconds since 1970. Messages have a time of their own instead.
    pub time: Option<i64>,
    /// What happened.
    pub changes: Vec<Change<'a>>,
    /// What the members above do not tell in full.
    pub other: Members<'a>,
    pub(super) unread: Option<Unread<'a>>,
}

/// One change: a field, and what it holds.
///
/// ```
/// use whatsapp_cloud::webhook::{Change, Verified};
///
/// let body = br#"{"entry":[{"changes":[{"field":"messages","value":{
///     "statuses":[{"id":"wamid.A","status":"sent"}]}}]}]}"#;
/// let payload = Verified::restored(body).payload().map_err(|_| "it is readable")?;
/// let Change { field, value, .. } = &payload.entries[0].changes[0];
/// assert_eq!(field.as_ref().unwrap().as_str(), "messages");
/// assert_eq!(value.elements.len(), 1);
/// # Ok::<(), &str>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Change<'a> {
    /// What it is about: `messages`, `calls`, …
    pub field: Option<Text<'a>>,
    /// What happened.
    pub value: Value<'a>,
    /// What the members above do not tell in full.
    pub other: Members<'a>,
    pub(super) unread: Option<Unread<'a>>,
}

/// An entry or a change in which nothing can be found, as it came.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Unread<'a> {
    pub(super) raw: Raw<'a>,
    /// What is wrong; none when it only lacks what would make it one.
    pub(super) reason: Option<(MalformedReason, &'static str)>,
}

/// What is read may take three and a half times the memory of the body, so that with the
/// body itself it stays under five times, also while a list grows. In a body of less than
/// half a megabyte, the shortest statuses and messages may take more: Meta puts up to 1,000
/// of them into one.
const BUDGET_OF_SMALL: usize = 2 * 1024 * 1024;

const OBJECT: &str = "whatsapp_business_account";
const MESSAGES: &str = "messages";

impl<'a> Payload<'a> {
    /// What happened, one by one, in the order of the document.
    ///
    /// ```
    /// use whatsapp_cloud::webhook::Verified;
    ///
    /// let body = br#"{"entry":[{"changes":[{"field":"messages","value":{"statuses":[
    ///     {"id":"wamid.A","status":"sent"},{"id":"wamid.B","status":"read"}]}}]}]}"#;
    /// let payload = Verified::restored(body).payload().map_err(|_| "it is readable")?;
    /// assert_eq!(payload.into_events().count(), 2);
    /// # Ok::<(), &str>(())
    /// ```
    pub fn into_events(self) -> Events<'a> {
        Events::of(self)
    }
}

/// Reads a body. Never panics, and takes time in proportion to the length of the body.
pub(super) fn read(body: &[u8]) -> Result<Payload<'_>, (UnparsedReason, Option<&str>)> {
    let json = body.strip_prefix("\u{feff}".as_bytes()).unwrap_or(body);
    let text = simdutf8::basic::from_utf8(json).map_err(|_| (UnparsedReason::NotUtf8, None))?;
    let mut json = Json::new(text, BUDGET_OF_SMALL.max(7 * text.len() / 2));
    let mut payload = Payload { raw: Some(Raw::new(text)), ..Payload::default() };
    match read_body(&mut payload, &mut json) {
        Ok(Ok(())) if json.is_exhausted() => Err((UnparsedReason::TooDense, Some(text))),
        Ok(Ok(())) => Ok(payload),
        Ok(Err(reason)) => Err((reason, Some(text.trim_ascii()))),
        Err(NotJson(at)) => {
            let (line, column) = position(text, at);
            Err((UnparsedReason::NotJson { line, column }, None))
        }
    }
}

/// Says of a body which it is, when nothing can be read from it.
pub(super) fn unparsed(body: &[u8], reason: UnparsedReason) -> Unparsed {
    Unparsed { reason, sha256: Sha256::digest(body).into() }
}

/// Line and column of an offset, both from 1.
fn position(text: &str, at: usize) -> (usize, usize) {
    let before = text.as_bytes().get(..at).unwrap_or_default();
    let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
    let column = before.iter().rev().take_while(|byte| **byte != b'\n').count() + 1;
    (line, column)
}

fn read_body<'a>(
    payload: &mut Payload<'a>,
    json: &mut Json<'a>,
) -> Step<Result<(), UnparsedReason>> {
    let Some(mut sign) = json.object() else {
        json.skip()?;
        json.end()?;
        return Ok(Err(UnparsedReason::NotAnObject));
    };
    let mut has_entries = false;
    while let Some(name) = json.member(&mut sign) {
        let start = json.at();
        let mut is_known = true;
        match &*json.plain(name) {
            "object" => {
                plain::fill(&mut payload.object, json)?;
                // That of another product of Meta's.
                if payload.object.as_ref().is_some_and(|object| *object != OBJECT) {
                    json.note(Form::Unknown);
                }
            }
            "entry" if json.list() => {
                has_entries = true;
                let first = payload.entries.len();
                read_list(json, &mut payload.entries, |entry, json, index| {
                    read_entry(entry, json, first + index)
                })?;
                note_second_list(first, json);
            }
            _ => {
                is_known = false;
                skip_unknown(json)?;
            }
        }
        payload.other.settle(name, is_known, start, json);
        json.take_form();
    }
    json.end()?;
    Ok(if has_entries { Ok(()) } else { Err(UnparsedReason::NoEntries) })
}

fn skip_unknown(json: &mut Json<'_>) -> Step<()> {
    json.skip()?;
    json.note(Form::Unknown);
    Ok(())
}

/// Where a list is written twice, both are told, and the last one is written again.
fn note_second_list(elements_before: usize, json: &mut Json<'_>) {
    if elements_before > 0 {
        json.note(Form::Odd);
    }
}

/// Reads the elements of a list that was entered.
fn read_list<'a, T: Default>(
    json: &mut Json<'a>,
    list: &mut Vec<T>,
    mut read: impl FnMut(&mut T, &mut Json<'a>, usize) -> Step<()>,
) -> Step<()> {
    let mut index = 0;
    let mut first = true;
    while json.element(&mut first)? {
        if json.afford(GROWTH * size_of::<T>()) {
            // Read where it stays: it is large.
            if list.is_empty() {
                // Most lists have one, and room for four would be large.
                *list = vec![T::default()];
            } else {
                list.push(T::default());
            }
            if let Some(element) = list.last_mut() {
                read(element, json, index)?;
            }
        } else {
            json.skip()?;
        }
        index += 1;
    }
    json.take_form();
    if index == 0 {
        // Nothing is written for it.
        json.note(Form::Odd);
    }
    Ok(())
}

fn read_entry<'a>(entry: &mut Entry<'a>, json: &mut Json<'a>, place: usize) -> Step<()> {
    let begin = json.at();
    let Some(mut sign) = json.object() else {
        json.skip()?;
        let raw = Raw::new(json.since(begin));
        entry.unread = Some(Unread { raw, reason: Some((MalformedReason::NotAnObject, "")) });
        return Ok(());
    };
    let mut has_changes = false;
    while let Some(name) = json.member(&mut sign) {
        let start = json.at();
        let mut is_known = true;
        match &*json.plain(name) {
            "id" => identifier::fill(&mut entry.id, json)?,
            "time" => plain::fill(&mut entry.time, json)?,
            "changes" => {
                has_changes = true;
                if json.list() {
                    let first = entry.changes.len();
                    read_list(json, &mut entry.changes, |change, json, index| {
                        read_change(change, json, place, first + index)
                    })?;
                    note_second_list(first, json);
                } else {
                    json.skip()?;
                    let raw = Raw::new(json.since(start));
                    let reason = Some((MalformedReason::NotAList, ".changes"));
                    is_known = entry.unread.is_none();
                    entry.unread.get_or_insert(Unread { raw, reason });
                    json.note(if is_known { Form::Odd } else { Form::Unknown });
                }
            }
            _ => {
                is_known = false;
                skip_unknown(json)?;
            }
        }
        entry.other.settle(name, is_known, start, json);
        json.take_form();
    }
    if !has_changes {
        // What else it holds is told with it.
        entry.unread = Some(Unread { raw: Raw::new(json.since(begin)), reason: None });
    }
    Ok(())
}

fn read_change<'a>(
    change: &mut Change<'a>,
    json: &mut Json<'a>,
    entry: usize,
    place: usize,
) -> Step<()> {
    let path = || format!("entry[{entry}].changes[{place}]");
    let begin = json.at();
    let Some(mut sign) = json.object() else {
        json.skip()?;
        let raw = Raw::new(json.since(begin));
        change.unread = Some(Unread { raw, reason: Some((MalformedReason::NotAnObject, "")) });
        return Ok(());
    };
    // Where the value stands, when it comes before its field: so Meta writes it mostly. It
    // is read as if it were of `messages`, and once more if that was wrong.
    let mut early = None;
    let mut last = None;
    while let Some(name) = json.member(&mut sign) {
        let start = json.at();
        let mut is_known = true;
        match &*json.plain(name) {
            "field" => identifier::fill(&mut change.field, json)?,
            "value" => {
                early = change.field.is_none().then(|| (start, json.budget()));
                let of = change.field.as_ref().map_or(MESSAGES, Text::as_str);
                if last.is_some() {
                    change.value = Value::default();
                }
                field::read(&mut change.value, of, json, &path)?;
                if let Some(first) = last.replace(json.since(start)) {
                    // A name written twice is no reason to lose the first value.
                    change.other.keep_unknown(name, Raw::new(first));
                }
            }
            _ => {
                is_known = false;
                skip_unknown(json)?;
            }
        }
        change.other.settle(name, is_known, start, json);
        json.take_form();
    }
    if let (Some((start, budget)), Some(of)) = (early, &change.field)
        && !field::is_read_alike(MESSAGES, of.as_str())
    {
        let end = json.at();
        json.seek(start);
        json.take_back(budget);
        change.value = Value::default();
        field::read(&mut change.value, of.as_str(), json, &path)?;
        json.seek(end);
    }
    if last.is_none() || change.field.is_none() {
        change.value = Value::default();
        // What else it holds is told with it.
        change.unread = Some(Unread { raw: Raw::new(json.since(begin)), reason: None });
    }
    Ok(())
}

/// Writes the body as it came.
impl Serialize for Payload<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if let Some(raw) = &self.raw
            && self.has_a_name_twice()
        {
            // Which of them counts, is up to the reader.
            return raw.serialize(serializer);
        }
        let mut map = serializer.serialize_map(None)?;
        self.other.write(&mut map)?;
        if !self.other.has(&["object"]) {
            plain::write(&self.object, "object", &mut map)?;
        }
        if !self.entries.is_empty() && !self.other.has(&["entry"]) {
            map.serialize_entry("entry", &self.entries)?;
        }
        map.end()
    }
}

impl Payload<'_> {
    /// Whether one of the objects around the elements would be written with a name twice.
    fn has_a_name_twice(&self) -> bool {
        let own = [("object", self.object.is_some()), ("entry", !self.entries.is_empty())];
        has_twice(&self.other, &own)
            || self.entries.iter().any(|entry| {
                let own = [
                    ("id", entry.id.is_some()),
                    ("time", entry.time.is_some()),
                    ("changes", !entry.changes.is_empty()),
                ];
                has_twice(&entry.other, &own)
                    || entry.changes.iter().any(|change| {
                        let own = [("field", change.field.is_some()), ("value", true)];
                        has_twice(&change.other, &own) || change.value.has_a_name_twice()
                    })
            })
    }
}

fn has_twice(other: &Members<'_>, own: &[(&str, bool)]) -> bool {
    if other.is_empty() {
        return false;
    }
    let own = own.iter().filter(|(name, is_there)| *is_there && !other.has(&[name]));
    let mut names = BTreeSet::new();
    !own.map(|(name, _)| *name).chain(other.names()).all(|name| names.insert(name))
}

impl Serialize for Entry<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if let Some(unread) = &self.unread
            && unread.reason != Some((MalformedReason::NotAList, ".changes"))
        {
            return unread.raw.serialize(serializer);
        }
        let mut map = serializer.serialize_map(None)?;
        self.other.write(&mut map)?;
        if !self.other.has(&["id"]) {
            plain::write(&self.id, "id", &mut map)?;
        }
        if !self.other.has(&["time"]) {
            plain::write(&self.time, "time", &mut map)?;
        }
        if !self.changes.is_empty() && !self.other.has(&["changes"]) {
            map.serialize_entry("changes", &self.changes)?;
        }
        map.end()
    }
}

impl Serialize for Change<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if let Some(unread) = &self.unread {
            return unread.raw.serialize(serializer);
        }
        let mut map = serializer.serialize_map(None)?;
        // A value that is written twice counts for what it is written last.
        self.other.write(&mut map)?;
        if !self.other.has(&["field"]) {
            plain::write(&self.field, "field", &mut map)?;
        }
        map.serialize_entry("value", &self.value)?;
        map.end()
    }
}
