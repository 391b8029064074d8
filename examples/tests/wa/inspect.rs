//! What `wa inspect` tells of what Meta posted.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use serde_json::{Value, json};

use crate::{Done, FIXTURES, run, run_on, wa};

/// Two customers, a status, an unknown field, a decision, and a message that is none.
const MIXED: &str = r#"{"object":"whatsapp_business_account","entry":[
{"id":"102290129340398","time":1749416390,"changes":[
 {"field":"messages","value":{"messaging_product":"whatsapp",
  "metadata":{"display_phone_number":"551140000001","phone_number_id":"106540352242922"},
  "contacts":[{"profile":{"name":"Ana"},"wa_id":"5511999990001"}],
  "messages":[
   {"from":"5511999990001","id":"wamid.A","timestamp":"1749416383","type":"text","text":{"body":"Oi, \"tudo\" bem?\n\u00e1"}},
   {"from":"","from_user_id":"BR.1","id":"wamid.B","timestamp":1749416384,"type":"image","image":{"id":"1","mime_type":"image/jpeg","sha256":"x","caption":"Foto"}},
   {"from":"5511999990001","id":"wamid.C","timestamp":"1749416385","type":"hologram","hologram":{}},
   "broken"]}},
 {"field":"messages","value":{"messaging_product":"whatsapp",
  "metadata":{"display_phone_number":"551140000001","phone_number_id":"106540352242922"},
  "statuses":[{"id":"wamid.D","status":"read","timestamp":"1749416386","recipient_id":"5511999990001"}]}}]},
{"id":"102290129340398","time":1749416391,"changes":[
 {"field":"brand_new_field","value":{"id":7,"type":"x",
   "messages":[1,2],"statuses":[null,{}]}},
 {"field":"account_review_update","value":{"decision":"APPROVED"}},
 {"field":"message_template_status_update","value":{"event":"APPROVED","message_template_id":594425479261596,"message_template_name":"x","message_template_language":"pt_BR","reason":"NONE"}}]}]}"#;

#[test]
fn each_event_is_a_line_and_the_sum_is_the_last() {
    let done = run_on(&["inspect"], MIXED.as_bytes());

    assert_eq!((done.code, done.complaint.as_str()), (0, ""));
    assert_eq!(
        done.lines,
        [
            r#"{"file":"-","waba_id":"102290129340398","field":"messages","phone_number_id":"106540352242922","kind":"message","type":"text","id":"wamid.A","from":"5511999990001","timestamp":"1749416383","status":null,"text":"Oi, \"tudo\" bem?\ná","known":true}"#,
            r#"{"file":"-","waba_id":"102290129340398","field":"messages","phone_number_id":"106540352242922","kind":"message","type":"image","id":"wamid.B","from":null,"timestamp":1749416384,"status":null,"text":"Foto","known":true}"#,
            r#"{"file":"-","waba_id":"102290129340398","field":"messages","phone_number_id":"106540352242922","kind":"message","type":"hologram","id":"wamid.C","from":"5511999990001","timestamp":"1749416385","status":null,"text":null,"known":false}"#,
            r#"{"file":"-","waba_id":"102290129340398","field":"messages","phone_number_id":"106540352242922","kind":"messages","type":null,"id":null,"from":null,"timestamp":null,"status":null,"text":null,"known":false}"#,
            r#"{"file":"-","waba_id":"102290129340398","field":"messages","phone_number_id":"106540352242922","kind":"status","type":null,"id":"wamid.D","from":null,"timestamp":"1749416386","status":"read","text":null,"known":true}"#,
            r#"{"file":"-","waba_id":"102290129340398","field":"brand_new_field","phone_number_id":null,"kind":"brand_new_field","type":"x","id":7,"from":null,"timestamp":null,"status":null,"text":null,"known":false}"#,
            r#"{"file":"-","waba_id":"102290129340398","field":"account_review_update","phone_number_id":null,"kind":"account_review_update","type":null,"id":null,"from":null,"timestamp":null,"status":"APPROVED","text":null,"known":true}"#,
            r#"{"file":"-","waba_id":"102290129340398","field":"message_template_status_update","phone_number_id":null,"kind":"message_template_status_update","type":"APPROVED","id":594425479261596,"from":null,"timestamp":null,"status":null,"text":null,"known":true}"#,
            r#"{"file":"-","entries":2,"changes":5,"messages":6,"statuses":3,"events":8,"unknown":3}"#,
        ]
    );
}

