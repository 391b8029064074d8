//! Calls that wait for their turn: the limiter, with a clock and wake-ups around it.
//!
//! Who may not go at once stands in the limiter's line and sleeps. One task looks who may go,
//! at the time that the limiter names, and wakes just those; it ends when nobody waits. It is
//! a task of its own, so that a future which is kept and not polled holds up nobody.

use std::collections::BTreeMap;
use std::fmt;
use std::pin::pin;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use futures_util::future::{Either, select};
use tokio::runtime::Handle;
use tokio::sync::Notify;

use crate::api::Recipient;
use crate::api::phone_number::PhoneNumber;
use crate::client::clock::random_key;
use crate::client::limiter::{
    Asked, Full, Limiter, LimiterOptions, Moment, NO_ROOM, Next, Outcome, Priority, Reserved, Slot,
    Throughput, Ticket,
};
use crate::client::{Clock, SystemClock, Usage};
use crate::endpoint::Paced;
use crate::error::Error;
use crate::id::{AccountId, PhoneNumberId};

/// How long to wait for what is due at no known time.
const UNKNOWN: Duration = Duration::from_secs(1);

/// The longest that a call waits for its turn, when nothing else was set: more than the hour
/// over which an account's calls are counted, and for which anything is closed at most.
const LONGEST: Duration = Duration::from_secs(65 * 60);

/// The most messages that count at once: as many as any number may exchange in two seconds.
const MOST_INCOMING: u32 = 2_000;

/// Keeps the calls of one or more clients below Meta's limits, by letting them wait.
///
/// All clones are one. Give it to [`ClientBuilder::pace`](crate::client::ClientBuilder::pace):
/// each number and account should have one pacer in all, since Meta counts what all clients
/// send together.
///
/// - A message waits until its number and its recipient may have it, a management call until
///   its account may: see [`Limiter`].
/// - Agents go before bots, and bots before campaigns:
///   [`Client::with_priority`](crate::Client::with_priority).
/// - Where too many wait, a further call is refused as not sent. So is one whose turn would come
///   too late, or does not come in time: after 65 minutes
///   ([`Pacer::set_longest_wait`]), or after the
///   [total](crate::client::RetryPolicy::total) of the client's policy. The error's
///   [`retry_after`](crate::Error::retry_after) says when it is due.
/// - What Meta, or a proxy on the way, asks to wait closes a number or account for an hour at
///   most.
/// - A call whose future is dropped leaves the line; what was certainly not sent gives its turn
///   back.
///
/// Needs a tokio runtime while calls wait.
///
/// ```
/// use secrecy::SecretString;
/// use whatsapp_cloud::Client;
/// use whatsapp_cloud::client::Pacer;
/// use whatsapp_cloud::client::limiter::{Priority, Throughput};
///
/// let pacer = Pacer::default();
/// pacer.set_throughput(&"106540352242922".into(), Throughput::HIGH)?;
/// let client = Client::builder(SecretString::from("EAAG-example")).pace(pacer.clone()).build()?;
/// let campaign = client.with_priority(Priority::Campaign);
/// # let _ = campaign;
///
/// // A webhook brought three messages: they count as well.
/// pacer.incoming(&"106540352242922".into(), 3);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct Pacer {
    shared: Arc<Shared>,
}

struct Shared {
    state: Mutex<State>,
    /// Rung for the driver when something is due earlier than it knows.
    earlier: Notify,
    clock: Arc<dyn Clock>,
}

struct State {
    limiter: Limiter,
    places: BTreeMap<Ticket, Place>,
    /// When to look again; nothing when nobody waits.
    due: Option<Moment>,
    /// Whether a task looks then.
    is_driven: bool,
    /// To be rung once the lock is open.
    bells: Vec<Arc<Notify>>,
    longest_wait: Duration,
}

/// Where someone waits.
struct Place {
    /// What is to be fetched.
    slot: Option<Slot>,
    bell: Arc<Notify>,
}

impl Default for Pacer {
    fn default() -> Self {
        Self::new(LimiterOptions::default())
    }
}

