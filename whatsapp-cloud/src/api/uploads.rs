//! Resumable uploads: files whose handle goes into a template's example or a profile picture.
//!
//! Begin with [`StartUpload`], send with [`SendUpload`]; when that broke off, ask with
//! [`GetUpload`] how far it came, and send the rest.
//!
//! Source: <https://developers.facebook.com/docs/graph-api/guides/upload>

use std::fmt;

use crate::api::call::{self, Operation, call};
use crate::endpoint::{Endpoint, Method, Payload, Request};
use crate::error::Result;
use crate::id::{AppId, UploadId};
use crate::violation::Violations;
use crate::wire::object;

/// What Meta takes here.
const FILE_TYPES: &[&str] =
    &["application/pdf", "image/jpeg", "image/jpg", "image/png", "video/mp4"];

call! {
    /// Begins the upload of a file.
    ///
    /// Source: <https://developers.facebook.com/docs/graph-api/reference/application/uploads/>
    ///
    /// ```
    /// use whatsapp_cloud::api::uploads::StartUpload;
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let mut call = StartUpload::new("634974688087057");
    /// call.file_name = Some("header.jpg".to_owned());
    /// call.file_length = Some(109_010);
    /// call.file_type = Some("image/jpeg".to_owned());
    /// assert_eq!(
    ///     call.request()?.target()?,
    ///     "634974688087057/uploads?file_name=header.jpg&file_length=109010&file_type=image%2Fjpeg",
    /// );
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub struct StartUpload -> StartedUpload = "start an upload", once;
    post "/{app-id}/uploads" {
        /// The app, not the number.
        app_id: AppId,
    }
    query {
        /// What the file is called.
        file_name: Option<String> = "file_name",
        /// How many bytes it has.
        file_length: Option<u64> = "file_length",
        /// What it is: `application/pdf`, `image/jpeg`, `image/jpg`, `image/png` or
        /// `video/mp4`.
        file_type: Option<String> = "file_type",
    }
    check |call, found| {
        if call.file_length.is_none_or(|length| length == 0) {
            found.add("file_length", "1 byte or more, found none");
        }
        if !call.file_type.as_deref().is_some_and(|kind| FILE_TYPES.contains(&kind)) {
            found.add("file_type", format!("one of {}", FILE_TYPES.join(", ")));
        }
        if call.file_name.as_deref().is_some_and(|name| name.contains(char::is_control)) {
            found.add("file_name", "a name without control characters");
        }
    }
}

object! {
    /// An upload that was begun.
    ///
    /// ```
    /// use whatsapp_cloud::api::uploads::StartedUpload;
    ///
    /// let started: StartedUpload = serde_json::from_str(
    ///     r#"{"id":"upload:MTphdHRhY2htZW50?sig=ARZqkGCA_uQMxC8nHKI"}"#,
    /// )?;
    /// assert_eq!(format!("{:?}", started.id), "UploadId(…)", "whoever has it can go on");
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct StartedUpload {
        /// What to send it to. It holds a signature: not to be logged.
        pub id: UploadId = "id",
    }
}

/// Sends a file, or what is left of it. `Debug` shows no more than sizes.
///
/// Not idempotent: when the answer is lost, ask how far it came before sending again.
///
/// Source: <https://developers.facebook.com/docs/graph-api/guides/upload>
///
/// ```
/// use whatsapp_cloud::api::uploads::SendUpload;
/// use whatsapp_cloud::endpoint::{Endpoint, Payload};
///
/// let file = Payload::from(b"the file".as_slice());
/// let call = SendUpload::new("upload:MTphdHRhY2htZW50=?sig=ARZqkGCA_uQ", file);
/// assert_eq!(call.request()?.target()?, "upload:MTphdHRhY2htZW50=?sig=ARZqkGCA_uQ");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct SendUpload {
    /// The upload.
    pub upload_id: UploadId,
    /// How many bytes Meta has already.
    pub file_offset: u64,
    /// The bytes from there to the end.
    pub data: Payload,
}

impl SendUpload {
    /// The whole file.
    pub fn new(upload_id: impl Into<UploadId>, data: Payload) -> Self {
        Self { upload_id: upload_id.into(), file_offset: 0, data }
    }
}

impl Endpoint for SendUpload {
    type Response = UploadedFile;
    const OPERATION: &'static str = "send an upload";
    const IDEMPOTENT: bool = false;

