//! What goes along with a message and comes back with its statuses.
//!
//! `a1:` message id `:` attempt `:` mark. Holds no personal data. The mark shows that we wrote
//! it: another application on the same account may send along what it likes.

use crate::engine::desk::Parts;
use crate::id::{MessageId, TenantId};

const PREFIX: &str = "a1";

impl Parts {
    pub(in crate::engine) fn write_correlation(
        &self,
        tenant: &TenantId,
        message: MessageId,
        attempt: u32,
    ) -> String {
        let text = format!("{PREFIX}:{message}:{attempt}");
        let mark = u64::from_be_bytes(self.vault.mark(tenant, &text));
        format!("{text}:{mark:016x}")
    }

    pub(in crate::engine) fn read_correlation(
        &self,
        tenant: &TenantId,
        text: &str,
    ) -> Option<MessageId> {
        let (signed, mark) = text.rsplit_once(':')?;
        let mut parts = signed.split(':');
        let (Some(PREFIX), Some(message), Some(_), None) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return None;
        };
        let expected = u64::from_be_bytes(self.vault.mark(tenant, signed));
        (format!("{expected:016x}") == mark).then(|| message.parse().ok()).flatten()
    }
}
