//! Posting webhooks: signed, in order, in Meta's batches, again and again until the callback
//! answers 200.

use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use bytes::Bytes;
use secrecy::{ExposeSecret, SecretString};
use tokio::sync::{mpsc, watch};
use tracing::debug;

use crate::client::{HttpRequest, Transport};
use crate::endpoint::{Body, Method, percent_encode};
use crate::error::{Error, ErrorKind, Result};
use crate::simulator::world::News;
use crate::simulator::{Delivery, meta_json};
use crate::webhook::Verifier;

/// Between attempts never longer than this.
const LONGEST_WAIT: Duration = Duration::from_secs(60 * 60);

/// The longest body, in bytes: Meta's 3 MB. One change that is longer by itself goes alone.
///
/// Source: <https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/overview>
const LONGEST_BODY: usize = 3_000_000;

/// The way to the business's callback. One body at a time: what comes later waits.
pub(super) struct Post {
    transport: Arc<dyn Transport>,
    verifier: Verifier,
    verify_token: SecretString,
    retry_first: Duration,
    /// How many news there may be in one body.
    batch: usize,
    callback: Mutex<Option<String>>,
    deliveries: Mutex<Vec<Delivery>>,
    queue: mpsc::UnboundedSender<News>,
    /// How many news are not yet delivered.
    waiting: watch::Sender<usize>,
}

impl Post {
    /// The way, and the end that [`Post::run`] takes news from.
    pub(super) fn new(
        transport: Arc<dyn Transport>,
        verifier: Verifier,
        verify_token: SecretString,
        retry_first: Duration,
        batch: usize,
    ) -> (Self, mpsc::UnboundedReceiver<News>) {
        let (queue, news) = mpsc::unbounded_channel();
        let post = Self {
            transport,
            verifier,
            verify_token,
            retry_first,
            batch: batch.max(1),
            callback: Mutex::new(None),
            deliveries: Mutex::new(Vec::new()),
            queue,
            waiting: watch::Sender::new(0),
        };
        (post, news)
    }

    /// Queues news. Without a callback they are lost, as with Meta.
    pub(super) fn enqueue(&self, news: News) {
        if self.callback().is_none() {
            return;
        }
        self.waiting.send_modify(|waiting| *waiting += 1);
        if self.queue.send(news).is_err() {
            // Shutting down: nothing is delivered any more.
            self.waiting.send_modify(|waiting| *waiting -= 1);
        }
    }

    /// Delivers what is queued, until nothing can be queued any more. What has come while a
    /// body was under way goes into the next one, as far as there is room.
    pub(super) async fn run(&self, mut queue: mpsc::UnboundedReceiver<News>) {
        let mut news = Vec::new();
        loop {
            // Some may be left for which the last body had no room.
            while news.len() < self.batch
                && let Ok(more) = queue.try_recv()
            {
                news.push(more);
            }
            if news.is_empty() {
                match queue.recv().await {
                    Some(first) => news.push(first),
                    None => return,
                }
                continue;
            }
            let count = fitting(&news);
            self.deliver(&meta_json::write(&News::body(&news[..count]))).await;
            self.waiting.send_modify(|waiting| *waiting -= count);
            news.drain(..count);
        }
    }

    async fn deliver(&self, body: &Bytes) {
        let mut wait = self.retry_first;
        for attempt in 1.. {
            // Asked each time: a callback may be replaced while a body waits.
            let Some(url) = self.callback() else { return };
            if self.attempt(url, body, attempt).await == Some(200) {
                return;
            }
            tokio::time::sleep(wait).await;
            wait = wait.saturating_mul(2).min(LONGEST_WAIT);
        }
    }

    /// Posts once, and says what was answered.
    async fn attempt(&self, url: String, body: &Bytes, attempt: u32) -> Option<u16> {
        let mut request = HttpRequest::new(Method::Post, url);
        request.headers.push(("X-Hub-Signature-256", self.verifier.sign(body)));
        request.body = Body::Json(body.to_vec());
        let status = self.transport.send(request).await.ok().map(|response| response.status);
        debug!(attempt, status, bytes = body.len(), "posted a webhook");
        self.lock_deliveries().push(Delivery { attempt, status, body: body.clone() });
        status
    }

    /// Posts once, past the queue.
    pub(super) async fn post_once(&self, body: Bytes) -> Result<u16> {
        const OPERATION: &str = "post a webhook";
        let url = self.callback().ok_or_else(|| {
            Error::new(OPERATION, ErrorKind::Configuration).with_source(NO_CALLBACK)
        })?;
        let status = self.attempt(url, &body, 1).await;
        status.ok_or_else(|| Error::new(OPERATION, ErrorKind::MaybeSent))
    }

    /// Waits until nothing is queued or under way.
    pub(super) async fn idle(&self) {
        let mut waiting = self.waiting.subscribe();
        // Fails only when the sender is gone, which `self` owns.
        let _ = waiting.wait_for(|waiting| *waiting == 0).await;
    }

    /// Asks the callback whether it is one, as Meta does, and then posts to it.
    pub(super) async fn set_callback(&self, url: &str, challenge: &str) -> Result<()> {
        self.subscribe(url, &self.verify_token, challenge).await
    }

