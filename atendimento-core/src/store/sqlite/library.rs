//! Which SQLite libraries can be trusted with a commit.

use crate::error::{Error, Result};

/// Up to here a checkpoint in write-ahead mode can lose a commit that was reported as durable.
///
/// Source: <https://www.sqlite.org/wal.html#walresetbug>
const LAST_UNSAFE: i32 = 3_051_002;

/// Refuses a library, by its [version number](rusqlite::version_number), that can lose commits.
///
/// Versions before 3.7.0 do not have the error, nor the mode in which it occurs; they are too
/// old for this store.
pub(super) fn check_version(number: i32) -> Result<()> {
    if number > LAST_UNSAFE {
        return Ok(());
    }
    let (major, minor, patch) = (number / 1_000_000, number / 1_000 % 1_000, number % 1_000);
    Err(Error::configuration(
        "open store",
        format!("SQLite {major}.{minor}.{patch} can lose commits: link 3.51.3 or later"),
    ))
}

#[cfg(test)]
mod tests {
    use std::error::Error as _;

    use super::*;
    use crate::error::ErrorKind;

    #[test]
    fn a_library_that_can_lose_commits_is_refused() {
        for number in [3_006_023, 3_007_000, 3_045_001, 3_051_002] {
            assert_eq!(check_version(number).unwrap_err().kind(), ErrorKind::Configuration);
        }
        for number in [3_051_003, 3_054_001, 4_000_000] {
            assert!(check_version(number).is_ok(), "{number}");
        }
    }

    #[test]
    fn the_refusal_says_which_version_and_what_to_do() {
        let refusal = check_version(3_045_001).unwrap_err();

        assert_eq!(
            refusal.source().unwrap().to_string(),
            "SQLite 3.45.1 can lose commits: link 3.51.3 or later"
        );
    }

    #[test]
    fn the_bundled_library_is_accepted() {
        assert!(check_version(rusqlite::version_number()).is_ok());
    }
}
