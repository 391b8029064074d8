//! Several apps on one number: who may write, and what the others see.

use serde_json::{Value, json};
use whatsapp_cloud::webhook::{
    ConversationContextKind, EventKind, Handover, HandoverKind, OwnerAppRole, OwnerRole, Raw,
    StandbyEcho, StatusKind,
};

use crate::records::{picked, text, told, told_of};

fn echo(file: &str) -> StandbyEcho<'static> {
    picked!(told(file), StandbyEcho).remove(0)
}

fn json_of(raw: Option<&Raw<'_>>) -> Value {
    serde_json::from_str(raw.unwrap().get()).unwrap()
}

fn handover(file: &str) -> Handover<'static> {
    let handover = picked!(told(file), Handover).remove(0);
    assert_eq!(handover.timestamp, Some(1_750_030_073), "{file}");
    let number = handover.recipient.as_ref().unwrap();
    assert_eq!(number.phone_number_id, text("106540352242922"), "{file}");
    assert_eq!(number.display_phone_number, text("551140000001"), "{file}");
    handover
}

#[test]
fn a_message_for_another_app_is_no_message_for_this_one() {
    let events = told("standby-message.json");
    assert!(!events.iter().any(|event| matches!(event.kind, EventKind::Message(_))));
    assert_eq!(events[0].contact.as_ref().unwrap().wa_id, text("5511999990001"));

    let message = picked!(events, StandbyMessage).remove(0);
    assert_eq!(message.from, text("5511999990001"));
    assert_eq!(message.content.text(), Some("Tem azul?"));
}

#[test]
fn what_the_owner_wrote_is_there_as_he_sent_it() {
    let echo = echo("standby-echo.json");

    assert_eq!(echo.id, text("wamid.S2"));
    assert_eq!(echo.timestamp, Some(1_750_030_080));
    let sent = json_of(echo.message.as_ref());
    assert_eq!(sent["to"], json!("5511999990001"));
    assert_eq!(sent["interactive"]["action"]["parameters"]["flow_cta"], json!("Marcar"));
    assert_eq!(json_of(echo.flow.as_ref())["status"], json!("PUBLISHED"));
    assert_eq!(echo.template, None);
}

#[test]
fn a_template_of_the_owners_is_there_beside_what_he_sent() {
    let echo = echo("standby-echo-of-a-template.json");

    assert_eq!(echo.from, text("551140000001"));
    assert_eq!(echo.to, text("5511999990001"));
    assert_eq!(echo.recipient, text("BR.5"));
    assert_eq!(json_of(echo.message.as_ref())["recipient"], json!("BR.5"));
    assert_eq!(json_of(echo.template.as_ref())["category"], json!("UTILITY"));
}

#[test]
fn a_status_of_the_owners_is_no_status_for_this_app() {
    let events = told("standby-status.json");
    assert!(!events.iter().any(|event| matches!(event.kind, EventKind::Status(_))));

    let status = picked!(events, StandbyStatus).remove(0);
    assert_eq!(status.id, text("wamid.S2"));
    assert_eq!(status.status, Some(StatusKind::Delivered));
}

#[test]
fn standby_with_nothing_in_it_is_told_as_such() {
    let events = told("standby-empty.json");

    assert_eq!(events.len(), 1);
    assert!(matches!(events[0].kind, EventKind::Empty));
    assert!(events[0].is_known());
}

#[test]
fn a_bad_echo_costs_only_itself_and_a_bad_member_is_not_lost() {
    let events = told("standby-bad-one-among-good-ones.json");
    let EventKind::StandbyEcho(odd) = &events[0].kind else { panic!("{events:#?}") };

    assert_eq!(odd.timestamp, Some(1_750_030_083));
    assert_eq!(odd.message, None);
    assert_eq!(json_of(odd.template.as_ref()), json!("?"));
    assert_eq!(
        serde_json::to_value(odd).unwrap(),
        json!({"id": "wamid.S4", "timestamp": 1_750_030_083, "message": null, "template": "?"})
    );
    assert!(matches!(&events[1].kind, EventKind::Malformed(_)));
    assert!(matches!(&events[2].kind, EventKind::StandbyEcho(echo) if echo.id == text("wamid.S5")));
}

