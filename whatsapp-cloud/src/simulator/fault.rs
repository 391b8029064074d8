//! What can go wrong between a business and Meta, on demand.

use std::collections::VecDeque;
use std::time::Duration;

use crate::simulator::world::News;

/// What happens to the next call.
///
/// ```
/// use whatsapp_cloud::simulator::{Fault, Simulator};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> whatsapp_cloud::Result<()> {
/// let simulator = Simulator::builder().start().await?;
/// let question = simulator.customer("5511999990001").says("Olá").await;
/// simulator.fail_next(Fault::DropAnswerAfterEffect);
///
/// let client = simulator.client()?;
/// let number = client.phone_number(simulator.phone_number_id().clone());
/// let lost = number.mark_as_read(&question).await.unwrap_err();
/// assert!(lost.may_have_been_sent());
/// assert_eq!(simulator.receipts().len(), 1);
/// # Ok(()) }
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Fault {
    /// The call has its effect, and the connection closes without an answer.
    DropAnswerAfterEffect,
    /// The connection closes without effect or answer.
    DropBeforeEffect,
    /// The call has its effect, and the connection closes in the middle of the answer.
    CutAnswer,
    /// The call has its effect, and is answered after this long.
    Slow(Duration),
    /// An answer of this status and a page of HTML, without effect.
    Status(u16),
    /// The call has its effect, and is answered with this status and a page of HTML, as a
    /// gateway does that did not wait.
    StatusAfterEffect(u16),
    /// Meta's error of this code, without effect.
    Graph(i64),
    /// Status 429 without a body of Meta's, to be tried again after this long; no effect.
    Throttled(Duration),
}

/// What happens to webhooks on their way.
///
/// ```
/// use whatsapp_cloud::simulator::{Simulator, WebhookFault};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> whatsapp_cloud::Result<()> {
/// let simulator = Simulator::builder().start().await?;
/// // The next two updates change places, and the third comes twice.
/// simulator.disturb_next(WebhookFault::Reverse(2));
/// simulator.disturb_next(WebhookFault::Duplicate);
/// # Ok(()) }
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum WebhookFault {
    /// The next one comes twice.
    Duplicate,
    /// The next so many come in reverse order, once all of them are there.
    Reverse(usize),
    /// The next one comes this much later than what follows it, by the simulator's clock.
    Delay(Duration),
    /// The next one never comes.
    Lose,
}

/// What is to happen to webhooks.
#[derive(Default)]
pub(super) struct Disturbances {
    planned: VecDeque<WebhookFault>,
    /// Those that are to be told in reverse order, and how many are still missing.
    held: Vec<News>,
    missing: usize,
}

/// What becomes of news.
pub(super) enum Disturbed {
    /// They are told, in this order.
    Now(Vec<News>),
    /// They are told later.
    Later(Duration, News),
}

impl Disturbances {
    pub(super) fn plan(&mut self, fault: WebhookFault) {
        self.planned.push_back(fault);
    }

    pub(super) fn disturb(&mut self, news: News) -> Disturbed {
        if self.missing == 0 {
            match self.planned.pop_front() {
                None => return Disturbed::Now(vec![news]),
                Some(WebhookFault::Duplicate) => return Disturbed::Now(vec![news.clone(), news]),
                Some(WebhookFault::Lose) => return Disturbed::Now(Vec::new()),
                Some(WebhookFault::Delay(wait)) => return Disturbed::Later(wait, news),
                Some(WebhookFault::Reverse(count)) => self.missing = count.max(1),
            }
        }
        self.held.push(news);
        self.missing -= 1;
        if self.missing > 0 {
            return Disturbed::Now(Vec::new());
        }
        let mut all = std::mem::take(&mut self.held);
        all.reverse();
        Disturbed::Now(all)
    }
}
