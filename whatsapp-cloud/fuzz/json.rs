//! JSON read without the parser under test, to compare it with.
//!
//! A text that `serde_json` has called valid is laid out as a list of nodes. Nothing here
//! recurses, and nothing is rounded, folded or refused: names may be written twice, half a
//! surrogate pair in a string is a character like others, and a number may be as large as it
//! likes.

use std::collections::HashSet;
use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};
use std::ops::Range;

use serde_json::value::RawValue;

/// One value of a text.
pub(crate) struct Node {
    /// Where it stands in the text.
    pub(crate) range: Range<usize>,
    /// Its first byte, which tells what it is: `{`, `[`, `"`, a digit, `-`, `t`, `f` or `n`.
    pub(crate) first: u8,
    /// Its name, when it is a member: where it stands, and as characters.
    pub(crate) name: Option<(Range<usize>, Vec<u32>)>,
    /// Its members or elements, by their place in the list of nodes.
    pub(crate) children: Vec<usize>,
}

impl Node {
    /// Whether it is a member of that name.
    pub(crate) fn is(&self, name: &str) -> bool {
        let name = name.chars().map(u32::from);
        self.name.as_ref().is_some_and(|(_, own)| own.iter().copied().eq(name))
    }
}

/// The values of a text: each before those inside of it, the whole first.
pub(crate) struct Json(pub(crate) Vec<Node>);

impl Json {
    /// Lays out `text`. `None` when `serde_json` says that it is no JSON.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let _: &RawValue = serde_json::from_str(text).ok()?;
        let bytes = text.as_bytes();
        let mut nodes: Vec<Node> = Vec::new();
        let mut open: Vec<usize> = Vec::new();
        let mut name = None;
        let mut at = 0;
        while let Some(&first) = bytes.get(at) {
            let mut end = at + 1;
            match first {
                b' ' | b'\t' | b'\r' | b'\n' | b',' | b':' => {
                    at = end;
                    continue;
                }
                b'}' | b']' => {
                    nodes[open.pop()?].range.end = end;
                    at = end;
                    continue;
                }
                b'"' => {
                    while bytes.get(end)? != &b'"' {
                        end += if bytes[end] == b'\\' { 2 } else { 1 };
                    }
                    end += 1;
                }
                b'{' | b'[' => {}
                _ => {
                    while bytes.get(end).is_some_and(|byte| !b" \t\r\n,:]}".contains(byte)) {
                        end += 1;
                    }
                }
            }
            let in_object = open.last().is_some_and(|parent| nodes[*parent].first == b'{');
            if in_object && name.is_none() {
                let mut own = characters(&text[at + 1..end - 1]);
                for half in own.iter_mut().filter(|one| (0xd800..0xe000).contains(*one)) {
                    // What is read has names that are strings, so it shows a sign instead.
                    *half = u32::from(char::REPLACEMENT_CHARACTER);
                }
                name = Some((at..end, own));
            } else {
                let index = nodes.len();
                if let Some(parent) = open.last() {
                    nodes[*parent].children.push(index);
                }
                nodes.push(Node { range: at..end, first, name: name.take(), children: Vec::new() });
                if matches!(first, b'{' | b'[') {
                    open.push(index);
                }
            }
            at = end;
        }
        Some(Self(nodes))
    }

    /// The whole.
    pub(crate) fn root(&self) -> &Node {
        &self.0[0]
    }

    /// The members or elements of `node`.
    pub(crate) fn children<'j>(&'j self, node: &'j Node) -> impl Iterator<Item = &'j Node> {
        node.children.iter().map(|child| &self.0[*child])
    }

    /// The members of `node` that count: of those with one name, the last.
    pub(crate) fn members<'j>(&'j self, node: &'j Node) -> impl Iterator<Item = &'j Node> {
        let mut seen = HashSet::new();
        let name = |member: &'j Node| member.name.as_ref().map(|(_, name)| name);
        let backwards = node.children.iter().rev().map(|child| &self.0[*child]);
        backwards.filter(move |member| seen.insert(name(member)))
    }

    /// Whether a name is written twice in an object.
    pub(crate) fn has_names_twice(&self) -> bool {
        let objects = self.0.iter().filter(|node| node.first == b'{');
        objects.into_iter().any(|node| self.members(node).count() < node.children.len())
    }

    /// The text without blanks between its parts.
    pub(crate) fn compact(text: &str) -> String {
        let mut compact = String::with_capacity(text.len());
        let mut in_string = false;
        let mut escaped = false;
        for character in text.chars() {
            if in_string || !matches!(character, ' ' | '\t' | '\r' | '\n') {
                compact.push(character);
            }
            in_string ^= character == '"' && !escaped;
            escaped = character == '\\' && !escaped;
        }
        compact
    }

    /// A hash of what the text means: the same for texts that differ in blanks, in how
    /// characters and numbers are written, and in the order of members, of which the last of a name counts.
    pub(crate) fn meaning(&self, text: &str) -> u64 {
        let mut meanings = vec![0_u64; self.0.len()];
        for (index, node) in self.0.iter().enumerate().rev() {
            let mut hasher = DefaultHasher::new();
            let own = &text[node.range.clone()];
            match node.first {
                b'{' => {
                    let mut members: Vec<_> = node
                        .children
                        .iter()
                        .map(|child| {
                            let name = self.0[*child].name.as_ref().map(|(_, name)| name);
                            (name, meanings[*child])
                        })
                        .collect();
                    // Of those with one name the last one counts, as it does for `serde_json`.
                    members.reverse();
                    members.sort_by_key(|(name, _)| *name);
                    members.dedup_by_key(|(name, _)| *name);
                    (b'{', members).hash(&mut hasher);
                }
                b'[' => {
                    let elements: Vec<_> =
                        node.children.iter().map(|child| meanings[*child]).collect();
                    (b'[', elements).hash(&mut hasher);
                }
                b'"' => (b'"', characters(&own[1..own.len() - 1])).hash(&mut hasher),
                b'-' | b'0'..=b'9' => match float(own) {
                    Some(float) => (b'.', float.to_bits()).hash(&mut hasher),
                    None => (b'0', own).hash(&mut hasher),
                },
                word => word.hash(&mut hasher),
            }
            meanings[index] = hasher.finish();
        }
        meanings[0]
    }
}

