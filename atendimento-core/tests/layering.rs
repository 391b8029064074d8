//! Who may import whom, and what may not be named where.
//!
//! The absences of `docs/ARCHITECTURE.md` stay absent: a forbidden import fails here, by file
//! and line.
#![allow(missing_docs, clippy::unwrap_used)]

use std::path::{Path, PathBuf};

/// Which modules of this crate each layer may use. `error`, `id` and `time` are for all but the
/// domain, which has no error of its own.
const MAY_USE: &[(&str, &[&str])] = &[
    ("error", &[]),
    ("time", &[]),
    ("id", &["time"]),
    ("domain", &["domain", "id", "time"]),
    ("store", &["store", "domain", "error", "id", "time"]),
    ("channel", &["channel", "domain", "error", "id", "time"]),
    ("crm", &["crm", "domain", "error", "id", "time"]),
    ("vault", &["vault", "domain", "error", "id", "time"]),
    ("engine", &["engine", "channel", "crm", "store", "vault", "domain", "error", "id", "time"]),
    (
        "testing",
        &[
            "testing",
            "channel",
            "crm",
            "engine",
            "store",
            "vault",
            "domain",
            "error",
            "id",
            "time",
            "store_conformance", // the suite, a macro at the root of the crate
        ],
    ),
];

/// What may be named only there.
const ONLY_IN: &[(&str, &str)] = &[
    ("rusqlite", "store/sqlite/"),
    ("whatsapp_cloud", "channel/whatsapp/"),
    ("chacha20poly1305", "vault/"),
    ("SystemTime", "time.rs"),
    ("getrandom", "id.rs"),
    ("Instant", "nowhere"),
    ("reqwest", "nowhere"),
];

/// What the domain may not name: it neither waits, nor asks, nor logs.
const NOT_IN_DOMAIN: &[&str] = &[
    "async ", ".await", "tokio", "tracing", "std::env", "std::fs", "std::net", "rand", "Mutex",
    "println!", "Arc<",
];

/// What only who sets a desk up may name: the rest knows contracts.
const BACKENDS: &[&str] = &["store::sqlite", "store::memory", "channel::whatsapp"];

fn violations(path: &str, source: &str) -> Vec<String> {
    let mut found = Vec::new();
    let layer = path.split(['/', '.']).next().unwrap_or_default();
    let allowed = MAY_USE.iter().find(|(name, _)| *name == layer).map(|(_, allowed)| *allowed);
    let mut in_tests = false;
    for (number, line) in (1..).zip(source.lines()) {
        let code = line.split("//").next().unwrap_or_default();
        in_tests |= code.starts_with("mod tests {");
        if in_tests {
            continue; // a test may reach for what it needs
        }
        let mut refuse = |why: String| found.push(format!("{path}:{number}: {why}"));
        let used: Vec<_> = code
            .match_indices("crate::")
            .filter(|(at, _)| !code[..*at].ends_with(|before: char| before.is_alphanumeric()))
            .map(|(at, _)| &code[at + "crate::".len()..])
            .map(|rest| rest.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or(""))
            .collect();
        match allowed {
            None if path != "lib.rs" => refuse(format!("no rule for the layer `{layer}`")),
            None => {}
            Some(allowed) => {
                for module in used.iter().filter(|module| module.starts_with(char::is_lowercase)) {
                    if !allowed.contains(module) {
                        refuse(format!("`{layer}` may not use `{module}`"));
                    }
                }
            }
        }
        for (name, place) in ONLY_IN {
            let names = code.match_indices(name).any(|(at, _)| {
                let word = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
                !word(code[..at].chars().next_back())
                    && !word(code[at + name.len()..].chars().next())
            });
            if names && !path.starts_with(place) {
                refuse(format!("`{name}` may be named only in {place}"));
            }
        }
        let forbidden = match layer {
            "domain" => NOT_IN_DOMAIN,
            "engine" => BACKENDS,
            // A contract knows no backend, and no backend knows another.
            "store" if path.starts_with("store/sqlite/") => &["store::memory"],
            "store" if path.starts_with("store/memory/") => &["store::sqlite"],
            "store" => BACKENDS,
            _ => &[],
        };
        for name in forbidden.iter().filter(|name| code.contains(**name)) {
            refuse(format!("`{layer}` may not name `{}`", name.trim()));
        }
    }
    found
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(sources(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    files
}

#[test]
fn every_file_keeps_to_its_layer() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let files = sources(&root);
    assert!(files.len() > 50, "found the sources");
    let mut found = Vec::new();
    for file in files {
        let path = file.strip_prefix(&root).unwrap().to_string_lossy().replace('\\', "/");
        found.extend(violations(&path, &std::fs::read_to_string(&file).unwrap()));
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn each_forbidden_thing_is_refused_by_file_and_line() {
    let refused = [
        ("domain/decide.rs", "use crate::store::Store;"),
        ("domain/decide.rs", "use crate::error::Error;"),
        ("domain/decide.rs", "pub async fn decide() {}"),
        ("domain/decide.rs", "tracing::info!(\"\");"),
        ("domain/window.rs", "let now = SystemTime::now();"),
        ("domain/window.rs", "let now = std::time::Instant::now();"),
        ("store/inbox.rs", "use crate::engine::Desk;"),
        ("store/inbox.rs", "use crate::vault::Vault;"),
        ("store/inbox.rs", "use crate::store::sqlite::SqliteStore;"),
        ("store/memory/inbox.rs", "use crate::store::sqlite::SqliteStore;"),
        ("store/sqlite/inbox.rs", "use crate::store::memory::MemoryStore;"),
        ("store/commit.rs", "use rusqlite::Connection;"),
        ("channel/contract.rs", "use crate::crm::Outcome;"),
        ("channel/contract.rs", "use whatsapp_cloud::Client;"),
        ("engine/act.rs", "use crate::store::sqlite::SqliteStore;"),
        ("engine/act.rs", "use crate::store::memory::MemoryStore;"),
        ("engine/act.rs", "use crate::testing::FakeCrm;"),
        ("engine/act.rs", "use crate::channel::whatsapp::WhatsApp;"),
        ("engine/act.rs", "    crate::testing::nothing();"),
        ("vault/seal.rs", "use crate::store::Store;"),
        ("crm/log.rs", "let id = getrandom::fill(&mut id);"),
        ("engine/send.rs", "let client = reqwest::Client::new();"),
        ("utils/mod.rs", "fn anything() {}"),
    ];
    for (path, line) in refused {
        let source = format!("//! A file.\n\n{line}\n");
        let found = violations(path, &source);
        assert!(!found.is_empty(), "{path}: {line}");
        assert!(found[0].starts_with(&format!("{path}:")), "{found:?}");
    }
    assert_eq!(
        violations("domain/decide.rs", "use crate::domain::Event;\n// use crate::store::Store;\n"),
        Vec::<String>::new()
    );
}
