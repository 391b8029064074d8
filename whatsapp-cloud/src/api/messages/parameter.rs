//! What fills the placeholders of a template.

use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::api::messages::{Media, MediaSource};

/// A value for a placeholder.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Parameter {
    /// A text.
    Text {
        /// What it says.
        text: String,
        /// Which named placeholder it fills; numbered ones have none.
        #[serde(default, rename = "parameter_name", skip_serializing_if = "Option::is_none")]
        name: Option<String>,
    },
    /// An amount of money.
    Currency {
        /// The amount.
        currency: Currency,
    },
    /// A moment.
    DateTime {
        /// The moment.
        date_time: DateTime,
    },
    /// A picture.
    Image {
        /// The picture.
        image: Media,
    },
    /// A film.
    Video {
        /// The film.
        video: Media,
    },
    /// A file.
    Document {
        /// The file.
        document: Media,
    },
    /// A place.
    Location {
        /// The place.
        location: Location,
    },
    /// What comes back when a quick reply is pressed.
    Payload {
        /// The word.
        payload: String,
    },
    /// A code to copy.
    CouponCode {
        /// The code.
        coupon_code: String,
    },
    /// A value this version has no type for, as JSON.
    #[serde(untagged)]
    Other(Map<String, Value>),
}

impl Parameter {
    /// A text for a numbered placeholder.
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text { text: text.into(), name: None }
    }

    /// A text for a named placeholder.
    pub fn named(name: impl Into<String>, text: impl Into<String>) -> Self {
        Self::Text { text: text.into(), name: Some(name.into()) }
    }

    /// A picture for a header.
    pub fn image(source: MediaSource) -> Self {
        Self::Image { image: Media::new(source) }
    }

    /// A film for a header.
    pub fn video(source: MediaSource) -> Self {
        Self::Video { video: Media::new(source) }
    }

    /// A file for a header.
    pub fn document(source: MediaSource, filename: impl Into<String>) -> Self {
        let mut document = Media::new(source);
        document.filename = Some(filename.into());
        Self::Document { document }
    }
}

impl From<&str> for Parameter {
    fn from(text: &str) -> Self {
        Self::text(text)
    }
}

impl From<String> for Parameter {
    fn from(text: String) -> Self {
        Self::text(text)
    }
}

impl fmt::Debug for Parameter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Text { .. } => "Text",
            Self::Currency { .. } => "Currency",
            Self::DateTime { .. } => "DateTime",
            Self::Image { .. } => "Image",
            Self::Video { .. } => "Video",
            Self::Document { .. } => "Document",
            Self::Location { .. } => "Location",
            Self::Payload { .. } => "Payload",
            Self::CouponCode { .. } => "CouponCode",
            Self::Other(_) => "Other",
        })
    }
}

/// An amount of money, written in the customer's language where WhatsApp can.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Currency {
    /// What stands there otherwise.
    pub fallback_value: String,
    /// The currency (ISO 4217).
    pub code: String,
    /// The amount times 1000.
    pub amount_1000: i64,
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Currency").finish_non_exhaustive()
    }
}

/// A moment. Cloud API shows the text it is given.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DateTime {
    /// What stands there.
    pub fallback_value: String,
}

impl fmt::Debug for DateTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DateTime").finish_non_exhaustive()
    }
}

/// A place. Meta types coordinates that are sent as strings.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Location {
    /// Degrees north.
    pub latitude: String,
    /// Degrees east.
    pub longitude: String,
    /// What it is called.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Where it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
}

impl fmt::Debug for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Location").finish_non_exhaustive()
    }
}
