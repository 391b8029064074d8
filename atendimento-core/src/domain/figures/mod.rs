//! What is measured: how long customers wait, who answers, how much there is to do.
//!
//! A [`Ledger`] is told every fact of a company in the order of its journal, and every change of
//! presence. It answers with a [`Report`] of a [`Period`], and with how things stand now
//! ([`Live`]), of what a [`Grant`](crate::domain::access::Grant) covers. What each figure means,
//! and what it leaves out, stands on its field; `docs/figures.md` has all of them with their
//! formulas.

mod book;
mod course;
mod ledger;
mod live;
mod period;
mod report;
mod spans;
mod times;

pub use ledger::Ledger;
pub use live::{AgentLive, Live, QueueLive};
pub use period::{InvalidPeriod, Period};
pub use report::{AgentFigures, AgentTime, Promises, QueueFigures, Report, Work};
pub use times::{Share, Times};