    fn request(&self) -> Result<Request> {
        let mut found = Violations::default();
        if self.data.length() == 0 {
            found.add("data", "1 byte or more, found 0");
        }
        let request = to_upload::<Self>(&self.upload_id, found)?;
        Ok(request
            // Meta reads it from the header only, under this very name.
            .with_header("file_offset", self.file_offset.to_string())
            .with_header("content-type", "application/octet-stream")
            .with_bytes(self.data.clone()))
    }
}

impl Operation for SendUpload {
    const METHOD: Method = Method::Post;
    const PATH: &'static str = "/{upload-id}";
    type Body = ();
}

impl fmt::Debug for SendUpload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SendUpload")
            .field("file_offset", &self.file_offset)
            .field("data", &self.data)
            .finish_non_exhaustive()
    }
}

object! {
    /// A file that was uploaded.
    ///
    /// ```
    /// use whatsapp_cloud::api::uploads::UploadedFile;
    ///
    /// let uploaded: UploadedFile = serde_json::from_str(r#"{"h":"4::aW1hZ2UvanBlZw=="}"#)?;
    /// // What the example of a template's header is.
    /// assert_eq!(uploaded.handle, "4::aW1hZ2UvanBlZw==");
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct UploadedFile {
        /// Its handle, as `header_handle` of a template or `profile_picture_handle` of a
        /// profile. It may have several lines, which belong together.
        pub handle: String = "h",
    }
}

/// Asks how far an upload came.
///
/// Source: <https://developers.facebook.com/docs/graph-api/guides/upload>
///
/// ```
/// use whatsapp_cloud::api::uploads::GetUpload;
/// use whatsapp_cloud::endpoint::Endpoint;
///
/// let call = GetUpload::new("upload:MTphdHRhY2htZW50?sig=ARZqkGCA_uQ");
/// assert_eq!(call.request()?.target()?, "upload:MTphdHRhY2htZW50?sig=ARZqkGCA_uQ");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct GetUpload {
    /// The upload.
    pub upload_id: UploadId,
}

impl GetUpload {
    /// The upload that was begun.
    pub fn new(upload_id: impl Into<UploadId>) -> Self {
        Self { upload_id: upload_id.into() }
    }
}

impl Endpoint for GetUpload {
    type Response = UploadProgress;
    const OPERATION: &'static str = "get an upload";
    const IDEMPOTENT: bool = true;

    fn request(&self) -> Result<Request> {
        to_upload::<Self>(&self.upload_id, Violations::default())
    }
}

impl Operation for GetUpload {
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/{upload-id}";
    type Body = ();
}

object! {
    /// How far an upload came.
    ///
    /// ```
    /// use whatsapp_cloud::api::uploads::UploadProgress;
    ///
    /// let progress: UploadProgress = serde_json::from_str(
    ///     r#"{"id":"upload:MTphdHRhY2htZW50","file_offset":65536}"#,
    /// )?;
    /// assert_eq!(progress.file_offset, 65_536);
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct UploadProgress {
        /// The upload.
        pub id: UploadId = "id",
        /// How many bytes Meta has: what to go on from.
        pub file_offset: u64 = "file_offset",
    }
}

/// An upload's id is a path and a signature in the query: `upload:…?sig=…`.
fn to_upload<C: Operation>(id: &UploadId, mut found: Violations) -> Result<Request> {
    let (path, query) = id.as_str().split_once('?').unwrap_or((id.as_str(), ""));
    let name = path.strip_prefix("upload:").unwrap_or_default();
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~:=+".contains(&byte);
    let pairs: Vec<_> = query.split('&').filter(|pair| !pair.is_empty()).collect();
    let is_pair = |pair: &&str| {
        pair.split_once('=').is_some_and(|(name, value)| {
            !name.is_empty() && name.bytes().chain(value.bytes()).all(is_plain)
        })
    };
    if name.is_empty() || !name.bytes().all(is_plain) || !pairs.iter().all(is_pair) {
        found.add("upload_id", "an id such as upload:…?sig=…");
    }
    let path = path.to_owned();
    let request = call::request::<C>(&[("upload_id", &path)], &[], found)?;
    Ok(pairs
        .iter()
        .filter_map(|pair| pair.split_once('='))
        .fold(request, |request, (name, value)| request.with_query(name.to_owned(), value)))
}
