//! A call to be made to Prism, as a value.

use std::error::Error;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use serde_json::Value;
use whatsapp_cloud::Client;
use whatsapp_cloud::api::Operation;
use whatsapp_cloud::endpoint::Method;

pub(crate) type Failure = Box<dyn Error + Send + Sync>;

type Done = Pin<Box<dyn Future<Output = whatsapp_cloud::Result<()>>>>;

/// A call, and what to call it.
pub(crate) struct Case {
    /// The type's name, and behind a colon what is special about this one.
    pub(crate) name: String,
    /// The type's name.
    pub(crate) kind: &'static str,
    pub(crate) method: Method,
    /// The path of Meta's reference.
    pub(crate) path: &'static str,
    /// Whether an answer of this name is one to this type.
    hears: fn(&str) -> bool,
    execute: Box<dyn Fn(Client) -> Done>,
}

impl Case {
    pub(crate) fn of<C: Operation + Send + Sync + 'static>(call: C) -> Self {
        let call = Arc::new(call);
        let kind = kind_of::<C>();
        Self {
            name: kind.to_owned(),
            kind,
            method: C::METHOD,
            path: C::PATH,
            hears: |_| true,
            execute: Box::new(move |client| {
                let call = Arc::clone(&call);
                Box::pin(async move { client.execute(call.as_ref()).await.map(drop) })
            }),
        }
    }

    /// One of several calls of a type.
    pub(crate) fn named(mut self, name: &str) -> Self {
        self.name = format!("{}: {name}", self.kind);
        self
    }

    /// Only these answers are to this type: several share a path.
    pub(crate) fn hearing(mut self, hears: fn(&str) -> bool) -> Self {
        self.hears = hears;
        self
    }

    pub(crate) fn hears(&self, answer: &str) -> bool {
        (self.hears)(answer)
    }

    /// Makes the call, and reads the answer.
    pub(crate) async fn execute(&self, client: Client) -> whatsapp_cloud::Result<()> {
        (self.execute)(client).await
    }
}

/// `SendMessage` of `whatsapp_cloud::api::messages::send::SendMessage`.
fn kind_of<C>() -> &'static str {
    let name = std::any::type_name::<C>();
    name.rsplit("::").next().unwrap_or(name)
}

/// What stands in examples for what a caller would write.
const PLACEHOLDERS: &[(&str, &str)] = &[
    ("{{Recipient-Phone-Number}}", "16505551234"),
    ("{{Recipient-WA-Phone-Number}}", "16505551234"),
    ("{{Flow-ID}}", "1"),
    ("<http(s)://", "https://example.com/"),
    ("http(s)://", "https://example.com/"),
    ("-url>", "-url"),
    ("<AUDIO_OBJECT_ID>", "1"),
    ("<DOCUMENT_OBJECT_ID>", "1"),
    ("<IMAGE_OBJECT_ID>", "1"),
    ("<MEDIA_OBJECT_ID>", "1"),
    ("<VIDEO_OBJECT_ID>", "1"),
    ("<TEMPLATE_NAME>", "offer"),
    ("<HEADER_TYPE>", "text"),
];

/// The calls that say what the examples of Meta's file say.
///
/// # Errors
///
/// When none of them belongs to this type.
pub(crate) fn of_examples<C: Operation + Send + Sync + 'static>(
    make: impl Fn(C::Body) -> C,
) -> Result<Vec<Case>, Failure> {
    const EXAMPLES: &str =
        include_str!("../../../whatsapp-cloud/tests/fixtures/meta-openapi/requests.jsonl");
    let mut cases = Vec::new();
    for line in EXAMPLES.lines() {
        let line = PLACEHOLDERS
            .iter()
            .fold(line.to_owned(), |line, (name, value)| line.replace(name, value));
        let example: Value = serde_json::from_str(&line)?;
        let text = |name: &str| example[name].as_str().unwrap_or_default();
        if text("method") != C::METHOD.as_str() || shape(text("path")) != shape(C::PATH) {
            continue;
        }
        // Several types share a path; an example belongs to the one that writes it again.
        let Ok(body) = serde_json::from_value::<C::Body>(example["body"].clone()) else { continue };
        if serde_json::to_value(&body)? == example["body"] {
            cases.push(Case::of(make(body)).named(text("name")));
        }
    }
    if cases.is_empty() {
        return Err(format!("{}: no example of Meta's is one", kind_of::<C>()).into());
    }
    Ok(cases)
}

/// A path whose ids are named alike, whoever writes them: `/{phone_number_id}/media`.
pub(crate) fn shape(path: &str) -> String {
    let path = path.strip_prefix("/{Version}").unwrap_or(path);
    let mut in_braces = false;
    path.chars()
        .map(|char| {
            in_braces = (in_braces || char == '{') && char != '}';
            match char {
                '-' if in_braces => '_',
                _ if in_braces => char.to_ascii_lowercase(),
                _ => char,
            }
        })
        .collect()
}
