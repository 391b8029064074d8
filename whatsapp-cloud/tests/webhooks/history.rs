//! What comes from the WhatsApp Business app: older messages, contacts, and what the
//! business writes there itself.

use serde_json::json;
use whatsapp_cloud::webhook::{
    ContactSync, Content, EventKind, HistoryChunk, HistoryStatus, Message, SyncAction, SyncKind,
};

use crate::records::{picked, text, told, told_of};

fn chunk(file: &str) -> HistoryChunk<'static> {
    picked!(told(file), History).remove(0)
}

fn echo(file: &str) -> Message<'static> {
    let mut echoes = picked!(told(file), Echo);
    assert_eq!(echoes.len(), 1, "{file}");
    assert_eq!(echoes[0].from, text("551140000001"), "{file}");
    echoes.remove(0)
}

#[test]
fn a_piece_of_the_history_tells_where_it_stands() {
    let progress = chunk("history-threads.json").metadata.unwrap();

    assert_eq!(progress.phase, Some(0));
    assert_eq!(progress.chunk_order, Some(1));
    assert_eq!(progress.progress, Some(55));
}

#[test]
fn the_messages_of_both_sides_stand_by_customer() {
    let chunk = chunk("history-threads.json");
    let [ana, lena] = &*chunk.threads else { panic!("{chunk:#?}") };

    assert_eq!(ana.id, text("5511999990001"));
    let customer = ana.context.as_ref().unwrap();
    assert_eq!(customer.wa_id, text("5511999990001"));
    assert_eq!(customer.user_id, text("BR.5"));
    let [ours, file, theirs] = &*ana.messages else { panic!("{ana:#?}") };
    assert_eq!(ours.content.text(), Some("Seu pedido saiu!"));
    assert_eq!(ours.to, text("5511999990001"));
    assert_eq!(ours.history_context.as_ref().unwrap().status, Some(HistoryStatus::Read));
    assert_eq!(file.kind, text("media_placeholder"));
    assert_eq!(theirs.from, text("5511999990001"));
    assert_eq!(theirs.history_context, None);

    assert_eq!(lena.id, None);
    let customer = lena.context.as_ref().unwrap();
    assert_eq!(customer.user_id, text("DE.1112223334445"));
    assert_eq!(customer.parent_user_id, text("DE.ENT.998877"));
    assert_eq!(customer.username, text("lenav"));
    let message = &lena.messages[0];
    assert_eq!(message.to_user_id, text("DE.1112223334445"));
    assert_eq!(message.to_parent_user_id, text("DE.ENT.998877"));
    // A file stands there without an id, and comes later.
    assert!(matches!(&message.content, Content::Image(media) if media.id.is_none()));
}

#[test]
fn how_far_an_older_message_had_come_is_known_in_every_word() {
    let chunks = picked!(told("history-of-all-words.json"), History);
    let words: Vec<_> = chunks[0].threads[0]
        .messages
        .iter()
        .map(|message| message.history_context.as_ref().unwrap().status.clone().unwrap())
        .collect();

    assert_eq!(
        words,
        [
            HistoryStatus::Error,
            HistoryStatus::Pending,
            HistoryStatus::Sent,
            HistoryStatus::Delivered,
            HistoryStatus::Read,
            HistoryStatus::Played,
        ]
    );
    // A phase may be empty.
    assert!(chunks[1].threads.is_empty());
    assert_eq!(chunks[1].metadata.as_ref().unwrap().phase, Some(1));
}

#[test]
fn a_history_that_is_not_shared_says_so() {
    let chunk = chunk("history-not-shared.json");

    assert_eq!(chunk.errors[0].code, 2_593_109);
    assert!(chunk.threads.is_empty() && chunk.metadata.is_none());
}

#[test]
fn a_bad_part_of_the_history_costs_only_itself_and_is_not_lost() {
    let events = told("history-in-odd-forms.json");
    assert!(matches!(&events[1].kind, EventKind::Malformed(_)));
    assert!(!events[0].is_known());
    let EventKind::History(chunk) = &events[0].kind else { panic!("{events:#?}") };

    let progress = chunk.metadata.as_ref().unwrap();
    assert_eq!((progress.phase, progress.chunk_order, progress.progress), (Some(1), None, None));
    assert_eq!(chunk.threads[0].id, text("5511999990001"));
    let message = &chunk.threads[0].messages[0];
    assert_eq!(message.timestamp, Some(1_739_230_955));
    assert_eq!(
        message.history_context.as_ref().unwrap().status,
        Some(HistoryStatus::Unknown("TELEPORTED".to_owned()))
    );
    let written = serde_json::to_value(chunk).unwrap();
    assert_eq!(written["threads"][0], json!(7));
    assert_eq!(written["threads"][1]["messages"][0], json!("?"));
    assert_eq!(written["metadata"], json!({"phase": "1", "chunk_order": 2.5, "progress": null}));
}

#[test]
fn a_file_of_the_history_comes_later_as_a_message() {
    let messages = picked!(told("history-media.json"), HistoryMessage);
    assert_eq!(messages[0].id, text("wamid.H2"));
    assert!(matches!(&messages[0].content, Content::Document(media) if media.id.is_some()));

    let messages = picked!(told("history-media-of-the-business.json"), HistoryMessage);
    assert_eq!(messages[0].from, text("551140000001"));
    assert_eq!(messages[0].to, text("5511999990001"));
    assert!(matches!(&messages[0].content, Content::Image(_)));
}

