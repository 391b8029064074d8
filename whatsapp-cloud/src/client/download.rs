//! Fetching a file. Its address comes from Meta, or from whoever wrote what claims to be
//! Meta's webhook, so the token goes to two hosts only.

use std::fmt;

use bytes::Bytes;

use crate::api::media::MediaInfo;
use crate::client::answer::Call;
use crate::client::call::{Sent, log};
use crate::client::digest::sha256;
use crate::client::origin::Origin;
use crate::client::transport::is_url;
use crate::client::{Client, HttpRequest};
use crate::endpoint::Method;
use crate::error::{ErrorKind, Result};

/// Meta's host for files.
///
/// Source: <https://developers.facebook.com/docs/whatsapp/cloud-api/reference/media#download-media>
const MEDIA_HOST: &str = "lookaside.fbsbx.com";

const DOWNLOAD: Call = Call { operation: "download media", idempotent: true };

/// A file and what Meta knows of it. `Debug` shows no contents.
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
    /// told, where it told one.
    ///
    /// # Errors
    ///
    /// - [`ErrorKind::InvalidInput`]: the address is of another host; nothing was sent.
    /// - [`ErrorKind::NotFound`]: the address is too old; ask for a new one.
    /// - [`ErrorKind::Media`]: the file is larger than allowed, or not the one Meta told of.
    pub async fn download(&self, info: &MediaInfo) -> Result<Bytes> {
        let outcome = self.fetch(info).await;
        log(DOWNLOAD, outcome.as_ref().err());
        outcome
    }

    async fn fetch(&self, info: &MediaInfo) -> Result<Bytes> {
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
        let response = match self.send(DOWNLOAD, request).await? {
            Sent::Answered(response) => response,
            Sent::TooLong => return Err(too_large()),
        };
        if (300..400).contains(&response.status) {
            return Err(DOWNLOAD
                .error(ErrorKind::Media)
                .with_status(response.status)
                .with_source("a redirect, which is not followed"));
        }
        // A file may well be JSON that looks like an error, so a success is not looked into.
        if response.status != 200 {
            DOWNLOAD.refusal(&response)?;
            return Err(DOWNLOAD
                .error(ErrorKind::Media)
                .with_status(response.status)
                .with_source("an answer that is no whole file"));
        }
        match &info.sha256 {
            Some(expected) if !sha256(&response.body).is_written_as(expected) => Err(DOWNLOAD
                .error(ErrorKind::Media)
                .with_source("the bytes are not those Meta told the SHA-256 of")),
            _ => Ok(response.body),
        }
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
