//! What is told of each call: to the log, to spans, and to whoever counts.
#![allow(missing_docs, clippy::unwrap_used)]

use std::cell::RefCell;
use std::fmt::Debug;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, Once};
use std::time::Duration;

use serde_json::{Value, json};
use tokio::time::timeout;
use tracing::field::{Field, Visit};
use whatsapp_cloud::api::media::{GetMedia, MediaInfo};
use whatsapp_cloud::api::messages::{Message, SendMessage};
use whatsapp_cloud::client::limiter::Throughput;
use whatsapp_cloud::client::{CallObserver, CallOutcome, Called, Pacer, RetryPolicy};
use whatsapp_cloud::{Client, Error, ErrorKind};

mod support;

use support::{Act, SENT, Scripted, TOKEN, answer, code, sent};

const NUMBER: &str = "106540352242922";
const PHONE: &str = "5511999887766";

/// What must not be shown anywhere.
const CANARIES: [&str; 5] = [TOKEN, PHONE, NUMBER, "canary", "wamid.x"];

fn shows_nothing(shown: &str) {
    for canary in CANARIES {
        assert!(!shown.contains(canary), "{canary} in {shown}");
    }
}

/// Keeps what it is told.
#[derive(Default)]
struct Told(Mutex<Vec<Called>>);

impl CallObserver for Told {
    fn called(&self, called: &Called) {
        shows_nothing(&format!("{called:?}"));
        self.0.lock().unwrap().push(called.clone());
    }
}

impl Told {
    fn take(&self) -> Vec<Called> {
        std::mem::take(&mut *self.0.lock().unwrap())
    }

    fn one(&self) -> Called {
        let mut all = self.take();
        assert_eq!(all.len(), 1, "{all:?}");
        all.remove(0)
    }
}

fn told(meta: &Arc<Scripted>) -> (Arc<Told>, Client) {
    let told = Arc::new(Told::default());
    let client = meta.builder().observe(told.clone()).retry(RetryPolicy::default()).build();
    (told, client.unwrap())
}

fn message() -> SendMessage {
    let message = Message::text(PHONE, "canary text").with_opaque_data("canary data");
    SendMessage { from: NUMBER.into(), message }
}

async fn send(client: &Client) -> Result<(), Error> {
    client.execute(&message()).await.map(|_| ())
}

#[tokio::test(start_paused = true)]
async fn each_call_is_told_of_once_with_what_became_of_it() {
    let meta = Scripted::made([sent()], Some(code(400, 131_047)), Duration::from_millis(90));
    let (told, client) = told(&meta);
    send(&client).await.unwrap();
    let done = told.one();
    assert_eq!((done.operation, done.outcome), ("send message", CallOutcome::Done));
    assert_eq!((done.code, done.status, done.attempts), (None, None, 1));
    assert_eq!((done.latency, done.waited), (Duration::from_millis(90), Duration::ZERO));

    send(&client).await.unwrap_err();
    let refused = told.one();
    assert_eq!(refused.outcome, CallOutcome::Failed(ErrorKind::WindowClosed));
    assert_eq!((refused.code, refused.status, refused.attempts), (Some(131_047), Some(400), 1));

    // What is refused here was never made.
    client.phone_number(NUMBER).send(Message::text(PHONE, "")).await.unwrap_err();
    let invalid = told.one();
    assert_eq!(invalid.outcome.as_str(), "invalid_input");
    assert_eq!(invalid.attempts, 0);
}

#[tokio::test(start_paused = true)]
async fn attempts_and_waits_are_counted() {
    let limited = code(429, 130_429).with_header("Retry-After", "7");
    let (told, client) = told(&Scripted::new([limited.clone(), limited, sent()]));
    send(&client).await.unwrap();
    let called = told.one();

    assert_eq!(called.attempts, 3);
    assert!(called.waited >= Duration::from_secs(14), "{called:?}");
    assert!(called.latency >= called.waited, "{called:?}");
}

#[tokio::test(start_paused = true)]
async fn the_wait_for_a_turn_is_told() {
    let pacer = Pacer::default();
    pacer.set_throughput(&NUMBER.into(), Throughput::per_second(1)).unwrap();
    let told = Arc::new(Told::default());
    let meta = Scripted::always(sent());
    let client = meta.builder().observe(told.clone()).pace(pacer).build().unwrap();
    send(&client).await.unwrap();
    send(&client).await.unwrap();

    let waited: Vec<_> = told.take().iter().map(|called| called.waited).collect();
    assert_eq!(waited[0], Duration::ZERO);
    assert!(waited[1] > Duration::from_millis(900), "{waited:?}");
}

#[tokio::test(start_paused = true)]
async fn a_call_that_is_dropped_is_told_of() {
    let (told, client) = told(&Scripted::always(Act::Silence));
    timeout(Duration::from_secs(2), send(&client)).await.unwrap_err();
    let called = told.one();
    assert_eq!((called.outcome, called.attempts), (CallOutcome::Dropped, 1));
    assert_eq!(called.latency, Duration::from_secs(2));
}

#[tokio::test(start_paused = true)]
async fn of_a_batch_each_call_is_told_of() {
    let refused = json!({"error": {"code": 131_047, "message": PHONE}}).to_string();
    let answers = json!([{"code": 200, "body": SENT}, {"code": 400, "body": refused}]);
    let (told, client) = told(&Scripted::new([answer(200, answers.to_string())]));
    client.execute_all(&[message(), message()]).await;
    let outcomes: Vec<_> = told.take().iter().map(|called| called.outcome.as_str()).collect();
    assert_eq!(outcomes, ["done", "window_closed"]);
}

