//! Bodies become events: whose they are, what makes them themselves, each in its lane.

use tracing::{info, warn};

use crate::channel::{Authentic, Inbound, Said};
use crate::domain::{DedupeKey, Fingerprint, Identity, Lane, Profile};
use crate::engine::desk::Parts;
use crate::engine::payload::{self, Payload, Told};
use crate::engine::process::TRIES;
use crate::error::Result;
use crate::id::{AccountId, ContactId, MessageId, TenantId};
use crate::store::{
    ContactRecord, Entry, EntryKind, Envelope, EnvelopeClaim, Notice, Orphan, Resolve, Split,
    StoredMessage, Unreadable,
};
use crate::time::Timestamp;
use crate::vault::Place;

/// How many bodies to split in one transaction.
const BATCH: usize = 64;

impl Parts {
    /// Splits the oldest bodies; whether there were any.
    pub(super) async fn split_next(&self) -> Result<bool> {
        let lease = self.lease();
        let Some(claim) = self.store.claim_envelopes(lease, BATCH).await? else {
            return Ok(false);
        };
        let mut tries = 0;
        loop {
            tries += 1;
            match self.split_claimed(&claim).await {
                Ok(()) => return Ok(true),
                // The backend is away: while the claim lasts, this is no new attempt.
                Err(error) if error.is_retryable() && tries < TRIES => self.pause().await,
                Err(error) => return Err(error),
            }
        }
    }

    async fn split_claimed(&self, claim: &EnvelopeClaim) -> Result<()> {
        let mut split = Split::default();
        if claim.attempts > self.settings.attempts {
            let reason = format!("gave up after {} attempts", self.settings.attempts);
            for envelope in &claim.envelopes {
                warn!(envelope.id = %envelope.id, "{reason}");
                split.quarantine.push(unreadable(envelope, &reason));
            }
        } else {
            for envelope in &claim.envelopes {
                self.split_one(envelope, &mut split).await?;
            }
        }
        let quarantined = split.quarantine.len();
        let report = self.store.split(claim, split).await?;
        info!(
            envelopes = claim.envelopes.len(),
            new = report.new,
            duplicates = report.duplicates,
            conflicts = report.conflicts,
            quarantined,
            "split envelopes"
        );
        self.wake.process.notify_one();
        Ok(())
    }

    async fn split_one(&self, envelope: &Envelope, split: &mut Split) -> Result<()> {
        let place =
            Place { tenant: &envelope.tenant, what: "envelope", row: envelope.id.to_bytes() };
        let Ok(body) = self.vault.open_for_company(&place, &envelope.body) else {
            warn!(envelope.id = %envelope.id, "cannot open envelope");
            split.quarantine.push(unreadable(envelope, "its seal does not open"));
            return Ok(());
        };
        // A piece of the past tells thousands of messages of one customer after another.
        let mut latest: Option<(Vec<Identity>, ContactRecord)> = None;
        for inbound in self.channel.read(&Authentic::vouched_for(body)) {
            let event = self.identify(envelope, &inbound)?;
            match inbound.said {
                Said::Unreadable { reason } => {
                    warn!(envelope.id = %envelope.id, reason, "cannot read envelope");
                    let seen = Some((event.dedupe, event.fingerprint));
                    split.quarantine.push(Unreadable { seen, ..unreadable(envelope, &reason) });
                }
                Said::Notice { kind } => {
                    split.notices.push(self.notice(event, kind, &inbound.raw)?);
                }
                Said::Message { from, kind, direction, thread, revokes, message } => {
                    let Some(account) = event.account.clone() else {
                        warn!(envelope.id = %envelope.id, "a message is for a number that is not set up");
                        let kind = "unknown_account".to_owned();
                        split.notices.push(self.notice(event, kind, &inbound.raw)?);
                        continue;
                    };
                    let from = from.heard_on(&account);
                    let known = latest.take().filter(|(identities, of)| {
                        from.former.is_empty()
                            && *identities == from.identities
                            && of.tenant == event.tenant
                    });
                    let contact = match known {
                        Some((_, contact)) => contact,
                        None => {
                            self.customer(&event.tenant, &from, event.received, event.occurred)
                                .await?
                        }
                    };
                    latest = Some((from.identities.clone(), contact.clone()));
                    let message = *message;
                    let told = Told { from, kind, direction, thread, revokes, message };
                    let payload = Payload::Message(Box::new(told));
                    let lane = Lane { contact: contact.id, account };
                    let entry = self.entry(event, lane, EntryKind::Message, &contact, &payload)?;
                    split.entries.push(entry);
                }
                Said::Status { remote_id, correlation, delivery } => {
                    let known =
                        self.find(&event, remote_id.as_deref(), correlation.as_deref()).await?;
                    let raw = inbound.raw;
                    match (known, &event.account, remote_id) {
                        (Some((message, contact)), _, remote_id) => {
                            let kind = EntryKind::Status { message: message.record.id };
                            let payload = Payload::Status { remote_id, delivery, raw };
                            split.entries.push(self.entry(
                                event,
                                message.lane,
                                kind,
                                &contact,
                                &payload,
                            )?);
                        }
                        (None, Some(account), Some(remote_id)) => {
                            let account = account.clone();
                            split
                                .orphans
                                .push(self.orphan(event, &account, remote_id, delivery, raw)?);
                        }
                        (None, _, _) => {
                            let kind = "status_without_message".to_owned();
                            split.notices.push(self.notice(event, kind, &raw)?);
                        }
                    }
                }
            }
        }
        Ok(())
    }

