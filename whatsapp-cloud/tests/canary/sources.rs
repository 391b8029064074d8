//! The public types as the sources declare them.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::OnceLock;

use crate::checker::items;

/// What is `pub` in its file, and nobody can name: a macro writes it so.
const UNREACHABLE: &[&str] = &["whatsapp_cloud::webhook::attachment::PlaceAsWritten"];

/// A type as it stands in the sources.
pub(crate) struct Declared {
    /// Its members, and what they are called in JSON.
    pub(crate) members: Vec<(String, Option<String>)>,
    /// All that stands between its braces but documentation.
    pub(crate) body: String,
}

/// The types by their whole names: `whatsapp_cloud::api::profile::Profile`.
pub(crate) fn types() -> &'static BTreeMap<String, Declared> {
    static TYPES: OnceLock<BTreeMap<String, Declared>> = OnceLock::new();
    TYPES.get_or_init(|| {
        let mut found = BTreeMap::new();
        folder(
            Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src")),
            "whatsapp_cloud",
            &mut found,
        );
        found
    })
}

fn folder(folder: &Path, module: &str, into: &mut BTreeMap<String, Declared>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap();
        if path.is_dir() {
            self::folder(&path, &format!("{module}::{name}"), into);
        } else if path.extension().is_some_and(|end| end == "rs") {
            let module = match name {
                "mod" | "lib" => module.to_owned(),
                name => format!("{module}::{name}"),
            };
            let source = fs::read_to_string(&path).unwrap();
            for (name, declared) in declared(&source) {
                let name = format!("{module}::{name}");
                if !UNREACHABLE.contains(&name.as_str()) {
                    into.insert(name, declared);
                }
            }
        }
    }
}

/// The types that a source declares.
pub(crate) fn declared(source: &str) -> Vec<(String, Declared)> {
    let lines: Vec<&str> = source.lines().collect();
    let mut found: Vec<_> = items(source)
        .into_iter()
        .filter(|item| {
            let line = lines[item.line - 1].trim();
            let is_of_kind = |kind: &str| line.split(' ').any(|word| word == kind);
            !is_of_kind("fn") && !is_of_kind("trait")
        })
        .map(|item| (item.name, item.line))
        .collect();
    // What a macro of one use declares under a name of its own is not in a module's items.
    let tests = lines.iter().position(|line| line.starts_with("#[cfg(test)]"));
    let tests = tests.unwrap_or(lines.len());
    for (at, line) in lines[..tests].iter().enumerate() {
        let rest =
            line.trim().strip_prefix("pub struct ").or(line.trim().strip_prefix("pub enum "));
        let name: String = rest
            .unwrap_or_default()
            .chars()
            .take_while(|char| char.is_alphanumeric() || *char == '_')
            .collect();
        if !name.is_empty() && !found.iter().any(|(known, _)| *known == name) {
            found.push((name, at + 1));
        }
    }
    found.into_iter().map(|(name, line)| (name, body(&lines, line))).collect()
}

fn body(lines: &[&str], line: usize) -> Declared {
    let head = lines[line - 1];
    let indent = &head[..head.len() - head.trim_start().len()];
    let mut body = head.trim().to_owned();
    let mut members = Vec::new();
    if !head.trim_end().ends_with([';', '}']) {
        let inside = lines[line..].iter().take_while(|line| {
            !["}", ")"]
                .iter()
                .any(|end| line.strip_prefix(indent).is_some_and(|at| at.starts_with(end)))
        });
        for line in inside.map(|line| line.trim()).filter(|line| !line.starts_with("//")) {
            body.push('\n');
            body.push_str(line);
            if let Some((name, rest)) =
                line.strip_prefix("pub ").and_then(|line| line.split_once(':'))
            {
                let key = rest.split_once("= \"").and_then(|(_, key)| key.split('"').next());
                members.push((name.to_owned(), key.map(str::to_owned)));
            } else if let Some((_, key)) = line.split_once("= \"") {
                // The type was too long for one line.
                if let Some((_, last @ None)) = members.last_mut() {
                    *last = key.split('"').next().map(str::to_owned);
                }
            }
        }
    }
    Declared { members, body }
}
