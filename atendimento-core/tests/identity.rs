//! Who customers are, through the whole desk: first messages at once, numbers in two forms, ids
//! without numbers, numbers that pass on or change, and merges.
#![allow(missing_docs, clippy::unwrap_used)]

#[path = "identity/late.rs"]
mod late;

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use atendimento_core::channel::whatsapp::WhatsApp;
use atendimento_core::channel::{Authentic, Channel, Inbound, Outbound, SendOutcome};
use atendimento_core::crm::{Capabilities, ContactUpdate, CrmAdapter, Outcome, TimelineUpdate};
use atendimento_core::domain::access::{Action, Actor, Role};
use atendimento_core::domain::configuration::Configuration;
use atendimento_core::domain::phone::{Home, Phone};
use atendimento_core::domain::{
    AgentProfile, Authority, Content, Conversation, Delivery, Heard, Identity, Outgoing, Presence,
    Rejection, Resemblance, Status,
};
use atendimento_core::engine::{ActError, DeskBuilder, Reply};
use atendimento_core::id::{AccountId, AgentId, ContactId};
use atendimento_core::store::memory::MemoryStore;
use atendimento_core::store::sqlite::SqliteStore;
use atendimento_core::store::{Directory, Listing, Queries, Resolve, Store};
use atendimento_core::testing::{FakeChannel, FakeCrm, ManualClock, SeededRandomness, TestKeys};
use atendimento_core::time::Timestamp;
use atendimento_core::vault::Vault;
use atendimento_core::{Desk, Settings};
use futures_util::future::join_all;
use secrecy::SecretString;
use serde_json::{Value, json};
use whatsapp_cloud::Client;

const ACCOUNT: &str = "106540352242922";
const OLD: &str = "551188887777";
const NEW: &str = "5511988887777";
const OTHER: &str = "5521977770002";

/// What Meta posts is read as it is; what is sent is kept by a fake.
#[derive(Clone)]
struct Meta {
    reads: Arc<WhatsApp>,
    sends: FakeChannel,
}

#[async_trait]
impl Channel for Meta {
    fn read(&self, body: &Authentic) -> Vec<Inbound> {
        self.reads.read(body)
    }

    async fn send(&self, outbound: Outbound) -> SendOutcome {
        self.sends.send(outbound).await
    }
}

struct Around<S> {
    store: S,
    meta: Meta,
    crm: FakeCrm,
    clock: ManualClock,
    desk: Desk,
}

impl Around<MemoryStore> {
    fn new() -> Self {
        Around::on(MemoryStore::new())
    }
}

