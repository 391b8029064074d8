//! What a message holds.

use std::fmt;

use serde::ser::SerializeMap;
use serde_json::{Map, Value};

use crate::api::Violations;
use crate::api::messages::{
    ContactCard, Interactive, Location, Media, Pin, Reaction, Template, Text,
};
use crate::wire::member::{self, Member, Read};

/// Declares the kinds: each stands in a message under the name that is its type.
macro_rules! contents {
    ($($(#[$doc:meta])* $Kind:ident($type:ty) = $word:literal,)+) => {
        /// What a message holds.
        #[derive(Clone, PartialEq)]
        #[non_exhaustive]
        pub enum Content {
            $($(#[$doc])* $Kind($type),)+
            /// A kind that this version does not know, or whose object is missing.
            Unknown {
                /// Meta's word for it.
                kind: String,
                /// What stands under that name, if there is something.
                value: Option<Value>,
            },
        }

        /// Shows nothing of what a kind holds that this version does not know.
        impl fmt::Debug for Content {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                match self {
                    $(Self::$Kind(held) => f.debug_tuple(stringify!($Kind)).field(held).finish(),)+
                    Self::Unknown { kind, .. } => {
                        f.debug_struct("Unknown").field("kind", kind).finish_non_exhaustive()
                    }
                }
            }
        }

        impl Content {
            /// Meta's word for the kind.
            pub fn kind(&self) -> &str {
                match self {
                    $(Self::$Kind(_) => $word,)+
                    Self::Unknown { kind, .. } => kind,
                }
            }

            /// The kind of a message that does not say it: a text, or what else is there.
            pub(super) fn kind_of(members: &Map<String, Value>) -> &'static str {
                $(if members.contains_key($word) {
                    return $word;
                })+
                "text"
            }

            /// Takes what stands under the name of the kind. What is not in its usual form
            /// stays there, too.
            pub(super) fn take(kind: &str, members: &mut Map<String, Value>) -> Self {
                let Some(value) = members.remove(kind) else {
                    return Self::Unknown { kind: kind.to_owned(), value: None };
                };
                match kind {
                    $($word => match <$type as Member>::read(value) {
                        Ok(Read { value, odd }) => {
                            if let Some(odd) = odd {
                                members.insert(kind.to_owned(), odd);
                            }
                            Self::$Kind(value)
                        }
                        Err(value) => Self::Unknown { kind: kind.to_owned(), value: Some(value) },
                    },)+
                    _ => Self::Unknown { kind: kind.to_owned(), value: Some(value) },
                }
            }

            pub(super) fn write<M: SerializeMap>(
                &self,
                other: &Map<String, Value>,
                map: &mut M,
            ) -> Result<(), M::Error> {
                match self {
                    $(Self::$Kind(value) => member::write(value, $word, other, map),)+
                    Self::Unknown { value: None, .. } => Ok(()),
                    Self::Unknown { kind, value: Some(value) } => map.serialize_entry(kind, value),
                }
            }

            /// Finds what Meta would refuse in it.
            pub(super) fn check(&self, found: &mut Violations) {
                match self {
                    $(Self::$Kind(value) => {
                        found.within($word, |found| Member::check(value, found));
                    })+
                    Self::Unknown { kind, value } => {
                        let is_known = matches!(kind.as_str(), $($word)|+);
                        if kind.is_empty() {
                            found.add("type", "a type of message, found none");
                        } else if is_known || (value.is_none() && !found.is_strict()) {
                            found.add(kind, "what the type says, found none of that form");
                        } else if found.is_strict() {
                            let words: &[&str] = &[$($word),+];
                            found.add("type", format!("one of {}, found another", words.join(", ")));
                        }
                    }
                }
            }
        }
    };
}

contents! {
    /// A text.
    Text(Text) = "text",
    /// A picture: JPEG or PNG, up to 5 MB.
    Image(Media) = "image",
    /// A film: MP4 or 3GP, up to 16 MB.
    Video(Media) = "video",
    /// A recording, up to 16 MB.
    Audio(Media) = "audio",
    /// A file of any kind, up to 100 MB.
    Document(Media) = "document",
    /// A sticker: WebP, up to 100 KB, or 500 KB when animated.
    Sticker(Media) = "sticker",
    /// A place.
    Location(Location) = "location",
    /// Contact cards: 1 to 257.
    Contacts(Vec<ContactCard>) = "contacts",
    /// Something to press.
    Interactive(Box<Interactive>) = "interactive",
    /// A template: the only kind that may be sent when the 24-hour window is closed.
    Template(Template) = "template",
    /// An emoji on a message, or its removal.
    Reaction(Reaction) = "reaction",
    /// Pins or unpins a message of a group.
    Pin(Pin) = "pin",
}

impl Content {
    /// The file, where it is one.
    ///
    /// ```
    /// use whatsapp_cloud::api::messages::{Content, MediaSource, Message};
    ///
    /// let photo = Message::image("5511999990001", MediaSource::id("1037543291543636"));
    /// let photo = photo.with_caption("Blue Elf Aloe");
    /// let content: &Content = photo.content();
    /// assert_eq!(content.kind(), "image");
    /// let caption = content.media().and_then(|media| media.caption.as_deref());
    /// assert_eq!(caption, Some("Blue Elf Aloe"));
    /// ```
    pub fn media(&self) -> Option<&Media> {
        match self {
            Self::Image(media)
            | Self::Video(media)
            | Self::Audio(media)
            | Self::Document(media)
            | Self::Sticker(media) => Some(media),
            _ => None,
        }
    }

    pub(super) fn media_mut(&mut self) -> Option<&mut Media> {
        match self {
            Self::Image(media)
            | Self::Video(media)
            | Self::Audio(media)
            | Self::Document(media)
            | Self::Sticker(media) => Some(media),
            _ => None,
        }
    }
}
