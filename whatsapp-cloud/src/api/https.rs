//! Addresses that Meta calls, which must be encrypted.

use crate::violation::Violations;

/// Finds whether the member `path` is no address that begins with `https://`.
pub(crate) fn check_https(path: &str, address: &str, found: &mut Violations) {
    let rest = address.strip_prefix("https://").unwrap_or_default();
    if rest.is_empty() || rest.starts_with('/') || !rest.bytes().all(|byte| byte.is_ascii_graphic())
    {
        found.add(path, "an address that begins with https://");
    }
}