impl Pacer {
    /// A pacer that knows of nothing yet.
    pub fn new(options: LimiterOptions) -> Self {
        Self::with_clock(options, Arc::new(SystemClock::default()))
    }

    /// The same with a clock of your own.
    ///
    /// ```
    /// use std::sync::Arc;
    ///
    /// use whatsapp_cloud::client::limiter::LimiterOptions;
    /// use whatsapp_cloud::client::{Pacer, SystemClock};
    ///
    /// let options = LimiterOptions::default().waiting(1_000);
    /// let pacer = Pacer::with_clock(options, Arc::new(SystemClock::default()));
    /// // That clock is what it has otherwise, too.
    /// let the_same = Pacer::new(options);
    /// assert_eq!((pacer.waiting(), the_same.waiting()), (0, 0));
    /// ```
    pub fn with_clock(options: LimiterOptions, clock: Arc<dyn Clock>) -> Self {
        let state = State {
            limiter: Limiter::new(options, random_key()),
            places: BTreeMap::new(),
            due: None,
            is_driven: false,
            bells: Vec::new(),
            longest_wait: LONGEST,
        };
        let shared = Shared { state: Mutex::new(state), earlier: Notify::new(), clock };
        Self { shared: Arc::new(shared) }
    }

    /// Sets how fast a number is; see [`Limiter::set_throughput`].
    ///
    /// # Errors
    ///
    /// [`Full::Numbers`] when it was set for very many other numbers; see
    /// [`LimiterOptions::numbers`].
    pub fn set_throughput(
        &self,
        number: &PhoneNumberId,
        throughput: Throughput,
    ) -> Result<(), Full> {
        self.shared.with(|state, now| {
            state.limiter.set_throughput(now, number, throughput)?;
            state.look(now);
            Ok(())
        })
    }

    /// Sets how fast a number is by what Meta answered
    /// [`GetPhoneNumber`](crate::api::phone_number::GetPhoneNumber), when its `id` and
    /// `throughput` were asked for. Ask for `is_on_biz_app` too: such a number is slower.
    ///
    /// ```
    /// use whatsapp_cloud::api::phone_number::PhoneNumber;
    /// use whatsapp_cloud::client::Pacer;
    ///
    /// let answer = r#"{"id": "106540352242922", "throughput": {"level": "HIGH"}}"#;
    /// let number: PhoneNumber = serde_json::from_str(answer)?;
    /// let pacer = Pacer::default();
    /// pacer.learn(&number)?;
    ///
    /// assert_eq!(pacer.allowed(&"106540352242922".into()), 1_000);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`Full::Numbers`], as [`Pacer::set_throughput`].
    pub fn learn(&self, number: &PhoneNumber) -> Result<(), Full> {
        let level = number.throughput.as_ref().and_then(|told| told.level.as_ref());
        let (Some(id), Some(level)) = (&number.id, level) else { return Ok(()) };
        let is_on_app = number.is_on_biz_app == Some(true);
        self.set_throughput(id, Throughput::of_level(level.as_str(), is_on_app))
    }

    /// Sets how many management calls an account may have in an hour; see
    /// [`Limiter::set_calls`].
    ///
    /// ```
    /// use whatsapp_cloud::AccountId;
    /// use whatsapp_cloud::client::Pacer;
    ///
    /// let pacer = Pacer::default();
    /// // It is not in use yet.
    /// pacer.set_calls(&AccountId::new("102290129340398"), 200)?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`Full::Accounts`] when it was set for very many other accounts; see
    /// [`LimiterOptions::numbers`].
    pub fn set_calls(&self, account: &AccountId, an_hour: u32) -> Result<(), Full> {
        self.shared.with(|state, now| {
            state.limiter.set_calls(now, account, an_hour)?;
            state.look(now);
            Ok(())
        })
    }

