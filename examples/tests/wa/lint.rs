//! What `wa lint` says of bodies that Meta takes, and of bodies that it does not.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::{run, run_on};

/// Bodies of messages and templates of every kind, each as Meta's pages write it or at a limit.
const TAKEN: &str = include_str!("bodies/taken.jsonl");
/// Bodies with one thing wrong in each, and the path where it is.
const REFUSED: &str = include_str!("bodies/refused.jsonl");
/// The bodies of Meta's file.
const OF_META: &str =
    include_str!("../../../whatsapp-cloud/tests/fixtures/meta-openapi/requests.jsonl");

fn lines(jsonl: &str) -> impl Iterator<Item = Value> {
    jsonl.lines().map(|line| serde_json::from_str(line).unwrap())
}

/// Writes out what is written in short: `{"$repeat": ["x", 4097]}` is a text of so many,
/// `{"$times": [x, 258]}` a list.
fn at_length(value: Value) -> Value {
    let count = |pair: &Value| usize::try_from(pair[1].as_u64().unwrap()).unwrap();
    match value {
        Value::Object(members) => {
            if let Some(pair) = members.get("$repeat") {
                return pair[0].as_str().unwrap().repeat(count(pair)).into();
            }
            if let Some(pair) = members.get("$times") {
                return vec![at_length(pair[0].clone()); count(pair)].into();
            }
            members.into_iter().map(|(name, value)| (name, at_length(value))).collect()
        }
        Value::Array(values) => values.into_iter().map(at_length).collect(),
        other => other,
    }
}

/// What is said of each body.
fn lint(bodies: &[Value]) -> (i32, Vec<Value>) {
    let folder = tempfile::tempdir().unwrap();
    let files: Vec<_> = bodies
        .iter()
        .enumerate()
        .map(|(index, body)| {
            let file = folder.path().join(format!("{index}.json"));
            fs::write(&file, body.to_string()).unwrap();
            file.to_str().unwrap().to_owned()
        })
        .collect();
    let arguments: Vec<_> = ["lint"].into_iter().chain(files.iter().map(String::as_str)).collect();
    let done = run(&arguments);
    assert_eq!(done.complaint, "");
    let told = done.told();
    assert_eq!(told.len(), bodies.len());
    assert!(told.iter().zip(&files).all(|(line, file)| line["file"] == **file));
    (done.code, told)
}

/// Where something is wrong.
fn paths(line: &Value) -> Vec<&str> {
    let violations = line["violations"].as_array().unwrap();
    violations.iter().map(|violation| violation["path"].as_str().unwrap()).collect()
}

#[test]
fn what_meta_takes_is_written_again_as_it_came() {
    let bodies: Vec<_> = lines(TAKEN).map(at_length).collect();
    let (code, told) = lint(&bodies);

    for (body, line) in bodies.iter().zip(&told) {
        assert_eq!(line["ok"], true, "{line}");
        assert_eq!(line["body"], *body);
        assert_eq!(line.as_object().unwrap().len(), 3);
    }
    assert_eq!((code, bodies.len() > 50), (0, true));
}

#[test]
fn what_meta_does_not_take_is_refused_where_it_is_wrong() {
    let (places, bodies): (Vec<_>, Vec<_>) = lines(REFUSED)
        .map(|mut line| (line["path"].take(), at_length(line["body"].take())))
        .unzip();
    let (code, told) = lint(&bodies);

    let mut missed = Vec::new();
    for (place, line) in places.iter().zip(&told) {
        if line["ok"] != false || !paths(line).contains(&place.as_str().unwrap()) {
            missed.push(format!("{place}: {line}"));
        }
    }
    assert!(missed.is_empty(), "{missed:#?}");
    assert_eq!((code, bodies.len() > 250), (1, true));
}

