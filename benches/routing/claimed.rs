//! The same decisions, claimed durably: each pair is read, decided and committed on SQLite with
//! its explanation, as a desk does it.

use std::time::Instant;

use atendimento_core::domain::routing::{
    Board, Item, LeastLoaded, Match, Stage, Strategies, Ticket,
};
use atendimento_core::domain::{
    Alias, AliasKind, Arrival, BlindIndex, Conversation, Heard, Hold, Input, Lane, OwnerKind,
    ReceivedKind, Sealed, Service, Way, Window, WrappedKey, decide,
};
use atendimento_core::id::{ContactId, MessageId};
use atendimento_core::store::sqlite::SqliteStore;
use atendimento_core::store::{
    Capacity, Commit, Commits, ContactRecord, Directory, Queries, Resolve, Roster, RosterCursor,
};
use atendimento_core::time::Timestamp;
use futures_util::future::join_all;

use crate::world::World;
use crate::{Run, micros};

const NOW: Timestamp = Timestamp::from_seconds(1_700_000_000);

/// How many are set up in one transaction, more or less.
const TOGETHER: usize = 256;

/// All agents come while `waiting` wait; so many claims are committed at once.
pub(crate) fn all(agents: usize, waiting: usize, at_once: usize) -> Run {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let store = SqliteStore::open(folder.path().join("desk.db")).unwrap();
    let world = World::new(agents, waiting);
    runtime.block_on(async {
        set_up(&store, &world).await;
        let mut board = Board::new(Strategies::new(LeastLoaded));
        for item in &world.items {
            board.put(item.clone());
        }
        let (there, _) =
            store.agents(&"acme".into(), RosterCursor::default(), usize::MAX).await.unwrap();
        for agent in there {
            board.set_agent(agent);
        }
        let mut times = Vec::new();
        let begun = Instant::now();
        loop {
            let asked = Instant::now();
            let found: Vec<_> = std::iter::from_fn(|| board.next()).take(at_once).collect();
            if found.is_empty() {
                break;
            }
            let claims = found.iter().map(|found| claim(&store, found, asked));
            times.extend(join_all(claims).await);
        }
        Run::new(times, begun.elapsed(), world.lines())
    })
}

/// From "who is next" until it is durable, in microseconds.
async fn claim(store: &SqliteStore, found: &Match, asked: Instant) -> f64 {
    let conversation = store.conversation(found.conversation).await.unwrap().unwrap();
    let hold = Hold::from(conversation.waiting().unwrap());
    let kind = OwnerKind::Person { hold };
    let input = Input::Assign { agent: found.agent.clone(), kind, way: Way::Routed, by: None };
    let decision = decide(&conversation, &input, NOW).unwrap();
    let commit = Commit {
        capacity: Capacity::Reserved { epoch: Some(found.epoch) },
        explanation: Some(found.explanation.clone()),
        ..Commit::new(&conversation, decision, NOW)
    };
    store.commit(commit).await.unwrap();
    micros(asked)
}

async fn set_up(store: &SqliteStore, world: &World) {
    let tenant = "acme".into();
    for agents in world.agents.chunks(TOGETHER) {
        join_all(agents.iter().map(|agent| store.enroll(&tenant, &agent.id, &agent.profile))).await;
        let come =
            agents.iter().map(|agent| store.set_presence(&tenant, &agent.id, agent.presence, NOW));
        for outcome in join_all(come).await {
            outcome.unwrap();
        }
    }
    for items in world.items.chunks(TOGETHER) {
        let contacts = items.iter().map(|item| {
            let id = item.conversation.to_bytes();
            Resolve {
                heard: Heard::new(
                    vec![Alias { kind: AliasKind::User, index: BlindIndex::new(id) }],
                    Timestamp::EPOCH,
                ),
                proposed: ContactRecord {
                    id: ContactId::from_bytes(id),
                    tenant: "acme".into(),
                    key: WrappedKey::new(vec![1]),
                    profile: Sealed::new(vec![1]),
                },
            }
        });
        store.resolve(contacts.collect()).await.unwrap();
        for outcome in join_all(items.iter().map(|item| store.commit(opening(item)))).await {
            outcome.unwrap();
        }
    }
}

fn opening(item: &Item) -> Commit {
    let id = item.conversation.to_bytes();
    let lane = Lane { contact: ContactId::from_bytes(id), account: "1".into() };
    let new = Conversation::new(item.conversation, "acme".into(), lane, Window::CLOSED);
    let plain = Ticket::plain(item.requirement.queues[0].clone(), item.key.moment());
    let stages = vec![Stage { from: plain.since, requirement: item.requirement.clone() }];
    let ticket = Ticket { key: item.key, stages, ..plain };
    let input = Input::MessageReceived {
        message: MessageId::from_bytes(id),
        written: NOW,
        kind: ReceivedKind::Message,
        thread_owner: None,
        revokes: Vec::new(),
        arrival: Box::new(Arrival { ticket, service: Service::default() }),
    };
    let decision = decide(&new, &input, NOW).unwrap();
    Commit::new(&new, decision, NOW)
}
