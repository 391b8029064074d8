//! Many calls in one request.
//!
//! Source: <https://developers.facebook.com/docs/graph-api/batch-requests>

use bytes::Bytes;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::client::answer::Call;
use crate::client::call::log;
use crate::client::{Client, HttpResponse};
use crate::endpoint::{Body, Endpoint, Host, Part, Request, Token, percent_encode};
use crate::error::{Error, ErrorKind, Result};

/// How many calls Meta takes at once.
const MOST: usize = 50;

/// A call, as it stands in a batch.
#[derive(Serialize)]
struct Entry {
    method: &'static str,
    relative_url: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    body: Option<String>,
}

/// What became of a call in a batch.
#[derive(Deserialize)]
struct Answer {
    code: u16,
    #[serde(default)]
    body: Option<String>,
}

impl Client {
    /// Makes many calls of one kind with few requests: 50 in each, one request after the
    /// other. What became of each call stands where the call stands.
    ///
    /// Each of them counts against Meta's limits as if it were made alone, and may fail alone.
    /// A call that is refused here is not sent, and costs the others nothing. Where a whole
    /// request fails, so do its calls, each with the same kind of error.
    ///
    /// ```no_run
    /// use whatsapp_cloud::Client;
    /// use whatsapp_cloud::api::media::GetMedia;
    ///
    /// # async fn example(client: Client, calls: Vec<GetMedia>) {
    /// for (call, answer) in calls.iter().zip(client.execute_all(&calls).await) {
    ///     match answer {
    ///         Ok(media) => println!("{}: {:?}", call.id, media.file_size),
    ///         Err(error) => println!("{}: {error}", call.id),
    ///     }
    /// }
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// For each call as [`Client::execute`], and beside that:
    ///
    /// - [`ErrorKind::InvalidInput`]: a call that no batch can hold, because it sends a file
    ///   or headers, deletes with a body, or goes to another host or with another token;
    /// - [`ErrorKind::MaybeSent`]: Meta broke the batch off before it told of this one.
    pub async fn execute_all<E: Endpoint + Sync>(&self, calls: &[E]) -> Vec<Result<E::Response>> {
        let mut outcomes = Vec::with_capacity(calls.len());
        for calls in calls.chunks(MOST) {
            outcomes.extend(self.execute_batch(calls).await);
        }
        outcomes
    }

    async fn execute_batch<E: Endpoint + Sync>(&self, calls: &[E]) -> Vec<Result<E::Response>> {
        let call = Call { operation: E::OPERATION, idempotent: E::IDEMPOTENT };
        let entries: Vec<_> = calls.iter().map(|call| entry(call)).collect();
        let taken: Vec<&Entry> = entries.iter().flatten().collect();
        let mut answers =
            if taken.is_empty() { Ok(Vec::new()) } else { self.ask(call, &taken).await }
                .map(Vec::into_iter);
        let outcomes = entries.into_iter().map(|entry| {
            entry?;
            let outcome = match &mut answers {
                // One that Meta did not get to is null, or missing.
                Ok(answers) => match answers.next().flatten() {
                    Some(Answer { code, body }) => {
                        let body = Bytes::from(body.unwrap_or_default());
                        call.read(&HttpResponse::new(code, body))
                    }
                    None => Err(call
                        .error(ErrorKind::MaybeSent)
                        .with_source("the batch was broken off before this call")),
                },
                Err(error) => Err(alike(call, error)),
            };
            log(call, outcome.as_ref().err());
            outcome
        });
        outcomes.collect()
    }

    async fn ask(&self, call: Call, entries: &[&Entry]) -> Result<Vec<Option<Answer>>> {
        let entries = serde_json::to_string(entries)
            .map_err(|error| call.error(ErrorKind::InvalidInput).with_source(error))?;
        let parts = vec![Part::text("batch", entries), Part::text("include_headers", "false")];
        self.exchange(call, Request::post([""; 0]).with_form(parts)).await
    }
}

/// How a call stands in a batch.
fn entry<E: Endpoint>(call: &E) -> Result<Entry> {
    let refused = |why: &'static str| {
        Error::new(E::OPERATION, ErrorKind::InvalidInput)
            .of_idempotent_call(E::IDEMPOTENT)
            .with_source(why)
    };
    let request = call.request()?;
    if request.host() != Host::Graph || *request.token() != Token::Own {
        return Err(refused("a batch goes to one host with one token"));
    }
    if !request.headers().is_empty() {
        return Err(refused("a call in a batch has no headers of its own"));
    }
    let method = request.method().as_str();
    let relative_url = request
        .target()
        .map_err(|error| Error::new(E::OPERATION, ErrorKind::InvalidInput).with_source(error))?;
    let body = match request.body() {
        Body::Empty => None,
        Body::Json(json) if method == "POST" => {
            let value: Value = serde_json::from_slice(json)
                .map_err(|_| refused("the body of a call in a batch is an object"))?;
            Some(
                form(&value)
                    .ok_or_else(|| refused("the body of a call in a batch is an object"))?,
            )
        }
        Body::Json(_) => return Err(refused("only what is posted has a body in a batch")),
        Body::Form(_) | Body::Bytes(_) => return Err(refused("a batch holds no files")),
    };
    Ok(Entry { method, relative_url, body })
}

/// An object in the way of forms: what is no text is written as JSON.
fn form(body: &Value) -> Option<String> {
    let mut form = String::new();
    for (name, value) in body.as_object()? {
        if !form.is_empty() {
            form.push('&');
        }
        percent_encode(name, &mut form);
        form.push('=');
        match value {
            Value::String(text) => percent_encode(text, &mut form),
            other => percent_encode(&other.to_string(), &mut form),
        }
    }
    Some(form)
}

/// The error of the whole, once more for one of its calls.
fn alike(call: Call, error: &Error) -> Error {
    let alike = match error.graph() {
        Some(graph) => {
            Error::from_graph(call.operation, graph.clone()).of_idempotent_call(call.idempotent)
        }
        None => call.error(error.kind()),
    };
    let alike = match error.status() {
        Some(status) => alike.with_status(status),
        None => alike,
    };
    alike.with_retry_after(error.retry_after()).with_source("the batch failed as a whole")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn an_object_is_written_as_a_form_and_what_is_nested_as_json() {
        let body = json!({"to": "+55 11", "type": "text", "text": {"body": "a&b=ç"}, "n": 5});
        assert_eq!(
            form(&body).unwrap(),
            "n=5&text=%7B%22body%22%3A%22a%26b%3D%C3%A7%22%7D&to=%2B55%2011&type=text"
        );
        assert_eq!(form(&json!([])), None);
    }
}
