//! A picture, film, recording, file or sticker inside a message.

use std::fmt;

use crate::api::Violations;
use crate::id::MediaId;
use crate::wire::object;

/// How many characters may stand below a picture.
const CAPTION: usize = 1024;

/// Where Meta takes the file from.
///
/// ```
/// use whatsapp_cloud::api::messages::{Message, MediaSource};
///
/// let by_id = MediaSource::id("1013859600285441");
/// let by_link = MediaSource::link("https://example.com/nota.pdf");
/// Message::document("5511999990001", by_link).with_filename("nota.pdf");
/// # Message::image("5511999990001", by_id);
/// ```
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum MediaSource {
    /// A file that was uploaded.
    Id(MediaId),
    /// A public address, which Meta fetches and keeps for 10 minutes.
    ///
    /// Meta accepts the message before it fetches: a link that fails comes back as a
    /// `failed` status with code 131053.
    Link(String),
}

impl MediaSource {
    /// A file that was uploaded.
    pub fn id(id: impl Into<MediaId>) -> Self {
        Self::Id(id.into())
    }

    /// A public address.
    pub fn link(link: impl Into<String>) -> Self {
        Self::Link(link.into())
    }
}

impl fmt::Debug for MediaSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Id(id) => f.debug_tuple("Id").field(id).finish(),
            // A link may hold a signature or a name.
            Self::Link(_) => f.write_str("Link(…)"),
        }
    }
}

object! {
    /// A file and what is said with it: by id or by link, never both.
    ///
    /// ```
    /// use whatsapp_cloud::api::messages::{Media, MediaSource};
    ///
    /// let media: Media = serde_json::from_str(
    ///     r#"{"id":"1037543291543636","caption":"Blue Elf Aloe"}"#,
    /// )?;
    /// assert_eq!(media.source(), Some(MediaSource::id("1037543291543636")));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct Media {
        /// A file that was uploaded.
        pub id: Option<MediaId> = "id",
        /// A public address, with `https` or `http`.
        pub link: Option<String> = "link",
        /// What stands below it: at most 1024 characters; not with audio or a sticker.
        pub caption: Option<String> = "caption",
        /// What a document is called; its ending decides the icon.
        pub filename: Option<String> = "filename",
        /// Whether audio is shown as a voice note: OGG with Opus, mono.
        pub voice: bool = "voice",
    }
    check |media, found| {
        match (&media.id, &media.link) {
            (Some(id), None) => check_id(id, found),
            (None, Some(link)) => check_address("link", link, found),
            (None, None) => found.say("an id or a link, found none"),
            (Some(_), Some(_)) => found.say("an id or a link, found both"),
        }
        if let Some(caption) = &media.caption {
            found.length("caption", caption, 0, CAPTION);
        }
    }
}

impl Media {
    /// A file and nothing said with it.
    ///
    /// ```
    /// use whatsapp_cloud::api::messages::{Media, MediaSource};
    ///
    /// let nota = MediaSource::link("https://example.com/nota.pdf");
    /// assert_eq!(Media::new(nota.clone()).source(), Some(nota));
    /// ```
    pub fn new(source: MediaSource) -> Self {
        match source {
            MediaSource::Id(id) => Self { id: Some(id), ..Self::default() },
            MediaSource::Link(link) => Self { link: Some(link), ..Self::default() },
        }
    }

    /// Where Meta takes it from; none where it has neither id nor link.
    pub fn source(&self) -> Option<MediaSource> {
        match (&self.id, &self.link) {
            (Some(id), _) => Some(MediaSource::Id(id.clone())),
            (None, Some(link)) => Some(MediaSource::Link(link.clone())),
            (None, None) => None,
        }
    }

    /// Finds what does not go with this kind of message: `image`, `audio` and so on.
    pub(super) fn check_as(&self, kind: &str, found: &mut Violations) {
        if self.caption.is_some() && matches!(kind, "audio" | "sticker") {
            found.add("caption", format!("not with a message of type {kind}"));
        }
        if self.filename.is_some() && kind != "document" {
            found.add("filename", "only with a document");
        }
        if self.voice && kind != "audio" {
            found.add("voice", "only with audio");
        }
    }
}

/// Meta's ids are digits; what is surely none is refused, and Meta decides of the rest.
fn check_id(id: &MediaId, found: &mut Violations) {
    let is_word = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
    if id.as_str().is_empty() || !id.as_str().bytes().all(is_word) {
        found.add("id", "the id of a file, found none or another text");
    }
}

/// A link must lead to a host, and have nothing in it that ends it.
pub(super) fn check_address(path: &str, link: &str, found: &mut Violations) {
    let rest = link.strip_prefix("https://").or_else(|| link.strip_prefix("http://"));
    let has_host = rest.is_some_and(|rest| !rest.is_empty() && !rest.starts_with('/'));
    if !has_host || link.contains(|char: char| char.is_whitespace() || char.is_control()) {
        found.add(path, "a whole address with https or http");
    }
}
