//! The other Rust crates that read WhatsApp's webhooks, each by its own public way.

use std::panic::catch_unwind;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use axum::http::{HeaderValue, Request, StatusCode};
use bytes::Bytes;
use meta_whatsapp::WebhookVerifier;
use tokio::runtime::Runtime;
use whatsapp_business_rs::server::{ErrorContext, Event, EventContext, Handler};
use whatsapp_business_rs::webhook_service::WebhookService;
use whatsapp_cloud::webhook::axum::MAX_BODY;

use crate::bodies::{ACCOUNT, Delivery, PHONE_NUMBER, SECRET};
use crate::contender::{Contender, Scope};

/// All of them.
pub fn all() -> Vec<Contender> {
    vec![meta_whatsapp(), whatsapp_business_rs(), whatsapp(), wacloudapi(), whatsapp_handler()]
}

/// `WebhookVerifier::verify_and_parse`, with a limit that lets a batch pass.
fn meta_whatsapp() -> Contender {
    let verifier = WebhookVerifier::new(SECRET).expect("a secret is given");
    let verifier = verifier.with_max_body_bytes(MAX_BODY);
    let read = move |delivery: &Delivery| {
        verifier.verify_and_parse(&delivery.body, &delivery.signature).ok()
    };
    Contender::new("meta-whatsapp", Scope::Verifies, read, |payload| {
        payload.inbound_messages().count() + payload.statuses().count()
    })
}

/// `WebhookService::handle`, the way for a server of one's own: its parser is private.
///
/// So a request is made for each delivery, and each event goes to a task, as it does there.
fn whatsapp_business_rs() -> Contender {
    let runtime = tokio::runtime::Builder::new_current_thread().build();
    let handled = Arc::default();
    let handler = Count(Arc::clone(&handled));
    let peer = Rc::new(Peer {
        runtime: runtime.expect("a runtime without I/O asks for nothing"),
        service: WebhookService::<Count>::builder().verify_payload(SECRET).build(handler),
        handled,
    });
    let finds = Rc::clone(&peer);
    Contender {
        name: "whatsapp-business-rs",
        scope: Scope::Verifies,
        found: Box::new(move |delivery| finds.read(delivery, 1)),
        run: Box::new(move |delivery, times| {
            peer.read(delivery, times);
        }),
    }
}

struct Peer {
    runtime: Runtime,
    service: WebhookService<Count>,
    handled: Arc<AtomicUsize>,
}

impl Peer {
    fn read(&self, delivery: &Delivery, times: usize) -> Option<usize> {
        let signature = HeaderValue::from_str(&delivery.signature).expect("it is ASCII");
        self.runtime.block_on(async {
            let mut found = None;
            for _ in 0..times {
                self.handled.store(0, Ordering::Relaxed);
                let response = self.service.handle(request(&delivery.body, &signature)).await;
                // Its tasks run while this one waits: as long as there are events to come.
                for _ in 0..delivery.items() {
                    if self.handled.load(Ordering::Relaxed) == delivery.items() {
                        break;
                    }
                    tokio::task::yield_now().await;
                }
                let handled = self.handled.load(Ordering::Relaxed);
                found = (response.status() == StatusCode::OK).then_some(handled);
            }
            found
        })
    }
}

fn request(body: &Bytes, signature: &HeaderValue) -> Request<axum::body::Body> {
    let mut request = Request::new(axum::body::Body::from(body.clone()));
    *request.method_mut() = axum::http::Method::POST;
    request.headers_mut().insert("x-hub-signature-256", signature.clone());
    request
}

/// A handler that counts what it gets, and drops it.
pub struct Count(pub Arc<AtomicUsize>);

impl Handler for Count {
    async fn handle(&self, _: EventContext, event: Event) {
        drop(event);
        self.0.fetch_add(1, Ordering::Relaxed);
    }

    /// Its default prints the error, which holds the signature that would have fitted.
    async fn handle_error(&self, _: ErrorContext, _: Box<dyn std::error::Error + Send>) {}
}

/// `models::webhooks::NotificationPayload`. It has no way to verify.
fn whatsapp() -> Contender {
    use whatsapp::models::webhooks::NotificationPayload;

    let read = |delivery: &Delivery| {
        serde_json::from_str::<NotificationPayload>(std::str::from_utf8(&delivery.body).ok()?).ok()
    };
    Contender::new("whatsapp", Scope::ParsesOnly, read, |payload| {
        let changes = payload.entry.iter().flat_map(|entry| &entry.changes);
        let values = changes.map(|change| &change.value);
        values
            .map(|value| {
                value.messages.as_ref().map_or(0, Vec::len)
                    + value.statuses.as_ref().map_or(0, Vec::len)
            })
            .sum()
    })
}

/// `webhooks::WebhookPayload`. Its `verify_signature` is a placeholder that refuses what Meta
/// signs, so only reading can be measured.
fn wacloudapi() -> Contender {
    use wacloudapi::webhooks::WebhookPayload;

    let read = |delivery: &Delivery| {
        serde_json::from_str::<WebhookPayload>(std::str::from_utf8(&delivery.body).ok()?).ok()
    };
    Contender::new("wacloudapi", Scope::ParsesOnly, read, |payload| payload.events().len())
}

/// Says nothing of the panics with which `whatsapp_handler` refuses a body; of others it does.
pub fn silence_refusals() {
    let tell = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        if !panic.location().is_some_and(|place| place.file().contains("whatsapp_handler")) {
            tell(panic);
        }
    }));
}

/// `Config::incoming_message` or `Config::incoming_statuses`: the caller must know beforehand
/// which it is. Both panic at a body of another shape, and use up the `Config`.
fn whatsapp_handler() -> Contender {
    use whatsapp_handler::config::Config;

    let read = |delivery: &Delivery| {
        let body = std::str::from_utf8(&delivery.body).ok()?;
        let config = Config::from(
            String::new(),
            String::new(),
            ACCOUNT.to_owned(),
            PHONE_NUMBER.to_owned(),
            String::new(),
        );
        let read = if delivery.messages == 0 {
            Config::incoming_statuses
        } else {
            Config::incoming_message
        };
        catch_unwind(move || read(config, body)).ok()?.ok()
    };
    Contender::new("whatsapp_handler", Scope::ParsesOnly, read, |(items, _)| items.len())
}
