//! Fetching a file. Its address comes from Meta, or from whoever wrote what claims to be
//! Meta's webhook, so the token goes to two hosts only.

use std::fmt;
use std::pin::Pin;

use bytes::{Bytes, BytesMut};
use futures_util::stream::{Stream, StreamExt as _};
use sha2::{Digest as _, Sha256};
use tracing::Instrument as _;

use crate::api::media::MediaInfo;
use crate::client::answer::Call;
use crate::client::attempts::{Attempts, Round};
use crate::client::call::lost;
use crate::client::digest::Hash;
use crate::client::observe::log;
use crate::client::origin::Origin;
use crate::client::transport::is_url;
use crate::client::{Client, HttpOpened, HttpRequest, HttpResponse, TransportError};
use crate::endpoint::{Body, Method};
use crate::error::{ErrorKind, Result};

/// Meta's host for files.
///
/// Source: <https://developers.facebook.com/docs/whatsapp/cloud-api/reference/media#download-media>
const MEDIA_HOST: &str = "lookaside.fbsbx.com";

const DOWNLOAD: Call = Call { operation: "download media", idempotent: true };

/// A file and what Meta knows of it. `Debug` shows no contents.
///
/// ```no_run
/// use whatsapp_cloud::Client;
/// use whatsapp_cloud::client::MediaFile;
///
/// # async fn example(client: Client) -> Result<(), Box<dyn std::error::Error>> {
/// let MediaFile { info, bytes, .. } = client.media("1037543291543636").download().await?;
/// println!("{} bytes of {:?}", bytes.len(), info.mime_type);
/// # Ok(()) }
/// ```
#[derive(Clone)]
#[non_exhaustive]
pub struct MediaFile {
    /// What Meta knows of it.
    pub info: MediaInfo,
    /// Its bytes.
    pub bytes: Bytes,
}

impl fmt::Debug for MediaFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MediaFile")
            .field("info", &self.info)
            .field("bytes", &self.bytes.len())
            .finish()
    }
}

impl Client {
    /// Fetches a file from the address that [`GetMedia`](crate::api::media::GetMedia)
    /// answered, within 5 minutes of that answer.
    ///
    /// The token is sent to the base URL's origin and to `lookaside.fbsbx.com` over https,
    /// and nowhere else; redirects are not followed. The bytes are those whose SHA-256 Meta
    /// told, where it told one, and otherwise as many as Meta told.
    ///
    /// # Errors
    ///
    /// - [`ErrorKind::InvalidInput`]: the address is of another host; nothing was sent.
    /// - [`ErrorKind::NotFound`]: the address is too old; ask for a new one.
    /// - [`ErrorKind::Media`]: the file is larger than allowed, or not the one Meta told of.
    /// - [`ErrorKind::MaybeSent`]: the file broke off; fetch it again.
    pub async fn download(&self, info: &MediaInfo) -> Result<Bytes> {
        let mut attempts = Attempts::new(self, DOWNLOAD, None);
        let span = attempts.watch.span();
        let outcome = async {
            attempts.begin().await?;
            loop {
                match self.whole(info, &mut attempts.round).await {
                    Ok(file) => return Ok(file),
                    Err(error) => attempts.after(error).await?,
                }
            }
        };
        let outcome = outcome.instrument(span).await;
        attempts.watch.end(outcome.as_ref().err());
        outcome
    }

    async fn whole(&self, info: &MediaInfo, round: &mut Round) -> Result<Bytes> {
        let mut download = self.begin_download(info, round).await?;
        let mut file = BytesMut::new();
        while let Some(piece) = download.go_on().await? {
            if file.is_empty() && download.is_whole() {
                download.end()?;
                return Ok(piece);
            }
            file.extend_from_slice(&piece);
        }
        Ok(file.freeze())
    }

    /// The same, piece by piece, for files that should not be in memory as a whole.
    ///
    /// ```no_run
    /// use std::io::Write;
    /// use whatsapp_cloud::Client;
    /// use whatsapp_cloud::api::media::MediaInfo;
    ///
    /// # async fn example(client: Client, info: MediaInfo, mut file: std::fs::File)
    /// # -> Result<(), Box<dyn std::error::Error>> {
    /// let mut download = client.open_download(&info).await?;
    /// while let Some(piece) = download.next().await? {
    ///     file.write_all(&piece)?;
    /// }
    /// // Only now it is known that it is the file Meta told of.
    /// # Ok(()) }
    /// ```
    ///
    /// Only the beginning is repeated where a policy says so: what came of the file is the
    /// caller's already.
    ///
    /// # Errors
    ///
    /// As [`Client::download`].
    pub async fn open_download(&self, info: &MediaInfo) -> Result<Download> {
        let mut attempts = Attempts::new(self, DOWNLOAD, None);
        let span = attempts.watch.span();
        let outcome = async {
            attempts.begin().await?;
            loop {
                match self.begin_download(info, &mut attempts.round).await {
                    Ok(download) => return Ok(download),
                    Err(error) => attempts.after(error).await?,
                }
            }
        };
        let outcome = outcome.instrument(span).await;
        match &outcome {
            Ok(_) => attempts.watch.end_quietly(),
            Err(error) => attempts.watch.end(Some(error)),
        }
        outcome
    }

