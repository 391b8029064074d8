//! The end of a job becomes true together with what it changed.

use crate::domain::{Delivery, Input, decide};
use crate::engine::commit::RACES;
use crate::engine::desk::Parts;
use crate::engine::process::rejected;
use crate::error::{Error, ErrorKind, Result};
use crate::id::MessageId;
use crate::store::{Commit, Done, JobClaim};

impl Parts {
    /// Decides `input` (made from how far the message was) and commits it with the job done.
    ///
    /// The conversation may change meanwhile, what happened outside does not: it is decided
    /// again on what is true then. `fill` adds to the commit what goes with it.
    pub(super) async fn end_job(
        &self,
        claim: &JobClaim,
        message: MessageId,
        input: impl Fn(Delivery) -> Input + Send + Sync,
        fill: impl Fn(&mut Commit) + Send + Sync,
    ) -> Result<()> {
        let missing = || Error::new("end job", ErrorKind::NotFound);
        for _ in 0..RACES {
            let stored = self.store.message(message).await?.ok_or_else(missing)?;
            let conversation =
                self.store.conversation(stored.conversation).await?.ok_or_else(missing)?;
            let before = stored.record.delivery.unwrap_or(Delivery::Queued);
            let now = self.now();
            let decision = decide(&conversation, &input(before), now).map_err(rejected)?;
            let mut commit = self.commit_of(&conversation, decision, now);
            fill(&mut commit);
            commit.done = Done::Job(claim.clone());
            match self.commit(commit).await {
                Err(error) if error.kind() == ErrorKind::Conflict => {}
                outcome => return outcome,
            }
        }
        Err(Error::new("end job", ErrorKind::Conflict))
    }
}
