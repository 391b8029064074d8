//! What a customer sends besides words: files, places, contact cards, carts.
//!
//! Source: <https://developers.facebook.com/docs/whatsapp/cloud-api/webhooks/components#messages-object>

use std::fmt;

use self::written::PlaceAsWritten;
use crate::webhook::content::UnreadableReason;
use crate::webhook::json::{Json, Step};
use crate::webhook::read::Read as _;
use crate::webhook::record::{Own, record};
use crate::wire::Text;

record! {
    /// A file that Meta keeps for 7 days.
    ///
    /// ```
    /// use whatsapp_cloud::webhook::{Content, EventKind, Media, Verified};
    ///
    /// let body = br#"{"entry":[{"changes":[{"field":"messages","value":{
    ///     "messages":[{"from":"16505551234","id":"wamid.A","type":"image",
    ///     "image":{"id":"1037543291543636","mime_type":"image/jpeg"}}]}}]}]}"#;
    /// let event = Verified::restored(body).events().next().ok_or("there is one")?;
    /// let EventKind::Message(message) = event.kind else { return Err("it is another") };
    /// let Content::Image(picture) = message.content else { return Err("it is a picture") };
    /// let Media { id, .. } = *picture;
    /// assert_eq!(id, Some("1037543291543636".into()), "what GetMedia asks for");
    /// # Ok::<(), &str>(())
    /// ```
    pub struct Media<'a> {
        /// What to fetch it by.
        pub id: Option<Text<'a>> = "id",
        /// For example `audio/ogg; codecs=opus`.
        pub mime_type: Option<Text<'a>> = "mime_type",
        /// The hash of the file, in base64.
        pub sha256: Option<Text<'a>> = "sha256",
        /// What the customer wrote below it.
        pub caption: Option<Text<'a>> = "caption",
        /// The name of a document. The customer chose it: never use it as a path.
        pub filename: Option<Text<'a>> = "filename",
        /// Where to fetch it, for five minutes.
        pub url: Option<Text<'a>> = "url",
        /// Whether it is a voice note.
        pub voice: Option<bool> = "voice",
        /// Whether a sticker moves.
        pub animated: Option<bool> = "animated",
    }
}

/// A place.
///
/// ```
/// use whatsapp_cloud::webhook::{Content, EventKind, Location, Verified};
///
/// let body = br#"{"entry":[{"changes":[{"field":"messages","value":{
///     "messages":[{"from":"16505551234","id":"wamid.A","type":"location",
///     "location":{"latitude":-23.55,"longitude":-46.63,"name":"Lucky Shrub"}}]}}]}]}"#;
/// let event = Verified::restored(body).events().next().ok_or("there is one")?;
/// let EventKind::Message(message) = event.kind else { return Err("it is another") };
/// let Content::Location(place) = message.content else { return Err("it is a place") };
/// let Location { latitude, longitude, .. } = *place;
/// assert_eq!((latitude, longitude), (-23.55, -46.63));
/// # Ok::<(), &str>(())
/// ```
#[derive(Clone, Default, PartialEq)]
#[non_exhaustive]
pub struct Location<'a> {
    /// Degrees north.
    pub latitude: f64,
    /// Degrees east.
    pub longitude: f64,
    /// What the place is called.
    pub name: Option<Text<'a>>,
    /// Its address.
    pub address: Option<Text<'a>>,
    /// Its page.
    pub url: Option<Text<'a>>,
    /// What the place is known by.
    pub id: Option<Text<'a>>,
}

#[allow(unreachable_pub, reason = "what the macro declares is public")]
mod written {
    use crate::webhook::record::record;
    use crate::wire::Text;

    record! {
        /// A place as it is written. At 0° for want of a number it would be a wrong place.
        pub struct PlaceAsWritten<'a> {
            /// Degrees north.
            pub latitude: Option<f64> = "latitude",
            /// Degrees east.
            pub longitude: Option<f64> = "longitude",
            /// What the place is called.
            pub name: Option<Text<'a>> = "name",
            /// Its address.
            pub address: Option<Text<'a>> = "address",
            /// Its page.
            pub url: Option<Text<'a>> = "url",
            /// What the place is known by.
            pub id: Option<Text<'a>> = "id",
        }
    }
}

impl<'a> Location<'a> {
    pub(super) fn read(json: &mut Json<'a>) -> Step<Result<Self, UnreadableReason>> {
        let Some(place) = PlaceAsWritten::read(json)? else {
            return Ok(Err(UnreadableReason::NoObject));
        };
        let PlaceAsWritten { latitude, longitude, name, address, url, id } = place;
        Ok(match (latitude, longitude) {
            (None, _) => Err(UnreadableReason::Member("latitude")),
            (_, None) => Err(UnreadableReason::Member("longitude")),
            (Some(latitude), Some(longitude)) => {
                Ok(Self { latitude, longitude, name, address, url, id })
            }
        })
    }