    /// Sets the longest that a call waits for its turn, which is 65 minutes otherwise. A call that
    /// would wait for longer fails at once, as not sent; its error says how long.
    ///
    /// ```
    /// use std::time::Duration;
    /// use whatsapp_cloud::client::Pacer;
    ///
    /// let pacer = Pacer::default();
    /// // Whoever clicked on "send" is told within a minute.
    /// pacer.set_longest_wait(Duration::from_secs(60));
    /// ```
    pub fn set_longest_wait(&self, wait: Duration) {
        self.shared.with(|state, _| state.longest_wait = wait);
    }

    /// Forgets what was set for a number that is not used any more, once it is idle.
    ///
    /// ```
    /// use whatsapp_cloud::PhoneNumberId;
    /// use whatsapp_cloud::client::Pacer;
    /// use whatsapp_cloud::client::limiter::{LimiterOptions, Throughput};
    ///
    /// let pacer = Pacer::new(LimiterOptions::default().numbers(1, 1));
    /// let [old, new] = ["106540352242922", "106540352242923"].map(PhoneNumberId::new);
    /// pacer.set_throughput(&old, Throughput::HIGH)?;
    /// pacer.forget(&old);
    /// pacer.set_throughput(&new, Throughput::HIGH)?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn forget(&self, number: &PhoneNumberId) {
        self.shared.with(|state, _| state.limiter.forget(number));
    }

    /// Counts messages that customers sent to a number: both ways count together.
    pub fn incoming(&self, number: &PhoneNumberId, messages: u32) {
        self.shared.with(|state, now| {
            for _ in 0..messages.min(MOST_INCOMING) {
                state.limiter.count_incoming(now, number);
            }
        });
    }

    /// Learns from a status that tells that a message failed, and with which code.
    ///
    /// ```
    /// use whatsapp_cloud::PhoneNumberId;
    /// use whatsapp_cloud::client::Pacer;
    ///
    /// let pacer = Pacer::default();
    /// let number = PhoneNumberId::new("106540352242922");
    /// pacer.failed(&number, None, 130_429); // too many messages
    /// assert!(pacer.allowed(&number) < 80);
    /// ```
    pub fn failed(&self, number: &PhoneNumberId, to: Option<&Recipient>, code: i64) {
        self.shared.with(|state, now| state.limiter.observe_failed(now, number, to, code));
    }

    /// How many messages a second a number is allowed at present.
    pub fn allowed(&self, number: &PhoneNumberId) -> u32 {
        self.shared.with(|state, now| state.limiter.allowed(now, number))
    }

    /// How many calls wait for their turn.
    pub fn waiting(&self) -> usize {
        self.shared.with(|state, _| state.limiter.waiting())
    }

    /// Learns from an answer's headers.
    pub(super) fn observe_usage(&self, usage: &Usage) {
        if !usage.is_empty() {
            self.shared.with(|state, now| state.limiter.observe_usage(now, usage));
        }
    }

    /// Waits until the call may be made, for no longer than `most` and than any call waits.
    pub(super) async fn turn(
        &self,
        paced: Paced<'_>,
        priority: Priority,
        most: Duration,
    ) -> Result<Turn, NoTurn> {
        let due = match self.ask(paced, priority) {
            Ok(turn) => return Ok(turn),
            Err(due) => due,
        };
        let most = most.min(self.shared.with(|state, _| state.longest_wait));
        if due > most {
            return Err(self.too_late(paced, due));
        }
        let over = self.shared.clock.sleep(most);
        match select(pin!(self.wait(paced, priority)), over).await {
            Either::Left((turn, _)) => turn,
            Either::Right(_) => match self.ask(paced, priority) {
                Ok(turn) => Ok(turn),
                Err(due) => Err(self.too_late(paced, due)),
            },
        }
    }

    fn too_late(&self, paced: Paced<'_>, due: Duration) -> NoTurn {
        let full = self.shared.with(|state, _| match paced {
            Paced::Message { from, .. } => state.limiter.full_for(from),
            Paced::Account(account) => state.limiter.full_for_calls(account),
        });
        match full {
            Some(full) => NoTurn::NoRoom { full, due },
            None => NoTurn::TooLate { due },
        }
    }

    /// Waits until the call may be made, however long it takes.
    async fn wait(&self, paced: Paced<'_>, priority: Priority) -> Result<Turn, NoTurn> {
        loop {
            match self.stand(paced, priority) {
                Ok(place) => return Ok(self.holding(place.slot().await)),
                // There is room as soon as another one has been idle for long enough.
                Err(NoTurn::Full(Full::Numbers | Full::Accounts)) => {
                    self.shared.clock.sleep(NO_ROOM).await;
                }
                Err(why) => return Err(why),
            }
        }
    }

    /// The turn, when the call may be made at once.
    pub(super) fn turn_now(&self, paced: Paced<'_>, priority: Priority) -> Option<Turn> {
        self.ask(paced, priority).ok()
    }

    /// The turn, or how long it takes at least until there is one.
    fn ask(&self, paced: Paced<'_>, priority: Priority) -> Result<Turn, Duration> {
        let (reserved, now) = self.shared.with(|state, now| {
            let reserved = match paced {
                Paced::Message { from, to } => {
                    state.limiter.reserve_asked(now, Asked { number: from, to, priority })
                }
                Paced::Account(account) => state.limiter.reserve_call(now, account),
            };
            (reserved, now)
        });
        match reserved {
            Reserved::Granted(slot) => Ok(self.holding(slot)),
            Reserved::Wait { until } => Err(until.since(now)),
        }
    }

    /// Stands in line.
    fn stand(&self, paced: Paced<'_>, priority: Priority) -> Result<InLine, NoTurn> {
        let runtime = Handle::try_current().map_err(|_| NoTurn::NoRuntime)?;
        let bell = Arc::new(Notify::new());
        let ticket = self.shared.with(|state, now| {
            let ticket = match paced {
                Paced::Message { from, to } => {
                    state.limiter.wait_asked(now, Asked { number: from, to, priority })
                }
                Paced::Account(account) => state.limiter.wait_for_call(now, account),
            }?;
            state.places.insert(ticket, Place { slot: None, bell: Arc::clone(&bell) });
            // Others may have become due, and when to look again may be earlier now.
            state.look(now);
            Ok::<_, Full>(ticket)
        })?;
        let place = InLine { shared: Arc::clone(&self.shared), ticket, bell };
        Shared::drive(&self.shared, &runtime);
        Ok(place)
    }

    fn holding(&self, slot: Slot) -> Turn {
        Turn { shared: Arc::clone(&self.shared), slot: Some(slot), is_leaving: false }
    }
}

