//! What people write about a conversation, for each other: notes, tags, fields.

use std::collections::BTreeMap;

use tracing::info;

use crate::domain::access::{Action, Actor, Subject};
use crate::domain::{Content, Conversation, Decision, Direction, Input, Rejection, Sealed, decide};
use crate::engine::act::{ActError, message_id};
use crate::engine::commit::RACES;
use crate::engine::{Desk, payload};
use crate::error::{Error, ErrorKind};
use crate::id::{ConversationId, MessageId};
use crate::store::{ContactRecord, MessageRecord};
use crate::vault::{DataKey, Place};

/// The longest note, and the longest value of a field, in characters.
const LONGEST_TEXT: usize = 10_000;

/// A field's value, with its name: a value cannot be put in another field's place.
#[derive(serde::Serialize, serde::Deserialize)]
struct Field {
    name: String,
    value: String,
}

impl Desk {
    /// Writes a note, which the customer never sees. `key` is chosen once for each note: one
    /// that comes again under the same key is the same note.
    ///
    /// # Errors
    ///
    /// [`Denied`](crate::domain::access::Denied) without the permission,
    /// [`ActError::NotFound`] when there is no such conversation, [`Rejection::Empty`] and
    /// [`Rejection::TooLong`].
    pub async fn note(
        &self,
        actor: &Actor,
        conversation: ConversationId,
        key: &str,
        text: &str,
    ) -> Result<MessageId, ActError> {
        fits("the note", text, LONGEST_TEXT)?;
        let parts = &self.parts;
        let message = message_id(b"note", conversation, &actor.id, key);
        for _ in 0..RACES {
            let before = self.find(conversation).await?;
            actor.may_on(Action::Note, &Subject::from(&before))?;
            let now = parts.now();
            let by = actor.id.clone();
            let decision = decide(&before, &Input::Note { message, by: by.clone() }, now)?;
            let (contact, key) = self.contact_of(&before).await?;
            let content = Content::Note { body: text.to_owned(), by };
            let mut commit = parts.commit_of(&before, decision, now);
            commit.messages.push(MessageRecord {
                id: message,
                direction: Direction::Internal,
                written: now,
                content: parts.seal_content(&contact, &key, message, &content)?,
                remote: None,
                edits: None,
                delivery: None,
            });
            match parts.commit(commit).await {
                Ok(()) => {
                    info!(conversation.id = %conversation, message.id = %message, "wrote note");
                    return Ok(message);
                }
                Err(error) if error.kind() == ErrorKind::Duplicate => return Ok(message),
                Err(error) if error.kind() == ErrorKind::Conflict => {}
                Err(error) => return Err(error.into()),
            }
        }
        Err(Error::new("note", ErrorKind::Conflict).into())
    }

    /// Marks a conversation; nothing changes when it has the tag. Rules may look at tags, and
    /// lists show those of one. Tags are no place for personal data: they are not sealed.
    ///
    /// # Errors
    ///
    /// As [`Desk::note`]; [`Rejection::TooMany`].
    pub async fn tag(
        &self,
        actor: &Actor,
        conversation: ConversationId,
        tag: &str,
    ) -> Result<(), ActError> {
        let input = Input::Tag { tag: tag.to_owned(), present: true };
        self.annotate(actor, Action::Tag, conversation, |_| Ok(input.clone())).await
    }

    /// Takes a tag away; nothing changes when it is not there.
    ///
    /// # Errors
    ///
    /// As [`Desk::tag`].
    pub async fn untag(
        &self,
        actor: &Actor,
        conversation: ConversationId,
        tag: &str,
    ) -> Result<(), ActError> {
        let input = Input::Tag { tag: tag.to_owned(), present: false };
        self.annotate(actor, Action::Tag, conversation, |_| Ok(input.clone())).await
    }

    /// Gives a field of the host's a value, or none; nothing changes when it has that value.
    /// Values are sealed under the customer's key; names are not, and are no place for personal
    /// data.
    ///
    /// # Errors
    ///
    /// As [`Desk::tag`].
    pub async fn set_field(
        &self,
        actor: &Actor,
        conversation: ConversationId,
        name: &str,
        value: Option<&str>,
    ) -> Result<(), ActError> {
        if let Some(value) = value {
            fits("the value", value, LONGEST_TEXT)?;
        }
        let found = self.find(conversation).await?;
        actor.may_on(Action::SetField, &Subject::from(&found))?;
        let (contact, key) = self.contact_of(&found).await?;
        let vault = &self.parts.vault;
        self.annotate(actor, Action::SetField, conversation, |before| {
            let place = field_place(before, &contact);
            let sealed = match (value, before.fields.get(name)) {
                (None, _) => None,
                // Sealed again it would look like another value.
                (Some(value), Some(sealed))
                    if self.field(&key, &place, name, sealed)?.value == value =>
                {
                    Some(sealed.clone())
                }
                (Some(value), _) => {
                    let field = Field { name: name.to_owned(), value: value.to_owned() };
                    Some(vault.seal(&key, &place, &payload::write(&field)?)?)
                }
            };
            Ok(Input::SetField { name: name.to_owned(), value: sealed })
        })
        .await
    }

    /// The fields of a conversation, opened.
    pub(super) fn fields(
        &self,
        conversation: &Conversation,
        contact: &ContactRecord,
        key: &DataKey,
    ) -> Result<BTreeMap<String, String>, ActError> {
        let mut fields = BTreeMap::new();
        for (name, sealed) in &conversation.fields {
            let field = self.field(key, &field_place(conversation, contact), name, sealed)?;
            fields.insert(field.name, field.value);
        }
        Ok(fields)
    }

    fn field(
        &self,
        key: &DataKey,
        place: &Place<'_>,
        name: &str,
        sealed: &Sealed,
    ) -> crate::error::Result<Field> {
        let field: Field = payload::read(&self.parts.vault.open(key, place, sealed)?)?;
        if field.name == name {
            Ok(field)
        } else {
            Err(Error::new("read field", ErrorKind::Corrupt))
        }
    }

    /// Decides what goes with the conversation and changes nothing else of it.
    async fn annotate(
        &self,
        actor: &Actor,
        action: Action,
        conversation: ConversationId,
        input: impl Fn(&Conversation) -> crate::error::Result<Input>,
    ) -> Result<(), ActError> {
        for _ in 0..RACES {
            let before = self.find(conversation).await?;
            actor.may_on(action, &Subject::from(&before))?;
            let now = self.parts.now();
            let decision = decide(&before, &input(&before)?, now)?;
            if decision == Decision::default() {
                return Ok(());
            }
            let commit = self.parts.commit_of(&before, decision, now);
            match self.parts.commit(commit).await {
                Err(error) if error.kind() == ErrorKind::Conflict => {}
                outcome => return Ok(outcome?),
            }
        }
        Err(Error::new("annotate", ErrorKind::Conflict).into())
    }
}

fn field_place<'a>(conversation: &Conversation, contact: &'a ContactRecord) -> Place<'a> {
    Place { tenant: &contact.tenant, what: "field", row: conversation.id.to_bytes() }
}

fn fits(what: &'static str, text: &str, most: usize) -> Result<(), Rejection> {
    if text.trim().is_empty() {
        return Err(Rejection::Empty { what });
    }
    if text.chars().count() > most {
        return Err(Rejection::TooLong { what, most });
    }
    Ok(())
}
