//! Many want the same: two processes with 32 threads each on one SQLite file, 10,000
//! conversations that wait, and agents who cannot take them all.
//!
//! Each thread tries each conversation for an agent of its own choice, in an order of its own.
//! Afterwards each conversation has one owner, or still waits; what agents have is the sum of
//! the weights of what they own, and never more than fits. A third process that only asks
//! agents is killed in the middle: what it asked for comes back when its time has passed.
//!
//! This program is both sides: the parent sets up, waits and counts; a child claims.
#![allow(missing_docs, clippy::unwrap_used, clippy::print_stdout)]

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, Command, ExitCode, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use atendimento_core::ErrorKind;
use atendimento_core::domain::routing::{Requirement, Stage, Ticket};
use atendimento_core::domain::{
    AgentProfile, Alias, AliasKind, Arrival, BlindIndex, Conversation, Heard, Hold, Input, Lane,
    OwnerKind, Presence, ReceivedKind, Sealed, Service, Status, Way, Window, WrappedKey, decide,
};
use atendimento_core::id::{AgentId, ContactId, ConversationId, MessageId, TenantId};
use atendimento_core::store::sqlite::SqliteStore;
use atendimento_core::store::{
    Capacity, Commit, Commits, ContactRecord, Directory, Queries, Resolve, Roster, RosterCursor,
};
use atendimento_core::time::Timestamp;

/// Tells a child what to do, by the file and its number; set by the parent only.
const PLAN: &str = "ATENDIMENTO_CLAIMS_PLAN";

const ITEMS: u32 = 10_000;
const THREADS_EACH: usize = 32;
/// Agents by name, each with room for a weight of 60: two thirds of what waits.
const AGENTS: usize = 220;
const CAPACITY: u32 = 60;

const NOW: Timestamp = Timestamp::from_seconds(1_700_000_000);
/// For how long an agent is asked, which is how long a killed process can hold anything.
const LEASE: Duration = Duration::from_secs(30);

fn main() -> ExitCode {
    match std::env::var(PLAN) {
        Ok(plan) => {
            let (number, path) = plan.split_once(' ').unwrap();
            claim_all(number.parse().unwrap(), Path::new(path));
        }
        Err(_) => parent(),
    }
    ExitCode::SUCCESS
}

fn parent() {
    let begun = Instant::now();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store.db");
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let store = SqliteStore::open(&path).unwrap();
    runtime.block_on(set_up(&store));
    println!("set up in {:.1} s", begun.elapsed().as_secs_f64());

    let begun = Instant::now();
    let mut asking = start(2, &path);
    let claiming = [start(0, &path), start(1, &path)];
    let mut lines = BufReader::new(asking.stdout.take().unwrap()).lines();
    assert_eq!(lines.next().unwrap().unwrap(), "asked");
    asking.kill().unwrap();
    asking.wait().unwrap();
    let mut won = BTreeMap::new();
    let mut attempts = 0;
    for child in claiming {
        let output = child.wait_with_output().unwrap();
        assert!(output.status.success());
        for line in String::from_utf8(output.stdout).unwrap().lines() {
            match line.split_once(' ') {
                Some(("attempts", count)) => attempts += count.parse::<u64>().unwrap(),
                Some((item, agent)) => {
                    let again = won.insert(item.parse::<u32>().unwrap(), AgentId::from(agent));
                    assert_eq!(again, None, "{item} was won twice");
                }
                None => panic!("{line}"),
            }
        }
    }
    println!(
        "{attempts} attempts by {} threads in two processes, {} won, in {:.1} s",
        2 * THREADS_EACH,
        won.len(),
        begun.elapsed().as_secs_f64()
    );
    runtime.block_on(check(&store, &won));
}

fn start(number: usize, path: &Path) -> Child {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.env(PLAN, format!("{number} {}", path.display())).stdout(Stdio::piped());
    command.spawn().unwrap()
}

