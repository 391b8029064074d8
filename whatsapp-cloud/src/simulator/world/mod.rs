//! The rules: a call and the time go in, an answer and webhooks come out. Pure.
//!
//! Where things are: [`World::handle`] finds out who asks and about what (`route`, `access`);
//! `send` takes messages, and `pace`, `window` and `template` say why not; `news` is what the
//! business is told; `schedule` holds what happens later.

mod access;
mod account;
mod batch;
mod block_list;
mod call;
mod content;
mod group;
mod media;
mod news;
mod number;
mod pace;
mod people;
mod profile;
mod qr_code;
mod refusal;
mod registration;
mod route;
mod schedule;
mod send;
mod signup;
mod state;
mod subscription;
mod template;
mod upload;
mod wamid;

pub(super) use call::{Asked, AskedBody, Outcome, Reply, Upload};
pub(super) use news::News;
pub(super) use refusal::Refusal;
pub(super) use state::{LAST, Millis, Setup, World};