#[test]
fn files_are_told_one_after_the_other_under_the_names_they_were_given() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, body: &str| {
        let path = folder.path().join(name);
        fs::write(&path, body).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let empty = file("empty.json", r#"{"entry":[]}"#);
    let review = file(
        "review.json",
        // With the mark that some editors put in front.
        &format!(
            "\u{feff}{}",
            r#"{"entry":[{"id":"1","changes":[
                {"field":"account_review_update","value":{"decision":"REJECTED"}}]}]}"#
        ),
    );
    let done = run(&["inspect", &empty, &review]);

    let lines: Vec<Value> =
        done.lines.iter().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(done.code, 0, "{}", done.complaint);
    assert_eq!(
        lines[0],
        json!({"file": empty, "entries": 0, "changes": 0, "messages": 0, "statuses": 0,
            "events": 0, "unknown": 0})
    );
    assert_eq!((&lines[1]["file"], &lines[1]["status"]), (&json!(review), &json!("REJECTED")));
    assert_eq!((&lines[2]["file"], &lines[2]["events"]), (&json!(review), &json!(1)));
    assert_eq!((&lines[2]["entries"], &lines[2]["changes"]), (&json!(1), &json!(1)));
    assert_eq!(lines.len(), 3);
}

#[test]
fn a_body_that_cannot_be_read_is_said_to_be_so_and_why() {
    for (body, why) in [
        (&b"{\"entry\":[]"[..], "the body is no JSON at line 1, column 12"),
        (b"", "the body is no JSON at line 1, column 1"),
        (b"{\n x}", "the body is no JSON at line 2, column 2"),
        (b"{\"entry\":\"\xff\"}", "the body is no UTF-8"),
        (b"[]", "the body is no object"),
        (b"{\"object\":\"whatsapp_business_account\"}", "the body has no list of entries"),
    ] {
        let done = run_on(&["inspect", "-"], body);

        assert_eq!((done.code, done.lines.len()), (2, 0), "{why}");
        assert_eq!(done.complaint, format!("wa: -: {why}\n"));
    }
}

#[test]
fn one_file_that_cannot_be_read_does_not_hide_the_others() {
    let good = format!("{FIXTURES}/text.json");
    let done = run(&["inspect", "no-such-file.json", &good]);

    assert_eq!((done.code, done.lines.len()), (2, 2));
    assert!(done.complaint.starts_with("wa: no-such-file.json: cannot be read: "));
    assert_eq!(done.complaint.lines().count(), 1);
}

