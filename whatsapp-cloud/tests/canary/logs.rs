//! What is logged while a business works, and much goes wrong.
//!
//! Heard is this whole process, at every level: `tracing`, which this crate and hyper use, and
//! `log`, which reqwest uses.

use std::fmt::{Debug, Write as _};
use std::sync::{Arc, Mutex, OnceLock};
use std::time::Duration;

use axum::Router;
use tokio::net::TcpListener;
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};
use whatsapp_cloud::api::media::MediaInfo;
use whatsapp_cloud::api::messages::Message;
use whatsapp_cloud::api::templates::ListTemplates;
use whatsapp_cloud::client::limiter::LimiterOptions;
use whatsapp_cloud::client::{CallObserver, Called, Pacer, RetryPolicy};
use whatsapp_cloud::endpoint::Payload;
use whatsapp_cloud::simulator::{Access, Aim, Fault, Permission, Simulator, WebhookFault};
use whatsapp_cloud::webhook::axum::{Answer, VerifiedBytes, route};
use whatsapp_cloud::webhook::{Handshake, Verifier};
use whatsapp_cloud::{Client, Error};

use crate::shown::{EVERY, NAME, PHONE, SECRET, Shown, TEXT, WAMID, error, leak, shown};

/// Keeps every text and value that is logged in this process.
struct Heard;

fn heard() -> &'static Mutex<String> {
    static HEARD: OnceLock<Mutex<String>> = OnceLock::new();
    HEARD.get_or_init(Mutex::default)
}

fn listen() {
    static LISTENING: OnceLock<()> = OnceLock::new();
    LISTENING.get_or_init(|| {
        tracing::subscriber::set_global_default(Heard).unwrap();
        log::set_logger(&Heard).unwrap();
        log::set_max_level(log::LevelFilter::Trace);
    });
}

struct Words<'a>(&'a mut String);

impl Visit for Words<'_> {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        write!(self.0, "{field}={value:?} ").unwrap();
    }
}

impl Subscriber for Heard {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        let mut heard = heard().lock().unwrap();
        write!(heard, "\n{} ", span.metadata().name()).unwrap();
        span.record(&mut Words(&mut heard));
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, values: &Record<'_>) {
        values.record(&mut Words(&mut heard().lock().unwrap()));
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        let mut heard = heard().lock().unwrap();
        write!(heard, "\n{} ", event.metadata().target()).unwrap();
        event.record(&mut Words(&mut heard));
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

impl log::Log for Heard {
    fn enabled(&self, _: &log::Metadata<'_>) -> bool {
        true
    }

    fn log(&self, record: &log::Record<'_>) {
        writeln!(heard().lock().unwrap(), "\n{} {}", record.target(), record.args()).unwrap();
    }

