//! The variables of a template's text: `{{1}}` or `{{first_name}}`.

/// A variable as it stands in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Variable<'t> {
    /// What stands between the braces.
    pub(super) name: &'t str,
    /// Where it begins and ends, in bytes.
    pub(super) start: usize,
    pub(super) end: usize,
}

impl Variable<'_> {
    /// Its number, when it is a numbered one.
    pub(super) fn number(&self) -> Option<usize> {
        let is_number = self.name.bytes().all(|byte| byte.is_ascii_digit());
        if is_number { self.name.parse().ok() } else { None }
    }

    /// Whether it is named as Meta wants it: lower-case letters, digits and underscores, a
    /// letter first.
    pub(super) fn is_named(&self) -> bool {
        let is_letter = |byte: u8| matches!(byte, b'a'..=b'z' | b'_' | b'0'..=b'9');
        self.name.bytes().all(is_letter)
            && self.name.starts_with(|first: char| first.is_ascii_lowercase())
    }
}

/// The variables of a text, or `None` when braces open and do not close.
pub(super) fn variables(text: &str) -> Option<Vec<Variable<'_>>> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(open) = text[from..].find("{{") {
        let start = from + open;
        let length = text[start..].find("}}")?;
        let end = start + length + 2;
        found.push(Variable { name: &text[start + 2..end - 2], start, end });
        from = end;
    }
    Some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variables_are_found_where_they_stand() {
        let found = variables("a {{1}} {b} {{first_name}}").unwrap();

        assert_eq!(found[0], Variable { name: "1", start: 2, end: 7 });
        assert_eq!((found[1].name, found[1].end, found.len()), ("first_name", 26, 2));
        assert_eq!(variables("á {{1} ö"), None);
        assert_eq!(variables("none"), Some(vec![]));
    }

    #[test]
    fn numbers_and_names_are_told_apart() {
        let of = |text: &'static str| variables(text).unwrap()[0];

        assert_eq!((of("{{12}}").number(), of("{{12}}").is_named()), (Some(12), false));
        assert_eq!((of("{{a_1}}").number(), of("{{a_1}}").is_named()), (None, true));
        for text in ["{{}}", "{{ 1 }}", "{{First}}", "{{a-b}}", "{{1a}}"] {
            assert_eq!((of(text).number(), of(text).is_named()), (None, false), "{text}");
        }
    }
}
