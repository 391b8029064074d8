//! Messages to customers. Each is sent at most once unless it is certain that it was not sent.

use std::time::Duration;

use tracing::{info, warn};

use crate::channel::{Outbound, SendOutcome};
use crate::domain::{
    AliasKind, Content, Delivery, Effect, Identity, Input, Profile, RemoteRef, Sealed, SendReport,
};
use crate::engine::contact::OpenPerson;
use crate::engine::desk::Parts;
use crate::engine::dispatch::guard::guarded;
use crate::error::{Error, ErrorKind, Result};
use crate::id::MessageId;
use crate::store::{
    Commit, ContactRecord, DeliveryChange, JobClaim, JobKind, Settlement, StoredMessage,
};

/// The longest wait before a message that was not sent is tried again.
const LONGEST_WAIT: Duration = Duration::from_secs(60);

impl Parts {
    /// Does the next send; whether there was one.
    pub(in crate::engine) async fn send_next(&self) -> Result<bool> {
        let Some(claim) = self.store.claim_job(JobKind::Send, self.lease()).await? else {
            return Ok(false);
        };
        match self.send(&claim).await {
            Ok(()) => Ok(true),
            Err(error) if error.kind() == ErrorKind::Fenced => Ok(true),
            Err(error) => Err(error),
        }
    }

    async fn send(&self, claim: &JobClaim) -> Result<()> {
        let Effect::Send { message } = claim.job.effect else {
            return Err(Error::new("send message", ErrorKind::Corrupt));
        };
        let missing = || Error::new("send message", ErrorKind::NotFound);
        let stored = self.store.message(message).await?.ok_or_else(missing)?;
        if let Some(started) = claim.started {
            // A process that was away has yet to hear what came meanwhile.
            let until = started.max(self.began) + self.settings.confirmation_wait;
            return match stored.record.delivery {
                Some(Delivery::Failed { code }) => {
                    let report = SendReport::Refused { code, window_closed: false };
                    self.end_send(claim, message, report, Known::default()).await
                }
                Some(heard) if heard.rank() > Delivery::Unconfirmed.rank() => {
                    self.end_send(claim, message, SendReport::Accepted, Known::default()).await
                }
                Some(_) | None if self.now() < until => {
                    self.store.settle(claim, Settlement::Await { until }).await
                }
                Some(_) | None => {
                    warn!(message.id = %message, "no status came: the message is unconfirmed");
                    self.end_send(claim, message, SendReport::Unconfirmed, Known::default()).await
                }
            };
        }

        let missing = || Error::new("send message", ErrorKind::NotFound);
        let contact = self.store.contact(stored.lane.contact).await?.ok_or_else(missing)?;
        let prepared = match self.open_person(&contact).await {
            Ok(person) => {
                self.outbound(claim, &stored, &contact, &person).map(|outbound| (outbound, person))
            }
            Err(error) if error.is_retryable() => return Err(error),
            Err(error) => Err(error),
        };
        let (outbound, person) = match prepared {
            Ok((Some(outbound), person)) => (outbound, person),
            // What they were reached by is somebody else's now: nothing of theirs goes there.
            Ok((None, _)) => {
                warn!(message.id = %message, "the customer has no address any more");
                let report = SendReport::Refused { code: None, window_closed: false };
                return self.end_send(claim, message, report, Known::default()).await;
            }
            Err(error) => {
                warn!(message.id = %message, %error, "cannot read the message to send");
                let report = SendReport::Refused { code: None, window_closed: false };
                return self.end_send(claim, message, report, Known::default()).await;
            }
        };
        let asked_for = outbound.to.clone();
        let started = self.now();
        self.store.start_attempt(claim, started).await?; // a crash from here on is seen
        let limit = self.settings.send_timeout;
        // Late or panicked: it may have gone out before.
        let outcome =
            guarded(limit, self.channel.send(outbound)).await.unwrap_or(SendOutcome::MaybeSent);
        info!(message.id = %message, attempt = claim.attempts, ?outcome, "sent message");
        match outcome {
            SendOutcome::Accepted { remote_id, observed } => {
                let account = &stored.lane.account;
                let hash = self.vault.remote(&contact.tenant, account, &remote_id);
                let sealed = self.seal_remote_id(&contact, &person.key, message, &remote_id)?;
                // A group is called by its id, and by nothing else.
                let is_news =
                    |it: &Identity| *it != asked_for && asked_for.kind() != AliasKind::Group;
                let profile = match observed.filter(is_news) {
                    Some(observed) => {
                        self.is_also(&contact, &asked_for, &observed).await;
                        let identities = vec![observed];
                        let heard = Profile { identities, ..Profile::default() }.heard_on(account);
                        self.renewed_profile(&contact, &person.key, &heard)?
                    }
                    None => None,
                };
                let known = Known { remote: Some((hash, sealed)), profile };
                self.end_send(claim, message, SendReport::Accepted, known).await
            }
            SendOutcome::Refused { code, window_closed } => {
                let report = SendReport::Refused { code, window_closed };
                self.end_send(claim, message, report, Known::default()).await
            }
            SendOutcome::NotSent { after } => {
                let at = self.now() + after.unwrap_or_else(|| backoff(claim.attempts));
                self.store.settle(claim, Settlement::Retry { at }).await
            }
            SendOutcome::MaybeSent => {
                let until = started + self.settings.confirmation_wait;
                self.store.settle(claim, Settlement::Await { until }).await
            }
        }
    }

