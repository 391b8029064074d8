//! A conversation as a document, to be given to the customer or kept.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};
use tracing::info;

use crate::domain::access::{Action, Actor, Subject};
use crate::domain::{Content, Delivery, Direction, Input, Outgoing, Protocol, decide};
use crate::engine::act::{ActError, MessageView};
use crate::engine::commit::RACES;
use crate::engine::contact::OpenPerson;
use crate::engine::{ConversationView, Desk};
use crate::error::{Error, ErrorKind};
use crate::id::{AgentId, ConversationId, MessageId};
use crate::time::Timestamp;

/// For whom a transcript is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    /// The customer: without notes, and agents are named by their ids alone.
    Customer,
    /// The business: with notes, tags and fields.
    Business,
}

/// A conversation as a document. Personal; never logged. As JSON (by serde) for programs, as
/// text (by `Display`) for people.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Transcript {
    /// The version of this shape: 1. What is added to it leaves it as it is.
    pub version: u32,
    /// The conversation.
    pub conversation: ConversationId,
    /// Its protocol number.
    pub protocol: Option<Protocol>,
    /// The name that the customer chose to show.
    pub customer: Option<String>,
    /// What was said, in the order in which it was stored.
    pub entries: Vec<TranscriptEntry>,
    /// Its tags, for the business.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    /// Its fields, for the business.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub fields: BTreeMap<String, String>,
}

/// Something that was said.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TranscriptEntry {
    /// The message.
    pub message: MessageId,
    /// When it was written, in milliseconds since 1970.
    pub at: Timestamp,
    /// The same, as the company's clock shows it.
    pub local: String,
    /// Who wrote it.
    pub direction: Direction,
    /// Which agent wrote it, where one of ours did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agent: Option<AgentId>,
    /// The channel's word for its type.
    pub kind: String,
    /// What a person reads in it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// The name of the file, where there is one with a name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// How far it has come, for what was sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delivery: Option<Delivery>,
}

impl Desk {
    /// A conversation as a document. That it was made, and by whom, becomes part of the journal.
    ///
    /// # Errors
    ///
    /// [`Denied`](crate::domain::access::Denied) without the permission,
    /// [`ActError::NotFound`] when there is no such conversation.
    pub async fn transcript(
        &self,
        actor: &Actor,
        conversation: ConversationId,
        audience: Audience,
    ) -> Result<Transcript, ActError> {
        let parts = &self.parts;
        for _ in 0..RACES {
            let before = self.find(conversation).await?;
            actor.may_on(Action::ExportTranscript, &Subject::from(&before))?;
            let contact = parts.store.contact(before.lane.contact).await?;
            let contact = contact.ok_or(ActError::NotFound)?;
            let OpenPerson { key, profile, .. } = parts.open_person(&contact).await?;
            let view = self.view(before.clone(), &contact, &key, profile).await?;
            let zone = parts.configuration(&before.tenant).zone().clone();
            let transcript = Transcript::of(view, audience, |at| zone.local(at));

            let now = parts.now();
            let decision = decide(&before, &Input::Export { by: actor.id.clone() }, now)?;
            match parts.commit(parts.commit_of(&before, decision, now)).await {
                Ok(()) => {
                    info!(conversation.id = %conversation, by = %actor.id, "made a transcript");
                    return Ok(transcript);
                }
                // Something was said meanwhile.
                Err(error) if error.kind() == ErrorKind::Conflict => {}
                Err(error) => return Err(error.into()),
            }
        }
        Err(Error::new("transcript", ErrorKind::Conflict).into())
    }
}

impl Transcript {
    fn of(view: ConversationView, audience: Audience, local: impl Fn(Timestamp) -> String) -> Self {
        let is_shown = |message: &&MessageView| match audience {
            Audience::Customer => message.direction != Direction::Internal,
            Audience::Business => true,
        };
        let entries = view.messages.iter().filter(is_shown).map(|message| {
            let said = Said::of(&message.content);
            TranscriptEntry {
                message: message.id,
                at: message.written,
                local: local(message.written),
                direction: message.direction,
                agent: said.agent,
                kind: said.kind,
                text: said.text,
                file: said.file,
                delivery: message.delivery,
            }
        });
        let entries = entries.collect();
        let (tags, fields) = match audience {
            Audience::Customer => (Vec::new(), BTreeMap::new()),
            Audience::Business => {
                (view.conversation.tags.iter().cloned().collect(), view.fields.clone())
            }
        };
        Self {
            version: 1,
            conversation: view.conversation.id,
            protocol: view.conversation.protocol,
            customer: view.profile.name,
            entries,
            tags,
            fields,
        }
    }
}

struct Said {
    agent: Option<AgentId>,
    kind: String,
    text: Option<String>,
    file: Option<String>,
}

impl Said {
    fn of(content: &Content) -> Self {
        let said = |kind: &str, text: Option<&String>| Self {
            agent: None,
            kind: kind.to_owned(),
            text: text.cloned(),
            file: None,
        };
        match content {
            Content::Received(received) => Self {
                file: received.media.as_ref().and_then(|media| media.filename.clone()),
                ..said(&received.kind, received.text.as_ref())
            },
            Content::Sent { outgoing, by, .. } => {
                let sent = match outgoing {
                    Outgoing::Text { body } => said("text", Some(body)),
                    Outgoing::Media { kind, caption, .. } => said(kind, caption.as_ref()),
                    Outgoing::Template { name, language, parameters } => {
                        let filled = format!("{name} ({language}) {}", parameters.join(" | "));
                        said("template", Some(&filled.trim_end().to_owned()))
                    }
                };
                Self { agent: Some(by.clone()), ..sent }
            }
            Content::Revoked { .. } => said("revoked", None),
            Content::Note { body, by } => {
                Self { agent: Some(by.clone()), ..said("note", Some(body)) }
            }
        }
    }
}

impl fmt::Display for Transcript {
    /// One line for what is known of the conversation, one for each thing that was said; line
    /// breaks within are indented.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.protocol {
            Some(protocol) => writeln!(f, "# {protocol}")?,
            None => writeln!(f, "# {}", self.conversation)?,
        }
        for entry in &self.entries {
            let who = match (entry.direction, &entry.agent) {
                (Direction::Inbound, _) => {
                    self.customer.as_deref().unwrap_or("customer").to_owned()
                }
                (Direction::Outbound, Some(agent)) => format!("< {agent}"),
                (Direction::Outbound, None) => "<".to_owned(),
                (Direction::Internal, Some(agent)) => format!("* {agent}"),
                (Direction::Internal, None) => "*".to_owned(),
            };
            write!(f, "[{}] {who}:", entry.local)?;
            if entry.kind != "text" {
                write!(f, " [{}]", entry.kind)?;
            }
            if let Some(file) = &entry.file {
                write!(f, " {file:?}")?;
            }
            if let Some(text) = &entry.text {
                for (line, text) in text.lines().enumerate() {
                    f.write_str(if line == 0 { " " } else { "\n    " })?;
                    f.write_str(text)?;
                }
            }
            if let Some(delivery) = &entry.delivery {
                write!(f, " ({})", delivery.word())?;
            }
            writeln!(f)?;
        }
        Ok(())
    }
}

impl fmt::Debug for Transcript {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Transcript")
            .field("conversation", &self.conversation)
            .field("entries", &self.entries.len())
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for TranscriptEntry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TranscriptEntry").field("message", &self.message).finish_non_exhaustive()
    }
}
