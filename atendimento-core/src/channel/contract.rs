//! What the engine asks of a channel.

use std::fmt;
use std::time::Duration;

use async_trait::async_trait;

use crate::domain::{
    Delivery, Direction, Identity, Outgoing, Profile, Received, ReceivedKind, ThreadOwner,
};
use crate::id::AccountId;
use crate::time::Timestamp;

/// A body that is known to come from the channel's provider.
///
/// Channels make it when they have checked a signature, so that what is not verified cannot
/// be received.
pub struct Authentic(Vec<u8>);

impl Authentic {
    /// Takes `body`; who calls this vouches that its signature was checked.
    pub fn vouched_for(body: impl Into<Vec<u8>>) -> Self {
        Self(body.into())
    }

    /// The bytes as they came.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

impl fmt::Debug for Authentic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Authentic({} bytes)", self.0.len())
    }
}

/// One thing that a body says.
#[derive(Clone, PartialEq, Eq)]
pub struct Inbound {
    /// The number of the business it is about, where it names one.
    pub account: Option<AccountId>,
    /// When it happened, by the channel's clock, where it says so.
    pub occurred: Option<Timestamp>,
    /// What makes it itself: the same bytes when it is delivered again, other bytes for
    /// anything else.
    pub identity: Vec<u8>,
    /// What it says.
    pub said: Said,
    /// The channel's own JSON, byte for byte; empty when the body is no JSON.
    pub raw: String,
}

/// What kind of thing a body says.
#[derive(Clone, PartialEq, Eq)]
pub enum Said {
    /// A customer wrote or called, or something was said to them or became of them.
    Message {
        /// The customer, as far as the channel says; with at least one address.
        from: Profile,
        /// What kind of thing.
        kind: ReceivedKind,
        /// Who wrote it: the business did, when it is told of another app's message.
        direction: Direction,
        /// Who may write to the customer from now on, where this tells.
        thread: Option<ThreadOwner>,
        /// The channel's id of the message that it revokes.
        revokes: Option<String>,
        /// What.
        message: Box<Received>,
    },
    /// A message of ours has come further.
    Status {
        /// The channel's id of the message.
        remote_id: Option<String>,
        /// What we sent along with the message to recognise it by.
        correlation: Option<String>,
        /// How far; `None` for a word we do not know.
        delivery: Option<Delivery>,
    },
    /// Something that belongs to no customer, or that we do not know. Kept and shown.
    Notice {
        /// The channel's word for it.
        kind: String,
    },
    /// The body as a whole cannot be read. Kept and reported.
    Unreadable {
        /// Why; holds nothing of the contents.
        reason: String,
    },
}

impl fmt::Debug for Inbound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = match self.said {
            Said::Message { .. } => "message",
            Said::Status { .. } => "status",
            Said::Notice { .. } => "notice",
            Said::Unreadable { .. } => "unreadable",
        };
        f.debug_struct("Inbound").field("kind", &kind).finish_non_exhaustive()
    }
}

/// A message to a customer.
pub struct Outbound {
    /// From which number of the business.
    pub account: AccountId,
    /// To whom: the address as the channel observed it.
    pub to: Identity,
    /// What.
    pub content: Outgoing,
    /// The channel's id of the message it answers, shown above it.
    pub in_reply_to: Option<String>,
    /// What comes back with each status of the message. Holds no personal data.
    pub correlation: String,
}

impl fmt::Debug for Outbound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Outbound").field("account", &self.account).finish_non_exhaustive()
    }
}

/// How a send ended. What is said here decides whether it is sent again.
#[derive(Clone, PartialEq, Eq)]
pub enum SendOutcome {
    /// The provider took it.
    Accepted {
        /// The provider's id of the message.
        remote_id: String,
        /// What the provider calls the address that it was sent to, where it says so: not
        /// always what was asked for.
        observed: Option<Identity>,
    },
    /// The provider refused it, for good.
    Refused {
        /// The provider's code.
        code: Option<i64>,
        /// Whether because the customer-service window is closed.
        window_closed: bool,
    },
    /// It had no effect, for certain; sending it again is safe.
    NotSent {
        /// How long the provider asks to wait.
        after: Option<Duration>,
    },
    /// It may have gone out: the answer was lost.
    MaybeSent,
}

impl fmt::Debug for SendOutcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Accepted { .. } => f.write_str("Accepted"),
            Self::Refused { code, .. } => write!(f, "Refused({code:?})"),
            Self::NotSent { after } => write!(f, "NotSent({after:?})"),
            Self::MaybeSent => f.write_str("MaybeSent"),
        }
    }
}

/// A place where customers are.
#[async_trait]
pub trait Channel: Send + Sync {
    /// What `body` says, in order. Never fails as a whole, and drops nothing: what it does not
    /// know is a notice, what it cannot read is unreadable. The same body gives the same
    /// answer, so that a body can be read again after a crash.
    fn read(&self, body: &Authentic) -> Vec<Inbound>;

    /// Sends a message, once. It is repeated by who calls, and only after
    /// [`SendOutcome::NotSent`].
    async fn send(&self, outbound: Outbound) -> SendOutcome;
}
