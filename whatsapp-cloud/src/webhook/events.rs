//! The events of a body, one after the other.

use std::mem;
use std::vec::IntoIter;

use crate::webhook::contact::{Contacts, Index, Person};
use crate::webhook::event::{Event, EventKind, Malformed, Told, Unparsed};
use crate::webhook::payload::{Change, Entry, Payload, Unread};
use crate::webhook::raw::Raw;
use crate::webhook::value::{Element, Metadata, Place, Value};
use crate::wire::Text;

/// What a body tells, one by one, in the order of the document.
///
/// What an object holds that this version does not know comes before what it does know.
/// The body was read when this was made; what is not asked for costs little more.
///
/// ```
/// use whatsapp_cloud::webhook::{Events, Verified};
///
/// let body = br#"{"entry":[{"changes":[{"field":"messages","value":{
///     "messages":[{"id":"wamid.A"},{"id":"wamid.B"}]}}]}]}"#;
/// let events: Events<'_> = Verified::restored(body).events();
/// let ids: Vec<String> = events.filter_map(|event| Some(event.id()?.into_owned())).collect();
/// assert_eq!(ids, ["wamid.A", "wamid.B"]);
/// # Ok::<(), &str>(())
/// ```
#[derive(Clone, Debug)]
pub struct Events<'a> {
    /// What was read. Elements are taken out of it where they stand: to move what holds
    /// them would cost as much as reading it.
    entries: Vec<Entry<'a>>,
    /// Those to come before anything else: what is unknown, which is rare.
    waiting: IntoIter<Event<'a>>,
    at: Position,
    /// Where the contacts of the value are, when they are many.
    index: Option<Box<Index>>,
    /// Whether all that the value tells may be about the same person.
    alone: bool,
}

/// How far the events were told.
#[derive(Clone, Copy, Debug, Default)]
struct Position {
    /// How many entries were begun.
    entries: usize,
    /// How many changes of the last one.
    changes: usize,
    /// Whether of the last of these it is the conversation of another app.
    standby: bool,
    /// How many elements of it were told.
    elements: usize,
}

impl<'a> Events<'a> {
    pub(super) fn of(payload: Payload<'a>) -> Self {
        let waiting = if payload.other.is_empty() {
            Vec::new()
        } else {
            Around::default().unknown(payload.other.unknown())
        };
        Self::new(waiting, payload.entries)
    }

    /// A body in which nothing can be read is an event, too.
    pub(super) fn of_unparsed(unparsed: Unparsed, raw: Option<&'a str>) -> Self {
        let kind = EventKind::Unparsed(Box::new(unparsed));
        Self::new(vec![Around::default().event(kind, raw.map(Raw::new))], Vec::new())
    }

    fn new(waiting: Vec<Event<'a>>, entries: Vec<Entry<'a>>) -> Self {
        let waiting = waiting.into_iter();
        Self { entries, waiting, at: Position::default(), index: None, alone: false }
    }

    /// The next element of the value that was entered.
    // Each event is made where it goes: it is large.
    #[inline]
    fn element(&mut self) -> Option<Event<'a>> {
        let entry = self.entries.get_mut(self.at.entries.wrapping_sub(1))?;
        let change = entry.changes.get_mut(self.at.changes.wrapping_sub(1))?;
        let Value { metadata, standby, elements, contacts, .. } = &mut change.value;
        let (elements, contacts, inner) = match standby.as_deref_mut() {
            Some(inner) if self.at.standby => {
                (&mut inner.elements, &inner.contacts, inner.metadata.as_ref())
            }
            _ => (elements, &*contacts, None),
        };
        let outer = metadata.as_ref();
        let element = elements.get_mut(self.at.elements)?;
        self.at.elements += 1;

