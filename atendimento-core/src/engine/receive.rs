//! What a channel posted becomes durable, and only then is the channel answered.

use tracing::warn;

use crate::channel::Authentic;
use crate::engine::Desk;
use crate::engine::run::cause_of;
use crate::error::Result;
use crate::id::EnvelopeId;
use crate::store::Envelope;
use crate::vault::Place;

impl Desk {
    /// Makes `body` durable. When this returns, answer the channel 200: nothing that happens
    /// afterwards loses it. What it says is worked out later, so that the answer is fast and a
    /// body that cannot be read is kept all the same.
    ///
    /// # Errors
    ///
    /// [`Unavailable`](crate::ErrorKind::Unavailable): it is not stored; answer 503, and the
    /// channel comes again.
    pub async fn receive(&self, body: Authentic) -> Result<()> {
        let parts = &self.parts;
        let received = parts.now();
        let id = EnvelopeId::new(received, parts.randomness.as_ref());
        let tenant = &parts.settings.tenant;
        let place = Place { tenant, what: "envelope", row: id.to_bytes() };
        let sealed = parts.vault.seal_for_company(&place, body.as_bytes())?;
        let envelope = Envelope { id, tenant: tenant.clone(), received, body: sealed };
        if let Err(error) = parts.store.append(vec![envelope]).await {
            // The host answers 503; here is the only place that knows why.
            warn!(%error, cause = cause_of(&error), "cannot take a delivery");
            return Err(error);
        }
        parts.wake.split.notify_one();
        Ok(())
    }
}