#[test]
fn a_violation_tells_path_limit_and_what_was_found_and_never_the_content() {
    let body = json!({
        "messaging_product": "whatsapp", "to": "canary-number", "type": "text",
        "text": {"body": "canary".repeat(1_000)}, "biz_opaque_callback_data": "canary".repeat(100),
    });
    let done = run_on(&["lint"], body.to_string().as_bytes());

    let violations = &done.told()[0]["violations"];
    assert_eq!(
        violations[1],
        json!({"path": "text.body", "limit": "1 to 4096 characters", "found": "6000"})
    );
    assert_eq!(violations[0]["path"], "to");
    assert_eq!((done.code, violations.as_array().unwrap().len()), (1, 3));
    assert!(!done.lines[0].contains("canary"), "{}", done.lines[0]);
}

#[test]
fn a_member_that_is_there_twice_is_refused_where_it_is() {
    for (body, places) in [
        (r#"{"to":"5511999990001","type":"text","text":{"body":"a"},"to":"1"}"#, &["to"][..]),
        (
            r#"{"to":"5511999990001","type":"text","text":{"body":"a","body":"b"},"x":[{},{"a":1,"a":2,"a":3}]}"#,
            &["text.body", "x[1].a"],
        ),
        (r#"{"to":"5511999990001","type":"text","text":{"body":"a"},"x":[{"a":1},{"a":2}]}"#, &[]),
    ] {
        let done = run_on(&["lint"], body.as_bytes());
        let line = &done.told()[0];
        let twice: Vec<_> = line["violations"]
            .as_array()
            .into_iter()
            .flatten()
            .filter(|violation| violation["limit"] == "each member once")
            .map(|violation| violation["path"].as_str().unwrap())
            .collect();
        assert_eq!(twice, places, "{line}");
        assert_eq!(line["ok"], places.is_empty() && done.code == 0);
    }
}

#[test]
fn what_is_no_body_is_a_violation_of_the_whole() {
    for (body, limit, found) in [
        (&b"{\"to\":1"[..], "JSON", "EOF while parsing an object at line 1 column 7"),
        (b"", "JSON", "EOF while parsing a value at line 1 column 0"),
        (b"{\"a\":\n\xff}", "JSON", "expected value at line 2 column 1"),
        (b"[1]", "a JSON object", "another value"),
        (b"\"canary\"", "a JSON object", "another value"),
    ] {
        let done = run_on(&["lint", "-"], body);

        let wrong = json!({"path": "", "limit": limit, "found": found});
        assert_eq!(done.told(), [json!({"file": "-", "ok": false, "violations": [wrong]})]);
        assert_eq!((done.code, done.complaint.as_str()), (1, ""));
    }
}

#[test]
fn a_file_that_cannot_be_read_does_not_hide_the_others() {
    let folder = tempfile::tempdir().unwrap();
    let good = folder.path().join("good.json");
    // With the mark that some editors put in front.
    fs::write(
        &good,
        "\u{feff}{\"messaging_product\":\"whatsapp\",\"to\":1650555,\"text\":{\"body\":\"a\"}}",
    )
    .unwrap();
    let done = run(&["lint", "no-such-file.json", good.to_str().unwrap()]);

    let told = done.told();
    assert_eq!(done.code, 2);
    assert_eq!((&told[0]["ok"], &told[1]["ok"]), (&json!(false), &json!(true)));
    assert_eq!(told[1]["body"]["to"], 1_650_555);
    assert!(done.complaint.starts_with("wa: no-such-file.json: cannot be read: "));
}

#[test]
fn numbers_stay_as_they_were() {
    for number in ["37.44216251868683", "-122.16153582049394", "0.1", "1e-7", "100.0", "0"] {
        let body = format!(
            r#"{{"messaging_product":"whatsapp","to":"+16505551234","type":"location","location":{{"latitude":{number},"longitude":1}}}}"#
        );
        let done = run_on(&["lint"], body.as_bytes());
        let expected = number.parse::<f64>().unwrap_or(f64::NAN);
        let found = done.told()[0]["body"]["location"]["latitude"].as_f64();
        let is_same = found.is_some_and(|found| found.to_bits() == expected.to_bits());
        // Beyond the range, but for the number itself, is another matter.
        assert!(is_same || expected.abs() > 90.0, "{number}: {:?}", done.lines);
    }
}

#[test]
fn a_placeholder_of_documentation_is_not_judged() {
    let body = |to: &str, text: &str| json!({"messaging_product": "whatsapp", "to": to, "type": "text", "text": {"body": text}});
    let template = |text: &str| {
        json!({"name": "a", "language": "en", "category": "UTILITY", "parameter_format": "NAMED",
            "components": [{"type": "BODY", "text": text}]})
    };
    let (_, told) = lint(&[
        body("<PHONE_NUMBER>", "Oi"),
        body("{{Recipient-Phone-Number}}", "Oi"),
        body("<PHONE_NUMBER>", ""),
        body("<ana>", "Oi"),
        template("{{First}}"),
    ]);

    let ok: Vec<_> = told.iter().map(|line| line["ok"] == true).collect();
    assert_eq!(ok, [true, true, false, false, false]);
    assert_eq!(paths(&told[2]), ["text.body"]);
}

/// Examples of Meta's own that Meta would not take, and why.
const WRONG: &[(&str, &str)] = &[
    // A list without a `type`, which makes a text of it.
    ("Send Reply to List Message", "type"),
    // Texts that are true and false.
    ("Send Sample Issue Resolution Template", "template.components[1].parameters[0].text"),
    // A number of five digits is nobody's; Meta refused it for another reason.
    ("post--messages--text--error-100--ignacio-chiazzo-01.json", "to"),
    // The table on the same page says 12 hours at least.
    ("post--message_templates--marketing--metadocs-06.json", "message_send_ttl_seconds"),
];

/// The name, and the body of each call that sends a message or makes a template.
fn of_meta() -> Vec<(String, Value)> {
    let paths = [
        "messages",
        "marketing_messages",
        "messages_encrypted",
        "message_templates",
        "{TEMPLATE_ID}",
    ];
    let is_one = |call: &Value| {
        let path = call["path"].as_str().unwrap();
        path.rsplit('/').next().is_some_and(|last| paths.contains(&last))
    };
    lines(OF_META)
        .filter(is_one)
        .map(|mut call| (call["name"].as_str().unwrap().to_owned(), call["body"].take()))
        .collect()
}

/// The same of the shared corpus.
fn of_the_corpus() -> Vec<(String, Value)> {
    let folder =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/cloud-api/corpus/requests");
    let Ok(files) = fs::read_dir(folder) else {
        println!("skipped: there is no shared corpus");
        return Vec::new();
    };
    let paths = [
        "messages",
        "marketing_messages",
        "messages_encrypted",
        "message_templates",
        "upsert_message_templates",
        "{template_id}",
    ];
    let call = |path: PathBuf| {
        let mut call: Value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        let of = call["path_template"].as_str()?.rsplit('/').next()?.to_owned();
        let is_one = name.starts_with("post--") && paths.contains(&of.as_str());
        Some((name, call["body"].take())).filter(|(_, body)| is_one && body.is_object())
    };
    let is_call = |path: &PathBuf| path.extension().is_some_and(|ending| ending == "json");
    let all: Vec<_> =
        files.map(|file| file.unwrap().path()).filter(is_call).filter_map(call).collect();
    assert!(all.len() > 150, "{}", all.len());
    all
}

#[test]
fn the_corpus_and_metas_examples_are_taken_but_for_those_that_are_wrong() {
    let (names, bodies): (Vec<_>, Vec<_>) = of_meta().into_iter().chain(of_the_corpus()).unzip();
    let (_, told) = lint(&bodies);

    let mut wrong = Vec::new();
    for ((name, body), line) in names.iter().zip(&bodies).zip(&told) {
        if line["ok"] == true {
            assert_eq!(line["body"], *body, "{name}");
        } else {
            wrong.push((name.as_str(), paths(line)[0]));
        }
    }
    assert!(wrong.iter().all(|one| WRONG.contains(one)), "{wrong:#?}");
    assert!(wrong.len() >= 2 && names.len() > 60, "{} of {}", wrong.len(), names.len());
}
