//! How requests and answers are encrypted.
//!
//! RSA-OAEP with SHA-256 wraps a new AES key for every request. AES-128-GCM encrypts, with an
//! initialisation vector of 16 bytes and not of the usual 12; the answer takes the same key
//! and the vector with all its bits inverted.
//!
//! Source: <https://developers.facebook.com/docs/whatsapp/flows/guides/implementingyourflowendpoint#request-decryption-and-encryption>

use std::borrow::Cow;

use aes::Aes128;
use aes_gcm::aead::AeadInOut;
use aes_gcm::aead::consts::U16;
use aes_gcm::{AesGcm, KeyInit};
use base64ct::{Base64, Encoding as _};
use serde::Deserialize;

use crate::flow_endpoint::key::PrivateKey;
use crate::flow_endpoint::reply::Unopened;

/// What Meta posts.
#[derive(Deserialize)]
struct Envelope<'b> {
    #[serde(borrow)]
    encrypted_flow_data: Cow<'b, str>,
    #[serde(borrow)]
    encrypted_aes_key: Cow<'b, str>,
    #[serde(borrow)]
    initial_vector: Cow<'b, str>,
}

/// Encrypts the one answer to a request.
///
/// It can be used once: two answers under one key and one vector would give both away.
pub(super) struct Sealer {
    /// Wiped when dropped.
    cipher: AesGcm<Aes128, U16>,
    inverted: [u8; 16],
}

/// Decrypts a body with the first of `keys` that fits.
pub(super) fn open(keys: &[PrivateKey], body: &[u8]) -> Result<(Vec<u8>, Sealer), Unopened> {
    let envelope: Envelope<'_> = serde_json::from_slice(body).map_err(|_| Unopened::Envelope)?;
    let mut data = bytes(&envelope.encrypted_flow_data)?;
    let wrapped = bytes(&envelope.encrypted_aes_key)?;
    let vector: [u8; 16] =
        bytes(&envelope.initial_vector)?.try_into().map_err(|_| Unopened::Envelope)?;

    let key = keys.iter().find_map(|key| key.unwrap(&wrapped)).ok_or(Unopened::Key)?;
    let cipher = AesGcm::<Aes128, U16>::new((&*key).into());
    cipher.decrypt_in_place(&vector.into(), &[], &mut data).map_err(|_| Unopened::Data)?;
    Ok((data, Sealer { cipher, inverted: vector.map(|byte| !byte) }))
}

impl Sealer {
    /// Encrypts `answer`, in the form in which it is sent.
    pub(super) fn seal(self, mut answer: Vec<u8>) -> String {
        self.cipher
            .encrypt_in_place(&self.inverted.into(), &[], &mut answer)
            .expect("an answer is shorter than the 64 GiB that AES-GCM can encrypt");
        Base64::encode_string(&answer)
    }
}

fn bytes(base64: &str) -> Result<Vec<u8>, Unopened> {
    Base64::decode_vec(base64).map_err(|_| Unopened::Envelope)
}
