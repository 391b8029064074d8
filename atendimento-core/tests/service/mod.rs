//! A desk at work as a host runs it: SQLite, a real port, and Meta played by the simulator.
#![allow(dead_code)] // each test binary uses its part

use std::sync::Arc;
use std::time::Duration;

use atendimento_core::channel::whatsapp::WhatsApp;
use atendimento_core::crm::LogCrm;
use atendimento_core::domain::access::{Actor, Role};
use atendimento_core::domain::{AgentProfile, Delivery, Event, Fence, Presence};
use atendimento_core::engine::{Feed, Hint, Running};
use atendimento_core::id::{AgentId, SystemRandomness};
use atendimento_core::store::sqlite::SqliteStore;
use atendimento_core::vault::{FileKeys, Vault};
use atendimento_core::{Desk, Settings};
use secrecy::SecretString;
use tokio::net::TcpListener;
use whatsapp_cloud::simulator::Simulator;
use whatsapp_cloud::webhook::axum::{Answer, VerifiedBytes, route};
use whatsapp_cloud::webhook::{Handshake, Verifier};

pub(crate) const APP_SECRET: &str = "canary-app-secret-7f3b";
pub(crate) const VERIFY_TOKEN: &str = "canary-verify-token-91ac";
pub(crate) const TOKEN: &str = "canary-access-token-EAAG55";
pub(crate) const CUSTOMER: &str = "5511987650001";
pub(crate) const NAME: &str = "Canária da Silva";

/// Longer than anything here takes; a test that waits for it has failed.
const PATIENCE: Duration = Duration::from_secs(30);

pub(crate) struct Service {
    pub(crate) desk: Desk,
    pub(crate) simulator: Simulator,
    pub(crate) webhook: String,
    pub(crate) folder: tempfile::TempDir,
    feed: Feed,
    facts: Vec<Event>,
    running: Running,
}

pub(crate) fn actor(id: &str, role: Role) -> Actor {
    Actor::new(id, "default", role).with_queues(["service"])
}

impl Service {
    /// A desk with one agent, who is there.
    pub(crate) async fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        let simulator = Simulator::builder()
            .app_secret(SecretString::from(APP_SECRET))
            .verify_token(SecretString::from(VERIFY_TOKEN))
            .token(SecretString::from(TOKEN))
            .retry_first(Duration::from_millis(10))
            .start()
            .await
            .unwrap();
        let keys = FileKeys::open_or_create(at("keys.json"), &SystemRandomness).unwrap();
        let vault = Vault::new(Arc::new(keys), Arc::new(SystemRandomness)).unwrap();
        let channel = WhatsApp::new(simulator.client().unwrap());
        let store = SqliteStore::open(at("desk.db")).unwrap();
        let desk = Desk::builder(store, vault, channel)
            .crm(LogCrm::open(at("crm.jsonl")).unwrap())
            .settings(Settings { poll: Duration::from_millis(50), ..Settings::default() })
            .account(simulator.phone_number_id().as_str(), "service")
            .build()
            .unwrap();
        let feed = desk.feed(&actor("watcher", Role::AUDITOR)).unwrap();
        let running = desk.run();
        let webhook = serve(&desk).await;
        simulator.set_callback(&webhook).await.unwrap();
        let bia = actor("bia", Role::AGENT);
        let admin = actor("root", Role::ADMINISTRATOR);
        desk.enroll(&admin, &bia.id, &AgentProfile::chats(["service"], 3)).await.unwrap();
        desk.set_presence(&bia, &bia.id, Presence::Available).await.unwrap();
        Self { desk, simulator, webhook, folder, feed, facts: Vec::new(), running }
    }

    /// Waits until `wanted` finds something in all facts so far.
    pub(crate) async fn until<T>(&mut self, wanted: impl Fn(&[Event]) -> Option<T>) -> T {
        let search = async {
            loop {
                if let Some(found) = wanted(&self.facts) {
                    return found;
                }
                match self.feed.next().await {
                    Some(Hint::Fact(fact)) => self.facts.push(fact.event),
                    other => panic!("a test reads its feed in time: {other:?}"),
                }
            }
        };
        tokio::time::timeout(PATIENCE, search).await.expect("it happens")
    }

    /// Waits until the agent has the conversation.
    pub(crate) async fn until_assigned(&mut self) -> (AgentId, Fence) {
        self.until(|facts| {
            facts.iter().find_map(|fact| match fact {
                Event::Assigned { agent, fence, .. } => Some((agent.clone(), *fence)),
                _ => None,
            })
        })
        .await
    }

    /// Waits until the CRM knows so many messages.
    pub(crate) async fn until_recorded(&mut self, count: usize) {
        self.until(|facts| {
            let recorded = facts.iter().filter(|it| matches!(it, Event::RecordedInCrm { .. }));
            (recorded.count() >= count).then_some(())
        })
        .await;
    }

    /// Waits until a message has been read, and tells the way it went.
    pub(crate) async fn until_read(&mut self) -> Vec<Delivery> {
        self.until(|facts| {
            let way: Vec<_> = facts
                .iter()
                .filter_map(|fact| match fact {
                    Event::DeliveryAdvanced { delivery, .. } => Some(*delivery),
                    _ => None,
                })
                .collect();
            way.contains(&Delivery::Read).then_some(way)
        })
        .await
    }

    pub(crate) async fn stop(self) -> tempfile::TempDir {
        self.simulator.shutdown().await;
        self.running.shutdown().await;
        self.folder
    }
}

async fn serve(desk: &Desk) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let webhook = format!("http://{}/", listener.local_addr().unwrap());
    let receiver = desk.clone();
    let app = route(
        Verifier::new([SecretString::from(APP_SECRET)]).unwrap(),
        Handshake::new(SecretString::from(VERIFY_TOKEN)).unwrap(),
        move |delivery: VerifiedBytes| {
            let desk = receiver.clone();
            async move { Answer::from(desk.receive(WhatsApp::authentic(&delivery.verified())).await) }
        },
    );
    tokio::spawn(axum::serve(listener, app).into_future());
    webhook
}
