//! The business writes first.

use hmac::digest::Digest;
use sha2::Sha256;
use tracing::info;

use crate::domain::access::{Action, Actor, Subject};
use crate::domain::configuration::Facts;
use crate::domain::phone::Phone;
use crate::domain::{
    Content, Conversation, Delivery, Direction, Identity, Input, Lane, Outgoing, Profile, Window,
    decide,
};
use crate::engine::Desk;
use crate::engine::act::ActError;
use crate::engine::commit::RACES;
use crate::error::{Error, ErrorKind};
use crate::id::{AccountId, ConversationId, MessageId};
use crate::store::MessageRecord;

impl Desk {
    /// Begins a conversation from a number of the business with a template, to a phone number in
    /// canonical form; what the channel calls it in its answer is written to from then on.
    /// Nobody has the conversation until the customer answers: then they wait in the queue that
    /// the rules say.
    ///
    /// `key` is chosen once for each intent: one that comes again under the same key is the same
    /// message.
    ///
    /// # Errors
    ///
    /// [`Denied`](crate::domain::access::Denied) without the permission to send templates in
    /// that queue, or on one's own; [`ActError::NotFound`] when the company has no such number;
    /// [`ActError::GoesOn`] when there is an open conversation with the customer;
    /// [`Rejection::WindowClosed`](crate::domain::Rejection::WindowClosed) for what is no
    /// template. No conversation has begun.
    pub async fn begin(
        &self,
        actor: &Actor,
        account: &AccountId,
        to: &Phone,
        key: &str,
        content: Outgoing,
    ) -> Result<(ConversationId, MessageId), ActError> {
        let parts = &self.parts;
        let account = parts.settings.account(account);
        let account = account.filter(|it| it.tenant == actor.tenant).ok_or(ActError::NotFound)?;
        let (tenant, account) = (&account.tenant, &account.id);
        let facts = Facts { account: Some(account), ..Facts::default() };
        let queue = parts.configuration(tenant).route(&facts, parts.now()).queue;
        let subject = Subject::held(tenant, Some(&actor.id), Some(&queue));
        actor.may_on(Action::SendTemplate, &subject)?;
        let message = first_message(actor, account, to, key);
        for _ in 0..RACES {
            if let Some(stored) = parts.store.message(message).await? {
                return Ok((stored.conversation, message)); // the same intent came before
            }
            let now = parts.now();
            let id = ConversationId::from(MessageId::new(now, parts.randomness.as_ref()));
            let identities = vec![Identity::Phone(to.key().to_owned())];
            let profile = Profile { identities, ..Profile::default() };
            let contact = parts.customer(tenant, &profile, now, now).await?;
            let lane = Lane { contact: contact.id, account: account.clone() };
            let latest = parts.store.conversation_in(&lane).await?;
            if let Some(open) = latest.as_ref().filter(|latest| latest.is_open()) {
                return Err(ActError::GoesOn { conversation: open.id });
            }
            let window = latest.as_ref().map_or(Window::CLOSED, |latest| latest.window);
            let new = Conversation {
                thread_owner: latest.as_ref().map(|it| it.thread_owner).unwrap_or_default(),
                last_served: latest.as_ref().and_then(|it| it.last_served.or(it.closed())),
                last_agent: latest.and_then(|latest| latest.last_agent),
                ..Conversation::new(id, tenant.clone(), lane, window)
            };
            let input = Input::Begin {
                message,
                by: actor.id.clone(),
                needs_open_window: content.needs_open_window(),
                queue: queue.clone(),
            };
            let decision = decide(&new, &input, now)?;
            let key = parts.vault.unwrap(tenant, contact.id, &contact.key)?;
            let (outgoing, by) = (content.clone(), actor.id.clone());
            let said = Content::Sent { outgoing, in_reply_to: None, by, by_bot: false };
            let mut commit = parts.commit_of(&new, decision, now);
            commit.number_on = Some(parts.configuration(tenant).zone().day(now));
            commit.messages.push(MessageRecord {
                id: message,
                direction: Direction::Outbound,
                written: now,
                content: parts.seal_content(&contact, &key, message, &said)?,
                remote: None,
                edits: None,
                delivery: Some(Delivery::Queued),
            });
            match parts.commit(commit).await {
                Ok(()) => {
                    info!(conversation.id = %id, message.id = %message, "began conversation");
                    return Ok((id, message));
                }
                // The customer wrote meanwhile, or the same intent came twice at once.
                Err(error)
                    if matches!(error.kind(), ErrorKind::Conflict | ErrorKind::Duplicate) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Err(Error::new("begin conversation", ErrorKind::Conflict).into())
    }
}

/// The id of the message by which somebody begins a conversation under `key`: the same each time.
fn first_message(by: &Actor, account: &AccountId, to: &Phone, key: &str) -> MessageId {
    let mut hash = Sha256::new();
    for part in ["begin", by.tenant.as_str(), by.id.as_str(), account.as_str(), to.key(), key] {
        hash.update(part.len().to_be_bytes());
        hash.update(part);
    }
    let digest = hash.finalize();
    MessageId::from_bytes(std::array::from_fn(|at| digest[at]))
}
