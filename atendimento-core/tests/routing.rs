//! Who gets the next conversation, as properties: what a board finds quickly is what going
//! through everybody finds.
#![allow(missing_docs, clippy::unwrap_used)]

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use atendimento_core::domain::routing::{
    AgentSeen, Arrived, Board, Considered, History, Item, Key, LeastLoaded, Level, LongestIdle,
    Match, PassedOver, PassedOverCounts, Requirement, SkillFirst, Strategies, Ticket, replay,
};
use atendimento_core::domain::{Agent, AgentProfile, Presence, Version};
use atendimento_core::id::{AgentId, ConversationId, QueueId};
use atendimento_core::time::Timestamp;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::subsequence;

const QUEUES: [&str; 3] = ["billing", "sales", "support"];
const SKILLS: [&str; 3] = ["english", "pix", "spanish"];

fn conversation(number: u16) -> ConversationId {
    ConversationId::from_bytes(u128::from(number).to_be_bytes())
}

fn key(second: i64) -> Key {
    Key::due(Timestamp::from_seconds(second))
}

fn strategies() -> Strategies {
    Strategies::new(LongestIdle).with("sales", LeastLoaded).with("support", SkillFirst)
}

/// One who is there and has had nothing.
fn agent(id: &str, profile: AgentProfile) -> Agent {
    Agent {
        id: id.into(),
        tenant: "acme".into(),
        profile,
        presence: Presence::Available,
        epoch: 1,
        used: BTreeMap::new(),
        missed: 0,
        last_assigned: None,
    }
}

fn all(board: &mut Board) -> Vec<Match> {
    std::iter::from_fn(|| board.next()).collect()
}

fn numbers(found: &[Match]) -> Vec<u8> {
    found.iter().map(|it| it.conversation.to_bytes()[15]).collect()
}

fn item(number: u16, second: i64, requirement: Requirement) -> Item {
    Item {
        conversation: conversation(number),
        version: Version(1),
        key: key(second),
        requirement,
        excluded: Vec::new(),
        stage: 0,
        configuration: 1,
    }
}

/// The rules, in the order in which they are written, over lists: obviously right, and slow.
#[derive(Default)]
struct Plain {
    items: BTreeMap<ConversationId, Item>,
    agents: BTreeMap<AgentId, (Agent, u64)>,
    turn: u64,
}

impl Plain {
    fn could(agent: &Agent, item: &Item) -> bool {
        agent.can_take(&item.requirement).is_ok() && !item.excluded.contains(&agent.id)
    }

    fn best_for(&self, item: &Item) -> Option<&Agent> {
        let strategies = strategies();
        let strategy = strategies.of(&item.requirement.queues[0]);
        let able = self.agents.values().filter(|(agent, _)| Self::could(agent, item));
        able.min_by_key(|(agent, turn)| {
            let rank = strategy.rank(agent, &item.requirement);
            (rank, *turn, agent.last_assigned, agent.id.clone())
        })
        .map(|(agent, _)| agent)
    }

    fn next(&mut self) -> Option<(ConversationId, AgentId)> {
        let servable = self.items.values().filter(|item| self.best_for(item).is_some());
        let first = servable.min_by_key(|item| (item.key, item.conversation))?;
        let agent = self.best_for(first)?;
        let rank = |item: &Item| {
            let asks = |queue: &QueueId| item.requirement.queues.contains(queue);
            agent.profile.queues.iter().position(asks)
        };
        let able = self.items.values().filter(|item| Self::could(agent, item));
        let item = able.min_by_key(|item| (rank(item), item.key, item.conversation))?.clone();
        let id = agent.id.clone();
        self.turn += 1;
        let (agent, turn) = self.agents.get_mut(&id)?;
        *turn = self.turn;
        *agent.used.entry(item.requirement.class.clone()).or_default() += item.requirement.weight;
        self.items.remove(&item.conversation);
        Some((item.conversation, id))
    }
}

