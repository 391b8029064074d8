//! The error of everything that touches the outside: stores, keys, channels, CRMs.

use std::fmt;

/// What this crate's calls return.
pub type Result<T, E = Error> = std::result::Result<T, E>;

type Source = Box<dyn std::error::Error + Send + Sync>;

/// What went wrong while doing something.
///
/// Reads as "operation: what went wrong". It never holds a secret, a message or a phone.
pub struct Error {
    operation: &'static str,
    kind: ErrorKind,
    source: Option<Source>,
}

/// What kind of thing went wrong, to decide by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum ErrorKind {
    /// Set up with values that cannot work; nothing was started.
    #[error("invalid configuration")]
    Configuration,
    /// The backend cannot be reached or is overloaded; nothing was done.
    #[error("backend unavailable")]
    Unavailable,
    /// Someone else changed it since it was read; read again and decide again.
    #[error("changed meanwhile")]
    Conflict,
    /// The claim has passed to another worker; what was decided under it must be dropped.
    #[error("claim lost")]
    Fenced,
    /// It was done before; nothing was changed now.
    #[error("already done")]
    Duplicate,
    /// The agent is not available, or has no capacity left.
    #[error("agent cannot take it")]
    AgentUnavailable,
    /// There is no such thing.
    #[error("not found")]
    NotFound,
    /// What was stored or sealed cannot be read.
    #[error("unreadable data")]
    Corrupt,
    /// A value handed in is not acceptable.
    #[error("invalid input")]
    InvalidInput,
}

impl Error {
    /// An error of `kind` that happened during `operation`.
    pub fn new(operation: &'static str, kind: ErrorKind) -> Self {
        Self { operation, kind, source: None }
    }

    /// Adds what caused it.
    #[must_use]
    pub fn with_source(mut self, source: impl Into<Source>) -> Self {
        self.source = Some(source.into());
        self
    }

    /// A configuration error that says in one sentence what is wrong.
    pub fn configuration(operation: &'static str, sentence: impl Into<String>) -> Self {
        Self::new(operation, ErrorKind::Configuration).with_source(sentence.into())
    }

    /// What was being done.
    pub fn operation(&self) -> &'static str {
        self.operation
    }

    /// What kind of thing went wrong.
    pub fn kind(&self) -> ErrorKind {
        self.kind
    }

    /// Whether the same call may succeed later, unchanged.
    pub fn is_retryable(&self) -> bool {
        matches!(self.kind, ErrorKind::Unavailable)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.operation, self.kind)
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Error")
            .field("operation", &self.operation)
            .field("kind", &self.kind)
            .field("source", &self.source)
            .finish()
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.source.as_deref().map(|source| source as _)
    }
}
