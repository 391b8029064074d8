//! Two desks that live through the same, and what must hold of each after every step.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Debug;
use std::sync::Arc;
use std::time::Duration;

use atendimento_core::channel::Authentic;
use atendimento_core::domain::access::{Actor, Role};
use atendimento_core::domain::configuration::Configuration;
use atendimento_core::domain::routing::{Asked, Level};
use atendimento_core::domain::{
    Agent, AgentProfile, Authority, Conversation, Event, Hold, Keep, Status, Version, Way, Window,
};
use atendimento_core::engine::{ActError, Destination, Reply};
use atendimento_core::id::{AgentId, CapacityClass, ConversationId};
use atendimento_core::store::memory::MemoryStore;
use atendimento_core::store::sqlite::SqliteStore;
use atendimento_core::store::{Cursor, Journaled, Listing, RosterCursor, Store};
use atendimento_core::testing::{FakeChannel, ManualClock, SeededRandomness, TestKeys, Wire};
use atendimento_core::time::Timestamp;
use atendimento_core::vault::Vault;
use atendimento_core::{Desk, Settings};
use proptest::sample::Index;

use crate::history::{AGENTS, Step};

const ACCOUNT: &str = "106540352242922";
const BEGINNING: Timestamp = Timestamp::from_seconds(1_700_000_000);

const CONFIGURATION: &str = r#"
skills = ["spanish"]

[queues.service]
offer = { timeout = "20s", misses = 3 }
rings = [
  { after = "60s", lower = 1 },
  { after = "90s", drop = ["spanish"], also = ["sales"] },
]
sticky = { within = "1d", wait = "15s" }
service = { first_answer = "40s", resolution = "10m" }
overflow = { after = "3m", to = "sales" }
absence = { return_after = "30s" }
wrap_up = "25s"
reopen = "2m"

[queues.sales]
weight = 2
strategy = "least_loaded"

[[rules]]
when = { words = ["hola"] }
queue = "service"
skills = { spanish = 3 }

[[rules]]
when = { words = ["venda"] }
queue = "sales"

[[rules]]
queue = "service"
"#;

/// A desk and its store.
struct Side {
    desk: Desk,
    clock: ManualClock,
}

/// Everything that can be asked.
#[derive(Clone, Debug, PartialEq)]
struct State {
    conversations: Vec<Conversation>,
    agents: BTreeMap<AgentId, Agent>,
    facts: BTreeMap<Place, Journaled>,
}

/// Which fact: what is committed at once is in no order between conversations.
type Place = (ConversationId, Version, u32);

pub(crate) struct World {
    sides: Vec<Side>,
    written: u32,
    /// How much each agent had after the step before.
    used: BTreeMap<AgentId, u32>,
    known: BTreeSet<Place>,
    began: BTreeSet<ConversationId>,
    /// The kinds of facts there were.
    pub(crate) seen: BTreeSet<String>,
    _folder: Option<tempfile::TempDir>,
}