/// A hash of what a JSON text means. `None` when it is no JSON.
pub(crate) fn meaning(text: &str) -> Option<u64> {
    Json::read(text).map(|json| json.meaning(text))
}

/// A number that is not whole as the nearest float; a whole one is its digits, however many.
fn float(number: &str) -> Option<f64> {
    let is_whole = number != "-0" && !number.contains(['.', 'e', 'E']);
    number.parse().ok().filter(|float: &f64| !is_whole && float.is_finite())
}

/// The characters between the quotes of a string. Half a surrogate pair counts as one.
fn characters(inside: &str) -> Vec<u32> {
    let mut characters: Vec<u32> = Vec::new();
    let mut rest = inside.chars();
    while let Some(character) = rest.next() {
        let character = match character {
            '\\' => match rest.next() {
                Some('b') => 8,
                Some('f') => 12,
                Some('n') => 10,
                Some('r') => 13,
                Some('t') => 9,
                Some('u') => rest
                    .by_ref()
                    .take(4)
                    .fold(0, |unit, digit| unit << 4 | digit.to_digit(16).unwrap_or_default()),
                other => other.map_or(0, u32::from),
            },
            other => u32::from(other),
        };
        match characters.last_mut() {
            Some(high)
                if (0xd800..0xdc00).contains(high) && (0xdc00..0xe000).contains(&character) =>
            {
                *high = 0x1_0000 + ((*high - 0xd800) << 10) + (character - 0xdc00);
            }
            _ => characters.push(character),
        }
    }
    characters
}
