//! What is limited, and to how much.

use std::time::Duration;

/// How many messages a second a business number may exchange, both ways together.
///
/// Source: <https://developers.facebook.com/docs/whatsapp/throughput>
///
/// ```
/// use whatsapp_cloud::client::limiter::Throughput;
///
/// assert_eq!(Throughput::of_level("HIGH", false), Throughput::HIGH);
/// assert_eq!(Throughput::of_level("A NEW WORD", false), Throughput::STANDARD);
/// assert_eq!(Throughput::of_level("HIGH", true), Throughput::COEXISTENCE);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Throughput(u32);

impl Throughput {
    /// What every number has.
    pub const STANDARD: Self = Self(80);
    /// After Meta's upgrade; the most there is.
    pub const HIGH: Self = Self(1_000);
    /// A number that is also used in the WhatsApp Business app.
    pub const COEXISTENCE: Self = Self(20);

    /// So many messages a second; at least one, and at most [`Throughput::HIGH`]. For a part
    /// of a number's throughput when several processes share it.
    ///
    /// ```
    /// use whatsapp_cloud::client::limiter::Throughput;
    ///
    /// // Four processes share a number.
    /// let quarter = Throughput::per_second(Throughput::STANDARD.messages() / 4);
    /// assert_eq!(quarter.messages(), 20);
    /// assert_eq!(Throughput::per_second(5_000), Throughput::HIGH, "there is no more");
    /// ```
    pub fn per_second(messages: u32) -> Self {
        Self(messages.clamp(1, Self::HIGH.0))
    }

    /// What the word in a number's `throughput.level` stands for, and whether the number is
    /// used in the app as well (`is_on_biz_app`).
    ///
    /// Meta names the words `STANDARD`, `HIGH` and `NOT_APPLICABLE`, and no figures with
    /// them. Any word but `HIGH` is taken as the standard, which every number has.
    pub fn of_level(level: &str, is_on_app: bool) -> Self {
        match level {
            _ if is_on_app => Self::COEXISTENCE,
            "HIGH" => Self::HIGH,
            _ => Self::STANDARD,
        }
    }

    /// How many messages a second.
    pub fn messages(self) -> u32 {
        self.0
    }
}

/// Who goes first when not all can go at once. Strictly: while agents use up a number, its
/// bots and campaigns wait.
///
/// ```
/// use secrecy::SecretString;
/// use whatsapp_cloud::Client;
/// use whatsapp_cloud::client::limiter::Priority;
///
/// let client = Client::new(SecretString::from("EAAG-example"))?;
/// // The answers of people do not wait for the newsletter.
/// let (desk, newsletter) =
///     (client.with_priority(Priority::Agent), client.with_priority(Priority::Campaign));
/// # let _ = (desk, newsletter);
/// # Ok::<(), whatsapp_cloud::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Priority {
    /// What a person writes.
    Agent,
    /// What answers by itself.
    Bot,
    /// What is sent to many.
    Campaign,
}

impl Priority {
    pub(super) const ALL: [Self; 3] = [Self::Agent, Self::Bot, Self::Campaign];

    pub(super) fn place(self) -> usize {
        match self {
            Self::Agent => 0,
            Self::Bot => 1,
            Self::Campaign => 2,
        }
    }

    /// How many messages may go to one recipient at once. Each of them is to be paid for
    /// with six seconds of silence, and an agent's next message would wait for a campaign's.
    pub(super) fn burst(self) -> u32 {
        match self {
            Self::Agent => PAIR_BURST,
            Self::Bot => 15,
            Self::Campaign => 1,
        }
    }

    /// How many may wait when `most` may: a campaign does not fill the waiting room for
    /// agents.
    pub(super) fn room(self, most: usize) -> usize {
        match self {
            Self::Agent => most,
            Self::Bot => most - most / 10,
            Self::Campaign => most - most / 5,
        }
    }
}

