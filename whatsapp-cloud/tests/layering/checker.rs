//! A checker of layers that knows nothing of the crate it checks.
//!
//! [`Rules`], a path below `src` and the file's text go in, and what is wrong, with file and line,
//! comes out. It reads words, not Rust: comments, strings and characters are left out, and
//! what it cannot follow (`use crate::{…}`, `use crate as x`, `extern crate`) it refuses.

/// What is checked.
pub(crate) struct Rules {
    /// Each module and those it may import besides itself.
    pub(crate) layers: &'static [(&'static str, &'static [&'static str])],
    /// What `lib.rs` passes on under a shorter name, and where it is from.
    pub(crate) passed_on: &'static [(&'static str, &'static str)],
    /// Folders and files of values only: nothing in there waits, asks the machine or logs.
    pub(crate) pure: &'static [&'static str],
    /// Files below those that are not meant.
    pub(crate) impure_all_the_same: &'static [&'static str],
    /// Words, and the only file or folder that may use each.
    pub(crate) only_in: &'static [(&'static str, &'static str)],
}

/// Words that have no business in a pure file.
const IMPURE_WORDS: &[&str] = &[
    "async",
    "await",
    "SystemTime",
    "Instant",
    "rand",
    "getrandom",
    "thread_rng",
    "RandomState",
    "env",
    "tracing",
    "log",
    "tokio",
    "spawn",
    "sleep",
];

/// What breaks the rules in the file at `path` below `src`.
pub(crate) fn violations(rules: &Rules, path: &str, source: &str) -> Vec<String> {
    let tokens = tokens(source);
    let module = path.split('/').next().unwrap_or_default().trim_end_matches(".rs");
    let mut found = Vec::new();
    let mut report = |line: usize, what: String| found.push(format!("{path}:{line}: {what}"));

    for (index, token) in tokens.iter().enumerate() {
        let after = |steps: usize| tokens.get(index + steps).map_or("", |token| token.text);
        for (word, home) in rules.only_in {
            if token.text == *word && !path.starts_with(home) {
                report(token.line, format!("{word} is named in {home} only"));
            }
        }
        let is_pure = rules.pure.iter().any(|pure| path.starts_with(pure))
            && !rules.impure_all_the_same.contains(&path);
        // `env!` asks the compiler, not the machine.
        let asks_compiler = token.text == "env" && after(1) == "!";
        if is_pure && IMPURE_WORDS.contains(&token.text) && !asks_compiler {
            report(token.line, format!("`{}` in a pure file", token.text));
        }
        if token.text == "extern" && after(1) == "crate" {
            report(token.line, "`extern crate` hides where names are from".to_owned());
        }
        // `lib.rs` declares and passes on: it is above all layers.
        if path == "lib.rs" {
            continue;
        }
        let Some(target) = import(rules, path, &tokens, index) else {
            continue;
        };
        if target == module {
            continue;
        }
        match rules.layers.iter().find(|(layer, _)| *layer == module) {
            None => report(token.line, format!("`{module}` has no layer")),
            Some((_, allowed)) if !allowed.contains(&target) => {
                report(token.line, format!("`{module}` may not import `{target}`"));
            }
            Some(_) => {}
        }
    }

    // One `use crate::module::{…};` for each module, so that layering can be seen.
    let mut used: Vec<&str> = Vec::new();
    for (number, line) in source.lines().enumerate() {
        let Some(rest) = line.strip_prefix("use crate::") else {
            continue;
        };
        let group = rest.split('{').next().unwrap_or_default();
        let imported = group.trim_end_matches(';').trim_end_matches("::");
        let home = if rest.contains('{') {
            imported
        } else {
            imported.rsplit_once("::").map_or(imported, |(home, _)| home)
        };
        if used.contains(&home) {
            report(number + 1, format!("`crate::{home}` is imported twice"));
        }
        used.push(home);
    }
    found
}

