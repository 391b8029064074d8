//! A running simulator, seen from the program that started it.

use std::collections::VecDeque;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use bytes::Bytes;
use secrecy::SecretString;
use serde_json::Value;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::client::Client;
use crate::error::{Error, ErrorKind, Result};
use crate::id::{AccountId, PhoneNumberId};
use crate::simulator::deliver::Post;
use crate::simulator::world::World;
use crate::simulator::{
    Customer, Delivery, Fault, Receipt, ReceivedMessage, SimulatorBuilder, meta_json,
};

/// How long open connections may hold up a shutdown.
const SHUTDOWN: Duration = Duration::from_secs(1);

/// A clock: seconds since 1970.
pub(super) type Clock = Arc<dyn Fn() -> i64 + Send + Sync>;

/// A local Cloud API that is running. It stops when dropped; see [`Simulator::shutdown`].
pub struct Simulator {
    pub(super) shared: Arc<Shared>,
    pub(super) base_url: String,
    pub(super) account_id: AccountId,
    pub(super) phone_number_id: PhoneNumberId,
    pub(super) token: SecretString,
    pub(super) stop: watch::Sender<bool>,
    pub(super) server: Option<JoinHandle<()>>,
    pub(super) postman: JoinHandle<()>,
}

/// What the server, the customers and the program share.
pub(super) struct Shared {
    pub(super) world: Mutex<World>,
    pub(super) faults: Mutex<VecDeque<Fault>>,
    pub(super) clock: Clock,
    pub(super) post: Post,
}

impl Shared {
    pub(super) fn now(&self) -> i64 {
        (self.clock)()
    }

    /// Changes the world and queues the webhooks of the change in the order in which changes
    /// happened.
    pub(super) fn change<T>(&self, change: impl FnOnce(&mut World, i64) -> (T, Vec<Value>)) -> T {
        let now = self.now();
        let mut world = self.world();
        let (result, webhooks) = change(&mut world, now);
        // Under the lock still: two changes at a time must not swap their webhooks.
        for webhook in &webhooks {
            self.post.enqueue(meta_json::write(webhook));
        }
        result
    }

    pub(super) fn world(&self) -> MutexGuard<'_, World> {
        self.world.lock().expect("the lock is never poisoned: no code panics while holding it")
    }

    pub(super) fn faults(&self) -> MutexGuard<'_, VecDeque<Fault>> {
        self.faults.lock().expect("the lock is never poisoned: no code panics while holding it")
    }
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
        &self.phone_number_id
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
        self.shared.faults().push_back(fault);
    }

    /// Stops listening and posting; what is queued is not delivered.
    pub async fn shutdown(mut self) {
        self.postman.abort();
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
        if let Some(server) = &self.server {
            server.abort();
        }
    }
}

impl fmt::Debug for Simulator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Simulator")
            .field("base_url", &self.base_url)
            .field("phone_number_id", &self.phone_number_id)
            .finish_non_exhaustive()
    }
}