    fn outbound(
        &self,
        claim: &JobClaim,
        stored: &StoredMessage,
        contact: &ContactRecord,
        person: &OpenPerson,
    ) -> Result<Option<Outbound>> {
        let id = stored.record.id;
        let content = self.open_content(contact, &person.key, id, &stored.record.content)?;
        let Content::Sent { outgoing, in_reply_to, .. } = content else {
            return Err(Error::new("send message", ErrorKind::Corrupt));
        };
        let account = &stored.lane.account;
        let to = person.profile.address(account, |it| person.identities.contains(it));
        Ok(to.map(|to| Outbound {
            account: account.clone(),
            to: to.clone(),
            content: outgoing,
            in_reply_to,
            correlation: self.write_correlation(&contact.tenant, id, claim.attempts),
        }))
    }

    /// Keeps that the channel calls by another address who is reached at the one asked for: from
    /// there they answer.
    async fn is_also(&self, contact: &ContactRecord, asked_for: &Identity, observed: &Identity) {
        let identities = vec![asked_for.clone(), observed.clone()];
        let both = Profile { identities, ..Profile::default() };
        let now = self.now();
        if let Err(error) = self.customer(&contact.tenant, &both, now, now).await {
            // The message is out, and that matters more: the next answer says it again.
            warn!(contact.id = %contact.id, %error, "cannot keep what the channel calls a customer");
        }
    }

    async fn end_send(
        &self,
        claim: &JobClaim,
        message: MessageId,
        report: SendReport,
        known: Known,
    ) -> Result<()> {
        let delivery = match report {
            SendReport::Accepted => Delivery::Accepted,
            SendReport::Refused { code, .. } => Delivery::Failed { code },
            SendReport::Unconfirmed => Delivery::Unconfirmed,
        };
        let Known { remote, profile } = known;
        let change = DeliveryChange { message, delivery, remote };
        let input = |before| Input::SendEnded { message, before, report };
        let fill = |commit: &mut Commit| {
            commit.deliveries.push(change.clone());
            commit.profile.clone_from(&profile);
        };
        self.end_job(claim, message, input, fill).await
    }
}

/// What is known once a message was taken.
#[derive(Default)]
struct Known {
    /// The channel's id of it.
    remote: Option<(RemoteRef, Sealed)>,
    /// The profile, when the channel calls the customer by another address than the one asked
    /// for.
    profile: Option<Sealed>,
}

/// 1 s, 2 s, 4 s … up to [`LONGEST_WAIT`].
fn backoff(attempts: u32) -> Duration {
    let seconds = 1_u64.checked_shl(attempts.saturating_sub(1)).unwrap_or(u64::MAX);
    Duration::from_secs(seconds).min(LONGEST_WAIT)
}
