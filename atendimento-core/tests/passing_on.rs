//! Who gets a conversation that somebody had: what was asked for goes with it, and nobody is left
//! waiting for one who does not come.
#![allow(missing_docs, clippy::unwrap_used)]

mod support;

use std::time::Duration;

use atendimento_core::domain::access::{Role, RoleDocument, ScopeWords, Team};
use atendimento_core::domain::configuration::Document;
use atendimento_core::domain::routing::{Asked, Level};
use atendimento_core::domain::{
    AgentProfile, Authority, Conversation, Fence, Hold, Keep, OwnerKind, Presence, Rejection,
    Status,
};
use atendimento_core::engine::{ActError, Destination, Reply};
use atendimento_core::id::{AgentId, ConversationId};
use atendimento_core::store::Listing;
use support::{ANA, Around, actor, configured, fence, says};

const DOCUMENT: &str = r#"
skills = ["pix"]
[queues.service]
weight = 2
absence = { return_after = "60s" }
sticky = { within = "1h", wait = "30s" }
overflow = { after = "10m", to = "sales" }
[queues.sales]
[[rules]]
when = { words = ["pix"] }
queue = "service"
skills = { pix = 3 }
[[rules]]
queue = "service"
"#;

const MINUTE: Duration = Duration::from_secs(60);

impl Around {
    /// With room for two conversations, and this level of the skill.
    async fn joins(&self, agent: &str, pix: Option<u8>) {
        let mut profile = AgentProfile::chats(["service"], 4);
        profile.skills.extend(pix.map(|level| ("pix".into(), Level::new(level).unwrap())));
        let root = actor("root", Role::ADMINISTRATOR);
        self.desk.enroll(&root, &agent.into(), &profile).await.unwrap();
        self.is(agent, Presence::Available).await;
    }

    async fn hears(&self, from: &str, id: &str, text: &str) -> Conversation {
        self.receives(&[says(from, id, text)]).await;
        let eva = actor("eva", Role::AUDITOR);
        self.desk.list(&eva, &Listing::default(), 1).await.unwrap().remove(0)
    }

    async fn now_is(&self, id: ConversationId) -> Conversation {
        self.desk.run_until_idle().await.unwrap();
        let eva = actor("eva", Role::AUDITOR);
        let all = self.desk.list(&eva, &Listing::default(), 99).await.unwrap();
        all.into_iter().find(|it| it.id == id).unwrap()
    }

    async fn owner(&self, id: ConversationId) -> Option<String> {
        self.now_is(id).await.assignee().map(ToString::to_string)
    }
}

/// Bia has Ana's conversation, and would pass it on to caio, who has no room.
async fn bia_has_one_and_caio_no_room() -> (Around, Conversation) {
    let around = configured(DOCUMENT);
    around.joins("caio", None).await;
    around.hears("5511999990002", "in.1", "oi").await;
    around.hears("5511999990003", "in.2", "oi").await;
    around.joins("bia", None).await;
    let had = around.hears(ANA, "in.3", "oi").await;
    (around, had)
}

/// Nobody is there; the conversation is another one than bia had.
async fn ana_writes_forty_minutes_after_bia_had_her() -> (Around, Conversation) {
    let around = configured(DOCUMENT);
    around.joins("bia", None).await;
    let first = around.hears(ANA, "in.1", "oi").await;
    let bia = actor("bia", Role::AGENT);
    around.desk.close(&bia, first.id, owner_of(&first)).await.unwrap();
    around.is("bia", Presence::Away).await;

    around.passes(40 * MINUTE).await;
    let second = around.hears(ANA, "in.2", "oi").await;
    assert_ne!(second.id, first.id);
    (around, second)
}

fn owner_of(conversation: &Conversation) -> Authority {
    Authority::Owner(fence(conversation))
}

