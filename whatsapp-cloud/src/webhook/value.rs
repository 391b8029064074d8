//! From a change to its events.

use std::borrow::Cow;

use serde_json::value::RawValue;

use crate::webhook::contact::{ContactProfile, Contacts, Person};
use crate::webhook::event::{Event, EventKind, Malformed, MalformedReason};
use crate::webhook::message::Message;
use crate::webhook::raw::Raw;
use crate::webhook::read::{Read, each_member, elements, identifier, is_null, members};
use crate::webhook::status::Status;
use crate::wire::{GraphError, Text};

/// Where in a body a change stands, and what its events share.
#[derive(Default)]
pub(super) struct Place<'a> {
    pub(super) account_id: Option<Text<'a>>,
    pub(super) time: Option<i64>,
    pub(super) field: Option<Text<'a>>,
    pub(super) entry: usize,
    pub(super) change: usize,
    phone_number_id: Option<Text<'a>>,
    display_phone_number: Option<Text<'a>>,
}

impl<'a> Place<'a> {
    pub(super) fn new(entry: usize) -> Self {
        Self { entry, ..Self::default() }
    }

    pub(super) fn entry_path(&self) -> String {
        format!("entry[{}]", self.entry)
    }

    pub(super) fn path(&self) -> String {
        format!("entry[{}].changes[{}]", self.entry, self.change)
    }

    pub(super) fn event(&self, kind: EventKind<'a>, raw: Option<Raw<'a>>) -> Event<'a> {
        Event {
            account_id: self.account_id.clone(),
            time: self.time,
            field: self.field.clone(),
            member: None,
            phone_number_id: self.phone_number_id.clone(),
            display_phone_number: self.display_phone_number.clone(),
            kind,
            raw,
        }
    }

    /// Something that this version does not know, and the name of its member.
    pub(super) fn unknown(&self, member: Option<&[u8]>, raw: &'a RawValue) -> Event<'a> {
        let member = member.map(|name| Text::from(String::from_utf8_lossy(name).into_owned()));
        Event { member, ..self.event(EventKind::Unknown, Some(Raw::new(raw))) }
    }

    pub(super) fn malformed(
        &self,
        member: Option<&'static str>,
        path: String,
        reason: MalformedReason,
        raw: &'a RawValue,
    ) -> Event<'a> {
        let kind = EventKind::Malformed(Malformed { path, reason });
        Event { member: member.map(Text::from), ..self.event(kind, Some(Raw::new(raw))) }
    }

    /// A copy for one change, so that the number of one is not told of the next.
    fn with_metadata(&self, metadata: Option<&'a RawValue>) -> Self {
        let mut place = Self {
            account_id: self.account_id.clone(),
            time: self.time,
            field: self.field.clone(),
            entry: self.entry,
            change: self.change,
            phone_number_id: None,
            display_phone_number: None,
        };
        let _ = metadata.and_then(|metadata| {
            each_member(metadata, |name, value| {
                let known = match &*name {
                    b"phone_number_id" => &mut place.phone_number_id,
                    b"display_phone_number" => &mut place.display_phone_number,
                    _ => return,
                };
                *known = identifier(value).or(known.take());
            })
        });
        place
    }
}

/// Adds the events of one change, at least one.
pub(super) fn read<'a>(place: &Place<'a>, value: &'a RawValue, events: &mut Vec<Event<'a>>) {
    match place.field.as_ref().map(Text::as_str) {
        Some("messages") => read_messages(place, value, events),
        _ => events.push(place.with_metadata(metadata_of(value)).unknown(None, value)),
    }
}

fn metadata_of(value: &RawValue) -> Option<&RawValue> {
    let mut metadata = None;
    each_member(value, |name, value| {
        if *name == *b"metadata" {
            metadata = Some(value);
        }
    });
    metadata
}

