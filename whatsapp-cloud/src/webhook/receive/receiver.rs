//! The rules for what is read of a request, and the limits.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use crate::webhook::handshake::Handshake;
use crate::webhook::receive::counters::{Counters, Tally, Tick};
use crate::webhook::receive::intake::{Intake, Pending};
use crate::webhook::receive::reply::{Refusal, Reply};
use crate::webhook::signature::{SignatureError, Verified, Verifier};

/// The largest body that is read: 4 MiB.
///
/// Meta posts up to 3 MB: <https://developers.facebook.com/docs/whatsapp/cloud-api/guides/set-up-webhooks>
pub const MAX_BODY: usize = 4 * 1024 * 1024;

/// How many bytes of bodies are held at once: 64 MiB.
pub const MAX_IN_FLIGHT: usize = 64 * 1024 * 1024;

/// How long a body may take to come: 10 seconds.
///
/// ```
/// use secrecy::SecretString;
/// use whatsapp_cloud::webhook::receive::{BODY_TIMEOUT, MAX_BODY, MAX_IN_FLIGHT, Receiver};
/// use whatsapp_cloud::webhook::{Handshake, Verifier};
///
/// let verifier = Verifier::new([SecretString::from("the app secret")])?;
/// let handshake = Handshake::new(SecretString::from("the verify token"))?;
/// assert_eq!(Receiver::new(verifier, handshake).body_timeout(), BODY_TIMEOUT);
/// // So many of the largest bodies at once.
/// assert_eq!(MAX_IN_FLIGHT / MAX_BODY, 16);
/// # Ok::<(), whatsapp_cloud::Error>(())
/// ```
pub const BODY_TIMEOUT: Duration = Duration::from_secs(10);

/// Decides what becomes of requests to a webhook, and counts them.
///
/// Clones share limits, room and counters: keep one, to read the [`Counters`].
///
/// ```
/// use secrecy::SecretString;
/// use whatsapp_cloud::webhook::{Handshake, Verifier};
/// use whatsapp_cloud::webhook::receive::Receiver;
///
/// let verifier = Verifier::new([SecretString::from("the app secret")])?;
/// let handshake = Handshake::new(SecretString::from("the verify token"))?;
/// let receiver = Receiver::new(verifier, handshake);
///
/// let stranger = receiver.receive("POST", "", [("Content-Length", &b"2"[..])], b"{}");
/// assert_eq!(stranger.err().map(|reply| reply.status()), Some(401));
/// assert_eq!(
///     receiver.receive("PUT", "", [], b"").err().map(|reply| reply.status()),
///     Some(405),
/// );
/// # Ok::<(), whatsapp_cloud::Error>(())
/// ```
#[derive(Clone)]
pub struct Receiver {
    shared: Arc<Shared>,
}

/// What all requests to a receiver share.
pub(super) struct Shared {
    pub(super) verifier: Verifier,
    handshake: Handshake,
    pub(super) max_body: usize,
    /// Not below `max_body`: [`ReceiverBuilder::build`] sees to it.
    pub(super) max_in_flight: usize,
    body_timeout: Duration,
    pub(super) tally: Tally,
}

impl Receiver {
    /// A receiver with the limits that suit Meta.
    pub fn new(verifier: Verifier, handshake: Handshake) -> Self {
        Self::builder(verifier, handshake).build()
    }

    /// A receiver with limits of your own.
    ///
    /// ```
    /// use std::time::Duration;
    ///
    /// use secrecy::SecretString;
    /// use whatsapp_cloud::webhook::receive::Receiver;
    /// use whatsapp_cloud::webhook::{Handshake, Verifier};
    ///
    /// let verifier = Verifier::new([SecretString::from("the app secret")])?;
    /// let handshake = Handshake::new(SecretString::from("the verify token"))?;
    /// let receiver = Receiver::builder(verifier, handshake)
    ///     .max_in_flight(16 * 1024 * 1024)
    ///     .body_timeout(Duration::from_secs(5))
    ///     .build();
    /// assert_eq!(receiver.body_timeout(), Duration::from_secs(5));
    /// # Ok::<(), whatsapp_cloud::Error>(())
    /// ```
    pub fn builder(verifier: Verifier, handshake: Handshake) -> ReceiverBuilder {
        ReceiverBuilder {
            shared: Shared {
                verifier,
                handshake,
                max_body: MAX_BODY,
                max_in_flight: MAX_IN_FLIGHT,
                body_timeout: BODY_TIMEOUT,
                tally: Tally::default(),
            },
        }
    }

