//! A desk with queues as a company has decided about them: asked, refused, relaxed, passed on,
//! absent, overflowing, closed.
#![allow(missing_docs, clippy::unwrap_used)]

mod support;

use std::time::Duration;

use atendimento_core::ErrorKind;
use atendimento_core::domain::access::Role;
use atendimento_core::domain::routing::{
    Asked, LooksAt, PassedOver, Rank, Requirement, RoutingStrategy,
};
use atendimento_core::domain::{
    Agent, AgentProfile, Authority, Conversation, Event, Keep, Presence, PromiseState, Rejection,
    Status, Target, Way,
};
use atendimento_core::engine::{ActError, Destination, Reply};
use atendimento_core::id::{AgentId, ConversationId};
use atendimento_core::store::Listing;
use support::{Around, actor, configured, empty, fence, hello, says};

const PLAIN: &str = r#"
[queues.service]
[[rules]]
queue = "service"
"#;

const ASKING: &str = r#"
[queues.service]
offer = { timeout = "20s", misses = 2 }
[[rules]]
queue = "service"
"#;

fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

impl Around {
    async fn joins(&self, agent: &str, profile: AgentProfile) {
        let admin = actor("root", Role::ADMINISTRATOR);
        self.desk.enroll(&admin, &agent.into(), &profile).await.unwrap();
        self.is(agent, Presence::Available).await;
    }

    /// Who is asked to take the only conversation.
    async fn asked(&self) -> Option<String> {
        let only = self.only().await;
        only.offered_to().map(|(agent, _)| agent.to_string())
    }

    async fn owner(&self) -> Option<String> {
        self.only().await.assignee().map(ToString::to_string)
    }

    async fn accepts(&self, agent: &str) -> Result<(), ActError> {
        let only = self.only().await;
        let me = actor(agent, Role::AGENT);
        let accepted = self.desk.accept(&me, only.id, only.fence).await.map(drop);
        self.desk.run_until_idle().await.unwrap();
        accepted
    }

    async fn rejects(&self, agent: &str) {
        let only = self.only().await;
        let me = actor(agent, Role::AGENT);
        self.desk.reject(&me, only.id, only.fence).await.unwrap();
        self.desk.run_until_idle().await.unwrap();
    }

    async fn used(&self, agent: &str) -> u32 {
        let auditor = actor("root", Role::ADMINISTRATOR);
        let found = self.desk.agent(&auditor, &agent.into()).await.unwrap();
        found.used_of(&"chat".into())
    }

    async fn presence(&self, agent: &str) -> Presence {
        let me = actor(agent, Role::AGENT);
        self.desk.agent(&me, &agent.into()).await.unwrap().presence
    }

    async fn transfers(&self, agent: &str, to: Destination, keep: Keep) -> Result<(), ActError> {
        let only = self.only().await;
        let authority = Authority::Owner(fence(&only));
        let me = actor(agent, Role::AGENT);
        let outcome = self.desk.transfer(&me, only.id, authority, to, keep).await;
        self.desk.run_until_idle().await.unwrap();
        outcome
    }

    async fn conversation(&self, id: ConversationId) -> Conversation {
        let eva = actor("eva", Role::AUDITOR);
        let all = self.desk.list(&eva, &Listing::default(), 99).await.unwrap();
        all.into_iter().find(|conversation| conversation.id == id).unwrap()
    }

    async fn closes(&self, agent: &str) -> ConversationId {
        let only = self.only().await;
        let me = actor(agent, Role::AGENT);
        let authority = Authority::Owner(fence(&only));
        self.desk.close(&me, only.id, authority).await.unwrap();
        self.desk.run_until_idle().await.unwrap();
        only.id
    }
}