/// The field `messages`: messages, statuses and errors, with the contacts they are about.
fn read_messages<'a>(place: &Place<'a>, value: &'a RawValue, events: &mut Vec<Event<'a>>) {
    let Some(parts) = members(value) else {
        let path = format!("{}.value", place.path());
        events.push(place.malformed(None, path, MalformedReason::NotAnObject, value));
        return;
    };
    let metadata = parts.iter().rev().find(|(name, _)| **name == *b"metadata");
    let place = place.with_metadata(metadata.map(|(_, raw)| *raw));
    let first = events.len();
    let mut contacts = Contacts::default();
    for (name, raw) in parts {
        let mut list = List { place: &place, name: "", events };
        match &*name {
            b"messaging_product" => {}
            b"metadata" => list.named("metadata").read_context(raw),
            b"contacts" => list.named("contacts").read_contacts(raw, &mut contacts),
            b"messages" => list.named("messages").read(raw, |raw| {
                Message::read(raw)
                    .map(|message| EventKind::Message(Box::new(message)))
                    .ok_or(MalformedReason::NotAnObject)
            }),
            b"statuses" => list.named("statuses").read(raw, |raw| {
                Status::read(raw)
                    .map(|status| EventKind::Status(Box::new(status)))
                    .ok_or(MalformedReason::NotAnObject)
            }),
            b"errors" => list.named("errors").read(raw, |raw| {
                GraphError::read(raw)
                    .map(|error| EventKind::Error(Box::new(error)))
                    .ok_or(MalformedReason::NoCode)
            }),
            name => events.push(place.unknown(Some(name), raw)),
        }
    }
    let told = events.get_mut(first..).unwrap_or_default();
    if told.is_empty() {
        events.push(place.unknown(None, value));
    } else {
        introduce(told, &contacts);
    }
}

/// A member of a value that is known by name.
struct List<'l, 'a> {
    place: &'l Place<'a>,
    name: &'static str,
    events: &'l mut Vec<Event<'a>>,
}

impl<'a> List<'_, 'a> {
    fn named(&mut self, name: &'static str) -> &mut Self {
        self.name = name;
        self
    }

    fn malformed(&mut self, index: Option<usize>, reason: MalformedReason, raw: &'a RawValue) {
        let index = index.map_or(Cow::Borrowed(""), |index| Cow::Owned(format!("[{index}]")));
        let path = format!("{}.value.{}{index}", self.place.path(), self.name);
        self.events.push(self.place.malformed(Some(self.name), path, reason, raw));
    }

    /// Metadata was read before; here it only must not get lost.
    fn read_context(&mut self, raw: &'a RawValue) {
        if !is_null(raw) && !raw.get().starts_with('{') {
            self.malformed(None, MalformedReason::NotAnObject, raw);
        }
    }

    fn each(&mut self, raw: &'a RawValue, mut f: impl FnMut(&mut Self, usize, &'a RawValue)) {
        match elements(raw) {
            Some(elements) => {
                for (index, element) in elements.into_iter().enumerate() {
                    f(self, index, element);
                }
            }
            // Null is how some write "none".
            None if is_null(raw) => {}
            None => self.malformed(None, MalformedReason::NotAList, raw),
        }
    }

    fn read(
        &mut self,
        raw: &'a RawValue,
        kind: impl Fn(&'a RawValue) -> Result<EventKind<'a>, MalformedReason>,
    ) {
        self.each(raw, |list, index, element| match kind(element) {
            Ok(kind) => {
                let event = list.place.event(kind, Some(Raw::new(element)));
                list.events.push(Event { member: Some(Text::from(list.name)), ..event });
            }
            Err(reason) => list.malformed(Some(index), reason, element),
        });
    }

    fn read_contacts(&mut self, raw: &'a RawValue, contacts: &mut Contacts<'a>) {
        self.each(raw, |list, index, element| match ContactProfile::read(element) {
            Some(contact) => contacts.add(contact),
            None => list.malformed(Some(index), MalformedReason::NotAnObject, element),
        });
    }
}

/// Gives each message and status the contact it is about.
fn introduce<'a>(events: &mut [Event<'a>], contacts: &Contacts<'a>) {
    fn person<'e>(event: &'e Event<'_>) -> Option<Person<'e>> {
        match &event.kind {
            EventKind::Message(message) => Some(message.sender()),
            EventKind::Status(status) => Some(status.recipient()),
            EventKind::Error(_)
            | EventKind::Unknown
            | EventKind::Malformed(_)
            | EventKind::Unparsed(_) => None,
        }
    }

    // An element that cannot be read may be another person's.
    let readable = !events.iter().any(|event| matches!(event.kind, EventKind::Malformed(_)));
    let mut persons = events.iter().filter_map(person);
    let alone = readable && persons.next().is_some_and(|first| persons.all(|other| other == first));
    for event in events {
        let contact = person(event).and_then(|person| {
            contacts.of(person).or_else(|| alone.then(|| contacts.only(person)).flatten())
        });
        match &mut event.kind {
            EventKind::Message(message) => message.contact = contact,
            EventKind::Status(status) => status.contact = contact,
            EventKind::Error(_)
            | EventKind::Unknown
            | EventKind::Malformed(_)
            | EventKind::Unparsed(_) => {}
        }
    }
}
