//! What a channel tells besides messages and statuses: calls, copies, echoes, history, changes of
//! hands, edits and revokes; what Meta posts, and what becomes of it.
#![allow(missing_docs, clippy::unwrap_used)]

mod support;

use std::path::Path;

use atendimento_core::channel::whatsapp::WhatsApp;
use atendimento_core::channel::{Authentic, Channel, Said};
use atendimento_core::domain::access::Role;
use atendimento_core::domain::{
    Content, Direction, Event, Identity, ReceivedKind, Rejection, Status, ThreadOwner,
};
use atendimento_core::engine::{ActError, Audience, MessageView, Reply};
use atendimento_core::store::{Listing, Queries, Store};
use atendimento_core::testing::Wire;
use secrecy::SecretString;
use support::{ACCOUNT, ANA, Around, actor, fence, hello, says, staffed, status};
use whatsapp_cloud::Client;
use whatsapp_cloud::webhook::OwnerRole;

fn whatsapp() -> WhatsApp {
    WhatsApp::new(Client::builder(SecretString::from("token")).build().unwrap())
}

/// What a body of the SDK's own fixtures says.
fn read(channel: &WhatsApp, name: &str) -> Vec<atendimento_core::channel::Inbound> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../whatsapp-cloud/tests/fixtures");
    let body = std::fs::read(folder.join("webhooks").join(name)).unwrap();
    channel.read(&Authentic::vouched_for(body))
}

/// Kind, direction, thread, and by what the customer is known; or the kind of a notice.
fn told(said: &Said) -> String {
    match said {
        Said::Message { from, kind, direction, thread, revokes, message } => {
            let known = from.identities.iter().map(|it| match it {
                Identity::Parent(_) => "parent",
                Identity::User(_) => "user",
                Identity::Phone(_) => "phone",
                _ => "group",
            });
            let known = known.collect::<Vec<_>>().join("+");
            let thread = thread.map(|to| format!(" {to:?}")).unwrap_or_default();
            let revokes = if revokes.is_some() { " revokes" } else { "" };
            assert!(message.raw.starts_with('{'), "its JSON is kept");
            format!("{kind:?} {direction:?} {known}{thread}{revokes}")
        }
        Said::Status { delivery, .. } => format!("status {delivery:?}"),
        Said::Notice { kind } => format!("notice {kind}"),
        Said::Unreadable { .. } => "unreadable".to_owned(),
    }
}

