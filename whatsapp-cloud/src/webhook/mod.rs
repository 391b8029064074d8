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
//! Where things are: `signature` and `handshake` are what a server needs; `envelope`
//! finds the changes in a body and `value` the events in a change; `message`, `content`
//! and `status` hold what they say; `read` is how JSON is read leniently, and `record` how
//! an object of Meta's is declared.

mod attachment;
#[cfg(feature = "axum")]
pub mod axum;
mod contact;
mod content;
mod dedupe;
mod envelope;
mod event;
mod handshake;
mod message;
mod notice;
mod raw;
mod read;
mod record;
mod replies;
mod signature;
mod status;
mod value;

pub use attachment::{CardName, CardPhone, ContactCard, Location, Media, Order, OrderItem};
pub use contact::ContactProfile;
pub use content::{Content, UnreadableReason};
pub use event::{Event, EventKind, Malformed, MalformedReason, Unparsed, UnparsedReason};
pub use handshake::{Challenge, Handshake, HandshakeError};
pub use message::{Context, Message, Referral, ReferredProduct, WelcomeMessage};
pub use notice::{Edit, Reaction, Revoke, System, SystemKind, Unsupported};
pub use raw::Raw;
pub use replies::{Button, ButtonReply, CallPermissionReply, FlowReply, ListReply, PaymentMethod};
pub use signature::{Signature, SignatureError, Verified, Verifier};
pub use status::{Status, StatusKind};
