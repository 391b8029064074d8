//! Many calls in one request.
//!
//! Source: <https://developers.facebook.com/docs/graph-api/batch-requests>

use std::time::Duration;

use bytes::Bytes;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use tracing::Instrument as _;

use crate::client::answer::Call;
use crate::client::attempts::{Repeats, Round, again, of_all};
use crate::client::call::is_token_refused;
use crate::client::observe::Watch;
use crate::client::pace::Turn;
use crate::client::{Client, Decision, HttpResponse, Safety};
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
    /// Where a policy says so, those that failed are made again together, when the longest of
    /// their waits is over: [`ClientBuilder::retry`](crate::client::ClientBuilder::retry).
    /// Those whose token was refused are made again once, with another one.
    /// Where calls wait for their turn, a request holds those whose turn it is, and may hold
    /// fewer than 50.
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
        let mut all = All::new(self, calls);
        let span = all.watch.span();
        all.run().instrument(span).await;
        all.end()
    }
}

/// Many calls of one kind, and what became of them.
struct All<'c, E: Endpoint> {
    client: &'c Client,
    call: Call,
    calls: &'c [E],
    /// Nothing before the first attempt.
    outcomes: Vec<Option<Outcome<E>>>,
    repeats: Repeats<'c>,
    watch: Watch<'c>,
    /// Tokens, and what Meta's headers told last.
    round: Round,
}

/// What is known of one call.
struct Outcome<E: Endpoint> {
    last: Result<E::Response>,
    attempts: u32,
    /// The first attempt that may have had its effect, and was repeated all the same.
    unsure: Option<Error>,
}

impl<'c, E: Endpoint + Sync> All<'c, E> {
    fn new(client: &'c Client, calls: &'c [E]) -> Self {
        let call = Call::of::<E>();
        Self {
            client,
            call,
            calls,
            outcomes: calls.iter().map(|_| None).collect(),
            repeats: Repeats::new(client, call),
            watch: Watch::new(client.inner(), call),
            // One token may be refused for many of them, and is told of once.
            round: Round { keeps_token: true, ..Round::default() },
        }
    }

    fn end(self) -> Vec<Result<E::Response>> {
        let Self { outcomes, watch, .. } = self;
        let told = outcomes.into_iter().flatten().map(|Outcome { last, attempts, unsure }| {
            let outcome = last.map_err(|error| of_all(unsure, error));
            watch.end_of_one(attempts, outcome.as_ref().err());
            outcome
        });
        let told = told.collect();
        watch.end_of_all();
        told
    }

    async fn run(&mut self) {
        self.repeats.begin();
        let mut left: Vec<usize> = (0..self.calls.len()).collect();
        while !left.is_empty() {
            let mut batch = Batch::default();
            for index in left.iter().copied() {
                match entry(&self.calls[index]) {
                    Ok(entry) => {
                        if let Some(full) = self.join(&mut batch, index, entry).await {
                            self.send(full).await;
                        }
                    }
                    Err(error) => self.keep(index, 0, Err(error)),
                }
            }
            self.send(batch).await;
            left = self.again(left).await;
        }
    }

    /// Adds a call to a batch, once it has its turn. Answers with the batch that has to go
    /// first: one that is full, or whose turns would become old while this call waits.
    async fn join(&mut self, batch: &mut Batch, index: usize, entry: Entry) -> Option<Batch> {
        let mut full = (batch.entries.len() >= MOST).then(|| std::mem::take(batch));
        let turn = match self.calls[index].paced() {
            None => Ok(None),
            Some(paced) => match self.client.turn_now(paced) {
                Some(turn) => Ok(turn),
                None => {
                    let waits = std::mem::take(batch);
                    if !waits.entries.is_empty() {
                        self.send(waits).await;
                    }
                    if let Some(full) = full.take() {
                        self.send(full).await;
                    }
                    let from = self.client.inner().clock.now();
                    let turn = self.client.turn(self.call, paced).await;
                    self.watch.waited += self.client.inner().clock.now().saturating_sub(from);
                    turn
                }
            },
        };
        match turn {
            Ok(turn) => {
                batch.indexes.push(index);
                batch.entries.push(entry);
                batch.turns.push(turn);
            }
            Err(error) => self.keep(index, 0, Err(error)),
        }
        full
    }