#[derive(Clone, Debug)]
enum Step {
    Put(Item),
    Remove(ConversationId),
    Set(Agent),
    RemoveAgent(AgentId),
    /// The store said yes: the agent is as the board thinks.
    Confirm(AgentId, i64),
    /// Somebody is done with so much.
    Free(AgentId, u32),
    Next,
    Settle,
}

fn names<T: for<'a> From<&'a str> + Clone + std::fmt::Debug + 'static>(
    names: &'static [&'static str],
    least: usize,
) -> impl Strategy<Value = Vec<T>> {
    subsequence(names.to_vec(), least..=names.len())
        .prop_shuffle()
        .prop_map(|names| names.into_iter().map(T::from).collect())
}

fn levels() -> impl Strategy<Value = BTreeMap<atendimento_core::id::SkillId, Level>> {
    let level = (1_u8..=5).prop_map(|level| Level::new(level).unwrap());
    (names(&SKILLS, 0), vec(level, SKILLS.len()))
        .prop_map(|(skills, levels)| skills.into_iter().zip(levels).collect())
}

fn agent_ids() -> impl Strategy<Value = AgentId> {
    prop_oneof![Just("ana"), Just("bia"), Just("caio"), Just("davi"), Just("eva")]
        .prop_map(AgentId::from)
}

fn agents() -> impl Strategy<Value = Agent> {
    let presence = prop_oneof![
        6 => Just(Presence::Available),
        1 => Just(Presence::Break),
        1 => Just(Presence::Offline),
    ];
    let profile = (names(&QUEUES, 1), levels(), 0_u32..4, 0_u32..2);
    let profile = profile.prop_map(|(queues, skills, chats, calls)| {
        let capacity = BTreeMap::from([("chat".into(), chats), ("call".into(), calls)]);
        AgentProfile { team: None, queues, skills, capacity }
    });
    let used = (0_u32..3, any::<bool>());
    (agent_ids(), profile, presence, used, proptest::option::of(0_i64..5)).prop_map(
        |(id, profile, presence, (used, has_used), last)| {
            let mut agent = Agent { presence, ..agent(id.as_str(), profile) };
            agent.last_assigned = last.map(Timestamp::from_seconds);
            if has_used {
                agent.used.insert("chat".into(), used);
            }
            agent
        },
    )
}

fn requirements() -> impl Strategy<Value = Requirement> {
    let queues = prop_oneof![
        4 => names(&QUEUES, 1).prop_map(|mut queues| { queues.truncate(1); queues }),
        1 => names(&QUEUES, 1),
    ];
    let class = prop_oneof![5 => Just("chat"), 1 => Just("call")];
    let weight = prop_oneof![6 => Just(1_u32), 2 => Just(2_u32), 1 => Just(0_u32)];
    let only = prop_oneof![6 => Just(None), 1 => agent_ids().prop_map(Some)];
    let skills = prop_oneof![1 => Just(BTreeMap::new()), 2 => levels()];
    (queues, skills, class, weight, only).prop_map(|(queues, skills, class, weight, only)| {
        Requirement { queues, skills, class: class.into(), weight, only }
    })
}

fn steps() -> impl Strategy<Value = Step> {
    let excluded = prop_oneof![3 => Just(Vec::new()), 1 => vec(agent_ids(), 0..4)];
    let put = (0_u16..12, 0_i64..6, requirements(), excluded, 1_u64..4).prop_map(
        |(number, second, requirement, excluded, version)| {
            let version = Version(version);
            Step::Put(Item { excluded, version, ..item(number, second, requirement) })
        },
    );
    prop_oneof![
        8 => put,
        2 => (0_u16..12).prop_map(|number| Step::Remove(conversation(number))),
        4 => agents().prop_map(Step::Set),
        1 => agent_ids().prop_map(Step::RemoveAgent),
        3 => (agent_ids(), 5_i64..9).prop_map(|(id, at)| Step::Confirm(id, at)),
        3 => (agent_ids(), 1_u32..3).prop_map(|(id, weight)| Step::Free(id, weight)),
        4 => Just(Step::Next),
        2 => Just(Step::Settle),
    ]
}

