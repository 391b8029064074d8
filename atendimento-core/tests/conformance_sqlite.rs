//! The SQLite store keeps the contracts, and some promises of its own.

#![cfg(all(feature = "sqlite", feature = "testing"))]

use std::error::Error as _;
use std::path::PathBuf;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};
use std::thread;
use std::time::Duration;

use async_trait::async_trait;
use atendimento_core::ErrorKind;
use atendimento_core::domain::{
    Alias, AliasKind, BlindIndex, Conversation, Decision, Effect, Event, Heard, Lane, Sealed,
    Version, Window, WrappedKey,
};
use atendimento_core::id::{ContactId, ConversationId, EnvelopeId, MessageId, TenantId, WorkerId};
use atendimento_core::store::sqlite::SqliteStore;
use atendimento_core::store::{
    Commit, Commits, ContactRecord, Directory, Envelope, Inbox, Job, JobClaim, JobKey, JobKind,
    Lease, Outbox, Queries, Resolve, Store,
};
use atendimento_core::testing::conformance::{StoreFixture, run};
use atendimento_core::time::Timestamp;
use rusqlite::Connection;
use tempfile::TempDir;

struct InFile(TempDir);

impl InFile {
    fn new() -> Self {
        Self(tempfile::tempdir().expect("a folder can be made"))
    }

    fn path(&self) -> PathBuf {
        self.0.path().join("store.db")
    }

    fn store(&self) -> SqliteStore {
        SqliteStore::open(self.path()).expect("the store can be opened")
    }
}

#[async_trait]
impl StoreFixture for InFile {
    async fn open(&self) -> Arc<dyn Store> {
        Arc::new(self.store())
    }
}

atendimento_core::store_conformance!(InFile::new());

#[test]
fn a_file_of_a_newer_program_is_refused_and_left_alone() {
    let file = InFile::new();
    drop(file.store());
    let raw = Connection::open(file.path()).unwrap();
    raw.pragma_update(None, "user_version", 99).unwrap();

    let refusal = SqliteStore::open(file.path()).unwrap_err();
    assert_eq!(refusal.kind(), ErrorKind::Configuration);
    assert_eq!(
        refusal.source().unwrap().to_string(),
        "the file has schema 99, and this program knows only up to 1: run the newer program"
    );
    let version: u32 = raw.query_row("PRAGMA user_version", [], |row| row.get(0)).unwrap();
    assert_eq!(version, 99);
}

#[test]
fn a_file_that_is_no_database_is_refused() {
    let file = InFile::new();
    std::fs::write(file.path(), "not a database, ".repeat(100)).unwrap();

    assert!(SqliteStore::open(file.path()).is_err());
}

#[test]
fn several_can_open_a_new_file_at_once() {
    let file = InFile::new();
    thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| drop(file.store()));
        }
    });
}

#[test]
fn a_refused_operation_does_not_spoil_those_that_are_committed_with_it() {
    let file = InFile::new();
    let store = file.store();
    run(async {
        know(&store, 1).await;
        store.commit(opening(1)).await.unwrap();
        let lock = Lock::of(&file);

        // All of these wait for the lock, and become one group.
        let mut before = store.append(vec![envelope(1)]);
        let mut refused = store.commit(opening(1));
        let mut after = store.append(vec![envelope(2), envelope(3)]);
        start(&mut before);
        start(&mut refused);
        start(&mut after);
        drop(lock);

        assert!(before.await.is_ok());
        assert_eq!(refused.await.unwrap_err().kind(), ErrorKind::Conflict);
        assert!(after.await.is_ok());
        let claim = store.claim_envelopes(lease(), 9).await.unwrap().unwrap();
        assert_eq!(claim.envelopes, [envelope(1), envelope(2), envelope(3)]);
    });
}

#[test]
fn what_nobody_awaits_any_more_is_committed_all_the_same() {
    let file = InFile::new();
    let store = file.store();
    let lock = Lock::of(&file);
    let mut append = store.append(vec![envelope(1)]);
    start(&mut append);
    drop(append);
    drop(lock);
    drop(store); // waits for what was accepted

    run(async {
        let claim = file.store().claim_envelopes(lease(), 9).await.unwrap();
        assert_eq!(claim.unwrap().envelopes, [envelope(1)]);
    });
}

#[test]
fn more_than_can_be_served_soon_is_refused_at_once() {
    let file = InFile::new();
    let store = file.store();
    run(async {
        let lock = Lock::of(&file);
        let mut waiting = Vec::new();
        let refused = loop {
            let mut append = store.append(vec![envelope(1)]);
            let polled = append.as_mut().poll(&mut Context::from_waker(Waker::noop()));
            match polled {
                Poll::Pending => waiting.push(append),
                Poll::Ready(outcome) => break outcome.unwrap_err(),
            }
        };
        assert_eq!(refused.kind(), ErrorKind::Unavailable);
        assert!(refused.is_retryable());
        // One may be in the writer's hands already.
        assert!((1024..=1025).contains(&waiting.len()), "{}", waiting.len());
        drop(lock);
        for append in waiting {
            append.await.unwrap();
        }
    });
}