#[test]
fn what_meta_posts_is_understood_as_what_it_is() {
    let rows = [
        ("text.json", "Message Inbound phone Ours"),
        ("reaction.json", "Annotation Inbound phone"),
        ("revoke.json", "Annotation Inbound phone revokes"),
        ("edit.json", "Annotation Inbound phone"),
        ("call-permission-reply.json", "Message Inbound phone"),
        ("standby-message.json", "Standby Inbound phone Others"),
        ("standby-echo.json", "Echo Outbound phone Others"),
        ("standby-echo-of-a-template.json", "Echo Outbound user+phone Others"),
        ("standby-status.json", "notice standby"),
        ("echo-text.json", "Echo Outbound phone"),
        ("echo-of-the-business-app.json", "Echo Outbound phone"),
        ("echo-without-a-phone.json", "Echo Outbound parent+user"),
        ("echo-revoke.json", "Annotation Outbound phone revokes"),
        ("echo-edit.json", "Annotation Outbound phone"),
        ("history-media.json", "History Inbound phone"),
        ("history-media-of-the-business.json", "History Outbound phone"),
        ("history-not-shared.json", "notice history"),
        ("handover-control-passed.json", "HandedOver Inbound phone Ours"),
        ("handover-control-taken.json", "HandedOver Inbound user Ours"),
        ("call-connect.json", "Call Inbound phone"),
        ("call-created.json", "Call Inbound phone"),
        ("call-connect-by-the-business.json", "Annotation Outbound parent+user"),
        ("call-terminate.json", "CallProgress Inbound phone"),
        ("call-terminate-failed.json", "CallProgress Inbound parent+user"),
        ("call-terminate-in-mixed-case.json", "CallProgress Outbound phone"),
        ("call-recording-available.json", "Annotation Inbound phone"),
        ("status-call-accepted.json", "CallProgress Outbound phone"),
        ("status-call-ringing.json", "Annotation Outbound phone"),
        ("status-call-rejected.json", "Annotation Outbound phone"),
        ("system-user-changed-number.json", "Annotation Inbound phone"),
        ("preference-stop.json", "notice user_preferences"),
    ];
    let mut wrong = Vec::new();
    for (name, wanted) in rows {
        let said = read(&whatsapp(), name);
        let all: Vec<_> = said.iter().map(|it| told(&it.said)).collect();
        if all != [wanted] {
            wrong.push(format!("{name}: {all:?}, not {wanted}"));
        }
        assert!(said.iter().all(|it| it.account.is_some()), "{name}");
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_call_of_the_business_that_nobody_took_opens_no_window() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../whatsapp-cloud/tests/fixtures");
    let taken = folder.join("webhooks/call-terminate-in-mixed-case.json");
    let mut body: serde_json::Value =
        serde_json::from_slice(&std::fs::read(taken).unwrap()).unwrap();
    let call = body.pointer_mut("/entry/0/changes/0/value/calls/0").unwrap();
    for member in ["start_time", "end_time", "duration"] {
        call.as_object_mut().unwrap().remove(member);
    }
    let said = whatsapp().read(&Authentic::vouched_for(body.to_string()));
    assert_eq!(told(&said[0].said), "Annotation Outbound phone");
}

#[test]
fn a_call_that_names_our_number_in_both_places_is_the_customers() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../whatsapp-cloud/tests/fixtures");
    let taken = folder.join("webhooks/call-terminate-in-mixed-case.json");
    let mut body: serde_json::Value =
        serde_json::from_slice(&std::fs::read(taken).unwrap()).unwrap();
    let call = body.pointer_mut("/entry/0/changes/0/value/calls/0").unwrap();
    let (from, to) = (call["from"].take(), call["to"].take());
    (call["from"], call["to"]) = (to, from);
    let said = whatsapp().read(&Authentic::vouched_for(body.to_string()));
    let Said::Message { from, .. } = &said[0].said else { panic!("of a customer") };
    assert_eq!(from.identities, [Identity::Phone("5511999990001".into())]);
}

#[test]
fn what_is_not_understood_of_the_past_is_kept() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../whatsapp-cloud/tests/fixtures");
    let body = std::fs::read(folder.join("webhooks/history-threads.json")).unwrap();
    let mut body: serde_json::Value = serde_json::from_slice(&body).unwrap();
    let thread = body.pointer_mut("/entry/0/changes/0/value/history/0/threads/0").unwrap();
    thread["mood"] = "good".into();
    thread["messages"].as_array_mut().unwrap().push("no message".into());
    let said = whatsapp().read(&Authentic::vouched_for(body.to_string()));
    for part in ["mood", "no message"] {
        assert!(said.iter().any(|it| it.raw.contains(part)), "{part}");
    }
}