/// A board and the plain rules, told the same; equal in all they find.
struct Both {
    board: Board,
    plain: Plain,
}

impl Both {
    fn new() -> Self {
        Self { board: Board::new(strategies()), plain: Plain::default() }
    }

    fn set(&mut self, agent: Agent) {
        self.board.set_agent(agent.clone());
        self.plain.agents.insert(agent.id.clone(), (agent, 0));
    }

    fn next(&mut self) -> Result<Option<Match>, TestCaseError> {
        let before = self.plain.agents.clone();
        let waited = self.plain.items.clone();
        let found = self.board.next();
        let expected = self.plain.next();
        let pair = found.as_ref().map(|it| (it.conversation, it.agent.clone()));
        prop_assert_eq!(&pair, &expected);
        if let Some(found) = &found {
            let item = &waited[&found.conversation];
            let (agent, _) = &before[&found.agent];
            prop_assert_eq!((found.version, found.epoch), (item.version, agent.epoch));
            explanation_is_true(found, item, &before)?;
        }
        prop_assert_eq!(self.board.waiting(), self.plain.items.len());
        Ok(found)
    }

    /// Whatever happened, at rest nobody waits whom somebody could take.
    fn settle(&mut self) -> Result<(), TestCaseError> {
        while self.next()?.is_some() {}
        for item in self.plain.items.values() {
            let why = self.board.explain(item.conversation).unwrap();
            prop_assert_eq!(&why.could, &Vec::<AgentId>::new());
            prop_assert_eq!(why.passed_over.len(), self.plain.agents.len());
            for (agent, _) in self.plain.agents.values() {
                prop_assert!(!Plain::could(agent, item), "{:?} waits for {}", item, agent.id);
            }
        }
        let refused = self.plain.items.values().filter(|item| self.is_refused(item));
        let refused: Vec<_> = refused.map(|item| item.conversation).collect();
        prop_assert_eq!(self.board.refused_by_all(), refused);
        Ok(())
    }

    fn is_refused(&self, item: &Item) -> bool {
        let agents = self.plain.agents.values().map(|(agent, _)| agent);
        let mut there = agents.filter(|agent| {
            agent.presence == Presence::Available
                && item.requirement.is_met_by(&agent.id, &agent.profile).is_ok()
        });
        let first = there.next();
        first.into_iter().chain(there).all(|agent| item.excluded.contains(&agent.id))
            && first.is_some()
    }

    fn run(&mut self, step: Step) -> Result<(), TestCaseError> {
        match step {
            Step::Put(item) => {
                self.board.put(item.clone());
                self.plain.items.insert(item.conversation, item);
            }
            Step::Remove(conversation) => {
                self.board.remove(conversation);
                self.plain.items.remove(&conversation);
            }
            Step::Set(agent) => self.set(agent),
            Step::RemoveAgent(id) => {
                self.board.remove_agent(&id);
                self.plain.agents.remove(&id);
            }
            Step::Confirm(id, at) => {
                if let Some((mut agent, _)) = self.plain.agents.get(&id).cloned() {
                    agent.last_assigned = Some(Timestamp::from_seconds(at));
                    self.set(agent);
                }
            }
            Step::Free(id, weight) => {
                if let Some((mut agent, _)) = self.plain.agents.get(&id).cloned() {
                    let used = agent.used.entry("chat".into()).or_default();
                    *used = used.saturating_sub(weight);
                    self.set(agent);
                }
            }
            Step::Next => {
                self.next()?;
            }
            Step::Settle => self.settle()?,
        }
        Ok(())
    }
}

