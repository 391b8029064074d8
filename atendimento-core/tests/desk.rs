//! The desk by its front door, with fakes around it and a clock that stands still.
#![allow(missing_docs, clippy::unwrap_used)]

mod support;

use std::time::Duration;

use atendimento_core::channel::{Authentic, SendOutcome};
use atendimento_core::crm::Outcome;
use atendimento_core::domain::access::{Action, Actor, Role, RoleDocument, Scopes};
use atendimento_core::domain::{
    Authority, Content, Delivery, Event, Fence, Outgoing, Presence, Rejection, Status,
};
use atendimento_core::engine::{ActError, Reply, Why};
use atendimento_core::id::AgentId;
use atendimento_core::store::{Inbox, Lanes, Lease, Outbox, Queries};
use atendimento_core::testing::{CrmFault, FakeChannel, Wire};
use support::{
    ANA, Around, actor, another_desk, empty, fence, hello, says, staffed, status, tenant,
};

#[tokio::test]
async fn a_message_opens_a_conversation_that_goes_to_who_is_free_and_to_the_crm() {
    let around = staffed(&["bia"]).await;
    around.receives(&[hello("in.1")]).await;

    let conversation = around.only().await;
    assert_eq!(conversation.assignee(), Some(&"bia".into()));
    assert_eq!(around.crm.contacts().into_values().collect::<Vec<_>>(), [1]);
    assert_eq!(around.crm.timeline().len(), 1);
    let view = around.desk.read(&actor("bia", Role::AGENT), conversation.id).await.unwrap();
    let Content::Received(received) = &view.messages[0].content else { panic!("an inbound") };
    assert_eq!(received.text.as_deref(), Some("hello"));
}

#[tokio::test]
async fn redelivered_webhook_changes_nothing() {
    let around = staffed(&["bia"]).await;
    around.receives(&[hello("in.1")]).await;
    let (before, facts) = (around.only().await, around.crm.timeline());
    around.receives(&[hello("in.1"), hello("in.1")]).await;

    assert_eq!(around.only().await, before);
    assert_eq!(around.crm.timeline(), facts);
    assert_eq!(around.store.messages(before.id).await.unwrap().len(), 1);
}

#[tokio::test]
async fn the_same_event_with_other_contents_is_kept_and_shown() {
    let around = empty();
    around.receives(&[says(ANA, "in.1", "one")]).await;
    around.receives(&[says(ANA, "in.1", "two")]).await;

    assert_eq!(around.store.messages(around.only().await.id).await.unwrap().len(), 1);
    let kept = around.desk.inspect(&actor("root", Role::ADMINISTRATOR), 9).await.unwrap();
    assert_eq!(kept.len(), 1);
    assert_eq!(kept[0].why, Why::Notice("conflict".into()));
    let content = String::from_utf8(kept[0].content.clone().unwrap()).unwrap();
    assert!(content.contains("two"), "the contents that were not taken");
}

#[tokio::test]
async fn a_status_with_other_contents_is_shown_as_the_channel_wrote_it() {
    let around = empty();
    let first = status("out.1", None, Delivery::Read);
    let mut second = first.clone();
    if let Wire::Status { correlation, .. } = &mut second {
        *correlation = Some("another".into());
    }
    around.receives(&[first]).await;
    around.receives(std::slice::from_ref(&second)).await;

    let kept = around.desk.inspect(&actor("root", Role::ADMINISTRATOR), 9).await.unwrap();
    assert_eq!(kept[0].why, Why::Notice("conflict".into()));
    let shown: Wire = serde_json::from_slice(kept[0].content.as_deref().unwrap()).unwrap();
    assert!(shown == second);
}

