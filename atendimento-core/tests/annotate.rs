//! What people write about a conversation and find it by: notes, tags, fields, protocol numbers,
//! transcripts, search; and who hears of what.
#![allow(missing_docs, clippy::unwrap_used)]

mod support;

use std::time::Duration;

use atendimento_core::domain::access::{Actor, Role};
use atendimento_core::domain::phone::{Home, Phone};
use atendimento_core::domain::{
    AgentProfile, Authority, Content, Day, Direction, Event, Identity, Keep, Protocol, Rejection,
};
use atendimento_core::engine::{ActError, Audience, Destination, Feed, Hint, Sought, Transcript};
use atendimento_core::id::{AgentId, ContactId, ConversationId};
use atendimento_core::store::{Cursor, Listing};
use futures_util::FutureExt as _;
use support::{
    ACCOUNT, ANA, Around, actor, builder, configured, empty, fence, hello, says, staffed,
};

const TWO: &str = r#"
zone = "America/Sao_Paulo"
[queues.service]
[queues.sales]
[[rules]]
when = { words = ["buy"] }
queue = "sales"
[[rules]]
queue = "service"
"#;

fn bia() -> Actor {
    actor("bia", Role::AGENT)
}

fn sofia() -> Actor {
    actor("sofia", Role::SUPERVISOR)
}

/// What a feed has to tell by now.
fn told(feed: &mut Feed) -> Vec<Event> {
    let mut told = Vec::new();
    while let Some(hint) = feed.next().now_or_never() {
        match hint {
            Some(Hint::Fact(fact)) => told.push(fact.event),
            Some(Hint::Missed) | None => panic!("the feed ended"),
        }
    }
    told
}

#[tokio::test]
async fn a_note_is_written_once_and_the_customer_never_gets_it() {
    let around = staffed(&["bia"]).await;
    around.receives(&[hello("in.1")]).await;
    let id = around.only().await.id;
    let note = around.desk.note(&bia(), id, "k1", "knows João").await.unwrap();
    let again = around.desk.note(&bia(), id, "k1", "knows João").await.unwrap();
    around.desk.run_until_idle().await.unwrap();

    assert_eq!(note, again);
    let view = around.desk.read(&bia(), id).await.unwrap();
    assert_eq!(view.messages.len(), 2);
    let written = &view.messages[1];
    let said = Content::Note { body: "knows João".into(), by: "bia".into() };
    assert_eq!((written.direction, &written.content), (Direction::Internal, &said));
    assert!(around.channel.sent().is_empty());
    // A reply under the same key is another message.
    around.replies("bia", "k1", "hi").await;
    assert_eq!(around.channel.sent().len(), 1);
}

#[tokio::test]
async fn what_nobody_can_want_to_write_is_refused_and_nothing_has_changed() {
    let around = staffed(&["bia"]).await;
    around.receives(&[hello("in.1")]).await;
    let before = around.only().await;
    let id = before.id;
    let long = "x".repeat(65);
    let text = "x".repeat(10_001);
    let desk = &around.desk;
    let refusals = [
        (desk.note(&bia(), id, "k", "").await.map(drop), "the note is empty"),
        (desk.note(&bia(), id, "k", " \n").await.map(drop), "the note is empty"),
        (
            desk.note(&bia(), id, "k", &text).await.map(drop),
            "the note has more than 10000 characters",
        ),
        (desk.tag(&bia(), id, " ").await, "the tag is empty"),
        (desk.tag(&bia(), id, &long).await, "the tag has more than 64 characters"),
        (desk.tag(&bia(), id, "a\nb").await, "the tag has a control character"),
        (desk.untag(&bia(), id, "").await, "the tag is empty"),
        (desk.set_field(&bia(), id, "", Some("1")).await, "the name of the field is empty"),
        (desk.set_field(&bia(), id, "a", Some("")).await, "the value is empty"),
        (
            desk.set_field(&bia(), id, "a", Some(&text)).await,
            "the value has more than 10000 characters",
        ),
        (
            desk.note(&bia(), ConversationId::from_bytes([9; 16]), "k", "a").await.map(drop),
            "not found",
        ),
    ];
    for (refusal, says) in refusals {
        assert_eq!(refusal.unwrap_err().to_string(), says);
    }
    let caio = actor("caio", Role::AGENT);
    assert!(matches!(desk.note(&caio, id, "k", "a").await, Err(ActError::Denied(_))));
    assert!(matches!(desk.tag(&caio, id, "a").await, Err(ActError::Denied(_))));
    assert!(matches!(desk.untag(&caio, id, "a").await, Err(ActError::Denied(_))));
    let refused = desk.set_field(&caio, id, "a", Some("1")).await;
    assert!(matches!(refused, Err(ActError::Denied(_))));
    let mut stranger = sofia();
    stranger.tenant = "another".into();
    let refused = desk.set_field(&stranger, id, "a", Some("1")).await;
    assert!(matches!(refused, Err(ActError::Denied(_))));
    assert_eq!(around.only().await, before);
}