fn counted<'a>(counts: &'a mut PassedOverCounts, reason: &PassedOver) -> &'a mut usize {
    match reason {
        PassedOver::NotTheOne => &mut counts.not_the_one,
        PassedOver::OtherQueue => &mut counts.other_queue,
        PassedOver::Skill { .. } => &mut counts.skill,
        PassedOver::Absent { .. } => &mut counts.absent,
        PassedOver::Full { .. } => &mut counts.full,
        PassedOver::Excluded => &mut counts.excluded,
        PassedOver::Behind => &mut counts.behind,
        other => panic!("{other:?} is counted nowhere"),
    }
}

/// How near who is considered came; `None` for who is not.
fn distance(reason: &PassedOver) -> Option<u8> {
    match reason {
        PassedOver::NotTheOne | PassedOver::OtherQueue => None,
        PassedOver::Excluded => Some(0),
        PassedOver::Full { .. } => Some(1),
        PassedOver::Absent { .. } => Some(2),
        PassedOver::Skill { .. } => Some(3),
        PassedOver::Behind => Some(4),
        other => panic!("{other:?} is at no distance"),
    }
}

/// What the explanation names and counts is so.
fn explanation_is_true(
    found: &Match,
    item: &Item,
    agents: &BTreeMap<AgentId, (Agent, u64)>,
) -> Result<(), TestCaseError> {
    let why = &found.explanation;
    prop_assert_eq!(&why.agent, &found.agent);
    prop_assert_eq!((&why.key, &why.requirement), (&item.key, &item.requirement));
    let strategies = strategies();
    let strategy = strategies.of(&item.requirement.queues[0]);
    prop_assert_eq!(&why.strategy, strategy.name());
    prop_assert_eq!(why.rank, strategy.rank(&agents[&found.agent].0, &item.requirement));
    // Everybody else has a reason, and is counted under it.
    let others = agents.values().filter(|(agent, _)| agent.id != found.agent).map(|(agent, _)| {
        let reason = agent.can_take(&item.requirement).err();
        let refused = item.excluded.contains(&agent.id).then_some(PassedOver::Excluded);
        (agent.id.clone(), reason.or(refused).unwrap_or(PassedOver::Behind))
    });
    let others: BTreeMap<AgentId, PassedOver> = others.collect();
    let mut counts = PassedOverCounts::default();
    for reason in others.values() {
        *counted(&mut counts, reason) += 1;
    }
    prop_assert_eq!(why.counts, counts);
    // Named is who serves a queue, each once, and who came nearer before who did not.
    let mut named = BTreeSet::new();
    let mut nearest = 0;
    for Considered { agent, passed_over } in &why.passed_over {
        prop_assert_eq!(passed_over, &others[agent]);
        prop_assert!(named.insert(agent));
        prop_assert!(nearest <= distance(passed_over).unwrap());
        nearest = distance(passed_over).unwrap();
    }
    let considered = others.values().filter_map(distance).count();
    prop_assert_eq!(named.len(), considered);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_board_finds_what_going_through_everybody_finds(history in vec(steps(), 0..50)) {
        let mut both = Both::new();
        for step in history {
            both.run(step)?;
        }
        both.settle()?;
    }
}

#[test]
fn a_freed_agent_takes_their_first_queue_first_and_there_the_lowest_key() {
    let mut board = Board::new(strategies());
    board.put(item(1, 1, Requirement::to_serve("billing")));
    board.put(item(2, 3, Requirement::to_serve("sales")));
    board.put(item(3, 2, Requirement::to_serve("sales")));
    board.put(item(4, 2, Requirement::to_serve("sales")));
    board.set_agent(agent("ana", AgentProfile::chats(["sales", "billing"], 4)));
    assert_eq!(numbers(&all(&mut board)), [3, 4, 2, 1]);
}