#[tokio::test]
async fn what_was_kept_is_opened_for_who_may_see_it_and_for_nobody_else() {
    let around = empty();
    around.receives_bytes(Authentic::vouched_for(&b"not json"[..])).await;
    around.receives(&[Wire::Other { kind: "news".into() }]).await;
    around.receives(&[status("of another system", None, Delivery::Read)]).await;

    let kept = around.desk.inspect(&actor("root", Role::ADMINISTRATOR), 9).await.unwrap();
    let why: Vec<_> = kept.iter().map(|it| it.why.clone()).collect();
    let reason = "no list of the fake's".to_owned();
    assert_eq!(why, [Why::Notice("news".into()), Why::Orphan, Why::Unreadable(reason)]);
    assert_eq!(kept[2].content.as_deref(), Some(&b"not json"[..]));
    assert!(String::from_utf8_lossy(kept[1].content.as_deref().unwrap()).contains("read"));

    for role in [Role::AGENT, Role::SUPERVISOR, Role::INTEGRATION] {
        let refused = around.desk.inspect(&actor("bia", role), 9).await;
        assert!(matches!(refused, Err(ActError::Denied(_))));
    }
    let mut stranger = actor("root", Role::ADMINISTRATOR);
    stranger.tenant = "another".into();
    assert_eq!(around.desk.inspect(&stranger, 9).await.unwrap(), []);
}

#[tokio::test]
async fn a_reply_goes_out_once_and_statuses_only_move_it_forward() {
    let around = staffed(&["bia"]).await;
    around.receives(&[hello("in.1")]).await;
    let message = around.replies("bia", "k1", "hi").await;
    assert_eq!(around.delivery(message).await, Delivery::Accepted);

    around.receives(&[status("out.1", None, Delivery::Read)]).await;
    around.receives(&[status("out.1", None, Delivery::Delivered)]).await;
    around.receives(&[status("out.1", None, Delivery::Sent)]).await;

    assert_eq!(around.delivery(message).await, Delivery::Read);
    assert_eq!(around.channel.sent().len(), 1);
    let facts = around.facts(around.only().await.id).await;
    let steps: Vec<_> = facts
        .iter()
        .filter_map(|fact| match fact {
            Event::DeliveryAdvanced { delivery, .. } => Some(*delivery),
            _ => None,
        })
        .collect();
    assert_eq!(steps, [Delivery::Accepted, Delivery::Read]);
}

#[tokio::test]
async fn a_status_that_comes_before_the_answer_to_the_send_is_not_lost() {
    let around = staffed(&["bia"]).await;
    around.receives(&[hello("in.1")]).await;
    // Nothing in it but the provider's id, which nobody here knows yet.
    around.receives(&[status("out.1", None, Delivery::Delivered)]).await;
    let message = around.replies("bia", "k1", "hi").await;

    assert_eq!(around.delivery(message).await, Delivery::Delivered);
}

#[tokio::test]
async fn a_status_of_the_customers_own_message_holds_nobody_back() {
    let around = staffed(&["bia"]).await;
    around.receives(&[hello("in.1")]).await;
    around.receives(&[status("in.1", None, Delivery::Deleted)]).await;
    around.receives(&[hello("in.2")]).await;

    assert_eq!(around.store.messages(around.only().await.id).await.unwrap().len(), 2);
    let kept = around.desk.inspect(&actor("root", Role::ADMINISTRATOR), 9).await.unwrap();
    assert_eq!(kept.iter().map(|it| it.why.clone()).collect::<Vec<_>>(), [Why::Orphan]);
}

#[tokio::test]
async fn the_crm_hears_nothing_of_what_the_customer_never_got() {
    let around = staffed(&["bia"]).await;
    around.receives(&[hello("in.1")]).await;
    around.channel.then([SendOutcome::MaybeSent]);
    let message = around.replies("bia", "k1", "hi").await;
    let correlation = around.channel.sent()[0].correlation.clone();
    let failed = Delivery::Failed { code: Some(131_026) };
    around.receives(&[status("out.1", Some(&correlation), failed)]).await;
    around.passes(Duration::from_secs(60)).await;

    assert_eq!(around.delivery(message).await, failed);
    assert_eq!(around.crm.timeline().len(), 1, "the customer's message only");
}

#[tokio::test]
async fn a_lost_answer_is_settled_by_a_status_and_never_by_sending_again() {
    let around = staffed(&["bia"]).await;
    around.receives(&[hello("in.1")]).await;
    around.channel.then([SendOutcome::MaybeSent]);
    let message = around.replies("bia", "k1", "hi").await;
    assert_eq!(around.delivery(message).await, Delivery::Queued);

    let sent = around.channel.sent();
    let correlation = Some(sent[0].correlation.as_str());
    around.receives(&[status("out.1", correlation, Delivery::Sent)]).await;
    around.passes(Duration::from_secs(60)).await;

    assert_eq!(around.delivery(message).await, Delivery::Sent);
    assert_eq!(around.channel.sent().len(), 1);
    assert_eq!(around.crm.timeline().len(), 2, "the CRM knows the reply");
}

