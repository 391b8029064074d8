//! The events of a body, one after the other.

use std::iter::Enumerate;
use std::vec::IntoIter;

use crate::webhook::contact::{Contacts, Person};
use crate::webhook::event::{Event, EventKind, Malformed, Told, Unparsed};
use crate::webhook::payload::{Change, Entry, Payload, Unread};
use crate::webhook::raw::Raw;
use crate::webhook::value::{Element, Metadata, Place, Value};
use crate::wire::Text;

/// What a body tells, one by one, in the order of the document.
///
/// What an object holds that this version does not know comes before what it does know.
/// The body was read when this was made; what is not asked for costs little more.
#[derive(Clone, Debug)]
pub struct Events<'a> {
    /// Those to come before anything else: what is unknown, which is rare.
    waiting: IntoIter<Event<'a>>,
    entries: Enumerate<IntoIter<Entry<'a>>>,
    changes: Enumerate<IntoIter<Change<'a>>>,
    elements: IntoIter<Element<'a>>,
    /// The thread of another app, when there is one.
    standby: Option<Box<Value<'a>>>,
    entry: usize,
    shared: Shared<'a>,
    left: usize,
}

/// What the events of a change share.
#[derive(Clone, Debug, Default)]
struct Shared<'a> {
    account_id: Option<Text<'a>>,
    time: Option<i64>,
    field: Option<Text<'a>>,
    phone_number_id: Option<Text<'a>>,
    display_phone_number: Option<Text<'a>>,
    contacts: Contacts<'a>,
    /// Whether all that is told may be about the same person.
    alone: bool,
}