#[tokio::test]
async fn an_agent_is_asked_and_has_it_only_when_they_accept() {
    let around = configured(ASKING);
    around.arrives("ana", 1).await;
    around.receives(&[hello("in.1")]).await;
    assert_eq!((around.asked().await.as_deref(), around.owner().await), (Some("ana"), None));
    assert_eq!(around.used("ana").await, 1, "their capacity is reserved");

    around.accepts("ana").await.unwrap();
    assert_eq!(around.owner().await.as_deref(), Some("ana"));
    around.replies("ana", "k1", "hi").await;
    assert_eq!(around.channel.sent().len(), 1);
}

#[tokio::test]
async fn who_rejects_or_lets_pass_is_passed_over_and_who_comes_next_is_asked() {
    let around = configured(ASKING);
    for agent in ["ana", "bia", "caio"] {
        around.arrives(agent, 1).await;
    }
    around.receives(&[hello("in.1")]).await;
    assert_eq!(around.asked().await.as_deref(), Some("ana"));
    around.rejects("ana").await;
    assert_eq!(around.asked().await.as_deref(), Some("bia"));
    around.passes(seconds(19)).await;
    assert_eq!(around.asked().await.as_deref(), Some("bia"));
    let late = around.only().await;
    around.passes(seconds(1)).await;
    assert_eq!(around.asked().await.as_deref(), Some("caio"));
    let bia = actor("bia", Role::AGENT);
    let refused = around.desk.accept(&bia, late.id, late.fence).await;
    assert!(matches!(refused, Err(ActError::Rejected(Rejection::OfferOver { .. }))));
    assert_eq!((around.used("ana").await, around.used("bia").await), (0, 0));

    let eva = actor("eva", Role::AUDITOR);
    let explained = around.desk.explanations(&eva, late.id).await.unwrap();
    let given: Vec<_> = explained.iter().map(|it| it.explanation.agent.as_str()).collect();
    assert_eq!(given, ["ana", "bia", "caio"]);
}

#[tokio::test]
async fn when_all_have_refused_all_are_asked_again() {
    let around = configured(ASKING);
    around.arrives("ana", 1).await;
    around.arrives("bia", 1).await;
    around.receives(&[hello("in.1")]).await;
    let mut asked = Vec::new();
    for _ in 0..4 {
        let who = around.asked().await.unwrap();
        around.rejects(&who).await;
        asked.push(who);
    }
    assert_eq!(asked[..2], ["ana", "bia"]);
    assert_eq!(asked.iter().filter(|who| *who == "ana").count(), 2, "{asked:?}");
}

#[tokio::test]
async fn who_lets_too_many_pass_is_asked_no_more_until_they_are_back() {
    let around = configured(ASKING);
    around.arrives("ana", 1).await;
    around.receives(&[hello("in.1")]).await;
    around.passes(seconds(20)).await;
    assert_eq!(around.presence("ana").await, Presence::Available);
    assert_eq!(around.asked().await.as_deref(), Some("ana"), "nobody else is there");
    around.passes(seconds(20)).await;
    assert_eq!(around.presence("ana").await, Presence::Unresponsive);
    assert_eq!(around.only().await.status(), Status::Waiting);
    around.passes(seconds(300)).await;
    assert_eq!(around.asked().await, None);

    around.is("ana", Presence::Available).await;
    assert_eq!(around.asked().await.as_deref(), Some("ana"));
    around.accepts("ana").await.unwrap();
}

#[tokio::test]
async fn who_leaves_while_asked_is_not_asked_any_more_at_once() {
    let around = configured(ASKING);
    around.arrives("ana", 1).await;
    around.receives(&[hello("in.1")]).await;
    around.arrives("bia", 1).await;
    around.desk.run_until_idle().await.unwrap();
    around.is("ana", Presence::Break).await;
    assert_eq!(around.asked().await.as_deref(), Some("bia"));
    assert_eq!(around.used("ana").await, 0);
}