#[tokio::test]
async fn work_is_queued_also_when_a_status_has_said_everything_before() {
    let around = staffed(&["bia"]).await;
    around.receives(&[hello("in.1")]).await;
    around.channel.then([SendOutcome::MaybeSent]);
    around.replies("bia", "k1", "hi").await;
    let correlation = around.channel.sent()[0].correlation.clone();
    around.receives(&[status("out.1", Some(&correlation), Delivery::Read)]).await;
    // The CRM's job for this message is still queued when the end of the send asks for another.
    around
        .crm
        .then([CrmFault::Instead(Outcome::RateLimited { after: Some(Duration::from_secs(600)) })]);
    around.receives(&[hello("in.2")]).await;
    around.passes(Duration::from_secs(60)).await;
    around.passes(Duration::from_secs(600)).await;

    assert_eq!(around.crm.timeline().len(), 3);
}

#[tokio::test]
async fn without_a_status_the_message_is_shown_as_unconfirmed_and_a_person_may_repeat_it() {
    let around = staffed(&["bia"]).await;
    around.receives(&[hello("in.1")]).await;
    around.channel.then([SendOutcome::MaybeSent]);
    let lost = around.replies("bia", "k1", "hi").await;
    around.passes(Duration::from_secs(19)).await;
    assert_eq!(around.delivery(lost).await, Delivery::Queued);
    around.passes(Duration::from_secs(2)).await;
    assert_eq!(around.delivery(lost).await, Delivery::Unconfirmed);
    assert_eq!(around.channel.sent().len(), 1, "nothing is sent again by itself");

    let conversation = around.only().await;
    let again = Reply { repeats: Some(lost), ..Reply::text("k2", fence(&conversation), "hi") };
    around.desk.reply(&actor("bia", Role::AGENT), conversation.id, again).await.unwrap();
    around.desk.run_until_idle().await.unwrap();

    assert_eq!(around.channel.sent().len(), 2);
    // The first one did go out: its status still counts.
    let first = around.channel.sent()[0].correlation.clone();
    around.receives(&[status("out.1", Some(&first), Delivery::Delivered)]).await;
    assert_eq!(around.delivery(lost).await, Delivery::Delivered);
}

#[tokio::test]
async fn only_a_message_known_to_be_lost_may_be_repeated() {
    let around = staffed(&["bia"]).await;
    around.receives(&[hello("in.1")]).await;
    let sent = around.replies("bia", "k1", "hi").await;

    let conversation = around.only().await;
    let again = Reply { repeats: Some(sent), ..Reply::text("k2", fence(&conversation), "hi") };
    let refused = around.desk.reply(&actor("bia", Role::AGENT), conversation.id, again).await;
    assert!(matches!(refused, Err(ActError::Rejected(Rejection::NotLost))), "{refused:?}");
}

#[tokio::test]
async fn a_correlation_that_is_not_ours_moves_nothing() {
    let around = staffed(&["bia"]).await;
    around.receives(&[hello("in.1")]).await;
    around.channel.then([SendOutcome::MaybeSent]);
    let message = around.replies("bia", "k1", "hi").await;
    let forged = format!("a1:{message}:1:0000000000000000");
    around.receives(&[status("out.9", Some(&forged), Delivery::Read)]).await;

    assert_eq!(around.delivery(message).await, Delivery::Queued);
}

#[tokio::test]
async fn what_certainly_was_not_sent_is_sent_later() {
    let around = staffed(&["bia"]).await;
    around.receives(&[hello("in.1")]).await;
    let wait = Some(Duration::from_secs(30));
    around
        .channel
        .then([SendOutcome::NotSent { after: wait }, SendOutcome::NotSent { after: None }]);
    let message = around.replies("bia", "k1", "hi").await;

    around.passes(Duration::from_secs(29)).await;
    assert!(around.channel.sent().is_empty());
    around.passes(Duration::from_secs(60)).await;
    around.passes(Duration::from_secs(60)).await;
    assert_eq!(around.channel.sent().len(), 1);
    assert_eq!(around.delivery(message).await, Delivery::Accepted);
}

