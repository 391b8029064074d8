//! From a decision to the transaction that makes it true.

use std::ops::{Deref, DerefMut};

use crate::domain::{Conversation, Decision, Effect, Event};
use crate::engine::desk::Parts;
use crate::engine::feed::Seen;
use crate::error::Result;
use crate::store::{Commit, Job, JobKey, Journaled};
use crate::time::Timestamp;

/// How often to decide again when somebody else changed the conversation meanwhile.
pub(super) const RACES: u32 = 32;

/// A transaction that is about to be made, and who could see the conversation before it.
pub(super) struct Pending {
    commit: Commit,
    before: Seen,
}

impl Deref for Pending {
    type Target = Commit;

    fn deref(&self) -> &Commit {
        &self.commit
    }
}

impl DerefMut for Pending {
    fn deref_mut(&mut self) -> &mut Commit {
        &mut self.commit
    }
}

impl Parts {
    /// The transaction that makes `decision` true of `before`, and nothing else yet.
    pub(super) fn commit_of(
        &self,
        before: &Conversation,
        decision: Decision,
        at: Timestamp,
    ) -> Pending {
        let effects = decision.effects.clone();
        let commit = Commit::new(before, decision, at);
        let conversation = &commit.conversation;
        let jobs = effects
            .into_iter()
            .filter(|effect| self.crm.is_some() || !matches!(effect, Effect::SyncCrm { .. }))
            .zip(0..)
            .map(|(effect, index)| Job {
                key: JobKey { conversation: conversation.id, version: conversation.version, index },
                tenant: conversation.tenant.clone(),
                lane: conversation.lane.clone(),
                effect,
                due: at,
            })
            .collect();
        Pending { commit: Commit { jobs, ..commit }, before: Seen::of(before) }
    }

    /// Commits; then tells who listens, and wakes who has work now.
    pub(super) async fn commit(&self, pending: Pending) -> Result<()> {
        let Pending { commit, before } = pending;
        let conversation = &commit.conversation;
        let seen = [before, Seen::of(conversation)];
        let (tenant, id, version) =
            (conversation.tenant.clone(), conversation.id, conversation.version);
        let (at, mut events) = (commit.at, commit.events.clone());
        let effects: Vec<_> = commit.jobs.iter().map(|job| job.effect).collect();
        let protocol = self.store.commit(commit).await?; // only now may anything leave the process
        events.extend(protocol.map(|protocol| Event::Numbered { protocol }));
        let facts = (0..).zip(events).map(|(index, event)| {
            let tenant = tenant.clone();
            Journaled { tenant, conversation: id, version, index, at, event }
        });
        let facts = facts.collect();

        for effect in effects {
            match effect {
                Effect::Send { .. } => self.wake.send.notify_one(),
                Effect::SyncCrm { .. } => self.wake.crm.notify_one(),
            }
        }
        // A status may have been waiting for what this made known, a conversation for a free agent.
        self.wake.process.notify_one();
        self.wake.route.notify_one();
        self.feed.publish(facts, seen);
        Ok(())
    }
}