    /// A copy that borrows nothing.
    ///
    /// ```
    /// use whatsapp_cloud::webhook::{Content, EventKind, Location, Verified};
    ///
    /// /// The place that a customer sent, longer than the body is there.
    /// fn place(body: &[u8]) -> Option<Location<'static>> {
    ///     let event = Verified::restored(body).events().next()?;
    ///     let EventKind::Message(message) = event.kind else { return None };
    ///     let Content::Location(place) = message.content else { return None };
    ///     Some(place.into_owned())
    /// }
    ///
    /// let body = br#"{"entry":[{"changes":[{"field":"messages","value":{"messages":[{
    ///     "id":"wamid.A","type":"location",
    ///     "location":{"latitude":-23.55,"longitude":-46.63}}]}}]}]}"#;
    /// assert_eq!(place(body).map(|place| place.latitude), Some(-23.55));
    /// ```
    pub fn into_owned(self) -> Location<'static> {
        Location {
            latitude: self.latitude,
            longitude: self.longitude,
            name: self.name.own(),
            address: self.address.own(),
            url: self.url.own(),
            id: self.id.own(),
        }
    }
}

impl serde::Serialize for Location<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self { latitude, longitude, name, address, url, id } = self.clone();
        let (latitude, longitude) = (Some(latitude), Some(longitude));
        PlaceAsWritten { latitude, longitude, name, address, url, id }.serialize(serializer)
    }
}

/// Shows nothing: it is where a person is.
impl fmt::Debug for Location<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Location(…)")
    }
}

record! {
    /// A contact card.
    ///
    /// ```
    /// use whatsapp_cloud::webhook::{ContactCard, Content, EventKind, Verified};
    ///
    /// let body = br#"{"entry":[{"changes":[{"field":"messages","value":{
    ///     "messages":[{"from":"16505551234","id":"wamid.A","type":"contacts",
    ///     "contacts":[{"name":{"formatted_name":"Barbara J. Johnson"},
    ///     "phones":[{"phone":"+16505559999"}]}]}]}}]}]}"#;
    /// let event = Verified::restored(body).events().next().ok_or("there is one")?;
    /// let EventKind::Message(message) = event.kind else { return Err("it is another") };
    /// let Content::Contacts(cards) = message.content else { return Err("they are cards") };
    /// let ContactCard { phones, .. } = &cards[0];
    /// assert_eq!(phones[0].phone, Some("+16505559999".into()));
    /// # Ok::<(), &str>(())
    /// ```
    pub struct ContactCard<'a> {
        /// The name.
        pub name: Option<CardName<'a>> = "name",
        /// The phone numbers.
        pub phones: Vec<CardPhone<'a>> = "phones",
        /// The e-mail addresses.
        pub emails: Vec<CardEmail<'a>> = "emails",
        /// The postal addresses.
        pub addresses: Vec<CardAddress<'a>> = "addresses",
        /// Where the person works.
        pub org: Option<Box<CardOrg<'a>>> = "org",
        /// The web pages.
        pub urls: Vec<CardUrl<'a>> = "urls",
        /// The birthday, as `YYYY-MM-DD`.
        pub birthday: Option<Text<'a>> = "birthday",
        /// `contact_request` or `other`, after the business asked for the number.
        pub origin: Option<Text<'a>> = "origin",
        /// The card as vCard.
        pub vcard: Option<Text<'a>> = "vcard",
    }
}

record! {
    /// The name on a contact card.
    ///
    /// ```
    /// use whatsapp_cloud::webhook::{CardName, Content, EventKind, Verified};
    /// use whatsapp_cloud::wire::Text;
    ///
    /// let body = br#"{"entry":[{"changes":[{"field":"messages","value":{
    ///     "messages":[{"type":"contacts",
    ///     "contacts":[{"name":{"formatted_name":"Barbara J. Johnson",
    ///     "first_name":"Barbara"}}]}]}}]}]}"#;
    /// let event = Verified::restored(body).events().next().ok_or("there is one")?;
    /// let EventKind::Message(message) = event.kind else { return Err("it is another") };
    /// let Content::Contacts(cards) = message.content else { return Err("they are cards") };
    /// let CardName { first_name, .. } = cards[0].name.as_ref().ok_or("it has a name")?;
    /// assert_eq!(first_name.as_ref().map(Text::as_str), Some("Barbara"));
    /// # Ok::<(), &str>(())
    /// ```
    pub struct CardName<'a> {
        /// The name in full.
        pub formatted_name: Option<Text<'a>> = "formatted_name",
        /// The first name.
        pub first_name: Option<Text<'a>> = "first_name",
        /// The last name.
        pub last_name: Option<Text<'a>> = "last_name",
        /// The names between them.
        pub middle_name: Option<Text<'a>> = "middle_name",
        /// What stands before, such as `Dr.`.
        pub prefix: Option<Text<'a>> = "prefix",
        /// What stands behind, such as `Jr.`.
        pub suffix: Option<Text<'a>> = "suffix",
    }
}

