//! What can go wrong between a caller and Meta, on demand.

/// What happens to the next call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Fault {
    /// The call has its effect, and the connection closes without an answer.
    DropAnswerAfterEffect,
    /// The connection closes without effect or answer.
    DropBeforeEffect,
    /// An answer of this status and a page of HTML, without effect.
    Status(u16),
    /// Meta's error of this code, without effect.
    Graph(i64),
}
