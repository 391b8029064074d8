//! What is written about a conversation: tags and fields.

use crate::domain::{Conversation, Decision, Event, Rejection, Sealed};

/// The longest name of a tag or a field, in characters.
const LONGEST_NAME: usize = 64;

/// The most tags, and the most fields, of one conversation: its state is read with each change.
const MOST: usize = 50;

pub(super) fn tagged(
    conversation: &Conversation,
    tag: &str,
    present: bool,
) -> Result<Decision, Rejection> {
    is_name("the tag", tag)?;
    let tag = tag.to_owned();
    match (conversation.tags.contains(&tag), present) {
        (false, true) if conversation.tags.len() >= MOST => {
            Err(Rejection::TooMany { what: "tags", most: MOST })
        }
        (false, true) => Ok(Event::Tagged { tag }.into()),
        (true, false) => Ok(Event::Untagged { tag }.into()),
        (true, true) | (false, false) => Ok(Decision::default()),
    }
}

pub(super) fn field_set(
    conversation: &Conversation,
    name: &str,
    value: Option<&Sealed>,
) -> Result<Decision, Rejection> {
    is_name("the name of the field", name)?;
    let before = conversation.fields.get(name);
    if before == value {
        return Ok(Decision::default());
    }
    if before.is_none() && conversation.fields.len() >= MOST {
        return Err(Rejection::TooMany { what: "fields", most: MOST });
    }
    Ok(Event::FieldSet { name: name.to_owned(), value: value.cloned() }.into())
}

fn is_name(what: &'static str, name: &str) -> Result<(), Rejection> {
    if name.trim().is_empty() {
        return Err(Rejection::Empty { what });
    }
    if name.chars().count() > LONGEST_NAME {
        return Err(Rejection::TooLong { what, most: LONGEST_NAME });
    }
    if name.chars().any(char::is_control) {
        return Err(Rejection::NoName { what });
    }
    Ok(())
}
