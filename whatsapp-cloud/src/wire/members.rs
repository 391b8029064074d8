//! Reading an object name by name, without a copy of the whole: for the answers that come most
//! often.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, Visitor};
use serde_json::{Map, Value};

/// Takes what no member tells.
pub(crate) trait Keep {
    /// Keeps a member that is not known.
    fn keep(&mut self, name: Name<'_>, value: Value);
}

impl Keep for Map<String, Value> {
    fn keep(&mut self, name: Name<'_>, value: Value) {
        self.insert(name.0.into_owned(), value);
    }
}

/// The name of a member, borrowed where it can be.
pub(crate) struct Name<'de>(pub(crate) Cow<'de, str>);

impl<'de> Deserialize<'de> for Name<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct OfName;

        impl<'de> Visitor<'de> for OfName {
            type Value = Name<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a name")
            }

            fn visit_borrowed_str<E: Error>(self, name: &'de str) -> Result<Name<'de>, E> {
                Ok(Name(Cow::Borrowed(name)))
            }

            fn visit_str<E: Error>(self, name: &str) -> Result<Name<'de>, E> {
                Ok(Name(Cow::Owned(name.to_owned())))
            }

            fn visit_string<E: Error>(self, name: String) -> Result<Name<'de>, E> {
                Ok(Name(Cow::Owned(name)))
            }
        }

        deserializer.deserialize_str(OfName)
    }
}

/// Reads a struct that has a default: each member by its name, all else into `other`, a
/// [`Keep`]. Of a name that is there twice the last counts.
macro_rules! read_members {
    ($name:ident { $($member:ident = $key:literal),* $(,)? }) => {
        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                struct Members;

                impl<'de> serde::de::Visitor<'de> for Members {
                    type Value = $name;

                    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        f.write_str("an object")
                    }

                    fn visit_map<A: serde::de::MapAccess<'de>>(
                        self,
                        mut map: A,
                    ) -> Result<$name, A::Error> {
                        let mut read = $name::default();
                        while let Some(name) = map.next_key::<$crate::wire::members::Name<'de>>()? {
                            match &*name.0 {
                                $($key => read.$member = map.next_value()?,)*
                                _ => $crate::wire::members::Keep::keep(
                                    &mut read.other,
                                    name,
                                    map.next_value()?,
                                ),
                            }
                        }
                        Ok(read)
                    }
                }

                deserializer.deserialize_map(Members)
            }
        }
    };
}

pub(crate) use read_members;
