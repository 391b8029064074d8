//! No secret shows where a person or a log could read it.

use std::error::Error;
use std::fmt::{Debug, Write as _};
use std::sync::{Arc, Mutex};

use secrecy::SecretString;
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};
use whatsapp_cloud::client::onboarding::SignupError;

use crate::graph::{APP_SECRET, CODE, FAULTS, PIN, TOKEN};
use crate::store::Failing;
use crate::{Host, KEPT, WHOLE, claims};

/// All that an error says of itself.
fn told(error: &SignupError) -> String {
    let mut told = format!("{error} {error:?} {:?}", error.remedy());
    let mut source = error.source();
    while let Some(error) = source {
        write!(told, " {error} {error:?}").unwrap();
        source = error.source();
    }
    told
}

fn check(told: &str) {
    for secret in [APP_SECRET, CODE, TOKEN, PIN, "canary"] {
        assert!(!told.contains(secret), "{secret} in {told}");
    }
}

#[tokio::test]
async fn no_error_holds_a_secret() {
    let mut seen = 0;
    let mut look = |outcome: Result<_, SignupError>| {
        if let Err(error) = outcome {
            check(&told(&error));
            seen += 1;
        }
    };
    for request in 0..WHOLE.len() {
        for fault in FAULTS {
            let host = Host::new(|_| ()).with_callback();
            host.graph.fail(request, fault);
            look(host.begins(claims()).await);
        }
    }
    for operation in 0..KEPT.len() {
        let host = Host::new(|_| ()).with_callback();
        host.store.fail(operation, Failing::Before);
        look(host.begins(claims()).await);
    }
    let host = Host::new(|world| world.code_is_spent = true);
    look(host.begins(claims()).await);
    let host = Host::new(|world| world.registration_refused = Some(133_005));
    look(host.begins(claims()).await);
    for code in ["canary code", "canary\n", ""] {
        let host = Host::new(|_| ());
        look(host.signup.begin("id", claims(), SecretString::from(code)).await);
        assert!(host.graph.asked().is_empty());
        assert!(host.store.progress("id").is_none(), "the code was not used");
    }
    assert_eq!(seen, WHOLE.len() * FAULTS.len() + KEPT.len() + 5);
}

#[tokio::test]
async fn what_is_kept_and_shown_holds_no_secret() {
    let host = Host::new(|_| ()).with_callback();
    let onboarded = host.begins(claims()).await.unwrap();

    let saved = host.store.saved.lock().unwrap().join(" ");
    let progress = host.store.progress(crate::ID).unwrap();
    check(&format!("{saved} {progress:?} {onboarded:?} {:?}", host.signup));
}

/// Keeps every text and value that is logged in this process.
#[derive(Default)]
struct Heard(Mutex<String>);

impl Subscriber for Heard {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        span.record(&mut Words(&mut self.0.lock().unwrap()));
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, values: &Record<'_>) {
        values.record(&mut Words(&mut self.0.lock().unwrap()));
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        event.record(&mut Words(&mut self.0.lock().unwrap()));
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

struct Words<'a>(&'a mut String);

impl Visit for Words<'_> {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        write!(self.0, "{field}={value:?} ").unwrap();
    }
}

#[tokio::test]
async fn no_log_holds_a_secret() {
    let heard = Arc::new(Heard::default());
    // For all of this process: what the other tests log is heard, too.
    tracing::subscriber::set_global_default(Arc::clone(&heard)).unwrap();
    for (request, fault) in (0..WHOLE.len()).zip(FAULTS.into_iter().cycle()) {
        let host = Host::new(|_| ()).with_callback();
        host.graph.fail(request, fault);
        let _ = host.goes_through().await;
    }
    let heard = heard.0.lock().unwrap();
    assert!(heard.contains("verify account and number: done"), "{heard}");
    check(&heard);
}

/// Meta takes the token that is asked about in the query only.
#[tokio::test]
async fn no_address_holds_a_secret_but_that_of_the_token_that_is_asked_about() {
    let host = Host::new(|_| ()).with_callback();
    host.begins(claims()).await.unwrap();

    let urls = host.graph.urls.lock().unwrap().clone();
    let (asked_about, others): (Vec<_>, Vec<_>) =
        urls.into_iter().partition(|url| url.contains("/debug_token?"));
    check(&others.join(" "));
    check(&asked_about.join(" ").replace(&format!("input_token={TOKEN}"), ""));
}
