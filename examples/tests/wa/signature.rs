//! What `wa sign` signs and `wa verify` believes.

use std::fs;

use crate::{FIXTURES, SECRET, run, run_on};

#[test]
fn what_was_signed_is_valid_and_nothing_else() {
    let file = format!("{FIXTURES}/text.json");
    let signed = run(&["sign", "--secret-env", "APP_SECRET", &file]);
    assert_eq!((signed.code, signed.complaint.as_str()), (0, ""));
    let [signature] = signed.lines.as_slice() else { panic!("{:?}", signed.lines) };
    assert!(signature.starts_with("sha256=") && signature.len() == 71, "{signature}");

    let verify = |secrets: &str, signature: &str, body: &[u8]| {
        run_on(&["verify", "--secret-env", secrets, "--signature", signature, "-"], body)
    };
    let body = fs::read(&file).unwrap();
    for secrets in ["APP_SECRET", "OLD_SECRET,APP_SECRET"] {
        let done = verify(secrets, signature, &body);
        assert_eq!((done.code, done.lines), (0, vec!["valid".to_owned()]), "{secrets}");
    }
    for (secrets, signature, body, why) in [
        ("OLD_SECRET", signature.as_str(), &body[..], "the signature fits no secret"),
        ("APP_SECRET", signature, &body[1..], "the signature fits no secret"),
        ("APP_SECRET", "sha256=00", &body, "the signature is malformed"),
        ("APP_SECRET", "", &body, "the signature is missing"),
    ] {
        let done = verify(secrets, signature, body);
        assert_eq!((done.code, done.lines), (1, vec![format!("not valid: {why}")]));
        assert_eq!(done.complaint, "");
    }
}

#[test]
fn a_known_signature_is_made() {
    // By `printf %s '{}' | openssl dgst -sha256 -hmac 'the app secret of a test'`.
    let done = run_on(&["sign", "--secret-env", "APP_SECRET"], b"{}");

    assert_eq!(done.lines, [KNOWN]);
}

const KNOWN: &str = "sha256=6c9201ee23274baef0ee4b890286abde9bc2ba55c335e92d08ac94e35a2a6835";

#[test]
fn a_secret_that_is_not_there_is_said_by_the_name_of_its_variable() {
    for (secrets, why) in [
        ("MISSING", "there is no variable MISSING"),
        ("EMPTY", "the variable EMPTY is empty"),
        ("APP_SECRET,MISSING", "there is no variable MISSING"),
        ("", "a variable without a name"),
        ("APP_SECRET,APP_SECRET,APP_SECRET,APP_SECRET", "there are more than three app secrets"),
    ] {
        for command in [&["sign"][..], &["verify", "--signature", "sha256=00"]] {
            let done = run_on(&[command, &["--secret-env", secrets]].concat(), b"{}");

            assert_eq!((done.code, done.lines.len()), (2, 0), "{secrets}");
            assert!(done.complaint.contains(why), "{}", done.complaint);
            assert!(!done.complaint.contains(SECRET));
        }
    }
}