#[tokio::test]
async fn skills_are_asked_for_and_relax_in_time() {
    let around = configured(
        r#"
        skills = ["spanish"]
        [queues.service]
        rings = [
          { after = "60s", lower = 2 },
          { after = "120s", drop = ["spanish"], also = ["sales"] },
        ]
        [queues.sales]
        [[rules]]
        queue = "service"
        skills = { spanish = 4 }
        "#,
    );
    let mut some = AgentProfile::chats(["service"], 1);
    some.skills.insert("spanish".into(), 2.try_into().unwrap());
    around.joins("ana", some).await;
    around.joins("bia", AgentProfile::chats(["sales"], 1)).await;
    around.receives(&[hello("in.1")]).await;
    assert_eq!(around.owner().await, None);
    let eva = actor("eva", Role::AUDITOR);
    let id = around.only().await.id;
    let why = around.desk.why_it_waits(&eva, id).await.unwrap().unwrap();
    let reasons: Vec<_> = why.passed_over.iter().map(|it| it.passed_over.clone()).collect();
    assert!(matches!(reasons[0], PassedOver::Skill { .. }), "{reasons:?}");
    assert_eq!(reasons[1], PassedOver::OtherQueue);

    around.passes(seconds(59)).await;
    assert_eq!(around.owner().await, None);
    around.passes(seconds(1)).await;
    assert_eq!(around.owner().await.as_deref(), Some("ana"));
    around.receives(&[says("5511999990002", "in.2", "a")]).await;
    around.passes(seconds(119)).await;
    let waiting = around.open().await;
    assert_eq!(waiting[1].assignee(), None);
    around.passes(seconds(1)).await;
    assert_eq!(around.open().await[1].assignee(), Some(&"bia".into()));
}

#[tokio::test]
async fn who_had_the_customer_is_asked_first_while_they_are_there() {
    let around = configured(
        r#"
        [queues.service]
        sticky = { within = "7d", wait = "30s" }
        [[rules]]
        queue = "service"
        "#,
    );
    around.arrives("bia", 1).await;
    around.receives(&[hello("in.1")]).await;
    around.closes("bia").await;
    around.arrives("ana", 3).await;
    around.receives(&[says("5511999990002", "in.2", "keeps bia busy")]).await;
    let busy = around.only().await;
    assert_eq!(busy.assignee(), Some(&"ana".into()), "ana has been idle for longer");
    let me = actor("ana", Role::AGENT);
    around.desk.close(&me, busy.id, Authority::Owner(fence(&busy))).await.unwrap();

    around.receives(&[hello("in.3")]).await;
    assert_eq!(around.owner().await.as_deref(), Some("bia"));
    around.closes("bia").await;
    // She is there and has no room: it waits for her, and for others when its time is over.
    let sofia = actor("sofia", Role::SUPERVISOR);
    around.receives(&[says("5511999990002", "in.4", "b")]).await;
    let other = around.only().await;
    around.desk.force_assign(&sofia, other.id, "bia".into()).await.unwrap_or(());
    around.receives(&[hello("in.5")]).await;
    let mine = around.open().await.into_iter().find(|it| it.id != other.id).unwrap();
    assert_eq!(mine.assignee(), None);
    around.passes(seconds(30)).await;
    let mine = around.open().await.into_iter().find(|it| it.id == mine.id).unwrap();
    assert_eq!(mine.assignee(), Some(&"ana".into()));
    let me = actor("ana", Role::AGENT);
    around.desk.close(&me, mine.id, Authority::Owner(fence(&mine))).await.unwrap();

    // Ana had the customer last and is not there: nobody waits for her.
    around.is("ana", Presence::Away).await;
    let bia = actor("bia", Role::AGENT);
    let theirs = around.only().await;
    around.desk.close(&bia, theirs.id, Authority::Owner(fence(&theirs))).await.unwrap();
    around.receives(&[hello("in.6")]).await;
    assert_eq!(around.owner().await.as_deref(), Some("bia"));
}

