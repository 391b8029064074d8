//! The CRM hears of customers and messages. Messaging never waits for it.

use std::time::Duration;

use tracing::{info, warn};

use crate::crm::{ContactUpdate, CrmAdapter, Outcome, TimelineEntry, TimelineUpdate};
use crate::domain::{Content, Effect, Input, Outgoing, Profile};
use crate::engine::contact::OpenPerson;
use crate::engine::desk::Parts;
use crate::engine::dispatch::guard::{Unended, guarded};
use crate::error::{Error, ErrorKind, Result};
use crate::store::{ContactRecord, CrmLink, JobClaim, JobKind, Settlement, StoredMessage};

/// Waits before the CRM is asked again, in seconds, by the number of attempts so far.
const WAITS: [u64; 5] = [1, 2, 10, 60, 300];

enum Told {
    /// And the CRM's id of the customer, when that is news.
    Yes {
        link: Option<String>,
    },
    Later {
        after: Option<Duration>,
    },
    Never {
        reason: String,
    },
}

impl Parts {
    /// Tells the CRM the next thing; whether there was one.
    pub(in crate::engine) async fn sync_next(&self) -> Result<bool> {
        let Some(crm) = &self.crm else {
            return Ok(false);
        };
        let Some(claim) = self.store.claim_job(JobKind::Crm, self.lease()).await? else {
            return Ok(false);
        };
        match self.sync(crm.as_ref(), &claim).await {
            Ok(()) => Ok(true),
            Err(error) if error.kind() == ErrorKind::Fenced => Ok(true),
            Err(error) => Err(error),
        }
    }

    async fn sync(&self, crm: &dyn CrmAdapter, claim: &JobClaim) -> Result<()> {
        let Effect::SyncCrm { message } = claim.job.effect else {
            return Err(Error::new("tell CRM", ErrorKind::Corrupt));
        };
        let missing = || Error::new("tell CRM", ErrorKind::NotFound);
        let stored = self.store.message(message).await?.ok_or_else(missing)?;
        let contact = self.store.contact(stored.lane.contact).await?.ok_or_else(missing)?;
        self.store.start_attempt(claim, self.now()).await?;
        let told = match self.tell(crm, &contact, &stored).await {
            Err(error) if error.kind() == ErrorKind::Corrupt => {
                Told::Never { reason: error.to_string() }
            }
            told => told?,
        };
        match told {
            Told::Yes { link } => {
                info!(message.id = %message, crm = crm.connection(), "told the CRM");
                let link = link.map(|remote| CrmLink {
                    tenant: contact.tenant.clone(),
                    connection: crm.connection().to_owned(),
                    contact: contact.id,
                    remote,
                });
                let input = |_| Input::CrmRecorded { message };
                self.end_job(claim, message, input, |commit| commit.link.clone_from(&link)).await
            }
            Told::Later { after } => {
                let attempt = usize::try_from(claim.attempts).unwrap_or(usize::MAX);
                let wait = WAITS[attempt.saturating_sub(1).min(WAITS.len() - 1)];
                let at = self.now() + after.unwrap_or(Duration::from_secs(wait));
                warn!(message.id = %message, attempt, crm = crm.connection(), "CRM told to wait");
                self.store.settle(claim, Settlement::Retry { at }).await
            }
            Told::Never { reason } => {
                warn!(message.id = %message, crm = crm.connection(), reason, "CRM refused");
                self.end_job(claim, message, |_| Input::CrmFailed { message }, |_| {}).await
            }
        }
    }

    /// First the customer, then the message. Operations are named by intent, so that an attempt
    /// that is repeated after a crash leaves no second record.
    async fn tell(
        &self,
        crm: &dyn CrmAdapter,
        contact: &ContactRecord,
        stored: &StoredMessage,
    ) -> Result<Told> {
        let OpenPerson { id, key, profile, identities, .. } = self.open_person(contact).await?;
        // What is somebody else's now is not told of this one.
        let mut profile = Profile { identities, ..profile };
        if id != contact.id {
            // The record is the survivor's; this one's addresses are theirs too.
            let missing = || Error::new("tell CRM", ErrorKind::NotFound);
            let survivor = self.store.contact(id).await?.ok_or_else(missing)?;
            let survivor = self.open_person(&survivor).await?;
            let of_survivor = Profile { identities: survivor.identities, ..survivor.profile };
            profile = profile.merged(&of_survivor);
        }
        let known = self.store.crm_link(crm.connection(), contact.id).await?;
        let update = ContactUpdate {
            operation: &format!("contact:{}:{}", contact.id, stored.record.id),
            contact: id,
            link: known.as_deref(),
            profile: &profile,
        };
        let link = match self.in_time(crm.upsert_contact(update)).await {
            Outcome::Created { id } | Outcome::Updated { id } | Outcome::Unchanged { id } => id,
            outcome => return Ok(not_told(outcome)),
        };
        // A link that was another's, before they were merged, stays that one's.
        let news = (known.as_ref() != Some(&link)).then(|| link.clone());
        if !crm.capabilities().timeline {
            return Ok(Told::Yes { link: news });
        }
        let content = self.open_content(contact, &key, stored.record.id, &stored.record.content)?;
        let entry = timeline_entry(stored, content);
        let update = TimelineUpdate {
            operation: &format!("message:{}", stored.record.id),
            link: &link,
            entry: &entry,
        };
        Ok(match self.in_time(crm.append_timeline(update)).await {
            Outcome::Created { .. } | Outcome::Updated { .. } | Outcome::Unchanged { .. } => {
                Told::Yes { link: news }
            }
            outcome => not_told(outcome),
        })
    }

    /// What the CRM did, or that nobody knows: a call may not outlast the claim.
    async fn in_time(&self, call: impl Future<Output = Outcome>) -> Outcome {
        let limit = self.settings.send_timeout / 2; // two calls to a claim
        match guarded(limit, call).await {
            Ok(outcome) => outcome,
            Err(Unended::Late) => Outcome::Unknown,
            // It would panic again on the same message, and hold back the customer's others.
            Err(Unended::Panicked) => {
                Outcome::Permanent { reason: "the adapter panicked".to_owned() }
            }
        }
    }
}

fn not_told(outcome: Outcome) -> Told {
    match outcome {
        Outcome::RateLimited { after } => Told::Later { after },
        Outcome::Retryable | Outcome::Unknown => Told::Later { after: None },
        Outcome::Ambiguous { candidates } => {
            Told::Never { reason: format!("{} records could be meant", candidates.len()) }
        }
        Outcome::Permanent { reason } => Told::Never { reason },
        Outcome::Created { .. } | Outcome::Updated { .. } | Outcome::Unchanged { .. } => {
            Told::Never { reason: "the CRM answered something else".to_owned() }
        }
    }
}

fn timeline_entry(stored: &StoredMessage, content: Content) -> TimelineEntry {
    let (kind, text) = match content {
        Content::Received(received) => (received.kind, received.text),
        Content::Sent { outgoing: Outgoing::Text { body }, .. } => ("text".to_owned(), Some(body)),
        Content::Sent { outgoing: Outgoing::Media { kind, caption, .. }, .. } => (kind, caption),
        Content::Sent { outgoing: Outgoing::Template { name, .. }, .. } => {
            ("template".to_owned(), Some(name))
        }
        Content::Revoked { .. } => ("revoked".to_owned(), None),
        Content::Note { body, .. } => ("note".to_owned(), Some(body)),
    };
    TimelineEntry {
        message: stored.record.id,
        conversation: stored.conversation,
        direction: stored.record.direction,
        written: stored.record.written,
        kind,
        text,
    }
}
