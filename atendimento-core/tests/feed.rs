//! Who hears of what, as it becomes true.
#![allow(missing_docs, clippy::unwrap_used)]

mod support;

use atendimento_core::domain::access::{Actor, Role, Roles, Team};
use atendimento_core::domain::configuration::Configuration;
use atendimento_core::domain::{AgentProfile, Event};
use atendimento_core::engine::{Feed, Hint};
use atendimento_core::id::AgentId;
use atendimento_core::store::Cursor;
use futures_util::FutureExt as _;
use support::{Around, actor, configured, hello, staffed, tenant};
use tokio::task::unconstrained;

const ASKING: &str = r#"
[queues.service]
offer = { timeout = "20s", misses = 2 }
[[rules]]
queue = "service"
"#;

/// What a feed has to tell by now.
fn told(feed: &mut Feed) -> Vec<Event> {
    let mut told = Vec::new();
    // Without tokio's limit on how much a task does in one go.
    while let Some(hint) = unconstrained(feed.next()).now_or_never() {
        match hint {
            Some(Hint::Fact(fact)) => told.push(fact.event),
            Some(Hint::Missed) | None => panic!("the feed missed something or ended"),
        }
    }
    told
}

/// Somebody whose role lets them see their own only.
fn agent(id: &str) -> Actor {
    actor(id, Role::AGENT)
}

impl Around {
    async fn joins(&self, id: &str) {
        let root = actor("root", Role::ADMINISTRATOR);
        let profile = AgentProfile::chats(["service"], 3);
        self.desk.enroll(&root, &AgentId::from(id), &profile).await.unwrap();
    }
}

#[tokio::test]
async fn who_is_asked_hears_that_they_are_and_that_they_are_no_longer() {
    let around = configured(ASKING);
    around.arrives("bia", 3).await;
    let mut feeds = ["bia", "caio"].map(|id| around.desk.feed(&agent(id)).unwrap());
    around.receives(&[hello("in.1")]).await;
    let [bia, caio] = feeds.each_mut().map(told);
    assert!(bia.iter().any(|it| matches!(it, Event::Offered { .. })), "{bia:?}");
    assert_eq!(caio, []);

    let asked = around.only().await;
    around.desk.reject(&agent("bia"), asked.id, asked.fence).await.unwrap();
    let [bia, caio] = feeds.each_mut().map(told);
    assert!(bia.iter().any(|it| matches!(it, Event::OfferEnded { .. })), "{bia:?}");
    assert_eq!(caio, []);
    // And nothing of it from then on.
    let sofia = actor("sofia", Role::SUPERVISOR);
    around.desk.tag(&sofia, asked.id, "vip").await.unwrap();
    assert_eq!(feeds.each_mut().map(told), [[], []]);
}

#[tokio::test]
async fn who_has_it_and_who_gets_it_hear_that_it_is_taken_and_nobody_else() {
    let around = staffed(&["bia"]).await;
    around.joins("caio").await;
    around.receives(&[hello("in.1")]).await;
    let id = around.only().await.id;
    let mut feeds = ["bia", "caio", "dora"].map(|id| around.desk.feed(&agent(id)).unwrap());
    let sofia = actor("sofia", Role::SUPERVISOR);
    around.desk.force_assign(&sofia, id, "caio".into()).await.unwrap();
    let [bia, caio, dora] = feeds.each_mut().map(told);
    let moved = |told: &[Event]| told.iter().any(|it| matches!(it, Event::Assigned { .. }));
    assert!(moved(&bia) && moved(&caio), "{bia:?} {caio:?}");
    assert_eq!((bia, dora), (caio, Vec::new()));
    around.desk.tag(&sofia, id, "vip").await.unwrap();
    let [bia, caio, _] = feeds.each_mut().map(told);
    assert_eq!((bia, caio), (Vec::new(), vec![Event::Tagged { tag: "vip".into() }]));
}

#[tokio::test]
async fn a_role_of_the_companys_own_hears_as_far_as_its_scope() {
    let around = staffed(&["bia"]).await;
    let document = format!("{ASKING}\n[roles.watcher]\nread_conversation = \"team\"");
    let configuration = Configuration::from_toml(&document).unwrap();
    let roles: &Roles = configuration.roles();
    let watcher = roles.role("watcher").unwrap().clone();
    let watches = |agent: &str| {
        let team = Team::new("north").with_agents([agent]);
        around.desk.feed(&Actor::new("wes", tenant(), watcher.clone()).with_team(team)).unwrap()
    };
    let (mut of_bia, mut of_caio) = (watches("bia"), watches("caio"));
    around.receives(&[hello("in.1")]).await;
    let heard = told(&mut of_bia);
    assert!(heard.iter().any(|it| matches!(it, Event::Assigned { .. })), "{heard:?}");
    assert_eq!(told(&mut of_caio), []);
}

#[tokio::test]
async fn a_slow_reader_is_told_that_something_was_missed_and_reads_on_what_they_may_see() {
    let around = staffed(&["bia"]).await;
    around.receives(&[hello("in.1")]).await;
    let id = around.only().await.id;
    let sofia = actor("sofia", Role::SUPERVISOR);
    let (mut hers, mut strangers) =
        (around.desk.feed(&agent("bia")).unwrap(), around.desk.feed(&agent("caio")).unwrap());
    let end = around.desk.journal(&agent("bia"), Cursor::default(), 1_000).await.unwrap().1;
    for _ in 0..600 {
        around.desk.tag(&sofia, id, "vip").await.unwrap();
        around.desk.untag(&sofia, id, "vip").await.unwrap();
    }
    assert_eq!(hers.next().now_or_never(), Some(Some(Hint::Missed)));
    assert_eq!(told(&mut hers).len(), 1_024, "the latest are still there");
    // That there was something is all that a stranger learns.
    assert_eq!(strangers.next().now_or_never(), Some(Some(Hint::Missed)));
    assert_eq!(told(&mut strangers), []);
    let page = async |actor: Actor| around.desk.journal(&actor, end, 10_000).await.unwrap().0;
    assert_eq!(page(agent("bia")).await.len(), 1_200);
    assert_eq!(page(agent("caio")).await, []);
}
