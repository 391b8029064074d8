//! What a company decides about its queues: published, compared, taken back, tried beforehand, and
//! what is refused because of it.
#![allow(missing_docs, clippy::unwrap_used)]

mod support;

use std::time::Duration;

use atendimento_core::domain::access::{Actor, Role};
use atendimento_core::domain::configuration::{Configuration, Document};
use atendimento_core::domain::routing::Level;
use atendimento_core::domain::{AgentProfile, Status};
use atendimento_core::engine::Account;
use atendimento_core::engine::ActError;
use atendimento_core::store::Cursor;
use atendimento_core::{ErrorKind, Settings};
use support::{actor, configured, empty, hello, says};

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

#[tokio::test]
async fn a_configuration_is_published_compared_and_taken_back_while_the_desk_runs() {
    let around = configured(PLAIN);
    let admin = actor("root", Role::ADMINISTRATOR);
    let document = |toml| Document::from_toml(toml).unwrap();
    let publish = async |latest, toml, comment: &str| {
        around.desk.publish_configuration(&admin, latest, document(toml), comment).await
    };
    assert_eq!(around.desk.configuration(&admin).await.unwrap().version(), 0);
    assert_eq!(publish(0, PLAIN, "as it was").await.unwrap(), 1);
    assert_eq!(publish(1, ASKING, "ask first").await.unwrap(), 2);
    let Err(ActError::Failed(stale)) = publish(1, PLAIN, "too late").await else {
        panic!("it is published on a version that is not the latest");
    };
    assert_eq!(stale.kind(), ErrorKind::Conflict);
    around.arrives("ana", 1).await;
    around.receives(&[hello("in.1")]).await;
    assert_eq!(around.only().await.offered_to().unwrap().0, &"ana".into());
    assert_eq!(around.only().await.line.unwrap().ticket().configuration, 2);

    let changes = around.desk.compare_configurations(&admin, 1, 2).await.unwrap();
    let paths: Vec<_> = changes.iter().map(|change| change.path.as_str()).collect();
    assert_eq!(paths, ["queues.service.offer"]);
    let back = around.desk.roll_back_configuration(&admin, 2, 1, "too slow").await.unwrap();
    assert_eq!(back, 3);
    around.arrives("bia", 1).await;
    around.receives(&[says("5511999990002", "in.2", "b")]).await;
    assert_eq!(around.open().await[1].assignee(), Some(&"bia".into()), "without being asked");
    let versions = around.desk.configuration_versions(&admin, None, 9).await.unwrap();
    let told: Vec<_> =
        versions.iter().map(|it| (it.version, it.comment.as_str(), it.rolled_back_to)).collect();
    assert_eq!(told, [(3, "too slow", Some(1)), (2, "ask first", None), (1, "as it was", None)]);
    assert!(versions.iter().all(|it| it.by == admin.id && it.at == around.now()));

    // What is wrong is refused with its path, and nothing has changed.
    let nowhere = "[queues.service]\nteam = \"x\"\n[[rules]]\nqueue = \"service\"";
    let Err(ActError::Invalid(invalid)) = publish(3, nowhere, "a slip").await else {
        panic!("it is published");
    };
    assert_eq!(invalid.0[0].path, "queues.service.team");
    let missing = around.desk.roll_back_configuration(&admin, 3, 9, "").await;
    assert!(matches!(missing, Err(ActError::NotFound)), "{missing:?}");
    let agent = actor("ana", Role::AGENT);
    let denied = around.desk.publish_configuration(&agent, 3, document(PLAIN), "mine").await;
    assert!(matches!(denied, Err(ActError::Denied(_))), "{denied:?}");
    assert_eq!(around.desk.configuration(&admin).await.unwrap().version(), 3);
}

#[tokio::test]
async fn a_process_takes_over_what_another_publishes_and_what_was_published_before_it_began() {
    let around = configured(PLAIN);
    let other =
        || support::another_desk(&around.store, &around.channel, &around.crm, &around.clock, 2);
    let running = other();
    running.run_until_idle().await.unwrap();
    let admin = actor("root", Role::ADMINISTRATOR);
    let asking = Document::from_toml(ASKING).unwrap();
    around.desk.publish_configuration(&admin, 0, asking, "ask first").await.unwrap();
    around.arrives("ana", 2).await;

    running.run_until_idle().await.unwrap();
    for (desk, id, from) in [(running, "in.1", "5511999990001"), (other(), "in.2", "5511999990002")]
    {
        let body = atendimento_core::testing::FakeChannel::body(&[says(from, id, "oi")]);
        desk.receive(body).await.unwrap();
        desk.run_until_idle().await.unwrap();
    }
    let open = around.open().await;
    assert!(open.iter().all(|it| it.status() == Status::Offered), "{open:?}");
}