    /// Looks at the head of a request: whether its body is to be read.
    ///
    /// `query` is the raw query string, without `?`. `headers` are all of the request's, in
    /// whatever case; of a header that comes twice, both.
    ///
    /// Room for an announced body is reserved from here on, until there is an answer or what
    /// is returned is dropped.
    ///
    /// ```
    /// use secrecy::SecretString;
    /// use whatsapp_cloud::webhook::receive::{MAX_BODY, Receiver};
    /// use whatsapp_cloud::webhook::{Handshake, Verifier};
    ///
    /// let verifier = Verifier::new([SecretString::from("the app secret")])?;
    /// let handshake = Handshake::new(SecretString::from("the verify token"))?;
    /// let receiver = Receiver::new(verifier.clone(), handshake);
    ///
    /// let signature = verifier.sign(b"{}");
    /// let begin = |length: usize| {
    ///     let length = length.to_string();
    ///     let signature = ("x-hub-signature-256", signature.as_bytes());
    ///     receiver.begin("POST", "", [signature, ("content-length", length.as_bytes())])
    /// };
    /// assert_eq!(begin(2).map(|intake| intake.announced()), Ok(Some(2)));
    /// assert_eq!(begin(MAX_BODY + 1).err().map(|reply| reply.status()), Some(413));
    /// # Ok::<(), whatsapp_cloud::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Not always a failure: the [`Reply`] that is due already. It answers a handshake, or
    /// says why there is nothing to be read.
    pub fn begin<'h>(
        &self,
        method: &str,
        query: &str,
        headers: impl IntoIterator<Item = (&'h str, &'h [u8])>,
    ) -> Result<Intake, Reply> {
        match method {
            "POST" => self.admit(&Head::read(headers)),
            "GET" | "HEAD" => Err(self.greet(query)),
            _ => Err(self.refuse(Refusal::Method)),
        }
    }

    /// Deals with a request that is there as a whole: [`begin`](Self::begin) and
    /// [`verify`](Intake::verify) in one.
    ///
    /// # Errors
    ///
    /// As in [`begin`](Self::begin), the [`Reply`] that is due already.
    pub fn receive<'h, 'b>(
        &self,
        method: &str,
        query: &str,
        headers: impl IntoIterator<Item = (&'h str, &'h [u8])>,
        body: &'b [u8],
    ) -> Result<(Verified<'b>, Pending), Reply> {
        self.begin(method, query, headers)?.verify(body)
    }

    /// How long a body may take to come. The receiver has no clock: who reads has.
    pub fn body_timeout(&self) -> Duration {
        self.shared.body_timeout
    }

    /// What has come so far, and what became of it.
    pub fn counters(&self) -> Counters {
        self.shared.tally.read()
    }

    fn greet(&self, query: &str) -> Reply {
        match self.shared.handshake.answer(query) {
            Ok(challenge) => {
                self.shared.tally.handshakes_accepted.add(1);
                Reply::challenge(challenge.into())
            }
            Err(error) => self.refuse(Refusal::Handshake(error)),
        }
    }

    fn admit(&self, head: &Head<'_>) -> Result<Intake, Reply> {
        let signature = head.signature.and_then(Verifier::check_form);
        let signature = signature.map_err(|error| self.refuse(Refusal::Signature(error)))?;
        if head.is_encoded {
            return Err(self.refuse(Refusal::Encoded));
        }
        let announced = match head.length {
            Some(length) => match usize::try_from(length) {
                Ok(length) if length <= self.shared.max_body => Some(length),
                _ => return Err(self.refuse(Refusal::TooLarge)),
            },
            None => None,
        };
        Intake::open(Arc::clone(&self.shared), signature, announced)
    }

    fn refuse(&self, refusal: Refusal) -> Reply {
        self.shared.counter_of(refusal).add(1);
        Reply::to(refusal)
    }
}

impl fmt::Debug for Receiver {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Receiver")
            .field("max_body", &self.shared.max_body)
            .field("max_in_flight", &self.shared.max_in_flight)
            .field("body_timeout", &self.shared.body_timeout)
            .field("counters", &self.counters())
            .finish_non_exhaustive()
    }
}

