//! What an event in a lane says, as it is sealed.

use serde::{Deserialize, Serialize};

use crate::domain::{Delivery, Direction, Profile, Received, ReceivedKind, ThreadOwner};
use crate::error::{Error, ErrorKind, Result};

/// What an event in a lane says. Personal: only ever stored sealed.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Payload {
    /// Something of a customer.
    Message(Box<Told>),
    /// A message of ours has come further.
    Status { remote_id: Option<String>, delivery: Option<Delivery>, raw: String },
}

/// What the channel told of a customer.
#[derive(Serialize, Deserialize)]
pub(super) struct Told {
    pub(super) from: Profile,
    pub(super) kind: ReceivedKind,
    pub(super) direction: Direction,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) thread: Option<ThreadOwner>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) revokes: Option<String>,
    pub(super) message: Received,
}

/// Writes what will be sealed.
pub(super) fn write<T: Serialize>(value: &T) -> Result<Vec<u8>> {
    serde_json::to_vec(value).map_err(|_| Error::new("write payload", ErrorKind::InvalidInput))
}

/// Reads what was sealed. Its own error texts could quote contents, so they are dropped.
pub(super) fn read<'a, T: Deserialize<'a>>(bytes: &'a [u8]) -> Result<T> {
    serde_json::from_slice(bytes).map_err(|_| Error::new("read payload", ErrorKind::Corrupt))
}