/// F5: with priority, one is overtaken only by those who come within the largest bonus.
#[test]
fn nobody_waits_longer_for_priorities_than_the_largest_bonus() {
    const BONUS: i64 = 60;
    let mut board = Board::new(strategies());
    let mut ana = agent("ana", AgentProfile::chats(["sales"], 1));
    ana.used.insert("chat".into(), 1);
    board.set_agent(ana.clone());
    board.put(item(0, 0, Requirement::to_serve("sales")));
    let bonus = Duration::from_secs(60);
    for second in 1..300_u16 {
        // As fast as one is served, another comes who has the bonus.
        let came = Timestamp::from_seconds(second.into());
        let favoured = item(second, 0, Requirement::to_serve("sales"));
        board.put(Item { key: Key::aged(came, bonus), ..favoured });
        ana.used.clear();
        board.set_agent(ana.clone());
        if board.next().unwrap().conversation == conversation(0) {
            assert_eq!(i64::from(second), BONUS, "it is overtaken as long as it may be");
            return;
        }
    }
    panic!("it starves");
}

/// F9: who refuses is not asked again, and when all have, it is told instead of going round.
#[test]
fn when_all_have_refused_the_board_rests_and_says_so() {
    let mut board = Board::new(strategies());
    for id in ["ana", "bia", "caio"] {
        board.set_agent(agent(id, AgentProfile::chats(["sales"], 2)));
    }
    let mut waits = item(1, 1, Requirement::to_serve("sales"));
    for _ in 0..3 {
        assert!(board.refused_by_all().is_empty());
        board.put(waits.clone());
        let found = board.next().unwrap();
        assert!(!waits.excluded.contains(&found.agent));
        waits.excluded.push(found.agent.clone());
        waits.version = waits.version.next();
        board.set_agent(agent(found.agent.as_str(), AgentProfile::chats(["sales"], 2)));
    }
    board.put(waits.clone());
    assert_eq!(board.next(), None);
    assert_eq!(board.refused_by_all(), [waits.conversation]);
    board.put(Item { excluded: Vec::new(), ..waits });
    assert!(board.next().is_some());
}

/// F10: many agents come at once to many who wait; all that can be given is given, in order.
#[test]
fn a_backlog_is_given_out_until_everybody_is_full() {
    let mut board = Board::new(Strategies::new(LeastLoaded));
    for number in 0..2_000 {
        board.put(item(number, i64::from(number % 700), Requirement::to_serve("sales")));
    }
    for number in 0..150 {
        board.set_agent(agent(&format!("agent {number}"), AgentProfile::chats(["sales"], 3)));
    }
    let found = all(&mut board);
    assert_eq!((found.len(), board.waiting()), (450, 1_550));
    assert!(found.is_sorted_by_key(|it| (it.explanation.key, it.conversation)));
    // By the least loaded: nobody has two before everybody has one.
    let first: BTreeSet<_> = found[..150].iter().map(|it| &it.agent).collect();
    assert_eq!(first.len(), 150);
}

#[test]
fn each_of_a_queue_is_named_with_a_reason_and_of_a_very_large_one_who_refused() {
    let explained = |each: usize| {
        let mut board = Board::new(strategies());
        let mut set = |id: String, change: &dyn Fn(&mut Agent)| {
            let mut agent = agent(&id, AgentProfile::chats(["sales"], 1));
            agent.profile.skills.insert("pix".into(), Level::BEST);
            change(&mut agent);
            board.set_agent(agent);
        };
        for number in 0..each {
            set(format!("other {number}"), &|it| it.profile.queues = vec!["support".into()]);
            set(format!("unskilled {number}"), &|it| it.profile.skills.clear());
            set(format!("absent {number}"), &|it| it.presence = Presence::Break);
            set(format!("full {number}"), &|it| _ = it.used.insert("chat".into(), 1));
            set(format!("behind {number}"), &|_| ());
        }
        set("all".into(), &|_| ());
        set("refused".into(), &|_| ());
        let mut requirement = Requirement::to_serve("sales");
        requirement.skills.insert("pix".into(), Level::BEST);
        // Who has two reasons has the first of them.
        let excluded = vec!["full 0".into(), "refused".into()];
        board.put(Item { excluded, ..item(1, 0, requirement) });
        let why = board.next().unwrap().explanation;
        assert_eq!(why.agent, "all".into());
        let counts = PassedOverCounts {
            not_the_one: 0,
            other_queue: each,
            skill: each,
            absent: each,
            full: each,
            excluded: 1,
            behind: each,
        };
        assert_eq!(why.counts, counts);
        why.passed_over
    };
    let named =
        |all: &[Considered]| all.iter().map(|it| &it.agent.as_str()[..1]).collect::<String>();

    // 62 serve the queue.
    let few = explained(15);
    let kinds = ["f", "a", "u", "b"].map(|kind| kind.repeat(15)).concat();
    assert_eq!(named(&few), format!("r{kinds}"));
    let reasons: Vec<_> = few.into_iter().map(|it| it.passed_over).collect();
    assert_eq!(reasons[0], PassedOver::Excluded);
    assert_eq!(reasons[1], PassedOver::Full { used: 1, capacity: 1 });
    assert_eq!(reasons[16], PassedOver::Absent { presence: Presence::Break });
    let (skill, needed) = ("pix".into(), Level::BEST);
    assert_eq!(reasons[31], PassedOver::Skill { skill, needed, has: None });
    assert_eq!(reasons[46], PassedOver::Behind);
    // 66 do.
    assert_eq!(named(&explained(16)), "r");
}

