//! The largest and nastiest bodies take a time that grows with their length, and no faster.
//!
//! The measure is a pass of `serde_json` over the same bytes in the same process, which only
//! checks that they are JSON: how fast a machine is does not matter.

#![cfg(feature = "webhook")]
#![allow(clippy::unwrap_used, reason = "functions beside the tests are tests too")]

use std::hint::black_box;
use std::time::Instant;

use serde::de::IgnoredAny;
use whatsapp_cloud::webhook::Verified;

/// Up to three megabytes, the most that Meta sends; each five times as long as the one
/// before, so that what is quadratic is seen before one waits for minutes.
const LENGTHS: [usize; 4] = [24_000, 120_000, 600_000, 3_000_000];
/// How many passes reading may take, or reading and writing.
const PASSES: f64 = 40.0;

/// `unit`, as often as fits into `length`, with commas between; `#` in it counts.
fn many(unit: &str, length: usize) -> String {
    let mut all = String::with_capacity(length + unit.len() + 8);
    for number in 0.. {
        all.push_str(&unit.replace('#', &number.to_string()));
        if all.len() >= length {
            return all;
        }
        all.push(',');
    }
    unreachable!("numbers do not end")
}

fn deep(open: &str, middle: &str, close: &str, length: usize) -> String {
    let depth = length / (open.len() + close.len());
    format!("{}{middle}{}", open.repeat(depth), close.repeat(depth))
}

/// A body whose change of the field has these members.
fn change(field: &str, value: &str) -> String {
    format!(
        r#"{{"object":"whatsapp_business_account","entry":[{{"id":"102290129340398","changes":[{{"field":"{field}","value":{{{value}}}}}]}}]}}"#
    )
}

fn messages(value: &str) -> String {
    change("messages", value)
}

