//! The attempts of a call: its turns, and whether and when there is another one.
//!
//! The decision is [`RetryPolicy::decide`]'s. Here it gets what it wants to know, and what it
//! says is done.

use std::future::Future;
use std::pin::pin;
use std::time::Duration;

use futures_util::future::{Either, select};
use secrecy::{ExposeSecret as _, SecretString};
use tracing::debug;

use crate::client::answer::Call;
use crate::client::call::is_token_refused;
use crate::client::observe::Watch;
use crate::client::pace::Turn;
use crate::client::{Attempt, Client, Decision, RetryPolicy, Safety};
use crate::endpoint::Paced;
use crate::error::catalogue::Effect;
use crate::error::{Error, Result};

/// One request, and what is known of it besides its answer.
#[derive(Default)]
pub(super) struct Round {
    /// One for each call of a batch that is paced.
    pub(super) turns: Vec<Option<Turn>>,
    /// How long Meta's usage headers say to wait.
    pub(super) told: Option<Duration>,
    /// The client's token that was used last; kept where a policy may want another one.
    pub(super) used: Option<SecretString>,
    /// Whether it is kept without a policy, too.
    pub(super) keeps_token: bool,
    /// One that Meta refused.
    pub(super) refused: Option<SecretString>,
    /// The client's token to use.
    pub(super) fresh: Option<SecretString>,
}

impl Round {
    /// From now on Meta may have seen it.
    pub(super) fn leave(&mut self) {
        self.turns.iter_mut().flatten().for_each(Turn::leave);
    }

    /// What became of the only call, or of all of them.
    pub(super) fn tell(&mut self, error: Option<&Error>) {
        self.turns.drain(..).flatten().for_each(|turn| turn.tell(error));
    }
}

/// Whether and when what failed is done again.
pub(super) struct Repeats<'c> {
    client: &'c Client,
    call: Call,
    /// When the first attempt began.
    first: Duration,
    last: Option<Attempt>,
    is_renewed: bool,
}

impl<'c> Repeats<'c> {
    pub(super) fn new(client: &'c Client, call: Call) -> Self {
        Self { client, call, first: Duration::ZERO, last: None, is_renewed: false }
    }

    /// The first attempt begins.
    pub(super) fn begin(&mut self) {
        if self.client.inner().retry.is_some() {
            self.first = self.client.inner().clock.now();
        }
    }

    /// How the call may be repeated.
    pub(super) fn safety(&self) -> Safety {
        if self.call.idempotent { Safety::Idempotent } else { self.client.safety() }
    }

    /// An attempt failed, and Meta's headers told to wait so long. The policy and what it
    /// wants to know, when there is one.
    pub(super) fn failed(&mut self, told: Option<Duration>) -> Option<(RetryPolicy, Attempt)> {
        let policy = self.client.inner().retry?;
        let clock = &self.client.inner().clock;
        let elapsed = clock.now().saturating_sub(self.first);
        let attempt = match self.last {
            Some(last) => last.next(elapsed),
            None => Attempt::first(elapsed),
        };
        let attempt = attempt.with_chance(clock.chance()).with_told_wait(told);
        self.last = Some(attempt);
        Some((policy, attempt))
    }

    /// Another token than the one that was refused. There is one try for each call: who gives
    /// tokens that are refused would otherwise be asked for more and more of them.
    pub(super) async fn renew(
        &mut self,
        (policy, attempt): (RetryPolicy, Attempt),
        round: &mut Round,
    ) -> bool {
        let Some(used) = round.refused.take().filter(|_| !self.is_renewed) else { return false };
        if !policy.has_room_for_another(attempt) {
            return false;
        }
        self.is_renewed = true;
        let Ok(token) = self.client.given_token(self.call).await else { return false };
        let is_another = token.expose_secret() != used.expose_secret();
        round.fresh = is_another.then_some(token);
        is_another
    }

    /// How much time is left in which another attempt may begin.
    fn left(&self, policy: RetryPolicy) -> Duration {
        let elapsed = self.client.inner().clock.now().saturating_sub(self.first);
        policy.most_time().saturating_sub(elapsed)
    }

