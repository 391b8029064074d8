//! A button that opens a link.

use crate::api::messages::media::check_address;
use crate::wire::object;

const TITLE: usize = 20;

object! {
    /// A button that opens a link.
    ///
    /// Source: <https://developers.facebook.com/docs/whatsapp/cloud-api/messages/interactive-cta-url-messages>
    ///
    /// ```
    /// use whatsapp_cloud::api::messages::{Interactive, Link, Message};
    ///
    /// let link = Link {
    ///     display_text: "See Dates".to_owned(),
    ///     url: "https://www.luckyshrub.com/workshops".to_owned(),
    ///     ..Link::default()
    /// };
    /// let message = Message::interactive("+16505551234", Interactive::new("Our workshops", link));
    /// assert_eq!(serde_json::to_value(&message)?["interactive"]["type"], "cta_url");
    /// # Ok::<(), serde_json::Error>(())
    /// ```
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