    /// As [`Post::set_callback`], with another verify token.
    pub(super) async fn subscribe(
        &self,
        url: &str,
        token: &SecretString,
        challenge: &str,
    ) -> Result<()> {
        const OPERATION: &str = "subscribe the callback";
        let refused =
            |why: &'static str| Error::new(OPERATION, ErrorKind::Configuration).with_source(why);
        let mut asked = url.to_owned();
        asked.push(if url.contains('?') { '&' } else { '?' });
        asked.push_str("hub.mode=subscribe&hub.challenge=");
        asked.push_str(challenge);
        asked.push_str("&hub.verify_token=");
        percent_encode(token.expose_secret(), &mut asked);
        let answer =
            self.transport.send(HttpRequest::new(Method::Get, asked)).await.map_err(|error| {
                Error::new(OPERATION, ErrorKind::Configuration).with_source(error)
            })?;
        if answer.status != 200 {
            return Err(refused("the callback did not answer 200 to the handshake")
                .with_status(answer.status));
        }
        if answer.body != challenge.as_bytes() {
            return Err(refused("the callback did not answer the challenge"));
        }
        *self.lock_callback() = Some(url.to_owned());
        Ok(())
    }

    pub(super) fn deliveries(&self) -> Vec<Delivery> {
        self.lock_deliveries().clone()
    }

    fn callback(&self) -> Option<String> {
        self.lock_callback().clone()
    }

    fn lock_callback(&self) -> MutexGuard<'_, Option<String>> {
        self.callback.lock().expect("the lock is never poisoned: no code panics while holding it")
    }

    fn lock_deliveries(&self) -> MutexGuard<'_, Vec<Delivery>> {
        self.deliveries.lock().expect("the lock is never poisoned: no code panics while holding it")
    }
}

/// How many of these, from the first, have room in one body; at least one.
fn fitting(news: &[News]) -> usize {
    let mut length = 0;
    let fits = |one: &&News| {
        // With what is around it, which it may share with others.
        length += meta_json::write(&News::body(std::slice::from_ref(one))).len();
        length <= LONGEST_BODY
    };
    news.iter().take_while(fits).count().max(1)
}

const NO_CALLBACK: &str = "no callback is subscribed";

#[cfg(test)]
mod tests {
    use async_trait::async_trait;
    use serde_json::json;
    use tokio::time::Instant;

    use super::*;
    use crate::client::{HttpResponse, TransportError};

    /// A business whose callback takes the handshake, answers 500 so often, and says when it
    /// was asked.
    struct Business {
        refusals: Mutex<usize>,
        asked: Arc<Mutex<Vec<(Instant, usize)>>>,
    }

    #[async_trait]
    impl Transport for Business {
        async fn send(&self, request: HttpRequest) -> Result<HttpResponse, TransportError> {
            let Body::Json(body) = request.body else { return Ok(HttpResponse::new(200, "0")) };
            self.asked.lock().unwrap().push((Instant::now(), body.len()));
            let mut refusals = self.refusals.lock().unwrap();
            let status = if *refusals > 0 { 500 } else { 200 };
            *refusals = refusals.saturating_sub(1);
            Ok(HttpResponse::new(status, ""))
        }
    }

    fn text(length: usize) -> News {
        News {
            account: "1".into(),
            field: "messages",
            time: None,
            value: json!({"text": "x".repeat(length)}),
            delayed: false,
        }
    }

    /// When each body was posted, and how long it was.
    async fn posted(refusals: usize, news: impl IntoIterator<Item = News>) -> Vec<(u64, usize)> {
        let asked = Arc::new(Mutex::new(Vec::new()));
        let business = Business { refusals: Mutex::new(refusals), asked: Arc::clone(&asked) };
        let secret = || SecretString::from("secret");
        let verifier = Verifier::new([secret()]).unwrap();
        let first = Duration::from_secs(1);
        let (post, queue) = Post::new(Arc::new(business), verifier, secret(), first, 1_000);
        post.set_callback("http://callback/", "0").await.unwrap();
        news.into_iter().for_each(|news| post.enqueue(news));
        let begun = Instant::now();
        tokio::select! {
            () = post.run(queue) => {}
            () = post.idle() => {}
        }
        let asked = asked.lock().unwrap();
        asked.iter().map(|(at, length)| ((*at - begun).as_secs(), *length)).collect()
    }

    #[tokio::test(start_paused = true)]
    async fn the_wait_doubles_up_to_an_hour() {
        let at: Vec<u64> = posted(15, [text(1)]).await.iter().map(|(at, _)| *at).collect();
        let waits: Vec<u64> = at.windows(2).map(|two| two[1] - two[0]).collect();

        let doubled = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1_024, 2_048];
        assert_eq!(waits[..12], doubled);
        assert_eq!(waits[12..], [3_600, 3_600, 3_600]);
    }

    #[tokio::test(start_paused = true)]
    async fn a_body_holds_as_much_as_meta_puts_in_one() {
        let lengths = |bodies: Vec<(u64, usize)>| -> Vec<usize> {
            bodies.into_iter().map(|(_, length)| length).collect()
        };
        let fifty = lengths(posted(0, (0..50).map(|_| text(100_000))).await);
        assert_eq!(fifty.len(), 2, "{fifty:?}");
        assert!(fifty.iter().all(|length| *length <= 3_000_000), "{fifty:?}");
        assert!(fifty[0] > 2_900_000, "{fifty:?}");

        // What is left over is not lost, and what is too long for any body goes alone.
        let long = lengths(posted(0, [text(1), text(3_000_000), text(1)]).await);
        assert_eq!(long.len(), 3, "{long:?}");
        let many = posted(0, (0..2_001).map(|_| text(1))).await;
        assert_eq!(many.len(), 3);
    }
}