impl World {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = SqliteStore::open(folder.path().join("desk.db")).unwrap();
        let sides = vec![Side::new(MemoryStore::new()), Side::new(store)];
        Self { _folder: Some(folder), ..Self::of(sides) }
    }

    pub(crate) fn on_memory() -> Self {
        Self::of(vec![Side::new(MemoryStore::new())])
    }

    fn of(sides: Vec<Side>) -> Self {
        Self {
            sides,
            written: 0,
            used: BTreeMap::new(),
            known: BTreeSet::new(),
            began: BTreeSet::new(),
            seen: BTreeSet::new(),
            _folder: None,
        }
    }

    /// Each desk, and what time it is there.
    #[allow(dead_code, reason = "not every test that has a world asks for it")]
    pub(crate) fn desks(&self) -> impl Iterator<Item = (&Desk, Timestamp)> {
        self.sides.iter().map(|side| (&side.desk, side.now()))
    }

    /// Lives through a step and checks what must hold after it.
    pub(crate) async fn live(&mut self, step: &Step) {
        if let Step::Write { .. } = step {
            self.written += 1;
        }
        let mut outcomes = Vec::new();
        for side in &self.sides {
            let outcome = side.live(step, self.written).await;
            side.desk.run_until_idle().await.unwrap();
            outcomes.push((outcome, side.state().await));
        }
        for two in outcomes.windows(2) {
            let ((told, one), (also_told, other)) = (&two[0], &two[1]);
            assert_eq!(told, also_told, "{step:?}: the stores answer differently");
            assert_eq!(self.news(one), self.news(other), "{step:?}: facts");
            assert_eq!(one.agents, other.agents, "{step:?}: agents");
            assert_eq!(one.conversations, other.conversations, "{step:?}: conversations");
        }
        let (_, state) = outcomes.remove(0);
        self.check(step, &state);
    }

    fn check(&mut self, step: &Step, state: &State) {
        let news: Vec<_> = self.news(state).into_iter().map(|fact| kind(&fact.event)).collect();
        self.seen.extend(news);

        // I3 and I2: what agents have is the sum of what they hold, and grows beyond what fits
        // only by force.
        let mut held = BTreeMap::<_, u32>::new();
        for (agent, Hold { class, weight }) in
            state.conversations.iter().flat_map(Conversation::holds)
        {
            *held.entry((agent.clone(), class.clone())).or_default() += weight;
        }
        let class = CapacityClass::from(CapacityClass::CHAT);
        for (id, agent) in &state.agents {
            let used = agent.used_of(&class);
            let sum = held.get(&(id.clone(), class.clone())).copied().unwrap_or(0);
            assert_eq!(used, sum, "{step:?}: the load of {id}");
            let before = self.used.insert(id.clone(), used).unwrap_or(0);
            let by_force = matches!(step, Step::Force { .. } | Step::TakeOver { .. });
            let fits = used <= agent.profile.capacity_for(&class) || used <= before;
            assert!(fits || by_force, "{step:?}: {id} has {used}");
        }

        // I1 and I4: nobody is asked for what they have; one open conversation a customer.
        let mut lanes = BTreeSet::new();
        for conversation in &state.conversations {
            let asked = conversation.offered_to().map(|(agent, _)| agent);
            assert!(asked.is_none() || asked != conversation.assignee());
            if conversation.is_open() {
                let is_first = lanes.insert(conversation.lane.clone());
                assert!(is_first, "{step:?}: a lane has two open conversations");
            }
        }

        // I5: nobody waits while somebody is free who could take them.
        for conversation in &state.conversations {
            let Some(ticket) = conversation.waiting() else {
                continue;
            };
            for (id, agent) in &state.agents {
                let could = agent.can_take(ticket.requirement()).is_ok()
                    && !ticket.excluded.contains(id)
                    && conversation.assignee() != Some(id);
                assert!(!could, "{step:?}: {id} is free and {} waits", conversation.id);
            }
        }

        // I7: state is all facts applied in order, each once.
        let mut replayed = BTreeMap::new();
        for fact in state.facts.values() {
            let known = state.conversations.iter().find(|it| it.id == fact.conversation).unwrap();
            let before = replayed.remove(&fact.conversation).unwrap_or_else(|| {
                let window = Window::CLOSED;
                let lane = known.lane.clone();
                Conversation::new(known.id, known.tenant.clone(), lane, window)
            });
            self.eligible(step, state, &before, fact);
            let after: Conversation = before.apply(&fact.event);
            replayed.insert(fact.conversation, after);
        }
        for conversation in &state.conversations {
            let mut replayed = replayed.remove(&conversation.id).unwrap();
            replayed.version = conversation.version;
            // What a lane hands on from one conversation to the next is in no fact.
            replayed.last_served = conversation.last_served;
            replayed.last_agent.clone_from(&conversation.last_agent);
            replayed.window = conversation.window;
            assert_eq!(replayed, *conversation, "{step:?}");
        }

        // I9: nothing is lost.
        let ids: BTreeSet<_> = state.conversations.iter().map(|it| it.id).collect();
        assert!(self.began.is_subset(&ids), "{step:?}: a conversation is gone");
        for conversation in &state.conversations {
            let is_left = conversation.status() == Status::Open;
            assert!(!is_left, "{step:?}: {} waits for nobody, and nobody has it", conversation.id);
        }
        self.began = ids;
        self.known = state.facts.keys().copied().collect();
    }

    fn news<'a>(&self, state: &'a State) -> Vec<&'a Journaled> {
        let new = state.facts.iter().filter(|(place, _)| !self.known.contains(place));
        new.map(|(_, fact)| fact).collect()
    }

    /// I8: routing gives nothing to who does not meet what is asked for.
    fn eligible(&self, step: &Step, state: &State, before: &Conversation, fact: &Journaled) {
        let is_news = !self.known.contains(&place(fact));
        let to = match &fact.event {
            Event::Offered { agent, .. } => agent,
            Event::Assigned { agent, way: Way::Routed, .. } => agent,
            _ => return,
        };
        if is_news {
            let requirement = before.line.as_ref().unwrap().ticket().requirement();
            let met = requirement.is_met_by(to, &state.agents[to].profile);
            assert_eq!(met, Ok(()), "{step:?}: {to} was not to get it");
            assert!(!before.line.as_ref().unwrap().ticket().excluded.contains(to));
        }
    }
}

