//! Portfolios and partners, on the wire.

mod certification;
mod credit;
mod portfolio;
mod preverified_numbers;
mod solutions;

use crate::account::{assert_sent, assert_whole, found, is_idempotent, read};
