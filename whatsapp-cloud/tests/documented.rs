//! Every public type, trait, call and function has an example of its own that compiles.
//!
//! The first tests run the checker over this crate, the others over sources that it must
//! refuse. That the examples compile and run is what `cargo test --doc` shows.
#![allow(clippy::unwrap_used, reason = "functions beside the tests are tests too")]

use std::fs;
use std::path::Path;

use checker::{Item, items};

#[path = "documented/checker.rs"]
mod checker;
#[allow(dead_code, reason = "only how it reads a source is needed here")]
#[path = "layering/checker.rs"]
mod layers;

/// What has no example yet, file by file. To become shorter, and then nothing.
const NOT_YET: &[(&str, &[&str])] = &[];

/// What is `pub` in its file, and nobody can name: a macro writes it so.
const UNREACHABLE: &[(&str, &str)] = &[("webhook/attachment.rs", "PlaceAsWritten")];

fn sources(folder: &Path, below: &str, into: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let name = entry.file_name().into_string().unwrap();
        if entry.path().is_dir() {
            sources(&entry.path(), &format!("{below}{name}/"), into);
        } else if name.ends_with(".rs") {
            into.push((format!("{below}{name}"), fs::read_to_string(entry.path()).unwrap()));
        }
    }
}

/// The path below `src` and the items of each file.
fn all() -> Vec<(String, Vec<Item>)> {
    let mut found = Vec::new();
    sources(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src")), "", &mut found);
    found.sort();
    found.into_iter().map(|(path, source)| (path, items(&source))).collect()
}

#[test]
fn everything_public_has_an_example_but_what_is_listed() {
    let listed: Vec<String> = NOT_YET
        .iter()
        .flat_map(|(path, names)| names.iter().map(move |name| format!("{path} {name}")))
        .collect();
    let mut missing = Vec::new();
    let mut wrong = Vec::new();
    for (path, items) in all() {
        let is_public = |item: &&Item| !UNREACHABLE.contains(&(&path, &item.name));
        for item in items.iter().filter(is_public).filter(|item| !item.has_example) {
            let entry = format!("{path} {}", item.name);
            if !listed.contains(&entry) {
                wrong.push(format!("{path}:{}: {} has no example", item.line, item.name));
            }
            missing.push(entry);
        }
    }
    for entry in listed.iter().filter(|entry| !missing.contains(entry)) {
        wrong.push(format!("{entry} has an example or is gone, and is still listed"));
    }
    assert!(wrong.is_empty(), "{} things:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn everything_is_looked_at() {
    let all = all();
    let of = |path: &str| -> Vec<&str> {
        let (_, items) = all.iter().find(|(file, _)| file == path).unwrap();
        items.iter().map(|item| item.name.as_str()).collect()
    };

    // A call, an object, an open enum, an id, a record, an element, a trait, a function.
    assert_eq!(of("api/block_list.rs")[..2], ["ListBlockedUsers", "BlockUsers"]);
    assert!(of("api/profile.rs").ends_with(&["Vertical"]));
    assert!(of("id.rs").contains(&"UploadId"));
    assert!(of("webhook/call.rs").contains(&"CallSession"));
    assert!(of("webhook/call.rs").contains(&"Call"));
    assert!(of("api/call.rs").contains(&"Operation"));
    assert!(of("error/catalogue/mod.rs").contains(&"find"));
    assert!(all.iter().map(|(_, items)| items.len()).sum::<usize>() > 1_000);
}

/// The names of what has no example.
fn without_example(source: &str) -> Vec<String> {
    let missing = items(source).into_iter().filter(|item| !item.has_example);
    missing.map(|item| item.name).collect()
}

#[test]
fn what_has_no_example_is_found() {
    for (source, name) in [
        ("pub struct A;", "A"),
        ("/// A thing.\npub enum A { B }", "A"),
        ("/// A thing.\n#[derive(Clone)]\n#[must_use = \"x\"]\npub struct A<'a>(&'a str);", "A"),
        ("pub trait A: Send {}", "A"),
        ("/// Does it.\npub async fn a() {}", "a"),
        ("pub const fn a() {}", "a"),
        ("pub mod inner {\n    /// A thing.\n    pub struct A;\n}", "A"),
        (
            "call! {\n    /// Asks.\n    pub struct A -> B = \"ask\", once;\n    get \"/{b}\" {}\n}",
            "A",
        ),
        (
            "object! {\n    /// A thing.\n    pub struct A {\n        pub b: String = \"b\",\n    }\n}",
            "A",
        ),
        ("open_enum! {\n    /// A word.\n    A {\n        B = \"b\",\n    }\n}", "A"),
        ("open_enum! {\n    /// A word.\n    in any case A {\n        B = \"b\",\n    }\n}", "A"),
        ("words! {\n    /// A word.\n    A { B = \"b\" }\n}", "A"),
        ("id! {\n    /// An id.\n    A, debug = \"A(…)\"\n}", "A"),
        ("id! {\n    /// An id.\n    A\n}", "A"),
        // Not compiled, or not of this thing.
        ("/// ```text\n/// A\n/// ```\npub struct A;", "A"),
        ("/// ```ignore\n/// A;\n/// ```\npub struct A;", "A"),
        ("/// ```compile_fail\n/// A;\n/// ```\npub struct A;", "A"),
        ("/// ```json\n#[doc = include_str!(\"a\")]\n/// ```\n/// A\npub struct A;", "A"),
        ("/// ```\n/// let b = B;\n/// ```\npub struct A;", "A"),
        ("/// ```\n/// let b = MadeOfA;\n/// ```\npub struct A;", "A"),
        ("/// See A.\n/// ```\n/// let b = B;\n/// ```\n/// A\npub struct A;", "A"),
        ("/// ```\n/// A;\n/// ```\npub use b::C;\n\npub struct A;", "A"),
    ] {
        assert_eq!(without_example(source), [name], "{source}");
    }
}

#[test]
fn what_has_one_is_not_reported() {
    for source in [
        "/// ```\n/// let a = A;\n/// ```\npub struct A;",
        "/// ```no_run\n/// a(1);\n/// ```\npub fn a(_: u8) {}",
        "/// ```\n/// A;\n/// ```\n#[derive(Clone)]\n#[serde(\n    tag = \"x\",\n)]\npub struct A;",
        "/// ```json\n#[doc = include_str!(\"a\")]\n/// ```\n///\n/// ```\n/// A;\n/// ```\npub struct A;",
        "open_enum! {\n    /// A word.\n    ///\n    /// ```\n    /// A::B;\n    /// ```\n    A { B = \"b\" }\n}",
    ] {
        assert_eq!(items(source).len(), 1, "{source}");
        assert!(without_example(source).is_empty(), "{source}");
    }
}

#[test]
fn what_is_not_public_or_no_item_is_left_out() {
    for source in [
        "struct A;\npub(crate) struct B;\npub(super) fn c() {}",
        "impl A {\n    /// Does it.\n    pub fn a(&self) {}\n}",
        "pub use a::B;\npub mod c;\npub const D: u8 = 1;\npub type E = u8;",
        "#[cfg(test)]\nmod tests {\n    pub struct A;\n}",
        "#[cfg(test)]\n#[allow(unused)]\nmod tests {\n    object! { pub struct A {} }\n}",
        "macro_rules! make {\n    ($name:ident) => { pub struct $name; };\n}",
        "macro_rules! make { () => { pub struct A; } }",
        "make! {\n    impl A {\n        pub fn a(&self) {}\n    }\n}",
        "// pub struct A;\nconst A: &str = \"pub struct A;\";",
        "fn f() {\n    pub struct A;\n}",
    ] {
        assert_eq!(items(source), [], "{source}");
    }
}
