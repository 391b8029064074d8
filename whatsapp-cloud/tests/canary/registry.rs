//! Every public type is looked at, and none shows a canary.

use std::collections::BTreeSet;
use std::fmt::Debug;
use std::marker::PhantomData;

use crate::shown::{EVERY, PHONE, Shown, leaks, shown};
use crate::sources::{declared, types};
use crate::{asked, by_hand, flows, objects, records, told, words};

/// Types that cannot be shown at all.
macro_rules! without_debug {
    ($($($path:ident)::+,)+) => {
        fn without_debug() -> Vec<(String, bool)> {
            vec![$({
                type Here = whatsapp_cloud::$($path)::+;
                (crate::shown::name::<Here>(), <Probe<Here>>::SHOWS)
            },)+]
        }
    };
}

without_debug! {
    wire::ErrorData,
}

/// Types that hold numbers, times and words of ours, and nothing that could be a canary.
const WITHOUT_TEXT: &[&str] = &[
    "whatsapp_cloud::api::messages::template::button::ButtonIndex",
    "whatsapp_cloud::api::success::Success",
    "whatsapp_cloud::api::templates::preview::PreviewButtons",
    "whatsapp_cloud::api::templates::preview::PreviewCategory",
    "whatsapp_cloud::client::limiter::limits::LimiterOptions",
    "whatsapp_cloud::client::limiter::limits::Priority",
    "whatsapp_cloud::client::limiter::limits::Throughput",
    "whatsapp_cloud::client::limiter::slot::Full",
    "whatsapp_cloud::client::limiter::slot::Outcome",
    "whatsapp_cloud::client::observe::CallOutcome",
    "whatsapp_cloud::client::observe::Called",
    "whatsapp_cloud::client::onboarding::problem::Mismatch",
    "whatsapp_cloud::client::onboarding::problem::RegistrationProblem",
    "whatsapp_cloud::client::onboarding::problem::Remedy",
    "whatsapp_cloud::client::onboarding::problem::Step",
    "whatsapp_cloud::client::onboarding::progress::Registered",
    "whatsapp_cloud::client::retry::Attempt",
    "whatsapp_cloud::client::retry::Decision",
    "whatsapp_cloud::client::retry::GiveUp",
    "whatsapp_cloud::client::retry::RetryPolicy",
    "whatsapp_cloud::client::retry::Safety",
    "whatsapp_cloud::endpoint::Host",
    "whatsapp_cloud::endpoint::InvalidPath",
    "whatsapp_cloud::endpoint::Method",
    "whatsapp_cloud::error::catalogue::Advice",
    "whatsapp_cloud::error::catalogue::Effect",
    "whatsapp_cloud::error::catalogue::Entry",
    "whatsapp_cloud::error::catalogue::Fault",
    "whatsapp_cloud::error::catalogue::Retry",
    "whatsapp_cloud::error::kind::ErrorKind",
    "whatsapp_cloud::flow_endpoint::reply::Unopened",
    "whatsapp_cloud::simulator::access::Permission",
    "whatsapp_cloud::simulator::fault::Fault",
    "whatsapp_cloud::simulator::fault::WebhookFault",
    "whatsapp_cloud::webhook::axum::serve::Serving",
    "whatsapp_cloud::webhook::content::UnreadableReason",
    "whatsapp_cloud::webhook::event::MalformedReason",
    "whatsapp_cloud::webhook::event::UnparsedReason",
    "whatsapp_cloud::webhook::handshake::HandshakeError",
    "whatsapp_cloud::webhook::receive::reply::Answer",
    "whatsapp_cloud::webhook::signature::SignatureError",
    "whatsapp_cloud::wire::whatsapp::WhatsApp",
];

/// What a type without text is made of, beside others without text.
const PLAIN: &[&str] = &[
    "bool", "u8", "u16", "u32", "u64", "usize", "i64", "f64", "Duration", "Instant", "Option",
    "pub", "super", "in", "crate", "static", "str", "self",
];

/// Whether a type can be shown.
struct Probe<T>(PhantomData<T>);

#[allow(dead_code, reason = "it is there for types that can be shown only")]
impl<T: Debug> Probe<T> {
    const SHOWS: bool = true;
}

trait Fallback {
    const SHOWS: bool = false;
}

impl<T> Fallback for Probe<T> {}

/// The types that stand in a declaration: behind colons and in brackets.
fn parts(body: &str) -> Vec<String> {
    let mut parts = Vec::new();
    for line in body.lines() {
        let line = line.split("//").next().unwrap();
        let line = line.replace("pub(super) ", "").replace("pub(super)", "");
        let types = line.find([':', '(']).map_or("", |at| &line[at..]);
        let is_part =
            |word: &&str| !word.is_empty() && !word.bytes().all(|byte| byte.is_ascii_digit());
        let words = types.split(|char: char| !char.is_alphanumeric() && char != '_');
        if !line.trim_start().starts_with("#[") {
            parts.extend(words.filter(is_part).map(str::to_owned));
        }
    }
    parts
}