#[tokio::test]
async fn tags_are_listed_by_and_fields_are_sealed() {
    let around = staffed(&["bia"]).await;
    around.receives(&[hello("in.1")]).await;
    around.receives(&[says("5511999990002", "in.2", "hello")]).await;
    let id = around.open().await[0].id;
    around.desk.tag(&bia(), id, "vip").await.unwrap();
    let tagged = around.store_version(id).await;
    around.desk.tag(&bia(), id, "vip").await.unwrap();
    assert_eq!(around.store_version(id).await, tagged, "nothing has changed");
    around.desk.set_field(&bia(), id, "cpf", Some("529.982.247-25")).await.unwrap();
    around.desk.set_field(&bia(), id, "order", Some("17")).await.unwrap();
    around.desk.set_field(&bia(), id, "order", None).await.unwrap();

    let vip = Listing { tag: Some("vip".into()), ..Listing::default() };
    let listed = around.desk.list(&sofia(), &vip, 9).await.unwrap();
    assert_eq!(listed.iter().map(|it| it.id).collect::<Vec<_>>(), [id]);
    assert!(!serde_json::to_string(&listed).unwrap().contains("529"));
    let view = around.desk.read(&bia(), id).await.unwrap();
    assert_eq!(view.fields, [("cpf".to_owned(), "529.982.247-25".to_owned())].into());
    around.desk.untag(&bia(), id, "vip").await.unwrap();
    assert_eq!(around.desk.list(&sofia(), &vip, 9).await.unwrap(), []);

    for number in 0..50 {
        around.desk.tag(&bia(), id, &format!("t{number}")).await.unwrap();
    }
    let more = around.desk.tag(&bia(), id, "more").await;
    let refused = Rejection::TooMany { what: "tags", most: 50 };
    assert!(matches!(more, Err(ActError::Rejected(rejection)) if rejection == refused));
    for number in 1..50 {
        around.desk.set_field(&bia(), id, &format!("f{number}"), Some("1")).await.unwrap();
    }
    // One that is there gets another value.
    around.desk.set_field(&bia(), id, "cpf", Some("1")).await.unwrap();
    let more = around.desk.set_field(&bia(), id, "more", Some("1")).await;
    assert!(matches!(more, Err(ActError::Rejected(Rejection::TooMany { .. }))));
}

impl Around {
    async fn store_version(&self, id: ConversationId) -> u64 {
        use atendimento_core::store::Queries as _;
        self.store.conversation(id).await.unwrap().unwrap().version.0
    }
}