impl Shared {
    /// Does something with the state, and then wakes whom it concerns.
    fn with<T>(&self, act: impl FnOnce(&mut State, Moment) -> T) -> T {
        let mut state = self.state.lock().expect("the limiter does not panic");
        // Within the lock, so that times come in order.
        let now = Moment::after_start(self.clock.now());
        let before = state.due;
        let told = act(&mut state, now);
        let is_earlier = state.due.is_some_and(|due| before.is_none_or(|before| due < before));
        let bells = std::mem::take(&mut state.bells);
        drop(state);
        // Waking may run code of others, which may come back to the lock.
        for bell in bells {
            bell.notify_one();
        }
        if is_earlier {
            self.earlier.notify_one();
        }
        told
    }

    /// Sees to it that somebody looks when someone is due.
    fn drive(shared: &Arc<Self>, runtime: &Handle) {
        let is_wanted = shared.with(|state, _| {
            let is_wanted = !state.is_driven && state.limiter.waiting() > 0;
            state.is_driven |= is_wanted;
            is_wanted
        });
        if is_wanted {
            let driver = Driver { shared: Arc::clone(shared), is_done: false };
            runtime.spawn(driver.run());
        }
    }
}

impl State {
    /// Tells all who may go that they may.
    fn look(&mut self, now: Moment) {
        self.due = loop {
            match self.limiter.next(now) {
                Next::Go { ticket, slot } => match self.places.get_mut(&ticket) {
                    Some(place) => {
                        place.slot = Some(slot);
                        self.bells.push(Arc::clone(&place.bell));
                    }
                    None => self.limiter.give_back(now, slot),
                },
                Next::At(at) => break Some(at),
                Next::Idle => break None,
            }
        };
    }
}

