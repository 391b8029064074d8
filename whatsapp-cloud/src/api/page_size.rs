//! How many rows a page of a list may have.

use crate::api::Violations;

/// The most that Meta's OpenAPI file allows.
const MOST_ROWS: u32 = 100;

/// Checks the parameter `name`, which says how many rows are asked for.
pub(crate) fn check_page_size(name: &str, size: Option<u32>, found: &mut Violations) {
    if let Some(size) = size
        && (size == 0 || size > MOST_ROWS)
    {
        found.add(name, format!("1 to {MOST_ROWS} rows, found {size}"));
    }
}
