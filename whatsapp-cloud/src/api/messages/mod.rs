//! Messages to customers, read receipts and the typing indicator.
//!
//! Source: <https://developers.facebook.com/docs/whatsapp/cloud-api/reference/messages>

mod limits;
mod media;
mod message;
mod parameter;
mod reaction;
mod read;
mod send;
mod template;
mod text;
mod wire_form;

pub use media::{Media, MediaSource};
pub use message::{Content, Message};
pub use parameter::{Currency, DateTime, Location, Parameter};
pub use reaction::Reaction;
pub use read::{MarkAsRead, ShowTyping};
pub use send::{MessageStatus, SendMessage, SentContact, SentMessage};
pub use template::{Button, ButtonKind, Component, Template, TemplateLanguage};
pub use text::Text;