    fn flush(&self) {}
}

/// Keeps what is told of calls.
#[derive(Default)]
struct Watching(Mutex<Vec<String>>);

impl CallObserver for Watching {
    fn called(&self, called: &Called) {
        self.0.lock().unwrap().push(format!("{called:?}"));
    }
}

/// What a session showed.
pub(crate) struct Session {
    pub(crate) shown: Vec<Shown>,
    errors: Vec<Error>,
    called: Vec<String>,
}

/// A callback of the business's. What it got is kept as it shows itself.
async fn callback(seen: &Arc<Mutex<Vec<Shown>>>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    let seen = Arc::clone(seen);
    let handler = move |delivery: VerifiedBytes| {
        let mut seen = seen.lock().unwrap();
        seen.push(shown(&delivery));
        seen.extend(delivery.verified().events().map(|event| shown(&event.into_owned())));
        std::future::ready(Answer::Accepted)
    };
    let verifier = Verifier::new([SECRET.into()]).unwrap();
    let app: Router = route(verifier, Handshake::new(SECRET.into()).unwrap(), handler);
    tokio::spawn(async move { axum::serve(listener, app).await });
    url
}

pub(crate) async fn session() -> Session {
    listen();
    let seen = Arc::new(Mutex::new(Vec::new()));
    let builder = Simulator::builder()
        .app_secret(SECRET.into())
        .verify_token(SECRET.into())
        .token(SECRET.into())
        .callback(callback(&seen).await)
        .retry_first(Duration::from_millis(2));
    let mut all = vec![shown(&builder)];
    let simulator = builder.start().await.unwrap();
    let customer = simulator.customer(PHONE).named(NAME);
    let question = customer.says(TEXT).await;
    simulator.idle().await;

    let watching = Arc::new(Watching::default());
    let made = |token: &str, attempts: u32| {
        Client::builder(token.into())
            .base_url(simulator.base_url())
            .app_secret(SECRET.into())
            .timeout(Duration::from_millis(300))
            .retry(
                RetryPolicy::default()
                    .attempts(attempts)
                    .waits(Duration::from_millis(1), Duration::from_millis(2)),
            )
            .pace(Pacer::new(LimiterOptions::default()))
            .observe(Arc::clone(&watching) as Arc<dyn CallObserver>)
            .build()
            .unwrap()
    };
    let client = made(SECRET, 2);
    let mut errors = work(&client, &simulator, &question).await;
    assert!(errors.is_empty(), "{errors:?}");
    for fault in [
        Fault::DropBeforeEffect,
        Fault::DropAnswerAfterEffect,
        Fault::CutAnswer,
        Fault::Slow(Duration::from_secs(1)),
        Fault::Status(404),
        Fault::Status(503),
        Fault::StatusAfterEffect(502),
        Fault::Graph(190),
        Fault::Graph(131_026),
        Fault::Graph(131_056),
        Fault::Throttled(Duration::from_secs(1)),
    ] {
        let other = made(SECRET, 1);
        simulator.fail_next(fault);
        let sent = other
            .phone_number(simulator.phone_number_id().clone())
            .send(Message::text(PHONE, TEXT))
            .await;
        errors.extend(sent.err());
        simulator.fail_next(fault);
        errors.extend(other.media("1").get().await.err());
    }
    for fault in
        [WebhookFault::Duplicate, WebhookFault::Lose, WebhookFault::Delay(Duration::from_millis(1))]
    {
        simulator.disturb_next(fault);
        customer.says(TEXT).await;
    }
    simulator.idle().await;
    // Tokens and people that are refused.
    errors.extend(work(&made("CANARY-SECRET-OF-ANOTHER", 1), &simulator, &question).await);
    let far = client.phone_number(simulator.phone_number_id().clone());
    errors.extend(far.send(Message::text("5511987654321", EVERY.repeat(100))).await.err());
    errors.extend(far.send(Message::text("5511987654321", TEXT).reply_to(WAMID)).await.err());
    errors.extend(far.send(Message::text("551198765432100000", TEXT)).await.err());
    let granted = "CANARY-SECRET-GRANTED".into();
    simulator.grant(&granted, Access::to([Permission::Messaging]));
    errors.extend(work(&made("CANARY-SECRET-GRANTED", 1), &simulator, &question).await);
    simulator.revoke(&granted);
    errors.extend(work(&made("CANARY-SECRET-GRANTED", 1), &simulator, &question).await);
    let posted = [
        simulator.post_raw(format!("not JSON: {EVERY}")).await.err(),
        simulator.post_raw(crate::told::delivery().to_string()).await.err(),
        simulator.set_callback(EVERY).await.err(),
        simulator.set_callback(format!("http://127.0.0.1:1/{SECRET}")).await.err(),
        simulator.redeliver_last().await.err(),
        Simulator::builder().phone_number(EVERY).start().await.err(),
        Simulator::builder().callback(EVERY).start().await.err(),
    ];
    errors.extend(posted.into_iter().flatten());
    all.extend(simulator.sent().iter().map(shown));
    all.extend(simulator.receipts().iter().map(shown));
    all.extend(simulator.deliveries().iter().map(shown));
    all.extend(simulator.calls().iter().map(shown));
    all.extend([
        shown(&customer),
        shown(&Access::to([Permission::Messaging])),
        shown(&simulator),
        shown(&Aim::at(EVERY)),
        shown(&client),
    ]);
    simulator.shutdown().await;
    all.append(&mut seen.lock().unwrap());
    let called = watching.0.lock().unwrap().clone();
    Session { shown: all, errors, called }
}

/// Sends, uploads, downloads, reads templates; what failed is given back.
async fn work(
    client: &Client,
    simulator: &Simulator,
    question: &whatsapp_cloud::MessageId,
) -> Vec<Error> {
    let number = client.phone_number(simulator.phone_number_id().clone());
    let sent = number.send(Message::text(PHONE, TEXT).with_opaque_data(TEXT)).await;
    let mut failed = vec![sent.err(), number.mark_as_read(question).await.err()];
    let file = Payload::from(EVERY.as_bytes().to_vec());
    let upload = whatsapp_cloud::api::media::UploadMedia {
        from: simulator.phone_number_id().clone(),
        file,
        mime_type: "text/plain".to_owned(),
        filename: format!("{NAME}.txt"),
    };
    match client.execute(&upload).await {
        Ok(uploaded) => {
            let info: Result<MediaInfo, _> = client.media(uploaded.id.clone()).get().await;
            match info {
                Ok(info) => {
                    failed.push(client.download(&info).await.err());
                    failed.push(client.open_download(&info).await.err());
                }
                Err(error) => failed.push(Some(error)),
            }
            failed.push(client.media(uploaded.id).delete().await.err());
        }
        Err(error) => failed.push(Some(error)),
    }
    failed.push(client.execute(&ListTemplates::new(simulator.account_id().clone())).await.err());
    failed.into_iter().flatten().collect()
}

#[tokio::test]
async fn no_log_no_span_and_no_observer_hears_a_canary() {
    let session = session().await;

    for error in &session.errors {
        let told = self::error(error);
        assert_eq!(leak(&told), None, "{told}");
    }
    assert!(session.errors.len() > 20, "{}", session.errors.len());
    assert!(session.called.len() > 20, "{}", session.called.len());
    let called = session.called.join("\n");
    assert_eq!(leak(&called), None, "{called}");
    let heard = heard().lock().unwrap();
    for expected in ["send message", "reqwest", "hyper"] {
        assert!(heard.contains(expected), "{expected} was heard");
    }
    let line = heard.lines().find(|line| leak(line).is_some());
    assert_eq!(line, None);
}

#[test]
fn what_is_logged_is_heard_whoever_logs_it() {
    listen();
    // The name of this module, which would be the target, is one of those that are looked for.
    tracing::trace!(target: "said", field = "of a field", "said by tracing {}", 1);
    let _span = tracing::trace_span!("a span", field = "of a span").entered();
    tracing::Span::current().record("field", "recorded later");
    log::trace!(target: "said", "said by log {}", 2);

    let heard = heard().lock().unwrap();
    for expected in ["of a field", "said by tracing 1", "a span", "of a span", "said by log 2"] {
        assert!(heard.contains(expected), "{expected}");
    }
}
