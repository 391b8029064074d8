//! All that an event tells, as JSON, to be compared with what somebody wrote down.
//!
//! Members that are missing, false or empty are left out.

use serde_json::{Map, Value, json};
use whatsapp_cloud::webhook::{
    ContactCard, ContactProfile, Content, Context, Conversation, Event, EventKind, Message, Order,
    Pricing, Raw, Referral, Status, StatusKind, SystemKind,
};
use whatsapp_cloud::wire::{GraphError, Text};

/// What most fixtures share, and what is therefore not written down with each event.
const ACCOUNT: &str = "102290129340398";
const FIELD: &str = "messages";
const PHONE_NUMBER_ID: &str = "106540352242922";
const DISPLAY_PHONE_NUMBER: &str = "551140000001";

macro_rules! members {
    ($value:expr; $($member:ident),+ $(,)?) => {{
        let mut map = Map::new();
        $(if let Some(shown) = $value.$member.shown() {
            map.insert(stringify!($member).to_owned(), shown);
        })+
        map
    }};
}

trait Shown {
    fn shown(&self) -> Option<Value>;
}

impl Shown for Text<'_> {
    fn shown(&self) -> Option<Value> {
        Some(json!(self.as_str()))
    }
}

impl Shown for bool {
    fn shown(&self) -> Option<Value> {
        Some(json!(self))
    }
}

impl Shown for i64 {
    fn shown(&self) -> Option<Value> {
        Some(json!(self))
    }
}

impl Shown for f64 {
    fn shown(&self) -> Option<Value> {
        Some(json!(self))
    }
}

impl Shown for StatusKind {
    fn shown(&self) -> Option<Value> {
        Some(json!(self.as_str()))
    }
}

impl Shown for SystemKind {
    fn shown(&self) -> Option<Value> {
        Some(json!(self.as_str()))
    }
}

/// Parts that have tests of their own are shown as they are written.
macro_rules! shown_as_written {
    ($($part:ty),+) => {$(
        impl Shown for $part {
            fn shown(&self) -> Option<Value> {
                Some(serde_json::to_value(self).unwrap())
            }
        }
    )+};
}

shown_as_written!(Conversation<'_>, Pricing);

impl Shown for Raw<'_> {
    fn shown(&self) -> Option<Value> {
        Some(serde_json::from_str(self.get()).unwrap())
    }
}

impl Shown for GraphError {
    fn shown(&self) -> Option<Value> {
        Some(json!(self.code))
    }
}

impl<T: Shown> Shown for Option<T> {
    fn shown(&self) -> Option<Value> {
        self.as_ref().and_then(Shown::shown)
    }
}

impl<T: Shown> Shown for Vec<T> {
    fn shown(&self) -> Option<Value> {
        (!self.is_empty()).then(|| self.iter().filter_map(Shown::shown).collect())
    }
}

impl<T: Shown> Shown for Box<T> {
    fn shown(&self) -> Option<Value> {
        (**self).shown()
    }
}

impl<T: Shown> Shown for std::sync::Arc<T> {
    fn shown(&self) -> Option<Value> {
        (**self).shown()
    }
}

impl Shown for ContactProfile<'_> {
    fn shown(&self) -> Option<Value> {
        let mut map = members!(self; wa_id, user_id, parent_user_id, identity_key_hash);
        if let Some(profile) = &self.profile {
            map.extend(members!(profile; name, username, country_code));
        }
        Some(map.into())
    }
}

impl Shown for Context<'_> {
    fn shown(&self) -> Option<Value> {
        let mut map = members!(self; from, id, forwarded, frequently_forwarded);
        map.retain(|_, value| *value != json!(false));
        if let Some(product) = &self.referred_product {
            let product = members!(product; catalog_id, product_retailer_id);
            map.insert("referred_product".to_owned(), product.into());
        }
        Some(map.into())
    }
}

impl Shown for Referral<'_> {
    fn shown(&self) -> Option<Value> {
        let mut map = members!(self; source_url, source_id, source_type, headline, body,
            media_type, image_url, video_url, thumbnail_url, ctwa_clid);
        if let Some(text) = self.welcome_message.as_ref().and_then(|welcome| welcome.text.shown()) {
            map.insert("welcome_message".to_owned(), text);
        }
        Some(map.into())
    }
}

impl Shown for ContactCard<'_> {
    fn shown(&self) -> Option<Value> {
        let mut map = Map::new();
        if let Some(name) = &self.name {
            let name = members!(name; formatted_name, first_name, last_name);
            map.insert("name".to_owned(), name.into());
        }
        let phones: Vec<Value> = self
            .phones
            .iter()
            .map(|phone| members!(phone; phone, wa_id, user_id, kind).into())
            .collect();
        if !phones.is_empty() {
            map.insert("phones".to_owned(), phones.into());
        }
        Some(map.into())
    }
}

fn order(order: &Order<'_>) -> Map<String, Value> {
    let mut map = members!(order; catalog_id, text);
    let items: Vec<Value> = order
        .items
        .iter()
        .map(|item| members!(item; product_retailer_id, quantity, item_price, currency).into())
        .collect();
    map.insert("items".to_owned(), items.into());
    map
}

