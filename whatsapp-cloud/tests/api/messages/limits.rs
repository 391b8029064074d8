//! What is refused before it is sent, and what is just allowed.

use std::error::Error as _;

use whatsapp_cloud::api::messages::{
    Button, Component, MarkAsRead, MediaSource, Message, Parameter, SendMessage, ShowTyping,
    Template,
};
use whatsapp_cloud::api::{Recipient, Violations};
use whatsapp_cloud::endpoint::Endpoint;
use whatsapp_cloud::{MessageId, PhoneNumberId};

use super::{PHONE, WAMID, body, violations};

/// Whether the call is refused.
fn is_refused(call: &impl Endpoint) -> bool {
    call.request().is_err()
}

#[test]
fn ids_that_cannot_be_are_refused_before_they_become_a_path() {
    for from in ["", "me", "1/2", "..", "1?a=b"] {
        let from = PhoneNumberId::new(from);
        let message_id = MessageId::new(WAMID);
        let message = Message::text(PHONE, "oi");
        assert!(is_refused(&SendMessage { from: from.clone(), message }));
        assert!(is_refused(&MarkAsRead { from: from.clone(), message_id: message_id.clone() }));
        assert!(is_refused(&ShowTyping { from, message_id }));
    }
    let from = PhoneNumberId::new("1");
    assert!(is_refused(&MarkAsRead { from, message_id: MessageId::new("") }));
}

#[test]
fn only_a_send_and_the_typing_indicator_may_not_be_repeated() {
    const { assert!(!SendMessage::IDEMPOTENT) };
    const { assert!(!ShowTyping::IDEMPOTENT) };
    const { assert!(MarkAsRead::IDEMPOTENT) };
}

#[test]
fn limits_hold_at_their_edge_in_characters_and_not_in_bytes() {
    let text = |length: usize| Message::text(PHONE, "á".repeat(length));
    body(text(1));
    body(text(4096));
    assert_eq!(violations(text(0)), ["text.body: 1 to 4096 characters, found 0"]);
    assert_eq!(violations(text(4097)), ["text.body: 1 to 4096 characters, found 4097"]);

    let caption = |length: usize| {
        Message::image(PHONE, MediaSource::id("1")).with_caption("é".repeat(length))
    };
    body(caption(1024));
    assert_eq!(violations(caption(1025)), ["image.caption: 0 to 1024 characters, found 1025"]);

    let data = |length: usize| Message::text(PHONE, "oi").with_opaque_data("x".repeat(length));
    body(data(512));
    assert_eq!(violations(data(513)), ["biz_opaque_callback_data: 0 to 512 characters, found 513"]);
}

#[test]
fn everything_that_is_wrong_is_said_at_once_and_never_quoted() {
    let message = Message::audio("canary-phone", MediaSource::link("ftp://canary-link"))
        .with_caption("canary-caption")
        .with_filename("canary-file")
        .with_preview_url(true)
        .reply_to("");
    let call = SendMessage { from: PhoneNumberId::new("x"), message: message.clone() };
    let error = call.request().unwrap_err();
    let violations = error.source().unwrap().downcast_ref::<Violations>().unwrap();

    let paths: Vec<&str> =
        violations.as_slice().iter().map(whatsapp_cloud::api::Violation::path).collect();
    assert_eq!(
        paths,
        [
            "to",
            "audio.link",
            "audio.caption",
            "audio.filename",
            "audio.preview_url",
            "context.message_id",
            "from"
        ]
    );
    let shown = format!("{error} {error:?} {violations} {message:?} {call:?}");
    assert!(!shown.contains("canary"), "{shown}");
}

#[test]
fn what_meta_refuses_or_drops_is_refused_here() {
    let id = || MediaSource::id("1");
    for (message, path) in [
        (Message::text("", "oi"), "to"),
        (Message::text("Ana", "oi"), "to"),
        (Message::text("0119999", "oi"), "to"),
        (Message::text(Recipient::group("BR.1234"), "oi"), "to"),
        (Message::text(Recipient::Phone("BR.1234".to_owned()), "oi"), "to"),
        (Message::text("1.2", "oi"), "recipient"),
        (Message::text(PHONE, "oi").as_voice_note(), "text.voice"),
        (Message::text(PHONE, "oi").with_caption("x"), "text.caption"),
        (Message::text(PHONE, "oi").with_filename("x"), "text.filename"),
        (Message::image(PHONE, MediaSource::id("")), "image.id"),
        (Message::image(PHONE, MediaSource::id("https://x")), "image.id"),
        (Message::image(PHONE, MediaSource::link("https://")), "image.link"),
        (Message::image(PHONE, MediaSource::link("https:///x")), "image.link"),
        (Message::image(PHONE, MediaSource::link("https://x y")), "image.link"),
        (Message::image(PHONE, MediaSource::link("javascript:1")), "image.link"),
        (Message::sticker(PHONE, id()).with_caption("x"), "sticker.caption"),
        (Message::image(PHONE, id()).with_filename("x"), "image.filename"),
        (Message::video(PHONE, id()).as_voice_note(), "video.voice"),
        (Message::image(PHONE, id()).with_preview_url(true), "image.preview_url"),
        (Message::reaction(PHONE, WAMID, "❤️").reply_to(WAMID), "context.message_id"),
        (Message::reaction(PHONE, "", "❤️"), "reaction.message_id"),
        (Message::reaction(PHONE, WAMID, ""), "reaction.emoji"),
        (Message::reaction(PHONE, WAMID, " "), "reaction.emoji"),
    ] {
        let found = violations(message);
        assert_eq!(found.len(), 1, "{path}: {found:?}");
        assert!(found[0].starts_with(&format!("{path}: ")), "{path}: {found:?}");
    }
}

#[test]
fn a_template_that_cannot_be_is_refused() {
    let named_and_numbered = [Parameter::text("1"), Parameter::named("day", "2")];
    for (template, path) in [
        (Template::new("", "pt_BR"), "template.name"),
        (Template::new("Olá", "pt_BR"), "template.name"),
        (Template::new("a".repeat(513), "pt_BR"), "template.name"),
        (Template::new("a", ""), "template.language.code"),
        (Template::new("a", "pt_BR").body(named_and_numbered), "template.components[0].parameters"),
        (
            Template::new("a", "pt_BR").body_named([("", "x")]),
            "template.components[0].parameters[0].parameter_name",
        ),
        (
            Template::new("a", "pt_BR").component(Component::header(["x"; 0])),
            "template.components[0].parameters",
        ),
        (
            Template::new("a", "pt_BR").body(["x"]).button(Button::url(10, "x")),
            "template.components[1].index",
        ),
        (
            Template::new("a", "pt_BR").header(Parameter::image(MediaSource::link("x"))),
            "template.components[0].parameters[0].image.link",
        ),
        (
            Template::new("a", "pt_BR").body(["ok", "two\nlines"]),
            "template.components[0].parameters[1].text",
        ),
        (Template::new("a", "pt_BR").header("a\tb"), "template.components[0].parameters[0].text"),
        (
            Template::new("a", "pt_BR").body(["five     spaces"]),
            "template.components[0].parameters[0].text",
        ),
    ] {
        let found = violations(Message::template(PHONE, template));
        assert_eq!(found.len(), 1, "{path}: {found:?}");
        assert!(found[0].starts_with(&format!("{path}: ")), "{path}: {found:?}");
    }
    let four = Template::new("a", "pt_BR").body(["four    spaces    twice"]);
    assert!(Message::template(PHONE, four).check().as_slice().is_empty());
}
