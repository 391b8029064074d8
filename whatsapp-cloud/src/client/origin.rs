//! Which host a URL leads to, read strictly: the token goes only where this says.
//!
//! Anything that two readers might understand differently (user info, backslashes, escapes
//! in the host, a trailing dot) is no URL here.

use std::net::Ipv4Addr;

/// Scheme, host and port of a URL.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Origin {
    https: bool,
    host: String,
    port: u16,
}

impl Origin {
    /// The origin of `url`, and what follows it.
    pub(super) fn of(url: &str) -> Option<(Self, &str)> {
        let (https, rest) = match url.strip_prefix("https://") {
            Some(rest) => (true, rest),
            None => (false, url.strip_prefix("http://")?),
        };
        let readable = rest.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
        let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
        let (authority, rest) = rest.split_at(end);
        let (host, port) = match authority.rsplit_once(':') {
            // An IPv6 address holds colons of its own.
            Some((host, port)) if !port.ends_with(']') => (host, Some(port)),
            _ => (authority, None),
        };
        let port = match port {
            Some(digits) if digits.bytes().all(|byte| byte.is_ascii_digit()) => {
                digits.parse().ok()?
            }
            Some(_) => return None,
            None if https => 443,
            None => 80,
        };
        let valid = readable && port != 0 && is_host(host);
        valid.then(|| (Self { https, host: host.to_ascii_lowercase(), port }, rest))
    }

    pub(super) fn is_https(&self) -> bool {
        self.https
    }

    pub(super) fn host(&self) -> &str {
        &self.host
    }

    pub(super) fn has_default_port(&self) -> bool {
        self.port == if self.https { 443 } else { 80 }
    }

    /// Whether it is this machine, where nothing listens in on plain HTTP.
    pub(super) fn is_loopback(&self) -> bool {
        self.host == "localhost"
            || self.host == "[::1]"
            || self.host.parse::<Ipv4Addr>().is_ok_and(|address| address.is_loopback())
    }
}

fn is_host(host: &str) -> bool {
    if let Some(address) = host.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
        return address.parse::<std::net::Ipv6Addr>().is_ok();
    }
    let label = |label: &str| {
        !label.is_empty() && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    host.split('.').all(label)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_url_is_read_as_scheme_host_and_port() {
        let (origin, rest) = Origin::of("https://Graph.Facebook.com/v1?x").unwrap();
        assert!(origin.is_https() && origin.has_default_port() && !origin.is_loopback());
        assert_eq!((origin.host(), rest), ("graph.facebook.com", "/v1?x"));

        let explicit = Origin::of("https://graph.facebook.com:443").unwrap().0;
        assert_eq!(explicit, origin);
        assert_ne!(Origin::of("https://graph.facebook.com:8443").unwrap().0, origin);
        assert_ne!(Origin::of("http://graph.facebook.com:443").unwrap().0, origin);
    }

    #[test]
    fn only_this_machine_is_loopback() {
        for url in ["http://127.0.0.1:1", "http://127.9.9.9", "http://localhost", "http://[::1]:80"]
        {
            assert!(Origin::of(url).unwrap().0.is_loopback(), "{url}");
        }
        for url in ["http://127.0.0.1.example.com", "http://10.0.0.1", "http://localhost.example"] {
            assert!(!Origin::of(url).unwrap().0.is_loopback(), "{url}");
        }
    }

    #[test]
    fn what_two_readers_might_understand_differently_is_no_url() {
        for url in [
            "",
            "graph.facebook.com",
            "ftp://graph.facebook.com",
            "HTTPS://graph.facebook.com",
            "https://",
            "https:///x",
            "https://user@graph.facebook.com",
            "https://lookaside.fbsbx.com@evil.example/",
            "https://lookaside.fbsbx.com\\@evil.example/",
            "https://lookaside.fbsbx.com\t/",
            "https://lookaside.fbsbx.com/ x",
            "https://lookaside.fbsbx.com./",
            "https://lookaside%2efbsbx.com/",
            "https://lookaside.fbsbx.com:/",
            "https://lookaside.fbsbx.com:0/",
            "https://lookaside.fbsbx.com:99999/",
            "https://lookaside.fbsbx.com:+443/",
            "https://lookaside。fbsbx.com/",
            "https://[lookaside.fbsbx.com]/",
        ] {
            assert!(Origin::of(url).is_none(), "{url}");
        }
    }
}
