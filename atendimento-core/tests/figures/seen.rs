//! Nobody sees what they may not, and no company what is another's.

use std::collections::BTreeSet;
use std::time::Duration;

use atendimento_core::domain::access::{Actor, Role, RoleDocument, ScopeWords, Team};
use atendimento_core::domain::figures::Period;
use atendimento_core::domain::{AgentProfile, Presence, Way};
use atendimento_core::engine::ActError;
use atendimento_core::id::{AgentId, QueueId};
use atendimento_core::store::{Cursor, Queries};
use atendimento_core::testing::{FakeChannel, SeededRandomness, TestKeys, Wire};
use atendimento_core::time::Timestamp;
use atendimento_core::vault::Vault;
use atendimento_core::{Desk, Settings};

use crate::support::{self, configured, says, staffed};
use crate::told::{Told, assigned, auditor, closed, opened, quarters, queued, seconds, wrap_up};

/// Ana and Bia work in sales, Bia and Caio in support.
fn worked() -> Told {
    let mut told = Told::default();
    for (id, agent, queue) in [
        (1, "ana", "sales"),
        (2, "bia", "sales"),
        (3, "bia", "support"),
        (4, "caio", "support"),
        (5, "caio", "support"),
    ] {
        told = told
            .is(agent, 0, Presence::Available)
            .happens(id, 0, &[opened(), queued(queue)])
            .happens(id, 10, &[assigned(agent, Way::Routed)])
            .happens(id, 20, &[wrap_up()])
            .happens(id, 40, &[closed()]);
    }
    told.happens(6, 0, &[opened(), queued("sales")]).happens(7, 0, &[opened(), queued("support")])
}

/// Names, with a count each.
type Counts = Vec<(String, u64)>;

/// Which queues there are with how many handled, which agents, and of whom the time.
fn sees(actor: &Actor) -> (Counts, Counts, Vec<String>) {
    let report = worked().report(actor, quarters(0, 1), 900);
    let queues = report.queues.iter();
    let agents = report.agents.iter();
    let timed = agents.clone().filter(|(_, figures)| figures.time.is_some());
    for queue in report.targets.keys() {
        assert!(report.queues.contains_key(queue), "a target tells of a queue");
    }
    (
        queues.map(|(queue, it)| (queue.as_str().to_owned(), it.work.handling.count())).collect(),
        agents.map(|(agent, it)| (agent.as_str().to_owned(), it.work.handling.count())).collect(),
        timed.map(|(agent, _)| agent.as_str().to_owned()).collect(),
    )
}

fn counts(all: &[(&str, u64)]) -> Vec<(String, u64)> {
    all.iter().map(|(name, count)| ((*name).to_owned(), *count)).collect()
}

#[test]
fn what_may_not_be_seen_is_not_counted() {
    let all =
        (counts(&[("sales", 2), ("support", 3)]), counts(&[("ana", 1), ("bia", 2), ("caio", 2)]));
    let eva = sees(&auditor());
    assert_eq!((eva.0, eva.1), all);
    assert_eq!(eva.2, ["ana", "bia", "caio"]);

    // An agent sees their own, in whichever queue, and no queue.
    let bia = sees(&Actor::new("bia", "acme", Role::AGENT));
    assert_eq!(bia, (vec![], counts(&[("bia", 2)]), vec!["bia".to_owned()]));

    // Who leads a queue sees what is done in it, and nothing of the other.
    let lead = Actor::new("sofia", "acme", Role::SUPERVISOR);
    let sales = sees(&lead.clone().with_queues(["sales"]));
    assert_eq!(sales, (counts(&[("sales", 2)]), counts(&[("ana", 1), ("bia", 1)]), vec![]));

    // Who leads a team sees what its agents do, and the queues that it serves.
    let team = Team::new("day").with_agents(["caio"]).with_queues(["sales"]);
    let day = sees(&lead.clone().with_team(team));
    let agents = counts(&[("ana", 1), ("bia", 1), ("caio", 2)]);
    assert_eq!(day, (counts(&[("sales", 2)]), agents, vec!["caio".to_owned()]));

    assert_eq!(sees(&lead), (vec![], vec![], vec![]));
}