fn history() -> (Vec<Arrived>, AgentSeen) {
    let arrived = |number: u16| {
        let at = Timestamp::from_seconds(i64::from(number) * 60);
        let ticket = Ticket::plain("sales", at);
        let handled_for = Duration::from_secs(600);
        Arrived { conversation: conversation(number), at, ticket, handled_for, leaves: None }
    };
    let ana = AgentSeen {
        at: Timestamp::EPOCH,
        agent: "ana".into(),
        profile: AgentProfile::chats(["sales"], 1),
        presence: Presence::Available,
    };
    ((0..10).map(arrived).collect(), ana)
}

#[test]
fn a_replay_tells_how_long_each_waited_and_who_left() {
    let (mut arrivals, ana) = history();
    // One leaves before their turn; the next takes it.
    arrivals[1].leaves = Some(Timestamp::from_seconds(300));
    let history = History { tenant: "acme".into(), arrivals, agents: vec![ana] };
    let played = replay(&history, strategies(), Duration::from_secs(480));
    let sales = &played.queues[&"sales".into()];
    assert_eq!((sales.arrived, sales.given, sales.left, sales.still_wait()), (10, 9, 1, 0));
    let waited = |number| played.given[&conversation(number)].waited.as_secs();
    assert_eq!((waited(0), waited(2), waited(9)), (0, 480, 4_260));
    assert_eq!((sales.within, sales.longest.as_secs()), (2, 4_260));
    assert_eq!((sales.p50.as_secs(), sales.p95.as_secs()), (2_100, 4_260));
}

#[test]
fn who_is_kept_for_one_who_is_not_there_goes_on_at_once() {
    let (mut arrivals, ana) = history();
    arrivals.truncate(1);
    let ticket = &mut arrivals[0].ticket;
    let mut kept = ticket.stages[0].clone();
    kept.requirement.only = Some("bia".into());
    ticket.stages[0].from = Timestamp::from_seconds(90);
    ticket.stages.insert(0, kept);
    let bia = AgentSeen { agent: "bia".into(), presence: Presence::Break, ..ana.clone() };
    let with = |agents| History { tenant: "acme".into(), arrivals: arrivals.clone(), agents };
    let waited = |history: &History| {
        let played = replay(history, strategies(), Duration::ZERO);
        let given = played.given.values().next().unwrap();
        (given.agent.to_string(), given.waited.as_secs())
    };
    assert_eq!(waited(&with(vec![ana.clone(), bia.clone()])), ("ana".to_owned(), 0));
    // There, and busy: it is kept for them until its time has come.
    let mut busy = AgentSeen { presence: Presence::Available, ..bia };
    busy.profile.capacity.clear();
    assert_eq!(waited(&with(vec![ana, busy])), ("ana".to_owned(), 90));
}