#[test]
fn a_conversation_that_was_given_tells_from_whom_to_whom_and_what_was_said() {
    let handover = handover("handover-control-passed.json");

    assert_eq!(handover.kind, Some(HandoverKind::ControlPassed));
    assert_eq!(handover.sender.as_ref().unwrap().phone_number, text("5511999990001"));
    assert_eq!(handover.control_taken, None);
    let change = handover.change().unwrap();
    assert_eq!(Some(change), handover.control_passed.as_deref());
    assert_eq!(change.previous_owner_app_id, text("729026613306866"));
    assert_eq!(change.previous_owner_role, Some(OwnerRole::AiAgent));
    assert_eq!(change.previous_owner_app_role, Some(OwnerAppRole::MetaBusinessAgent));
    assert_eq!(change.new_owner_app_id, text("729026613306867"));
    assert_eq!(change.new_owner_role, Some(OwnerRole::Escalation));
    assert_eq!(change.metadata, text("reason=human_requested"));
    let context = change.conversation_context.as_ref().unwrap();
    assert_eq!(context.kind, Some(ConversationContextKind::Summary));
    assert_eq!(
        context.summary.as_ref().unwrap().text,
        text("Ana quer trocar a toalha por uma azul.")
    );
}

#[test]
fn a_conversation_that_was_taken_tells_from_whom_to_whom() {
    let handover = handover("handover-control-taken.json");

    assert_eq!(handover.kind, Some(HandoverKind::ControlTaken));
    assert_eq!(handover.sender.as_ref().unwrap().user_id, text("DE.1112223334445"));
    assert_eq!(handover.control_passed, None);
    let change = handover.change().unwrap();
    assert_eq!(Some(change), handover.control_taken.as_deref());
    assert_eq!(change.previous_owner_role, Some(OwnerRole::Marketing));
    assert_eq!(change.new_owner_role, Some(OwnerRole::CustomerService));
    assert!(OwnerRole::from("utility").is_known());
}

#[test]
fn a_handover_in_odd_forms_is_not_lost() {
    let own = json!({
        "messaging_product": "whatsapp", "sender": "5511999990001", "type": "control_asked_for",
        "recipient": {"phone_number_id": 106_540_352_242_922_i64, "line": 2},
        "timestamp": "now", "control_asked_for": {"by": "sales"},
        "control_passed": {
            "new_owner_role": "sales", "metadata": {}, "conversation_context": {"summary": "x"},
        },
    });
    let events = told_of("messaging_handovers", &own);
    assert!(!events[0].is_known());
    let EventKind::Handover(handover) = &events[0].kind else { panic!("{events:#?}") };

    assert_eq!(handover.kind, Some(HandoverKind::Unknown("control_asked_for".to_owned())));
    assert_eq!((&handover.sender, handover.timestamp), (&None, None));
    assert_eq!(handover.recipient.as_ref().unwrap().phone_number_id, text("106540352242922"));
    let change = handover.change().unwrap();
    assert_eq!(change.new_owner_role, Some(OwnerRole::Unknown("sales".to_owned())));
    assert_eq!(change.metadata, None);
    // `messaging_product` belongs to the code around.
    let mut written = serde_json::to_value(handover).unwrap();
    written["messaging_product"] = json!("whatsapp");
    assert_eq!(written, own);
}

#[test]
fn what_an_agent_said_before_comes_beside_the_message() {
    let contexts = picked!(told("conversation-context-of-an-agent.json"), ConversationContext);

    assert_eq!(contexts[0].kind, Some(ConversationContextKind::Summary));
    let summary = contexts[0].summary.as_ref().unwrap();
    assert_eq!(summary.text, text("Ana quer trocar a toalha por uma azul."));
    // It is a person's, so it is not shown.
    assert!(!format!("{contexts:?}").contains("toalha"));
}
