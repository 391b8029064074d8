//! A checker of examples that knows nothing of the crate it checks.
//!
//! The text of a file goes in; what is public in it, and whether its documentation has an
//! example of its own, comes out. It reads words, not Rust.

use crate::examples::{Named, examples};
use crate::layers::{Token, tokens};

/// Something public that stands at the level of its module.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Item {
    pub(crate) name: String,
    pub(crate) line: usize,
    /// Whether an example that is compiled names it.
    pub(crate) has_example: bool,
}

/// Macros that declare a public type without saying `pub`: its name stands before the first
/// brace, behind its documentation.
const DECLARE_BY_NAME: &[&str] = &["open_enum", "words", "id"];

/// Every public type, trait and function of a file: those that stand in a module, also where a
/// macro declares them, not methods.
pub(crate) fn items(source: &str) -> Vec<Item> {
    let tokens = tokens(source);
    let lines: Vec<&str> = source.lines().collect();
    let mut found = Vec::new();
    let mut at = 0;
    module(&tokens, &mut at, &mut |name, line| {
        found.push(Item { name: name.to_owned(), line, has_example: example(&lines, line, name) });
    });
    found
}

/// Goes through what stands in a module, up to its end.
fn module<'a>(tokens: &[Token<'a>], at: &mut usize, tell: &mut impl FnMut(&'a str, usize)) {
    while let Some(token) = tokens.get(*at) {
        let text = |steps: usize| tokens.get(*at + steps).map_or("", |token| token.text);
        let line = token.line;
        match (token.text, text(1), text(2)) {
            ("}", ..) => return,
            ("#", "[", _) => {
                let is_test = is_for_tests(tokens, *at);
                *at += 1;
                skip(tokens, at);
                if is_test {
                    skip_item(tokens, at);
                }
            }
            ("pub", "mod", _) | ("mod", ..) => {
                *at += if token.text == "pub" { 3 } else { 2 };
                if tokens.get(*at).is_some_and(|token| token.text == "{") {
                    *at += 1;
                    module(tokens, at, tell);
                }
                *at += 1;
            }
            ("pub", ..) => {
                if let Some(name) = declared(tokens, *at) {
                    tell(name.text, line.max(name.line));
                }
                skip_item(tokens, at);
            }
            (name, "!", "{" | "(") => {
                let inside = *at + 3;
                *at += 2;
                skip(tokens, at);
                invocation(name, tokens.get(inside..*at - 1).unwrap_or_default(), tell);
            }
            _ => skip_item(tokens, at),
        }
    }
}

/// What a macro declares with `tokens`.
fn invocation<'a>(name: &str, tokens: &[Token<'a>], tell: &mut impl FnMut(&'a str, usize)) {
    if DECLARE_BY_NAME.contains(&name) {
        // `in any case` is said before some names.
        let before = tokens.iter().take_while(|token| !matches!(token.text, "{" | ","));
        if let Some(name) = before.last() {
            tell(name.text, name.line);
        }
        return;
    }
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        match token.text {
            "{" | "(" | "[" => skip(tokens, &mut at),
            "pub" => {
                if let Some(name) = declared(tokens, at) {
                    tell(name.text, name.line);
                }
                at += 1;
            }
            _ => at += 1,
        }
    }
}

/// The name of the public type, trait or function that is declared at `at`.
fn declared<'t, 'a>(tokens: &'t [Token<'a>], at: usize) -> Option<&'t Token<'a>> {
    let mut words = tokens[at + 1..].iter();
    let kind = words.find(|token| !matches!(token.text, "async" | "const" | "unsafe"))?;
    matches!(kind.text, "struct" | "enum" | "trait" | "fn" | "union").then(|| words.next())?
}

/// Whether what begins at `at` is there for tests only.
pub(crate) fn is_for_tests(tokens: &[Token<'_>], at: usize) -> bool {
    let words = ["#", "[", "cfg", "(", "test", ")", "]"];
    let here = tokens[at..].iter().map(|token| token.text);
    here.take(words.len()).eq(words)
}

/// Goes behind the bracket that closes the one at `at`.
pub(crate) fn skip(tokens: &[Token<'_>], at: &mut usize) {
    let mut depth = 0_usize;
    while let Some(token) = tokens.get(*at) {
        *at += 1;
        match token.text {
            "{" | "(" | "[" => depth += 1,
            "}" | ")" | "]" => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return;
        }
    }
}

/// Goes behind an item: its semicolon or its braces.
pub(crate) fn skip_item(tokens: &[Token<'_>], at: &mut usize) {
    while let Some(token) = tokens.get(*at) {
        match token.text {
            ";" => {
                *at += 1;
                return;
            }
            "{" => return skip(tokens, at),
            "(" | "[" => skip(tokens, at),
            _ => *at += 1,
        }
    }
}

/// Whether the documentation above `line` has an example that names `name`.
fn example(lines: &[&str], line: usize, name: &str) -> bool {
    let above = lines[..line - 1].iter().rev().map(|line| line.trim());
    // Attributes stand between, also such as go over several lines.
    let mut docs: Vec<&str> = above
        .skip_while(|line| !line.is_empty() && !is_doc(line))
        .take_while(|line| is_doc(line))
        .collect();
    docs.reverse();
    Named::of(&examples(docs)).word(name)
}

/// Whether a line is documentation, written there or included.
fn is_doc(line: &str) -> bool {
    line.starts_with("///") || line.starts_with("#[doc =")
}
