//! Everything that Meta is known to post for the field `messages` goes the whole way in, and
//! what it says is there afterwards: each message, each status, each thing nobody knows.
#![allow(missing_docs, clippy::unwrap_used, clippy::print_stdout)]

#[path = "../../whatsapp-cloud/tests/webhooks/meta_yaml.rs"]
mod meta_yaml;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use atendimento_core::Desk;
use atendimento_core::channel::whatsapp::WhatsApp;
use atendimento_core::domain::access::{Actor, Role};
use atendimento_core::domain::{Content, Direction, Event};
use atendimento_core::engine::Why;
use atendimento_core::store::memory::MemoryStore;
use atendimento_core::store::{Cursor, Queries};
use atendimento_core::testing::{ManualClock, SeededRandomness, TestKeys};
use atendimento_core::time::Timestamp;
use atendimento_core::vault::Vault;
use secrecy::SecretString;
use serde_json::Value;
use whatsapp_cloud::Client;
use whatsapp_cloud::webhook::Verifier;

/// Where the project's own fixtures are.
const FIXTURES: &str =
    concat!(env!("CARGO_MANIFEST_DIR"), "/../whatsapp-cloud/tests/fixtures/webhooks");

/// A file of the material on Meta's API, or `None`, and a line, where it is not there.
fn shared(path: &str) -> Option<PathBuf> {
    let path = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared")).join(path);
    if !path.exists() {
        println!("skipped: the shared material is not there");
        return None;
    }
    Some(path)
}

/// The bodies in a folder that hold a change of the field `messages`, by name.
fn bodies_of(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut bodies = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let bytes = std::fs::read(&path).unwrap();
        let Ok(body) = serde_json::from_slice::<Value>(&bytes) else { continue };
        if changes(&body).any(|change| change["field"] == "messages") {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            bodies.push((name, bytes));
        }
    }
    bodies.sort();
    bodies
}

fn changes(body: &Value) -> impl Iterator<Item = &Value> {
    let entries = body["entry"].as_array().into_iter().flatten();
    entries.flat_map(|entry| entry["changes"].as_array().into_iter().flatten())
}

/// What a body says, each by itself: found without the parser that is examined.
fn said_in(body: &Value) -> Vec<Value> {
    let mut said = Vec::new();
    for change in changes(body) {
        let Some(value) = change["value"].as_object().filter(|_| change["field"] == "messages")
        else {
            continue; // kept as well, and examined by the parser's own tests
        };
        for (member, news) in value {
            match member.as_str() {
                "messaging_product" | "metadata" | "contacts" => {}
                "messages" | "statuses" | "errors" | "user_actions" => {
                    said.extend(news.as_array().into_iter().flatten().cloned());
                }
                _ => said.push(news.clone()),
            }
        }
    }
    said
}

/// The names that senders of messages show, as far as a body tells which is whose.
fn names_in(body: &Value) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for change in changes(body) {
        let value = &change["value"];
        if !value["metadata"]["phone_number_id"].is_string() {
            continue; // nobody knows for whom it is: kept as a notice
        }
        for message in value["messages"].as_array().into_iter().flatten() {
            let is_sender = |contact: &&Value| {
                let same = |a: &str, b: &str| {
                    contact[a].is_string()
                        && !contact[a].as_str().unwrap().is_empty()
                        && contact[a] == message[b]
                };
                // A recycled number: the phone fits, and it is another person.
                let both = contact["user_id"].is_string() && message["from_user_id"].is_string();
                let other = both && contact["user_id"] != message["from_user_id"];
                message["group_id"].is_null()
                    && !other
                    && (same("wa_id", "from") || same("user_id", "from_user_id"))
            };
            let contacts = value["contacts"].as_array();
            let contact = contacts.into_iter().flatten().find(is_sender);
            let name = contact.and_then(|contact| contact["profile"]["name"].as_str());
            names.extend(name.map(str::to_owned));
        }
    }
    names
}