impl Side {
    fn new(store: impl Store + 'static) -> Self {
        let clock = ManualClock::at(BEGINNING);
        let randomness = SeededRandomness::new(1);
        let vault =
            Vault::new(Arc::new(TestKeys::default()), Arc::new(randomness.clone())).unwrap();
        let desk = Desk::builder(store, vault, FakeChannel::new())
            .clock(clock.clone())
            .randomness(randomness)
            .settings(Settings::default())
            .account(ACCOUNT, "service")
            .configuration(Configuration::from_toml(CONFIGURATION).unwrap())
            .build()
            .unwrap();
        Self { desk, clock }
    }

    async fn state(&self) -> State {
        let store = self.desk.store();
        let eva = actor("eva", Role::AUDITOR);
        let conversations = self.desk.list(&eva, &Listing::default(), usize::MAX).await.unwrap();
        let all = store.agents(&"default".into(), RosterCursor::default(), usize::MAX).await;
        let agents = all.unwrap().0.into_iter().map(|agent| (agent.id.clone(), agent)).collect();
        let journal = store.journal(Cursor::default(), usize::MAX).await.unwrap().0;
        let count = journal.len();
        let facts: BTreeMap<_, _> = journal.into_iter().map(|fact| (place(&fact), fact)).collect();
        assert_eq!(facts.len(), count, "a fact is there twice");
        State { conversations, agents, facts }
    }

    /// What the step came to; refusals are answers as well.
    async fn live(&self, step: &Step, written: u32) -> Result<(), String> {
        let desk = &self.desk;
        let sofia = actor("sofia", Role::SUPERVISOR);
        match step {
            Step::Write { customer, word } => {
                let message = Wire::Message {
                    account: ACCOUNT.into(),
                    from: format!("551199999000{customer}"),
                    id: format!("in.{written}"),
                    at: BEGINNING.millis() / 1000,
                    text: (*word).to_owned(),
                };
                let body: Authentic = FakeChannel::body(&[message]);
                desk.receive(body).await.map_err(|error| error.to_string())
            }
            Step::Enroll { agent, profile } => {
                let admin = actor("root", Role::ADMINISTRATOR);
                told(desk.enroll(&admin, &(*agent).into(), &self::profile(*profile)).await)
            }
            Step::Be { agent, presence } => {
                let me = actor(agent, Role::AGENT);
                told(desk.set_presence(&me, &(*agent).into(), *presence).await)
            }
            Step::Accept { agent } => self.answer(agent, true).await,
            Step::Reject { agent } => self.answer(agent, false).await,
            Step::Reply { agent } => {
                let Some(mine) = self.owned(agent).await else { return Ok(()) };
                let fence = mine.assignment().unwrap();
                let reply = Reply::text(format!("k{}", mine.version.0), fence, "oi");
                told(desk.reply(&actor(agent, Role::AGENT), mine.id, reply).await)
            }
            Step::Close { agent } => {
                let Some(mine) = self.owned(agent).await else { return Ok(()) };
                let authority = Authority::Owner(mine.assignment().unwrap());
                told(desk.close(&actor(agent, Role::AGENT), mine.id, authority).await)
            }
            Step::Snooze { agent, seconds } => {
                let Some(mine) = self.owned(agent).await else { return Ok(()) };
                let authority = Authority::Owner(mine.assignment().unwrap());
                let until = self.now() + Duration::from_secs(*seconds);
                told(desk.snooze(&actor(agent, Role::AGENT), mine.id, authority, until).await)
            }
            Step::TransferTo { agent, to, keep } => {
                self.transfer(agent, Destination::Agent((*to).into()), *keep).await
            }
            Step::TransferToQueue { agent, queue, keep } => {
                let to = Destination::Queue { queue: (*queue).into(), asked: Asked::default() };
                self.transfer(agent, to, *keep).await
            }
            Step::CancelTransfer { agent } => {
                let Some(mine) = self.owned(agent).await else { return Ok(()) };
                let authority = Authority::Owner(mine.assignment().unwrap());
                told(desk.cancel_transfer(&actor(agent, Role::AGENT), mine.id, authority).await)
            }
            Step::Assign { which, to } => match self.some(which, true).await {
                Some(id) => told(desk.assign(&sofia, id, (*to).into()).await),
                None => Ok(()),
            },
            Step::Force { which, to } => match self.some(which, true).await {
                Some(id) => told(desk.force_assign(&sofia, id, (*to).into()).await),
                None => Ok(()),
            },
            Step::Pull { which } => match self.some(which, true).await {
                Some(id) => told(desk.pull(&actor(AGENTS[0], Role::SUPERVISOR), id).await),
                None => Ok(()),
            },
            Step::TakeOver { which } => match self.some(which, true).await {
                Some(id) => told(desk.take_over(&actor(AGENTS[1], Role::SUPERVISOR), id).await),
                None => Ok(()),
            },
            Step::HandOver { which } => match self.some(which, true).await {
                Some(id) => {
                    let by = Authority::Supervisor;
                    told(desk.hand_over(&sofia, id, by, "bot".into()).await)
                }
                None => Ok(()),
            },
            Step::Reopen { which } => match self.some(which, false).await {
                Some(id) => told(desk.reopen(&sofia, id).await),
                None => Ok(()),
            },
            Step::End { which } => match self.some(which, true).await {
                Some(id) => told(desk.close(&sofia, id, Authority::Supervisor).await),
                None => Ok(()),
            },
            Step::Pass { seconds } => {
                self.clock.advance(Duration::from_secs(*seconds));
                Ok(())
            }
        }
    }