#[test]
fn who_wrote_in_the_past_is_known_by_either_form_of_their_number() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../whatsapp-cloud/tests/fixtures");
    let body = std::fs::read_to_string(folder.join("webhooks/history-threads.json")).unwrap();
    let before: Vec<_> = read(&whatsapp(), "history-threads.json");
    let body = body.replace(r#""from": "5511999990001""#, r#""from": "551199990001""#);
    assert!(body.contains(r#""551199990001""#));
    let after = whatsapp().read(&Authentic::vouched_for(body));
    let directions = |said: &[atendimento_core::channel::Inbound]| {
        let words = said.iter().map(|it| told(&it.said));
        words.map(|it| it.split(' ').nth(1).unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(directions(&after), directions(&before));
}

#[test]
fn whose_a_customer_is_is_decided_by_the_role_of_this_desk() {
    let machine = whatsapp().with_roles([OwnerRole::AiAgent]);
    let said = read(&machine, "handover-control-passed.json");
    assert_eq!(told(&said[0].said), "Annotation Inbound phone Others");
    let Said::Message { message, .. } = &said[0].said else { panic!("of a customer") };
    assert!(message.text.is_some(), "what was said before, in short");
}

#[test]
fn each_message_of_the_past_is_one_however_the_past_is_divided() {
    let said = read(&whatsapp(), "history-threads.json");
    let (last, messages) = said.split_last().unwrap();
    assert_eq!(told(&last.said), "notice history");
    assert!(!last.raw.contains("5511999990001"), "nothing of customers: {}", last.raw);
    assert!(messages.len() > 1);
    assert!(messages.iter().all(|it| told(&it.said).starts_with("History ")));
    let directions: Vec<_> = messages.iter().map(|it| told(&it.said)).collect();
    assert!(directions.iter().any(|it| it.contains("Inbound")), "{directions:?}");
    assert!(directions.iter().any(|it| it.contains("Outbound")), "{directions:?}");
    let mut identities: Vec<_> = messages.iter().map(|it| it.identity.clone()).collect();
    identities.sort();
    identities.dedup();
    assert_eq!(identities.len(), messages.len());
    // Media come again under the same id, and are not taken for what came before.
    let again = read(&whatsapp(), "history-media.json");
    assert!(!identities.contains(&again[0].identity));
}

/// Something of Ana.
fn told_of(kind: ReceivedKind, word: &str, id: &str, about: Option<&str>) -> Wire {
    Wire::Told {
        account: ACCOUNT.into(),
        customer: ANA.into(),
        id: id.into(),
        at: 1_700_000_000,
        kind,
        direction: match kind {
            ReceivedKind::Echo => Direction::Outbound,
            _ => Direction::Inbound,
        },
        word: word.into(),
        text: Some(format!("text of {id}")),
        about: about.map(Into::into),
        thread: None,
    }
}

fn passed(kind: ReceivedKind, id: &str, to: ThreadOwner) -> Wire {
    let mut wire = told_of(kind, "handover", id, None);
    if let Wire::Told { thread, .. } = &mut wire {
        *thread = Some(to);
    }
    wire
}

fn revoke(id: &str, of: &str) -> Wire {
    told_of(ReceivedKind::Annotation, "revoke", id, Some(of))
}

fn edit(id: &str, of: &str) -> Wire {
    told_of(ReceivedKind::Annotation, "edit", id, Some(of))
}

impl Around {
    async fn views(&self) -> Vec<MessageView> {
        let all = self.desk.list(&actor("eva", Role::AUDITOR), &Listing::default(), 9).await;
        let mut views = Vec::new();
        for conversation in all.unwrap().into_iter().rev() {
            let view = self.desk.read(&actor("eva", Role::AUDITOR), conversation.id).await;
            views.extend(view.unwrap().messages);
        }
        views
    }

    /// What can be read of each message; nothing of what is gone.
    async fn texts(&self) -> Vec<Option<String>> {
        let views = self.views().await.into_iter();
        let texts = views.map(|view| match view.content {
            Content::Received(received) => received.text,
            Content::Sent { .. } | Content::Note { .. } => Some("ours".to_owned()),
            Content::Revoked { .. } => None,
        });
        texts.collect()
    }
}

#[tokio::test]
async fn calls_and_copies_open_the_window_and_echoes_and_history_do_not() {
    for (kind, opens, calls_somebody) in [
        (ReceivedKind::Call, true, true),
        (ReceivedKind::CallProgress, true, false),
        (ReceivedKind::Standby, true, false),
        (ReceivedKind::HandedOver, false, true),
        (ReceivedKind::Annotation, false, false),
        (ReceivedKind::Echo, false, false),
        (ReceivedKind::History, false, false),
    ] {
        let around = staffed(&["bia"]).await;
        around.receives(&[told_of(kind, "text", "in.1", None)]).await;
        let all = around.desk.list(&actor("eva", Role::AUDITOR), &Listing::default(), 9).await;
        let [conversation] = all.unwrap().try_into().unwrap();
        assert_eq!(conversation.window.is_open(around.now()), opens, "{kind:?}");
        assert_eq!(conversation.assignee().is_some(), calls_somebody, "{kind:?}");
        let is_past = kind == ReceivedKind::History;
        assert_eq!(conversation.status() == Status::Closed, is_past, "{kind:?}");
        // What the customer writes then is answered, whatever was told before.
        around.receives(&[hello("in.2")]).await;
        assert_eq!(around.only().await.assignee(), Some(&"bia".into()), "{kind:?}");
    }
}

#[tokio::test]
async fn what_the_business_wrote_elsewhere_is_in_the_history_and_wakes_nobody() {
    let around = staffed(&["bia"]).await;
    around.receives(&[hello("in.1")]).await;
    let conversation = around.only().await;
    let authority = atendimento_core::domain::Authority::Owner(fence(&conversation));
    around.desk.close(&actor("bia", Role::AGENT), conversation.id, authority).await.unwrap();
    around.receives(&[told_of(ReceivedKind::Echo, "text", "echo.1", None)]).await;

    assert_eq!(around.open().await, []);
    let views = around.views().await;
    assert_eq!((views[1].direction, views[1].delivery), (Direction::Outbound, None));
    assert_eq!(around.texts().await[1].as_deref(), Some("text of echo.1"));
    // A status of what another app sent is none of ours, and is kept.
    around.receives(&[status("echo.1", None, atendimento_core::domain::Delivery::Read)]).await;
    assert_eq!(around.store.orphans(&support::tenant(), 9).await.unwrap().len(), 1);
    assert!(around.channel.sent().is_empty());
}

#[tokio::test]
async fn nothing_is_sent_while_another_app_has_the_customer() {
    let around = staffed(&["bia"]).await;
    around.receives(&[hello("in.1")]).await;
    let away = passed(ReceivedKind::Annotation, "pass.1", ThreadOwner::Others);
    around.receives(&[away]).await;
    let conversation = around.only().await;
    let bia = actor("bia", Role::AGENT);
    let reply = |key: &str| Reply::text(key, fence(&conversation), "hi");
    let refused = around.desk.reply(&bia, conversation.id, reply("k1")).await;
    assert!(matches!(refused, Err(ActError::Rejected(Rejection::ThreadElsewhere))), "{refused:?}");
    let back = passed(ReceivedKind::HandedOver, "pass.2", ThreadOwner::Ours);
    around.receives(&[back]).await;
    around.desk.reply(&bia, conversation.id, reply("k2")).await.unwrap();
    around.desk.run_until_idle().await.unwrap();
    assert_eq!(around.channel.sent().len(), 1);
}

async fn revoked_in_any_order(around: &Around, store: &dyn Store) {
    around.receives(&[says(ANA, "in.1", "my secret"), says(ANA, "in.2", "hello")]).await;
    around.receives(&[edit("edit.1", "in.1")]).await;
    around.receives(&[revoke("revoke.1", "in.1")]).await;
    let texts = around.texts().await;
    assert_eq!(texts[..3], [None, Some("hello".into()), None], "the edit is gone too");
    assert!(texts[3].is_some(), "the revoke itself is kept");
    // Come again, and an edit that comes late.
    around.receives(&[says(ANA, "in.1", "my secret"), revoke("revoke.1", "in.1")]).await;
    around.receives(&[edit("edit.2", "in.1")]).await;
    assert_eq!(around.texts().await.len(), 5);
    assert_eq!(around.texts().await[4], None);

    // The revoke comes before its message.
    around.receives(&[revoke("revoke.3", "in.3")]).await;
    around.receives(&[says(ANA, "in.3", "another secret")]).await;
    assert_eq!(around.texts().await[6], None);
    let conversation = around.only().await;
    let facts = around.facts(conversation.id).await;
    let revoked = facts.iter().filter(|it| matches!(it, Event::MessageRevoked { .. })).count();
    assert_eq!(revoked, 4);
    let eva = actor("eva", Role::AUDITOR);
    let transcript = around.desk.transcript(&eva, conversation.id, Audience::Business).await;
    let text = transcript.unwrap().to_string();
    assert!(text.contains("[revoked]") && !text.contains("secret"), "{text}");
    assert_eq!(store.messages(conversation.id).await.unwrap().len(), 7);
}

#[tokio::test]
async fn what_a_customer_revokes_is_gone_whatever_comes_first() {
    let around = staffed(&["bia"]).await;
    revoked_in_any_order(&around, &around.store).await;
}

#[tokio::test]
async fn nobody_revokes_what_another_wrote() {
    let around = staffed(&["bia"]).await;
    around.receives(&[says("5511999990002", "in.1", "theirs"), hello("in.2")]).await;
    let message = around.open().await[1].clone();
    let reply = Reply::text("k1", fence(&message), "ours");
    around.desk.reply(&actor("bia", Role::AGENT), message.id, reply).await.unwrap();
    around.desk.run_until_idle().await.unwrap();
    // Another customer's message, and the business's.
    around.receives(&[revoke("revoke.1", "in.1"), revoke("revoke.2", "out.1")]).await;
    // The business in another app revokes what was sent from here: it stays on record.
    let mut of_business = revoke("revoke.3", "out.1");
    if let Wire::Told { direction, .. } = &mut of_business {
        *direction = Direction::Outbound;
    }
    around.receives(&[of_business]).await;
    let texts: Vec<_> = around.texts().await.into_iter().flatten().collect();
    assert_eq!(texts[..3], ["theirs", "hello", "ours"]);
    // What another customer revoked before it came is there all the same.
    around.receives(&[revoke("revoke.4", "in.9"), says("5511999990002", "in.9", "later")]).await;
    let texts: Vec<_> = around.texts().await.into_iter().flatten().collect();
    assert!(texts.contains(&"later".to_owned()), "{texts:?}");
}

#[tokio::test]
async fn an_edit_goes_with_what_it_edits_in_whichever_conversation() {
    let around = staffed(&["bia"]).await;
    around.receives(&[says(ANA, "in.1", "my secret")]).await;
    let first = around.only().await;
    let authority = atendimento_core::domain::Authority::Owner(fence(&first));
    around.desk.close(&actor("bia", Role::AGENT), first.id, authority).await.unwrap();
    around.receives(&[hello("in.2"), edit("edit.1", "in.1")]).await;
    around.receives(&[revoke("revoke.1", "in.1")]).await;
    let texts = around.texts().await;
    assert_eq!(texts[..3], [None, Some("hello".into()), None]);
}

#[tokio::test]
async fn who_leads_the_queue_sees_what_waits_for_nobody() {
    let around = staffed(&["bia"]).await;
    around.receives(&[told_of(ReceivedKind::Echo, "text", "echo.1", None)]).await;
    let sofia = actor("sofia", Role::SUPERVISOR);
    let seen = around.desk.list(&sofia, &Listing::default(), 9).await.unwrap();
    assert_eq!(seen.len(), 1);
    let elsewhere =
        atendimento_core::domain::access::Actor::new("otto", "default", Role::SUPERVISOR);
    let seen = around.desk.list(&elsewhere.with_queues(["sales"]), &Listing::default(), 9).await;
    assert_eq!(seen.unwrap(), []);
}
