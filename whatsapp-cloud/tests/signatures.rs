//! Signatures and handshakes: who may post, and what is answered to who asks.

#![cfg(feature = "webhook")]
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test fails by a panic, and says what it skips"
)]

use std::fs;
use std::path::{Path, PathBuf};

use secrecy::SecretString;
use serde_json::Value;
use whatsapp_cloud::ErrorKind;
use whatsapp_cloud::webhook::{Handshake, HandshakeError, SignatureError, Verifier};

const FIXTURES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/signatures");

fn verifier(secrets: &[&str]) -> whatsapp_cloud::Result<Verifier> {
    Verifier::new(secrets.iter().copied().map(SecretString::from))
}

fn handshake(token: &str) -> whatsapp_cloud::Result<Handshake> {
    Handshake::new(SecretString::from(token))
}

/// The shared corpus of signatures, or `None` where it is not there.
fn shared() -> Option<PathBuf> {
    let path = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared"))
        .join("cloud-api/corpus/signatures");
    if path.is_dir() {
        Some(path)
    } else {
        println!("skipped: the shared corpus of signatures is not there");
        None
    }
}

fn lines(path: &Path) -> Vec<Value> {
    let text = fs::read_to_string(path).unwrap();
    let lines: Vec<_> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert!(!lines.is_empty(), "{} holds nothing", path.display());
    lines
}

fn text<'v>(value: &'v Value, name: &str) -> &'v str {
    value[name].as_str().unwrap()
}

fn bytes(hex: &str) -> Vec<u8> {
    (0..hex.len()).step_by(2).map(|i| u8::from_str_radix(&hex[i..i + 2], 16).unwrap()).collect()
}

#[test]
fn signatures_are_those_of_an_independent_implementation() {
    for vector in lines(&Path::new(FIXTURES).join("python.jsonl")) {
        let verifier = verifier(&[text(&vector, "secret")]).unwrap();
        let (header, body) = (text(&vector, "header"), bytes(text(&vector, "body_hex")));

        assert_eq!(verifier.sign(&body), header, "{}", vector["name"]);
        assert_eq!(verifier.verify(header, &body).unwrap().body(), body, "{}", vector["name"]);
    }
}

#[test]
fn every_shared_vector_comes_out_as_it_says() {
    let Some(shared) = shared() else { return };
    for vector in lines(&shared.join("vectors.jsonl")) {
        let body = fs::read(shared.join(text(&vector, "body_file"))).unwrap();
        let secrets: Vec<_> =
            vector["app_secrets"].as_array().unwrap().iter().map(|s| s.as_str().unwrap()).collect();
        // As a server does: the one header of that name, in whatever case; else nothing.
        let header = vector["headers"].as_object().unwrap().iter().find_map(|(name, value)| {
            name.eq_ignore_ascii_case("X-Hub-Signature-256").then(|| value.as_str().unwrap())
        });
        let accepted = verifier(&secrets)
            .is_ok_and(|verifier| verifier.verify(header.unwrap_or_default(), &body).is_ok());

        match text(&vector, "expect") {
            "valid" => assert!(accepted, "{}: {}", vector["name"], vector["why"]),
            "invalid" => assert!(!accepted, "{}: {}", vector["name"], vector["why"]),
            "either" => {}
            other => panic!("an expectation of {other} is not known"),
        }
    }
}

#[test]
fn every_shared_handshake_comes_out_as_it_says() {
    let Some(shared) = shared() else { return };
    for vector in lines(&shared.join("handshake.jsonl")) {
        let answer = handshake(text(&vector, "configured_verify_token"))
            .map(|handshake| handshake.answer(text(&vector, "query")).map(String::from));
        let (status, body) = match answer {
            // An empty token is refused at once, so every question stays unanswered.
            Err(error) => {
                assert_eq!(error.kind(), ErrorKind::Configuration);
                (403, None)
            }
            Ok(Err(error)) => (u64::from(error.status()), None),
            Ok(Ok(challenge)) => (200, Some(challenge)),
        };

        assert_eq!(Some(status), vector["expect_status"].as_u64(), "{}", vector["name"]);
        assert_eq!(body.as_deref(), vector["expect_body"].as_str(), "{}", vector["name"]);
    }
}

#[test]
fn any_of_three_secrets_is_accepted_and_the_first_one_signs() {
    let one = |secret| verifier(&[secret]).unwrap();
    let all = verifier(&["first", "second", "third"]).unwrap();

    for secret in ["first", "second", "third"] {
        assert!(all.verify(one(secret).sign(b"{}"), b"{}").is_ok(), "{secret}");
    }
    assert_eq!(all.sign(b"{}"), one("first").sign(b"{}"));
    assert_eq!(all.verify(one("fourth").sign(b"{}"), b"{}").err(), Some(SignatureError::Mismatch));
}

