//! Bodies that nobody should send: nothing panics, and a bad element costs only itself.

use proptest::prelude::*;
use serde_json::{Value, json};
use whatsapp_cloud::webhook::{
    Content, Event, EventKind, MalformedReason, UnparsedReason, UnreadableReason,
};

use crate::fixtures::fixtures;
use crate::{events, json_of};

fn unparsed(body: &[u8]) -> UnparsedReason {
    let events = events(body);
    match events.as_slice() {
        [Event { kind: EventKind::Unparsed(unparsed), .. }] => unparsed.reason,
        other => panic!("not unparsed: {other:?}"),
    }
}

fn body_of(messages: &str) -> String {
    let value = format!(r#"{{"messaging_product":"whatsapp","messages":{messages}}}"#);
    format!(r#"{{"entry":[{{"id":"1","changes":[{{"value":{value},"field":"messages"}}]}}]}}"#)
}

fn text_message(id: &str, body: &str) -> String {
    format!(
        r#"{{"from":"16505551234","id":"{id}","timestamp":"5","type":"text","text":{{"body":{body}}}}}"#
    )
}

/// The ids of the messages and statuses, in order.
fn ids(events: &[Event<'_>]) -> Vec<String> {
    let ids = events.iter().filter_map(|event| match &event.kind {
        EventKind::Message(message) => message.id.as_ref(),
        EventKind::Status(status) => status.id.as_ref(),
        _ => None,
    });
    ids.map(|id| id.as_str().to_owned()).collect()
}

#[test]
fn a_body_cut_off_anywhere_is_one_unparsed_event() {
    let body = body_of(&format!("[{}]", text_message("wamid.A", r#""olá""#)));
    assert_eq!(ids(&events(body.as_bytes())), ["wamid.A"]);

    for end in 0..body.len() {
        let reason = unparsed(&body.as_bytes()[..end]);
        let in_a_character = !body.is_char_boundary(end);
        assert_eq!(reason == UnparsedReason::NotUtf8, in_a_character, "{end}");
    }
}

#[test]
fn what_is_no_webhook_is_one_unparsed_event() {
    let not_json = |line, column| UnparsedReason::NotJson { line, column };
    assert_eq!(unparsed(b""), not_json(1, 1));
    assert_eq!(unparsed(b"hello"), not_json(1, 1));
    assert_eq!(unparsed(b"{}\n{}"), not_json(2, 1));
    assert_eq!(unparsed(b"\xc3\x28"), UnparsedReason::NotUtf8);
    for body in ["null", "true", "1", r#""entry""#, "[]", r#"[{"entry":[]}]"#] {
        assert_eq!(unparsed(body.as_bytes()), UnparsedReason::NotAnObject, "{body}");
    }
    for body in ["{}", r#"{"entry":null}"#, r#"{"entry":{}}"#, r#"{"entry":"x"}"#] {
        assert_eq!(unparsed(body.as_bytes()), UnparsedReason::NoEntries, "{body}");
        // It is JSON, so it is kept as such.
        assert_eq!(events(body.as_bytes())[0].raw.as_ref().unwrap().get(), body);
    }
}

#[test]
fn a_byte_order_mark_is_skipped() {
    let body = body_of(&format!("[{}]", text_message("wamid.A", r#""hi""#)));

    assert_eq!(ids(&events(format!("\u{feff}{body}").as_bytes())), ["wamid.A"]);
    assert_eq!(unparsed("\u{feff}".as_bytes()), UnparsedReason::NotJson { line: 1, column: 1 });
}

#[test]
fn half_a_surrogate_pair_costs_only_the_text_that_has_it() {
    for half in [r#""\ud83d""#, r#""hi \udf35""#, r#""\ud83d\u0041""#] {
        let body = body_of(&format!(
            "[{},{},{}]",
            text_message("wamid.A", r#""one""#),
            text_message("wamid.B", half),
            text_message("wamid.C", r#""three""#)
        ));
        let events = events(body.as_bytes());

        assert_eq!(ids(&events), ["wamid.A", "wamid.B", "wamid.C"]);
        let EventKind::Message(message) = &events[1].kind else { panic!("no message") };
        assert!(
            matches!(
                &message.content,
                Content::Unreadable { kind, reason: UnreadableReason::Member("body") }
                    if *kind == "text"
            ),
            "{half}: {:?}",
            message.content
        );
        assert_eq!(message.from.as_ref().unwrap().as_str(), "16505551234");
        assert_eq!(message.timestamp, Some(5));
        assert!(events[1].raw.as_ref().unwrap().get().contains(half), "{half}");
    }
}

#[test]
fn a_message_that_is_no_object_is_malformed_and_says_where() {
    let body = body_of(&format!(r#"["x",{}]"#, text_message("wamid.B", r#""two""#)));
    let events = events(body.as_bytes());

    let EventKind::Malformed(malformed) = &events[0].kind else { panic!("{:?}", events[0]) };
    assert_eq!(malformed.path, "entry[0].changes[0].value.messages[0]");
    assert_eq!(malformed.reason, MalformedReason::NotAnObject);
    assert_eq!(json_of(&events[0]), json!("x"));
    assert_eq!(ids(&events), ["wamid.B"]);
}

/// A node of a body: the way there, as a JSON pointer.
fn nodes(value: &Value, path: &str, nodes: &mut Vec<String>) {
    nodes.push(path.to_owned());
    match value {
        Value::Array(values) => {
            for (index, value) in values.iter().enumerate() {
                self::nodes(value, &format!("{path}/{index}"), nodes);
            }
        }
        Value::Object(members) => {
            for (name, value) in members {
                self::nodes(value, &format!("{path}/{name}"), nodes);
            }
        }
        _ => {}
    }
}

/// Every message, status and error of the field `messages`, by its path.
fn elements(body: &Value) -> Vec<String> {
    let mut all = Vec::new();
    nodes(body, "", &mut all);
    let is_element = |path: &String| {
        let parts: Vec<&str> = path.split('/').collect();
        let [_, "entry", entry, "changes", change, "value", list, _] = parts[..] else {
            return false;
        };
        let change = &body.pointer(&format!("/entry/{entry}/changes/{change}")).unwrap();
        matches!(list, "messages" | "statuses" | "errors")
            && change["field"] == "messages"
            && change["value"][list].is_array()
    };
    all.retain(is_element);
    all
}

/// Whether one path leads through the other.
fn is_within(path: &str, outer: &str) -> bool {
    path.strip_prefix(outer).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// Checks that each of these elements of a body is told as it is, whatever else was changed.
fn check_all_told(what: &str, body: &Value, elements: &[String], changed: &str) {
    let told: Vec<Value> = events(changed.as_bytes())
        .iter()
        .filter_map(|event| event.raw.as_ref())
        // What has half a surrogate pair in it is no `Value`, and none of these.
        .filter_map(|raw| serde_json::from_str(raw.get()).ok())
        .collect();
    for element in elements {
        let json = body.pointer(element).unwrap();
        assert!(told.contains(json), "{what}: {element} is lost: {changed}");
    }
}

/// Fixtures without names that are written twice, which a `Value` would drop.
fn plain_fixtures() -> impl Iterator<Item = (String, Value)> {
    fixtures().into_iter().filter(|(file, ..)| file != "names-written-twice.json").map(
        |(file, body, _)| {
            let body = serde_json::from_slice(&body).unwrap();
            (file, body)
        },
    )
}

/// Stands for half a surrogate pair, which a `Value` cannot hold.
const HALF: &str = "HALF-A-PAIR";

fn with_halves(body: &Value) -> String {
    body.to_string().replace(HALF, r"\ud83d")
}

#[test]
fn a_wrong_type_anywhere_costs_no_neighbour() {
    let wrong = [json!(null), json!(true), json!(1), json!("x"), json!([]), json!({}), json!(HALF)];
    let mut checked = 0;
    for (file, body) in plain_fixtures() {
        let elements = elements(&body);
        let mut paths = Vec::new();
        nodes(&body, "", &mut paths);
        for path in paths {
            let change = path.strip_suffix("/field");
            let neighbours: Vec<String> = elements
                .iter()
                .filter(|element| !is_within(element, &path) && !is_within(&path, element))
                // Under another field a change is told as a whole.
                .filter(|element| change.is_none_or(|change| !is_within(element, change)))
                .cloned()
                .collect();
            for wrong in &wrong {
                let mut changed = body.clone();
                *changed.pointer_mut(&path).unwrap() = wrong.clone();
                let what = format!("{file} with {wrong} at {path}");
                check_all_told(&what, &body, &neighbours, &with_halves(&changed));
                checked += 1;
            }
        }
    }
    assert!(checked > 10_000, "only {checked} were checked");
}

#[test]
fn an_unknown_or_unreadable_name_anywhere_costs_nothing() {
    for (file, body) in plain_fixtures() {
        let elements = elements(&body);
        let mut paths = Vec::new();
        nodes(&body, "", &mut paths);
        for path in paths {
            let mut changed = body.clone();
            let Some(object) = changed.pointer_mut(&path).unwrap().as_object_mut() else {
                continue;
            };
            object.insert("something_new".to_owned(), json!([1]));
            object.insert(HALF.to_owned(), json!({}));
            let others: Vec<String> =
                elements.iter().filter(|element| !is_within(&path, element)).cloned().collect();
            let changed = with_halves(&changed);
            let what = format!("{file} with names added at {path}");
            check_all_told(&what, &body, &others, &changed);
            assert_eq!(ids(&events(changed.as_bytes())), ids(&events(body.to_string().as_bytes())));
        }
    }
}

#[test]
fn nesting_has_no_depth_that_breaks_it() {
    const DEPTH: usize = 10_000;
    let lists = format!("{}{}", "[".repeat(DEPTH), "]".repeat(DEPTH));
    let objects = format!("{}1{}", r#"{"a":"#.repeat(DEPTH), "}".repeat(DEPTH));
    let edits =
        format!("{}1{}", r#"{"type":"edit","edit":{"message":"#.repeat(DEPTH), "}}".repeat(DEPTH));
    for deep in [&lists, &objects, &edits] {
        // As a body, an entry, a change, a value, a list, a message, and inside of one.
        told(deep);
        told(&format!(r#"{{"entry":{deep}}}"#));
        told(&format!(r#"{{"entry":[{deep}]}}"#));
        told(&format!(r#"{{"entry":[{{"changes":[{deep}]}}]}}"#));
        told(&format!(r#"{{"entry":[{{"changes":[{{"field":"messages","value":{deep}}}]}}]}}"#));
        told(&body_of(deep));
        let neighbours = |middle: &str| {
            body_of(&format!(
                "[{},{middle},{}]",
                text_message("wamid.A", r#""one""#),
                text_message("wamid.C", r#""three""#)
            ))
        };
        for middle in [deep.to_owned(), text_message("wamid.B", deep)] {
            let body = neighbours(&middle);
            let events = events(body.as_bytes());
            assert_eq!(events.len(), 3);
            let ids = ids(&events);
            assert_eq!(
                (ids.first().unwrap().as_str(), ids.last().unwrap().as_str()),
                ("wamid.A", "wamid.C")
            );
        }
        let error = format!(r#"[{{"code":1,"error_data":{deep},"message":{deep}}}]"#);
        let body = body_of("[]").replace(r#""messages":[]"#, &format!(r#""errors":{error}"#));
        assert!(matches!(events(body.as_bytes())[0].kind, EventKind::Error(_)));
    }
}

fn told(body: &str) {
    let events = events(body.as_bytes());
    assert!(!events.is_empty() && events.len() <= 2, "{} events", events.len());
}

/// Three megabytes, the most that Meta sends.
const MOST: usize = 3_000_000;

#[test]
fn a_long_text_is_read() {
    let long = format!(r#""{}""#, r"ol\u00e1 ".repeat(MOST / 9));
    let body = body_of(&format!("[{}]", text_message("wamid.A", &long)));
    let events = events(body.as_bytes());

    let EventKind::Message(message) = &events[0].kind else { panic!("no message") };
    assert_eq!(message.content.text().unwrap().chars().count(), MOST / 9 * 4);
}

#[test]
fn as_many_messages_and_contacts_as_fit_are_put_together() {
    let count = MOST / 400;
    let messages: Vec<String> = (0..count)
        .map(|i| {
            // As long as they are.
            let id = format!("wamid.HBgNNTUxMTk5OTk5MDAwMRUCABIYFDNBNTQ3RDg2QkU5RDFBRDQ{i:09}");
            let text = format!("\"{}\"", "Bom dia! ".repeat(16));
            text_message(&id, &text).replace("16505551234", &format!("55119{i:08}"))
        })
        .collect();
    // Backwards, so that each looks through all the others if anybody does.
    let contacts: Vec<String> = (0..count)
        .rev()
        .map(|i| format!(r#"{{"wa_id":"55119{i:08}","profile":{{"name":"n{i}"}}}}"#))
        .collect();
    let list = format!(r#"[{}],"contacts":[{}]"#, messages.join(","), contacts.join(","));
    let body = body_of(&list);
    assert!(body.len() > MOST * 2 / 3, "{}", body.len());
    let events = events(body.as_bytes());

    assert_eq!(events.len(), count);
    for (index, event) in events.iter().enumerate() {
        let EventKind::Message(message) = &event.kind else { panic!("no message") };
        assert!(message.id.as_ref().unwrap().as_str().ends_with(&format!("{index:09}")));
        assert_eq!(event.contact.as_ref().unwrap().name().unwrap(), format!("n{index}"));
    }
}

#[test]
fn what_events_share_is_not_copied_for_each_of_them() {
    // Were it, a quarter of a megabyte for each of ten thousand messages would be gigabytes.
    let long = r"\u0041".repeat(MOST / 2 / 6);
    let messages = vec![r#"{"from":"1","id":"wamid.A"}"#; 10_000].join(",");
    let contact = format!(r#"{{"wa_id":"1","profile":{{"name":"{long}"}}}}"#);
    let body = body_of(&format!(r#"[{messages}],"contacts":[{contact}]"#));
    let told = events(body.as_bytes());

    assert_eq!(told.len(), 10_000);
    assert_eq!(told[9_999].contact.as_ref().unwrap().name().unwrap().len(), MOST / 12);

    let metadata = format!(r#""metadata":{{"phone_number_id":"{long}"}}"#);
    let body = body_of(&format!("[{messages}],{metadata}"));
    let told = events(body.as_bytes());
    assert_eq!(told.len(), 10_000);
    assert!(told.iter().all(|event| event.phone_number_id.is_none()));
}

proptest! {
    #[test]
    fn any_bytes_tell_something(body in prop::collection::vec(any::<u8>(), 0..200)) {
        prop_assert_eq!(events(&body).len(), 1);
    }

    #[test]
    fn any_change_of_bytes_is_survived(
        fixture in any::<prop::sample::Index>(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8),
    ) {
        let fixtures = fixtures();
        let mut body = fixture.get(&fixtures).1.clone();
        for (at, byte) in changes {
            let at = at.index(body.len());
            match byte % 3 {
                0 => body[at] = byte,
                1 => body.insert(at, b"\"\\{}[],:0n"[usize::from(byte) % 10]),
                _ => drop(body.remove(at)),
            }
        }
        for event in events(&body) {
            // Whatever it is, it can be owned, shown and told from others.
            let key = event.dedupe_key();
            let owned = event.into_owned();
            prop_assert_eq!(owned.dedupe_key(), key);
            let shown = format!("{owned:?}");
            prop_assert!(!shown.is_empty());
        }
    }
}

/// A body with these changes, all of the field `messages`.
fn changes_of(values: &[String]) -> String {
    let changes: Vec<_> =
        values.iter().map(|value| format!(r#"{{"value":{value},"field":"messages"}}"#)).collect();
    format!(r#"{{"entry":[{{"id":"1","changes":[{}]}}]}}"#, changes.join(","))
}

#[test]
fn as_many_short_statuses_as_meta_sends_are_all_read() {
    let status = |i: usize| {
        format!(
            r#"{{"id":"wamid.HBgNNTUxMTk5OTk5MDAwMRUCABEYEjQ5QTlC{i:08}","status":"read","timestamp":"1749416383","recipient_id":"5511999990001"}}"#
        )
    };
    let statuses: Vec<_> = (0..2_000).map(status).collect();
    let body = changes_of(&[format!(r#"{{"statuses":[{}]}}"#, statuses.join(","))]);
    let events = events(body.as_bytes());

    assert_eq!(events.len(), 2_000);
    assert!(events.iter().all(|event| matches!(event.kind, EventKind::Status(_))));
}

#[test]
fn a_long_thread_of_short_messages_is_all_read() {
    let messages = vec![text_message("wamid.A", r#""x""#); 4_000].join(",");
    let value = format!(r#"{{"history":[{{"threads":[{{"id":"1","messages":[{messages}]}}]}}]}}"#);
    let body = format!(r#"{{"entry":[{{"changes":[{{"field":"history","value":{value}}}]}}]}}"#);
    let events = events(body.as_bytes());

    let EventKind::History(history) = &events[0].kind else { panic!("{:?}", events[0]) };
    assert_eq!(history.threads[0].messages.len(), 4_000);
}

#[test]
fn what_would_fill_the_memory_is_kept_as_it_is_and_costs_no_neighbour() {
    let good = format!(r#"{{"messages":[{}]}}"#, text_message("wamid.A", r#""one""#));
    let crowd = format!(r#"{{"messages":[{}]}}"#, vec!["{}"; 700_000].join(","));
    let members = (0..200_000).map(|i| format!(r#","{i}":1"#)).collect::<String>();
    let member = text_message("wamid.B", r#""two""#).replacen('}', &format!("}}{members}"), 1);
    let dense = format!(r#"{{"messages":[{member},{}]}}"#, text_message("wamid.C", r#""three""#));

    // A list of too many is kept as a whole; an element that is too much, by itself.
    for (bad, path, kept, others) in [
        (&crowd, "entry[0].changes[1].value", crowd.as_str(), &["wamid.A", "wamid.A"][..]),
        (
            &dense,
            "entry[0].changes[1].value.messages[0]",
            member.as_str(),
            &["wamid.A", "wamid.C", "wamid.A"][..],
        ),
    ] {
        let body = changes_of(&[good.clone(), bad.clone(), good.clone()]);
        let events = events(body.as_bytes());

        let EventKind::Malformed(malformed) = &events[1].kind else { panic!("{:?}", events[1]) };
        assert_eq!((&*malformed.path, malformed.reason), (path, MalformedReason::TooDense));
        assert!(events[1].raw.as_ref().unwrap().get() == kept, "{path}");
        assert_eq!(ids(&events), others);
    }
    let body = format!(r#"{{"entry":[{}]}}"#, vec!["{}"; 700_000].join(","));
    assert_eq!(unparsed(body.as_bytes()), UnparsedReason::TooDense);
    assert_eq!(events(body.as_bytes())[0].raw.as_ref().unwrap().get(), body);
}

#[test]
fn the_only_contact_is_not_given_to_one_who_may_be_another() {
    // Brazil's ninth digit: the number differs, and it can only be him.
    let contact = r#""contacts":[{"wa_id":"551199990001","profile":{"name":"Ana"}}]"#;
    let message = text_message("wamid.A", r#""one""#).replace("16505551234", "5511999990001");
    let body = body_of(&format!("[{message}],{contact}"));
    assert_eq!(events(body.as_bytes())[0].contact.as_ref().unwrap().name(), Some("Ana"));

    // It may be that of the one that cannot be read.
    let body = body_of(&format!(r#"["x",{message}],{contact}"#));
    assert!(events(body.as_bytes())[1].contact.is_none());
}

#[test]
fn an_event_is_known_only_if_its_contact_is() {
    let of = |more: &str| {
        let contact = format!(r#""contacts":[{{"wa_id":"16505551234"{more}}}]"#);
        body_of(&format!("[{}],{contact}", text_message("wamid.A", r#""one""#)))
    };

    assert!(events(of("").as_bytes())[0].is_known());
    assert!(!events(of(r#","new":1"#).as_bytes())[0].is_known());
}
