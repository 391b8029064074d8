//! What a receiver has seen: counts and sizes, and nothing of what was said.

use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};

use serde::Serialize;

/// Declares each counter once: the number that is told, and the atomic behind it.
macro_rules! counters {
    ($($(#[$doc:meta])+ $name:ident,)+) => {
        /// Counts since the receiver was built, as they stood at one time or close to it.
        ///
        /// Every request is counted once, when it is answered or given up: in one of the
        /// fields from `accepted` to `unexpected`.
        ///
        /// ```
        /// use secrecy::SecretString;
        /// use whatsapp_cloud::webhook::receive::Receiver;
        /// use whatsapp_cloud::webhook::{Handshake, Verifier};
        ///
        /// let verifier = Verifier::new([SecretString::from("the app secret")])?;
        /// let handshake = Handshake::new(SecretString::from("the verify token"))?;
        /// let receiver = Receiver::new(verifier, handshake);
        ///
        /// let refused = receiver.begin("POST", "", []).err();
        /// assert_eq!(refused.map(|reply| reply.status()), Some(401));
        /// assert_eq!(receiver.counters().signature_missing, 1);
        /// # Ok::<(), whatsapp_cloud::Error>(())
        /// ```
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
        #[non_exhaustive]
        pub struct Counters {
            $($(#[$doc])+ pub $name: u64,)+
            /// Bytes of bodies, of those that were refused too.
            pub bytes_received: u64,
            /// Bytes that are reserved now, for bodies that are read or dealt with.
            pub bytes_in_flight: u64,
        }

        /// The counters themselves. Each stands alone, so no order among them is kept.
        #[derive(Debug, Default)]
        pub(super) struct Tally {
            $(pub(super) $name: Tick,)+
            pub(super) bytes_received: Tick,
            in_flight: AtomicUsize,
        }

        impl Tally {
            pub(super) fn read(&self) -> Counters {
                Counters {
                    $($name: self.$name.read(),)+
                    bytes_received: self.bytes_received.read(),
                    bytes_in_flight: self.in_flight.load(Ordering::Relaxed) as u64,
                }
            }
        }
    };
}

counters! {
    /// Deliveries that were stored, and answered with 200.
    accepted,
    /// Deliveries that the handler put off: 503.
    try_again,
    /// Deliveries whose handler panicked: 500.
    panicked,
    /// Deliveries that nobody waited for to the end: the sender went away, or the server
    /// stopped, before there was an answer.
    abandoned,
    /// Deliveries without a signature: 401.
    signature_missing,
    /// Deliveries whose signature is none, or several: 401.
    signature_malformed,
    /// Deliveries whose signature does not fit: 401.
    signature_mismatch,
    /// Deliveries in an encoding: 415.
    encoded,
    /// Deliveries that are too large: 413.
    too_large,
    /// Deliveries for which there was no room: 503.
    over_capacity,
    /// Deliveries that came too slowly: 408.
    timed_out,
    /// Deliveries that broke off: 400.
    broken_off,
    /// Handshakes that were answered: 200.
    handshakes_accepted,
    /// Handshakes that were refused: 400 or 403.
    handshakes_refused,
    /// Requests by another method: 405.
    unexpected,
}

impl Tally {
    /// Takes `more` bytes in flight, if they are `most` at most with those that are.
    pub(super) fn reserve(&self, more: usize, most: usize) -> bool {
        let grown = |now: usize| now.checked_add(more).filter(|sum| *sum <= most);
        self.in_flight.fetch_update(Ordering::Relaxed, Ordering::Relaxed, grown).is_ok()
    }

    /// Gives back what was reserved.
    pub(super) fn release(&self, bytes: usize) {
        self.in_flight.fetch_sub(bytes, Ordering::Relaxed);
    }
}

/// One counter.
#[derive(Debug, Default)]
pub(super) struct Tick(AtomicU64);

impl Tick {
    pub(super) fn add(&self, more: usize) {
        self.0.fetch_add(more as u64, Ordering::Relaxed);
    }

    fn read(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}
