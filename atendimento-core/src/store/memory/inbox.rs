//! What a channel posted.

use async_trait::async_trait;

use crate::domain::{DedupeKey, Fingerprint};
use crate::error::{Error, ErrorKind, Result};
use crate::id::TenantId;
use crate::store::memory::MemoryStore;
use crate::store::memory::state::{HeldEnvelope, State};
use crate::store::{
    Envelope, EnvelopeClaim, Inbox, Lease, Orphan, Quarantined, Split, SplitReport,
};
use crate::time::Timestamp;

#[async_trait]
impl Inbox for MemoryStore {
    async fn append(&self, envelopes: Vec<Envelope>) -> Result<()> {
        let held = envelopes.into_iter().map(|envelope| HeldEnvelope { envelope, attempts: 0 });
        self.state().envelopes.extend(held);
        Ok(())
    }

    async fn claim_envelopes(&self, lease: Lease, limit: usize) -> Result<Option<EnvelopeClaim>> {
        let mut state = self.state();
        if state.envelopes_free_at > lease.now || state.envelopes.is_empty() {
            return Ok(None);
        }
        let fresh = state.envelopes.iter().take_while(|held| held.attempts == 0).count();
        let count = fresh.min(limit).max(1);
        state.envelope_fence += 1;
        state.envelopes_free_at = lease.until;
        let fence = state.envelope_fence;
        let claimed: Vec<_> = state
            .envelopes
            .iter_mut()
            .take(count)
            .map(|held| {
                held.attempts += 1;
                held.envelope.clone()
            })
            .collect();
        let attempts = state.envelopes[0].attempts;
        Ok(Some(EnvelopeClaim { fence, envelopes: claimed, attempts }))
    }

    async fn split(&self, claim: &EnvelopeClaim, split: Split) -> Result<SplitReport> {
        let mut state = self.state();
        if state.envelope_fence != claim.fence {
            return Err(Error::new("split envelopes", ErrorKind::Fenced));
        }
        let mut entries = split.entries.iter();
        if !entries.all(|entry| state.contacts.contains_key(&entry.lane.contact)) {
            return Err(Error::new("split envelopes", ErrorKind::InvalidInput));
        }
        state.envelope_fence += 1;
        state.envelopes_free_at = Timestamp::EPOCH;
        state.envelopes.drain(..claim.envelopes.len());
        let mut report = SplitReport::default();
        for unreadable in split.quarantine {
            let id = unreadable.envelope;
            let Some(envelope) = claim.envelopes.iter().find(|envelope| envelope.id == id) else {
                continue;
            };
            if let Some((dedupe, fingerprint)) = &unreadable.seen {
                let judged = state.judge(&envelope.tenant, dedupe, fingerprint, &mut report);
                if matches!(judged, Judgement::Duplicate) {
                    continue;
                }
            }
            let quarantined = Quarantined {
                id,
                received: envelope.received,
                reason: unreadable.reason,
                body: envelope.body.clone(),
            };
            state.quarantined.push((envelope.tenant.clone(), quarantined));
        }
        for entry in split.entries {
            match state.judge(&entry.tenant, &entry.dedupe, &entry.fingerprint, &mut report) {
                Judgement::New => state.push_entry(entry),
                Judgement::Duplicate => {}
                Judgement::Conflict => state.notices.push(entry.into_conflict()),
            }
        }
        for orphan in split.orphans {
            match state.judge(&orphan.tenant, &orphan.dedupe, &orphan.fingerprint, &mut report) {
                Judgement::New => state.keep_orphan(orphan),
                Judgement::Duplicate => {}
                Judgement::Conflict => state.notices.push(orphan.into_conflict()),
            }
        }
        for notice in split.notices {
            match state.judge(&notice.tenant, &notice.dedupe, &notice.fingerprint, &mut report) {
                Judgement::New => state.notices.push(notice),
                Judgement::Duplicate => {}
                Judgement::Conflict => state.notices.push(notice.into_conflict()),
            }
        }
        Ok(report)
    }
}

enum Judgement {
    New,
    Duplicate,
    Conflict,
}

impl State {
    fn judge(
        &mut self,
        tenant: &TenantId,
        key: &DedupeKey,
        fingerprint: &Fingerprint,
        report: &mut SplitReport,
    ) -> Judgement {
        match self.ledger.get(&(tenant.clone(), key.clone())) {
            None => {
                self.ledger.insert((tenant.clone(), key.clone()), fingerprint.clone());
                report.new += 1;
                Judgement::New
            }
            Some(known) if known == fingerprint => {
                report.duplicates += 1;
                Judgement::Duplicate
            }
            Some(_) => {
                report.conflicts += 1;
                Judgement::Conflict
            }
        }
    }

    fn keep_orphan(&mut self, orphan: Orphan) {
        // A status of a message that we received, not sent, is none of its lane's.
        let known = self
            .called(&orphan.tenant, &orphan.remote)
            .find(|stored| stored.record.delivery.is_some());
        match known.map(|stored| (stored.lane.clone(), stored.record.id)) {
            Some((lane, message)) => self.push_entry(orphan.into_entry(lane, message)),
            None => self.orphans.push(orphan),
        }
    }
}
