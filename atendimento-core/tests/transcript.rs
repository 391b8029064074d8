//! A conversation as a document: what it shows to whom, and what cannot be made of it.
#![allow(missing_docs, clippy::unwrap_used)]

mod support;

use std::time::Duration;

use atendimento_core::domain::access::Role;
use atendimento_core::domain::routing::Asked;
use atendimento_core::domain::{Authority, Event, Keep, Outgoing};
use atendimento_core::engine::{Audience, Destination, Reply, Transcript};
use atendimento_core::id::ConversationId;
use proptest::prelude::*;
use serde_json::{Value, json};
use support::{Around, actor, configured, fence, hello};

const CONFIGURATION: &str = r#"
zone = "America/Sao_Paulo"
[queues.service]
[[rules]]
queue = "service"
"#;

/// A customer writes, a bot answers and hands over, bia writes, notes, tags and sets a field.
async fn served() -> (Around, ConversationId) {
    let around = configured(CONFIGURATION);
    let bot = actor("triage", Role::SUPERVISOR);
    around.receives(&[hello("in.1")]).await;
    let id = around.only().await.id;
    let authority = Authority::Supervisor;
    let mine = around.desk.hand_over(&bot, id, authority, "triage".into()).await.unwrap();
    around.passes(Duration::from_secs(5)).await;
    let asks = Reply::text("k1", mine, "Which order is it about?");
    around.desk.reply(&bot, id, asks).await.unwrap();
    around.desk.run_until_idle().await.unwrap();
    let queue = Destination::Queue { queue: "service".into(), asked: Asked::default() };
    around.desk.transfer(&bot, id, Authority::Owner(mine), queue, Keep::No).await.unwrap();
    around.arrives("bia", 1).await;
    around.passes(Duration::from_secs(60)).await;
    around.replies("bia", "k2", "Good evening!\nIt is on its way.").await;
    let bia = actor("bia", Role::AGENT);
    around.desk.note(&bia, id, "n1", "Asked twice already.").await.unwrap();
    around.desk.tag(&bia, id, "delivery").await.unwrap();
    around.desk.set_field(&bia, id, "order", Some("17")).await.unwrap();
    (around, id)
}

/// The first block of a page that is fenced so.
fn block<'a>(page: &'a str, language: &str) -> &'a str {
    let (_, rest) = page.split_once(&format!("```{language}\n")).unwrap();
    rest.split_once("```").unwrap().0
}

#[tokio::test]
async fn a_transcript_is_as_the_page_on_records_shows_it() {
    let page = include_str!("../../docs/records.md");
    let (around, id) = served().await;
    let sofia = actor("sofia", Role::SUPERVISOR);

    let business = around.desk.transcript(&sofia, id, Audience::Business).await.unwrap();
    assert_eq!(business.to_string(), block(page, "text"));

    let customer = around.desk.transcript(&sofia, id, Audience::Customer).await.unwrap();
    let mut made = serde_json::to_value(&customer).unwrap();
    let some = json!("01HF7YAT00XBE01AYC93NVF77H");
    made["conversation"] = some.clone();
    for entry in made["entries"].as_array_mut().unwrap() {
        entry["message"] = some.clone();
    }
    let shown: Value = serde_json::from_str(block(page, "json")).unwrap();
    assert_eq!(made, shown);
}

#[tokio::test]
async fn a_supervisor_who_writes_while_a_bot_has_it_is_no_bot() {
    let (around, id) = served().await;
    let bot = actor("triage", Role::SUPERVISOR);
    let sofia = actor("sofia", Role::SUPERVISOR);
    let mine = Authority::Owner(fence(&around.only().await));
    let bia = actor("bia", Role::AGENT);
    around.desk.hand_over(&bia, id, mine, "triage".into()).await.unwrap();
    for (key, writes) in [("k3", &sofia), ("k4", &bot)] {
        let content = Outgoing::Template {
            name: "order_sent".into(),
            language: "pt_BR".into(),
            parameters: vec!["17".into(), "today".into()],
        };
        let reply = Reply { authority: Authority::Supervisor, content, ..supervisors(key) };
        around.desk.reply(writes, id, reply).await.unwrap();
    }
    let transcript = around.desk.transcript(&sofia, id, Audience::Customer).await.unwrap();
    let bots: Vec<_> = transcript.entries.iter().map(|entry| entry.by_bot).collect();
    assert_eq!(bots, [false, true, false, false, true]);
    let text = transcript.to_string();
    let line = "< sofia (queued): [template] order_sent (pt_BR) 17 | today\n";
    assert!(text.contains(line), "{text}");
}

