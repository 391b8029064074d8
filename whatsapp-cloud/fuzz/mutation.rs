//! Changes of a body that leave it JSON, so that a fuzz target gets behind the first brace.

use std::ops::Range;

use super::json::Json;

/// What stands in the wrong place.
const VALUES: [&str; 24] = [
    "null",
    "true",
    "false",
    "0",
    "-1",
    "-0",
    "1.50",
    "1e999",
    "18446744073709551616",
    "1749416383",
    r#""1749416383""#,
    r#""""#,
    r#""x""#,
    r#""true""#,
    r#""\ud83d""#,
    r#""ol\u00e1\/""#,
    r#""\u0000""#,
    r#""messages""#,
    "[]",
    "{}",
    "[null]",
    "[[{}]]",
    r#"{"id":{"id":[]}}"#,
    r#"{"code":"1","message":{}}"#,
];

/// Changes the first `size` bytes of `data`, as one of them where they are JSON, and else by
/// `fallback`; gives the new size. The seed decides all of it.
pub(crate) fn mutate(
    data: &mut [u8],
    size: usize,
    most: usize,
    seed: u32,
    fallback: fn(&mut [u8], usize, usize) -> usize,
) -> usize {
    let text = std::str::from_utf8(&data[..size]).ok().filter(|_| !seed.is_multiple_of(4));
    match text.and_then(|text| mutated(text, seed)) {
        Some(changed) if changed.len() <= most.min(data.len()) => {
            data[..changed.len()].copy_from_slice(changed.as_bytes());
            changed.len()
        }
        _ => fallback(data, size, most),
    }
}

/// Puts one value of `text` in the place of another, or adds or takes one away.
///
/// `choice` decides all of it. `None` when `text` is no JSON.
pub(crate) fn mutated(text: &str, mut choice: u32) -> Option<String> {
    let json = Json::read(text)?;
    // A small generator of numbers; the low bits of each are the least random.
    let mut pick = |below: usize| {
        choice = choice.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (choice >> 8) as usize % below.max(1)
    };
    let node = &json.0[pick(json.0.len())];
    let other = &json.0[pick(json.0.len())];
    let put = |place: Range<usize>, what: &str| {
        let mut changed = text.to_owned();
        changed.replace_range(place, what);
        changed
    };
    let value = match pick(2) {
        0 => VALUES[pick(VALUES.len())],
        _ => &text[other.range.clone()],
    };
    Some(match (pick(4), node.first, node.children.first()) {
        // One more in front, with a name that is used somewhere.
        (0, b'{', first) => {
            let names: Vec<_> = json.0.iter().filter_map(|node| node.name.as_ref()).collect();
            let name = names.get(pick(names.len()));
            let name = name.map_or(r#""new""#, |(place, _)| &text[place.clone()]);
            let comma = if first.is_some() { "," } else { "" };
            put(node.range.start + 1..node.range.start + 1, &format!("{name}:{value}{comma}"))
        }
        (0, b'[', first) => {
            let comma = if first.is_some() { "," } else { "" };
            put(node.range.start + 1..node.range.start + 1, &format!("{value}{comma}"))
        }
        // None left.
        (1, b'{', _) => put(node.range.clone(), "{}"),
        (1, b'[', _) => put(node.range.clone(), "[]"),
        // All but the first one.
        (2, b'{' | b'[', Some(first)) => {
            let end = json.0[*first].range.end;
            put(end..node.range.end - 1, "")
        }
        _ => put(node.range.clone(), value),
    })
}