#[test]
fn secrets_that_cannot_protect_are_refused() {
    for secrets in [&[] as &[&str], &[""], &["first", ""], &["1", "2", "3", "4"]] {
        let error = verifier(secrets).unwrap_err();

        assert_eq!(error.kind(), ErrorKind::Configuration);
        assert!(std::error::Error::source(&error).is_some(), "says which: {error}");
    }
    assert_eq!(handshake("").unwrap_err().kind(), ErrorKind::Configuration);
}

#[test]
fn the_form_of_a_signature_is_known_without_the_body() {
    let right = "ab".repeat(32);
    let form = |header: &str| Verifier::check_form(header.as_bytes()).err();

    assert_eq!(form(&format!("sha256={right}")), None);
    assert_eq!(form(&format!("sha256={}", right.to_uppercase())), None);
    assert_eq!(form(&format!(" sha256={right}\t")), None);
    assert_eq!(form(""), Some(SignatureError::Missing));
    assert_eq!(form("  "), Some(SignatureError::Missing));
    let malformed = [
        right.clone(),
        format!("SHA256={right}"),
        format!("sha1={right}"),
        format!("sha256= {right}"),
        format!("sha256={right}0"),
        format!("sha256={}", &right[1..]),
        format!("sha256={}g", &right[1..]),
        format!("sha256={right},sha256={right}"),
        format!("sha256={}", "é".repeat(32)),
    ];
    for header in malformed {
        assert_eq!(form(&header), Some(SignatureError::Malformed), "{header}");
    }
}

#[test]
fn every_changed_bit_of_a_signature_is_noticed() {
    let verifier = verifier(&["secret"]).unwrap();
    let right = bytes(&verifier.sign(b"{}")["sha256=".len()..]);

    for bit in 0..256 {
        let mut wrong = right.clone();
        wrong[bit / 8] ^= 1 << (bit % 8);
        let hex: String = wrong.iter().map(|byte| format!("{byte:02x}")).collect();
        let answer = verifier.verify(format!("sha256={hex}"), b"{}");

        assert_eq!(answer.err(), Some(SignatureError::Mismatch), "bit {bit}");
    }
}

#[test]
fn a_handshake_says_what_is_wrong_only_to_who_knows_the_token() {
    let handshake = handshake("tok").unwrap();
    let answer = |query| handshake.answer(query).map(String::from);

    assert_eq!(answer("hub.mode=subscribe"), Err(HandshakeError::WrongToken));
    assert_eq!(answer("hub.challenge=1&hub.verify_token=tok"), Err(HandshakeError::NoHandshake));
    assert_eq!(answer("hub.mode=subscribe&hub.verify_token=tok"), Err(HandshakeError::NoChallenge));
    assert_eq!(
        answer("hub.mode=subscribe&hub.verify_token=tok&hub.challenge="),
        Err(HandshakeError::NoChallenge)
    );
    // Bytes that are no UTF-8 cannot be echoed as text.
    assert_eq!(
        answer("hub.mode=subscribe&hub.verify_token=tok&hub.challenge=%ff"),
        Err(HandshakeError::NoChallenge)
    );
    // Names may be encoded too, and a stray percent sign stands for itself.
    assert_eq!(
        answer("hub%2Emode=subscribe&hub.verify_token=tok&hub.challenge=100%+%4"),
        Ok("100% %4".to_owned())
    );
    // A second token cannot mend the first.
    assert_eq!(
        answer("hub.mode=subscribe&hub.verify_token=x&hub.verify_token=tok&hub.challenge=1"),
        Err(HandshakeError::WrongToken)
    );
}

#[test]
fn nothing_shown_tells_a_secret_a_signature_or_a_body() {
    let verifier = verifier(&["hush-app-secret"]).unwrap();
    let handshake = handshake("hush-verify-token").unwrap();
    let header = verifier.sign(b"hush body");
    let form = Verifier::check_form(header.as_bytes()).unwrap();
    let challenge = handshake
        .answer("hub.mode=subscribe&hub.verify_token=hush-verify-token&hub.challenge=hush");
    let shown = format!(
        "{verifier:?} {handshake:?} {form:?} {:?} {challenge:?} {} {:?}",
        verifier.verify(&header, b"hush body").unwrap(),
        SignatureError::Mismatch,
        SignatureError::Mismatch,
    );

    assert!(!shown.contains("hush"), "{shown}");
    assert!(!shown.contains(&header["sha256=".len()..][..8]), "{shown}");
    assert!(shown.contains("Verifier { secrets: 1 }"), "{shown}");
}
