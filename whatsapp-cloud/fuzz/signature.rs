//! What must hold of the signature's header, whatever stands in it.

use secrecy::SecretString;
use whatsapp_cloud::webhook::{SignatureError, Verifier};

/// Checks the header's value up to the first line break of `data` against the rest of it.
///
/// - Nothing is a signature but `sha256=` and 64 hexadecimal digits, blanks around it aside.
/// - A signature of the right form fits the body it was made for, and no other one.
/// - A body that was signed is taken, with either secret, in either case, and only so: one
///   bit more or less in the digest or in the body, or another secret, and it is refused.
pub(crate) fn check(data: &[u8]) {
    let at = data.iter().position(|byte| *byte == b'\n').unwrap_or(data.len());
    let (header, body) = (&data[..at], data.get(at + 1..).unwrap_or_default());
    let [new, old] = ["the app secret", "the one before"];
    let verifier = verifier(&[new, old]);
    let signature = verifier.sign(body);

    let form = Verifier::check_form(header).map(drop);
    assert_eq!(form, expected_form(header));
    let verdict = verifier.verify(header, body).map(|verified| verified.body());
    let of_old = signature_of(old, body);
    match form {
        Err(error) => assert_eq!(verdict, Err(error)),
        Ok(()) if is_same(header, &signature) || is_same(header, &of_old) => {
            assert_eq!(verdict, Ok(body));
        }
        Ok(()) => assert_eq!(verdict, Err(SignatureError::Mismatch)),
    }

    assert_eq!(expected_form(signature.as_bytes()), Ok(()));
    let loud = format!(" sha256={}\t", signature["sha256=".len()..].to_ascii_uppercase());
    for fitting in [&signature, &of_old, &loud] {
        assert!(verifier.verify(fitting, body).is_ok());
    }
    let other = signature_of("another secret", body);
    assert_eq!(verifier.verify(other, body).err(), Some(SignatureError::Mismatch));

    // One bit, another one for each input.
    let bit = data
        .iter()
        .fold(data.len(), |sum, byte| sum.wrapping_mul(31).wrapping_add(usize::from(*byte)));
    let mut forged = signature.clone().into_bytes();
    let place = bit / 8 % forged.len();
    forged[place] ^= 1 << (bit % 8);
    let verdict = verifier.verify(&forged, body);
    // The bit that makes a capital of a letter changes nothing.
    let is_capital = place >= "sha256=".len() && is_same(&forged, &signature);
    assert_eq!(verdict.is_ok(), is_capital, "bit {} of {place}", bit % 8);

    let mut longer = body.to_vec();
    longer.push(0);
    assert_eq!(verifier.verify(&signature, &longer).err(), Some(SignatureError::Mismatch));
    if !body.is_empty() {
        let mut changed = body.to_vec();
        changed[bit / 8 % body.len()] ^= 1 << (bit % 8);
        assert_eq!(verifier.verify(&signature, &changed).err(), Some(SignatureError::Mismatch));
    }
}

fn verifier(secrets: &[&str]) -> Verifier {
    Verifier::new(secrets.iter().map(|secret| SecretString::from(*secret)))
        .expect("one to three secrets, none of them empty")
}

fn signature_of(secret: &str, body: &[u8]) -> String {
    verifier(&[secret]).sign(body)
}

/// The form as the documentation of [`Verifier::check_form`] has it, told in another way.
fn expected_form(header: &[u8]) -> Result<(), SignatureError> {
    let Ok(header) = std::str::from_utf8(header) else { return Err(SignatureError::Malformed) };
    let header = header.trim_matches([' ', '\t', '\n', '\x0c', '\r']);
    let mut parts = header.splitn(2, '=');
    match (parts.next(), parts.next()) {
        (Some("") | None, None) => Err(SignatureError::Missing),
        (Some("sha256"), Some(digits))
            if digits.len() == 64 && digits.chars().all(|digit| digit.is_ascii_hexdigit()) =>
        {
            Ok(())
        }
        _ => Err(SignatureError::Malformed),
    }
}

/// Whether two headers of the right form are the same, blanks and case of digits aside.
fn is_same(header: &[u8], signature: &str) -> bool {
    header.trim_ascii().eq_ignore_ascii_case(signature.as_bytes())
}
