//! Contact cards.
//!
//! Source: <https://developers.facebook.com/docs/whatsapp/cloud-api/messages/contacts-messages>

use crate::wire::object;

object! {
    /// A contact card.
    ///
    /// ```
    /// use whatsapp_cloud::api::messages::{ContactCard, ContactPhone, Message};
    ///
    /// let mut card = ContactCard::new("Ana Lima", "Ana");
    /// card.phones = vec![ContactPhone::new("+5511999990001")];
    /// assert!(Message::contacts("5511999990002", [card]).check().as_slice().is_empty());
    /// ```
    pub struct ContactCard {
        /// What the person is called: required.
        pub name: Option<ContactName> = "name",
        /// Phone numbers.
        pub phones: Vec<ContactPhone> = "phones",
        /// Addresses for mail by computer.
        pub emails: Vec<ContactEmail> = "emails",
        /// Addresses for mail on paper.
        pub addresses: Vec<ContactAddress> = "addresses",
        /// Where the person works.
        pub org: Option<ContactOrganization> = "org",
        /// Web pages.
        pub urls: Vec<ContactUrl> = "urls",
        /// The day of birth: `YYYY-MM-DD`.
        pub birthday: Option<String> = "birthday",
    }
    check |card, found| {
        if card.name.is_none() {
            found.add("name", "a name, found none");
        }
        if card.birthday.as_ref().is_some_and(|day| !is_day(day)) {
            found.add("birthday", "a day as YYYY-MM-DD");
        }
    }
}

object! {
    /// What a person is called. Beside the whole name Meta wants at least one of its parts.
    ///
    /// ```
    /// use whatsapp_cloud::api::messages::ContactName;
    ///
    /// let name = ContactName {
    ///     formatted_name: "Barbara J. Johnson".to_owned(),
    ///     first_name: Some("Barbara".to_owned()),
    ///     ..ContactName::default()
    /// };
    /// assert_eq!(
    ///     serde_json::to_string(&name)?,
    ///     r#"{"formatted_name":"Barbara J. Johnson","first_name":"Barbara"}"#,
    /// );
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct ContactName {
        /// The whole name, as it is usually written.
        pub formatted_name: String = "formatted_name",
        /// The first name.
        pub first_name: Option<String> = "first_name",
        /// The last name.
        pub last_name: Option<String> = "last_name",
        /// The middle name.
        pub middle_name: Option<String> = "middle_name",
        /// What stands behind: `Jr`.
        pub suffix: Option<String> = "suffix",
        /// What stands before: `Dr`.
        pub prefix: Option<String> = "prefix",
    }
    check |name, found| {
        if name.formatted_name.is_empty() {
            found.add("formatted_name", "the whole name, found none");
        }
        let parts =
            [&name.first_name, &name.last_name, &name.middle_name, &name.suffix, &name.prefix];
        if parts.iter().all(|part| part.is_none()) {
            found.say("a part of the name beside formatted_name, found none");
        }
    }
}

object! {
    /// A phone number of a contact.
    ///
    /// ```
    /// use whatsapp_cloud::api::messages::{ContactCard, ContactPhone};
    ///
    /// let phone = ContactPhone {
    ///     phone: Some("+1 (650) 555-9999".to_owned()),
    ///     wa_id: Some("16505559999".to_owned()),
    ///     ..ContactPhone::default()
    /// };
    /// let card = ContactCard { phones: vec![phone], ..ContactCard::default() };
    /// assert_eq!(serde_json::to_value(&card)?["phones"][0]["wa_id"], "16505559999");
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct ContactPhone {
        /// The number, in any form; without it the one of `wa_id` is shown.
        pub phone: Option<String> = "phone",
        /// The number as WhatsApp knows it: digits. Without it the card invites to WhatsApp.
        pub wa_id: Option<String> = "wa_id",
        /// What it is for: `HOME`, `WORK`, or any text.
        pub kind: Option<String> = "type",
    }
}

