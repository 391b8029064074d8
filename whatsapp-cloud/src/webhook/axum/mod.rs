//! A ready route: it verifies what comes, hands it over, and answers Meta.
//!
//! A thin shell over [`receive`](crate::webhook::receive), where the rules and the table of
//! answers are. A delivery that is refused costs neither memory nor the handler's time: what
//! a header can tell is answered before the body is read. Every delivery has a
//! [span](tracing::Span) with its length, status and duration, and nothing personal.
//!
//! [`route`] has limits that suit Meta; for others, and to read the counters, build a
//! [`Receiver`] and use [`route_with`]. The route bounds the body. Who sends a head slowly, or
//! none, is the server's business, and `axum::serve` waits for ever: use [`serve`] here, or a
//! proxy in front.

mod body;
mod route;
mod serve;

pub use crate::webhook::receive::{Answer, Counters, MAX_BODY, Receiver};
pub use route::{VerifiedBytes, route, route_with};
pub use serve::{Serving, serve};
