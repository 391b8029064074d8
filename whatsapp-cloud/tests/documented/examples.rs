//! The examples of a file, and what they name: code, neither comments nor texts.

use std::collections::HashSet;

use crate::layers::tokens;

/// The code of each example that rustdoc compiles, in documentation of all kinds.
pub(crate) fn examples<'a>(lines: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    let mut found = Vec::new();
    // The tags of the example that is open, and its code.
    let mut open: Option<(&str, String)> = None;
    for line in lines {
        let Some(line) = documentation(line.trim()) else {
            open = None;
            continue;
        };
        match (line.strip_prefix("```"), &mut open) {
            (Some(tags), None) => open = Some((tags, String::new())),
            (Some(_), Some(_)) => {
                let closed = open.take().filter(|(tags, _)| is_compiled(tags));
                found.extend(closed.map(|(_, code)| code));
            }
            (None, Some((_, code))) => {
                code.push_str(line);
                code.push('\n');
            }
            (None, None) => {}
        }
    }
    found
}

/// What a line of documentation says; what is included says nothing.
fn documentation(line: &str) -> Option<&str> {
    let said = line.strip_prefix("///").or_else(|| line.strip_prefix("//!"));
    said.map(str::trim).or_else(|| line.starts_with("#[doc =").then_some(""))
}

/// Whether rustdoc compiles an example with these tags.
fn is_compiled(tags: &str) -> bool {
    tags.split([',', ' '])
        .all(|tag| matches!(tag, "" | "rust" | "no_run" | "should_panic" | "edition2024"))
}

/// What examples name.
#[derive(Debug, Default)]
pub(crate) struct Named {
    words: HashSet<String>,
    /// `.name(`
    called: HashSet<String>,
    /// `Type::name`
    paths: HashSet<(String, String)>,
}

impl Named {
    /// What is named in `code`, too, from now on.
    pub(crate) fn read(&mut self, code: &str) {
        let tokens = tokens(code);
        let text = |at: Option<usize>| {
            at.and_then(|at| tokens.get(at))
                .map_or("", |token: &crate::layers::Token<'_>| token.text)
        };
        for (at, token) in tokens.iter().enumerate() {
            self.words.insert(token.text.to_owned());
            match text(at.checked_sub(1)) {
                "." if matches!(text(Some(at + 1)), "(" | "::") => {
                    self.called.insert(token.text.to_owned());
                }
                "::" => {
                    let mut of = at.checked_sub(2);
                    if text(of) == ">" {
                        // `Type::<T>::name`
                        let open = tokens[..at].iter().rposition(|token| token.text == "<");
                        of = open.and_then(|open| open.checked_sub(2));
                    }
                    self.paths.insert((text(of).to_owned(), token.text.to_owned()));
                }
                _ => {}
            }
        }
    }

    /// What all of these examples name.
    pub(crate) fn of<'a>(examples: impl IntoIterator<Item = &'a String>) -> Self {
        let mut named = Self::default();
        examples.into_iter().for_each(|code| named.read(code));
        named
    }

    /// Whether it stands there as a word of its own.
    pub(crate) fn word(&self, name: &str) -> bool {
        self.words.contains(name)
    }

    /// Whether it is called as a method, of whatever type.
    pub(crate) fn method(&self, name: &str) -> bool {
        self.called.contains(name)
    }

    /// Whether it is named as that of this type.
    pub(crate) fn path(&self, of: &str, name: &str) -> bool {
        self.paths.contains(&(of.to_owned(), name.to_owned()))
    }

    /// Whether it is named as that of some type.
    pub(crate) fn any_path(&self, name: &str) -> bool {
        self.paths.iter().any(|(_, named)| named == name)
    }
}