#[tokio::test]
async fn a_transfer_is_in_two_phases_and_the_old_owner_is_refused_afterwards() {
    let around = configured(ASKING);
    around.arrives("ana", 1).await;
    around.receives(&[hello("in.1")]).await;
    around.accepts("ana").await.unwrap();
    let old = fence(&around.only().await);
    around.arrives("bia", 1).await;
    let to = || Destination::Agent("bia".into());
    around.transfers("ana", to(), Keep::UntilTaken).await.unwrap();
    let both = around.only().await;
    assert_eq!(both.assignee(), Some(&"ana".into()));
    assert_eq!(both.offered_to().unwrap().0, &"bia".into());
    around.replies("ana", "k1", "one moment").await;

    around.rejects("bia").await;
    let kept = around.only().await;
    assert_eq!((kept.assignee(), &kept.line), (Some(&"ana".into()), &None));
    around.transfers("ana", to(), Keep::UntilTaken).await.unwrap();
    around.accepts("bia").await.unwrap();
    assert_eq!(around.owner().await.as_deref(), Some("bia"));
    assert_eq!((around.used("ana").await, around.used("bia").await), (0, 1));
    let stale = Reply::text("k2", old, "still me?");
    let refused = around.desk.reply(&actor("ana", Role::AGENT), kept.id, stale).await;
    let Err(ActError::Rejected(Rejection::NotOwner { owner, .. })) = refused else {
        panic!("{refused:?}");
    };
    assert_eq!(owner, "bia".into());
    assert_eq!(around.channel.sent().len(), 1);
}

#[tokio::test]
async fn a_transfer_to_a_queue_goes_to_somebody_else_than_who_has_it() {
    let around = configured(PLAIN);
    around.arrives("ana", 5).await;
    around.receives(&[hello("in.1")]).await;
    let queue = || Destination::Queue { queue: "service".into(), asked: Asked::default() };
    around.transfers("ana", queue(), Keep::UntilTaken).await.unwrap();
    assert_eq!(around.owner().await.as_deref(), Some("ana"), "nobody else is there");
    around.arrives("bia", 1).await;
    around.desk.run_until_idle().await.unwrap();
    assert_eq!(around.owner().await.as_deref(), Some("bia"));

    let nowhere = Destination::Queue { queue: "nowhere".into(), asked: Asked::default() };
    let refused = around.transfers("bia", nowhere, Keep::No).await;
    assert!(matches!(refused, Err(ActError::NotFound)), "{refused:?}");
    let nobody = Destination::Agent("nobody".into());
    let refused = around.transfers("bia", nobody, Keep::No).await;
    assert!(matches!(refused, Err(ActError::NotFound)), "{refused:?}");
    around.is("ana", Presence::Away).await;
    let away = Destination::Agent("ana".into());
    let refused = around.transfers("bia", away, Keep::No).await;
    let Err(ActError::Failed(error)) = refused else {
        panic!("{refused:?}");
    };
    assert_eq!(error.kind(), ErrorKind::AgentUnavailable);
    assert_eq!(around.owner().await.as_deref(), Some("bia"), "nothing has changed");
}

