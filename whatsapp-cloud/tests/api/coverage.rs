//! Every operation of Meta's has a type, the table in `docs/` says so, and every body of
//! Meta's own and of the corpus is written again as it came.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::rows::{self, Row};

fn at(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// A path whose ids are named alike, whoever writes them: `/{phone_number_id}/media`.
fn shape(path: &str) -> String {
    let path = path.strip_prefix("https://api.facebook.com").unwrap_or(path);
    let path = path.strip_prefix("/{version}").unwrap_or(path);
    let mut in_braces = false;
    path.chars()
        .map(|char| {
            in_braces = (in_braces || char == '{') && char != '}';
            match char {
                '-' if in_braces => '_',
                _ if in_braces => char.to_ascii_lowercase(),
                _ => char,
            }
        })
        .collect()
}

/// Whether a path is that of a call, whatever stands in the place of its ids.
fn is_path_of(row: &Row, path: &str) -> bool {
    let (theirs, ours): (Vec<_>, Vec<_>) =
        (path.split('/').collect(), row.path.split('/').collect());
    theirs.len() == ours.len()
        && theirs.iter().zip(&ours).all(|(theirs, ours)| ours.starts_with('{') || theirs == ours)
}

/// The calls of that method and path.
fn calls<'r>(rows: &'r [Row], method: &str, path: &str) -> Vec<&'r Row> {
    let path = shape(path);
    let of_method = || rows.iter().filter(|row| row.method.as_str() == method);
    let same: Vec<_> = of_method().filter(|row| shape(row.path) == path).collect();
    if same.is_empty() {
        return of_method().filter(|row| is_path_of(row, &path)).collect();
    }
    same
}

/// Whether the calls send a form, which Meta's examples write as JSON.
fn is_form(calls: &[&Row]) -> bool {
    let is_listed = |row: &&Row| rows::FORMS.contains(&(row.method.as_str(), row.path));
    calls.iter().any(is_listed)
}

/// Whether one of the calls writes the body again as it came.
fn is_written_again(calls: &[&Row], body: &Value) -> bool {
    calls.iter().any(|call| (call.rewritten)(body.clone()).as_ref() == Ok(body))
}

#[test]
fn no_call_is_listed_twice() {
    let mut names = BTreeSet::new();
    for row in rows::all() {
        assert!(names.insert(row.name), "{} is listed twice", row.name);
        assert!(at("tests").join(row.tested).is_file(), "{} is not there", row.tested);
    }
}

/// What a test and the tests below it say, and what they take from the `mod.rs` above them.
fn test_with_its_parts(tested: &str) -> String {
    let file = at("tests").join(tested);
    let mut text = fs::read_to_string(&file).unwrap();
    for part in fs::read_dir(file.with_extension("")).into_iter().flatten() {
        text.push_str(&fs::read_to_string(part.unwrap().path()).unwrap_or_default());
    }
    if text.contains("use super::") {
        text.push_str(&fs::read_to_string(file.with_file_name("mod.rs")).unwrap_or_default());
    }
    text
}

#[test]
fn a_call_is_tested_where_the_table_says_so() {
    let mut wrong = Vec::new();
    for row in rows::all() {
        let text = test_with_its_parts(row.tested);
        let name = row.name.rsplit("::").next().unwrap();
        let is_part = |char: char| !char.is_alphanumeric() && char != '_';
        if !text.split(is_part).any(|word| word == name) {
            wrong.push(format!("{}: not in {}", row.name, row.tested));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// The methods and paths of Meta's file, where it is there.
fn of_metas_file() -> Option<Vec<String>> {
    let text = fs::read_to_string(at("../../shared/cloud-api/meta-openapi-v23.yaml")).ok()?;
    let (mut path, mut is_path, mut all) = (String::new(), false, Vec::new());
    for line in text.lines() {
        let word = line.trim();
        match line.len() - line.trim_start().len() {
            0 if !word.is_empty() => is_path = line.starts_with("paths:"),
            2 if is_path => path = word.trim_end_matches(':').trim_matches(['\'', '"']).to_owned(),
            4 if is_path && METHODS.contains(&word) => {
                all.push(format!("{} {path}", word.trim_end_matches(':').to_ascii_uppercase()));
            }
            _ => {}
        }
    }
    Some(all)
}

const METHODS: &[&str] = &["get:", "post:", "delete:", "put:", "patch:"];

#[test]
fn the_list_of_operations_is_that_of_metas_file_and_the_page_has_a_row_for_each() {
    let listed: Vec<_> = include_str!("../fixtures/meta-openapi/operations.txt").lines().collect();
    let page = fs::read_to_string(at("../docs/api-coverage.md")).unwrap();
    let rows: Vec<(&str, &str)> = page
        .lines()
        .filter_map(|line| {
            let mut cells = line.strip_prefix("| ")?.split(" | ");
            Some((cells.next()?, cells.next()?.trim_matches('`')))
        })
        .collect();
    let known = rows::all();
    let missing: Vec<_> = listed
        .iter()
        .filter(|line| {
            let (method, path) = line.split_once(' ').unwrap();
            let ours: Vec<_> = calls(&known, method, path).iter().map(|row| row.path).collect();
            let is_row =
                |row: &&(&str, &str)| row.0 == method && (row.1 == path || ours.contains(&row.1));
            !rows.iter().any(|row| is_row(&row))
        })
        .collect();
    assert!(missing.is_empty(), "without a row: {missing:#?}");

    let Some(there) = of_metas_file() else {
        println!("skipped: Meta's file is not there");
        return;
    };
    let listed: BTreeSet<_> =
        listed.into_iter().map(|line| line.replace("/{Version}", "")).collect();
    let there: BTreeSet<_> = there.into_iter().map(|line| line.replace("/{Version}", "")).collect();
    assert!(there.len() > 100, "{}", there.len());
    assert_eq!(listed, there);
}

#[test]
fn every_call_of_the_sources_is_listed() {
    fn sources(folder: &Path, into: &mut String) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                sources(&path, into);
            } else {
                into.push_str(&fs::read_to_string(path).unwrap());
            }
        }
    }

    let mut source = String::new();
    sources(&at("src/api"), &mut source);
    let declared = source.lines().filter_map(|line| {
        let line = line.trim();
        let call = line.strip_prefix("pub struct ").filter(|line| line.contains(" -> "));
        let by_hand = line.strip_prefix("impl Operation for ");
        let name = call.or(by_hand)?.split([' ', '{']).next()?;
        // The macro that declares them declares none itself.
        (!name.starts_with('$')).then_some(name)
    });
    let rows = rows::all();
    let missing: Vec<_> = declared
        .filter(|name| !rows.iter().any(|row| row.name.rsplit("::").next() == Some(name)))
        .collect();
    assert!(missing.is_empty(), "not listed: {missing:?}");
}

