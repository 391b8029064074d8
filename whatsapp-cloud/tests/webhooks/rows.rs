//! Every row of what is known of Meta's webhooks has a fixture.
//!
//! `rows.txt` names them: `field …`, `account_update …` (an event of that field), `type …` (of
//! a message), `status …`, `call …` (an event). Each line of `expected.jsonl` says in `rows`
//! which of them its fixture shows.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::shared;

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/webhooks");

fn rows() -> BTreeSet<String> {
    let text = fs::read_to_string(Path::new(FOLDER).join("rows.txt")).unwrap();
    let rows: Vec<String> = text.lines().map(str::to_owned).collect();
    let unique: BTreeSet<String> = rows.iter().cloned().collect();
    assert_eq!(unique.len(), rows.len(), "a row is named twice");
    unique
}

/// What each fixture shows.
fn shown() -> Vec<(String, Vec<String>)> {
    let expected = fs::read_to_string(Path::new(FOLDER).join("expected.jsonl")).unwrap();
    expected
        .lines()
        .map(|line| {
            let line: Value = serde_json::from_str(line).unwrap();
            let file = line["file"].as_str().unwrap().to_owned();
            let rows = serde_json::from_value(line["rows"].clone());
            let rows = rows.unwrap_or_else(|error| panic!("{file}: rows: {error}"));
            (file, rows)
        })
        .collect()
}

#[test]
fn every_row_has_a_fixture() {
    let shown: BTreeSet<String> = shown().into_iter().flat_map(|(_, rows)| rows).collect();
    let missing: Vec<String> = rows().difference(&shown).cloned().collect();

    assert!(missing.is_empty(), "no fixture shows {missing:?}");
}

#[test]
fn every_fixture_shows_rows_that_are_named() {
    let rows = rows();
    for (file, shown) in shown() {
        for row in shown {
            assert!(rows.contains(&row), "{file}: {row}");
        }
    }
}

/// Looked at the simple way: the word stands somewhere in the body as a value.
#[test]
fn every_fixture_has_in_it_what_its_rows_say() {
    for (file, rows) in shown() {
        let body = fs::read_to_string(Path::new(FOLDER).join(&file)).unwrap();
        let dense: String = body.split_whitespace().collect();
        for row in rows {
            let word = match row.split_once(' ').unwrap() {
                // A draft's name of the first; and Meta's example with the name of another.
                ("field", "business_username_updates") if file.contains("phone-number-") => {
                    "phone_number_username_update"
                }
                ("field", "message_template_quality_update") if file.contains("another-field") => {
                    "message_template_status_update"
                }
                ("type", "anything else" | "interactive without interactive") => continue,
                ("type", name) => name.strip_prefix("interactive / ").unwrap_or(name),
                (_, name) => name,
            };
            assert!(dense.contains(&format!(":\"{word}\"")), "{file} does not show {row}");
        }
    }
}

#[test]
fn the_rows_are_those_of_the_page() {
    let Some(page) = shared("cloud-api/webhook-fields.md") else {
        return;
    };
    let page = fs::read_to_string(page).unwrap();
    let section = |number: u8| {
        let mut sections = page.split("\n## ");
        let start = format!("{number}. ");
        sections.find(|section| section.starts_with(&start)).unwrap()
    };
    let mut rows = BTreeSet::new();
    let mut add = |kind: &str, names: Vec<String>| {
        assert!(!names.is_empty(), "no {kind} is found");
        rows.extend(names.into_iter().map(|name| format!("{kind} {name}")));
    };
    add("field", first_column(section(2)));
    add("account_update", account_events(section(2)));
    add("type", first_column(section(4)));
    add("status", statuses(section(5)));
    add("call", call_events(section(6)));

    assert_eq!(self::rows(), rows);
}

/// What stands in the first column of a section's table; several in one cell count each.
fn first_column(section: &str) -> Vec<String> {
    section
        .lines()
        .skip_while(|line| !line.starts_with("|---"))
        .skip(1)
        .take_while(|line| line.starts_with('|'))
        .flat_map(|line| line.split('|').nth(1).unwrap().split(','))
        .map(|name| name.trim().replace('`', ""))
        .collect()
}

/// The words of the paragraph on `account_update`, without what each carries.
fn account_events(section: &str) -> Vec<String> {
    let start = "`account_update` events:";
    let paragraph = section.lines().find_map(|line| line.strip_prefix(start)).unwrap();
    let paragraph = paragraph.split("Restriction types:").next().unwrap();
    let outside_code: String = paragraph.split('`').step_by(2).collect();
    without_brackets(&outside_code)
        .split(|letter: char| !letter.is_ascii_uppercase() && letter != '_')
        .filter(|word| word.len() > 1)
        .map(str::to_owned)
        .collect()
}

/// The words of the table, also where a payment or a call has some of its own.
fn statuses(section: &str) -> Vec<String> {
    first_column(section)
        .into_iter()
        .map(|name| name.rsplit(": ").next().unwrap().to_owned())
        .filter(|name| name != "…")
        .collect()
}

fn call_events(section: &str) -> Vec<String> {
    let events = section.lines().find_map(|line| line.strip_prefix("events:")).unwrap();
    let events = without_brackets(events);
    let events = events.split('.').next().unwrap();
    events.split(',').map(|name| name.trim().to_owned()).collect()
}

fn without_brackets(text: &str) -> String {
    let mut depth = 0_u32;
    text.chars()
        .filter(|letter| {
            match letter {
                '(' => depth += 1,
                ')' => depth = depth.saturating_sub(1),
                _ => return depth == 0,
            }
            false
        })
        .collect()
}