#[tokio::test]
async fn supervisors_pull_force_and_take_over_and_it_is_recorded() {
    let around = configured(&format!("[queues.other]\n{PLAIN}"));
    let sofia = actor("sofia", Role::SUPERVISOR);
    around.joins("sofia", AgentProfile::chats(["other"], 1)).await;
    around.receives(&[hello("in.1")]).await;
    let id = around.only().await.id;
    around.desk.pull(&sofia, id).await.unwrap();
    assert_eq!(around.owner().await.as_deref(), Some("sofia"));

    let admin = actor("root", Role::ADMINISTRATOR);
    let profile = AgentProfile::chats(["service"], 0);
    around.desk.enroll(&admin, &"ana".into(), &profile).await.unwrap();
    let full = around.desk.assign(&sofia, id, "ana".into()).await;
    assert!(matches!(full, Err(ActError::Rejected(Rejection::AlreadyAssigned { .. }))));
    around.desk.force_assign(&sofia, id, "ana".into()).await.unwrap();
    assert_eq!((around.used("ana").await, around.used("sofia").await), (1, 0));
    let held = fence(&around.only().await);
    let mine = around.desk.take_over(&sofia, id).await.unwrap();
    assert!(mine > held);

    let ways: Vec<_> = around
        .facts(id)
        .await
        .into_iter()
        .filter_map(|event| match event {
            Event::Assigned { agent, way, by, .. } => Some((agent.to_string(), way, by)),
            _ => None,
        })
        .collect();
    let by = Some(AgentId::from("sofia"));
    let expected = [
        ("sofia".to_owned(), Way::Pulled, by.clone()),
        ("ana".to_owned(), Way::Forced, by.clone()),
        ("sofia".to_owned(), Way::TakenOver, by),
    ];
    assert_eq!(ways, expected);
    let ana = actor("ana", Role::AGENT);
    let denied = around.desk.take_over(&ana, id).await;
    assert!(matches!(denied, Err(ActError::Denied(_))), "{denied:?}");
}

#[tokio::test]
async fn an_absent_agents_chats_are_returned_after_a_while_unless_they_come_back() {
    let around = configured(
        r#"
        [queues.service]
        absence = { return_after = "5m" }
        [[rules]]
        queue = "service"
        "#,
    );
    around.arrives("ana", 1).await;
    around.receives(&[hello("in.1")]).await;
    around.arrives("bia", 1).await;
    around.is("ana", Presence::Offline).await;
    around.passes(seconds(299)).await;
    assert_eq!(around.owner().await.as_deref(), Some("ana"));
    around.is("ana", Presence::Available).await;
    around.passes(seconds(600)).await;
    assert_eq!(around.owner().await.as_deref(), Some("ana"));
    around.is("ana", Presence::Offline).await;
    around.passes(seconds(300)).await;
    assert_eq!(around.owner().await.as_deref(), Some("bia"));
    assert_eq!(around.used("ana").await, 0);
}

#[tokio::test]
async fn what_nobody_takes_overflows_and_keeps_its_place() {
    let around = configured(
        r#"
        [queues.service]
        overflow = { after = "60s", to = "others" }
        [queues.others]
        [[rules]]
        queue = "service"
        "#,
    );
    around.receives(&[hello("in.1")]).await;
    let began = around.only().await.waiting().unwrap().since;
    around.passes(seconds(60)).await;
    let waits = around.only().await;
    assert_eq!(waits.queue, Some("others".into()));
    assert_eq!(waits.waiting().unwrap().since, began);
    let place = waits.waiting().unwrap().key.moment();
    assert_eq!(place, began, "nobody who came since is before it");
    around.joins("bia", AgentProfile::chats(["others"], 1)).await;
    assert_eq!(around.owner().await.as_deref(), Some("bia"));
}

#[tokio::test]
async fn while_a_queue_is_closed_its_customers_wait_where_it_says() {
    // The clock stands at 2023-11-14, 19:13 in São Paulo, a Tuesday.
    let around = configured(
        r#"
        [hours.office]
        zone = "America/Sao_Paulo"
        week.tue = ["08:00-18:00"]
        week.wed = ["08:00-18:00"]
        [queues.service]
        hours = "office"
        closed = { to = "night" }
        [queues.night]
        [[rules]]
        queue = "service"
        "#,
    );
    around.receives(&[hello("in.1")]).await;
    assert_eq!(around.only().await.queue, Some("night".into()));
    around.clock.advance(seconds(14 * 3_600));
    around.receives(&[says("5511999990002", "in.2", "a")]).await;
    assert_eq!(around.open().await[1].queue, Some("service".into()));
}