/// Looks who may go, as long as anybody waits.
struct Driver {
    shared: Arc<Shared>,
    is_done: bool,
}

impl Driver {
    async fn run(mut self) {
        loop {
            let wait = self.shared.with(|state, now| {
                state.look(now);
                state.is_driven = state.limiter.waiting() > 0;
                state.is_driven.then(|| state.due.map_or(UNKNOWN, |due| due.since(now)))
            });
            let Some(wait) = wait else { break };
            let sleep = self.shared.clock.sleep(wait);
            select(sleep, pin!(self.shared.earlier.notified())).await;
        }
        self.is_done = true;
    }
}

impl Drop for Driver {
    /// Its runtime ended. Someone who waits in another one goes on.
    fn drop(&mut self) {
        if !self.is_done {
            self.shared.with(|state, _| {
                state.is_driven = false;
                state.bells.extend(state.next_driver());
            });
        }
    }
}

impl State {
    fn next_driver(&self) -> Option<Arc<Notify>> {
        self.places.values().find(|place| place.slot.is_none()).map(|place| Arc::clone(&place.bell))
    }
}

/// A place in line, which is left when it is dropped.
struct InLine {
    shared: Arc<Shared>,
    ticket: Ticket,
    bell: Arc<Notify>,
}

impl InLine {
    async fn slot(self) -> Slot {
        loop {
            let slot = self.shared.with(|state, _| state.places.get_mut(&self.ticket)?.slot.take());
            if let Some(slot) = slot {
                return slot;
            }
            if let Ok(runtime) = Handle::try_current() {
                Shared::drive(&self.shared, &runtime);
            }
            self.bell.notified().await;
        }
    }
}

impl Drop for InLine {
    fn drop(&mut self) {
        self.shared.with(|state, now| {
            match state.places.remove(&self.ticket).and_then(|place| place.slot) {
                Some(slot) => state.limiter.give_back(now, slot),
                None => state.limiter.withdraw(self.ticket),
            }
            state.look(now);
            if !state.is_driven {
                // It may have been this one that was asked to see to it.
                state.bells.extend(state.next_driver());
            }
        });
    }
}

/// The right to make one call, now. Given back when it is dropped before the call leaves.
pub(super) struct Turn {
    shared: Arc<Shared>,
    slot: Option<Slot>,
    is_leaving: bool,
}

impl Turn {
    /// From now on Meta may have seen it.
    pub(super) fn leave(&mut self) {
        self.is_leaving = true;
    }

    /// What became of the call.
    pub(super) fn tell(mut self, error: Option<&Error>) {
        // One that did not leave is given back by dropping it.
        if let Some(slot) = self.slot.take_if(|_| self.is_leaving) {
            let outcome = error.map_or(Outcome::Accepted, Outcome::of_error);
            self.shared.with(|state, now| {
                state.limiter.observe(now, slot, outcome);
                if outcome == Outcome::NotSent {
                    state.look(now);
                }
            });
        }
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        if let Some(slot) = self.slot.take_if(|_| !self.is_leaving) {
            self.shared.with(|state, now| {
                state.limiter.give_back(now, slot);
                state.look(now);
            });
        }
    }
}

/// Why a call has no turn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum NoTurn {
    #[error(transparent)]
    Full(#[from] Full),
    #[error("{full}")]
    NoRoom { full: Full, due: Duration },
    #[error("its turn would come too late")]
    TooLate {
        /// In how long it might come.
        due: Duration,
    },
    #[error("a call can wait for its turn in a tokio runtime only")]
    NoRuntime,
}

/// Shows how many wait.
impl fmt::Debug for Pacer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pacer").field("waiting", &self.waiting()).finish_non_exhaustive()
    }
}
