//! How fast one may send: a limiter that keeps below Meta's limits instead of running into
//! them. Pure: time and randomness are arguments, and nobody is made to wait in here.
//!
//! Three limits of Meta's are kept:
//!
//! - each business number: [`Throughput`] messages in any second, incoming ones among them;
//! - each pair of number and recipient: a message in six seconds, or up to 45 at once which
//!   are then paid for with six seconds of silence each;
//! - each WhatsApp Business account: 5,000 management calls in any hour.
//!
//! ```
//! use std::time::Duration;
//! use whatsapp_cloud::PhoneNumberId;
//! use whatsapp_cloud::api::Recipient;
//! use whatsapp_cloud::client::limiter::{
//!     Limiter, LimiterOptions, Moment, Outcome, Priority, Request, Reserved,
//! };
//!
//! let random = [7; 32]; // from the operating system, in earnest
//! let mut limiter = Limiter::new(LimiterOptions::default(), random);
//! let (number, to) = (PhoneNumberId::new("106540352242922"), Recipient::from("5511999990001"));
//! let request = Request { number: &number, to: &to, priority: Priority::Campaign };
//!
//! let now = Moment::after_start(Duration::from_secs(10));
//! let Reserved::Granted(slot) = limiter.reserve(now, request) else { panic!("too fast") };
//! // … the message is sent …
//! limiter.observe(now + Duration::from_millis(90), slot, Outcome::Accepted);
//!
//! // The same recipient has to wait for six seconds, and a quarter for the way.
//! let Reserved::Wait { until } = limiter.reserve(now, request) else { panic!("too soon") };
//! assert_eq!(until.since(now), Duration::from_millis(6_250));
//! ```
//!
//! Who has a queue of their own asks with [`Limiter::reserve`]. Who has none lets messages
//! wait in here ([`Limiter::wait`]) and takes them out as they may go ([`Limiter::next`]):
//! agents before bots before campaigns, recipients in turn, and messages to one recipient in
//! their order.
//!
//! Where things are: `window` counts, `speed` slows down and recovers, `pair` is about
//! recipients, `line` about those who wait; `number` and `account` put them together.

use std::collections::BTreeMap;
use std::fmt;
use std::time::Duration;

use crate::api::Recipient;
use crate::client::usage::USED_UP;
use crate::client::{Shares, Usage};
use crate::id::{AccountId, PhoneNumberId};

mod account;
mod limits;
mod line;
mod moment;
mod number;
mod pair;
mod slot;
mod speed;
mod window;

pub use limits::{LimiterOptions, Priority, Throughput};
pub use moment::Moment;
pub use slot::{Full, Next, Outcome, Request, Reserved, Slot, Ticket};

use account::Account;
use limits::CALLS;
use moment::Timeline;
use number::{Number, TooMuch, Turn};
use pair::{PairKey, Pairs, Room};
pub(in crate::client) use slot::Asked;
use slot::{SlotOf, name_of};

/// Meta's code for too many messages to one recipient.
const PAIR_LIMIT: i64 = 131_056;
/// When to ask again for a number or account that finds no room.
pub(in crate::client) const NO_ROOM: Duration = Duration::from_secs(1);
/// The longest rest that is taken because Meta asked for it: its longest limit is one of an
/// hour, and whoever was told a longer wait by mistake would be mute until the process ends.
const LONGEST: Duration = Duration::from_secs(60 * 60);
/// The same for a refusal without an error of Meta's, which a proxy on the way may have made.
const LONGEST_OF_OTHERS: Duration = Duration::from_secs(60);
/// What was set is kept for so many times as many numbers and accounts as may be in use.
const TOLD: usize = 16;

