//! JSON shapes that more than one folder needs.

#[cfg(feature = "webhook")]
pub(crate) mod form;
mod graph_error;
pub(crate) mod member;
pub(crate) mod members;
pub(crate) mod object;
mod open_enum;
mod page;
mod text;
mod whatsapp;

pub use graph_error::{ErrorData, GraphError};
pub(crate) use members::read_members;
pub(crate) use object::{member_texts, object};
pub(crate) use open_enum::open_enum;
#[cfg(feature = "client")]
pub(crate) use page::Further;
pub use page::{Cursors, Page, Paging, Summary};
pub use text::Text;
pub use whatsapp::WhatsApp;
