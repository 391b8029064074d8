//! Whether what Meta's file and the corpus say is really typed: nothing of it may be kept in
//! `other`, but for what a table names.

use std::fs;
use std::path::Path;

use serde::de::{DeserializeOwned, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Map, Value};
use whatsapp_cloud::api::{
    Operation, automation, calls, coexistence, commerce, compliance, contact_book, encryption,
    payment_lookup, phone_number, profile, qr_codes, settings, thread_control, usernames,
};

/// A member that no type knows. It is sorted before all others, so that those which are
/// written behind it are unknown too.
const MARK: &str = "\0";

/// What the types do not tell, and why.
const KEPT: &[(&str, &str)] = &[
    // The example is that of a list of numbers, under the path of a number.
    ("get--phone_number_id--metadocs-03.json", "data"),
    ("get--phone_number_id--metadocs-03.json", "paging"),
];

/// Members whose names are the business's own.
const FREE: &[&str] = &["request_uri_user_params", "notes"];

type Look = fn(&Value) -> Vec<String>;

struct Call {
    method: &'static str,
    path: &'static str,
    body: Look,
    answer: Look,
}

fn call<C: Operation<Response: Serialize>>() -> Call {
    Call { answer: unknown::<C::Response>, ..done::<C>() }
}

/// A call that answers that it was done, and no more.
fn done<C: Operation>() -> Call {
    Call {
        method: C::METHOD.as_str(),
        path: C::PATH,
        body: unknown::<C::Body>,
        answer: |answer| {
            let read = serde_json::from_value::<C::Response>(answer.clone());
            read.err().map(|error| error.to_string()).into_iter().collect()
        },
    }
}

fn all() -> Vec<Call> {
    vec![
        call::<phone_number::GetPhoneNumber>(),
        call::<phone_number::ListPhoneNumbers>(),
        call::<phone_number::GetAccountNumber>(),
        done::<phone_number::UpdatePhoneNumber>(),
        call::<phone_number::AddPhoneNumber>(),
        call::<phone_number::CreatePhoneNumber>(),
        done::<phone_number::RegisterPhoneNumber>(),
        done::<phone_number::DeregisterPhoneNumber>(),
        done::<phone_number::RequestCode>(),
        call::<phone_number::VerifyCode>(),
        done::<phone_number::RequestPreVerifiedCode>(),
        call::<phone_number::VerifyPreVerifiedCode>(),
        call::<phone_number::GetOfficialStatus>(),
        call::<phone_number::UpdateOfficialStatus>(),
        call::<settings::GetSettings>(),
        done::<settings::UpdateSettings>(),
        done::<profile::GetProfile>(),
        done::<profile::UpdateProfile>(),
        call::<profile::GetProfileNode>(),
        call::<profile::UpdateProfileNode>(),
        call::<commerce::GetCommerceSettings>(),
        done::<commerce::UpdateCommerceSettings>(),
        call::<compliance::GetCompliance>(),
        done::<compliance::UpdateCompliance>(),
        call::<qr_codes::ListQrCodes>(),
        call::<qr_codes::CreateQrCode>(),
        call::<qr_codes::UpdateQrCode>(),
        call::<qr_codes::GetQrCode>(),
        done::<qr_codes::DeleteQrCode>(),
        call::<encryption::GetPublicKey>(),
        done::<automation::ConfigureAutomation>(),
        call::<automation::GetBot>(),
        call::<usernames::GetUsername>(),
        call::<usernames::SetUsername>(),
        call::<usernames::DeleteUsername>(),
        call::<usernames::ListUsernameSuggestions>(),
        call::<calls::CheckCallPermissions>(),
        call::<calls::ManageCall>(),
        call::<contact_book::DeleteContact>(),
        call::<contact_book::GetParentAccount>(),
        call::<thread_control::ControlThread>(),
        call::<coexistence::SyncAppData>(),
        call::<payment_lookup::GetPayment>(),
        call::<payment_lookup::RefundPayment>(),
    ]
}

/// Where in `json` something stands that `T` does not tell.
fn unknown<T: DeserializeOwned + Serialize>(json: &Value) -> Vec<String> {
    let mut marked = json.clone();
    mark(&mut marked);
    let value: T = match serde_json::from_value(marked.clone()) {
        Ok(value) => value,
        Err(error) => return vec![error.to_string()],
    };
    let text = serde_json::to_string(&value).unwrap();
    assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), marked);
    let mut found = Vec::new();
    serde_json::from_str::<Ordered>(&text).unwrap().behind_mark("", &mut found);
    found
}

fn mark(json: &mut Value) {
    match json {
        Value::Object(members) => {
            for (_, member) in members.iter_mut().filter(|(name, _)| !FREE.contains(&name.as_str()))
            {
                mark(member);
            }
            let mut marked = Map::new();
            marked.insert(MARK.to_owned(), Value::from("mark"));
            marked.append(members);
            *members = marked;
        }
        Value::Array(list) => list.iter_mut().for_each(mark),
        _ => {}
    }
}

/// JSON whose members are in the order in which they were written.
enum Ordered {
    Leaf,
    List(Vec<Ordered>),
    Object(Vec<(String, Ordered)>),
}

