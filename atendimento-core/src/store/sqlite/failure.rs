//! How an operation on the database fails, before it becomes an [`Error`].
//!
//! SQLite's own messages can quote what is stored, so that only its code is passed on.

use std::fmt;

use rusqlite::ErrorCode;
use rusqlite::ffi;

use crate::error::{Error, ErrorKind};

/// Why an operation failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Failure {
    /// The operation may not be done; its neighbours in the transaction may.
    Refused(ErrorKind),
    /// What is stored does not fit the schema; the neighbours may be done.
    Unreadable,
    /// SQLite could not do it; nothing of the transaction can be done.
    Storage(Code),
    /// SQLite refused the commit; nothing of the transaction was done.
    Uncommitted,
    /// SQLite failed before in a way that leaves it unknown what the disk holds.
    Broken,
    /// More waits than can be served soon.
    Overloaded,
    /// The thread that should do it is gone.
    Gone,
}

/// SQLite's extended result code.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Code(i32);

impl Failure {
    /// Whether only the operation is undone, and not its neighbours in the transaction.
    pub(super) fn concerns_one(self) -> bool {
        match self {
            Self::Refused(_) | Self::Unreadable => true,
            Self::Storage(_) | Self::Uncommitted | Self::Broken | Self::Overloaded | Self::Gone => {
                false
            }
        }
    }

    /// Whether somebody else is using the file just now.
    pub(super) fn is_busy(self) -> bool {
        match self {
            Self::Storage(code) => ffi::Error::new(code.0).code == ErrorCode::DatabaseBusy,
            Self::Refused(_)
            | Self::Unreadable
            | Self::Uncommitted
            | Self::Broken
            | Self::Overloaded
            | Self::Gone => false,
        }
    }

    /// Whether nothing that SQLite says of the disk can be trusted from now on.
    ///
    /// After a failed `fsync` the system may report the next one as successful though the
    /// data is gone.
    pub(super) fn is_fatal(self) -> bool {
        match self {
            Self::Storage(code) => matches!(
                ffi::Error::new(code.0).code,
                ErrorCode::SystemIoFailure | ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase
            ),
            Self::Refused(_)
            | Self::Unreadable
            | Self::Uncommitted
            | Self::Broken
            | Self::Overloaded
            | Self::Gone => false,
        }
    }

    /// What the caller of `operation` is told.
    pub(super) fn into_error(self, operation: &'static str) -> Error {
        match self {
            Self::Refused(kind) => Error::new(operation, kind),
            Self::Unreadable => Error::new(operation, ErrorKind::Corrupt)
                .with_source("a stored value is not of the expected form"),
            Self::Storage(code) => {
                Error::new(operation, ErrorKind::Unavailable).with_source(Box::new(code))
            }
            Self::Uncommitted => Error::new(operation, ErrorKind::Unavailable)
                .with_source("the transaction could not be committed"),
            Self::Broken => Error::new(operation, ErrorKind::Unavailable)
                .with_source("the disk failed: the store must be opened again"),
            Self::Overloaded => {
                Error::new(operation, ErrorKind::Unavailable).with_source("too many calls wait")
            }
            Self::Gone => Error::new(operation, ErrorKind::Unavailable)
                .with_source("the thread of the store ended"),
        }
    }
}

impl From<rusqlite::Error> for Failure {
    fn from(error: rusqlite::Error) -> Self {
        let Some(code) = error.sqlite_error() else {
            return Self::Unreadable;
        };
        match code.code {
            // The guards of the schema; what the contract foresees is asked for beforehand.
            ErrorCode::ConstraintViolation => Self::Refused(ErrorKind::InvalidInput),
            _ => Self::Storage(Code(code.extended_code)),
        }
    }
}

impl From<serde_json::Error> for Failure {
    fn from(_: serde_json::Error) -> Self {
        Self::Unreadable
    }
}

impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SQLite result code {}", self.0)
    }
}

impl std::error::Error for Code {}

#[cfg(test)]
impl Failure {
    /// As if SQLite had answered with `code`.
    pub(super) fn of_code(code: i32) -> Self {
        Self::from(rusqlite::Error::SqliteFailure(ffi::Error::new(code), None))
    }
}

#[cfg(test)]
mod tests {
    use std::error::Error as _;

    use super::*;

    #[test]
    fn a_failed_disk_is_fatal_and_a_full_one_is_not() {
        for code in [ffi::SQLITE_IOERR_FSYNC, ffi::SQLITE_CORRUPT, ffi::SQLITE_NOTADB] {
            assert!(Failure::of_code(code).is_fatal(), "{code}");
        }
        for code in [ffi::SQLITE_FULL, ffi::SQLITE_BUSY, ffi::SQLITE_CONSTRAINT] {
            assert!(!Failure::of_code(code).is_fatal(), "{code}");
        }
    }

    #[test]
    fn an_error_holds_the_code_and_nothing_that_sqlite_quotes() {
        let quoting = rusqlite::Error::SqliteFailure(
            ffi::Error::new(ffi::SQLITE_FULL),
            Some("5511999990001".into()),
        );

        let error = Failure::from(quoting).into_error("append");
        assert_eq!(error.kind(), ErrorKind::Unavailable);
        assert_eq!(error.source().unwrap().to_string(), "SQLite result code 13");
        assert!(!format!("{error:?}").contains("5511999990001"));
    }
}