impl Shared {
    pub(super) fn counter_of(&self, refusal: Refusal) -> &Tick {
        match refusal {
            Refusal::Method => &self.tally.unexpected,
            Refusal::Handshake(_) => &self.tally.handshakes_refused,
            Refusal::Signature(SignatureError::Missing) => &self.tally.signature_missing,
            Refusal::Signature(SignatureError::Malformed) => &self.tally.signature_malformed,
            Refusal::Signature(SignatureError::Mismatch) => &self.tally.signature_mismatch,
            Refusal::Encoded => &self.tally.encoded,
            Refusal::TooLarge => &self.tally.too_large,
            Refusal::OverCapacity => &self.tally.over_capacity,
            Refusal::TimedOut => &self.tally.timed_out,
            Refusal::BrokenOff => &self.tally.broken_off,
            Refusal::Panicked => &self.tally.panicked,
        }
    }
}

/// The limits of a [`Receiver`].
///
/// ```
/// use std::time::Duration;
///
/// use secrecy::SecretString;
/// use whatsapp_cloud::webhook::{Handshake, Verifier};
/// use whatsapp_cloud::webhook::receive::{Receiver, ReceiverBuilder};
///
/// let verifier = Verifier::new([SecretString::from("the app secret")])?;
/// let handshake = Handshake::new(SecretString::from("the verify token"))?;
/// let limits: ReceiverBuilder = Receiver::builder(verifier, handshake);
/// let receiver = limits.max_body(1024 * 1024).body_timeout(Duration::from_secs(5)).build();
/// assert_eq!(receiver.body_timeout(), Duration::from_secs(5));
/// # Ok::<(), whatsapp_cloud::Error>(())
/// ```
pub struct ReceiverBuilder {
    shared: Shared,
}

impl ReceiverBuilder {
    /// The largest body that is read, in bytes: [`MAX_BODY`] if not said. What is larger is
    /// lost after Meta has tried for 7 days.
    pub fn max_body(mut self, bytes: usize) -> Self {
        self.shared.max_body = bytes;
        self
    }

    /// How many bytes of bodies are held at once, from their head to their answer:
    /// [`MAX_IN_FLIGHT`] if not said, and never less than the largest body.
    ///
    /// An announced body counts with its length, and any other with what has come of it. An
    /// attacker who announces much, and signs with nonsense, takes room until the time-out;
    /// whoever can reach the port can do it, so let a proxy limit how many connections
    /// one address has.
    pub fn max_in_flight(mut self, bytes: usize) -> Self {
        self.shared.max_in_flight = bytes;
        self
    }

    /// How long a body may take to come, once its head is there: [`BODY_TIMEOUT`] if not said.
    pub fn body_timeout(mut self, timeout: Duration) -> Self {
        self.shared.body_timeout = timeout;
        self
    }

    /// The receiver, with its counters at zero.
    pub fn build(mut self) -> Receiver {
        self.shared.max_in_flight = self.shared.max_in_flight.max(self.shared.max_body);
        Receiver { shared: Arc::new(self.shared) }
    }
}

impl fmt::Debug for ReceiverBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ReceiverBuilder")
            .field("max_body", &self.shared.max_body)
            .field("max_in_flight", &self.shared.max_in_flight)
            .field("body_timeout", &self.shared.body_timeout)
            .finish_non_exhaustive()
    }
}

/// What counts of the headers of a delivery.
struct Head<'h> {
    signature: Result<&'h [u8], SignatureError>,
    is_encoded: bool,
    length: Option<u64>,
}

impl<'h> Head<'h> {
    fn read(headers: impl IntoIterator<Item = (&'h str, &'h [u8])>) -> Self {
        let mut head =
            Self { signature: Err(SignatureError::Missing), is_encoded: false, length: None };
        for (name, value) in headers {
            if name.eq_ignore_ascii_case("x-hub-signature-256") {
                // With two, what verifies one and what reads the other might disagree.
                let is_first = head.signature == Err(SignatureError::Missing);
                head.signature = if is_first { Ok(value) } else { Err(SignatureError::Malformed) };
            } else if name.eq_ignore_ascii_case("content-encoding") {
                head.is_encoded |= !value.trim_ascii().eq_ignore_ascii_case(b"identity");
            } else if name.eq_ignore_ascii_case("content-length") {
                let digits = std::str::from_utf8(value.trim_ascii()).ok();
                head.length = digits.and_then(|digits| digits.parse().ok());
            }
        }
        head
    }
}
