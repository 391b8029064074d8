//! What a customer sends besides words: files, places, contact cards, carts.
//!
//! Source: <https://developers.facebook.com/docs/whatsapp/cloud-api/webhooks/components#messages-object>

use std::fmt;

use serde_json::value::RawValue;

use crate::webhook::content::UnreadableReason;
use crate::webhook::read::each_member;
use crate::webhook::record::{Fill, Own, readable, record};
use crate::wire::Text;

record! {
    /// A file that Meta keeps for 7 days.
    pub struct Media<'a> {
        /// What to fetch it by.
        pub id: Option<Text<'a>> = b"id",
        /// For example `audio/ogg; codecs=opus`.
        pub mime_type: Option<Text<'a>> = b"mime_type",
        /// The hash of the file, in base64.
        pub sha256: Option<Text<'a>> = b"sha256",
        /// What the customer wrote below it.
        pub caption: Option<Text<'a>> = b"caption",
        /// The name of a document. The customer chose it: never use it as a path.
        pub filename: Option<Text<'a>> = b"filename",
        /// Where to fetch it, for five minutes.
        pub url: Option<Text<'a>> = b"url",
        /// Whether it is a voice note.
        pub voice: Option<bool> = b"voice",
        /// Whether a sticker moves.
        pub animated: Option<bool> = b"animated",
    }
}

/// A place.
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
}

impl<'a> Location<'a> {
    pub(super) fn read(own: &'a RawValue) -> Result<Self, UnreadableReason> {
        let (mut latitude, mut longitude) = (None, None);
        let mut place = Self::default();
        each_member(own, |name, value| match &*name {
            b"latitude" => latitude.fill(value),
            b"longitude" => longitude.fill(value),
            b"name" => place.name.fill(value),
            b"address" => place.address.fill(value),
            b"url" => place.url.fill(value),
            _ => {}
        })
        .ok_or(UnreadableReason::NoObject)?;
        // A place at 0° for want of a number would be a wrong place.
        place.latitude = latitude.ok_or(UnreadableReason::Member("latitude"))?;
        place.longitude = longitude.ok_or(UnreadableReason::Member("longitude"))?;
        Ok(place)
    }

    /// A copy that borrows nothing.
    pub fn into_owned(self) -> Location<'static> {
        Location {
            latitude: self.latitude,
            longitude: self.longitude,
            name: self.name.own(),
            address: self.address.own(),
            url: self.url.own(),
        }
    }
}

/// Shows nothing: it is where a person is.
impl fmt::Debug for Location<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Location(…)")
    }
}

record! {
    /// A contact card. The event's JSON holds its addresses, e-mails and the rest.
    pub struct ContactCard<'a> {
        /// The name.
        pub name: Option<CardName<'a>> = b"name",
        /// The phone numbers.
        pub phones: Vec<CardPhone<'a>> = b"phones",
    }
}

record! {
    /// The name on a contact card.
    pub struct CardName<'a> {
        /// The name in full.
        pub formatted_name: Option<Text<'a>> = b"formatted_name",
        /// The first name.
        pub first_name: Option<Text<'a>> = b"first_name",
        /// The last name.
        pub last_name: Option<Text<'a>> = b"last_name",
    }
}

record! {
    /// A phone number on a contact card.
    pub struct CardPhone<'a> {
        /// The number as it was written down.
        pub phone: Option<Text<'a>> = b"phone",
        /// The number as WhatsApp knows it, when it does.
        pub wa_id: Option<Text<'a>> = b"wa_id",
        /// The business-scoped user id.
        pub user_id: Option<Text<'a>> = b"user_id",
        /// `CELL`, `HOME`, …
        pub kind: Option<Text<'a>> = b"type",
    }
}

record! {
    /// A cart.
    pub struct Order<'a> {
        /// The catalogue.
        pub catalog_id: Option<Text<'a>> = b"catalog_id",
        /// What the customer wrote with it.
        pub text: Option<Text<'a>> = b"text",
        /// What is in it.
        pub items: Vec<OrderItem<'a>> = b"product_items",
    }
}

record! {
    /// A product in a cart. Numbers are kept as they were written, so that money is exact.
    pub struct OrderItem<'a> {
        /// The product.
        pub product_retailer_id: Option<Text<'a>> = b"product_retailer_id",
        /// How many.
        pub quantity: Option<Text<'a>> = b"quantity",
        /// The price of one.
        pub item_price: Option<Text<'a>> = b"item_price",
        /// Three letters.
        pub currency: Option<Text<'a>> = b"currency",
    }
}

readable!(Media, ContactCard, CardName, CardPhone, Order, OrderItem);