#[tokio::test]
async fn messages_to_one_customer_go_out_in_the_order_in_which_they_were_written() {
    let around = staffed(&["bia"]).await;
    around.receives(&[hello("in.1")]).await;
    around.channel.then([SendOutcome::NotSent { after: None }]);
    around.replies("bia", "k1", "first").await;
    around.replies("bia", "k2", "second").await;
    assert!(around.channel.sent().is_empty(), "the second waits for the first");
    around.passes(Duration::from_secs(60)).await;

    let sent: Vec<_> = around.channel.sent().into_iter().map(|sent| sent.content).collect();
    assert!(sent == [Outgoing::text("first"), Outgoing::text("second")]);
}

#[tokio::test]
async fn meta_is_right_about_the_window() {
    let around = staffed(&["bia"]).await;
    around.receives(&[hello("in.1")]).await;
    around.channel.then([SendOutcome::Refused { code: Some(131_047), window_closed: true }]);
    let message = around.replies("bia", "k1", "hi").await;
    assert_eq!(around.delivery(message).await, Delivery::Failed { code: Some(131_047) });

    let conversation = around.only().await;
    let bia = actor("bia", Role::AGENT);
    let text = Reply::text("k2", fence(&conversation), "hi");
    let refused = around.desk.reply(&bia, conversation.id, text.clone()).await;
    assert!(matches!(refused, Err(ActError::Rejected(Rejection::WindowClosed { .. }))));

    let content = Outgoing::Template {
        name: "hello".into(),
        language: "pt_BR".into(),
        parameters: vec!["Ana".into()],
    };
    around.desk.reply(&bia, conversation.id, Reply { content, ..text }).await.unwrap();
}

#[tokio::test]
async fn the_window_closes_a_day_after_the_customers_last_message() {
    let around = staffed(&["bia"]).await;
    around.receives(&[hello("in.1")]).await;
    around.clock.advance(Duration::from_secs(24 * 3600));
    let conversation = around.only().await;
    let text = Reply::text("k1", fence(&conversation), "hi");
    let refused = around.desk.reply(&actor("bia", Role::AGENT), conversation.id, text).await;

    assert!(matches!(refused, Err(ActError::Rejected(Rejection::WindowClosed { .. }))));
}

#[tokio::test]
async fn a_reply_under_the_same_key_is_the_same_message() {
    let around = staffed(&["bia"]).await;
    around.receives(&[hello("in.1")]).await;
    let once = around.replies("bia", "k1", "hi").await;
    let twice = around.replies("bia", "k1", "hi").await;

    assert_eq!(once, twice);
    assert_eq!(around.channel.sent().len(), 1);
}

#[tokio::test]
async fn a_reply_that_comes_again_is_the_same_message_also_when_it_could_not_be_written_any_more() {
    let around = staffed(&["bia"]).await;
    around.receives(&[hello("in.1")]).await;
    let once = around.replies("bia", "k1", "hi").await;
    let conversation = around.only().await;
    let bia = actor("bia", Role::AGENT);
    let fence = fence(&conversation);
    around.desk.close(&bia, conversation.id, Authority::Owner(fence)).await.unwrap();

    let again = around.desk.reply(&bia, conversation.id, Reply::text("k1", fence, "hi")).await;
    assert_eq!(again.unwrap(), once);
    let other = around.desk.reply(&bia, conversation.id, Reply::text("k2", fence, "hi")).await;
    assert!(matches!(other, Err(ActError::Rejected(Rejection::Closed))), "{other:?}");
}

