//! The endpoint of a Flow, against vectors that another implementation made.
//!
//! `fixtures/flow_endpoint/make.py` made them, with Python's `cryptography` and OpenSSL.

#![cfg(feature = "flows")]
#![allow(clippy::unwrap_used, reason = "functions beside the tests are tests too")]

use std::error::Error as _;
use std::fs;
use std::path::Path;

use proptest::prelude::*;
use secrecy::SecretString;
use serde_json::{Map, Value, json};
use whatsapp_cloud::ErrorKind;
use whatsapp_cloud::flow_endpoint::{
    FlowAction, FlowAnswer, FlowEndpoint, FlowMedia, FlowMediaError, FlowRefusal, FlowRequest,
    PrivateKey, Reply, Unopened,
};
use whatsapp_cloud::webhook::{SignatureError, Verified, Verifier};

const FIXTURES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/flow_endpoint");
const PASSPHRASE: &str = "a passphrase for tests";

fn read(name: &str) -> String {
    fs::read_to_string(Path::new(FIXTURES).join(name)).unwrap()
}

fn lines(name: &str) -> Vec<Value> {
    read(name).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn key_with(name: &str, passphrase: Option<&str>) -> whatsapp_cloud::Result<PrivateKey> {
    let pem = SecretString::from(read(&format!("keys/{name}.pem")));
    PrivateKey::from_pem(&pem, passphrase.map(SecretString::from).as_ref())
}

fn key(name: &str) -> PrivateKey {
    key_with(name, Some(PASSPHRASE)).unwrap()
}

fn endpoint(keys: &[&str]) -> FlowEndpoint {
    FlowEndpoint::new(keys.iter().copied().map(key)).unwrap()
}

fn exchange(name: &str) -> Value {
    lines("exchanges.jsonl").into_iter().find(|made| made["name"] == name).unwrap()
}

fn body(exchange: &Value) -> &[u8] {
    exchange["body"].as_str().unwrap().as_bytes()
}

/// Why a key was refused.
fn why(refused: &whatsapp_cloud::Error) -> String {
    assert_eq!(refused.kind(), ErrorKind::Configuration);
    refused.source().unwrap().to_string()
}

/// The answer that the vector has, put together from its parts as a host would.
fn answer_of(exchange: &Value) -> FlowAnswer {
    let answer = &exchange["answer"];
    let object = |value: &Value| value.as_object().cloned().unwrap();
    if let Some(message) = answer["error_msg"].as_str() {
        return FlowAnswer::token_no_longer_valid(message);
    }
    if answer["screen"] != "SUCCESS" {
        return FlowAnswer::screen(answer["screen"].as_str().unwrap(), object(&answer["data"]));
    }
    let mut params: Map<_, _> = object(&answer["data"]["extension_message_response"]["params"]);
    let token = params.remove("flow_token").unwrap();
    FlowAnswer::success(token.as_str().unwrap(), params)
}

fn unasked(_: &FlowRequest) -> FlowAnswer {
    panic!("the host need not be asked")
}

#[test]
fn a_key_is_read_in_every_form_that_is_in_use() {
    let ping = exchange("ping");
    for name in [
        "pkcs1",
        "pkcs1-aes128",
        "pkcs1-aes192",
        "pkcs1-aes256",
        "pkcs1-des3",
        "pkcs1-python",
        "pkcs8",
        "pkcs8-aes128-sha1",
        "pkcs8-aes256-scrypt",
        "pkcs8-des3",
        "pkcs8-python",
    ] {
        let reply = endpoint(&[name]).handle(Verified::restored(body(&ping)), unasked);
        assert_eq!(reply.status(), 200, "{name}");
        assert_eq!(key(name).bits(), 2048, "{name}");
    }
}

#[test]
fn a_key_is_read_whatever_became_of_its_line_breaks() {
    for name in ["pkcs1", "pkcs8", "pkcs8-python", "pkcs1-aes256"] {
        // As a variable of the environment, from Windows, in YAML, and by `echo $KEY`.
        for line_break in ["\\n", "\r\n", "\n    ", " "] {
            // In one line, headers have no end.
            if (name, line_break) == ("pkcs1-aes256", " ") {
                continue;
            }
            let pem = read(&format!("keys/{name}.pem")).replace('\n', line_break);
            let passphrase = SecretString::from(PASSPHRASE);
            let key = PrivateKey::from_pem(&SecretString::from(pem), Some(&passphrase));
            assert!(key.is_ok(), "{name} {line_break:?}: {key:?}");
        }
    }
}

#[test]
fn a_key_is_found_among_other_things() {
    let text =
        format!("the keys:\n{}\n{}", read("keys/refused-public.pem"), read("keys/pkcs8.pem"));
    assert!(PrivateKey::from_pem(&SecretString::from(text), None).is_ok());
}

const UNSUPPORTED: &str = "the key is encrypted in a way that is not supported: \
    `openssl pkcs8 -topk8 -v2 aes-256-cbc` makes one that is";

#[test]
fn a_key_that_cannot_be_used_is_refused_with_the_reason() {
    for (name, reason) in [
        ("refused-1024", "the key is shorter than 2048 bits"),
        ("refused-curve", "it is not an RSA key"),
        ("refused-curve-sec1", "it is not an RSA key"),
        (
            "refused-openssh",
            "it is a key in OpenSSH's own form: `ssh-keygen -p -m PEM` makes it PKCS#1",
        ),
        ("refused-public", "it is a public key: the private one is needed"),
        ("refused-pbes1", UNSUPPORTED),
        ("refused-pkcs12", UNSUPPORTED),
        ("refused-pkcs8-camellia", UNSUPPORTED),
        ("refused-pkcs1-camellia", UNSUPPORTED),
    ] {
        assert_eq!(why(&key_with(name, Some(PASSPHRASE)).unwrap_err()), reason, "{name}");
    }
}

#[test]
fn a_passphrase_that_is_missing_or_wrong_is_named() {
    for name in ["pkcs1-des3", "pkcs1-aes256", "pkcs8-python", "pkcs8-des3", "pkcs8-aes256-scrypt"]
    {
        let missing = key_with(name, None).unwrap_err();
        assert_eq!(why(&missing), "the key is encrypted, and there is no passphrase", "{name}");

        // Among 300 wrong ones, some leave a padding that fits by chance.
        let guesses = if name.starts_with("pkcs1") { 300 } else { 3 };
        for guess in 0..guesses {
            let wrong = key_with(name, Some(&format!("guess {guess}"))).unwrap_err();
            let expected = "the passphrase does not fit, or the encrypted key is damaged";
            assert_eq!(why(&wrong), expected, "{name} {guess}");
        }
    }
}

#[test]
fn a_damaged_key_is_refused_with_the_reason() {
    let refused =
        |pem: String| why(&PrivateKey::from_pem(&SecretString::from(pem), None).unwrap_err());
    let whole = read("keys/pkcs8.pem");
    let half = whole.len() / 2;
    assert_eq!(refused(String::new()), "there is no PEM in it: -----BEGIN … is missing");
    assert_eq!(refused(whole[..half].into()), "the PEM is cut off: its -----END … is missing");
    assert_eq!(refused(whole.replace('M', "*")), "the PEM is damaged: it is not Base64");
    // Four digits less are still Base64.
    let (first, second) = (&whole[..half], &whole[half + 4..]);
    assert_eq!(refused(format!("{first}{second}")), "the key is damaged");

    let pkcs1 = read("keys/pkcs1.pem");
    let cut = format!("{}{}", &pkcs1[..half], &pkcs1[half + 4..]);
    assert_eq!(refused(cut), "the key is damaged");
    let sealed = read("keys/pkcs8-python.pem");
    let cut = format!("{}{}", &sealed[..half], &sealed[half + 4..]);
    let passphrase = SecretString::from(PASSPHRASE);
    let cut = PrivateKey::from_pem(&SecretString::from(cut), Some(&passphrase)).unwrap_err();
    assert_eq!(why(&cut), "the key is damaged");
}

#[test]
fn a_key_that_says_wrongly_how_it_is_encrypted_is_refused_with_the_reason() {
    let whole = read("keys/pkcs1-des3.pem");
    let (head, rest) = whole.split_once("DEK-Info: ").unwrap();
    let rest = rest.split_once('\n').unwrap().1;
    let passphrase = SecretString::from(PASSPHRASE);
    for (info, reason) in [
        ("", "the PEM is damaged: it does not say how it is encrypted"),
        ("DES-EDE3-CBC", "the PEM is damaged: it does not say how it is encrypted"),
        ("DES-EDE3-CBC,00112233445566", "the PEM is damaged: its DEK-Info does not fit the cipher"),
        (
            "AES-128-CBC,0011223344556677",
            "the PEM is damaged: its DEK-Info does not fit the cipher",
        ),
        ("DES-EDE3-CBC,", "the PEM is damaged: its DEK-Info does not fit the cipher"),
        ("DES-EDE3-CBC,0é0", "the PEM is damaged: its DEK-Info is not hexadecimal"),
        ("DES-EDE3-CBC,+1", "the PEM is damaged: its DEK-Info is not hexadecimal"),
        ("DES-EDE3-CBC,001", "the PEM is damaged: its DEK-Info is not hexadecimal"),
        ("DES-CBC,0011223344556677", UNSUPPORTED),
    ] {
        let pem = SecretString::from(format!("{head}DEK-Info: {info}\n{rest}"));
        let refused = PrivateKey::from_pem(&pem, Some(&passphrase)).unwrap_err();
        assert_eq!(why(&refused), reason, "{info}");
    }
}

#[test]
fn answers_are_those_of_an_independent_implementation() {
    let endpoint = endpoint(&["pkcs8", "old"]);
    let mut answered = 0;
    for exchange in lines("exchanges.jsonl") {
        let Some(expected) = exchange["answer_body"].as_str() else { continue };
        let reply = endpoint.handle(Verified::restored(body(&exchange)), |_| answer_of(&exchange));
        let name = &exchange["name"];
        assert_eq!(exchange["status"], reply.status(), "{name}");
        assert_eq!(reply.body(), expected, "{name}");
        assert_eq!(reply.headers().collect::<Vec<_>>(), [("content-type", "text/plain")], "{name}");
        assert_eq!(reply.refusal(), None, "{name}");
        answered += 1;
    }
    assert_eq!(answered, 9);
}

#[test]
fn requests_are_read_as_they_were_written() {
    let endpoint = endpoint(&["pkcs8", "old"]);
    let mut read = 0;
    for exchange in lines("exchanges.jsonl") {
        let Some(mut told) = exchange["request"].as_object().cloned() else { continue };
        if exchange["status"] == 421 {
            continue;
        }
        let opened = endpoint.open(Verified::restored(body(&exchange))).unwrap();
        let request = opened.request();
        let mut take = |name: &str| match told.get(name) {
            Some(Value::String(text)) => {
                let text = text.clone();
                told.remove(name);
                Some(text)
            }
            _ => None,
        };
        assert_eq!(request.version, take("version"));
        assert_eq!(Some(request.action.as_str()), take("action").as_deref());
        assert_eq!(request.screen, take("screen"));
        assert_eq!(request.flow_token, take("flow_token"));
        assert_eq!(request.flow_token_signature, take("flow_token_signature"));
        match told.get("data") {
            Some(Value::Object(data)) => {
                assert_eq!(&request.data, data);
                told.remove("data");
            }
            _ => assert!(request.data.is_empty()),
        }
        assert_eq!(request.other, told, "{}", exchange["name"]);
        read += 1;
    }
    assert_eq!(read, 11);
}

#[test]
fn what_is_not_known_is_kept() {
    let exchange = exchange("unknown");
    let opened = endpoint(&["pkcs8"]).receive(Verified::restored(body(&exchange))).unwrap();
    let request = opened.request();
    assert_eq!(request.action, FlowAction::Unknown("brand_new".to_owned()));
    assert_eq!(request.flow_token_signature.as_deref(), Some("eyJhbGciOi.made-up"));
    let other = json!({ "version": 4, "data": ["a list"], "mood": "good" });
    assert_eq!(Value::Object(request.other.clone()), other);
}

#[test]
fn the_host_is_not_asked_about_health_and_errors() {
    let endpoint = endpoint(&["pkcs8"]);
    let handle = |name| endpoint.handle(Verified::restored(body(&exchange(name))), unasked);

    assert_eq!(handle("ping").error_notice(), None);
    let reply = handle("error_notice");
    let notice = reply.error_notice().unwrap();
    assert_eq!(notice.error, "INVALID_SCREEN_TRANSITION");
    assert_eq!(notice.message.as_deref(), Some("no way there"));
    let reply = handle("error_notice_by_key");
    assert_eq!(reply.error_notice().unwrap().error, "MISSING_DATA");
}

#[test]
fn an_answer_can_be_waited_for() {
    let exchange = exchange("data_exchange");
    let opened = endpoint(&["pkcs8"]).receive(Verified::restored(body(&exchange))).unwrap();
    assert_eq!(opened.request().action, FlowAction::DataExchange);
    assert_eq!(opened.request().data["department"], "beauty");
    let reply = opened.answer(answer_of(&exchange));
    assert_eq!(exchange["answer_body"], reply.into_body());
}

/// Fails by not compiling.
#[test]
fn an_endpoint_is_shared_and_a_request_may_wait_on_any_thread() {
    fn is_shared<T: Clone + Send + Sync + 'static>() {}
    fn may_move<T: Send + 'static>() {}
    is_shared::<FlowEndpoint>();
    may_move::<whatsapp_cloud::flow_endpoint::Opened>();
}

#[test]
fn whatever_cannot_be_decrypted_gets_the_same_answer() {
    let endpoint = endpoint(&["pkcs8", "old"]);
    let ping = exchange("ping");
    let changed = |member: &str, change: &dyn Fn(&str) -> String| {
        let mut envelope: Value = serde_json::from_slice(body(&ping)).unwrap();
        envelope[member] = change(envelope[member].as_str().unwrap()).into();
        envelope.to_string().into_bytes()
    };
    // The first digit holds the first bits of the first byte.
    let flip = |base64: &str| {
        let first = if base64.starts_with('A') { 'B' } else { 'A' };
        format!("{first}{}", &base64[1..])
    };
    let refused: Vec<(Unopened, Vec<u8>)> = vec![
        (Unopened::Envelope, b"".to_vec()),
        (Unopened::Envelope, b"{}".to_vec()),
        (Unopened::Envelope, b"\xff".to_vec()),
        (Unopened::Envelope, changed("initial_vector", &|iv| iv[4..].to_owned())),
        (Unopened::Envelope, changed("initial_vector", &|_| "AAAAAAAAAAAAAAAA".to_owned())),
        (Unopened::Envelope, changed("encrypted_flow_data", &|data| format!("{data}!"))),
        (Unopened::Data, changed("initial_vector", &flip)),
        (Unopened::Data, changed("encrypted_flow_data", &flip)),
        (Unopened::Data, changed("encrypted_flow_data", &|data| data[4..].to_owned())),
        (Unopened::Data, changed("encrypted_flow_data", &|_| String::new())),
        (Unopened::Key, changed("encrypted_aes_key", &flip)),
        (Unopened::Key, changed("encrypted_aes_key", &|_| String::new())),
        (Unopened::Key, body(&exchange("foreign_key")).to_vec()),
        (Unopened::Key, body(&exchange("aes_256")).to_vec()),
        (Unopened::Request, body(&exchange("no_json")).to_vec()),
        (Unopened::Request, body(&exchange("no_object")).to_vec()),
        (Unopened::Request, body(&exchange("no_text")).to_vec()),
    ];
    for (why, body) in refused {
        let reply = endpoint.handle(Verified::restored(&body), unasked);
        assert_eq!(reply.refusal(), Some(FlowRefusal::Unopened(why)));
        assert_eq!((reply.status(), reply.body(), reply.content_type()), (421, "", None));
        assert_eq!(reply.headers().count(), 0);
    }
}

#[test]
fn a_key_can_be_exchanged_for_another() {
    let (new, old) = (exchange("init"), exchange("old_key"));
    let status = |keys: &[&str], exchange: &Value| {
        let answer = |_: &FlowRequest| answer_of(exchange);
        endpoint(keys).handle(Verified::restored(body(exchange)), answer).status()
    };
    assert_eq!((status(&["old"], &old), status(&["old"], &new)), (200, 421));
    assert_eq!((status(&["pkcs8", "old"], &old), status(&["pkcs8", "old"], &new)), (200, 200));
    assert_eq!((status(&["pkcs8"], &old), status(&["pkcs8"], &new)), (421, 200));
}

#[test]
fn an_endpoint_has_one_to_three_keys() {
    for (keys, reason) in [
        (vec![], "there is no private key"),
        (vec!["pkcs8", "old", "foreign", "pkcs1"], "there are more than three private keys"),
    ] {
        let refused = FlowEndpoint::new(keys.into_iter().map(key)).unwrap_err();
        assert_eq!(why(&refused), reason);
    }
    assert!(FlowEndpoint::new(["pkcs8", "old", "foreign"].map(key)).is_ok());
}

#[test]
fn a_signature_that_does_not_fit_is_told_as_432() {
    let verifier = Verifier::new([SecretString::from("the app secret")]).unwrap();
    let ping = exchange("ping");
    let signature = verifier.sign(body(&ping));
    let flow = |signature: &str, body: &[u8]| match verifier.verify(signature, body) {
        Ok(verified) => endpoint(&["pkcs8"]).handle(verified, unasked),
        Err(error) => Reply::from(error),
    };

    assert_eq!(flow(&signature, body(&ping)).status(), 200);
    for (signature, body, error) in [
        ("", body(&ping), SignatureError::Missing),
        ("sha1=00", body(&ping), SignatureError::Malformed),
        (&*signature, b"{}".as_slice(), SignatureError::Mismatch),
    ] {
        let reply = flow(signature, body);
        assert_eq!((reply.status(), reply.body()), (432, ""));
        assert_eq!(reply.refusal(), Some(FlowRefusal::Signature(error)));
    }
}

#[test]
fn files_are_those_of_an_independent_implementation() {
    let files = lines("media.jsonl");
    assert_eq!(files.len(), 3);
    for made in files {
        let media = FlowMedia::read(&made["media"]).unwrap();
        assert_eq!(media.decrypt(&base64(&made["file"])).unwrap(), base64(&made["plain"]));
        assert_eq!(media.url().unwrap(), made["media"]["cdn_url"]);
        assert_eq!(made["media"]["file_name"], media.file_name.unwrap());
        assert_eq!(made["media"]["media_id"], media.media_id.unwrap());
    }
}

#[test]
fn a_request_has_the_files_that_were_chosen() {
    let exchange = exchange("media");
    let opened = endpoint(&["pkcs8"]).receive(Verified::restored(body(&exchange))).unwrap();
    let names: Vec<_> = opened.request().media("photos").unwrap();
    let names: Vec<_> = names.into_iter().filter_map(|file| file.file_name).collect();
    assert_eq!(names, ["photo.jpg", "block.pdf", "empty.txt"]);
    assert!(opened.request().media("others").unwrap().is_empty());
}

#[test]
fn what_is_no_list_of_files_is_refused() {
    let mut request = FlowRequest::default();
    for strange in
        [json!("a text"), json!([{}]), json!([{ "cdn_url": "https://mmg.whatsapp.net/" }])]
    {
        request.data.insert("photos".to_owned(), strange);
        assert_eq!(request.media("photos").unwrap_err(), FlowMediaError::Unreadable);
    }
}

#[test]
fn a_file_that_was_changed_is_refused() {
    let made = lines("media.jsonl").remove(0);
    let file = base64(&made["file"]);
    let media = FlowMedia::read(&made["media"]).unwrap();
    for at in [0, file.len() / 2, file.len() - 11, file.len() - 10, file.len() - 1] {
        let mut changed = file.clone();
        changed[at] ^= 1;
        assert_eq!(media.decrypt(&changed), Err(FlowMediaError::Changed), "{at}");
    }
    for length in [0, 9, 10, file.len() - 1] {
        assert_eq!(media.decrypt(&file[..length]), Err(FlowMediaError::Changed), "{length}");
    }
}

/// Whoever writes the request knows its keys, and can make every sum fit.
#[test]
fn a_file_that_was_cut_and_signed_again_is_refused() {
    let files = lines("hostile-media.jsonl");
    assert_eq!(files.len(), 4);
    for made in files {
        let media = FlowMedia::read(&made["media"]).unwrap();
        assert_eq!(media.decrypt(&base64(&made["file"])), Err(FlowMediaError::Changed));
    }
    // Shorter than the sum that it should end with, and yet with the hash that is told.
    let mut told = lines("media.jsonl").remove(0)["media"].take();
    let hash_of_nothing = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";
    told["encryption_metadata"]["encrypted_hash"] = hash_of_nothing.into();
    let media = FlowMedia::read(&told).unwrap();
    assert_eq!(media.decrypt(&[]), Err(FlowMediaError::Changed));
}

/// Each check is reached, also when those before it are satisfied.
#[test]
fn a_file_must_fit_all_that_is_said_of_it() {
    let files = lines("media.jsonl");
    let (photo, other) = (&files[0], &files[1]);
    for (member, expected) in [
        ("encrypted_hash", FlowMediaError::Changed),
        ("hmac_key", FlowMediaError::Changed),
        ("iv", FlowMediaError::Changed),
        ("encryption_key", FlowMediaError::Changed),
        ("plaintext_hash", FlowMediaError::Changed),
    ] {
        let mut told = photo["media"].clone();
        let metadata = &mut told["encryption_metadata"];
        metadata[member] = other["media"]["encryption_metadata"][member].clone();
        let media = FlowMedia::read(&told).unwrap();
        assert_eq!(media.decrypt(&base64(&photo["file"])), Err(expected), "{member}");

        told["encryption_metadata"][member] = "no Base64!".into();
        let media = FlowMedia::read(&told).unwrap();
        let refused = media.decrypt(&base64(&photo["file"]));
        assert_eq!(refused, Err(FlowMediaError::Unreadable), "{member}");
    }
}

#[test]
fn an_address_that_is_not_of_whatsapp_is_refused() {
    let mut told = lines("media.jsonl").remove(0)["media"].take();
    let mut url = |url: &str| {
        told["cdn_url"] = url.into();
        FlowMedia::read(&told).unwrap().url().map(str::to_owned)
    };
    for good in ["https://mmg.whatsapp.net/a?b=c", "https://media.fra2-1.cdn.WhatsApp.net#x"] {
        assert_eq!(url(good).as_deref(), Ok(good));
    }
    for bad in [
        "",
        "mmg.whatsapp.net/a",
        "http://mmg.whatsapp.net/a",
        "file:///etc/passwd",
        "https://169.254.169.254/latest",
        "https://whatsapp.net.example.com/",
        "https://evilwhatsapp.net/",
        "https://example.com/mmg.whatsapp.net",
        "https://example.com?.whatsapp.net",
        "https://example.com#.whatsapp.net",
        "https://example.com\\.whatsapp.net/",
        "https://user@mmg.whatsapp.net/",
        "https://mmg.whatsapp.net@example.com/",
        "https://mmg.whatsapp.net:8443/",
        "https://mmg.whatsapp.net/\r\nHost: example.com",
        "https://example.com/ .whatsapp.net",
        "https://exa\u{ff0f}mple.whatsapp.net/",
    ] {
        assert_eq!(url(bad), Err(FlowMediaError::ForeignUrl), "{bad}");
    }
}

#[test]
fn nothing_shows_keys_tokens_or_what_was_written() {
    let endpoint = endpoint(&["pkcs8"]);
    let exchange = exchange("data_exchange");
    let opened = endpoint.receive(Verified::restored(body(&exchange))).unwrap();
    let answer = answer_of(&exchange);
    let notice = crate::exchange("error_notice");
    let told = lines("media.jsonl").remove(0);
    let media = FlowMedia::read(&told["media"]).unwrap();
    let mut shown = format!("{endpoint:?} {:?} {opened:?} {:?}", key("pkcs8"), opened.request());
    shown += &format!("{answer:?} {media:?}");
    shown += &format!("{:?}", FlowAnswer::token_no_longer_valid("secret"));
    shown += &format!("{:?}", FlowAnswer::screen("S", [("secret", "secret")]));
    shown += &format!("{:?}", endpoint.handle(Verified::restored(body(&notice)), unasked));
    let reply = opened.answer(answer);
    shown += &format!("{reply:?}");

    let metadata = &told["media"]["encryption_metadata"];
    for hidden in [
        "flow-token-5f2a",
        "beauty",
        "Olá",
        "A-17",
        "secret",
        "no way there",
        "whatsapp.net",
        "photo.jpg",
        reply.body(),
        metadata["encryption_key"].as_str().unwrap(),
        metadata["hmac_key"].as_str().unwrap(),
    ] {
        assert!(!shown.contains(hidden), "{hidden} in {shown}");
    }
    for told in ["DataExchange", "DETAILS", "INVALID_SCREEN_TRANSITION", "2048 bits"] {
        assert!(shown.contains(told), "{told} in {shown}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_bytes_make_the_endpoint_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let endpoint = FlowEndpoint::new([key("pkcs8")]).unwrap();
        let reply = endpoint.handle(Verified::restored(&bytes), unasked);
        prop_assert_eq!(reply.status(), 421);
    }

    #[test]
    fn no_change_to_a_request_makes_the_endpoint_panic(
        at in any::<prop::sample::Index>(),
        byte in any::<u8>(),
        length in any::<prop::sample::Index>(),
    ) {
        let exchange = exchange("init");
        let mut bytes = body(&exchange).to_vec();
        let at = at.index(bytes.len());
        let is_changed = bytes[at] != byte;
        bytes[at] = byte;
        let endpoint = FlowEndpoint::new([key("pkcs8")]).unwrap();
        let answer = |_: &FlowRequest| answer_of(&exchange);

        let status = endpoint.handle(Verified::restored(&bytes), answer).status();
        prop_assert_eq!(status, if is_changed { 421 } else { 200 });
        bytes.truncate(length.index(bytes.len()));
        let cut = endpoint.handle(Verified::restored(&bytes), unasked).status();
        prop_assert_eq!(cut, 421);
    }

    #[test]
    fn no_text_makes_the_reader_of_keys_panic(
        label in "(RSA |ENCRYPTED |EC )?(PRIVATE|PUBLIC) KEY",
        cipher in "(AES-(128|192|256)-CBC|DES-EDE3-CBC|.{0,3})",
        salt in "[0-9A-F]{16}|[0-9A-F]{32}|\\PC{0,9}",
        bytes in prop::collection::vec("[A-Za-z0-9+/]{4}|[A-Za-z0-9]{3}=|\\PC{1,4}|\n", 0..12),
        end in "-----END |-----END -----BEGIN |-----|",
    ) {
        let headers = format!("Proc-Type: 4,ENCRYPTED\nDEK-Info: {cipher},{salt}");
        let bytes = bytes.concat();
        let pem = SecretString::from(format!("-----BEGIN {label}-----\n{headers}\n\n{bytes}\n{end}"));
        let passphrase = SecretString::from(PASSPHRASE);
        prop_assert!(PrivateKey::from_pem(&pem, Some(&passphrase)).is_err());
    }

    #[test]
    fn no_bytes_make_the_reader_of_files_panic(bytes in prop::collection::vec(any::<u8>(), 0..99)) {
        let made = lines("media.jsonl").remove(0);
        let media = FlowMedia::read(&made["media"]).unwrap();
        prop_assert_eq!(media.decrypt(&bytes), Err(FlowMediaError::Changed));
    }
}

/// The bytes of a member of a vector.
fn base64(value: &Value) -> Vec<u8> {
    let digit = |c: u8| {
        let all = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        all.iter().position(|known| *known == c)
    };
    let bits = value.as_str().unwrap().bytes().map_while(digit);
    let bits: Vec<bool> =
        bits.flat_map(|six| (0..6).rev().map(move |bit| six >> bit & 1 == 1)).collect();
    bits.chunks_exact(8)
        .map(|byte| byte.iter().fold(0, |sum, bit| sum << 1 | u8::from(*bit)))
        .collect()
}
