//! Identifiers, and where their randomness comes from.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use ulid::Ulid;

use crate::time::Timestamp;

/// A source of random bytes, handed in so that a test can repeat a run.
pub trait Randomness: Send + Sync {
    /// Fills `buffer` with random bytes.
    fn fill(&self, buffer: &mut [u8]);
}

/// The operating system's randomness.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemRandomness;

impl Randomness for SystemRandomness {
    fn fill(&self, buffer: &mut [u8]) {
        getrandom::fill(buffer).expect("the operating system gives random bytes");
    }
}

macro_rules! ulid {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Ulid);

        impl $name {
            /// A new identifier, ordered by `now`.
            pub fn new(now: Timestamp, randomness: &dyn Randomness) -> Self {
                let mut random = [0; 16];
                randomness.fill(&mut random[6..]);
                let millis = u64::try_from(now.millis()).unwrap_or(0);
                Self(Ulid::from_parts(millis, u128::from_be_bytes(random)))
            }

            /// The lowest identifier of those that are made at `now`: for comparing with moments.
            pub fn first_at(now: Timestamp) -> Self {
                let millis = u64::try_from(now.millis()).unwrap_or(0);
                Self(Ulid::from_parts(millis, 0))
            }

            /// The identifier that these bytes are.
            pub const fn from_bytes(bytes: [u8; 16]) -> Self {
                Self(Ulid(u128::from_be_bytes(bytes)))
            }

            /// The identifier as bytes, which sort as it does.
            pub const fn to_bytes(self) -> [u8; 16] {
                self.0.0.to_be_bytes()
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                let mut buffer = [0; ulid::ULID_LEN];
                f.write_str(self.0.array_to_str(&mut buffer))
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({self})", stringify!($name))
            }
        }

        impl FromStr for $name {
            type Err = InvalidId;

            fn from_str(text: &str) -> Result<Self, InvalidId> {
                Ulid::from_string(text).map(Self).map_err(|_| InvalidId(stringify!($name)))
            }
        }

        impl Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }
    };
}

macro_rules! name {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            /// Takes the name as the host gives it.
            pub fn new(name: impl Into<String>) -> Self {
                Self(name.into())
            }

            /// The name as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl From<&str> for $name {
            fn from(name: &str) -> Self {
                Self(name.to_owned())
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({})", stringify!($name), self.0)
            }
        }
    };
}

/// The text is no identifier of the named kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a valid {0}")]
pub struct InvalidId(&'static str);

ulid! {
    /// A customer.
    ///
    /// ```
    /// use atendimento_core::id::{ContactId, SystemRandomness};
    /// use atendimento_core::time::Timestamp;
    ///
    /// let id = ContactId::new(Timestamp::from_seconds(1_700_000_000), &SystemRandomness);
    /// assert_eq!(id.to_string().parse(), Ok(id));
    /// ```
    ContactId
}
ulid! {
    /// A conversation with a customer, from its opening to its closing.
    ConversationId
}
ulid! {
    /// One message, in or out; ours, not the channel's.
    MessageId
}
ulid! {
    /// One body that a channel posted to us.
    EnvelopeId
}
ulid! {
    /// One process of ours, from start to end.
    ///
    /// Random for each start, so that a restarted process never passes for its predecessor.
    WorkerId
}

name! {
    /// A company served by this installation.
    TenantId
}
name! {
    /// Who answers customers. Chosen by the host; never a name or an e-mail address, since
    /// it appears in journals and logs.
    AgentId
}
name! {
    /// Where customers wait.
    QueueId
}
name! {
    /// Something that an agent can do well or less well: a language, a product.
    SkillId
}
name! {
    /// Agents who are led together.
    TeamId
}
name! {
    /// A kind of work that has a capacity of its own, for example `chat` or `call`.
    CapacityClass
}
name! {
    /// The address of the business on a channel; on WhatsApp, the phone number id.
    AccountId
}

impl CapacityClass {
    /// The kind of work that a conversation is when nothing else is said.
    pub const CHAT: &str = "chat";
}

impl From<MessageId> for ConversationId {
    /// A conversation takes the id of the message that opened it, so that deciding twice
    /// gives the same id.
    fn from(message: MessageId) -> Self {
        Self(message.0)
    }
}