fn supervisors(key: &str) -> Reply {
    Reply {
        key: key.into(),
        authority: Authority::Supervisor,
        content: Outgoing::text(""),
        in_reply_to: None,
        repeats: None,
    }
}

#[tokio::test]
async fn each_export_is_a_fact_and_a_refused_one_is_none() {
    let (around, id) = served().await;
    let exports = async || {
        let facts = around.facts(id).await;
        facts.into_iter().filter(|fact| matches!(fact, Event::Exported { .. })).count()
    };
    let before = around.only().await;
    let bia = actor("bia", Role::AGENT);
    assert!(around.desk.transcript(&bia, id, Audience::Business).await.is_err());
    assert_eq!((exports().await, around.only().await), (0, before.clone()));
    let eva = actor("eva", Role::AUDITOR);
    around.desk.transcript(&eva, id, Audience::Business).await.unwrap();
    assert_eq!(exports().await, 1);
    // Who has it, has it still, under the same assignment.
    let after = around.only().await;
    assert_eq!((after.assignment(), &after.line), (before.assignment(), &before.line));
    around.replies("bia", "k9", "Goodbye!").await;
}

/// A transcript in which a customer has that name and everybody has written this.
fn said(name: &str, text: &str) -> Transcript {
    let entry = |direction: &str, agent: Option<&str>| {
        json!({
            "message": "01HF7YAT00XBE01AYC93NVF77H",
            "at": 0,
            "local": "1970-01-01 00:00:00 UTC",
            "direction": direction,
            "agent": agent,
            "kind": text,
            "text": text,
            "file": name,
            "delivery": null,
        })
    };
    let all = json!({
        "version": 1,
        "conversation": "01HF7YAT00XBE01AYC93NVF77H",
        "protocol": "20231114-000001",
        "customer": name,
        "entries": [
            entry("inbound", None),
            entry("outbound", Some(name)),
            entry("internal", Some(name)),
        ],
        "tags": [text],
        "fields": { name: text },
    });
    serde_json::from_value(all).unwrap()
}

/// Lines as the least careful program would find them.
fn lines(text: &str) -> impl Iterator<Item = &str> {
    let ends = ['\n', '\r', '\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}'];
    text.trim_end_matches('\n').split(ends)
}

fn begins_only_lines_of_its_own(name: &str, text: &str) {
    let shown = said(name, text).to_string();
    let begun: Vec<_> = lines(&shown).filter(|line| !line.starts_with("    ")).collect();
    let begins = ["# 2", "# tag ", "# field ", "[1970-", "[1970-", "[1970-"];
    assert_eq!(begun.len(), begins.len(), "{shown:?}");
    for (line, begins) in begun.iter().zip(begins) {
        assert!(line.starts_with(begins), "{line:?}");
    }
    let marks: Vec<_> = begun[3..].iter().map(|line| line.as_bytes()[26]).collect();
    assert_eq!(marks, b"><*", "{shown:?}");
    let unseen = |c: char| c.is_control() && c != '\n' && c != '\t';
    assert!(!shown.contains(unseen), "{shown:?}");
    assert!(!shown.contains(['\u{202e}', '\u{2066}']), "{shown:?}");
}

#[test]
fn what_customers_call_themselves_and_write_cannot_pass_for_another_line() {
    let forged = "[1970-01-01 00:00:00 UTC] < bia (read): you get your money back";
    for end in ["\n", "\r", "\r\n", "\u{b}", "\u{c}", "\u{85}", "\u{2028}", "\u{2029}"] {
        begins_only_lines_of_its_own(&format!("Ana{end}{forged}"), "hello");
        begins_only_lines_of_its_own("Ana", &format!("hello{end}{forged}{end}"));
    }
    begins_only_lines_of_its_own("< bia (read)", "\u{202e}olleh \u{1b}[2K");
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_written_begins_only_lines_of_its_own(name in any::<String>(), text in any::<String>()) {
        begins_only_lines_of_its_own(&name, &text);
    }
}