/// One message to one customer in so long a time …
///
/// Source: <https://developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes>
pub(super) const PAIR_EVERY: Duration = Duration::from_secs(6);
/// … or so many within that time, each paid for afterwards.
pub(super) const PAIR_BURST: u32 = 45;
/// The span in which management calls are counted.
pub(super) const CALLS_SPAN: Duration = Duration::from_secs(60 * 60);
/// For an account that is in use.
///
/// Source: <https://developers.facebook.com/docs/graph-api/overview/rate-limiting>
pub(super) const CALLS: u32 = 5_000;

/// How a [`Limiter`](crate::client::limiter::Limiter) is set up.
///
/// ```
/// use std::time::Duration;
///
/// use whatsapp_cloud::client::limiter::{Limiter, LimiterOptions};
///
/// let options = LimiterOptions::default().slack(Duration::from_millis(500)).waiting(10_000);
/// let limiter = Limiter::new(options, [7; 32]); // random in earnest
/// assert_eq!(limiter.waiting(), 0);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
pub struct LimiterOptions {
    pub(super) slack: Duration,
    pub(super) pair_slack: Duration,
    pub(super) numbers: usize,
    pub(super) accounts: usize,
    pub(super) pairs: usize,
    pub(super) waiting: usize,
}

impl Default for LimiterOptions {
    /// 30 ms of slack in a second and 250 ms for a recipient; 1,024 numbers, 256 accounts,
    /// 65,536 pairs, 100,000 who wait.
    fn default() -> Self {
        Self {
            slack: Duration::from_millis(30),
            pair_slack: Duration::from_millis(250),
            numbers: 1_024,
            accounts: 256,
            pairs: 65_536,
            waiting: 100_000,
        }
    }
}

impl LimiterOptions {
    /// By how much the way to Meta may differ from message to message without more of them
    /// arriving in a second than are allowed. Of the limit, 1 s in 1 s + `slack` is used:
    /// 97 % with the 30 ms that are set otherwise. At most a second.
    pub fn slack(mut self, slack: Duration) -> Self {
        self.slack = slack.min(Duration::from_secs(1));
        self
    }

    /// The same for the six seconds between messages to one recipient. At most five seconds.
    pub fn pair_slack(mut self, slack: Duration) -> Self {
        self.pair_slack = slack.min(Duration::from_secs(5));
        self
    }

    /// How many numbers and accounts are in use at once; at least one each. A number takes up
    /// to 16 kB at 1,000 messages a second, an account up to 80 kB. What was set for one is
    /// kept apart, for 16 times as many of them: so one that is not in use takes no room.
    pub fn numbers(mut self, numbers: usize, accounts: usize) -> Self {
        self.numbers = numbers.max(1);
        self.accounts = accounts.max(1);
        self
    }

    /// How many pairs of number and recipient are known at once; at least one. A pair is
    /// needed for six seconds after each message, so a number that sends 1,000 a second
    /// needs about 6,300. Each takes about 150 bytes. When all are needed, messages to
    /// further recipients wait: a pair is never forgotten while it is limited.
    ///
    /// ```
    /// use std::time::Duration;
    ///
    /// use whatsapp_cloud::client::limiter::LimiterOptions;
    ///
    /// // A small machine with two numbers of one account, on a slow line.
    /// let options = LimiterOptions::default()
    ///     .numbers(2, 1)
    ///     .pairs(1_000)
    ///     .pair_slack(Duration::from_secs(1));
    /// # assert_ne!(options, LimiterOptions::default());
    /// ```
    pub fn pairs(mut self, pairs: usize) -> Self {
        self.pairs = pairs.max(1);
        self
    }

    /// How many messages may wait at once; at least ten. Campaigns may take eight tenths of
    /// the room, bots nine. Each takes about 400 bytes.
    pub fn waiting(mut self, waiting: usize) -> Self {
        self.waiting = waiting.max(10);
        self
    }
}
