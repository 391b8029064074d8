//! What people write and read.

use std::collections::BTreeMap;

use hmac::digest::Digest;
use sha2::Sha256;
use tracing::info;

use crate::domain::access::{Action, Actor, Denied, Subject};
use crate::domain::configuration::InvalidConfiguration;
use crate::domain::{
    Authority, Content, Conversation, Delivery, Direction, Fence, Input, Outgoing, Profile,
    Rejection, decide,
};
use crate::engine::Desk;
use crate::engine::commit::RACES;
use crate::engine::contact::OpenPerson;
use crate::error::{Error, ErrorKind};
use crate::id::{AgentId, ConversationId, MessageId};
use crate::store::{ContactRecord, MessageRecord};
use crate::time::Timestamp;
use crate::vault::{DataKey, Place};

/// Why something that a person wanted was not done. Nothing has changed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ActError {
    /// They may not.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// It cannot be, as things are.
    #[error(transparent)]
    Rejected(#[from] Rejection),
    /// There is no such thing.
    #[error("not found")]
    NotFound,
    /// The configuration has nothing of that name.
    #[error("there is no {what} `{name}` in the configuration")]
    Unknown {
        /// What was named: a queue, a skill, a team, a class.
        what: &'static str,
        /// The name.
        name: String,
    },
    /// A conversation goes on with the customer on that number of the business: write there.
    #[error("a conversation with the customer goes on")]
    GoesOn {
        /// Which.
        conversation: ConversationId,
    },
    /// The two customers have an open conversation each on one number of the business: somebody
    /// must close one of them before they can be one.
    #[error("both customers have an open conversation on the same number of the business")]
    BothOpen,
    /// The two customers are one already.
    #[error("the customers are one already")]
    OneAlready,
    /// The configuration is wrong: where, and how.
    #[error(transparent)]
    Invalid(#[from] InvalidConfiguration),
    /// It failed.
    #[error(transparent)]
    Failed(#[from] Error),
}

/// What an agent writes to a customer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    /// Chosen by who writes, once for each intent: a reply that comes again under the same key
    /// (a double click, a lost answer) is the same message.
    pub key: String,
    /// By what right: an agent names the assignment under which they read the conversation.
    pub authority: Authority,
    /// What.
    pub content: Outgoing,
    /// The message of the customer's that it answers, shown above it.
    pub in_reply_to: Option<MessageId>,
    /// The failed or unconfirmed message that it repeats.
    pub repeats: Option<MessageId>,
}

impl Reply {
    /// A text by the owner of the conversation.
    pub fn text(key: impl Into<String>, fence: Fence, body: impl Into<String>) -> Self {
        Self {
            key: key.into(),
            authority: Authority::Owner(fence),
            content: Outgoing::text(body),
            in_reply_to: None,
            repeats: None,
        }
    }
}

/// A conversation as somebody may see it, opened. Personal; never logged.
#[derive(Clone, Debug, PartialEq)]
pub struct ConversationView {
    /// Its state.
    pub conversation: Conversation,
    /// The customer.
    pub profile: Profile,
    /// What was said, in the order in which it was stored.
    pub messages: Vec<MessageView>,
    /// The host's fields of the conversation.
    pub fields: BTreeMap<String, String>,
}

/// A message, opened. Personal; never logged.
#[derive(Clone, Debug, PartialEq)]
pub struct MessageView {
    /// Its id.
    pub id: MessageId,
    /// Who wrote it.
    pub direction: Direction,
    /// When.
    pub written: Timestamp,
    /// How far it has come; `None` for a customer's message.
    pub delivery: Option<Delivery>,
    /// What it says.
    pub content: Content,
}

impl Desk {
    /// Queues a message to the customer. When this returns, it is durable and will be sent.
    ///
    /// # Errors
    ///
    /// [`Denied`] without the permission; a [`Rejection`] when the conversation belongs to
    /// somebody else now, is closed, or its window is. [`ActError::NotFound`] when there is no
    /// such conversation or message, [`ActError::Failed`] when the store fails.
    pub async fn reply(
        &self,
        actor: &Actor,
        conversation: ConversationId,
        reply: Reply,
    ) -> Result<MessageId, ActError> {
        let parts = &self.parts;
        let message = message_id(b"reply", conversation, &actor.id, &reply.key);
        for _ in 0..RACES {
            let before = self.find(conversation).await?;
            let action = match reply.content.needs_open_window() {
                true => Action::Reply,
                false => Action::SendTemplate,
            };
            actor.may_as(action, &before, reply.authority)?;
            if parts.store.message(message).await?.is_some() {
                return Ok(message); // the same intent came before
            }
            let repeats = match reply.repeats {
                None => None,
                Some(id) => Some((id, self.delivery_of(conversation, id).await?)),
            };
            let now = parts.now();
            let input = Input::Reply {
                message,
                by: actor.id.clone(),
                authority: reply.authority,
                needs_open_window: reply.content.needs_open_window(),
                repeats,
            };
            let decision = decide(&before, &input, now)?;
            let (contact, key) = self.contact_of(&before).await?;
            let in_reply_to = match reply.in_reply_to {
                None => None,
                Some(id) => self.remote_id_of(&contact, &key, conversation, id).await?,
            };
            let (by, by_bot) = (actor.id.clone(), before.is_with_bot(&actor.id));
            let outgoing = reply.content.clone();
            let content = Content::Sent { outgoing, in_reply_to, by, by_bot };
            let mut commit = parts.commit_of(&before, decision, now);
            commit.messages.push(MessageRecord {
                id: message,
                direction: Direction::Outbound,
                written: now,
                content: parts.seal_content(&contact, &key, message, &content)?,
                remote: None,
                edits: None,
                delivery: Some(Delivery::Queued),
            });
            match parts.commit(commit).await {
                Ok(()) => {
                    info!(conversation.id = %conversation, message.id = %message, "queued reply");
                    return Ok(message);
                }
                Err(error) if error.kind() == ErrorKind::Duplicate => return Ok(message),
                Err(error) if error.kind() == ErrorKind::Conflict => {}
                Err(error) => return Err(error.into()),
            }
        }
        Err(Error::new("reply", ErrorKind::Conflict).into())
    }

    /// A conversation with what was said in it.
    ///
    /// # Errors
    ///
    /// [`Denied`] without the permission, [`ActError::NotFound`] when there is none.
    pub async fn read(
        &self,
        actor: &Actor,
        conversation: ConversationId,
    ) -> Result<ConversationView, ActError> {
        let parts = &self.parts;
        let conversation = self.find(conversation).await?;
        for action in [Action::ReadConversation, Action::ReadMessages, Action::ReadContact] {
            actor.may_on(action, &Subject::from(&conversation))?;
        }
        let contact = parts.store.contact(conversation.lane.contact).await?;
        let contact = contact.ok_or(ActError::NotFound)?;
        let OpenPerson { key, profile, identities, .. } = parts.open_person(&contact).await?;
        let profile = Profile { identities, ..profile };
        self.view(conversation, &contact, &key, profile).await
    }

    /// A conversation, opened, of the customer whose profile that is.
    pub(super) async fn view(
        &self,
        conversation: Conversation,
        contact: &ContactRecord,
        key: &DataKey,
        profile: Profile,
    ) -> Result<ConversationView, ActError> {
        let parts = &self.parts;
        let mut messages = Vec::new();
        for stored in parts.store.messages(conversation.id).await? {
            let record = stored.record;
            messages.push(MessageView {
                id: record.id,
                direction: record.direction,
                written: record.written,
                delivery: record.delivery,
                content: parts.open_content(contact, key, record.id, &record.content)?,
            });
        }
        let fields = self.fields(&conversation, contact, key)?;
        Ok(ConversationView { conversation, profile, messages, fields })
    }

    pub(super) async fn find(
        &self,
        conversation: ConversationId,
    ) -> Result<Conversation, ActError> {
        self.parts.store.conversation(conversation).await?.ok_or(ActError::NotFound)
    }

    pub(super) async fn contact_of(
        &self,
        conversation: &Conversation,
    ) -> Result<(ContactRecord, DataKey), ActError> {
        let contact = self.parts.store.contact(conversation.lane.contact).await?;
        let contact = contact.ok_or(ActError::NotFound)?;
        let key = self.parts.vault.unwrap(&contact.tenant, contact.id, &contact.key)?;
        Ok((contact, key))
    }

    async fn delivery_of(
        &self,
        conversation: ConversationId,
        message: MessageId,
    ) -> Result<Delivery, ActError> {
        let stored = self.parts.store.message(message).await?;
        stored
            .filter(|stored| stored.conversation == conversation)
            .and_then(|stored| stored.record.delivery)
            .ok_or(ActError::NotFound)
    }

    /// The channel's id of a message of the conversation, to answer in its context.
    async fn remote_id_of(
        &self,
        contact: &ContactRecord,
        key: &DataKey,
        conversation: ConversationId,
        message: MessageId,
    ) -> Result<Option<String>, ActError> {
        let parts = &self.parts;
        let stored = parts.store.message(message).await?;
        let stored = stored
            .filter(|stored| stored.conversation == conversation)
            .ok_or(ActError::NotFound)?;
        if let Some(sealed) = &stored.remote_id {
            let place =
                Place { tenant: &contact.tenant, what: "remote id", row: message.to_bytes() };
            let plain = parts.vault.open(key, &place, sealed)?;
            return Ok(String::from_utf8(plain).ok());
        }
        match parts.open_content(contact, key, message, &stored.record.content)? {
            Content::Received(received) => Ok(received.remote_id),
            Content::Sent { .. } | Content::Revoked { .. } | Content::Note { .. } => Ok(None),
        }
    }
}

/// The id of the message that a reply, or a note, of somebody under `key` is: the same each time.
pub(super) fn message_id(
    what: &[u8],
    conversation: ConversationId,
    by: &AgentId,
    key: &str,
) -> MessageId {
    let mut hash = Sha256::new();
    hash.update(what);
    hash.update(conversation.to_bytes());
    hash.update(by.as_str().len().to_be_bytes());
    hash.update(by.as_str());
    hash.update(key.as_bytes());
    let digest = hash.finalize();
    MessageId::from_bytes(std::array::from_fn(|at| digest[at]))
}

pub(super) fn not_found(error: Error) -> ActError {
    match error.kind() {
        ErrorKind::NotFound => ActError::NotFound,
        _ => ActError::Failed(error),
    }
}
