//! Message ids that look like Meta's.

use crate::client::{base64, sha256};
use crate::id::MessageId;

/// Which way a message goes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Direction {
    FromBusiness,
    FromCustomer,
}

/// The id of the message that `unique` stands for.
///
/// As with Meta, the customer's number can be read out of it.
pub(super) fn wamid(customer: &str, direction: Direction, unique: &str) -> MessageId {
    let key = sha256(unique.as_bytes()).hex().to_ascii_uppercase();
    let mut bytes = vec![0x1c, 0x18, u8::try_from(customer.len()).unwrap_or(u8::MAX)];
    bytes.extend_from_slice(customer.as_bytes());
    bytes.extend_from_slice(&[0x15, 0x02, 0x00]);
    bytes.push(match direction {
        Direction::FromBusiness => 0x11,
        Direction::FromCustomer => 0x12,
    });
    bytes.extend_from_slice(&[0x18, 20]);
    bytes.extend_from_slice(&key.as_bytes()[..20]);
    bytes.push(0);
    MessageId::new(format!("wamid.{}", base64(&bytes)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_begins_like_metas_and_differs_for_each_message() {
        let first = wamid("16505551234", Direction::FromBusiness, "1");
        let second = wamid("16505551234", Direction::FromBusiness, "2");

        // The beginning of an id in Meta's documentation for this number.
        assert!(first.as_str().starts_with("wamid.HBgLMTY1MDU1NTEyMzQVAgARGB"));
        assert_ne!(first, second);
        assert_eq!(first, wamid("16505551234", Direction::FromBusiness, "1"));
    }
}