#[test]
fn a_reader_is_not_held_up_by_who_writes() {
    let file = InFile::new();
    let store = file.store();
    let _lock = Lock::of(&file);

    run(async {
        let notices = store.notices(&TenantId::from("acme"), 1).await;
        assert_eq!(notices.unwrap(), []);
    });
}

#[test]
fn each_of_200_jobs_has_one_winner_among_8_threads_on_two_handles() {
    const JOBS: u32 = 200;
    let file = InFile::new();
    let handles = [file.store(), file.store()];
    run(async {
        for number in 0..JOBS {
            know(&handles[0], number).await;
            handles[0].commit(opening(number)).await.unwrap();
        }
    });

    let claimed: Vec<_> = thread::scope(|scope| {
        let threads: Vec<_> = (0..8)
            .map(|number| {
                let store = handles[number % 2].clone();
                scope.spawn(move || claim_all(&store))
            })
            .collect();
        let claimed = threads.into_iter().map(|thread| thread.join().unwrap());
        claimed.flatten().collect()
    });
    let mut winners = claimed.clone();
    winners.sort();
    winners.dedup();
    assert_eq!((claimed.len(), winners.len()), (200, 200));
}

fn claim_all(store: &SqliteStore) -> Vec<JobKey> {
    let mut claimed = Vec::new();
    run(async {
        while claimed.len() <= 200
            && let Some(claim) = claim_job(store).await
        {
            claimed.push(claim.job.key);
        }
    });
    claimed
}

async fn claim_job(store: &SqliteStore) -> Option<JobClaim> {
    let claim = store.claim_job(JobKind::Send, lease()).await;
    claim.expect("jobs can be claimed")
}

/// Another process that writes; ends when dropped.
struct Lock(Connection);

impl Lock {
    fn of(file: &InFile) -> Self {
        let connection = Connection::open(file.path()).expect("the file is there");
        let begun = connection.execute_batch("BEGIN IMMEDIATE");
        begun.expect("nobody writes");
        Self(connection)
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        let ended = self.0.execute_batch("ROLLBACK");
        ended.expect("the transaction is open");
    }
}

/// Hands a call over without waiting for its answer.
fn start(call: &mut (impl Future + Unpin)) {
    let polled = Pin::new(call).poll(&mut Context::from_waker(Waker::noop()));
    assert!(polled.is_pending());
}

fn bytes(number: u32) -> [u8; 16] {
    u128::from(number).to_be_bytes()
}

fn lease() -> Lease {
    let now = Timestamp::from_seconds(1_700_000_000);
    Lease { worker: WorkerId::from_bytes(bytes(1)), now, until: now + Duration::from_secs(30) }
}

fn envelope(number: u32) -> Envelope {
    Envelope {
        id: EnvelopeId::from_bytes(bytes(number)),
        tenant: "acme".into(),
        received: Timestamp::EPOCH,
        body: Sealed::new(vec![7; 100]),
    }
}

async fn know(store: &SqliteStore, number: u32) {
    let proposed = ContactRecord {
        id: ContactId::from_bytes(bytes(number)),
        tenant: "acme".into(),
        key: WrappedKey::new(vec![1]),
        profile: Sealed::new(vec![2]),
    };
    let alias = Alias { kind: AliasKind::User, index: BlindIndex::new(bytes(number)) };
    let heard = Heard::new(vec![alias], Timestamp::EPOCH);
    let request = Resolve { heard, proposed };
    let resolved = store.resolve(vec![request]).await;
    resolved.expect("the customer is made known");
}

/// A conversation begins, and a message is to be sent.
fn opening(number: u32) -> Commit {
    let lane =
        Lane { contact: ContactId::from_bytes(bytes(number)), account: "106540352242922".into() };
    let id = ConversationId::from_bytes(bytes(number));
    let new = Conversation::new(id, "acme".into(), lane.clone(), Window::CLOSED);
    let effect = Effect::Send { message: MessageId::from_bytes(bytes(number)) };
    let decision = Decision { events: vec![Event::WindowClosed], effects: vec![effect] };
    let key = JobKey { conversation: id, version: Version(1), index: 0 };
    let jobs = vec![Job { key, tenant: "acme".into(), lane, effect, due: Timestamp::EPOCH }];
    Commit { jobs, ..Commit::new(&new, decision, Timestamp::EPOCH) }
}