#[tokio::test]
async fn no_version_follows_the_last_there_can_be() {
    let around = configured(PLAIN);
    let admin = actor("root", Role::ADMINISTRATOR);
    let document = Document::from_toml(PLAIN).unwrap();
    let refused = around.desk.publish_configuration(&admin, u64::MAX, document, "").await;
    let is_conflict = |error: &ActError| matches!(error, ActError::Failed(it) if it.kind() == ErrorKind::Conflict);
    assert!(refused.as_ref().is_err_and(is_conflict), "{refused:?}");
}

#[tokio::test]
async fn a_configuration_is_of_the_company_of_the_settings_in_whatever_order() {
    let document = || Configuration::from_toml(ASKING).unwrap();
    let settings = |tenant: &str| Settings { tenant: tenant.into(), ..Settings::default() };
    let around = empty();
    let builder = || support::builder(&around, 1).configuration(document());
    let desk = builder().settings(settings("acme")).account("1", "service").build().unwrap();
    let admin = Actor::new("root", "acme", Role::ADMINISTRATOR);
    let held = desk.configuration(&admin).await.unwrap();
    assert!(held.document().queues[&"service".into()].offer.is_some());

    let nobodys = Account { id: "1".into(), tenant: "other".into(), queue: "service".into() };
    let settings = Settings { accounts: vec![nobodys], ..settings("acme") };
    let refused = builder().settings(settings).build().unwrap_err();
    assert_eq!(refused.kind(), ErrorKind::Configuration);
}

#[tokio::test]
async fn who_would_serve_what_is_not_there_is_not_enrolled() {
    let around = configured(
        r#"
        teams = ["north"]
        skills = ["spanish"]
        classes = ["call"]
        [queues.service]
        [[rules]]
        queue = "service"
        "#,
    );
    let root = actor("root", Role::ADMINISTRATOR);
    let plain = || AgentProfile::chats(["service"], 1);
    let level = Level::new(1).unwrap();
    let cases = [
        (AgentProfile::chats(["service", "sales"], 1), "no queue `sales`"),
        (AgentProfile { team: Some("south".into()), ..plain() }, "no team `south`"),
        (AgentProfile { skills: [("latin".into(), level)].into(), ..plain() }, "no skill `latin`"),
        (AgentProfile { capacity: [("fax".into(), 1)].into(), ..plain() }, "no class `fax`"),
    ];
    for (profile, says) in cases {
        let refused = around.desk.enroll(&root, &"ana".into(), &profile).await.unwrap_err();
        assert!(refused.to_string().contains(says), "{refused}");
        let there = around.desk.agent(&root, &"ana".into()).await;
        assert!(matches!(there, Err(ActError::NotFound)), "{there:?}");
    }
    let all = AgentProfile {
        team: Some("north".into()),
        skills: [("spanish".into(), level)].into(),
        capacity: [("call".into(), 1), ("chat".into(), 2)].into(),
        ..plain()
    };
    around.desk.enroll(&root, &"ana".into(), &all).await.unwrap();
}

#[tokio::test]
async fn what_was_recorded_is_played_again_under_another_configuration() {
    let asking = |text: &str| {
        format!(
            "skills = [\"spanish\"]\n[queues.service]\n{text}\n[[rules]]\nqueue = \"service\"\nskills = {{ spanish = 3 }}\n"
        )
    };
    let around = configured(&asking(""));
    around.arrives("ana", 1).await;
    around.passes(Duration::from_secs(10)).await;
    around.receives(&[hello("in.1")]).await;
    around.passes(Duration::from_secs(300)).await;
    assert_eq!(around.only().await.status(), Status::Waiting, "nobody speaks it");

    let sofia = actor("sofia", Role::SUPERVISOR);
    let document = |text: &str| Document::from_toml(&asking(text)).unwrap();
    let minute = Duration::from_secs(60);
    let ring = document("rings = [{ after = \"30s\", drop = [\"spanish\"] }]");
    let start = Cursor::default();
    let difference = around.desk.what_if(&sofia, start, &ring, minute).await.unwrap();
    let [otherwise] = difference.differs.try_into().unwrap();
    assert_eq!(otherwise.before, None);
    let given = otherwise.after.unwrap();
    assert_eq!((given.agent, given.waited), ("ana".into(), Duration::from_secs(30)));
    let same = around.desk.what_if(&sofia, start, &document(""), minute).await.unwrap();
    assert_eq!(same.differs, []);

    let wrong = Document { queues: [].into(), ..document("") };
    let refused = around.desk.what_if(&sofia, start, &wrong, minute).await;
    assert!(matches!(refused, Err(ActError::Invalid(_))), "{refused:?}");
    let bia = actor("bia", Role::AGENT);
    let refused = around.desk.what_if(&bia, start, &ring, minute).await;
    assert!(matches!(refused, Err(ActError::Denied(_))), "{refused:?}");
    // Nothing of another company's.
    let mut stranger = sofia.clone();
    stranger.tenant = "another".into();
    let theirs = around.desk.what_if(&stranger, start, &ring, minute).await.unwrap();
    assert_eq!((theirs.differs, theirs.before.queues.len()), (vec![], 0));
}
