//! Files at Meta: upload, look up, delete. Downloading is the client's work, since a file's
//! address is no path of the Graph.
//!
//! Source: <https://developers.facebook.com/docs/whatsapp/cloud-api/reference/media>

use std::fmt;

use serde::{Deserialize, Deserializer, de};
use serde_json::{Map, Value};

use crate::api::call::Operation;
use crate::api::{Success, Violations};
use crate::endpoint::{Endpoint, Method, Part, Payload, Request};
use crate::error::Result;
use crate::id::{MediaId, PhoneNumberId};
use crate::wire::{Text, member};

const KIB: u64 = 1024;
const MIB: u64 = 1024 * KIB;

/// Uploads a file, to be sent by its id. Meta keeps it for 30 days.
///
/// Counts as idempotent: a second upload makes a second id, which nobody uses.
///
/// `Debug` shows kind and size only.
///
/// ```
/// use whatsapp_cloud::api::media::UploadMedia;
/// use whatsapp_cloud::endpoint::Endpoint;
/// use whatsapp_cloud::endpoint::Payload;
///
/// let upload = UploadMedia {
///     from: "106540352242922".into(),
///     file: Payload::from(b"a picture".as_slice()),
///     mime_type: "image/jpeg".to_owned(),
///     filename: "plants.jpg".to_owned(),
/// };
/// assert_eq!(upload.request()?.target()?, "106540352242922/media");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct UploadMedia {
    /// The number it will be sent from.
    pub from: PhoneNumberId,
    /// The file.
    pub file: Payload,
    /// What it is: `image/jpeg`, `audio/ogg; codecs=opus`. Parameters matter.
    pub mime_type: String,
    /// What it is called; Meta wants a name.
    pub filename: String,
}

impl UploadMedia {
    fn violations(&self) -> Violations {
        let mut violations = Violations::default();
        violations.numeric_id("from", self.from.as_str());
        let (kind, rest) = self.mime_type.split_once('/').unwrap_or_default();
        if kind.is_empty()
            || rest.is_empty()
            || !self.mime_type.bytes().all(|byte| byte == b' ' || byte.is_ascii_graphic())
        {
            violations.add("type", "a kind of file such as image/jpeg");
        }
        if self.filename.is_empty() || self.filename.contains(char::is_control) {
            violations.add("file.filename", "a name without control characters");
        }
        let most = largest(&self.mime_type);
        let found = self.file.length();
        if found == 0 || found > most {
            violations.add("file", format!("1 to {most} bytes, found {found}"));
        }
        violations
    }
}

/// The most that Meta takes of a kind of file.
fn largest(mime_type: &str) -> u64 {
    let kind = mime_type.split([';', ' ']).next().unwrap_or_default();
    match kind {
        // A sticker and nothing else; the limit of an animated one.
        "image/webp" => 500 * KIB,
        "image/jpeg" | "image/png" => 5 * MIB,
        kind if kind.starts_with("audio/") || kind.starts_with("video/") => 16 * MIB,
        _ => 100 * MIB,
    }
}

impl Endpoint for UploadMedia {
    type Response = UploadedMedia;
    const OPERATION: &'static str = "upload media";
    const IDEMPOTENT: bool = true;

    fn request(&self) -> Result<Request> {
        self.violations().into_result(Self::OPERATION)?;
        // Meta's table wants `type`, its example the part's own type: both are sent.
        Ok(Request::post([self.from.as_str(), "media"]).with_form(vec![
            Part::text("messaging_product", "whatsapp"),
            Part::text("type", self.mime_type.as_str()),
            Part::file("file", self.file.clone(), self.filename.as_str(), self.mime_type.as_str()),
        ]))
    }
}

impl Operation for UploadMedia {
    const METHOD: Method = Method::Post;
    const PATH: &'static str = "/{Phone-Number-ID}/media";
    type Body = ();
}