#[tokio::test]
async fn a_promise_is_broken_when_nobody_answers_in_time() {
    let around = configured(
        r#"
        [queues.service]
        service = { first_answer = "5m", resolution = "1h" }
        [[rules]]
        queue = "service"
        "#,
    );
    around.arrives("ana", 5).await;
    around.receives(&[hello("in.1"), says("5511999990002", "in.2", "b")]).await;
    let state =
        |conversation: &Conversation, target| conversation.service.promise(target).unwrap().state;
    let first = around.open().await[0].clone();
    let reply = Reply::text("k1", fence(&first), "hi");
    around.desk.reply(&actor("ana", Role::AGENT), first.id, reply).await.unwrap();
    around.passes(seconds(300)).await;
    let open = around.open().await;
    assert_eq!(state(&open[0], Target::FirstAnswer), PromiseState::Kept);
    assert_eq!(state(&open[1], Target::FirstAnswer), PromiseState::Breached);
    let broken = Event::PromiseBroken { target: Target::FirstAnswer };
    assert_eq!(around.facts(open[1].id).await.iter().filter(|event| **event == broken).count(), 1);
}

#[tokio::test]
async fn wrapping_up_takes_capacity_until_it_is_over() {
    let around = configured(
        r#"
        [queues.service]
        wrap_up = "60s"
        reopen = "1h"
        [[rules]]
        queue = "service"
        "#,
    );
    around.arrives("ana", 1).await;
    around.receives(&[hello("in.1"), says("5511999990002", "in.2", "b")]).await;
    let first = around.open().await[0].clone();
    let ana = actor("ana", Role::AGENT);
    around.desk.close(&ana, first.id, Authority::Owner(fence(&first))).await.unwrap();
    around.passes(seconds(59)).await;
    assert_eq!(around.open().await[1].assignee(), None);
    around.passes(seconds(1)).await;
    let next = around.only().await;
    assert_eq!(next.assignee(), Some(&"ana".into()));

    // The customer writes again within the hour: the same conversation goes on.
    around.receives(&[hello("in.3")]).await;
    assert_eq!(around.conversation(first.id).await.status(), Status::Waiting);
    around
        .desk
        .force_assign(&actor("sofia", Role::SUPERVISOR), first.id, "ana".into())
        .await
        .unwrap();
    let again = around.conversation(first.id).await;
    around.desk.close(&ana, again.id, Authority::Owner(fence(&again))).await.unwrap();
    around.passes(seconds(60)).await;
    around.passes(seconds(3_600)).await;
    around.receives(&[hello("in.4")]).await;
    assert_eq!(around.conversation(first.id).await.status(), Status::Closed);
    assert_eq!(around.open().await.len(), 2);
}

#[tokio::test]
async fn what_is_put_aside_comes_back() {
    let around = configured(PLAIN);
    around.arrives("ana", 1).await;
    around.receives(&[hello("in.1")]).await;
    let only = around.only().await;
    let ana = actor("ana", Role::AGENT);
    let until = around.now() + seconds(3_600);
    let authority = Authority::Owner(fence(&only));
    around.desk.snooze(&ana, only.id, authority, until).await.unwrap();
    assert_eq!((around.only().await.status(), around.used("ana").await), (Status::Snoozed, 0));
    around.passes(seconds(3_600)).await;
    assert_eq!(around.owner().await.as_deref(), Some("ana"));
}

#[tokio::test]
async fn a_bot_hands_over_to_people_and_says_nothing_afterwards() {
    let around = configured(PLAIN);
    let bot = actor("bot", Role::SUPERVISOR);
    around.receives(&[hello("in.1")]).await;
    let id = around.only().await.id;
    let mine = around.desk.hand_over(&bot, id, Authority::Supervisor, "bot".into()).await.unwrap();
    around.arrives("ana", 1).await;
    around.desk.run_until_idle().await.unwrap();
    assert_eq!(around.owner().await.as_deref(), Some("bot"), "one owner at a time");
    around.desk.reply(&bot, id, Reply::text("k1", mine, "I am a bot")).await.unwrap();
    let queue = Destination::Queue { queue: "service".into(), asked: Asked::default() };
    around.desk.transfer(&bot, id, Authority::Owner(mine), queue, Keep::No).await.unwrap();
    around.desk.run_until_idle().await.unwrap();
    assert_eq!(around.owner().await.as_deref(), Some("ana"));
    let late = around.desk.reply(&bot, id, Reply::text("k2", mine, "me again")).await;
    assert!(matches!(late, Err(ActError::Rejected(Rejection::NotOwner { .. }))), "{late:?}");
}

