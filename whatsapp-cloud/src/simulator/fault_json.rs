//! What goes wrong, as another program writes it: the body of `POST /simulator/faults`.

use std::time::Duration;

use serde::Deserialize;

use crate::endpoint::Method;
use crate::simulator::running::Shared;
use crate::simulator::{Aim, Fault, WebhookFault};

/// The most calls in a row, and the most webhooks that change places.
const MOST: u32 = 100_000;

/// `{"call": "cut_answer"}`, `{"call": {"status": 503}, "only": "messages", "times": 3}`,
/// `{"webhook": {"reverse": 2}}`. Durations in seconds.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Planned {
    call: Option<CallFault>,
    webhook: Option<NewsFault>,
    /// As [`Aim::at`] reads it.
    only: Option<String>,
    method: Option<String>,
    times: Option<u32>,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum CallFault {
    DropAnswerAfterEffect,
    DropBeforeEffect,
    CutAnswer,
    Slow(f64),
    Status(u16),
    StatusAfterEffect(u16),
    Graph(i64),
    Throttled(f64),
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum NewsFault {
    Duplicate,
    Reverse(usize),
    Delay(f64),
    Lose,
}

impl Planned {
    /// Plans it, or says what is wrong with it.
    pub(super) fn plan(self, shared: &Shared) -> Result<(), &'static str> {
        let times = self.times.unwrap_or(1);
        if !(1..=MOST).contains(&times) {
            return Err("`times` is a number from 1 to 100000");
        }
        match (self.call, self.webhook) {
            (Some(call), None) => {
                let aim = self.only.map_or_else(Aim::any, Aim::at).times(times);
                let aim = match self.method.as_deref() {
                    None => aim,
                    Some("GET") => aim.by(Method::Get),
                    Some("POST") => aim.by(Method::Post),
                    Some("DELETE") => aim.by(Method::Delete),
                    Some(_) => return Err("`method` is GET, POST or DELETE"),
                };
                shared.faults().plan(call.read()?, aim);
            }
            (None, Some(_)) if self.only.is_some() || self.method.is_some() => {
                return Err("`only` and `method` are about calls, not webhooks");
            }
            (None, Some(webhook)) => {
                let fault = webhook.read()?;
                let mut disturbances = shared.disturbances();
                (0..times).for_each(|_| disturbances.plan(fault));
            }
            (Some(_), Some(_)) | (None, None) => return Err("either `call` or `webhook`"),
        }
        Ok(())
    }
}

impl CallFault {
    fn read(self) -> Result<Fault, &'static str> {
        Ok(match self {
            Self::DropAnswerAfterEffect => Fault::DropAnswerAfterEffect,
            Self::DropBeforeEffect => Fault::DropBeforeEffect,
            Self::CutAnswer => Fault::CutAnswer,
            Self::Slow(wait) => Fault::Slow(seconds(wait)?),
            Self::Status(code) => Fault::Status(status(code)?),
            Self::StatusAfterEffect(code) => Fault::StatusAfterEffect(status(code)?),
            Self::Graph(code) => Fault::Graph(code),
            Self::Throttled(wait) => Fault::Throttled(seconds(wait)?),
        })
    }
}

impl NewsFault {
    fn read(self) -> Result<WebhookFault, &'static str> {
        Ok(match self {
            Self::Duplicate => WebhookFault::Duplicate,
            Self::Reverse(count) if (1..=MOST as usize).contains(&count) => {
                WebhookFault::Reverse(count)
            }
            Self::Reverse(_) => return Err("`reverse` is a number from 1 to 100000"),
            Self::Delay(wait) => WebhookFault::Delay(seconds(wait)?),
            Self::Lose => WebhookFault::Lose,
        })
    }
}

/// A final answer's: what is below is no answer yet.
fn status(code: u16) -> Result<u16, &'static str> {
    if (200..=599).contains(&code) { Ok(code) } else { Err("a status is from 200 to 599") }
}

fn seconds(seconds: f64) -> Result<Duration, &'static str> {
    Duration::try_from_secs_f64(seconds).map_err(|_| "a number of seconds, zero or more")
}