#[tokio::test(start_paused = true)]
async fn a_download_is_told_of() {
    let info = json!({"id": "1", "url": "https://lookaside.fbsbx.com/canary"});
    let info: MediaInfo = serde_json::from_value(info).unwrap();
    let file = Act::Pieces(vec![Ok("canary".into())], None);
    let (told, client) =
        told(&Scripted::new([answer(503, ""), file.clone(), file, answer(404, "")]));
    client.download(&info).await.unwrap();
    let called = told.one();
    assert_eq!((called.operation, called.attempts), ("download media", 2));
    drop(client.open_download(&info).await.unwrap());
    assert_eq!(told.one().outcome, CallOutcome::Done);
    client.open_download(&info).await.unwrap_err();
    assert_eq!(told.one().outcome.as_str(), "not_found");
}

thread_local! {
    /// What was logged on this thread: each test runs on its own.
    static LOGGED: RefCell<String> = const { RefCell::new(String::new()) };
}

/// Keeps every value of every line and span, of every level and whoever logs it.
struct Log;

struct Line<'a>(&'a mut String);

impl Visit for Line<'_> {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.0.push_str(&format!("{field}={value:?}\n"));
    }
}

impl tracing::Subscriber for Log {
    fn enabled(&self, _: &tracing::Metadata<'_>) -> bool {
        true
    }
    fn new_span(&self, span: &tracing::span::Attributes<'_>) -> tracing::span::Id {
        static NEXT: AtomicU64 = AtomicU64::new(1);
        LOGGED.with_borrow_mut(|logged| {
            logged.push_str(&format!("span {}\n", span.metadata().name()));
            span.record(&mut Line(logged));
        });
        tracing::span::Id::from_u64(NEXT.fetch_add(1, Ordering::Relaxed))
    }
    fn record(&self, _: &tracing::span::Id, values: &tracing::span::Record<'_>) {
        LOGGED.with_borrow_mut(|logged| values.record(&mut Line(logged)));
    }
    fn record_follows_from(&self, _: &tracing::span::Id, _: &tracing::span::Id) {}
    fn event(&self, event: &tracing::Event<'_>) {
        LOGGED.with_borrow_mut(|logged| {
            logged.push_str("event\n");
            event.record(&mut Line(logged));
        });
    }
    fn enter(&self, _: &tracing::span::Id) {}
    fn exit(&self, _: &tracing::span::Id) {}
}

/// What is logged from here on, for all threads: what a thread without a subscriber logs first
/// would be switched off for good.
fn listen() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| tracing::subscriber::set_global_default(Log).unwrap());
    // Lets tracing ask again about lines that were logged before.
    drop(tracing::Dispatch::new(Log));
    LOGGED.take();
}

#[tokio::test(start_paused = true)]
async fn a_call_is_one_span_and_one_line() {
    listen();
    let refusal = r#"{"error":{"message":"to +5511999887766","code":131047,"fbtrace_id":"Az8"}}"#;
    let meta = Scripted::new([sent(), answer(400, refusal), Act::MaybeSent]);
    let client = meta.client();
    send(&client).await.unwrap();
    send(&client).await.unwrap_err();
    send(&client).await.unwrap_err();
    let lines = LOGGED.take();

    assert_eq!(lines.matches("span call\n").count(), 3, "{lines}");
    assert_eq!(lines.matches("event\n").count(), 3, "{lines}");
    assert!(lines.contains("send message: done"), "{lines}");
    assert!(lines.contains("code=131047") && lines.contains("Az8"), "{lines}");
    assert!(lines.contains("send message: may have been sent"), "{lines}");
    for told in ["outcome=\"done\"", "outcome=\"window_closed\"", "outcome=\"maybe_sent\""] {
        assert_eq!(lines.matches(told).count(), 1, "{told} in {lines}");
    }
    for told in ["attempts=1", "latency_ms=0", "status=400"] {
        assert!(lines.contains(told), "{told} in {lines}");
    }
    shows_nothing(&lines);
}

#[tokio::test(start_paused = true)]
async fn whatever_becomes_of_calls_the_finest_log_shows_nothing() {
    listen();
    let batch = json!([{"code": 200, "body": SENT}, null]);
    let acts = [
        Act::NotSent,
        code(429, 130_429).with_header("Retry-After", "1"),
        code(401, 190),
        answer(200, r#"{"contacts":"5511999887766"}"#),
        answer(200, "<html>5511999887766"),
        answer(503, "5511999887766"),
        code(400, 131_026),
        Act::MaybeSent,
        Act::TooLong,
        sent(),
    ];
    let pacer = Pacer::default();
    let meta = Scripted::new(acts.clone());
    let build = |meta: &Arc<Scripted>| {
        meta.builder().retry(RetryPolicy::default()).pace(pacer.clone()).build().unwrap()
    };
    let client = build(&meta);
    let mut errors = String::new();
    while meta.count() < acts.len() {
        if let Err(error) = send(&client).await {
            errors.push_str(&format!("{error} {error:?}"));
        }
    }
    let meta = Scripted::always(answer(200, batch.to_string()));
    build(&meta).execute_all(&[message(), message()]).await;
    let meta = Scripted::new([answer(503, ""), answer(200, r#"{"id":"canary","url":"canary"}"#)]);
    let info = build(&meta).execute(&GetMedia { id: "1".into(), from: None }).await.unwrap();
    build(&meta).download(&info).await.unwrap_err();
    let dropped = build(&Scripted::always(Act::Silence));
    timeout(Duration::from_secs(100), send(&dropped)).await.unwrap_err();

    let lines = LOGGED.take();
    assert!(lines.contains("it is done again") && lines.contains("outcome=\"dropped\""), "{lines}");
    shows_nothing(&lines);
    shows_nothing(&errors);
    shows_nothing(&format!("{client:?} {pacer:?} {:?}", client.phone_number("1")));
    let _: Value = batch;
}
