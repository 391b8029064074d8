//! Many calls in one request.
//!
//! Source: <https://developers.facebook.com/docs/graph-api/batch-requests>

use serde_json::{Value, json};

use crate::endpoint::Method;
use crate::simulator::world::{Asked, AskedBody, Millis, Outcome, Refusal, Reply, World};
use crate::wire::form;

/// The most calls in a batch.
const MOST: usize = 50;

/// How many bytes may be answered before the rest of a batch is left undone. Meta breaks one
/// off that takes too long, and answers null for what it did not get to.
const LONGEST: usize = 8 * 1024 * 1024;

impl World {
    /// Each call of a batch in turn; each has its own answer.
    pub(super) fn batch(&mut self, asked: &Asked, now: Millis) -> Result<Outcome, Refusal> {
        let parameters = asked.parameters()?;
        let Some(Value::Array(entries)) = parameters.get("batch") else {
            return Err(Refusal::new(100, "Param batch must be an array"));
        };
        if entries.len() > MOST {
            let details =
                format!("Too many requests in batch message. Maximum batch size is {MOST}");
            return Err(Refusal::new(100, details));
        }
        let mut answers = Vec::with_capacity(entries.len());
        let mut news = Vec::new();
        let mut length = 0;
        for entry in entries {
            if length > LONGEST {
                answers.push(Value::Null);
                continue;
            }
            let outcome = match entry_of_batch(entry, asked) {
                Ok(call) => self.handle(&call, now),
                Err(refusal) => refusal.into_outcome(),
            };
            news.extend(outcome.news);
            let (status, body) = match outcome.reply {
                Reply::Json { status, value } => (status, value.to_string()),
                Reply::File { .. } => (200, String::new()),
                Reply::Empty { status } => (status, String::new()),
            };
            length += body.len();
            answers.push(json!({"code": status, "body": body}));
        }
        Ok(Outcome::json(Value::Array(answers)).telling(news))
    }
}

/// A call as it stands in a batch, made with the token of the whole.
fn entry_of_batch(entry: &Value, whole: &Asked) -> Result<Asked, Refusal> {
    let method = match entry["method"].as_str() {
        Some("GET") => Method::Get,
        Some("POST") => Method::Post,
        Some("DELETE") => Method::Delete,
        _ => return Err(Refusal::new(100, "Param method must be one of {GET, POST, DELETE}")),
    };
    let Some(url) = entry["relative_url"].as_str() else {
        return Err(Refusal::new(100, "The parameter relative_url is required"));
    };
    let (path, query) = url.split_once('?').unwrap_or((url, ""));
    let path = Asked::segments(path);
    // Each level would multiply what the one above it takes.
    if path.is_empty() {
        return Err(Refusal::new(100, "A batch cannot be part of a batch"));
    }
    let call = Asked {
        method,
        path,
        query: form::pairs(query).map(|(name, value)| (text(name), text(value))).collect(),
        authorization: None,
        file_offset: None,
        body: AskedBody::form(entry["body"].as_str().unwrap_or_default()),
    };
    let call = call.with_its_token();
    // Its own token comes first.
    if call.token().is_empty() {
        return Ok(Asked { authorization: Some(format!("Bearer {}", whole.token())), ..call });
    }
    Ok(call)
}

/// What was written, decoded.
fn text(written: &str) -> String {
    String::from_utf8_lossy(&form::decode(written)).into_owned()
}
