//! What can be done with a file at Meta.

use crate::api::Success;
use crate::api::media::{DeleteMedia, GetMedia, MediaInfo};
use crate::client::{Client, MediaFile};
use crate::error::Result;
use crate::id::MediaId;

/// A file at Meta. The errors are those of [`Client::execute`].
///
/// ```no_run
/// use whatsapp_cloud::Client;
/// use whatsapp_cloud::client::Media;
///
/// # async fn example(client: Client) -> whatsapp_cloud::Result<()> {
/// let file: Media<'_> = client.media("1037543291543636");
/// println!("{:?}", file.get().await?.mime_type);
/// file.delete().await?;
/// # Ok(()) }
/// ```
#[derive(Clone, Debug)]
pub struct Media<'a> {
    client: &'a Client,
    id: MediaId,
}

impl<'a> Media<'a> {
    pub(in crate::client) fn new(client: &'a Client, id: MediaId) -> Self {
        Self { client, id }
    }

    /// Its id.
    pub fn id(&self) -> &MediaId {
        &self.id
    }

    /// What Meta knows of it, and where it can be fetched for 5 minutes.
    ///
    /// # Errors
    ///
    /// As [`Client::execute`].
    pub async fn get(&self) -> Result<MediaInfo> {
        self.client.execute(&GetMedia { id: self.id.clone(), from: None }).await
    }

    /// Its bytes: asks for the address and fetches it.
    ///
    /// ```
    /// use whatsapp_cloud::client::Media;
    ///
    /// /// Keeps a file under its id.
    /// async fn keep(file: &Media<'_>) -> Result<(), Box<dyn std::error::Error>> {
    ///     let whole = file.download().await?;
    ///     std::fs::write(file.id().as_str(), &whole.bytes)?;
    ///     Ok(())
    /// }
    /// ```
    ///
    /// # Errors
    ///
    /// As [`Client::execute`] and [`Client::download`].
    pub async fn download(&self) -> Result<MediaFile> {
        let info = self.get().await?;
        let bytes = self.client.download(&info).await?;
        Ok(MediaFile { info, bytes })
    }

    /// Deletes it.
    ///
    /// # Errors
    ///
    /// As [`Client::execute`].
    pub async fn delete(&self) -> Result<Success> {
        self.client.execute(&DeleteMedia { id: self.id.clone(), from: None }).await
    }
}