impl fmt::Debug for UploadMedia {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UploadMedia")
            .field("from", &self.from)
            .field("file", &self.file)
            .field("mime_type", &self.mime_type)
            .finish_non_exhaustive()
    }
}

/// The answer to an upload.
///
/// ```
/// use whatsapp_cloud::api::media::UploadedMedia;
///
/// let uploaded: UploadedMedia = serde_json::from_str(r#"{"id":"1037543291543636"}"#)?;
/// // What a message names to send the file.
/// assert_eq!(uploaded.id.as_str(), "1037543291543636");
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[non_exhaustive]
pub struct UploadedMedia {
    /// The file's id, bound to the number that uploaded it.
    #[serde(deserialize_with = "media_id")]
    pub id: MediaId,
}

/// Asks where a file can be fetched.
///
/// ```
/// use whatsapp_cloud::api::media::GetMedia;
/// use whatsapp_cloud::endpoint::Endpoint;
///
/// let call = GetMedia {
///     id: "1037543291543636".into(),
///     // Meta refuses when the file is not of this number.
///     from: Some("106540352242922".into()),
/// };
/// assert_eq!(call.request()?.target()?, "1037543291543636?phone_number_id=106540352242922");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GetMedia {
    /// The file.
    pub id: MediaId,
    /// The number that uploaded it, to be refused the files of others. Not for received
    /// files: for these Meta documents no scope.
    pub from: Option<PhoneNumberId>,
}

/// Deletes a file.
///
/// ```
/// use whatsapp_cloud::api::media::DeleteMedia;
/// use whatsapp_cloud::endpoint::Endpoint;
///
/// let call = DeleteMedia { id: "1037543291543636".into(), from: None };
/// assert_eq!(call.request()?.target()?, "1037543291543636");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeleteMedia {
    /// The file.
    pub id: MediaId,
    /// The number that uploaded it, to be refused the files of others.
    pub from: Option<PhoneNumberId>,
}

fn scoped(
    operation: &'static str,
    request: fn([&str; 1]) -> Request,
    id: &MediaId,
    from: Option<&PhoneNumberId>,
) -> Result<Request> {
    let mut violations = Violations::default();
    violations.numeric_id("id", id.as_str());
    if let Some(from) = from {
        violations.numeric_id("phone_number_id", from.as_str());
    }
    violations.into_result(operation)?;
    let request = request([id.as_str()]);
    Ok(match from {
        Some(from) => request.with_query("phone_number_id", from.as_str()),
        None => request,
    })
}

impl Endpoint for GetMedia {
    type Response = MediaInfo;
    const OPERATION: &'static str = "get media";
    const IDEMPOTENT: bool = true;

    fn request(&self) -> Result<Request> {
        scoped(Self::OPERATION, |path| Request::get(path), &self.id, self.from.as_ref())
    }
}

impl Operation for GetMedia {
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/{Media-ID}";
    type Body = ();
}

impl Endpoint for DeleteMedia {
    type Response = Success;
    const OPERATION: &'static str = "delete media";
    const IDEMPOTENT: bool = true;

    fn request(&self) -> Result<Request> {
        scoped(Self::OPERATION, |path| Request::delete(path), &self.id, self.from.as_ref())
    }
}

impl Operation for DeleteMedia {
    const METHOD: Method = Method::Delete;
    const PATH: &'static str = "/{Media-ID}";
    type Body = ();
}

/// What Meta knows of a file, and where it can be fetched.
///
/// `Debug` hides the address: whoever has it and a token has the file.
///
/// ```
/// use whatsapp_cloud::api::media::MediaInfo;
///
/// let info: MediaInfo = serde_json::from_str(
///     r#"{"id":"1037543291543636","url":"https://lookaside.fbsbx.com/x",
///         "mime_type":"image/jpeg","file_size":303833}"#,
/// )?;
/// assert_eq!(
///     (info.mime_type.as_deref(), info.file_size),
///     (Some("image/jpeg"), Some(303_833)),
/// );
/// assert!(!format!("{info:?}").contains("lookaside"));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct MediaInfo {
    /// The file.
    pub id: MediaId,
    /// Where it can be fetched, with the token, for 5 minutes.
    pub url: String,
    /// What it is.
    pub mime_type: Option<String>,
    /// The SHA-256 of its bytes: hexadecimal here, base64 in webhooks.
    pub sha256: Option<String>,
    /// How many bytes it has.
    pub file_size: Option<u64>,
    /// The answer as it came, with what this version does not know.
    pub raw: Map<String, Value>,
}

