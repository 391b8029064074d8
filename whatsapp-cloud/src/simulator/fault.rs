//! What can go wrong between a business and Meta, on demand.

use std::collections::VecDeque;
use std::fmt;
use std::time::Duration;

use crate::endpoint::Method;
use crate::simulator::world::{Asked, News};

/// What happens to a call: to the next one, or to those that an [`Aim`] is for.
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

/// Which calls a [`Fault`] is for, and how many of them in a row. `Debug` shows no path.
///
/// ```
/// use std::time::Duration;
/// use whatsapp_cloud::api::messages::Message;
/// use whatsapp_cloud::endpoint::Method;
/// use whatsapp_cloud::simulator::{Aim, Fault, Simulator};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> whatsapp_cloud::Result<()> {
/// let simulator = Simulator::builder().start().await?;
/// let question = simulator.customer("5511999990001").says("Olá").await;
/// // The next two messages are refused, and every other call is as ever.
/// simulator.fail(Fault::Graph(131_056), Aim::at("messages").by(Method::Post).times(2));
///
/// let client = simulator.client()?;
/// let number = client.phone_number(simulator.phone_number_id().clone());
/// let upload = number.upload_media(b"x".to_vec(), "text/plain", "x.txt").await;
/// assert!(upload.is_ok());
/// for code in [Some(131_056), Some(131_056), None] {
///     let sent = number.send(Message::text("5511999990001", "Oi")).await;
///     assert_eq!(sent.err().and_then(|error| error.code()), code);
/// }
/// # Ok(()) }
/// ```
///
/// A batch is one call, at `/`; those within it are not looked at.
///
/// Another program writes it beside the fault, as `only`, `method` and `times`:
/// `POST /simulator/faults` with
/// `{"call": {"graph": 131056}, "only": "messages", "method": "POST", "times": 2}`; each of the
/// three may be left out.
#[derive(Clone, PartialEq, Eq)]
pub struct Aim {
    method: Option<Method>,
    /// The pattern's segments, and whether it is of the whole path.
    path: Option<(Vec<String>, bool)>,
    times: u32,
}

impl Aim {
    /// Any call.
    ///
    /// ```
    /// use whatsapp_cloud::simulator::{Aim, Fault, Simulator};
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> whatsapp_cloud::Result<()> {
    /// let simulator = Simulator::builder().start().await?;
    /// simulator.fail(Fault::Status(503), Aim::any().times(3));
    /// # Ok(()) }
    /// ```
    pub fn any() -> Self {
        Self { method: None, path: None, times: 1 }
    }

    /// Calls whose path ends so: `messages`, `106540352242922/media`. With a slash before it,
    /// the whole path: `/106540352242922`, and `/` for a batch. The version does not matter.
    ///
    /// A `*` stands for one segment, and at the end of a segment for the rest of it: `/*` is
    /// any object itself, `upload:*` a part of a resumable upload, `media-file/*` a file's
    /// bytes.
    ///
    /// ```
    /// use whatsapp_cloud::endpoint::Method;
    /// use whatsapp_cloud::simulator::Aim;
    ///
    /// // A file is deleted.
    /// let aim = Aim::at("/*").by(Method::Delete);
    /// assert_eq!(aim, Aim::at("/v25.0/*").by(Method::Delete));
    /// ```
    pub fn at(path: impl AsRef<str>) -> Self {
        let path = path.as_ref();
        let pattern = (Asked::segments(path), path.starts_with('/'));
        Self { path: Some(pattern), ..Self::any() }
    }

    /// Calls made so only.
    ///
    /// ```
    /// use whatsapp_cloud::endpoint::Method;
    /// use whatsapp_cloud::simulator::Aim;
    ///
    /// assert_ne!(Aim::any().by(Method::Get), Aim::any());
    /// ```
    pub fn by(mut self, method: Method) -> Self {
        self.method = Some(method);
        self
    }

    /// So many of them, one after the other; the first otherwise, and none with 0.
    ///
    /// ```
    /// use whatsapp_cloud::simulator::Aim;
    ///
    /// assert_eq!(Aim::at("messages").times(1), Aim::at("messages"));
    /// ```
    pub fn times(mut self, times: u32) -> Self {
        self.times = times;
        self
    }

    /// Whether it is for this call.
    fn meets(&self, method: Method, path: &[String]) -> bool {
        let alike = |(pattern, segment): (&String, &String)| match pattern.strip_suffix('*') {
            Some(begin) => segment.starts_with(begin),
            None => pattern == segment,
        };
        self.method.is_none_or(|only| only == method)
            && self.path.as_ref().is_none_or(|(pattern, whole)| {
                let more = path.len().checked_sub(pattern.len());
                more.is_some_and(|more| {
                    (more == 0 || !whole) && pattern.iter().zip(&path[more..]).all(alike)
                })
            })
    }
}

impl fmt::Debug for Aim {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Aim")
            .field("method", &self.method)
            .field("times", &self.times)
            .finish_non_exhaustive()
    }
}

/// The faults to come, in the order in which they were planned.
#[derive(Default)]
pub(super) struct Faults(VecDeque<(Fault, Aim)>);

impl Faults {
    pub(super) fn plan(&mut self, fault: Fault, aim: Aim) {
        if aim.times > 0 {
            self.0.push_back((fault, aim));
        }
    }

    /// What happens to this call: the first that is for it.
    pub(super) fn meet(&mut self, method: Method, path: &[String]) -> Option<Fault> {
        let index = self.0.iter().position(|(_, aim)| aim.meets(method, path))?;
        let (fault, aim) = self.0.get_mut(index)?;
        let fault = *fault;
        aim.times -= 1;
        if aim.times == 0 {
            self.0.remove(index);
        }
        Some(fault)
    }
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