record! {
    /// A phone number on a contact card.
    ///
    /// ```
    /// use whatsapp_cloud::webhook::{CardPhone, Content, EventKind, Verified};
    ///
    /// let body = br#"{"entry":[{"changes":[{"field":"messages","value":{
    ///     "messages":[{"type":"contacts","contacts":[{"phones":[{"phone":"+16505559999",
    ///     "wa_id":"16505559999","type":"HOME"}]}]}]}}]}]}"#;
    /// let event = Verified::restored(body).events().next().ok_or("there is one")?;
    /// let EventKind::Message(message) = event.kind else { return Err("it is another") };
    /// let Content::Contacts(cards) = message.content else { return Err("they are cards") };
    /// let CardPhone { wa_id, kind, .. } = &cards[0].phones[0];
    /// assert!(wa_id.is_some() && *kind == Some("HOME".into()));
    /// # Ok::<(), &str>(())
    /// ```
    pub struct CardPhone<'a> {
        /// The number as it was written down.
        pub phone: Option<Text<'a>> = "phone",
        /// The number as WhatsApp knows it, when it does.
        pub wa_id: Option<Text<'a>> = "wa_id",
        /// The business-scoped user id.
        pub user_id: Option<Text<'a>> = "user_id",
        /// `CELL`, `HOME`, …
        pub kind: Option<Text<'a>> = "type",
    }
}

record! {
    /// An e-mail address on a contact card.
    ///
    /// ```
    /// use whatsapp_cloud::webhook::{CardEmail, Content, EventKind, Verified};
    ///
    /// let body = br#"{"entry":[{"changes":[{"field":"messages","value":{
    ///     "messages":[{"type":"contacts",
    ///     "contacts":[{"emails":[{"email":"barbara@luckyshrub.com",
    ///     "type":"WORK"}]}]}]}}]}]}"#;
    /// let event = Verified::restored(body).events().next().ok_or("there is one")?;
    /// let EventKind::Message(message) = event.kind else { return Err("it is another") };
    /// let Content::Contacts(cards) = message.content else { return Err("they are cards") };
    /// let CardEmail { email, .. } = &cards[0].emails[0];
    /// assert_eq!(*email, Some("barbara@luckyshrub.com".into()));
    /// # Ok::<(), &str>(())
    /// ```
    pub struct CardEmail<'a> {
        /// The address.
        pub email: Option<Text<'a>> = "email",
        /// `HOME`, `WORK`, …
        pub kind: Option<Text<'a>> = "type",
    }
}

record! {
    /// A postal address on a contact card.
    ///
    /// ```
    /// use whatsapp_cloud::webhook::{CardAddress, Content, EventKind, Verified};
    ///
    /// let body = br#"{"entry":[{"changes":[{"field":"messages","value":{
    ///     "messages":[{"type":"contacts",
    ///     "contacts":[{"addresses":[{"street":"1 Lucky Shrub Way","city":"Menlo Park",
    ///     "zip":"94025"}]}]}]}}]}]}"#;
    /// let event = Verified::restored(body).events().next().ok_or("there is one")?;
    /// let EventKind::Message(message) = event.kind else { return Err("it is another") };
    /// let Content::Contacts(cards) = message.content else { return Err("they are cards") };
    /// let CardAddress { city, zip, .. } = &cards[0].addresses[0];
    /// assert_eq!((city, zip), (&Some("Menlo Park".into()), &Some("94025".into())));
    /// # Ok::<(), &str>(())
    /// ```
    pub struct CardAddress<'a> {
        /// Street and number.
        pub street: Option<Text<'a>> = "street",
        /// The city.
        pub city: Option<Text<'a>> = "city",
        /// The state.
        pub state: Option<Text<'a>> = "state",
        /// The postal code.
        pub zip: Option<Text<'a>> = "zip",
        /// The country.
        pub country: Option<Text<'a>> = "country",
        /// The country, as two letters.
        pub country_code: Option<Text<'a>> = "country_code",
        /// `HOME`, `WORK`, …
        pub kind: Option<Text<'a>> = "type",
    }
}

