//! Queues as a company has decided about them: the configuration is a file, the strategy is the
//! host's own, agents are asked and refuse, a supervisor steps in.
//!
//! `cargo run --example queues` tells the story and ends. The channel is a fake and time is
//! moved by hand, so that it takes no time; everything between them is what a service runs.

#![allow(clippy::print_stdout)]

use std::sync::Arc;
use std::time::Duration;

use atendimento_core::Desk;
use atendimento_core::domain::access::{Actor, Role};
use atendimento_core::domain::configuration::{Configuration, Document};
use atendimento_core::domain::routing::{LooksAt, Rank, Requirement, RoutingStrategy};
use atendimento_core::domain::{Agent, AgentProfile, Conversation, Presence, Status};
use atendimento_core::store::Listing;
use atendimento_core::store::memory::MemoryStore;
use atendimento_core::testing::{FakeChannel, ManualClock, SeededRandomness, TestKeys, Wire};
use atendimento_core::time::Timestamp;
use atendimento_core::vault::Vault;

type Failure = Box<dyn std::error::Error>;

/// Keeps the most skilled for those who need them: whoever has the fewest skills comes first.
struct SpareExperts;

impl RoutingStrategy for SpareExperts {
    fn name(&self) -> &str {
        "spare_experts"
    }

    fn looks_at(&self) -> LooksAt {
        LooksAt::Agent
    }

    fn rank(&self, agent: &Agent, _: &Requirement) -> Rank {
        Rank::number(u64::try_from(agent.profile.skills.len()).unwrap_or(u64::MAX))
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Failure> {
    // The file, with another strategy in one of its queues. What is wrong is told with its path.
    let mut document = Document::from_toml(include_str!("configuration/desk.toml"))?;
    let sales = document.queues.get_mut(&"sales".into()).ok_or("the file has a queue `sales`")?;
    sales.strategy = Some("spare_experts".to_owned());
    let configuration = Configuration::new(document, &["spare_experts"])?;

    // Monday, 2026-11-23, 10:00 in São Paulo: the office is open.
    let clock = ManualClock::at(Timestamp::from_seconds(1_795_438_800));
    let randomness = SeededRandomness::new(7);
    let vault = Vault::new(Arc::new(TestKeys::default()), Arc::new(randomness.clone()))?;
    let desk = Desk::builder(MemoryStore::new(), vault, FakeChannel::new())
        .account("106540352242922", "sales")
        .configuration(configuration)
        .strategy(SpareExperts)
        .clock(clock.clone())
        .randomness(randomness)
        .build()?;

    let admin = Actor::new("root", "default", Role::ADMINISTRATOR);
    let mut expert = AgentProfile::chats(["sales"], 3);
    expert.skills.insert("spanish".into(), 5.try_into()?);
    for (name, profile) in [("ana", expert), ("bia", AgentProfile::chats(["sales"], 3))] {
        desk.enroll(&admin, &name.into(), &profile).await?;
        let me = Actor::new(name, "default", Role::AGENT);
        desk.set_presence(&me, &name.into(), Presence::Available).await?;
    }

    desk.receive(FakeChannel::body(&[Wire::Message {
        account: "106540352242922".into(),
        from: "5511999990001".into(),
        id: "wamid.1".into(),
        at: 1_795_438_800,
        text: "Bom dia! Quero comprar um celular.".into(),
    }]))
    .await?;
    desk.run_until_idle().await?;
    let asked = only(&desk).await?;
    println!("a customer waits in {}, and {} is asked", name(asked.queue.as_ref()), whom(&asked));
    assert_eq!(whom(&asked), "bia", "she has no skills to be spared for others");

    let bia = Actor::new("bia", "default", Role::AGENT);
    desk.reject(&bia, asked.id, asked.fence).await?;
    desk.run_until_idle().await?;
    let asked = only(&desk).await?;
    println!("bia refuses, {} is asked, and says nothing for twenty seconds", whom(&asked));
    clock.advance(Duration::from_secs(20));
    desk.run_until_idle().await?;

    let sofia = Actor::new("sofia", "default", Role::SUPERVISOR).with_queues(["sales"]);
    for explained in desk.explanations(&sofia, asked.id).await? {
        let it = explained.explanation;
        println!("  {} was asked, by {} with rank {}", it.agent, it.strategy, it.rank);
    }
    println!("sofia gives it to bia, whatever she has to do");
    desk.force_assign(&sofia, asked.id, "bia".into()).await?;
    let owned = only(&desk).await?;
    assert_eq!((owned.status(), whom(&owned).as_str()), (Status::Assigned, "bia"));
    println!("{} has it", whom(&owned));
    Ok(())
}

/// The only conversation, as an auditor sees it.
async fn only(desk: &Desk) -> Result<Conversation, Failure> {
    let eva = Actor::new("eva", "default", Role::AUDITOR);
    let mut all = desk.list(&eva, &Listing::default(), 9).await?;
    all.pop().ok_or_else(|| "there is a conversation".into())
}

/// Who has it, or is asked to take it.
fn whom(conversation: &Conversation) -> String {
    let asked = conversation.offered_to().map(|(agent, _)| agent);
    name(conversation.assignee().or(asked))
}

fn name(id: Option<&impl ToString>) -> String {
    id.map_or_else(|| "nobody".to_owned(), ToString::to_string)
}
