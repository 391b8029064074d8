//! Companies share a store, and nothing else: whoever works for another one sees nothing, changes
//! nothing, and hears nothing, whatever their role and whichever ids they know.
#![allow(missing_docs, clippy::unwrap_used)]

mod support;

use std::time::Duration;

use atendimento_core::domain::access::{Actor, Role, Team};
use atendimento_core::domain::configuration::Document;
use atendimento_core::domain::figures::Period;
use atendimento_core::domain::phone::{Home, Phone};
use atendimento_core::domain::routing::Asked;
use atendimento_core::domain::{Authority, Identity, Keep, Outgoing, Presence};
use atendimento_core::engine::{Audience, Destination, Reply, Sought};
use atendimento_core::store::{
    Configurations, Cursor, Directory, Listing, Queries, Roster, RosterCursor,
};
use futures_util::FutureExt as _;
use support::{ACCOUNT, ANA, Around, actor, fence, hello, staffed, tenant};

/// What of a company could change.
async fn everything(around: &Around) -> String {
    let eva = actor("eva", Role::AUDITOR);
    let conversations = around.desk.list(&eva, &Listing::default(), 99).await.unwrap();
    let mut all = format!("{conversations:?}");
    for conversation in conversations {
        all += &format!("{:?}", around.store.messages(conversation.id).await.unwrap());
        all += &format!("{:?}", around.store.merges(conversation.lane.contact).await.unwrap());
    }
    let facts = around.store.journal(Cursor::default(), usize::MAX).await.unwrap().0;
    let agents = around.store.agents(&tenant(), RosterCursor::default(), usize::MAX).await.unwrap();
    let configurations = around.store.configurations(&tenant(), None, usize::MAX).await.unwrap();
    all + &format!("{facts:?}{:?}{configurations:?}", agents.0)
}

/// Everybody whom another company may employ, one with the name of who has the conversation.
fn strangers() -> Vec<Actor> {
    let roles = Role::BUILT_IN.into_iter();
    let stranger = |role| Actor::new("bia", "other", role).with_queues(["service"]);
    let all = Team::new("all").with_agents(["bia", "caio"]);
    roles.map(stranger).map(|actor| actor.with_team(all.clone())).collect()
}