#[tokio::test]
async fn who_does_not_own_the_conversation_learns_who_does() {
    let around = staffed(&["bia"]).await;
    around.receives(&[hello("in.1")]).await;
    let conversation = around.only().await;
    let reply = Reply::text("k1", fence(&conversation), "hi");

    let other =
        around.desk.reply(&actor("caio", Role::AGENT), conversation.id, reply.clone()).await;
    let Err(ActError::Rejected(Rejection::NotOwner { owner, .. })) = other else {
        panic!("{other:?}");
    };
    assert_eq!(owner, "bia".into());
    let stale = Reply { authority: Authority::Owner(Fence(0)), ..reply.clone() };
    let stale = around.desk.reply(&actor("bia", Role::AGENT), conversation.id, stale).await;
    assert!(matches!(stale, Err(ActError::Rejected(Rejection::NotOwner { .. }))));
    let pretends = Reply { authority: Authority::Supervisor, ..reply.clone() };
    let pretends = around.desk.reply(&actor("caio", Role::AGENT), conversation.id, pretends).await;
    assert!(matches!(pretends, Err(ActError::Denied(_))), "{pretends:?}");
    let supervisor = Reply { authority: Authority::Supervisor, ..reply };
    around
        .desk
        .reply(&actor("sofia", Role::SUPERVISOR), conversation.id, supervisor)
        .await
        .unwrap();
    assert!(around.channel.sent().is_empty(), "what was refused is not sent");
}

#[tokio::test]
async fn another_company_sees_and_does_nothing() {
    let around = staffed(&["bia"]).await;
    around.receives(&[hello("in.1")]).await;
    let conversation = around.only().await;
    let mut stranger = actor("bia", Role::SUPERVISOR);
    stranger.tenant = "another".into();

    let reply = Reply::text("k1", fence(&conversation), "hi");
    assert!(around.desk.reply(&stranger, conversation.id, reply).await.is_err());
    assert!(around.desk.read(&stranger, conversation.id).await.is_err());
    let close = around.desk.close(&stranger, conversation.id, Authority::Supervisor).await;
    assert!(matches!(close, Err(ActError::Denied(_))));
}

/// Somebody who may do these things on all of the company, and nothing else.
fn who_may(actions: &[Action]) -> Actor {
    let allowed = |action: &Action| (action.name().into(), Scopes::TENANT.into());
    let document = RoleDocument(actions.iter().map(allowed).collect());
    actor("sofia", Role::custom("custom", &document).unwrap())
}

#[tokio::test]
async fn a_supervisor_acts_in_their_queues_only() {
    let around = staffed(&["bia"]).await;
    around.receives(&[hello("in.1")]).await;
    let conversation = around.only().await;
    let elsewhere = Actor { queues: ["sales".into()].into(), ..actor("sofia", Role::SUPERVISOR) };

    let read = around.desk.read(&elsewhere, conversation.id).await;
    assert!(matches!(read, Err(ActError::Denied(_))), "{read:?}");
    let close = around.desk.close(&elsewhere, conversation.id, Authority::Supervisor).await;
    assert!(matches!(close, Err(ActError::Denied(_))), "{close:?}");
    let away = around.desk.set_presence(&elsewhere, &"bia".into(), Presence::Away).await;
    assert!(matches!(away, Err(ActError::Denied(_))), "{away:?}");

    let here = actor("sofia", Role::SUPERVISOR);
    around.desk.read(&here, conversation.id).await.unwrap();
    around.desk.close(&here, conversation.id, Authority::Supervisor).await.unwrap();
}

#[tokio::test]
async fn what_was_said_and_by_whom_is_read_with_a_permission_for_each() {
    let around = staffed(&["bia"]).await;
    around.receives(&[hello("in.1")]).await;
    let conversation = around.only().await;
    let all = [Action::ReadConversation, Action::ReadMessages, Action::ReadContact];

    around.desk.read(&who_may(&all), conversation.id).await.unwrap();
    for missing in all {
        let some: Vec<_> = all.into_iter().filter(|action| *action != missing).collect();
        let refused = around.desk.read(&who_may(&some), conversation.id).await;
        let Err(ActError::Denied(denied)) = refused else { panic!("{refused:?}") };
        assert_eq!(denied.action, missing);
    }
}

#[tokio::test]
async fn a_template_and_a_free_text_are_sent_with_a_permission_for_each() {
    let around = staffed(&["bia"]).await;
    around.receives(&[hello("in.1")]).await;
    let conversation = around.only().await;
    let text = Reply::text("k1", fence(&conversation), "hi");
    let text = Reply { authority: Authority::Supervisor, ..text };
    let content =
        Outgoing::Template { name: "hi".into(), language: "pt_BR".into(), parameters: vec![] };
    let template = Reply { key: "k2".into(), content, ..text.clone() };

    for (allowed, sent, refused) in
        [(Action::Reply, &text, &template), (Action::SendTemplate, &template, &text)]
    {
        let sofia = who_may(&[allowed]);
        around.desk.reply(&sofia, conversation.id, sent.clone()).await.unwrap();
        let refused = around.desk.reply(&sofia, conversation.id, refused.clone()).await;
        assert!(matches!(refused, Err(ActError::Denied(_))), "{refused:?}");
    }
}

