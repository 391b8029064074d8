//! Messages to customers. Each is sent at most once unless it is certain that it was not sent.

use std::time::Duration;

use tracing::{info, warn};

use crate::channel::{Outbound, SendOutcome};
use crate::domain::{Content, Delivery, Effect, Input, RemoteRef, Sealed, SendReport};
use crate::engine::desk::Parts;
use crate::engine::dispatch::guard::guarded;
use crate::error::{Error, ErrorKind, Result};
use crate::id::MessageId;
use crate::store::{ContactRecord, DeliveryChange, JobClaim, JobKind, Settlement, StoredMessage};
use crate::vault::DataKey;

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
                    self.end_send(claim, message, report, None).await
                }
                Some(heard) if heard.rank() > Delivery::Unconfirmed.rank() => {
                    self.end_send(claim, message, SendReport::Accepted, None).await
                }
                Some(_) | None if self.now() < until => {
                    self.store.settle(claim, Settlement::Await { until }).await
                }
                Some(_) | None => {
                    warn!(message.id = %message, "no status came: the message is unconfirmed");
                    self.end_send(claim, message, SendReport::Unconfirmed, None).await
                }
            };
        }

        let missing = || Error::new("send message", ErrorKind::NotFound);
        let contact = self.store.contact(stored.lane.contact).await?.ok_or_else(missing)?;
        let prepared = self
            .vault
            .unwrap(&contact.tenant, contact.id, &contact.key)
            .and_then(|key| Ok((self.outbound(claim, &stored, &contact, &key)?, key)));
        let (outbound, key) = match prepared {
            Ok(prepared) => prepared,
            Err(error) => {
                warn!(message.id = %message, %error, "cannot read the message to send");
                let report = SendReport::Refused { code: None, window_closed: false };
                return self.end_send(claim, message, report, None).await;
            }
        };
        let started = self.now();
        self.store.start_attempt(claim, started).await?; // a crash from here on is seen
        let limit = self.settings.send_timeout;
        // Late or panicked: it may have gone out before.
        let outcome =
            guarded(limit, self.channel.send(outbound)).await.unwrap_or(SendOutcome::MaybeSent);
        info!(message.id = %message, attempt = claim.attempts, ?outcome, "sent message");
        match outcome {
            SendOutcome::Accepted { remote_id } => {
                let hash = self.vault.remote(&contact.tenant, &stored.lane.account, &remote_id);
                let sealed = self.seal_remote_id(&contact, &key, message, &remote_id)?;
                self.end_send(claim, message, SendReport::Accepted, Some((hash, sealed))).await
            }
            SendOutcome::Refused { code, window_closed } => {
                let report = SendReport::Refused { code, window_closed };
                self.end_send(claim, message, report, None).await
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
        key: &DataKey,
    ) -> Result<Outbound> {
        let id = stored.record.id;
        let content = self.open_content(contact, key, id, &stored.record.content)?;
        let Content::Sent { outgoing, in_reply_to } = content else {
            return Err(Error::new("send message", ErrorKind::Corrupt));
        };
        Ok(Outbound {
            account: stored.lane.account.clone(),
            to: self.open_profile(contact, key)?,
            content: outgoing,
            in_reply_to,
            correlation: self.write_correlation(&contact.tenant, id, claim.attempts),
        })
    }

    async fn end_send(
        &self,
        claim: &JobClaim,
        message: MessageId,
        report: SendReport,
        remote: Option<(RemoteRef, Sealed)>,
    ) -> Result<()> {
        let delivery = match report {
            SendReport::Accepted => Delivery::Accepted,
            SendReport::Refused { code, .. } => Delivery::Failed { code },
            SendReport::Unconfirmed => Delivery::Unconfirmed,
        };
        let change = DeliveryChange { message, delivery, remote };
        let input = |before| Input::SendEnded { message, before, report };
        self.end_job(claim, message, input, |commit| commit.deliveries.push(change.clone())).await
    }
}

/// 1 s, 2 s, 4 s … up to [`LONGEST_WAIT`].
fn backoff(attempts: u32) -> Duration {
    let seconds = 1_u64.checked_shl(attempts.saturating_sub(1)).unwrap_or(u64::MAX);
    Duration::from_secs(seconds).min(LONGEST_WAIT)
}
