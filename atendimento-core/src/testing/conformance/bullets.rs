//! The contract is its bullets, and each bullet is a rule.

use std::collections::BTreeSet;

const PARTS: [(&str, &str, &str); 8] = [
    ("inbox", include_str!("../../store/inbox.rs"), include_str!("inbox.rs")),
    ("lanes", include_str!("../../store/lanes.rs"), include_str!("lanes.rs")),
    ("commit", include_str!("../../store/commit.rs"), include_str!("commit.rs")),
    ("outbox", include_str!("../../store/outbox.rs"), include_str!("outbox.rs")),
    ("directory", include_str!("../../store/directory.rs"), include_str!("directory.rs")),
    (
        "configuration",
        include_str!("../../store/configuration.rs"),
        include_str!("configuration.rs"),
    ),
    ("roster", include_str!("../../store/roster.rs"), include_str!("roster.rs")),
    ("queries", include_str!("../../store/queries.rs"), include_str!("queries.rs")),
];

#[test]
fn each_promise_of_a_contract_is_a_rule_and_each_rule_is_promised() {
    for (part, contract, rules) in PARTS {
        let promised = promises(contract);
        assert!(promised.len() > 2, "{part} promises nothing");
        let names: BTreeSet<_> = promised.iter().map(|promise| rule_name(promise)).collect();
        assert_eq!(names, rule_names(rules), "{part}");
    }
}

#[test]
fn each_rule_says_what_is_promised() {
    for (part, contract, rules) in PARTS {
        for promise in promises(contract) {
            assert!(rules.contains(&format!("/// {promise}\n")), "{part}: {promise}");
        }
    }
}

#[test]
fn the_suite_runs_each_rule() {
    let suite = include_str!("suite.rs");
    for (part, _, rules) in PARTS {
        let (_, listed) = suite.split_once(&format!("            {part} {{\n")).unwrap();
        let (listed, _) = listed.split_once('}').unwrap();
        let listed: BTreeSet<_> = listed.split_whitespace().map(str::to_owned).collect();
        assert_eq!(listed, rule_names(rules), "{part}");
    }
}

/// The bullets in the docs of the trait.
fn promises(contract: &str) -> Vec<String> {
    let (before, _) = contract.split_once("#[async_trait]\npub trait").unwrap();
    let docs = before.lines().rev().take_while(|line| line.starts_with("///"));
    let bullets = docs.filter_map(|line| line.strip_prefix("/// - "));
    bullets.map(str::to_owned).collect()
}

fn rule_name(promise: &str) -> String {
    let plain: String =
        promise.chars().filter(|char| char.is_ascii_alphanumeric() || *char == ' ').collect();
    plain.to_lowercase().replace(' ', "_")
}

fn rule_names(rules: &str) -> BTreeSet<String> {
    let functions = rules.lines().filter_map(|line| line.strip_prefix("pub async fn "));
    functions.filter_map(|line| line.split('(').next()).map(str::to_owned).collect()
}
