//! Templates are handed in, reviewed, changed, deleted and filled in as Meta does it.
#![allow(clippy::needless_pass_by_value, reason = "JSON is written where it is passed")]

mod desk;
mod handing_in;
mod life;
mod sending;
