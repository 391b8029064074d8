//! A transport that answers as it is told, and remembers what it was asked and when.
#![allow(dead_code, reason = "not every test needs all of it")]

use std::collections::VecDeque;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use bytes::Bytes;
use futures_util::future::pending;
use futures_util::{StreamExt as _, stream};
use secrecy::{ExposeSecret as _, SecretString};
use tokio::time::{Instant, sleep};
use whatsapp_cloud::Client;
use whatsapp_cloud::client::{
    ClientBuilder, HttpOpened, HttpRequest, HttpResponse, Transport, TransportError,
};

/// The token of the clients that are made here.
pub(crate) const TOKEN: &str = "EAAcanarytoken";

/// What Meta answers to a message.
pub(crate) const SENT: &str = r#"{"messaging_product":"whatsapp","contacts":[{"input":"+5511999887766","wa_id":"5511999887766"}],"messages":[{"id":"wamid.x"}]}"#;

/// What happens to one request.
#[derive(Clone, Debug)]
pub(crate) enum Act {
    /// An answer.
    Answer(HttpResponse),
    /// An answer whose body comes piece by piece, and may break off.
    Pieces(Vec<Result<Bytes, &'static str>>, Option<&'static str>),
    /// It certainly does not leave.
    NotSent,
    /// Its answer is lost.
    MaybeSent,
    /// Its answer is too long.
    TooLong,
    /// It is never answered.
    Silence,
}

impl Act {
    /// The same with a header.
    pub(crate) fn with_header(mut self, name: &str, value: &str) -> Self {
        if let Self::Answer(answer) = &mut self {
            answer.headers.push((name.to_owned(), value.to_owned()));
        }
        self
    }
}

pub(crate) fn answer(status: u16, body: impl Into<Bytes>) -> Act {
    Act::Answer(HttpResponse::new(status, body))
}

/// Meta's error of this code.
pub(crate) fn code(status: u16, code: i64) -> Act {
    answer(status, format!(r#"{{"error":{{"code":{code},"message":"to +5511999887766"}}}}"#))
}

pub(crate) fn sent() -> Act {
    answer(200, SENT)
}

pub(crate) struct Scripted {
    acts: Mutex<VecDeque<Act>>,
    /// When there are no more acts.
    otherwise: Option<Act>,
    /// How long each answer takes.
    latency: Duration,
    seen: Mutex<Vec<(Duration, HttpRequest)>>,
    start: Instant,
    /// How many pieces of files were asked for.
    pub(crate) given: Arc<AtomicU64>,
}

impl Scripted {
    /// Does one act for each request, and has no more requests than acts.
    pub(crate) fn new(acts: impl IntoIterator<Item = Act>) -> Arc<Self> {
        Self::made(acts, None, Duration::ZERO)
    }

    /// Does the same for each request.
    pub(crate) fn always(act: Act) -> Arc<Self> {
        Self::made([], Some(act), Duration::ZERO)
    }

    /// The acts first, and then always the last one; each after this time.
    pub(crate) fn made(
        acts: impl IntoIterator<Item = Act>,
        otherwise: Option<Act>,
        latency: Duration,
    ) -> Arc<Self> {
        Arc::new(Self {
            acts: Mutex::new(acts.into_iter().collect()),
            otherwise,
            latency,
            seen: Mutex::default(),
            start: Instant::now(),
            given: Arc::default(),
        })
    }

    pub(crate) fn builder(self: &Arc<Self>) -> ClientBuilder {
        let transport: Arc<dyn Transport> = Arc::clone(self) as _;
        Client::builder(SecretString::from(TOKEN)).transport(transport)
    }

    pub(crate) fn client(self: &Arc<Self>) -> Client {
        self.builder().build().unwrap()
    }

    pub(crate) fn requests(&self) -> Vec<HttpRequest> {
        self.seen.lock().unwrap().iter().map(|(_, request)| request.clone()).collect()
    }

    pub(crate) fn count(&self) -> usize {
        self.seen.lock().unwrap().len()
    }

    /// When each request came, in milliseconds.
    pub(crate) fn times(&self) -> Vec<u128> {
        self.seen.lock().unwrap().iter().map(|(at, _)| at.as_millis()).collect()
    }

    pub(crate) fn tokens(&self) -> Vec<Option<String>> {
        let token = |request: &HttpRequest| {
            request.bearer.as_ref().map(|token| token.expose_secret().to_owned())
        };
        self.requests().iter().map(token).collect()
    }

    /// The queries of the requests.
    pub(crate) fn queries(&self) -> Vec<String> {
        let query = |url: &str| url.split_once('?').map_or("", |(_, query)| query).to_owned();
        self.requests().iter().map(|request| query(&request.url)).collect()
    }

    pub(crate) fn last(&self) -> HttpRequest {
        self.requests().last().unwrap().clone()
    }

    async fn act(&self, request: HttpRequest) -> Act {
        self.seen.lock().unwrap().push((self.start.elapsed(), request));
        let act = self.acts.lock().unwrap().pop_front().or_else(|| self.otherwise.clone());
        if !self.latency.is_zero() {
            sleep(self.latency).await;
        }
        act.expect("no more requests than acts")
    }

    async fn answered(act: Act) -> Result<HttpResponse, TransportError> {
        match act {
            Act::Answer(answer) => Ok(answer),
            Act::Pieces(..) => panic!("a file is opened, not read as a whole"),
            Act::NotSent => Err(TransportError::NotSent("no route".into())),
            Act::MaybeSent => Err(TransportError::MaybeSent("cut".into())),
            Act::TooLong => Err(TransportError::AnswerTooLong),
            Act::Silence => pending().await,
        }
    }
}

#[async_trait]
impl Transport for Scripted {
    async fn send(&self, request: HttpRequest) -> Result<HttpResponse, TransportError> {
        Self::answered(self.act(request).await).await
    }

    async fn open(&self, request: HttpRequest) -> Result<HttpOpened, TransportError> {
        match self.act(request).await {
            Act::Pieces(pieces, length) => {
                let given = Arc::clone(&self.given);
                let pieces = stream::iter(pieces).map(move |piece| {
                    given.fetch_add(1, Ordering::Relaxed);
                    piece.map_err(|error| TransportError::MaybeSent(error.into()))
                });
                let mut opened = HttpOpened::new(200, pieces);
                let length = length.map(|length| ("Content-Length".to_owned(), length.to_owned()));
                opened.headers.extend(length);
                Ok(opened)
            }
            act => {
                let HttpResponse { status, headers, body, .. } = Self::answered(act).await?;
                let mut opened = HttpOpened::new(status, stream::iter([Ok(body)]));
                opened.headers = headers;
                Ok(opened)
            }
        }
    }
}