#[test]
fn names_and_texts_that_no_string_can_hold_lose_no_event_and_no_count() {
    let body = r#"{"entry":[{"changes":[{"field":"messages","value":{"\ud83d":1,"messages":[
        {"\udc00":1,"id":"a\ud83d","from":["x",
            {"y":1}],"type":"text","text":{"body":"\ud83d"}}],"statuses":[1e999]}}]}]}"#;
    let done = run_on(&["inspect"], body.as_bytes());

    assert_eq!(done.code, 0, "{}", done.complaint);
    let message = done.lines.iter().find(|line| line.contains(r#""type":"text""#)).unwrap();
    assert!(
        message.contains(r#""id":"a\ud83d","from":["x",{"y":1}],"timestamp":null"#),
        "{message}"
    );
    let sum = done.lines.last().unwrap();
    assert!(sum.contains(r#""entries":1,"changes":1,"messages":1,"statuses":1,"#), "{sum}");
}

#[test]
fn who_reads_no_further_is_no_failure() {
    let body = format!(
        r#"{{"entry":[{{"changes":[{{"field":"messages","value":{{"messages":[{}]}}}}]}}]}}"#,
        vec!["{}"; 10_000].join(",")
    );
    let (from, to) = (Stdio::piped(), Stdio::piped());
    let mut wa = wa().arg("inspect").stdin(from).stdout(to).stderr(Stdio::piped()).spawn().unwrap();
    drop(wa.stdout.take());
    wa.stdin.take().unwrap().write_all(body.as_bytes()).unwrap();
    let done = Done::of(wa.wait_with_output().unwrap());

    assert_eq!((done.code, done.complaint.as_str()), (0, ""));
}

/// A body of the shared corpus, and what its index says of it.
struct File {
    name: String,
    path: PathBuf,
    index: Value,
}

impl File {
    /// The items of these roles, in the order of the document.
    fn items(&self, roles: &[&str]) -> Vec<&Value> {
        let items = self.index["items"].as_array().unwrap().iter();
        items.filter(|item| roles.contains(&item["role"].as_str().unwrap())).collect()
    }
}

fn corpus() -> Vec<File> {
    let folder =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/cloud-api/corpus/webhooks");
    let Ok(index) = fs::read_to_string(folder.join("index.jsonl")) else {
        println!("skipped: there is no shared corpus");
        return Vec::new();
    };
    let files = index.lines().map(|line| {
        let index: Value = serde_json::from_str(line).unwrap();
        let name = index["file"].as_str().unwrap().to_owned();
        File { path: folder.join(&name), name, index }
    });
    files.collect()
}

/// What the lines of that kind say, under the names of the index.
fn told(lines: &[Value], kind: &str, names: &[&str]) -> Vec<Value> {
    let lines = lines.iter().filter(|line| line["kind"] == kind);
    lines.map(|line| names.iter().map(|name| line[name].clone()).collect()).collect()
}

#[test]
fn every_body_of_the_corpus_is_told_as_its_index_says() {
    let files = corpus();
    let mut with_unknown = Vec::new();
    for file in &files {
        let done = run(&["inspect", file.path.to_str().unwrap()]);
        assert_eq!((done.code, done.complaint.as_str()), (0, ""), "{}", file.name);

        let mut lines: Vec<Value> =
            done.lines.iter().map(|line| serde_json::from_str(line).unwrap()).collect();
        let sum = lines.pop().unwrap();
        for count in ["entries", "changes", "messages", "statuses"] {
            assert_eq!(sum[count], file.index["counts"][count], "{count} of {}", file.name);
        }
        assert_eq!(sum["events"], lines.len(), "{}", file.name);
        let unknown = lines.iter().filter(|line| line["known"] == false).count();
        assert_eq!(sum["unknown"], unknown, "{}", file.name);
        if unknown > 0 {
            with_unknown.push(file.name.clone());
        }

        // Each message and each status, with its members as they were written.
        let names = ["id", "from", "timestamp", "type", "phone_number_id"];
        let messages = file.items(&["message", "standby_message"]).into_iter().map(|item| {
            let value = |name: &&str| match &item[name] {
                Value::String(empty) if empty.is_empty() && *name == "from" => Value::Null,
                value => value.clone(),
            };
            names.iter().map(value).collect::<Value>()
        });
        let expected: Vec<_> = messages.collect();
        assert_eq!(told(&lines, "message", &names), expected, "{}", file.name);
        let names = ["id", "status", "timestamp", "type", "phone_number_id"];
        let statuses = file.items(&["status", "standby_status"]).into_iter();
        let expected: Vec<_> = statuses
            .map(|item| names.iter().map(|name| item[name].clone()).collect::<Value>())
            .collect();
        assert_eq!(told(&lines, "status", &names), expected, "{}", file.name);
        let texts = lines.iter().filter(|line| line["kind"] == "message").map(|line| &line["text"]);
        for (text, item) in texts.zip(file.items(&["message", "standby_message"])) {
            // Of another type than text, the index names what is read by other names.
            let is_read = item["text"].is_null() || item["type"] == "ephemeral";
            assert!(is_read || *text == item["text"], "{}: {text}", file.name);
        }
    }
    let expected = UNKNOWN.iter().map(|(name, _)| *name).filter(|_| !files.is_empty());
    assert_eq!(with_unknown, expected.collect::<Vec<_>>());
}

/// Bodies of the corpus with something that is not known, each with the reason.
const UNKNOWN: &[(&str, &str)] = &[
    (
        "none--event-partner-app-installed--constructed-01.json",
        "a change without a field, and what stands beside it",
    ),
    ("none--event-partner-app-uninstalled--metadocs-01.json", "a change without a field"),
    (
        "multi--account-review-update-brand-new-field-messages--constructed-01.json",
        "field brand_new_field",
    ),
    ("business_username_updates--status-rejected--constructed-01.json", "status rejected"),
    ("calls--call-call-transferred--constructed-01.json", "event call_transferred"),
    ("consumer_profile--event-x0--constructed-01.json", "field consumer_profile"),
    ("unknown_field--event-x4--constructed-01.json", "field message_sends_v3"),
    ("message_template_components_update--none--pywa-01.json", "a member `all` beside the entries"),
    ("messages--message-holographic-note--constructed-01.json", "type holographic_note"),
    ("messages--message-payment-request-v9--constructed-01.json", "type payment_request_v9"),
    ("smb_app_state_sync--state-sync-contact-edit--constructed-01.json", "action edit"),
    ("tracking_events--event-x5--constructed-01.json", "field tracking_events"),
    ("unknown_field--value-list--constructed-01.json", "field unknown_field_1"),
    ("unknown_field--value-int--constructed-01.json", "field unknown_field_3"),
    ("unknown_field--none--piusalfred-01.json", "field unknown_field_xyz"),
    ("empty--no-changes--piusalfred-01.json", "a member `padding` beside the entries"),
];
