//! What differs between us and Meta's file, found and documented.

use std::error::Error as _;

use serde_json::{Value, json};

use crate::case::Failure;

/// The page that lists what differs, with the reason.
const PAGE: &str = include_str!("../../../docs/prism.md");

/// Whose words differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    /// Ours: Prism finds something wrong with them.
    Request,
    /// Those of Meta's file: our type does not read them.
    Answer,
}

impl Side {
    fn as_str(self) -> &'static str {
        match self {
            Self::Request => "request",
            Self::Answer => "answer",
        }
    }
}

/// Something that differs.
pub(crate) struct Finding {
    pub(crate) side: Side,
    /// Where in the request, or which answer.
    pub(crate) place: String,
    pub(crate) what: String,
}

impl Finding {
    /// We refuse it ourselves, before it is sent.
    pub(crate) fn ours(error: &whatsapp_cloud::Error) -> Self {
        let source = error.source().map(|source| format!(": {source}")).unwrap_or_default();
        Self { side: Side::Request, place: "us".to_owned(), what: format!("{error}{source}") }
    }

    pub(crate) fn to_json(&self) -> Value {
        json!({"side": self.side.as_str(), "place": self.place, "what": self.what})
    }
}

/// The rows of the page: `| case | side | place | what | why |`.
///
/// In a case and in a place `*` stands for anything, and several stand with `;` between them.
/// What is found must hold the words of the row.
pub(crate) struct Documented {
    rows: Vec<Row>,
}

struct Row {
    case: &'static str,
    side: &'static str,
    place: &'static str,
    what: &'static str,
    is_found: bool,
}

impl Documented {
    /// # Errors
    ///
    /// When a row has no reason.
    pub(crate) fn read() -> Result<Self, Failure> {
        let lines = PAGE.lines().skip_while(|line| !line.starts_with("|---")).skip(1);
        let mut rows = Vec::new();
        for line in lines.take_while(|line| line.starts_with('|')) {
            let cells: Vec<_> = line
                .trim_matches('|')
                .split('|')
                .map(|cell| cell.trim().trim_matches('`'))
                .collect();
            let &[case, side, place, what, why] = cells.as_slice() else {
                return Err(format!("docs/prism.md: not five cells: {line}").into());
            };
            if why.is_empty() || !matches!(side, "request" | "answer") {
                return Err(format!("docs/prism.md: no reason, or no side: {line}").into());
            }
            let cases = case.split(';').map(str::trim);
            rows.extend(cases.map(|case| Row { case, side, place, what, is_found: false }));
        }
        Ok(Self { rows })
    }

    /// Whether a row tells of it; each that does is then known to be true.
    pub(crate) fn covers(&mut self, case: &str, finding: &Finding) -> bool {
        let mut is_covered = false;
        for row in &mut self.rows {
            if matches(row.case, case)
                && row.side == finding.side.as_str()
                && row.place.split(';').any(|place| matches(place.trim(), &finding.place))
                && finding.what.contains(row.what)
            {
                row.is_found = true;
                is_covered = true;
            }
        }
        is_covered
    }

    /// The rows that are true no longer.
    pub(crate) fn stale(&self) -> Vec<String> {
        let stale = self.rows.iter().filter(|row| !row.is_found);
        stale.map(|row| format!("{}: {} {}", row.case, row.place, row.what)).collect()
    }
}

/// Whether the text is the pattern, in which each `*` stands for anything.
fn matches(pattern: &str, text: &str) -> bool {
    let Some((beginning, rest)) = pattern.split_once('*') else { return pattern == text };
    let Some(text) = text.strip_prefix(beginning) else { return false };
    let ends = text.char_indices().map(|(at, _)| at).chain([text.len()]);
    ends.into_iter().any(|at| matches(rest, &text[at..]))
}
