//! What each method of a desk asks for: who may do everything else is refused, and told that very
//! action; who may do that, and see that conversations and customers are there, is not.
#![allow(missing_docs, clippy::unwrap_used)]

mod support;

use std::collections::BTreeSet;
use std::time::Duration;

use atendimento_core::domain::access::{Action, Actor, Role, RoleDocument, Scope, ScopeWords};
use atendimento_core::domain::configuration::Document;
use atendimento_core::domain::figures::Period;
use atendimento_core::domain::phone::{Home, Phone};
use atendimento_core::domain::routing::Asked;
use atendimento_core::domain::{
    AgentProfile, Authority, Conversation, Fence, Keep, Outgoing, Presence,
};
use atendimento_core::engine::{ActError, Audience, Destination, Reply, Sought};
use atendimento_core::id::ConversationId;
use atendimento_core::store::{Cursor, Listing};
use support::{ACCOUNT, Around, configured, fence, hello, tenant};

const DOCUMENT: &str = "[queues.service]\n[queues.sales]\n[[rules]]\nqueue = \"service\"";

/// A role of the company's own, with these actions in every scope that they have.
fn role(actions: impl Iterator<Item = Action>) -> Role {
    let permission = |action: Action| {
        let scopes = Scope::ALL.into_iter().filter(|it| action.scopes().contains(*it));
        let words = scopes.map(|scope| scope.name().to_owned()).collect();
        (action.name().to_owned(), ScopeWords::Several(words))
    };
    Role::custom("custom", &RoleDocument(actions.map(permission).collect())).unwrap()
}

fn who(actions: impl Iterator<Item = Action>) -> Actor {
    Actor::new("bia", tenant(), role(actions)).with_queues(["service"])
}

/// Bia has a conversation, and another one has nobody.
struct Case {
    around: Around,
    had: ConversationId,
    fence: Fence,
    waits: ConversationId,
}

impl Case {
    async fn new() -> Self {
        let around = configured(DOCUMENT);
        around.arrives("bia", 1).await;
        around.receives(&[hello("in.1")]).await;
        let had = around.only().await;
        around.receives(&[support::says("5511999990002", "in.2", "oi")]).await;
        let open = around.open().await;
        let waits = open.iter().find(|it| it.id != had.id).map(|it| it.id).unwrap();
        Self { fence: fence(&had), had: had.id, waits, around }
    }

    fn contact(&self, all: &[Conversation], id: ConversationId) -> atendimento_core::id::ContactId {
        all.iter().find(|it| it.id == id).unwrap().lane.contact
    }