/// The module that the path at `index` leads to, when one begins there.
fn import<'a>(rules: &Rules, path: &str, tokens: &[Token<'a>], index: usize) -> Option<&'a str> {
    let text = |index: usize| tokens.get(index).map_or("", |token| token.text);
    let mut next = index;
    match text(index) {
        "crate" if text(index + 1) == "::" => next += 2,
        // As a name for this crate, or in `pub(crate)`.
        "crate" if text(index + 1) == "as" => return Some("(the crate under another name)"),
        "super" if index == 0 || text(index - 1) != "::" => {
            let depth = path.trim_end_matches(".rs").split('/').filter(|name| *name != "mod");
            let mut above = depth.count();
            while text(next) == "super" && text(next + 1) == "::" {
                above = above.saturating_sub(1);
                next += 2;
            }
            if above > 0 {
                return None;
            }
        }
        _ => return None,
    }
    let name = text(next);
    if let Some((_, home)) = rules.passed_on.iter().find(|(passed_on, _)| *passed_on == name) {
        return Some(home);
    }
    match name {
        "{" => Some("(several modules at once)"),
        // Of a test inside the file: it is the file's own.
        "*" if text(index) == "super" => None,
        name if text(index) == "super" => {
            rules.layers.iter().map(|(layer, _)| *layer).find(|layer| *layer == name)
        }
        name => Some(name),
    }
}

pub(crate) struct Token<'a> {
    pub(crate) text: &'a str,
    pub(crate) line: usize,
}

/// Words, `::` and single signs; without comments, strings and characters.
pub(crate) fn tokens(source: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let bytes = source.as_bytes();
    let is_word = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte >= 0x80;
    let mut at = 0;
    let mut line = 1;
    while at < bytes.len() {
        let start = at;
        let rest = &source[at..];
        let raw = rest.trim_start_matches('b').strip_prefix('r').filter(|_| {
            let hashes = rest.trim_start_matches('b')[1..].trim_start_matches('#');
            hashes.starts_with('"')
        });
        if rest.starts_with("//") {
            at += rest.find('\n').unwrap_or(rest.len());
        } else if rest.starts_with("/*") {
            at += block_comment(rest);
        } else if let Some(raw) = raw {
            let hashes = raw.len() - raw.trim_start_matches('#').len();
            let open = rest.len() - raw.len() + hashes + 1;
            let close = format!("\"{}", "#".repeat(hashes));
            at += rest[open..].find(&close).map_or(rest.len(), |end| open + end + close.len());
        } else if rest.starts_with('"') || rest.starts_with("b\"") {
            at += quoted(rest, b'"');
        } else if let Some(length) = character(rest) {
            at += length;
        } else if is_word(bytes[at]) {
            while at < bytes.len() && is_word(bytes[at]) {
                at += 1;
            }
            tokens.push(Token { text: &source[start..at], line });
        } else if rest.starts_with("::") {
            at += 2;
            tokens.push(Token { text: "::", line });
        } else {
            at += 1;
            if !bytes[start].is_ascii_whitespace() {
                tokens.push(Token { text: &source[start..at], line });
            }
        }
        line += source[start..at].matches('\n').count();
    }
    tokens
}

/// How long the comment is that `rest` begins with; comments nest.
fn block_comment(rest: &str) -> usize {
    let mut depth = 0;
    let mut at = 0;
    while at < rest.len() {
        let step = match &rest.as_bytes()[at..] {
            [b'/', b'*', ..] => {
                depth += 1;
                2
            }
            [b'*', b'/', ..] => {
                depth -= 1;
                2
            }
            _ => 1,
        };
        at += step;
        if depth == 0 {
            return at;
        }
    }
    rest.len()
}

/// How long the literal is that `rest` begins with, up to the closing `quote`.
fn quoted(rest: &str, quote: u8) -> usize {
    let bytes = rest.as_bytes();
    let mut at = rest.find(char::from(quote)).unwrap_or_default() + 1;
    while at < bytes.len() {
        match bytes[at] {
            b'\\' => at += 2,
            byte if byte == quote => return at + 1,
            _ => at += 1,
        }
    }
    rest.len()
}

/// How long the character literal is that `rest` begins with; a lifetime is none.
fn character(rest: &str) -> Option<usize> {
    let inside = rest.strip_prefix("b'").or_else(|| rest.strip_prefix('\''))?;
    if inside.starts_with('\\') {
        return Some(quoted(rest, b'\''));
    }
    let first = inside.chars().next()?;
    let after = &inside[first.len_utf8()..];
    after.starts_with('\'').then(|| rest.len() - after.len() + 1)
}
