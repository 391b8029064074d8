//! The rules: a call and the time go in, an answer and webhooks come out. Pure.

mod call;
mod file;
mod refusal;
mod send;
mod state;
mod wamid;
mod webhook;

pub(super) use call::{Asked, AskedBody, Outcome, Reply};
pub(super) use file::Upload;
pub(super) use refusal::Refusal;
pub(super) use state::{Setup, World};
