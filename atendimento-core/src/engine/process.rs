//! The oldest event of a lane: decided, committed, done.

use tracing::{info, warn};

use crate::domain::{
    Content, Conversation, Delivery, Input, Phase, Profile, ReceivedKind, Sealed, Window, decide,
};
use crate::engine::commit::{Pending, RACES};
use crate::engine::desk::Parts;
use crate::engine::payload::{self, Payload, Told};
use crate::error::{Error, ErrorKind, Result};
use crate::id::{ConversationId, MessageId};
use crate::store::{
    ContactRecord, DeliveryChange, Done, EntryKind, LaneStep, MessageRecord, Revocation,
    StatusRecord,
};
use crate::time::Timestamp;
use crate::vault::{DataKey, Place};

/// How often to try while the backend is away, under one claim.
pub(super) const TRIES: u32 = 8;

/// Waits before an event is tried again, by the number of attempts so far.
const WAITS: [u64; 4] = [2, 10, 60, 300];

impl Parts {
    /// Processes the event whose turn it is; whether there was one.
    pub(super) async fn process_next(&self) -> Result<bool> {
        self.configured
            .get_or_try_init(|| async { self.follow_configurations().await.map(drop) })
            .await?;
        let Some(mut step) = self.store.claim_lane(self.lease()).await? else {
            return Ok(false);
        };
        if step.attempts > self.settings.attempts {
            let reason = format!("gave up after {} attempts", self.settings.attempts);
            warn!(entry.id = %step.entry.id, "{reason}");
            self.store.bury(&step.claim, &reason, self.now()).await?;
            return Ok(true);
        }
        let mut tries = 0;
        let outcome = loop {
            tries += 1;
            match self.process(&step).await {
                // Somebody acted on the conversation meanwhile, or it began in the lane of somebody
                // merged with this one: decide again on what is true now.
                Err(error) if error.kind() == ErrorKind::Conflict && tries < RACES => {
                    step.conversation = self.store.conversation_in(&step.claim.lane).await?;
                }
                // The backend is away: while the claim lasts, this is no new attempt.
                Err(error) if error.is_retryable() && tries < TRIES => self.pause().await,
                outcome => break outcome,
            }
        };
        match outcome {
            Ok(()) => Ok(true),
            // Another worker has it; what was decided here is dropped.
            Err(error) if error.kind() == ErrorKind::Fenced => Ok(true),
            Err(error) if error.is_retryable() => Err(error),
            Err(error) => {
                let attempt = usize::try_from(step.attempts).unwrap_or(usize::MAX);
                let wait = WAITS[attempt.saturating_sub(1).min(WAITS.len() - 1)];
                warn!(entry.id = %step.entry.id, attempt, %error, "cannot process event");
                let until = self.now() + std::time::Duration::from_secs(wait);
                self.store.defer(&step.claim, until).await?;
                Ok(true)
            }
        }
    }

    async fn process(&self, step: &LaneStep) -> Result<()> {
        let contact = &step.contact;
        let key = self.vault.unwrap(&contact.tenant, contact.id, &contact.key)?;
        let place = Place { tenant: &contact.tenant, what: "event", row: step.entry.id.to_bytes() };
        let plain = self.vault.open(&key, &place, &step.entry.payload)?;
        let commit = match (payload::read(&plain)?, step.entry.kind) {
            (Payload::Message(told), EntryKind::Message) => self.message(step, *told).await?,
            (Payload::Status { remote_id, delivery, .. }, EntryKind::Status { message }) => {
                self.status(step, &key, message, remote_id, delivery, &plain).await?
            }
            (Payload::Message(_) | Payload::Status { .. }, _) => {
                return Err(Error::new("process event", ErrorKind::Corrupt));
            }
        };
        let id = commit.conversation.id;
        self.commit(commit).await?;
        info!(conversation.id = %id, entry.id = %step.entry.id, "processed event");
        Ok(())
    }

    async fn message(&self, step: &LaneStep, told: Told) -> Result<Pending> {
        let Told { from, kind, direction, thread, revokes, message } = told;
        let tenant = &step.contact.tenant;
        let account = self.settings.account(&step.claim.lane.account).ok_or_else(|| {
            Error::configuration("process event", "the account of the lane is not set up")
        })?;
        let now = self.now();
        let conversation = self.continued(step, kind, now);
        // It may have begun with a customer who is merged with this one.
        let contact = match conversation.lane.contact {
            same if same == step.contact.id => step.contact.clone(),
            other => self
                .store
                .contact(other)
                .await?
                .ok_or_else(|| Error::new("process event", ErrorKind::NotFound))?,
        };
        let key = &self.vault.unwrap(tenant, contact.id, &contact.key)?;
        let id = step.entry.id;
        let remote = |remote_id: &str| self.vault.remote(tenant, &account.id, remote_id);
        let (mut revocation, mut gone) = (None, Vec::new());
        if let Some(revokes) = &revokes {
            let at = step.entry.occurred;
            let contents =
                self.revoked_by(&contact, &conversation.lane, direction, revokes, at).await?;
            gone.extend(contents.iter().map(|(message, _)| *message));
            let mark =
                self.revocation_mark(tenant, step.contact.id, &account.id, direction, revokes);
            revocation = Some(Revocation { mark, contents });
        }
        let edits = message.edited().map(|of| remote(of));
        let mut content = Content::Received(message.clone());
        // It may have been revoked before it came; so may what it is another version of.
        let revokers = self.revokers(step.contact.id).await?;
        for remote_id in message.remote_id.iter().chain(message.edited()) {
            if self.is_revoked(&revokers, tenant, &account.id, direction, remote_id).await? {
                content = Content::Revoked { at: step.entry.occurred };
                gone.push(id);
                break;
            }
        }
        let input = Input::MessageReceived {
            message: id,
            written: step.entry.occurred,
            kind,
            thread_owner: thread,
            revokes: gone,
            arrival: Box::new(self.arrival(&conversation, message.text.as_deref(), now)),
        };
        let decision = decide(&conversation, &input, now).map_err(rejected)?;

        let mut commit = self.commit_of(&conversation, decision, now);
        if conversation.phase == Phase::New {
            commit.number_on = Some(self.configuration(tenant).zone().day(now));
        }
        commit.messages.push(MessageRecord {
            id,
            direction,
            written: step.entry.occurred,
            content: self.seal_content(&contact, key, id, &content)?,
            remote: message.remote_id.as_deref().map(remote),
            edits,
            delivery: None,
        });
        commit.revocation = revocation;
        commit.profile = self.renewed_profile(&contact, key, &from)?;
        commit.done = Done::Entry(step.claim.clone());
        Ok(commit)
    }