#[test]
fn every_operation_of_metas_file_has_a_call() {
    let rows = rows::all();
    let operations = include_str!("../fixtures/meta-openapi/operations.txt");
    let missing: Vec<_> = operations
        .lines()
        .filter(|line| !NO_CALLS.contains(line))
        .filter(|line| {
            let (method, path) = line.split_once(' ').unwrap();
            calls(&rows, method, path).is_empty()
        })
        .collect();
    assert!(missing.is_empty(), "without a call: {missing:#?}");
    for line in NO_CALLS {
        assert!(operations.lines().any(|operation| operation == *line), "{line}");
    }
}

/// What Meta's file lists, and is no call to the Graph.
const NO_CALLS: &[&str] = &[
    // An address of another host, which the client fetches: `Client::download`.
    "GET /{Media-URL}",
    // What Meta posts to the business: `webhook`.
    "POST /whatsapp/webhooks",
];

/// What is no call of `api`, and has a place all the same.
const BESIDE: &[(&str, &str, &str, &str)] = &[
    ("GET", "/oauth/access_token", "tokens::ExchangeCode", "api/platform/tokens.rs"),
    ("GET", "/{Media-URL}", "Client::download", "transfer.rs"),
    ("GET", "/whatsapp/webhooks", "webhook::Handshake", "signatures.rs"),
    ("POST", "/whatsapp/webhooks", "webhook::Verifier", "signatures.rs"),
];

#[test]
fn every_example_of_metas_file_is_written_again_as_it_stands_there() {
    let rows = rows::all();
    let mut wrong = Vec::new();
    for line in include_str!("../fixtures/meta-openapi/requests.jsonl").lines() {
        let example: Value = serde_json::from_str(line).unwrap();
        let text = |name: &str| example[name].as_str().unwrap();
        let calls = calls(&rows, text("method"), text("path"));
        if !is_form(&calls) && !is_written_again(&calls, &example["body"]) {
            wrong.push(format!("{} {} {}", text("method"), text("path"), text("name")));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_body_of_the_corpus_is_written_again_as_it_came() {
    let corpus = at("../../shared/cloud-api/corpus/requests");
    let Ok(index) = fs::read_to_string(corpus.join("index.jsonl")) else {
        println!("skipped: there is no corpus of calls");
        return;
    };
    let rows = rows::all();
    let mut bodies = 0;
    let mut wrong = Vec::new();
    for line in index.lines() {
        let file: Value = serde_json::from_str(line).unwrap();
        let name = file["file"].as_str().unwrap();
        let text = fs::read_to_string(corpus.join(name)).unwrap();
        let call: Value = serde_json::from_str(&text).unwrap();
        let method = call["method"].as_str().unwrap();
        let path = call["path_template"].as_str().unwrap();
        if !call["body"].is_object() {
            continue;
        }
        let calls = calls(&rows, method, path);
        bodies += 1;
        if !is_form(&calls) && !is_written_again(&calls, &call["body"]) {
            wrong.push(name.to_owned());
        }
    }
    assert!(bodies > 200, "{bodies}");
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn the_table_of_coverage_is_true() {
    let mut lines: Vec<_> = rows::all()
        .iter()
        .map(|row| {
            let Row { path, name, tested, .. } = row;
            format!("| {} | `{path}` | `{name}` | `{tested}` |", row.method.as_str())
        })
        .collect();
    lines.extend(BESIDE.iter().map(|(method, path, name, tested)| {
        // `Client::download` by its method.
        let word = name.rsplit("::").next().unwrap();
        assert!(test_with_its_parts(tested).contains(word), "{name}: not in {tested}");
        format!("| {method} | `{path}` | `{name}` | `{tested}` |")
    }));
    lines.sort_by_key(|line| line.split('`').nth(1).map(str::to_owned));
    let mut table = String::new();
    for line in &lines {
        writeln!(table, "{line}").unwrap();
    }
    let page = at("../docs/api-coverage.md");
    let text = fs::read_to_string(&page).unwrap_or_default();
    let (head, _) = text.split_once("|---|---|---|---|\n").unwrap();
    let whole = format!("{head}|---|---|---|---|\n{table}");
    if std::env::var_os("UPDATE_DOCS").is_some() {
        fs::write(&page, &whole).unwrap();
    }
    assert!(text == whole, "docs/api-coverage.md is out of date: run with UPDATE_DOCS=1");
}
