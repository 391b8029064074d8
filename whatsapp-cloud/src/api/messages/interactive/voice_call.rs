//! A button that calls the business.

use crate::wire::object;

const TITLE: usize = 20;
/// 30 days.
const MOST_MINUTES: u32 = 43_200;
const PAYLOAD: usize = 512;

object! {
    /// A button that calls the business. Calling must be switched on.
    ///
    /// Source: <https://developers.facebook.com/docs/whatsapp/cloud-api/calling/call-button-messages-deep-links>
    ///
    /// ```
    /// use whatsapp_cloud::api::messages::{Interactive, Message, VoiceCallButton};
    ///
    /// let button = VoiceCallButton { ttl_minutes: Some(100), ..VoiceCallButton::new("Call Now") };
    /// let message = Message::interactive("+16505551234", Interactive::new("Talk to us", button));
    /// assert_eq!(serde_json::to_value(&message)?["interactive"]["type"], "voice_call");
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct VoiceCallButton {
        /// What stands on the button: at most 20 characters.
        pub display_text: Option<String> = "display_text",
        /// For how long it works, in minutes: 1 to 43,200; none is 7 days.
        pub ttl_minutes: Option<u32> = "ttl_minutes",
        /// What comes back with the call, at most 512 characters.
        pub payload: Option<String> = "payload",
    }
    check |button, found| {
        if let Some(text) = &button.display_text {
            found.length("display_text", text, 1, TITLE);
        }
        if let Some(minutes) = button.ttl_minutes {
            check_minutes(minutes, found);
        }
        if let Some(payload) = &button.payload {
            found.length("payload", payload, 0, PAYLOAD);
        }
    }
}

impl VoiceCallButton {
    /// A button with this text.
    pub fn new(display_text: impl Into<String>) -> Self {
        Self { display_text: Some(display_text.into()), ..Self::default() }
    }
}

pub(in crate::api::messages) fn check_minutes(minutes: u32, found: &mut crate::api::Violations) {
    if !(1..=MOST_MINUTES).contains(&minutes) {
        found.add("ttl_minutes", format!("1 to {MOST_MINUTES} minutes, found {minutes}"));
    }
}