/// Signs, verifies, receives and processes a body twice; gives what is kept of it.
async fn keep(name: &str, bytes: &[u8]) -> (Vec<Value>, BTreeSet<String>) {
    let body: Value = serde_json::from_slice(bytes).unwrap();
    let store = MemoryStore::new();
    let randomness = SeededRandomness::new(1);
    let vault = Vault::new(Arc::new(TestKeys::default()), Arc::new(randomness.clone())).unwrap();
    let channel = WhatsApp::new(Client::new(SecretString::from("token")).unwrap());
    let accounts: BTreeSet<_> = changes(&body)
        .filter_map(|change| change["value"]["metadata"]["phone_number_id"].as_str())
        .collect();
    let mut builder = Desk::builder(store.clone(), vault, channel)
        .clock(ManualClock::at(Timestamp::from_seconds(1_790_000_000)))
        .randomness(randomness)
        .account("not in any body", "service");
    for account in accounts {
        builder = builder.account(account, "service");
    }
    let desk = builder.build().unwrap();

    let verifier = Verifier::new([SecretString::from("secret")]).unwrap();
    let signature = verifier.sign(bytes);
    let verified = verifier.verify(&signature, bytes).unwrap();
    desk.receive(WhatsApp::authentic(&verified)).await.unwrap();
    desk.run_until_idle().await.unwrap_or_else(|error| panic!("{name}: {error}"));
    let (once, _) = store.journal(Cursor::default(), 1000).await.unwrap();
    desk.receive(WhatsApp::authentic(&verified)).await.unwrap();
    desk.run_until_idle().await.unwrap_or_else(|error| panic!("{name}: {error}"));
    let (twice, _) = store.journal(Cursor::default(), 1000).await.unwrap();
    assert_eq!(once, twice, "{name}: delivered twice");

    let auditor = Actor::new("vera", "default", Role::AUDITOR);
    let mut kept = Vec::new();
    for it in desk.inspect(&auditor, 1000).await.unwrap() {
        let read = !matches!(it.why, Why::Unreadable(_) | Why::GivenUp(_));
        assert!(read, "{name}: {:?}", it.why);
        // Some of our own fixtures are malformed on purpose; what is Meta's is not.
        let is_ours = Path::new(FIXTURES).join(name).exists();
        assert!(is_ours || it.why != Why::Notice("malformed".into()), "{name}");
        kept.push(serde_json::from_slice(&it.content.unwrap()).unwrap());
    }
    let mut names = BTreeSet::new();
    let conversations: BTreeSet<_> = once.iter().map(|fact| fact.conversation).collect();
    for id in conversations {
        let view = desk.read(&auditor, id).await.unwrap();
        names.extend(view.profile.name);
        for message in view.messages {
            assert_eq!(message.direction, Direction::Inbound);
            let Content::Received(received) = message.content else { panic!("{name}") };
            kept.push(serde_json::from_str(&received.raw).unwrap());
        }
    }
    let messages = once.iter().filter(|it| matches!(it.event, Event::MessageReceived { .. }));
    assert!(messages.count() <= kept.len(), "{name}");
    (kept, names)
}

async fn nothing_is_lost(bodies: Vec<(String, Vec<u8>)>) -> usize {
    let count = bodies.len();
    for (name, bytes) in bodies {
        let body: Value = serde_json::from_slice(&bytes).unwrap();
        let (kept, names) = keep(&name, &bytes).await;
        for said in said_in(&body) {
            assert!(kept.contains(&said), "{name}: lost {said}");
        }
        for shown in names_in(&body) {
            assert!(names.contains(&shown), "{name}: lost the name of a sender");
        }
    }
    count
}

#[tokio::test]
async fn what_the_fixtures_say_is_there_afterwards() {
    let bodies = bodies_of(Path::new(FIXTURES));

    assert!(nothing_is_lost(bodies).await > 60);
}

#[tokio::test]
async fn what_the_corpus_says_is_there_afterwards() {
    if let Some(folder) = shared("cloud-api/corpus/webhooks") {
        assert!(nothing_is_lost(bodies_of(&folder)).await > 220);
    }
}

#[tokio::test]
async fn what_metas_own_examples_say_is_there_afterwards() {
    if let Some(file) = shared("cloud-api/meta-openapi-v23.yaml") {
        let examples = meta_yaml::examples(&std::fs::read_to_string(file).unwrap());
        let bodies = examples.into_iter().map(|(name, body)| (name, body.to_string().into_bytes()));
        assert_eq!(nothing_is_lost(bodies.collect()).await, 16);
    }
}