async fn set_up(store: &SqliteStore) {
    for number in 0..AGENTS {
        let agent = agent(number);
        let profile = AgentProfile::chats(["service"], CAPACITY);
        store.enroll(&tenant(), &agent, &profile).await.unwrap();
        store.set_presence(&tenant(), &agent, Presence::Available, Timestamp::EPOCH).await.unwrap();
    }
    let contacts = (0..ITEMS).map(|number| Resolve {
        heard: Heard::new(
            vec![Alias { kind: AliasKind::User, index: BlindIndex::new(bytes(number)) }],
            Timestamp::EPOCH,
        ),
        proposed: ContactRecord {
            id: ContactId::from_bytes(bytes(number)),
            tenant: tenant(),
            key: WrappedKey::new(vec![1]),
            profile: Sealed::new(vec![1]),
        },
    });
    store.resolve(contacts.collect()).await.unwrap();
    let mut begun = tokio::task::JoinSet::new();
    for number in 0..ITEMS {
        let store = store.clone();
        begun.spawn(async move { store.commit(opening(number)).await.unwrap() });
        if begun.len() > 200 {
            begun.join_next().await;
        }
    }
    begun.join_all().await;
}

fn opening(number: u32) -> Commit {
    let contact = ContactId::from_bytes(bytes(number));
    let lane = Lane { contact, account: "1".into() };
    let new = Conversation::new(id(number), tenant(), lane, Window::CLOSED);
    let plain = Ticket::plain("service", NOW);
    let requirement = Requirement { weight: weight(number), ..plain.requirement().clone() };
    let ticket = Ticket { stages: vec![Stage { from: NOW, requirement }], ..plain };
    let input = Input::MessageReceived {
        message: MessageId::from_bytes(bytes(number)),
        written: NOW,
        kind: ReceivedKind::Message,
        thread_owner: None,
        revokes: Vec::new(),
        arrival: Box::new(Arrival { ticket, service: Service::default() }),
    };
    let decision = decide(&new, &input, NOW).unwrap();
    Commit::new(&new, decision, NOW)
}

/// A child: number 2 asks agents until it is killed, the others claim.
fn claim_all(number: usize, path: &Path) {
    let store = SqliteStore::open(path).unwrap();
    if number == 2 {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(ask_until_killed(&store));
    }
    let store = Arc::new(store);
    let threads: Vec<_> = (0..THREADS_EACH)
        .map(|thread| {
            let store = store.clone();
            std::thread::spawn(move || {
                let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
                runtime.block_on(claim(&store, number * THREADS_EACH + thread))
            })
        })
        .collect();
    let mut out = std::io::stdout().lock();
    for thread in threads {
        let (attempts, won) = thread.join().unwrap();
        writeln!(out, "attempts {attempts}").unwrap();
        for (item, agent) in won {
            writeln!(out, "{item} {agent}").unwrap();
        }
    }
}

/// Tries each conversation as it was at the beginning, for an agent of one's own choice.
async fn claim(store: &SqliteStore, thread: usize) -> (u64, Vec<(u32, AgentId)>) {
    let mut attempts = 0;
    let mut won = Vec::new();
    // Each thread has an order of its own: a stride that is prime to the number of items.
    let stride = [3_u32, 7, 11, 13, 17, 19, 23, 29][thread % 8];
    let first = u32::try_from(thread).unwrap() * 157;
    for step in 0..ITEMS {
        let number = (first + step * stride) % ITEMS;
        let before = opening(number).conversation;
        let agent = agent((number as usize + thread * 31) % AGENTS);
        let hold = Hold::from(before.waiting().unwrap());
        let kind = OwnerKind::Person { hold };
        let input = Input::Assign { agent: agent.clone(), kind, way: Way::Routed, by: None };
        let decision = decide(&before, &input, NOW).unwrap();
        attempts += 1;
        match store.commit(Commit::new(&before, decision, NOW)).await {
            Ok(_) => won.push((number, agent)),
            Err(error) => assert!(
                matches!(error.kind(), ErrorKind::Conflict | ErrorKind::AgentUnavailable),
                "{error}"
            ),
        }
    }
    (attempts, won)
}

