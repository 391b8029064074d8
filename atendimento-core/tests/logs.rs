//! No log line of a journey holds a secret, a person or what was said.
//!
//! Alone in its binary, since it listens to the whole process: to the libraries below as well.
#![allow(missing_docs, clippy::unwrap_used)]

mod service;

use std::io::Write;
use std::sync::{Arc, Mutex};

use atendimento_core::domain::Content;
use atendimento_core::domain::access::Role;
use atendimento_core::engine::Reply;
use service::{APP_SECRET, CUSTOMER, NAME, Service, TOKEN, VERIFY_TOKEN, actor};

const SAID: &str = "canary-said-e85d";
const ANSWERED: &str = "canary-answered-03fe";

#[derive(Clone, Default)]
struct Captured(Arc<Mutex<Vec<u8>>>);

impl Write for Captured {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn no_log_line_and_no_debug_output_holds_a_canary() {
    let captured = Captured::default();
    let writer = captured.clone();
    tracing_subscriber::fmt()
        .with_max_level(tracing_subscriber::filter::LevelFilter::TRACE)
        .with_ansi(false)
        .with_writer(move || writer.clone())
        .init();

    let mut service = Service::start().await;
    let ana = service.simulator.customer(CUSTOMER).named(NAME);
    let question = ana.says(SAID).await;
    let (_, fence) = service.until_assigned().await;
    let bia = actor("bia", Role::AGENT);
    let open = service.desk.store().open_conversations(&bia.tenant, 10).await.unwrap();
    let reply = Reply::text("r1", fence, ANSWERED);
    let mut debug = format!("{reply:?} {:?}", service.desk);
    service.desk.reply(&bia, open[0].id, reply).await.unwrap();
    service.until_read().await;
    // Also what goes wrong.
    service.simulator.post_raw(format!("not JSON: {SAID} {CUSTOMER}")).await.unwrap();
    let view = service.desk.read(&bia, open[0].id).await.unwrap();
    debug.push_str(&format!("{view:?} {:?}", view.messages));
    let Content::Received(_) = &view.messages[0].content else { panic!("an inbound") };
    let stored = service.desk.store().messages(open[0].id).await.unwrap();
    debug.push_str(&format!("{stored:?} {:?}", ana.inbox()));
    let sent = ana.inbox()[0].id().clone();
    service.stop().await;

    let log = String::from_utf8(captured.0.lock().unwrap().clone()).unwrap();
    for expected in ["processed event", "assigned conversation", "queued reply", "sent message"] {
        assert!(log.contains(expected), "the log was captured: {expected}\n{log}");
    }
    let canaries = [
        APP_SECRET,
        VERIFY_TOKEN,
        TOKEN,
        CUSTOMER,
        NAME,
        SAID,
        ANSWERED,
        question.as_str(),
        sent.as_str(),
    ];
    for canary in canaries {
        let line = log.lines().find(|line| line.contains(canary));
        assert_eq!(line, None, "{canary} in the log");
        assert!(!debug.contains(canary), "{canary} in Debug: {debug}");
    }
}
