//! What differs between two documents.

use serde_json::Value;

use crate::domain::configuration::Document;

/// A value that is another one in a later document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Where, for example `queues.sales.offer.timeout`.
    pub path: String,
    /// What it was; `None` when it was not there.
    pub before: Option<Value>,
    /// What it is; `None` when it is gone.
    pub after: Option<Value>,
}

/// What differs between two documents, in the order of the paths. Lists are compared place by
/// place.
///
/// ```
/// use atendimento_core::domain::configuration::{Document, difference};
///
/// let before = Document::from_json(r#"{"queues": {"sales": {}}, "rules": []}"#)?;
/// let after = Document::from_json(r#"{"queues": {"sales": {"wrap_up": "30s"}}, "rules": []}"#)?;
/// let changes = difference(&before, &after);
/// assert_eq!(changes[0].path, "queues.sales.wrap_up");
/// assert_eq!(changes[0].after, Some("30s".into()));
/// assert!(difference(&after, &after).is_empty());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn difference(before: &Document, after: &Document) -> Vec<Change> {
    let mut changes = Vec::new();
    let tree = |document| serde_json::to_value(document).unwrap_or_default();
    compare("", Some(&tree(before)), Some(&tree(after)), &mut changes);
    changes
}

fn compare(path: &str, before: Option<&Value>, after: Option<&Value>, changes: &mut Vec<Change>) {
    match (before, after) {
        (before, after) if before == after => {}
        (Some(Value::Object(old)), Some(Value::Object(new))) => {
            let mut keys: Vec<_> = old.keys().chain(new.keys()).collect();
            keys.sort();
            keys.dedup();
            for key in keys {
                let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
                compare(&path, old.get(key), new.get(key), changes);
            }
        }
        (Some(Value::Array(old)), Some(Value::Array(new))) => {
            for index in 0..old.len().max(new.len()) {
                let path = format!("{path}[{index}]");
                compare(&path, old.get(index), new.get(index), changes);
            }
        }
        (before, after) => changes.push(Change {
            path: path.to_owned(),
            before: before.cloned(),
            after: after.cloned(),
        }),
    }
}
