//! A delivery on its way: the room it takes, its body, its answer.

use std::fmt;
use std::sync::Arc;

use crate::webhook::receive::receiver::Shared;
use crate::webhook::receive::reply::{Answer, Refusal, Reply};
use crate::webhook::signature::{Signature, Verified};

/// The room that a request has taken, and whether it is counted already.
struct Permit {
    shared: Arc<Shared>,
    reserved: usize,
    fate: Fate,
}

#[derive(Clone, Copy)]
enum Fate {
    Open,
    Refused(Refusal),
    Answered,
}

impl Permit {
    fn new(shared: Arc<Shared>) -> Self {
        Self { shared, reserved: 0, fate: Fate::Open }
    }

    /// Sees to it that room for `total` bytes is reserved.
    fn hold(&mut self, total: usize) -> Result<(), Reply> {
        let more = total.saturating_sub(self.reserved);
        if more > 0 && !self.shared.tally.reserve(more, self.shared.max_in_flight) {
            return Err(self.refuse(Refusal::OverCapacity));
        }
        self.reserved += more;
        Ok(())
    }

    /// Counts it, once, and gives the room back. The first reason stands.
    fn refuse(&mut self, refusal: Refusal) -> Reply {
        if let Fate::Refused(earlier) = self.fate {
            return Reply::to(earlier);
        }
        self.fate = Fate::Refused(refusal);
        self.shared.counter_of(refusal).add(1);
        self.release();
        Reply::to(refusal)
    }

    fn release(&mut self) {
        self.shared.tally.release(std::mem::take(&mut self.reserved));
    }
}

impl Drop for Permit {
    fn drop(&mut self) {
        self.release();
        if matches!(self.fate, Fate::Open) {
            self.shared.tally.abandoned.add(1);
        }
    }
}

/// A delivery whose body is to be read.
///
/// When it is dropped, its room is free again, and it is counted as abandoned.
///
/// ```
/// use whatsapp_cloud::webhook::receive::{Intake, Reply};
///
/// /// Reads a body as it comes, and no further than it may grow.
/// fn read(mut intake: Intake, pieces: &[&[u8]]) -> Result<(Vec<u8>, Intake), Reply> {
///     let mut body = Vec::new();
///     for piece in pieces {
///         intake.take(piece.len())?;
///         body.extend_from_slice(piece);
///     }
///     Ok((body, intake))
/// }
/// ```
#[must_use = "the body is to be read, and answered"]
pub struct Intake {
    permit: Permit,
    signature: Signature,
    announced: Option<usize>,
    taken: usize,
}

impl Intake {
    /// A delivery of which the head is there, with room for what it announces.
    pub(super) fn open(
        shared: Arc<Shared>,
        signature: Signature,
        announced: Option<usize>,
    ) -> Result<Self, Reply> {
        let mut permit = Permit::new(shared);
        permit.hold(announced.unwrap_or_default())?;
        Ok(Self { permit, signature, announced, taken: 0 })
    }

    /// The length of the body as it was announced; never more than the largest body.
    pub fn announced(&self) -> Option<usize> {
        self.announced
    }

    /// Asks whether `more` bytes of the body, which have just come, may be kept.
    ///
    /// # Errors
    ///
    /// The [`Reply`] that is due: the body is too large, or there is no room for it. It
    /// stays refused: what is asked afterwards is answered with the same.
    pub fn take(&mut self, more: usize) -> Result<(), Reply> {
        if let Fate::Refused(refusal) = self.permit.fate {
            return Err(Reply::to(refusal));
        }
        self.permit.shared.tally.bytes_received.add(more);
        self.taken = self.taken.saturating_add(more);
        if self.taken > self.permit.shared.max_body {
            return Err(self.permit.refuse(Refusal::TooLarge));
        }
        self.permit.hold(self.taken)
    }