    /// Waits for what may take as long as another attempt may begin; nothing when it takes
    /// longer.
    async fn in_time<T>(
        &self,
        policy: RetryPolicy,
        future: impl Future<Output = T> + Send,
    ) -> Option<T> {
        let sleep = self.client.inner().clock.sleep(self.left(policy));
        match select(pin!(future), sleep).await {
            Either::Left((told, _)) => Some(told),
            Either::Right(_) => None,
        }
    }
}

/// The attempts of one call that is made alone.
pub(super) struct Attempts<'c> {
    client: &'c Client,
    call: Call,
    paced: Option<Paced<'c>>,
    repeats: Repeats<'c>,
    /// The first attempt that may have had its effect, and may be repeated all the same.
    unsure: Option<Error>,
    pub(super) watch: Watch<'c>,
    pub(super) round: Round,
}

impl<'c> Attempts<'c> {
    pub(super) fn new(client: &'c Client, call: Call, paced: Option<Paced<'c>>) -> Self {
        Self {
            client,
            call,
            paced: paced.filter(|_| client.inner().pacer.is_some()),
            repeats: Repeats::new(client, call),
            unsure: None,
            watch: Watch::new(client.inner(), call),
            round: Round::default(),
        }
    }

    /// Waits for the first turn.
    pub(super) async fn begin(&mut self) -> Result<()> {
        if let Some(paced) = self.paced {
            let from = self.now();
            let turn = self.client.turn(self.call, paced).await;
            self.watch.waited += self.now().saturating_sub(from);
            self.round.turns.push(turn?);
        }
        self.watch.attempts = 1;
        self.repeats.begin();
        Ok(())
    }

    /// An attempt failed. Waits until it is to be done again, or answers with the error of
    /// the whole call.
    pub(super) async fn after(&mut self, error: Error) -> Result<()> {
        let Some((policy, attempt)) = self.repeats.failed(self.round.told.take()) else {
            return Err(error);
        };
        let is_refused = is_token_refused(&error);
        if !(is_refused && self.repeats.renew((policy, attempt), &mut self.round).await) {
            match policy.decide(attempt, &error, self.repeats.safety()) {
                Decision::GiveUp(_) => return Err(of_all(self.unsure.take(), error)),
                Decision::Retry { after } => self.sleep(after, &error).await,
            }
        }
        if let Some(paced) = self.paced {
            let from = self.now();
            let turn = self.repeats.in_time(policy, self.client.turn(self.call, paced)).await;
            self.watch.waited += self.now().saturating_sub(from);
            match turn {
                Some(Ok(turn)) => self.round.turns.push(turn),
                // What is known of the call is what Meta said last.
                Some(Err(_)) | None => return Err(of_all(self.unsure.take(), error)),
            }
        }
        self.watch.attempts += 1;
        if self.repeats.safety() == Safety::AtLeastOnce && error.may_have_been_sent() {
            self.unsure.get_or_insert(error);
        }
        Ok(())
    }

    fn now(&self) -> Duration {
        self.client.inner().clock.now()
    }

    async fn sleep(&mut self, wait: Duration, error: &Error) {
        again(self.call, self.watch.attempts, wait, error);
        self.client.inner().clock.sleep(wait).await;
        self.watch.waited += wait;
    }
}

/// Says in the log that something is done again.
pub(super) fn again(call: Call, attempts: u32, wait: Duration, error: &Error) {
    debug!(
        operation = call.operation,
        attempts,
        wait_ms = u64::try_from(wait.as_millis()).ok(),
        status = error.status(),
        code = error.code(),
        "{error}; it is done again"
    );
}

/// What is known of a call after all its attempts: the last may certainly have had no effect
/// while an earlier one had.
pub(super) fn of_all(unsure: Option<Error>, last: Error) -> Error {
    match unsure {
        Some(unsure) if last.advice().effect == Effect::None => unsure,
        Some(_) | None => last,
    }
}