/// All that is looked at.
async fn all() -> Vec<Shown> {
    let mut all = objects::all();
    all.extend(words::all());
    all.extend(records::all());
    all.extend(asked::shown());
    all.extend(by_hand::all());
    all.extend(told::all());
    all.extend(flows::all());
    all.extend(crate::running::all().await);
    all.extend(crate::logs::session().await.shown);
    all
}

#[tokio::test]
async fn every_public_type_is_looked_at_and_shows_no_canary() {
    let all = all().await;
    let without_debug = without_debug();
    let looked_at: BTreeSet<&str> = all
        .iter()
        .map(|shown| shown.name.as_str())
        .chain(without_debug.iter().map(|(name, _)| name.as_str()))
        .chain(WITHOUT_TEXT.iter().copied())
        .collect();
    let declared: BTreeSet<&str> = types().keys().map(String::as_str).collect();
    assert!(declared.len() > 1_000, "{}", declared.len());
    let missing: Vec<_> = declared.difference(&looked_at).collect();
    assert!(missing.is_empty(), "{} are not looked at: {missing:#?}", missing.len());
    let gone: Vec<_> = looked_at.difference(&declared).collect();
    assert!(gone.is_empty(), "not in the sources: {gone:#?}");
    let leaks = leaks(&all);
    assert!(leaks.is_empty(), "{} leak:\n{}", leaks.len(), leaks.join("\n"));
}

#[test]
fn what_is_said_to_hold_no_text_holds_none() {
    let types = types();
    let short: BTreeSet<_> =
        WITHOUT_TEXT.iter().filter_map(|name| name.rsplit("::").next()).collect();
    for name in WITHOUT_TEXT {
        let body = &types[*name].body;
        let unknown: Vec<_> = parts(body)
            .into_iter()
            .filter(|part| !PLAIN.contains(&part.as_str()) && !short.contains(part.as_str()))
            .collect();
        assert!(unknown.is_empty(), "{name}: {unknown:?}");
        // A text of ours is known when this is compiled.
        let texts = parts(body).into_iter().filter(|part| part == "str").count();
        assert_eq!(texts, body.matches("&'static str").count(), "{name}");
    }
}

#[test]
fn what_is_said_to_show_nothing_cannot_be_shown() {
    for (name, shows) in without_debug() {
        assert!(!shows, "{name} can be shown: show it");
    }
    let shows = <Probe<String>>::SHOWS;
    assert!(shows, "what can be shown is told apart");
}

#[test]
fn a_type_that_shows_what_it_holds_is_caught() {
    #[derive(Debug)]
    #[allow(dead_code, reason = "it is to be shown")]
    struct Leaking {
        to: String,
        bytes: Vec<u8>,
    }

    for (to, bytes) in [(PHONE, ""), ("", "CANARY"), (EVERY, EVERY)] {
        let leaking = Leaking { to: to.to_owned(), bytes: bytes.into() };
        assert_eq!(leaks(&[shown(&leaking)]).len(), 1);
    }
    let open = Leaking { to: "1".to_owned(), bytes: vec![1] };
    assert!(leaks(&[shown(&open)]).is_empty());
}

#[test]
fn a_type_that_is_new_is_missed() {
    for (source, name, members) in [
        ("/// A.\npub struct A {\n    /// B.\n    pub b: String,\n}\n", "A", 1),
        ("pub enum A {\n    B(String),\n}\n", "A", 0),
        (
            "object! {\n    pub struct A {\n        pub b: Option<String> = \"b\",\n    }\n}\n",
            "A",
            1,
        ),
        ("open_enum! {\n    A {\n        B = \"B\",\n    }\n}\n", "A", 0),
        ("macro_rules! a {\n    () => {\n        pub enum A {}\n    };\n}\n", "A", 0),
    ] {
        let found = declared(source);
        assert_eq!(found.len(), 1, "{source}");
        assert_eq!((found[0].0.as_str(), found[0].1.members.len()), (name, members), "{source}");
    }
    assert!(
        declared("struct A;\npub(crate) enum B {}\npub fn c() {}\npub trait D {}\n").is_empty()
    );
    assert_eq!(parts("pub struct A {\npub b: Option<String>,\n"), ["Option", "String"]);
    assert_eq!(parts("pub enum A {\nB(Text),\n"), ["Text"]);
}