async fn ask_until_killed(store: &SqliteStore) {
    for number in (0..ITEMS).rev() {
        let before = opening(number).conversation;
        let input = Input::Offer { agent: agent(number as usize % AGENTS), until: NOW + LEASE };
        let decision = decide(&before, &input, NOW).unwrap();
        let asked = store.commit(Commit::new(&before, decision, NOW)).await.is_ok();
        if asked && ITEMS - number > 50 {
            println!("asked");
        }
    }
    std::future::pending::<()>().await;
}

async fn check(store: &SqliteStore, won: &BTreeMap<u32, AgentId>) {
    let open = store.open_conversations(&tenant(), usize::MAX).await.unwrap();
    assert_eq!(open.len(), usize::try_from(ITEMS).unwrap(), "nothing is lost");
    let mut weights = BTreeMap::<AgentId, u32>::new();
    let (mut owned, mut offered, mut waiting) = (0, 0, 0);
    for conversation in &open {
        for (agent, hold) in conversation.holds() {
            *weights.entry(agent.clone()).or_default() += hold.weight;
        }
        let number = number(conversation.id);
        match conversation.status() {
            Status::Assigned => owned += 1,
            Status::Offered => offered += 1,
            Status::Waiting => waiting += 1,
            other => panic!("{other:?}"),
        }
        assert_eq!(conversation.assignee(), won.get(&number), "item {number}");
    }
    assert_eq!(owned, won.len());
    let (agents, _) = store.agents(&tenant(), RosterCursor::default(), usize::MAX).await.unwrap();
    for agent in &agents {
        let used = agent.used_of(&"chat".into());
        assert_eq!(used, weights.get(&agent.id).copied().unwrap_or(0), "{}", agent.id);
        assert!(used <= CAPACITY, "{} has {used}", agent.id);
    }
    // Each thread tried every conversation: what still waits fits nobody who was tried for it.
    let full = agents.iter().filter(|agent| agent.used_of(&"chat".into()) > CAPACITY - 3).count();
    assert!(full * 10 > AGENTS * 9, "only {full} of {AGENTS} agents are full");
    println!("{owned} owned, {offered} offered by who was killed, {waiting} waiting");
    assert!(offered > 0 && waiting > 0 && owned > 0);

    // What the killed one held comes back, by whoever looks for what is due.
    let later = NOW + LEASE;
    assert_eq!(store.due(later.before(Duration::from_millis(1)), 1).await.unwrap(), []);
    let due = store.due(later, usize::MAX).await.unwrap();
    assert_eq!(due.len(), offered);
    for conversation in due {
        let decision = decide(&conversation, &Input::TimeCame { ticket: None }, later).unwrap();
        let commit = Commit::new(&conversation, decision, later);
        assert_eq!(commit.capacity, Capacity::Reserved { epoch: None });
        store.commit(commit).await.unwrap();
    }
    assert_eq!(store.due(later, 1).await.unwrap(), []);
    let waits = store.waiting(&tenant(), &"service".into(), usize::MAX).await.unwrap();
    assert_eq!(waits.len(), waiting + offered);
    let (agents, _) = store.agents(&tenant(), RosterCursor::default(), usize::MAX).await.unwrap();
    let used: u32 = agents.iter().map(|agent| agent.used_of(&"chat".into())).sum();
    assert_eq!(used, won.keys().map(|number| weight(*number)).sum::<u32>());
}

fn tenant() -> TenantId {
    TenantId::from("acme")
}

fn agent(number: usize) -> AgentId {
    AgentId::new(format!("agent-{number:03}"))
}

fn weight(number: u32) -> u32 {
    1 + number % 3
}

fn bytes(number: u32) -> [u8; 16] {
    u128::from(number).to_be_bytes()
}

fn id(number: u32) -> ConversationId {
    ConversationId::from_bytes(bytes(number))
}

fn number(id: ConversationId) -> u32 {
    u32::try_from(u128::from_be_bytes(id.to_bytes())).unwrap()
}
