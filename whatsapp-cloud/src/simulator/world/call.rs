//! A call: who asks, for what, and what it leads to.

use secrecy::ExposeSecret;
use serde_json::{Value, json};

use crate::endpoint::Method;
use crate::simulator::world::{Refusal, Upload, World};

/// A call to the simulated Graph.
pub(in crate::simulator) struct Asked {
    pub(in crate::simulator) method: Method,
    /// The path's segments, without the version.
    pub(in crate::simulator) path: Vec<String>,
    pub(in crate::simulator) query: Vec<(String, String)>,
    pub(in crate::simulator) authorization: Option<String>,
    pub(in crate::simulator) body: AskedBody,
}

impl Asked {
    pub(super) fn query(&self, name: &str) -> Option<&str> {
        self.query.iter().find(|(found, _)| found == name).map(|(_, value)| value.as_str())
    }
}

/// What a call sends along.
pub(in crate::simulator) enum AskedBody {
    Bytes(Vec<u8>),
    Form(Vec<Upload>),
}

/// What a call leads to.
pub(in crate::simulator) struct Outcome {
    pub(in crate::simulator) reply: Reply,
    /// In the order in which they are posted.
    pub(in crate::simulator) webhooks: Vec<Value>,
}

/// What is answered.
pub(in crate::simulator) enum Reply {
    Json { status: u16, value: Value },
    File { bytes: Vec<u8>, mime_type: String },
    Empty { status: u16 },
}

impl Outcome {
    pub(super) fn json(value: Value) -> Self {
        Self { reply: Reply::Json { status: 200, value }, webhooks: Vec::new() }
    }

    pub(super) fn success() -> Self {
        Self::json(json!({"success": true}))
    }
}

impl World {
    /// What `asked` leads to at `now`.
    pub(in crate::simulator) fn handle(&mut self, asked: &Asked, now: i64) -> Outcome {
        let path: Vec<&str> = asked.path.iter().map(String::as_str).collect();
        if let (Method::Get, ["media-file", id]) = (asked.method, path.as_slice()) {
            return if self.knows(asked) {
                self.download(id, asked, now)
            } else {
                Outcome { reply: Reply::Empty { status: 401 }, webhooks: Vec::new() }
            };
        }
        if !self.knows(asked) {
            return Refusal::new(190, "").into_outcome();
        }
        let number = self.setup.phone_number_id.as_str();
        let outcome = match (asked.method, path.as_slice()) {
            (Method::Post, [id, "messages"]) if *id == number => self.message(asked, now),
            (Method::Post, [id, "media"]) if *id == number => self.upload(asked),
            (Method::Get, [id]) => self.get_file(id, asked, now),
            (Method::Delete, [id]) => self.delete_file(id, asked),
            _ => Err(Refusal::unknown_object()),
        };
        outcome.unwrap_or_else(Refusal::into_outcome)
    }

    fn knows(&self, asked: &Asked) -> bool {
        let token = asked.authorization.as_deref().and_then(|value| value.strip_prefix("Bearer "));
        // A simulator's token is no secret worth constant time.
        token.is_some_and(|token| token == self.setup.token.expose_secret())
    }
}
