//! A button that opens a link.

use crate::api::messages::media::check_address;
use crate::wire::object;

const TITLE: usize = 20;

object! {
    /// A button that opens a link.
    ///
    /// Source: <https://developers.facebook.com/docs/whatsapp/cloud-api/messages/interactive-cta-url-messages>
    pub struct Link {
        /// What stands on the button: 1 to 20 characters.
        pub display_text: String = "display_text",
        /// Where it leads.
        pub url: String = "url",
    }
    check |link, found| {
        found.length("display_text", &link.display_text, 1, TITLE);
        check_address("url", &link.url, found);
    }
}

impl Link {
    /// A button with this text, which leads there.
    pub fn new(display_text: impl Into<String>, url: impl Into<String>) -> Self {
        Self { display_text: display_text.into(), url: url.into(), ..Self::default() }
    }
}
