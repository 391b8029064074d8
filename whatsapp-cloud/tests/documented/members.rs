//! What public types have: methods, functions and constants; and constants and names of types
//! that stand alone. Those that no example calls are found.

use crate::checker::{is_for_tests, skip, skip_item};
use crate::examples::{Named, examples};
use crate::layers::{Token, tokens};

/// Something public that is to be seen in use.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Member {
    pub(crate) name: String,
    pub(crate) line: usize,
    pub(crate) kind: MemberKind,
}

/// How it is named in an example.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum MemberKind {
    /// `.name(…)`, or `Type::name`. In the definition of a macro the type is `$`.
    Method { of: String },
    /// `Type::name`: a function without `self`, or a constant.
    Associated { of: String },
    /// `name`: a constant, or a name of a type.
    Alone,
}

impl Member {
    /// `Type::name`, or the name alone.
    pub(crate) fn label(&self) -> String {
        match &self.kind {
            MemberKind::Method { of } | MemberKind::Associated { of } => {
                format!("{of}::{}", self.name)
            }
            MemberKind::Alone => self.name.clone(),
        }
    }

    /// Whether the examples of its `own` file call it, or those of `all` files do so that
    /// nothing else can be meant.
    fn is_called(&self, own: &Named, all: &Named, is_only_one: bool) -> bool {
        let name = self.name.as_str();
        match &self.kind {
            MemberKind::Method { of } if of == "$" => all.method(name) || all.any_path(name),
            MemberKind::Method { of } => {
                own.method(name) || all.path(of, name) || (is_only_one && all.method(name))
            }
            MemberKind::Associated { of } if of == "$" => all.any_path(name),
            MemberKind::Associated { of } => all.path(of, name),
            MemberKind::Alone => all.word(name),
        }
    }
}

/// The path of each file and what it has that no example calls.
pub(crate) fn uncalled(files: &[(String, String)]) -> Vec<(&str, Member)> {
    let read: Vec<_> = files
        .iter()
        .map(|(path, source)| (path.as_str(), members(source), examples(source.lines())))
        .collect();
    let all = Named::of(read.iter().flat_map(|(_, _, examples)| examples));
    let methods: Vec<String> = read
        .iter()
        .flat_map(|(_, members, _)| members)
        .filter(|member| matches!(member.kind, MemberKind::Method { .. }))
        .map(|member| member.name.clone())
        .collect();
    let mut found = Vec::new();
    for (path, members, examples) in read {
        let own = Named::of(&examples);
        for member in members {
            let namesakes = methods.iter().filter(|name| **name == member.name).count();
            if !member.is_called(&own, &all, namesakes == 1) {
                found.push((path, member));
            }
        }
    }
    found
}

/// Every public member of a file.
pub(crate) fn members(source: &str) -> Vec<Member> {
    let tokens = tokens(source);
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        if is_for_tests(&tokens, at) {
            at += 1;
            skip(&tokens, &mut at);
            skip_item(&tokens, &mut at);
            continue;
        }
        // `impl` stands in types too.
        let before = at.checked_sub(1).map_or(";", |before| tokens[before].text);
        let is_item = matches!(before, ";" | "{" | "}" | "]");
        match token.text {
            "impl" if is_item => implementation(&tokens, &mut at, &mut found),
            "pub" => {
                if let Some((word, name)) = declared(&tokens, at)
                    && matches!(word, "const" | "type")
                {
                    let (name, line) = (name.text.to_owned(), name.line);
                    found.push(Member { name, line, kind: MemberKind::Alone });
                }
                at += 1;
            }
            _ => at += 1,
        }
    }
    found
}

/// Goes through an `impl`, and behind it.
fn implementation(tokens: &[Token<'_>], at: &mut usize, found: &mut Vec<Member>) {
    *at += 1;
    if tokens.get(*at).is_some_and(|token| token.text == "<") {
        skip_angles(tokens, at);
    }
    let mut of = "";
    while let Some(token) = tokens.get(*at) {
        match token.text {
            "{" => break,
            "<" => {
                skip_angles(tokens, at);
                continue;
            }
            // Of a trait, which says what is public, or with conditions.
            "for" | "where" => {
                let is_of_trait = token.text == "for";
                while tokens.get(*at).is_some_and(|token| token.text != "{") {
                    *at += 1;
                }
                if is_of_trait {
                    return skip(tokens, at);
                }
                break;
            }
            "$" => of = "$",
            word if of != "$" && word != "::" => of = word,
            _ => {}
        }
        *at += 1;
    }
    let end = {
        let mut end = *at;
        skip(tokens, &mut end);
        end
    };
    *at += 1;
    while *at + 1 < end {
        match tokens[*at].text {
            "{" | "(" | "[" => skip(tokens, at),
            "pub" => {
                if let Some((word, name)) = declared(tokens, *at) {
                    let of = of.to_owned();
                    let kind = match word {
                        "fn" if has_self(tokens, *at) => Some(MemberKind::Method { of }),
                        "fn" | "const" => Some(MemberKind::Associated { of }),
                        _ => None,
                    };
                    let (name, line) = (name.text.to_owned(), name.line);
                    found.extend(kind.map(|kind| Member { name, line, kind }));
                }
                *at += 1;
            }
            _ => *at += 1,
        }
    }
    *at = end;
}

/// What is declared behind the `pub` at `at`: the word for what it is, and its name.
fn declared<'t, 'a>(tokens: &'t [Token<'a>], at: usize) -> Option<(&'a str, &'t Token<'a>)> {
    let mut at = at + 1;
    loop {
        let (token, next) = (tokens.get(at)?, tokens.get(at + 1)?);
        match token.text {
            "const" if !matches!(next.text, "fn" | "async" | "unsafe") => {
                return Some((token.text, next));
            }
            "const" | "async" | "unsafe" => at += 1,
            "fn" | "type" => return Some((token.text, next)),
            _ => return None,
        }
    }
}

/// Whether the function declared at `at` takes `self`.
fn has_self(tokens: &[Token<'_>], mut at: usize) -> bool {
    while tokens.get(at).is_some_and(|token| token.text != "(") {
        if tokens[at].text == "<" {
            skip_angles(tokens, &mut at);
        } else {
            at += 1;
        }
    }
    let first = tokens.get(at + 1..).unwrap_or_default().iter();
    first
        .take_while(|token| !matches!(token.text, ")" | "," | ":"))
        .any(|token| token.text == "self")
}

/// Goes behind the `>` that closes the `<` at `at`.
fn skip_angles(tokens: &[Token<'_>], at: &mut usize) {
    let mut depth = 0_usize;
    while let Some(token) = tokens.get(*at) {
        match token.text {
            "<" => depth += 1,
            // Not that of `->`.
            ">" if tokens[*at - 1].text != "-" => depth -= 1,
            _ => {}
        }
        *at += 1;
        if depth == 0 {
            return;
        }
    }
}
