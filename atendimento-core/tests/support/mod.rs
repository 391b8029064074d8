//! A desk with fakes around it, and a clock that stands still.
#![allow(dead_code)] // each test binary uses its part

use std::time::Duration;

use atendimento_core::Desk;
use atendimento_core::Settings;
use atendimento_core::channel::Authentic;
use atendimento_core::domain::access::{Actor, Role};
use atendimento_core::domain::configuration::Configuration;
use atendimento_core::domain::{AgentProfile, Conversation, Delivery, Event, Fence, Presence};
use atendimento_core::engine::{DeskBuilder, Reply};
use atendimento_core::id::{AgentId, ConversationId, MessageId, TenantId};
use atendimento_core::store::memory::MemoryStore;
use atendimento_core::store::{Cursor, Queries};
use atendimento_core::testing::{
    FakeChannel, FakeCrm, ManualClock, SeededRandomness, TestKeys, Wire,
};
use atendimento_core::time::{Clock, Timestamp};
use atendimento_core::vault::Vault;

pub(crate) const ACCOUNT: &str = "106540352242922";
pub(crate) const ANA: &str = "5511999990001";

pub(crate) struct Around {
    pub(crate) desk: Desk,
    pub(crate) store: MemoryStore,
    pub(crate) channel: FakeChannel,
    pub(crate) crm: FakeCrm,
    pub(crate) clock: ManualClock,
}

pub(crate) fn tenant() -> TenantId {
    TenantId::from("default")
}

pub(crate) fn actor(id: &str, role: Role) -> Actor {
    Actor::new(id, tenant(), role).with_queues(["service"])
}

/// A desk where nobody is there yet.
pub(crate) fn empty() -> Around {
    let store = MemoryStore::new();
    let channel = FakeChannel::new();
    let crm = FakeCrm::new();
    let clock = ManualClock::at(Timestamp::from_seconds(1_700_000_000));
    let desk = another_desk(&store, &channel, &crm, &clock, 1);
    Around { desk, store, channel, crm, clock }
}

/// One more process on the same store.
pub(crate) fn another_desk(
    store: &MemoryStore,
    channel: &FakeChannel,
    crm: &FakeCrm,
    clock: &ManualClock,
    seed: u64,
) -> Desk {
    begun(store, channel, crm, clock, seed).build().unwrap()
}

/// What another desk on the same parts is built of.
pub(crate) fn builder(around: &Around, seed: u64) -> DeskBuilder {
    begun(&around.store, &around.channel, &around.crm, &around.clock, seed)
}

fn begun(
    store: &MemoryStore,
    channel: &FakeChannel,
    crm: &FakeCrm,
    clock: &ManualClock,
    seed: u64,
) -> DeskBuilder {
    let randomness = SeededRandomness::new(seed);
    let vault = Vault::new(
        std::sync::Arc::new(TestKeys::default()),
        std::sync::Arc::new(randomness.clone()),
    )
    .unwrap();
    Desk::builder(store.clone(), vault, channel.clone())
        .crm(crm.clone())
        .clock(clock.clone())
        .randomness(randomness)
        .settings(Settings::default())
        .account(ACCOUNT, "service")
}

/// A desk of a company that has decided this about its queues, where nobody is there yet.
pub(crate) fn configured(toml: &str) -> Around {
    let around = empty();
    let configuration = Configuration::from_toml(toml).unwrap();
    let desk = builder(&around, 1).configuration(configuration).build().unwrap();
    Around { desk, ..around }
}

/// A desk where `agents` are available, with room for three conversations each.
pub(crate) async fn staffed(agents: &[&str]) -> Around {
    let around = empty();
    for agent in agents {
        around.arrives(agent, 3).await;
    }
    around
}

pub(crate) fn hello(id: &str) -> Wire {
    says(ANA, id, "hello")
}

pub(crate) fn says(from: &str, id: &str, text: &str) -> Wire {
    Wire::Message {
        account: ACCOUNT.into(),
        from: from.into(),
        id: id.into(),
        at: 1_700_000_000,
        text: text.into(),
    }
}

pub(crate) fn status(id: &str, correlation: Option<&str>, delivery: Delivery) -> Wire {
    Wire::Status {
        account: ACCOUNT.into(),
        id: id.into(),
        correlation: correlation.map(Into::into),
        delivery,
        at: 1_700_000_001,
    }
}

impl Around {
    pub(crate) async fn arrives(&self, agent: &str, capacity: u32) {
        let admin = actor("root", Role::ADMINISTRATOR);
        let id = AgentId::from(agent);
        self.desk.enroll(&admin, &id, &AgentProfile::chats(["service"], capacity)).await.unwrap();
        self.desk.set_presence(&actor(agent, Role::AGENT), &id, Presence::Available).await.unwrap();
    }

    pub(crate) async fn is(&self, agent: &str, presence: Presence) {
        let id = AgentId::from(agent);
        let me = actor(agent, Role::AGENT);
        self.desk.set_presence(&me, &id, presence).await.unwrap();
        self.desk.run_until_idle().await.unwrap();
    }

    pub(crate) async fn receives(&self, said: &[Wire]) {
        self.receives_bytes(FakeChannel::body(said)).await;
    }

    pub(crate) async fn receives_bytes(&self, body: Authentic) {
        self.desk.receive(body).await.unwrap();
        self.desk.run_until_idle().await.unwrap();
    }

    pub(crate) async fn passes(&self, time: Duration) {
        self.clock.advance(time);
        self.desk.run_until_idle().await.unwrap();
    }

    /// The open conversations, the oldest first.
    pub(crate) async fn open(&self) -> Vec<Conversation> {
        self.store.open_conversations(&tenant(), 100).await.unwrap()
    }

    /// The only open conversation.
    pub(crate) async fn only(&self) -> Conversation {
        let mut open = self.open().await;
        assert_eq!(open.len(), 1, "{open:?}");
        open.remove(0)
    }

    pub(crate) async fn replies(&self, agent: &str, key: &str, text: &str) -> MessageId {
        let conversation = self.only().await;
        let reply = Reply::text(key, fence(&conversation), text);
        let message =
            self.desk.reply(&actor(agent, Role::AGENT), conversation.id, reply).await.unwrap();
        self.desk.run_until_idle().await.unwrap();
        message
    }

    pub(crate) async fn delivery(&self, message: MessageId) -> Delivery {
        self.store.message(message).await.unwrap().unwrap().record.delivery.unwrap()
    }

    /// Every fact of a conversation, in order.
    pub(crate) async fn facts(&self, conversation: ConversationId) -> Vec<Event> {
        let (journal, _) = self.store.journal(Cursor::default(), 10_000).await.unwrap();
        journal
            .into_iter()
            .filter(|fact| fact.conversation == conversation)
            .map(|fact| fact.event)
            .collect()
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.clock.now()
    }
}

pub(crate) fn fence(conversation: &Conversation) -> Fence {
    conversation.assignment().expect("the conversation is assigned")
}
