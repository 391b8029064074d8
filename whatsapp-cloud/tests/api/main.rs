//! What is asked of Meta, compared with Meta's pages and with a corpus of calls.
#![allow(missing_docs, unreachable_pub, clippy::unwrap_used, clippy::print_stdout)]

mod account;
mod block_list;
mod business;
mod coverage;
mod messages;
mod phone_number;
mod platform;
mod rows;
mod templates;
