//! Messages that are encrypted before they are sent.

use crate::api::call::call;
use crate::id::PhoneNumberId;
use crate::wire::{WhatsApp, object};

call! {
    /// Sends a message that was encrypted, beside what TLS does.
    ///
    /// What is encrypted is the body of [`SendMessage`](crate::api::messages::SendMessage), and
    /// what comes back encrypted is its answer; errors come back in the clear. Payload
    /// encryption must be switched on for the number. Described in Meta's `OpenAPI` file only.
    ///
    /// ```
    /// use whatsapp_cloud::api::messages::{EncryptedMessage, SendEncryptedMessage};
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let message = EncryptedMessage::new("eyJhbGciOiJSU0EtT0FFUCIsImVuYyI6IkExMjhHQ00ifQ...");
    /// let call = SendEncryptedMessage::new("106540352242922", message);
    /// assert_eq!(call.request()?.target()?, "106540352242922/messages_encrypted");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// Source: <https://developers.facebook.com/docs/whatsapp/cloud-api/reference/messages>
    pub struct SendEncryptedMessage -> EncryptedAnswer = "send encrypted message", once;
    post "/{Phone-Number-ID}/messages_encrypted" {
        /// The number it is sent from.
        phone_number_id: PhoneNumberId,
    }
    body {
        /// What is sent.
        message: EncryptedMessage
    }
}

object! {
    /// A message that was encrypted.
    ///
    /// ```
    /// use whatsapp_cloud::api::messages::EncryptedMessage;
    ///
    /// let message = EncryptedMessage::new("eyJhbGciOiJSU0EtT0FFUCJ9.…");
    /// let json = serde_json::to_value(&message)?;
    /// assert_eq!(json["encrypted_contents"], "eyJhbGciOiJSU0EtT0FFUCJ9.…");
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct EncryptedMessage {
        /// `whatsapp`.
        pub messaging_product: WhatsApp = "messaging_product",
        /// The message, as JSON Web Encryption.
        pub encrypted_contents: String = "encrypted_contents",
    }
    check |message, found| {
        if message.messaging_product.is_absent() {
            found.add("messaging_product", "whatsapp, found none or another");
        }
        if message.encrypted_contents.is_empty() {
            found.add("encrypted_contents", "a text, found none");
        }
    }
}

object! {
    /// What Meta answers to an encrypted message.
    ///
    /// ```
    /// use whatsapp_cloud::api::messages::EncryptedAnswer;
    ///
    /// let answer: EncryptedAnswer = serde_json::from_str(
    ///     r#"{"encrypted_contents":"eyJhbGciOiJSU0EtT0FFUCJ9.…"}"#,
    /// )?;
    /// assert!(answer.encrypted_contents.starts_with("eyJ"));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct EncryptedAnswer {
        /// The answer, as JSON Web Encryption.
        pub encrypted_contents: String = "encrypted_contents",
    }
}

impl EncryptedMessage {
    /// A message that was encrypted.
    pub fn new(encrypted_contents: impl Into<String>) -> Self {
        Self { encrypted_contents: encrypted_contents.into(), ..Self::default() }
    }
}
