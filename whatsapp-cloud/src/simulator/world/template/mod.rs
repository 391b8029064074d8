//! Templates: what the business hands in, what Meta makes of it, and what can be sent.
//!
//! `create` takes them in, changes and deletes them, and `broken` says what is wrong with
//! them; `kept` holds them, and `review` is what Meta does by itself or as a program scripts
//! it; `list` shows them; `fill` compares a message with its template.

mod authentication;
mod broken;
mod create;
mod delete;
mod fill;
mod kept;
mod list;
mod news;
mod review;

pub(super) use fill::Filled;
pub(super) use kept::Templates;
pub(super) use review::Due;
