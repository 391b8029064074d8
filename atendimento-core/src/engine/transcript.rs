//! A conversation as a document, to be given to the customer or kept.

use std::collections::BTreeMap;
use std::fmt::{self, Write as _};

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
    /// Whether that is a bot.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub by_bot: bool,
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
                by_bot: said.by_bot,
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
    by_bot: bool,
    kind: String,
    text: Option<String>,
    file: Option<String>,
}

impl Said {
    fn of(content: &Content) -> Self {
        let said = |kind: &str, text: Option<&String>| Self {
            agent: None,
            by_bot: false,
            kind: kind.to_owned(),
            text: text.cloned(),
            file: None,
        };
        match content {
            Content::Received(received) => Self {
                file: received.media.as_ref().and_then(|media| media.filename.clone()),
                ..said(&received.kind, received.text.as_ref())
            },
            Content::Sent { outgoing, by, by_bot, .. } => {
                let sent = match outgoing {
                    Outgoing::Text { body } => said("text", Some(body)),
                    Outgoing::Media { kind, caption, .. } => said(kind, caption.as_ref()),
                    Outgoing::Template { name, language, parameters } => {
                        let filled = format!("{name} ({language}) {}", parameters.join(" | "));
                        said("template", Some(&filled.trim_end().to_owned()))
                    }
                };
                Self { agent: Some(by.clone()), by_bot: *by_bot, ..sent }
            }
            Content::Revoked { .. } => said("revoked", None),
            Content::Note { body, by } => {
                Self { agent: Some(by.clone()), ..said("note", Some(body)) }
            }
        }
    }
}

impl fmt::Display for Transcript {
    /// A line for each thing that is known of the conversation, and one for each that was said:
    /// `>` by the customer, `<` to them, `*` among the business. Whatever anybody has written or
    /// calls themselves, they cannot begin a line.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.protocol {
            Some(protocol) => writeln!(f, "# {protocol}")?,
            None => writeln!(f, "# {}", self.conversation)?,
        }
        for tag in &self.tags {
            writeln!(f, "# tag {}", Line(tag))?;
        }
        for (name, value) in &self.fields {
            writeln!(f, "# field {}:{}", Line(name), Indented(value))?;
        }
        for entry in &self.entries {
            self.write_entry(f, entry)?;
        }
        Ok(())
    }
}

impl Transcript {
    fn write_entry(&self, f: &mut fmt::Formatter<'_>, entry: &TranscriptEntry) -> fmt::Result {
        write!(f, "[{}] ", entry.local)?;
        match entry.direction {
            Direction::Inbound => {
                write!(f, "> {}", Line(self.customer.as_deref().unwrap_or("customer")))?;
            }
            Direction::Outbound => f.write_char('<')?,
            Direction::Internal => f.write_char('*')?,
        }
        if let Some(agent) = &entry.agent {
            write!(f, " {}", Line(agent.as_str()))?;
        }
        match (entry.by_bot.then_some("bot"), entry.delivery.map(Delivery::word)) {
            (Some(bot), Some(delivery)) => write!(f, " ({bot}, {delivery})")?,
            (Some(only), None) | (None, Some(only)) => write!(f, " ({only})")?,
            (None, None) => {}
        }
        f.write_char(':')?;
        if entry.kind != "text" {
            write!(f, " [{}]", Line(&entry.kind))?;
        }
        if let Some(file) = &entry.file {
            write!(f, " \"{}\"", Line(file))?;
        }
        if let Some(text) = &entry.text {
            write!(f, "{}", Indented(text))?;
        }
        writeln!(f)
    }
}

/// Text on one line, whatever is in it.
struct Line<'a>(&'a str);

impl fmt::Display for Line<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.chars().try_for_each(|c| f.write_char(if ends_line(c) { ' ' } else { shown(c) }))
    }
}

/// Text after something else; the lines after its first are indented.
struct Indented<'a>(&'a str);

impl fmt::Display for Indented<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = self.0.replace("\r\n", "\n");
        for (line, text) in text.trim_end_matches(ends_line).split(ends_line).enumerate() {
            f.write_str(if line == 0 { " " } else { "\n    " })?;
            write!(f, "{}", Line(text))?;
        }
        Ok(())
    }
}

/// Whether some program begins a new line after it.
fn ends_line(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// What stands for what would not be seen itself, and would change how the rest is.
fn shown(c: char) -> char {
    let turns = matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    if turns || (c.is_control() && c != '\t') { char::REPLACEMENT_CHARACTER } else { c }
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
