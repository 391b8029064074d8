//! A desk on a SQLite file, with one agent who answers by a script.

use std::collections::HashMap;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use atendimento_core::channel::whatsapp::WhatsApp;
use atendimento_core::crm::LogCrm;
use atendimento_core::domain::access::{Actor, Role};
use atendimento_core::domain::{AgentProfile, Delivery, Direction, Event, Presence};
use atendimento_core::engine::{Account, Reply};
use atendimento_core::id::{SystemRandomness, TenantId};
use atendimento_core::store::Cursor;
use atendimento_core::store::sqlite::SqliteStore;
use atendimento_core::testing::{Interrupt, Interrupted, Side};
use atendimento_core::vault::{FileKeys, Vault};
use atendimento_core::{Desk, Settings};
use axum::Router;
use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use tokio::net::TcpListener;
use whatsapp_cloud::Client;
use whatsapp_cloud::webhook::axum::{Answer, VerifiedBytes, route};
use whatsapp_cloud::webhook::{Handshake, Verifier};

/// Long enough for a call on this machine, short enough to wait for a dead one's lease.
const SEND_TIMEOUT: Duration = Duration::from_millis(500);
const LEASE: Duration = Duration::from_millis(1000);
const CONFIRMATION_WAIT: Duration = Duration::from_millis(2500);

/// What a child is to do.
#[derive(Serialize, Deserialize)]
pub(crate) struct Plan {
    pub(crate) folder: PathBuf,
    pub(crate) api: String,
    pub(crate) account: String,
    pub(crate) app_secret: String,
    pub(crate) verify_token: String,
    pub(crate) token: String,
    /// Where to halt; nowhere, to come to the end.
    pub(crate) halt: Option<Point>,
}

/// A side of the n-th time that a step is taken.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(crate) struct Point {
    pub(crate) step: String,
    pub(crate) after: bool,
    pub(crate) nth: u32,
}

/// What a child tells its parent, a line each.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) enum Line {
    Listening { webhook: String },
    Passed(Point),
    Halted,
    Done(Ending),
}

/// What is true in the end.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Ending {
    pub(crate) conversations: usize,
    pub(crate) inbound: usize,
    pub(crate) outbound_read: usize,
    pub(crate) outbound_unconfirmed: usize,
    pub(crate) recorded_in_crm: usize,
    pub(crate) load: u32,
}