impl<'de> Deserialize<'de> for MediaInfo {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        struct Answer<'a> {
            #[serde(deserialize_with = "media_id")]
            id: MediaId,
            url: String,
            mime_type: Option<String>,
            sha256: Option<String>,
            // A number on one page and a string on the next.
            #[serde(borrow)]
            file_size: Option<Text<'a>>,
        }

        let raw = member::members(deserializer)?;
        let answer = Answer::deserialize(&raw).map_err(de::Error::custom)?;
        Ok(Self {
            id: answer.id,
            url: answer.url,
            mime_type: answer.mime_type,
            sha256: answer.sha256,
            file_size: answer.file_size.and_then(|size| size.as_str().parse().ok()),
            raw,
        })
    }
}

impl fmt::Debug for MediaInfo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MediaInfo")
            .field("id", &self.id)
            .field("mime_type", &self.mime_type)
            .field("file_size", &self.file_size)
            .finish_non_exhaustive()
    }
}

fn media_id<'de, D: Deserializer<'de>>(deserializer: D) -> Result<MediaId, D::Error> {
    let id = Text::deserialize(deserializer)?;
    if id.as_str().is_empty() {
        return Err(de::Error::custom("the media has no id"));
    }
    Ok(MediaId::new(id.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_size_is_read_from_a_number_and_from_a_string_and_nothing_is_lost() {
        for size in ["303833", r#""303833""#] {
            let answer = format!(
                r#"{{"url":"https://lookaside.fbsbx.com/canary","file_size":{size},"id":1,"new":2}}"#
            );
            let info: MediaInfo = serde_json::from_str(&answer).unwrap();

            assert_eq!(info.file_size, Some(303_833));
            assert_eq!(info.id.as_str(), "1");
            assert_eq!(info.raw["new"], 2);
            assert!(!format!("{info:?}").contains("canary"));
        }
    }

    #[test]
    fn a_file_beyond_the_limit_of_its_kind_is_refused_without_being_shown() {
        let upload = |mime_type: &str, size: u64| UploadMedia {
            from: PhoneNumberId::new("1"),
            file: Payload::from(vec![0; usize::try_from(size).unwrap()]),
            mime_type: mime_type.to_owned(),
            filename: "canary".to_owned(),
        };

        assert!(upload("image/png", 5 * MIB).request().is_ok());
        assert!(upload("image/png", 5 * MIB + 1).request().is_err());
        assert!(upload("image/webp", 500 * KIB + 1).request().is_err());
        assert!(upload("audio/ogg; codecs=opus", 16 * MIB).request().is_ok());
        assert!(upload("audio/ogg; codecs=opus", 16 * MIB + 1).request().is_err());
        assert!(upload("application/pdf", 0).request().is_err());
        assert!(upload("pdf", 1).request().is_err());
        assert!(upload("image/png\r\nX: y", 1).request().is_err());
        let named = UploadMedia { filename: "a\r\nb".to_owned(), ..upload("image/png", 1) };
        assert!(named.request().is_err());
        assert!(!format!("{named:?}").contains("canary"));
    }

    #[test]
    fn an_id_that_is_not_digits_never_becomes_a_path() {
        for id in ["", "1/2", "me", "..", "1?x=y"] {
            let call = GetMedia { id: MediaId::new(id), from: None };
            assert!(call.request().is_err(), "{id}");
        }
    }
}
