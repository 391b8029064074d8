//! What Meta refuses in a message, or drops without a word; found before it is sent.
//!
//! Source of the numbers:
//! <https://developers.facebook.com/docs/whatsapp/cloud-api/reference/messages>

use crate::api::Violations;
use crate::api::messages::{
    Component, Content, Media, MediaSource, Message, Parameter, Reaction, Template,
};

const BODY: usize = 4096;
const CAPTION: usize = 1024;
const OPAQUE_DATA: usize = 512;
const TEMPLATE_NAME: usize = 512;
/// Buttons of a template, counted from 0.
const LAST_BUTTON: u8 = 9;

impl Message {
    /// All that is wrong with it, in the order of its members.
    pub(super) fn violations(&self) -> Violations {
        let mut violations = Violations::default();
        let found = &mut violations;
        let kind = self.content.kind();
        self.to.check(found);
        match &self.content {
            Content::Text(text) => found.length("text.body", &text.body, 1, BODY),
            Content::Image(media)
            | Content::Video(media)
            | Content::Audio(media)
            | Content::Document(media)
            | Content::Sticker(media) => check_media(kind, media, found),
            Content::Template(template) => check_template(template, found),
            Content::Reaction(reaction) => check_reaction(reaction, self, found),
        }
        for member in &self.misplaced {
            found.add(format!("{kind}.{member}"), format!("not with a message of type {kind}"));
        }
        if self.reply_to.as_ref().is_some_and(|id| id.as_str().is_empty()) {
            found.add("context.message_id", "the id of a message, found none");
        }
        if let Some(data) = &self.opaque_data {
            found.length("biz_opaque_callback_data", data, 0, OPAQUE_DATA);
        }
        violations
    }
}

fn check_media(kind: &str, media: &Media, found: &mut Violations) {
    check_source(kind, &media.source, found);
    if let Some(caption) = &media.caption {
        if matches!(kind, "audio" | "sticker") {
            found.add(format!("{kind}.caption"), format!("not with a message of type {kind}"));
        } else {
            found.length(&format!("{kind}.caption"), caption, 0, CAPTION);
        }
    }
    if media.filename.is_some() && kind != "document" {
        found.add(format!("{kind}.filename"), "only with a document");
    }
    if media.voice && kind != "audio" {
        found.add(format!("{kind}.voice"), "only with audio");
    }
}

fn check_source(path: &str, source: &MediaSource, found: &mut Violations) {
    match source {
        MediaSource::Id(id) => found.numeric_id(&format!("{path}.id"), id.as_str()),
        MediaSource::Link(link) => {
            let rest = link.strip_prefix("https://").or_else(|| link.strip_prefix("http://"));
            let has_host = rest.is_some_and(|rest| !rest.is_empty() && !rest.starts_with('/'));
            if !has_host || link.contains(|char: char| char.is_whitespace() || char.is_control()) {
                found.add(format!("{path}.link"), "a whole address with https or http");
            }
        }
    }
}

fn check_reaction(reaction: &Reaction, message: &Message, found: &mut Violations) {
    if reaction.message_id.as_str().is_empty() {
        found.add("reaction.message_id", "the id of a message, found none");
    }
    if reaction.emoji.as_ref().is_some_and(|emoji| emoji.trim().is_empty()) {
        found.add("reaction.emoji", "an emoji, found none; removing a reaction has its own call");
    }
    // Meta takes it with 200 and fails it by webhook (131009).
    if message.reply_to.is_some() {
        found.add("context.message_id", "not with a reaction, which names its message itself");
    }
}

fn check_template(template: &Template, found: &mut Violations) {
    found.length("template.name", &template.name, 1, TEMPLATE_NAME);
    let word = |char: char| char.is_ascii_lowercase() || char.is_ascii_digit() || char == '_';
    if !template.name.chars().all(word) {
        found.add("template.name", "lower-case letters, digits and underscores");
    }
    if template.language.code.is_empty() {
        found.add("template.language.code", "a language such as pt_BR, found none");
    }
    for (index, component) in template.components.iter().enumerate() {
        let path = format!("template.components[{index}]");
        match component {
            Component::Header { parameters } => {
                if parameters.len() != 1 {
                    let rule = format!("1 parameter in a header, found {}", parameters.len());
                    found.add(format!("{path}.parameters"), rule);
                }
                check_parameters(&path, parameters, found);
            }
            Component::Body { parameters } => check_parameters(&path, parameters, found),
            Component::Button(button) => {
                if button.index > LAST_BUTTON {
                    let rule = format!("0 to {LAST_BUTTON}, found {}", button.index);
                    found.add(format!("{path}.index"), rule);
                }
                check_parameters(&path, &button.parameters, found);
            }
            // Known to the caller only: Meta decides.
            Component::Other(_) => {}
        }
    }
}

fn check_parameters(path: &str, parameters: &[Parameter], found: &mut Violations) {
    let named = |parameter: &Parameter| matches!(parameter, Parameter::Text { name: Some(_), .. });
    let count = parameters.iter().filter(|parameter| named(parameter)).count();
    let texts = parameters.iter().filter(|parameter| matches!(parameter, Parameter::Text { .. }));
    if count > 0 && count < texts.count() {
        found.add(format!("{path}.parameters"), "all by order or all by name, found both");
    }
    for (index, parameter) in parameters.iter().enumerate() {
        let path = format!("{path}.parameters[{index}]");
        match parameter {
            Parameter::Text { name, .. } => {
                if name.as_ref().is_some_and(String::is_empty) {
                    found.add(format!("{path}.parameter_name"), "a name, found none");
                }
            }
            Parameter::Image { image: media }
            | Parameter::Video { video: media }
            | Parameter::Document { document: media } => check_source(&path, &media.source, found),
            Parameter::Currency { .. }
            | Parameter::DateTime { .. }
            | Parameter::Location { .. }
            | Parameter::Payload { .. }
            | Parameter::CouponCode { .. }
            | Parameter::Other(_) => {}
        }
    }
}