#[tokio::test]
async fn only_who_has_it_or_leads_hands_it_over_and_only_to_a_bot() {
    let around = configured(DOCUMENT);
    around.joins("bia", None).await;
    let id = around.hears(ANA, "in.1", "hello").await.id;
    around.joins("caio", None).await;
    let theirs = owner_of(&around.now_is(id).await);
    let [bia, caio] = ["bia", "caio"].map(|it| actor(it, Role::AGENT));

    let taken = around.desk.hand_over(&caio, id, theirs, "robot".into()).await;
    let rejected = Rejection::NotOwner {
        owner: "bia".into(),
        fence: fence(&around.now_is(id).await),
        since: around.now(),
    };
    assert!(matches!(&taken, Err(ActError::Rejected(it)) if *it == rejected), "{taken:?}");
    let to_a_person = around.desk.hand_over(&bia, id, theirs, "caio".into()).await;
    assert!(matches!(to_a_person, Err(ActError::Unknown { what: "bot", .. })), "{to_a_person:?}");
    assert_eq!(around.owner(id).await.unwrap(), "bia");
    around.desk.hand_over(&bia, id, theirs, "robot".into()).await.unwrap();
    assert_eq!(around.owner(id).await.unwrap(), "robot");

    // Back with a person it takes what conversations of its queue take.
    let sofia = actor("sofia", Role::SUPERVISOR).with_team(Team::new("all").with_agents(["caio"]));
    around.desk.force_assign(&sofia, id, "caio".into()).await.unwrap();
    let owner = around.now_is(id).await.owner.unwrap();
    assert_eq!(owner.kind, OwnerKind::Person { hold: Hold { class: "chat".into(), weight: 2 } });
}

#[tokio::test]
async fn what_was_asked_for_is_asked_for_again_after_an_absence_and_a_pause() {
    let around = configured(DOCUMENT);
    around.joins("bia", Some(3)).await;
    around.joins("caio", None).await;
    let id = around.hears(ANA, "in.1", "pix, please").await.id;
    assert_eq!(around.owner(id).await.unwrap(), "bia");

    around.is("bia", Presence::Away).await;
    around.passes(2 * MINUTE).await;
    assert_eq!(around.now_is(id).await.status(), Status::Waiting, "caio does not know pix");
    around.is("bia", Presence::Available).await;
    let had = around.now_is(id).await;
    assert_eq!(had.assignee(), Some(&AgentId::from("bia")));

    let bia = actor("bia", Role::AGENT);
    around.desk.snooze(&bia, id, owner_of(&had), around.now() + MINUTE).await.unwrap();
    around.is("bia", Presence::Away).await;
    around.passes(2 * MINUTE).await;
    assert_eq!(around.now_is(id).await.status(), Status::Waiting);

    let sofia = actor("sofia", Role::SUPERVISOR);
    around.desk.close(&sofia, id, Authority::Supervisor).await.unwrap();
    around.desk.reopen(&sofia, id).await.unwrap();
    assert_eq!(around.now_is(id).await.status(), Status::Waiting);
}

#[tokio::test]
async fn what_is_passed_on_to_one_who_goes_is_for_whoever_comes() {
    let (around, had) = bia_has_one_and_caio_no_room().await;
    let (id, bia) = (had.id, actor("bia", Role::AGENT));

    // Caio has no room, so it waits for him, and nobody has it.
    let to = Destination::Agent("caio".into());
    around.desk.transfer(&bia, id, owner_of(&had), to, Keep::No).await.unwrap();
    assert_eq!(around.now_is(id).await.status(), Status::Waiting);
    around.is("caio", Presence::Away).await;
    assert_eq!(around.owner(id).await.unwrap(), "bia", "and not for ever for caio");

    // Nobody is there, so it overflows as whatever waits there.
    let id = around.hears("5511999990004", "in.4", "oi").await.id;
    let had = around.now_is(id).await;
    around.is("caio", Presence::Available).await;
    let to = Destination::Agent("caio".into());
    around.desk.transfer(&bia, id, owner_of(&had), to, Keep::No).await.unwrap();
    around.is("bia", Presence::Away).await;
    around.is("caio", Presence::Away).await;
    assert_eq!(around.now_is(id).await.status(), Status::Waiting);
    around.passes(11 * MINUTE).await;
    assert_eq!(around.now_is(id).await.queue, Some("sales".into()));
}

