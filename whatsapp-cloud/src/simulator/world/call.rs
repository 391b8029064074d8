//! A call: who asks, for what, and what it leads to.

use serde_json::{Map, Value, json};

use crate::endpoint::Method;
use crate::simulator::world::{News, Refusal};
use crate::wire::form;

/// A call to the simulated Graph.
pub(in crate::simulator) struct Asked {
    pub(in crate::simulator) method: Method,
    /// The path's segments, without the version.
    pub(in crate::simulator) path: Vec<String>,
    pub(in crate::simulator) query: Vec<(String, String)>,
    /// The header `Authorization`, as it is.
    pub(in crate::simulator) authorization: Option<String>,
    /// The header `file_offset` of a resumable upload.
    pub(in crate::simulator) file_offset: Option<String>,
    pub(in crate::simulator) body: AskedBody,
}

/// What a call sends along.
pub(in crate::simulator) enum AskedBody {
    Bytes(Vec<u8>),
    /// A form: `multipart/form-data`, or one of texts only.
    Form(Vec<Upload>),
}

impl AskedBody {
    /// A form of texts, as browsers write it.
    pub(in crate::simulator) fn form(written: &str) -> Self {
        let parts = form::pairs(written).map(|(name, value)| Upload {
            name: String::from_utf8_lossy(&form::decode(name)).into_owned(),
            file_name: None,
            mime_type: None,
            bytes: form::decode(value).into_owned(),
        });
        Self::Form(parts.collect())
    }
}

/// One part of a form.
pub(in crate::simulator) struct Upload {
    pub(in crate::simulator) name: String,
    pub(in crate::simulator) file_name: Option<String>,
    pub(in crate::simulator) mime_type: Option<String>,
    pub(in crate::simulator) bytes: Vec<u8>,
}

/// What a call leads to.
pub(in crate::simulator) struct Outcome {
    pub(in crate::simulator) reply: Reply,
    /// In the order in which they are posted.
    pub(in crate::simulator) news: Vec<News>,
}

/// What is answered.
pub(in crate::simulator) enum Reply {
    Json { status: u16, value: Value },
    File { bytes: Vec<u8>, mime_type: String },
    Empty { status: u16 },
}

impl Asked {
    pub(super) fn query(&self, name: &str) -> Option<&str> {
        self.query.iter().find(|(found, _)| found == name).map(|(_, value)| value.as_str())
    }

    /// The members of what was sent: those of a JSON object, and of the query where it has
    /// none of that name. Graph takes parameters from both.
    pub(super) fn parameters(&self) -> Result<Map<String, Value>, Refusal> {
        let mut members = match &self.body {
            AskedBody::Bytes(bytes) if bytes.is_empty() => Map::new(),
            AskedBody::Bytes(bytes) => match serde_json::from_slice(bytes) {
                Ok(Value::Object(members)) => members,
                Ok(_) | Err(_) => {
                    return Err(Refusal::new(100, "The body is not a valid JSON object"));
                }
            },
            AskedBody::Form(parts) => parts
                .iter()
                .filter(|part| part.file_name.is_none())
                .filter_map(|part| {
                    let text = String::from_utf8(part.bytes.clone()).ok()?;
                    Some((part.name.clone(), nested(text)))
                })
                .collect(),
        };
        for (name, value) in &self.query {
            if !members.contains_key(name) {
                members.insert(name.clone(), value.as_str().into());
            }
        }
        // What is null is not there, says Graph.
        members.retain(|_, value| !value.is_null());
        // These say who asks, not what is asked.
        for name in ["access_token", "appsecret_proof"] {
            members.remove(name);
        }
        Ok(members)
    }

    /// The path's segments, without the version if there is one.
    pub(in crate::simulator) fn segments(path: &str) -> Vec<String> {
        let mut segments = path.split('/').filter(|segment| !segment.is_empty()).peekable();
        let version = |segment: &&str| {
            segment.strip_prefix('v').is_some_and(|rest| {
                rest.contains('.') && rest.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
            })
        };
        segments.next_if(version);
        segments.map(str::to_owned).collect()
    }

    /// The part of the form that is called so.
    pub(super) fn part(&self, name: &str) -> Option<&Upload> {
        match &self.body {
            AskedBody::Form(parts) => parts.iter().find(|part| part.name == name),
            AskedBody::Bytes(_) => None,
        }
    }
}

impl Reply {
    pub(super) fn status(&self) -> u16 {
        match self {
            Self::Json { status, .. } | Self::Empty { status } => *status,
            Self::File { .. } => 200,
        }
    }
}

impl Outcome {
    pub(super) fn json(value: Value) -> Self {
        Self { reply: Reply::Json { status: 200, value }, news: Vec::new() }
    }

    pub(super) fn success() -> Self {
        Self::json(json!({"success": true}))
    }

    pub(super) fn empty(status: u16) -> Self {
        Self { reply: Reply::Empty { status }, news: Vec::new() }
    }

    pub(super) fn telling(mut self, news: impl IntoIterator<Item = News>) -> Self {
        self.news.extend(news);
        self
    }
}

/// In a form, objects and lists are written as JSON.
fn nested(text: String) -> Value {
    let is_nested = text.starts_with(['{', '[']);
    match serde_json::from_str(&text) {
        Ok(value) if is_nested => value,
        Ok(_) | Err(_) => text.into(),
    }
}