    /// Calls one method, by its number; what it asks for, and the answer. `None` beyond the last.
    async fn call(&self, number: usize, me: &Actor) -> Option<(Action, Result<(), ActError>)> {
        let desk = &self.around.desk;
        let (id, own) = (self.had, Authority::Owner(self.fence));
        let (agent, now) = ("bia".into(), self.around.now());
        let any = Listing::default();
        let open = self.around.open().await;
        let pair = (self.contact(&open, self.had), self.contact(&open, self.waits));
        let to = Phone::read("+5511988887777", &Home::brazil()).unwrap();
        let document = || Document::from_toml(DOCUMENT).unwrap();
        let to_agent = Destination::Agent("bia".into());
        let to_queue = || Destination::Queue { queue: "sales".into(), asked: Asked::default() };
        let template = || Outgoing::Template {
            name: "hello".to_owned(),
            language: "pt_BR".to_owned(),
            parameters: Vec::new(),
        };
        let day = Period::quarter_of(now);
        let later = now + Duration::from_secs(60);
        Some(match number {
            0 => (
                Action::Reply,
                desk.reply(me, id, Reply::text("k", self.fence, "hi")).await.map(drop),
            ),
            1 => {
                let reply = Reply { content: template(), ..Reply::text("k", self.fence, "hi") };
                (Action::SendTemplate, desk.reply(me, id, reply).await.map(drop))
            }
            2 => (Action::ReadMessages, desk.read(me, id).await.map(drop)),
            3 => (Action::AnswerOffer, desk.accept(me, self.waits, self.fence).await.map(drop)),
            4 => (Action::AnswerOffer, desk.reject(me, self.waits, self.fence).await),
            5 => (Action::Assign, desk.assign(me, self.waits, agent).await),
            6 => (Action::ForceAssign, desk.force_assign(me, self.waits, agent).await),
            7 => (Action::Pull, desk.pull(me, self.waits).await.map(drop)),
            8 => (Action::TakeOver, desk.take_over(me, self.waits).await.map(drop)),
            9 => (Action::TransferToAgent, desk.transfer(me, id, own, to_agent, Keep::No).await),
            10 => (Action::TransferToQueue, desk.transfer(me, id, own, to_queue(), Keep::No).await),
            11 => (Action::TransferToQueue, desk.cancel_transfer(me, id, own).await),
            12 => {
                (Action::TransferToAgent, desk.hand_over(me, id, own, "bot".into()).await.map(drop))
            }
            13 => (Action::Snooze, desk.snooze(me, id, own, later).await),
            14 => (Action::Close, desk.close(me, id, own).await),
            15 => (Action::Reopen, desk.reopen(me, id).await),
            16 => (Action::Note, desk.note(me, id, "k", "note").await.map(drop)),
            17 => (Action::Tag, desk.tag(me, id, "vip").await),
            18 => (Action::Tag, desk.untag(me, id, "vip").await),
            19 => (Action::SetField, desk.set_field(me, id, "plan", Some("gold")).await),
            20 => {
                (Action::ReadConversation, desk.journal(me, Cursor::default(), 9).await.map(drop))
            }
            21 => (Action::ReadConversation, desk.feed(me).map(drop).map_err(ActError::from)),
            22 => (Action::ReadConversation, desk.list(me, &any, 9).await.map(drop)),
            23 => (Action::ReadConversation, desk.count(me, &any).await.map(drop)),
            24 => (Action::Search, desk.search(me, &Sought::Phone(to), &any, 9).await.map(drop)),
            25 => (Action::Monitor, desk.explanations(me, id).await.map(drop)),
            26 => (Action::Monitor, desk.why_it_waits(me, self.waits).await.map(drop)),
            27 => (Action::Monitor, desk.agent(me, &"caio".into()).await.map(drop)),
            28 => (Action::Monitor, desk.live(me).await.map(drop)),
            29 => (Action::ReadFigures, desk.figures(me, day).await.map(drop)),
            30 => (Action::ReadContact, desk.person(me, pair.0).await.map(drop)),
            31 => (Action::MergeContacts, desk.candidates(me, 9).await.map(drop)),
            32 => (Action::MergeContacts, desk.merge(me, pair.0, pair.1).await),
            33 => (Action::UndoMerge, desk.undo_merge(me, pair.1).await),
            34 => (Action::MergeContacts, desk.keep_apart(me, pair).await),
            35 => {
                let begun = desk.begin(me, &ACCOUNT.into(), &to, "k", template()).await;
                (Action::SendTemplate, begun.map(drop))
            }
            36 => (Action::SetPresence, desk.set_presence(me, &agent, Presence::Break).await),
            37 => {
                let profile = AgentProfile::chats(["service"], 1);
                (Action::ManageAgents, desk.enroll(me, &"caio".into(), &profile).await)
            }
            38 => {
                let minute = Duration::from_secs(60);
                let differs = desk.what_if(me, Cursor::default(), &document(), minute).await;
                (Action::WhatIf, differs.map(drop))
            }
            39 => (Action::ReadConfiguration, desk.configuration(me).await.map(drop)),
            40 => {
                let versions = desk.configuration_versions(me, None, 9).await;
                (Action::ReadConfiguration, versions.map(drop))
            }
            41 => {
                let changes = desk.compare_configurations(me, 1, 1).await;
                (Action::ReadConfiguration, changes.map(drop))
            }
            42 => {
                let published = desk.publish_configuration(me, 0, document(), "").await;
                (Action::ChangeConfiguration, published.map(drop))
            }
            43 => {
                let back = desk.roll_back_configuration(me, 0, 1, "").await;
                (Action::RollBackConfiguration, back.map(drop))
            }
            44 => (
                Action::ExportTranscript,
                desk.transcript(me, id, Audience::Business).await.map(drop),
            ),
            45 => (Action::Inspect, desk.inspect(me, 9).await.map(drop)),
            _ => return None,
        })
    }
}

#[tokio::test]
async fn each_method_asks_for_its_action_and_for_no_other() {
    let mut asked = BTreeSet::new();
    for number in 0.. {
        let case = Case::new().await;
        let everybody = who(Action::ALL.iter().copied());
        let Some((action, _)) = Case::new().await.call(number, &everybody).await else {
            break;
        };
        asked.insert(action.name());
        let others = who(Action::ALL.iter().copied().filter(|it| *it != action));
        match case.call(number, &others).await.unwrap().1 {
            Err(ActError::Denied(denied)) => assert_eq!(denied.action, action, "method {number}"),
            answer => panic!("method {number} without {action:?}: {answer:?}"),
        }
        // Who reads what was said sees that it is there, and who said it.
        let alone = who([Action::ReadConversation, Action::ReadContact, action].into_iter());
        let answer = case.call(number, &alone).await.unwrap().1;
        assert!(!matches!(answer, Err(ActError::Denied(_))), "method {number}: {answer:?}");
    }
    // Of these there is no method yet.
    let without = ["change_contact", "erase", "read_audit"];
    let all: BTreeSet<_> = Action::ALL.iter().map(|action| action.name()).collect();
    assert_eq!(all.difference(&asked).copied().collect::<Vec<_>>(), without);
}

#[tokio::test]
async fn why_it_waits_names_nobody_of_other_queues_to_who_leads_one() {
    let case = Case::new().await;
    let admin = who(Action::ALL.iter().copied());
    let profile = AgentProfile::chats(["sales"], 1);
    case.around.desk.enroll(&admin, &"caio".into(), &profile).await.unwrap();
    let queue = ScopeWords::One(Scope::Queue.name().to_owned());
    let document = RoleDocument([(Action::Monitor.name().to_owned(), queue)].into());
    let leader = Actor::new("sofia", tenant(), Role::custom("leader", &document).unwrap());
    let leader = leader.with_queues(["service"]);

    let named = async |who: &Actor| {
        let why = case.around.desk.why_it_waits(who, case.waits).await.unwrap().unwrap();
        why.passed_over.into_iter().map(|it| it.agent.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(named(&leader).await, ["bia"]);
    assert_eq!(named(&admin).await, ["bia", "caio"]);
}