    async fn begin_download(&self, info: &MediaInfo, round: &mut Round) -> Result<Download> {
        let opened = self.begun(info, round).await;
        if let Err(error) = &opened {
            self.refused(error, round);
        }
        opened
    }

    async fn begun(&self, info: &MediaInfo, round: &mut Round) -> Result<Download> {
        let client = self.inner();
        if !may_carry_token(&client.origin, &info.url) {
            return Err(DOWNLOAD
                .error(ErrorKind::InvalidInput)
                .with_source("the address is of a host that must not see the token"));
        }
        if info.file_size.is_some_and(|size| size > client.max_media) {
            return Err(too_large());
        }
        let mut request = HttpRequest::new(Method::Get, info.url.as_str());
        request.timeout = client.transfer_timeout;
        request.max_answer = client.max_media;
        self.token(DOWNLOAD, round).await?.authorize(&mut request);
        let opened = match client.transport.open(request).await {
            Err(TransportError::AnswerTooLong) => return Err(too_large()),
            opened => opened.map_err(|error| lost(DOWNLOAD, error))?,
        };
        if (300..400).contains(&opened.status) {
            return Err(DOWNLOAD
                .error(ErrorKind::Media)
                .with_status(opened.status)
                .with_source("a redirect, which is not followed"));
        }
        // A file may well be JSON that looks like an error, so a success is not looked into.
        if opened.status != 200 {
            let status = opened.status;
            let most = client.max_answer(Method::Get, &Body::Empty);
            let refusal = refusal(opened, most).await?;
            self.learn(&refusal, round);
            DOWNLOAD.refusal(&refusal)?;
            return Err(DOWNLOAD
                .error(ErrorKind::Media)
                .with_status(status)
                .with_source("an answer that is no whole file"));
        }
        let length = opened.headers.get("content-length");
        let length = length.and_then(|length| length.parse().ok());
        if length.is_some_and(|length: u64| length > client.max_media) {
            return Err(too_large());
        }
        Ok(Download {
            body: opened.body,
            expected: info.sha256.clone(),
            told: info.file_size,
            hash: Sha256::new(),
            length,
            read: 0,
            most: client.max_media,
            is_over: false,
        })
    }
}

/// The error that Meta answered instead of a file.
async fn refusal(opened: HttpOpened, most: u64) -> Result<HttpResponse> {
    let HttpOpened { status, headers, mut body } = opened;
    let mut whole = BytesMut::new();
    while let Some(piece) = body.next().await {
        whole.extend_from_slice(&piece.map_err(|error| lost(DOWNLOAD, error))?);
        if whole.len() as u64 > most {
            break;
        }
    }
    Ok(HttpResponse { headers, ..HttpResponse::new(status, whole.freeze()) })
}

/// A file that is being fetched; see [`Client::open_download`]. `Debug` shows how much of it
/// came.
///
/// ```no_run
/// use whatsapp_cloud::client::Download;
///
/// /// How large a file is; nothing is kept of it.
/// async fn length(mut download: Download) -> whatsapp_cloud::Result<usize> {
///     let mut length = 0;
///     while let Some(piece) = download.next().await? {
///         length += piece.len();
///     }
///     Ok(length)
/// }
/// ```
#[must_use = "nothing is fetched before it is asked for"]
pub struct Download {
    body: Pieces,
    /// As Meta wrote it.
    expected: Option<String>,
    /// How long Meta told it to be.
    told: Option<u64>,
    hash: Sha256,
    length: Option<u64>,
    read: u64,
    most: u64,
    is_over: bool,
}

type Pieces = Pin<Box<dyn Stream<Item = std::result::Result<Bytes, TransportError>> + Send>>;