#[tokio::test]
async fn what_there_is_not_cannot_be_asked_for_in_a_transfer() {
    let around = configured(DOCUMENT);
    around.joins("bia", None).await;
    let id = around.hears(ANA, "in.1", "oi").await.id;
    let had = around.now_is(id).await;
    let bia = actor("bia", Role::AGENT);
    let skill = Asked { skills: [("pyx".into(), Level::BEST)].into(), ..Asked::default() };
    let priority = Asked { priority: Some("vip".to_owned()), ..Asked::default() };
    for (asked, name) in [(skill, "skill"), (priority, "priority")] {
        let to = Destination::Queue { queue: "sales".into(), asked };
        let refused = around.desk.transfer(&bia, id, owner_of(&had), to, Keep::No).await;
        assert!(
            matches!(&refused, Err(ActError::Unknown { what, .. }) if *what == name),
            "{refused:?}"
        );
    }
    assert_eq!(around.now_is(id).await, had);
}

#[tokio::test]
async fn a_conversation_that_nobody_had_does_not_renew_who_is_asked_first() {
    let (around, second) = ana_writes_forty_minutes_after_bia_had_her().await;
    let sofia = actor("sofia", Role::SUPERVISOR);
    around.desk.close(&sofia, second.id, Authority::Supervisor).await.unwrap();
    // An hour and ten minutes after bia had Ana.
    around.passes(30 * MINUTE).await;
    let third = around.hears(ANA, "in.3", "oi").await;
    assert_ne!(third.id, second.id);
    let ticket = third.waiting().unwrap();
    assert!(ticket.stages.iter().all(|stage| stage.requirement.only.is_none()), "{ticket:?}");
}

#[tokio::test]
async fn who_had_the_customer_last_is_asked_first_by_when_that_was() {
    let (around, second) = ana_writes_forty_minutes_after_bia_had_her().await;
    around.passes(MINUTE).await;
    around.joins("caio", None).await;
    let second = around.now_is(second.id).await;
    let caio = actor("caio", Role::AGENT);
    around.desk.close(&caio, second.id, owner_of(&second)).await.unwrap();
    // An hour and ten minutes after bia, and half an hour after caio.
    around.passes(30 * MINUTE).await;
    around.joins("dora", None).await;
    let third = around.hears(ANA, "in.3", "oi").await;
    assert_eq!(third.assignee(), Some(&AgentId::from("caio")));
    let [explained] = around
        .desk
        .explanations(&actor("sofia", Role::SUPERVISOR), third.id)
        .await
        .unwrap()
        .try_into()
        .unwrap();
    assert_eq!(explained.explanation.requirement.only, Some("caio".into()));
}

#[tokio::test]
async fn what_an_agent_cannot_take_any_more_is_offered_to_others() {
    let around = configured(
        "skills = [\"pix\"]\n[queues.service]\noffer = { timeout = \"5m\" }\n[[rules]]\n\
         queue = \"service\"\nskills = { pix = 3 }",
    );
    around.joins("bia", Some(3)).await;
    let id = around.hears(ANA, "in.1", "oi").await.id;
    let asked = around.now_is(id).await;
    assert_eq!(asked.status(), Status::Offered);

    let root = actor("root", Role::ADMINISTRATOR);
    let less = AgentProfile::chats(["service"], 4);
    around.desk.enroll(&root, &"bia".into(), &less).await.unwrap();
    assert_eq!(around.now_is(id).await.status(), Status::Waiting);
    let bia = actor("bia", Role::AGENT);
    let late = around.desk.accept(&bia, id, asked.fence).await;
    assert!(matches!(late, Err(ActError::Rejected(Rejection::OfferOver { .. }))), "{late:?}");
    // Without it having anything to do with them, an offer stays.
    around.joins("caio", Some(3)).await;
    let again = around.now_is(id).await;
    let mut more = AgentProfile::chats(["service", "sales"], 4);
    more.skills.insert("pix".into(), Level::BEST);
    more.queues.retain(|queue| queue.as_str() == "service");
    around.desk.enroll(&root, &"caio".into(), &more).await.unwrap();
    assert_eq!(around.now_is(id).await, again);
}