#[tokio::test]
async fn who_works_for_another_company_sees_nothing_and_changes_nothing() {
    let around = staffed(&["bia", "caio"]).await;
    around.receives(&[hello("in.1"), support::says("5511999990002", "in.2", "oi")]).await;
    let eva = actor("eva", Role::AUDITOR);
    let all = around.desk.list(&eva, &Listing::default(), 99).await.unwrap();
    let theirs = all.iter().find(|it| it.assignee() == Some(&"bia".into())).unwrap();
    let (id, fence) = (theirs.id, fence(theirs));
    let [one, other] = [0, 1].map(|at| all[at].lane.contact);
    let me = actor("bia", Role::AGENT);
    around.desk.tag(&me, id, "vip").await.unwrap();
    let before = everything(&around).await;

    for stranger in strangers() {
        let desk = &around.desk;
        let as_owner = Authority::Owner(fence);
        // Each answer, as an error or as something that holds nothing.
        let refused = [
            ("reply", desk.reply(&stranger, id, Reply::text("k", fence, "hi")).await.is_err()),
            ("read", desk.read(&stranger, id).await.is_err()),
            ("accept", desk.accept(&stranger, id, fence).await.is_err()),
            ("reject", desk.reject(&stranger, id, fence).await.is_err()),
            ("assign", desk.assign(&stranger, id, "bia".into()).await.is_err()),
            ("force", desk.force_assign(&stranger, id, "bia".into()).await.is_err()),
            ("pull", desk.pull(&stranger, id).await.is_err()),
            ("take over", desk.take_over(&stranger, id).await.is_err()),
            ("hand over", desk.hand_over(&stranger, id, as_owner, "bot".into()).await.is_err()),
            ("close", desk.close(&stranger, id, as_owner).await.is_err()),
            ("close", desk.close(&stranger, id, Authority::Supervisor).await.is_err()),
            ("reopen", desk.reopen(&stranger, id).await.is_err()),
            ("cancel", desk.cancel_transfer(&stranger, id, as_owner).await.is_err()),
            ("note", desk.note(&stranger, id, "k", "note").await.is_err()),
            ("tag", desk.tag(&stranger, id, "seen").await.is_err()),
            ("untag", desk.untag(&stranger, id, "vip").await.is_err()),
            ("field", desk.set_field(&stranger, id, "field", Some("value")).await.is_err()),
            ("transcript", desk.transcript(&stranger, id, Audience::Business).await.is_err()),
            ("explanations", desk.explanations(&stranger, id).await.is_err()),
            ("why", desk.why_it_waits(&stranger, id).await.is_err()),
            ("agent", desk.agent(&stranger, &"bia".into()).await.is_err()),
            ("person", desk.person(&stranger, one).await.is_err()),
            ("merge", desk.merge(&stranger, one, other).await.is_err()),
            ("undo", desk.undo_merge(&stranger, other).await.is_err()),
            ("apart", desk.keep_apart(&stranger, (one, other)).await.is_err()),
        ];
        for (what, is_refused) in refused {
            assert!(is_refused, "{what} as {}", stranger.role.name());
        }
        for to in [
            Destination::Agent("caio".into()),
            Destination::Queue { queue: "service".into(), asked: Asked::default() },
        ] {
            let passed = desk.transfer(&stranger, id, as_owner, to, Keep::UntilTaken).await;
            assert!(passed.is_err());
        }
        let until = around.now() + Duration::from_secs(60);
        assert!(desk.snooze(&stranger, id, as_owner, until).await.is_err());
        let presence = desk.set_presence(&stranger, &"bia".into(), Presence::Offline).await;
        assert!(presence.is_err());
        let (account, content) = (ACCOUNT.into(), Outgoing::text("hi"));
        let to = Phone::read("+5511999990001", &Home::brazil()).unwrap();
        assert!(desk.begin(&stranger, &account, &to, "k", content).await.is_err());

        let any = Listing::default();
        assert_eq!(desk.list(&stranger, &any, 99).await.unwrap_or_default(), []);
        assert!(desk.count(&stranger, &any).await.unwrap_or_default().is_empty());
        for sought in [Sought::Phone(to), Sought::Id(Identity::Phone(ANA.to_owned()))] {
            let found = desk.search(&stranger, &sought, &any, 99).await;
            assert_eq!(found.unwrap_or_default(), []);
        }
        assert_eq!(desk.candidates(&stranger, 99).await.unwrap_or_default(), []);
        let heard = desk.journal(&stranger, Cursor::default(), 999).await;
        assert!(heard.map_or(true, |(facts, _)| facts.is_empty()));
        assert!(desk.inspect(&stranger, 99).await.map_or(true, |kept| kept.is_empty()));
        let quarter = Period::quarter_of(around.now());
        let report = desk.figures(&stranger, quarter).await;
        assert!(report.map_or(true, |it| it.queues.is_empty() && it.agents.is_empty()));
        let live = desk.live(&stranger).await;
        assert!(live.map_or(true, |it| it.queues.is_empty() && it.agents.is_empty()));
        let versions = desk.configuration_versions(&stranger, None, 99).await;
        assert_eq!(versions.unwrap_or_default(), []);
        around.desk.run_until_idle().await.unwrap();
        let after = everything(&around).await;
        assert_eq!(after, before, "as {}", stranger.role.name());
    }
}

#[tokio::test]
async fn who_works_for_another_company_hears_of_nothing_and_decides_only_for_their_own() {
    let around = staffed(&["bia"]).await;
    let mut feeds: Vec<_> = strangers().iter().filter_map(|it| around.desk.feed(it).ok()).collect();
    assert!(feeds.len() >= 4);
    around.receives(&[hello("in.1")]).await;
    for feed in &mut feeds {
        assert!(feed.next().now_or_never().is_none());
    }

    // Of the same names, in their own company.
    let root = Actor::new("root", "other", Role::ADMINISTRATOR);
    let document = Document::from_toml("[queues.closed]\n[[rules]]\nqueue = \"closed\"").unwrap();
    around.desk.publish_configuration(&root, 0, document, "ours").await.unwrap();
    around.receives(&[support::says("5511999990002", "in.2", "oi")]).await;
    let open = around.open().await;
    assert_eq!(open.len(), 2);
    assert!(open.iter().all(|it| it.queue == Some("service".into())));
}