impl Download {
    /// How many bytes the file has, when the host says so.
    ///
    /// ```
    /// use whatsapp_cloud::client::Download;
    ///
    /// /// How much of it came, in percent.
    /// async fn progress(mut download: Download) -> whatsapp_cloud::Result<()> {
    ///     let length = download.length();
    ///     let mut came = 0;
    ///     while let Some(piece) = download.next().await? {
    ///         came += piece.len() as u64;
    ///         if let Some(length) = length.filter(|length| *length > 0) {
    ///             println!("{} %", came * 100 / length);
    ///         }
    ///     }
    ///     Ok(())
    /// }
    /// ```
    pub fn length(&self) -> Option<u64> {
        self.length
    }

    /// The next piece; `None` when the file is whole, and is the one that Meta told of.
    ///
    /// What came before may be another file's: use it only once this gave `None`.
    ///
    /// # Errors
    ///
    /// As [`Client::download`]. There is no more of it then.
    pub async fn next(&mut self) -> Result<Option<Bytes>> {
        let outcome = self.go_on().await;
        match &outcome {
            Ok(Some(_)) => {}
            Ok(None) => log(DOWNLOAD.operation, None),
            Err(error) => log(DOWNLOAD.operation, Some(error)),
        }
        outcome
    }

    async fn go_on(&mut self) -> Result<Option<Bytes>> {
        if self.is_over {
            return Ok(None);
        }
        match self.body.next().await {
            Some(Ok(piece)) => {
                self.read += piece.len() as u64;
                if self.read > self.most {
                    self.is_over = true;
                    return Err(too_large());
                }
                self.hash.update(&piece);
                Ok(Some(piece))
            }
            Some(Err(error)) => {
                self.is_over = true;
                Err(match error {
                    TransportError::AnswerTooLong => too_large(),
                    error => lost(DOWNLOAD, error),
                })
            }
            None => self.end().map(|()| None),
        }
    }

    /// Whether as many bytes came as were announced.
    fn is_whole(&self) -> bool {
        self.length == Some(self.read)
    }

    fn end(&mut self) -> Result<()> {
        self.is_over = true;
        // Not every transport knows that a body broke off.
        if self.length.or(self.told).is_some_and(|length| self.read < length) {
            return Err(DOWNLOAD
                .error(ErrorKind::MaybeSent)
                .with_source("the file ended before its end"));
        }
        if self.expected.is_none() && self.told.is_some_and(|length| self.read != length) {
            return Err(DOWNLOAD
                .error(ErrorKind::Media)
                .with_source("the file is not as long as Meta told"));
        }
        let found = Hash::of(std::mem::take(&mut self.hash));
        match &self.expected {
            Some(expected) if !found.is_written_as(expected) => Err(DOWNLOAD
                .error(ErrorKind::Media)
                .with_source("the bytes are not those Meta told the SHA-256 of")),
            _ => Ok(()),
        }
    }
}

impl fmt::Debug for Download {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Download")
            .field("read", &self.read)
            .field("length", &self.length)
            .finish_non_exhaustive()
    }
}

fn too_large() -> crate::error::Error {
    DOWNLOAD.error(ErrorKind::Media).with_source("the file is larger than allowed")
}

fn may_carry_token(base: &Origin, url: &str) -> bool {
    let Some((origin, _)) = Origin::of(url).filter(|_| is_url(url)) else {
        return false;
    };
    let meta = origin.is_https() && origin.host() == MEDIA_HOST && origin.has_default_port();
    meta || origin == *base
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_token_goes_to_metas_media_host_and_the_base_url_only() {
        let base = Origin::of("https://graph.facebook.com").unwrap().0;
        for url in [
            "https://lookaside.fbsbx.com/whatsapp_business/attachments/?mid=1&hash=x",
            "https://graph.facebook.com/x",
        ] {
            assert!(may_carry_token(&base, url), "{url}");
        }
        for url in [
            "http://lookaside.fbsbx.com/x",
            "https://lookaside.fbsbx.com:8443/x",
            "https://x.lookaside.fbsbx.com/x",
            "https://lookaside.fbsbx.com.evil.example/x",
            "https://lookaside.fbsbx.com@evil.example/x",
            "https://evil.example/lookaside.fbsbx.com",
            "https://mmg.whatsapp.net/x",
            "https://scontent.fbcdn.net/x",
            "http://graph.facebook.com/x",
            "http://127.0.0.1/x",
            "/x",
            "",
        ] {
            assert!(!may_carry_token(&base, url), "{url}");
        }
    }

    #[test]
    fn a_simulator_gets_the_token_at_its_own_port_only() {
        let base = Origin::of("http://127.0.0.1:4000").unwrap().0;

        assert!(may_carry_token(&base, "http://127.0.0.1:4000/media-file/1"));
        assert!(!may_carry_token(&base, "http://127.0.0.1:4001/media-file/1"));
        assert!(!may_carry_token(&base, "https://127.0.0.1:4000/media-file/1"));
    }
}