        let kind = mem::replace(&mut element.kind, EventKind::Empty);
        let contact = kind.person().and_then(|person| {
            let contacts = Contacts { all: contacts, index: self.index.as_deref() };
            let only = || self.alone.then(|| contacts.only(person)).flatten();
            contacts.of(person).or_else(only)
        });
        let member = match mem::replace(&mut element.place, Place::Whole) {
            Place::List(name, _) => Some(Text::from(*name)),
            Place::Member(name) => Some(Text::from(name.into_owned())),
            Place::Whole => None,
        };
        let id = |metadata: Option<&Metadata<'a>>| metadata?.phone_number_id.clone();
        let number = |metadata: Option<&Metadata<'a>>| metadata?.display_phone_number.clone();
        Some(Event {
            account_id: entry.id.clone(),
            time: entry.time,
            field: change.field.clone(),
            member,
            phone_number_id: id(inner).or_else(|| id(outer)),
            display_phone_number: number(inner).or_else(|| number(outer)),
            contact,
            kind,
            raw: Some(mem::replace(&mut element.raw, Raw::new(""))),
            told: element.told,
        })
    }

    /// Goes on to where elements may be, or gives what is told before them; `None` at the end.
    #[inline(never)]
    fn go_on(&mut self) -> Option<Option<Box<Event<'a>>>> {
        let event = if let Some(event) = self.waiting.next() {
            Some(event)
        } else if self.enter_standby() {
            None
        } else if self.entry().is_some_and(|entry| entry.changes.len() > self.at.changes) {
            let changes = self.at.changes + 1;
            self.at = Position { entries: self.at.entries, changes, ..Position::default() };
            self.enter_change()
        } else if self.entries.len() > self.at.entries {
            self.at = Position { entries: self.at.entries + 1, ..Position::default() };
            self.enter_entry()
        } else {
            return None;
        };
        Some(event.map(Box::new))
    }

    /// The entry that was begun last.
    fn entry(&self) -> Option<&Entry<'a>> {
        self.entries.get(self.at.entries.checked_sub(1)?)
    }

    /// The change of it that was begun last.
    fn change(&self) -> Option<&Change<'a>> {
        self.entry()?.changes.get(self.at.changes.checked_sub(1)?)
    }

    fn enter_entry(&mut self) -> Option<Event<'a>> {
        let entry = self.entry()?;
        let around = Around { entry: Some(entry), change: None };
        let place = self.at.entries - 1;
        let unread = entry.unread.as_ref();
        let event = unread.map(|unread| around.unread(unread, || format!("entry[{place}]")));
        if !entry.other.is_empty() && unread.is_none_or(|unread| unread.reason.is_some()) {
            self.waiting = around.unknown(entry.other.unnamed()).into_iter();
        }
        event
    }

    fn enter_change(&mut self) -> Option<Event<'a>> {
        let change = self.change()?;
        let around = Around { entry: self.entry(), change: Some(change) };
        if let Some(unread) = &change.unread {
            let (entry, place) = (self.at.entries - 1, self.at.changes - 1);
            return Some(around.unread(unread, || format!("entry[{entry}].changes[{place}]")));
        }
        let unknown = (!change.other.is_empty()).then(|| around.unknown(change.other.unnamed()));
        (self.index, self.alone) = prepared(&change.value);
        if let Some(unknown) = unknown {
            self.waiting = unknown.into_iter();
        }
        None
    }

    /// Enters the conversation of another app, when there is one and it was not entered yet.
    fn enter_standby(&mut self) -> bool {
        if self.at.standby {
            return false;
        }
        let standby = self.change().and_then(|change| change.value.standby.as_deref());
        let Some(prepared) = standby.map(prepared) else {
            return false;
        };
        (self.index, self.alone) = prepared;
        self.at = Position { standby: true, elements: 0, ..self.at };
        true
    }
}

/// What it takes to find the contacts of a value's elements: an index when they are many,
/// and whether all is about the same person.
fn prepared(value: &Value<'_>) -> (Option<Box<Index>>, bool) {
    let alone = value.contacts.len() == 1 && is_about_one(&value.elements);
    (Index::of(&value.contacts), alone)
}

