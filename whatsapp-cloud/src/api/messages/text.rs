//! A text message.

use crate::wire::object;

/// How many characters a text may have.
const MOST: usize = 4096;

object! {
    /// A text of 1 to 4096 characters.
    ///
    /// Source: <https://developers.facebook.com/docs/whatsapp/cloud-api/messages/text-messages>
    ///
    /// ```
    /// use whatsapp_cloud::api::messages::Text;
    ///
    /// let text: Text = serde_json::from_str(
    ///     r#"{"body":"Look: https://www.luckyshrub.com/","preview_url":true}"#,
    /// )?;
    /// assert_eq!(text.preview_url, Some(true));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct Text {
        /// What it says.
        pub body: String = "body",
        /// Whether the first link gets a preview; Meta takes none as no.
        pub preview_url: Option<bool> = "preview_url",
    }
    check |text, found| {
        found.length("body", &text.body, 1, MOST);
    }
}

impl Text {
    /// A text without a preview.
    ///
    /// ```
    /// use whatsapp_cloud::api::messages::{Content, Message, Text};
    ///
    /// let greeting = Message::new("5511999990001", Content::Text(Text::new("Olá!")));
    /// assert_eq!(greeting, Message::text("5511999990001", "Olá!"));
    /// ```
    pub fn new(body: impl Into<String>) -> Self {
        Self { body: body.into(), ..Self::default() }
    }
}