#[tokio::test]
async fn each_conversation_has_a_protocol_number_of_its_day_and_is_found_by_it() {
    // 22:13 of the 14th in Greenwich, 19:13 in São Paulo.
    let around = configured(TWO);
    around.receives(&[hello("in.1"), says("5511999990002", "in.2", "I want to buy")]).await;
    let [first, second] = around.open().await.try_into().unwrap();
    let day = Day::new(20_231_114);
    assert_eq!(first.protocol, Some(Protocol::new(day, 1)));
    assert_eq!(second.protocol, Some(Protocol::new(day, 2)));
    assert!(
        around
            .facts(first.id)
            .await
            .contains(&Event::Numbered { protocol: first.protocol.unwrap() })
    );
    // What comes after the first message draws none.
    around.receives(&[hello("in.3")]).await;
    // Midnight has passed in Greenwich, and not in São Paulo; then there too.
    around.clock.advance(Duration::from_secs(4 * 3600));
    around.receives(&[says("5511999990003", "in.4", "hello")]).await;
    around.clock.advance(Duration::from_secs(3600));
    around.receives(&[says("5511999990004", "in.5", "hello")]).await;
    let numbers: Vec<_> = around.open().await.iter().map(|it| it.protocol.unwrap()).collect();
    assert_eq!(numbers[2..], [Protocol::new(day, 3), Protocol::new(Day::new(20_231_115), 1)]);

    let sought = Sought::Protocol("20231114-000002".parse().unwrap());
    let listing = Listing::default();
    let sales = Actor::new("otto", "default", Role::SUPERVISOR).with_queues(["sales"]);
    let found = around.desk.search(&sales, &sought, &listing, 9).await.unwrap();
    assert_eq!(found, [second]);
    assert_eq!(around.desk.search(&sofia(), &sought, &listing, 9).await.unwrap(), []);
    let root = actor("root", Role::ADMINISTRATOR);
    let refused = around.desk.search(&root, &sought, &listing, 9).await;
    assert!(matches!(refused, Err(ActError::Denied(_))));
}

#[tokio::test]
async fn a_customer_is_found_by_their_number_however_it_is_written() {
    let around = staffed(&["bia"]).await;
    around.receives(&[says("551188887777", "in.1", "hello")]).await;
    around.receives(&[says("551177881234", "in.2", "hello")]).await;
    around.receives(&[says(ANA, "in.3", "hello")]).await;
    let [first, second, _] = around.open().await.try_into().unwrap();
    let search = async |actor: &Actor, sought: Sought, listing: Listing| {
        let found = around.desk.search(actor, &sought, &listing, 9).await.unwrap();
        found.into_iter().map(|conversation| conversation.id).collect::<Vec<_>>()
    };
    let all = Listing::default;
    for written in ["(11) 98888-7777", "+55 11 8888-7777", "011 98888-7777"] {
        let phone = Phone::read(written, &Home::brazil()).unwrap();
        assert_eq!(search(&sofia(), Sought::Phone(phone), all()).await, [first.id], "{written}");
    }
    // A number that may be another way to write it is shown as well.
    let phone = || Phone::read("11 97788-1234", &Home::brazil()).unwrap();
    assert_eq!(search(&sofia(), Sought::Phone(phone()), all()).await, [second.id]);
    let closed = Listing { status: Some(atendimento_core::domain::Status::Closed), ..all() };
    assert_eq!(search(&sofia(), Sought::Phone(phone()), closed).await, []);
    let wa_id = || Sought::Id(Identity::Phone("551188887777".into()));
    assert_eq!(search(&sofia(), wa_id(), all()).await, [first.id]);
    assert_eq!(search(&bia(), wa_id(), all()).await, [first.id]);
    assert_eq!(search(&actor("caio", Role::AGENT), wa_id(), all()).await, []);
    let mut stranger = sofia();
    stranger.tenant = "another".into();
    assert_eq!(search(&stranger, wa_id(), all()).await, []);
    let nobody = Phone::read("11 96666-1234", &Home::brazil()).unwrap();
    assert_eq!(search(&sofia(), Sought::Phone(nobody), all()).await, []);

    // Of one customer, and of nobody else.
    let of = |contact| Listing { contact: Some(contact), ..all() };
    let theirs = second.lane.contact;
    let found = search(&sofia(), Sought::Phone(phone()), of(theirs)).await;
    assert_eq!(found, [second.id]);
    let other = ContactId::from_bytes([9; 16]);
    assert_eq!(search(&sofia(), Sought::Phone(phone()), of(other)).await, []);
}