fn synced(file: &str) -> Vec<ContactSync<'static>> {
    let contacts = picked!(told(file), ContactSync);
    for contact in &contacts {
        assert_eq!(contact.kind, Some(SyncKind::Contact), "{file}");
        assert_eq!(contact.metadata.as_ref().unwrap().timestamp, Some(1_750_030_073), "{file}");
    }
    contacts
}

#[test]
fn an_added_contact_has_the_names_that_the_business_gave() {
    let contacts = synced("contact-sync-add.json");

    assert_eq!(contacts[0].action, Some(SyncAction::Add));
    let contact = contacts[0].contact.as_ref().unwrap();
    assert_eq!(contact.full_name, text("Ana Souza"));
    assert_eq!(contact.first_name, text("Ana"));
    assert_eq!(contact.phone_number, text("5511999990001"));
    assert_eq!(contact.user_id, text("BR.5"));
    assert_eq!(contact.parent_user_id, text("BR.ENT.5"));
    assert_eq!(contact.username, text("anas"));
}

#[test]
fn a_contact_that_was_taken_away_has_what_it_is_found_by() {
    let contacts = synced("contact-sync-remove.json");
    let [by_phone, by_user_id] = &*contacts else { panic!("{contacts:#?}") };

    assert_eq!(by_phone.action, Some(SyncAction::Remove));
    assert_eq!(by_phone.contact.as_ref().unwrap().phone_number, text("5511999990001"));
    assert_eq!(by_user_id.contact.as_ref().unwrap().user_id, text("DE.1112223334445"));
}

#[test]
fn an_unknown_action_keeps_its_word() {
    let events = told("contact-sync-of-an-unknown-action.json");
    assert!(!events[0].is_known());

    let contacts = synced("contact-sync-of-an-unknown-action.json");
    assert_eq!(contacts[0].action, Some(SyncAction::Unknown("merge".to_owned())));
}

#[test]
fn a_contact_in_odd_forms_is_not_lost() {
    let own = json!({
        "type": "contact", "action": null,
        "contact": {"phone_number": 5_511_999_990_001_i64, "full_name": {}},
        "metadata": {"timestamp": 1_750_030_073, "clock": "device"},
    });
    let events = told_of("smb_app_state_sync", &json!({"state_sync": ["contact", own]}));
    assert!(matches!(&events[0].kind, EventKind::Malformed(_)));
    let EventKind::ContactSync(contact) = &events[1].kind else { panic!("{events:#?}") };

    assert_eq!(contact.action, None);
    assert_eq!(contact.contact.as_ref().unwrap().phone_number, text("5511999990001"));
    assert_eq!(contact.contact.as_ref().unwrap().full_name, None);
    assert_eq!(contact.metadata.as_ref().unwrap().timestamp, Some(1_750_030_073));
    assert_eq!(serde_json::to_value(contact).unwrap(), own);
}

#[test]
fn what_the_business_writes_in_its_app_goes_to_a_customer() {
    let message = echo("echo-text.json");
    assert_eq!(message.id, text("wamid.E1"));
    assert_eq!(message.to, text("5511999990001"));
    assert_eq!(message.timestamp, Some(1_750_030_073));
    assert_eq!(message.content.text(), Some("Já vai"));

    assert_eq!(echo("echo-of-another-field.json").content.text(), Some("Já vai"));
}

#[test]
fn a_customer_without_a_phone_is_named_by_his_user_id() {
    let events = told("echo-without-a-phone.json");
    let contact = events[0].contact.as_ref().unwrap();
    assert_eq!(contact.user_id, text("DE.1112223334445"));

    let message = echo("echo-without-a-phone.json");
    // Meta writes an empty phone number, where it means none.
    assert!(message.to.is_none_or(|to| to.as_str().is_empty()));
    assert_eq!(message.to_user_id, text("DE.1112223334445"));
    assert_eq!(message.to_parent_user_id, text("DE.ENT.998877"));
}

#[test]
fn an_echo_is_of_any_type_of_message() {
    let voice = echo("echo-voice-note.json");
    assert!(matches!(&voice.content, Content::Audio(media) if media.voice == Some(true)));

    let edit = echo("echo-edit.json");
    let Content::Edit(changed) = &edit.content else { panic!("{edit:#?}") };
    assert_eq!(changed.original_message_id, text("wamid.E1"));
    assert_eq!(changed.message.as_ref().unwrap().content.text(), Some("Já vai sair"));

    let revoke = echo("echo-revoke.json");
    let Content::Revoke(deleted) = &revoke.content else { panic!("{revoke:#?}") };
    assert_eq!(deleted.original_message_id, text("wamid.E1"));

    let template = echo("echo-of-a-template.json");
    let Content::Template(sent) = &template.content else { panic!("{template:#?}") };
    assert_eq!(sent.name, text("pedido_pronto"));

    let unsupported = echo("echo-unsupported.json");
    assert!(matches!(&unsupported.content, Content::Unsupported(_)));
    assert_eq!(unsupported.errors[0].code, 131_051);
}
