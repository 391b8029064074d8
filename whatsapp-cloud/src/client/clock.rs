//! Time and chance, as the client uses them: in one place, so that tests have their own.

use std::hash::{BuildHasher as _, RandomState};
use std::time::Duration;

use async_trait::async_trait;
use tokio::time::Instant;

/// Time and chance.
///
/// - Time never goes back.
/// - A sleep ends at its time or later, and is over when it is dropped.
/// - Chance is evenly spread.
///
/// ```
/// use std::sync::Arc;
/// use std::time::Duration;
///
/// use async_trait::async_trait;
/// use secrecy::SecretString;
/// use whatsapp_cloud::Client;
/// use whatsapp_cloud::client::{Clock, RetryPolicy, SystemClock};
///
/// /// Waits for the whole of each wait, so that a test knows how long.
/// struct Sure(SystemClock);
///
/// #[async_trait]
/// impl Clock for Sure {
///     fn now(&self) -> Duration {
///         self.0.now()
///     }
///
///     async fn sleep(&self, time: Duration) {
///         self.0.sleep(time).await;
///     }
///
///     fn chance(&self) -> f64 {
///         1.0
///     }
/// }
///
/// let client = Client::builder(SecretString::from("EAAG-example"))
///     .retry(RetryPolicy::default())
///     .clock(Arc::new(Sure(SystemClock::default())))
///     .build()?;
/// # let _ = client;
/// # Ok::<(), whatsapp_cloud::Error>(())
/// ```
#[async_trait]
pub trait Clock: Send + Sync {
    /// How long after a point that the clock has chosen once.
    fn now(&self) -> Duration;

    /// Waits.
    async fn sleep(&self, time: Duration);

    /// A random number from 0 to 1.
    fn chance(&self) -> f64;
}

/// The clock of tokio, in whose runtime it sleeps. Where tokio's time is paused, it is too.
///
/// ```
/// use std::time::Duration;
///
/// use whatsapp_cloud::client::{Clock, SystemClock};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() {
/// let clock = SystemClock::default();
/// let before = clock.now();
/// clock.sleep(Duration::from_millis(1)).await;
/// assert!(clock.now() > before);
/// # }
/// ```
#[derive(Clone, Copy, Debug)]
pub struct SystemClock {
    start: Instant,
}

impl Default for SystemClock {
    fn default() -> Self {
        Self { start: Instant::now() }
    }
}

#[async_trait]
impl Clock for SystemClock {
    fn now(&self) -> Duration {
        self.start.elapsed()
    }

    async fn sleep(&self, time: Duration) {
        tokio::time::sleep(time).await;
    }

    fn chance(&self) -> f64 {
        // As many bits as a float between 0 and 1 can tell apart.
        (random() >> 11) as f64 / (1_u64 << 53) as f64
    }
}

/// Random bits: a keyed hash of nothing, whose key the standard library draws anew each time
/// from what the operating system gave the thread.
fn random() -> u64 {
    RandomState::new().hash_one(())
}

/// A random key.
pub(super) fn random_key() -> [u8; 32] {
    let mut key = [0; 32];
    for piece in key.chunks_exact_mut(8) {
        piece.copy_from_slice(&random().to_le_bytes());
    }
    key
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chance_is_spread_between_nothing_and_all() {
        let clock = SystemClock::default();
        let chances: Vec<f64> = (0..1_000).map(|_| clock.chance()).collect();

        assert!(chances.iter().all(|chance| (0.0..1.0).contains(chance)));
        let mean = chances.iter().sum::<f64>() / 1_000.0;
        assert!((0.4..0.6).contains(&mean), "{mean}");
        assert_ne!(random_key(), random_key());
    }
}