/// Whether all elements name the same person, as far as they name one.
fn is_about_one(elements: &[Element<'_>]) -> bool {
    // One that cannot be read may be another person's.
    if elements.iter().any(|element| matches!(element.kind, EventKind::Malformed(_))) {
        return false;
    }
    let mut persons = elements.iter().filter_map(|element| element.kind.person());
    persons.next().is_some_and(|first: Person<'_>| persons.all(|other| other == first))
}

/// Where something stands that is no element.
#[derive(Clone, Copy, Default)]
struct Around<'p, 'a> {
    entry: Option<&'p Entry<'a>>,
    change: Option<&'p Change<'a>>,
}

impl<'a> Around<'_, 'a> {
    fn event(&self, kind: EventKind<'a>, raw: Option<Raw<'a>>) -> Event<'a> {
        let metadata = || self.change?.value.metadata.as_ref();
        Event {
            account_id: self.entry.and_then(|entry| entry.id.clone()),
            time: self.entry.and_then(|entry| entry.time),
            field: self.change.and_then(|change| change.field.clone()),
            member: None,
            phone_number_id: metadata().and_then(|metadata| metadata.phone_number_id.clone()),
            display_phone_number: metadata()
                .and_then(|metadata| metadata.display_phone_number.clone()),
            contact: None,
            kind,
            raw,
            told: Told::InPart,
        }
    }

    /// What this version does not know in an object.
    fn unknown<'m>(&self, members: impl Iterator<Item = (&'m str, &'m Raw<'a>)>) -> Vec<Event<'a>>
    where
        'a: 'm,
    {
        let unknown = members.map(|(name, raw)| Event {
            member: Some(Text::from(name.to_owned())),
            ..self.event(EventKind::Unknown, Some(raw.clone()))
        });
        unknown.collect()
    }

    fn unread(&self, unread: &Unread<'a>, path: impl FnOnce() -> String) -> Event<'a> {
        let kind = match unread.reason {
            Some((reason, member)) => {
                let path = path() + member;
                EventKind::Malformed(Box::new(Malformed { path, reason }))
            }
            None => EventKind::Unknown,
        };
        self.event(kind, Some(unread.raw.clone()))
    }
}

impl<'a> Iterator for Events<'a> {
    type Item = Event<'a>;

    #[inline]
    fn next(&mut self) -> Option<Event<'a>> {
        loop {
            if self.waiting.as_slice().is_empty()
                && let Some(event) = self.element()
            {
                return Some(event);
            }
            if let Some(event) = self.go_on()? {
                return Some(*event);
            }
        }
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let told = self.change().map_or(0, |change| match &change.value.standby {
            Some(inner) if self.at.standby => inner.elements.len() - self.at.elements,
            standby => {
                let standby = standby.as_ref().map_or(0, |inner| inner.elements.len());
                change.value.elements.len() - self.at.elements + standby
            }
        });
        let changes = self.entry().map_or(0, |entry| count(entry.changes.get(self.at.changes..)));
        let entries = self.entries.iter().skip(self.at.entries).map(count_entry);
        let left = self.waiting.len() + told + changes + entries.sum::<usize>();
        (left, Some(left))
    }
}

impl ExactSizeIterator for Events<'_> {}

impl std::iter::FusedIterator for Events<'_> {}

/// How many events there are in an entry.
fn count_entry(entry: &Entry<'_>) -> usize {
    let beside = match &entry.unread {
        Some(Unread { reason: None, .. }) => 0,
        Some(_) | None => entry.other.unnamed().count(),
    };
    beside + usize::from(entry.unread.is_some()) + count(Some(&entry.changes))
}

/// How many there are in changes.
fn count(changes: Option<&[Change<'_>]>) -> usize {
    let changes = changes.unwrap_or_default().iter().map(|change| match &change.unread {
        Some(_) => 1,
        None => {
            let standby = change.value.standby.as_ref().map_or(0, |inner| inner.elements.len());
            change.other.unnamed().count() + change.value.elements.len() + standby
        }
    });
    changes.sum()
}