    async fn answer(&self, agent: &str, accept: bool) -> Result<(), String> {
        let me = actor(agent, Role::AGENT);
        let all = self.state().await.conversations.into_iter();
        let mut asked =
            all.filter(|it| it.offered_to().is_some_and(|(to, _)| to.as_str() == agent));
        let Some(offered) = asked.next() else {
            return Ok(());
        };
        if accept {
            told(self.desk.accept(&me, offered.id, offered.fence).await)
        } else {
            told(self.desk.reject(&me, offered.id, offered.fence).await)
        }
    }

    async fn transfer(&self, agent: &str, to: Destination, keep: bool) -> Result<(), String> {
        let Some(mine) = self.owned(agent).await else {
            return Ok(());
        };
        let authority = Authority::Owner(mine.assignment().unwrap());
        let keep = if keep { Keep::UntilTaken } else { Keep::No };
        let me = actor(agent, Role::AGENT);
        told(self.desk.transfer(&me, mine.id, authority, to, keep).await)
    }

    async fn owned(&self, agent: &str) -> Option<Conversation> {
        let all = self.state().await.conversations;
        all.into_iter().find(|it| it.assignee().is_some_and(|owner| owner.as_str() == agent))
    }

    /// One of those that are open, or of those that are closed.
    async fn some(&self, which: &Index, is_open: bool) -> Option<ConversationId> {
        let mut all = self.state().await.conversations;
        all.retain(|conversation| conversation.is_open() == is_open);
        if all.is_empty() { None } else { Some(which.get(&all).id) }
    }

    fn now(&self) -> Timestamp {
        use atendimento_core::time::Clock;
        self.clock.now()
    }
}

fn place(fact: &Journaled) -> Place {
    (fact.conversation, fact.version, fact.index)
}

fn told<T, E: Into<ActError> + Debug>(outcome: Result<T, E>) -> Result<(), String> {
    outcome.map(drop).map_err(|error| format!("{error:?}"))
}

fn actor(id: &str, role: Role) -> Actor {
    Actor::new(id, "default", role).with_queues(["service", "sales"])
}

fn profile(number: u8) -> AgentProfile {
    let spanish = |level| [("spanish".into(), Level::new(level).unwrap())].into();
    match number {
        0 => AgentProfile::chats(["service"], 1),
        1 => AgentProfile::chats(["service", "sales"], 3),
        2 => AgentProfile { skills: spanish(2), ..AgentProfile::chats(["service"], 2) },
        3 => AgentProfile { skills: spanish(5), ..AgentProfile::chats(["sales", "service"], 2) },
        _ => AgentProfile::chats(["sales"], 2),
    }
}

/// The kind of a fact, in one or two words.
fn kind(event: &Event) -> String {
    let json = serde_json::to_value(event).unwrap();
    let (name, value) = match &json {
        serde_json::Value::Object(object) => object.iter().next().unwrap(),
        other => return other.as_str().unwrap().to_owned(),
    };
    let detail = ["end", "way", "reason"].iter().find_map(|key| value[*key].as_str());
    detail.map_or_else(|| name.clone(), |detail| format!("{name} {detail}"))
}
