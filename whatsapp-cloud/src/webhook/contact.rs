//! Whom a message came from, as far as Meta tells: `contacts[]`.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use crate::webhook::record::{element, record};
use crate::wire::Text;

element! {
    /// A customer, as Meta knows him.
    ///
    /// Source: <https://developers.facebook.com/docs/whatsapp/cloud-api/webhooks/components#contacts-object>
    ///
    /// ```
    /// use whatsapp_cloud::webhook::{ContactProfile, Verified};
    ///
    /// let body = br#"{"entry":[{"changes":[{"field":"messages","value":{
    ///     "contacts":[{"wa_id":"16505551234","profile":{"name":"Ana"}}],
    ///     "messages":[{"from":"16505551234","id":"wamid.A","type":"text",
    ///     "text":{"body":"Hi"}}]}}]}]}"#;
    /// let event = Verified::restored(body).events().next().ok_or("there is one")?;
    /// let customer: &ContactProfile<'_> = event.contact.as_ref().ok_or("Meta tells who")?;
    /// assert_eq!(customer.name(), Some("Ana"));
    /// # Ok::<(), &str>(())
    /// ```
    pub struct ContactProfile<'a> {
        /// What he tells about himself.
        pub profile: Option<Profile<'a>> = "profile",
        /// The phone number, as digits. Brazilian and Mexican ones may differ by a digit
        /// from the number that was dialled.
        pub wa_id: Option<Text<'a>> = "wa_id" as nonempty,
        /// The business-scoped user id.
        pub user_id: Option<Text<'a>> = "user_id" as nonempty,
        /// The user id above it, which several businesses share.
        pub parent_user_id: Option<Text<'a>> = "parent_user_id" as nonempty,
        /// Changes when the customer's keys do, if the identity check is on.
        pub identity_key_hash: Option<Text<'a>> = "identity_key_hash",
    }
}

record! {
    /// What a customer tells about himself.
    ///
    /// ```
    /// use whatsapp_cloud::webhook::{Profile, Verified};
    /// use whatsapp_cloud::wire::Text;
    ///
    /// let body = br#"{"entry":[{"changes":[{"field":"messages","value":{
    ///     "contacts":[{"user_id":"US.1","profile":{"name":"Ana","username":"@ana"}}],
    ///     "messages":[{"from_user_id":"US.1","id":"wamid.A","type":"text",
    ///     "text":{"body":"Hi"}}]}}]}]}"#;
    /// let event = Verified::restored(body).events().next().ok_or("there is one")?;
    /// let customer = event.contact.as_ref().ok_or("Meta tells who")?;
    /// let Profile { username, .. } = customer.profile.as_ref().ok_or("and how she is called")?;
    /// assert_eq!(username.as_ref().map(Text::as_str), Some("@ana"));
    /// # Ok::<(), &str>(())
    /// ```
    pub struct Profile<'a> {
        /// The name that he gave himself.
        pub name: Option<Text<'a>> = "name",
        /// The username. It changes freely, and is no key.
        pub username: Option<Text<'a>> = "username",
        /// The country, as two letters.
        pub country_code: Option<Text<'a>> = "country_code",
    }
}

impl ContactProfile<'_> {
    /// The name that the customer gave himself.
    pub fn name(&self) -> Option<&str> {
        self.profile.as_ref()?.name.as_ref().map(Text::as_str)
    }
}

/// A person as a message or a status names him.
#[derive(Clone, Copy, Default, PartialEq)]
pub(super) struct Person<'p> {
    phone: Option<&'p str>,
    user_id: Option<&'p str>,
}

impl<'p> Person<'p> {
    pub(super) fn of(phone: Option<&'p Text<'_>>, user_id: Option<&'p Text<'_>>) -> Self {
        Self { phone: phone.map(Text::as_str), user_id: user_id.map(Text::as_str) }
    }
}

/// The contacts of a change, to be found by who they are.
#[derive(Clone, Copy)]
pub(super) struct Contacts<'c, 'a> {
    /// Shared by the events: a long name is not copied for each of a thousand messages.
    pub(super) all: &'c [Arc<ContactProfile<'a>>],
    pub(super) index: Option<&'c Index>,
}

/// Where each contact is, when they are too many to look at one by one.
#[derive(Clone, Default)]
pub(super) struct Index {
    by_phone: BTreeMap<String, usize>,
    by_user_id: BTreeMap<String, usize>,
}

impl Index {
    pub(super) fn of(all: &[Arc<ContactProfile<'_>>]) -> Option<Box<Self>> {
        const FEW: usize = 8;

        (all.len() > FEW).then(|| {
            let mut index = Self::default();
            for (place, contact) in all.iter().enumerate() {
                if let Some(phone) = &contact.wa_id {
                    index.by_phone.entry(phone.as_str().to_owned()).or_insert(place);
                }
                if let Some(user_id) = &contact.user_id {
                    index.by_user_id.entry(user_id.as_str().to_owned()).or_insert(place);
                }
            }
            Box::new(index)
        })
    }
}

/// Shows nothing: the names are phone numbers.
impl fmt::Debug for Index {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Index(…)")
    }
}

impl<'a> Contacts<'_, 'a> {
    /// The contact that this person is, by phone number or user id; never by position.
    pub(super) fn of(&self, person: Person<'_>) -> Option<Arc<ContactProfile<'a>>> {
        let by_user_id = person.user_id.and_then(|id| self.with_user_id(id));
        let by_phone = || {
            // A recycled number: the phone fits and the user is another one.
            let contact = person.phone.and_then(|phone| self.with_phone(phone));
            contact.filter(|contact| contact.may_be(person))
        };
        by_user_id.or_else(by_phone).cloned()
    }

    fn with_user_id(&self, id: &str) -> Option<&Arc<ContactProfile<'a>>> {
        match &self.index {
            Some(index) => self.all.get(*index.by_user_id.get(id)?),
            None => self.all.iter().find(|one| one.user_id.as_ref().is_some_and(|own| *own == id)),
        }
    }

    fn with_phone(&self, phone: &str) -> Option<&Arc<ContactProfile<'a>>> {
        match &self.index {
            Some(index) => self.all.get(*index.by_phone.get(phone)?),
            None => self.all.iter().find(|one| one.wa_id.as_ref().is_some_and(|own| *own == phone)),
        }
    }

    /// The only contact, when `person` is the only one it can be about.
    ///
    /// Meta may write another number there than in `from` (Brazil's ninth digit).
    pub(super) fn only(&self, person: Person<'_>) -> Option<Arc<ContactProfile<'a>>> {
        match self.all {
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
