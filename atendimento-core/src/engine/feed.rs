//! Hints to screens: what was just committed here, to whom it concerns.
//!
//! A hint can be missed; the journal cannot. Who misses some reads on by cursor
//! ([`Desk::journal`]).

use std::collections::BTreeMap;
use std::sync::Arc;

use tokio::sync::broadcast;
use tokio::sync::broadcast::error::RecvError;

use crate::domain::Conversation;
use crate::domain::access::{Action, Actor, Denied, Grant, Subject};
use crate::engine::Desk;
use crate::engine::act::ActError;
use crate::id::{AgentId, ConversationId, QueueId, TenantId};
use crate::store::{Cursor, Journaled};

/// How many hints a slow reader may be behind before it is told that it missed some.
const BEHIND: usize = 1024;

/// What decides who may see a conversation.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Seen {
    tenant: TenantId,
    holder: Option<AgentId>,
    asked: Option<AgentId>,
    queue: Option<QueueId>,
}

impl Seen {
    pub(super) fn of(conversation: &Conversation) -> Self {
        Self {
            tenant: conversation.tenant.clone(),
            holder: conversation.holder().cloned(),
            asked: conversation.offered_to().map(|(agent, _)| agent.clone()),
            queue: conversation.queue.clone(),
        }
    }

    fn is_covered_by(&self, grant: &Grant) -> bool {
        let subject = Subject::held(&self.tenant, self.holder.as_ref(), self.queue.as_ref());
        let subject = match &self.asked {
            Some(asked) => subject.with_asked(asked),
            None => subject,
        };
        grant.covers(&subject)
    }
}

/// A fact, and who could see the conversation before and after it.
#[derive(Clone)]
struct Told {
    fact: Journaled,
    seen: Arc<[Seen; 2]>,
}

pub(super) struct Publisher(broadcast::Sender<Told>);

impl Default for Publisher {
    fn default() -> Self {
        Self(broadcast::channel(BEHIND).0)
    }
}

impl Publisher {
    pub(super) fn publish(&self, facts: Vec<Journaled>, seen: [Seen; 2]) {
        let seen = Arc::new(seen);
        for fact in facts {
            // An error says that nobody listens, which is nobody's fault.
            let _ = self.0.send(Told { fact, seen: Arc::clone(&seen) });
        }
    }
}

impl Desk {
    /// What becomes true from now on, as this process commits it: of the conversations that the
    /// actor may see, before or after it. Who loses a conversation hears that they do.
    ///
    /// What the actor may see is what they are now; who gets another role or team asks for
    /// another feed.
    ///
    /// # Errors
    ///
    /// [`Denied`] when they may see none at all.
    pub fn feed(&self, actor: &Actor) -> Result<Feed, Denied> {
        let grant = actor.may(Action::ReadConversation)?;
        Ok(Feed { facts: self.parts.feed.0.subscribe(), grant })
    }

    /// Up to `limit` facts after `cursor`, in commit order, of the conversations that the actor
    /// may see now; and where to read on. All processes' facts are there. A page may hold fewer
    /// than `limit`, or none: the end is where the cursor stays the same.
    ///
    /// # Errors
    ///
    /// [`Denied`] when they may see none at all; [`ActError::Failed`] when the store fails.
    pub async fn journal(
        &self,
        actor: &Actor,
        cursor: Cursor,
        limit: usize,
    ) -> Result<(Vec<Journaled>, Cursor), ActError> {
        let grant = actor.may(Action::ReadConversation)?;
        let store = &self.parts.store;
        let (facts, next) = store.journal(cursor, limit).await?;
        let mut covered: BTreeMap<ConversationId, bool> = BTreeMap::new();
        let mut seen = Vec::new();
        for fact in facts.into_iter().filter(|fact| fact.tenant == *grant.tenant()) {
            let is_covered = match covered.get(&fact.conversation) {
                Some(is_covered) => *is_covered,
                None => {
                    let conversation = store.conversation(fact.conversation).await?;
                    let is_covered =
                        conversation.is_some_and(|it| grant.covers(&Subject::from(&it)));
                    covered.insert(fact.conversation, is_covered);
                    is_covered
                }
            };
            if is_covered {
                seen.push(fact);
            }
        }
        Ok((seen, next))
    }
}

/// What becomes true, as this process commits it, of what somebody may see.
#[derive(Debug)]
pub struct Feed {
    facts: broadcast::Receiver<Told>,
    grant: Grant,
}

/// What a feed says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Hint {
    /// This became true.
    Fact(Journaled),
    /// The reader was too slow and missed some: read on from the journal.
    Missed,
}

impl Feed {
    /// The next hint, or `None` when the desk is gone.
    pub async fn next(&mut self) -> Option<Hint> {
        loop {
            match self.facts.recv().await {
                Ok(told) if told.seen.iter().any(|seen| seen.is_covered_by(&self.grant)) => {
                    return Some(Hint::Fact(told.fact));
                }
                Ok(_) => {}
                Err(RecvError::Lagged(_)) => return Some(Hint::Missed),
                Err(RecvError::Closed) => return None,
            }
        }
    }
}