object! {
    /// An address for mail by computer.
    ///
    /// ```
    /// use whatsapp_cloud::api::messages::ContactEmail;
    ///
    /// let email: ContactEmail = serde_json::from_str(
    ///     r#"{"email":"barbara@luckyshrub.com","type":"Work"}"#,
    /// )?;
    /// assert_eq!(
    ///     (email.email.as_deref(), email.kind.as_deref()),
    ///     (Some("barbara@luckyshrub.com"), Some("Work")),
    /// );
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct ContactEmail {
        /// The address.
        pub email: Option<String> = "email",
        /// What it is for: `HOME`, `WORK`, or any text.
        pub kind: Option<String> = "type",
    }
}

object! {
    /// An address for mail on paper.
    ///
    /// ```
    /// use whatsapp_cloud::api::messages::ContactAddress;
    ///
    /// let home = ContactAddress {
    ///     city: Some("Menlo Park".to_owned()),
    ///     country_code: Some("us".to_owned()),
    ///     kind: Some("Home".to_owned()),
    ///     ..ContactAddress::default()
    /// };
    /// assert_eq!(
    ///     serde_json::to_string(&home)?,
    ///     r#"{"city":"Menlo Park","country_code":"us","type":"Home"}"#,
    /// );
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct ContactAddress {
        /// Number and street.
        pub street: Option<String> = "street",
        /// The city.
        pub city: Option<String> = "city",
        /// The state, in short.
        pub state: Option<String> = "state",
        /// The postal code.
        pub zip: Option<String> = "zip",
        /// The country's name.
        pub country: Option<String> = "country",
        /// The country in two letters (ISO 3166).
        pub country_code: Option<String> = "country_code",
        /// What it is for: `HOME`, `WORK`, or any text.
        pub kind: Option<String> = "type",
    }
}

object! {
    /// Where a person works.
    ///
    /// ```
    /// use whatsapp_cloud::api::messages::{ContactCard, ContactOrganization};
    ///
    /// let work: ContactOrganization = serde_json::from_str(
    ///     r#"{"company":"Lucky Shrub","department":"Legal","title":"Lead Counsel"}"#,
    /// )?;
    /// let card = ContactCard { org: Some(work), ..ContactCard::default() };
    /// assert_eq!(serde_json::to_value(&card)?["org"]["title"], "Lead Counsel");
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct ContactOrganization {
        /// The company.
        pub company: Option<String> = "company",
        /// The department.
        pub department: Option<String> = "department",
        /// What the person is there.
        pub title: Option<String> = "title",
    }
}

object! {
    /// A web page.
    ///
    /// ```
    /// use whatsapp_cloud::api::messages::ContactUrl;
    ///
    /// let page: ContactUrl = serde_json::from_str(
    ///     r#"{"url":"https://www.luckyshrub.com","type":"Company"}"#,
    /// )?;
    /// assert_eq!(page.url.as_deref(), Some("https://www.luckyshrub.com"));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct ContactUrl {
        /// Its address.
        pub url: Option<String> = "url",
        /// What it is for: `HOME`, `WORK`, or any text.
        pub kind: Option<String> = "type",
    }
}

impl ContactCard {
    /// A card with a name only.
    pub fn new(whole_name: impl Into<String>, first_name: impl Into<String>) -> Self {
        let name = ContactName {
            formatted_name: whole_name.into(),
            first_name: Some(first_name.into()),
            ..ContactName::default()
        };
        Self { name: Some(name), ..Self::default() }
    }
}

impl ContactPhone {
    /// A number in international form, which WhatsApp knows too.
    pub fn new(number: impl Into<String>) -> Self {
        let phone = number.into();
        let wa_id = phone.chars().filter(char::is_ascii_digit).collect();
        Self { phone: Some(phone), wa_id: Some(wa_id), ..Self::default() }
    }
}

/// Whether it is written as a day; whether there is such a day is for Meta.
fn is_day(text: &str) -> bool {
    text.len() == 10
        && text.bytes().enumerate().all(|(index, byte)| match index {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        })
}
