//! What a Flow asks of an endpoint.

use secrecy::SecretString;
use serde_json::{Map, Value, json};
use whatsapp_cloud::flow_endpoint::{FlowAnswer, FlowEndpoint, FlowMedia, FlowRequest, PrivateKey};
use whatsapp_cloud::webhook::Verified;

use crate::shown::{EVERY, SECRET, Shown, WORD, displayed, error, shown};

const KEY: &str = include_str!("../fixtures/flow_endpoint/keys/pkcs8.pem");
const ENCRYPTED: &str = include_str!("../fixtures/flow_endpoint/keys/pkcs8-aes256-scrypt.pem");

fn key() -> PrivateKey {
    PrivateKey::from_pem(&SecretString::from(KEY), None).unwrap()
}

fn exchange() -> Value {
    let lines = include_str!("../fixtures/flow_endpoint/exchanges.jsonl").lines();
    let mut exchanges = lines.map(|line| serde_json::from_str::<Value>(line).unwrap());
    exchanges.find(|made| made["key"] == "pkcs8").unwrap()
}

pub(crate) fn all() -> Vec<Shown> {
    let mut request = FlowRequest::default();
    let data: Map<String, Value> = Map::from_iter([
        (EVERY.to_owned(), EVERY.into()),
        ("error".to_owned(), WORD.into()),
        ("error_message".to_owned(), EVERY.into()),
    ]);
    // The business named its screens itself.
    request.screen = Some(WORD.to_owned());
    request.flow_token = Some(SECRET.to_owned());
    request.flow_token_signature = Some(SECRET.to_owned());
    (request.data, request.other) = (data.clone(), data.clone());
    let made = exchange();
    let body = made["body"].as_str().unwrap().as_bytes();
    let endpoint = FlowEndpoint::new([key()]).unwrap();
    let opened = || endpoint.open(Verified::restored(body)).unwrap();
    let media = FlowMedia::read(&json!({
        "cdn_url": EVERY, "file_name": EVERY, "media_id": "1",
        "encryption_metadata": {
            "encrypted_hash": "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=",
            "iv": "Q0FOQVJZLVNFQ1JFVC0xMg==", "encryption_key": "Q0FOQVJZLVNFQ1JFVC0xMkNBTkFSWS1TRUNSRVQtMTI=",
            "hmac_key": "Q0FOQVJZLVNFQ1JFVC0xMkNBTkFSWS1TRUNSRVQtMTI=",
            "plaintext_hash": "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=",
        },
    }))
    .unwrap();
    let mut all = vec![
        shown(&request.error_notice().unwrap()),
        shown(&request),
        shown(&key()),
        shown(&endpoint),
        shown(&opened()),
        shown(&media),
        displayed(&media.url().unwrap_err()),
        displayed(&media.decrypt(EVERY.as_bytes()).unwrap_err()),
        displayed(&FlowMedia::read(&json!({EVERY: EVERY})).unwrap_err()),
        displayed(&request.media(EVERY).unwrap_err()),
    ];
    for answer in [
        FlowAnswer::screen(WORD, data.clone()),
        FlowAnswer::success(SECRET, data.clone()),
        FlowAnswer::token_no_longer_valid(EVERY),
        FlowAnswer::Json(data.clone()),
    ] {
        all.extend([shown(&answer), shown(&opened().answer(answer))]);
    }
    for body in [
        json!(EVERY),
        json!({"encrypted_aes_key": EVERY, "encrypted_flow_data": EVERY, "initial_vector": EVERY}),
    ] {
        let body = body.to_string();
        let refused = endpoint.open(Verified::restored(body.as_bytes())).unwrap_err();
        let mut refusal = displayed(&refused);
        refusal.told.push(error(&refused));
        all.push(refusal);
        all.push(shown(&endpoint.receive(Verified::restored(body.as_bytes())).unwrap_err()));
    }
    all
}

/// What is said of keys that cannot be used.
pub(crate) fn errors() -> Vec<whatsapp_cloud::Error> {
    let keys = [
        (EVERY.to_owned(), None),
        (format!("-----BEGIN PRIVATE KEY-----\n{EVERY}\n-----END PRIVATE KEY-----"), None),
        (ENCRYPTED.to_owned(), None),
        (ENCRYPTED.to_owned(), Some(SECRET)),
    ];
    keys.into_iter()
        .map(|(pem, passphrase)| {
            let passphrase = passphrase.map(SecretString::from);
            PrivateKey::from_pem(&SecretString::from(pem), passphrase.as_ref()).unwrap_err()
        })
        .collect()
}