/// Each a name and how such a body of about a length is made.
type Hostile = (&'static str, fn(usize) -> String);

const HOSTILE: &[Hostile] = &[
    ("deep lists", |length| deep("[", "", "]", length)),
    ("deep lists, cut off", |length| "[".repeat(length)),
    ("deep objects", |length| deep(r#"{"entry":"#, "[]", "}", length)),
    ("deep entries", |length| deep(r#"{"entry":["#, "", "]}", length)),
    ("a deep value", |length| change("x", &format!(r#""a":{}"#, deep("[", "", "]", length)))),
    ("a deep message", |length| {
        messages(&format!(r#""messages":[{}]"#, deep(r#"{"text":"#, "1", "}", length)))
    }),
    ("edits of edits", |length| {
        let edits = deep(r#"{"type":"edit","edit":{"message":"#, "1", "}}", length);
        messages(&format!(r#""messages":[{edits}]"#))
    }),
    ("deep history", |length| {
        let threads = deep(r#"{"threads":[{"messages":["#, "1", "]}]}", length);
        change("history", &format!(r#""history":[{threads}]"#))
    }),
    ("a text of escapes", |length| {
        let text = r"\u00e1".repeat(length / 6);
        messages(&format!(r#""messages":[{{"id":"a","type":"text","text":{{"body":"{text}"}}}}]"#))
    }),
    ("an id of escapes that many share", |length| {
        let id = r"\u0031".repeat(length / 12);
        let messages_ = many(r#"{"from":"1"}"#, length / 2);
        messages(&format!(r#""metadata":{{"phone_number_id":"{id}"}},"messages":[{messages_}]"#))
    }),
    ("a name of escapes that many share", |length| {
        let name = r"\u0031".repeat(length / 12);
        let messages_ = many(r#"{"from":"1"}"#, length / 2);
        messages(&format!(
            r#""contacts":[{{"wa_id":"1","profile":{{"name":"{name}"}}}}],"messages":[{messages_}]"#
        ))
    }),
    ("a field of escapes that many share", |length| {
        let field = r"\u0031".repeat(length / 12);
        change(&field, &many(r##""#":1"##, length / 2))
    }),
    ("a number of many digits", |length| {
        messages(&format!(r#""messages":[{{"timestamp":{}}}]"#, "9".repeat(length)))
    }),
    ("backslashes", |length| {
        messages(&format!(r#""messages":[{{"id":"{}"}}]"#, r"\\".repeat(length / 2)))
    }),
    ("many members of a body", |length| {
        format!(r#"{{"entry":[],{}}}"#, many(r##""#":1"##, length))
    }),
    ("many members of an entry", |length| {
        format!(r#"{{"entry":[{{"changes":[],{}}}]}}"#, many(r##""#":1"##, length))
    }),
    ("many members of a change", |length| {
        let members = many(r##""#":1"##, length);
        format!(r#"{{"entry":[{{"changes":[{{"field":"messages","value":{{}},{members}}}]}}]}}"#)
    }),
    ("many members of a value", |length| messages(&many(r##""#":1"##, length))),
    ("many members of a value that is another's", |length| {
        change("account_update", &many(r##""#":1"##, length))
    }),
    ("many members of a message", |length| {
        messages(&format!(r#""messages":[{{{}}}]"#, many(r##""#":1"##, length)))
    }),
    ("many members of a status", |length| {
        messages(&format!(r#""statuses":[{{{}}}]"#, many(r##""#":1"##, length)))
    }),
    ("many members of a contact", |length| {
        let members = many(r##""#":1"##, length);
        messages(&format!(r#""contacts":[{{"wa_id":"1",{members}}}],"messages":[{{"from":"1"}}]"#))
    }),
    ("many members of metadata", |length| {
        messages(&format!(r#""metadata":{{{}}},"messages":[{{}}]"#, many(r##""#":1"##, length)))
    }),
    ("many members of a text", |length| {
        let members = many(r##""#":1"##, length);
        messages(&format!(r#""messages":[{{"type":"text","text":{{"body":"x",{members}}}}}]"#))
    }),
    ("one member of a body again and again", |length| {
        format!("{{{}}}", many(r#""entry":[]"#, length))
    }),
    ("one member of an entry again and again", |length| {
        format!(r#"{{"entry":[{{{}}}]}}"#, many(r#""changes":[]"#, length))
    }),
    ("values again and again", |length| {
        format!(r#"{{"entry":[{{"changes":[{{"field":"x",{}}}]}}]}}"#, many(r#""value":1"#, length))
    }),
    ("lists of messages again and again", |length| messages(&many(r#""messages":[{}]"#, length))),
    ("lists of contacts again and again", |length| {
        messages(&format!(
            r##"{},"messages":[{{}}]"##,
            many(r##""contacts":[{"wa_id":"#"}]"##, length)
        ))
    }),
    ("metadata again and again", |length| messages(&many(r#""metadata":{}"#, length))),
    ("one member of a message again and again", |length| {
        messages(&format!(r#""messages":[{{{}}}]"#, many(r#""id":1"#, length)))
    }),
    ("one member of a status again and again", |length| {
        messages(&format!(r#""statuses":[{{{}}}]"#, many(r#""pricing":{}"#, length)))
    }),
    ("empty entries", |length| format!(r#"{{"entry":[{}]}}"#, many("{}", length))),
    ("empty changes", |length| format!(r#"{{"entry":[{{"changes":[{}]}}]}}"#, many("{}", length))),
    ("empty messages", |length| messages(&format!(r#""messages":[{}]"#, many("{}", length)))),
    ("empty statuses", |length| messages(&format!(r#""statuses":[{}]"#, many("{}", length)))),
    ("empty errors", |length| messages(&format!(r#""errors":[{}]"#, many("{}", length)))),
    ("empty contacts", |length| {
        messages(&format!(r#""contacts":[{}],"messages":[{{}}]"#, many("{}", length)))
    }),
    ("empty calls", |length| change("calls", &format!(r#""calls":[{}]"#, many("{}", length)))),
    ("empty groups", |length| {
        change("group_settings_update", &format!(r#""groups":[{}]"#, many("{}", length)))
    }),
    ("an empty history", |length| {
        change("history", &format!(r#""history":[{}]"#, many("{}", length)))
    }),
    ("empty threads", |length| {
        let threads = many(r#"{"messages":[{}]}"#, length);
        change("history", &format!(r#""history":[{{"threads":[{threads}]}}]"#))
    }),
    ("empty echoes", |length| {
        change("smb_message_echoes", &format!(r#""message_echoes":[{}]"#, many("{}", length)))
    }),
    ("errors of a status", |length| {
        messages(&format!(r#""statuses":[{{"errors":[{}]}}]"#, many(r#"{"code":#}"#, length)))
    }),
    ("messages that are numbers", |length| {
        messages(&format!(r#""messages":[{}]"#, many("1", length)))
    }),
    ("contacts and senders in another order", |length| {
        let contacts = many(r##"{"wa_id":"#"}"##, length / 2);
        let senders = many(r##"{"from":"0#"}"##, length / 2);
        messages(&format!(r#""contacts":[{contacts}],"messages":[{senders}]"#))
    }),
    ("blanks", |length| format!("{}{{}}", " ".repeat(length))),
    ("line breaks before what is no JSON", |length| format!("{}x", "\n".repeat(length))),
];

fn read(body: &[u8]) {
    for event in Verified::restored(body).events() {
        black_box(event);
    }
}

fn read_and_write(body: &[u8]) {
    if let Ok(payload) = Verified::restored(body).payload() {
        black_box(serde_json::to_vec(&payload).unwrap());
    }
}

/// How many passes over the body that takes, letting go of what was read included.
fn passes(body: &[u8], work: fn(&[u8])) -> f64 {
    let start = Instant::now();
    let _ = black_box(serde_json::from_slice::<IgnoredAny>(body));
    let pass = start.elapsed();
    work(body);
    let both = start.elapsed();
    (both - pass).as_secs_f64() / pass.as_secs_f64()
}

fn check(work: fn(&[u8]), most: f64) {
    for (name, make) in HOSTILE {
        check_one(name, *make, work, most);
    }
}

fn check_one(name: &str, make: fn(usize) -> String, work: fn(&[u8]), most: f64) {
    for length in LENGTHS {
        let body = make(length);
        // Another program may have had the processor: what is slow is slow three times.
        let mut measured = Vec::new();
        while measured.len() < 3 && measured.last().is_none_or(|passes| *passes >= most) {
            measured.push(passes(body.as_bytes(), work));
        }
        let is_linear = measured.last().is_some_and(|passes| *passes < most);
        assert!(is_linear, "{name}: {measured:.0?} passes over {length} bytes");
    }
}

#[test]
fn reading_takes_a_time_that_grows_with_the_length() {
    check(read, PASSES);
}

#[test]
fn writing_takes_a_time_that_grows_with_the_length() {
    check(read_and_write, PASSES);
}

#[cfg(feature = "client")]
mod checks {
    use serde::de::DeserializeOwned;
    use whatsapp_cloud::api::messages::{Message, SendMessage};
    use whatsapp_cloud::api::settings::{Settings, UpdateSettings};
    use whatsapp_cloud::api::templates::UpsertTemplates;
    use whatsapp_cloud::api::templates::{CreateTemplate, Template, TemplateLanguages};
    use whatsapp_cloud::endpoint::Endpoint;

    use super::*;

    /// What is read as JSON first, member by member, and then checked: more than reading alone,
    /// and a hundredth of what looking at all pairs takes.
    const PASSES: f64 = 150.0;

    fn template(parts: &str) -> String {
        format!(
            r#"{{"name":"a","language":"pt_BR","category":"MARKETING","parameter_format":"NAMED","components":[{parts}]}}"#
        )
    }

    fn message(kind: &str, content: &str) -> String {
        format!(r#"{{"to":"5511999990001","type":"{kind}","{kind}":{{{content}}}}}"#)
    }

    fn filled(parts: &str) -> String {
        let name = r#""name":"a","language":{"code":"pt_BR"}"#;
        message("template", &format!(r#"{name},"components":[{parts}]"#))
    }

    fn interactive(kind: &str, action: &str) -> String {
        let said = format!(r#""type":"{kind}","body":{{"text":"a"}},"action":{{{action}}}"#);
        message("interactive", &said)
    }

    /// What is wrong with a body, said in one go.
    fn judged<T: DeserializeOwned, C: Endpoint>(body: &[u8], call: fn(T) -> C) {
        let call = call(serde_json::from_slice(body).unwrap());
        black_box(call.request().is_ok());
    }

    fn a_template(body: &[u8]) {
        judged(body, |template: Template| CreateTemplate::new("1", template));
    }

    fn in_languages(body: &[u8]) {
        judged(body, |all: TemplateLanguages| UpsertTemplates::new("1", all));
    }

    fn a_message(body: &[u8]) {
        judged(body, |message: Message| SendMessage { from: "1".into(), message });
    }

    fn settings(body: &[u8]) {
        judged(body, |settings: Settings| UpdateSettings::new("1", settings));
    }

    type Checked = (&'static str, fn(usize) -> String, fn(&[u8]));

    const CHECKED: &[Checked] = &[
        (
            "named variables and their examples",
            |length| {
                let text = many("{{a#}}", length / 3);
                let examples = many(r##"{"param_name":"a#","example":"x"}"##, length * 2 / 3);
                let example = format!(r#"{{"body_text_named_params":[{examples}]}}"#);
                template(&format!(r#"{{"type":"BODY","text":"x {text} x","example":{example}}}"#))
            },
            a_template,
        ),
        (
            "numbered variables",
            |length| {
                let text = many("{{#}}", length);
                let body = format!(r#"{{"type":"BODY","text":"x {text} x"}}"#);
                template(&body).replace("NAMED", "POSITIONAL")
            },
            a_template,
        ),
        (
            "parts of many types",
            |length| template(&many(r##"{"type":"new#"}"##, length)),
            a_template,
        ),
        (
            "cards",
            |length| {
                let cards = many(r#"{"components":[{"type":"BODY","text":"x"}]}"#, length);
                template(&format!(r#"{{"type":"CAROUSEL","cards":[{cards}]}}"#))
            },
            a_template,
        ),
        (
            "languages",
            |length| {
                let all = many(r##""pt_#""##, length);
                format!(r#"{{"name":"a","category":"AUTHENTICATION","languages":[{all}]}}"#)
            },
            in_languages,
        ),
        (
            "parts that are filled",
            |length| filled(&many(r##"{"type":"button","sub_type":"url","index":#}"##, length)),
            a_message,
        ),
        (
            "values by name",
            |length| {
                let all = many(r##"{"type":"text","parameter_name":"a#","text":"x"}"##, length);
                filled(&format!(r#"{{"type":"body","parameters":[{all}]}}"#))
            },
            a_message,
        ),
        (
            "buttons that answer",
            |length| {
                let all = many(r##"{"type":"reply","reply":{"id":"#","title":"#"}}"##, length);
                interactive("button", &format!(r#""buttons":[{all}]"#))
            },
            a_message,
        ),
        (
            "rows of a list",
            |length| {
                let rows = many(r##"{"id":"#","title":"#"}"##, length);
                let sections = format!(r#"[{{"title":"a","rows":[{rows}]}}]"#);
                interactive("list", &format!(r#""button":"a","sections":{sections}"#))
            },
            a_message,
        ),
        (
            "cards of a message",
            |length| {
                let cards = many(r##"{"card_index":#,"type":"product"}"##, length);
                interactive("carousel", &format!(r#""cards":[{cards}]"#))
            },
            a_message,
        ),
        (
            "hours of one day",
            |length| {
                let day = r#"{"day_of_week":"MONDAY","open_time":"0800","close_time":"0900"}"#;
                let hours = format!(r#""weekly_operating_hours":[{}]"#, many(day, length));
                format!(r#"{{"calling":{{"call_hours":{{"status":"DISABLED",{hours}}}}}}}"#)
            },
            settings,
        ),
        (
            "holidays",
            |length| {
                let day = r##"{"date":"#","start_time":"0800","end_time":"0900"}"##;
                let days = format!(r#""holiday_schedule":[{}]"#, many(day, length));
                format!(r#"{{"calling":{{"call_hours":{{"status":"DISABLED",{days}}}}}}}"#)
            },
            settings,
        ),
    ];

    #[test]
    fn checking_takes_a_time_that_grows_with_the_length() {
        for (name, make, work) in CHECKED {
            check_one(name, *make, *work, PASSES);
        }
    }
}
