//! What must hold of the events of a body, whatever its bytes are.

use std::ops::Range;

use whatsapp_cloud::webhook::{Event, EventKind, UnparsedReason, Verified};

use super::json::{Json, Node};

/// Checks what the parser tells of `body`.
///
/// - It never panics, and says that a body is no JSON when `serde_json` does, and only then.
/// - What a body holds is told: each member, element or value that is not part of the
///   envelope is within the JSON of an event, also when its name is written twice, and each
///   change has an event. Only of `object`, and of an `entry` that is no list, the last one
///   counts.
/// - Each event's own JSON stands in the body as it is given.
/// - A second reading tells the same; an owned copy is equal; keys are the same each time.
pub(crate) fn check(body: &[u8]) {
    let events = told(body);
    check_copies(body, &events);

    let text = body.strip_prefix("\u{feff}".as_bytes()).unwrap_or(body);
    let Ok(text) = std::str::from_utf8(text) else {
        assert_eq!(unparsed(&events), Some(UnparsedReason::NotUtf8));
        return;
    };
    let Some(json) = Json::read(text) else {
        let Some(UnparsedReason::NotJson { line, column }) = unparsed(&events) else {
            panic!("serde_json calls it no JSON: {events:?}");
        };
        check_position(text, line, column);
        return;
    };
    let places = check_raws(text, &events);
    let entries: Vec<_> =
        json.children(json.root()).filter(|node| node.is("entry") && node.first == b'[').collect();
    if json.root().first != b'{' {
        assert_eq!(unparsed(&events), Some(UnparsedReason::NotAnObject));
    } else if entries.is_empty() {
        assert_eq!(unparsed(&events), Some(UnparsedReason::NoEntries));
    } else {
        match unparsed(&events) {
            None => {}
            // Values of a few bytes each: nobody writes so.
            Some(UnparsedReason::TooDense) => {
                assert!(json.0.len() > 100 && text.len() / json.0.len() < 20, "it is not dense");
                return;
            }
            Some(other) => panic!("it is a list of entries, and not {other}"),
        }
        let is_unparsed = |event: &Event<'_>| matches!(event.kind, EventKind::Unparsed(_));
        assert!(!events.iter().any(is_unparsed), "it can be read: {events:?}");
        let told = Told { text, json: &json, places };
        told.check_body();
    }
}

/// The events of a body, and that there are as many as were announced.
pub(crate) fn told(body: &[u8]) -> Vec<Event<'_>> {
    let events = Verified::restored(body).events();
    let announced = events.len();
    let events: Vec<_> = events.collect();
    assert_eq!(events.len(), announced);
    events
}

