//! A message as Meta's JSON: the kind's object stands beside `type`, under the kind's name.
//!
//! A message is written in two ways. As it came: what was read keeps the form in which the
//! recipient stood there, so that a body that passes through is the same. As it is meant: what
//! is sent says who gets it so that Meta cannot read it otherwise.

use serde::ser::SerializeMap;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::{Map, Value};

use crate::api::Recipient;
use crate::api::messages::{Content, Message};
use crate::id::{GroupId, UserId};
use crate::wire::member;

/// The members that say to whom and what, as they came.
#[derive(Clone, Default, PartialEq)]
pub(super) struct Came {
    pub(super) recipient_type: Option<Value>,
    pub(super) to: Option<Value>,
    pub(super) recipient: Option<Value>,
    pub(super) kind: Option<Value>,
}

/// A message as it is meant.
pub(super) struct Meant<'a>(pub(super) &'a Message);

const NAMES: [&str; 12] = [
    "messaging_product",
    "recipient_type",
    "to",
    "recipient",
    "type",
    "context",
    "biz_opaque_callback_data",
    "recipient_identity_key_hash",
    "category",
    "direct_send_config",
    "ttl",
    "ttl_seconds",
];

impl Message {
    /// Writes the members; `taken` are names that somebody else writes.
    pub(super) fn write<M: SerializeMap>(
        &self,
        came: Option<&Came>,
        taken: &[&str],
        map: &mut M,
    ) -> Result<(), M::Error> {
        match came {
            Some(came) => {
                member::write(&self.product, "messaging_product", &self.other, map)?;
                for (name, value) in [
                    ("recipient_type", &came.recipient_type),
                    ("to", &came.to),
                    ("recipient", &came.recipient),
                    ("type", &came.kind),
                ] {
                    if let Some(value) = value {
                        map.serialize_entry(name, value)?;
                    }
                }
            }
            None => self.write_as_meant(map)?,
        }
        self.content.write(&self.other, map)?;
        let other = &self.other;
        member::write(&self.context, "context", other, map)?;
        member::write(&self.opaque_data, "biz_opaque_callback_data", other, map)?;
        member::write(&self.identity_key_hash, "recipient_identity_key_hash", other, map)?;
        member::write(&self.category, "category", other, map)?;
        member::write(&self.direct_send_config, "direct_send_config", other, map)?;
        member::write(&self.ttl, "ttl", other, map)?;
        member::write(&self.ttl_seconds, "ttl_seconds", other, map)?;
        let kind = self.content.kind();
        for (name, value) in other {
            let name = name.as_str();
            if !NAMES.contains(&name) && name != kind && !taken.contains(&name) {
                map.serialize_entry(name, value)?;
            }
        }
        Ok(())
    }

    fn write_as_meant<M: SerializeMap>(&self, map: &mut M) -> Result<(), M::Error> {
        map.serialize_entry("messaging_product", "whatsapp")?;
        match &self.to {
            // With `+` always: without it Meta reads a number of the sender's country.
            Recipient::Phone(digits) => {
                map.serialize_entry("recipient_type", "individual")?;
                map.serialize_entry("to", &format_args!("+{digits}"))?;
            }
            Recipient::User(user) => {
                map.serialize_entry("recipient_type", "individual")?;
                map.serialize_entry("recipient", user)?;
            }
            Recipient::Group(group) => {
                map.serialize_entry("recipient_type", "group")?;
                map.serialize_entry("to", group)?;
            }
        }
        map.serialize_entry("type", self.content.kind())
    }

    pub(super) fn from_members(mut members: Map<String, Value>) -> Self {
        let came = Came {
            recipient_type: members.remove("recipient_type"),
            to: members.remove("to"),
            recipient: members.remove("recipient"),
            kind: members.remove("type"),
        };
        let kind = match &came.kind {
            // Meta takes a message without a type as a text; examples of its own forget it.
            None => Content::kind_of(&members),
            Some(kind) => kind.as_str().unwrap_or_default(),
        };
        let mut message = Self::new(came.addressee(), Content::take(kind, &mut members));
        message.product = member::take(&mut members, "messaging_product");
        message.context = member::take(&mut members, "context");
        message.opaque_data = member::take(&mut members, "biz_opaque_callback_data");
        message.identity_key_hash = member::take(&mut members, "recipient_identity_key_hash");
        message.category = member::take(&mut members, "category");
        message.direct_send_config = member::take(&mut members, "direct_send_config");
        message.ttl = member::take(&mut members, "ttl");
        message.ttl_seconds = member::take(&mut members, "ttl_seconds");
        message.other = members;
        message.came = Some(Box::new(came));
        message
    }
}

impl Came {
    /// Whom it means.
    fn addressee(&self) -> Recipient {
        let text = |value: &Option<Value>| match value {
            Some(Value::String(text)) => Some(text.clone()),
            Some(Value::Number(number)) => Some(number.to_string()),
            _ => None,
        };
        let is_group = self.recipient_type.as_ref().is_some_and(|kind| kind == "group");
        // Meta prefers `to` where both are present.
        match (text(&self.to), text(&self.recipient)) {
            (Some(id), _) if is_group => Recipient::Group(GroupId::new(id)),
            (Some(number), _) => match Recipient::from(number) {
                // Never moved to the other member: that is for the sender to decide.
                Recipient::User(user) => Recipient::Phone(user.as_str().to_owned()),
                other => other,
            },
            (None, Some(user)) => Recipient::User(UserId::new(user)),
            (None, None) if self.recipient.is_some() => Recipient::User(UserId::default()),
            (None, None) => Recipient::Phone(String::new()),
        }
    }
}

/// As it came, where it was read; as it is meant otherwise.
impl Serialize for Message {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        self.write(self.came.as_deref(), &[], &mut map)?;
        map.end()
    }
}

impl Serialize for Meant<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        self.0.write(None, &[], &mut map)?;
        map.end()
    }
}

impl<'de> Deserialize<'de> for Message {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        member::members(deserializer).map(Self::from_members)
    }
}