    async fn send(&mut self, batch: Batch) {
        let Batch { indexes, entries, turns } = batch;
        if entries.is_empty() {
            return;
        }
        self.round.turns = turns;
        let answers = self.ask(&entries).await;
        let turns = std::mem::take(&mut self.round.turns);
        let mut answers = answers.map(Vec::into_iter);
        for (index, turn) in indexes.into_iter().zip(turns) {
            let call = self.call;
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
            // Of the whole request, it is told already.
            if let (Ok(_), Err(error)) = (&answers, &outcome) {
                self.client.refused(error, &mut self.round);
            }
            if let Some(turn) = turn {
                turn.tell(outcome.as_ref().err());
            }
            self.keep(index, 1, outcome);
        }
    }

    async fn ask(&mut self, entries: &[Entry]) -> Result<Vec<Option<Answer>>> {
        let entries = serde_json::to_string(entries)
            .map_err(|error| self.call.error(ErrorKind::InvalidInput).with_source(error))?;
        let parts = vec![Part::text("batch", entries), Part::text("include_headers", "false")];
        let request = Request::post([""; 0]).with_form(parts);
        self.client.exchange(self.call, request, &mut self.round).await
    }

    /// Keeps what became of an attempt. One that had no turn says nothing new of a call that
    /// was made before.
    fn keep(&mut self, index: usize, attempts: u32, last: Result<E::Response>) {
        let before = self.outcomes[index].take();
        self.outcomes[index] = Some(match before {
            None => Outcome { last, attempts, unsure: None },
            Some(before) if attempts == 0 => before,
            Some(Outcome { last: Err(error), attempts: made, unsure }) => {
                let is_unsure =
                    error.may_have_been_sent() && self.repeats.safety() == Safety::AtLeastOnce;
                let unsure = unsure.or(is_unsure.then_some(error));
                Outcome { last, attempts: made + attempts, unsure }
            }
            Some(done) => done,
        });
    }

    /// Which of the calls that were made are made again, after their wait.
    async fn again(&mut self, made: Vec<usize>) -> Vec<usize> {
        let failed: Vec<(usize, &Error)> = made
            .into_iter()
            .filter_map(|index| {
                let outcome = self.outcomes[index].as_ref()?;
                let error = outcome.last.as_ref().err()?;
                (outcome.attempts > 0).then_some((index, error))
            })
            .collect();
        if failed.is_empty() {
            return Vec::new();
        }
        let Some((policy, attempt)) = self.repeats.failed(self.round.told.take()) else {
            return Vec::new();
        };
        let safety = self.repeats.safety();
        let mut left = Vec::new();
        let mut refused = Vec::new();
        let mut longest: Option<(Duration, &Error)> = None;
        for (index, error) in failed {
            match policy.decide(attempt, error, safety) {
                Decision::Retry { after } => {
                    left.push(index);
                    longest = longest.filter(|(wait, _)| *wait >= after).or(Some((after, error)));
                }
                Decision::GiveUp(_) if is_token_refused(error) => {
                    refused.push(index);
                }
                Decision::GiveUp(_) => {}
            }
        }
        if let Some((wait, error)) = longest {
            again(self.call, attempt.number(), wait, error);
            self.client.inner().clock.sleep(wait).await;
            self.watch.waited += wait;
        }
        if !refused.is_empty() && self.repeats.renew((policy, attempt), &mut self.round).await {
            left.append(&mut refused);
            left.sort_unstable();
        }
        left
    }
}

/// Calls that go together.
#[derive(Default)]
struct Batch {
    indexes: Vec<usize>,
    entries: Vec<Entry>,
    turns: Vec<Option<Turn>>,
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