impl<'a> Shared<'a> {
    fn event(&self, kind: EventKind<'a>, raw: Option<Raw<'a>>) -> Event<'a> {
        Event {
            account_id: self.account_id.clone(),
            time: self.time,
            field: self.field.clone(),
            member: None,
            phone_number_id: self.phone_number_id.clone(),
            display_phone_number: self.display_phone_number.clone(),
            contact: None,
            kind,
            raw,
            told: Told::InPart,
        }
    }

    /// What this version does not know in an object.
    fn unknown<'m>(
        &self,
        members: impl Iterator<Item = (&'m str, &'m Raw<'a>)>,
    ) -> IntoIter<Event<'a>>
    where
        'a: 'm,
    {
        let events: Vec<_> = members
            .map(|(name, raw)| Event {
                member: Some(Text::from(name.to_owned())),
                ..self.event(EventKind::Unknown, Some(raw.clone()))
            })
            .collect();
        events.into_iter()
    }

    fn unread(&self, unread: Unread<'a>, path: impl FnOnce() -> String) -> Event<'a> {
        let kind = match unread.reason {
            Some((reason, member)) => {
                let path = path() + member;
                EventKind::Malformed(Box::new(Malformed { path, reason }))
            }
            None => EventKind::Unknown,
        };
        self.event(kind, Some(unread.raw))
    }

    #[inline]
    fn element(&self, Element { kind, raw, place, told }: Element<'a>) -> Event<'a> {
        let contact = kind.person().and_then(|person| {
            let only = || self.alone.then(|| self.contacts.only(person)).flatten();
            self.contacts.of(person).or_else(only)
        });
        let member = match place {
            Place::List(name, _) => Some(Text::from(*name)),
            Place::Member(name) => Some(Text::from(name.into_owned())),
            Place::Whole => None,
        };
        Event {
            account_id: self.account_id.clone(),
            time: self.time,
            field: self.field.clone(),
            member,
            phone_number_id: self.phone_number_id.clone(),
            display_phone_number: self.display_phone_number.clone(),
            contact,
            kind,
            raw: Some(raw),
            told,
        }
    }

    fn forget_change(&mut self) {
        self.field = None;
        self.phone_number_id = None;
        self.display_phone_number = None;
    }

    /// Takes over what a value says of all its elements.
    fn enter(&mut self, value: &mut Value<'a>) {
        let Metadata { phone_number_id, display_phone_number, .. } =
            value.metadata.take().unwrap_or_default();
        self.phone_number_id = phone_number_id.or(self.phone_number_id.take());
        self.display_phone_number = display_phone_number.or(self.display_phone_number.take());
        self.contacts = Contacts::new(std::mem::take(&mut value.contacts));
        self.alone = is_about_one(&value.elements);
    }
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

impl<'a> Events<'a> {
    pub(super) fn of(payload: Payload<'a>) -> Self {
        let left = count(&payload);
        let shared = Shared::default();
        let waiting = if payload.other.is_empty() {
            Vec::new().into_iter()
        } else {
            shared.unknown(payload.other.unknown())
        };
        Self::new(waiting, payload.entries, left)
    }

    /// A body in which nothing can be read is an event, too.
    pub(super) fn of_unparsed(unparsed: Unparsed, raw: Option<&'a str>) -> Self {
        let kind = EventKind::Unparsed(Box::new(unparsed));
        let event = Shared::default().event(kind, raw.map(Raw::new));
        Self::new(vec![event].into_iter(), Vec::new(), 1)
    }

    fn new(waiting: IntoIter<Event<'a>>, entries: Vec<Entry<'a>>, left: usize) -> Self {
        Self {
            waiting,
            entries: entries.into_iter().enumerate(),
            changes: Vec::new().into_iter().enumerate(),
            elements: Vec::new().into_iter(),
            standby: None,
            entry: 0,
            shared: Shared::default(),
            left,
        }
    }

    /// Goes to the next change, or gives what is told before it; `None` at the end.
    fn go_on(&mut self) -> Option<Option<Box<Event<'a>>>> {
        let event = if let Some(event) = self.waiting.next() {
            Some(event)
        } else if let Some(mut value) = self.standby.take() {
            self.shared.enter(&mut value);
            self.elements = value.elements.into_iter();
            None
        } else if let Some((place, change)) = self.changes.next() {
            self.enter_change(place, change)
        } else {
            let (place, entry) = self.entries.next()?;
            self.enter_entry(place, entry)
        };
        Some(event.map(Box::new))
    }

    fn enter_entry(&mut self, place: usize, entry: Entry<'a>) -> Option<Event<'a>> {
        self.entry = place;
        self.shared.account_id = entry.id;
        self.shared.time = entry.time;
        self.shared.forget_change();
        let is_told = entry.unread.as_ref().is_none_or(|unread| unread.reason.is_some());
        if is_told && !entry.other.is_empty() {
            self.waiting = self.shared.unknown(entry.other.unnamed());
        }
        self.changes = entry.changes.into_iter().enumerate();
        entry.unread.map(|unread| self.shared.unread(unread, || format!("entry[{place}]")))
    }

    fn enter_change(&mut self, place: usize, change: Change<'a>) -> Option<Event<'a>> {
        let entry = self.entry;
        self.shared.forget_change();
        self.shared.field = change.field;
        if let Some(unread) = change.unread {
            let path = || format!("entry[{entry}].changes[{place}]");
            return Some(self.shared.unread(unread, path));
        }
        let mut value = change.value;
        self.shared.enter(&mut value);
        if !change.other.is_empty() {
            self.waiting = self.shared.unknown(change.other.unnamed());
        }
        self.elements = value.elements.into_iter();
        self.standby = value.standby;
        None
    }
}

impl<'a> Iterator for Events<'a> {
    type Item = Event<'a>;

    // Each event is made where it goes: it is large, and moving it would cost as much as
    // reading it.
    #[inline]
    fn next(&mut self) -> Option<Event<'a>> {
        loop {
            if self.waiting.as_slice().is_empty()
                && let Some(element) = self.elements.next()
            {
                self.left = self.left.saturating_sub(1);
                return Some(self.shared.element(element));
            }
            if let Some(event) = self.go_on()? {
                self.left = self.left.saturating_sub(1);
                return Some(*event);
            }
        }
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.left, Some(self.left))
    }
}

impl ExactSizeIterator for Events<'_> {}

impl std::iter::FusedIterator for Events<'_> {}

/// How many events there are in a payload.
fn count(payload: &Payload<'_>) -> usize {
    let entries = payload.entries.iter().map(|entry| {
        let beside = match &entry.unread {
            Some(Unread { reason: None, .. }) => 0,
            Some(_) | None => entry.other.unnamed().count(),
        };
        let changes = entry.changes.iter().map(|change| match &change.unread {
            Some(_) => 1,
            None => {
                let standby = change.value.standby.as_ref().map_or(0, |inner| inner.elements.len());
                change.other.unnamed().count() + change.value.elements.len() + standby
            }
        });
        beside + usize::from(entry.unread.is_some()) + changes.sum::<usize>()
    });
    payload.other.unknown().count() + entries.sum::<usize>()
}
