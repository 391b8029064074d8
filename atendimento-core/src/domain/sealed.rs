//! Bytes that say nothing to who holds them: sealed contents, wrapped keys, keyed hashes.
//!
//! Only the vault makes them and only the vault reads them, so that a store never sees
//! personal data and erasing a key erases what it sealed.

use std::fmt;

use serde::{Deserialize, Serialize};

macro_rules! opaque {
    ($(#[$doc:meta])* $name:ident($inner:ty)) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name($inner);

        impl $name {
            /// Takes the bytes as the vault made them.
            pub const fn new(bytes: $inner) -> Self {
                Self(bytes)
            }

            /// The bytes.
            pub const fn as_bytes(&self) -> &$inner {
                &self.0
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({} bytes)", stringify!($name), self.0.len())
            }
        }
    };
}

opaque! {
    /// Personal data, encrypted and bound to its place.
    Sealed(Vec<u8>)
}
opaque! {
    /// A customer's data key, encrypted under the installation's key.
    WrappedKey(Vec<u8>)
}
opaque! {
    /// A keyed hash by which a phone number or user id is found without being stored.
    BlindIndex([u8; 16])
}
opaque! {
    /// A keyed hash of the channel's message id. The id itself holds a phone number on
    /// WhatsApp, so it is kept only sealed.
    RemoteRef([u8; 16])
}
opaque! {
    /// A keyed hash of what makes one inbound event itself and no other.
    DedupeKey([u8; 16])
}
opaque! {
    /// A keyed hash of an event's contents: the same key with other contents is a conflict.
    Fingerprint([u8; 8])
}
