//! Uploading a file in one call, which goes on where it broke off.

use tracing::Instrument as _;

use crate::api::uploads::{
    GetUpload, SendUpload, StartUpload, StartedUpload, UploadProgress, UploadedFile,
};
use crate::client::Client;
use crate::client::answer::Call;
use crate::client::attempts::{Attempts, Round};
use crate::endpoint::{Endpoint as _, Payload};
use crate::error::{ErrorKind, Result};
use crate::id::UploadId;

/// Nobody sees an upload that is begun twice, and of each byte Meta keeps one.
const UPLOAD: Call = Call { operation: "upload a file", idempotent: true };

impl Client {
    /// Uploads a file whose handle goes into a template's example or a profile picture: begins
    /// as `start` says, and sends the bytes.
    ///
    /// Where a policy says so, what broke off goes on from where Meta has it:
    /// [`ClientBuilder::retry`](crate::client::ClientBuilder::retry). Each of its attempts sends
    /// what is left, so that a streamed file is asked for its bytes from there on
    /// ([`Source::open_at`](crate::endpoint::Source::open_at)). Without a policy nothing is
    /// repeated. [`StartUpload::file_length`] is set to that of the file.
    ///
    /// ```no_run
    /// use whatsapp_cloud::Client;
    /// use whatsapp_cloud::api::uploads::StartUpload;
    ///
    /// # async fn example(client: Client, picture: Vec<u8>) -> whatsapp_cloud::Result<()> {
    /// let mut start = StartUpload::new("634974688087057");
    /// start.file_type = Some("image/jpeg".to_owned());
    /// let uploaded = client.upload_file(start, picture).await?;
    /// // The example of a template's header, or a profile picture.
    /// assert!(!uploaded.handle.is_empty());
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    ///
    /// As [`Client::execute`] of [`StartUpload`] and [`SendUpload`].
    pub async fn upload_file(
        &self,
        start: StartUpload,
        file: impl Into<Payload>,
    ) -> Result<UploadedFile> {
        let file = file.into();
        let start = StartUpload { file_length: Some(file.length()), ..start };
        let mut upload = Upload { client: self, start, file, id: None };
        let mut attempts = Attempts::new(self, UPLOAD, None);
        let span = attempts.watch.span();
        let outcome = async {
            attempts.begin().await?;
            loop {
                match upload.go_on(&mut attempts.round).await {
                    Ok(uploaded) => return Ok(uploaded),
                    Err(error) => attempts.after(error).await?,
                }
            }
        };
        let outcome = outcome.instrument(span).await;
        attempts.watch.end(outcome.as_ref().err());
        outcome
    }
}

/// A file on its way.
struct Upload<'c> {
    client: &'c Client,
    start: StartUpload,
    file: Payload,
    /// Where to, once it is begun.
    id: Option<UploadId>,
}

impl Upload<'_> {
    /// Sends what Meta does not have.
    async fn go_on(&mut self, round: &mut Round) -> Result<UploadedFile> {
        let begun = match self.id.take() {
            Some(id) => self.came(id, round).await?,
            None => None,
        };
        let (id, offset) = match begun {
            Some(begun) => begun,
            None => {
                let request = self.start.request()?;
                let started = self.client.exchange(UPLOAD, request, round).await;
                let StartedUpload { id, .. } = started?;
                (id, 0)
            }
        };
        // From here on there is something to go on with.
        self.id = Some(id.clone());
        let mut call = SendUpload::new(id, self.file.rest(offset));
        call.file_offset = offset;
        self.client.exchange(UPLOAD, call.request()?, round).await
    }

    /// How far it came; nothing when Meta has all of it and only the handle was lost, since that
    /// is told to nobody who asks: then it begins anew.
    async fn came(&mut self, id: UploadId, round: &mut Round) -> Result<Option<(UploadId, u64)>> {
        let request = GetUpload::new(id.clone()).request()?;
        // Kept for the next attempt, should this one fail.
        self.id = Some(id.clone());
        let progress: Result<UploadProgress> = self.client.exchange(UPLOAD, request, round).await;
        let offset = match progress {
            Ok(progress) => progress.file_offset,
            // It is over.
            Err(error) if error.kind() == ErrorKind::NotFound => self.file.length(),
            Err(error) => return Err(error),
        };
        self.id = None;
        Ok((offset < self.file.length()).then_some((id, offset)))
    }
}
