//! An object that says in `type` which of several it is.

/// Declares an enum of objects, told apart by the word in `type`, in any case.
///
/// A variant holds the object without its `type`: that is written from the variant, unless it
/// came in another case, which the object then keeps. What has another type is kept whole.
macro_rules! tagged {
    (
        $(#[$doc:meta])*
        pub enum $name:ident {
            $($(#[$variant_doc:meta])* $variant:ident($type:ident) = $word:literal,)+
        }
    ) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq)]
        #[non_exhaustive]
        pub enum $name {
            $($(#[$variant_doc])* $variant($type),)+
            /// One that this version does not know, as it came.
            Other(serde_json::Map<String, serde_json::Value>),
        }

        impl $name {
            /// Its type as Meta writes it; empty when it says none.
            pub fn kind(&self) -> &str {
                match self {
                    $(Self::$variant(_) => $word,)+
                    Self::Other(members) => {
                        members.get("type").and_then(serde_json::Value::as_str).unwrap_or_default()
                    }
                }
            }

            fn from_members(mut members: serde_json::Map<String, serde_json::Value>) -> Self {
                let kind = members.get("type").and_then(serde_json::Value::as_str);
                $(if let Some(kind) = kind
                    && kind.eq_ignore_ascii_case($word)
                {
                    if kind == $word {
                        members.remove("type");
                    }
                    return Self::$variant($type::from(members));
                })+
                Self::Other(members)
            }
        }

        $(
            impl From<$type> for $name {
                fn from(one: $type) -> Self {
                    Self::$variant(one)
                }
            }

            impl From<serde_json::Map<String, serde_json::Value>> for $type {
                fn from(members: serde_json::Map<String, serde_json::Value>) -> Self {
                    use $crate::wire::member::Member as _;

                    // An object is read from any members.
                    match Self::read(serde_json::Value::Object(members)) {
                        Ok(read) => read.value,
                        Err(_) => Self::default(),
                    }
                }
            }
        )+

        /// None of those that are known.
        impl Default for $name {
            fn default() -> Self {
                Self::Other(serde_json::Map::new())
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                #[derive(serde::Serialize)]
                struct Typed<'a, T> {
                    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
                    kind: Option<&'a str>,
                    #[serde(flatten)]
                    one: &'a T,
                }

                match self {
                    $(Self::$variant(one) => {
                        let kind = (!one.other.contains_key("type")).then_some($word);
                        Typed { kind, one }.serialize(serializer)
                    })+
                    Self::Other(members) => members.serialize(serializer),
                }
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::wire::member::members(deserializer).map(Self::from_members)
            }
        }

        impl $crate::wire::member::Member for $name {
            fn read(
                value: serde_json::Value,
            ) -> Result<$crate::wire::member::Read<Self>, serde_json::Value> {
                match value {
                    serde_json::Value::Object(members) => {
                        $crate::wire::member::Read::usual(Self::from_members(members))
                    }
                    other => Err(other),
                }
            }

            fn is_absent(&self) -> bool {
                false
            }

            fn check(&self, found: &mut $crate::violation::Violations) {
                match self {
                    $(Self::$variant(one) => $crate::wire::member::Member::check(one, found),)+
                    Self::Other(_) if self.kind().is_empty() => {
                        found.add("type", "a type, found none");
                    }
                    Self::Other(_) => {
                        found.within("type", |found| found.word(self.kind(), &[$($word),+]));
                    }
                }
            }
        }

        /// Shows which one it is only.
        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(match self {
                    $(Self::$variant(_) => stringify!($variant),)+
                    Self::Other(_) => "Other",
                })
            }
        }
    };
}

pub(super) use tagged;
