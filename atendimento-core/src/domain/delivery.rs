//! How far an outbound message has come. It only moves forward.

use serde::{Deserialize, Serialize};

/// How far an outbound message has come.
///
/// Meta reports states late, twice and out of order; [`Delivery::advance`] is the one rule
/// that turns reports into a state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Delivery {
    /// Durable here, not sent yet.
    Queued,
    /// Sent, the answer was lost, and no status came in time: a person must decide whether to
    /// send again.
    Unconfirmed,
    /// Meta took it.
    Accepted,
    /// Meta passed it on.
    Sent,
    /// It could not be delivered; a later sign of delivery outweighs this.
    Failed {
        /// Meta's code, where it gave one.
        code: Option<i64>,
    },
    /// It is on a device.
    Delivered,
    /// It was read.
    Read,
    /// It is a voice message and was played.
    Played,
    /// It was deleted.
    Deleted,
}

impl Delivery {
    /// Where a message at `self` stands after `reported`, or `None` when that is no news.
    ///
    /// ```
    /// use atendimento_core::domain::Delivery;
    ///
    /// assert_eq!(Delivery::Sent.advance(Delivery::Read), Some(Delivery::Read));
    /// assert_eq!(Delivery::Read.advance(Delivery::Delivered), None); // late, out of order
    /// ```
    #[must_use]
    pub fn advance(self, reported: Self) -> Option<Self> {
        (reported.rank() > self.rank()).then_some(reported)
    }

    /// The state in one word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Unconfirmed => "unconfirmed",
            Self::Accepted => "accepted",
            Self::Sent => "sent",
            Self::Failed { .. } => "failed",
            Self::Delivered => "delivered",
            Self::Read => "read",
            Self::Played => "played",
            Self::Deleted => "deleted",
        }
    }

    /// The place in the order of all states; stores compare by it.
    pub fn rank(self) -> u8 {
        match self {
            Self::Queued => 0,
            Self::Unconfirmed => 1,
            Self::Accepted => 2,
            Self::Sent => 3,
            Self::Failed { .. } => 4,
            Self::Delivered => 5,
            Self::Read => 6,
            Self::Played => 7,
            Self::Deleted => 8,
        }
    }
}