record! {
    /// Where a person works.
    ///
    /// ```
    /// use whatsapp_cloud::webhook::{CardOrg, Content, EventKind, Verified};
    ///
    /// let body = br#"{"entry":[{"changes":[{"field":"messages","value":{
    ///     "messages":[{"type":"contacts","contacts":[{"org":{"company":"Lucky Shrub",
    ///     "title":"Gardener"}}]}]}}]}]}"#;
    /// let event = Verified::restored(body).events().next().ok_or("there is one")?;
    /// let EventKind::Message(message) = event.kind else { return Err("it is another") };
    /// let Content::Contacts(cards) = message.content else { return Err("they are cards") };
    /// let CardOrg { company, .. } = &**cards[0].org.as_ref().ok_or("it says where")?;
    /// assert_eq!(*company, Some("Lucky Shrub".into()));
    /// # Ok::<(), &str>(())
    /// ```
    pub struct CardOrg<'a> {
        /// The company.
        pub company: Option<Text<'a>> = "company",
        /// The department.
        pub department: Option<Text<'a>> = "department",
        /// What the person is there.
        pub title: Option<Text<'a>> = "title",
    }
}

record! {
    /// A web page on a contact card.
    ///
    /// ```
    /// use whatsapp_cloud::webhook::{CardUrl, Content, EventKind, Verified};
    ///
    /// let body = br#"{"entry":[{"changes":[{"field":"messages","value":{
    ///     "messages":[{"type":"contacts",
    ///     "contacts":[{"urls":[{"url":"https://www.luckyshrub.com/",
    ///     "type":"WORK"}]}]}]}}]}]}"#;
    /// let event = Verified::restored(body).events().next().ok_or("there is one")?;
    /// let EventKind::Message(message) = event.kind else { return Err("it is another") };
    /// let Content::Contacts(cards) = message.content else { return Err("they are cards") };
    /// let CardUrl { url, .. } = &cards[0].urls[0];
    /// assert_eq!(*url, Some("https://www.luckyshrub.com/".into()));
    /// # Ok::<(), &str>(())
    /// ```
    pub struct CardUrl<'a> {
        /// Its address.
        pub url: Option<Text<'a>> = "url",
        /// `HOME`, `WORK`, …
        pub kind: Option<Text<'a>> = "type",
    }
}

record! {
    /// A cart.
    ///
    /// ```
    /// use whatsapp_cloud::webhook::{Content, EventKind, Order, Verified};
    ///
    /// let body = br#"{"entry":[{"changes":[{"field":"messages","value":{
    /// "messages":[{"from":"16505551234","id":"wamid.A","type":"order",
    /// "order":{"catalog_id":"194836987003835","text":"As a gift, please",
    /// "product_items":[{"product_retailer_id":"di9ozbzfi4","quantity":2}]}}]}}]}]}"#;
    /// let event = Verified::restored(body).events().next().ok_or("there is one")?;
    /// let EventKind::Message(message) = event.kind else { return Err("it is another") };
    /// let Content::Order(Order { text, items, .. }) = message.content else {
    ///     return Err("it is a cart");
    /// };
    /// assert_eq!((text, items.len()), (Some("As a gift, please".into()), 1));
    /// # Ok::<(), &str>(())
    /// ```
    pub struct Order<'a> {
        /// The catalogue.
        pub catalog_id: Option<Text<'a>> = "catalog_id",
        /// What the customer wrote with it.
        pub text: Option<Text<'a>> = "text",
        /// What is in it.
        pub items: Vec<OrderItem<'a>> = "product_items",
    }
}

record! {
    /// A product in a cart. Numbers are kept as they were written, so that money is exact.
    ///
    /// ```
    /// use whatsapp_cloud::webhook::{Content, EventKind, OrderItem, Verified};
    ///
    /// let body = br#"{"entry":[{"changes":[{"field":"messages","value":{
    ///     "messages":[{"type":"order",
    ///     "order":{"product_items":[{"product_retailer_id":"di9ozbzfi4","quantity":2,
    ///     "item_price":30.10,"currency":"USD"}]}}]}}]}]}"#;
    /// let event = Verified::restored(body).events().next().ok_or("there is one")?;
    /// let EventKind::Message(message) = event.kind else { return Err("it is another") };
    /// let Content::Order(order) = message.content else { return Err("it is a cart") };
    /// let OrderItem { item_price, quantity, .. } = &order.items[0];
    /// // As it was written: 30.10 is not 30.1.
    /// assert_eq!((item_price, quantity), (&Some("30.10".into()), &Some("2".into())));
    /// # Ok::<(), &str>(())
    /// ```
    pub struct OrderItem<'a> {
        /// The product.
        pub product_retailer_id: Option<Text<'a>> = "product_retailer_id",
        /// How many.
        pub quantity: Option<Text<'a>> = "quantity",
        /// The price of one.
        pub item_price: Option<Text<'a>> = "item_price",
        /// Three letters.
        pub currency: Option<Text<'a>> = "currency",
    }
}