    /// What is the same for each kind of event.
    fn identify(&self, envelope: &Envelope, inbound: &Inbound) -> Result<Identified> {
        let account = inbound.account.as_ref().and_then(|id| self.settings.account(id));
        let tenant = account.map_or(&envelope.tenant, |account| &account.tenant).clone();
        Ok(Identified {
            id: MessageId::new(envelope.received, self.randomness.as_ref()),
            dedupe: self.vault.dedupe(&tenant, &inbound.identity),
            fingerprint: self.vault.fingerprint(&tenant, inbound.raw.as_bytes()),
            account: account.map(|account| account.id.clone()),
            tenant,
            received: envelope.received,
            // A device's clock may be ahead; what was written was written before it came.
            occurred: inbound.occurred.unwrap_or(envelope.received).min(envelope.received),
        })
    }

    /// The customer behind the addresses, made when there is none yet.
    pub(super) async fn customer(
        &self,
        tenant: &TenantId,
        from: &Profile,
        received: Timestamp,
        occurred: Timestamp,
    ) -> Result<ContactRecord> {
        let id = ContactId::new(received, self.randomness.as_ref());
        let (key, wrapped) = self.vault.new_contact(tenant, id)?;
        let place = Place { tenant, what: "profile", row: id.to_bytes() };
        let profile = self.vault.seal(&key, &place, &payload::write(from)?)?;
        let heard = self.heard(tenant, from, occurred);
        let proposed = ContactRecord { id, tenant: tenant.clone(), key: wrapped, profile };
        let mut resolutions = self.store.resolve(vec![Resolve { heard, proposed }]).await?;
        let resolution = resolutions.remove(0);
        let contact = resolution.contact.id;
        for other in resolution.taken_from {
            info!(contact.id = %contact, other.id = %other, "a number passed to another customer");
        }
        for other in resolution.merged {
            info!(contact.id = %contact, other.id = %other, "the channel says that two customers are one");
        }
        for other in resolution.candidates {
            info!(contact.id = %contact, other.id = %other, "two customers may be one");
        }
        Ok(resolution.contact)
    }

    /// The message that a status is about: by what we sent along, else by the channel's id.
    async fn find(
        &self,
        event: &Identified,
        remote_id: Option<&str>,
        correlation: Option<&str>,
    ) -> Result<Option<(StoredMessage, ContactRecord)>> {
        let ours = correlation.and_then(|text| self.read_correlation(&event.tenant, text));
        let message = match (ours, &event.account, remote_id) {
            (Some(id), _, _) => self.store.message(id).await?,
            (None, Some(account), Some(remote_id)) => {
                let remote = self.vault.remote(&event.tenant, account, remote_id);
                self.store.message_by_remote(&event.tenant, &remote).await?
            }
            (None, _, _) => None,
        };
        // A status of a message that we received, not sent, is none of ours.
        let Some(message) = message.filter(|message| message.record.delivery.is_some()) else {
            return Ok(None);
        };
        let contact = self.store.contact(message.lane.contact).await?;
        Ok(contact.filter(|contact| contact.tenant == event.tenant).map(|it| (message, it)))
    }

    fn entry(
        &self,
        event: Identified,
        lane: Lane,
        kind: EntryKind,
        contact: &ContactRecord,
        payload: &Payload,
    ) -> Result<Entry> {
        let key = self.vault.unwrap(&contact.tenant, contact.id, &contact.key)?;
        let payload = self.vault.seal(&key, &event.place(), &payload::write(payload)?)?;
        Ok(Entry {
            id: event.id,
            tenant: event.tenant,
            lane,
            kind,
            dedupe: event.dedupe,
            fingerprint: event.fingerprint,
            occurred: event.occurred,
            payload,
        })
    }

    fn orphan(
        &self,
        event: Identified,
        account: &AccountId,
        remote_id: String,
        delivery: Option<crate::domain::Delivery>,
        raw: String,
    ) -> Result<Orphan> {
        let remote = self.vault.remote(&event.tenant, account, &remote_id);
        let payload = Payload::Status { remote_id: Some(remote_id), delivery, raw };
        let payload = self.vault.seal_for_company(&event.place(), &payload::write(&payload)?)?;
        Ok(Orphan {
            id: event.id,
            tenant: event.tenant,
            remote,
            dedupe: event.dedupe,
            fingerprint: event.fingerprint,
            occurred: event.occurred,
            payload,
        })
    }

    fn notice(&self, event: Identified, kind: String, raw: &str) -> Result<Notice> {
        let payload = self.vault.seal_for_company(&event.place(), raw.as_bytes())?;
        Ok(Notice {
            id: event.id,
            tenant: event.tenant,
            kind,
            dedupe: event.dedupe,
            fingerprint: event.fingerprint,
            received: event.received,
            contact: None,
            payload,
        })
    }
}

fn unreadable(envelope: &Envelope, reason: &str) -> Unreadable {
    Unreadable { envelope: envelope.id, reason: reason.to_owned(), seen: None }
}

struct Identified {
    id: MessageId,
    tenant: TenantId,
    account: Option<AccountId>,
    dedupe: DedupeKey,
    fingerprint: Fingerprint,
    received: Timestamp,
    occurred: Timestamp,
}

impl Identified {
    fn place(&self) -> Place<'_> {
        Place { tenant: &self.tenant, what: "event", row: self.id.to_bytes() }
    }
}