fn unparsed(events: &[Event<'_>]) -> Option<UnparsedReason> {
    match events {
        [Event { kind: EventKind::Unparsed(unparsed), .. }] => Some(unparsed.reason),
        _ => None,
    }
}

fn check_copies(body: &[u8], events: &[Event<'_>]) {
    let again = told(body);
    assert_eq!(again, events);
    for (event, again) in events.iter().zip(again) {
        let key = event.dedupe_key();
        assert!(!key.is_empty());
        assert_eq!(again.dedupe_key(), key);
        let owned = again.into_owned();
        assert_eq!(&owned, event);
        assert_eq!(owned.dedupe_key(), key);
        assert_eq!(format!("{owned:?}"), format!("{event:?}"));
    }
}

/// An error is in the text, or right behind its end.
fn check_position(text: &str, line: usize, column: usize) {
    let lines = text.split('\n').count();
    assert!((1..=lines).contains(&line), "line {line} of {lines}");
    let length = text.split('\n').nth(line - 1).map_or(0, str::len);
    assert!(column <= length + 1, "column {column} of {length} in line {line}");
}

/// Where the events' own JSON stands in the text, in order and put together.
fn check_raws(text: &str, events: &[Event<'_>]) -> Vec<Range<usize>> {
    let mut places: Vec<_> = events
        .iter()
        .map(|event| {
            let raw = event.raw.as_ref().expect("the body is JSON, so each event has its own");
            let own = raw.get();
            assert!(Json::read(own).is_some(), "an event's own JSON is none: {own}");
            let start = (own.as_ptr() as usize).wrapping_sub(text.as_ptr() as usize);
            assert_eq!(text.get(start..start.wrapping_add(own.len())), Some(own), "not borrowed");
            start..start + own.len()
        })
        .collect();
    places.sort_by_key(|place| (place.start, std::cmp::Reverse(place.end)));
    places.dedup_by(|next, place| next.end <= place.end);
    places
}

/// What of a text is told.
struct Told<'t> {
    text: &'t str,
    json: &'t Json,
    /// Where the events' own JSON stands; none touches another.
    places: Vec<Range<usize>>,
}

impl<'t> Told<'t> {
    fn check_body(&self) {
        for member in self.json.children(self.json.root()) {
            if member.is("entry") && member.first == b'[' {
                for entry in self.json.children(member) {
                    self.check_entry(entry);
                }
            } else if !member.is("entry") && !member.is("object") {
                self.check(member);
            }
        }
        let object = self.json.members(self.json.root()).find(|member| member.is("object"));
        if let Some(object) = object.filter(|object| !self.is_harmless(object)) {
            self.check(object);
        }
    }

    fn is_harmless(&self, object: &Node) -> bool {
        self.is_empty(object)
            || serde_json::from_str(self.own(object))
                .is_ok_and(|object: String| object == "whatsapp_business_account")
    }

    fn check_entry(&self, entry: &'t Node) {
        let changes = |member: &Node| member.is("changes") && member.first == b'[';
        if self.is_told(entry) {
            return;
        }
        let has_changes = self.json.children(entry).any(|member| member.is("changes"));
        assert!(has_changes, "an entry is lost: {}", self.own(entry));
        for member in self.json.children(entry) {
            if changes(member) {
                for change in self.json.children(member) {
                    self.check_change(change);
                }
            } else if !member.is("id") && !member.is("time") {
                self.check(member);
            }
        }
    }

    /// Part of the envelope is the field, whose number it is and who the customers are; all
    /// else is told, as a whole or element by element.
    fn check_change(&self, change: &'t Node) {
        if self.is_told(change) {
            return;
        }
        let within = self.places.partition_point(|place| place.end <= change.range.start);
        let is_told = self.places.get(within).is_some_and(|place| place.end <= change.range.end);
        assert!(is_told && change.first == b'{', "a change is lost: {}", self.own(change));
        for member in self.json.children(change).filter(|member| !self.is_told(member)) {
            if member.is("value") {
                self.check_value(member);
            } else {
                assert!(member.is("field"), "lost: {}", self.own(member));
            }
        }
    }

    fn check_value(&self, value: &'t Node) {
        assert_eq!(value.first, b'{', "lost: {}", self.own(value));
        for member in self.json.children(value).filter(|member| !self.is_told(member)) {
            if ["messaging_product", "metadata", "contacts"].iter().any(|name| member.is(name)) {
                continue;
            }
            match member.first {
                b'[' => self.json.children(member).for_each(|element| self.check(element)),
                b'{' if member.is("standby") => self.check_value(member),
                _ => self.check(member),
            }
        }
    }

    fn check(&self, node: &Node) {
        assert!(self.is_told(node) || self.is_empty(node), "lost: {}", self.own(node));
    }

    fn is_told(&self, node: &Node) -> bool {
        let place = self.places.partition_point(|place| place.end < node.range.end);
        self.places.get(place).is_some_and(|place| place.start <= node.range.start)
    }

    fn is_empty(&self, node: &Node) -> bool {
        node.first == b'n' || (matches!(node.first, b'[' | b'{') && node.children.is_empty())
    }

    fn own(&self, node: &Node) -> &str {
        &self.text[node.range.clone()]
    }
}
