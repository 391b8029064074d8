//! Who may import whom, and what may not be named where.
//!
//! The absences of `docs/ARCHITECTURE.md` stay absent: a forbidden import fails here, by file
//! and line. The checker is the one that `whatsapp-cloud` has; the rules are this crate's.
#![allow(missing_docs, clippy::unwrap_used)]

#[path = "../../whatsapp-cloud/tests/layering/checker.rs"]
mod checker;

use std::path::{Path, PathBuf};

use checker::{Rules, tokens};

/// What engines and contracts are built on: contracts know no backend, and no backend another.
const GROUND: &[&str] = &["domain", "error", "id", "time"];

const RULES: Rules = Rules {
    layers: &[
        ("error", &[]),
        ("time", &[]),
        ("id", &["time"]),
        // Has no error of its own: a refusal is a value.
        ("domain", &["id", "time"]),
        ("store", GROUND),
        ("channel", GROUND),
        ("crm", GROUND),
        ("vault", GROUND),
        ("engine", &["channel", "crm", "store", "vault", "domain", "error", "id", "time"]),
        (
            "testing",
            &[
                "channel",
                "crm",
                "engine",
                "store",
                "vault",
                "domain",
                "error",
                "id",
                "time",
                // The suite, a macro at the root of the crate.
                "store_conformance",
            ],
        ),
    ],
    passed_on: &[
        ("Desk", "engine"),
        ("Settings", "engine"),
        ("Error", "error"),
        ("ErrorKind", "error"),
        ("Result", "error"),
    ],
    pure: &["domain/"],
    impure_all_the_same: &[],
    only_in: &[
        ("rusqlite", "store/sqlite/"),
        ("whatsapp_cloud", "channel/whatsapp/"),
        ("chacha20poly1305", "vault/"),
        ("phonenumber", "domain/phone/"),
        ("jiff", "domain/hours/"),
        ("toml", "domain/configuration/"),
        ("serde_path_to_error", "domain/configuration/"),
        ("SystemTime", "time.rs"),
        ("getrandom", "id.rs"),
        ("Instant", "nowhere"),
        ("reqwest", "nowhere"),
    ],
};

/// What the domain has no business with, besides what no pure file may name.
const NOT_IN_DOMAIN: &[&str] =
    &["fs", "net", "thread", "Mutex", "RwLock", "Arc", "Cell", "RefCell"];

/// Names of backends, by the folder that may use each.
const BACKENDS: &[(&str, &str)] = &[
    ("sqlite", "store/sqlite/"),
    ("SqliteStore", "store/sqlite/"),
    ("memory", "store/memory/"),
    ("MemoryStore", "store/memory/"),
    ("whatsapp", "channel/whatsapp/"),
    ("WhatsApp", "channel/whatsapp/"),
];

fn violations(path: &str, source: &str) -> Vec<String> {
    let mut found = checker::violations(&RULES, path, source);
    let tokens = tokens(source);
    for (index, token) in tokens.iter().enumerate() {
        let before = index.checked_sub(1).map_or("", |index| tokens[index].text);
        if path.starts_with("domain/") && NOT_IN_DOMAIN.contains(&token.text) {
            found.push(format!("{path}:{}: `{}` in the domain", token.line, token.text));
        }
        // Who sets a desk up names backends, and tests do; the rest knows contracts. To declare
        // a module is not to use it.
        let is_free = path == "lib.rs" || path.starts_with("testing/") || before == "mod";
        for (name, home) in BACKENDS {
            if !is_free && token.text == *name && !path.starts_with(home) {
                found.push(format!("{path}:{}: `{name}` is named in {home} only", token.line));
            }
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
        ("domain/decide.rs", "use crate::Error;"),
        ("domain/decide.rs", "use super::super::store::Store;"),
        ("domain/decide.rs", "use crate as c;"),
        ("domain/decide.rs", "pub async fn decide() {}"),
        ("domain/decide.rs", "tracing::info!(\"\");"),
        ("domain/decide.rs", "use std::{env, fs};"),
        ("domain/decide.rs", "use std::fs;"),
        ("domain/decide.rs", "let state = RandomState::new();"),
        ("domain/decide.rs", "std::thread::sleep(d);"),
        ("domain/decide.rs", "static A: Mutex<u8> = Mutex::new(0);"),
        ("domain/window.rs", "let now = SystemTime::now();"),
        ("domain/window.rs", "let now = std::time::Instant::now();"),
        ("store/inbox.rs", "use crate::engine::Desk;"),
        ("store/inbox.rs", "use crate::{engine::Desk};"),
        ("store/inbox.rs", "use crate::{domain::Lane, engine::Desk};"),
        ("store/inbox.rs", "use crate::Desk;"),
        ("store/inbox.rs", "use crate::vault::Vault;"),
        ("store/inbox.rs", "use crate::store::sqlite::SqliteStore;"),
        ("store/memory/inbox.rs", "use crate::store::sqlite::SqliteStore;"),
        ("store/sqlite/inbox.rs", "use crate::store::memory::MemoryStore;"),
        ("store/commit.rs", "use rusqlite::Connection;"),
        ("channel/contract.rs", "use crate::crm::Outcome;"),
        ("channel/contract.rs", "use whatsapp_cloud::Client;"),
        ("engine/act.rs", "use crate::store::sqlite::SqliteStore;"),
        ("engine/act.rs", "use crate::store::{Commit, sqlite::SqliteStore};"),
        ("engine/act.rs", "use crate::store::memory::MemoryStore;"),
        ("engine/act.rs", "use crate::testing::FakeCrm;"),
        ("engine/act.rs", "use crate::channel::whatsapp::WhatsApp;"),
        ("engine/act.rs", "    crate::testing::nothing();"),
        ("vault/seal.rs", "use crate::store::Store;"),
        ("crm/log.rs", "let id = getrandom::fill(&mut id);"),
        ("domain/contact.rs", "let number = phonenumber::parse(None, text);"),
        ("domain/window.rs", "let zone = jiff::tz::TimeZone::UTC;"),
        ("engine/send.rs", "let client = reqwest::Client::new();"),
        ("utils/mod.rs", "use crate::domain::Event;"),
    ];
    for (path, line) in refused {
        let source = format!("//! A file.\n\n{line}\n");
        let found = violations(path, &source);
        assert!(!found.is_empty(), "{path}: {line}");
        assert!(found[0].starts_with(&format!("{path}:3: ")), "{found:?}");
    }
    let fine = "use crate::domain::Event;\n// use crate::store::Store;\n";
    assert_eq!(violations("domain/decide.rs", fine), Vec::<String>::new());
}
