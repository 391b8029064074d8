//! Every public type, trait, call and function has an example of its own that compiles, and
//! every public method and constant is used in one.
//!
//! The first tests run the checkers over this crate, the others over sources that they must
//! refuse. That the examples compile and run is what `cargo test --doc` shows.
#![allow(clippy::unwrap_used, reason = "functions beside the tests are tests too")]

use std::fs;
use std::path::Path;

use checker::{Item, items};
use members::{Member, members, uncalled};

#[path = "documented/checker.rs"]
mod checker;
#[path = "documented/examples.rs"]
mod examples;
#[allow(dead_code, reason = "only how it reads a source is needed here")]
#[path = "layering/checker.rs"]
mod layers;
#[path = "documented/members.rs"]
mod members;

/// What has no example yet, file by file: `Type`, or `Type::method`. To become shorter, and
/// then nothing.
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

/// The path below `src` and the text of each file.
fn files() -> Vec<(String, String)> {
    let mut found = Vec::new();
    sources(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src")), "", &mut found);
    found.sort();
    found
}

/// The path below `src` and the items of each file.
fn all() -> Vec<(String, Vec<Item>)> {
    files().into_iter().map(|(path, source)| (path, items(&source))).collect()
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
    let files = files();
    for (path, member) in uncalled(&files) {
        let entry = format!("{path} {}", member.label());
        if !listed.contains(&entry) {
            wrong.push(format!("{path}:{}: no example calls {}", member.line, member.label()));
        }
        missing.push(entry);
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
        // Said, and not used.
        ("/// ```\n/// // Makes an A.\n/// let b = B;\n/// ```\npub struct A;", "A"),
        ("/// ```\n/// let b = B; // and A\n/// ```\npub struct A;", "A"),
        ("/// ```\n/// /* Makes\n/// an A */\n/// let b = B;\n/// ```\npub struct A;", "A"),
        ("/// ```\n/// let b = \"A\";\n/// ```\npub struct A;", "A"),
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
        "/// ```\n/// let url = \"https://b\"; let a = A;\n/// ```\npub struct A;",
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

#[test]
fn members_of_all_kinds_are_looked_at() {
    let files = files();
    let of = |path: &str| -> Vec<String> {
        let (_, source) = files.iter().find(|(file, _)| file == path).unwrap();
        members(source).iter().map(Member::label).collect()
    };

    // With and without `self`, a constant, one that waits, one that a macro declares, and what
    // stands alone.
    assert!(of("client/version.rs").starts_with(&["ApiVersion::V23_0".to_owned()]));
    assert!(of("client/version.rs").contains(&"ApiVersion::ends".to_owned()));
    assert!(of("api/recipient.rs").contains(&"Recipient::group".to_owned()));
    assert!(of("client/handles/media.rs").contains(&"Media::download".to_owned()));
    assert!(of("wire/open_enum.rs").contains(&"$::is_known".to_owned()));
    assert_eq!(of("webhook/receive/receiver.rs")[0], "MAX_BODY");
    assert_eq!(of("client/onboarding/store.rs"), ["StoreError"]);
    assert!(files.iter().map(|(_, source)| members(source).len()).sum::<usize>() > 550);
}

/// What no example of these files calls.
fn not_called(sources: &[&str]) -> Vec<String> {
    let files: Vec<_> = (0..).zip(sources).map(file).collect();
    uncalled(&files).iter().map(|(_, member)| member.label()).collect()
}

fn file((number, source): (usize, &&str)) -> (String, String) {
    (format!("{number}.rs"), (*source).to_owned())
}

/// An example of another file.
fn example(code: &str) -> String {
    format!("//! ```\n//! {code}\n//! ```\n")
}

#[test]
fn a_member_that_no_example_calls_is_found() {
    for (source, label) in [
        ("impl A {\n    pub fn a(&self) {}\n}", "A::a"),
        ("impl<'a, T: Fn() -> u8> b::A<'a, T> {\n    pub fn a(mut self) {}\n}", "A::a"),
        ("impl<T> A<T> where T: Into<u8> {\n    pub fn a<U>(self: &T, _: U) {}\n}", "A::a"),
        ("impl A {\n    pub async fn a(&self) {}\n}", "A::a"),
        ("impl A {\n    pub const fn a() {}\n}", "A::a"),
        ("impl A {\n    pub const A: u8 = { 1 };\n}", "A::A"),
        ("impl A {\n    fn b() {}\n    #[must_use]\n    pub fn a(b: [u8; 2]) {}\n}", "A::a"),
        ("macro_rules! m { ($n:ident) => { impl $n { pub fn a(&self) {} } }; }", "$::a"),
        ("macro_rules! m { ($n:ident) => { impl $n<'_> { pub fn a() {} } }; }", "$::a"),
        ("m! {\n    impl A {\n        pub fn a(&self) {}\n    }\n}", "A::a"),
        ("pub const A: u8 = 1;", "A"),
        ("pub type A = u8;", "A"),
        ("mod b {\n    pub const A: u8 = 1;\n}", "A"),
        ("#[cfg(test)]\nuse b::c;\npub type A = u8;", "A"),
        // Said, and not called.
        ("/// ```\n/// // a.a()\n/// ```\nimpl A {\n    pub fn a(&self) {}\n}", "A::a"),
        (
            "/// ```\n/// a(\".a()\", b.a, a());\n/// ```\nimpl A {\n    pub fn a(&self) {}\n}",
            "A::a",
        ),
        ("/// ```text\n/// b.a()\n/// ```\nimpl A {\n    pub fn a(&self) {}\n}", "A::a"),
        ("/// b.a()\nimpl A {\n    pub fn a(&self) {}\n}", "A::a"),
        ("// ```\n// b.a()\n// ```\nimpl A {\n    pub fn a(&self) {}\n}", "A::a"),
        // Of another type.
        ("/// ```\n/// B::a();\n/// ```\nimpl A {\n    pub fn a() {}\n}", "A::a"),
        ("/// ```\n/// b.a();\n/// ```\nimpl A {\n    pub fn a() {}\n}", "A::a"),
        ("/// ```\n/// B::A;\n/// ```\nimpl A {\n    pub const A: u8 = 1;\n}", "A::A"),
    ] {
        assert_eq!(not_called(&[source]), [label], "{source}");
    }

    // Somebody else's method of that name may be meant.
    let two = ["impl A {\n    pub fn a(&self) {}\n}", "impl B {\n    pub fn a(&self) {}\n}"];
    assert_eq!(not_called(&[two[0], two[1], &example("a.a();")]), ["A::a", "B::a"]);
    let own = format!("{}{}", example("a.a();"), two[0]);
    assert_eq!(not_called(&[&own, two[1]]), ["B::a"]);
}

#[test]
fn a_member_that_an_example_calls_is_not_reported() {
    let method = "impl<'a> A<'a> {\n    pub fn a(&self) {}\n}";
    let associated = "impl A {\n    pub fn a(_: &Self) {}\n}";
    let constant = "impl A {\n    pub const A: u8 = 1;\n}";
    let by_macro = "macro_rules! m { ($n:ident) => { impl $n { pub fn a(&self) {} } }; }";
    for (source, code) in [
        (method, "b().a();"),
        (method, "b.a::<u8>();"),
        (method, "b.map(A::a);"),
        (associated, "c::A::a();"),
        (associated, "A::<u8>::a();"),
        (constant, "b(A::A);"),
        (by_macro, "b.a();"),
        (by_macro, "B::a(&b);"),
        ("pub const A: u8 = 1;", "use b::A;"),
        ("pub type A = u8;", "let b: A = 1;"),
    ] {
        assert!(!not_called(&[source]).is_empty(), "{source}");
        assert!(not_called(&[source, &example(code)]).is_empty(), "{source} by {code}");
    }
}

#[test]
fn what_is_no_public_member_is_left_out() {
    for source in [
        "impl A {\n    fn a(&self) {}\n    pub(crate) fn b() {}\n    pub(super) const C: u8 = 1;\n}",
        "impl B for A {\n    fn a(&self) {}\n    const C: u8 = 1;\n}",
        "fn a(b: impl B) -> impl C {}\npub fn d() {}\npub struct E;",
        "const A: u8 = 1;\ntype B = u8;\npub use c::D;\npub mod e;",
        "#[cfg(test)]\nmod tests {\n    impl A {\n        pub fn a(&self) {}\n    }\n}",
        "// impl A { pub fn a() {} }\nstatic A: &str = \"impl A { pub fn a() {} }\";",
        "pub struct A {\n    pub a: fn(),\n}",
    ] {
        assert_eq!(members(source), [], "{source}");
    }
}
