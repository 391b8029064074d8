//! What Meta tells: verified, then read, and nothing of it lost.
//!
//! ```
//! use secrecy::SecretString;
//! use whatsapp_cloud::webhook::{Content, EventKind, Verifier};
//!
//! let verifier = Verifier::new([SecretString::from("the app secret")])?;
//!
//! // From the request: the raw bytes, and the header `X-Hub-Signature-256`.
//! let body = br#"{"object":"whatsapp_business_account","entry":[{"id":"102290129340398",
//!     "changes":[{"field":"messages","value":{"messaging_product":"whatsapp",
//!     "messages":[{"from":"16505551234","id":"wamid.A","timestamp":"1749416383",
//!     "type":"text","text":{"body":"Hi!"}}]}}]}]}"#;
//! let signature = verifier.sign(body);
//!
//! // What is not verified cannot be parsed.
//! for event in verifier.verify(&signature, body)?.events() {
//!     if let EventKind::Message(message) = event.kind {
//!         assert!(matches!(message.content, Content::Text { .. }));
//!         assert_eq!(message.content.text(), Some("Hi!"));
//!     }
//! }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Reading never fails as a whole. An element that cannot be read costs only itself, and
//! every event keeps its own JSON. What this version does not know comes as
//! [`EventKind::Unknown`], so that a later one may understand it.
//!
//! Where things are: `signature` and `handshake` are what a server needs; `payload` is the
//! tree of a body, `value` what a change holds, `field` how that is read, and `events` the way through it; each kind
//! of event has a file, named by what it is about. `json` goes through the text and
//! `string` through its strings, `read`
//! says how leniently a value is read, `record` how an object of Meta's is declared, and
//! `members` keeps what an object does not tell.

mod account;
mod action;
mod alert;
mod attachment;
#[cfg(feature = "axum")]
pub mod axum;
mod billing;
mod business;
mod call;
mod certification;
mod contact;
mod content;
mod dedupe;
mod event;
mod events;
mod field;
mod flow;
mod group;
mod handover;
mod handshake;
mod hex;
mod history;
mod json;
mod members;
mod message;
mod notice;
mod number_settings;
mod payload;
mod phone_number;
mod preference;
mod raw;
mod read;
pub mod receive;
mod record;
mod replies;
mod signature;
mod status;
mod string;
mod template;
mod told;
mod value;
mod words;

pub use account::*;
pub use action::*;
pub use alert::*;
pub use attachment::{
    CardAddress, CardEmail, CardName, CardOrg, CardPhone, CardUrl, ContactCard, Location, Media,
    Order, OrderItem,
};
pub use billing::*;
pub use business::*;
pub use call::*;
pub use certification::*;
pub use contact::{ContactProfile, Profile};
pub use content::{Content, UnreadableReason};
pub use event::{Event, EventKind, Malformed, MalformedReason, Unparsed, UnparsedReason};
pub use events::Events;
pub use flow::*;
pub use group::*;
pub use handover::*;
pub use handshake::{Challenge, Handshake, HandshakeError};
pub use history::*;
pub use members::Members;
pub use message::{Context, Identity, Message, Referral, ReferredProduct, WelcomeMessage};
pub use notice::{Edit, Reaction, Revoke, System, SystemKind, Unsupported};
pub use number_settings::*;
pub use payload::{Change, Entry, Payload};
pub use phone_number::*;
pub use preference::*;
pub use raw::Raw;
pub use replies::{
    Button, ButtonReply, CallPermissionReply, FlowReply, ListReply, PaymentMethod, SentTemplate,
    TemplateLanguage,
};
pub use signature::{Signature, SignatureError, Verified, Verifier};
pub use status::{Status, StatusKind};
pub use template::*;
pub use value::{Element, Metadata, Value};