#[tokio::test]
async fn nobody_gets_more_than_fits_and_closing_makes_room() {
    let around = empty();
    around.arrives("bia", 1).await;
    around
        .receives(&[says("5511999990001", "in.1", "a"), says("5511999990002", "in.2", "b")])
        .await;
    let waiting: Vec<_> =
        around.open().await.into_iter().filter(|it| it.assignee().is_none()).collect();
    assert_eq!(waiting.len(), 1);

    let mine = around.open().await.into_iter().find(|it| it.assignee().is_some()).unwrap();
    let authority = Authority::Owner(fence(&mine));
    around.desk.close(&actor("bia", Role::AGENT), mine.id, authority).await.unwrap();
    around.desk.run_until_idle().await.unwrap();
    assert_eq!(around.only().await.assignee(), Some(&"bia".into()));
}

#[tokio::test]
async fn who_comes_later_is_found_for_who_waits() {
    let around = empty();
    around.receives(&[hello("in.1")]).await;
    assert_eq!(around.only().await.status(), Status::Waiting);
    around.arrives("bia", 1).await;
    around.desk.run_until_idle().await.unwrap();

    assert_eq!(around.only().await.assignee(), Some(&"bia".into()));
}

#[tokio::test]
async fn who_is_away_gets_nothing_also_by_hand() {
    let around = staffed(&["bia"]).await;
    let bia = AgentId::from("bia");
    around.desk.set_presence(&actor("bia", Role::AGENT), &bia, Presence::Away).await.unwrap();
    around.receives(&[hello("in.1")]).await;
    let conversation = around.only().await;
    assert_eq!(conversation.assignee(), None);

    let sofia = actor("sofia", Role::SUPERVISOR);
    let refused = around.desk.assign(&sofia, conversation.id, bia).await;
    let Err(ActError::Failed(error)) = refused else { panic!("{refused:?}") };
    assert_eq!(error.kind(), atendimento_core::ErrorKind::AgentUnavailable);
}

#[tokio::test]
async fn after_closing_a_new_message_opens_another_conversation() {
    let around = staffed(&["bia"]).await;
    around.receives(&[hello("in.1")]).await;
    let first = around.only().await;
    let authority = Authority::Owner(fence(&first));
    around.desk.close(&actor("bia", Role::AGENT), first.id, authority).await.unwrap();
    around.receives(&[hello("in.2")]).await;

    let second = around.only().await;
    assert_ne!(second.id, first.id);
    assert_eq!(second.lane, first.lane, "the same customer");
    assert_eq!(around.crm.contacts().len(), 1);
}

#[tokio::test]
async fn a_body_that_cannot_be_read_is_kept_and_shown() {
    let around = empty();
    around.receives_bytes(Authentic::vouched_for(&b"not json"[..])).await;

    around.receives_bytes(Authentic::vouched_for(&b"not json"[..])).await;

    let kept = around.store.quarantined(&tenant(), 9).await.unwrap();
    assert_eq!(kept.len(), 1, "also when it comes again");
    assert!(!kept[0].reason.contains("not json"), "the reason holds nothing of the body");
}

#[tokio::test]
async fn what_belongs_to_nobody_is_kept_and_shown() {
    let around = empty();
    let elsewhere = Wire::Message {
        account: "999".into(),
        from: ANA.into(),
        id: "in.9".into(),
        at: 0,
        text: "hi".into(),
    };
    around.receives(&[Wire::Other { kind: "account_update".into() }, elsewhere]).await;

    let notices = around.store.notices(&tenant(), 9).await.unwrap();
    let kinds: Vec<_> = notices.iter().map(|notice| notice.kind.as_str()).collect();
    assert_eq!(kinds, ["unknown_account", "account_update"]);
    assert!(around.open().await.is_empty());
}

