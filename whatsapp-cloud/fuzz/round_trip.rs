//! What must hold of a body that is read as a tree and written again.

use serde_json::Value;
use whatsapp_cloud::webhook::{Event, EventKind, Verified};

use super::json::{Json, meaning};
use super::parse::told;

/// Checks that nothing is lost between reading and writing.
///
/// - There is a tree when there are events, and none when the body cannot be read.
/// - What is written means the same as what was read, whatever was in it: deep, large,
///   written twice, or half a surrogate pair. Where `serde_json` can hold both as a
///   [`Value`], it agrees: that is not so for nesting deeper than 128, numbers that no float
///   holds, and half a pair.
/// - What is written tells the same events.
pub(crate) fn check(body: &[u8]) {
    let events = told(body);
    let verified = Verified::restored(body);
    let payload = match (verified.payload(), events.as_slice()) {
        (Ok(payload), events) => {
            let is_unparsed = |kind: &EventKind<'_>| matches!(kind, EventKind::Unparsed(_));
            assert!(!events.iter().any(|event| is_unparsed(&event.kind)));
            payload
        }
        (Err(error), [event]) => {
            assert_eq!(event.kind, EventKind::Unparsed(Box::new(error)));
            return;
        }
        (Err(error), events) => panic!("{error}, and yet {events:?}"),
    };
    let written = serde_json::to_string(&payload).expect("the tree can be written");

    let text = body.strip_prefix("\u{feff}".as_bytes()).unwrap_or(body);
    let text = std::str::from_utf8(text).expect("the body was read");
    let [read, again] = [text, &written].map(|text| Json::read(text).expect("it is JSON"));
    assert_eq!(read.meaning(text), again.meaning(&written), "\n  read: {text}\nwritten: {written}");
    if let Ok(read) = serde_json::from_str::<Value>(text) {
        let again: Value = serde_json::from_str(&written).expect("what was read can be read");
        assert_eq!(read, again);
    }

    // Of a name that is written twice the last one is written, and the last readable one read.
    if !read.has_names_twice() {
        // Blanks are kept in what is kept as it came.
        let [before, after] = [text, &written].map(Json::compact);
        let [before, after] = [&before, &after].map(|text| in_order(told(text.as_bytes())));
        assert_eq!(before, after, "\n  read: {text}\nwritten: {written}");
    }
}

/// Events with a hash of their JSON in its place: its members have another order when they
/// were written anew, and so may have lists.
fn in_order(events: Vec<Event<'_>>) -> Vec<(Option<u64>, Event<'_>)> {
    let mut events: Vec<_> = events
        .into_iter()
        .map(|mut event| (event.raw.take().and_then(|raw| meaning(raw.get())), event))
        .collect();
    events.sort_by_cached_key(|(meaning, event)| (*meaning, format!("{event:?}")));
    events
}