impl<S: Store + Clone + 'static> Around<S> {
    fn on(store: S) -> Self {
        let client = Client::builder(SecretString::from("token")).build().unwrap();
        let meta = Meta { reads: Arc::new(WhatsApp::new(client)), sends: FakeChannel::new() };
        let (crm, clock) =
            (FakeCrm::new(), ManualClock::at(Timestamp::from_seconds(1_700_000_000)));
        let desk = desk(&store, &meta, &crm, &clock, 1);
        Self { store, meta, crm, clock, desk }
    }

    async fn with_bia(self) -> Self {
        let (root, bia) = (actor("root", Role::ADMINISTRATOR), AgentId::from("bia"));
        self.desk.enroll(&root, &bia, &AgentProfile::chats(["service"], 9)).await.unwrap();
        let me = actor("bia", Role::AGENT);
        self.desk.set_presence(&me, &bia, Presence::Available).await.unwrap();
        self
    }

    async fn hears(&self, body: &Value) {
        self.desk.receive(Authentic::vouched_for(body.to_string())).await.unwrap();
        self.desk.run_until_idle().await.unwrap();
    }

    /// All conversations, the oldest first.
    async fn all(&self) -> Vec<Conversation> {
        let grant = actor("auditor", Role::AUDITOR).may(Action::ReadConversation).unwrap();
        let all = self.store.conversations(&grant, &Listing::default(), 99).await.unwrap();
        all.into_iter().rev().collect()
    }

    async fn people(&self) -> BTreeSet<ContactId> {
        self.all().await.into_iter().map(|conversation| conversation.lane.contact).collect()
    }

    /// Bia replies, and it goes there.
    async fn reply_goes_to(&self, conversation: &Conversation) -> Option<Identity> {
        let now = self.store.conversation(conversation.id).await.unwrap().unwrap();
        let before = self.meta.sends.sent().len();
        let key = format!("reply {before} {}", now.version.0);
        let reply = Reply::text(key, now.assignment().expect("bia has it"), "hi");
        self.desk.reply(&actor("bia", Role::AGENT), now.id, reply).await.unwrap();
        self.desk.run_until_idle().await.unwrap();
        self.meta.sends.sent().get(before).map(|sent| sent.to.clone())
    }

    async fn closes(&self, conversation: &Conversation) {
        let now = self.store.conversation(conversation.id).await.unwrap().unwrap();
        let authority = Authority::Owner(now.assignment().unwrap());
        self.desk.close(&actor("bia", Role::AGENT), now.id, authority).await.unwrap();
        self.desk.run_until_idle().await.unwrap();
    }

    async fn texts(&self, conversation: &Conversation) -> Vec<String> {
        let view = self.desk.read(&sofia(), conversation.id).await.unwrap();
        let texts = view.messages.into_iter().filter_map(|message| match message.content {
            Content::Received(received) => received.text,
            _ => None,
        });
        texts.collect()
    }
}

fn desk<S: Store + Clone + 'static>(
    store: &S,
    meta: &Meta,
    crm: &FakeCrm,
    clock: &ManualClock,
    seed: u64,
) -> Desk {
    begun(store, meta, clock, seed).crm(crm.clone()).build().unwrap()
}

fn begun<S: Store + Clone + 'static>(
    store: &S,
    meta: &Meta,
    clock: &ManualClock,
    seed: u64,
) -> DeskBuilder {
    let randomness = SeededRandomness::new(seed);
    let vault = Vault::new(Arc::new(TestKeys::default()), Arc::new(randomness.clone())).unwrap();
    Desk::builder(store.clone(), vault, meta.clone())
        .clock(clock.clone())
        .randomness(randomness)
        .settings(Settings::default())
        .account(ACCOUNT, "service")
}

fn actor(id: &str, role: Role) -> Actor {
    Actor::new(id, "default", role).with_queues(["service"])
}

fn sofia() -> Actor {
    actor("sofia", Role::SUPERVISOR)
}

/// The customers of both, the lower id first.
fn both(one: &Conversation, other: &Conversation) -> [ContactId; 2] {
    let mut both = [one.lane.contact, other.lane.contact];
    both.sort();
    both
}

fn phone(digits: &str) -> Option<Identity> {
    Some(Identity::Phone(digits.into()))
}

fn user(id: &str) -> Option<Identity> {
    Some(Identity::User(id.into()))
}

/// A change of the field `messages`, as Meta posts one.
fn change(message: &Value, contact: Option<Value>) -> Value {
    let metadata = json!({"display_phone_number": "15550783881", "phone_number_id": ACCOUNT});
    let contacts: Vec<_> = contact.into_iter().collect();
    let value = json!({"messaging_product": "whatsapp", "metadata": metadata,
        "contacts": contacts, "messages": [message]});
    let change = json!({"field": "messages", "value": value});
    json!({"object": "whatsapp_business_account", "entry": [{"id": "1", "changes": [change]}]})
}

/// Somebody writes: with a number, an id, or both.
fn says(from: Option<&str>, user: Option<&str>, id: &str, at: i64) -> Value {
    let mut message = json!({"id": id, "timestamp": at.to_string(), "type": "text",
        "text": {"body": id}});
    let mut contact = json!({"profile": {"name": "Ana"}});
    if let Some(from) = from {
        message["from"] = from.into();
        contact["wa_id"] = from.into();
    }
    if let Some(user) = user {
        message["from_user_id"] = user.into();
        contact["user_id"] = user.into();
    }
    change(&message, Some(contact))
}