impl Ordered {
    fn behind_mark(&self, at: &str, found: &mut Vec<String>) {
        match self {
            Self::Leaf => {}
            Self::List(list) => list.iter().for_each(|element| element.behind_mark(at, found)),
            Self::Object(members) => {
                let place =
                    |name: &str| format!("{at}{}{name}", if at.is_empty() { "" } else { "." });
                let mark = members.iter().position(|(name, _)| name == MARK);
                let known = mark.unwrap_or(members.len());
                for (name, value) in &members[..known] {
                    value.behind_mark(&place(name), found);
                }
                found.extend(members.iter().skip(known + 1).map(|(name, _)| place(name)));
            }
        }
    }
}

impl<'de> Deserialize<'de> for Ordered {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reader;

        impl<'de> Visitor<'de> for Reader {
            type Value = Ordered;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("JSON")
            }

            fn visit_unit<E>(self) -> Result<Ordered, E> {
                Ok(Ordered::Leaf)
            }

            fn visit_bool<E>(self, _: bool) -> Result<Ordered, E> {
                Ok(Ordered::Leaf)
            }

            fn visit_i64<E>(self, _: i64) -> Result<Ordered, E> {
                Ok(Ordered::Leaf)
            }

            fn visit_u64<E>(self, _: u64) -> Result<Ordered, E> {
                Ok(Ordered::Leaf)
            }

            fn visit_f64<E>(self, _: f64) -> Result<Ordered, E> {
                Ok(Ordered::Leaf)
            }

            fn visit_str<E>(self, _: &str) -> Result<Ordered, E> {
                Ok(Ordered::Leaf)
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Ordered, A::Error> {
                let mut found = Vec::new();
                while let Some(element) = list.next_element()? {
                    found.push(element);
                }
                Ok(Ordered::List(found))
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Ordered, A::Error> {
                let mut found = Vec::new();
                while let Some(member) = map.next_entry()? {
                    found.push(member);
                }
                Ok(Ordered::Object(found))
            }
        }

        deserializer.deserialize_any(Reader)
    }
}

/// The path with the ids named alike.
fn shape(path: &str) -> String {
    path.trim_start_matches("/{version}").replace('-', "_").to_ascii_lowercase()
}

/// Names that the corpus has for the ids of Meta's paths.
fn metas(path: &str) -> String {
    shape(path)
        .replace("{preverified_id}", "{pre_verified_phone_number_id}")
        .replace("/{version}", "")
}

/// What the fewest unknown members of all calls of that method and path are.
fn fewest(method: &str, path: &str, json: &Value, look: fn(&Call) -> Look) -> Option<Vec<String>> {
    all()
        .iter()
        .filter(|call| call.method == method && shape(call.path) == metas(path))
        .map(|call| look(call)(json))
        .min_by_key(Vec::len)
}

#[test]
fn the_search_finds_what_is_not_typed() {
    let json = serde_json::json!({
        "status": "reserved", "new": 1, "username": "u", "more": {"status": 1},
    });
    assert_eq!(unknown::<usernames::Username>(&json), ["more", "new"]);
    let json = serde_json::json!({"calling": {"sip": {"servers": [{"hostname": "h", "new": 1}]}}});
    assert_eq!(unknown::<settings::Settings>(&json), ["calling.sip.servers.new"]);
}

#[test]
fn nothing_of_metas_examples_is_left_over() {
    let mut seen = 0;
    for line in include_str!("../../fixtures/meta-openapi/requests.jsonl").lines() {
        let example: Value = serde_json::from_str(line).unwrap();
        let text = |name: &str| example[name].as_str().unwrap();
        let found = fewest(text("method"), text("path"), &example["body"], |call| call.body);
        if let Some(found) = found {
            seen += 1;
            assert!(found.is_empty(), "{} {}: {found:?}", text("method"), text("path"));
        }
    }
    assert!(seen >= 45, "{seen}");
}

#[test]
fn nothing_of_the_corpus_is_left_over() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/cloud-api/corpus/requests");
    let folder = Path::new(folder);
    let Ok(index) = fs::read_to_string(folder.join("index.jsonl")) else {
        println!("skipped: there is no corpus of calls");
        return;
    };
    let mut seen = 0;
    let mut kept = Vec::new();
    for line in index.lines() {
        let file: Value = serde_json::from_str(line).unwrap();
        let name = file["file"].as_str().unwrap();
        let text = fs::read_to_string(folder.join(name)).unwrap();
        let call: Value = serde_json::from_str(&text).unwrap();
        let (method, path) =
            (call["method"].as_str().unwrap(), call["path_template"].as_str().unwrap());
        let answer = &call["expected_response"];
        let is_taken = answer["status"] == 200;
        for (json, look) in [
            (&call["body"], (|call| call.body) as fn(&Call) -> Look),
            (&answer["body"], |call| call.answer),
        ] {
            if !json.is_object() || (std::ptr::eq(json, &answer["body"]) && !is_taken) {
                continue;
            }
            if let Some(found) = fewest(method, path, json, look) {
                seen += 1;
                kept.extend(found.into_iter().map(|place| (name.to_owned(), place)));
            }
        }
    }
    assert!(seen >= 90, "{seen}");
    let named: Vec<_> =
        KEPT.iter().map(|(name, place)| ((*name).to_owned(), (*place).to_owned())).collect();
    kept.sort();
    assert_eq!(kept, named);
}
