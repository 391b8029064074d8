//! A message as Meta's JSON: the kind's object stands beside `type`, under the kind's name.

use std::borrow::Cow;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::api::Recipient;
use crate::api::messages::{Content, Media, Message, Reaction, Template, Text};
use crate::id::{GroupId, MessageId, UserId};
use crate::wire::Text as Word;

#[derive(Default, Serialize)]
struct Written<'a> {
    messaging_product: &'static str,
    recipient_type: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    to: Option<Cow<'a, str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    recipient: Option<&'a UserId>,
    #[serde(rename = "type")]
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<&'a Text>,
    #[serde(skip_serializing_if = "Option::is_none")]
    image: Option<&'a Media>,
    #[serde(skip_serializing_if = "Option::is_none")]
    video: Option<&'a Media>,
    #[serde(skip_serializing_if = "Option::is_none")]
    audio: Option<&'a Media>,
    #[serde(skip_serializing_if = "Option::is_none")]
    document: Option<&'a Media>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sticker: Option<&'a Media>,
    #[serde(skip_serializing_if = "Option::is_none")]
    template: Option<&'a Template>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reaction: Option<&'a Reaction>,
    #[serde(skip_serializing_if = "Option::is_none")]
    context: Option<Quoted<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    biz_opaque_callback_data: Option<&'a str>,
}

#[derive(Serialize)]
struct Quoted<'a> {
    message_id: &'a MessageId,
}

impl Serialize for Message {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut written = Written {
            messaging_product: "whatsapp",
            recipient_type: "individual",
            kind: self.content.kind(),
            context: self.reply_to.as_ref().map(|message_id| Quoted { message_id }),
            biz_opaque_callback_data: self.opaque_data.as_deref(),
            ..Written::default()
        };
        match &self.to {
            // With `+` always: without it Meta reads a number of the sender's country.
            Recipient::Phone(digits) => written.to = Some(Cow::Owned(format!("+{digits}"))),
            Recipient::User(user) => written.recipient = Some(user),
            Recipient::Group(group) => {
                written.recipient_type = "group";
                written.to = Some(Cow::Borrowed(group.as_str()));
            }
        }
        match &self.content {
            Content::Text(text) => written.text = Some(text),
            Content::Image(media) => written.image = Some(media),
            Content::Video(media) => written.video = Some(media),
            Content::Audio(media) => written.audio = Some(media),
            Content::Document(media) => written.document = Some(media),
            Content::Sticker(media) => written.sticker = Some(media),
            Content::Template(template) => written.template = Some(template),
            Content::Reaction(reaction) => written.reaction = Some(reaction),
        }
        written.serialize(serializer)
    }
}

#[derive(Deserialize)]
struct Read<'a> {
    #[serde(borrow)]
    recipient_type: Option<Word<'a>>,
    // Meta takes a number as well as a string.
    #[serde(borrow)]
    to: Option<Word<'a>>,
    recipient: Option<UserId>,
    #[serde(borrow, rename = "type")]
    kind: Option<Word<'a>>,
    text: Option<Text>,
    image: Option<Media>,
    video: Option<Media>,
    audio: Option<Media>,
    document: Option<Media>,
    sticker: Option<Media>,
    template: Option<Template>,
    reaction: Option<Reaction>,
    context: Option<QuotedId>,
    biz_opaque_callback_data: Option<String>,
}

#[derive(Deserialize)]
struct QuotedId {
    message_id: MessageId,
}

impl<'de> Deserialize<'de> for Message {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let read = Read::deserialize(deserializer)?;
        let group = read.recipient_type.is_some_and(|kind| kind == "group");
        // Meta prefers `to` where both are present.
        let to = match (read.to, read.recipient) {
            (Some(id), _) if group => Recipient::Group(GroupId::new(id.as_str())),
            (Some(number), _) => match Recipient::from(number.as_str()) {
                // Never moved to the other member: that is for the sender to decide.
                Recipient::User(user) => Recipient::Phone(user.as_str().to_owned()),
                other => other,
            },
            (None, Some(user)) => Recipient::User(user),
            (None, None) => return Err(de::Error::missing_field("to")),
        };
        let kind = read.kind.as_ref().map_or("text", Word::as_str);
        let content = match kind {
            "text" => read.text.map(Content::Text),
            "image" => read.image.map(Content::Image),
            "video" => read.video.map(Content::Video),
            "audio" => read.audio.map(Content::Audio),
            "document" => read.document.map(Content::Document),
            "sticker" => read.sticker.map(Content::Sticker),
            "template" => read.template.map(Content::Template),
            "reaction" => read.reaction.map(Content::Reaction),
            _ => {
                return Err(de::Error::custom("a type of message this version does not build"));
            }
        };
        let content = content.ok_or_else(|| de::Error::custom("the type's object is missing"))?;
        let mut message = Self::new(to, content);
        message.reply_to = read.context.map(|context| context.message_id);
        message.opaque_data = read.biz_opaque_callback_data;
        Ok(message)
    }
}