/// Meta says that a customer has another number.
fn changed(from: &str, previous: Option<&str>, to: &str, user: Option<&str>, at: i64) -> Value {
    let mut system = json!({"type": "user_changed_number", "wa_id": to, "body": "changed"});
    if let Some(user) = user {
        system["user_id"] = user.into();
    }
    if let Some(previous) = previous {
        system["previous_user_id"] = previous.into();
    }
    let message = json!({"from": from, "id": format!("notice {at}"),
        "timestamp": at.to_string(), "type": "system", "system": system});
    change(&message, None)
}

async fn first_messages_at_once<S: Store + Clone + 'static>(store: S) {
    let around = Around::on(store).with_bia().await;
    let desks = [1, 2, 3, 4]
        .map(|seed| desk(&around.store, &around.meta, &around.crm, &around.clock, seed));
    let bodies: Vec<_> = (0..24)
        .map(|number| {
            let from = [Some(OLD), Some(NEW), None][number % 3];
            // Whoever has no number has an id, which the others tell as well.
            says(from, Some("BR.1"), &format!("in.{number}"), 1_699_999_000)
        })
        .collect();
    let receive = bodies.iter().enumerate().map(|(number, body)| {
        let desk = desks[number % 4].clone();
        let body = Authentic::vouched_for(body.to_string());
        tokio::spawn(async move {
            desk.receive(body).await.unwrap();
            desk.run_until_idle().await.unwrap();
        })
    });
    for done in join_all(receive.collect::<Vec<_>>()).await {
        done.unwrap();
    }
    for desk in &desks {
        desk.run_until_idle().await.unwrap();
    }

    let all = around.all().await;
    assert_eq!(all.len(), 1, "{all:?}");
    assert_eq!(around.texts(&all[0]).await.len(), 24);
    let person = around.store.person(all[0].lane.contact).await.unwrap().unwrap();
    assert_eq!(person.members.len(), 1);
    assert_eq!(around.crm.contacts().len(), 1);
    assert_eq!(around.store.candidates(&"default".into(), 9).await.unwrap(), []);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn first_messages_that_arrive_at_once_make_one_customer_and_one_conversation_in_memory() {
    first_messages_at_once(MemoryStore::new()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn first_messages_that_arrive_at_once_make_one_customer_and_one_conversation_on_sqlite() {
    let folder = tempfile::tempdir().unwrap();
    first_messages_at_once(SqliteStore::open(folder.path().join("desk.db")).unwrap()).await;
}

#[tokio::test]
async fn an_answer_goes_to_the_address_that_was_observed_digit_by_digit() {
    let around = Around::new().with_bia().await;
    around.hears(&says(Some(OLD), None, "in.1", 1_699_999_001)).await;
    let [conversation] = around.all().await.try_into().unwrap();
    assert_eq!(around.reply_goes_to(&conversation).await, phone(OLD));

    around.hears(&says(Some(NEW), None, "in.2", 1_699_999_002)).await;
    assert_eq!(around.all().await.len(), 1, "the ninth digit makes no other customer");
    assert_eq!(around.reply_goes_to(&conversation).await, phone(NEW));
    around.hears(&says(Some(OLD), None, "in.3", 1_699_999_003)).await;
    assert_eq!(around.reply_goes_to(&conversation).await, phone(OLD));
}

#[tokio::test]
async fn what_the_channel_calls_an_address_in_its_answer_is_where_the_next_goes() {
    let around = Around::new().with_bia().await;
    around.hears(&says(Some(NEW), None, "in.1", 1_699_999_001)).await;
    let [conversation] = around.all().await.try_into().unwrap();
    let remote_id = "out.observed".to_owned();
    around.meta.sends.then([SendOutcome::Accepted { remote_id, observed: phone(OLD) }]);

    assert_eq!(around.reply_goes_to(&conversation).await, phone(NEW));
    assert_eq!(around.reply_goes_to(&conversation).await, phone(OLD));
}

#[tokio::test]
async fn who_is_written_to_first_is_the_customer_who_answers() {
    let around = Around::new().with_bia().await;
    let bia = actor("bia", Role::AGENT);
    let phone_of = |written: &str| Phone::read(written, &Home::brazil()).unwrap();
    let template = || Outgoing::Template {
        name: "order_ready".into(),
        language: "pt_BR".into(),
        parameters: vec![],
    };
    let account = AccountId::from(ACCOUNT);
    let begin = async |actor: &Actor, key: &str, content: Outgoing| {
        let to = phone_of("(11) 8888-7777");
        let begun = around.desk.begin(actor, &account, &to, key, content).await;
        around.desk.run_until_idle().await.unwrap();
        begun
    };
    let refused = begin(&bia, "k0", Outgoing::text("hi")).await;
    assert!(matches!(refused, Err(ActError::Rejected(Rejection::WindowClosed { .. }))));
    let refused = begin(&actor("root", Role::ADMINISTRATOR), "k0", template()).await;
    assert!(matches!(refused, Err(ActError::Denied(_))), "{refused:?}");
    let nowhere = AccountId::from("1");
    let to = phone_of("(11) 8888-7777");
    let refused = around.desk.begin(&bia, &nowhere, &to, "k0", template()).await;
    assert!(matches!(refused, Err(ActError::NotFound)), "{refused:?}");
    assert_eq!(around.all().await, []);

    // In canonical form; and what the channel calls it is where the next goes.
    let remote_id = "out.observed".to_owned();
    around.meta.sends.then([SendOutcome::Accepted { remote_id, observed: phone(OLD) }]);
    let begun = begin(&bia, "k1", template()).await.unwrap();
    assert_eq!(begin(&bia, "k1", template()).await.unwrap(), begun, "it is the same intent");
    let [conversation] = around.all().await.try_into().unwrap();
    assert_eq!((conversation.id, conversation.status()), (begun.0, Status::Open));
    assert!(conversation.protocol.is_some());
    let sent = around.meta.sends.sent();
    assert_eq!((sent.len(), &sent[0].to), (1, &phone(NEW).unwrap()));
    let goes_on = begin(&bia, "k2", template()).await;
    assert!(matches!(goes_on, Err(ActError::GoesOn { conversation }) if conversation == begun.0));

    around.hears(&says(Some(OLD), Some("BR.1"), "in.1", 1_699_999_001)).await;
    let [answered] = around.all().await.try_into().unwrap();
    assert_eq!(answered.assignee(), Some(&"bia".into()));
    assert_eq!(around.reply_goes_to(&answered).await, phone(OLD));
    around.closes(&answered).await;
    let again = begin(&bia, "k3", template()).await.unwrap();
    assert_ne!(again.0, begun.0);
    let sent = around.meta.sends.sent();
    assert_eq!(sent.last().unwrap().to, phone(OLD).unwrap(), "where they wrote from last");
}

#[tokio::test]
async fn who_is_known_by_an_id_alone_is_answered_there_and_gains_a_number_later() {
    let around = Around::new().with_bia().await;
    around.hears(&says(None, Some("BR.1"), "in.1", 1_699_999_001)).await;
    let [conversation] = around.all().await.try_into().unwrap();
    assert_eq!(around.reply_goes_to(&conversation).await, user("BR.1"));

    around.hears(&says(Some(NEW), Some("BR.1"), "in.2", 1_699_999_002)).await;
    assert_eq!(around.reply_goes_to(&conversation).await, phone(NEW));
    around.hears(&says(Some(OLD), None, "in.3", 1_699_999_003)).await;
    assert_eq!(around.texts(&conversation).await, ["in.1", "in.2", "in.3"]);
}

#[tokio::test]
async fn who_got_a_number_of_somebody_elses_is_another_customer_and_gets_nothing_of_theirs() {
    let around = Around::new().with_bia().await;
    around.hears(&says(Some(NEW), Some("BR.1"), "in.1", 1_699_999_001)).await;
    around.hears(&says(Some(NEW), Some("BR.2"), "in.2", 1_699_999_002)).await;
    let [first, second] = around.all().await.try_into().unwrap();
    assert_ne!(first.lane.contact, second.lane.contact);
    assert_eq!(around.texts(&second).await, ["in.2"]);

    // What is still written to the one who had it goes to them, and not to their old number.
    assert_eq!(around.reply_goes_to(&first).await, user("BR.1"));
    assert_eq!(around.reply_goes_to(&second).await, phone(NEW));
    let view = around.desk.read(&sofia(), first.id).await.unwrap();
    assert_eq!(view.profile.identities, [Identity::User("BR.1".into())]);
    assert_eq!(around.crm.contacts().len(), 2);
    assert_eq!(around.desk.candidates(&sofia(), 9).await.unwrap(), []);
}

#[tokio::test]
async fn who_has_no_address_any_more_is_written_to_nowhere() {
    let around = Around::new().with_bia().await;
    around.hears(&says(Some(NEW), None, "in.1", 1_699_999_001)).await;
    let [conversation] = around.all().await.try_into().unwrap();
    // The number is theirs no more, and nothing else is known to write to.
    let random = Arc::new(SeededRandomness::new(9));
    let vault = Vault::new(Arc::new(TestKeys::default()), random).unwrap();
    let aliases = |identity: Option<Identity>| -> Vec<_> {
        let clues = identity.unwrap().clues();
        clues.iter().map(|clue| vault.blind(&"default".into(), clue)).collect()
    };
    let at = Timestamp::from_seconds(1_699_999_002);
    let mut heard = Heard::new(aliases(user("BR.9")), at);
    heard.former = aliases(phone(NEW));
    let proposed = around.store.contact(conversation.lane.contact).await.unwrap().unwrap();
    around.store.resolve(vec![Resolve { heard, proposed }]).await.unwrap();

    assert_eq!(around.reply_goes_to(&conversation).await, None);
    let sent = around.store.messages(conversation.id).await.unwrap().pop().unwrap();
    assert_eq!(sent.record.delivery, Some(Delivery::Failed { code: None }));
}

#[tokio::test]
async fn who_changed_their_number_is_the_same_customer_and_is_answered_there() {
    let around = Around::new().with_bia().await;
    around.hears(&says(Some(NEW), Some("BR.1"), "in.1", 1_699_999_001)).await;
    let [conversation] = around.all().await.try_into().unwrap();
    around.hears(&changed(NEW, Some("BR.1"), OTHER, Some("BR.2"), 1_699_999_002)).await;
    assert_eq!(around.reply_goes_to(&conversation).await, phone(OTHER));

    around.hears(&says(Some(OTHER), Some("BR.2"), "in.2", 1_699_999_003)).await;
    assert_eq!(around.all().await.len(), 1);
    // The old number is free for somebody else.
    around.hears(&says(Some(NEW), Some("BR.3"), "in.3", 1_699_999_004)).await;
    assert_eq!(around.people().await.len(), 2);
    assert_eq!(around.reply_goes_to(&conversation).await, phone(OTHER));
    let view = around.desk.person(&sofia(), conversation.lane.contact).await.unwrap();
    let now = [Identity::User("BR.2".into()), Identity::Phone(OTHER.into())];
    assert_eq!(view.profile.identities, now);
}

#[tokio::test]
async fn a_notice_that_comes_late_makes_one_customer_of_two() {
    let around = Around::new().with_bia().await;
    around.hears(&says(Some(NEW), Some("BR.1"), "in.1", 1_699_999_001)).await;
    let [first] = around.all().await.try_into().unwrap();
    around.closes(&first).await;
    around.hears(&says(Some(OTHER), Some("BR.2"), "in.2", 1_699_999_003)).await;
    around.hears(&changed(NEW, Some("BR.1"), OTHER, Some("BR.2"), 1_699_999_004)).await;

    let [first, second] = around.all().await.try_into().unwrap();
    let person = around.desk.person(&sofia(), second.lane.contact).await.unwrap();
    assert_eq!(person.id, first.lane.contact);
    assert_eq!(person.members, both(&first, &second));
    assert_eq!(person.merges[0].merge.by, None);
    // The open conversation goes on, in which the customer began under the new number.
    around.hears(&says(Some(OTHER), Some("BR.2"), "in.3", 1_699_999_005)).await;
    assert_eq!(around.all().await.len(), 2);
    assert_eq!(around.texts(&second).await[0], "in.2");
    assert_eq!(around.texts(&second).await.last().unwrap(), "in.3");
    assert_eq!(around.reply_goes_to(&second).await, phone(OTHER));
}

#[tokio::test]
async fn whom_the_channel_says_are_one_while_both_are_served_are_shown_to_a_person() {
    let around = Around::new().with_bia().await;
    around.hears(&says(Some(NEW), Some("BR.1"), "in.1", 1_699_999_001)).await;
    around.hears(&says(Some(OTHER), Some("BR.2"), "in.2", 1_699_999_003)).await;
    around.hears(&changed(NEW, Some("BR.1"), OTHER, Some("BR.2"), 1_699_999_004)).await;
    let [first, second] = around.all().await.try_into().unwrap();
    let (one, other) = (first.lane.contact, second.lane.contact);
    let candidates = around.desk.candidates(&sofia(), 9).await.unwrap();
    assert_eq!(candidates[0].pair, both(&first, &second).into());
    assert_eq!(candidates[0].why, Resemblance::NumberChanged);

    let refused = around.desk.merge(&sofia(), one, other).await;
    assert!(matches!(refused, Err(ActError::BothOpen)), "{refused:?}");
    around.closes(&second).await;
    around.desk.merge(&sofia(), one, other).await.unwrap();
    assert!(matches!(around.desk.merge(&sofia(), other, one).await, Err(ActError::OneAlready)));
    assert_eq!(around.desk.candidates(&sofia(), 9).await.unwrap(), []);
    around.hears(&says(Some(OTHER), Some("BR.2"), "in.3", 1_699_999_005)).await;
    assert_eq!(around.texts(&first).await.last().unwrap(), "in.3");
    assert_eq!(around.reply_goes_to(&first).await, phone(OTHER));
    // The history of both is one.
    let listing = Listing { contact: Some(other), ..Listing::default() };
    assert_eq!(around.desk.list(&sofia(), &listing, 9).await.unwrap().len(), 2);

    around.desk.undo_merge(&sofia(), other).await.unwrap();
    assert!(matches!(around.desk.undo_merge(&sofia(), other).await, Err(ActError::NotFound)));
    around.hears(&says(Some(OTHER), Some("BR.2"), "in.4", 1_699_999_006)).await;
    let again = around.all().await.pop().unwrap();
    assert_eq!((again.lane.contact, around.texts(&again).await), (other, vec!["in.4".to_owned()]));
    assert_eq!(around.desk.list(&sofia(), &listing, 9).await.unwrap().len(), 2);
    let person = around.desk.person(&sofia(), one).await.unwrap();
    assert_eq!(person.merges[0].undone.as_ref().unwrap().0, "sofia".into());
}

/// Whose record it is, by which addresses they are reached, and how many messages it has.
type Record = (ContactId, Vec<Identity>, usize);

/// A CRM that has a record for each customer whose link it is not told.
#[derive(Clone, Default)]
struct Records(Arc<Mutex<Vec<Record>>>);

#[async_trait]
impl CrmAdapter for Records {
    fn connection(&self) -> &str {
        "records"
    }

    fn capabilities(&self) -> Capabilities {
        Capabilities { upsert_by_our_key: false, timeline: true }
    }

    async fn upsert_contact(&self, update: ContactUpdate<'_>) -> Outcome {
        let mut records = self.0.lock().unwrap();
        let told = update.profile.identities.clone();
        match update.link {
            Some(link) => {
                let record = &mut records[link.parse::<usize>().unwrap()];
                (record.0, record.1) = (update.contact, told);
                Outcome::Updated { id: link.to_owned() }
            }
            None => {
                records.push((update.contact, told, 0));
                Outcome::Created { id: (records.len() - 1).to_string() }
            }
        }
    }

    async fn append_timeline(&self, update: TimelineUpdate<'_>) -> Outcome {
        let mut records = self.0.lock().unwrap();
        records[update.link.parse::<usize>().unwrap()].2 += 1;
        Outcome::Created { id: update.entry.message.to_string() }
    }
}

#[tokio::test]
async fn what_is_said_by_who_was_merged_goes_to_one_record_of_the_crm_until_that_is_undone() {
    let records = Records::default();
    let mut around = Around::new();
    around.desk =
        begun(&around.store, &around.meta, &around.clock, 1).crm(records.clone()).build().unwrap();
    let around = around.with_bia().await;
    let known = || -> Vec<_> {
        let records = records.0.lock().unwrap();
        records.iter().map(|(contact, told, said)| (*contact, told.len(), *said)).collect()
    };
    around.hears(&says(Some("551177881234"), None, "in.1", 1_699_999_001)).await;
    around.hears(&says(Some("5511977881234"), None, "in.2", 1_699_999_002)).await;
    let [first, second] = around.all().await.try_into().unwrap();
    let (one, other) = (first.lane.contact, second.lane.contact);
    assert_eq!(known(), [(one, 1, 1), (other, 1, 1)]);

    around.closes(&first).await;
    around.desk.merge(&sofia(), one, other).await.unwrap();
    around.hears(&says(Some("5511977881234"), None, "in.3", 1_699_999_003)).await;
    assert_eq!(known(), [(one, 2, 2), (other, 1, 1)], "the open conversation began with the other");
    around.desk.undo_merge(&sofia(), other).await.unwrap();
    around.hears(&says(Some("5511977881234"), None, "in.4", 1_699_999_004)).await;
    assert_eq!(known(), [(one, 2, 2), (other, 1, 2)]);

    // What was somebody's and is another's now is not told of them.
    around.hears(&says(Some(NEW), Some("BR.1"), "in.5", 1_699_999_005)).await;
    around.hears(&says(Some(NEW), Some("BR.2"), "in.6", 1_699_999_006)).await;
    around.hears(&says(None, Some("BR.1"), "in.7", 1_699_999_007)).await;
    let told: Vec<_> = known()[2..].iter().map(|(_, told, said)| (*told, *said)).collect();
    assert_eq!(told, [(1, 2), (2, 1)]);
}

#[tokio::test]
async fn numbers_that_may_be_one_are_two_customers_until_somebody_decides() {
    let around = Around::new().with_bia().await;
    around.hears(&says(Some("551177881234"), None, "in.1", 1_699_999_001)).await;
    around.hears(&says(Some("5511977881234"), None, "in.2", 1_699_999_002)).await;
    // A landline is nobody's mobile.
    around.hears(&says(Some("551131234567"), None, "in.3", 1_699_999_003)).await;
    around.hears(&says(Some("5511931234567"), None, "in.4", 1_699_999_004)).await;
    assert_eq!(around.people().await.len(), 4);

    let candidates = around.desk.candidates(&sofia(), 9).await.unwrap();
    let all = around.all().await;
    let pair = both(&all[0], &all[1]).into();
    assert_eq!(candidates.len(), 1);
    assert_eq!((candidates[0].pair, candidates[0].why), (pair, Resemblance::WeakAlias));
    around.desk.keep_apart(&sofia(), pair).await.unwrap();
    around.hears(&says(Some("551177881234"), None, "in.5", 1_699_999_005)).await;
    assert_eq!(around.desk.candidates(&sofia(), 9).await.unwrap(), []);
}

#[tokio::test]
async fn candidates_of_others_do_not_hide_ones_own() {
    let rules = r#"
        [queues.sales]
        [queues.service]
        [[rules]]
        when = { words = ["buy"] }
        queue = "sales"
        [[rules]]
        queue = "service"
    "#;
    let mut around = Around::new();
    let configuration = Configuration::from_toml(rules).unwrap();
    around.desk = begun(&around.store, &around.meta, &around.clock, 1)
        .configuration(configuration)
        .build()
        .unwrap();
    for (word, local) in [("buy", "77881234"), ("buy", "77881235"), ("help", "77881236")] {
        for (number, nine) in ["", "9"].into_iter().enumerate() {
            let from = format!("5511{nine}{local}");
            let id = format!("{word}.{local}.{number}");
            around.hears(&says(Some(&from), None, &id, 1_699_999_001)).await;
        }
    }
    let all = around.desk.candidates(&sofia().with_queues(["sales"]), 9).await.unwrap();
    assert_eq!(all.len(), 3);
    let own = around.desk.candidates(&sofia(), 1).await.unwrap();
    assert_eq!(own, [all[2].clone()]);
}

#[tokio::test]
async fn who_does_not_see_both_customers_merges_neither() {
    let around = Around::new().with_bia().await;
    around.hears(&says(Some("551177881234"), None, "in.1", 1_699_999_001)).await;
    around.hears(&says(Some("5511977881234"), None, "in.2", 1_699_999_002)).await;
    let all = around.all().await;
    let (one, other) = (all[0].lane.contact, all[1].lane.contact);

    let bia = actor("bia", Role::AGENT);
    assert!(matches!(around.desk.merge(&bia, one, other).await, Err(ActError::Denied(_))));
    assert!(matches!(around.desk.candidates(&bia, 9).await, Err(ActError::Denied(_))));
    assert!(matches!(around.desk.undo_merge(&bia, one).await, Err(ActError::Denied(_))));
    assert!(matches!(around.desk.keep_apart(&bia, (one, other)).await, Err(ActError::Denied(_))));
    let elsewhere = Actor::new("otto", "default", Role::SUPERVISOR).with_queues(["sales"]);
    let mut stranger = sofia();
    stranger.tenant = "another".into();
    for outsider in [elsewhere, stranger] {
        assert_eq!(around.desk.candidates(&outsider, 9).await.unwrap(), []);
        let refused = around.desk.merge(&outsider, one, other).await;
        assert!(matches!(refused, Err(ActError::NotFound)), "{refused:?}");
        let refused = around.desk.keep_apart(&outsider, (one, other)).await;
        assert!(matches!(refused, Err(ActError::NotFound)), "{refused:?}");
        let refused = around.desk.person(&outsider, one).await;
        assert!(matches!(refused, Err(ActError::NotFound)), "{refused:?}");
    }
    // Nor does who sees all of another company.
    let mut auditor = actor("eva", Role::AUDITOR);
    assert!(around.desk.person(&auditor, one).await.is_ok());
    auditor.tenant = "another".into();
    let refused = around.desk.person(&auditor, one).await;
    assert!(matches!(refused, Err(ActError::NotFound)), "{refused:?}");
    around.closes(&all[1]).await;
    around.desk.merge(&sofia(), one, other).await.unwrap();
    assert_eq!(around.desk.person(&bia, one).await.unwrap().members, both(&all[0], &all[1]));
}