    /// Checks that `body`, now that it is there, is Meta's.
    ///
    /// What was not [taken](Self::take) piece by piece is taken here.
    ///
    /// ```
    /// use secrecy::SecretString;
    /// use whatsapp_cloud::webhook::receive::{Answer, Receiver};
    /// use whatsapp_cloud::webhook::{Handshake, Verifier};
    ///
    /// let verifier = Verifier::new([SecretString::from("the app secret")])?;
    /// let handshake = Handshake::new(SecretString::from("the verify token"))?;
    /// let receiver = Receiver::new(verifier.clone(), handshake);
    ///
    /// let body = br#"{"entry":[]}"#;
    /// let signature = verifier.sign(body);
    /// let headers = [("X-Hub-Signature-256", signature.as_bytes())];
    /// let intake = receiver.begin("POST", "", headers).unwrap();
    /// let (verified, pending) = intake.verify(body).unwrap();
    /// assert_eq!(verified.body(), body);
    /// assert_eq!(pending.answer(Answer::Accepted).status(), 200);
    ///
    /// let intake = receiver.begin("POST", "", headers).unwrap();
    /// let forged = intake.verify(b"[]").unwrap_err();
    /// assert_eq!(forged.status(), 401);
    /// # Ok::<(), whatsapp_cloud::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// The [`Reply`] that is due: the signature does not fit, or as in [`take`](Self::take).
    pub fn verify<'b>(mut self, body: &'b [u8]) -> Result<(Verified<'b>, Pending), Reply> {
        self.take(body.len().saturating_sub(self.taken))?;
        match self.permit.shared.verifier.verify_signature(&self.signature, body) {
            Ok(verified) => Ok((verified, Pending { permit: self.permit })),
            Err(error) => Err(self.permit.refuse(Refusal::Signature(error))),
        }
    }

    /// What to answer when the body took too long. Close the connection.
    ///
    /// ```
    /// use std::io::{ErrorKind, Read};
    /// use whatsapp_cloud::webhook::receive::{Intake, Reply};
    ///
    /// /// Reads a body from a stream that gives up on its own.
    /// fn read(mut intake: Intake, stream: &mut impl Read) -> Result<(Vec<u8>, Intake), Reply> {
    ///     let mut body = Vec::new();
    ///     let mut piece = [0; 4096];
    ///     loop {
    ///         match stream.read(&mut piece) {
    ///             Ok(0) => return Ok((body, intake)),
    ///             Ok(length) => {
    ///                 intake.take(length)?;
    ///                 body.extend_from_slice(&piece[..length]);
    ///             }
    ///             Err(error) => match error.kind() {
    ///                 ErrorKind::TimedOut => return Err(intake.timed_out()),
    ///                 _ => return Err(intake.broke_off()),
    ///             },
    ///         }
    ///     }
    /// }
    /// ```
    pub fn timed_out(mut self) -> Reply {
        self.permit.refuse(Refusal::TimedOut)
    }

    /// What to answer, if anybody listens, when the body broke off.
    pub fn broke_off(mut self) -> Reply {
        self.permit.refuse(Refusal::BrokenOff)
    }
}

impl fmt::Debug for Intake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Intake({} bytes of {:?})", self.taken, self.announced)
    }
}

/// A delivery that is Meta's, and waits for its answer.
///
/// When it is dropped, its room is free again, and it is counted as abandoned.
///
/// ```
/// use whatsapp_cloud::webhook::receive::{Answer, Pending, Reply};
///
/// /// Answers when the delivery is stored, and asks for it again when it is not.
/// fn answered(pending: Pending, stored: std::io::Result<()>) -> Reply {
///     pending.answer(Answer::from(stored))
/// }
/// ```
#[must_use = "Meta waits for the answer"]
pub struct Pending {
    permit: Permit,
}

impl Pending {
    /// What to answer Meta, now that the handler has.
    pub fn answer(mut self, answer: Answer) -> Reply {
        self.permit.fate = Fate::Answered;
        let tally = &self.permit.shared.tally;
        match answer {
            Answer::Accepted => {
                tally.accepted.add(1);
                Reply::accepted()
            }
            Answer::TryLater { after } => {
                tally.try_again.add(1);
                Reply::try_later(after)
            }
        }
    }

    /// What to answer Meta when the handler panicked.
    ///
    /// ```
    /// use std::panic::{AssertUnwindSafe, catch_unwind};
    /// use whatsapp_cloud::webhook::receive::{Answer, Pending, Reply};
    ///
    /// /// One delivery that the handler cannot bear harms no other.
    /// fn answered(pending: Pending, handler: impl FnOnce() -> Answer) -> Reply {
    ///     match catch_unwind(AssertUnwindSafe(handler)) {
    ///         Ok(answer) => pending.answer(answer),
    ///         Err(_) => pending.panicked(),
    ///     }
    /// }
    /// ```
    pub fn panicked(mut self) -> Reply {
        self.permit.refuse(Refusal::Panicked)
    }
}

impl fmt::Debug for Pending {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Pending({} bytes)", self.permit.reserved)
    }
}
