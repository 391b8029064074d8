//! What figures cost: the first call of a process, which reads the journal from its beginning,
//! and the next one, which reads what came since.
//!
//! A journal on SQLite of so many conversations that come to a queue, are given to an agent and
//! are closed, over thirty days.

#![allow(clippy::print_stdout, clippy::unwrap_used, clippy::cast_precision_loss)]

use std::sync::Arc;
use std::time::{Duration, Instant};

use atendimento_core::Desk;
use atendimento_core::channel::whatsapp::WhatsApp;
use atendimento_core::domain::access::{Actor, Role};
use atendimento_core::domain::figures::Period;
use atendimento_core::domain::routing::Ticket;
use atendimento_core::domain::{
    AgentProfile, Alias, AliasKind, Arrival, Authority, BlindIndex, Conversation, Heard, Hold,
    Input, Lane, OwnerKind, Presence, ReceivedKind, Sealed, Service, Way, Window, WrappedKey,
    decide,
};
use atendimento_core::id::{
    AgentId, CapacityClass, ContactId, ConversationId, MessageId, SystemRandomness,
};
use atendimento_core::store::sqlite::SqliteStore;
use atendimento_core::store::{
    Capacity, Commit, Commits, ContactRecord, Cursor, Directory, Queries, Resolve, Roster,
};
use atendimento_core::time::Timestamp;
use atendimento_core::vault::{FileKeys, Vault};
use futures_util::future::join_all;
use secrecy::SecretString;
use whatsapp_cloud::Client;

use benches::report::Watch;

const CONVERSATIONS: [u32; 2] = [10_000, 40_000];
const TOGETHER: usize = 256;
const AGENTS: u32 = 200;
const QUEUES: u32 = 10;
const BEGIN: Timestamp = Timestamp::from_seconds(1_700_000_100);
const DAYS: Duration = Duration::from_secs(30 * 86_400);

fn main() {
    let watch = Watch::start();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    println!("figures of thirty days on SQLite: {QUEUES} queues, {AGENTS} agents");
    println!("{:>10} | first call ms | facts/s | next call ms", "facts");
    for conversations in CONVERSATIONS {
        runtime.block_on(measure(conversations));
    }
    println!("{}", watch.words());
}

async fn measure(conversations: u32) {
    let folder = tempfile::tempdir().unwrap();
    let store = SqliteStore::open(folder.path().join("desk.db")).unwrap();
    for number in 0..AGENTS {
        let (tenant, agent) = ("default".into(), AgentId::new(format!("agent {number}")));
        let serves = format!("queue {}", number % QUEUES);
        store.enroll(&tenant, &agent, &AgentProfile::chats([&*serves], 3)).await.unwrap();
        store.set_presence(&tenant, &agent, Presence::Available, BEGIN).await.unwrap();
    }
    let all: Vec<u32> = (0..conversations).collect();
    for numbers in all.chunks(TOGETHER) {
        store.resolve(numbers.iter().map(|number| customer(*number)).collect()).await.unwrap();
        let live =
            numbers.iter().map(|number| live(&store, *number, DAYS * *number / conversations));
        join_all(live).await;
    }
    let facts = store.journal(Cursor::default(), usize::MAX).await.unwrap().0.len();

    let keys = FileKeys::open_or_create(folder.path().join("keys.json"), &SystemRandomness);
    let vault = Vault::new(Arc::new(keys.unwrap()), Arc::new(SystemRandomness)).unwrap();
    let channel = WhatsApp::new(Client::new(SecretString::from("token")).unwrap());
    let desk = Desk::builder(store, vault, channel).account("1", "queue 0").build();
    let desk = desk.unwrap();
    let eva = Actor::new("eva", "default", Role::AUDITOR);
    let from = Period::quarter_of(BEGIN).from();
    let period = Period::new(from, from + DAYS + 4 * Period::QUARTER).unwrap();
    let call = async || {
        let begun = Instant::now();
        let report = desk.figures(&eva, period).await.unwrap();
        let took = begun.elapsed();
        let closed: u64 = report.queues.values().map(|queue| queue.work.closed).sum();
        assert_eq!(closed, u64::from(conversations));
        took
    };
    let (first, next) = (call().await, call().await);
    println!(
        "{facts:>10} | {:>13.1} | {:>7.0} | {:.1}",
        first.as_secs_f64() * 1e3,
        facts as f64 / first.as_secs_f64(),
        next.as_secs_f64() * 1e3,
    );
}

fn bytes(number: u32) -> [u8; 16] {
    u128::from(number).to_be_bytes()
}

fn customer(number: u32) -> Resolve {
    let alias = Alias { kind: AliasKind::User, index: BlindIndex::new(bytes(number)) };
    Resolve {
        heard: Heard::new(vec![alias], Timestamp::EPOCH),
        proposed: ContactRecord {
            id: ContactId::from_bytes(bytes(number)),
            tenant: "default".into(),
            key: WrappedKey::new(vec![1]),
            profile: Sealed::new(vec![1]),
        },
    }
}

/// Somebody writes, is given to an agent, and is done with.
async fn live(store: &SqliteStore, number: u32, since: Duration) {
    let at = |minutes: u64| BEGIN + since + Duration::from_secs(minutes * 60);
    let lane = Lane { contact: ContactId::from_bytes(bytes(number)), account: "1".into() };
    let id = ConversationId::from_bytes(bytes(number));
    let new = Conversation::new(id, "default".into(), lane, Window::CLOSED);
    let ticket = Ticket::plain(&*format!("queue {}", number % QUEUES), at(0));
    let written = Input::MessageReceived {
        message: MessageId::from_bytes(bytes(number)),
        written: at(0),
        kind: ReceivedKind::Message,
        thread_owner: None,
        revokes: Vec::new(),
        arrival: Box::new(Arrival { ticket, service: Service::default() }),
    };
    let agent = AgentId::new(format!("agent {}", number % AGENTS));
    let hold = Hold { class: CapacityClass::from(CapacityClass::CHAT), weight: 1 };
    let kind = OwnerKind::Person { hold };
    let given = Input::Assign { agent: agent.clone(), kind, way: Way::Forced, by: None };
    let closed = Input::Close { by: agent, authority: Authority::Supervisor, wrap_up: None };
    let mut state = new;
    for (input, minutes) in [(written, 0), (given, 1), (closed, 20)] {
        let decision = decide(&state, &input, at(minutes)).unwrap();
        let commit = Commit::new(&state, decision, at(minutes));
        store.commit(Commit { capacity: Capacity::Forced, ..commit }).await.unwrap();
        state = store.conversation(id).await.unwrap().unwrap();
    }
}