#[test]
fn who_watches_a_queue_sees_neither_the_other_nor_its_agents() {
    let lead = Actor::new("sofia", "acme", Role::SUPERVISOR);
    let live = worked().live(&lead.clone().with_queues(["sales"]), 60);
    let queues: Vec<_> = live.queues.keys().map(QueueId::as_str).collect();
    assert_eq!((queues, live.agents.len()), (vec!["sales"], 0));
    assert_eq!(live.queues[&"sales".into()].available, 2);
    assert_eq!(live.queues[&"sales".into()].waiting, 1);

    let team = Team::new("day").with_agents(["caio"]);
    let live = worked().live(&lead.with_team(team), 60);
    let agents: Vec<_> = live.agents.keys().map(AgentId::as_str).collect();
    assert_eq!((live.queues.len(), agents), (0, vec!["caio"]));
}

#[tokio::test]
async fn a_desk_refuses_figures_without_the_permission() {
    let around = staffed(&["bia"]).await;
    let period = Period::quarter_of(around.now());
    let bia = support::actor("bia", Role::AGENT);
    assert!(around.desk.figures(&bia, period).await.is_ok());
    let refused = around.desk.live(&bia).await.unwrap_err();
    assert!(matches!(&refused, ActError::Denied(_)), "{refused:?}");
    assert_eq!(refused.to_string(), "an agent may not monitor queues and agents");
    let document = RoleDocument([("note".into(), ScopeWords::One("tenant".into()))].into());
    let clerk = support::actor("clara", Role::custom("clerk", &document).unwrap());
    let refused = around.desk.figures(&clerk, period).await.unwrap_err();
    assert_eq!(refused.to_string(), "the role \"clerk\" may not read figures");
}

#[tokio::test]
async fn a_desk_follows_what_happens_and_another_process_counts_the_same() {
    let around = configured(
        "[queues.service]\nservice = { first_answer = \"30s\" }\nwrap_up = \"20s\"\n[[rules]]\nqueue = \"service\"",
    );
    let eva = support::actor("eva", Role::AUDITOR);
    let other = support::builder(&around, 2).build().unwrap();
    let period = Period::quarter_of(around.now());
    let service = "service".into();

    around.receives(&[support::hello("in.1")]).await;
    let report = around.desk.figures(&eva, period).await.unwrap();
    assert_eq!(report.queues[&service].offered, 1);
    assert_eq!(around.desk.live(&eva).await.unwrap().queues[&service].waiting, 1);
    around.passes(seconds(25)).await;
    around.arrives("bia", 3).await;
    around.passes(seconds(0)).await;
    around.passes(seconds(10)).await;
    around.replies("bia", "k1", "oi").await;

    let report = around.desk.figures(&eva, period).await.unwrap();
    let figures = &report.queues[&service];
    assert_eq!((figures.answered.count(), figures.answered.sum()), (1, seconds(25)));
    assert_eq!(figures.work.first_response.sum(), seconds(35));
    assert_eq!(figures.first_answer.broken, 1);
    assert_eq!(report.targets[&service], seconds(30));
    assert_eq!(report.service_level(&service).unwrap().per_mille(), Some(1000));
    let time = report.agents[&"bia".into()].time.unwrap();
    assert_eq!((time.signed_in, time.busy), (seconds(10), seconds(10)));
    let live = around.desk.live(&eva).await.unwrap();
    assert_eq!((live.queues[&service].assigned, live.queues[&service].available), (1, 1));

    // Who begins now reads all of it, and comes to the same.
    let theirs = other.figures(&eva, period).await.unwrap();
    let theirs_live = other.live(&eva).await.unwrap();
    assert_eq!((theirs.queues, theirs.agents), (report.queues, report.agents));
    assert_eq!(theirs_live, live);
}

#[tokio::test]
async fn an_agent_who_lets_offers_pass_is_there_and_not_available() {
    let around = configured(
        "[queues.service]\noffer = { timeout = \"20s\", misses = 1 }\n[[rules]]\nqueue = \"service\"",
    );
    around.arrives("bia", 3).await;
    around.receives(&[support::hello("in.1")]).await;
    around.passes(seconds(20)).await;
    around.passes(seconds(5)).await;

    let eva = support::actor("eva", Role::AUDITOR);
    let report = around.desk.figures(&eva, Period::quarter_of(around.now())).await.unwrap();
    let bia = &report.agents[&"bia".into()];
    assert_eq!((bia.work.asked, bia.work.missed), (1, 1));
    let time = bia.time.unwrap();
    assert_eq!((time.signed_in, time.available), (seconds(25), seconds(20)));
    let live = around.desk.live(&eva).await.unwrap();
    assert_eq!(live.agents[&"bia".into()].presence, Presence::Unresponsive);
}