    async fn status(
        &self,
        step: &LaneStep,
        key: &DataKey,
        message: MessageId,
        remote_id: Option<String>,
        delivery: Option<Delivery>,
        plain: &[u8],
    ) -> Result<Pending> {
        let missing = || Error::new("process status", ErrorKind::NotFound);
        let tenant = &step.contact.tenant;
        let stored = self.store.message(message).await?.ok_or_else(missing)?;
        let conversation =
            self.store.conversation(stored.conversation).await?.ok_or_else(missing)?;
        let before = stored.record.delivery.ok_or_else(missing)?;
        let now = self.now();
        // A word we do not know moves nothing; it is kept with the other reports.
        let reported = delivery.unwrap_or(before);
        let input = Input::StatusReported { message, before, reported };
        let decision = decide(&conversation, &input, now).map_err(rejected)?;

        let mut commit = self.commit_of(&conversation, decision, now);
        let remote = match remote_id {
            Some(id) if stored.record.remote.is_none() => {
                let hash = self.vault.remote(tenant, &stored.lane.account, &id);
                Some((hash, self.seal_remote_id(&step.contact, key, message, &id)?))
            }
            Some(_) | None => None,
        };
        commit.deliveries.push(DeliveryChange { message, delivery: reported, remote });
        let place = Place { tenant, what: "status", row: step.entry.id.to_bytes() };
        commit.statuses.push(StatusRecord {
            id: step.entry.id,
            message,
            occurred: step.entry.occurred,
            payload: self.vault.seal(key, &place, plain)?,
        });
        commit.done = Done::Entry(step.claim.clone());
        Ok(commit)
    }

    pub(super) fn seal_content(
        &self,
        contact: &ContactRecord,
        key: &DataKey,
        message: MessageId,
        content: &Content,
    ) -> Result<Sealed> {
        let place = Place { tenant: &contact.tenant, what: "message", row: message.to_bytes() };
        self.vault.seal(key, &place, &payload::write(content)?)
    }

    pub(super) fn open_content(
        &self,
        contact: &ContactRecord,
        key: &DataKey,
        message: MessageId,
        sealed: &Sealed,
    ) -> Result<Content> {
        let place = Place { tenant: &contact.tenant, what: "message", row: message.to_bytes() };
        payload::read(&self.vault.open(key, &place, sealed)?)
    }

    pub(super) fn open_profile(&self, contact: &ContactRecord, key: &DataKey) -> Result<Profile> {
        let place = Place { tenant: &contact.tenant, what: "profile", row: contact.id.to_bytes() };
        payload::read(&self.vault.open(key, &place, &contact.profile)?)
    }

    pub(super) fn seal_remote_id(
        &self,
        contact: &ContactRecord,
        key: &DataKey,
        message: MessageId,
        remote_id: &str,
    ) -> Result<Sealed> {
        let place = Place { tenant: &contact.tenant, what: "remote id", row: message.to_bytes() };
        self.vault.seal(key, &place, remote_id.as_bytes())
    }

    /// The profile after `heard`, sealed, when that is news.
    pub(super) fn renewed_profile(
        &self,
        contact: &ContactRecord,
        key: &DataKey,
        heard: &Profile,
    ) -> Result<Option<Sealed>> {
        let known = self.open_profile(contact, key)?;
        let merged = known.merged(heard);
        if merged == known {
            return Ok(None);
        }
        let place = Place { tenant: &contact.tenant, what: "profile", row: contact.id.to_bytes() };
        self.vault.seal(key, &place, &payload::write(&merged)?).map(Some)
    }

    /// The conversation that a message belongs to: the latest of the lane while it is open or
    /// goes on, and afterwards for what only annotates it; otherwise a new one.
    fn continued(&self, step: &LaneStep, kind: ReceivedKind, now: Timestamp) -> Conversation {
        let lane = step.claim.lane.clone();
        let tenant = step.contact.tenant.clone();
        let id = ConversationId::from(step.entry.id);
        let Some(latest) = &step.conversation else {
            return Conversation::new(id, tenant, lane, Window::CLOSED);
        };
        let goes_on = match latest.phase {
            Phase::Closed { at } => !kind.asks_for_attention() || self.goes_on(latest, at, now),
            Phase::New | Phase::Open | Phase::WrappingUp { .. } | Phase::Snoozed { .. } => true,
        };
        if goes_on {
            return latest.clone();
        }
        Conversation {
            thread_owner: latest.thread_owner,
            last_agent: latest.last_agent.clone(),
            last_served: latest.last_served.or(latest.closed()),
            ..Conversation::new(id, tenant, lane, latest.window)
        }
    }
}

pub(super) fn rejected(rejection: crate::domain::Rejection) -> Error {
    Error::new("decide", ErrorKind::InvalidInput).with_source(rejection)
}
