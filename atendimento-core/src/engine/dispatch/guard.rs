//! Calls into code that is not ours end in time, and end when they panic.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::pin;
use std::task::Poll;
use std::time::Duration;

use tracing::error;

/// How a call failed to come to its end.
pub(super) enum Unended {
    /// It took too long.
    Late,
    /// It panicked.
    Panicked,
}

/// What `call` answers within `limit`.
///
/// A panic is an answer too: a worker that it killed would be followed by another that meets
/// the same one, for ever.
pub(super) async fn guarded<O>(
    limit: Duration,
    call: impl Future<Output = O>,
) -> Result<O, Unended> {
    let mut call = pin!(call);
    let unwound = std::future::poll_fn(|context| {
        // What panicked is not polled again, and is dropped with this call.
        match catch_unwind(AssertUnwindSafe(|| call.as_mut().poll(context))) {
            Ok(Poll::Pending) => Poll::Pending,
            Ok(Poll::Ready(answer)) => Poll::Ready(Ok(answer)),
            Err(_) => Poll::Ready(Err(Unended::Panicked)),
        }
    });
    let ended = tokio::time::timeout(limit, unwound).await.unwrap_or(Err(Unended::Late));
    if matches!(ended, Err(Unended::Panicked)) {
        // The panic's message may quote what was worked on, so it is not repeated.
        error!("a channel or CRM adapter panicked");
    }
    ended
}