/// Keeps below Meta's limits.
///
/// - In no second are more messages granted than a number may exchange, wherever the second
///   begins; while enough wait, 97 % of them are.
/// - What Meta refuses as too fast slows down what it is about, and only that; it recovers
///   step by step.
/// - A recipient who cannot get anything now holds up nobody else.
/// - Memory is bounded by [`LimiterOptions`]; no pair is forgotten while it is limited.
/// - A clock that steps back grants nothing twice, and stops nothing for longer than a
///   second. A step that no call has seen looks like time that passes slowly: a burst to one
///   recipient may then last too long.
///
/// `Debug` shows counts: recipients are kept as keyed hashes only.
///
/// ```
/// use std::time::Duration;
///
/// use whatsapp_cloud::PhoneNumberId;
/// use whatsapp_cloud::client::limiter::{Limiter, LimiterOptions, Moment};
///
/// let mut limiter = Limiter::new(LimiterOptions::default(), [7; 32]); // random in earnest
/// let now = Moment::after_start(Duration::from_secs(10));
/// let number = PhoneNumberId::new("106540352242922");
/// assert_eq!(limiter.allowed(now, &number), 80, "messages a second, as Meta says");
/// ```
pub struct Limiter {
    options: LimiterOptions,
    secret: [u8; 32],
    time: Timeline,
    numbers: BTreeMap<PhoneNumberId, Number>,
    accounts: BTreeMap<AccountId, Account>,
    /// What was set, also for those that are not in use.
    throughputs: BTreeMap<PhoneNumberId, Throughput>,
    calls: BTreeMap<AccountId, u32>,
    /// Until when no account makes calls, since the app has used up its limit.
    app_paused: Moment,
    pairs: Pairs,
    waiting: BTreeMap<Ticket, Waiting>,
    tickets: u64,
}

enum Waiting {
    Message { number: PhoneNumberId, key: PairKey, priority: Priority },
    Call { account: AccountId },
}

impl Limiter {
    /// A limiter that knows of nothing yet. The random bytes are the key under which
    /// recipients are hashed.
    pub fn new(options: LimiterOptions, random: [u8; 32]) -> Self {
        Self {
            options,
            secret: random,
            time: Timeline::default(),
            numbers: BTreeMap::new(),
            accounts: BTreeMap::new(),
            throughputs: BTreeMap::new(),
            calls: BTreeMap::new(),
            app_paused: Moment::START,
            pairs: Pairs::new(options.pairs, options.pair_slack),
            waiting: BTreeMap::new(),
            tickets: 0,
        }
    }

    /// Sets how fast a number is, which is [`Throughput::STANDARD`] otherwise. It is kept
    /// until [`Limiter::forget`].
    ///
    /// ```
    /// use std::time::Duration;
    ///
    /// use whatsapp_cloud::PhoneNumberId;
    /// use whatsapp_cloud::client::limiter::{Limiter, LimiterOptions, Moment, Throughput};
    ///
    /// let mut limiter = Limiter::new(LimiterOptions::default(), [7; 32]); // random in earnest
    /// let now = Moment::after_start(Duration::from_secs(10));
    /// let number = PhoneNumberId::new("106540352242922");
    /// limiter.set_throughput(now, &number, Throughput::HIGH)?;
    /// assert_eq!(limiter.allowed(now, &number), 1_000);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`Full::Numbers`] when it was set for 16 times as many other numbers as may be in use.
    pub fn set_throughput(
        &mut self,
        now: Moment,
        number: &PhoneNumberId,
        throughput: Throughput,
    ) -> Result<(), Full> {
        self.own(now);
        let most = self.options.numbers.saturating_mul(TOLD);
        if !keep(&mut self.throughputs, number, throughput, most) {
            return Err(Full::Numbers);
        }
        if let Some(number) = self.numbers.get_mut(number) {
            number.set_throughput(throughput);
        }
        Ok(())
    }

    /// Sets how many management calls an account may have in an hour, which is 5,000
    /// otherwise, and the most; Meta allows 200 to one that is not in use yet.
    ///
    /// ```
    /// use std::time::Duration;
    ///
    /// use whatsapp_cloud::AccountId;
    /// use whatsapp_cloud::client::limiter::{Limiter, LimiterOptions, Moment, Reserved};
    ///
    /// let mut limiter = Limiter::new(LimiterOptions::default(), [7; 32]); // random in earnest
    /// let now = Moment::after_start(Duration::from_secs(10));
    /// let account = AccountId::new("102290129340398");
    /// limiter.set_calls(now, &account, 200)?;
    ///
    /// let granted = (0..1_000)
    ///     .filter(|_| matches!(limiter.reserve_call(now, &account), Reserved::Granted(_)))
    ///     .count();
    /// assert_eq!(granted, 200);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`Full::Accounts`] when it was set for 16 times as many other accounts as may be in use.
    pub fn set_calls(
        &mut self,
        now: Moment,
        account: &AccountId,
        an_hour: u32,
    ) -> Result<(), Full> {
        self.own(now);
        let (an_hour, most) = (an_hour.clamp(1, CALLS), self.options.accounts.saturating_mul(TOLD));
        if !keep(&mut self.calls, account, an_hour, most) {
            return Err(Full::Accounts);
        }
        if let Some(account) = self.accounts.get_mut(account) {
            account.set_calls(an_hour);
        }
        Ok(())
    }