/// Whoever comes last in the alphabet.
struct Backwards;

impl RoutingStrategy for Backwards {
    fn name(&self) -> &str {
        "backwards"
    }

    fn looks_at(&self) -> LooksAt {
        LooksAt::Agent
    }

    fn rank(&self, agent: &Agent, _: &Requirement) -> Rank {
        let first = agent.id.as_str().bytes().next().unwrap_or(0);
        Rank::number(u64::from(u8::MAX - first))
    }
}

#[tokio::test]
async fn a_strategy_of_the_hosts_chooses_and_one_that_is_not_there_is_refused() {
    use atendimento_core::domain::configuration::{Configuration, Document};

    let document = Document::from_toml(
        "[queues.service]\nstrategy = \"backwards\"\n[[rules]]\nqueue = \"service\"",
    );
    let configuration = Configuration::new(document.unwrap(), &["backwards"]).unwrap();
    let around = empty();
    let desk = support::builder(&around, 1).configuration(configuration.clone());
    let Err(refused) = desk.build() else {
        panic!("it is built without the strategy");
    };
    assert_eq!(refused.kind(), ErrorKind::Configuration);
    let desk = support::builder(&around, 1).configuration(configuration).strategy(Backwards);
    let around = Around { desk: desk.build().unwrap(), ..around };
    for agent in ["ana", "zoe", "bia"] {
        around.arrives(agent, 1).await;
    }
    around.receives(&[hello("in.1")]).await;
    assert_eq!(around.owner().await.as_deref(), Some("zoe"));
}

#[tokio::test]
async fn lists_and_counts_show_what_the_actor_may_see() {
    let around = configured(PLAIN);
    around.arrives("ana", 1).await;
    around.receives(&[hello("in.1"), says("5511999990002", "in.2", "b")]).await;
    let all = Listing::default();
    let ana = actor("ana", Role::AGENT);
    assert_eq!(around.desk.list(&ana, &all, 9).await.unwrap().len(), 1);
    let counts = around.desk.count(&actor("sofia", Role::SUPERVISOR), &all).await.unwrap();
    assert_eq!(counts, [(Status::Waiting, 1), (Status::Assigned, 1)].into());
    let admin = around.desk.list(&actor("root", Role::ADMINISTRATOR), &all, 9).await;
    assert!(matches!(admin, Err(ActError::Denied(_))), "{admin:?}");
}

#[tokio::test]
async fn another_process_routes_what_this_one_does_not_know_of() {
    let around = configured(PLAIN);
    around.desk.run_until_idle().await.unwrap(); // it has looked, and nobody was there
    let other =
        support::another_desk(&around.store, &around.channel, &around.crm, &around.clock, 2);
    other.receive(atendimento_core::testing::FakeChannel::body(&[hello("in.1")])).await.unwrap();
    other.run_until_idle().await.unwrap();
    let admin = actor("root", Role::ADMINISTRATOR);
    let profile = AgentProfile::chats(["service"], 1);
    other.enroll(&admin, &"ana".into(), &profile).await.unwrap();
    let ana = actor("ana", Role::AGENT);
    other.set_presence(&ana, &"ana".into(), Presence::Available).await.unwrap();

    around.desk.run_until_idle().await.unwrap();
    assert_eq!(around.owner().await.as_deref(), Some("ana"));
    // And the other finds nothing left to do.
    other.run_until_idle().await.unwrap();
    assert_eq!(around.used("ana").await, 1);
}
