//! Who waits and who is there, drawn the same way each time.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use atendimento_core::domain::routing::{Item, Key, Level, Requirement};
use atendimento_core::domain::{Agent, AgentProfile, Presence, Version};
use atendimento_core::id::{AgentId, CapacityClass, ConversationId, SkillId};
use atendimento_core::time::Timestamp;

const SKILLS: u64 = 40;
const QUEUES: u64 = 10;
const AT_ONCE: u32 = 3;

pub(crate) struct World {
    pub(crate) agents: Vec<Agent>,
    pub(crate) items: Vec<Item>,
    draws: u64,
    made: u128,
    freed: usize,
}

impl World {
    pub(crate) fn new(agents: usize, waiting: usize) -> Self {
        let mut world = Self { agents: Vec::new(), items: Vec::new(), draws: 7, made: 0, freed: 0 };
        world.agents = (0..agents).map(|number| world.agent(number)).collect();
        world.items = (0..waiting).map(|_| world.item()).collect();
        world
    }

    fn draw(&mut self, below: u64) -> u64 {
        // xorshift64*: the same numbers on every machine.
        self.draws ^= self.draws >> 12;
        self.draws ^= self.draws << 25;
        self.draws ^= self.draws >> 27;
        (self.draws.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) % below
    }

    fn skills(&mut self, count: u64) -> BTreeMap<SkillId, Level> {
        let mut skills = BTreeMap::new();
        for _ in 0..count {
            let skill = self.draw(SKILLS);
            let level = Level::new(1 + self.draw(5) as u8).unwrap();
            skills.insert(SkillId::new(format!("skill {skill}")), level);
        }
        skills
    }

    /// Serves one to four queues and has three to eight skills.
    fn agent(&mut self, number: usize) -> Agent {
        let queues = 1 + self.draw(4);
        let queues: Vec<_> = (0..queues).map(|_| format!("queue {}", self.draw(QUEUES))).collect();
        let mut profile = AgentProfile::chats(queues.iter().map(String::as_str), AT_ONCE);
        let count = 3 + self.draw(6);
        profile.skills = self.skills(count);
        Agent {
            id: AgentId::new(format!("agent {number}")),
            tenant: "acme".into(),
            profile,
            presence: Presence::Available,
            epoch: 1,
            used: BTreeMap::new(),
            missed: 0,
            last_assigned: None,
        }
    }

    /// The next who comes: of ten, two ask for no skill, five for one, three for two; some
    /// have a head start of a minute.
    pub(crate) fn item(&mut self) -> Item {
        let mut requirement = Requirement::to_serve(&*format!("queue {}", self.draw(QUEUES)));
        let skills = [0, 0, 1, 1, 1, 1, 1, 2, 2, 2][self.draw(10) as usize];
        requirement.skills = self.skills(skills);
        self.made += 1;
        let since = Timestamp::from_millis(self.made as i64 * 10);
        let bonus = Duration::from_secs(60 * self.draw(2));
        Item {
            conversation: ConversationId::from_bytes(self.made.to_be_bytes()),
            version: Version(1),
            key: Key::aged(since, bonus),
            requirement,
            excluded: Vec::new(),
            stage: 0,
            configuration: 1,
        }
    }

    /// How many different things are asked for.
    pub(crate) fn lines(&self) -> usize {
        self.items.iter().map(|item| &item.requirement).collect::<BTreeSet<_>>().len()
    }

    pub(crate) fn full_agents(&mut self) -> Vec<Agent> {
        for agent in &mut self.agents {
            agent.used.insert(CapacityClass::from(CapacityClass::CHAT), AT_ONCE);
        }
        self.agents.clone()
    }

    pub(crate) fn agents_with_room(&mut self) -> Vec<Agent> {
        for number in 0..self.agents.len() {
            let used = if number % 3 == 0 { self.draw(AT_ONCE.into()) as u32 } else { AT_ONCE };
            self.agents[number].used.insert(CapacityClass::from(CapacityClass::CHAT), used);
        }
        self.agents.clone()
    }

    /// Somebody is done with one.
    pub(crate) fn free_one(&mut self) -> Agent {
        self.freed = self.draw(self.agents.len() as u64) as usize;
        self.with_used(AT_ONCE - 1)
    }

    pub(crate) fn fill_last(&mut self) -> Agent {
        self.with_used(AT_ONCE)
    }

    /// Who was freed last got one.
    pub(crate) fn took(&mut self, agent: &AgentId) -> Agent {
        assert_eq!(&self.agents[self.freed].id, agent, "nobody else has room");
        self.made += 1;
        let mut agent = self.with_used(AT_ONCE);
        agent.last_assigned = Some(Timestamp::from_millis(self.made as i64 * 10));
        agent
    }

    /// The agent as before they got something, but for when that was.
    pub(crate) fn was_idle(&mut self, agent: &AgentId) -> Agent {
        self.made += 1;
        let number: usize = agent.as_str().trim_start_matches("agent ").parse().unwrap();
        let agent = &mut self.agents[number];
        agent.last_assigned = Some(Timestamp::from_millis(self.made as i64 * 10));
        agent.clone()
    }

    fn with_used(&mut self, used: u32) -> Agent {
        let agent = &mut self.agents[self.freed];
        agent.used.insert(CapacityClass::from(CapacityClass::CHAT), used);
        agent.clone()
    }
}
