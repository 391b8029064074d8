//! JSON shapes that more than one folder needs.

mod graph_error;
mod open_enum;
mod text;

pub use graph_error::{ErrorData, GraphError};
pub(crate) use open_enum::open_enum;
pub use text::Text;
