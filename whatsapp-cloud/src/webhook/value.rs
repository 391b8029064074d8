//! What a change holds: the lists of what happened, or one notice.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fmt;
use std::sync::Arc;

use serde::Serialize;
use serde::ser::SerializeMap;

use crate::webhook::contact::ContactProfile;
use crate::webhook::event::{EventKind, Told};
use crate::webhook::members::Members;
use crate::webhook::raw::Raw;
use crate::webhook::read::plain;
use crate::webhook::record::element;
use crate::wire::Text;

element! {
    /// Which of your phone numbers it is about.
    ///
    /// ```
    /// use whatsapp_cloud::webhook::{Metadata, Verified};
    ///
    /// let body = br#"{"entry":[{"changes":[{"field":"messages","value":{
    ///     "metadata":{"display_phone_number":"16505551111",
    ///     "phone_number_id":"106540352242922"}}}]}]}"#;
    /// let payload = Verified::restored(body).payload().map_err(|_| "it is readable")?;
    /// let metadata: Option<&Metadata<'_>> = payload.entries[0].changes[0].value.metadata.as_ref();
    /// assert!(metadata.is_some_and(|of| of.phone_number_id == Some("106540352242922".into())));
    /// # Ok::<(), &str>(())
    /// ```
    pub struct Metadata<'a> {
        /// Your phone number, as an id.
        pub phone_number_id: Option<Text<'a>> = "phone_number_id" as identifier,
        /// Your phone number, for people to read. Not always digits only.
        pub display_phone_number: Option<Text<'a>> = "display_phone_number" as identifier,
    }
}

/// What a change holds.
///
/// ```
/// use whatsapp_cloud::webhook::{Value, Verified};
///
/// let body = br#"{"entry":[{"changes":[{"field":"messages","value":{
///     "messaging_product":"whatsapp","messages":[{"id":"wamid.A"}]}}]}]}"#;
/// let payload = Verified::restored(body).payload().map_err(|_| "it is readable")?;
/// let Value { elements, contacts, .. } = &payload.entries[0].changes[0].value;
/// assert_eq!((elements.len(), contacts.len()), (1, 0));
/// # Ok::<(), &str>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Value<'a> {
    /// `whatsapp`, where there are lists.
    pub messaging_product: Option<Text<'a>>,
    /// Which of your phone numbers it is about.
    pub metadata: Option<Metadata<'a>>,
    /// The customers it is about: not one for each element, and in no certain order.
    pub contacts: Vec<Arc<ContactProfile<'a>>>,
    /// What happened, in the order of the document.
    pub elements: Vec<Element<'a>>,
    /// What happened in a thread that another app owns. Field `standby`.
    pub standby: Option<Box<Value<'a>>>,
    /// What the members above do not tell in full.
    pub other: Members<'a>,
}

/// One thing that happened.
///
/// ```
/// use whatsapp_cloud::webhook::{Element, EventKind, Verified};
///
/// let body = br#"{"entry":[{"changes":[{"field":"messages","value":{
///     "statuses":[{"id":"wamid.A","status":"sent"}]}}]}]}"#;
/// let payload = Verified::restored(body).payload().map_err(|_| "it is readable")?;
/// let Element { kind, raw, .. } = &payload.entries[0].changes[0].value.elements[0];
/// assert!(matches!(kind, EventKind::Status(_)));
/// assert_eq!(raw.get(), r#"{"id":"wamid.A","status":"sent"}"#);
/// # Ok::<(), &str>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Element<'a> {
    /// What it is.
    pub kind: EventKind<'a>,
    /// Its JSON.
    pub raw: Raw<'a>,
    pub(super) place: Place<'a>,
    pub(super) told: Told,
}

/// Where in its value an element stands.
#[derive(Clone, PartialEq)]
pub(super) enum Place<'a> {
    /// In the list of that name, from 0. The name of the name is half as large.
    List(&'static &'static str, u32),
    /// It is the member of that name.
    Member(Box<Cow<'a, str>>),
    /// It is the value as a whole.
    Whole,
}

