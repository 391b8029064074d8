//! Everything of the corpus that is of this part is read into members that have a name.

use std::fmt;
use std::fs;
use std::path::Path;

use serde::de::{DeserializeOwned, Deserializer, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use whatsapp_cloud::api::conversions::{Conversions, ConversionsTaken};
use whatsapp_cloud::api::flows::{
    CreatedFlow, Flow, FlowMigration, MeasuredFlow, MigratedFlows, NewFlow, UploadedFlowJson,
};
use whatsapp_cloud::api::groups::{GroupRequest, InviteLink, Participants};
use whatsapp_cloud::api::marketing::MarketingInsights;
use whatsapp_cloud::api::signups::{SignupChanges, SignupCreated};
use whatsapp_cloud::api::subscriptions::{
    AppSubscription, Subscribed, SubscribedApp, Subscription,
};
use whatsapp_cloud::api::tokens::InspectedToken;
use whatsapp_cloud::api::uploads::{StartedUpload, UploadProgress, UploadedFile};
use whatsapp_cloud::api::welcome_sequences::CreatedWelcomeSequence;
use whatsapp_cloud::wire::Page;

/// JSON whose members are in the order in which they were written.
enum Ordered {
    Object(Vec<(String, Ordered)>),
    List(Vec<Ordered>),
    Other,
}

impl<'de> Deserialize<'de> for Ordered {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Any;

        impl<'de> Visitor<'de> for Any {
            type Value = Ordered;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("JSON")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Ordered, A::Error> {
                let mut members = Vec::new();
                while let Some(member) = map.next_entry()? {
                    members.push(member);
                }
                Ok(Ordered::Object(members))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Ordered, A::Error> {
                let mut elements = Vec::new();
                while let Some(element) = list.next_element()? {
                    elements.push(element);
                }
                Ok(Ordered::List(elements))
            }

            fn visit_bool<E>(self, _: bool) -> Result<Ordered, E> {
                Ok(Ordered::Other)
            }

            fn visit_i64<E>(self, _: i64) -> Result<Ordered, E> {
                Ok(Ordered::Other)
            }

            fn visit_u64<E>(self, _: u64) -> Result<Ordered, E> {
                Ok(Ordered::Other)
            }

            fn visit_f64<E>(self, _: f64) -> Result<Ordered, E> {
                Ok(Ordered::Other)
            }

            fn visit_str<E>(self, _: &str) -> Result<Ordered, E> {
                Ok(Ordered::Other)
            }

            fn visit_unit<E>(self) -> Result<Ordered, E> {
                Ok(Ordered::Other)
            }
        }

        deserializer.deserialize_any(Any)
    }
}

/// Comes before every other name among the members that are not known.
const MARK: &str = "\u{1}";

fn mark(value: &mut Value) {
    match value {
        Value::Object(members) => {
            members.values_mut().for_each(mark);
            members.insert(MARK.to_owned(), Value::Null);
        }
        Value::Array(list) => list.iter_mut().for_each(mark),
        _ => {}
    }
}

/// Members that are known are written first, in the order of their declaration; what comes
/// behind the mark is in `other`.
fn unknown(json: &Ordered, path: &str, into: &mut Vec<String>) {
    match json {
        Ordered::Object(members) => {
            let mark = members.iter().position(|(name, _)| name == MARK).unwrap();
            for (index, (name, value)) in members.iter().enumerate() {
                let path = format!("{path}/{name}");
                if index > mark {
                    into.push(path);
                } else if index < mark {
                    unknown(value, &path, into);
                }
            }
        }
        Ordered::List(list) => list.iter().for_each(|value| unknown(value, path, into)),
        Ordered::Other => {}
    }
}

/// The members of `value` that no member of `T` tells. Fails unless it is written as it came.
fn untyped<T: Serialize + DeserializeOwned>(value: &Value) -> Vec<String> {
    let read: T = serde_json::from_value(value.clone()).unwrap();
    assert_eq!(&serde_json::to_value(&read).unwrap(), value);

    let mut marked = value.clone();
    mark(&mut marked);
    let read: T = serde_json::from_value(marked).unwrap();
    let written = serde_json::to_string(&read).unwrap();
    let mut found = Vec::new();
    unknown(&serde_json::from_str(&written).unwrap(), "", &mut found);
    found
}

#[test]
fn a_member_without_a_name_would_be_found() {
    let value = json!({"id": "1", "status": "ACTIVE", "preview": {"a": 1, "preview_url": "x"}});
    assert_eq!(untyped::<Flow>(&value), ["/preview/a"]);
    assert_eq!(untyped::<Page<Flow>>(&json!({"data": [{"b": {}}], "c": 1})), ["/data/b", "/c"]);
}

type Check = fn(&Value) -> Vec<String>;

/// What a file of the corpus holds: the call's body, and the answer when it was done.
const FILES: &[(&str, Option<Check>, Option<Check>)] = &[
    ("delete--group_id--constructed-01", None, Some(untyped::<GroupRequest>)),
    ("delete--participants--metadocs-01", Some(untyped::<Participants>), None),
    ("get--debug_token--metadocs-01", None, Some(untyped::<InspectedToken>)),
    ("get--flow_id--metaspec-01", None, Some(untyped::<MeasuredFlow>)),
    ("get--flow_id--metaspec-01", None, Some(untyped::<Flow>)),
    ("get--flows--metaspec-01", None, Some(untyped::<Page<Flow>>)),
    ("get--insights--metadocs-01", None, Some(untyped::<Page<MarketingInsights>>)),
    ("get--invite_link--constructed-01", None, Some(untyped::<InviteLink>)),
    ("get--subscribed_apps--metaspec-01", None, Some(untyped::<Page<SubscribedApp>>)),
    ("get--subscriptions--constructed-01", None, Some(untyped::<Page<AppSubscription>>)),
    ("get--upload_id--constructed-01", None, Some(untyped::<UploadProgress>)),
    ("post--assets--metaspec-01", None, Some(untyped::<UploadedFlowJson>)),
    ("post--flows--constructed-01", Some(untyped::<NewFlow>), Some(untyped::<CreatedFlow>)),
    ("post--invite_link--constructed-01", Some(untyped::<InviteLink>), Some(untyped::<InviteLink>)),
    ("post--migrate_flows--metaspec-01", None, Some(untyped::<MigratedFlows>)),
    (
        "post--signups_signup_id--constructed-01",
        Some(untyped::<SignupChanges>),
        Some(untyped::<SignupCreated>),
    ),
    (
        "post--subscribed_apps--metadocs-02",
        Some(untyped::<Subscription>),
        Some(untyped::<Subscribed>),
    ),
    (
        "post--subscribed_apps--metaspec-01",
        Some(untyped::<Subscription>),
        Some(untyped::<Subscribed>),
    ),
    ("post--upload_id--constructed-01", None, Some(untyped::<UploadedFile>)),
    ("post--uploads--constructed-01", None, Some(untyped::<StartedUpload>)),
    (
        "post--whatsappbusinessaccount_welcome_message_sequences--metadocs-01",
        None,
        Some(untyped::<CreatedWelcomeSequence>),
    ),
];

#[test]
fn every_body_and_every_answer_of_the_corpus_is_typed() {
    let folder =
        Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/cloud-api/corpus/requests"));
    if !folder.is_dir() {
        println!("skipped: there is no corpus of calls");
        return;
    }
    for (name, body, said) in FILES {
        let text = fs::read_to_string(folder.join(format!("{name}.json"))).unwrap();
        let file: Value = serde_json::from_str(&text).unwrap();
        if let Some(check) = body {
            assert_eq!(check(&file["body"]), [""; 0], "{name}: body");
        }
        if let Some(check) = said {
            let response = &file["expected_response"];
            assert_eq!(response["status"], 200, "{name}");
            assert_eq!(check(&response["body"]), [""; 0], "{name}: answer");
        }
    }
}

#[test]
fn the_examples_of_metas_pages_are_typed() {
    let events = json!({"data": [{
        "event_name": "Purchase", "event_time": 1_749_069_131,
        "action_source": "business_messaging", "messaging_channel": "whatsapp",
        "user_data": {"ctwa_clid": "Afc3"}, "custom_data": {"currency": "USD", "value": 25_000},
        "messaging_outcome_data": {"outcome_type": "automatic_events"},
    }]});
    assert_eq!(untyped::<Conversions>(&events), [""; 0]);
    let taken = json!({"events_received": 1, "messages": [], "fbtrace_id": "A"});
    assert_eq!(untyped::<ConversionsTaken>(&taken), [""; 0]);
    let from = json!({"source_waba_id": "1", "source_flow_names": ["a"]});
    assert_eq!(untyped::<FlowMigration>(&from), [""; 0]);
}