struct Halt {
    at: Option<Point>,
    armed: AtomicBool,
    passed: Mutex<HashMap<(&'static str, Side), u32>>,
}

#[async_trait]
impl Interrupt for Halt {
    async fn at(&self, step: &'static str, side: Side) {
        if !self.armed.load(Ordering::SeqCst) {
            return;
        }
        let nth = {
            let mut passed = self.passed.lock().unwrap();
            let nth = passed.entry((step, side)).or_default();
            *nth += 1;
            *nth
        };
        let point = Point { step: step.to_owned(), after: side == Side::After, nth };
        if self.at.as_ref() == Some(&point) {
            say(&Line::Halted);
            // Not an await: the whole runtime stands still here, and the parent kills it.
            loop {
                std::thread::park();
            }
        }
        say(&Line::Passed(point));
    }
}

fn say(line: &Line) {
    println!("{}", serde_json::to_string(line).unwrap());
}

pub(crate) fn run(plan: &str) -> ExitCode {
    let plan: Plan = serde_json::from_str(plan).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(serve(plan));
    ExitCode::SUCCESS
}

async fn serve(plan: Plan) {
    let halt = Arc::new(Halt {
        at: plan.halt.clone(),
        armed: AtomicBool::new(false),
        passed: Mutex::default(),
    });
    let desk = desk(&plan, &halt);
    let mut feed = desk.feed(&actor("watcher", Role::AUDITOR)).unwrap();

    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let webhook = format!("http://{}/", listener.local_addr().unwrap());
    let receiver = desk.clone();
    let app: Router = route(
        Verifier::new([SecretString::from(plan.app_secret)]).unwrap(),
        Handshake::new(SecretString::from(plan.verify_token)).unwrap(),
        move |delivery: VerifiedBytes| {
            let desk = receiver.clone();
            async move { Answer::from(desk.receive(WhatsApp::authentic(&delivery.verified())).await) }
        },
    );
    tokio::spawn(axum::serve(listener, app).into_future());

    let bia = actor("bia", Role::AGENT);
    desk.enroll(&actor("root", Role::ADMINISTRATOR), &bia.id, &AgentProfile::chats(["service"], 3))
        .await
        .unwrap();
    desk.set_presence(&bia, &bia.id, Presence::Available).await.unwrap();
    halt.armed.store(true, Ordering::SeqCst);
    say(&Line::Listening { webhook });
    let running = desk.run();

    // What the predecessor left is there already; the rest comes by the feed.
    loop {
        if let Some(ending) = advance(&desk, &bia).await {
            running.shutdown().await;
            say(&Line::Done(ending));
            return;
        }
        feed.next().await;
    }
}

fn desk(plan: &Plan, halt: &Arc<Halt>) -> Desk {
    let at = |name: &str| plan.folder.join(name);
    let keys = FileKeys::open_or_create(at("keys.json"), &SystemRandomness).unwrap();
    let vault = Vault::new(Arc::new(keys), Arc::new(SystemRandomness)).unwrap();
    let client = Client::builder(SecretString::from(plan.token.clone()))
        .base_url(&plan.api)
        .timeout(SEND_TIMEOUT)
        .build()
        .unwrap();
    let store = SqliteStore::open(at("desk.db")).unwrap();
    let crm = LogCrm::open(at("crm.jsonl")).unwrap();
    let settings = Settings {
        accounts: vec![Account {
            id: plan.account.as_str().into(),
            tenant: tenant(),
            queue: "service".into(),
        }],
        lease: LEASE,
        send_timeout: SEND_TIMEOUT,
        confirmation_wait: CONFIRMATION_WAIT,
        poll: Duration::from_millis(50),
        workers: 2,
        ..Settings::default()
    };
    Desk::builder(
        Interrupted::new(store, halt.clone()),
        vault,
        Interrupted::new(WhatsApp::new(client), halt.clone()),
    )
    .crm(Interrupted::new(crm, halt.clone()))
    .settings(settings)
    .build()
    .unwrap()
}

/// The agent's script: answer the customer once; repeat what is shown as unconfirmed.
async fn advance(desk: &Desk, bia: &Actor) -> Option<Ending> {
    let store = desk.store();
    let open = store.open_conversations(&tenant(), 10).await.unwrap();
    let conversation = open.first()?;
    let messages = store.messages(conversation.id).await.unwrap();
    let outbound: Vec<_> =
        messages.iter().filter(|stored| stored.record.direction == Direction::Outbound).collect();
    if let Some(fence) = conversation.assignment() {
        let lost = outbound
            .iter()
            .find(|stored| stored.record.delivery == Some(Delivery::Unconfirmed))
            .map(|stored| stored.record.id);
        if outbound.is_empty() {
            let reply = Reply::text("answer", fence, "Oi!");
            desk.reply(bia, conversation.id, reply).await.unwrap();
        } else if let (Some(lost), 1) = (lost, outbound.len()) {
            let reply = Reply { repeats: Some(lost), ..Reply::text("answer again", fence, "Oi!") };
            desk.reply(bia, conversation.id, reply).await.unwrap();
        }
    }
    let with = |delivery| {
        outbound.iter().filter(|stored| stored.record.delivery == Some(delivery)).count()
    };
    let (journal, _) = store.journal(Cursor::default(), 1000).await.unwrap();
    let recorded =
        journal.iter().filter(|fact| matches!(fact.event, Event::RecordedInCrm { .. })).count();
    if with(Delivery::Read) == 0 || recorded < 2 {
        return None;
    }
    let agent = store.agent(&tenant(), &bia.id).await.unwrap()?;
    Some(Ending {
        conversations: open.len(),
        inbound: messages.len() - outbound.len(),
        outbound_read: with(Delivery::Read),
        outbound_unconfirmed: with(Delivery::Unconfirmed),
        recorded_in_crm: recorded,
        load: agent.used_of(&"chat".into()),
    })
}

fn tenant() -> TenantId {
    TenantId::from("default")
}

fn actor(id: &str, role: Role) -> Actor {
    Actor::new(id, tenant(), role)
}
