//! Sugar over [`Client::execute`](crate::client::Client::execute), by what it is about.

mod media;
mod phone_number;

pub use media::Media;
pub use phone_number::PhoneNumber;
