//! A message: to whom, what, and in answer to what.

use std::fmt;

use crate::api::Recipient;
use crate::api::messages::{Media, MediaSource, Reaction, Template, Text};
use crate::id::MessageId;

/// A message to a customer.
///
/// Built here, checked when it is sent: what does not fit is reported all at once, with the
/// place and the rule. `Debug` shows the kinds only.
///
/// It reads back from the JSON it is written as; members that Meta knows and this version
/// does not are not kept.
///
/// ```
/// use whatsapp_cloud::MessageId;
/// use whatsapp_cloud::api::messages::Message;
///
/// let message = Message::text("5511999990001", "Olá!")
///     .reply_to(MessageId::new("wamid.HBgNNTUxMTk5OTk5MDAwMRUCABIA"))
///     .with_opaque_data("order 17");
/// assert_eq!(
///     serde_json::to_value(&message)?,
///     serde_json::json!({
///         "messaging_product": "whatsapp",
///         "recipient_type": "individual",
///         "to": "+5511999990001",
///         "type": "text",
///         "text": {"body": "Olá!"},
///         "context": {"message_id": "wamid.HBgNNTUxMTk5OTk5MDAwMRUCABIA"},
///         "biz_opaque_callback_data": "order 17",
///     })
/// );
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Message {
    pub(super) to: Recipient,
    pub(super) content: Content,
    pub(super) reply_to: Option<MessageId>,
    pub(super) opaque_data: Option<String>,
    /// What was set on a kind that has no place for it: reported rather than forgotten.
    pub(super) misplaced: Vec<&'static str>,
}

/// What a message holds.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Content {
    /// A text.
    Text(Text),
    /// A picture: JPEG or PNG, up to 5 MB.
    Image(Media),
    /// A film: MP4 or 3GP, up to 16 MB.
    Video(Media),
    /// A recording, up to 16 MB.
    Audio(Media),
    /// A file of any kind, up to 100 MB.
    Document(Media),
    /// A sticker: WebP, up to 100 KB, or 500 KB when animated.
    Sticker(Media),
    /// A template: the only kind that may be sent when the 24-hour window is closed.
    Template(Template),
    /// An emoji on a message, or its removal.
    Reaction(Reaction),
}

impl Content {
    /// Meta's word for the kind.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Text(_) => "text",
            Self::Image(_) => "image",
            Self::Video(_) => "video",
            Self::Audio(_) => "audio",
            Self::Document(_) => "document",
            Self::Sticker(_) => "sticker",
            Self::Template(_) => "template",
            Self::Reaction(_) => "reaction",
        }
    }

    fn media_mut(&mut self) -> Option<&mut Media> {
        match self {
            Self::Image(media)
            | Self::Video(media)
            | Self::Audio(media)
            | Self::Document(media)
            | Self::Sticker(media) => Some(media),
            Self::Text(_) | Self::Template(_) | Self::Reaction(_) => None,
        }
    }
}

impl Message {
    /// A message with this content.
    pub fn new(to: impl Into<Recipient>, content: Content) -> Self {
        Self { to: to.into(), content, reply_to: None, opaque_data: None, misplaced: Vec::new() }
    }

    /// A text of 1 to 4096 characters.
    pub fn text(to: impl Into<Recipient>, body: impl Into<String>) -> Self {
        Self::new(to, Content::Text(Text::new(body)))
    }

    /// A picture.
    pub fn image(to: impl Into<Recipient>, source: MediaSource) -> Self {
        Self::new(to, Content::Image(Media::new(source)))
    }

    /// A film.
    pub fn video(to: impl Into<Recipient>, source: MediaSource) -> Self {
        Self::new(to, Content::Video(Media::new(source)))
    }

    /// A recording.
    pub fn audio(to: impl Into<Recipient>, source: MediaSource) -> Self {
        Self::new(to, Content::Audio(Media::new(source)))
    }

    /// A file of any kind.
    pub fn document(to: impl Into<Recipient>, source: MediaSource) -> Self {
        Self::new(to, Content::Document(Media::new(source)))
    }

    /// A sticker.
    pub fn sticker(to: impl Into<Recipient>, source: MediaSource) -> Self {
        Self::new(to, Content::Sticker(Media::new(source)))
    }

    /// A template, filled in.
    pub fn template(to: impl Into<Recipient>, template: Template) -> Self {
        Self::new(to, Content::Template(template))
    }

    /// An emoji on a message of the customer's.
    pub fn reaction(
        to: impl Into<Recipient>,
        message_id: impl Into<MessageId>,
        emoji: impl Into<String>,
    ) -> Self {
        Self::new(to, Content::Reaction(Reaction::new(message_id, emoji)))
    }

    /// Takes back the emoji on a message.
    pub fn remove_reaction(to: impl Into<Recipient>, message_id: impl Into<MessageId>) -> Self {
        Self::new(to, Content::Reaction(Reaction::removed(message_id)))
    }

    /// Whether the first link of a text gets a preview.
    #[must_use]
    pub fn with_preview_url(mut self, preview: bool) -> Self {
        if let Content::Text(text) = &mut self.content {
            text.preview_url = Some(preview);
        } else {
            self.misplaced.push("preview_url");
        }
        self
    }

    /// What stands below a picture, film or document: at most 1024 characters.
    #[must_use]
    pub fn with_caption(mut self, caption: impl Into<String>) -> Self {
        match self.content.media_mut() {
            Some(media) => media.caption = Some(caption.into()),
            None => self.misplaced.push("caption"),
        }
        self
    }

    /// What a document is called.
    #[must_use]
    pub fn with_filename(mut self, filename: impl Into<String>) -> Self {
        match self.content.media_mut() {
            Some(media) => media.filename = Some(filename.into()),
            None => self.misplaced.push("filename"),
        }
        self
    }

    /// Shows audio as a voice note: OGG with Opus, mono. It may then be reported as played.
    #[must_use]
    pub fn as_voice_note(mut self) -> Self {
        match self.content.media_mut() {
            Some(media) => media.voice = true,
            None => self.misplaced.push("voice"),
        }
        self
    }

    /// Quotes the message that this one answers. A reaction quotes by itself.
    #[must_use]
    pub fn reply_to(mut self, message_id: impl Into<MessageId>) -> Self {
        self.reply_to = Some(message_id.into());
        self
    }

    /// Sends along up to 512 characters, which come back with each status of this message.
    ///
    /// With it a message whose answer was lost can be found again.
    #[must_use]
    pub fn with_opaque_data(mut self, data: impl Into<String>) -> Self {
        self.opaque_data = Some(data.into());
        self
    }

    /// Who gets it.
    pub fn recipient(&self) -> &Recipient {
        &self.to
    }

    /// What it holds.
    pub fn content(&self) -> &Content {
        &self.content
    }

    /// The message it answers.
    pub fn replies_to(&self) -> Option<&MessageId> {
        self.reply_to.as_ref()
    }

    /// What comes back with each status.
    pub fn opaque_data(&self) -> Option<&str> {
        self.opaque_data.as_deref()
    }
}

impl fmt::Debug for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Message")
            .field("to", &self.to)
            .field("kind", &self.content.kind())
            .field("is_reply", &self.reply_to.is_some())
            .finish_non_exhaustive()
    }
}
