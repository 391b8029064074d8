//! `wa verify` and `wa sign`: the header `X-Hub-Signature-256`.

use std::error::Error as _;
use std::io::Write;

use whatsapp_cloud::webhook::Verifier;

use crate::{FINE, Failure, NOT_VALID, Options, secret};

/// The value of the header, for a body.
pub(crate) fn sign(options: &Options, out: &mut impl Write) -> Result<u8, Failure> {
    let body = options.body()?;
    writeln!(out, "{}", verifier(options)?.sign(&body))?;
    Ok(FINE)
}

/// Whether the header's value fits a body.
pub(crate) fn verify(options: &Options, out: &mut impl Write) -> Result<u8, Failure> {
    let signature = options.value("--signature")?;
    let verifier = verifier(options)?;
    let body = options.body()?;
    match verifier.verify(signature.as_encoded_bytes(), &body) {
        Ok(_) => {
            writeln!(out, "valid")?;
            Ok(FINE)
        }
        Err(reason) => {
            writeln!(out, "not valid: {reason}")?;
            Ok(NOT_VALID)
        }
    }
}

/// A verifier with the secrets of the environment variables.
fn verifier(options: &Options) -> Result<Verifier, Failure> {
    let names = options.value("--secret-env")?.to_str().ok_or("--secret-env is no UTF-8")?;
    let secrets: Result<Vec<_>, _> = names.split(',').map(secret).collect();
    Verifier::new(secrets?).map_err(|error| {
        let cause = error.source().map(|cause| format!(": {cause}")).unwrap_or_default();
        format!("{error}{cause}").into()
    })
}
