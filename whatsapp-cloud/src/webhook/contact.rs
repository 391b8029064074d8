//! Whom a message came from, as far as Meta tells: `contacts[]`.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::value::RawValue;

use crate::webhook::read::{Read, drop_empty, each_member};
use crate::webhook::record::{Fill, record};
use crate::wire::Text;

record! {
    /// The profile of a customer, as he chose it himself.
    ///
    /// Source: <https://developers.facebook.com/docs/whatsapp/cloud-api/webhooks/components#contacts-object>
    pub struct ContactProfile<'a> {
        /// The phone number, as digits. Brazilian and Mexican ones may differ by a digit
        /// from the number that was dialled.
        pub wa_id: Option<Text<'a>> = b"wa_id",
        /// The business-scoped user id.
        pub user_id: Option<Text<'a>> = b"user_id",
        /// The user id above it, which several businesses share.
        pub parent_user_id: Option<Text<'a>> = b"parent_user_id",
        /// Changes when the customer's keys do, if the identity check is on.
        pub identity_key_hash: Option<Text<'a>> = b"identity_key_hash",
        /// The name that the customer gave himself.
        pub name: Option<Text<'a>>,
        /// The user name. It changes freely, and is no key.
        pub username: Option<Text<'a>>,
        /// The country, as two letters.
        pub country_code: Option<Text<'a>>,
    }
}

impl<'a> Read<'a> for ContactProfile<'a> {
    fn read(raw: &'a RawValue) -> Option<Self> {
        let mut contact = Self::default();
        each_member(raw, |name, value| {
            if !contact.take(&name, value) && *name == *b"profile" {
                // What is no object has no name in it; the rest of the contact counts.
                let _ = each_member(value, |name, value| match &*name {
                    b"name" => contact.name.fill(value),
                    b"username" => contact.username.fill(value),
                    b"country_code" => contact.country_code.fill(value),
                    _ => {}
                });
            }
        })?;
        drop_empty(&mut contact.wa_id);
        drop_empty(&mut contact.user_id);
        Some(contact)
    }
}

/// A person as a message or a status names him.
#[derive(Clone, Copy, Default, PartialEq)]
pub(super) struct Person<'p> {
    pub(super) phone: Option<&'p str>,
    pub(super) user_id: Option<&'p str>,
}

/// The contacts of a change, to be found by who they are.
#[derive(Default)]
pub(super) struct Contacts<'a> {
    /// Shared by the events: a long name is not copied for each of a thousand messages.
    all: Vec<Arc<ContactProfile<'a>>>,
    by_phone: BTreeMap<Text<'a>, usize>,
    by_user_id: BTreeMap<Text<'a>, usize>,
}

impl<'a> Contacts<'a> {
    pub(super) fn add(&mut self, contact: ContactProfile<'a>) {
        let index = self.all.len();
        if let Some(phone) = &contact.wa_id {
            self.by_phone.entry(phone.clone()).or_insert(index);
        }
        if let Some(user_id) = &contact.user_id {
            self.by_user_id.entry(user_id.clone()).or_insert(index);
        }
        self.all.push(Arc::new(contact));
    }

    /// The contact that this person is, by phone number or user id; never by position.
    pub(super) fn of(&self, person: Person<'_>) -> Option<Arc<ContactProfile<'a>>> {
        let known = |index: &usize| self.all.get(*index);
        let by_user_id =
            person.user_id.and_then(|id| self.by_user_id.get(&Text::from(id))).and_then(known);
        let by_phone = person
            .phone
            .and_then(|phone| self.by_phone.get(&Text::from(phone)))
            .and_then(known)
            // A recycled number: the phone fits and the user is another one.
            .filter(|contact| contact.may_be(person));
        by_user_id.or(by_phone).cloned()
    }

    /// The only contact, when `person` is the only one it can be about.
    ///
    /// Meta may write another number there than in `from` (Brazil's ninth digit).
    pub(super) fn only(&self, person: Person<'_>) -> Option<Arc<ContactProfile<'a>>> {
        match self.all.as_slice() {
            [only] if person != Person::default() && only.may_be(person) => Some(only.clone()),
            _ => None,
        }
    }
}

impl ContactProfile<'_> {
    /// Whether nothing says that this is another person. A phone number says it less
    /// surely than a user id, which has one form only.
    fn may_be(&self, person: Person<'_>) -> bool {
        match (&self.user_id, person.user_id) {
            (Some(ours), Some(theirs)) => ours.as_str() == theirs,
            _ => true,
        }
    }
}