#[tokio::test]
async fn a_transcript_shows_who_said_what_and_notes_only_to_the_business() {
    let around = configured(TWO);
    around.arrives("bia", 3).await;
    around.receives(&[says(ANA, "in.1", "hello\nare you there?")]).await;
    let message = around.replies("bia", "k1", "yes").await;
    let id = around.only().await.id;
    around.desk.note(&bia(), id, "n1", "polite").await.unwrap();
    around.desk.tag(&bia(), id, "vip").await.unwrap();
    around.desk.set_field(&bia(), id, "order", Some("17")).await.unwrap();

    let customer = around.desk.transcript(&sofia(), id, Audience::Customer).await.unwrap();
    let text = customer.to_string();
    let lines = "# 20231114-000001\n\
        [2023-11-14 19:13:20 -03] > customer: hello\n    are you there?\n\
        [2023-11-14 19:13:20 -03] < bia (accepted): yes\n";
    assert_eq!(text, lines);
    assert_eq!((customer.tags.len(), customer.fields.len()), (0, 0));
    let business = around.desk.transcript(&sofia(), id, Audience::Business).await.unwrap();
    assert!(business.to_string().ends_with("* bia: [note] polite\n"), "{business}");
    assert_eq!((business.tags.len(), business.fields["order"].as_str()), (1, "17"));

    let json = serde_json::to_value(&customer).unwrap();
    assert_eq!((&json["version"], &json["protocol"]), (&1.into(), &"20231114-000001".into()));
    let sent = &json["entries"][1];
    assert_eq!((&sent["agent"], &sent["delivery"]), (&"bia".into(), &"accepted".into()));
    assert_eq!(sent["message"], message.to_string());
    let again: Transcript = serde_json::from_value(json).unwrap();
    assert!(again == customer);
    assert!(!format!("{customer:?} {:?}", customer.entries).contains("hello"));

    let exported = Event::Exported { by: "sofia".into() };
    let facts = around.facts(id).await;
    assert_eq!(facts.iter().filter(|fact| **fact == exported).count(), 2);
    let refused = around.desk.transcript(&bia(), id, Audience::Customer).await;
    assert!(matches!(refused, Err(ActError::Denied(_))), "an agent exports nothing");
}

#[tokio::test]
async fn a_feed_tells_what_the_actor_may_see_and_that_they_lose_it() {
    let around = configured(TWO);
    let desk = &around.desk;
    let otto = Actor::new("otto", "default", Role::SUPERVISOR).with_queues(["sales"]);
    let mut elsewhere = actor("eva", Role::AUDITOR);
    elsewhere.tenant = "another".into();
    let feeds = [bia(), sofia(), otto, actor("eva", Role::AUDITOR), elsewhere];
    let mut feeds = feeds.map(|actor| desk.feed(&actor).unwrap());
    assert!(desk.feed(&actor("root", Role::ADMINISTRATOR)).is_err(), "reads no conversation");
    around.arrives("bia", 3).await;
    around.receives(&[hello("in.1")]).await;

    let now = feeds.each_mut().map(told);
    assert!(now[0].iter().any(|it| matches!(it, Event::Assigned { .. })), "{:?}", now[0]);
    assert!(!now[0].iter().any(|it| matches!(it, Event::Opened { .. })), "{:?}", now[0]);
    assert!(now[1].iter().any(|it| matches!(it, Event::Opened { .. })));
    assert!(now[1].iter().any(|it| matches!(it, Event::Numbered { .. })));
    assert_eq!((now[2].len(), now[4].len()), (0, 0));
    assert_eq!(now[1], now[3]);

    // Bia passes it on to sales: she hears that it goes, and nothing of it from then on.
    let conversation = around.only().await;
    let to = Destination::Queue { queue: "sales".into(), asked: Default::default() };
    let authority = Authority::Owner(fence(&conversation));
    desk.transfer(&bia(), conversation.id, authority, to, Keep::No).await.unwrap();
    let now = feeds.each_mut().map(told);
    let goes = |told: &[Event]| told.iter().any(|it| matches!(it, Event::Released { .. }));
    assert!(goes(&now[0]) && goes(&now[1]) && goes(&now[2]));
    around.receives(&[hello("in.2")]).await;
    let now = feeds.each_mut().map(told);
    assert_eq!((now[0].len(), now[1].len(), now[4].len()), (0, 0, 0));
    assert!(!now[2].is_empty());
    assert_eq!(now[2], now[3]);
}