#[tokio::test]
async fn who_may_pass_on_to_agents_calls_that_off() {
    let (around, had) = bia_has_one_and_caio_no_room().await;
    let only = |action: &str| {
        let permission = (action.to_owned(), ScopeWords::One("own".to_owned()));
        Role::custom("custom", &RoleDocument([permission].into())).unwrap()
    };
    let [bia, other] = ["transfer_to_agent", "transfer_to_queue"].map(|it| actor("bia", only(it)));
    let to = || Destination::Agent("caio".into());
    let by = owner_of(&had);
    around.desk.transfer(&bia, had.id, by, to(), Keep::UntilTaken).await.unwrap();
    let refused = around.desk.cancel_transfer(&other, had.id, by).await;
    assert!(matches!(refused, Err(ActError::Denied(_))), "{refused:?}");
    around.desk.cancel_transfer(&bia, had.id, by).await.unwrap();
    assert_eq!(around.now_is(had.id).await.line, None);

    // Who may not pass on learns nothing of whom they name.
    let nobody = Destination::Agent("nobody".into());
    let refused = around.desk.transfer(&other, had.id, by, nobody, Keep::No).await;
    assert!(matches!(refused, Err(ActError::Denied(_))), "{refused:?}");
}

#[tokio::test]
async fn two_who_choose_the_same_key_write_two_messages() {
    let around = configured(DOCUMENT);
    around.joins("bia", None).await;
    let id = around.hears(ANA, "in.1", "oi").await.id;
    let reply = |authority, text: &str| Reply { authority, ..Reply::text("1", Fence(0), text) };
    let (bia, sofia) = (actor("bia", Role::AGENT), actor("sofia", Role::SUPERVISOR));
    let had = around.now_is(id).await;
    let own = around.desk.reply(&bia, id, reply(owner_of(&had), "bia's")).await.unwrap();
    let again = around.desk.reply(&bia, id, reply(owner_of(&had), "bia's")).await.unwrap();
    let other =
        around.desk.reply(&sofia, id, reply(Authority::Supervisor, "sofia's")).await.unwrap();
    around.desk.run_until_idle().await.unwrap();
    assert_eq!(own, again);
    assert_ne!(own, other);
    assert_eq!(around.channel.sent().len(), 2);
    for (by, key) in [(&bia, "n"), (&sofia, "n")] {
        around.desk.note(by, id, key, "note").await.unwrap();
    }
    assert_eq!(around.desk.read(&sofia, id).await.unwrap().messages.len(), 5);
}

#[tokio::test]
async fn what_is_asked_for_no_more_by_anybody_is_not_asked_for_again() {
    let around = configured(DOCUMENT);
    around.joins("bia", Some(3)).await;
    around.joins("caio", None).await;
    let id = around.hears(ANA, "in.1", "pix, please").await.id;
    assert_eq!(around.owner(id).await.unwrap(), "bia");

    let root = actor("root", Role::ADMINISTRATOR);
    let document = "[queues.service]\nabsence = { return_after = \"60s\" }\n[queues.sales]\n\
        [[rules]]\nqueue = \"service\"";
    let document = Document::from_toml(document).unwrap();
    around.desk.publish_configuration(&root, 0, document, "no skills").await.unwrap();
    around.is("bia", Presence::Away).await;
    around.passes(2 * MINUTE).await;
    assert_eq!(around.owner(id).await.unwrap(), "caio");
}