/// Shows no name that came in a body.
impl fmt::Debug for Place<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::List(name, at) => f.debug_tuple("List").field(name).field(at).finish(),
            Self::Member(_) => f.write_str("Member(…)"),
            Self::Whole => f.write_str("Whole"),
        }
    }
}

impl Place<'_> {
    pub(super) fn member(name: &'static str) -> Self {
        Place::Member(Box::new(Cow::Borrowed(name)))
    }
}

impl Value<'_> {
    /// Whether it would be written with a name twice.
    pub(super) fn has_a_name_twice(&self) -> bool {
        let mut names = BTreeSet::new();
        let own = [
            ("messaging_product", self.messaging_product.is_some()),
            ("metadata", self.metadata.is_some()),
            ("contacts", !self.contacts.is_empty()),
            ("standby", self.standby.is_some()),
        ];
        let own = own.iter().filter(|(name, is_there)| *is_there && !self.other.has(&[name]));
        let elements = self.elements.iter().filter_map(|element| match &element.place {
            // With one that is unreadable, the list is kept as a whole.
            Place::List(name, 0) if **name != "contacts" => Some(**name),
            Place::List(..) | Place::Whole => None,
            Place::Member(name) => Some(&***name),
        });
        let all = own.map(|(name, _)| *name).chain(self.other.names()).chain(elements);
        !all.into_iter().all(|name| names.insert(name))
            || self.standby.as_ref().is_some_and(|inner| inner.has_a_name_twice())
    }

    /// Whether nothing in it is an event.
    pub(super) fn tells_nothing(&self) -> bool {
        self.elements.is_empty() && self.standby.as_ref().is_none_or(|inner| inner.tells_nothing())
    }
}

/// Writes the value as it came.
impl Serialize for Value<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if let [Element { kind, raw, place: Place::Whole, .. }] = self.elements.as_slice()
            && !kind.is_typed()
        {
            return raw.serialize(serializer);
        }
        let mut map = serializer.serialize_map(None)?;
        self.other.write(&mut map)?;
        if !self.other.has(&["messaging_product"]) {
            plain::write(&self.messaging_product, "messaging_product", &mut map)?;
        }
        if let Some(metadata) = &self.metadata {
            map.serialize_entry("metadata", metadata)?;
        }
        if !self.contacts.is_empty() && !self.other.has(&["contacts"]) {
            map.serialize_entry("contacts", &All(self.contacts.iter().map(|contact| &**contact)))?;
        }
        if let Some(standby) = &self.standby {
            map.serialize_entry("standby", standby)?;
        }
        let mut rest = self.elements.as_slice();
        while let Some((first, others)) = rest.split_first() {
            let length = match &first.place {
                Place::List(..) => {
                    1 + others.iter().take_while(|other| other.follows(first)).count()
                }
                Place::Member(_) | Place::Whole => 1,
            };
            let (elements, behind) = rest.split_at(length);
            rest = behind;
            match &first.place {
                // With one that is unreadable, the list is kept as a whole.
                Place::List(name, _) if **name == "contacts" => {}
                Place::List(name, _) => map.serialize_entry(*name, &All(elements.iter()))?,
                Place::Member(name) => map.serialize_entry(&***name, first)?,
                Place::Whole => first.kind.write(&mut map)?,
            }
        }
        map.end()
    }
}

/// A list to be written.
struct All<I>(I);

impl<I> Serialize for All<I>
where
    I: Iterator<Item: Serialize> + Clone,
{
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.clone())
    }
}

impl Element<'_> {
    /// Whether it stands in the same list, behind it.
    fn follows(&self, first: &Self) -> bool {
        matches!((&self.place, &first.place),
            (Place::List(list, index), Place::List(other, _)) if list == other && *index > 0)
    }
}

/// Writes the element as it came, from what is typed where it tells all.
impl Serialize for Element<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.kind {
            EventKind::Error(error) if self.told == Told::Whole => error.serialize(serializer),
            kind if kind.is_typed() => {
                let mut map = serializer.serialize_map(None)?;
                kind.write(&mut map)?;
                map.end()
            }
            _ => self.raw.serialize(serializer),
        }
    }
}