    /// Forgets what was set for a number that is not used any more, once it is idle.
    ///
    /// ```
    /// use std::time::Duration;
    ///
    /// use whatsapp_cloud::PhoneNumberId;
    /// use whatsapp_cloud::client::limiter::{Limiter, LimiterOptions, Moment, Throughput};
    ///
    /// let mut limiter = Limiter::new(LimiterOptions::default(), [7; 32]); // random in earnest
    /// let now = Moment::after_start(Duration::from_secs(10));
    /// let number = PhoneNumberId::new("106540352242922");
    /// limiter.set_throughput(now, &number, Throughput::HIGH)?;
    /// assert_eq!(limiter.allowed(now, &number), 1_000);
    ///
    /// limiter.forget(&number);
    /// assert_eq!(limiter.allowed(now, &number), 80, "as much as any other");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn forget(&mut self, number: &PhoneNumberId) {
        self.throughputs.remove(number);
    }

    /// How many messages a second a number is allowed at present.
    pub fn allowed(&mut self, now: Moment, number: &PhoneNumberId) -> u32 {
        let now = self.own(now);
        match self.numbers.get_mut(number) {
            Some(number) => number.allowed(now),
            None => self.throughput(number).messages(),
        }
    }

    /// How many messages and calls wait.
    pub fn waiting(&self) -> usize {
        self.waiting.len()
    }

    /// Asks for a slot at once. Overtakes nobody who waits with [`Limiter::wait`].
    pub fn reserve(&mut self, now: Moment, request: Request<'_>) -> Reserved {
        self.reserve_asked(now, request.into())
    }

    pub(in crate::client) fn reserve_asked(&mut self, now: Moment, request: Asked<'_>) -> Reserved {
        let now = self.own(now);
        let key = PairKey::new(&self.secret, request.number, request.to);
        let room = self.pairs.room(key, now, request.priority.burst());
        let Some(number) = self.number(now, request.number) else {
            return Reserved::Wait { until: self.time.told(now + NO_ROOM) };
        };
        let mut until = number.gate(now);
        if number.would_overtake(request.priority, key) {
            until = until.max(now + Duration::from_millis(1));
        }
        if let Room::At(at) | Room::NoneUntil(at) = room {
            until = until.max(at);
        }
        if until > now {
            return Reserved::Wait { until: self.time.told(until) };
        }
        number.start(now);
        let opened = self.pairs.start(key, now);
        let of = SlotOf::Message { number: request.number.clone(), pair: key, opened };
        Reserved::Granted(Slot { at: now, of })
    }

    /// Lets a message wait for its turn, which [`Limiter::next`] tells.
    ///
    /// ```
    /// use std::time::Duration;
    ///
    /// use whatsapp_cloud::PhoneNumberId;
    /// use whatsapp_cloud::api::Recipient;
    /// use whatsapp_cloud::client::limiter::{
    ///     Limiter, LimiterOptions, Moment, Next, Outcome, Priority, Request,
    /// };
    ///
    /// let mut limiter = Limiter::new(LimiterOptions::default(), [7; 32]); // random in earnest
    /// let now = Moment::after_start(Duration::from_secs(10));
    /// let number = PhoneNumberId::new("106540352242922");
    /// let to = Recipient::from("+5511999990001");
    /// let message = Request { number: &number, to: &to, priority: Priority::Bot };
    /// let mine = limiter.wait(now, message)?;
    /// assert_eq!(limiter.waiting(), 1);
    ///
    /// let Next::Go { ticket, slot } = limiter.next(now) else { panic!("the line was empty") };
    /// assert_eq!(ticket, mine);
    /// limiter.observe(now, slot, Outcome::Accepted);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`Full`] when too many wait already, where a campaign is refused first and an agent
    /// last, or when as many other numbers are in use as are allowed.
    pub fn wait(&mut self, now: Moment, request: Request<'_>) -> Result<Ticket, Full> {
        self.wait_asked(now, request.into())
    }

    pub(in crate::client) fn wait_asked(
        &mut self,
        now: Moment,
        request: Asked<'_>,
    ) -> Result<Ticket, Full> {
        let now = self.own(now);
        if self.waiting.len() >= request.priority.room(self.options.waiting) {
            return Err(Full::Waiting);
        }
        let key = PairKey::new(&self.secret, request.number, request.to);
        let ticket = Ticket(self.tickets);
        let number = self.number(now, request.number).ok_or(Full::Numbers)?;
        number.line(request.priority).add(key, ticket);
        self.tickets += 1;
        let number = request.number.clone();
        let waiting = Waiting::Message { number, key, priority: request.priority };
        self.waiting.insert(ticket, waiting);
        Ok(ticket)
    }

    /// Lets a management call wait for its turn, which [`Limiter::next`] tells: the calls of
    /// one account in their order.
    ///
    /// ```
    /// use std::time::Duration;
    ///
    /// use whatsapp_cloud::AccountId;
    /// use whatsapp_cloud::client::limiter::{Limiter, LimiterOptions, Moment, Next};
    ///
    /// let mut limiter = Limiter::new(LimiterOptions::default(), [7; 32]); // random in earnest
    /// let now = Moment::after_start(Duration::from_secs(10));
    /// let mine = limiter.wait_for_call(now, &AccountId::new("102290129340398"))?;
    /// assert!(matches!(limiter.next(now), Next::Go { ticket, .. } if ticket == mine));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`Full`] when too many wait already, or as many other accounts are in use as are allowed.
    pub fn wait_for_call(&mut self, now: Moment, account: &AccountId) -> Result<Ticket, Full> {
        let now = self.own(now);
        if self.waiting.len() >= Priority::Bot.room(self.options.waiting) {
            return Err(Full::Waiting);
        }
        let ticket = Ticket(self.tickets);
        self.account(now, account).ok_or(Full::Accounts)?.line().insert(ticket);
        self.tickets += 1;
        self.waiting.insert(ticket, Waiting::Call { account: account.clone() });
        Ok(ticket)
    }

    /// Nobody waits for this ticket any more.
    pub fn withdraw(&mut self, ticket: Ticket) {
        match self.waiting.remove(&ticket) {
            Some(Waiting::Message { number, key, priority }) => {
                if let Some(number) = self.numbers.get_mut(&number) {
                    number.line(priority).remove(key, ticket);
                }
            }
            Some(Waiting::Call { account }) => {
                if let Some(account) = self.accounts.get_mut(&account) {
                    account.line().remove(&ticket);
                }
            }
            None => {}
        }
    }

    /// Whose turn it is, of all who wait. Asked again until nobody may send, and again at the
    /// moment that it then names, or when someone else has come.
    pub fn next(&mut self, now: Moment) -> Next {
        let now = self.own(now);
        let mut soonest: Option<Moment> = None;
        let mut look_at =
            |at: Moment| soonest = Some(soonest.map_or(at, |soonest| soonest.min(at)));
        for (id, number) in &mut self.numbers {
            match number.next(now, &mut self.pairs) {
                Turn::Go { ticket, key, opened } => {
                    self.waiting.remove(&ticket);
                    let of = SlotOf::Message { number: id.clone(), pair: key, opened };
                    return Next::Go { ticket, slot: Slot { at: now, of } };
                }
                Turn::At(at) => look_at(at),
                Turn::Idle => {}
            }
        }
        for (id, account) in &mut self.accounts {
            match account.next(now, self.app_paused) {
                Some(Ok(ticket)) => {
                    self.waiting.remove(&ticket);
                    let of = SlotOf::Call { account: id.clone() };
                    return Next::Go { ticket, slot: Slot { at: now, of } };
                }
                Some(Err(at)) => look_at(at),
                None => {}
            }
        }
        soonest.map_or(Next::Idle, |at| Next::At(self.time.told(at)))
    }

    /// Asks for a slot for a management call, at once. Overtakes nobody who waits with
    /// [`Limiter::wait_for_call`].
    pub fn reserve_call(&mut self, now: Moment, account: &AccountId) -> Reserved {
        let now = self.own(now);
        let app_paused = self.app_paused;
        let Some(found) = self.account(now, account) else {
            return Reserved::Wait { until: self.time.told(now + NO_ROOM) };
        };
        let mut until = found.gate().max(app_paused);
        if !found.line().is_empty() {
            until = until.max(now + Duration::from_millis(1));
        }
        if until > now {
            return Reserved::Wait { until: self.time.told(until) };
        }
        found.start(now);
        Reserved::Granted(Slot { at: now, of: SlotOf::Call { account: account.clone() } })
    }

    /// Counts a message that a customer sent to a number: both ways count together.
    ///
    /// ```
    /// use std::time::Duration;
    ///
    /// use whatsapp_cloud::PhoneNumberId;
    /// use whatsapp_cloud::api::Recipient;
    /// use whatsapp_cloud::client::limiter::{
    ///     Limiter, LimiterOptions, Moment, Priority, Request, Reserved,
    /// };
    ///
    /// # let mut limiter = Limiter::new(LimiterOptions::default(), [7; 32]);
    /// # let now = Moment::after_start(Duration::from_secs(10));
    /// let number = PhoneNumberId::new("106540352242922");
    /// let to = Recipient::from("+5511999990001");
    /// for _ in 0..80 {
    ///     limiter.count_incoming(now, &number);
    /// }
    /// let answer = Request { number: &number, to: &to, priority: Priority::Agent };
    /// assert!(matches!(limiter.reserve(now, answer), Reserved::Wait { .. }));
    /// ```
    pub fn count_incoming(&mut self, now: Moment, number: &PhoneNumberId) {
        let now = self.own(now);
        if let Some(number) = self.number(now, number) {
            number.count_incoming(now);
        }
    }

    /// Takes back a slot with which nothing was sent.
    pub fn give_back(&mut self, now: Moment, slot: Slot) {
        let now = self.own(now);
        match slot.of {
            SlotOf::Message { number, pair, opened } => {
                self.pairs.undo(pair, opened, slot.at);
                if let Some(number) = self.numbers.get_mut(&number) {
                    number.undo(slot.at, now);
                    number.unblock(pair);
                }
            }
            SlotOf::Call { account } => {
                if let Some(account) = self.accounts.get_mut(&account) {
                    account.undo(slot.at);
                }
            }
        }
    }

    /// Learns from what became of a slot.
    ///
    /// A wait that Meta asks for is kept for an hour at most, and for a minute when no code came
    /// with it, as from a proxy on the way.
    pub fn observe(&mut self, now: Moment, slot: Slot, outcome: Outcome) {
        let (code, wait) = match outcome {
            Outcome::NotSent => return self.give_back(now, slot),
            Outcome::Lost => return,
            Outcome::Accepted => {
                if let SlotOf::Message { pair, .. } = slot.of {
                    self.pairs.accepted(pair, slot.at);
                }
                return;
            }
            Outcome::Refused { code, wait } => {
                let longest = if code.is_some() { LONGEST } else { LONGEST_OF_OTHERS };
                (code, wait.unwrap_or_default().min(longest))
            }
        };
        let now = self.own(now);
        match slot.of {
            SlotOf::Message { number, pair, .. } => {
                self.learn(now, slot.at, &number, Some(pair), code, wait);
            }
            SlotOf::Call { account } => {
                let is_too_much = TooMuch::of(code).is_some();
                if let Some(account) = self.accounts.get_mut(&account).filter(|_| is_too_much) {
                    account.pause(now + wait.max(account::PAUSE));
                }
            }
        }
    }

    /// Learns from an error that came later: in a failed status.
    ///
    /// ```
    /// use std::time::Duration;
    ///
    /// use whatsapp_cloud::PhoneNumberId;
    /// use whatsapp_cloud::client::limiter::{Limiter, LimiterOptions, Moment};
    ///
    /// let mut limiter = Limiter::new(LimiterOptions::default(), [7; 32]); // random in earnest
    /// let now = Moment::after_start(Duration::from_secs(10));
    /// let number = PhoneNumberId::new("106540352242922");
    /// // Too many messages from this number, says a status.
    /// limiter.observe_failed(now, &number, None, 130_429);
    /// assert!(limiter.allowed(now, &number) < 80);
    /// ```
    pub fn observe_failed(
        &mut self,
        now: Moment,
        number: &PhoneNumberId,
        to: Option<&Recipient>,
        code: i64,
    ) {
        let now = self.own(now);
        let pair = to.map(|to| PairKey::new(&self.secret, number, name_of(to)));
        // Nobody knows when it was sent. What was slowed down within the last second is not
        // slowed down again.
        self.learn(now, now.minus(NO_ROOM), number, pair, Some(code), Duration::ZERO);
    }

    /// Learns from an answer's headers: an account whose limit is used up makes no calls
    /// until Meta takes them again, for an hour at most. No account does for a minute when that
    /// of the app is used up. Messages have limits of their own.
    ///
    /// ```
    /// use std::time::Duration;
    ///
    /// use whatsapp_cloud::AccountId;
    /// use whatsapp_cloud::client::Usage;
    /// use whatsapp_cloud::client::limiter::{Limiter, LimiterOptions, Moment, Reserved};
    ///
    /// let mut limiter = Limiter::new(LimiterOptions::default(), [7; 32]); // random in earnest
    /// let now = Moment::after_start(Duration::from_secs(10));
    /// let said = r#"{"102290129340398":[{"estimated_time_to_regain_access":19}]}"#;
    /// let header = |name: &str| (name == "x-business-use-case-usage").then_some(said);
    /// limiter.observe_usage(now, &Usage::read(header));
    ///
    /// let call = limiter.reserve_call(now, &AccountId::new("102290129340398"));
    /// let Reserved::Wait { until } = call else { panic!("nothing is left") };
    /// assert_eq!(until, now + Duration::from_secs(19 * 60));
    /// ```
    pub fn observe_usage(&mut self, now: Moment, usage: &Usage) {
        let now = self.own(now);
        if usage.app.is_some_and(Shares::are_used_up) {
            self.app_paused = self.app_paused.max(now + USED_UP);
        }
        for told in &usage.accounts {
            if let (Some(wait), Some(account)) = (told.wait(), self.account(now, &told.account)) {
                account.pause(now + wait.min(LONGEST));
            }
        }
    }

    fn own(&mut self, now: Moment) -> Moment {
        let now = self.time.own(now);
        self.pairs.set_stood(self.time.stood());
        now
    }

    fn learn(
        &mut self,
        now: Moment,
        started: Moment,
        number: &PhoneNumberId,
        pair: Option<PairKey>,
        code: Option<i64>,
        told: Duration,
    ) {
        match (code, pair) {
            (Some(PAIR_LIMIT), Some(pair)) => self.pairs.refused(pair, started, now, told),
            (code, _) => {
                if let (Some(why), Some(number)) = (TooMuch::of(code), self.number(now, number)) {
                    number.refused(why, started, now, told);
                }
            }
        }
    }

    /// What was set, or what every number has.
    fn throughput(&self, number: &PhoneNumberId) -> Throughput {
        self.throughputs.get(number).copied().unwrap_or(Throughput::STANDARD)
    }

    /// What is full, when there is no room for a number now.
    pub(in crate::client) fn full_for(&self, number: &PhoneNumberId) -> Option<Full> {
        let is_full = self.numbers.len() >= self.options.numbers;
        (is_full && !self.numbers.contains_key(number)).then_some(Full::Numbers)
    }

    /// The same for an account.
    pub(in crate::client) fn full_for_calls(&self, account: &AccountId) -> Option<Full> {
        let is_full = self.accounts.len() >= self.options.accounts;
        (is_full && !self.accounts.contains_key(account)).then_some(Full::Accounts)
    }

    /// The number, when there is room for it.
    fn number(&mut self, now: Moment, id: &PhoneNumberId) -> Option<&mut Number> {
        if !self.numbers.contains_key(id) {
            if self.numbers.len() >= self.options.numbers {
                self.numbers.retain(|_, number| !number.is_idle(now));
            }
            if self.numbers.len() >= self.options.numbers {
                return None;
            }
            let number = Number::new(self.throughput(id), self.options.slack);
            self.numbers.insert(id.clone(), number);
        }
        self.numbers.get_mut(id)
    }

    /// The account, when there is room for it.
    fn account(&mut self, now: Moment, id: &AccountId) -> Option<&mut Account> {
        if !self.accounts.contains_key(id) {
            if self.accounts.len() >= self.options.accounts {
                self.accounts.retain(|_, account| !account.is_idle(now));
            }
            if self.accounts.len() >= self.options.accounts {
                return None;
            }
            let most = self.calls.get(id).copied().unwrap_or(CALLS);
            self.accounts.insert(id.clone(), Account::new(most));
        }
        self.accounts.get_mut(id)
    }
}

/// Keeps what was set, when it was set for fewer than `most` others. Answers whether it is kept.
fn keep<K: Clone + Ord, V>(all: &mut BTreeMap<K, V>, key: &K, value: V, most: usize) -> bool {
    let has_room = all.len() < most || all.contains_key(key);
    if has_room {
        all.insert(key.clone(), value);
    }
    has_room
}

impl fmt::Debug for Limiter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Limiter")
            .field("options", &self.options)
            .field("numbers", &self.numbers.len())
            .field("accounts", &self.accounts.len())
            .field("pairs", &self.pairs.len())
            .field("waiting", &self.waiting.len())
            .finish_non_exhaustive()
    }
}