#[tokio::test]
async fn a_long_journal_and_a_long_history_of_presence_are_read_to_their_ends() {
    let around = staffed(&["bia"]).await;
    let bia = support::actor("bia", Role::AGENT);
    for turn in 0..1500 {
        around.clock.advance(seconds(1));
        let presence = if turn % 2 == 0 { Presence::Break } else { Presence::Away };
        around.desk.set_presence(&bia, &bia.id, presence).await.unwrap();
    }
    let customers =
        (0..600).map(|number| says(&format!("55119999{number:05}"), &format!("in.{number}"), "oi"));
    around.receives(&customers.collect::<Vec<_>>()).await;
    let journal = around.store.journal(Cursor::default(), usize::MAX).await.unwrap().0;
    assert!(journal.len() > 1500, "{}", journal.len());

    let eva = support::actor("eva", Role::AUDITOR);
    let begin = Period::quarter_of(Timestamp::from_seconds(1_700_000_000)).from();
    let hours = Period::new(begin, begin + 8 * Period::QUARTER).unwrap();
    let report = around.desk.figures(&eva, hours).await.unwrap();
    assert_eq!(report.queues[&"service".into()].offered, 600);
    let time = report.agents[&bia.id].time.unwrap();
    assert_eq!((time.signed_in, time.available), (seconds(1500), seconds(1)));
    let live = around.desk.live(&eva).await.unwrap();
    assert_eq!(live.queues[&"service".into()].waiting, 600);
    assert_eq!(live.agents[&bia.id].presence, Presence::Away);
    assert_eq!(live.agents[&bia.id].since, Some(around.now()));
}

/// Two companies on one store, with queues and agents of the same names.
#[tokio::test]
async fn companies_never_mix() {
    let around = staffed(&["bia"]).await;
    let randomness = SeededRandomness::new(7);
    let vault = Vault::new(
        std::sync::Arc::new(TestKeys::default()),
        std::sync::Arc::new(randomness.clone()),
    )
    .unwrap();
    let settings = Settings { tenant: "rival".into(), ..Settings::default() };
    let rival = Desk::builder(around.store.clone(), vault, FakeChannel::new())
        .clock(around.clock.clone())
        .randomness(randomness)
        .settings(settings)
        .account("998877", "service")
        .build()
        .unwrap();
    let of_rival = |id: &str, role| Actor::new(id, "rival", role).with_queues(["service"]);
    let (root, bia) = (of_rival("root", Role::ADMINISTRATOR), of_rival("bia", Role::AGENT));
    rival.enroll(&root, &bia.id, &AgentProfile::chats(["service"], 3)).await.unwrap();
    rival.set_presence(&bia, &bia.id, Presence::Away).await.unwrap();

    around
        .receives(&[says("5511999990001", "in.1", "oi"), says("5511999990002", "in.2", "oi")])
        .await;
    let theirs = Wire::Message {
        account: "998877".into(),
        from: "5511999990003".into(),
        id: "in.3".into(),
        at: 1_700_000_000,
        text: "oi".into(),
    };
    rival.receive(FakeChannel::body(&[theirs])).await.unwrap();
    rival.run_until_idle().await.unwrap();
    around.passes(Duration::from_secs(60)).await;

    let period = Period::quarter_of(around.now());
    let (eva, zoe) = (support::actor("eva", Role::AUDITOR), of_rival("zoe", Role::AUDITOR));
    let service = "service".into();
    let bia = "bia".into();
    // Either desk may be asked by either company.
    for desk in [&around.desk, &rival] {
        let ours = desk.figures(&eva, period).await.unwrap();
        assert_eq!((ours.queues[&service].offered, ours.queues[&service].answered.count()), (2, 2));
        assert_eq!(ours.agents[&bia].time.unwrap().available, seconds(60));
        let theirs = desk.figures(&zoe, period).await.unwrap();
        let figures = &theirs.queues[&service];
        assert_eq!((figures.offered, figures.answered.count()), (1, 0));
        assert_eq!(theirs.agents[&bia].time.unwrap().available, Duration::ZERO);
        assert_eq!(theirs.agents[&bia].time.unwrap().signed_in, seconds(60));
        let live = desk.live(&zoe).await.unwrap();
        assert_eq!((live.queues[&service].waiting, live.queues[&service].assigned), (1, 0));
        let present: BTreeSet<_> = live.agents.values().map(|agent| agent.presence).collect();
        assert_eq!(present, [Presence::Away].into());
    }
}