#[tokio::test]
async fn the_crm_is_told_once_whatever_goes_wrong() {
    let around = staffed(&["bia"]).await;
    let wait = Some(Duration::from_secs(7));
    around.crm.then([
        CrmFault::Instead(Outcome::Retryable),
        CrmFault::AnswerLost, // the contact
        CrmFault::Instead(Outcome::RateLimited { after: wait }),
        CrmFault::Nothing,
        CrmFault::AnswerLost, // the message
    ]);
    around.receives(&[hello("in.1")]).await;
    for _ in 0..6 {
        around.passes(Duration::from_secs(300)).await;
    }

    assert_eq!(around.crm.contacts().into_values().collect::<Vec<_>>(), [1]);
    assert_eq!(around.crm.timeline().len(), 1);
    let facts = around.facts(around.only().await.id).await;
    let recorded = facts.iter().filter(|fact| matches!(fact, Event::RecordedInCrm { .. }));
    assert_eq!(recorded.count(), 1);
}

#[tokio::test]
async fn a_crm_that_refuses_for_good_is_shown_and_holds_nobody_back() {
    let around = staffed(&["bia"]).await;
    let refusal = Outcome::Permanent { reason: "no such field".into() };
    around.crm.then([CrmFault::Instead(refusal)]);
    around.receives(&[hello("in.1")]).await;
    around.receives(&[hello("in.2")]).await;

    let facts = around.facts(around.only().await.id).await;
    assert!(facts.iter().any(|fact| matches!(fact, Event::CrmGaveUp { .. })), "{facts:?}");
    assert_eq!(around.crm.timeline().len(), 1);
}

#[tokio::test]
async fn a_process_that_died_with_work_in_its_hands_is_succeeded_when_its_lease_ends() {
    let around = staffed(&["bia"]).await;
    around.desk.receive(FakeChannel::body(&[hello("in.1")])).await.unwrap();
    let dead = |around: &Around| Lease {
        worker: atendimento_core::id::WorkerId::from_bytes([9; 16]),
        now: around.now(),
        until: around.now() + Duration::from_secs(30),
    };
    around.store.claim_envelopes(dead(&around), 10).await.unwrap().unwrap();
    around.desk.run_until_idle().await.unwrap();
    assert!(around.open().await.is_empty(), "the dead one still holds it");
    around.clock.advance(Duration::from_secs(31));

    let heir = another_desk(&around.store, &around.channel, &around.crm, &around.clock, 2);
    heir.run_until_idle().await.unwrap();
    assert_eq!(around.only().await.assignee(), Some(&"bia".into()));
    assert_eq!(around.store.claim_lane(dead(&around)).await.unwrap(), None);
}

#[tokio::test]
async fn a_process_that_died_while_sending_leaves_the_message_unconfirmed_not_sent_twice() {
    let around = staffed(&["bia"]).await;
    around.receives(&[hello("in.1")]).await;
    let conversation = around.only().await;
    let reply = Reply::text("k1", fence(&conversation), "hi");
    let message =
        around.desk.reply(&actor("bia", Role::AGENT), conversation.id, reply).await.unwrap();
    let lease = Lease {
        worker: atendimento_core::id::WorkerId::from_bytes([9; 16]),
        now: around.now(),
        until: around.now() + Duration::from_secs(30),
    };
    let claim = around
        .store
        .claim_job(atendimento_core::store::JobKind::Send, lease)
        .await
        .unwrap()
        .unwrap();
    around.store.start_attempt(&claim, around.now()).await.unwrap();
    around.passes(Duration::from_secs(31)).await;

    assert_eq!(around.delivery(message).await, Delivery::Unconfirmed);
    assert!(around.channel.sent().is_empty());
}

#[tokio::test]
async fn state_is_all_events_applied_in_order() {
    let around = staffed(&["bia"]).await;
    around.receives(&[hello("in.1"), hello("in.2")]).await;
    around.replies("bia", "k1", "hi").await;
    around.receives(&[status("out.1", None, Delivery::Read)]).await;

    let state = around.only().await;
    let mut replayed = atendimento_core::domain::Conversation::new(
        state.id,
        state.tenant.clone(),
        state.lane.clone(),
        atendimento_core::domain::Window::CLOSED,
    );
    for fact in around.facts(state.id).await {
        replayed = replayed.apply(&fact);
    }
    replayed.version = state.version;
    assert_eq!(replayed, state);
}
