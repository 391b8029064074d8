//! Reads the webhook examples in Meta's own OpenAPI file, without a YAML library.

use serde_json::{Map, Value};

/// Each example's name and body.
pub(crate) fn examples(yaml: &str) -> Vec<(String, Value)> {
    let section = yaml.lines().skip_while(|line| *line != "  /whatsapp/webhooks:");
    let lines: Vec<Line<'_>> = section
        .skip_while(|line| line.trim() != "examples:")
        .skip(1)
        .take_while(|line| indent(line) >= 14)
        .map(|line| Line { indent: indent(line), text: line.trim() })
        .collect();
    let mut rest = lines.as_slice();
    let Value::Object(examples) = block(&mut rest) else { panic!("no examples") };
    assert!(rest.is_empty(), "left over: {:?}", rest[0].text);
    examples.into_iter().map(|(name, mut example)| (name, example["value"].take())).collect()
}

/// A line of YAML: how far it is indented, and the rest of it.
#[derive(Clone, Copy)]
struct Line<'y> {
    indent: usize,
    text: &'y str,
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

/// Reads the little YAML that those examples are written in: blocks of members and lists,
/// plain and single-quoted values on one line. Panics at anything else.
fn block(lines: &mut &[Line<'_>]) -> Value {
    let Line { indent, text } = lines[0];
    if text.starts_with("- ") { list(lines, indent) } else { object(lines, indent) }
}

fn list(lines: &mut &[Line<'_>], indent: usize) -> Value {
    let mut values = Vec::new();
    while let Some(line) = lines.first().filter(|line| line.indent == indent) {
        let Some(first) = line.text.strip_prefix("- ") else {
            break;
        };
        // The members of the element stand two further in, the first one behind the dash.
        let own = lines[1..].iter().take_while(|line| line.indent > indent);
        let first = Line { indent: indent + 2, text: first };
        let element: Vec<Line<'_>> = std::iter::once(first).chain(own.copied()).collect();
        *lines = &lines[element.len()..];
        let mut element = element.as_slice();
        values.push(block(&mut element));
        assert!(element.is_empty(), "left over: {:?}", element[0].text);
    }
    values.into()
}

fn object(lines: &mut &[Line<'_>], indent: usize) -> Value {
    let mut members = Map::new();
    while let Some(line) = lines.first().filter(|line| line.indent == indent) {
        if line.text.starts_with("- ") {
            break;
        }
        let (name, value) = line.text.split_once(':').expect("a member has a colon");
        *lines = &lines[1..];
        let value = match value.trim() {
            "" => block(lines),
            value => scalar(value),
        };
        assert!(members.insert(name.to_owned(), value).is_none(), "{name} comes twice");
    }
    members.into()
}

fn scalar(text: &str) -> Value {
    assert!(!text.starts_with(['"', '|', '>', '{', '[', '&', '*']), "not read here: {text}");
    if let Some(quoted) = text.strip_prefix('\'') {
        return quoted.strip_suffix('\'').expect("it ends on its line").replace("''", "'").into();
    }
    // A plain value with a sign in front and letters behind is a text: `+1 (983) …`.
    serde_json::from_str(text).unwrap_or_else(|_| text.into())
}
