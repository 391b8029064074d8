//! What Meta answers to a message.

use serde_json::json;
use whatsapp_cloud::api::Recipient;
use whatsapp_cloud::api::messages::{
    Button, Component, MediaSource, Message, MessageStatus, Parameter, SentMessage, Template,
};

use super::{PHONE, WAMID};

#[test]
fn an_answer_keeps_what_it_says_and_shows_none_of_it() {
    let answer = json!({
        "messaging_product": "whatsapp",
        "contacts": [{"input": "+5541988887777", "wa_id": "554188887777"}],
        "messages": [{"id": "wamid.canary", "message_status": "held_for_quality_assessment"}],
        "new_member": 1,
    });
    let sent: SentMessage = serde_json::from_value(answer.clone()).unwrap();

    assert_eq!(sent.id().as_str(), "wamid.canary");
    assert_eq!(sent.contacts[0].input.as_deref(), Some("+5541988887777"));
    assert_eq!(sent.contacts[0].wa_id.as_deref(), Some("554188887777"));
    assert_eq!(sent.message_status, Some(MessageStatus::Held));
    assert_eq!(serde_json::to_value(&sent).unwrap(), answer);
    let shown = format!("{sent:?} {:?}", sent.contacts);
    assert!(!shown.contains("canary") && !shown.contains("88887777"), "{shown}");
}

#[test]
fn an_answer_that_names_no_message_is_no_answer() {
    for answer in [
        json!({"messages": []}),
        json!({"messages": [{"id": ""}]}),
        json!({"contacts": []}),
        json!([]),
    ] {
        assert!(serde_json::from_value::<SentMessage>(answer.clone()).is_err(), "{answer}");
    }
}

#[test]
fn a_message_reads_back_as_it_was_written() {
    let template = Template::new("a", "pt_BR")
        .header(Parameter::document(MediaSource::id("1"), "x.pdf"))
        .body([Parameter::group("Y2")])
        .button(Button::quick_reply(3, "stop"))
        .component(Component::carousel([[Component::body(["x"])]]));
    for message in [
        Message::text(PHONE, "oi").reply_to(WAMID).with_opaque_data("x"),
        Message::text("BR.13491208655302741918", "oi").with_preview_url(false),
        Message::text(Recipient::group("Y2FwaV9ncm91cDox"), "oi"),
        Message::audio(PHONE, MediaSource::id("1")).as_voice_note(),
        Message::document(PHONE, MediaSource::link("https://x.y/z")).with_filename("z"),
        Message::remove_reaction(PHONE, WAMID),
        Message::template(PHONE, template),
    ] {
        let written = serde_json::to_string(&message).unwrap();
        assert_eq!(serde_json::from_str::<Message>(&written).unwrap(), message, "{written}");
    }
}
