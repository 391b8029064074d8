//! When an agent may write freely: 24 hours from the customer's last message.
//!
//! Templates are always allowed; choosing one is the caller's business.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::time::Timestamp;

/// How long a customer's message keeps the window open.
///
/// Source: <https://developers.facebook.com/docs/whatsapp/cloud-api/guides/send-messages#customer-service-windows>
const LENGTH: Duration = Duration::from_secs(24 * 60 * 60);

/// The time in which free-form messages may be sent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Window {
    /// When it closes; `None` when it was never open.
    until: Option<Timestamp>,
}

impl Window {
    /// Never opened.
    pub const CLOSED: Self = Self { until: None };

    /// The window after a customer's message at `written`: never shorter than before.
    #[must_use]
    pub fn renewed(self, written: Timestamp) -> Self {
        Self { until: self.until.max(Some(written + LENGTH)) }
    }

    /// Whether free-form messages may be sent at `now`.
    ///
    /// ```
    /// use std::time::Duration;
    /// use atendimento_core::{domain::Window, time::Timestamp};
    ///
    /// let written = Timestamp::from_seconds(1_700_000_000);
    /// let window = Window::CLOSED.renewed(written);
    /// assert!(window.is_open(written + Duration::from_secs(24 * 3600 - 1)));
    /// assert!(!window.is_open(written + Duration::from_secs(24 * 3600)));
    /// ```
    pub fn is_open(self, now: Timestamp) -> bool {
        self.until.is_some_and(|until| now < until)
    }

    /// When it closes, or closed; `None` when it was never open.
    pub fn until(self) -> Option<Timestamp> {
        self.until
    }
}
