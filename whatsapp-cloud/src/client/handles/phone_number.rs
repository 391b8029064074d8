//! What a business phone number can do.

use crate::api::Success;
use crate::api::media::{UploadMedia, UploadedMedia};
use crate::api::messages::{MarkAsRead, Message, Sending, SentMessage, ShowTyping};
use crate::client::Client;
use crate::endpoint::Payload;
use crate::error::Result;
use crate::id::{MessageId, PhoneNumberId};

/// A business phone number, to send from. The errors are those of [`Client::execute`].
///
/// ```no_run
/// use whatsapp_cloud::Client;
/// use whatsapp_cloud::api::messages::Message;
/// use whatsapp_cloud::client::PhoneNumber;
///
/// # async fn example(client: Client) -> whatsapp_cloud::Result<()> {
/// let number: PhoneNumber<'_> = client.phone_number("106540352242922");
/// let sent = number.send(Message::text("+5511999990001", "Olá!")).await?;
/// println!("{} recipient", sent.contacts.len());
/// # Ok(()) }
/// ```
#[derive(Clone, Debug)]
pub struct PhoneNumber<'a> {
    client: &'a Client,
    id: PhoneNumberId,
}

impl<'a> PhoneNumber<'a> {
    pub(in crate::client) fn new(client: &'a Client, id: PhoneNumberId) -> Self {
        Self { client, id }
    }

    /// Its id.
    pub fn id(&self) -> &PhoneNumberId {
        &self.id
    }

    /// Sends a message; see [`SendMessage`](crate::api::messages::SendMessage).
    ///
    /// # Errors
    ///
    /// As [`Client::execute`]. After [`ErrorKind::MaybeSent`](crate::ErrorKind::MaybeSent)
    /// the customer may have it: a status webhook with the message's opaque data tells.
    pub async fn send(&self, message: Message) -> Result<SentMessage> {
        self.client.execute(&Sending { from: &self.id, message: &message }).await
    }

    /// Shows the customer that a message was read; see [`MarkAsRead`].
    ///
    /// # Errors
    ///
    /// As [`Client::execute`].
    pub async fn mark_as_read(&self, message_id: &MessageId) -> Result<Success> {
        let call = MarkAsRead { from: self.id.clone(), message_id: message_id.clone() };
        self.client.execute(&call).await
    }

    /// Shows the customer that an answer is being written; see [`ShowTyping`].
    ///
    /// # Errors
    ///
    /// As [`Client::execute`].
    pub async fn show_typing(&self, message_id: &MessageId) -> Result<Success> {
        let call = ShowTyping { from: self.id.clone(), message_id: message_id.clone() };
        self.client.execute(&call).await
    }

    /// Uploads a file, to be sent by its id; see [`UploadMedia`].
    ///
    /// ```
    /// use whatsapp_cloud::api::messages::{MediaSource, Message};
    /// use whatsapp_cloud::client::PhoneNumber;
    ///
    /// /// Uploads an invoice once, and sends it to several customers.
    /// async fn invoice(
    ///     from: &PhoneNumber<'_>,
    ///     file: Vec<u8>,
    ///     to: &[&str],
    /// ) -> whatsapp_cloud::Result<()> {
    ///     let uploaded = from.upload_media(file, "application/pdf", "nota.pdf").await?;
    ///     for customer in to {
    ///         let source = MediaSource::id(uploaded.id.clone());
    ///         from.send(Message::document(*customer, source).with_filename("nota.pdf")).await?;
    ///     }
    ///     println!("sent from {}", from.id().as_str());
    ///     Ok(())
    /// }
    /// ```
    ///
    /// # Errors
    ///
    /// As [`Client::execute`].
    pub async fn upload_media(
        &self,
        file: impl Into<Payload>,
        mime_type: impl Into<String>,
        filename: impl Into<String>,
    ) -> Result<UploadedMedia> {
        let call = UploadMedia {
            from: self.id.clone(),
            file: file.into(),
            mime_type: mime_type.into(),
            filename: filename.into(),
        };
        self.client.execute(&call).await
    }
}