impl Shown for Content<'_> {
    fn shown(&self) -> Option<Value> {
        let (variant, members): (&str, Value) = match self {
            Self::Text { body } => ("Text", json!({ "body": body.as_str() })),
            Self::Image(media)
            | Self::Video(media)
            | Self::Audio(media)
            | Self::Sticker(media)
            | Self::Document(media) => {
                let variant = match self {
                    Self::Image(_) => "Image",
                    Self::Video(_) => "Video",
                    Self::Audio(_) => "Audio",
                    Self::Sticker(_) => "Sticker",
                    _ => "Document",
                };
                let map = members!(media; id, mime_type, sha256, caption, filename, url, voice,
                    animated);
                (variant, map.into())
            }
            Self::Location(place) => {
                ("Location", members!(place; latitude, longitude, name, address, url).into())
            }
            Self::Contacts(cards) => ("Contacts", cards.shown().unwrap_or_default()),
            Self::Reaction(reaction) => ("Reaction", members!(reaction; message_id, emoji).into()),
            Self::Button(button) => ("Button", members!(button; payload, text).into()),
            Self::ButtonReply(reply) => ("ButtonReply", members!(reply; id, title).into()),
            Self::ListReply(reply) => ("ListReply", members!(reply; id, title, description).into()),
            Self::FlowReply(reply) => {
                ("FlowReply", members!(reply; name, body, response_json).into())
            }
            Self::CallPermissionReply(reply) => (
                "CallPermissionReply",
                members!(reply; response, is_permanent, expiration_timestamp, response_source)
                    .into(),
            ),
            Self::PaymentMethod(method) => (
                "PaymentMethod",
                members!(method; payment_method, payment_timestamp, reference_id,
                    last_four_digits, credential_id)
                .into(),
            ),
            Self::UnknownReply { kind } => ("UnknownReply", json!({ "kind": kind.shown() })),
            Self::Order(cart) => ("Order", order(cart).into()),
            Self::System(system) => (
                "System",
                members!(system; kind, body, wa_id, user_id, parent_user_id, previous_user_id,
                    previous_parent_user_id, customer, identity)
                .into(),
            ),
            Self::Edit(edit) => {
                let mut map = members!(edit; original_message_id);
                if let Some(message) = &edit.message {
                    map.insert("content".to_owned(), message.content.shown().unwrap());
                }
                ("Edit", map.into())
            }
            Self::Template(template) => ("Template", members!(template; name, components).into()),
            Self::RequestWelcome => ("RequestWelcome", json!({})),
            Self::MediaPlaceholder => ("MediaPlaceholder", json!({})),
            Self::Errors => ("Errors", json!({})),
            Self::Revoke(revoke) => ("Revoke", members!(revoke; original_message_id).into()),
            Self::Unsupported(unsupported) => ("Unsupported", members!(unsupported; kind).into()),
            Self::Unreadable { kind, reason } => {
                ("Unreadable", json!({ "kind": kind.as_str(), "reason": format!("{reason:?}") }))
            }
            Self::Unknown { kind } => (
                "Unknown",
                kind.as_ref().map_or(json!({}), |kind| json!({ "kind": kind.as_str() })),
            ),
            other => panic!("this test does not know {other:?}"),
        };
        Some(json!({ variant: members }))
    }
}

impl Shown for Message<'_> {
    fn shown(&self) -> Option<Value> {
        let mut map = members!(self; id, from, from_user_id, from_parent_user_id, timestamp, kind,
            group_id, context, referral, errors, content);
        if let Some(text) = self.content.text() {
            map.insert("text".to_owned(), json!(text));
        }
        Some(map.into())
    }
}

impl Shown for Status<'_> {
    fn shown(&self) -> Option<Value> {
        let map = members!(self; id, status, timestamp, kind, recipient_id, recipient_user_id,
            recipient_parent_user_id, recipient_type, recipient_participant_id,
            recipient_participant_user_id, biz_opaque_callback_data, errors, conversation, pricing);
        Some(map.into())
    }
}

/// What an event has of what most have. Its members have tests of their own.
fn flat(event: &Event<'_>) -> Value {
    json!({
        "name": event.name(),
        "type": event.type_word(),
        "id": event.id(),
        "from": event.from(),
        "timestamp": event.timestamp(),
        "status": event.status(),
        "text": event.text(),
        "known": event.is_known(),
    })
}

/// All that the event tells but its JSON. What most fixtures share is left out.
///
/// If `is_flat`, only what an event has of what most have.
pub(crate) fn shown(event: &Event<'_>, is_flat: bool) -> Value {
    let mut map = members!(event; member, time);
    let (name, mut told) = match &event.kind {
        _ if is_flat => ("update", flat(event)),
        EventKind::Message(message) => ("message", message.shown().unwrap()),
        EventKind::Status(status) => ("status", status.shown().unwrap()),
        EventKind::Error(error) => ("error", error.shown().unwrap()),
        EventKind::Empty => ("empty", json!(true)),
        EventKind::Unknown => ("unknown", json!(true)),
        EventKind::Malformed(malformed) => ("malformed", json!(malformed.to_string())),
        EventKind::Unparsed(unparsed) => ("unparsed", json!(unparsed.to_string())),
        _ => ("update", flat(event)),
    };
    if !is_flat && let (Some(contact), Some(told)) = (event.contact.shown(), told.as_object_mut()) {
        told.insert("contact".to_owned(), contact);
    }
    map.insert(name.to_owned(), told);
    let shared = [
        ("account_id", &event.account_id, ACCOUNT),
        ("field", &event.field, FIELD),
        ("phone_number_id", &event.phone_number_id, PHONE_NUMBER_ID),
        ("display_phone_number", &event.display_phone_number, DISPLAY_PHONE_NUMBER),
    ];
    for (name, text, usual) in shared {
        if text.as_ref().is_none_or(|text| text.as_str() != usual) {
            map.insert(name.to_owned(), json!(text.shown()));
        }
    }
    map.into()
}
