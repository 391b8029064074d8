//! A field with filters, as it stands behind `fields=`: `analytics.start(1).end(2)`.

use std::fmt::Write as _;

use crate::api::templates::quoted;
use crate::violation::Violations;

/// A field with filters.
pub(super) struct Expression {
    text: String,
    found: Violations,
}

impl Expression {
    pub(super) fn new(field: &str, start: u64, end: u64, granularity: &str) -> Self {
        let mut found = Violations::default();
        if start >= end {
            found.add("start", "before the end");
        }
        check_word("granularity", granularity, &mut found);
        let text = format!("{field}.start({start}).end({end}).granularity({granularity})");
        Self { text, found }
    }

    /// Adds a filter, unless it has no words: without it Meta takes all.
    pub(super) fn filter<W: Word>(mut self, name: &str, words: &[W]) -> Self {
        if words.is_empty() {
            return self;
        }
        let mut list = Vec::with_capacity(words.len());
        for word in words {
            check_word(name, word.text(), &mut self.found);
            list.push(word.written());
        }
        // Writing to a string cannot fail.
        let _ = write!(self.text, ".{name}([{}])", list.join(","));
        self
    }

    /// The text, and what is wrong with it.
    pub(super) fn into_parts(self) -> (String, Violations) {
        (self.text, self.found)
    }
}

/// A word must not end the filter it stands in.
fn check_word(name: &str, word: &str, found: &mut Violations) {
    let is_letter = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'+');
    if word.is_empty() || !word.bytes().all(is_letter) {
        found.add(name, "words of letters, digits and underscores");
    }
}

/// What can stand in a filter.
pub(super) trait Word {
    fn text(&self) -> &str;

    /// As it stands in the filter's list.
    fn written(&self) -> String {
        quoted(self.text())
    }
}

impl Word for String {
    fn text(&self) -> &str {
        self
    }
}
