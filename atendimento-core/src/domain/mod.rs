//! The rules. Values in, values out.
//!
//! Nothing in here waits, looks at a clock, draws a random number, reads the environment or
//! writes a log; nothing knows a store or a channel. [`decide()`] says what an input means for
//! a conversation, [`Conversation::apply`] is the only way its state changes.

pub mod access;
pub mod configuration;
pub mod figures;
pub mod hours;
pub mod phone;
pub mod routing;

mod agent;
mod contact;
mod conversation;
mod decide;
mod delivery;
mod effect;
mod event;
mod identity;
mod input;
mod message;
mod once;
mod ownership;
mod protocol;
mod sealed;
mod service;
mod window;

pub use agent::{Agent, AgentProfile, Presence, PresenceChange};
pub use contact::{Alias, AliasKind, Identity, Profile};
pub use conversation::{Conversation, Fence, Lane, Phase, Status, ThreadOwner, Version};
pub use decide::{Decision, Rejection, decide};
pub use delivery::Delivery;
pub use effect::Effect;
pub use event::{Event, OfferEnd, Release, Way};
pub use identity::{Clue, Heard, Holder, Identified, Resemblance, identify};
pub use input::{Arrival, Authority, Input, Keep, SendReport};
pub use message::{Content, Direction, Media, Outgoing, Received, ReceivedKind};
pub use ownership::{Hold, Line, Owner, OwnerKind};
pub use protocol::{Day, InvalidProtocol, Protocol};
pub use sealed::{BlindIndex, DedupeKey, Fingerprint, RemoteRef, Sealed, WrappedKey};
pub use service::{Promise, PromiseState, Service, Target};
pub use window::Window;