#[tokio::test]
async fn the_journal_is_read_on_by_what_the_actor_may_see() {
    let around = configured(TWO);
    around.receives(&[hello("in.1"), says("5511999990002", "in.2", "I want to buy")]).await;
    let all = async |actor: Actor| {
        let (mut cursor, mut facts) = (Cursor::default(), Vec::new());
        loop {
            let (page, next) = around.desk.journal(&actor, cursor, 2).await.unwrap();
            facts.extend(page);
            if next == cursor {
                return facts;
            }
            cursor = next;
        }
    };
    let [first, second] = around.open().await.try_into().unwrap();
    let seen = all(sofia()).await;
    assert!(!seen.is_empty() && seen.iter().all(|fact| fact.conversation == first.id));
    let whole = all(actor("eva", Role::AUDITOR)).await;
    assert!(whole.iter().any(|fact| fact.conversation == second.id));
    assert_eq!(whole.iter().filter(|it| it.conversation == first.id).count(), seen.len());
    let mut stranger = actor("eva", Role::AUDITOR);
    stranger.tenant = "another".into();
    assert_eq!(all(stranger).await, []);
    let root = actor("root", Role::ADMINISTRATOR);
    assert!(around.desk.journal(&root, Cursor::default(), 2).await.is_err());
}

#[tokio::test]
async fn who_leads_neither_team_nor_queue_of_an_agent_gives_them_no_work() {
    let around = configured(TWO);
    let root = actor("root", Role::ADMINISTRATOR);
    for (agent, queue) in [("bia", "service"), ("caio", "sales")] {
        let id = AgentId::from(agent);
        around.desk.enroll(&root, &id, &AgentProfile::chats([queue], 1)).await.unwrap();
    }
    around.receives(&[hello("in.1")]).await;
    let id = around.only().await.id;
    let caio = AgentId::from("caio");
    for refused in [
        around.desk.assign(&sofia(), id, caio.clone()).await,
        around.desk.force_assign(&sofia(), id, caio.clone()).await,
        around.desk.force_assign(&sofia(), id, "nobody".into()).await,
    ] {
        assert!(matches!(refused, Err(ActError::Denied(_))), "{refused:?}");
    }
    around.desk.force_assign(&sofia(), id, "bia".into()).await.unwrap();
    let both = sofia().with_queues(["sales"]);
    around.desk.force_assign(&both, id, caio.clone()).await.unwrap();
    assert_eq!(around.only().await.assignee(), Some(&caio));
}

#[tokio::test]
async fn numbers_go_on_in_another_process() {
    let around = empty();
    around.receives(&[hello("in.1")]).await;
    let another = builder(&around, 2).build().unwrap();
    let body = support_body("5511999990009", "in.2");
    another.receive(body).await.unwrap();
    another.run_until_idle().await.unwrap();
    let numbers: Vec<_> = around.open().await.iter().map(|it| it.protocol.unwrap()).collect();
    let day = Day::new(20_231_114);
    assert_eq!(numbers, [Protocol::new(day, 1), Protocol::new(day, 2)]);
    assert_eq!(around.open().await[0].lane.account, ACCOUNT.into());
}

fn support_body(from: &str, id: &str) -> atendimento_core::channel::Authentic {
    atendimento_core::testing::FakeChannel::body(&[says(from, id, "hello")])
}
