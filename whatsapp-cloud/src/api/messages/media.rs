//! A picture, film, recording, file or sticker inside a message.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::id::MediaId;

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

/// A file and what is said with it. `Debug` shows no text.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "WireMedia", into = "WireMedia")]
#[non_exhaustive]
pub struct Media {
    /// Where Meta takes it from.
    pub source: MediaSource,
    /// What stands below it: at most 1024 characters; not with audio or a sticker.
    pub caption: Option<String>,
    /// What a document is called; its ending decides the icon.
    pub filename: Option<String>,
    /// Whether audio is shown as a voice note: OGG with Opus, mono.
    pub voice: bool,
}

impl Media {
    /// A file and nothing said with it.
    pub fn new(source: MediaSource) -> Self {
        Self { source, caption: None, filename: None, voice: false }
    }
}

impl fmt::Debug for Media {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Media").field("source", &self.source).finish_non_exhaustive()
    }
}

#[derive(Serialize, Deserialize)]
struct WireMedia {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    id: Option<MediaId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    link: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    caption: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    filename: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    voice: Option<bool>,
}

impl From<Media> for WireMedia {
    fn from(media: Media) -> Self {
        let (id, link) = match media.source {
            MediaSource::Id(id) => (Some(id), None),
            MediaSource::Link(link) => (None, Some(link)),
        };
        let voice = media.voice.then_some(true);
        Self { id, link, caption: media.caption, filename: media.filename, voice }
    }
}

impl TryFrom<WireMedia> for Media {
    type Error = &'static str;

    fn try_from(wire: WireMedia) -> Result<Self, Self::Error> {
        let source = match (wire.id, wire.link) {
            (Some(id), None) => MediaSource::Id(id),
            (None, Some(link)) => MediaSource::Link(link),
            (Some(_), Some(_)) | (None, None) => return Err("media has an id or a link"),
        };
        let voice = wire.voice.unwrap_or_default();
        Ok(Self { source, caption: wire.caption, filename: wire.filename, voice })
    }
}
