//! A running simulator, seen from the program that started it.

use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use secrecy::{ExposeSecret as _, SecretString};
use tokio::sync::{Notify, watch};
use tokio::task::JoinHandle;

use crate::client::Client;
use crate::error::{Error, ErrorKind, Result};
use crate::id::{AccountId, AppId, PhoneNumberId};
use crate::simulator::deliver::Post;
use crate::simulator::fault::{Disturbances, Disturbed, Faults};
use crate::simulator::world::{LAST, Millis, News, World};
use crate::simulator::{
    Access, Aim, Customer, Delivery, Fault, HandledCall, Receipt, ReceivedMessage,
    SimulatorBuilder, WebhookFault,
};

/// How long open connections may hold up a shutdown.
const SHUTDOWN: Duration = Duration::from_secs(1);

/// How long the schedule rests after something in it panicked.
const AFTER_A_PANIC: Duration = Duration::from_millis(100);

/// A clock: the time since 1970.
pub(super) type Clock = Arc<dyn Fn() -> Duration + Send + Sync>;

/// A local Cloud API that is running. It stops when dropped; see [`Simulator::shutdown`].
///
/// ```
/// use whatsapp_cloud::api::messages::Message;
/// use whatsapp_cloud::simulator::Simulator;
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> whatsapp_cloud::Result<()> {
/// let simulator: Simulator = Simulator::builder().start().await?;
/// let client = simulator.client()?;
/// let number = client.phone_number(simulator.phone_number_id().clone());
/// assert!(number.send(Message::text("5511999990001", "Oi")).await.is_err(), "nobody wrote");
/// assert!(simulator.sent().is_empty());
/// simulator.shutdown().await;
/// # Ok(()) }
/// ```
pub struct Simulator {
    pub(super) shared: Arc<Shared>,
    pub(super) base_url: String,
    pub(super) account_id: AccountId,
    pub(super) token: SecretString,
    pub(super) stop: watch::Sender<bool>,
    pub(super) server: Option<JoinHandle<()>>,
    pub(super) postman: JoinHandle<()>,
    pub(super) timekeeper: JoinHandle<()>,
}

/// What the server, the customers and the program share.
pub(super) struct Shared {
    pub(super) world: Mutex<World>,
    pub(super) faults: Mutex<Faults>,
    pub(super) disturbances: Mutex<Disturbances>,
    pub(super) clock: Clock,
    /// By how many milliseconds the clock was moved.
    pub(super) moved: AtomicI64,
    /// Rung when something was planned for later.
    pub(super) planned: Notify,
    pub(super) post: Post,
    /// The number that customers write to unless they are told otherwise.
    pub(super) phone_number_id: PhoneNumberId,
}

impl Shared {
    pub(super) fn now(&self) -> Millis {
        millis((self.clock)()).saturating_add(self.moved.load(Ordering::SeqCst)).min(LAST)
    }

    /// Changes the world and queues the news of the change in the order in which changes
    /// happened.
    pub(super) fn change<T>(&self, change: impl FnOnce(&mut World, Millis) -> (T, Vec<News>)) -> T {
        let mut world = self.world();
        let now = self.now();
        let next = world.next_event();
        let mut news = world.catch_up(now);
        let (result, caused) = change(&mut world, now);
        news.extend(caused);
        news.retain(|news| world.is_told(news));
        let mut disturbances = self.disturbances();
        // Under the lock still: two changes at a time must not swap their news.
        for news in news {
            let disturbed = match news.delayed {
                true => Disturbed::Now(vec![news]),
                false => disturbances.disturb(news),
            };
            match disturbed {
                Disturbed::Now(news) => news.into_iter().for_each(|news| self.post.enqueue(news)),
                Disturbed::Later(wait, news) => world.tell_at(now + millis(wait), news),
            }
        }
        if world.next_event() != next {
            self.planned.notify_one();
        }
        result
    }

    pub(super) fn advance(&self, by: Millis) {
        let further = |moved: Millis| moved.saturating_add(by).min(LAST);
        let _ = self
            .moved
            .fetch_update(Ordering::SeqCst, Ordering::SeqCst, |moved| Some(further(moved)));
        self.change(|_, _| ((), Vec::new()));
    }

    /// Lets happen what the clock brings, for as long as the simulator runs.
    pub(super) async fn keep_time(&self) {
        loop {
            let waits = catch_unwind(AssertUnwindSafe(|| {
                self.change(|_, _| ((), Vec::new()));
                let next = self.world().next_event();
                next.map(|at| u64::try_from(at - self.now()).unwrap_or(0).max(1))
            }));
            match waits {
                Ok(None) => self.planned.notified().await,
                Ok(Some(wait)) => self.wait(Duration::from_millis(wait)).await,
                // What panicked is off the schedule; the rest falls due all the same.
                Err(_) => self.wait(AFTER_A_PANIC).await,
            }
        }
    }

    /// Until this is over, or something else was planned.
    async fn wait(&self, time: Duration) {
        tokio::select! {
            () = tokio::time::sleep(time) => {}
            () = self.planned.notified() => {}
        }
    }

    /// The world, also after a panic while somebody changed it.
    ///
    /// What was done of that change stays. To work on a copy would cost each call the whole
    /// world, files and all; and whose call it was is answered 500, which says of an effect
    /// that nobody knows.
    pub(super) fn world(&self) -> MutexGuard<'_, World> {
        self.world.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn faults(&self) -> MutexGuard<'_, Faults> {
        self.faults.lock().expect("the lock is never poisoned: no code panics while holding it")
    }

    pub(super) fn disturbances(&self) -> MutexGuard<'_, Disturbances> {
        // Held while the world is told of: see [`Shared::world`].
        self.disturbances.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// As the world counts time, and no longer than that lasts.
pub(super) fn millis(time: Duration) -> Millis {
    Millis::try_from(time.as_millis()).unwrap_or(LAST).min(LAST)
}

impl Simulator {
    /// Sets up a simulator.
    pub fn builder() -> SimulatorBuilder {
        SimulatorBuilder::default()
    }

    /// Where it listens: `http://127.0.0.1:PORT`.
    pub fn base_url(&self) -> &str {
        &self.base_url
    }

    /// The business number's id.
    pub fn phone_number_id(&self) -> &PhoneNumberId {
        &self.shared.phone_number_id
    }

    /// The business number, in digits.
    pub fn phone_number(&self) -> String {
        self.shared.world().digits(&self.shared.phone_number_id)
    }

    /// The app's id.
    ///
    /// ```
    /// use whatsapp_cloud::simulator::Simulator;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> whatsapp_cloud::Result<()> {
    /// let simulator = Simulator::builder().app_id("634974688087057").start().await?;
    /// assert_eq!(simulator.app_id().as_str(), "634974688087057");
    /// // Calls of the account go to this one.
    /// assert_eq!(simulator.account_id().as_str(), "102290129340398");
    /// # Ok(()) }
    /// ```
    pub fn app_id(&self) -> AppId {
        self.shared.world().setup.app_id.clone()
    }

    /// The account's id.
    pub fn account_id(&self) -> &AccountId {
        &self.account_id
    }

    /// A client that calls this simulator.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Configuration`] when the token that was set is no token.
    pub fn client(&self) -> Result<Client> {
        Client::builder(self.token.clone()).base_url(self.base_url.as_str()).build()
    }

    /// Posts webhooks to `url` from now on. As with Meta, `url` is asked first, and must
    /// answer the challenge.
    ///
    /// ```
    /// use std::collections::HashMap;
    ///
    /// use axum::Router;
    /// use axum::extract::Query;
    /// use axum::routing::get;
    /// use whatsapp_cloud::simulator::Simulator;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// // A callback that repeats the challenge, and takes whatever comes.
    /// type Names = HashMap<String, String>;
    /// let greet = async |Query(query): Query<Names>| query["hub.challenge"].clone();
    /// let callback = Router::new().route("/", get(greet).post(async || ()));
    /// let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    /// let url = format!("http://{}/", listener.local_addr()?);
    /// tokio::spawn(async { axum::serve(listener, callback).await });
    ///
    /// let simulator = Simulator::builder().start().await?;
    /// simulator.set_callback(&url).await?;
    /// simulator.customer("5511999990001").says("Olá").await;
    /// simulator.idle().await;
    /// assert_eq!(simulator.deliveries().len(), 1);
    ///
    /// // As when Meta did not hear the answer, and as when it sends nonsense.
    /// assert_eq!(simulator.redeliver_last().await?, 200);
    /// assert_eq!(simulator.post_raw("{").await?, 200);
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Configuration`] when it does not; webhooks go where they went before.
    pub async fn set_callback(&self, url: impl AsRef<str>) -> Result<()> {
        let challenge = self.shared.world().challenge();
        self.shared.post.set_callback(url.as_ref(), &challenge).await
    }

    /// A customer, by phone number in international form; anything but digits is ignored.
    pub fn customer(&self, phone: impl AsRef<str>) -> Customer {
        Customer::new(self.shared.clone(), phone.as_ref())
    }

    /// Every message that was taken, in order, each once per call that took effect.
    pub fn sent(&self) -> Vec<ReceivedMessage> {
        self.shared.world().accepted().to_vec()
    }

    /// Every mark-as-read and typing indicator, in order.
    pub fn receipts(&self) -> Vec<Receipt> {
        self.shared.world().receipts().to_vec()
    }

    /// Every call that reached the simulated Graph, in order; each of a batch, and the batch
    /// after them.
    pub fn calls(&self) -> Vec<HandledCall> {
        self.shared.world().handled.clone()
    }

    /// Every attempt to deliver a webhook, in order.
    pub fn deliveries(&self) -> Vec<Delivery> {
        self.shared.post.deliveries()
    }

    /// Waits until every webhook is delivered. For ever, if the callback never answers 200.
    pub async fn idle(&self) {
        self.shared.post.idle().await;
    }

    /// Posts any bytes, signed, once and past the queue, and says what was answered.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Configuration`] without a callback, [`ErrorKind::MaybeSent`] without an
    /// answer.
    pub async fn post_raw(&self, body: impl Into<Bytes>) -> Result<u16> {
        self.shared.post.post_once(body.into()).await
    }

    /// Posts the last body once more, as Meta does when an answer was lost.
    ///
    /// # Errors
    ///
    /// As [`Simulator::post_raw`]; [`ErrorKind::InvalidInput`] when nothing was posted yet.
    pub async fn redeliver_last(&self) -> Result<u16> {
        let Some(last) = self.deliveries().pop() else {
            return Err(Error::new("redeliver a webhook", ErrorKind::InvalidInput)
                .with_source("nothing was posted yet"));
        };
        self.shared.post.post_once(last.body).await
    }

    /// Lets the next call fail. Several wait in line, one for each call.
    pub fn fail_next(&self, fault: Fault) {
        self.fail(fault, Aim::any());
    }

    /// Lets those calls fail that `aim` is for. Of several faults for one call the first that
    /// was planned happens; the others wait.
    ///
    /// ```
    /// use whatsapp_cloud::simulator::{Aim, Fault, Simulator};
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> whatsapp_cloud::Result<()> {
    /// let simulator = Simulator::builder().start().await?;
    /// simulator.fail(Fault::CutAnswer, Aim::at("media-file/*"));
    ///
    /// let client = simulator.client()?;
    /// let number = client.phone_number(simulator.phone_number_id().clone());
    /// let id = number.upload_media(b"x".to_vec(), "text/plain", "x.txt").await?.id;
    /// assert!(client.media(id.clone()).download().await.is_err());
    /// assert!(client.media(id).download().await.is_ok());
    /// # Ok(()) }
    /// ```
    pub fn fail(&self, fault: Fault, aim: Aim) {
        self.shared.faults().plan(fault, aim);
    }

    /// Disturbs the webhooks to come. Several faults wait in line, one for each webhook.
    ///
    /// ```
    /// use whatsapp_cloud::simulator::{Simulator, WebhookFault};
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> whatsapp_cloud::Result<()> {
    /// let simulator = Simulator::builder().start().await?;
    /// simulator.disturb_next(WebhookFault::Duplicate);
    /// simulator.disturb_next(WebhookFault::Reverse(3));
    /// # Ok(()) }
    /// ```
    pub fn disturb_next(&self, fault: WebhookFault) {
        self.shared.disturbances().plan(fault);
    }

    /// Moves the clock forward, at most to the end of the year 9999. What falls due happens, and
    /// is told.
    ///
    /// ```
    /// use std::time::Duration;
    /// use whatsapp_cloud::ErrorKind;
    /// use whatsapp_cloud::api::messages::Message;
    /// use whatsapp_cloud::simulator::Simulator;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> whatsapp_cloud::Result<()> {
    /// let simulator = Simulator::builder().start().await?;
    /// simulator.customer("5511999990001").says("Olá").await;
    /// simulator.advance(Duration::from_secs(24 * 60 * 60));
    ///
    /// let client = simulator.client()?;
    /// let number = client.phone_number(simulator.phone_number_id().clone());
    /// let refused = number.send(Message::text("5511999990001", "Oi")).await.unwrap_err();
    /// assert_eq!(refused.kind(), ErrorKind::WindowClosed);
    /// # Ok(()) }
    /// ```
    pub fn advance(&self, by: Duration) {
        self.shared.advance(millis(by));
    }

    /// The time of the simulator's clock, since 1970.
    pub fn now(&self) -> Duration {
        Duration::from_millis(u64::try_from(self.shared.now()).unwrap_or(0))
    }

    /// Adds a business number, in digits, and its account if there is none of that id.
    pub fn add_number(
        &self,
        account: impl Into<AccountId>,
        id: impl Into<PhoneNumberId>,
        digits: impl AsRef<str>,
    ) {
        self.shared.world().add_number(&account.into(), &id.into(), digits.as_ref());
    }

    /// Lets a token in; it opens what `access` says.
    ///
    /// ```
    /// use std::time::Duration;
    /// use secrecy::SecretString;
    /// use whatsapp_cloud::{Client, ErrorKind};
    /// use whatsapp_cloud::api::messages::Message;
    /// use whatsapp_cloud::simulator::{Access, Permission, Simulator};
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> whatsapp_cloud::Result<()> {
    /// let simulator = Simulator::builder().start().await?;
    /// let token = SecretString::from("for-templates-only");
    /// simulator.grant(&token, Access::to([Permission::Management]));
    ///
    /// let client = Client::builder(token).base_url(simulator.base_url()).build()?;
    /// let number = client.phone_number(simulator.phone_number_id().clone());
    /// let refused = number.send(Message::text("5511999990001", "Oi")).await.unwrap_err();
    /// assert_eq!(refused.kind(), ErrorKind::Permission);
    /// # Ok(()) }
    /// ```
    pub fn grant(&self, token: &SecretString, access: Access) {
        self.shared.world().grant(token.expose_secret(), access);
    }

    /// Takes a token back: calls with it are refused with 190, as when the user changed the
    /// password. Says whether there was one.
    ///
    /// ```
    /// use secrecy::SecretString;
    /// use whatsapp_cloud::api::messages::Message;
    /// use whatsapp_cloud::simulator::{Access, Simulator};
    /// use whatsapp_cloud::{Client, ErrorKind};
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> whatsapp_cloud::Result<()> {
    /// let simulator = Simulator::builder().start().await?;
    /// let token = SecretString::from("EAAG-another");
    /// simulator.grant(&token, Access::default());
    /// assert!(simulator.revoke(&token));
    ///
    /// let client = Client::builder(token).base_url(simulator.base_url()).build()?;
    /// let number = client.phone_number(simulator.phone_number_id().clone());
    /// let refused = number.send(Message::text("5511999990001", "Oi")).await.unwrap_err();
    /// assert_eq!(refused.kind(), ErrorKind::Authentication);
    /// # Ok(()) }
    /// ```
    pub fn revoke(&self, token: &SecretString) -> bool {
        self.shared.world().revoke(token.expose_secret())
    }

    /// Stops listening and posting; what is queued is not delivered.
    pub async fn shutdown(mut self) {
        self.postman.abort();
        self.timekeeper.abort();
        self.stop.send_replace(true);
        if let Some(mut server) = self.server.take() {
            // Ends when every connection has. One whose caller stays silent is not waited for.
            if tokio::time::timeout(SHUTDOWN, &mut server).await.is_err() {
                server.abort();
            }
        }
    }
}

impl Drop for Simulator {
    fn drop(&mut self) {
        self.stop.send_replace(true);
        self.postman.abort();
        self.timekeeper.abort();
        if let Some(server) = &self.server {
            server.abort();
        }
    }
}

impl fmt::Debug for Simulator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Simulator")
            .field("base_url", &self.base_url)
            .field("phone_number_id", self.phone_number_id())
            .finish_non_exhaustive()
    }
}
