//! What is due: offers that nobody answered, rings, promises, breaks that end.

use tracing::{debug, warn};

use crate::domain::{Conversation, Event, Input, OfferEnd, decide};
use crate::engine::desk::Parts;
use crate::error::{ErrorKind, Result};
use crate::store::OfferAnswer;

/// How many that are due are looked at in one round.
const ROUND: usize = 256;

impl Parts {
    /// Does what is due; whether anything was.
    pub(super) async fn time_next(&self) -> Result<bool> {
        let mut any = false;
        for conversation in self.store.due(self.now(), ROUND).await? {
            any |= self.time_came(&conversation).await?;
        }
        Ok(any)
    }

    async fn time_came(&self, conversation: &Conversation) -> Result<bool> {
        let now = self.now();
        let input = Input::TimeCame { ticket: self.ticket_due(conversation, now) };
        let decision = match decide(conversation, &input, now) {
            Ok(decision) if !decision.events.is_empty() => decision,
            outcome => {
                // It would be due for ever.
                warn!(conversation.id = %conversation.id, ?outcome, "what is due changes nothing");
                return Ok(false);
            }
        };
        let missed = decision.events.iter().find_map(|event| match event {
            Event::OfferEnded { agent, end: OfferEnd::TimedOut } => Some(agent.clone()),
            _ => None,
        });
        let answer =
            missed.map(|agent| OfferAnswer::Missed { agent, most: self.most_missed(conversation) });
        let mut commit = self.commit_of(conversation, decision, now);
        commit.answer = answer;
        match self.commit(commit).await {
            Ok(()) => {
                debug!(conversation.id = %conversation.id, "did what was due");
                Ok(true)
            }
            // Somebody acted meanwhile: it is looked at again while it is due.
            Err(error) if error.kind() == ErrorKind::Conflict => Ok(true),
            Err(error) => Err(error),
        }
    }
}
